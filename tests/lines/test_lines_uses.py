"""From a line up to what is made from it, and long rows told shortly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from finmodel.document.explanation import as_text
from finmodel.lines.evaluate import evaluate
from finmodel.lines.explain import explain, rule_in_words
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Origin
from finmodel.lines.model import Model
from finmodel.lines.periods import FinancialYear, Horizon
from finmodel.lines.shortened_rows import shortened, worth_showing
from finmodel.lines.timing import by_year, running_total, smallest, total
from finmodel.lines.uses import uses

STATED = Origin("A source")


def bench() -> Model:
    """A price and a number make a monthly sum, that makes years and a running total, and these a whole."""
    model = Model(Horizon(FinancialYear(2015), 2))
    price = model.input("price", "Price", 10.0, "£ per child", STATED)
    flows = [-100.0] + [5.0] * 22 + [20.0]
    children = model.input("children", "Children", flows, "children", STATED, timeline=Timeline.MONTHS)
    monthly = model.line("monthly", "Saving", price * children, "£")
    cumulative = model.line("cumulative", "Running total", running_total(monthly), "£")
    yearly = model.line("yearly", "Saving of the year", by_year(monthly), "£")
    model.line("total", "Total", total(yearly), "£")
    model.line("lowest", "Lowest", smallest(cumulative), "£")
    model.input("apart", "Apart", 1.0, "number", STATED)
    return model


def test_every_line_made_from_it_comes_once_nearest_first() -> None:
    results = evaluate(bench())
    found = uses(results, results.model["price"])
    assert [(use.distance, use.address) for use in found] == [
        (1, "monthly"),
        (2, "cumulative"),
        (2, "yearly"),
        (3, "lowest"),
        (3, "total"),
    ]
    assert [use.address for use in found if use.ends] == ["lowest", "total"]
    assert uses(results, results.model["apart"]) == ()


def test_depth_is_how_many_rules_away() -> None:
    results = evaluate(bench())
    assert [use.address for use in uses(results, results.model["price"], depth=1)] == ["monthly"]
    assert uses(results, results.model["price"], depth=0) == ()


def test_figures_are_of_the_same_time() -> None:
    results = evaluate(bench())
    of_month_14 = {use.address: use for use in uses(results, results.model["children"], period=13)}
    assert (of_month_14["monthly"].period, of_month_14["yearly"].period) == ("May 2016", "2016/17")
    assert of_month_14["monthly"].value == 50
    assert of_month_14["yearly"].value == 11 * 50 + 200
    of_year_2 = {use.address: use for use in uses(results, results.model["yearly"], period=1)}
    assert of_year_2["total"].period == ""


def test_a_running_total_shows_where_it_turns() -> None:
    """−£1,000 in April 2015, then £50 a month: −£1,000 + 20 × £50 is nil in December 2016, above it in January 2017."""
    results = evaluate(bench())
    text = as_text(explain(results, results.model["lowest"], depth=1))
    told = [row.split(":")[0].strip() for row in text.splitlines() if "[cumulative]" in row]
    assert told[0] == "Running total, April 2015"
    assert told[-1] == "Running total, March 2017"
    assert len(told) < 10
    assert "more months of Running total)" in text
    every = as_text(explain(results, results.model["lowest"], depth=1, every=True))
    assert sum("[cumulative]" in row for row in every.splitlines()) == 24


def test_what_tells_something() -> None:
    assert worth_showing([1.0, 2.0, 3.0]) == [0, 1, 2]
    #        0    1    2    3   4    5    6    7    8    9
    row = [-1.0, -3, -4, -2, 1.0, 2.0, 9.0, 8.0, 7.0, 6.0]
    assert worth_showing(row) == [0, 2, 3, 4, 6, 9]
    assert worth_showing([None] * 9) == [0, 8]


@given(st.lists(st.none() | st.floats(-10, 10), min_size=1, max_size=60))
def test_few_places_are_told_whatever_the_row(row: list[float | None]) -> None:
    told = worth_showing(row)
    assert told == sorted(set(told))
    assert {0, len(row) - 1} <= set(told)
    assert len(told) <= 10


def test_long_rows_of_numbers_are_shortened_in_the_middle() -> None:
    assert shortened(list("abcdefghij")) == list("abcdefghij")
    assert shortened([str(n) for n in range(1, 49)]) == ["1", "2", "3", "4", "… 40 more …", "45", "46", "47", "48"]


def test_lines_with_one_label_are_told_apart_by_what_differs_in_their_addresses() -> None:
    model = Model(Horizon(FinancialYear(2015), 1))
    made = {}
    for address in ("teams.one.children", "teams.two.children", "rate", "teams.two.other.rate", "teams.two.rate"):
        label = "Rate" if address.endswith("rate") else "Children"
        made[address] = model.input(address, label, 1.0, "number", STATED)
    one, two, *rates = made.values()
    assert rule_in_words(model.line("all", "All", one + two, "number")) == "Children (one) + Children (two)"
    assert rule_in_words(model.line("alone", "Alone", one + rates[0], "number")) == "Children + Rate"
    # What all begin or end with is left out, but never the whole of an address.
    told = rule_in_words(model.line("rates", "Rates", rates[1] + rates[2], "number"))
    assert told == "Rate (other.rate) + Rate (rate)"
    assert rule_in_words(model.line("twice", "Twice", one + one, "number")) == "Children + Children"
