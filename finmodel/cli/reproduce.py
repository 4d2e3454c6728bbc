"""`finmodel reproduce`: do these results still come out?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from finmodel.cli.outermost import Judging
from finmodel.cli.running import CASE, appraise_case
from finmodel.cli.streams import say, say_data


@click.command(cls=Judging)
@click.argument("results", type=click.Path(path_type=Path))
@CASE
@click.option("--json", "as_data", is_flag=True, help="As JSON, with every difference.")
def reproduce(results: Path, case: Path, as_data: bool) -> None:
    """Say whether the figures of RESULTS, a results.json, still come out of CASE, and what differs.

    The exit code is 1 where a figure differs, and 2 where it could not be done.
    """
    from finmodel.audit.versions.old_results import read_results  # noqa: PLC0415
    from finmodel.audit.versions.reproduce import reproduce as compare  # noqa: PLC0415
    from finmodel.audit.versions.reproduce_text import as_text  # noqa: PLC0415

    old = read_results(results)
    found = compare(old, appraise_case(case))
    if as_data:
        say_data(found.as_json())
    else:
        say(as_text(found))
    if not found.comes_out:
        sys.exit(1)
