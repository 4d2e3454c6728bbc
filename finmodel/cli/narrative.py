"""`finmodel narrative`: the financial implications of a case in paragraphs."""

from __future__ import annotations

from pathlib import Path

import click

from finmodel.cli.running import CASE, SET, appraise_case
from finmodel.cli.streams import say


@click.command()
@CASE
@SET
def narrative(case: Path, settings: tuple[str, ...]) -> None:
    """Print the financial implications of CASE in paragraphs ready to paste into a paper."""
    from finmodel.report.financial_implications import narrative_text  # noqa: PLC0415
    from finmodel.results.appraised import results  # noqa: PLC0415

    say(narrative_text(results(appraise_case(case, settings))), newline=False)
