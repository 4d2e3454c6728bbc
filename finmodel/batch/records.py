"""What is kept of a case that was done, so that it is not done again: its rows, for which inputs and which finmodel.

A record is written whole under another name and then given its own, and carries a checksum, so that what a killed run
or a full disk left is not taken for one. Beside it stand the case's documents, or its problems.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import asdict, replace

from finmodel.batch.rows import BatchRow
from finmodel.batch.work import CaseWorked
from finmodel.parsing.problems import CannotBeDoneError, Problem
from finmodel.report.whole_folder import write_whole
from finmodel.report.write import PAGE, PAPER, RESULTS, WORKBOOK

CASES, RECORD, PROBLEMS = "cases", "record.json", "problems.txt"
DOCUMENTS = (WORKBOOK, PAGE, PAPER, RESULTS)


def folder_of(out: Path, case: str) -> Path:
    """Where a case is kept."""
    return out / CASES / case


def kept(folder: Path, key: str, report: bool) -> tuple[BatchRow, ...] | None:
    """The rows of a case that was done, by these inputs and this finmodel, and is whole; otherwise None.

    report: whether its documents must be there too.
    """
    try:
        checksum, _, body = (folder / RECORD).read_text(encoding="utf-8").partition("\n")
        if checksum != _checksum(body):
            return None
        stated = json.loads(body)
        there = [name for name in stated["documents"] if (folder / name).is_file()]
        if stated["key"] != key or (report and sorted(there) != sorted(DOCUMENTS)):
            return None
        return tuple(BatchRow(**row) for row in stated["rows"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(folder: Path, key: str, worked: CaseWorked) -> None:
    """Keep a case that was done, its record last. CannotBeDoneError where the folder cannot be written."""
    documents = dict(worked.documents)
    stated = {"key": key, "documents": sorted(documents), "rows": [asdict(row) for row in worked.rows]}
    body = json.dumps(stated, ensure_ascii=False, indent=1, allow_nan=False)
    with _writing(folder):
        _clear(folder)
        if documents:
            write_whole(folder, documents)
        _write(folder, RECORD, f"{_checksum(body)}\n{body}")
        (folder / PROBLEMS).unlink(missing_ok=True)


def keep_failure(folder: Path, failure: str) -> Path:
    """Keep why a case failed, with all its problems, in the place of what was kept of it."""
    with _writing(folder):
        _clear(folder)
        _write(folder, PROBLEMS, f"{failure}\n")
    return folder / PROBLEMS


def named(rows: Sequence[BatchRow], case: str) -> tuple[BatchRow, ...]:
    """The rows of a case by the name that it has in this run."""
    return tuple(replace(row, case=case) for row in rows)


def _clear(folder: Path) -> None:
    """Take away what an earlier state of a case left, its record first: no document stands beside other figures."""
    for name in (RECORD, *DOCUMENTS):
        (folder / name).unlink(missing_ok=True)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        what = f"What is done cannot be kept here: {error.strerror or error}"
        raise CannotBeDoneError([Problem(str(folder), None, "", what, "Name another folder with --out.")]) from error


def _write(folder: Path, name: str, text: str) -> None:
    new = folder / f".{name}.new"
    with new.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, folder / name)  # noqa: PTH105


def _checksum(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()
