"""`finmodel simulate`: many draws of the inputs that have ranges, and what comes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from finmodel.cli.running import CASE, SCHEDULER, SET, WORKERS, Progress, opener_of, say_how_many_notes, step, work_out
from finmodel.cli.streams import say

UNCERTAINTY = "uncertainty.json"


@click.command()
@CASE
@click.option("--draws", type=click.IntRange(100, 100_000_000), help="How many; those of the case, or 4,000.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Where the random numbers begin; the case's, or 1.")
@click.option(
    "--method", type=click.Choice(["philox", "sobol"]), default="philox", help="Independent, or evenly spread."
)
@WORKERS
@SCHEDULER
@click.option("--out", type=click.Path(path_type=Path), help="Folder for uncertainty.json; outputs/<case> by default.")
@SET
def simulate(  # noqa: PLR0917 - a parameter for each option
    case: Path,
    draws: int | None,
    seed: int | None,
    method: Literal["philox", "sobol"],
    workers: int,
    scheduler: str,
    out: Path | None,
    settings: tuple[str, ...],
) -> None:
    """Draw the inputs of CASE from the ranges that it states, again and again, and say how its options come out.

    Writes uncertainty.json. The same draws and seed give the same numbers whoever works. Of a case that states
    no range the inputs without one are named, and a tenth either way is taken of those that matter: an illustration.
    Ctrl-C ends it with the draws that are done.
    """
    from msgspec.structs import replace  # noqa: PLC0415

    from finmodel.report.simulation_words import simulation_text, without_range_text  # noqa: PLC0415 - heavy: NumPy
    from finmodel.report.whole_folder import write_whole  # noqa: PLC0415
    from finmodel.results.plain import as_json_bytes  # noqa: PLC0415
    from finmodel.uncertainty.simulate import plan_of  # noqa: PLC0415
    from finmodel.uncertainty.simulate import simulate as simulate_case  # noqa: PLC0415

    opened = opener_of(workers, scheduler)
    appraisal = work_out(case, settings)
    say_how_many_notes(appraisal)
    plan = replace(plan_of(appraisal.loaded, draws, seed), method=method)
    step(f"Simulating {plan.draws:,} draws")
    with opened() as executor:
        progress = Progress("draws", "Ctrl-C ends with those done")
        found = simulate_case(appraisal, plan, executor, progress.told)
    if found is None:
        say("Nothing to simulate: the case has no option but business as usual, or no input that moves one.")
        return
    if found.illustration:
        say(without_range_text(found))
    folder = out if out is not None else Path("outputs") / appraisal.loaded.folder.resolve().name
    write_whole(folder, {UNCERTAINTY: as_json_bytes(found)})
    say(simulation_text(found, tuple(str(year) for year in appraisal.case.horizon.years)))
    say(f"Wrote {UNCERTAINTY} into {folder}")
