"""Simulation against closed forms, against SciPy's own distributions, and against itself in other blocks and workers."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace
from scipy import stats
from small_cases import NO_DEDUCTIONS, case_of, option_of

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.appraisal.input_bounds import InputBounds
from finmodel.case import ProblemsError, load_case
from finmodel.lines.line import Line
from finmodel.results.json_schema import schema_text, uncertainty_schema
from finmodel.results.plain import as_json
from finmodel.uncertainty.distributions import (
    Beta,
    Discrete,
    Distribution,
    Normal,
    Triangular,
    Uniform,
    lognormal,
    pert,
)
from finmodel.uncertainty.randoms import UniformStream
from finmodel.uncertainty.simulate import BATCH, BLOCKS, SimulationPlan, plan_of, simulate
from finmodel.uncertainty.simulated import Simulation
from finmodel.uncertainty.tallies import DrawTally
from finmodel.uncertainty.trials import work_out

NET = "net_present_budget_impact"
PRICE, CHILDREN = "placements.fostering.unit_cost", "options.team.benefits.fewer.children_stated"
TRAINING, ROOM = "options.team.costs.training.amount", "options.team.costs.room.amount"
ONCE = {"per": "once", "start": "2015-04", "price_base": "2015/16", "inflation": "none", "optimism_bias": "0%"}
ROOT = Path(__file__).parents[2]


def data(
    ranges: list[dict[str, Any]], correlations: list[dict[str, Any]] | None = None, **names: Any
) -> dict[str, Any]:
    """A year of 4 children at £40,000 each, all of it cash, for training of £50,000 and a room of £30,000 in its prices.

    So the net present budget impact is children × price − training − room, undiscounted.
    """
    benefit = {"id": "fewer", "label": "Fewer", "children": 4, "placements": {"fostering": "100%"}, **NO_DEDUCTIONS}
    benefit |= {"basis": "forecast"} | names.pop("benefit", {})
    costs = [{"id": "training", "label": "Training", "amount": 50_000, **ONCE}]
    costs += [{"id": "room", "label": "Room", "amount": 30_000, **ONCE}]
    case = case_of(
        option_of(benefits=[{name: value for name, value in benefit.items() if value is not None}], costs=costs),
        placements={
            "fostering": {
                "label": "Foster care",
                "unit_cost": 40_000,
                "per": "year",
                "price_base": "2015/16",
                "inflation": "none",
            }
        },
        **names,
    )
    case["discounting"] = {"rate": "0%"}
    uncertainty = {"ranges": ranges, **({"correlations": correlations} if correlations else {})}
    return case | ({"uncertainty": uncertainty} if ranges else {})


@pytest.fixture
def appraised(tmp_path: Path) -> Callable[..., Appraisal]:
    def make(ranges: list[dict[str, Any]], *given: Any, **names: Any) -> Appraisal:
        (tmp_path / "case.yaml").write_text(json.dumps(data(ranges, *given, **names)), encoding="utf-8")
        return appraise(load_case(tmp_path))

    return make


def simulated(appraisal: Appraisal, draws: int = 4_000, **names: Any) -> Simulation:
    found = simulate(appraisal, replace(plan_of(appraisal.loaded, draws), **names))
    assert found is not None
    return found


COSTS = [
    {"input": TRAINING, "shape": "normal", "deviation": 5_000},
    {"input": ROOM, "shape": "normal", "deviation": 3_000},
]


def within(figure: float | None, expected: float, error: float) -> None:
    """Within four standard errors, which one draw of 16,000 is not."""
    assert figure is not None
    assert abs(figure - expected) <= 4 * error


@pytest.mark.parametrize(("ranks", "method"), [(0.0, "philox"), (0.6, "philox"), (-0.6, "sobol")])
def test_a_linear_model_of_normal_inputs_is_normal(
    appraised: Callable[..., Appraisal], ranks: float, method: str
) -> None:
    """160,000 − training − room: mean 80,000, variance 5,000² + 3,000² + 2 r × 5,000 × 3,000, r = 2 sin(π ranks / 6)."""
    groups = [{"inputs": [TRAINING, ROOM], "ranks": [[1, ranks], [ranks, 1]]}] if ranks else None
    found = simulated(appraised(COSTS, groups), 8_000, method=method)
    deviation = math.sqrt(5_000**2 + 3_000**2 + 2 * 2 * math.sin(math.pi * ranks / 6) * 5_000 * 3_000)
    spread = found.options[0].measures[NET]
    errors = spread.errors
    assert errors is not None
    within(spread.mean, 80_000, errors.mean)
    within(spread.p50, 80_000, errors.p50)
    within(spread.p10, 80_000 - 1.2815515655446004 * deviation, errors.p10)  # the normal distribution's 10th percentile
    within(spread.p90, 80_000 + 1.2815515655446004 * deviation, errors.p90)
    if method == "philox":
        assert errors.mean == pytest.approx(deviation / math.sqrt(8_000), rel=0.03)
    else:
        assert errors.mean < deviation / math.sqrt(8_000)  # what evenly filled draws are for
    if ranks:
        (group,) = found.moved_together
        within(group.found[0][1], ranks, 1 / math.sqrt(8_000))


def test_a_product_of_lognormal_inputs_is_lognormal(appraised: Callable[..., Appraisal]) -> None:
    """Children × price, each lognormal: the logarithms add up."""
    ranges = [
        {"input": PRICE, "shape": "lognormal", "deviation": 8_000},
        {"input": CHILDREN, "shape": "lognormal", "deviation": 1},
    ]
    found = simulated(appraised(ranges), 8_000).options[0]
    spread = found.measures["total_saving"]
    variances = math.log(1 + (8 / 40) ** 2), math.log(1 + (1 / 4) ** 2)
    middle = math.log(40_000 * 4) - sum(variances) / 2
    assert spread.errors is not None
    within(spread.mean, 160_000, spread.errors.mean)
    within(spread.p50, math.exp(middle), spread.errors.p50)
    within(spread.p90, math.exp(middle + 1.2815515655446004 * math.sqrt(sum(variances))), spread.errors.p90)
    assert found.above_zero is not None
    above = 0.5 * math.erfc((math.log(80_000) - middle) / math.sqrt(2 * sum(variances)))
    within(found.above_zero.share, above, found.above_zero.error)
    assert {each.address for each in found.drivers} == {PRICE, CHILDREN}


def test_the_bits_are_the_same_in_any_block(appraised: Callable[..., Appraisal]) -> None:
    """Whoever works the batches out, see tests/running/test_cluster.py."""
    groups = [{"inputs": [TRAINING, ROOM], "ranks": [[1, 0.5], [0.5, 1]]}]
    ranges = [
        *COSTS,
        {"input": PRICE, "low": 30_000, "high": 55_000},
        {"input": CHILDREN, "shape": "pert", "low": 1, "high": 6},
    ]
    appraisal = appraised(ranges, groups)
    plan = plan_of(appraisal.loaded, 2 * BATCH + 1)
    alone = {block: simulate(appraisal, replace(plan, block=block)) for block in BLOCKS}
    assert len({as_json(each) for each in alone.values()}) == 1
    assert simulate(appraisal, replace(plan, seed=2)) != alone[BLOCKS[0]]
    sobol = {as_json(simulate(appraisal, replace(plan, method="sobol", block=block))) for block in (250, 2_000)}
    assert len(sobol) == 1


def test_a_number_belongs_to_its_seed_input_and_draw() -> None:
    stream = UniformStream(7, "a")
    whole = stream.numbers(0, 50)
    for start, count in ((13, 9), (22, 5), (0, 50), (3, 1)):  # anew, read on, from the beginning, back
        assert stream.numbers(start, count).tolist() == whole[start : start + count].tolist()
    assert not set(whole) & {*UniformStream(7, "b").numbers(0, 50), *UniformStream(8, "a").numbers(0, 50)}
    assert stats.kstest(stream.numbers(0, 20_000), "uniform").pvalue > 0.001


SHARES = np.linspace(0.0005, 0.9995, 41)
INF = math.inf


@pytest.mark.parametrize(
    ("made", "known", "low", "high"),
    [
        (Triangular(10, 14, 20, 10, 20), stats.triang(0.4, 10, 10), 10, 20),
        (Triangular(10, 14, 20, 11, 17), stats.triang(0.4, 10, 10), 11, 17),
        (Triangular(10, 10, 20, 10, 20), stats.triang(0.0, 10, 10), 10, 20),
        (Triangular(10, 20, 20, 10, 20), stats.triang(1.0, 10, 10), 10, 20),
        (Uniform(2, 5), stats.uniform(2, 3), 2, 5),
        (Normal(3, 2, -INF, INF), stats.norm(3, 2), -INF, INF),
        (Normal(3, 2, 0, 4), stats.norm(3, 2), 0, 4),
        (lognormal(3, 2, 0, INF), stats.lognorm(math.sqrt(math.log(13 / 9)), scale=9 / math.sqrt(13)), 0, INF),
        (lognormal(3, 2, 1, 4), stats.lognorm(math.sqrt(math.log(13 / 9)), scale=9 / math.sqrt(13)), 1, 4),
        (Beta(2, 5, 1, 3, 1.2, 2), stats.beta(2, 5, 1, 2), 1.2, 2),
        (pert(0, 2, 10, 0, 10), stats.beta(1.8, 4.2, 0, 10), 0, 10),
    ],
    ids=lambda each: (
        str(each) if isinstance(each, int | float) else type(each).__name__
    ),  # no address: they must not vary
)
def test_a_distribution_is_the_one_of_that_name_between_its_limits(
    made: Distribution, known: Any, low: float, high: float
) -> None:
    """Of SciPy's distribution, given that the figure lies between the limits."""
    figures = made.at(SHARES)
    below, above = known.cdf(low), known.cdf(high)
    assert (known.cdf(figures) - below) / (above - below) == pytest.approx(SHARES, abs=1e-9)
    assert low <= figures.min() <= figures.max() <= high


def test_a_pert_has_its_mean_and_a_discrete_its_chances() -> None:
    shares = (np.arange(100_000) + 0.5) / 100_000
    assert pert(0, 2, 10, 0, 10).at(shares).mean() == pytest.approx((0 + 4 * 2 + 10) / 6, abs=1e-3)
    found = Counter(Discrete((12.0, 0.0, 24.0), (0.2, 0.5, 0.3)).at(shares).tolist())
    assert found == {12.0: 20_000, 0.0: 50_000, 24.0: 30_000}


def test_no_draw_leaves_what_the_input_may_be(appraised: Callable[..., Appraisal]) -> None:
    """A share stays one, a grade is one that the table of optimism bias has, and the model answers to every draw."""
    prefix = "options.team.benefits.fewer"
    ranges = [
        {"input": f"{prefix}.cashable", "shape": "normal", "deviation": 0.5},
        {"input": f"{prefix}.evidence_grade.children", "shape": "normal", "deviation": 9},
        {"input": PRICE, "shape": "normal", "stated_as": "factor", "deviation": 2},
    ]
    appraisal = appraised(
        ranges, benefit={"evidence_grade": {"children": 3, "prices": 2}, "optimism_bias": None, "cashable": "80%"}
    )
    from finmodel.uncertainty.simulate import simulator_of

    simulator = simulator_of(appraisal.loaded, appraisal.written, plan_of(appraisal.loaded, 2_000))
    cashable, grade, price = simulator.drawing.drawn(0, 2_000)
    assert (cashable.min() >= 0, cashable.max() <= 1, price.min() >= 0) == (True, True, True)
    assert set(grade) == {1, 2, 3, 4, 5, 6}
    found = simulated(appraisal, 2_000)
    assert found.refused == ()
    assert found.options[0].measures[NET].without == 0


def bounded(appraisal: Appraisal) -> list[tuple[Line, float]]:
    bounds = InputBounds(appraisal.written.model)
    inputs = [line for line in appraisal.written.model if line.is_input and not line.is_fact and line.counts is None]
    return [(line, end) for line in inputs for end in (bounds.of(line).least, bounds.of(line).most)]


def test_the_model_answers_at_both_ends_of_what_any_input_may_be() -> None:
    """Also where it reads a table at the place that an input says, or divides by it."""
    appraisal = appraise(load_case(ROOT / "tests" / "case" / "cases" / "declared.yaml"))
    ends = bounded(appraisal)
    keep = [measures[NET].address for measures in appraisal.written.measures.values()]
    found = work_out(appraisal.written.model, [{line.address: np.array([end])} for line, end in ends], keep)
    assert len(ends) > 400
    assert [(line.address, end, why) for (line, end), why in zip(ends, found.refused, strict=True) if why] == []


def test_beyond_100_000_draws_a_sketch_is_right_to_the_step_that_it_states() -> None:
    shares = np.stack([UniformStream(1, name).numbers(0, 20_000) for name in ("a", "b")])
    figures = np.stack([Normal(5, 2, -INF, INF).at(shares[0]), Triangular(0, 1, 9, 0, 9).at(shares[1])])
    exact, sketch = DrawTally(2, 20_000), DrawTally(2, 2_000_000)
    for start in range(0, 20_000, 2_000):
        exact.add(figures[:, start : start + 2_000])
        sketch.add(figures[:, start : start + 2_000])
    assert not sketch.kept.size
    for row in range(2):
        right, near = exact.spread(row, exact.whole()[row]), sketch.spread(row)
        assert right.errors is not None
        assert near.errors is not None
        assert 0 < near.errors.step < 1e-3
        for name in ("p10", "p50", "p90"):
            wanted, found = getattr(right, name), getattr(near, name)
            gap = np.diff(np.sort(figures[row])).max()
            assert abs(wanted - found) <= near.errors.step + gap
        assert (near.mean, near.errors.mean) == (right.mean, right.errors.mean)
        assert right.mean == pytest.approx(math.fsum(figures[row]) / 20_000, rel=1e-12)
        assert right.errors.mean == pytest.approx(np.std(figures[row], ddof=1) / math.sqrt(20_000), rel=1e-12)


def test_draws_without_a_figure_are_counted_and_nothing_is_said_of_the_rest() -> None:
    tally = DrawTally(1, 4)
    tally.add(np.array([[1.0, np.nan, 3.0, 4.0]]))
    spread = tally.spread(0, tally.whole()[0])
    assert (spread.p10, spread.p50, spread.p90, spread.mean, spread.without) == (None, None, None, None, 1)
    assert "in 1 of 4 draws" in spread.reason


def test_a_requirement_has_no_probability(appraised: Callable[..., Appraisal]) -> None:
    found = simulated(appraised(COSTS, benefit={"basis": "requirement"}), 2_000)
    (option,) = found.options
    assert (option.above_zero, option.best, option.payback, option.fan) == (None, None, None, ())
    assert set(option.measures) == {"total_cost"}
    assert "no forecast" in option.reason
    assert found.usual_best is None
    assert found.unranked


def test_payback_and_the_best_option_are_counted_in_all_draws(appraised: Callable[..., Appraisal]) -> None:
    """It costs 80,000 in April and saves price × 4 / 12 a month: paid back within the year where price ≥ 20,000."""
    ranges = [{"input": PRICE, "shape": "uniform", "low": 10_000, "high": 50_000}]
    (option,) = simulated(appraised(ranges), 4_000).options
    assert option.payback is not None
    assert option.best is not None
    assert option.above_zero is not None
    within(option.payback.by_year[0].share, 0.75, option.payback.by_year[0].error)
    assert option.payback.never + option.payback.by_year[0].draws == 4_000
    assert option.payback.p90 is None
    assert option.best == option.above_zero
    # half of the draws have a price from 30,000 to 50,000, and 30,000 repays 80,000 in the month of 240,000 / 30,000
    assert option.payback.p50 in (8, 9)


def test_stopped_it_gives_what_the_draws_done_show(appraised: Callable[..., Appraisal]) -> None:
    def stop(done: int, asked: int) -> None:
        if done == 2 * BATCH:
            raise KeyboardInterrupt

    appraisal = appraised(COSTS)
    found = simulate(appraisal, plan_of(appraisal.loaded, 5 * BATCH), progress=stop)
    whole = simulate(appraisal, plan_of(appraisal.loaded, 2 * BATCH))
    assert found is not None
    assert whole is not None
    assert (found.draws, found.asked) == (2 * BATCH, 5 * BATCH)
    assert found.options == whole.options


def test_without_ranges_it_is_an_illustration_of_a_tenth_either_way(appraised: Callable[..., Appraisal]) -> None:
    found = simulated(appraised([]), 2_000)
    assert found.illustration
    assert {PRICE, CHILDREN, TRAINING, ROOM} <= {each.input for each in found.ranges}
    assert {(each.low, each.high, each.stated_as) for each in found.ranges if each.unit.startswith("£")} == {
        (0.9, 1.1, "factor")
    }


@cache
def validator() -> Any:

    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads(schema_text(uncertainty_schema())))


def test_what_is_written_is_as_the_published_schema_says(appraised: Callable[..., Appraisal]) -> None:

    validator().validate(json.loads(as_json(simulated(appraised(COSTS), 2_000))))
    stored = (ROOT / "docs" / "uncertainty.schema.json").read_text(encoding="utf-8")
    assert schema_text(uncertainty_schema()) == stored, "finmodel schema uncertainty > docs/uncertainty.schema.json"


def test_a_block_of_another_size_is_refused(appraised: Callable[..., Appraisal]) -> None:
    with pytest.raises(ValueError, match="250"):
        simulate(appraised(COSTS), SimulationPlan(block=300))


def told(appraised: Callable[..., Appraisal], *given: Any) -> str:
    with pytest.raises(ProblemsError) as caught:
        appraised(*given)
    return str(caught.value)


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ({"input": "placements.fosterin.unit_cost", "low": 1, "high": 2}, "No line of this case has that address"),
        ({"input": "options.team.net_saving", "low": 1, "high": 2}, "worked out and is no input"),
        ({"input": PRICE, "low": 30_000, "central": 41_000, "high": 50_000}, "the case states £40,000"),
        ({"input": PRICE, "low": 45_000, "high": 50_000}, "leaves out what the case states, £40,000"),
        ({"input": PRICE, "low": 50_000, "high": 30_000}, "Write a `high` above `low`"),
        ({"input": PRICE, "low": -5, "high": 50_000}, "beyond what the input may be"),
        ({"input": PRICE, "stated_as": "factor", "low": 0.5, "central": 2, "high": 3}, "Write 1, or leave"),
        ({"input": PRICE, "low": 30_000, "high": 50_000, "deviation": 5}, "`deviation` is not used"),
        ({"input": PRICE, "shape": "normal", "deviation": 0}, "must be above 0"),
        ({"input": PRICE, "shape": "discrete", "values": [40_000, 50_000], "chances": [0.5, 0.6]}, "total 110%"),
        (
            {"input": PRICE, "shape": "discrete", "values": [30_000, 50_000], "chances": [0.5, 0.5]},
            "none of the values",
        ),
        ({"input": "options.team.costs.room.start", "low": 1, "high": 2}, "of which no range can be drawn"),
        ({"input": PRICE, "shape": "lognormal", "stated_as": "change", "deviation": 1}, "a change of 0"),
    ],
)
def test_a_range_that_cannot_be_is_a_problem(
    appraised: Callable[..., Appraisal], stated: dict[str, Any], words: str
) -> None:
    assert words in told(appraised, [stated])


def test_the_same_input_twice_is_a_problem(appraised: Callable[..., Appraisal]) -> None:
    assert "Keep one of the two" in told(appraised, [COSTS[0], COSTS[0]])


@pytest.mark.parametrize(
    ("ranks", "words"),
    [
        ([[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]], "cannot have"),
        ([[1, 2, 0], [2, 1, 0], [0, 0, 1]], "Write a number from -1 to 1"),
        ([[1, 0.2, 0], [0.3, 1, 0], [0, 0, 1]], "Write the same number in both places"),
        ([[1, 0.2], [0.2, 1]], "has not 3 rows of 3 numbers"),
        ([[0.5, 0, 0], [0, 1, 0], [0, 0, 1]], "Write 1 there"),
    ],
)
def test_a_matrix_that_no_inputs_can_have_is_refused(
    appraised: Callable[..., Appraisal], ranks: list[list[float]], words: str
) -> None:
    ranges = [*COSTS, {"input": PRICE, "low": 30_000, "high": 55_000}]
    assert words in told(appraised, ranges, [{"inputs": [TRAINING, ROOM, PRICE], "ranks": ranks}])


def test_the_pair_at_fault_is_named_with_what_it_may_be(appraised: Callable[..., Appraisal]) -> None:
    """Beside r = 0.9 with both, normal figures: 0.9² ± (1 − 0.9²); here by ranks, so 2 sin(π 0.9 / 6) in its place."""
    ranges = [*COSTS, {"input": PRICE, "low": 30_000, "high": 55_000}]
    ranks = [[1, 0.9, 0.9], [0.9, 1, -0.95], [0.9, -0.95, 1]]
    text = told(appraised, ranges, [{"inputs": [TRAINING, ROOM, PRICE], "ranks": ranks}])
    normal = 2 * math.sin(math.pi * 0.9 / 6)
    least = math.asin((normal**2 - (1 - normal**2)) / 2) * 6 / math.pi
    assert f"{PRICE} and {ROOM} cannot have -0.95" in text
    assert f"from {math.ceil(least * 100) / 100:g} to 1" in text


def test_an_input_without_a_range_moves_with_nothing(appraised: Callable[..., Appraisal]) -> None:
    assert "has no range" in told(appraised, COSTS, [{"inputs": [TRAINING, PRICE], "ranks": [[1, 0.5], [0.5, 1]]}])
