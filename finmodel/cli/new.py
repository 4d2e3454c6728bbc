"""`finmodel new` and `finmodel convert`: a case as an Excel workbook, and back."""

from __future__ import annotations

from pathlib import Path

import click

from finmodel.cli.running import CASE, case_at, step
from finmodel.cli.streams import complain, say

_LOST = "Remarks, anchors and the layout of CSV files are not kept; every value, note, source and confidence is."


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--from", "case", type=click.Path(path_type=Path), help="A case to begin with: folder or workbook.")
@click.option("--all", "everything", is_flag=True, help="Every sheet and column there is, and not only the usual ones.")
def new(file: Path, case: Path | None, everything: bool) -> None:
    """Write FILE.xlsx, an Excel workbook in which to fill in a case: no other file is needed."""
    from finmodel.case.workbook.files import write_workbook  # noqa: PLC0415 - heavy: pydantic

    _must_end(file, ".xlsx")
    loaded = None if case is None else case_at(case)
    step("Writing the workbook")
    write_workbook(file, {} if loaded is None else loaded.data, everything)
    if loaded is not None:
        complain(f"Note: {_LOST}")
    say(f"Wrote {file}. Open it in Excel, fill it in and save it; then: finmodel check {_quoted(file)}")


@click.command()
@CASE
@click.argument("out", type=click.Path(path_type=Path))
def convert(case: Path, out: Path) -> None:
    """Write CASE, a folder or a workbook, as OUT: a workbook where OUT ends in .xlsx, else a folder with a case.yaml.

    Nothing that is there is written over.
    """
    from finmodel.case.workbook.files import write_folder, write_workbook  # noqa: PLC0415 - heavy: pydantic

    loaded = case_at(case)
    step("Writing the case")
    is_workbook = out.suffix.lower() == ".xlsx"
    written = write_workbook(out, loaded.data) if is_workbook else write_folder(out, loaded.data)
    complain(f"Note: {_LOST}")
    say(f"Wrote {written}")


def _must_end(file: Path, ending: str) -> None:
    if file.suffix.lower() != ending:
        raise click.UsageError(f"FILE must end in {ending}, like our-paper{ending}.")


def _quoted(file: Path) -> str:
    return f'"{file}"' if " " in str(file) else str(file)
