"""Writing files into a folder: all of them or none, with a problem in words where it cannot be done."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from finmodel.parsing.problems import CannotBeDoneError, Problem
from finmodel.report.atomic_write import replace_together

_OF_A_FILE = {".html", ".xlsx", ".docx", ".json", ".pdf", ".txt"}


def write_whole(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder, all of them or none; a run that is killed leaves the old ones or the new ones, whole.

    contents: the bytes of each file by its name. Raises CannotBeDoneError when the folder cannot be written, or is
    not there and has the name of a file.
    """
    if folder.suffix.lower() in _OF_A_FILE and not folder.exists():
        names = ", ".join(contents)
        what, remedy = "This is the name of a file", f"Name a folder with --out: {names} will be written into it."
        raise CannotBeDoneError([Problem(str(folder), None, "", what, remedy)])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        replace_together(folder, contents)
    except OSError as error:
        raise CannotBeDoneError([_cannot_write(folder, error)]) from error
    return tuple(folder / name for name in contents)


def _cannot_write(folder: Path, error: OSError) -> Problem:
    reason = error.strerror or str(error)
    return Problem(
        str(folder),
        None,
        "",
        f"The reports cannot be written here: {reason}",
        "Name another folder with --out, or close the program that holds the files open.",
    )
