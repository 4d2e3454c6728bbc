"""What the schema declares is seen to be kept: a mistake is made at every mark and rule, so that none can be forgotten.

The mistakes are made in cases/declared.yaml, which gives every field that a mark or a rule speaks of. A new one that it
does not give fails here, until an example of it is added there.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import problems_of
from schema_mappings import mappings

from finmodel.case import ProblemsError, case_from_data, load_case, schema, schema_periods, schema_savings
from finmodel.parsing.declared import (
    ExactlyOne,
    Holds,
    Mark,
    Needs,
    NoEffect,
    NotAfterFirstYear,
    NotBoth,
    OneOf,
    OnlyWith,
    Refers,
    Rule,
    YearlyFigure,
    is_given,
)
from finmodel.parsing.declared_checks import declared_by, parts, rules_of
from finmodel.parsing.fields import Sourced, Stated
from finmodel.parsing.places import Address, address_in_words, value_at
from finmodel.parsing.quantities import Quantity

FILE = Path(__file__).parent / "cases" / "declared.yaml"


class Whole(NamedTuple):
    """A sound case: its data, and every mapping and quantity in it with its address."""

    data: dict[str, Any]
    parts: list[tuple[Address, Any]]

    @classmethod
    def of(cls, data: dict[str, Any]) -> Whole:
        return cls(data, list(parts(case_from_data(data))))

    def edited(self, address: Address, value: Any) -> dict[str, Any]:
        """The data with another value at an address; without it where the value is `...`."""
        data = copy.deepcopy(self.data)
        around = value_at(data, address[:-1])
        if value is ...:
            del around[address[-1]]
        else:
            around[address[-1]] = value
        return data


FIRST = Whole.of(load_case(FILE).data)
# What a case has once has one of two ways in the file, and the other here.
SECOND = Whole.of(
    {
        **FIRST.data,
        "discounting": {"schedule": "green-book-2026", "deflator": "fees"},
        "pay_awards": {"pounds": 500},
        "caseload": {**FIRST.data["caseload"], "worker": {"title": "Worker", "grade": "qualified"}},
    }
)


class At(NamedTuple):
    """A place in a sound case."""

    whole: Whole
    address: Address

    @property
    def value(self) -> Any:
        return value_at(self.whole.data, self.address)

    def of(self, step: str | int) -> At:
        return At(self.whole, (*self.address, step))


MADE_FROM = (schema.Staffed, schema_savings.Claim, schema_savings.Saving, schema_periods.ForAPeriod)
# Without those of papers, and those that others are made from.
MODELS = [
    model for model in mappings(Stated) if model.__module__.startswith("finmodel.case.") and model not in MADE_FROM
]


def where(data: dict[str, Any]) -> list[str]:
    """The places of all problems."""
    try:
        case_from_data(data)
    except ProblemsError as error:
        return [problem.where for problem in error.problems]
    return []


class Marked(NamedTuple):
    model: type[Stated]
    field: str
    mark: Mark
    on: str  # the value itself, the names of a mapping, or its values


MARKED = [
    Marked(model, field, mark, on)
    for model in MODELS
    for field, declared in declared_by(model).items()
    for on, found in (("value", declared), ("name", declared.key), ("item", declared.item))
    if found is not None
    for mark in found.marks
]
RULES = [(model, rule) for model in MODELS for rule in rules_of(model)]


NAMED = {
    "inflation": Refers("inflation"),
    "deflator": Refers("inflation"),
    "grade": Refers("grades"),
    "placement": Refers("placements"),
    "placements": Refers("placements"),
    "source": Refers("sources"),
    "price_base": NotAfterFirstYear(),
    "drop_off": YearlyFigure(),
    "rate": YearlyFigure(),
}
OF_ANOTHER_SENSE = {
    ("Case", "inflation"),  # these two define what others refer to
    ("Case", "placements"),
    ("AgencyCover", "rate"),  # pounds an hour, month by month
    ("Financing", "rate"),  # one for the life of the loan
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_field_of_a_name_that_refers_bears_the_mark(model: type[Stated]) -> None:
    """So that a new mapping with an `inflation` of plain text is not passed over."""
    for field in model.model_fields:
        name = field.removeprefix("from_").removeprefix("to_").removeprefix("break_even_")
        if name in NAMED and (model.__name__, field) not in OF_ANOTHER_SENSE:
            assert any(found[:3] == (model, field, NAMED[name]) for found in MARKED), field


def marked_with(kind: type[Any]) -> list[Any]:
    return [
        pytest.param(found, id=f"{found.model.__name__}.{found.field}-{number}")
        for number, found in enumerate(MARKED)
        if isinstance(found.mark, kind)
    ]


def place_of(found: Marked) -> At:
    """Where a sound case gives the field."""
    at = instance(found.model, found.field).of(found.field)
    return at if found.on == "value" else at.of(0 if isinstance(at.value, list) else next(iter(at.value)))


def instances(model: type[Stated], given: str = "", without: str = "") -> Iterator[At]:
    """The mappings of a kind that give one field (or have it so) and not another."""
    for whole in (FIRST, SECOND):
        for address, part in whole.parts:
            wanted = type(part) is model and not (given and not is_given(part, given))
            if wanted and not (without and is_given(part, without)):
                yield At(whole, address)


def instance(model: type[Stated], given: str = "", without: str = "") -> At:
    for at in instances(model, given, without):
        return at
    raise AssertionError(
        f"declared.yaml has no {model.__name__} with `{given}`" + f" and without `{without}`" * bool(without)
    )


def sample(model: type[Stated], field: str) -> Any:
    """A value that a mapping of the kind gives the field, or one of another kind that has the same field."""
    own = [at.of(field).value for at in instances(model, field)]
    others = [value_at(FIRST.data, (*address, field)) for address, part in FIRST.parts if field in _given(part)]
    return (own or others)[0]


def _given(part: object) -> set[str]:
    return part.model_fields_set if isinstance(part, Stated) else set()


def test_the_case_that_the_mistakes_are_made_in_is_sound() -> None:
    assert problems_of(FILE) == ()


def shown(at: At, data: dict[str, Any] | None = None) -> str:
    return address_in_words(at.address, data or at.whole.data)


@pytest.mark.parametrize("found", [p for p in marked_with(Refers) if p.values[0].field != "source"])
def test_a_name_that_is_not_there_is_one_problem_in_its_place(found: Marked) -> None:
    at = place_of(found)
    if found.on == "value" or isinstance(at.address[-1], int):
        assert where(at.whole.edited(at.address, "no-such")) == [shown(at)]
        return
    table = At(at.whole, at.address[:-1])
    names = {"no-such" if name == at.address[-1] else name: value for name, value in table.value.items()}
    unscored = [shown(table)] * (found.field == "scores")  # the option whose name it was has no score now
    assert where(at.whole.edited(table.address, names)) == [*unscored, f"{shown(table)}.no-such"]


def test_a_source_that_is_not_there_is_one_problem_in_its_place() -> None:
    """Of every mapping and of every quantity: all at once, for there are some hundred."""
    sourced = [address for address, part in FIRST.parts if isinstance(part, Sourced | Quantity)]
    data = copy.deepcopy(FIRST.data)
    for address in sorted(sourced, key=len, reverse=True):
        given = value_at(data, address)
        around = value_at(data, address[:-1])
        around[address[-1]] = {**(given if isinstance(given, dict) else {"value": given}), "source": "no-such"}
    there = {type(part) for _, part in FIRST.parts if isinstance(part, Sourced)}
    assert there == {model for model in MODELS if issubclass(model, Sourced)}
    assert sorted(where(data)) == sorted(f"{address_in_words(address, data)}.source" for address in sourced)


@pytest.mark.parametrize("found", marked_with(NotAfterFirstYear))
def test_prices_of_a_later_year_are_one_problem_in_their_place(found: Marked) -> None:
    at = place_of(found)
    assert where(at.whole.edited(at.address, "2017/18")) == [shown(at)]


@pytest.mark.parametrize("found", marked_with(YearlyFigure))
def test_a_change_within_a_year_is_one_problem_in_its_place(found: Marked) -> None:
    at = place_of(found)
    changing = {"by_month": {"2010-04": at.value, "2016-09": at.value}}
    assert where(at.whole.edited(at.address, changing)) == [shown(at)]


@pytest.mark.parametrize("found", marked_with(Holds))
def test_a_test_of_a_quantity_that_fails_is_one_problem_in_its_place(found: Marked) -> None:
    """Every test that there is fails for nothing, for a half or for figures by year."""
    assert isinstance(found.mark, Holds)
    at = place_of(found)
    failing = [written for written in (0, 0.5) if not found.mark.test(Quantity.constant(written))]
    value = failing[0] if failing else [at.value] * 3
    assert where(at.whole.edited(at.address, value)) == [shown(at)]


class Mistake(NamedTuple):
    what: str
    done: At
    value: Any
    shown: At


def mistakes(model: type[Stated], rule: Rule) -> Iterator[Mistake]:
    """Each way to break a rule, and where the problem must be."""
    match rule:
        case ExactlyOne(first, second, placed):
            for name, other in ((first, second), (second, first)):
                for at in [*instances(model, name, other)][:1]:
                    yield Mistake(f"no {name}", at.of(name), ..., at.of(first) if placed else at)
                    both = at.of(second) if placed else at
                    yield Mistake(f"{other} as well as {name}", at.of(other), sample(model, other), both)
        case OneOf(names):
            yield from mistakes_of_one(model, names)
        case NotBoth(name, others, place):
            for other in others:
                at = instance(model, name, other)
                yield Mistake(f"{name} and {other}", at.of(other), sample(model, other), at.of(place) if place else at)
        case Needs(owner, names):
            for name in names:
                at = instance(model, owner).of(name)
                yield Mistake(f"{owner} without {name}", at, ..., at)
        case OnlyWith(owner, names):
            for name in names:
                at = instance(model, without=owner).of(name)
                yield Mistake(f"{name} without {owner}", at, sample(model, name), at)
        case NoEffect(owner, names):
            for name in names:
                at = instance(model, owner).of(name)
                yield Mistake(f"{name} next to {owner}", at, sample(model, name), at)


def mistakes_of_one(model: type[Stated], names: tuple[str, ...]) -> Iterator[Mistake]:
    """None of several, or two of them."""
    for name in names:
        for at in [*instances(model, name)][:1]:
            yield Mistake(f"no {name}", at.of(name), ..., at)
            others = sorted(set(names) - {name})
            yield from (Mistake(f"{each} as well as {name}", at.of(each), sample(model, each), at) for each in others)


MADE = [
    pytest.param(model, rule, id=f"{model.__name__}-{type(rule).__name__}-{number}")
    for number, (model, rule) in enumerate(RULES)
]


@pytest.mark.parametrize(("model", "rule"), MADE)
def test_a_rule_that_is_broken_is_one_problem_in_its_place(model: type[Stated], rule: Rule) -> None:
    made = list(mistakes(model, rule))
    assert made, f"declared.yaml has no {model.__name__} to break it in"
    for mistake in made:
        data = mistake.done.whole.edited(mistake.done.address, mistake.value)
        assert where(data) == [shown(mistake.shown, data)], mistake.what


def test_an_id_used_twice_is_one_problem_in_its_place() -> None:
    """In every list of mappings with an id."""
    lists = [
        (*address, name)
        for address, part in FIRST.parts
        for name in _given(part)
        if isinstance(getattr(part, name), tuple) and hasattr(next(iter(getattr(part, name)), None), "id")
    ]
    assert {address[-1] for address in lists} >= {"options", "posts", "savings", "processes", "per_fte", "criteria"}
    for address in lists:
        given = value_at(FIRST.data, address)
        data = FIRST.edited(address, [*given, copy.deepcopy(given[0])])
        assert where(data).count(address_in_words((*address, len(given), "id"), data)) == 1
