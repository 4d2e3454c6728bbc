"""The workbook that finmodel writes for a case, made once a run however many audits ask for it.

It follows from the case's files alone, as `tests/report/test_same_bytes.py` holds.
"""

from __future__ import annotations

from pathlib import Path

from finmodel.audit.workbooks.expected import Expected, expected_workbook
from finmodel.case import LoadedCase, load_case

INPUTS = Path(__file__).parents[1] / "inputs"
_make = expected_workbook
_made: dict[tuple[tuple[str, str], ...], Expected] = {}


def expected_once(loaded: LoadedCase) -> Expected:
    """What `expected_workbook` gives, kept by the name and SHA-256 of each file of the case."""
    if loaded.files not in _made:
        _made[loaded.files] = _make(loaded)
    return _made[loaded.files]


def expected_of(case: str) -> Expected:
    """That of a shipped case."""
    return expected_once(load_case(INPUTS / case))
