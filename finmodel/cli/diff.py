"""`finmodel diff`: two versions of a case."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from finmodel.cli.running import say_which_case, step
from finmodel.cli.streams import complain, say, say_data


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--all", "everything", is_flag=True, help="Print every change, input, measure and share of a move.")
@click.option("--years", is_flag=True, help="The same, with the yearly lines of each option.")
@click.option("--json", "as_data", is_flag=True, help="As JSON, with everything.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the page diff.html and diff.json.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where any figure moved, for use in scripts.")
def diff(old: Path, new: Path, everything: bool, years: bool, as_data: bool, out: Path | None, exit_code: bool) -> None:
    """Compare two versions of a case, in the folders, or in workbooks of finmodel's, OLD and NEW.

    Prints how far each change moved every option's net present budget impact and payback, the changes made one after
    the other in the order of the new case file. The exit code is 0 whether or not something moved, unless --exit-code
    asks otherwise.
    """
    from finmodel.audit.versions.diff import diff as compared  # noqa: PLC0415
    from finmodel.audit.versions.diff_bridge import bridge_text  # noqa: PLC0415
    from finmodel.audit.versions.diff_json import as_json  # noqa: PLC0415
    from finmodel.audit.versions.diff_text import as_text  # noqa: PLC0415
    from finmodel.audit.versions.diff_write import write_difference  # noqa: PLC0415

    found = compared(old, new, step)
    say_which_case(old, new)
    written = () if out is None else write_difference(found, out)
    if as_data:
        say_data(as_json(found), newline=False)
    else:
        say(as_text(found, years) if everything or years else bridge_text(found))
    for path in written:
        (complain if as_data else say)(f"Wrote {path}")
    if exit_code and found.moved:
        sys.exit(1)
