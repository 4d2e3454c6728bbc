"""How numbers are shown: rounded in one place, half up."""

from __future__ import annotations

import math

import pytest

from finmodel.lines import display


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (1234.5, 0, "1,235"),
        (1235.5, 0, "1,236"),
        (-1234.5, 0, "−1,235"),
        (-0.004, 2, "0.00"),
        (-0.005, 2, "−0.01"),
        (1.005, 2, "1.01"),
        (2.675, 2, "2.68"),
        (0.1 + 0.2, 1, "0.3"),
        (-0.0, 0, "0"),
        (1_234_567.891, 2, "1,234,567.89"),
        (999.999, 2, "1,000.00"),
        (1e15, 0, "1,000,000,000,000,000"),
    ],
)
def test_numbers_are_rounded_half_up_with_a_true_minus(value, places, shown) -> None:
    assert display.number(value, places) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (500_000, "£", "£500,000.00"),
        (-0.5, "£ per child", "−£0.50"),
        (-0.001, "£", "£0.00"),
        (0.138, "share", "13.8%"),
        (0.035, "rate", "3.5%"),
        (0.285, "share", "28.5%"),
        (1, "share", "100%"),
        (0.966184, "factor", "0.966184"),
        (1, "flag", "yes"),
        (0, "flag", "no"),
        (12.5, "children", "12.5"),
        (100, "children", "100"),
        (13, "number", "13"),
        (None, "£", "no figure"),
        (math.nan, "£", "no figure"),
    ],
)
def test_values_are_shown_in_their_unit(value, unit, shown) -> None:
    assert display.in_unit(value, unit) == shown


def test_pounds_percent_and_plain_numbers() -> None:
    assert [display.pounds(value) for value in (1234.5, -1234.5, -0.4)] == ["£1,235", "−£1,235", "£0"]
    assert [display.percent(value) for value in (0.138, -0.0005)] == ["13.8%", "−0.1%"]
    assert [display.plain_number(value) for value in (13.0, 12.5, 1 / 3, 10)] == ["13", "12.5", "0.3333", "10"]
