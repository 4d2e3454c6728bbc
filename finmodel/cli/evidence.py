"""`finmodel evidence`: what studies found, asked for from a terminal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
from msgspec.structs import asdict

from finmodel.cli.outermost import Refused
from finmodel.cli.streams import say, say_data

if TYPE_CHECKING:
    from finmodel.reference.findings import StudyFinding

# The reference data is imported inside the functions: `finmodel --help` need not wait for it.


@click.command("evidence")
@click.argument("word", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for another program.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, for a spreadsheet.")
def evidence(word: str | None, as_json: bool, as_csv: bool) -> None:
    """What studies found of interventions, one outcome a row, null findings too.

    With WORD, the rows in which it stands, or the row of that number. For example: finmodel evidence conference
    """
    from finmodel.reference.evidence_layout import findings_text  # noqa: PLC0415
    from finmodel.reference.findings import search  # noqa: PLC0415

    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other.")
    found = search(word)
    if not found:
        raise Refused(_nothing(word or ""))
    if as_json:
        say_data(json.dumps([_plain(each) for each in found], ensure_ascii=False, indent=2))
    elif as_csv:
        say_data(_csv(found), newline=False)
    else:
        say(findings_text(found))


def _nothing(word: str) -> str:
    """Why nothing was found, with the interventions that there are."""
    from finmodel.reference.findings import findings  # noqa: PLC0415

    names = sorted({found.intervention for found in findings()})
    if word.strip().isdecimal():
        last = max(found.number for found in findings())
        return f"There is no row {word.strip()} of evidence; they are numbered 1 to {last}."
    return f"No row of evidence has {word!r} in it. They are on: {'; '.join(names)}."


def _plain(found: StudyFinding) -> dict[str, str | float | None]:
    """A row by its names, its number first."""
    values = asdict(found)
    return {"number": values.pop("number"), **values}


def _csv(found: Sequence[StudyFinding]) -> str:
    rows = [_plain(each) for each in found]
    target = io.StringIO()
    writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()
