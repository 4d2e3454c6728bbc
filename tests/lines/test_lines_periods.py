"""Financial years, months and horizons, against the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finmodel.lines.periods import FinancialYear, Horizon, Month

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2015/16", 2015),
        ("2015-16", 2015),
        ("2015/2016", 2015),
        (" 2015 / 16 ", 2015),
        ("1999/00", 1999),
        ("1999/2000", 1999),
    ],
)
def test_years_as_councils_write_them(text: str, start: int) -> None:
    assert FinancialYear.parse(text) == FinancialYear(start)


@pytest.mark.parametrize("text", ["2015", "2015/1", "15/16", "2015/16 or so", "April 2015", "2015/166", ""])
def test_what_is_no_year_is_told_in_words(text: str) -> None:
    with pytest.raises(ValueError) as caught:
        FinancialYear.parse(text)
    assert str(caught.value) == f"{text!r} is not a financial year; write it like 2015/16"


@pytest.mark.parametrize("text", ["2015/17", "2015/15", "2015/2017", "2015/2116", "1999/01"])
def test_years_that_do_not_follow_each_other_are_told_apart(text: str) -> None:
    with pytest.raises(ValueError) as caught:
        FinancialYear.parse(text)
    said = "is not a financial year: 2 years that follow each other, like 2015/16"
    assert str(caught.value) == f"{text!r} {said}"


@given(DAYS)
def test_a_year_runs_from_1_april_to_31_march(day: date) -> None:
    year = FinancialYear.containing(day)
    assert date(year.start, 4, 1) <= day <= date(year.start + 1, 3, 31)
    assert Month.containing(day).financial_year == year


def test_the_parts_of_a_year() -> None:
    year = FinancialYear(2015)
    assert str(year) == "2015/16" and str(FinancialYear(1999)) == "1999/00"
    assert year.first_month == Month(2015, 4)
    assert [str(month) for month in year.months] == [
        *(f"2015-{month:02d}" for month in range(4, 13)),
        "2016-01",
        "2016-02",
        "2016-03",
    ]
    assert year + 3 == FinancialYear(2018)
    assert FinancialYear(2018) - year == 3
    assert year < FinancialYear(2016)


@pytest.mark.parametrize(
    ("text", "month"),
    [("2015-09", (2015, 9)), (" 2015-9 ", (2015, 9)), ("2015-01", (2015, 1)), ("2015-12", (2015, 12))],
)
def test_months_as_they_are_written(text: str, month: tuple[int, int]) -> None:
    assert Month.parse(text) == Month(*month)


@pytest.mark.parametrize("text", ["2015-00", "2015-13", "2015", "2015/09", "September 2015", "2015-9-1", ""])
def test_what_is_no_month_is_told_in_words(text: str) -> None:
    with pytest.raises(ValueError) as caught:
        Month.parse(text)
    assert str(caught.value) == f"{text!r} is not a month; write it like 2015-09 for September 2015"


def test_the_parts_of_a_month() -> None:
    month = Month(2016, 2)
    assert (month.first_day, month.last_day) == (date(2016, 2, 1), date(2016, 2, 29))
    assert Month(2015, 2).last_day == date(2015, 2, 28)
    assert (month.short, month.words, str(month)) == ("Feb 2016", "February 2016", "2016-02")
    assert Month(2015, 12) + 1 == Month(2016, 1)
    assert Month(2016, 1) + -1 == Month(2015, 12)
    assert Month(2015, 3) + 0 == Month(2015, 3)
    assert Month(2016, 2) - Month(2014, 11) == 15
    assert Month(2015, 12) < Month(2016, 1)


@given(DAYS, st.integers(-200, 200))
def test_months_are_counted_as_the_calendar_does(day: date, count: int) -> None:
    month = Month.containing(day)
    later = month + count
    assert later - month == count
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == count
    assert 1 <= later.month <= 12


def test_a_horizon_has_its_years_and_their_months() -> None:
    horizon = Horizon(FinancialYear(2014), 3)
    assert [str(year) for year in horizon.years] == ["2014/15", "2015/16", "2016/17"]
    assert str(horizon.last_year) == "2016/17"
    assert len(horizon.months) == 36
    assert (str(horizon.months[0]), str(horizon.months[-1])) == ("2014-04", "2017-03")
    assert horizon.months == tuple(month for year in horizon.years for month in year.months)
