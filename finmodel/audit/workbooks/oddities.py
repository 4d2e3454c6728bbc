"""What of a file does not stand in its place, as findings."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Workbook
from finmodel.audit.workbooks.findings import Finding, FindingKind
from finmodel.case import Problem, ProblemsError


def oddities(found: Workbook) -> Iterator[Finding]:
    """One finding for each, at its cell where it has one, else with the name of its part."""
    for odd in found.oddities:
        if odd.sheet or odd.cells:
            yield Finding(FindingKind.MARKUP, odd.sheet, odd.cells, odd.what, "", odd.part)
        else:
            yield Finding(FindingKind.MARKUP, "", "", f"{odd.part}: {odd.what}", "", odd.part)

    for name in found.defined_names:
        if name.hidden and not name.name.lower().startswith("_xlnm."):
            what = "The defined name is hidden, so that no list of names shows it."
            yield Finding(FindingKind.NAME_CHANGED, name.sheet, name.name, what, "", name.refers_to)


def refuse_doubled(found: Workbook, name: str) -> None:
    """Raise ProblemsError where cells are there twice: then nothing that is said of the workbook can be relied on."""
    doubled = [odd for odd in found.oddities if odd.doubled]
    if doubled:
        remedy = "Open it in Excel, let it repair the file, and save it again."
        raise ProblemsError(
            [Problem(name, None, odd.part, f"The cell {odd.cells} is there twice", remedy) for odd in doubled]
        )
