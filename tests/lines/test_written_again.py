"""Lines written again where inputs are multiplied are what the model makes of the multiplied inputs."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, Phase, assume, given, settings

from finmodel.lines.arithmetic import minimum
from finmodel.lines.degrees import DegreeOfLines
from finmodel.lines.evaluate import evaluate
from finmodel.lines.evaluate_once import whole
from finmodel.lines.expression import LineError
from finmodel.lines.line import Line, column
from finmodel.lines.timing import by_year, previous, running_total
from finmodel.lines.written_again import Times, WrittenAgain, worked_out
from tests.lines.random_models import RandomModel, models
from tests.lines.worked import MONTHS, ONCE, YEARS, Bench

UNHURRIED = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=40, phases=(Phase.generate,))


def step(name: str, times: float) -> Line:
    return Line(f"step.{name}", name, "factor", ONCE, values=column(times))


TWICE, HALF = step("twice", 2.0), step("half", 0.5)


@UNHURRIED
@given(models())
def test_every_line_is_what_multiplied_inputs_make_of_it(made: RandomModel) -> None:
    """Powers of two, so that a comparison of figures that binary fractions hold is one of such figures again."""
    model = made.bench
    inputs = [line for line in model if line.is_input]
    first, second = inputs[:2], inputs[2:4]
    moved = {line.address: line.value() * (2.0 if line in first else 0.5) for line in (*first, *second)}
    wanted = [line for line in model if line.timeline is not ONCE][-3:]
    again, at = WrittenAgain(DegreeOfLines(model, first, second), wanted, "again"), Times(TWICE, HALF)
    try:
        expected = evaluate(model, moved)
        rules = [again.of(line, at) for line in wanted]
    except LineError:  # a table without such a place, or an operation that is not written again
        assume(False)
    found = worked_out([each.line for each in again.made], rules, evaluate(model))
    for line, rule in zip(wanted, rules, strict=True):
        near = 1e-10 * max(made.bounds[line.address], 1.0)
        assert np.allclose(whole(rule, found.values), expected[line], rtol=1e-9, atol=near, equal_nan=True)


def capped() -> tuple[Bench, Line, Line, Line]:
    """Children who come and go and are capped, at a price: what they save by year, and that added up."""
    bench = Bench(years=2)
    children, price, cap = bench.given(4, "children"), bench.given(100, "£ per child"), bench.given(30, "children")
    staying = bench.promise("children", MONTHS)
    before = bench.put(previous(staying), "children", MONTHS)
    staying.define(before + children)
    left = bench.put(minimum(staying, cap), "children", MONTHS)
    saved = bench.put(left * price, "£", MONTHS)
    yearly = bench.put(by_year(saved), "£", YEARS)
    return bench, children, price, bench.put(running_total(yearly), "£", YEARS)


def test_only_what_is_capped_is_written_again() -> None:
    """4 a month, at most 30: 4+8+…+28 = 112 and 17 × 30 are 622 child-months; 6 a month 6+…+30 = 90 and 19 × 30, 660."""
    bench, children, price, net = capped()
    again = WrittenAgain(DegreeOfLines(bench, [children], [price]), [net], "again")
    half_more, twice = step("150%", 1.5), step("200%", 2.0)
    dearer, more, both = (
        again.of(net, Times(*steps)) for steps in ((None, twice), (half_more, None), (half_more, twice))
    )
    found = worked_out([each.line for each in again.made], [dearer, more, both], evaluate(bench))
    assert [whole(rule, found.values)[-1, 0] for rule in (dearer, more, both)] == [124_400, 66_000, 132_000]
    assert len(again.made) == 3, "the capped month, its year and the sum; neither the price nor who comes and goes"
    assert all(each.times == Times(half_more, None) for each in again.made)
