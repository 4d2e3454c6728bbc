"""A report that nobody touched is accused of nothing, however large its figures; what was stored wrongly still is."""

from __future__ import annotations

from pathlib import Path

import pytest
from any_size import pounds_a_year, random_case

from finmodel.audit.workbooks.carried import carried_case
from finmodel.audit.workbooks.contents import SheetCell, Workbook, Worksheet
from finmodel.audit.workbooks.expected import expected_workbook
from finmodel.audit.workbooks.look import Style
from finmodel.audit.workbooks.magnitudes import ROUNDING, Magnitudes
from finmodel.audit.workbooks.model_audit import audit_in_full
from finmodel.audit.workbooks.opening import open_workbook

TRIED = 10


@pytest.mark.parametrize("number", range(TRIED))
def test_a_report_left_alone_is_accused_of_nothing_at_any_size(number: int, tmp_path: Path) -> None:
    """Ten from £10,000 to £500m a year; `benchmarks/tampering/untouched.py` tries two hundred."""
    expected = expected_workbook(random_case(number, pounds_a_year(number, TRIED)))
    (tmp_path / "report.xlsx").write_bytes(expected.workbook.content)
    found = open_workbook(tmp_path / "report.xlsx")
    certificate = audit_in_full(found, expected, carried_case(found), "the case")
    assert (certificate.findings, certificate.changed_inputs, certificate.notes) == ((), (), ())


def sizes_of(formulas: dict[str, str], values: dict[str, float]) -> Magnitudes:
    """A sheet of one column, A1 and down, with these formulas and values."""
    cells = {}
    for name, value in values.items():
        cells[int(name[1:]), 1] = SheetCell(formulas.get(name, ""), value, "number", Style())
    book = Workbook("", "", (Worksheet("S", "visible", "", cells),))
    return Magnitudes(book, lambda _, place: cells[place].value if place in cells else None)


@pytest.mark.parametrize(
    ("formula", "size"),
    [
        ("A1-A2", 16e6),  # |8m| + |8m|, where next to nothing is left
        ("MAX(A1-A2,0-(A1-A2))", 16e6),
        ("(A1-A2)*A3", 4e6),  # a quarter of it
        ("(A1-A2)/A3", 64e6),
        ("SUM(A1:A3)", 16e6 + 0.25),
        ("SUMPRODUCT(A1:A2,A1:A2)", 128e12),
        ('IF(A3>0,A1-A2,"none")', 16e6),
        ("A4*A3", 4e6),  # A4 is such a difference
        ("A3*A3", 0.0625),  # nothing was subtracted
        ("INDEX(A1:A2,1)", 8e6),
        ("POWER(1+A3,0-A3)", 1.25**-0.25),
        ("-A1%", 80_000),
    ],
)
def test_what_was_added_up_is_known_from_the_formula(formula: str, size: float) -> None:
    values = {"A1": 8e6, "A2": 8e6 - 1e-9, "A3": 0.25, "A4": 1e-9, "A5": 0.0}
    found = sizes_of({"A4": "A1-A2", "A5": formula}, values)
    assert found.size("S", (5, 1)) == pytest.approx(size)


def test_zero_is_zero_at_the_size_of_what_was_subtracted_and_at_no_other() -> None:
    values = {"A1": 500e6, "A2": 500e6, "A3": 0.0, "A4": 0.0}
    found = sizes_of({"A3": "A1-A2", "A4": "A3*0"}, values)
    assert found.same(0.9 * ROUNDING * 1e9, 0.0, "S", (3, 1))  # 500m and 500m added up
    assert not found.same(1.1 * ROUNDING * 1e9, 0.0, "S", (3, 1))
    assert not found.same(0.005, 0.0, "S", (3, 1))  # half a penny is no rounding
    assert not found.same(1e-6, 0.0, "S", (4, 1))
    assert not found.same("0", 0.0, "S", (3, 1))
    assert not found.same(True, 1.0, "S", (3, 1))


def test_formulas_that_go_in_a_circle_end() -> None:
    found = sizes_of({"A1": "A2+1", "A2": "A1-1"}, {"A1": 1.0, "A2": 0.0})
    assert found.size("S", (1, 1)) >= 1
