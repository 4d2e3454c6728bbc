"""`results.json` as plain values."""

from __future__ import annotations

import json
from typing import Any, cast

from finmodel.appraisal.appraise import Appraisal
from finmodel.results.appraised import results as typed_results
from finmodel.results.plain import plain


def results(appraisal: Appraisal) -> dict[str, Any]:
    """The appraisal as plain values, ready for JSON; amounts are unrounded pounds."""
    return cast("dict[str, Any]", plain(typed_results(appraisal)))


def as_json(found: dict[str, Any]) -> str:
    """The same results give the same text; NaN cannot be written."""
    return json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
