"""The command line: thin commands over functions that a notebook can call."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from finmodel import __version__
from finmodel.reference.command import rates

if TYPE_CHECKING:
    from finmodel.appraisal.appraise import Appraisal
    from finmodel.lines.line import Line

_Parameters = ParamSpec("_Parameters")
_Returned = TypeVar("_Returned")
_CASE = click.argument("case", type=click.Path(path_type=Path))


def _saying_problems(command: Callable[_Parameters, _Returned]) -> Callable[_Parameters, _Returned]:
    """Problems in the inputs go to standard error, all of them, and the exit code is 1."""

    @wraps(command)
    def run(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Returned:
        from finmodel.case.problems import ProblemsError  # noqa: PLC0415

        try:
            return command(*args, **kwargs)
        except ProblemsError as error:
            click.echo(str(error), err=True)
            sys.exit(1)

    return run


def _step(text: str) -> None:
    """Progress, where somebody watches."""
    if sys.stderr.isatty():
        click.echo(f"{text} …", err=True)


def _appraise(case: Path) -> Appraisal:
    from finmodel.appraisal.appraise import appraise  # noqa: PLC0415 - heavy: NumPy
    from finmodel.case import load_case  # noqa: PLC0415 - heavy: pydantic

    _step("Reading the case")
    loaded = load_case(case)
    for warning in loaded.warnings:
        click.echo(f"Note: {warning}", err=True)
    _step("Working out every line")
    return appraise(loaded)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="finmodel")
def main() -> None:
    """Invest-to-save appraisal for English councils' children's services.

    Posts are priced by pay grade, set against avoided placements of looked-after children, and the options are laid
    side by side, every figure explained down to its source.
    """


@main.command()
@_CASE
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the reports; outputs/<case> by default.")
@_saying_problems
def report(case: Path, out: Path | None) -> None:
    """Write the page, the workbook, the Word paper and results.json of CASE, a folder with a case.yaml."""
    from finmodel.report.terminal import summary_table  # noqa: PLC0415
    from finmodel.report.write import write_report  # noqa: PLC0415

    appraisal = _appraise(case)
    folder = out if out is not None else Path("outputs") / appraisal.loaded.folder.resolve().name
    written = write_report(appraisal, folder, _step)
    click.echo(summary_table(appraisal))
    click.echo("")
    for path in written:
        click.echo(f"Wrote {path}")


@main.command()
@_CASE
@_saying_problems
def check(case: Path) -> None:
    """Look for problems in CASE without writing anything."""
    from finmodel.case import load_case  # noqa: PLC0415

    loaded = load_case(case)
    for warning in loaded.warnings:
        click.echo(f"Note: {warning}")
    click.echo(f"No problems: {loaded.case.title} ({len(loaded.case.options)} options).")


@main.command()
@_CASE
@click.argument("address")
@click.option("--year", help="The year to explain, such as 2016/17; the first by default.")
@click.option("--month", help="The month to explain, such as 2016-09; the first by default.")
@click.option("--depth", type=click.IntRange(min=0), help="How many levels down; to the inputs by default.")
@click.option("--html", "as_page", is_flag=True, help="As nested HTML lists.")
@click.option("--json", "as_data", is_flag=True, help="As JSON.")
@_saying_problems
def explain(
    case: Path, address: str, year: str | None, month: str | None, depth: int | None, as_page: bool, as_data: bool
) -> None:
    """Say how the figure at ADDRESS in CASE came about, such as options.peripatetic.cost."""
    from finmodel.appraisal.finding import find_line, find_period  # noqa: PLC0415
    from finmodel.lines import explain as explaining  # noqa: PLC0415

    appraisal = _appraise(case)
    line: Line = find_line(appraisal, address)
    found = explaining.explain(appraisal.results, line, find_period(appraisal, line, year, month), depth)
    if as_data:
        click.echo(json.dumps(found.as_dict(), indent=1, ensure_ascii=False))
    else:
        click.echo(explaining.as_html(found) if as_page else explaining.as_text(found))


@main.command()
@_CASE
@_saying_problems
def narrative(case: Path) -> None:
    """Print the financial implications of CASE in paragraphs ready to paste into a paper."""
    from finmodel.report.narrative import narrative_text  # noqa: PLC0415
    from finmodel.report.results_json import results  # noqa: PLC0415

    click.echo(narrative_text(results(_appraise(case))), nl=False)


main.add_command(rates)
