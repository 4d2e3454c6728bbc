"""`finmodel check`: the problems in a case, and the notes on it."""

from __future__ import annotations

from pathlib import Path

import click

from finmodel.cli.running import CASE, SET, work_out
from finmodel.cli.streams import say


@click.command()
@CASE
@SET
def check(case: Path, settings: tuple[str, ...]) -> None:
    """Look for problems in CASE without writing anything."""
    from finmodel.appraisal.plausibility import notes_of  # noqa: PLC0415 - heavy: NumPy

    appraisal = work_out(case, settings)
    for warning in notes_of(appraisal):
        say(f"Note: {warning}")
    number = len(appraisal.case.options)
    say(f"No problems: {appraisal.case.title} ({number} option{'' if number == 1 else 's'}).")
