"""The message that appears when an input of the workbook is chosen: its label, what may be typed, and its source."""

from __future__ import annotations

from finmodel.lines.line import Line

_LONGEST_TITLE, LONGEST_MESSAGE = 32, 255  # characters. Source: Excel specifications and limits


def message_of(line: Line, what: str) -> tuple[str, str]:
    """The title and the text that appear when the cell is chosen: label, what may be typed, and source."""
    source = f" Source: {line.origin.source}." if line.origin is not None else ""
    return cut(line.label, _LONGEST_TITLE), cut(f"{what}.{source}", LONGEST_MESSAGE)


def cut(text: str, most: int) -> str:
    """A text, or its beginning and a mark."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
