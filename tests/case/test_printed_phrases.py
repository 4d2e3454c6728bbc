"""Phrases that council papers print around their figures."""

from __future__ import annotations

from fractions import Fraction

import pytest

from finmodel.parsing.numbers import UnreadableError
from finmodel.quoting.printed import read_printed, reading_of


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("as high as 25", 0, 25),
        ("as long as five", 0, 5),
        ("approximately an additional 12", 11, 13),
        ("up to an additional 12", 0, 12),
        ("a further 5", 5, 5),
        ("as many as an extra three", 0, 3),
    ],
)
def test_words_that_limit_and_words_that_add_nothing(printed: str, low: int, high: int) -> None:
    known = reading_of(read_printed(printed), counted=True).known
    assert (known.low, known.high) == (low, high)


@pytest.mark.parametrize(
    ("printed", "value", "low", "high"),
    [
        # 1 in 4.85 to 1 in 4.95
        ("1 in 4.9", Fraction(10, 49), Fraction(100, 495), Fraction(100, 485)),
        # 1 in 59.5 to 1 in 60.5
        ("1 in 60", Fraction(1, 60), Fraction(2, 121), Fraction(2, 119)),
        # a fortieth either way, where halves of the last digit would be wider
        ("1 in 2", Fraction(1, 2), Fraction(19, 40), Fraction(21, 40)),
    ],
)
def test_a_part_of_a_whole_is_rounded_at_the_last_digit_of_the_whole(
    printed: str, value: Fraction, low: Fraction, high: Fraction
) -> None:
    found = reading_of(read_printed(printed), percent=True)
    assert (found.value, found.as_result.low, found.as_result.high) == (value, low, high)


@pytest.mark.parametrize("printed", ["5 in 4.9", "2 in 4.5", "1 in 0.0", "1 in 4.", "an additional", "as high as"])
def test_what_is_no_figure_is_refused(printed: str) -> None:
    with pytest.raises(UnreadableError):
        read_printed(printed)
