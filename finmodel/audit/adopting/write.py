"""Writing a new version of a case: a folder that was not there before, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from finmodel.audit.adopting.adoption import Adoption, files_of
from finmodel.parsing.problems import CannotBeDoneError, Problem

_WORKBOOK = ".xlsx"
_NEW = "Name with --out what is not there yet."


def check_free(out: Path) -> None:
    """Raise CannotBeDoneError where a new version cannot be written to this place: nothing is ever written over."""
    if out.is_dir() and any(out.iterdir()):
        first = sorted(path.name for path in out.iterdir())[0]
        what = f"This folder holds files ({first} …), and a case is never written over"
        raise CannotBeDoneError([Problem(str(out), None, "", what, _NEW)])
    if out.exists() and not out.is_dir():
        what = "There is a file of this name, and a case is never written over"
        raise CannotBeDoneError([Problem(str(out), None, "", what, _NEW)])


def write_version(adoption: Adoption, out: Path) -> None:
    """Write the new version of a case: as a workbook to fill in where the name ends so, else as a folder."""
    check_free(out)
    if out.suffix.lower() != _WORKBOOK:
        write_case(files_of(adoption), out)
        return
    from finmodel.case.workbook.files import write_workbook  # noqa: PLC0415 - heavy: XlsxWriter

    assert adoption.new is not None
    write_workbook(out, adoption.new.data)


def write_case(files: Mapping[str, bytes], out: Path) -> tuple[Path, ...]:
    """Write the files of a case into a folder of their own.

    The folder takes its name when every file in it is complete. Raises CannotBeDoneError where it cannot be written.
    """
    check_free(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".finmodel-", dir=out.parent, ignore_cleanup_errors=True) as made:
            folder = Path(made) / "case"
            for name, content in files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
            if out.is_dir():
                out.rmdir()
            shutil.move(folder, out)
    except OSError as error:
        what = f"The case cannot be written here: {error.strerror or error}"
        raise CannotBeDoneError([Problem(str(out), None, "", what, "Name another folder with --out.")]) from error
    return tuple(out / name for name in files)
