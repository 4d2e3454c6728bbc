"""For trying many workbooks that differ in one sheet: a sheet whose XML was read before is not parsed again."""

from __future__ import annotations

import hashlib
from typing import Any

from finmodel.audit.workbooks import opening
from finmodel.audit.workbooks.contents import Worksheet

_MOST = 400
_read = opening.read_sheet
_kept: dict[tuple[object, ...], Worksheet] = {}


def read_sheet(shared: Any, part: str, name: str, state: Any, tables: Any) -> Worksheet:
    """The sheet in a part, by its bytes and by the texts and styles that all sheets of the file share."""
    content = b"".join(shared.archive.chunks(part))
    shared_by_all = (hash(tuple(shared.strings)), hash(tuple(shared.styles)))
    key = (hashlib.sha256(content).digest(), part, name, state, tables, shared_by_all)
    if key not in _kept:
        if len(_kept) >= _MOST:
            _kept.pop(list(_kept)[_MOST // 4])
        _kept[key] = _read(shared, part, name, state, tables)
    return _kept[key]
