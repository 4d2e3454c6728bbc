"""The table of an option's capital, for page and paper: sources, MRP and interest, residual value, what falls after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finmodel.document.table import Cell, Row, Table
from finmodel.report.capital_words import after, capital_spent
from finmodel.report.page_tables import titles
from finmodel.results.appraised import AppraisalResults
from finmodel.results.capital import CapitalResult, PaidResult
from finmodel.results.option import OptionResult
from finmodel.results.wording import is_nil, money


def capital_table(group: Sequence[OptionResult], found: AppraisalResults, name: str) -> Table | None:
    """What options that are alike in their capital spend, by year and in all; None where they spend none."""
    capital = capital_spent(group[0])
    if capital is None:
        return None
    return Table(
        f"capital-{name}",
        f"Capital, and what it costs revenue: {titles(group)}",
        "Cash of the year",
        (*map(Cell, found.years), Cell("Total")),
        tuple(_rows(capital)),
        after(capital, found.years),
    )


def _rows(capital: CapitalResult) -> Iterator[Row]:
    yield _row(capital.outlay, "", "total")
    for source in capital.sources:
        yield _row(source, "Pays for the outlay", "part")
    for charge in capital.charges:
        if not all(map(is_nil, charge.by_year)):
            yield _row(charge, "In the cost to revenue")
    if capital.residual is not None:
        yield _row(capital.residual, "Counts in public and social value, and in no budget")


def _row(part: PaidResult, note: str, kind: str = "") -> Row:
    return Row(part.label, (*(Cell(money(value)) for value in part.by_year), Cell(money(part.total))), note, kind)
