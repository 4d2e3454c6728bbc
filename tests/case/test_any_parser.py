"""The same mistake is the same placed problem, whatever parser reads the file and whatever that says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from finmodel.case import load_case
from finmodel.parsing import yaml_files
from finmodel.parsing.problems import Problem, ProblemsError
from finmodel.parsing.text_files import CannotReadError

NOTHING_MORE = "The YAML cannot be read here"
# What is written, the line of the mistake counted by hand, what must be said, and what must be said to do.
MISTAKES = {
    "a bracket": ("title: [unclosed\nyears: 3\n", 2, "the bracket `[` of line 1 is not closed", "unclosed bracket"),
    "a brace": ("a: {b: 1\nc: 2\n", 2, "the bracket `{` of line 1 is not closed", "unclosed bracket"),
    "a quotation": ('title: "open\nb: 1\n', 3, "the quotation mark of line 1 is not closed", "quotation mark"),
    "an apostrophe": ("title: 'open\nb: 1\n", 3, "the quotation mark of line 1 is not closed", "quotation mark"),
    "a second colon": ("a: 1\ntitle: Safe: children\n", 2, "a second colon", '`title: "Safe: children"`'),
    "one in an entry": ("b:\n  - title: Plan: b\n", 2, "a second colon", '`title: "Plan: b"`'),
    "an indent": ("a:\n  b: 1\n c: 2\n", 3, NOTHING_MORE, "the indent"),
    "a list among names": ("a: 1\n- b\n", 2, NOTHING_MORE, "the indent"),
    "no colon": ("a: 1\nb\nc: 2\n", 3, "(begun on line 2)", "missing colon"),
    "a tab": ("a:\n\tb: 1\n", 2, "a tab at the start", "by spaces"),
    "a tab after a colon": ("a:\n  b: 1\n \tc: 1\n", 3, "a tab at the start", "by spaces"),
    "a percent sign": ("a: %5\n", 1, "cannot begin with `%`", "in quotation marks"),
    "an at": ("a: @x\n", 1, "cannot begin with `@`", "in quotation marks"),
    "a backtick": ("a: `x`\n", 1, "cannot begin with a backtick", "in quotation marks"),
    "an alias of nothing": ("a: *\n", 1, NOTHING_MORE, "Look here"),
    "an anchor of nothing": ("a: &\n", 1, NOTHING_MORE, "Look here"),
    "a bracket closed twice": ("a: [1]\nb: ]\n", 2, NOTHING_MORE, "bracket"),
    "text after a quotation": ("a: 'b' c\n", 1, NOTHING_MORE, "quotation mark"),
    "an escape": ('a: "\\q"\n', 1, NOTHING_MORE, "Look here"),
    "another YAML": ("%YAML 3.0\n---\na: 1\n", 1, NOTHING_MORE, "Look here"),
    "a handle": ("a: !x!y z\n", 1, NOTHING_MORE, "Look here"),
    "brackets in brackets": ("a: 1\nb: " + "[" * 1_500, 2, "more than 50 deep", "brackets"),
    "braces in braces": ("a: 1\nb: " + "{" * 1_500, 2, "more than 50 deep", "brackets"),
    "over many lines": ("a:\n" + " [\n" * 1_500, 52, "more than 50 deep", "brackets"),
    "with quoted brackets": ("a: ['[[[',\n \"{{\", # [[[\n" + " [\n" * 1_500, 52, "more than 50 deep", "brackets"),
    "by dashes": ("a: 1\nb:\n " + "- " * 1_500, 3, "more than 50 deep", "indents"),
}


def in_c() -> Any:
    return yaml.CSafeLoader


def in_python() -> Any:
    return yaml.SafeLoader


PARSERS: dict[str, Callable[[], Any]] = {"in Python": in_python}
if hasattr(yaml, "CSafeLoader"):
    PARSERS["in C"] = in_c


def problem_of(text: str) -> Problem:
    with pytest.raises(CannotReadError) as caught:
        yaml_files.read_yaml(text, "case.yaml")
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_placed_and_said_in_our_words(monkeypatch: pytest.MonkeyPatch, name: str, parser: str) -> None:
    text, line, what, remedy = MISTAKES[name]
    monkeypatch.setattr(yaml_files, "_Loader", PARSERS[parser]())
    problem = problem_of(text)
    assert (problem.file, problem.line) == ("case.yaml", line)
    assert what in problem.what
    assert remedy in problem.remedy


@pytest.mark.parametrize("name", MISTAKES)
def test_nothing_of_what_a_parser_says_is_repeated(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A parser that says everything in other words changes nothing."""
    text = MISTAKES[name][0]
    before = problem_of(text)
    parse = yaml.parse

    def in_other_words(*given: Any, **options: Any) -> Iterator[Any]:
        try:
            yield from parse(*given, **options)
        except yaml.MarkedYAMLError as error:
            raise yaml.MarkedYAMLError("QUUX", error.context_mark, "\\t QUUX", error.problem_mark, "QUUX") from None

    monkeypatch.setattr(yaml_files.yaml, "parse", in_other_words)
    assert problem_of(text) == before


@pytest.mark.parametrize("bound", [60, 200, 1_000])
@pytest.mark.parametrize("error", [yaml.YAMLError("too much"), RecursionError(), ValueError("1000")])
def test_a_parser_with_a_bound_of_its_own_says_no_other_thing(
    monkeypatch: pytest.MonkeyPatch, bound: int, error: Exception
) -> None:
    """It may stop before it gives any of the brackets that it has read ahead, and without saying where."""

    def bounded(text: str, **_: Any) -> Iterator[Any]:
        yield from list(yaml.parse("a: 1\n", Loader=yaml.SafeLoader))[:4]  # as far as the name
        if text.count("[") > bound:
            raise error

    text = "a: 1\nb: " + "[" * (bound + 1)
    expected = problem_of(text)
    monkeypatch.setattr(yaml_files.yaml, "parse", bounded)
    assert problem_of(text) == expected


def test_text_with_brackets_is_not_deep(tmp_path: Path) -> None:
    """A mistake after many brackets that are closed, quoted or remarks is told as what it is."""
    lines = "".join(f"a{n}: [1, [2]]\nb{n}: 'is [not'\n# [ {{ remark\n" for n in range(100))
    problem = problem_of(f"{lines}title: 'open\n")
    assert "quotation mark of line 301" in problem.what


@pytest.mark.parametrize("row", ['a,"A,1\n', 'a,"A"x,1\n', "a," + "x" * 200_000 + ",1\n"])
def test_nothing_of_what_the_reader_of_tables_says_is_repeated(tmp_path: Path, row: str) -> None:
    (tmp_path / "case.yaml").write_text("grades: {csv: t.csv}\n", encoding="utf-8")
    (tmp_path / "t.csv").write_text(f"id,label,salary\nb,B,2\n{row}", encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_case(tmp_path)
    (problem,) = (each for each in caught.value.problems if each.file == "t.csv")
    assert problem.line == 3
    assert problem.what.startswith("The table cannot be read here: a quotation mark is not closed or out of place, or")
