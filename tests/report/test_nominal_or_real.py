"""Every table of money says whether its amounts are cash of the year or real, wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shipped_cases
from msgspec import Struct
from plain_results import found_once

from finmodel.document.table import Table
from finmodel.report.page import page
from finmodel.report.paper import appendices, body

SAID = ("cash of the year", "in cash", "nominal", "real, ", "real terms", "present value", "net present")


@pytest.fixture(params=["wolverhampton-2015", "example-2026"])
def tables(request: pytest.FixtureRequest) -> dict[str, Table]:
    """Every table of figures that page and paper are made of, by its id."""
    found = found_once(shipped_cases.appraisal_of(request.param))
    in_the_paper = tuple(body(found))
    made = (page(found), in_the_paper, tuple(appendices(found, in_the_paper)))
    return {table.id: table for table in tables_in(made) if table.figures}


def tables_in(made: object) -> Iterator[Table]:
    """Every table in parts of a document, however deep it stands."""
    if isinstance(made, Table):
        yield made
    elif isinstance(made, Struct):
        yield from tables_in(tuple(getattr(made, name) for name in made.__struct_fields__))
    elif isinstance(made, tuple):
        for each in made:
            yield from tables_in(each)


def test_each_table_of_money_says_nominal_or_real(tables: dict[str, Table]) -> None:
    of_money = {
        name: table
        for name, table in tables.items()
        if "£" in table.caption + table.corner or any("£" in cell.text for row in table.rows for cell in row.cells)
    }
    assert len(of_money) > 8
    silent = []
    for name, table in of_money.items():
        words = [table.caption, table.corner, table.note, *(row.header for row in table.rows)]
        words += [row.note for row in table.rows]
        if not any(said in text.lower() for text in words for said in SAID):
            silent.append((name, table.caption, table.corner))
    assert silent == []
