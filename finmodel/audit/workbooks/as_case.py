"""A workbook in the place of a case: whoever has nothing else goes on with the case that it carries."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from finmodel.appraisal.worked_problems import problems_of_sound_claims
from finmodel.case import LoadedCase, Problem, ProblemsError, load_case
from finmodel.case.load import WORKBOOK_BEGINNINGS, load_carried_case

if TYPE_CHECKING:
    from finmodel.audit.workbooks.carried import CarriedFile

_NONE = "The workbook carries no case: it is not finmodel's, or its sheet with the case is gone"
_NOT_WHOLE = "The workbook's copy of this file is not what it was when the workbook was written"
_ASK = "Ask for the folder of the case, and name that."


def is_workbook(path: str | Path) -> bool:
    """Whether a path names a file that begins as a workbook does, whatever its name ends in."""
    try:
        if not Path(path).is_file():  # a pipe would wait for ever for somebody to write into it
            return False
        with Path(path).open("rb") as file:
            return file.read(8).startswith(WORKBOOK_BEGINNINGS)
    except (OSError, ValueError):
        return False


def load_case_or_workbook(path: str | Path) -> LoadedCase:
    """The case at a path: a folder, its YAML file, or a workbook of finmodel's, which carries the case it is made from.

    What was typed into the cells of the workbook since is not in it. Raises ProblemsError with every problem of the
    case, and where a workbook carries none, one that was changed on the sheet, or one that two programs can read
    differently.
    """
    return _of_workbook(path) if is_workbook(path) else load_case(path, problems_of_sound_claims)


def _of_workbook(path: str | Path) -> LoadedCase:
    # Heavy, and most cases are files of text.
    from finmodel.audit.workbooks.carried import carried_case  # noqa: PLC0415
    from finmodel.audit.workbooks.opening import open_workbook  # noqa: PLC0415
    from finmodel.case.workbook.reading import is_known  # noqa: PLC0415

    found = open_workbook(path)
    carried = carried_case(found)
    if carried is None and is_known(sheet.name for sheet in found.sheets):
        return load_case(path, problems_of_sound_claims)
    if carried is None or not carried.files:
        raise ProblemsError([Problem(str(path), None, "", _NONE, _ASK)])
    odd = [each for each in found.oddities if each.sheet == carried.sheet]
    if odd:
        raise ProblemsError(
            [Problem(str(path), None, f"sheet {each.sheet}, {each.cells}", each.what, _ASK) for each in odd]
        )
    changed = [file for file in carried.files if not file.is_whole]
    if changed:
        raise ProblemsError(_changed(str(path), carried.sheet, changed))
    loaded = load_carried_case(carried.contents, problems_of_sound_claims)
    return replace(loaded, folder=Path(path).with_suffix(""))


def carries_its_case(path: str | Path) -> bool:
    """Whether a path names a report of finmodel's, which carries its case, and not a workbook that is a case itself."""
    if not is_workbook(path):
        return False
    from finmodel.parsing.archive import Archive, Limits, read_whole  # noqa: PLC0415
    from finmodel.report.case_sheet import INTRODUCTION  # noqa: PLC0415 - heavy: XlsxWriter

    try:
        archive = Archive(str(path), read_whole(Path(path), Limits()), Limits())
        texts = [part for part in archive.parts if part.startswith("xl/") and part.endswith(".xml")]
        return any(INTRODUCTION[:40].encode() in b"".join(archive.chunks(part)) for part in reversed(texts))
    except ProblemsError:
        return False


def _changed(path: str, sheet: str, files: Sequence[CarriedFile]) -> list[Problem]:
    remedy = f"{_ASK} `finmodel audit` reports what else was changed."
    return [Problem(path, None, f"sheet {sheet}, {file.name}", _NOT_WHOLE, remedy) for file in files]
