"""`finmodel explain`: how a figure came about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from finmodel.cli.running import CASE, appraise_case, saying_problems

if TYPE_CHECKING:
    from finmodel.lines.line import Line


@click.command()
@CASE
@click.argument("address")
@click.option("--year", help="The year to explain, such as 2016/17; the first by default.")
@click.option("--month", help="The month to explain, such as 2016-09; the first by default.")
@click.option("--depth", type=click.IntRange(min=0), help="How many levels down; to the inputs by default.")
@click.option("--html", "as_page", is_flag=True, help="As nested HTML lists.")
@click.option("--json", "as_data", is_flag=True, help="As JSON.")
@saying_problems
def explain(
    case: Path, address: str, year: str | None, month: str | None, depth: int | None, as_page: bool, as_data: bool
) -> None:
    """Say how the figure at ADDRESS in CASE came about, such as options.peripatetic.cost."""
    from finmodel.appraisal.finding import find_line, find_period  # noqa: PLC0415
    from finmodel.lines import explain as explaining  # noqa: PLC0415

    appraisal = appraise_case(case)
    line: Line = find_line(appraisal, address)
    found = explaining.explain(appraisal.results, line, find_period(appraisal, line, year, month), depth)
    if as_data:
        click.echo(json.dumps(found.as_dict(), indent=1, ensure_ascii=False))
    else:
        click.echo(explaining.as_html(found) if as_page else explaining.as_text(found))
