"""Each general check on small workbooks: what it must find, at the right cell, and twins in which it must find nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from made_workbooks import by_xlsxwriter, column, found, made, row, years
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula

HEADINGS = row("C1", list(range(2026, 2034)))
INPUTS = row("C2", [100, 103, 107, 90, 95, 99, 120, 118]) | row("C3", [0.1, 0.2, 0.15, 0.12, 0.3, 0.21, 0.22, 0.23])
COSTS = years("={c}2*{c}3")
BASE = HEADINGS | INPUTS


def with_one(values: list[Any], at: int, value: Any) -> list[Any]:
    return [*values[:at], value, *values[at + 1 :]]


def quarter(first: str, total: str) -> list[str]:
    """Three months and their quarter."""
    months = [chr(ord(first) + month) for month in range(3)]
    return [*[f"={month}2*2" for month in months], f"{total}({months[0]}5:{months[2]}5)"]


CHANGING: dict[str, tuple[dict[str, Any], set[tuple[str, str]]]] = {
    "one cell in the middle": (row("C5", with_one(COSTS, 3, "=F2+F3")), {("F5", "likely")}),
    "two cells in the middle": (row("C5", [*COSTS[:3], "=F2+F3", "=G2+G3", *COSTS[5:]]), {("F5:G5", "likely")}),
    "a reference that slipped": (row("C5", with_one(COSTS, 4, "=G2*F3")), {("G5", "likely")}),
    "a mark forgotten": (row("C5", with_one(years("={c}2*$C3"), 4, "=G2*C3")), {("G5", "likely")}),
    "the last cell": (row("C5", with_one(COSTS, 7, "=J2-J3")), {("J5", "possible")}),
    "the first cell, with nothing to roll forward": (row("C5", with_one(COSTS, 0, "=C2-C3")), {("C5", "possible")}),
    "a rule that changes half-way": (row("C5", COSTS[:5] + years("={c}2+{c}3")[5:]), {("H5:J5", "possible")}),
    "between three only": (row("C5", ["=C2*C3", "=D2", "=E2*E3"]), {("D5", "possible")}),
    "down a column": (column("L5", ["=C5*2", "=C6*2", "=C7*3", "=C8*2", "=C9*2"]), {("L7", "likely")}),
    "a quarter unlike the others": (
        row("C5", [text for q in "CGKO" for text in quarter(q, "=SUM" if q != "K" else "=MAX")]),
        {("N5", "likely")},
    ),
    "the first of a list, where the columns beside go on": (
        column("L5", ["=C5*3", "=C6*2", "=C7*2", "=C8*2"]) | column("M5", ["=L5+1", "=L6+1", "=L7+1", "=L8+1"]),
        {("L5", "likely")},
    ),
    "nothing: quarters": (row("C5", [text for q in "CGKO" for text in quarter(q, "=SUM")] + ["=F5+J5+N5+R5"]), set()),
    "nothing: a list that goes on from above": (
        column("L5", ["=C5", "=L5+C6", "=L6+C7", "=L7+C8"]) | column("M5", ["=L5+1", "=L6+1", "=L7+1", "=L8+1"]),
        set(),
    ),
    "nothing: the same along the row": (row("C5", COSTS), set()),
    "nothing: a total at the end": (row("C5", [*COSTS, "=SUM(C5:J5)"]), set()),
    "nothing: a roll-forward": (row("C5", ["=C2", *years("={b}5+{c}2", "D", 7)]), set()),
    "nothing: totals after each half year": (
        row("C5", ["=C2*2", "=D2*2", "=SUM(C5:D5)", "=F2*2", "=G2*2", "=SUM(F5:G5)"]),
        set(),
    ),
    "nothing: the column differs in the rows beside": (
        row("C5", with_one(COSTS, 3, "=F2+F3")) | row("C6", with_one(years("={c}2*{c}3"), 3, "=F2+F3")),
        set(),
    ),
    "nothing: a record of unlike formulas": (row("C5", ["=C2", "=C5*2", "=C3+D5", "=E5/C5"]), set()),
    "nothing: a list with a total": (column("L5", ["=C5*2", "=C6*2", "=C7*2", "=C8*2", "=SUM(L5:L8)"]), set()),
}


@pytest.mark.parametrize(("cells", "expected"), CHANGING.values(), ids=CHANGING)
def test_formulas_that_change(cells: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    assert found(made({"S": BASE | cells}), "changing-formula") == {("S", *told) for told in expected}


OVERRIDES: dict[str, tuple[dict[str, Any], set[tuple[str, str]]]] = {
    "in the middle": (row("C5", with_one(COSTS, 3, 12.5)), {("F5", "likely")}),
    "two beside": (row("C5", [*COSTS[:3], 12.5, 13, *COSTS[5:]]), {("F5:G5", "likely")}),
    "at the end": (row("C5", with_one(COSTS, 7, 12.5)), {("J5", "possible")}),
    "in a column": (column("L5", ["=C5*2", "=C6*2", 7, "=C8*2", "=C9*2"]), {("L7", "likely")}),
    "a column of pasted values": (
        row("C5", with_one(COSTS, 3, 12.5)) | row("C6", with_one(COSTS, 3, 13)),
        {("F5", "possible"), ("F6", "possible")},
    ),
    "in a quarter": (
        row("C5", with_one([text for q in "CGKO" for text in quarter(q, "=SUM")], 6, 7.5)),
        {("I5", "likely")},
    ),
    "the last of a list, where the columns beside go on": (
        column("L5", ["=C5*2", "=C6*2", "=C7*2", 7.5]) | column("M5", ["=L5+1", "=L6+1", "=L7+1", "=L8+1"]),
        {("L8", "likely")},
    ),
    "nothing: actuals first": (row("C5", [90, 95, 99, *COSTS[3:]]), set()),
    "nothing: a row of inputs between formulas": (
        row("C5", years("={c}2*2")) | row("C6", [1.5, 2.5, 3.5, 4.5, 5.5]) | row("C7", years("={c}4*2")),
        set(),
    ),
    "nothing: text among formulas": (row("C5", with_one(COSTS, 3, "n/a")), set()),
}


@pytest.mark.parametrize(("cells", "expected"), OVERRIDES.values(), ids=OVERRIDES)
def test_numbers_typed_over(cells: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    assert found(made({"S": BASE | cells}), "typed-over") == {("S", *told) for told in expected}


TYPED: dict[str, str | None] = {
    "=C2*1.03": "likely",
    "=C2*3%": "likely",
    "=C2+5000": "likely",
    "=IF(C2>250,C3,0)": "likely",
    "=C2/12": "possible",
    "=C2*1000": "possible",
    "=C2^2": "possible",
    "=1200*3+450": "possible",
    "=C2*(1+C3)": None,
    "=C2*-1+0": None,
    "=ROUND(C2*C3,2)": None,
    "=INDEX(C2:J3,2,5)": None,
    "=VLOOKUP(C2,C2:J3,4,FALSE)": None,
    '=C2&" 2026"': None,
    "=DATE(2026,4,1)": None,
    '=TEXT(C2,"0.00")&LOG10(C2)': None,
    "=SUM(C2:C3)*$C$1": None,
}


@pytest.mark.parametrize(("formula", "certainty"), TYPED.items(), ids=TYPED)
def test_numbers_typed_into_formulas(formula: str, certainty: str | None) -> None:
    told = found(made({"S": BASE | {"C5": formula}}), "number-in-formula")
    assert told == ({("S", "C5", certainty)} if certainty else set())


def test_a_number_typed_along_a_row_is_told_once() -> None:
    assert found(made({"S": BASE | row("C5", years("={c}2*1.03"))}), "number-in-formula") == {("S", "C5:J5", "likely")}


def test_errors_where_they_begin_and_where_they_pass() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("S")
        page.write_formula("A1", "=1/0", None, "#DIV/0!")
        page.write_formula("A2", "=A1+1", None, "#DIV/0!")
        page.write_formula("A3", "=NA()", None, "#N/A")
        page.write_formula("A4", "=SUM(#REF!)", None, 0)
        page.write_formula("A5", "=IFERROR(A1,0)", None, 0)
        book.define_name("gone", "=#REF!$A$1")

    book = by_xlsxwriter(fill)
    assert found(book, "error") == {
        ("S", "A1", "certain"),
        ("S", "A2", "certain"),
        ("S", "A3", "possible"),
        ("S", "A4", "certain"),
        ("", "", "possible"),
    }


def test_hidden_sheets_rows_columns_and_figures() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("S")
        for line in range(12):
            page.write_row(line, 0, [line + 0.5, line * 1.5, line * 2.5, line * 3.5])
        page.set_row(2, None, None, {"hidden": True})
        page.set_row(3, None, None, {"hidden": True})
        page.set_row(6, None, None, {"level": 1, "hidden": True})
        page.set_row(40, None, None, {"hidden": True})  # holds nothing
        page.set_column("B:B", 0)
        page.set_column("Z:Z", 0)  # holds nothing
        page.write_number("D12", 5, book.add_format({"num_format": ";;;"}))
        book.add_worksheet("H").hide()
        book.add_worksheet("V").very_hidden()

    book = by_xlsxwriter(fill)
    assert found(book, "hidden") == {
        ("S", "3:4", "certain"),
        ("S", "7:7", "possible"),
        ("S", "B:B", "certain"),
        ("S", "D12", "likely"),
        ("H", "", "certain"),
        ("V", "", "certain"),
    }


def test_rows_hidden_by_a_filter_are_less_sure() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("S")
        for line in range(6):
            page.write_row(line, 0, [f"Post {line}", line * 1.5])
        page.autofilter("A1:B6")
        page.set_row(3, None, None, {"hidden": True})

    assert found(by_xlsxwriter(fill), "hidden") == {("S", "4:4", "likely")}


CIRCLES: dict[str, tuple[dict[str, Any], set[tuple[str, str]]]] = {
    "itself": ({"A1": "=A1+1"}, {("A1", "certain")}),
    "in its own sum": ({"A1": 1, "A2": 2, "A3": "=SUM(A1:A3)"}, {("A3", "certain")}),
    "over three": ({"A1": "=B1", "B1": "=C1*2", "C1": "=A1+1"}, {("A1", "certain")}),
    "over a range": (column("A1", ["=A2", "=A3", "=A4", "=SUM(A1:A2)"]), {("A1", "certain")}),
    "through a branch": ({"A1": "=IF(B1>0,B1,1)", "B1": "=A1"}, {("A1", "likely")}),
    "two apart": ({"A1": "=A2", "A2": "=A1", "C1": "=C1"}, {("A1", "certain"), ("C1", "certain")}),
    "through a name": ({"A1": "=total", "A2": "=A1"}, {("A1", "certain")}),
    "nothing: its own row number": ({"A1": "=ROW(A1)", "A2": "=ROWS(A$1:A2)"}, set()),
    "nothing: running totals": (column("A1", [1, 2, 3]) | column("B1", ["=SUM(A$1:A1)", "=B1+A2", "=B2+A3"]), set()),
    "nothing: two sheets of the same cells": ({"A1": "=T!A1+1"}, set()),
}


@pytest.mark.parametrize(("cells", "expected"), CIRCLES.values(), ids=CIRCLES)
def test_circular_references(cells: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    def name(book: openpyxl.Workbook) -> None:
        book.defined_names["total"] = DefinedName("total", attr_text="S!$A$2")

    book = made({"S": cells, "T": {"A1": "=1+0"}}, name)
    assert found(book, "circular-reference") == {("S", *told) for told in expected}


def test_a_circle_says_its_way() -> None:
    from finmodel.audit.workbooks.general.registry import general_findings

    told = general_findings(made({"S": {"A1": "=T!B1", "A9": "=A1"}, "T": {"B1": "=S!A9"}})).findings
    assert "A1 reads T!B1 reads A9 reads A1" in [finding.what for finding in told]


def test_external_links() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("S")
        page.write_formula("A1", "=[1]Sheet1!A1*2", None, 4)
        page.write_formula("A2", "='[1]My sheet'!A1", None, 4)
        page.write_formula("A3", "=WEBSERVICE(B1)", None, "x")
        page.write_formula("A4", '=A1&"[1]"&Posts[FTE]', None, "4[1]")

    assert {told[1:] for told in found(by_xlsxwriter(fill), "external-link")} == {
        ("A1", "certain"),
        ("A2", "certain"),
        ("A3", "certain"),
    }


def test_volatile_functions() -> None:
    cells = {"A1": "=TODAY()", "A2": "=SUM(OFFSET(B1,0,0,3,1))", "A3": '=INDIRECT("B"&1)', "A4": '=CELL("filename")'}
    cells |= {"B1": "=YEAR(DATE(2026,4,1))", "B2": '="TODAY()"', "B3": "=INDEX(B1:B2,1)"}
    assert found(made({"S": cells}), "volatile-function") == {
        ("S", "A1", "likely"),
        ("S", "A2", "likely"),
        ("S", "A3", "likely"),
        ("S", "A4", "possible"),
    }


def test_long_formulas() -> None:
    long = "=" + "+".join(f"B{number}" for number in range(100, 170))
    very_long = "=" + "+".join(f"B{number}" for number in range(100, 240))
    nested = "=IF(B1>0,1,IF(B2>0,1,IF(B3>0,1,IF(B4>0,1,0))))"
    spaced = "=B1" + " " * 300 + "+B2"
    told = found(
        made({"S": {"A1": long, "A2": very_long, "A3": nested, "A4": spaced, "A5": "=IF(B1,1,IF(B2,1,0))"}}),
        "long-formula",
    )
    assert told == {("S", "A1", "possible"), ("S", "A2", "likely"), ("S", "A3", "possible")}


def test_unused_inputs() -> None:
    inputs = column("A1", ["Rate", "Posts", "Price", "Old price", "Notes"]) | column("B1", [0.1, 12, 4000, 3900])
    calculations = {"A1": "=Inputs!B1*Inputs!B2", "A2": "=Inputs!B3*A1"}
    assert found(made({"Inputs": inputs, "Calc": calculations}), "unused-input") == {("Inputs", "B4", "likely")}
    # Read in a range, by name, by a chart or a rule is read; years, counters and sheets of information are no inputs.
    whole = {"A1": "=SUM(Inputs!B:B)", "A2": "=Inputs!B1"}
    assert found(made({"Inputs": inputs, "Calc": whole}), "unused-input") == set()
    headed = inputs | row("D1", [2026, 2027, 2028]) | row("D2", [1, 2, 3]) | {"B4": "=B3"}
    assert (
        found(made({"Inputs": headed, "Calc": calculations, "Facts": {"A1": 5.5, "A2": 6.5}}), "unused-input") == set()
    )
    hidden_reads = calculations | {"A3": "=INDIRECT(A9)"}
    assert found(made({"Inputs": inputs, "Calc": hidden_reads}), "unused-input") == {("Inputs", "B4", "possible")}


def test_what_a_chart_a_name_or_a_rule_reads_is_used() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("S")
        page.write_column("A1", [1.5, 2.5, 4.5, 8.5, 16.5, 32.5])
        page.write_formula("C1", "=A1+rate", None, 4)
        book.define_name("rate", "=S!$A$2")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=S!$A$3:$A$4"})
        page.insert_chart("E1", chart)
        page.conditional_format("C1", {"type": "formula", "criteria": "=$A$5>1", "format": book.add_format()})

    assert found(by_xlsxwriter(fill), "unused-input") == {("S", "A6", "likely")}


def test_blank_references() -> None:
    cells = {"A1": 5.5, "A3": "=A1*B9", "A4": "=SUM(A1,B8)", "A5": '=IF(B7="",0,B7)', "A6": "=SUM(A1:B1)"}
    cells |= row("C20", [1.5, 2.5, 3.5]) | row("C21", years("={b}21+{c}20", "C", 3))
    assert found(made({"S": cells}), "blank-reference") == {("S", "A3", "possible"), ("S", "A4", "possible")}


def test_blanks_read_by_every_copy_are_told_and_merged_cells_are_not() -> None:
    def merge(book: openpyxl.Workbook) -> None:
        book["S"]["F1"] = 7.5
        book["S"].merge_cells("F1:G1")
        book["S"]["F2"] = "=G1*2"

    cells = row("C20", [1.5, 2.5, 3.5]) | row("C21", years("={c}20*$A$9", "C", 3))
    assert found(made({"S": cells}, merge), "blank-reference") == {("S", "C21:E21", "possible")}


def test_text_that_looks_like_a_number() -> None:
    cells = column("A1", [10.5, "12", 14.5, "=SUM(A1:A3)"])  # 25, not 37
    cells |= {"C1": "1,250", "D1": "=C1*2"} | column("F1", [5.5, "£1,000 ", 7.5]) | {"H1": "00123", "I1": "2026/27"}
    cells |= {"K1": "4%", "L1": "a 5", "M1": "(300)", "N1": "12 "}
    assert found(made({"S": cells}), "number-as-text") == {
        ("S", "A2", "likely"),
        ("S", "C1", "possible"),
        ("S", "F2", "possible"),
    }


def test_codes_that_criteria_compare_are_not_numbers() -> None:
    cells = column("A1", ["101", "102", "103"]) | column("B1", [5.5, 6.5, 7.5])
    cells |= {"D1": '=SUMIFS(B1:B3,A1:A3,"102")', "D2": '=SUMIF(A1:A3,"102",B1:B3)', "D3": "=VLOOKUP(102,A1:B3,2,0)"}
    assert found(made({"S": cells}), "number-as-text") == set()


ITEMS = [10.5, 12.5, 14.5, 16.5, 18.5]
SUMS: dict[str, tuple[dict[str, Any], set[tuple[str, str]]]] = {
    "the last row": (column("A2", [*ITEMS, "=SUM(A2:A5)"]), {("A7", "likely")}),
    "the last row, over a gap": (column("A2", [*ITEMS, None, "=SUM(A2:A5)"]), {("A8", "likely")}),
    "the first row": (column("A2", [*ITEMS, "=SUM(A3:A6)"]), {("A7", "likely")}),
    "the last column": (row("B2", [*ITEMS, "=SUM(B2:E2)"]), {("G2", "likely")}),
    "the first column, perhaps before the first year": (row("B2", [*ITEMS, "=SUM(C2:F2)"]), {("G2", "possible")}),
    "a last cell unlike the others": (column("A2", [*ITEMS, "=C1*2", "=SUM(A2:A6)"]), {("A8", "possible")}),
    "an average": (column("A2", [*ITEMS, "=AVERAGE(A2:A5)"]), {("A7", "likely")}),
    "nothing: all rows": (column("A2", [*ITEMS, "=SUM(A2:A6)"]), set()),
    "nothing: a year above": (column("A1", [2026, *ITEMS, "=SUM(A2:A6)"]), set()),
    "nothing: a subtotal above": (column("A2", [*ITEMS, "=SUM(A2:A6)", *ITEMS, "=SUM(A8:A12)"]), set()),
    "nothing: two ranges": (column("A2", [*ITEMS, "=SUM(A2:A5,A6)"]), set()),
    "nothing: a running total": (column("A2", ITEMS) | column("B2", [f"=SUM(A$2:A{n})" for n in range(2, 7)]), set()),
    "nothing: a label above": (column("A1", ["Cost", *ITEMS, "=SUM(A2:A6)"]), set()),
    "nothing: of which, further away": (column("A2", [*ITEMS, None, None, None, "=SUM(A2:A3)"]), set()),
}


@pytest.mark.parametrize(("cells", "expected"), SUMS.values(), ids=SUMS)
def test_sums_that_stop_short(cells: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    assert found(made({"S": cells}), "short-sum") == {("S", *told) for told in expected}


def test_inputs_mixed_with_calculations() -> None:
    cells = BASE | row("C5", COSTS) | row("C6", years("={c}5*2")) | row("C7", years("={c}6+{c}5"))

    def colour(book: openpyxl.Workbook) -> None:
        for cell in [*book["S"][2], *book["S"][3]]:
            cell.font = Font(color="FF0000FF")

    assert found(made({"S": cells}), "mixed-sheet") == {("S", "", "possible")}
    assert found(made({"S": cells}, colour), "mixed-sheet") == set()
    apart = {"C5": "=Inputs!C2", **row("C6", years("={b}6+Inputs!{c}2"))}
    assert found(made({"Inputs": BASE, "S": HEADINGS | apart}), "mixed-sheet") == set()


def test_workbook_settings() -> None:
    def by_hand(book: openpyxl.Workbook) -> None:
        book.calculation.calcMode = "manual"
        book.calculation.iterate = True
        book.calculation.fullPrecision = False

    assert found(made({"S": {"A1": 1}}, by_hand), "workbook-setting") == {("", "", "likely")}
    assert found(made({"S": {"A1": 1}}), "workbook-setting") == set()


def stored(cells: dict[str, tuple[str, Any] | float | str]) -> Callable[[xlsxwriter.Workbook], None]:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("S")
        book.define_name("rate", "=S!$A$1")
        for place, value in cells.items():
            if isinstance(value, tuple):
                page.write_formula(place, value[0], None, value[1])
            else:
                page.write(place, value)

    return fill


STORED: dict[str, tuple[dict[str, Any], set[tuple[str, str]]]] = {
    "planted": ({"A1": 5, "A2": ("=A1*2", 11), "A3": ("=A2+1", 11)}, {("A2", "certain")}),
    "all out of date": ({"A1": 6, "A2": ("=A1*2", 10), "A3": ("=A2+1", 11)}, {("A2", "certain"), ("A3", "certain")}),
    "a text": ({"A1": 5, "A2": ('=IF(A1>3,"high","low")', "low")}, {("A2", "possible")}),
    "by name": ({"A1": 5, "A2": ("=rate*2", 11)}, {("A2", "certain")}),
    "beside what is not known": ({"A1": 5, "A2": ("=FOO(A1)", 7), "A3": ("=A2*A1", 36)}, {("A3", "certain")}),
    "nothing: all right": ({"A1": 5, "A2": ("=A1*2", 10), "A3": ("=A2/3", 10 / 3), "A4": ('=A1&"x"', "5x")}, set()),
    "nothing: what is not known": ({"A1": 5, "A2": ("=FOO(A1)", 7), "A3": ("=A2*A1", 35)}, set()),
    "nothing: unknown inside IFERROR": ({"A1": 5, "A2": ("=IFERROR(FOO(A1),0)", 7)}, set()),
    "nothing: changes by itself": ({"A1": ("=TODAY()", 45000), "A2": ("=A1+1", 45001)}, set()),
    "nothing: a name not known": ({"A1": 5, "A2": ("=IFERROR(nobody*2,0)", 8), "A3": ("=A2+A1", 13)}, set()),
    "nothing: fifteen digits": ({"A1": 0.1, "A2": ("=A1*3", 0.3), "A3": ("=1/3", 0.333333333333333)}, set()),
    "nothing: an error that is stored": ({"A1": 0, "A2": ("=1/A1", "#DIV/0!"), "A3": ("=A2", "#DIV/0!")}, set()),
    "nothing: other files": ({"A1": ("=[1]Sheet1!A1", 7), "A2": ("=A1*2", 14)}, set()),
}


@pytest.mark.parametrize(("cells", "expected"), STORED.values(), ids=STORED)
def test_stored_values(cells: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    assert found(by_xlsxwriter(stored(cells)), "stale-value") == {("S", *told) for told in expected}


def test_what_could_not_be_checked_is_counted() -> None:
    from finmodel.audit.workbooks.general.registry import general_findings

    def arrays(book: openpyxl.Workbook) -> None:
        book["S"]["B1"] = ArrayFormula("B1:B3", "=A1:A3*2")

    audit = general_findings(by_xlsxwriter(stored({"A1": 5, "A2": ("=FOO(A1)", 7), "A3": ("=A1*2", 10)})))
    assert (audit.recalculated, audit.not_checked) == (1, (("the engine does not have FOO", 1),))
    audit = general_findings(made({"S": column("A1", [1.5, 2.5, 3.5])}, arrays))
    assert (audit.recalculated, audit.not_checked) == (0, (("the file stores no value for it", 1),))


def test_cells_that_an_array_formula_fills_are_not_typed() -> None:
    def arrays(book: openpyxl.Workbook) -> None:
        page = book["S"]
        page["B1"] = ArrayFormula("B1:B5", "=A1:A5*2")
        for line in range(2, 6):
            page[f"B{line}"] = line * 2.0

    book = made({"S": column("A1", [1.5, 2.5, 3.5, 4.5, 5.5])}, arrays)
    for check in ("typed-over", "unused-input", "mixed-sheet"):
        assert found(book, check) == set()
