"""What other people's workbooks store is not called wrong unless it is: kinds of right values, and wrong ones.

Stored values are written as Excel has them. Where one is not plain arithmetic, the rule stands beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import reduce
from operator import add
from typing import Any, TypeAlias

import pytest
import xlsxwriter
from made_workbooks import by_xlsxwriter

from finmodel.audit.workbooks.contents import Workbook
from finmodel.audit.workbooks.general import stored
from finmodel.audit.workbooks.general.check import RuleBreach
from finmodel.audit.workbooks.general.registry import as_json, general_findings

Cells: TypeAlias = dict[str, Any]
"""Cells of sheet S: a value, or a formula with the value stored beside it."""
MILLIONS = [87_654_321.07, 412_339_876.13, 901_000_111.19, 55.01, 3_000_004.07, 76_543_210.33]
OTHERWISE = [
    87_654_321.07,
    412_339_876.13,
    55.01,
    3_000_004.07,
    76_543_210.33,
    901_000_111.19,
]  # the same in another order
ONE_WAY, OTHER_WAY = reduce(add, MILLIONS), reduce(add, OTHERWISE)  # added as engines do; sum() is exact since 3.12
FLOWS = {"A1": -1_000_000.0, "A2": 300_000.0, "A3": 420_000.0, "A4": 500_000.0}


def book(cells: Cells, names: dict[str, str] | None = None, more: dict[str, Cells] | None = None) -> Workbook:
    def fill(made: xlsxwriter.Workbook) -> None:
        for sheet, content in {"S": cells, **(more or {})}.items():
            page = made.add_worksheet(sheet)
            for place, value in content.items():
                if isinstance(value, tuple):
                    page.write_formula(place, value[0], None, value[1])
                else:
                    page.write(place, value)
        for name, refers_to in (names or {}).items():
            made.define_name(name, refers_to)

    return by_xlsxwriter(fill)


def accused(workbook: Workbook) -> list[RuleBreach]:
    return [finding for finding in general_findings(workbook).findings if finding.check is stored.CHECK]


def down(column: str, values: list[Any], first: int = 1) -> Cells:
    return {f"{column}{first + at}": value for at, value in enumerate(values)}


def test_the_sums_of_the_tests_leave_dust() -> None:
    """Else the cases below would prove nothing."""
    assert ONE_WAY - OTHER_WAY != 0
    assert 0.1 + 0.2 - 0.3 != 0


ZERO_BUT_FOR_DUST: dict[str, Cells] = {
    "a total less the same total": down("A", MILLIONS)
    | down("B", OTHERWISE)
    | {"D1": ("=SUM(A1:A6)-SUM(B1:B6)", 0)},
    "a cell less a cell": {"A1": ONE_WAY, "B1": OTHER_WAY, "D1": ("=A1-B1", 0)},
    "tenths": {"A1": 0.1, "A2": 0.2, "A3": 0.3, "D1": ("=A1+A2-A3", 0)},
    "a sum with its own minus": down("A", [*MILLIONS, -OTHER_WAY]) | {"D1": ("=SUM(A1:A7)", 0)},
    "in brackets": {"A1": ONE_WAY, "B1": OTHER_WAY, "D1": ("=(A1-B1)*1", 0)},
    "products": {"A1": 1234567.89, "A2": 3.3, "B1": 1234567.89 * 3.3, "D1": ("=A1*A2-B1", 1.4e-9)},
    "a sum of products": down("A", [1e6, 1e6, -2e6]) | down("B", [3.3, 1.1, 2.2]) | {"D1": ("=SUMPRODUCT(A1:A3,B1:B3)", 0)},
    "an exact zero stored as dust by another program": {"A1": 3e8, "B1": 3e8, "D1": ("=A1-B1", 5.96e-8)},
    "two sums compared": {"A1": ONE_WAY, "B1": OTHER_WAY, "D1": ('=IF(A1=B1,"OK","CHECK")', "OK")},
    "a net present value": FLOWS | {"D1": ("=NPV(0.1,A2:A4)+A1", 300e3 / 1.1 + 420e3 / 1.21 + 500e3 / 1.331 - 1e6)},
}  # fmt: skip


@pytest.mark.parametrize("cells", ZERO_BUT_FOR_DUST.values(), ids=ZERO_BUT_FOR_DUST)
def test_zero_is_zero_at_the_size_of_what_was_subtracted(cells: Cells) -> None:
    assert accused(book(cells)) == []


def test_net_present_value_at_the_internal_rate_of_return_is_dust() -> None:
    """Excel stops looking for a rate at a ten-millionth of a per cent, so what is left over is no exact zero."""
    low, high = 0.0, 1.0
    while high - low > 1e-16 and low != (low + high) / 2 != high:
        middle = (low + high) / 2
        value = sum(flow / (1 + middle) ** at for at, flow in enumerate(FLOWS.values()))
        low, high = (middle, high) if value > 0 else (low, middle)
    for rate in (low, low + 3e-11):
        left = sum(flow / (1 + rate) ** at for at, flow in enumerate(FLOWS.values()))
        cells = FLOWS | {"C1": ("=IRR(A1:A4)", rate), "D1": ("=A1+NPV(C1,A2:A4)", left), "D2": ("=ROUND(D1,2)", 0)}
        assert accused(book(cells)) == []


EMPTY_CELLS_COUNT: dict[str, tuple[str, float]] = {
    # A1:A3 hold open, closed, open; A4 and what follows are empty. A sheet has 1,048,576 rows.
    "criteria met by empty cells, whole column": ('=COUNTIF(A:A,"<>closed")', 1_048_575),
    "criteria met by empty cells, room left": ('=COUNTIF(A1:A50,"<>closed")', 49),
    "empty text as criterion": ('=COUNTIF(A1:A50,"")', 47),
    "blanks": ("=COUNTBLANK(A1:A50)", 47),
    "blanks of a whole column": ("=COUNTBLANK(A:A)", 1_048_573),
    "several criteria": ('=COUNTIFS(A1:A50,"<>closed",B1:B50,"")', 47),
    "compared cell by cell": ('=SUMPRODUCT((A1:A50<>"closed")*1)', 49),
    "compared cell by cell, minus minus": ('=SUMPRODUCT(--(A1:A50=""))', 47),
    "rows of a range": ("=ROWS(A1:A50)", 50),
    "rows of a whole column": ("=ROWS(A:A)", 1_048_576),
    "sum where empty cells meet the criterion": ('=SUMIF(A1:A50,"<>closed",B1:B50)', 5),
    "mean that empty cells do not change": ("=AVERAGE(B1:B50)", 2.5),
    "sum of a whole column": ("=SUM(B:B)", 7.5),
    "sum by a criterion over whole columns": ('=SUMIFS(B:B,A:A,"open")', 5),
}


@pytest.mark.parametrize(("formula", "value"), EMPTY_CELLS_COUNT.values(), ids=EMPTY_CELLS_COUNT)
def test_empty_cells_count_where_excel_counts_them(formula: str, value: float) -> None:
    cells = down("A", ["open", "closed", "open"]) | down("B", [1.5, 2.5, 3.5])
    assert not sure(accused(book(cells | {"D1": (formula, value)})))


def sure(findings: list[RuleBreach]) -> list[RuleBreach]:
    return [finding for finding in findings if finding.certainty != "possible"]


DATES: dict[str, tuple[str, str, float]] = {
    # Serial numbers count from 1 January 1900: 45,750 is 3 April 2025.
    "added to": ("03/04/2025", "=A1+30", 45_780),
    "turned into a number": ("03/04/2025", "=VALUE(A1)", 45_750),
    "turned into a date": ("03/04/2025", "=DATEVALUE(A1)", 45_750),
    "by minus minus": ("03/04/2025", "=--A1", 45_750),
    "its month": ("03/04/2025", "=MONTH(A1)", 4),
    "with a month's name": ("3 April 2025", "=DATEVALUE(A1)", 45_750),
    "with a short month's name": ("3-Apr-25", "=A1+0", 45_750),
    "a day above twelve": ("23/04/2025", "=A1*1", 45_770),
    "typed into a count": ("", '=COUNT("26/08","x")', 1),
    "typed into a sum": ("", '=SUM("03/04/2025",1)', 45_751),
    "compared": ("03/04/2025", '=IF(A1-45750=0,"April","March")', "April"),  # type: ignore[dict-item]
}


@pytest.mark.parametrize(("text", "formula", "value"), DATES.values(), ids=DATES)
def test_dates_in_texts_are_english(text: str, formula: str, value: float) -> None:
    assert accused(book({"A1": text, "D1": (formula, value), "D2": ("=D1", value)})) == []


def test_days_added_to_a_date_are_no_hidden_rate() -> None:
    findings = general_findings(book({"A1": "03/04/2025", "D1": ("=A1+30", 45_780)})).findings
    assert [(finding.check.id, finding.certainty) for finding in findings] == [("number-in-formula", "possible")]


NAMES: dict[str, tuple[dict[str, str], str, float]] = {
    "the sheet's before the book's": ({"Rate": "=T!$A$1", "S!Rate": "=T!$A$2"}, "=A1*Rate", 300),
    "the book's where the sheet has none": ({"Rate": "=T!$A$1", "T!Rate": "=T!$A$2"}, "=A1*Rate", 200),
    "another sheet's, named": ({"Rate": "=T!$A$1", "T!Rate": "=T!$A$2"}, "=A1*T!Rate", 300),
    "a constant": ({"Rate": "=0.05"}, "=A1*Rate", 5),
    "a constant below nought": ({"Rate": "=-0.05"}, "=A1-Rate", 100.05),
    "upper and lower case": ({"Rate": "=T!$A$1"}, "=A1*RATE", 200),
}


@pytest.mark.parametrize(("names", "formula", "value"), NAMES.values(), ids=NAMES)
def test_a_name_of_the_sheet_goes_before_one_of_the_book(names: dict[str, str], formula: str, value: float) -> None:
    """T!A1 is 2, T!A2 is 3, and A1 is 100."""
    more = {"T": {"A1": 2, "A2": 3}}
    right = general_findings(book({"A1": 100, "D1": (formula, value)}, names, more))
    assert right.recalculated == 1 and all(finding.check is not stored.CHECK for finding in right.findings)
    wrong = accused(book({"A1": 100, "D1": (formula, value * 1.01)}, names, more))
    assert [(finding.place, finding.certainty) for finding in wrong] == [("D1", "certain")]


ROWS = {"Income": "=S!$B$1:$E$1", "Cost": "=S!$B$2:$E$2", "Factor": "=S!$G$1:$G$9"}
CROSSING: dict[str, tuple[str, str, float]] = {
    # Income is 10, 20, 30, 40 in B1:E1, Cost 1, 2, 3, 4 below; Factor is 5 in G3 and 6 in G4.
    "a difference of named rows": ("C3", "=Income-Cost", 18),
    "in the last column": ("E3", "=Income-Cost", 36),
    "a share of named rows": ("D3", "=Cost/Income", 0.1),
    "rounded": ("C3", "=ROUND(Income*1.005,1)", 20.1),
    "in a condition": ("E3", "=IF(Income>35,Cost,0)", 4),
    "a row and a column": ("C3", "=Income*Factor", 100),
    "ranges without a name": ("D4", "=B1:E1*G1:G9", 180),
    "whole columns": ("H3", "=G:G*2", 10),
    "the row itself": ("C3", "=Income", 20),
    "the sum is of the whole row": ("C3", "=SUM(Income)", 100),
    "a share of the whole row": ("C3", "=Income/SUM(Income)", 0.2),
}


@pytest.mark.parametrize(("place", "formula", "value"), CROSSING.values(), ids=CROSSING)
def test_a_range_where_one_value_is_expected_is_its_cell_in_the_same_row_or_column(
    place: str, formula: str, value: float
) -> None:
    """Implicit intersection."""
    cells = {f"{column}1": 10 * at for at, column in enumerate("BCDE", 1)} | {"G3": 5, "G4": 6}
    cells |= {f"{column}2": at for at, column in enumerate("BCDE", 1)}
    assert accused(book({**cells, place: (formula, value)}, ROWS)) == []


LIST = down("A", ["x", "y", "x", "z"]) | down("B", [1, 2, 3, 4])
AS_EXCEL_LOOKS_UP: dict[str, tuple[str, float]] = {
    "the last match": ('=LOOKUP(2,1/(A1:A4="x"),B1:B4)', 3),
    "the last filled cell": ('=LOOKUP(2,1/(B1:B50<>""),B1:B50)', 4),
    "the last number, by LOOKUP": ("=LOOKUP(9.99E+307,B1:B50)", 4),
    "the place of the last number": ("=MATCH(1E+306,B1:B50)", 4),
    "the nearest below": ("=VLOOKUP(3.5,B1:B4,1)", 3),
    "a sum range that is shorter": ('=SUMIF(A1:A4,"x",B1:B2)', 4),
    "a sum range of one cell": ('=SUMIF(A1:A4,"x",B1)', 4),
    "a sum range that is longer": ('=SUMIF(A1:A4,"x",B1:B50)', 4),
    "a mean whose range is shorter": ('=AVERAGEIF(A1:A4,"x",B1)', 2),
    "wildcards": ('=COUNTIF(A1:A4,"?")', 4),
}


@pytest.mark.parametrize(("formula", "value"), AS_EXCEL_LOOKS_UP.values(), ids=AS_EXCEL_LOOKS_UP)
def test_look_ups_and_unequal_ranges_as_excel_treats_them(formula: str, value: float) -> None:
    assert accused(book(LIST | {"D1": (formula, value)})) == []


BOTH_ENGINES_WRONG: dict[str, tuple[str, float | str]] = {
    # B1:B3 are numbers, B4 is a text.
    "numbers counted": ("=SUMPRODUCT(--ISNUMBER(B1:B4))", 3),
    "numbers counted by one": ("=SUMPRODUCT(ISNUMBER(B1:B4)*1)", 3),
    "numbers counted by nought": ("=SUMPRODUCT(ISNUMBER(B1:B4)+0)", 3),
    "lengths": ("=SUMPRODUCT(LEN(B1:B4))", 6),
    "the last match": ('=LOOKUP(2,1/(A1:A4="x"),B1:B4)', 3),
    "a number joined to a text": ('="about "&B1/B3', "about 0.333333333333333"),
    "a large number joined to a text": ('=B5&""', "1E+20"),
    "errors swallowed": ("=IFERROR(SUMPRODUCT(--ISNUMBER(B1:B4)),0)", 3),
}


@pytest.mark.parametrize(("formula", "value"), BOTH_ENGINES_WRONG.values(), ids=BOTH_ENGINES_WRONG)
def test_two_engines_that_agree_and_are_wrong_accuse_nobody(formula: str, value: float | str) -> None:
    cells = down("A", ["x", "y", "x", "z"]) | {"B1": 1, "B2": 2, "B3": 3, "B4": "abc", "B5": 1e20}
    assert not sure(accused(book(cells | {"D1": (formula, value)})))


OTHER_RIGHT: dict[str, Cells] = {
    "a program that keeps ten digits": {
        # 1/7, 22/7 and so on to ten digits, and differences of them: each stored figure is rounded by itself.
        **{f"A{n}": (f"=C{n}/7", float(f"{n * 10 ** (n % 5) / 7:.10g}")) for n in range(1, 9)},
        **{f"C{n}": n * 10 ** (n % 5) for n in range(1, 9)},
        "D1": ("=A4-A3", float(f"{4e4 / 7 - 3e3 / 7:.10g}")),
    },
    "a formula that needs itself": {"A1": ("=A1+1", 0)},
    "two that need each other": {"A1": ("=B1+1", 0), "B1": ("=A1*2", 0)},
    "one that reads two that need each other": {"A1": ("=B1+1", 0), "B1": ("=A1*2", 0), "C1": ("=B1+1", 0)},
    "days counted from 1900": {"D1": ("=DATE(1900,1,22222)", 22_222)},
    "another error": {"A1": ("=1/0", "#DIV/0!"), "D1": ("=SQRT(A1)", "#VALUE!")},
    "a truth as a number": {"A1": 1, "D1": ("=ISNUMBER(A1)", 1), "D2": ("=AND(A1>5,A1<9)", 0)},
    "a date before March 1900": {"A1": 1, "D1": ("=DAY(A1)", 1)},  # Excel has 1 January 1900 as 1
    "the leap day that never was": {"D1": ("=DATE(1900,2,29)", 60)},
    "what an array formula gives is read": {"A1": 2, "D1": ("=A1*2", 4)},
    "a cell that is empty": {"D1": ("=Z9", 0), "D2": ("=Z9*2", 0)},
    "a sheet that is empty": {"D1": ("=T!A1", 0)},
}


@pytest.mark.parametrize("cells", OTHER_RIGHT.values(), ids=OTHER_RIGHT)
def test_other_habits_of_programs(cells: Cells) -> None:
    assert accused(book(cells, more={"T": {}})) == []


SALARIES = down("A", ["cook", "nurse", "cook"]) | down("B", [36_729.0, 41_418.0, 29_572.0]) | {"C1": 0.198, "C2": 12}
FOUND: dict[str, tuple[str, float]] = {
    "a sum": ("=SUM(B1:B3)", 107_719),
    "a product": ("=B1*C1", 36_729 * 0.198),
    "a product of a sum": ("=SUM(B1:B3)*(1+C1)/C2", 107_719 * 1.198 / 12),
    "a rounded product": ("=ROUND(B1*C1,2)", 7_272.34),  # 36,729 × 0.198 = 7,272.342
    "a choice": ("=IF(B1>B2,B1,B2)", 41_418),
    "a sum by criterion": ('=SUMIF(A1:A3,"cook",B1:B3)', 66_301),
    "a sum by criteria": ('=SUMIFS(B1:B3,A1:A3,"cook")', 66_301),
    "a look-up": ('=VLOOKUP("nurse",A1:B3,2,FALSE)', 41_418),
    "index and match": ('=INDEX(B1:B3,MATCH("nurse",A1:A3,0))', 41_418),
    "a mean": ("=AVERAGE(B1:B3)", 107_719 / 3),
    "the largest less the smallest": ("=MAX(B1:B3)-MIN(B1:B3)", 11_846),
    "a share, guarded": ("=IFERROR(B1/B2,0)", 36_729 / 41_418),
    "a whole column": ("=SUM(B:B)", 107_719),
    "a difference": ("=B2-B1", 4_689),
}
CHANGES: dict[str, Callable[[float], float | str]] = {
    "by one in a hundred": lambda value: value * 1.01,
    "by a penny in a thousand pounds": lambda value: value * (1 + 1e-5),
    "its sign": lambda value: -value,
    "a text for the number": lambda value: f"{value:,.0f}",
    "nothing": lambda value: 0,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize(("formula", "value"), FOUND.values(), ids=FOUND)
def test_a_stale_value_is_found_for_certain(formula: str, value: float, change: Callable[[float], float | str]) -> None:
    assert accused(book(SALARIES | {"D1": (formula, value)})) == []
    found = accused(book(SALARIES | {"D1": (formula, change(value))}))
    assert [(finding.place, finding.certainty) for finding in found] == [("D1", "certain")]


def test_a_penny_in_a_billion_pounds_is_found() -> None:
    """A difference of two sums of £1.5bn is known to a hundred-thousandth of a pound."""
    cells = {"A1": ONE_WAY, "B1": ONE_WAY - 0.01}
    assert accused(book(cells | {"D1": ("=A1-B1", 0.01)})) == []
    assert [finding.certainty for finding in accused(book(cells | {"D1": ("=A1-B1", 0)}))] == ["certain"]


def test_what_reads_a_stale_value_is_found_and_what_holds_is_not() -> None:
    cells: Cells = {"A1": 6, "A2": ("=A1*2", 10), "A3": ("=A2+1", 11), "A4": ("=A1+1", 7)}
    assert [(f.place, f.certainty) for f in accused(book(cells))] == [("A2", "certain"), ("A3", "certain")]
    planted: Cells = {"A1": 5, "A2": ("=A1*2", 11), "A3": ("=A2+1", 11)}  # 5 × 2 + 1 is 11: A3 is right
    assert [(f.place, f.certainty) for f in accused(book(planted))] == [("A2", "certain")]


def test_a_finding_says_what_is_stored_what_each_engine_gives_and_how_far_apart() -> None:
    (finding,) = accused(book({"A1": 200, "D1": ("=A1*1.1", 231)}))
    first, second = stored.engine_name(), stored.second_engine_name()
    assert finding.what == f"Stored 231; {first} and {second} both give 220 (11 too much, 5.00%): =A1*1.1"


def test_what_follows_from_a_stale_value_says_so() -> None:
    second = accused(book({"A1": 6, "A2": ("=A1*2", 10), "A3": ("=A2+1", 11)}))[1]
    assert (
        "both give 13 (2 too little, 15.38%), once the cells that it reads are worked out again: =A2+1" in second.what
    )


@pytest.mark.parametrize("other", [11.0, 12.5, "#VALUE!", None], ids=["the stored", "a third", "an error", "nothing"])
def test_engines_that_differ_accuse_nobody(other: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "second_opinions", lambda _, formulas, __: dict.fromkeys(formulas, other))
    (finding,) = accused(book({"A1": 5, "D1": ("=A1*2", 11)}))
    assert finding.certainty == "possible"
    assert finding.what.startswith(f"Engines differ: stored 11, {stored.engine_name()} gives 10, ")
    assert stored.second_engine_name() in finding.what


def test_an_engine_that_cannot_say_accuses_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "second_opinions", lambda *_: {})
    (finding,) = accused(book({"A1": 5, "D1": ("=A1*2", 11)}))
    assert finding.certainty == "possible" and "cannot say" in finding.what


def test_the_second_engine_is_not_asked_where_the_first_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(stored, "second_opinions", refuse)
    assert accused(book({"A1": 5, "D1": ("=A1*2", 10), "D2": ("=SUM(A1:A9)", 5)})) == []


def test_a_function_not_compared_with_excel_is_possible_at_most() -> None:
    (finding,) = accused(book({"A1": 5, "D1": ("=GAMMALN(A1)", 7)}))
    assert finding.certainty == "possible" and "both give" in finding.what


def test_what_is_not_believed_is_counted() -> None:
    audit = general_findings(book({"B1": 1, "B2": 2, "B3": "c", "D1": ("=SUMPRODUCT(--ISNUMBER(B1:B3))", 2)}))
    ((reason, count),) = audit.not_checked
    assert count == 1 and reason.startswith("no engine is believed on it: ")
    assert json.loads(as_json(audit))["not_checked"] == [{"reason": reason, "formulas": 1}]


def test_a_circle_through_an_array_formula_accuses_nobody() -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        page = made.add_worksheet("S")
        page.write_array_formula("D1:D2", "{=B1:B2}", None, 0)
        page.write_number("D2", 0)
        page.write_formula("B2", "=D2", None, 0)
        page.write_formula("E2", "=B2+1", None, 0)

    assert accused(by_xlsxwriter(fill)) == []
