"""`finmodel simulate`: many draws of the inputs that have ranges, and what comes of them."""

from __future__ import annotations

import sys
import time
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Literal

import click

from finmodel.cli.running import CASE, say_how_many_notes, step, work_out
from finmodel.cli.streams import complain, say

UNCERTAINTY = "uncertainty.json"
_OFTEN = 1.0  # seconds between two words on how far it is


@click.command()
@CASE
@click.option("--draws", type=click.IntRange(100, 100_000_000), help="How many; those of the case, or 4,000.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Where the random numbers begin; the case's, or 1.")
@click.option(
    "--method", type=click.Choice(["philox", "sobol"]), default="philox", help="Independent, or evenly spread."
)
@click.option("--workers", type=click.IntRange(1, 256), default=1, help="Processes that share the work.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for uncertainty.json; outputs/<case> by default.")
def simulate(
    case: Path, draws: int | None, seed: int | None, method: Literal["philox", "sobol"], workers: int, out: Path | None
) -> None:
    """Draw the inputs of CASE from the ranges that it states, again and again, and say how its options come out.

    Writes uncertainty.json. The same draws and seed give the same numbers whatever the workers. Of a case that states
    no range the inputs without one are named, and a tenth either way is taken of those that matter: an illustration.
    Ctrl-C ends it with the draws that are done.
    """
    from dataclasses import replace  # noqa: PLC0415

    from finmodel.report.simulation_words import simulation_text, without_range_text  # noqa: PLC0415 - heavy: NumPy
    from finmodel.report.whole_folder import write_whole  # noqa: PLC0415
    from finmodel.results.plain import as_json  # noqa: PLC0415
    from finmodel.uncertainty.simulate import plan_of  # noqa: PLC0415
    from finmodel.uncertainty.simulate import simulate as simulate_case  # noqa: PLC0415

    appraisal = work_out(case)
    say_how_many_notes(appraisal)
    plan = replace(plan_of(appraisal.loaded, draws, seed), method=method)
    step(f"Simulating {plan.draws:,} draws")
    pool: AbstractContextManager[Executor | None] = ProcessPoolExecutor(workers) if workers > 1 else nullcontext()
    with pool as executor:
        found = simulate_case(appraisal, plan, executor, _Progress().told)
    if found is None:
        say("Nothing to simulate: the case has no option but business as usual, or no input that moves one.")
        return
    if found.illustration:
        say(without_range_text(found))
    folder = out if out is not None else Path("outputs") / appraisal.loaded.folder.resolve().name
    write_whole(folder, {UNCERTAINTY: as_json(found).encode()})
    say(simulation_text(found, tuple(str(year) for year in appraisal.case.horizon.years)))
    say(f"Wrote {UNCERTAINTY} into {folder}")


class _Progress:
    """Says how far it is and how long it will take, where somebody watches."""

    def __init__(self) -> None:
        self.started = self.last = time.monotonic()

    def told(self, done: int, asked: int) -> None:
        """So many draws are done of those asked for."""
        now = time.monotonic()
        if not sys.stderr.isatty() or now - self.last < _OFTEN or done >= asked:
            return
        self.last = now
        left = (now - self.started) / done * (asked - done)
        complain(f"{done:,} of {asked:,} draws, about {_time_words(left)} left (Ctrl-C ends with those done)")


def _time_words(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
