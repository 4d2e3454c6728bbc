"""Mixtures of two versions' inputs on one model, and models compared by their rules."""

from __future__ import annotations

import pytest

from finmodel.lines.expression import Timeline
from finmodel.lines.line import Origin
from finmodel.lines.mixed_versions import mixed, moved_inputs
from finmodel.lines.model import Model, inputs_behind
from finmodel.lines.periods import FinancialYear, Horizon
from finmodel.lines.structure import rules_of
from finmodel.lines.timing import at_period, total

STATED = Origin("A source")


def model(price: float, by_year: list[float], chosen: float = 1.0) -> Model:
    made = Model(Horizon(FinancialYear(2015), 3))
    one = made.input("price", "Price", price, "£ per child", STATED)
    children = made.input("children", "Children", by_year, "children", STATED, timeline=Timeline.YEARS)
    year = made.input("year", "Year read", chosen, "number", STATED)
    cost = made.line("cost", "Cost", one * children, "£")
    made.line("total", "Total", total(cost), "£")
    made.line("read", "Cost of the year read", at_period(cost, year), "£")
    made.input("apart", "Apart", 1.0, "number", STATED)
    return made


def test_only_values_that_differ_are_moved() -> None:
    old, new = model(10, [1, 2, 3]), model(20, [1, 5, 3])
    assert moved_inputs(old, new) == {"price": {0: 20}, "children": {1: 5}}
    assert moved_inputs(old, old) == {}


def test_each_mixture_is_the_model_with_these_values() -> None:
    """10 × (1 + 2 + 3) = 60; at 20 each 120; with 5 in the second year 90; with both 180."""
    changes = [{"price": {0: 20.0}}, {"children": {1: 5.0}}]
    sets = [frozenset[int](), frozenset([0]), frozenset([1]), frozenset([0, 1])]
    found = mixed(model(10, [1, 2, 3]), changes, sets, ["total"])
    assert [each["total"] for each in found] == [60, 120, 90, 180]


def test_more_mixtures_than_are_worked_out_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("finmodel.lines.mixed_versions.AT_ONCE", 3)
    sets = [frozenset([0]) if n % 2 else frozenset[int]() for n in range(8)]
    found = mixed(model(10, [1, 2, 3]), [{"price": {0: 20.0}}], sets, ["total"])
    assert [each["total"] for each in found] == [60, 120] * 4


def test_a_mixture_that_cannot_be_worked_out_has_no_number_and_harms_no_other() -> None:
    """There is no ninth year to read."""
    sets = [frozenset[int](), frozenset([0]), frozenset[int]()]
    found = mixed(model(10, [1, 2, 3]), [{"year": {0: 9.0}}], sets, ["read"])
    assert [each["read"] for each in found] == [10, None, 10]


def test_the_inputs_behind_a_line() -> None:
    made = model(10, [1, 2, 3])
    assert {line.address for line in inputs_behind([made["total"]])} == {"price", "children"}
    assert {line.address for line in inputs_behind([made["read"]])} == {"price", "children", "year"}


def test_models_are_alike_by_their_rules_whatever_their_values_and_labels() -> None:
    old, new = model(10, [1, 2, 3]), model(20, [1, 5, 3])
    assert rules_of(old) == rules_of(new)
    new.line("more", "More", new["price"] + new["price"], "£ per child")
    assert rules_of(old) != rules_of(new)
    other = model(10, [1, 2, 3])
    other.line("more", "More", other["price"] - other["price"], "£ per child")
    assert rules_of(other) != rules_of(new)
