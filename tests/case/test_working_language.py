"""The language of workings: what it reads, what it refuses and where, and what each function comes to."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finmodel.audit.papers.ranges import range_of, value_of
from finmodel.audit.papers.steps import steps_of
from finmodel.parsing.numbers import UnreadableError
from finmodel.quoting.working import DEEPEST_WORKING, FUNCTIONS, LONGEST_WORKING, MOST_PARTS, names_in, read_working

PAGE = (Path(__file__).parents[2] / "docs" / "verify.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(\w+)` \| [^|]+ \| `([^`]+)` \| ([^|]+) \|$", PAGE, re.MULTILINE)


def worked_out(text: str, **numbers: int) -> Fraction:
    return value_of(steps_of(read_working(text)), {name: Fraction(value) for name, value in numbers.items()})


def test_the_page_has_an_example_of_every_function() -> None:
    assert [function for function, _, _ in ROWS] == list(FUNCTIONS)


@pytest.mark.parametrize(("function", "example", "gives"), ROWS)
def test_the_examples_of_the_page(function: str, example: str, gives: str) -> None:
    assert example.startswith(f"{function}(")
    found = range_of(steps_of(read_working(example)), {}).range
    ends = [end.replace(",", "") for end in gives.split(" to ")]
    expected = [Fraction(end.strip("% ")) / (100 if "%" in end else 1) for end in ends]
    assert [found.low, found.high] == [expected[0], expected[-1]]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_example_told_in_a_problem_can_be_read(function: str) -> None:
    assert list(names_in(read_working(FUNCTIONS[function].example)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("8 - 3 - 2", 3),
        ("24 / 4 / 2", 3),
        ("-2 + 5", 3),
        ("2 * -3", -6),
        ("-(2 + 3)", -5),
        ("10 * 20%", 2),
        (".5 * 4", 2),
        ("a * b - a", 10),
        ("12 \N{DIVISION SIGN} 4 \N{MULTIPLICATION SIGN} 2 \N{MINUS SIGN} 1", 5),
        ("rounded(-2.5)", -3),
        ("floor(-0.5)", -1),
        ("ceiling(-0.5)", 0),
    ],
)
def test_arithmetic(text: str, value: int) -> None:
    assert worked_out(text, a=5, b=3) == value


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "A number, a name or a bracket is needed here (at the end)"),
        ("a +", "A number, a name or a bracket is needed here (at the end)"),
        ("a b", "+, -, * or / is needed before this (`b`, character 3)"),
        ("(a + b", "A bracket is not closed before this (at the end)"),
        ("a + b)", "+, -, * or / is needed before this (`)`, character 6)"),
        ("a ** b", "A number, a name or a bracket is needed here (`*`, character 4)"),
        ("average", "`average` is a function, and needs brackets (`average`, character 1)"),
        ("sum()", "A number, a name or a bracket is needed here (`)`, character 5)"),
        ("avergae(a, b)", "`avergae` is not a function known here (`avergae`, character 1)"),
        ("share(a)", "`share` does not take 1 (`share`, character 1)"),
        ("weighted_average(a, b, c)", "`weighted_average` does not take 3 (`weighted_average`, character 1)"),
        ("£500 / a", "This part cannot be read: `£500` (character 1)"),
        ("1,000 / a", "+, -, * or / is needed before this (`,`, character 2)"),
        ("a.real", "This part cannot be read: `.real` (character 2)"),
        ("a[0]", "This part cannot be read: `[0]` (character 2)"),
        ("a if b else c", "+, -, * or / is needed before this (`if`, character 3)"),
        ("'a'", "This part cannot be read: `'a'` (character 1)"),
        ("1e9", "This part cannot be read: `1e9` (character 1)"),
        ("0x10", "This part cannot be read: `0x10` (character 1)"),
        ("1_000", "This part cannot be read: `1_000` (character 1)"),
        ("a\x00", "This part cannot be read: `\x00` (character 2)"),
        ("9" * 30, f"This part cannot be read: `{'9' * 12}` (character 1)"),
    ],
)
def test_what_cannot_be_read_has_its_place(text: str, what: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_working(text)
    assert caught.value.what == what
    assert caught.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "a" * (LONGEST_WORKING + 1),
        "+".join("a" for _ in range(MOST_PARTS)),
        "(" * (DEEPEST_WORKING + 1) + "a" + ")" * (DEEPEST_WORKING + 1),
        "sum(" * (DEEPEST_WORKING + 1) + "a" + ")" * (DEEPEST_WORKING + 1),
        "-" * 500 + "a",
    ],
)
def test_a_working_is_bounded(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_working(text)


@given(st.text(alphabet="ab1.%+-*/(), sumher", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_working(text)
    except UnreadableError as error:
        assert error.what
