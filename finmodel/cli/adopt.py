"""`finmodel adopt`: inputs that were changed in a report's workbook, as a new version of its case."""

from __future__ import annotations

from pathlib import Path

import click

from finmodel.cli.running import step
from finmodel.cli.streams import say


@click.command()
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder, or .xlsx, of the new version.")
def adopt(workbook: Path, out: Path) -> None:
    """Write the inputs that were changed in WORKBOOK, a report of finmodel's, as a new version of its case.

    Prints what was changed and what that moves. Anything else that was changed is refused and named, and then nothing
    is written; nothing is ever written over. `finmodel report` makes page and paper of the new version.
    """
    from finmodel.audit.adopting.adoption import adopt as adopted  # noqa: PLC0415 - heavy
    from finmodel.audit.adopting.words import adopted_text  # noqa: PLC0415
    from finmodel.audit.adopting.write import check_free, write_version  # noqa: PLC0415
    from finmodel.audit.versions.diff import compare  # noqa: PLC0415
    from finmodel.audit.versions.diff_bridge import bridge_text  # noqa: PLC0415

    check_free(out)
    found = adopted(workbook, step)
    if found.new is None:
        say(adopted_text(found))
        return
    moved = compare(found.old, found.new, step)
    write_version(found, out)
    say(adopted_text(found))
    say("")
    say(bridge_text(moved))
    say(f"Wrote the new version of the case: {out}")
