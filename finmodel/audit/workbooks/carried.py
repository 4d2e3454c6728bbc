"""The case that a workbook carries on its last sheet: its files put together again, and whether they are whole."""

from __future__ import annotations

import hashlib

from msgspec import Struct

from finmodel.audit.workbooks.contents import Position, Workbook, Worksheet
from finmodel.report.case_sheet import CONTINUES, ENDS, FILE_HEADINGS, LINE_HEADINGS, MARK

_ENDS = {word: end for end, word in ENDS.items()}
_MOST_FILES = 100


class CarriedFile(Struct, frozen=True):
    """A file as the workbook carries it, and the SHA-256 that it had when the workbook was written."""

    name: str
    content: bytes
    stated_sha256: str
    place: Position  # of the stated SHA-256

    @property
    def sha256(self) -> str:
        """The SHA-256 that it has now."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def is_whole(self) -> bool:
        """Whether it is, byte for byte, what the workbook says it was."""
        return self.sha256 == self.stated_sha256


class CarriedCase(Struct, frozen=True):
    """Everything that the sheet says. code: the digest of the code that wrote it, "" where none is stated."""

    sheet: str
    made_by: str
    rates: str
    code: str
    files: tuple[CarriedFile, ...]

    @property
    def contents(self) -> list[tuple[str, bytes]]:
        """Name and content of each file."""
        return [(file.name, file.content) for file in self.files]


def carried_case(workbook: Workbook) -> CarriedCase | None:
    """The case that a workbook carries, on whichever sheet has its headings; None where it carries none."""
    for sheet in reversed(workbook.sheets):
        listed, lines = _row_of(sheet, FILE_HEADINGS), _row_of(sheet, LINE_HEADINGS)
        if listed is not None and lines is not None and listed < lines:
            return _read(sheet, listed, lines)
    return None


def _row_of(sheet: Worksheet, headings: tuple[str, ...]) -> int | None:
    rows = sorted(row for (row, column), cell in sheet.cells.items() if column == 1 and cell.value == headings[0])
    return next((row for row in rows if all(_text(sheet, row, c + 1) == h for c, h in enumerate(headings))), None)


def _read(sheet: Worksheet, listed: int, lines: int) -> CarriedCase:
    last = sheet.dimensions[0]
    texts: dict[str, list[str]] = {}
    for row in range(lines + 1, last + 1):
        name, text, end = (_text(sheet, row, column) for column in (1, 3, 4))
        if name or text or end:
            texts.setdefault(name, []).append(text + ("" if end == CONTINUES else _ENDS.get(end, "\n")))
    files = []
    for row in range(listed + 1, min(lines, listed + _MOST_FILES)):
        name = _text(sheet, row, 1)
        if name:
            mark = "\ufeff" if _text(sheet, row, 2) == MARK else ""
            content = (mark + "".join(texts.get(name, []))).encode("utf-8", "surrogatepass")
            files.append(CarriedFile(name, content, _text(sheet, row, 3), (row, 3)))
    facts = {_text(sheet, row, 1): _text(sheet, row, 2) for row in range(1, listed)}
    return CarriedCase(
        sheet.name, facts.get("Made by", ""), facts.get("Rates", ""), facts.get("Code", ""), tuple(files)
    )


def _text(sheet: Worksheet, row: int, column: int) -> str:
    cell = sheet.cells.get((row, column))
    if cell is None or cell.value is None or cell.is_calculated:
        return ""
    return cell.value if isinstance(cell.value, str) else f"{cell.value:.15g}"
