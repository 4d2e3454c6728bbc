"""A case written as a file of its own: a workbook to fill in, or a folder with a case file. Nothing is written over."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from finmodel.case.load import CASE_FILE
from finmodel.case.workbook.writing import case_workbook
from finmodel.parsing.problems import CannotBeDoneError, Problem, ProblemsError
from finmodel.parsing.yaml_writing import as_yaml


def write_workbook(path: Path, data: Mapping[str, Any], everything: bool = False) -> Path:
    """Write a case as a workbook and give its path; ProblemsError where something is there or it cannot be written.

    data, everything: as for `case_workbook`.
    """
    _write(path, case_workbook(data, everything))
    return path


def write_folder(folder: Path, data: Mapping[str, Any]) -> Path:
    """Write a case as the case file of a folder, which is made where there is none, and give the file's path."""
    path = folder / CASE_FILE
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot(folder, error) from None
    try:
        _write(path, as_yaml(data).encode())
    except ProblemsError:
        if made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise
    return path


def _write(path: Path, content: bytes) -> None:
    """All of a file or nothing of it, and never over one that is there."""
    if os.path.lexists(path):
        what, remedy = "There is something of that name already, and it is not written over", "Choose another name."
        raise ProblemsError([Problem(str(path), None, "", what, remedy)])
    beside = path.with_name(f".{path.name}.writing")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.rename(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise _cannot(path, error) from None


def _cannot(path: Path, error: OSError) -> CannotBeDoneError:
    what = f"This cannot be written: {error.strerror or error}"
    return CannotBeDoneError([Problem(str(path), None, "", what, "Check the folder, and who may write there.")])
