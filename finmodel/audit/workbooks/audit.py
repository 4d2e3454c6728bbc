"""`finmodel audit`: a workbook of finmodel's against its model, any other by the general checks."""

from __future__ import annotations

import re
from pathlib import Path

from finmodel.audit.workbooks.as_written import at_first_sight
from finmodel.audit.workbooks.carried import carried_case
from finmodel.audit.workbooks.certificate import Certificate
from finmodel.audit.workbooks.contents import Workbook
from finmodel.audit.workbooks.general.registry import GeneralAudit, general_findings
from finmodel.audit.workbooks.model_audit import audit_opened
from finmodel.audit.workbooks.oddities import refuse_doubled
from finmodel.audit.workbooks.opening import open_workbook
from finmodel.audit.workbooks.without_case import audit_without_case
from finmodel.case import LoadedCase
from finmodel.report.line_sheets import HEADINGS

_LIKE_AN_ADDRESS = re.compile(r"(options|checks|calendar|discounting)\.[\w.]+")
_FEW = 3


def audit(path: str | Path, case: LoadedCase | None = None) -> Certificate | GeneralAudit:
    """Audit a workbook.

    case: compare with this case whatever the workbook looks like. Without it, a workbook that carries its case is
    compared with that; one that looks like finmodel's and carries none is checked for what it says of itself; any other
    gets the general checks. Raises ProblemsError where the workbook, or the case in it, cannot be read.
    """
    seen = at_first_sight(path, case)
    if isinstance(seen, Certificate):
        return seen
    workbook = open_workbook(path)
    carried = carried_case(workbook)
    if case is not None or (carried is not None and carried.files):
        return audit_opened(workbook, case, seen)
    if is_ours(workbook):
        return audit_without_case(workbook)
    refuse_doubled(workbook, str(path))
    return general_findings(workbook)


def is_ours(workbook: Workbook) -> bool:
    """Whether finmodel seems to have written it: headings of its sheets, or defined names like its addresses.

    Several signs of either kind are wanted, and none must be there: a sheet may be renamed, a column deleted.
    """
    headed = sum(
        all(
            any(cell.value == heading for (row, _), cell in sheet.cells.items() if row < 12)
            for heading in (HEADINGS[0], HEADINGS[2])
        )
        for sheet in workbook.sheets
    )
    named = sum(bool(_LIKE_AN_ADDRESS.match(name.name)) for name in workbook.defined_names)
    return headed >= _FEW or named >= _FEW
