"""The command line: thin commands over functions that a notebook can call."""

from __future__ import annotations

from pathlib import Path

import click

from finmodel import __version__
from finmodel.cli.audit import audit
from finmodel.cli.diff import diff
from finmodel.cli.explain import explain
from finmodel.cli.reproduce import reproduce
from finmodel.cli.running import CASE, appraise_case, case_at, saying_problems, step
from finmodel.cli.verify import verify
from finmodel.reference.command import rates


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="finmodel")
def main() -> None:
    """Invest-to-save appraisal for English councils' children's services.

    Posts are priced by pay grade, set against avoided placements of looked-after children, and the options are laid
    side by side, every figure explained down to its source.
    """


@main.command()
@CASE
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the reports; outputs/<case> by default.")
@saying_problems
def report(case: Path, out: Path | None) -> None:
    """Write the page, the workbook, the Word paper and results.json of CASE, a folder with a case.yaml."""
    from finmodel.report.terminal import summary_table  # noqa: PLC0415
    from finmodel.report.write import WORKBOOK, write_report  # noqa: PLC0415

    appraisal = appraise_case(case)
    folder = out if out is not None else Path("outputs") / appraisal.loaded.folder.resolve().name
    if (folder / WORKBOOK).resolve() == case.resolve():
        raise click.UsageError("This would write over the workbook that CASE names. Name another folder with --out.")
    written = write_report(appraisal, folder, step)
    click.echo(summary_table(appraisal))
    click.echo("")
    for path in written:
        click.echo(f"Wrote {path}")


@main.command()
@CASE
@saying_problems
def check(case: Path) -> None:
    """Look for problems in CASE without writing anything."""
    loaded = case_at(case)
    from finmodel.appraisal.appraise import write_model  # noqa: PLC0415 - heavy: NumPy
    from finmodel.appraisal.worked_problems import check_figures  # noqa: PLC0415

    check_figures(loaded, write_model(loaded.case).model)
    for warning in loaded.warnings:
        click.echo(f"Note: {warning}")
    click.echo(f"No problems: {loaded.case.title} ({len(loaded.case.options)} options).")


@main.command()
@CASE
@saying_problems
def narrative(case: Path) -> None:
    """Print the financial implications of CASE in paragraphs ready to paste into a paper."""
    from finmodel.report.narrative import narrative_text  # noqa: PLC0415
    from finmodel.report.results_json import results  # noqa: PLC0415

    click.echo(narrative_text(results(appraise_case(case))), nl=False)


for command in (audit, diff, explain, rates, reproduce, verify):
    main.add_command(command)
