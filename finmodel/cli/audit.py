"""`finmodel audit`: what was changed in a workbook since it was written."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from finmodel.cli.outermost import Judging
from finmodel.cli.running import case_at, step
from finmodel.cli.streams import complain, say, say_data


@click.command(cls=Judging)
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option(
    "--case",
    type=click.Path(path_type=Path),
    help="Compare with this case, or the case in this other workbook, not with the one that WORKBOOK carries.",
)
@click.option("--json", "as_data", is_flag=True, help="As JSON.")
@click.option("--out", type=click.Path(path_type=Path), help="Also write audit.html and audit.json to this folder.")
def audit(workbook: Path, case: Path | None, as_data: bool, out: Path | None) -> None:
    """Say what was changed in WORKBOOK since finmodel wrote it; check any other workbook by the general rules.

    Every cell is compared with the model of its case and recalculated by an engine that is not finmodel's. The exit
    code is 1 when there is anything to report, changed inputs among it, 0 when there is nothing, and 2 when it could
    not be done, or when another version of finmodel made the workbook, which this one cannot certify.
    """
    from finmodel.audit.workbooks import audit as auditing  # noqa: PLC0415 - heavy
    from finmodel.audit.workbooks.reporting import as_json, as_text, exit_code, write_audit  # noqa: PLC0415

    if case is not None and case.resolve() == workbook.resolve():
        raise click.UsageError("--case names the workbook itself. Name a copy from elsewhere, or leave --case out.")
    loaded = case_at(case) if case is not None else None
    step("Opening the workbook, and building the model that it should hold")
    found = auditing.audit(workbook, loaded)
    written = write_audit(found, out) if out is not None else ()
    if as_data:
        say_data(as_json(found), newline=False)
    else:
        say(as_text(found))
    for path in written:
        (complain if as_data else say)(f"Wrote {path}")
    sys.exit(exit_code(found))
