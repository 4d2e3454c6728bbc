"""Copies of a formula are told by their texts, and what was learnt of one holds for all of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finmodel.audit.workbooks.contents import DefinedName, SheetCell, Style, Workbook, Worksheet
from finmodel.audit.workbooks.formulas import Moving
from finmodel.audit.workbooks.general.analysis import Analysis
from finmodel.audit.workbooks.general.engine_formulas import (
    NotGivenError,
    engine_formula_of,
    filled_engine_formula_of,
)
from finmodel.audit.workbooks.general.filled import FilledFormulas
from finmodel.audit.workbooks.general.shapes import key_of

PIECES = st.sampled_from(
    ["A1", "B7", "$B$2", "C$4", "$D5", "'S A1'!C3", "Q1!A1", "S.C3", "[1]X!A1", "A1:B3", "$A1:A1", "B$2:$C4", "C3:A1", "A:B",
     "$A:$B", "2:3", "LOG10(", "SUM(", "SUMPRODUCT(", "ROUND(", "IF(", ")", "+", "*", ",", ":", " ", '"A1"', '"x', "'", "1E5", "2.5",
     "T[A1]", "[@B2]", "\\\\C3", "_C3", "A1_", "name", "fixed", "a1", "XFD1048576", "A0", "#REF!", "!", "$", "?", "é"]
)  # fmt: skip
FORMULAS = st.lists(PIECES, min_size=1, max_size=7).map("".join)
PLACES = st.tuples(st.integers(1, 9), st.integers(1, 9))


@given(st.lists(st.tuples(FORMULAS, PLACES), min_size=2, max_size=40))
@settings(max_examples=80, deadline=None)
def test_formulas_of_one_form_read_the_same_in_r1c1(formulas: list[tuple[str, tuple[int, int]]]) -> None:
    filled = FilledFormulas()
    keys: dict[object, str] = {}
    for formula, here in formulas:
        form, key = filled.form_of(formula, here), key_of(formula, here)[0]
        if form is not None and (form in keys or filled.is_clear(form, formula)):
            assert keys.setdefault(form, key) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [("A1*$B$2", "C3*$B$2"), ("SUM('S A1'!A1:A$9)", "SUM('S A1'!C3:C$9)"), ('A1&"A1"', 'C3&"A1"'), ("LOG10(A1)", "LOG10(C3)")],
)  # fmt: skip
def test_a_formula_filled_two_down_and_two_right_has_one_form(one: str, other: str) -> None:
    filled = FilledFormulas()
    form = filled.form_of(one, (5, 5))
    assert form is not None and filled.is_clear(form, one)
    assert filled.form_of(other, (7, 7)) == form


@pytest.mark.parametrize(
    ("one", "other", "here"),
    [("A1*B2", "A1*B2", (7, 7)), ("LOG10(A1)", "LOG20(A1)", (5, 5)), ('"A1"', '"B2"', (6, 6)), ("$A1", "A1", (5, 5))],
)
def test_what_reads_otherwise_has_another_form(one: str, other: str, here: tuple[int, int]) -> None:
    filled = FilledFormulas()
    form = filled.form_of(one, (5, 5))
    assert form is not None and filled.is_clear(form, one)
    assert filled.form_of(other, here) != form


@pytest.mark.parametrize("formula", ["T[A1]", "T[A1]+a1", "A:A+A1", "a1", "A1:B2!C3", r"\A1"])
def test_texts_that_hold_more_than_plain_cells_are_read_one_by_one(formula: str) -> None:
    filled = FilledFormulas()
    form = filled.form_of(formula, (5, 5))
    assert form is None or not filled.is_clear(form, formula)
    assert filled.form_of(formula, (5, 5)) is None


def analysed() -> Analysis:
    cells = {
        (row, column): SheetCell("", float(row), "number", Style()) for row in range(1, 12) for column in range(1, 6)
    }
    sheets = tuple(Worksheet(name, "visible", "", cells) for name in ("S", "S A1", "Q1"))
    names = (DefinedName("fixed", "Q1!$B$3:$B$6"), DefinedName("name", "1.5"))
    return Analysis(Workbook("made.xlsx", "", sheets, names))


ANALYSED = analysed()


@given(FORMULAS, PLACES, PLACES)
@settings(max_examples=150, deadline=None)
def test_a_copy_is_written_for_the_engines_as_it_would_be_by_itself(
    formula: str, here: tuple[int, int], there: tuple[int, int]
) -> None:
    filled = FilledFormulas()
    form, copy = filled.form_of(formula, here), Moving(formula, *here).at(*there)
    if form is None or not filled.is_clear(form, formula) or filled.form_of(copy, there) != form:
        return
    found = filled_engine_formula_of(ANALYSED, formula, 0, here)
    text = found.at(*there) if found is not None else None
    if text is None:
        return
    try:
        alone = engine_formula_of(ANALYSED, copy, 0, there)
    except NotGivenError:
        alone = None
    assert alone is not None and text == (alone.text, alone.empty_cells)


@pytest.mark.parametrize(
    "formula", ["SUM($B2:C2)+'S A1'!C$3", "SUM(B2:B9)*$A$1", "SUMPRODUCT(B2:B20,C2:C20)", "SUM(fixed)+name"]
)
def test_plain_formulas_are_written_once_for_all_copies(formula: str) -> None:
    found = filled_engine_formula_of(ANALYSED, formula, 0, (3, 4))
    alone = engine_formula_of(ANALYSED, Moving(formula, 3, 4).at(5, 7), 0, (5, 7))
    assert found is not None
    assert found.at(5, 7) == (alone.text, alone.empty_cells)
