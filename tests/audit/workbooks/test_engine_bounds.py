"""Formulas on which the engine would run out of stack are refused before it sees them; those that Excel takes are not."""

from __future__ import annotations

import pytest

from finmodel.audit.workbooks.recalculating import EngineWorkbook, RecalculationError


def worked_out(formula: str) -> object:
    engine = EngineWorkbook(["A"])
    engine.put("A", (1, 1), formula, None)
    engine.evaluate()
    return engine.value("A", (1, 1))


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("ABS(" * 64 + "1" + ")" * 64, 1),
        ("(" * 200 + "1" + ")" * 200, 1),
        ("+".join(["1"] * 2_000), 2_000),
        ("-" * 100 + "1", 1),
        ('"' + "x" * 8_000 + '"&"y"', "x" * 8_000 + "y"),
    ],
)
def test_what_excel_takes_is_worked_out(formula: str, value: object) -> None:
    assert worked_out(formula) == value


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("(" * 201 + "1" + ")" * 201, "nested more than 200 deep"),
        ("{" * 8_000, "nested more than 200 deep"),
        ("-" * 200 + "1", "nested more than 200 deep"),
        ("- " * 200 + "1", "nested more than 200 deep"),
        ("1" + "%" * 8_000, "nested more than 200 deep"),
        ("1+" * 5_000 + "1", "10,001 characters"),
    ],
)
def test_what_would_break_it_is_refused_with_its_place(formula: str, words: str) -> None:
    with pytest.raises(RecalculationError, match=r"could not take A, row 1, column 1") as caught:
        worked_out(formula)
    assert words in str(caught.value)


def test_a_copy_works_out_what_its_original_does_and_reads_dates_as_in_england() -> None:
    """Effects and stored values are worked out on copies; 3 April 2025 is day 45,750."""
    book = EngineWorkbook(["A"])
    book.put("A", (1, 1), 'VALUE("03/04/2025")', None)
    twin = book.copy()
    twin.put("A", (2, 1), "A1+1", None)
    for each in (book, twin):
        each.evaluate()
    assert (book.value("A", (1, 1)), twin.value("A", (1, 1)), twin.value("A", (2, 1))) == (45750, 45750, 45751)
    assert book.value("A", (2, 1)) in (None, "")
