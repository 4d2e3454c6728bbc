"""How figures may be written, and what is made of them."""

from __future__ import annotations

import math
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finmodel.case import Case, ProblemsError, case_from_data
from finmodel.lines.periods import FinancialYear, Month
from finmodel.parsing import numbers
from finmodel.parsing.numbers import UnreadableError
from finmodel.parsing.quantities import Quantity
from finmodel.parsing.quantity_forms import read_date


@pytest.mark.parametrize(
    ("written", "pounds"),
    [
        ("40000", 40_000),
        ("40,000", 40_000),
        ("£40,000", 40_000),
        ("£ 40,000.50", 40_000.5),
        (" £1,234,567.89 ", 1_234_567.89),
        ("40000.50", 40_000.5),
        (".5", 0.5),
        ("0", 0),
        ("1e5", 100_000),
        (40_000, 40_000),
        (0.1, 0.1),
    ],
)
def test_money(written: object, pounds: float) -> None:
    assert numbers.money(written) == pounds


@pytest.mark.parametrize(
    "written",
    [
        "£forty",
        "40k",
        "£40,00",
        "4,0000",
        ",500",
        "0,500",
        "40.000,00",
        "$40",
        "40 000",
        "1_000",
        "040",
        "0x10",
        "",
        "-1",
        "£-5",
        "-£5",
        "(40)",
        "40-",
        "1e400",
        "nan",
        "5%",
        "٤٠",
        True,
        None,
        [1],
        {"a": 1},
        math.inf,
        math.nan,
        10**400,
        "9" * 5000,
    ],
)
def test_not_money(written: object) -> None:
    with pytest.raises(UnreadableError) as caught:
        numbers.money(written)
    assert caught.value.what
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("written", "share"),
    [("20%", 0.2), ("13.8%", 0.138), ("3.5 %", 0.035), ("0.2", 0.2), ("100%", 1), ("1", 1), ("0", 0), (0.25, 0.25)],
)
def test_shares(written: object, share: float) -> None:
    assert numbers.share(written) == share


@pytest.mark.parametrize("written", ["20", "101%", "-1%", "1.0001", "20%%", "%", "1e2%", "a fifth", True, "£1"])
def test_not_shares(written: object) -> None:
    with pytest.raises(UnreadableError):
        numbers.share(written)


@pytest.mark.parametrize(("written", "change"), [("2.5%", 0.025), ("-1%", -0.01), ("100%", 1), (-0.5, -0.5)])
def test_changes(written: object, change: float) -> None:
    assert numbers.change(written) == change


@pytest.mark.parametrize("written", ["-100%", "-200%", "101%", "2.5", "two"])
def test_not_changes(written: object) -> None:
    with pytest.raises(UnreadableError):
        numbers.change(written)


@given(st.integers(0, 10**6))
def test_a_percentage_is_the_float_nearest_to_it(thousandths: int) -> None:
    """13.8% is 0.138, and not a neighbour of it."""
    if thousandths <= 100_000:
        assert numbers.share(f"{thousandths / 1000:.3f}%") == float(f"{thousandths}e-5")


@given(st.integers(0, 10**11))
def test_money_reads_back_as_it_is_printed(pence: int) -> None:
    assert numbers.money(f"£{pence / 100:,.2f}") == pytest.approx(pence / 100, abs=0)


def case_with(children: object, first_year: str = "2015/16", years: int = 3) -> Case:
    return case_from_data(
        {
            "title": "Small",
            "council": "Anytown Council",
            "price_base": first_year,
            "first_year": first_year,
            "years": years,
            "discounting": {"rate": "3.5%"},
            "children_in_care": children,
            "options": [{"id": "as-now", "title": "As now"}],
        }
    )


def children(written: object) -> Quantity:
    quantity = case_with(written).children_in_care
    assert quantity is not None
    return quantity


def test_one_number_serves_always() -> None:
    quantity = children("700")
    assert quantity.is_constant
    assert quantity.at(Month(1999, 1)) == 700


def test_a_list_is_by_year_from_the_first() -> None:
    quantity = children(["700", "690", "680"])
    assert quantity.steps == ((Month(2015, 4), 700), (Month(2016, 4), 690), (Month(2017, 4), 680))
    assert quantity.ends == FinancialYear(2017)


def test_values_by_year_hold_until_the_next() -> None:
    quantity = children({"by_year": {"2017/18": 680, "2014/15": "700"}})
    assert quantity.by_year(case_with(1).horizon) == [700, 700, 680]


def test_values_by_month_hold_until_the_next() -> None:
    quantity = children({"by_month": {"2015-04": 700, "2015-09": 690}})
    assert quantity.at(Month(2015, 8)) == 700
    assert quantity.at(Month(2015, 9)) == 690


def test_a_value_says_where_it_came_from() -> None:
    quantity = children({"value": [1, 2, 3], "owner": "Head of service", "confidence": "assumed", "note": " yes "})
    assert quantity.values == (1, 2, 3)
    assert quantity.provenance.owner == "Head of service"
    assert quantity.provenance.confidence == "assumed"
    assert quantity.provenance.note == "yes"


@pytest.mark.parametrize("written", [[], [1, 2], [1, 2, 3, 4], {"value": [1]}, {"by_year": {"2016/17": 1}}, {}])
def test_values_that_do_not_cover_the_years(written: object) -> None:
    with pytest.raises(ProblemsError):
        case_with(written)


def test_a_date_that_python_gives_is_a_day_where_it_has_no_time() -> None:
    assert read_date(date(2015, 1, 20)) == read_date(datetime(2015, 1, 20)) == read_date("2015-01-20")
    assert type(read_date(datetime(2015, 1, 20))) is date
    with pytest.raises(ValueError, match="not a date"):
        read_date(datetime(2015, 1, 20, 9, 30))
