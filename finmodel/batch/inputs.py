"""What a case is worked out from, as bytes: they go to whoever works it out, and say whether it was done before."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec import Struct

from finmodel.batch.cases import CaseAt
from finmodel.case.load import CASE_FILE, LARGEST_WORKBOOK, WORKBOOK_BEGINNINGS
from finmodel.parsing.problems import Problem
from finmodel.parsing.text_files import LARGEST_FILE, CannotReadError, read_content
from finmodel.reference.edition import edition
from finmodel.results.evidence import code_edition

FORMAT = 1  # of what is kept of a case that was done


class CaseInputs(Struct, frozen=True):
    """The files of a case, each by its name within the folder, the case file or the workbook first.

    is_folder: whether a folder was named, and not its file. shown: the case as the user named it. problems: why its
    files cannot be read.
    """

    name: str
    shown: str
    is_folder: bool
    files: tuple[tuple[str, bytes], ...]
    problems: tuple[Problem, ...] = ()

    def key(self) -> str:
        """What tells this state of the case, worked out by this finmodel, from any other: a SHA-256."""
        found = hashlib.sha256(f"{FORMAT} {code_edition()} {edition()}\n".encode())
        for name, content in self.files:
            found.update(f"{name}\0{len(content)}\0".encode() + content)
        return found.hexdigest()


def inputs_of(case: CaseAt) -> CaseInputs:
    """The files of a case, or the problems with reading them.

    Beside the case's own file go the tables that it may name, which lie in its folder: every CSV file, and every file
    whose name stands in its text.
    """
    file = case.path / CASE_FILE if case.path.is_dir() else case.path
    is_folder = file != case.path
    try:
        content = read_content(file, file.name, LARGEST_WORKBOOK)
        has_tables = b"csv" in content and not content.startswith(WORKBOOK_BEGINNINGS)
        beside = _tables(file, content) if has_tables else ()
    except CannotReadError as error:
        return CaseInputs(case.name, str(case.path), is_folder, (), error.problems)
    return CaseInputs(case.name, str(case.path), is_folder, ((file.name, content), *beside))


def _tables(file: Path, content: bytes) -> tuple[tuple[str, bytes], ...]:
    folder = file.parent.resolve()
    found = []
    for path in sorted(folder.rglob("*")):
        may_be = path.suffix.lower() == ".csv" or path.name.encode() in content
        if may_be and path != file.resolve() and path.is_file() and path.resolve().is_relative_to(folder):
            found.append((path.relative_to(folder).as_posix(), read_content(path, path.name, LARGEST_FILE)))
    return tuple(found)
