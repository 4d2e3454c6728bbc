"""A workbook whose parts are packed as they are written: what is held is the packed file, and never a sheet's text.

XlsxWriter writes every part of a workbook, as text, before it packs the first. The largest reports have some 300 MB of
it. The packed file has the same parts in the same order.
"""

from __future__ import annotations

from io import BytesIO, StringIO
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings

_LEVEL = 5  # of packing: files a hundredth larger than by 6, in two thirds of the time
_CHUNK = 1 << 20  # how many letters are packed together
_DAY = (1980, 1, 1, 0, 0, 0)  # of every part, as Excel writes it


class _Part(StringIO):
    """A part that is written: its text goes into the package and is not kept."""

    def __init__(self, package: ZipFile, name: str) -> None:
        super().__init__()
        self._into = package.open(_named(name), "w")
        self._pieces: list[str] = []
        self._waiting = 0

    def write(self, text: str) -> int:
        """Add text."""
        self._pieces.append(text)
        self._waiting += len(text)
        if self._waiting >= _CHUNK:
            self._pack()
        return len(text)

    def _pack(self) -> None:
        self._into.write("".join(self._pieces).encode())
        self._pieces.clear()
        self._waiting = 0

    def finish(self) -> None:
        """The part is complete."""
        self._pack()
        self._into.close()


class _WrittenStrings(SharedStrings):  # type: ignore[misc]  # XlsxWriter has no types
    """The texts of a workbook; XlsxWriter looks through each seven times for what must be written otherwise."""

    def _write_sst_strings(self) -> None:
        for text in self.string_table.string_array:
            if _is_plain(text):
                self.fh.write(f"<si><t>{text}</t></si>")
            else:
                self._write_si(text)


def _is_plain(text: str) -> bool:
    """Whether a text is written as it is: nothing to escape, no blank at an end, no letter that cannot be seen."""
    return (
        text.isprintable()
        and not ("&" in text or "<" in text or ">" in text or "_x" in text)
        and not (text.startswith(" ") or text.endswith(" "))
    )


class _Packing(Packager):  # type: ignore[misc]  # XlsxWriter has no types
    """Makes the parts of a workbook, one after the other, straight into a package."""

    def __init__(self, package: ZipFile) -> None:
        super().__init__()
        self._package = package
        self._last: _Part | None = None

    def _filename(self, xml_filename: str) -> _Part:
        self._finish()
        self._last = _Part(self._package, xml_filename)
        return self._last

    def _finish(self) -> None:
        if self._last is not None:
            self._last.finish()
            self._last = None

    def _write_shared_strings_file(self) -> None:
        if self.workbook.str_table.count:
            strings = _WrittenStrings()
            strings.string_table = self.workbook.str_table
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            strings._assemble_xml_file()

    def _create_package(self) -> list[Any]:
        others = super()._create_package()
        self._finish()
        for content, name, _ in others:  # such as pictures, which are made elsewhere
            self._package.writestr(_named(name), content.getvalue())
        return []  # nothing is left to be packed


def _named(name: str) -> ZipInfo:
    named = ZipInfo(name, _DAY)
    named.compress_type = ZIP_DEFLATED
    return named


class StreamedWorkbook(Workbook):  # type: ignore[misc]  # XlsxWriter has no types
    """A workbook that is packed as it is written, when it is closed."""

    def __init__(self, target: str | BinaryIO, options: Any) -> None:
        super().__init__(BytesIO(), {**options, "in_memory": True})  # what XlsxWriter packs itself stays empty
        self._target = target

    def _store_workbook(self) -> None:
        with ZipFile(self._target, "w", compression=ZIP_DEFLATED, compresslevel=_LEVEL) as package:
            self._package = package
            super()._store_workbook()

    def _get_packager(self) -> _Packing:
        return _Packing(self._package)
