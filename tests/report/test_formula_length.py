"""No formula of a shipped case's workbook is too long to read: 250 characters at most."""

from __future__ import annotations

from pathlib import Path

import pytest
import shipped_cases
from one_formula import formula

from finmodel.report.workbook import layout_of

ROOT = Path(__file__).parents[2]
MOST = 250  # characters, as the equals sign begins it
AROUND = 35  # more, where a check compares a cell with its own rule


@pytest.mark.parametrize("case", ["darlington-2010", "wolverhampton-2015", "example-2026"])
def test_no_formula_is_too_long_to_read(case: str) -> None:
    layout = layout_of(shipped_cases.appraisal_of(case))
    lengths = {
        address: len(formula(layout, line, layout.columns(line.timeline)[-1]))
        for address, line in layout.lines.items()
        if line.expression is not None
    }
    assert len(lengths) > 150
    assert {
        address: length for address, length in lengths.items() if length > MOST + AROUND * (".standing." in address)
    } == {}
