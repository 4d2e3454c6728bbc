"""Tables that set nominal cash next to real figures, and what doing nothing costs. No sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from finmodel.document.table import Cell, Row, Table
from finmodel.report.page_tables import titles
from finmodel.results.appraised import AppraisalResults
from finmodel.results.option import OptionResult
from finmodel.results.wording import money

Value = Callable[[OptionResult], Cell]
_BOTH = {"cost": "Cost", "cashable_saving": "Cashable saving", "net_saving": "Net saving"}


def real_beside_nominal(found: AppraisalResults, group: Sequence[OptionResult], index: int) -> Table | None:
    """Each yearly figure in cash of the year, and below it at the prices of the case; None without real figures."""
    real, nominal = group[0].real, group[0].by_year
    if real is None:
        return None
    rows = []
    for name, label in _BOTH.items():
        kind = "total" if name == "net_saving" else ""
        rows.append(Row(f"{label}, nominal", _money(nominal[name]), "Cash of the year", kind))
        rows.append(Row(f"{label}, real", _money(real.yearly[name]), f"At {real.price_base} prices", kind))
    return Table(
        f"real-{index}",
        f"Nominal and real: {titles(group)}",
        "£",
        tuple(map(Cell, found.years)),
        tuple(rows),
        "The two are never added together: real figures are what the cash would buy at the prices of one year.",
    )


def business_as_usual(found: AppraisalResults) -> Table | None:
    """What business as usual costs and saves in itself; None where nothing of it is priced."""
    given = found.business_as_usual
    if given is None:
        return None
    amounts = (("Cost", given.cost if given.priced else None), ("Cashable saving", given.cashable_saving))
    rows = tuple(
        Row(label, (*_money(each.by_year), Cell(money(each.total)), Cell(money(each.present_value))))
        for label, each in amounts
        if each is not None
    )
    if not rows:
        return None
    columns = tuple(map(Cell, (*found.years, "Total", "Present value")))
    caption = f"What business as usual costs: {given.title}"
    return Table("business-as-usual", caption, "Cash of the year", columns, rows, given.note)


def _money(values: Sequence[float | None]) -> tuple[Cell, ...]:
    return tuple(Cell(money(value)) for value in values)
