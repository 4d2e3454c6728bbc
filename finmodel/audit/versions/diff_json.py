"""A comparison of two versions as JSON, in the shape that docs/diff.md gives; amounts are unrounded pounds."""

from __future__ import annotations

import json
from typing import Any

from finmodel import __version__
from finmodel.audit.versions.diff_words import order_of
from finmodel.audit.versions.difference import Attribution, Change, Contribution, OptionMove, VersionDifference
from finmodel.audit.versions.moves import Move, Side
from finmodel.lines.explain import origin_as_dict
from finmodel.results.plain import plain


def as_json(found: VersionDifference) -> str:
    """The same comparison gives the same text."""
    data = {
        "format": 2,
        "finmodel": __version__,
        "old": plain(found.old),
        "new": plain(found.new),
        "moved": found.moved,
        "files": [{"file": f.name, "change": f.kind, "old": f.old or None, "new": f.new or None} for f in found.files],
        "changes": [_change(change) for change in found.changes],
        "inputs": [_move(move) for move in found.inputs],
        "options": [_option(option) for option in found.options],
        "demand": {move.name: _move(move) | {"by": move.by} for move in found.demand},
    }
    if found.caseload:
        data["caseload"] = [_move(move) for move in found.caseload]
    return json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _change(change: Change) -> dict[str, Any]:
    return {
        "path": change.path,
        "kind": change.kind,
        "change": change.edit.kind,
        "old": change.old or None,
        "new": change.new or None,
        "inputs": list(change.inputs),
    }


def _move(move: Move) -> dict[str, Any]:
    found = {"address": move.address, "label": move.label, "unit": move.unit, "change": move.kind}
    return found | {"old": _side(move.old), "new": _side(move.new)}


def _side(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    one = len(side.values) == 1
    found: dict[str, Any] = {"value": side.values[0]} if one else {"values": list(side.values)}
    found["text"] = side.text
    if side.reason:
        found["reason"] = side.reason
    if side.origin is not None:
        found["origin"] = origin_as_dict(side.origin)
    return found


def _option(option: OptionMove) -> dict[str, Any]:
    return {
        "id": option.id,
        "title": option.title,
        "which": option.which,
        "measures": {move.name: _move(move) | {"by": move.by} for move in option.measures},
        "by_year": {move.name: _move(move) for move in option.years},
        "attribution": [_attribution(each) for each in option.attributions],
    }


def _attribution(each: Attribution) -> dict[str, Any]:
    return {
        "figure": each.figure.removesuffix("_number"),
        "label": each.label,
        "unit": each.unit,
        "old": each.old,
        "old_text": each.old_text,
        "new": each.new,
        "new_text": each.new_text,
        "by": each.by,
        "order": order_of(each.parts) or None,
        "parts": [_part(part) for part in each.parts],
    }


def _part(part: Contribution) -> dict[str, Any]:
    return {
        "changes": [edit.path for edit in part.edits],
        "change": part.change,
        "structure": part.structure,
        "inputs": list(part.inputs),
        "after": part.after,
        "after_text": part.after_text,
        "in_order": part.by,
    }
