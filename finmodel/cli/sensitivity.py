"""`finmodel sensitivity`, `switch` and `scenarios`: what a change of the inputs would do to the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from finmodel.cli.running import CASE, SET, say_how_many_notes, work_out
from finmodel.cli.streams import say, say_data

if TYPE_CHECKING:
    from finmodel.document.parts import Part
    from finmodel.results.appraised import AppraisalResults

AS_DATA = click.option("--json", "as_data", is_flag=True, help="As JSON.")


@click.command()
@CASE
@SET
@AS_DATA
def sensitivity(case: Path, settings: tuple[str, ...], as_data: bool) -> None:
    """What if: fewer children, another price, less cash, dearer pay? And which inputs of CASE matter most?

    Everything that every report shows of it: the questions, what must be true for each option to pay back, switching
    values, the inputs that matter, children and price together. Each by itself, everything else as stated.
    """
    from finmodel.report.uncertainty_tables import sensitivity_parts, what_if_parts  # noqa: PLC0415

    _answer(case, settings, as_data, lambda found: (*what_if_parts(found), *sensitivity_parts(found)))


@click.command()
@CASE
@SET
@AS_DATA
def switch(case: Path, settings: tuple[str, ...], as_data: bool) -> None:
    """Switching values: at which figure of each input of CASE does the answer turn, everything else as stated?"""
    from finmodel.report.uncertainty_tables import switching_parts  # noqa: PLC0415

    _answer(case, settings, as_data, switching_parts)


@click.command()
@CASE
@SET
@AS_DATA
def scenarios(case: Path, settings: tuple[str, ...], as_data: bool) -> None:
    """The scenarios that CASE names (`scenarios`), side by side with the case as it is stated."""
    from finmodel.report.uncertainty_tables import scenario_parts  # noqa: PLC0415

    _answer(case, settings, as_data, scenario_parts)


def _answer(
    case: Path, settings: tuple[str, ...], as_data: bool, parts: Callable[[AppraisalResults], Iterable[Part]]
) -> None:
    from finmodel.document.parts import Paragraph  # noqa: PLC0415
    from finmodel.document.text import text_lines  # noqa: PLC0415
    from finmodel.results.appraised import results  # noqa: PLC0415
    from finmodel.results.plain import as_json  # noqa: PLC0415

    appraisal = work_out(case, settings)
    say_how_many_notes(appraisal)
    found = results(appraisal)
    if as_data:
        say_data(as_json(found.uncertainty), newline=False)
        return
    made = tuple(parts(found)) or (Paragraph("There is nothing to try: the case has no option."),)
    say("\n".join(text_lines(made)).rstrip())
