"""`finmodel verify`: do the figures that a paper prints follow from each other?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from finmodel.cli.outermost import Judging
from finmodel.cli.running import say_which_case, step
from finmodel.cli.streams import complain, say, say_data


@click.command(cls=Judging)
@click.argument("paper", type=click.Path(path_type=Path))
@click.option("--json", "as_data", is_flag=True, help="As JSON, in the place of the table.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write the page, the workbook and the JSON to.")
def verify(paper: Path, as_data: bool, out: Path | None) -> None:
    """Say which printed figures of PAPER follow from the others, and which do not.

    PAPER is a file of quoted figures, a folder with a paper.yaml, or a case with a `stated` block, which
    may be a workbook of finmodel's. The exit code is 1 when something does not follow, and 2 when it could not be done.
    """
    from finmodel.audit.papers.as_json import as_text  # noqa: PLC0415
    from finmodel.audit.papers.terminal import terminal_text  # noqa: PLC0415
    from finmodel.audit.papers.verify import verify as verify_figures  # noqa: PLC0415 - heavy: pydantic, NumPy
    from finmodel.audit.papers.write import write_verification  # noqa: PLC0415

    step("Checking every working")
    found = verify_figures(paper)
    say_which_case(paper)
    written = write_verification(found, out) if out is not None else ()
    if as_data:
        say_data(as_text(found), newline=False)
    else:
        say(terminal_text(found))
    for path in written:
        (complain if as_data else say)(f"Wrote {path}")
    if not found.follows:
        sys.exit(1)
