"""Tables of who gains, and of each other saving down its ladder from gross to cashable. No sums."""

from __future__ import annotations

from collections.abc import Sequence

from finmodel.case.schema_savings import THIS_COUNCIL
from finmodel.document.table import Cell, Row, Table
from finmodel.report.page_tables import titles
from finmodel.results.appraised import AppraisalResults
from finmodel.results.claims import ClaimResult
from finmodel.results.option import OptionResult
from finmodel.results.wording import capital, money, sentence

_LADDER = {
    "gross_saving": "Gross saving",
    "after_deadweight": "After deadweight",
    "after_optimism_bias": "After optimism bias",
    "cashable_saving": "Cashable saving",
}


def gains(found: AppraisalResults, group: Sequence[OptionResult], index: int) -> Table:
    """The saving by the body that gains; what releases no cash stands in rows of its own."""
    rows = tuple(
        Row(
            _body(gain.body),
            (*_money(gain.by_year), Cell(money(gain.total))),
            "Releases cash" if gain.cashable else "Releases no cash",
        )
        for gain in group[0].public_value
    )
    columns = tuple(map(Cell, (*found.years, "Total")))
    return Table(f"gains-{index}", f"Who gains: {titles(group)}", "Cash of the year", columns, rows)


def other_savings(found: AppraisalResults, group: Sequence[OptionResult], index: int) -> Table:
    """Each other saving from gross to cashable."""
    rows = []
    for saving in group[0].savings:
        rows.append(Row(saving.title, kind="group", note=_about(saving)))
        rows += [
            Row(label, _money(saving.by_year[name]), kind="total" if name == "cashable_saving" else "part")
            for name, label in _LADDER.items()
        ]
    return Table(
        f"other-savings-{index}",
        f"Other savings, from gross to cashable: {titles(group)}",
        "Cash of the year",
        tuple(map(Cell, found.years)),
        tuple(rows),
    )


def _about(saving: ClaimResult) -> str:
    """What kind of saving, who gains, and whether it is a requirement."""
    kind = capital(saving.kind.replace("_", " "))
    basis = "A requirement: no forecast has been made." if saving.basis == "requirement" else ""
    note = sentence(saving.note) if saving.note else ""
    return " ".join(text for text in (f"{kind}. Gained by {saving.body}.", basis, note) if text)


def _body(name: str) -> str:
    """A body as the case names it."""
    return capital(name) if name == THIS_COUNCIL else name


def _money(values: Sequence[float | None]) -> tuple[Cell, ...]:
    return tuple(Cell(money(value)) for value in values)
