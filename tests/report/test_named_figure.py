"""A figure asked for by any of its names: address, ending, defined name, cell of the workbook."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import shipped_cases

from finmodel.appraisal.appraise import Appraisal
from finmodel.case import ProblemsError
from finmodel.report.named_figure import named_figure

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.fixture(scope="module")
def darlington() -> Appraisal:
    return shipped_cases.appraisal_of("darlington-2010")


@pytest.fixture(scope="module")
def wolverhampton() -> Appraisal:
    return shipped_cases.appraisal_of("wolverhampton-2015")


def test_every_cell_of_the_workbook_is_the_line_whose_address_stands_in_its_row(darlington: Appraisal) -> None:
    """The workbook as written says itself, in column D, which line a row holds: openpyxl reads it."""
    book = openpyxl.load_workbook(BytesIO(shipped_cases.workbook_of("darlington-2010")))
    looked = 0
    for sheet in book.worksheets:
        for row, (address, once) in enumerate(
            sheet.iter_rows(min_row=8, min_col=4, max_col=5, values_only=True), start=8
        ):
            if address in darlington.written.model:
                monthly = once is None
                cell = f"'{sheet.title}'!{'G' if monthly else '$E$'}{row}"
                found = named_figure(darlington, cell)
                assert (found.line.address, found.period) == (address, 1 if monthly else 0)
                looked += 1
    assert looked == len(darlington.written.model)


def test_every_defined_name_is_its_line(darlington: Appraisal) -> None:
    book = openpyxl.load_workbook(BytesIO(shipped_cases.workbook_of("darlington-2010")))
    names: dict[str, Any] = dict(book.defined_names)
    assert len(names) >= len(darlington.written.model)
    for name, defined in list(names.items())[::9]:
        sheet, row = re.fullmatch(r"(?:'(.+)'|\w+)!\$[A-Z]+\$(\d+).*", defined.attr_text).groups()  # type: ignore[union-attr]
        title = sheet or defined.attr_text.partition("!")[0]
        address = book[title].cell(int(row), 4).value
        if address is not None:
            assert named_figure(darlington, name).line.address == address


@pytest.mark.parametrize(
    ("name", "option", "address"),
    [
        ("options.peripatetic.cost", None, "options.peripatetic.cost"),
        ("cost", "spread", "options.spread.cost"),
        ("net_present_budget_impact", "spread", "options.spread.measures.net_present_budget_impact"),
        ("measures.net_present_budget_impact", "spread", "options.spread.measures.net_present_budget_impact"),
        ("social-workers.fte", "spread", "options.spread.posts.social-workers.fte"),
        ("employer_pension", None, None),
        ("discounting.rate", "spread", "discounting.rate"),
        ("options.spread.cost", "spread", "options.spread.cost"),
    ],
)
def test_an_ending_is_enough_where_it_is_the_only_one(
    wolverhampton: Appraisal, name: str, option: str | None, address: str | None
) -> None:
    if address is None:
        with pytest.raises(ProblemsError, match="lines have an address that ends so"):
            named_figure(wolverhampton, name, option)
    else:
        assert named_figure(wolverhampton, name, option).line.address == address


@pytest.mark.parametrize(
    ("name", "option", "words"),
    [
        ("payback_month", None, r"4 lines .* --option"),
        ("payback_month", "nobody", "Its options are peripatetic, specialist"),
        ("options.spread.cost", "specialist", "not a line of the option specialist"),
        ("options.spread.cots", None, "The nearest are options.spread.cost"),
        ("Summary!B9", None, "follow the formula of the cell"),
        ("Measures!E1", None, "stand between rows"),
        ("Years!ZZ10", None, "stand in F to I"),
        ("Measures!F10", None, "stand in E to E"),
        ("", None, "No line of this case"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    wolverhampton: Appraisal, name: str, option: str | None, words: str
) -> None:
    with pytest.raises(ProblemsError, match=re.compile(words, re.DOTALL)):
        named_figure(wolverhampton, name, option)


def test_a_year_or_month_goes_before_the_column_of_a_cell(wolverhampton: Appraisal) -> None:
    assert named_figure(wolverhampton, "Years!G10").period == 1
    assert named_figure(wolverhampton, "Years!G10", year="2018/19").period == 3
    assert named_figure(wolverhampton, "options.spread.monthly.cost", month="2016-05").period == 13
