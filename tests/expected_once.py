"""The workbook that finmodel writes for a case, made once a run however many audits ask for it.

It follows from the case's files alone, as `tests/report/test_same_bytes.py` holds.
"""

from __future__ import annotations

from shipped_cases import appraisal_of, case_of, workbook_of

from finmodel.audit.workbooks.expected import Expected, expected_workbook
from finmodel.case import LoadedCase
from finmodel.report.workbook import layout_of

_make = expected_workbook
_made: dict[tuple[tuple[str, str], ...], Expected] = {}


def expected_once(loaded: LoadedCase) -> Expected:
    """What `expected_workbook` gives, kept by the name and SHA-256 of each file of the case."""
    if loaded.files not in _made:
        _made[loaded.files] = _make(loaded)
    return _made[loaded.files]


def expected_of(case: str) -> Expected:
    """That of a shipped case, of its appraisal and its workbook, which other tests have too."""
    files = case_of(case).files
    if files not in _made:
        appraisal = appraisal_of(case)
        _made[files] = Expected(appraisal, layout_of(appraisal), workbook_of(case))
    return _made[files]
