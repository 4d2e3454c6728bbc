"""Cells as a workbook names them: rows and columns counted from 1, A to XFD.

The last row and column are Excel's (Excel specifications and limits, Microsoft Support).
"""

from __future__ import annotations

import re
from functools import lru_cache

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
PART_OF_A_REFERENCE = re.compile(r"(\$?)([A-Z]{0,3})(\$?)([0-9]{0,7})", re.IGNORECASE)  # B3, $B$3, a column B, a row 3


@lru_cache(maxsize=20000)
def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=20000)
def column_letters(number: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The address of a cell: row 3, column 2 is B3."""
    return f"{column_letters(column)}{row}"


def position(text: str) -> tuple[int, int] | None:
    """Row and column of an address such as B3; None where it is none, or beyond the last cell of a sheet."""
    match = PART_OF_A_REFERENCE.fullmatch(text)
    if match is None or not match[2] or not match[4]:
        return None
    row, column = int(match[4]), column_number(match[2])
    return (row, column) if 0 < row <= LAST_ROW and column <= LAST_COLUMN else None
