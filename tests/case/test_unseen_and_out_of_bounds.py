"""What a text, a date or a figure may not hold: told with its place, in YAML, in escapes, in tables and in papers."""

from __future__ import annotations

import re
import sys
import unicodedata
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from plain_results import found_once

from finmodel.appraisal.appraise import appraise
from finmodel.case.load import load_carried_case
from finmodel.parsing.problems import Problem, ProblemsError, seen
from finmodel.parsing.unseen import UNSEEN
from finmodel.quoting.paper_file import load_paper
from finmodel.report.line_sheets import new_workbook
from finmodel.report.page import render_page
from finmodel.report.sheet_text import CUT, LONGEST_IN_A_CELL, fitting
from finmodel.results.plain import as_json

CASE = """title: A plan
council: Anytown Council
meeting: {body: Cabinet, date: 2030-01-20}
price_base: 2030/31
first_year: 2030/31
years: 2
discounting: {rate: 3.5%}
placements: {csv: placements.csv}
options:
  - id: plan
    title: Plan
    costs:
      - {id: run, label: Programme, amount: 10500, per: year, price_base: 2030/31, inflation: none}
"""
TABLE = "id,label,unit_cost,per,price_base,inflation\nhome,Home,52000,year,2030/31,none\n"
PAPER = """paper: {authority: A council, title: A paper, date: 2030-01-20}
figures:
  cost: {printed: "£500,000", unit: £, where: page 1, label: Cost}
"""
MARKS = "\u200b\u200d\u200e\u200f\u2060\u2064\ufeff\u061c\u00ad\ufe0f\U000e0041\u3164\uffa0\u180e\u202e\u2067\u115f"


def problems(case: str | bytes, table: str | bytes = TABLE) -> tuple[Problem, ...]:
    files = [("case.yaml", case), ("placements.csv", table)]
    with pytest.raises(ProblemsError) as caught:
        load_carried_case([(name, text if isinstance(text, bytes) else text.encode()) for name, text in files])
    return caught.value.problems


def changed(old: str, new: str, text: str = CASE) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_the_list_of_unseen_characters_holds_those_that_unicode_calls_so() -> None:
    """By Python's own tables: controls, format characters, variation selectors, tags and fillers.

    Left out are format characters that are drawn: signs before Arabic and Kaithi numbers, and hieroglyphs' joiners.
    """
    drawn = {0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
    drawn |= set(range(0x13430, 0x13440))
    named = ("VARIATION SELECTOR", "TAG ", "HANGUL CHOSEONG FILLER", "HANGUL JUNGSEONG FILLER", "HANGUL FILLER")
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        kind, name = unicodedata.category(character), unicodedata.name(character, "")
        hidden = kind in ("Cc", "Cf", "Cs", "Zl", "Zp") or name.startswith(named)
        if hidden and code not in drawn and character not in "\t\n\r" and "SYMBOL" not in name:
            assert UNSEEN.match(character), f"U+{code:04X} {name}"
        elif kind in ("Lu", "Ll", "Nd", "Sc", "Sm", "Pd"):
            assert not UNSEEN.match(character), f"U+{code:04X} {name}"


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("old", ["A plan", "run,", "title: Plan"])
def test_an_unseen_character_is_a_problem_wherever_it_stands(mark: str, old: str) -> None:
    text = changed(old, old[:-1] + mark + old[-1])
    found = problems(text)
    line = text.split(mark)[0].count("\n") + 1
    assert (found[0].line, f"U+{ord(mark):04X}" in found[0].what) == (line, True)
    assert mark not in "".join(map(str, found))


@pytest.mark.parametrize("mark", MARKS)
def test_an_unseen_character_is_a_problem_as_an_escape_in_a_table_and_in_a_paper(mark: str, tmp_path: Path) -> None:
    (found,) = problems(changed("title: A plan", f'title: "A \\U{ord(mark):08x}plan"'))
    assert (found.line, f"U+{ord(mark):04X}" in found.what) == (1, True)
    found = next(one for one in problems(CASE, changed("Home", f"Ho{mark}me", TABLE)) if "U+" in one.what)
    assert (found.file, found.line) == ("placements.csv", 2)
    (tmp_path / "paper.yaml").write_text(changed("label: Cost", f"label: Co{mark}st", PAPER), encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_paper(tmp_path)
    assert (caught.value.problems[0].line, "U+" in caught.value.problems[0].what) == (3, True)


@pytest.mark.parametrize("mark", MARKS)
def test_what_goes_to_a_terminal_shows_it(mark: str) -> None:
    assert seen(f"a{mark}b") == f"a[U+{ord(mark):04X}]b"


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("amount: 10500", "amount: 10\u00a0500", "options.plan.costs.run.amount"),
        ("amount: 10500", "amount: £10\u202f500", "options.plan.costs.run.amount"),
        ("rate: 3.5%", "rate: 3\u20075%", "discounting.rate"),
        ("inflation: none}", "inflation: none, in\u00a0kind: A}", "options.plan.costs.run.in\u00a0kind"),
        ("id: run", "id: a\u00a0run", "options.plan.costs.a run"),
    ],
)
def test_a_space_that_does_not_break_is_named(old: str, new: str, where: str) -> None:
    (found,) = problems(changed(old, new))
    assert found.where.replace("\u00a0", " ").startswith(where.replace("\u00a0", " "))
    assert "not an ordinary one (U+" in found.what


def test_a_space_that_does_not_break_may_stand_in_a_sentence() -> None:
    files = [("case.yaml", changed("A plan", "A plan of £1\u00a0m").encode()), ("placements.csv", TABLE.encode())]
    assert load_carried_case(files).case.title == "A plan of £1\u00a0m"


def test_an_indent_of_other_spaces_is_named() -> None:
    (found,) = problems(changed("    title: Plan", "\u00a0\u00a0\u00a0 title: Plan"))
    assert (found.line, "(U+00A0)" in found.what) == (11, True)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named(encoding: str) -> None:
    (found,) = problems(CASE.encode(encoding))
    assert (found.file, found.what) == ("case.yaml", "The text is UTF-16, not UTF-8")
    (found,) = problems(CASE, TABLE.encode(encoding))
    assert (found.file, found.what) == ("placements.csv", "The text is UTF-16, not UTF-8")


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_a_table_with_another_separator_is_named(mark: str, name: str) -> None:
    (found,) = problems(CASE, TABLE.replace(",", mark))
    assert (found.file, found.line) == ("placements.csv", 1)
    assert f"separated by {name}" in found.what
    assert "Comma delimited" in found.remedy


@pytest.mark.parametrize("day", ["0001-01-01", "0015-01-20", "1899-12-31", "2151-01-01", "9999-12-31"])
def test_a_date_out_of_bounds_is_a_problem(day: str, tmp_path: Path) -> None:
    (found,) = problems(changed("date: 2030-01-20", f"date: {day}"))
    assert (found.line, found.where, "outside 1901 to 2150" in found.what) == (3, "meeting.date", True)
    (found,) = problems(changed("amount: 10500", f"amount: {{value: 10500, as_at: {day}}}"))
    assert found.where == "options.plan.costs.run.amount.as_at"
    (tmp_path / "paper.yaml").write_text(changed("2030-01-20", day, PAPER), encoding="utf-8")
    with pytest.raises(ProblemsError, match="outside 1901 to 2150"):
        load_paper(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("amount: 10500", "amount: 1e-290", "less than a penny"),
        ("amount: 10500", "amount: 0.0099", "less than a penny"),
        ("rate: 3.5%", "rate: -99.91%", "leaves next to nothing"),
        ("rate: 3.5%", "rate: -0.9999999999999999", "leaves next to nothing"),
        ("rate: 3.5%", "rate: 1e-17", "next to nothing"),
        ("rate: 3.5%", "rate: -0.0009%", "next to nothing"),
    ],
)
def test_a_figure_next_to_nothing_is_a_problem(old: str, new: str, what: str) -> None:
    (found,) = problems(changed(old, new))
    assert what in found.what


def test_a_looped_link_is_no_case(tmp_path: Path) -> None:
    from finmodel.case.load import load_case

    for name in ("case.yaml", "loop"):
        (tmp_path / name).symlink_to(tmp_path / name)
    for path in (tmp_path, tmp_path / "case.yaml", tmp_path / "loop"):
        with pytest.raises(ProblemsError, match=r"no case\.yaml|no such file"):
            load_case(path)
        with pytest.raises(ProblemsError, match=r"no paper\.yaml|no such file"):
            load_paper(path)


@pytest.mark.parametrize("text", ["a" * 40_000, "😀" * 20_000, "é" * 32_768])
def test_a_text_too_long_for_a_cell_is_cut_with_a_mark(text: str, tmp_path: Path) -> None:
    """Excel counts in UTF-16 units, of which 😀 has two."""
    book = new_workbook(tmp_path / "a.xlsx", datetime(2030, 1, 1))
    page = book.add_worksheet("A")
    assert page.write_string(0, 0, text) == 0
    book.close()
    found = openpyxl.load_workbook(tmp_path / "a.xlsx")["A"]["A1"].value
    assert found.endswith(CUT)
    assert LONGEST_IN_A_CELL - 1 <= len(found.encode("utf-16-le")) // 2 <= LONGEST_IN_A_CELL
    assert text.startswith(found.removesuffix(CUT))


@pytest.mark.parametrize("text", ["a" * 32_767, "é" * 32_767, "😀" * 16_383, ""])
def test_a_text_that_fits_is_left_alone(text: str) -> None:
    assert fitting(text) == text


STEEP = """title: A plan
council: Anytown Council
price_base: {base}
first_year: {first}/{end}
years: 30
discounting: {{rate: {rate}, deflator: fees}}
inflation: {{fees: {fees}}}
placements: {{home: {{label: Home, unit_cost: {unit_cost}, per: week, price_base: {base}, inflation: fees}}}}
break_even_placement: home
options:
  - id: plan
    title: Plan
    costs:
      - {{id: run, label: Programme, amount: {amount}, per: year, price_base: {base}, inflation: fees}}
      - {{id: cap, label: Building, amount: {amount}, per: once, start: {first}-04, price_base: {base}, inflation: none,
         capital: borrowed, financing: {{life_years: {life}, rate: {loan}}}}}
    benefits:
      - {{id: fewer, label: Fewer, entries_avoided: {entries}, stay: {{average_months: 18}}, placements: {{home: 100%}},
         deadweight: 0.0001%, optimism_bias: 0%, cashable: 100%, drop_off: 99.9999%}}
"""
PLAIN = {"base": "2030/31", "first": "2030", "end": "31", "rate": "3.5%", "fees": "2%", "unit_cost": "1000"}
PLAIN |= {"amount": "10000", "life": "10", "loan": "4%", "entries": "0.5"}


@pytest.mark.parametrize(
    "steep",
    [
        {"rate": "-99.9%", "fees": "-99.9%"},
        {"rate": "-99.9%", "fees": "100%"},
        {"rate": "100%", "fees": "-99.9%"},
        {"base": "2040/41", "first": "2100", "end": "01", "fees": "-99.9%"},
        {"base": "2040/41", "first": "2100", "end": "01", "fees": "100%", "amount": "1e12"},
        {"loan": "-99.9%", "life": "100", "amount": "1e12"},
        {"loan": "0.001%", "life": "100"},
        {"loan": "-0.001%", "life": "1", "amount": "0.01", "entries": "0.000001"},
        {"unit_cost": "0.01", "amount": "1e12", "entries": "1e7"},
        {"unit_cost": "1e12", "amount": "0", "entries": "0.000001"},
    ],
    ids=str,
)
def test_the_steepest_figures_that_a_case_may_hold_end_well(steep: dict[str, str]) -> None:
    """No traceback, and nothing that is no number, in any report."""
    found = appraise(load_carried_case([("case.yaml", STEEP.format(**{**PLAIN, **steep}).encode())]))
    everything = found_once(found)
    assert "NaN" not in as_json(everything)  # which refuses what is not finite
    assert not re.search(r"\b(?:nan|inf|NaN|Infinity)\b", render_page(found, everything))


@pytest.mark.parametrize(("rate", "life"), [("0.001%", 100), ("0.01%", 30), ("4%", 25), ("-0.001%", 10), ("0%", 8)])
def test_an_annuity_is_right_to_the_penny_at_the_smallest_rates(rate: str, life: int) -> None:
    """£100m, against the formula of a level annuity in fractions: P × r ÷ ((1 + r)^n − 1) is the first MRP; P ÷ n at 0."""
    text = STEEP.format(**{**PLAIN, "loan": rate, "life": str(life), "amount": "100000000"})
    text = text.replace("financing: {", "financing: {mrp: annuity, ")
    found = appraise(load_carried_case([("case.yaml", text.encode())]))
    r = Fraction(rate.removesuffix("%")) / 100
    exact = Fraction(100_000_000) * r / ((1 + r) ** life - 1) if r else Fraction(100_000_000, life)
    first = found.results.figure(found.written.model["options.plan.costs.cap.first_mrp"])
    assert first == pytest.approx(float(exact), abs=0.005)


def test_a_price_base_of_another_age_is_a_problem() -> None:
    steep = {**PLAIN, "base": "2039/40", "first": "2100", "end": "01"}
    with pytest.raises(ProblemsError) as caught:
        load_carried_case([("case.yaml", STEEP.format(**steep).encode())])
    found = [problem.where for problem in caught.value.problems if "more than 60 years before" in problem.what]
    assert found == [
        "price_base",
        "placements.home.price_base",
        *(f"options.plan.costs.{name}.price_base" for name in ("run", "cap")),
    ]
