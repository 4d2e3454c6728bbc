"""A comparison of two versions as plain values, ready for JSON; the text and the page are made from it."""

from __future__ import annotations

import json
from typing import Any

from finmodel import __version__
from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.measures import NEVER_EXPOSED
from finmodel.audit.versions.diff import PAYBACK, Attribution, Contribution, OptionMove, VersionDifference
from finmodel.audit.versions.diff_words import order_of
from finmodel.audit.versions.editing import Edit
from finmodel.audit.versions.moves import Move, Side
from finmodel.lines.display import pounds
from finmodel.lines.explain import origin_as_dict
from finmodel.lines.periods import Month

Found = dict[str, Any]
_LABELS = {"net_present_budget_impact": "Net present budget impact", PAYBACK: "Payback"}


def difference(found: VersionDifference) -> Found:
    """The comparison as plain values; amounts are unrounded pounds."""
    return {
        "format": 2,
        "finmodel": __version__,
        "old": _version(found.old),
        "new": _version(found.new),
        "moved": found.moved,
        "files": [{"file": f.name, "change": f.kind, "old": f.old or None, "new": f.new or None} for f in found.files],
        "changes": [_edit(found, edit, kind) for edit, kind in found.edits],
        "inputs": [_move(move) for move in found.inputs],
        "options": [_option(found, option) for option in found.options],
    }


def as_json(found: Found) -> str:
    """The same comparison gives the same text."""
    return json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _version(appraisal: Appraisal) -> Found:
    return {
        "folder": appraisal.loaded.folder.resolve().name,
        "title": appraisal.case.title,
        "council": appraisal.case.council_name,
        "years": [str(year) for year in appraisal.case.horizon.years],
        "present_value_basis": appraisal.written.present_value_basis,
        "checks_hold": appraisal.checks_hold,
    }


def _edit(found: VersionDifference, edit: Edit, kind: str) -> Found:
    steps = [step for step in found.stages.values if edit in step.edits]
    return {
        "path": edit.path,
        "kind": kind,
        "change": edit.kind,
        "old": edit.text(edit.old) or None,
        "new": edit.text(edit.new) or None,
        "inputs": sorted({address for step in steps for address in step.moved}),
    }


def _move(move: Move) -> Found:
    found: Found = {"address": move.address, "label": move.label, "unit": move.unit, "change": move.kind}
    return found | {"old": _side(move.old), "new": _side(move.new)}


def _side(side: Side | None) -> Found | None:
    if side is None:
        return None
    found: Found = {"value" if len(side.values) == 1 else "values": _values(side), "text": side.text}
    if side.reason:
        found["reason"] = side.reason
    if side.origin is not None:
        found["origin"] = origin_as_dict(side.origin)
    return found


def _values(side: Side) -> float | list[float | None] | None:
    return side.values[0] if len(side.values) == 1 else list(side.values)


def _option(found: VersionDifference, option: OptionMove) -> Found:
    return {
        "id": option.id,
        "title": option.title,
        "which": option.which,
        "measures": {move.name: _move(move) | {"by": move.by} for move in option.measures},
        "by_year": {move.name: _move(move) for move in option.years},
        "attribution": [_attribution(found, option, each) for each in option.attributions],
    }


def _attribution(found: VersionDifference, option: OptionMove, each: Attribution) -> Found:
    both = each.old is not None and each.new is not None
    parts = [_part(found, each, part) for part in each.parts]
    return {
        "figure": each.figure.removesuffix("_number"),
        "label": _LABELS[each.figure],
        "unit": "£" if each.figure != PAYBACK else "months",
        "old": each.old,
        "old_text": _state(found, each, each.old),
        "new": each.new,
        "new_text": _state(found, each, each.new),
        "by": each.new - each.old if both and each.new is not None and each.old is not None else None,
        "order": order_of(parts) or None,
        "parts": parts,
    }


def _part(found: VersionDifference, each: Attribution, part: Contribution) -> Found:
    kinds = {edit.kind for edit in part.edits}
    return {
        "changes": [edit.path for edit in part.edits],
        "change": next(iter(kinds)) if len(kinds) == 1 else "changed",
        "structure": part.structure,
        "inputs": list(part.inputs),
        "after": part.after,
        "after_text": _state(found, each, part.after),
        "in_order": part.by,
    }


def _state(found: VersionDifference, each: Attribution, value: float | None) -> str:
    """A figure on the way, as readers see it; a payback by its month."""
    if each.figure != PAYBACK:
        return "no figure" if value is None else pounds(value)
    if value is None:
        return "not paid back"
    if value == 1:  # the first month is reached without a deficit before it
        return NEVER_EXPOSED
    month: Month = found.old.case.horizon.first_year.first_month + (int(value) - 1)
    return month.words
