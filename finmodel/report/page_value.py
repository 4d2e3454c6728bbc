"""Tables that set nominal cash beside real figures, and affordability beside value for money. No sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from finmodel.lines.display import number
from finmodel.report.page_tables import NO_FIGURE, Cell, Row, Table, tags, titles
from finmodel.report.wording import money, sentence, years_shown

Found = dict[str, Any]
Value = Callable[[Found], Cell]
_BOTH = {"cost": "Cost", "cashable_saving": "Cashable saving", "net_saving": "Net saving"}


def real_beside_nominal(found: Found, group: Sequence[Found], index: int) -> Table:
    """Each yearly figure in cash of the year, and below it at the prices of the case."""
    real, nominal = group[0]["real"], group[0]["affordability"]
    rows = []
    for name, label in _BOTH.items():
        kind = "total" if name == "net_saving" else ""
        rows.append(Row(f"{label}, nominal", _money(nominal[name]), "Cash of the year", kind))
        rows.append(Row(f"{label}, real", _money(real[name]), f"At {real['price_base']} prices", kind))
    return Table(
        f"real-{index}",
        f"Nominal and real: {titles(group)}",
        "£",
        tuple(map(Cell, found["years"])),
        tuple(rows),
        "The two are never added together: real figures are what the cash would buy at the prices of one year.",
    )


def two_views(found: Found) -> Table:
    """Affordability, in cash to this council, apart from value for money: real, discounted, whoever gains."""
    options, basis = found["options"], found["present_value_basis"]
    shown = years_shown(found["years"])
    rows = [
        Row("Affordability: can the budget bear it?", kind="group", note=_shared(options, "affordability")),
        _row("Net saving in cash", f"Over {shown}", options, _of("affordability", "total_net_saving")),
        _row("Peak cash exposure", "The most it is out of pocket", options, _of("affordability", "peak_exposure")),
        Row("Value for money: is it worth it?", kind="group", note=_shared(options, "value_for_money")),
        _row("Saving to all, present value", "", options, _of("value_for_money", "present_value_of_saving")),
        _row("Net present value to all", "", options, _of("value_for_money", "net_present_value")),
        _row("Benefit-cost ratio to all", "", options, _ratio),
        Row(
            "This council’s net present value",
            kind="group",
            note=f"Its cashable savings alone, less the cost. As the case has it: {_inside(basis)}",
        ),
        _row("As the case discounts", "", options, _measure("net_present_value")),
        _row("At the current Green Book schedule", "", options, _measure("net_present_value_at_green_book")),
        _row("At 3.0% a year", "", options, _measure("net_present_value_at_3")),
    ]
    columns = tuple(Cell(option["title"], tags(option)) for option in options)
    caption = "What it does to the budget, apart from what it is worth"
    return Table("two-views", caption, "Measure", columns, tuple(rows))


def business_as_usual(found: Found) -> Table | None:
    """What business as usual costs and saves in itself; None where nothing of it is priced."""
    given = found["business_as_usual"]
    if given is None:
        return None
    amounts = (("Cost", given["cost"] if given["priced"] else None), ("Cashable saving", given["cashable_saving"]))
    rows = tuple(
        Row(label, (*_money(each["by_year"]), Cell(money(each["total"])), Cell(money(each["present_value"]))))
        for label, each in amounts
        if each is not None
    )
    if not rows:
        return None
    columns = tuple(map(Cell, (*found["years"], "Total", "Present value")))
    caption = f"What business as usual costs: {given['title']}"
    return Table("business-as-usual", caption, "Cash of the year", columns, rows, given["note"])


def _inside(basis: str) -> str:
    return basis[:1].lower() + basis[1:]


def _row(header: str, note: str, options: Sequence[Found], value: Value) -> Row:
    return Row(header, tuple(map(value, options)), note)


def _shared(options: Sequence[Found], view: str) -> str:
    """The basis of a view, which is the same for every option of a case."""
    return str(options[0][view]["basis"])


def _of(view: str, name: str) -> Value:
    return lambda option: Cell(money(option[view][name]))


def _ratio(option: Found) -> Cell:
    value = option["value_for_money"]["benefit_cost_ratio"]
    return _none(option["value_for_money"]["benefit_cost_ratio_reason"]) if value is None else Cell(number(value, 2))


def _measure(name: str) -> Value:
    def cell(option: Found) -> Cell:
        value = option["measures"][name]
        return _none(option["measures"].get(f"{name}_reason")) if value is None else Cell(money(value))

    return cell


def _none(reason: str | None) -> Cell:
    return Cell(NO_FIGURE, sentence(reason) if reason else "")


def _money(values: Sequence[float | None]) -> tuple[Cell, ...]:
    return tuple(Cell(money(value)) for value in values)
