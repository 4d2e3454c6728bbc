"""Commas and colons that YAML takes for its own are told of as what they are, by the text of this very case."""

from __future__ import annotations

import pytest

from finmodel.case.load import LoadedCase, load_carried_case
from finmodel.parsing.problems import Problem, ProblemsError

CASE = """title: A plan
council: Anytown Council
price_base: 2030/31
first_year: 2030/31
years: 4
discounting: {rate: 3.5%}
recommendations: [Approve the plan]
options:
  - id: plan
    title: Plan
    costs:
      - {id: run, label: Programme, amount: 10500, per: year, price_base: 2030/31, inflation: none}
"""
AMOUNT = 12  # its line


def loaded(text: str) -> LoadedCase:
    return load_carried_case([("case.yaml", text.encode())])


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsError) as caught:
        loaded(text)
    return caught.value.problems


def with_amount(amount: str, years: int = 4) -> str:
    return CASE.replace("amount: 10500", f"amount: {amount}").replace("years: 4", f"years: {years}")


# By hand: what a reader takes the list for, and what YAML makes of it, in a case of so many years.
@pytest.mark.parametrize(
    ("amount", "years", "figure"),
    [
        ("[10,500, 20,600]", 4, "10,500"),  # spaced two ways
        ("[£10,500, £20,600]", 4, "£10,500"),
        ("[100,200, 300, 400]", 4, "100,200"),
        ("[5, 10,500, 20,600]", 5, "10,500"),
        ("[10,500,20,600]", 2, "10,500"),  # a value for each year, joined alone
        ("[£10,500,£11,500,£12,500,£13,500]", 4, "£10,500"),
        ("[1,250,000]", 1, "1,250,000"),
        ("{value: [10,500, 20,600], note: As printed}", 4, "10,500"),
        ("[100,200,300,400]", 2, "100,200,300,400"),  # two and two would do
    ],
)
def test_commas_between_thousands_are_a_problem(amount: str, years: int, figure: str) -> None:
    (problem,) = problems(with_amount(amount, years))
    assert problem.line == AMOUNT
    assert problem.where.startswith("options.plan.costs.run.amount")
    assert f"`{figure}` is read as {figure.split(',', maxsplit=1)[0]}" in problem.what
    assert f"Put {figure} in quotation marks, or leave out the comma" in problem.remedy
    assert "a space after every comma" in problem.remedy


@pytest.mark.parametrize(
    ("amount", "values"),
    [
        ("[100,200,300,400]", (100, 200, 300, 400)),
        ("[10,500,20,600]", (10, 500, 20, 600)),
        ("[100,200,\n          300,400]", (100, 200, 300, 400)),  # a line's end is no other spacing
    ],
)
def test_lists_that_may_hold_thousands_pass_with_a_warning(amount: str, values: tuple[float, ...]) -> None:
    found = loaded(with_amount(amount))
    assert found.case.options[0].costs[0].amount.values == values
    (warning,) = (one for one in found.warnings if "comma" in one.what)
    assert warning.line == AMOUNT
    assert "in quotation marks, or leave out the comma" in warning.remedy


@pytest.mark.parametrize(
    "amount",
    [
        "[100, 200, 300, 400]",
        "[10, 500, 20, 600]",
        "[1,2, 3,4]",
        "[1000,2000, 3000,4000]",
        "[0,500, 1, 900]",
        '["10,500", "20,600", "30,700", "40,800"]',
    ],
)
def test_lists_that_cannot_hold_thousands_pass_without_a_word(amount: str) -> None:
    assert not [one for one in loaded(with_amount(amount)).warnings if "comma" in f"{one.what}{one.remedy}".lower()]


def test_a_list_that_is_too_short_either_way_says_so() -> None:
    (problem,) = problems(with_amount("[100, 200]"))
    assert "2 values for 4 years" in problem.what


@pytest.mark.parametrize(
    ("amount", "where", "figure"),
    [
        ("£16,596", "options.plan.costs.run.amount", "£16,596"),
        ("1,250,000, note: As printed", "options.plan.costs.run.amount", "1,250,000"),
        ("{value: £16,596}", "options.plan.costs.run.amount.value", "£16,596"),
        ("{by_year: {2030/31: 16,596, 2031/32: 17000}}", "options.plan.costs.run.amount.by_year.2030/31", "16,596"),
        ("1, note: For £16,596", "options.plan.costs.run.note", "“For £16,596”"),
    ],
)
def test_a_comma_that_ends_a_value_in_curly_brackets_is_named(amount: str, where: str, figure: str) -> None:
    (problem,) = problems(with_amount(amount))
    assert (problem.line, problem.where) == (AMOUNT, where)
    assert f"The comma in `{figure.strip('“”')}` ends the value" in problem.what
    assert f"Put {figure} in quotation marks" in problem.remedy


def test_both_commas_of_one_mapping_are_told_at_once() -> None:
    found = problems(with_amount("{by_year: {2030/31: 16,596, 2031/32: 17,596}}"))
    assert [problem.where.rsplit(".", 1)[-1] for problem in found] == ["2030/31", "2031/32"]


def test_a_name_without_a_value_says_what_the_comma_did() -> None:
    (problem,) = problems(with_amount("1, note: Staff, all of them"))
    assert "`all of them` is read as a name" in problem.what
    assert "Put “Staff, all of them” in quotation marks" in problem.remedy


def test_a_comma_in_a_text_of_a_list_is_named() -> None:
    (problem,) = problems(CASE.replace("[Approve the plan]", "[Approve £10,500 a year, Note the risk]"))
    assert (problem.line, problem.where) == (7, "recommendations")
    assert "Put “Approve £10,500 a year” in quotation marks" in problem.remedy


@pytest.mark.parametrize(
    ("old", "new", "line", "remedy"),
    [
        ("title: A plan", "title: Investing: to save", 1, 'Write `title: "Investing: to save"`.'),
        ("title: A plan", "title: Investing:", 1, 'Write `title: "Investing:"`.'),
        ("title: A plan", "title: Investing: to save  # says the chair", 1, 'Write `title: "Investing: to save"`.'),
        ("title: A plan", "title: Investing: \"to\" save", 1, "Put everything after `title:` in quotation marks."),
        ("title: Plan", "title: Plan: the second", 10, 'Write `title: "Plan: the second"`.'),
        ("label: Programme", "label: Programme: a start", 12, 'Write `label: "Programme: a start"`.'),
    ],
)  # fmt: skip
def test_a_colon_in_a_text_without_quotation_marks_is_named(old: str, new: str, line: int, remedy: str) -> None:
    assert old in CASE
    (problem,) = problems(CASE.replace(old, new, 1))
    assert problem.line == line
    assert "a second colon" in problem.what
    assert problem.remedy == remedy


def test_a_semicolon_between_names_in_brackets_is_answered_with_a_comma() -> None:
    (problem,) = problems(CASE.replace("years: 4", "years: 4\nmeeting: {body: Cabinet; date: 2026-03-14}", 1))
    assert "a semicolon stands" in problem.what
    assert problem.remedy == "Write a comma between them: `body: Cabinet, date: …`."


def test_a_wrong_indent_is_not_taken_for_a_colon_in_a_text() -> None:
    (problem,) = problems(CASE.replace("years: 4", "  years: 4"))
    assert problem.line == 5
    assert "indent" in problem.remedy
