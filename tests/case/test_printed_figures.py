"""Printed figures as the values that they may stand for. The page docs/verify.md tells the rules, and is held to them."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finmodel.audit.papers.wording import decimals_of, range_text
from finmodel.parsing.numbers import UnreadableError
from finmodel.quoting.number_words import number_in_words
from finmodel.quoting.printed import LONGEST_PRINTED, Sense, read_printed, reading_of
from finmodel.quoting.units import is_counted, is_percentage

PAGE = (Path(__file__).parents[2] / "docs" / "verify.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([^`]+)` \| ([^|]+) \| [^|]+ \|$", PAGE.split("## How printed figures")[1], re.MULTILINE)[:22]


@pytest.mark.parametrize(("printed", "stands_for"), ROWS)
def test_the_page_says_what_a_printed_figure_stands_for(printed: str, stands_for: str) -> None:
    unit = "£" if "£" in printed else "weeks"
    if "children" in printed or "cases" in printed:
        unit = "cases"
    elif "%" in printed or " in " in printed or printed in ("half", "a third"):
        unit = "%"
    reading = reading_of(read_printed(printed), counted=is_counted(unit), percent=unit == "%")
    decimals = 4 if reading.number.out_of else decimals_of(reading.number.place, unit) + 2
    assert range_text(reading.known, unit, decimals) == stands_for.strip()


@pytest.mark.parametrize(
    ("printed", "value", "low", "high"),
    [
        # The last digit printed is worth so much; half of that either way.
        ("46.2", "46.2", "46.15", "46.25"),
        ("46.20", "46.2", "46.195", "46.205"),
        ("£ 36,729", "36729", "36728.5", "36729.5"),
        ("£1.1k", "1100", "1050", "1150"),
        ("£500 thousand", "500000", "499500", "500500"),
        ("£1.2bn", "1200000000", "1150000000", "1250000000"),
        ("£5 million", "5000000", "4500000", "5500000"),
        ("2½", "2.5", "2.25", "2.75"),
        (".5", "0.5", "0.45", "0.55"),
        ("12.2 per cent", "0.122", "0.1215", "0.1225"),
        ("(£1,234)", "-1234", "-1234.5", "-1233.5"),
        ("£(1,234)", "-1234", "-1234.5", "-1233.5"),
        ("\N{MINUS SIGN}5", "-5", "-5.5", "-4.5"),
        ("£-5", "-5", "-5.5", "-4.5"),
        ("+3.1%", "0.031", "0.0305", "0.0315"),
        ("46.2 per 10,000", "46.2", "46.15", "46.25"),
        ("£40,000 per child", "40000", "39999.5", "40000.5"),
        ("twenty-one", "21", "20.5", "21.5"),
        ("one hundred and five", "105", "104.5", "105.5"),
        # About: one in the last digit that is not a nought, or a tenth of the figure, whichever is less.
        ("about 46.2", "46.2", "46.1", "46.3"),
        ("around £500,000", "500000", "450000", "550000"),
        ("c. 30", "30", "27", "33"),
        ("c£500k", "500000", "450000", "550000"),
        ("100 or so", "100", "90", "110"),
        ("in the region of £2.0 million", "2000000", "1800000", "2200000"),
        ("approx. 12 social workers", "12", "11", "13"),
        ("about 1", "1", "0.5", "1.5"),
        ("almost 70", "70", "63", "70"),
        ("no more than 18 cases", "18", "0", "18"),
        ("fewer than five", "5", "0", "5"),
        ("two thirds of cases", "2/3", "77/120", "83/120"),
        ("3 out of 4", "0.75", "0.725", "0.775"),
    ],
)
def test_a_figure_and_its_ends(printed: str, value: str, low: str, high: str) -> None:
    reading = reading_of(read_printed(printed))
    assert reading.value == Fraction(value)
    assert (reading.known.low, reading.known.high) == (Fraction(low), Fraction(high))


def test_halves_go_away_from_nil() -> None:
    """46.15 is printed 46.2 and 46.25 is not; below nil, the other way round."""
    up, down, nought = (reading_of(read_printed(text)).known for text in ("46.2", "-46.2", "0.0"))
    assert (Fraction("46.15") in up, Fraction("46.25") in up) == (True, False)
    assert (Fraction("-46.15") in down, Fraction("-46.25") in down) == (True, False)
    assert (Fraction("0.05") in nought, Fraction("-0.05") in nought) == (False, False)


@pytest.mark.parametrize("printed", ["over 600", "more than 600", "in excess of 600", "above 600"])
def test_over_is_without_limit_and_without_the_figure(printed: str) -> None:
    known = reading_of(read_printed(printed)).known
    assert Fraction(600) not in known
    assert Fraction(60_000) in known


@pytest.mark.parametrize("printed", ["at least 3", "3 or more", "3+", "no fewer than three", "a minimum of 3"])
def test_at_least_has_the_figure_in_it(printed: str) -> None:
    known = reading_of(read_printed(printed)).known
    assert Fraction(3) in known
    assert Fraction(300) in known
    assert Fraction("2.999") not in known


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("14-16", "13.5", "16.5"),
        ("14 \N{EN DASH} 16", "13.5", "16.5"),
        ("14 to 16", "13.5", "16.5"),
        ("between 14 and 16", "13.5", "16.5"),
        ("between fourteen and sixteen", "13.5", "16.5"),
        ("£10-12m", "9500000", "12500000"),
        ("£5 million to £6 million", "4500000", "6500000"),
        ("12-15%", "0.115", "0.155"),
        ("-5 to -3", "-5.5", "-2.5"),
        ("approx. 130-150 cases", "120", "160"),
    ],
)
def test_a_range(printed: str, low: str, high: str) -> None:
    reading = reading_of(read_printed(printed))
    assert reading.value is None
    assert (reading.known.low, reading.known.high) == (Fraction(low), Fraction(high))


def test_a_count_is_that_number_and_may_be_the_rounding_of_another() -> None:
    reading = reading_of(read_printed("656"), counted=True)
    assert reading.known.is_one_value
    assert Fraction("655.6") in reading.as_result
    assert not reading_of(read_printed("6.5"), counted=True).known.is_one_value


def test_what_the_file_says_of_rounding_comes_first() -> None:
    printed = read_printed("£500,000")
    assert reading_of(printed, exact=True).known.is_one_value
    thousand = reading_of(printed, rounded_to=Fraction(1000))
    assert (thousand.known.low, thousand.known.high) == (499_500, 500_500)
    assert reading_of(printed, exact=True).wider == thousand.wider == ()
    assert reading_of(printed).wider == (10, 100, 1000, 10_000, 100_000)
    assert reading_of(read_printed("£36,729")).wider == ()
    assert reading_of(read_printed("600")).wider == ()


def test_a_percentage_may_be_printed_without_its_sign() -> None:
    assert reading_of(read_printed("12.2"), percent=True).value == Fraction("0.122")
    assert reading_of(read_printed("12.2%"), percent=True).value == Fraction("0.122")
    assert reading_of(read_printed("half"), percent=True).value == Fraction(1, 2)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "abc",
        "£",
        "12 13",
        "1,23",
        "0755",
        "1_000",
        "1e5",
        "13 to be decided",
        "25 or 26",
        "between 14 and",
        "20 - 15",
        "over 14-16",
        "((5))",
        "5)",
        "(5",
        "1:6",
        "n/a",
        "-",
        "12%%",
        "5 in 4",
        "1 in 0",
        "over 5 or more",
        "half a loaf or more",
        "half a million",
        "twelve thirteen",
        "12 thousandths thirteen",
        "2 and a half",
        "\N{ARABIC-INDIC DIGIT THREE}",
        "nan",
        "inf",
        "2.5½",
        "9" * 17,
        "9" * (LONGEST_PRINTED + 1),
        "=1+1",
        "{{ 7 * 7 }}",
    ],
)
def test_what_cannot_be_read_is_said_and_never_guessed(printed: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_printed(printed)
    assert caught.value.what
    assert caught.value.remedy


@given(st.text(max_size=LONGEST_PRINTED + 5))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        printed = read_printed(text)
    except UnreadableError:
        return
    reading = reading_of(printed, counted=True)
    if printed.sense not in (Sense.NEARLY, Sense.JUST_OVER, Sense.OVER, Sense.UNDER, Sense.BETWEEN):
        assert reading.value is not None
        assert reading.value in reading.as_result


@given(st.integers(0, 999_999_999))
def test_numbers_in_words(number: int) -> None:
    assert number_in_words(in_words(number)) == number


def in_words(number: int) -> str:
    """A number in words, by the rules of the school book."""
    ones = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
    ]
    ones += ["seventeen", "eighteen", "nineteen"]
    tens = ["-", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    for name, size in (("million", 10**6), ("thousand", 1000), ("hundred", 100)):
        if number >= size:
            count, rest = divmod(number, size)
            joint = " and " if 0 < rest < 100 else " "
            return f"{in_words(count)} {name}{joint + in_words(rest) if rest else ''}"
    if number < 20:
        return ones[number]
    return tens[number // 10] + (f"-{ones[number % 10]}" if number % 10 else "")


@pytest.mark.parametrize("unit", ["children", "social workers", "cases", "posts", "looked-after children", "referrals"])
def test_units_of_what_is_counted(unit: str) -> None:
    assert is_counted(unit)


@pytest.mark.parametrize(
    "unit",
    ["£", "%", "FTE", "cases per worker", "per 10,000", "weeks", "points", "average caseload", "full-time equivalents"],
)
def test_units_of_what_is_measured(unit: str) -> None:
    assert not is_counted(unit)


def test_percentage_points_are_no_percentage() -> None:
    assert is_percentage("% of staff")
    assert is_percentage("per cent")
    assert not is_percentage("percentage points")
