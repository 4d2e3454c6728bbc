"""How many draws a second: Wolverhampton, 4 options, 17 uncertain inputs, net present budget impact and payback.

In blocks on one thread: the random numbers alone (the floor), finmodel's lines, all that `finmodel simulate` does, and
the same monthly lines written by hand in NumPy, which must come to the same figures. Only ratios of times from one run
are worth comparing between machines.

    python benchmarks/simulation.py
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from finmodel.appraisal.appraise import appraise
from finmodel.appraisal.input_bounds import InputBounds
from finmodel.appraisal.stated_ranges import range_of
from finmodel.case import load_case
from finmodel.case.schema_uncertainty import InputRange
from finmodel.lines.evaluate import Evaluator
from finmodel.uncertainty.simulate import BATCH, SimulationPlan, Simulator, simulate

Array = NDArray[np.float64]
CASE = Path(__file__).parents[1] / "inputs" / "wolverhampton-2015"
NORMAL, BLOCKS, REPEATS = "normal", (500, 1_000, 2_000), 5
POST, BENEFIT = "options.peripatetic.posts.social-workers", "options.peripatetic.benefits.fewer-in-care"
NI = "rates.employer_national_insurance"
SPREAD = {  # by input: how it is stated, and the standard deviation of a normal, or the lowest and highest otherwise
    "grades.social-worker.point_40": ("factor", 0.02),
    f"{POST}.fte": ("figure", (10, 14)),
    f"{NI}.rate": ("figure", 0.004),
    f"{NI}.secondary_threshold_of_a_year": ("factor", 0.01),
    f"{NI}.lower_limit_weekly": ("factor", 0.01),
    f"{NI}.upper_point_weekly": ("figure", (750, 790)),
    f"{NI}.rebate": ("factor", 0.02),
    "rates.apprenticeship_levy": ("factor", 0.05),
    "on_costs.employer_pension": ("figure", 0.01),
    "placements.average.unit_cost": ("figure", (32_000, 52_000)),
    f"{BENEFIT}.children_stated": ("figure", (6, 18)),
    f"{BENEFIT}.drop_off": ("figure", (0, 0.2)),
    f"{BENEFIT}.deadweight": ("figure", (0, 0.25)),
    f"{BENEFIT}.optimism_bias": ("figure", (0, 0.25)),
    f"{BENEFIT}.cashable": ("figure", (0.7, 1)),
    "discounting.rate": ("change", 0.002),
    "prices.gdp-deflator.change": ("change", 0.004),
}


def by_hand(given: Mapping[str, Array]) -> tuple[Array, Array]:
    """Net present budget impact and month of payback of one option: 48 months, 4 years, a column a draw."""
    fte, salary = given[f"{POST}.fte"], given["grades.social-worker.point_40"]
    full = np.floor(fte)
    part = fte - full
    heads = np.where(part > 1e-9, 1.0, 0.0)
    weekly = 52.0 / 12.0
    lower, upper = given[f"{NI}.lower_limit_weekly"] * weekly, given[f"{NI}.upper_point_weekly"] * weekly
    threshold = given[f"{NI}.secondary_threshold_of_a_year"] / 12.0
    gross, insurance = fte * salary / 12.0, 0.0
    for people, pay in ((full, full * salary / 12.0), (heads, part * salary / 12.0)):
        above = np.maximum(pay - threshold * people, 0.0)
        band = np.minimum(np.maximum(pay - lower * people, 0.0), (upper - lower) * people)
        insurance = insurance + given[f"{NI}.rate"] * above - given[f"{NI}.rebate"] * band
    cost = gross + insurance + gross * given["on_costs.employer_pension"] + gross * given["rates.apprenticeship_levy"]
    lasting = (1.0 - given[f"{BENEFIT}.drop_off"]) ** np.arange(4.0)[:, None]
    kept = (1.0 - given[f"{BENEFIT}.deadweight"]) * (1.0 - given[f"{BENEFIT}.optimism_bias"])
    kept = kept * given[f"{BENEFIT}.cashable"] * given["placements.average.unit_cost"] / 12.0
    saving = np.repeat(given[f"{BENEFIT}.children_stated"] * lasting, 12, axis=0) * kept
    net = saving - cost
    yearly = net.reshape(4, 12, -1).sum(axis=1)
    rate = np.cumprod(np.concatenate([np.ones_like(yearly[:1]), 1.0 / (1.0 + given["discounting.rate"][1:])]), axis=0)
    prices = 1.0 + given["prices.gdp-deflator.change"]
    prices = np.cumprod(np.concatenate([np.ones_like(yearly[:1]), prices[1:]]), axis=0)
    worth = (yearly * rate / prices).sum(axis=0)
    running = np.cumsum(net, axis=0)
    last = ((running < -0.005) * np.arange(1.0, 49.0)[:, None]).max(axis=0)
    lost = (last == 48) & (running.max(axis=0) > 0.005)
    return worth, np.where((last < 48) & ~lost, last + 1, np.nan)


def made(draws: int) -> Simulator:
    """The case's simulator with these ranges."""
    appraisal = appraise(load_case(CASE))
    model, bounds = appraisal.written.model, InputBounds(appraisal.written.model)
    ranges = []
    for name, (stated_as, spread) in SPREAD.items():
        if isinstance(spread, tuple):
            stated = InputRange(input=name, low=spread[0], high=spread[1])
        else:
            stated = InputRange(input=name, shape=NORMAL, stated_as=stated_as, deviation=spread)
        ranges.append(range_of(stated, model[name], bounds))
    return Simulator(appraisal.written, ranges, (), SimulationPlan(draws))


def median(function: Callable[[], object]) -> float:
    """Of several runs, in seconds of processor time."""
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        function()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main() -> None:
    draws = 40_000
    simulator = made(draws)
    drawing, written = simulator.drawing, simulator.written
    options = [option.option.id for option in simulator.options]
    names = ("net_present_budget_impact", "payback_month_number")
    keep = [written.measures[option][name].address for option in options for name in names]

    def given(start: int, count: int) -> dict[str, Array]:
        return drawing.replaced(drawing.drawn(start, count))

    evaluator = Evaluator(written.model, drawing.moved, keep)
    places = {address: list(each) for address, each in drawing.moved.items()}

    def spread(rows: Mapping[str, Array]) -> dict[str, Array]:
        """Every period of each input, as the lines by hand take them."""
        return {
            address: array if len(places[address]) == 1 else array[places[address]] for address, array in rows.items()
        }

    found = evaluator.results(given(0, 2_000))
    worth, month = by_hand(spread(given(0, 2_000)))
    assert np.allclose(found[keep[0]][0], worth, rtol=1e-9, atol=1e-4)
    assert np.array_equal(found[keep[1]][0], month, equal_nan=True)

    def lines(block: int) -> None:
        for start in range(0, draws, block):
            evaluator.results(given(start, block))

    def hand(block: int) -> None:
        for start in range(0, draws, block):
            values = spread(given(start, block))
            for _ in options:
                by_hand(values)

    def floor(block: int) -> None:
        for start in range(0, draws, block):
            given(start, block)

    def whole(block: int) -> None:
        simulator.plan = replace(simulator.plan, block=block)
        for number in range(draws // BATCH):
            simulator.batch(number)

    print(
        f"{len(SPREAD)} inputs, {len(options)} options beside business as usual, {draws:,} draws, medians of {REPEATS}"
    )
    print(
        f"{'draws a block':>14} {'numbers alone':>15} {'by hand':>12} {'lines':>12} {'simulate':>12}  lines ÷ by hand"
    )
    for block in BLOCKS:
        times = [median(lambda block=block, run=run: run(block)) for run in (floor, hand, lines, whole)]
        rates = [f"{draws / each:>12,.0f}" for each in times]
        print(f"{block:>14} {rates[0]:>15} {' '.join(rates[1:])}  {times[2] / times[1]:.2f}")
    memory()


def memory() -> None:
    """The most memory that a simulation takes, as more draws are asked for."""
    appraisal = appraise(load_case(CASE))
    for draws in (10_000, 100_000, 400_000):
        started = time.process_time()
        simulate(appraisal, SimulationPlan(draws, illustration=True))
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{draws:>10,} draws of an illustration: {most:,.0f} MB at most, {time.process_time() - started:.1f} s")


if __name__ == "__main__":
    main()
