"""Simulation: many draws of the inputs that have ranges through the model's own lines, batch by batch.

Draws are counted from 0 and go in batches of 2,000, whoever works them out: a batch is worked out in blocks, here or by
an executor, and summed up in order, so the results are the same to the last bit whatever the workers and the block.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from functools import lru_cache, partial

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from finmodel.appraisal.appraise import Appraisal, WrittenModel, write_model
from finmodel.appraisal.money_spent import CUMULATIVE
from finmodel.appraisal.options import WrittenOption
from finmodel.appraisal.stated_ranges import RangeOfInput, ranges_of
from finmodel.case import LoadedCase
from finmodel.case.figures_with_ranges import states_ranges
from finmodel.case.schema_uncertainty import DRAWS, SEED, Uncertainty
from finmodel.lines.evaluate import Evaluator
from finmodel.lines.expression import Array
from finmodel.running.executors import in_order
from finmodel.uncertainty.by_evidence import evidence_ranges
from finmodel.uncertainty.drawing import InputDraws, TogetherOf, together_of
from finmodel.uncertainty.illustration import illustrated
from finmodel.uncertainty.randoms import Method, set_size
from finmodel.uncertainty.simulated import Simulation
from finmodel.uncertainty.summing import DrawsFound, summed_up
from finmodel.uncertainty.tallies import DrawTally
from finmodel.uncertainty.trials import work_out_rows

BATCH = 2_000
BLOCK = 2_000
BLOCKS = (250, 500, 1_000, 2_000)  # halved alike where the model refuses a draw, so that any gives the same bits
HEAD = 20_000  # draws, the first ones, of which rank correlations are worked out
NET_PRESENT, PAYBACK = "net_present_budget_impact", "payback_month_number"
HEADLINES = (NET_PRESENT, "total_net_saving", "total_cost", "total_saving", "peak_exposure")

Progress = Callable[[int, int], None]  # draws done, draws asked for


class SimulationPlan(Struct, frozen=True):
    """What is simulated: how many draws, from which seed, by which method, in blocks of how many.

    illustration: ranges of 10% either way in the place of stated ones.
    """

    draws: int = DRAWS
    seed: int = SEED
    method: Method = "philox"
    block: int = BLOCK
    illustration: bool = False


class SimulatedSeries(Struct, frozen=True):
    """A row of figures over the draws: of an option, a line and the period of it."""

    option: str
    name: str
    address: str
    period: int = 0


class DrawnBatch(Struct, frozen=True):
    """What a batch gave. values: (series, draws); drawn: (ranges, draws), of the first draws alone; refused: why."""

    values: Array
    drawn: Array | None
    refused: tuple[str, ...]


class Simulator:
    """A model with what is drawn and what is kept of it."""

    def __init__(
        self,
        written: WrittenModel,
        ranges: Sequence[RangeOfInput],
        together: Sequence[TogetherOf],
        plan: SimulationPlan,
    ) -> None:
        self.written, self.plan = written, plan
        self.drawing = InputDraws(ranges, together, plan.seed, plan.method, plan.draws)
        self.options = [option for option in written.options if not option.is_business_as_usual]
        self.series = [each for option in self.options for each in _series(written, option)]
        self.evaluator = Evaluator(written.model, self.drawing.moved, [each.address for each in self.series])

    def batch(self, number: int) -> DrawnBatch:
        """Work out a batch, counted from 0."""
        start = number * BATCH
        count = min(BATCH, self.plan.draws - start)
        whole = -(-count // self.plan.block) * self.plan.block  # a block is never short: one draw alone adds otherwise
        drawn = self.drawing.drawn(start, whole)
        found = work_out_rows(self.evaluator, self.drawing.replaced(drawn), whole, self.plan.block)
        values = np.stack([found.values[each.address][each.period, :count] for each in self.series])
        return DrawnBatch(
            values, drawn[:, :count] if start < HEAD else None, tuple(filter(None, found.refused[:count]))
        )


def _series(written: WrittenModel, option: WrittenOption) -> Iterator[SimulatedSeries]:
    name, measures = option.option.id, written.measures[option.option.id]
    for headline in (*HEADLINES, PAYBACK):
        yield SimulatedSeries(name, headline, measures[headline].address)
    cumulative = option.yearly[CUMULATIVE]
    for period in range(written.case.years):
        yield SimulatedSeries(name, CUMULATIVE, cumulative.address, period)


def simulator_of(
    loaded: LoadedCase, written: WrittenModel, plan: SimulationPlan, appraisal: Appraisal | None = None
) -> Simulator:
    """The simulator of a case: with its stated ranges, or with an illustration's."""
    stated = written.case.uncertainty
    if plan.illustration:
        by_evidence = evidence_ranges(written, ())
        others = [each for each in illustrated(written, appraisal) if each.line not in {e.line for e in by_evidence}]
        return Simulator(written, (*others, *by_evidence), (), plan)
    ranges = ranges_of(written.ranges, written.model)
    ranges = (*ranges, *evidence_ranges(written, ranges))
    together = together_of(written.model, ranges, () if stated is None else stated.correlations)
    return Simulator(written, ranges, together, plan)


def plan_of(loaded: LoadedCase, draws: int | None = None, seed: int | None = None) -> SimulationPlan:
    """The plan that a case states; draws, seed: in the place of its own."""
    stated = loaded.case.uncertainty or Uncertainty()
    taken = SimulationPlan(draws or stated.draws, stated.seed if seed is None else seed)
    return taken if states_ranges(loaded.case) else replace(taken, illustration=True)


def simulate(
    appraisal: Appraisal,
    plan: SimulationPlan | None = None,
    executor: Executor | None = None,
    progress: Progress = lambda done, asked: None,
) -> Simulation | None:
    """Simulate an appraised case; None where there is nothing to simulate: no option, or no range that does anything.

    executor: works the batches out, in other processes or on other machines; here, where none is given. Stopped by
    Ctrl-C it gives what the draws done show.
    """
    plan = plan_of(appraisal.loaded) if plan is None else plan
    if plan.block not in BLOCKS:
        raise ValueError(f"a block has {', '.join(map(str, BLOCKS))} draws, not {plan.block}")
    simulator = simulator_of(appraisal.loaded, appraisal.written, plan, appraisal)
    if not simulator.options or not simulator.drawing.ranges:
        return None
    a_set = set_size(plan.draws) if plan.method == "sobol" else 0
    found = DrawsFound(DrawTally(len(simulator.series), plan.draws, a_set), [], Counter())
    stated = {place: appraisal.results.figure(each.address, each.period) for place, each in enumerate(simulator.series)}
    known = {place: figure for place, figure in stated.items() if figure is not None}
    found.place(simulator.series, len(appraisal.case.horizon.months), known)
    try:
        for batch in _batches(simulator, appraisal.loaded, executor):
            found.add(batch.values, batch.drawn, batch.refused)
            progress(found.tally.count, plan.draws)
    except KeyboardInterrupt:
        if not found.tally.count:
            raise
    return summed_up(appraisal, simulator.drawing, simulator.series, found, illustration=plan.illustration)


def _batches(simulator: Simulator, loaded: LoadedCase, executor: Executor | None) -> Iterator[DrawnBatch]:
    """The batches in order; of an executor, a few are asked for ahead."""
    numbers = iter(range(-(-simulator.plan.draws // BATCH)))
    if executor is None:
        yield from map(simulator.batch, numbers)
        return
    job = pickle.dumps((loaded, simulator.plan))
    yield from in_order(executor, partial(work_out_batch, job), numbers)


def work_out_batch(job: bytes, number: int) -> DrawnBatch:
    """What a worker does: the model is written once for a job, and kept."""
    return _simulator_of_job(job).batch(number)


@lru_cache(maxsize=2)
def _simulator_of_job(job: bytes) -> Simulator:
    loaded, plan = pickle.loads(job)
    written = write_model(loaded.case, loaded.places)
    return simulator_of(loaded, written, replace(plan))
