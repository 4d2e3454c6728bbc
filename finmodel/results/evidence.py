"""Evidence that the code behind a report was tested: what was recalculated by which engines, when, and for which code.

Written at a release by `make evidence` into `evidence.json`, with a digest of the code that was tested. At run time the
clock is never asked and nothing is tested: the record is shown where the digest is that of the code at hand, and where
it is another, the report says that there is none.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cache
from pathlib import Path

from msgspec import Struct

PACKAGE = Path(__file__).parents[1]
RECORD = Path(__file__).with_name("evidence.json")
NO_RECORD = "No test run is recorded for this code: it was changed since the last release, or none was recorded."


class EngineRun(Struct, frozen=True):
    """The workbooks of the shipped cases, recalculated by a spreadsheet engine that knows nothing of finmodel."""

    engine: str
    version: str
    workbooks: int
    formulas: int
    differences: int


class ReleaseEvidence(Struct, frozen=True):
    """What was tested at a release: on which day, how many tests passed and failed, and what was recalculated."""

    version: str
    date: date
    passed: int
    failed: int
    recalculations: tuple[EngineRun, ...]


def digest_of_code() -> str:
    """A digest of every file of code and of data in the package; line ends make no difference."""
    found = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".csv"}:
            found.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0")
            found.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()


@cache
def code_edition() -> str:
    """The digest of the code that runs: what distinguishes two states of it with one version number."""
    return digest_of_code()


@cache
def release_evidence() -> ReleaseEvidence | None:
    """The record of the release, where it is of the code at hand; otherwise None."""
    if not RECORD.exists():
        return None
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    if record.get("code") != code_edition():
        return None
    return ReleaseEvidence(
        record["version"],
        date.fromisoformat(record["date"]),
        record["passed"],
        record["failed"],
        tuple(EngineRun(**each) for each in record["recalculations"]),
    )


def evidence_sentences(found: ReleaseEvidence | None) -> tuple[str, ...]:
    """The evidence in sentences, or that there is none."""
    if found is None:
        return (NO_RECORD,)
    tested = f"Version {found.version} was tested on {found.date.isoformat()}"
    recalculated = [
        f"{each.engine} {each.version} recalculated {each.formulas:,} formulas of {each.workbooks} shipped "
        f"workbooks; {each.differences:,} differed."
        for each in found.recalculations
    ]
    return (f"{tested}: {found.passed:,} tests passed, {found.failed:,} failed.", *recalculated)
