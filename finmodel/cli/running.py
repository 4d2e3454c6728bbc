"""What every command does: say steps on standard error, and read the case."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from finmodel.cli.streams import complain

if TYPE_CHECKING:
    from finmodel.appraisal.appraise import Appraisal
    from finmodel.case import LoadedCase
    from finmodel.running.executors import Opened

CASE = click.argument("case", type=click.Path(path_type=Path))
WORKERS = click.option(
    "--workers", type=click.IntRange(1, 256), default=1, help="Processes of this machine that share the work."
)
SCHEDULER = click.option(
    "--scheduler",
    metavar="ADDRESS",
    default="",
    help="Address of a Dask scheduler whose workers share the work, such as tcp://host:8786.",
)
SET = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="ADDRESS=VALUE",
    help="What if: an input at another figure, such as placements.fostering.unit_cost=900. With a year behind the "
    "address (ADDRESS.2027/28=VALUE), that year alone. Or a question that moves several inputs, as a lever of the page "
    "does: children=8 (fewer in care, on average), price=60000 (of a placement, a year), late=6 (months, every "
    "option). May be given again and again.",
)


_OFTEN = 1.0  # seconds between two words on how far it is


def opener_of(workers: int, scheduler: str) -> Opened:
    """What opens the executor that --workers and --scheduler ask for."""
    from finmodel.running.executors import opener  # noqa: PLC0415

    if scheduler and workers > 1:
        raise click.UsageError("--workers shares the work on this machine, --scheduler on a cluster. Leave one out.")
    return opener(workers, scheduler)


class Progress:
    """Says how far work is and how long it will take, where somebody watches. what: that which is counted."""

    def __init__(self, what: str, ending: str) -> None:
        self.what, self.ending = what, ending
        self.started = self.last = time.monotonic()

    def told(self, done: int, asked: int) -> None:
        """So many are done of those asked for."""
        now = time.monotonic()
        if not sys.stderr.isatty() or now - self.last < _OFTEN or done >= asked:
            return
        self.last = now
        left = _time_words((now - self.started) / done * (asked - done))
        complain(f"{done:,} of {asked:,} {self.what}, about {left} left ({self.ending})")


def _time_words(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def step(text: str) -> None:
    """Progress, where somebody watches."""
    if sys.stderr.isatty():
        complain(f"{text} …")


def say_which_case(*paths: Path) -> None:
    """Say of each workbook named in the place of a case what is taken from it, and what is not."""
    from finmodel.audit.workbooks.as_case import carries_its_case  # noqa: PLC0415

    for path in dict.fromkeys(filter(carries_its_case, paths)):
        _say_it_is_carried(path)


def _say_it_is_carried(path: Path) -> None:
    from finmodel.parsing.problems import seen  # noqa: PLC0415

    complain(
        f"Note: {seen(str(path))}: This is a workbook, so the case that it carries is taken\n"
        "    What was typed into its cells since is not in it: `finmodel audit` reports it."
    )


def case_at(path: Path, settings: Sequence[str] = ()) -> LoadedCase:
    """The case in a folder, in a YAML file, in a workbook to fill in, or in a report of finmodel's that carries it.

    settings: of `--set`, inputs at other figures; it is said on standard error that the case is a what-if then.
    """
    from finmodel.audit.workbooks.as_case import is_workbook, load_case_or_workbook  # noqa: PLC0415 - heavy: pydantic

    step("Reading the case")
    loaded = load_case_or_workbook(path)
    if loaded.cells is None and is_workbook(path):
        _say_it_is_carried(path)
    if settings:
        from finmodel.audit.adopting.setting import with_settings  # noqa: PLC0415 - heavy: NumPy

        step("Setting inputs")
        loaded = with_settings(loaded, settings)
    for each in loaded.case.what_if:
        complain(f"What if: {each.words}")
    return loaded


def appraise_case(case: Path, settings: Sequence[str] = ()) -> Appraisal:
    """The appraisal of a case, its warnings said on the way."""
    from finmodel.appraisal.plausibility import notes_of  # noqa: PLC0415 - heavy: NumPy

    appraisal = work_out(case, settings)
    for warning in notes_of(appraisal):
        complain(f"Note: {warning}")
    return appraisal


def say_how_many_notes(appraisal: Appraisal) -> None:
    """How many warnings there are of a case, where it is another command's work to give them."""
    from finmodel.appraisal.plausibility import notes_of  # noqa: PLC0415

    notes = len(notes_of(appraisal))
    if notes:
        complain(f"Note: `finmodel check` has {'a note' if notes == 1 else f'{notes} notes'} on this case")


def work_out(case: Path, settings: Sequence[str] = ()) -> Appraisal:
    """The appraisal of a case; its warnings are left to the caller."""
    from finmodel.appraisal.appraise import appraise  # noqa: PLC0415 - heavy: NumPy

    loaded = case_at(case, settings)
    step("Working out every line")
    return appraise(loaded)
