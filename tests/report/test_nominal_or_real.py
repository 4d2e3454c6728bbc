"""Every table of money says whether its amounts are cash of the year or real, wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shipped_cases
from plain_results import found_once

from finmodel.document.table import Table
from finmodel.report.write import write_report

INPUTS = Path(__file__).parents[2] / "inputs"
SAID = ("cash of the year", "in cash", "nominal", "real, ", "real terms", "present value", "net present")


@pytest.fixture(params=["wolverhampton-2015", "example-2026"])
def tables(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, Table]]:
    """Every table of figures that page and paper are made of, by its id."""
    made: dict[str, Table] = {}
    begin = Table.__init__

    def remember(self: Table, *given: object, **named: object) -> None:
        begin(self, *given, **named)  # type: ignore[arg-type]
        made[self.id] = self

    monkeypatch.setattr(Table, "__init__", remember)
    appraisal = shipped_cases.appraisal_of(request.param)
    write_report(appraisal, tmp_path, found=found_once(appraisal))
    yield {name: table for name, table in made.items() if table.figures}


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
