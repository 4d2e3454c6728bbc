"""Whatever is wrong with a case, the remedy is made of that case: no year, amount or name of another."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from finmodel.case.load import load_carried_case
from finmodel.case.validation import case_from_data
from finmodel.parsing.problems import Problem, ProblemsError
from finmodel.quoting.paper_file import paper_from_data

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parent / "cases"
YEAR = re.compile(r"(?<![\w-])(?:19|20|21)[0-9]{2}(?![0-9])")
FIRST, LAST = 2030, 2033
BOUNDS = {1901, 2100, 2150}  # of years and dates that a case may hold at all
PUBLISHED = set(range(2026, FIRST))  # years after the last published pay, which need an award


def in_2030(text: str) -> Any:
    """A case moved on so that it begins in 2030/31, as plain data of texts."""
    first = int(re.search(r"first_year: ([0-9]{4})", text)[1])  # type: ignore[index]

    def later(found: re.Match[str]) -> str:
        year = int(found[1]) + FIRST - first
        return f"{year}/{(year + 1) % 100:02d}" if found[2] else str(year)

    text = re.sub(r"\b(20[0-9]{2})(/[0-9]{2})?\b", later, re.sub(r"green-book-[a-z0-9-]+", "green-book-2026", text))
    return yaml.load(text.replace("green-book-2041", "green-book-2026"), Loader=yaml.BaseLoader)


def places(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every address in data but its root."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in items:
        yield (*at, step)
        yield from places(value, (*at, step))


def spoilt(data: Any, at: tuple[Any, ...], way: str) -> Any:
    """The data with one value taken away, or with another in its place."""
    data = copy.deepcopy(data)
    around = data
    for step in at[:-1]:
        around = around[step]
    if way == "away":
        del around[at[-1]]
    elif way == "misspelt" and isinstance(around, dict):
        around[f"{at[-1]}x"] = around.pop(at[-1])
    else:
        around[at[-1]] = {"words": "No such words", "mapping": {"by_year": {}}}.get(way, "")
    return data


def problems_of(data: Any, read: Any) -> tuple[Problem, ...]:
    try:
        read(data)
    except ProblemsError as error:
        return error.problems
    return ()


# Of what the cases hold alike, every third value is enough; names misspelt and mappings, every sixth.
@pytest.mark.parametrize(("way", "every"), [("away", 3), ("words", 3), ("mapping", 6), ("misspelt", 6)])
@pytest.mark.parametrize("name", ["base.yaml", "savings.yaml", "every-cost/case.yaml"])
def test_no_message_holds_a_year_of_another_case(name: str, way: str, every: int) -> None:
    data = in_2030((CASES / name).read_text(encoding="utf-8"))
    own = {int(year) for year in YEAR.findall(str(data))} | set(range(FIRST, LAST + 3)) | BOUNDS | PUBLISHED
    seen = 0
    for at in list(places(data))[::every]:
        for problem in problems_of(spoilt(data, at, way), case_from_data):
            seen += 1
            said = f"{problem.what} {problem.remedy}"
            asked_for = set(YEAR.findall(problem.remedy)) - set(YEAR.findall(problem.what))
            assert {int(year) for year in asked_for} <= own, problem
            assert not re.search(r"Wolverhampton|Darlington|Foster care|Investing to save|[0-9]{5}", said), problem
    assert seen > 10


@pytest.mark.parametrize("way", ["away", "words", "misspelt"])
def test_no_message_of_a_paper_holds_a_year_of_another(way: str) -> None:
    data = {
        "paper": {"authority": "A council", "title": "A paper", "date": "2030-01-20"},
        "figures": {"cost": {"printed": "£5", "unit": "£", "where": "page 1", "label": "Cost"}},
        "workings": [{"figure": "cost", "equals": "cost + 1"}],
        "implied": [{"name": "each", "unit": "£", "ways": ["cost", "cost / 1"]}],
    }
    found = [problem for at in places(data) for problem in problems_of(spoilt(data, at, way), paper_from_data)]
    assert found
    for problem in found:
        assert {int(year) for year in YEAR.findall(problem.remedy)} <= BOUNDS, problem


FORM = {"rules.py", "start_sheet.py", "writing.py"}  # a workbook to fill in, whose examples are of no case yet


def test_no_year_is_written_into_the_messages_of_the_readers_and_checks() -> None:
    """The texts of the code itself, its docstrings left out: what no case above happens to reach."""
    for folder in ("case", "parsing", "quoting"):
        for path in (ROOT / "finmodel" / folder).rglob("*.py"):
            if path.parent.name == "workbook" and path.name in FORM:
                continue
            tree = ast.parse(path.read_text(encoding="utf-8"))
            told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            texts = [
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
            ]
            assert not [text for text in texts if YEAR.search(text) and not re.match("tag:|http:", text)], path


CASE = """title: A plan
council: Anytown Council
price_base: 2029/30
first_year: 2030/31
years: 2
discounting: {rate: 5.5%}
inflation: {fees: 2%}
placements:
  residential: {label: Residential, unit_cost: 90000, per: year, price_base: 2029/30, inflation: fees}
  kinship: {label: Kinship, unit_cost: 9000, per: year, price_base: 2029/30, inflation: fees}
options:
  - id: plan
    title: Plan
    costs:
      - {id: run, label: Running it, amount: 10500, per: year, price_base: 2029/30, inflation: fees}
    savings:
      - {id: down, label: Step down, kind: step_down, children: 2, from_placement: residential,
         to_placement: kinship, deadweight: 10%, optimism_bias: 10%, cashable: 50%}
"""


@pytest.mark.parametrize(
    ("taken", "remedy"),
    [
        ("price_base: 2029/30\nfirst", "Add a line like `price_base: 2030/31`."),  # none is stated: that of the years
        (", price_base: 2029/30, inflation: fees}\n    savings", "Add a line like `price_base: 2029/30`."),
        ("first_year: 2030/31", "Add a line like `first_year: 2029/30`."),
        (", inflation: fees}\n    savings", "Add a line like `inflation: fees`."),
        ("id: run, ", "Add a line like `id: running-it`."),
        ("label: Running it, ", "Add a line like `label: Run`."),
        ("from_placement: residential,", "Add a line like `from_placement: residential`."),
        ("to_placement: kinship, ", "Add a line like `to_placement: kinship`."),
        ("amount: 10500, ", "Add a line like `amount: £…`."),
        ("deadweight: 10%, ", "Add a line like `deadweight: …%`."),
    ],
)
def test_examples_are_made_from_the_case(taken: str, remedy: str) -> None:
    ends = "first" if taken.endswith("first") else "}\n    savings" if taken.endswith("savings") else ""
    assert taken in CASE
    with pytest.raises(ProblemsError) as caught:
        load_carried_case([("case.yaml", CASE.replace(taken, ends, 1).encode())])
    assert remedy in [problem.remedy for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "guess"),
    [
        ("amount: 10500, ", "amount: 10500, inflaton: none, ", ""),  # `inflation` is there already
        ("amount: 10500, ", "amount: 10500, nots: As printed, ", "note"),
        ("discounting: {rate: 5.5%}", "discounting: {rate: 5.5%}\nstage: soon", ""),  # `stages` is a list
        ("inflation: {fees: 2%}", "inflation: {fees: 2%}\nsumary: As printed", "summary"),
        ("to_placement: kinship", "to_placement: residental", ""),  # what is stepped down from
        ("to_placement: kinship", "to_placement: kinshp", "kinship"),
    ],
)
def test_a_near_name_is_offered_only_where_it_fits(old: str, new: str, guess: str) -> None:
    assert old in CASE
    with pytest.raises(ProblemsError) as caught:
        load_carried_case([("case.yaml", CASE.replace(old, new, 1).encode())])
    (problem,) = caught.value.problems
    assert problem.remedy.startswith(f"Did you mean `{guess}`? ") if guess else "Did you mean" not in problem.remedy


def of_prices(case: str) -> list[Problem]:
    """What a case is asked of its price bases."""
    found = load_carried_case([("case.yaml", case.encode())]).warnings
    return [warning for warning in found if warning.where.endswith("price_base")]


@pytest.mark.parametrize(
    ("base", "index", "words"), [("2027/28", "fees", "risen by `fees`"), ("2020/21", "none", "no index raises")]
)
def test_a_price_base_years_older_than_the_case_is_a_warning(base: str, index: str, words: str) -> None:
    old = "amount: 10500, per: year, price_base: 2029/30, inflation: fees"
    new = f"amount: 10500, per: year, price_base: {base}, inflation: {index}"
    (warning,) = of_prices(CASE.replace(old, new))
    assert (warning.line, warning.where) == (15, "options.plan.costs.run.price_base")
    assert f"{2030 - int(base[:4])} years older than the case" in warning.what
    assert words in warning.remedy


def test_a_price_base_of_two_years_before_is_none() -> None:
    case = CASE.replace("per: year, price_base: 2029/30", "per: year, price_base: 2028/29")
    assert of_prices(case) == []
