"""The outside of a workbook file, a zip of XML parts: what is none is a problem, what could do harm is not unpacked."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from msgspec import Struct

from finmodel.parsing.problems import Problem, ProblemsError

_CHUNK = 65_536
_HEAD, _DESCRIPTOR = 30, 24  # bytes before a part's name, and at most after a part
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACROS = {"xl/vbaproject.bin"}


class Limits(Struct, frozen=True):
    """What a workbook may be at most. Beyond them nothing is unpacked: council models are far smaller."""

    file_bytes: int = 60_000_000
    members: int = 5_000
    unpacked_bytes: int = 800_000_000
    ratio: int = 250  # unpacked ÷ packed, of a part that is not small
    small_part_bytes: int = 5_000_000
    sheets: int = 1_000
    cells: int = 2_000_000
    formula_characters: int = 300_000_000
    markup_bytes: int = 4_000_000  # of one tag
    text_characters: int = 200_000_000
    depth: int = 200


class Archive:
    """The parts of a workbook file by name. Reading a part never takes more than was allowed for."""

    def __init__(self, name: str, content: bytes, limits: Limits) -> None:
        self.name, self.content, self.limits = name, content, limits
        self._described = False  # whether the part that was looked at last is followed by its size and checksum
        self.read: set[str] = set()  # the parts that were read, in lower case
        self._zip = _opened(name, content)
        files = [info for info in self._zip.infolist() if not info.filename.endswith("/")]
        self._members = {info.filename.lstrip("/").lower(): info for info in files}
        self._look()

    def _look(self) -> None:
        infos, limits = self._zip.infolist(), self.limits
        if len(infos) > limits.members:
            raise self.problem("", f"The file has {len(infos):,} parts, more than {limits.members:,}", _TOO_MUCH)
        if len(self._members) < sum(not info.filename.endswith("/") for info in infos):
            raise self.problem("", "Two parts of the file have the same name", _DAMAGED)
        if any(info.flag_bits & 1 for info in infos):
            raise self.problem("", "The file is protected by a password", _PASSWORD)
        if sum(info.file_size for info in infos) > limits.unpacked_bytes:
            what = f"Unpacked, the file is larger than {limits.unpacked_bytes // 1_000_000} MB"
            raise self.problem("", what, _TOO_MUCH)
        for info in infos:
            if info.file_size > max(limits.small_part_bytes, limits.ratio * info.compress_size):
                what = f"A part of the file unpacks to more than {limits.ratio} times its size"
                raise self.problem(info.filename, what, _TOO_MUCH)

    def problem(self, part: str, what: str, remedy: str) -> ProblemsError:
        """The problem of a part, to be raised."""
        return ProblemsError([Problem(self.name, None, part, what, remedy)])

    def damaged(self, part: str, what: str) -> ProblemsError:
        """A part that cannot be read, to be raised."""
        return self.problem(part, what, _DAMAGED)

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts, in lower case, in order."""
        return tuple(sorted(self._members))

    @property
    def has_more(self) -> bool:
        """Whether there are bytes between the parts, or before them, that its list of parts does not speak of.

        Programs that read a file from its beginning find parts there that the others, who read the list, do not.
        """
        at = 0
        for info in sorted(self._zip.infolist(), key=lambda info: info.header_offset):
            after = _DESCRIPTOR if at and self._described else 0
            if not at <= info.header_offset <= at + after:
                return True
            self._described = bool(info.flag_bits & 0x08)
            head = self.content[info.header_offset : info.header_offset + _HEAD]
            name, extra = int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")
            at = info.header_offset + _HEAD + name + extra + info.compress_size
        return not at <= self._zip.start_dir <= at + (_DESCRIPTOR if self._described else 0)

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._members

    def chunks(self, part: str) -> Iterator[bytes]:
        """The content of a part, piece by piece."""
        info = self._members.get(part.lower())
        if info is None:
            raise self.damaged(part, "A part that the workbook speaks of is not there")
        self.read.add(part.lower())
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
            raise self.damaged(part, "A part of the file cannot be unpacked") from None


def read_whole(path: Path, limits: Limits) -> bytes:
    """The bytes of a file; ProblemsError where it is no file, cannot be read or is too large."""
    name = str(path)
    try:
        is_file = stat.S_ISREG(path.stat().st_mode)
        content = b""
        if is_file:
            with path.open("rb") as file:
                content = file.read(limits.file_bytes + 1)
    except (OSError, ValueError):
        problem = Problem(name, None, "", "There is no such file, or it cannot be read", "Check the name of the file.")
        raise ProblemsError([problem]) from None
    if not is_file:
        raise ProblemsError([Problem(name, None, "", "This is not a file", "Name a workbook, a file ending in .xlsx.")])
    if len(content) > limits.file_bytes:
        what = f"The file is larger than {limits.file_bytes // 1_000_000} MB"
        raise ProblemsError([Problem(name, None, "", what, _TOO_MUCH)])
    return content


def _opened(name: str, content: bytes) -> zipfile.ZipFile:
    if not content.startswith(b"PK"):
        raise ProblemsError([Problem(name, None, "", *_no_workbook(content))])
    try:
        return zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, UnicodeError):
        raise ProblemsError([Problem(name, None, "", "The file is damaged: it cannot be unpacked", _DAMAGED)]) from None


def _no_workbook(content: bytes) -> tuple[str, str]:
    """What a file is instead, and what to do."""
    if not content:
        return "The file is empty", "Save the workbook again."
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            return "The file is protected by a password", _PASSWORD
        return "This is a workbook of the old kind, .xls", "Open it in Excel and save it as .xlsx."
    is_pdf = content.startswith(b"%PDF")
    if is_pdf or content.lstrip()[:1] in (b"<", b"{", b"["):
        return f"This is not a workbook but {'a PDF' if is_pdf else 'text'}", "Name a workbook, a file ending in .xlsx."
    if b"\0" not in content[:4096]:
        return "This is not a workbook but text, perhaps .csv", "Open it in Excel and save it as .xlsx."
    return "This is not a workbook", "Name a workbook, a file ending in .xlsx."


_TOO_MUCH = "No council model is so large: check that this is the right file."
_DAMAGED = "Open it in Excel, let it repair the file, and save it again."
_PASSWORD = "Open it in Excel, take the password off, and save a copy."
