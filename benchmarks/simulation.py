"""How many draws a second: Wolverhampton, 4 options, net present budget impact and payback, the numbers drawn too.

In blocks on one thread: the random numbers alone (the floor), finmodel's lines, all that `finmodel simulate` does, and
the same monthly lines written by hand in NumPy, which must come to the same figures. The case states the figures of its
options once, so they are alike in every draw and worked out once, by hand too; then each option has draws of its own.
Only ratios of times from one run are worth comparing between machines.

    python benchmarks/simulation.py [--json]
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from _medians import REPEATS, median
from msgspec.structs import replace
from numpy.typing import NDArray

from finmodel.appraisal.appraise import appraise, write_model
from finmodel.appraisal.input_bounds import InputBounds
from finmodel.appraisal.stated_ranges import range_of
from finmodel.case import load_case
from finmodel.case.schema_uncertainty import InputRange
from finmodel.lines.evaluate import Evaluator
from finmodel.uncertainty.drawing import TogetherOf
from finmodel.uncertainty.simulate import BATCH, SimulationPlan, Simulator, simulate

Array = NDArray[np.float64]
CASE = Path(__file__).parents[1] / "inputs" / "wolverhampton-2015"
NORMAL, BLOCKS, DRAWS = "normal", (500, 1_000, 2_000), 40_000
BLOCK = 2_000
FIRST, OTHERS = "peripatetic", ("specialist", "spread")
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


def made(draws: int, *, own: bool = False, pert: bool = False) -> Simulator:
    """The case's simulator with these ranges. own: each option with inputs of its own; pert: correlated PERT draws."""
    loaded = load_case(CASE)
    written = write_model(loaded.case) if own else appraise(loaded).written
    model, bounds = written.model, InputBounds(written.model)
    spreads = dict(SPREAD)
    if own:
        for name, spread in SPREAD.items():
            spreads |= {name.replace(FIRST, other): spread for other in OTHERS if FIRST in name}
    ranges = []
    for name, (stated_as, spread) in spreads.items():
        if isinstance(spread, tuple):
            stated = InputRange(input=name, low=spread[0], high=spread[1], shape="pert" if pert else "triangular")
        else:
            stated = InputRange(input=name, shape=NORMAL, stated_as=stated_as, deviation=spread)
        ranges.append(range_of(stated, model[name], bounds))
    places = tuple(place for place, each in enumerate(ranges) if each.stated.shape == "pert")
    ranks = tuple(tuple(1.0 if row == column else 0.3 for column in places) for row in places)
    return Simulator(written, ranges, (TogetherOf(places, ranks),) if pert else (), SimulationPlan(draws))


class Bench:
    """A simulator's work in blocks, and the same by hand. options: worked out by hand, each by itself."""

    def __init__(self, simulator: Simulator, options: Sequence[str]) -> None:
        self.simulator, self.options = simulator, options
        drawing, written = simulator.drawing, simulator.written
        names = ("net_present_budget_impact", "payback_month_number")
        keep = [written.measures[option.option.id][name].address for option in simulator.options for name in names]
        self.evaluator = Evaluator(written.model, drawing.moved, keep)
        self.places = {address: list(each) for address, each in drawing.moved.items()}
        self._agree(keep)

    def _agree(self, keep: Sequence[str]) -> None:
        rows = self.given(0, BLOCK)
        found = self.evaluator.results(rows)
        for number, option in enumerate(self.options):
            worth, month = by_hand(self.of_option(self.every_period(rows), option))
            assert np.allclose(found[keep[2 * number]][0], worth, rtol=1e-9, atol=1e-4)
            assert np.array_equal(found[keep[2 * number + 1]][0], month, equal_nan=True)

    def given(self, start: int, count: int) -> dict[str, Array]:
        drawing = self.simulator.drawing
        return drawing.replaced(drawing.drawn(start, count))

    def every_period(self, rows: Mapping[str, Array]) -> dict[str, Array]:
        """Inputs as the lines by hand take them: months, years, or one figure."""
        return {name: array[self.places[name]] if len(self.places[name]) > 1 else array for name, array in rows.items()}

    @staticmethod
    def of_option(values: Mapping[str, Array], option: str) -> Mapping[str, Array]:
        if option == FIRST:
            return values
        return {name: values.get(name.replace(FIRST, option), values[name]) for name in SPREAD}

    def floor(self, block: int) -> None:
        for start in range(0, DRAWS, block):
            self.given(start, block)

    def hand(self, block: int) -> None:
        for start in range(0, DRAWS, block):
            values = self.every_period(self.given(start, block))
            for option in self.options:
                by_hand(self.of_option(values, option))

    def lines(self, block: int) -> None:
        for start in range(0, DRAWS, block):
            self.evaluator.results(self.given(start, block))

    def whole(self, block: int) -> None:
        self.simulator.plan = replace(self.simulator.plan, block=block)
        for number in range(DRAWS // BATCH):
            self.simulator.batch(number)


def table(name: str, bench: Bench) -> list[float]:
    """Print what was measured; the medians of the numbers alone, by hand and lines with blocks of 2,000."""
    print(f"{name}: {len(bench.places)} inputs, {DRAWS:,} draws, medians of {REPEATS}")
    print(
        f"{'draws a block':>14} {'numbers alone':>15} {'by hand':>12} {'lines':>12} {'simulate':>12}  lines ÷ by hand"
    )
    times: list[float] = []
    for block in BLOCKS:
        works = (bench.floor, bench.hand, bench.lines, bench.whole)
        times = [median(lambda block=block, work=work: work(block)) for work in works]
        rates = [f"{DRAWS / each:>12,.0f}" for each in times]
        print(f"{block:>14} {rates[0]:>15} {' '.join(rates[1:])}  {times[2] / times[1]:.2f}")
    return times


def main() -> None:
    alike = table("Options that state their figures once", Bench(made(DRAWS), (FIRST,)))
    own = table("Options with draws of their own", Bench(made(DRAWS, own=True), (FIRST, *OTHERS)))
    bench = Bench(made(DRAWS, pert=True), (FIRST,))
    pert = [median(lambda: bench.floor(BLOCK)), median(lambda: bench.lines(BLOCK))]
    print(f"Correlated PERT: {DRAWS / pert[0]:,.0f} numbers alone, {DRAWS / pert[1]:,.0f} with the lines, a second")
    most = memory()
    if "--json" in sys.argv:
        print(json.dumps([*rows(alike, own, pert), *memory_rows(most)], ensure_ascii=False))


def rows(alike: Sequence[float], own: Sequence[float], pert: Sequence[float]) -> list[dict[str, object]]:
    """What was measured, as `make bench` reads it."""
    work = "simulation, Wolverhampton, 4 options, net present budget impact and payback, numbers drawn"
    note = f"median of {REPEATS}, processor time, one thread, blocks of {BLOCK:,}; numbers alone "
    made_of = (("17 inputs that the options share", alike), ("29 inputs, each option's own", own))
    found: list[dict[str, object]] = []
    for what, times in made_of:
        rate = DRAWS / times[2]
        found.append(
            {
                "work": f"{work}, {what}",
                "ours": f"{rate:,.0f} draws a second",
                "peer": "200,000 draws a second",
                "ratio": round(rate / 200_000, 2),
                "bar": "≥ 200,000 draws a second",
                "note": f"{note}{DRAWS / times[0]:,.0f} a second",
            }
        )
        found.append(
            {
                "work": f"{work}, {what}",
                "ours": f"{times[2] / DRAWS * 1e6:.2f} µs a draw",
                "peer": f"the same monthly lines by hand in NumPy, {times[1] / DRAWS * 1e6:.2f} µs a draw",
                "ratio": round(times[2] / times[1], 2),
                "bar": "≤ 1.3 ×",
                "note": f"median of {REPEATS}, processor time; options that are alike once by hand too",
            }
        )
    found.append(
        {
            "work": f"{work}, 8 of 17 inputs correlated PERT",
            "ours": f"{DRAWS / pert[1]:,.0f} draws a second",
            "peer": f"numbers alone, {DRAWS / pert[0]:,.0f} a second",
            "ratio": round(pert[1] / pert[0], 2),
            "bar": "",
            "note": f"median of {REPEATS}, processor time",
        }
    )
    return found


def memory() -> dict[int, float]:
    """The most memory that a simulation takes, each in a process of its own, MB by draws."""
    found = {}
    for draws in (10_000, 100_000, 1_000_000, 10_000_000):
        done = subprocess.run([sys.executable, __file__, str(draws)], capture_output=True, text=True, check=True)
        most, seconds = map(float, done.stdout.split())
        found[draws] = most
        print(f"{draws:>10,} draws: {most:,.0f} MB at most, {seconds:.1f} s of processor time", flush=True)
    return found


def memory_rows(most: Mapping[int, float]) -> list[dict[str, object]]:
    few, many = 100_000, max(most)
    return [
        {
            "work": f"memory of a simulation of {many:,} draws",
            "ours": f"{most[many]:,.0f} MB",
            "peer": f"{few:,} draws, {most[few]:,.0f} MB",
            "ratio": round(most[many] / most[few], 2),
            "bar": "flat: ≤ 1.0 ×",
            "note": "the most resident, all of `simulate`, each in a process of its own",
        }
    ]


def alone(draws: int) -> None:
    """Simulate in this process, and print the most memory that it had, and how long it took."""
    import resource  # noqa: PLC0415 - Unix alone

    appraisal = appraise(load_case(CASE))
    started = time.process_time()
    simulate(appraisal, SimulationPlan(draws, illustration=True))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, time.process_time() - started)


if __name__ == "__main__":
    alone(int(sys.argv[1])) if sys.argv[1:] and sys.argv[1].isdigit() else main()
