"""For trying many workbooks that differ in one sheet: a sheet that was read before is not read again, by either reader.

What is kept is found by the bytes of the sheet and by the texts and looks that all sheets of its file share. A sheet
about which there is anything odd is read anew each time, for that is reported of the file and not of the sheet.
"""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from finmodel.audit.workbooks import opening, second_reader
from finmodel.audit.workbooks.contents import Worksheet
from finmodel.audit.workbooks.findings import Finding

_MOST = 400
_read = opening.read_sheet
_compare = second_reader._sheet
_kept: dict[tuple[object, ...], Worksheet] = {}
_agree: dict[tuple[object, ...], Worksheet] = {}  # what the second reader read as the first did


def share(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both readers take what they read before."""
    monkeypatch.setattr(opening, "read_sheet", read_sheet)
    monkeypatch.setattr(second_reader, "_sheet", compared)


def read_sheet(shared: Any, part: str, name: str, state: Any, tables: Any) -> Worksheet:
    """The sheet in a part."""
    content = b"".join(shared.archive.chunks(part))
    shared_by_all = (hash(tuple(shared.strings)), hash(tuple(shared.styles)), repr((shared.runs, shared.conditional)))
    key = (hashlib.sha256(content).digest(), part, name, state, tables, shared_by_all)
    if key in _kept:
        return _kept[key]
    odd = len(shared.oddities)
    found = _read(shared, part, name, state, tables)
    if len(shared.oddities) == odd and not shared.odd_strings:
        _keep(_kept, key, found)
    return found


def compared(ours: Worksheet, book: Any) -> list[Finding]:
    """What openpyxl reads otherwise in a sheet; where it read the same bytes before as we did, nothing."""
    sheet = book[ours.name]
    with sheet._get_source() as source:
        content = hashlib.sha256(source.read()).digest()
    key = (content, ours.name, sheet.sheet_state, hash(tuple(map(str, sheet._shared_strings))))
    if (before := _agree.get(key)) is not None and (before.cells, before.state) == (ours.cells, ours.state):
        return []
    found = list(_compare(ours, book))
    if not found:
        _keep(_agree, key, ours)
    return found


def _keep(kept: dict[tuple[object, ...], Worksheet], key: tuple[object, ...], found: Worksheet) -> None:
    if len(kept) >= _MOST:
        kept.pop(list(kept)[_MOST // 4])
    kept[key] = found
