"""Whether a workbook is, part by part and byte by byte, the one that this version writes for the case."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import IO

from msgspec import Struct

from finmodel import __version__

IDENTICAL = (
    f"Every part of the file is, byte for byte, the part that finmodel {__version__} writes for this case. So there is "
    "nothing to compare cell by cell, and nothing to recalculate."
)
_PIECE = 1 << 20
_WORKSHEETS = "xl/worksheets/"
# The ends of a cell that holds something, of its formula, and of that with a stored value after it. XlsxWriter, which
# writes the parts, writes them so and nothing else so.
_CELL, _FORMULA, _STORED = b"</c>", b"</f>", b"</f><v>"


class Held(Struct):
    """How many cells, formulas and stored values of formulas the worksheets of our own file hold."""

    cells: int = 0
    formulas: int = 0
    stored_values: int = 0

    def count(self, before: bytes, piece: bytes) -> None:
        """Count those that end in a piece of a part; before: the piece before it, empty for the first."""
        self.cells += _count(_CELL, before, piece)
        self.formulas += _count(_FORMULA, before, piece)
        self.stored_values += _count(_STORED, before, piece)


def _count(end: bytes, before: bytes, piece: bytes) -> int:
    """How often something ends in a piece, where it may begin in the piece before."""
    across = before[1 - len(end) :] + piece[: len(end) - 1]
    return piece.count(end) + across.count(end)


def identical(found: bytes, expected: bytes) -> Held | None:
    """What a file holds whose unpacked parts are those of the expected file, by their names and all their bytes.

    None where they are not. No more is unpacked of either file than the parts of the expected one are long.
    """
    held = Held()
    try:
        with zipfile.ZipFile(BytesIO(found)) as one, zipfile.ZipFile(BytesIO(expected)) as other:
            names = other.namelist()
            if sorted(one.namelist()) != sorted(names):
                return None
            if any(one.getinfo(name).file_size != other.getinfo(name).file_size for name in names):
                return None
            for name in names:
                with one.open(name) as ours, other.open(name) as theirs:
                    if not _same(ours, theirs, held if name.startswith(_WORKSHEETS) else Held()):
                        return None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        return None  # the door says what is wrong with it
    return held


def _same(ours: IO[bytes], theirs: IO[bytes], held: Held) -> bool:
    """Whether two parts are the same, in pieces of equal length, for a sheet can take hundreds of megabytes."""
    before = b""
    while piece := theirs.read(_PIECE):
        if ours.read(_PIECE) != piece:
            return False
        held.count(before, piece)
        before = piece
    return not ours.read(1)
