"""`finmodel workload`: the recurring workload report of a service."""

from __future__ import annotations

from pathlib import Path

import click

from finmodel.cli.running import step
from finmodel.cli.streams import complain, say


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the report; outputs/<folder> by default.")
@click.option("--suppress", is_flag=True, help="Hide counts of 1 to 5, and what they could be worked out from.")
@click.option(
    "--earlier",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="With --suppress: an earlier report (its workload.json or workload.csv, or a table) that readers have.",
)
@click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A Word file (.docx) of your council whose styles the paper takes.",
)
def workload(folder: Path, out: Path | None, suppress: bool, earlier: Path | None, template: Path | None) -> None:
    """Write the workload report of FOLDER: a page, a Word paper, a workbook, a CSV and JSON.

    FOLDER holds tables of quarters (.csv or .xlsx) and, where wanted, a workload.yaml; or it is one such table.
    What looks odd is asked about on standard error and stops nothing.
    """
    from finmodel.workload.disclosure import NOTHING_EARLIER  # noqa: PLC0415 - heavy: pydantic
    from finmodel.workload.earlier import read_earlier  # noqa: PLC0415
    from finmodel.workload.load import load_workload  # noqa: PLC0415
    from finmodel.workload.published import published_workload  # noqa: PLC0415
    from finmodel.workload.terminal import terminal_text  # noqa: PLC0415
    from finmodel.workload.write import write_workload  # noqa: PLC0415

    if earlier is not None and not suppress:
        raise click.UsageError("--earlier serves --suppress alone. Add --suppress, or leave --earlier out.")
    step("Reading the tables")
    read = load_workload(folder)
    before = read_earlier(earlier, read) if earlier is not None else NOTHING_EARLIER
    report = published_workload(read, suppress=suppress, earlier=before)
    for query in report.queries:
        complain(f"Query: {query}")
    for lost in report.open:
        complain(f"Note: a small number is known from {before.name} all the same: {lost}")
    if report.unlooked:
        complain(f"Note: not looked at, because nothing says what they are of: {'; '.join(report.unlooked)}")
    where = out if out is not None else Path("outputs") / folder.resolve().with_suffix("").name
    written = write_workload(report, where, step, template)
    say(terminal_text(report))
    say(f"Wrote {', '.join(path.name for path in written)} into {where}")
