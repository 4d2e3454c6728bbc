"""Every operation against figures worked out by hand; and what the language refuses."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from finmodel.document.explanation import as_html, as_text, origin_text
from finmodel.lines import arithmetic, expression, outcomes, timing
from finmodel.lines.arithmetic import (
    add_up,
    begun,
    compare,
    conditional,
    maximum,
    minimum,
    power,
    rounded_down,
    rounded_up,
)
from finmodel.lines.evaluate import evaluate
from finmodel.lines.explain import explain, rule_in_words
from finmodel.lines.expression import LineError, literal
from finmodel.lines.line import Line, Origin
from finmodel.lines.model import in_groups
from finmodel.lines.outcomes import if_number, no_figure, number_if, period_name, ratio
from finmodel.lines.timing import (
    at_period,
    at_year,
    by_year,
    largest,
    look_up,
    moved,
    present_value,
    previous,
    running_total,
    shifted,
    smallest,
    total,
    total_size,
)
from finmodel.lines.units import Dimension
from tests.lines.worked import MONTHS, PAPER, YEARS, Bench, every_operation, total_if_positive


@pytest.fixture
def bench() -> Bench:
    return Bench(years=3)


def values(bench: Bench, line: Line) -> list[float | None]:
    return evaluate(bench).figures(line)


def test_operations_within_a_period(bench) -> None:
    a, b = bench.given([10, -4, 2.5], timeline=YEARS), bench.given(3)
    share, two = bench.given(0.5, "share"), bench.given(2, "number")
    expected = {
        a + b: [13, -1, 5.5],
        a - b: [7, -7, -0.5],
        b - a: [-7, 7, 0.5],
        -a: [-10, 4, -2.5],
        a * share: [5, -2, 1.25],
        a / two: [5, -2, 1.25],
        a - (b - a): [17, -11, 2],
        a / (two / share): [2.5, -1, 0.625],
        minimum(a, b): [3, -4, 2.5],
        maximum(a, b): [10, 3, 3],
        maximum(a, 0): [10, 0, 2.5],
        conditional(compare(a, ">", b), a, b): [10, 3, 3],
        rounded_up(a * share, two): [5, -2, 2],
        rounded_down(a * share, two): [5, -2, 1],
        look_up(two, [a, b]): [3, 3, 3],
        add_up([a, b, a]): [23, -5, 8],
    }
    lines = {bench.put(rule): answer for rule, answer in expected.items()}
    results = evaluate(bench)
    assert {line.address: results[line].ravel().tolist() for line in lines} == {
        line.address: answer if line.timeline is YEARS else answer[:1] for line, answer in lines.items()
    }
    assert add_up([]) == 0


def test_a_power_takes_plain_numbers_above_nil(bench) -> None:
    # An annuity: 100 over 2 years at 5% is 100 × 0.05 ÷ (1 − 1.05⁻²) = 53.780…
    rate, years = bench.given(0.05, "rate"), bench.given([2, -1, 0.5], "number", YEARS)
    line = bench.put(power(1 + rate, -years), "factor")
    annuity = bench.put(bench.given(100) * rate / (1 - power(1 + rate, -bench.given(2, "number"))))
    assert values(bench, line) == pytest.approx([1 / 1.1025, 1.05, 1.05**-0.5], rel=1e-15)
    assert values(bench, annuity) == pytest.approx([100 / (1 / 1.05 + 1 / 1.05**2)], rel=1e-14)
    bench.put(power(bench.given([2, 0, 1], "number", YEARS), rate), "number")
    with pytest.raises(LineError, match="a power of zero or less"):
        evaluate(bench)


@pytest.mark.parametrize(
    ("relation", "expected"),
    [("<", [0, 1, 0]), ("<=", [0, 1, 1]), (">", [1, 0, 0]), (">=", [1, 0, 1]), ("=", [0, 0, 1])],
)
def test_comparisons_give_one_or_nil(bench, relation, expected) -> None:
    line = bench.put(compare(bench.given([5, 1, 3], timeline=YEARS), relation, bench.given(3)), "flag")
    assert values(bench, line) == expected


def test_operations_over_time(bench) -> None:
    a = bench.given([10, -4, 2.5], timeline=YEARS)
    months = bench.given([float(n) for n in range(36)], timeline=MONTHS)
    one, two, first = bench.given(1, "number"), bench.given(2, "number"), bench.given(7)
    factor = bench.given([1, 0.5, 0.25], "factor", YEARS)
    expected = {
        previous(a): [0, 10, -4],
        previous(a, first): [7, 10, -4],
        shifted(a, two): [0, 0, 10],
        moved(a, bench.given(1, "number")): [0, 10, -4],
        moved(a, bench.given(1.5, "number")): [0, 10, (10 - 4) / 2],
        moved(a, bench.given(0.25, "number")): [10, -4 * 0.75 + 10 * 0.25, 2.5 * 0.75 - 4 * 0.25],
        moved(a, bench.given(3, "number")): [0, 0, 0],
        running_total(a): [10, 6, 8.5],
        total(a): [8.5],
        total_size(a): [10 + 4 + 2.5],
        largest(a): [10],
        smallest(a): [-4],
        at_period(a, one + two): [2.5],
        by_year(months): [66, 210, 354],
        by_year(months, "average"): [5.5, 17.5, 29.5],
        present_value(a, factor): [10 - 2 + 0.625],
    }
    lines = {bench.put(rule): answer for rule, answer in expected.items()}
    spread = bench.put(at_year(a))
    number = bench.put(bench.period_number(YEARS), "number")
    results = evaluate(bench)
    assert {line.address: results[line].ravel().tolist() for line in lines} == {
        line.address: answer for line, answer in lines.items()
    }
    assert results.figures(spread) == [10] * 12 + [-4] * 12 + [2.5] * 12
    assert results.figures(number) == [1, 2, 3]


@pytest.mark.parametrize(
    ("start", "expected"),
    [(2, [0, 1, 1]), (2.25, [0, 0.75, 1]), (1, [1, 1, 1]), (-3, [1, 1, 1]), (3.5, [0, 0, 0.5]), (9, [0, 0, 0])],
)
def test_a_period_has_begun_in_part(bench, start, expected) -> None:
    line = bench.put(begun(bench.period_number(YEARS), bench.given(start, "number")), "number")
    assert values(bench, line) == expected


def test_a_shift_as_long_as_the_horizon_leaves_nothing(bench) -> None:
    months = bench.given([1.0] * 36, timeline=MONTHS)
    assert values(bench, bench.put(shifted(months, bench.given(36, "number")))) == [0] * 36
    assert values(bench, bench.put(shifted(months, bench.given(0, "number")))) == [1] * 36


def test_an_account_opens_moves_and_closes(bench) -> None:
    opening, closing = bench.promise(), bench.promise()
    interest = bench.given([0.1, 0.2, 0], "rate", YEARS)
    opening.define(previous(closing, bench.given(100)))
    closing.define(opening * (1 + interest) - bench.given(10))
    results = evaluate(bench)
    assert results.figures(opening) == pytest.approx([100, 100, 110])
    assert results.figures(closing) == pytest.approx([100, 110, 100])


def test_dust_does_not_round_up_a_whole_number_and_halves_go_up(bench) -> None:
    places, nil = bench.given(6, "number"), bench.given(0, "number")
    dusty = bench.given([520_000 / 40_000 * (1 + 2e-16), 13.0000006, -13.2], "number", YEARS)
    assert values(bench, bench.put(rounded_up(dusty, places), "number")) == [13, 14, -14]
    assert values(bench, bench.put(rounded_down(dusty, places), "number")) == [13, 13, -13]
    halves = bench.given([0.5, -2.5, 12.5], "number", YEARS)
    assert values(bench, bench.put(rounded_down(halves, nil), "number")) == [1, -3, 13]


def test_figures_that_may_have_no_number(bench) -> None:
    a, month = bench.given([4, 0, -2], timeline=YEARS), bench.given(30, "number")
    some = bench.put(number_if(compare(a, ">", 0), a, "nothing was saved"))
    shares = bench.put(ratio(a, a, "nothing to divide by"), "number")
    none, found = bench.put(no_figure("not stated", "£")), bench.put(number_if(literal(1), month, "never"), "number")
    after = bench.put(if_number(some, some + some))
    on_none = bench.put(if_number(none, none + a), timeline=YEARS)
    name = bench.put(period_name(found, MONTHS), "number")
    measure = bench.put(total_if_positive(bench.put(-a)))
    nested = bench.put(if_number(found, number_if(literal(0), found, "second thoughts")), "number")
    refused = bench.put(number_if(literal(0), none, "not asked"))
    results = evaluate(bench)
    assert results.reason(refused) == "not asked"
    assert results.figures(some) == [4, None, None]
    assert [results.reason(some, period) for period in range(3)] == ["", "nothing was saved", "nothing was saved"]
    assert results.figures(shares) == [1, None, 1]
    assert results.reason(shares, 1) == "nothing to divide by"
    assert results.figures(after) == [8, None, None]
    assert results.reason(after, 2) == "nothing was saved"
    assert results.figures(on_none) == [None] * 3
    assert results.reason(on_none, 1) == "not stated"
    assert results.figure(name) == 30
    assert explain(results, name).text == "September 2017"
    assert (results.figure(measure), results.reason(measure)) == (None, "nothing is left over")
    assert (results.figure(nested), results.reason(nested)) == (None, "second thoughts")
    assert results.reason("input.0") == ""


def test_a_place_without_a_number_is_read_by_nobody(bench) -> None:
    a, five = bench.given([4, 0, -2], timeline=YEARS), bench.given(5, "number")
    never = bench.put(number_if(literal(0), five, "it never pays back"), "number")
    read = bench.put(if_number(never, at_period(a, never)))
    looked = bench.put(if_number(never, look_up(never, [a, a])))
    results = evaluate(bench)
    assert (results.figure(read), results.reason(read)) == (None, "it never pays back")
    assert (results.figure(looked), results.reason(looked)) == (None, "it never pays back")
    assert "no figure: it never pays back" in as_text(explain(results, read))


# what is refused


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda b: b.given(1) + b.given(1, "children"), "the sum of £ and child: input.0 and input.1 have different"),
        (lambda b: b.given(1) - 1, "different units"),
        (lambda b: maximum(b.given(1), 1), "different units"),
        (lambda b: power(b.given(1), 1), "a power of £"),
        (lambda b: power(b.given(2, "number"), b.given(3, "years")), "a power of year"),
        (lambda b: compare(b.given(1), "<", b.given(1, "children")), "different units"),
        (lambda b: conditional(b.given(1), 0, 0), "the condition of a conditional has a unit, £"),
        (lambda b: conditional(b.given(1, "flag"), b.given(1), b.given(1, "children")), "different units"),
        (lambda b: look_up(b.given(1, "number"), [b.given(1), b.given(1, "children")]), "different units"),
        (lambda b: previous(b.given([1, 2, 3], timeline=YEARS), b.given(1, "children")), "different units"),
        (lambda b: b.given([1, 2, 3], timeline=YEARS) + b.given([0.0] * 36, timeline=MONTHS), "years and months"),
        (lambda b: look_up(b.given([1, 1, 1], "number", YEARS), [b.given([0.0] * 36, timeline=MONTHS)]), "mixes"),
        (lambda b: b.given(1) * 12, "12 is written into a formula; make it an input"),
        (lambda b: 0.5 * b.given(1), "0.5 is written into a formula"),
        (lambda b: compare(b.given(1), "<>", b.given(1)), "'<>' is not a comparison"),
        (lambda b: arithmetic.Rounded(b.given(1), "sideways", b.given(1, "number")), "neither up nor down"),
        (lambda b: by_year(b.given([0.0] * 36, timeline=MONTHS), "median"), "a sum or an average"),
        (lambda b: by_year(b.given([1, 2, 3], timeline=YEARS)), "takes a line over months"),
        (lambda b: at_year(b.given(1)), "takes a line over years; input.0 runs over once"),
        (lambda b: running_total(b.given([1, 2, 3], timeline=YEARS) + 0), "give the expression a name first"),
        (lambda b: shifted(b.given([1, 2, 3], timeline=YEARS), b.given([1, 1, 1], "number", YEARS)), "over once"),
        (lambda b: at_period(b.given([1, 2, 3], timeline=YEARS), b.period_number(YEARS)), "must be one number"),
        (lambda b: previous(b.given([1, 2, 3], timeline=YEARS), b.period_number(YEARS)), "must be one number"),
        (lambda b: look_up(b.given(1, "number"), []), "1 to 254 lines, not 0"),
        (lambda b: b.given([1, 2], timeline=YEARS), "has 2 values for 3 years"),
        (lambda b: b.given(float("nan")), "no number"),
        (lambda b: b.given(float("inf")), "no number"),
        (lambda b: b.put(5, "number"), "5 is written into a formula"),
        (lambda b: b.put(b.given(1), "children"), "declared in child but its rule gives £"),
        (lambda b: b.put(b.given([1, 2, 3], timeline=YEARS), timeline=MONTHS), "runs over months but its rule over years"),
        (lambda b: b.given(1).define(0), "defined twice"),
        (lambda b: b.put(0).define(0), "defined twice"),
        (lambda b: b.line("input.0", "Again", b.given(1), "£"), "two lines have the address input.0"),
    ],
)  # fmt: skip
def test_a_model_that_makes_no_sense_is_refused_when_it_is_built(bench, make, message) -> None:
    with pytest.raises(LineError, match=re.escape(message)):
        make(bench)


def _circle(b: Bench) -> None:
    one, two = b.promise(), b.promise()
    one.define(two)
    two.define(one)


def _itself(b: Bench) -> None:
    line = b.promise()
    line.define(line + line)


def _total_of_itself(b: Bench) -> None:
    line = b.promise()
    line.define(previous(b.put(running_total(line))))


def _two_timelines(b: Bench) -> None:
    month, year = b.promise(timeline=MONTHS), b.promise()
    year.define(by_year(month))
    month.define(previous(month) + at_year(year))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda b: b.promise(), "was declared and never defined"),
        (_circle, "needs itself in the same period: line.0 → line.1 → line.0|line.1 → line.0 → line.1"),
        (_itself, "line.0 → line.0"),
        (_total_of_itself, "only `previous` may refer back"),
        (_two_timelines, "different timelines need each other: line.0, line.1"),
        (lambda b: b.put(Bench().given(1)), "which is not in the model"),
        (lambda b: b.put(b.given(1) / b.given(0, "number")), "line.2: a division by zero"),
        (lambda b: b.put(look_up(b.given(3, "number"), [b.given(1), b.given(2)])), "a place that the table does not"),
        (lambda b: b.put(look_up(b.given(1.5, "number"), [b.given(1), b.given(2)])), "a place that the table does not"),
        (lambda b: b.put(look_up(b.given(0, "number"), [b.given(1)])), "a place that the table does not"),
        (lambda b: b.put(at_period(b.given([1, 2, 3], timeline=YEARS), b.given(4, "number"))), "outside those of"),
        (lambda b: b.put(at_period(b.given([1, 2, 3], timeline=YEARS), b.given(1.5, "number"))), "outside those of"),
        (lambda b: b.put(shifted(b.given([1, 2, 3], timeline=YEARS), b.given(0.5, "number"))), "not a whole number"),
        (lambda b: b.put(shifted(b.given([1, 2, 3], timeline=YEARS), b.given(-1, "number"))), "not a whole number"),
        (lambda b: b.put(moved(b.given([1, 2, 3], timeline=YEARS), b.given(-0.5, "number"))), "a move by less than 0"),
        (lambda b: b.put(b.put(no_figure("no", "£")) + b.given(1)), "may have none; use if_number"),
        (lambda b: b.put(b.given(1) + ratio(b.given(1), b.given(1, "number"), "no")), "a line of its own"),
        (lambda b: b.put(compare(b.put(no_figure("no", "£")), ">", 0), "flag"), "may have none; use if_number"),
        (lambda b: b.put(if_number(b.put(period_name(b.given(1, "number"), YEARS), "number"), b.given(1))), "a name"),
    ],
)
def test_a_model_that_cannot_be_worked_out_says_where(bench, make, message) -> None:
    make(bench)
    with pytest.raises(LineError, match=message):
        evaluate(bench)


def test_a_fault_inside_an_account_names_its_period(bench) -> None:
    line = bench.promise()
    line.define(bench.given(6) / (previous(line) / bench.given(1)))
    with pytest.raises(LineError, match=r"line.0, period 1: a division by zero"):
        evaluate(bench)


@pytest.mark.parametrize(
    ("address", "array", "message"),
    [
        ("nobody", np.ones((1, 2)), "not an input"),
        ("line.1", np.ones((1, 2)), "not an input"),
        ("input.0", np.ones(3), "give \\(periods, draws\\)"),
        ("input.0", np.ones((2, 3)), "give \\(periods, draws\\)"),
    ],
)
def test_only_inputs_can_be_replaced_by_arrays_that_fit(bench, address, array, message) -> None:
    bench.put(bench.given([1, 2, 3], timeline=YEARS))
    with pytest.raises(LineError, match=message):
        evaluate(bench, {address: array})


# order


@pytest.mark.parametrize("draws", [2, 300])  # few, line by line, and many, by steps
@pytest.mark.parametrize("order", ["C", "F"])
def test_draws_of_a_row_are_added_up_in_the_order_of_its_periods_however_they_lie_in_memory(bench, draws, order):
    row = bench.given([0.0] * 36, timeline=MONTHS)
    whole, years = bench.put(total(row)), bench.put(by_year(row))
    months = np.random.default_rng(1).uniform(-1e6, 1e6, (36, draws))
    results = evaluate(bench, {row.address: months.copy(order)})
    assert results[whole][0].tolist() == [_one_after_the_other(draw) for draw in months.T.tolist()]
    for year in range(3):
        these = months[12 * year : 12 * year + 12]
        assert results[years][year].tolist() == [_one_after_the_other(draw) for draw in these.T.tolist()]


def _one_after_the_other(numbers: list[float]) -> float:
    found = numbers[0]
    for number in numbers[1:]:
        found += number
    return found


def test_lines_come_after_what_they_need_and_circles_together() -> None:
    a, b, c, d = (Line(name, name, "£", YEARS) for name in "abcd")
    found = list(in_groups({a: (b,), b: (c,), c: (b, d), d: ()}))
    assert [set(component) for component in found] == [{d}, {b, c}, {a}]
    assert list(in_groups({a: (a,)})) == [[a]]


def test_a_line_added_later_is_worked_out_too(bench) -> None:
    first = bench.given(1)
    assert evaluate(bench).figure(first) == 1
    later = bench.put(first + first)
    assert evaluate(bench).figure(later) == 2


def test_thirty_years_of_an_account_and_a_long_chain_need_no_recursion() -> None:
    bench = Bench(years=30)
    opening, closing = bench.promise(timeline=MONTHS), bench.promise(timeline=MONTHS)
    opening.define(previous(closing, bench.given(0)))
    closing.define(opening + bench.given(1))
    chain = [closing]
    for _ in range(200):
        chain.append(bench.put(chain[-1] + closing))
    results = evaluate(bench)
    assert results.figure(closing, 359) == 360
    assert results.figure(chain[-1], 359) == 360 * 201
    found = explain(results, closing, 359)
    assert [part.value for part in found.parts] == [359, 1]
    assert len(list(found.walk())) < 10
    assert as_text(explain(results, chain[-1], 359)).startswith("Line 203, March 2045: £72,360.00")


# explanations


def test_words_and_numbers_of_every_operation_are_told() -> None:
    bench = every_operation()
    results = evaluate(bench)
    told = [rule_in_words(line) for line in bench if not line.is_input]
    assert "Input 7 of the year before (for the first year Input 0)" in told
    assert "Input 8, Input 4 months earlier" in told
    assert all("<" not in text for text in told)
    for line in bench:
        for node in explain(results, line, bench.periods(line.timeline) - 1, depth=1).walk():
            assert (node.rule and (node.numbers or node.like)) or node.origin


def test_numbers_are_those_of_the_period_explained() -> None:
    bench = Bench(years=2)
    months = bench.given([float(n) for n in range(24)], timeline=MONTHS)
    years, two = bench.given([10.0, 20.0], timeline=YEARS), bench.given(2, "number")
    summed = bench.put(by_year(months) + years)
    spread = bench.put(at_year(years) + months)
    late, sofar = bench.put(shifted(months, two)), bench.put(running_total(years))
    before = bench.put(previous(years, bench.given(5)))
    count = bench.put(bench.period_number(MONTHS), "number")
    results = evaluate(bench)

    def numbers(line: Line, period: int) -> str:
        return explain(results, line, period).numbers

    assert numbers(summed, 1).startswith("sum over the year's months of [£12.00, £13.00,")
    assert numbers(summed, 1).endswith("£23.00] + £20.00")
    assert numbers(spread, 13) == "the year's £20.00 + £13.00"
    assert numbers(late, 14) == "£12.00, 2 months earlier"
    assert numbers(late, 1) == "£0.00, 2 months earlier"
    assert numbers(sofar, 0) == "running total of [£10.00]"
    assert [numbers(before, period) for period in (0, 1)] == ["£5.00", "£10.00"]
    assert numbers(count, 14) == "15"


def test_an_explanation_goes_down_to_the_sources_and_escapes_its_text() -> None:
    bench = Bench()
    origin = Origin("<script>", "p. 1", owner="A & B", confidence="low", as_at=date(2015, 7, 1), note="n")
    cost = bench.input("cost", "<b>Cost</b>", 3, "£", origin)
    double = bench.put(cost + cost)
    found = explain(evaluate(bench), double)
    assert found.parts[0].origin == origin
    assert origin_text(origin) == "<script>; p. 1; as at 2015-07-01; confidence: low; owner: A & B; n"
    assert as_text(found).splitlines() == [
        "Line 1: £6.00  [line.1]",
        "  = <b>Cost</b> + <b>Cost</b>",
        "  = £3.00 + £3.00",
        "  <b>Cost</b>: £3.00  [cost]",
        "    source: <script>; p. 1; as at 2015-07-01; confidence: low; owner: A & B; n",
    ]
    html = as_html(found)
    assert "<script>" not in html and "<b>Cost" not in html and "&lt;script&gt;" in html
    assert html.count("<ul") == html.count("</ul>") == 2
    as_dict = json.loads(found.as_json())
    assert as_dict["parts"][0]["origin"]["as_at"] == "2015-07-01"
    assert explain(evaluate(bench), double, depth=0).parts == ()


# units


@pytest.mark.parametrize(
    ("unit", "printed"),
    [
        ("£", "£"),
        ("children", "child"),
        ("child years", "child year"),
        ("£ per child per year", "£ per child per year"),
        ("£ per FTE", "£ per FTE"),
        ("per year", "per year"),
        ("share", "number"),
        ("", "number"),
        ("£ per £", "number"),
    ],
)
def test_units_are_read_from_words(unit, printed) -> None:
    assert str(Dimension.of(unit)) == printed
    assert Dimension.of(printed) == Dimension.of(unit)


def test_units_multiply_and_divide() -> None:
    pounds, children = Dimension.of("£"), Dimension.of("children")
    assert pounds / children == Dimension.of("£ per child")
    assert pounds / children * children == pounds
    assert str(pounds * pounds / (children * children)) == "£^2 per child^2"


# the house


def test_the_page_on_the_language_lists_every_operation() -> None:
    page = (Path(__file__).parents[2] / "docs" / "lines.md").read_text(encoding="utf-8")
    public = {
        name
        for module in (arithmetic, timing, outcomes)
        for name, found in vars(module).items()
        if callable(found) and getattr(found, "__module__", "") == module.__name__ and name.islower() and name[0] != "_"
    }
    helpers = {"need_line", "need_numbers", "whole_numbers", "places_within", "quoted", "each_month"}
    listed = set(re.findall(r"^\| `(\w+)\(", page, flags=re.MULTILINE))
    assert listed == (public - helpers) | {"period_number"}


def test_every_input_carries_its_origin(bench) -> None:
    assert bench.given(1).origin == PAPER


def test_the_example_on_the_page_about_the_language_is_true() -> None:
    page = (Path(__file__).parents[2] / "docs" / "lines.md").read_text(encoding="utf-8")
    code, told = re.findall(r"```(?:python|text)\n(.*?)```", page, flags=re.DOTALL)
    names: dict[str, Any] = {}
    exec(code.replace("print(", "printed = ("), names)
    assert names["printed"].strip() == told.strip()
    assert names["results"].figures(names["net"]) == [20_000, 0]


def test_an_operation_with_a_check_says_which_operands_that_reads() -> None:
    """Otherwise it would not be checked at all."""
    with pytest.raises(TypeError, match="Careless has a check and does not say in `check_reads`"):
        type("Careless", (expression.Add,), {"check": arithmetic.Power.check})
