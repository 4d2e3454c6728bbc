"""A workbook that is, byte for byte, what this version writes: certified without reading more of it than is shown.

The case is on its last sheet. So the model is made anew from that sheet alone, written, and laid beside the file; only
where a byte differs must every cell be read, twice over, and compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

from finmodel.audit.workbooks.carried import CarriedCase, carried_case
from finmodel.audit.workbooks.certificate import CARRIED, GIVEN, AuditVerdict, CaseFile, Certificate, Checked
from finmodel.audit.workbooks.contents import DefinedName, Workbook, Worksheet
from finmodel.audit.workbooks.expected import Expected, expected_workbook
from finmodel.audit.workbooks.identical import IDENTICAL, Held, identical
from finmodel.audit.workbooks.opening import WorkbookFile
from finmodel.audit.workbooks.other_version import other_version
from finmodel.audit.workbooks.reperformed_measures import reperformed_measures
from finmodel.case import LoadedCase, ProblemsError
from finmodel.case.load import load_carried_case
from finmodel.parsing.archive import Archive, Limits, read_whole
from finmodel.reference.edition import edition
from finmodel.report.case_sheet import SHEET as CASE
from finmodel.report.cover import SHEET as COVER


class AtHand(Struct, frozen=True):
    """A workbook as its certificate names it. sheet: one of its sheets, None for a name that none has."""

    name: str
    sha256: str
    sheets: int
    defined_names: Sequence[DefinedName]
    sheet: Callable[[str], Worksheet | None]


def certified(
    found: AtHand, held: Held, expected: Expected, carried: CarriedCase | None, expected_from: str
) -> Certificate:
    """The certificate of a file whose parts are those that this version writes: there is nothing to compare."""
    names = sum(not name.name.startswith("_xlnm.") for name in found.defined_names)
    return Certificate(
        workbook=found.name,
        sha256=found.sha256,
        verdict=AuditVerdict.AS_WRITTEN,
        case_title=expected.appraisal.case.title,
        expected_from=expected_from,
        case_files=tuple(CaseFile(name, digest) for name, digest in expected.appraisal.loaded.files),
        made_by=carried.made_by if carried else "",
        engines=(),
        rates=edition(),
        checked=Checked(found.sheets, held.cells, held.formulas, held.stored_values, names),
        notes=(IDENTICAL,),
        reperformed=reperformed_measures(expected, found.sheet, None, None, is_stale=False),
        identical=True,
    )


def at_first_sight(path: str | Path, case: LoadedCase | None = None) -> Certificate | Expected | None:
    """The certificate of a workbook that is as this version writes it, by its cover, its case and its bytes.

    case: to compare with, by default the one that it carries. What the workbook should hold where it does not hold just
    that, to go on with; None where that cannot be said yet, and the workbook must be read in whole.
    """
    try:
        content = read_whole(Path(path), Limits())
        file = WorkbookFile(Archive(str(path), content, Limits()))
        found, carried = _carried(file, hashlib.sha256(content).hexdigest())
        if carried is None or not carried.files or other_version(found, carried):
            return None
        expected = expected_workbook(load_carried_case(carried.contents) if case is None else case)
    except ProblemsError:
        return None  # reading it in whole comes to the same, and to whatever else is wrong
    held = None if file.is_odd else identical(content, expected.content)
    if held is None:
        return expected
    at_hand = AtHand(found.name, found.sha256, len(file.sheet_names), file.defined_names(), cache(file.sheet))
    return certified(at_hand, held, expected, carried, CARRIED if case is None else GIVEN)


def _carried(file: WorkbookFile, sha256: str) -> tuple[Workbook, CarriedCase | None]:
    """The cover and the last sheet of a workbook, and the case on the latter; nothing where they are not ours."""
    names = file.sheet_names
    wanted = (COVER, CASE) if COVER in names and names[-1] == CASE else ()
    sheets = tuple(sheet for name in wanted if (sheet := file.sheet(name)) is not None)
    found = Workbook(Path(file.archive.name).name, sha256, sheets)
    carried = carried_case(found)
    return found, carried if carried is not None and carried.sheet == CASE else None
