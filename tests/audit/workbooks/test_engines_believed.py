"""On which functions and forms engines are believed: every row of the table has its reason, and still needs it."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from engine_probes import CELLS, RIGHT, WRONG
from made_workbooks import analysed
from recalculation import by_libreoffice

from finmodel.audit.workbooks.general.beliefs import near_enough, rows, weakest
from finmodel.audit.workbooks.general.engine_formulas import NotGivenError, engine_formula_of, values_sheet
from finmodel.audit.workbooks.general.second_engine import second_opinions
from finmodel.audit.workbooks.recalculating import EngineWorkbook, Value
from finmodel.lines.cells import position

EVIDENCE = re.compile(r"([0-9,]+) of ([0-9,]+) formulas in [0-9]+ workbooks")
# A formula for each form, beside the cells of the probes.
OF_FORM = {
    "worked-out-cell-by-cell": 'SUMPRODUCT((A1:A4="cook")*B1:B4)',
    "one-cell-of-a-range": "ROUND(B1:B50,0)",
    "ranges-of-unequal-size": 'SUMIF(A1:A4,"cook",B1:B2)',
    "criterion-that-empty-cells-meet": 'COUNTIF(A1:A9,"<>cook")',
    "criterion-with-wildcards": 'SUMIF(A1:A4,"c*",B1:B4)',
    "look-up-of-the-nearest": "VLOOKUP(5,C1:D4,2)",
    "range-made-by-a-function": "SUM(B1:INDEX(B1:B4,2))",
    "text-as-number": "A5+30",
    "number-joined-to-text": 'A1&C1&"x"',
}
OF_THE_WORKBOOK = {"date-before-march-1900", "iterative-calculation"}  # tested with the workbooks of strangers


def place(text: str) -> tuple[int, int, int]:
    found = position(text)
    assert found is not None
    return (0, *found)


def by_first(formulas: list[str]) -> dict[str, Value | None]:
    engine = EngineWorkbook(["values1", "formulas1"])
    for address, value in CELLS.items():
        engine.put("values1", place(address)[1:], None, value)
    given = texts(formulas)
    for row, formula in enumerate(formulas, start=1):
        engine.put("formulas1", (row, 1), given[formula], None)
    engine.evaluate()
    return {formula: engine.value("formulas1", (row, 1)) for row, formula in enumerate(formulas, start=1)}


def by_second(formulas: list[str]) -> dict[str, Value | None]:
    given = texts(formulas)
    asked = {(0, row, 1): given[formula] for row, formula in enumerate(formulas, start=1)}
    found = second_opinions(1, asked, ((place(address), value) for address, value in CELLS.items()))
    return {formula: found[0, row, 1] for row, formula in enumerate(formulas, start=1)}


def texts(formulas: list[str]) -> dict[str, str]:
    analysis = analysed(CELLS)
    return {formula: engine_formula_of(analysis, formula, 0, (99, 99)).text for formula in formulas}


def right(value: object, expected: float | str | bool) -> bool:
    if isinstance(expected, bool | str) or isinstance(value, bool | str) or not isinstance(value, int | float):
        return value is expected or value == expected
    return abs(value - expected) <= 1e-9 * max(1.0, abs(expected))


def test_every_row_has_a_reason_and_is_there_once() -> None:
    named = [(row.kind, row.name) for row in rows()]
    assert len(named) == len(set(named)) > 200
    assert all(row.why and row.how_found for row in rows())


def test_every_function_not_believed_was_seen_to_differ() -> None:
    for row in rows():
        if row.kind == "function" and row.belief == "none":
            found = EVIDENCE.search(row.how_found)
            assert found is not None, row.name
            agreed, seen = (int(number.replace(",", "")) for number in found.groups())
            assert agreed < seen, f"{row.name}: both engines gave what Excel stored in all {seen}"


def test_every_function_believed_was_seen_to_agree_and_is_probed() -> None:
    believed = {row.name for row in rows() if row.kind == "function" and row.belief == "certain"}
    assert believed == {formula.partition("(")[0] for formula in RIGHT}
    for row in rows():
        if row.name in believed:
            found = EVIDENCE.search(row.how_found)
            assert found is not None and int(found[1].replace(",", "")) >= 7, row.name


@pytest.mark.parametrize("engine", [by_first, by_second])
def test_engines_give_what_is_right_on_every_function_believed(engine: Any) -> None:
    found = engine(list(RIGHT))
    # A rate found by trial may be off by what its row allows.
    near = {formula: near_enough([formula.partition("(")[0]]) for formula in RIGHT}
    wrong = {
        formula: (value, found[formula])
        for formula, value in RIGHT.items()
        if not right(found[formula], value) and not (near[formula] and abs(found[formula] - value) <= near[formula])
    }
    assert wrong == {}


def test_a_third_program_gives_the_same_on_every_function_believed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    for address, value in CELLS.items():
        page[address] = value
    for row, formula in enumerate(RIGHT, start=101):
        page[f"J{row}"] = f"={formula}"
    book.save(tmp_path / "probes.xlsx")
    found = by_libreoffice(tmp_path / "probes.xlsx")
    given: dict[str, Any] = {
        formula: found.get((page.title, f"J{row}")) for row, formula in enumerate(RIGHT, start=101)
    }
    given |= {
        formula: (value - datetime(1899, 12, 30)).days
        for formula, value in given.items()
        if isinstance(value, datetime)
    }
    assert {formula: given[formula] for formula, value in RIGHT.items() if not right(given[formula], value)} == {}


@pytest.mark.parametrize(("name", "formula", "value"), [(n, *w) for n, w in WRONG.items()], ids=WRONG)
def test_what_is_not_believed_is_still_wrong_in_one_engine(name: str, formula: str, value: float | str) -> None:
    """Where this fails an engine was mended: look whether it may be believed."""
    given = [by_first([formula])[formula], by_second([formula])[formula]]
    assert not all(right(found, value) for found in given), given
    assert next(row for row in rows() if row.name == name).belief == "none"


@pytest.mark.parametrize(("form", "formula"), OF_FORM.items(), ids=OF_FORM)
def test_a_form_is_known_by_its_formula(form: str, formula: str) -> None:
    assert form in engine_formula_of(analysed(CELLS), formula, 0, (3, 9)).forms


def test_every_form_of_the_table_has_a_formula() -> None:
    assert {row.name for row in rows() if row.kind == "form"} == OF_FORM.keys() | OF_THE_WORKBOOK


def test_the_weakest_belief_counts() -> None:
    assert weakest({"SUM", "IF"}, ()) == ("certain", "")
    assert weakest({"SUM", "NOBODYKNOWS"}, ()) == ("possible", "NOBODYKNOWS")
    assert weakest({"SUM", "DATEVALUE"}, ("one-cell-of-a-range",))[0] == "none"
    assert weakest({"SUM", "TODAY"}, ("text-as-number",)) == ("not given", "TODAY")
    with pytest.raises(KeyError):
        weakest((), ("no-such-form",))


WRITTEN = {
    "SUM(A:A)": "SUM(values1!A1:A7)",
    "SUM(A$1:A$5000)": "SUM(values1!A1:A7)",
    "SUM(A1:A30)": "SUM(values1!A1:A30)",
    "SUM(3:3)": "SUM(values1!A3:C3)",
    "SUMIFS(B:B,A:A,1)": "SUMIFS(values1!B1:B7,values1!A1:A7,1)",
    "SUMIFS(B2:B5000,A1:A4999,1)": "SUMIFS(values1!B2:B5000,values1!A1:A4999,1)",  # both of 4,999
    "S!A1*$B$2": "values1!A1*values1!B2",
    "A1:A7*2": "values1!A3*2",
    "SUM(A1:A7*2)": "SUM(values1!A3*2)",
    "SUMPRODUCT(A1:A7*2)": "SUMPRODUCT(values1!A1:A7*2)",
    "VLOOKUP(A1:A7,B:C,2,FALSE)": "VLOOKUP(values1!A3,values1!B1:C7,2,FALSE)",
    'IF("A1"="x",A1,A2)': 'IF("A1"="x",values1!A1,values1!A2)',
    "SUM(A1:INDEX(B1:B7,2))": "SUM(values1!A1:INDEX(values1!B1:B7,2))",
    "_xlfn.STDEV.S(A1:A3)": "STDEV.S(values1!A1:A3)",
}  # fmt: skip


@pytest.mark.parametrize(("formula", "text"), WRITTEN.items(), ids=WRITTEN)
def test_a_formula_as_the_engines_are_given_it(formula: str, text: str) -> None:
    cells = {"A1": 1, "A7": 2, "B2": 3, "C3": "x"}
    assert engine_formula_of(analysed(cells), formula, 0, (3, 9)).text == text


NOT_GIVEN = {
    "COUNTIF(A:A,1)": "empty cells of whole columns",
    "ROWS(A:A)": "empty cells of whole columns",
    "SUM(Jan!A1)": "sheet that is not there",
    "SUM(S:T!A1)": "several sheets at once",
    "[1]S!A1": "another file",
    "Posts[FTE]": "names of its columns",
    "nobody*2": "name or table that the engine is not given",
    "A1:A9 A3:C3": "two ranges cross",
    "SUM(A1#)": "spills",
    "A1:B7*2": "none in its row or column",
    "A4:A7*2": "none in its row or column",
}


@pytest.mark.parametrize(("formula", "words"), NOT_GIVEN.items(), ids=NOT_GIVEN)
def test_a_formula_that_engines_are_not_given_says_why(formula: str, words: str) -> None:
    cells = {"A1": 1, "A7": 2, "B2": 3, "C3": "x"}
    with pytest.raises(NotGivenError, match=words):
        engine_formula_of(analysed(cells), formula, 0, (3, 9))


def test_sheets_are_named_so_that_no_engine_takes_them_for_cells() -> None:
    assert position(values_sheet(0)) is None
