"""`finmodel break-even`: at which figure of an input the options break even."""

from __future__ import annotations

from pathlib import Path

import click

from finmodel.cli.running import CASE, SET, say_how_many_notes, work_out
from finmodel.cli.streams import say, say_data


@click.command("break-even")
@CASE
@click.argument("address")
@click.option("--of", "measure", help="The measure that breaks even; the net position over the years by default.")
@click.option("--option", help="The option meant; by default every one but the status quo.")
@click.option("--json", "as_data", is_flag=True, help="As JSON.")
@SET
def break_even(
    case: Path, address: str, measure: str | None, option: str | None, as_data: bool, settings: tuple[str, ...]
) -> None:
    """Solve backwards: at which figure of the input at ADDRESS does each option of CASE break even?

    ADDRESS is that of an input, such as placements.fostering.unit_cost; or the end of one, with --option where several
    options have it; or a cell of the workbook. Everything else is as stated. MEASURE is one in pounds or a ratio, such
    as cashable_saving_per_pound, which breaks even at 1.
    """
    from finmodel.report.break_even_answer import break_even_answer, solved_text  # noqa: PLC0415
    from finmodel.results.break_even import solved_result  # noqa: PLC0415
    from finmodel.results.plain import as_json  # noqa: PLC0415

    appraisal = work_out(case, settings)
    say_how_many_notes(appraisal)
    found = break_even_answer(appraisal, address, measure, option)
    if as_data:
        say_data(as_json([solved_result(each) for each in found]), newline=False)
    else:
        say(solved_text(appraisal, found))
