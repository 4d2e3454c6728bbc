"""A CSV table with some of its cells changed where they stand; every other letter of it stays."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

Cell = tuple[int, str]
"""The line on which the row begins, counted from 1, and the name of the column."""


class _Record(Struct):
    line: int
    spans: list[tuple[int, int]] = field(default_factory=list)


def with_cells(text: str, cells: Mapping[Cell, str]) -> str:
    """The text of a table with these cells; a column that it lacks is added after its last.

    text: a table that was read without problems, its first row the names of the columns.
    """
    head, *rows = [record for record in _records(text) if len(record.spans) > 1 or _cell(text, record.spans[0]).strip()]
    columns = [_cell(text, span).strip() for span in head.spans]
    while columns and not columns[-1]:
        columns.pop()
    new = list(dict.fromkeys(column for _, column in cells if column not in columns))
    edits = [(head.spans[len(columns) - 1][1], 0, _added([_quoted(column) for column in new]))] if new else []
    for record in rows:
        for column, span in zip(columns, record.spans, strict=False):
            if (record.line, column) in cells:
                edits.append((span[0], span[1] - span[0], _quoted(cells[record.line, column])))
        if new and len(record.spans) >= len(columns):
            last = [_quoted(cells.get((record.line, column), "")) for column in new]
            edits.append((record.spans[len(columns) - 1][1], 0, _added(last)))
    for start, length, put in sorted(edits, reverse=True):
        text = text[:start] + put + text[start + length :]
    return text


def _added(cells: list[str]) -> str:
    return "".join(f",{cell}" for cell in cells)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\r\n') else cell


def _cell(text: str, span: tuple[int, int]) -> str:
    found = text[span[0] : span[1]]
    return found[1:-1].replace('""', '"') if found.startswith('"') else found


def _records(text: str) -> list[_Record]:
    """The rows, each with where its cells begin and end."""
    records, line, at = [_Record(1)], 1, 0
    start, is_quoted = 0, False
    while at <= len(text):
        mark = text[at] if at < len(text) else "\n"
        if mark == '"':
            is_quoted = not is_quoted
        elif mark in ",\r\n" and (not is_quoted or at == len(text)):
            records[-1].spans.append((start, at))
            if mark != ",":
                at += text[at : at + 2] == "\r\n"
                line += 1
                records.append(_Record(line))
            start = at + 1
        elif mark == "\n" or (mark == "\r" and text[at + 1 : at + 2] != "\n"):
            line += 1
        at += 1
    return [record for record in records if record.spans]
