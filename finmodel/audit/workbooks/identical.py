"""Whether a workbook is, part by part and byte by byte, the one that this version writes for the case."""

from __future__ import annotations

import zipfile
from io import BytesIO

from finmodel import __version__
from finmodel.audit.workbooks.contents import Workbook
from finmodel.audit.workbooks.expected import Expected

IDENTICAL = (
    f"Every part of the file is, byte for byte, the part that finmodel {__version__} writes for this case. So there is "
    "nothing to compare cell by cell, and nothing to recalculate."
)


def is_identical(found: Workbook, expected: Expected) -> bool:
    """Whether the unpacked parts of both files are the same, by their names and all their bytes.

    The file has come through the door before, so that unpacking it keeps within the limits.
    """
    if found.oddities or not found.content:
        return False
    with zipfile.ZipFile(BytesIO(found.content)) as ours, zipfile.ZipFile(BytesIO(expected.workbook.content)) as theirs:
        names = ours.namelist()
        if sorted(names) != sorted(theirs.namelist()):
            return False
        return all(
            ours.getinfo(name).file_size == theirs.getinfo(name).file_size and ours.read(name) == theirs.read(name)
            for name in names
        )
