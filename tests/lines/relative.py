"""Formulas as a spreadsheet auditor compares them: columns relative to the cell's own, and the numbers typed in."""

from __future__ import annotations

import re

from openpyxl.formula import Tokenizer
from openpyxl.utils import column_index_from_string

_REFERENCE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")


def in_r1c1(formula: str, column: int) -> str:
    """The formula with `R9C[-1]` for a relative and `R9C6` for an absolute column; `column` counts from 0."""

    def relative(found: re.Match[str]) -> str:
        index = column_index_from_string(found[2])
        return f"R{found[4]}C{index}" if found[1] else f"R{found[4]}C[{index - column - 1}]"

    texts = []
    for item in Tokenizer(formula).items:
        sheet, mark, cells = item.value.rpartition("!") if item.subtype == "RANGE" else ("", "", item.value)
        texts.append(sheet + mark + (_REFERENCE.sub(relative, cells) if item.subtype == "RANGE" else cells))
    return "".join(texts)


def numbers_in(formula: str) -> set[str]:
    """The numbers typed into a formula."""
    return {item.value for item in Tokenizer(formula).items if item.type == "OPERAND" and item.subtype == "NUMBER"}
