"""Formulas compared by what they say, and as they read when rows, columns and sheets have moved."""

from __future__ import annotations

import pytest

from finmodel.audit.workbooks.moves import AxisMoves, Moves, line_up
from finmodel.audit.workbooks.same_formula import difference, moved, relative, same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SUM(F9:J9)", "sum( F9 : J9 )".replace(" : ", ":")),
        ("'Shared'!F9*2", "Shared!F9*2"),
        ("IF(TRUE,1,0)", "IF(TRUE(),1,0)"),
        ("F9*0.1", "F9*1E-1"),
        ("F9*0.5", "F9*.5"),
        ("IFERROR(F9,0)", "_xlfn.IFERROR(F9,0)"),
        ("'Option 1 years'!$F$9", "'option 1 YEARS'!$f$9"),
        ("F9+G9", "F9 + G9"),
        ("Years!F9", "F9"),  # on the sheet Years
    ],
)
def test_what_programs_rewrite_does_not_count(one: str, other: str) -> None:
    assert same(one, other, "Years")
    assert same(other, one, "Years")


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("F9*2", "F9*3", "number"),
        ("F9*2", "F9*2.0000001", "number"),
        ("F9+G9", "F9+G10", "reference"),
        ("F9+G9", "F9+$G9", "reference"),
        ("F9+G9", "F9+Years2!G9", "reference"),
        ("SUM(F9:J9)", "SUM(F9:I9)", "range"),
        ("SUM(F9:J9)", "SUM(G9:K9)", "range"),
        ("SUM(F9:J9)", "SUM(F9)", "range"),
        ("SUM(F9:J9)", "MAX(F9:J9)", "formula"),
        ("F9+G9", "F9-G9", "formula"),
        ("F9+G9", "F9+G9+0", "formula"),
        ('IF(F9,"no","yes")', 'IF(F9,"No","yes")', "formula"),
        ("F9", "F9*2", "formula"),
    ],
)
def test_what_somebody_changed_does(one: str, other: str, kind: str) -> None:
    assert not same(one, other, "Years")
    assert difference(one, other, "Years") == kind


def rows(*kept: tuple[int, int], old: int, new: int) -> AxisMoves:
    return AxisMoves(tuple(kept), old, new)


def test_references_move_as_excel_moves_them() -> None:
    """Row 3 of `Months` deleted, a row put in before row 5, and the sheet now called `By month`."""
    moves = {
        "months": Moves(
            "By month", rows((1, 1), (2, 2), (4, 3), (5, 5), (6, 6), old=6, new=6), AxisMoves.still(10)
        )
    }  # fmt: skip
    assert moved("Months!F2+Months!F5", "Years", moves) == "'By month'!F2+'By month'!F5"
    assert moved("Months!F4", "Years", moves) == "'By month'!F3"
    assert moved("Months!$F$3", "Years", moves) == "'By month'!#REF!"
    assert moved("SUM(Months!F3:F6)", "Years", moves) == "SUM('By month'!F3:F6)"
    assert moved("SUM(Months!F1:F3)", "Years", moves) == "SUM('By month'!F1:F2)"
    assert moved('F3&"Months!F3"', "Years", moves) == 'F3&"Months!F3"'
    assert moved("F4+Years!F4", "Months", moves) == "F3+Years!F4"
    assert moved("Months!$F$90", "Years", moves) == "'By month'!$F$90"


def test_a_formula_copied_along_a_row_stays_the_same_relatively() -> None:
    assert relative("F9+$E9+F$5", "Years", 10, 6) == relative("G9+$E9+G$5", "Years", 10, 7)
    assert relative("F9+$E9", "Years", 10, 6) != relative("G9+$F9", "Years", 10, 7)


def keys(*texts: str) -> list[tuple[str, ...]]:
    return [tuple(text.split("|")) if text else () for text in texts]


def first(key: tuple[str, ...]) -> object:
    return key[:1]


@pytest.mark.parametrize(
    ("old", "new", "inserted", "deleted"),
    [
        (keys("a", "b", "c"), keys("a", "b", "c"), [], []),
        (keys("a", "b", "c"), keys("a", "x", "b", "c"), [2], []),
        (keys("a", "b", "c"), keys("a", "c"), [], [2]),
        (keys("a", "b|1", "c"), keys("a", "b|2", "c"), [], []),
        (keys("a", "b", "c"), keys("a", "other", "c"), [], []),
        (keys("a", "b|1", "c"), keys("a", "", "b|2", "c"), [2], []),
        (keys("a", "", "b", "", "c"), keys("a", "", "c"), [], [2, 3]),
        (keys("a|1", "b|1", "c|1"), keys("x|1", "b|2", "c|1"), [], []),
    ],
)
def test_rows_are_paired_and_what_is_left_was_put_in_or_taken_out(
    old: list[tuple[str, ...]], new: list[tuple[str, ...]], inserted: list[int], deleted: list[int]
) -> None:
    line = line_up(old, new, [first])
    assert line.inserted == inserted
    assert len(line.deleted) == len(deleted)
    assert line.is_still == (old == new or (not inserted and not deleted))


def test_a_row_that_was_moved_is_neither_put_in_nor_taken_out() -> None:
    line = line_up(keys("a", "b", "c", "d"), keys("b", "c", "d", "a"), [first])
    assert (line.inserted, line.deleted, line.shifted) == ([], [], ((1, 4),))
