"""Loading a case from its folder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from finmodel.case.problems import Problem, ProblemsError
from finmodel.case.schema import Case
from finmodel.case.source import CannotReadError, read_text, read_yaml
from finmodel.case.tables import Tables, read_content
from finmodel.case.validation import case_from_document, warnings_in

CASE_FILE = "case.yaml"


@dataclass(frozen=True, slots=True)
class LoadedCase:
    """A case as it was loaded: what it states, where from, and what the user may want to know.

    data: the case file as plain data, its anchors and tables filled in, for comparing versions.
    """

    case: Case
    folder: Path
    files: tuple[tuple[str, str], ...]  # name and SHA-256 of each file read
    warnings: tuple[Problem, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


def load_case(path: str | Path) -> LoadedCase:
    """The case in a folder, or in the YAML file named; raises ProblemsError with every problem in it."""
    file = _case_file(Path(path))
    try:
        content = read_content(file, file.name)
        document = read_yaml(read_text(content, file.name), file.name)
    except CannotReadError as error:
        raise ProblemsError(error.problems) from None
    tables = Tables(file.parent, document)
    tables.fill_in()
    case = case_from_document(document)
    hashes = {file.name: hashlib.sha256(content).hexdigest(), **tables.hashes}
    return LoadedCase(case, file.parent, tuple(sorted(hashes.items())), warnings_in(case, document), document.data)


def _case_file(path: Path) -> Path:
    """The YAML file meant by a path."""
    try:
        file = path / CASE_FILE if path.is_dir() else path
        found = file.is_file()
    except (OSError, ValueError):
        file, found = path, False
    if not found:
        raise ProblemsError([_not_found(path, file)])
    return file


def _not_found(path: Path, file: Path) -> Problem:
    if file != path:
        what, remedy = f"The folder has no {CASE_FILE}", f"Name the folder of a case, which holds a file {CASE_FILE}."
        return Problem(str(path), None, "", what, remedy)
    return Problem(str(path), None, "", "There is no such file or folder", "Check the name, and where you are.")
