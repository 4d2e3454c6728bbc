"""A workbook of finmodel's without a case: what it says of itself must still go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finmodel import __version__
from finmodel.audit.workbooks.certificate import AuditVerdict, Certificate, Checked
from finmodel.audit.workbooks.contents import Workbook, Worksheet
from finmodel.audit.workbooks.findings import Finding, FindingKind
from finmodel.audit.workbooks.formulas import pieces
from finmodel.audit.workbooks.hidden_values import Taste
from finmodel.audit.workbooks.names_links_settings import names_links_settings
from finmodel.audit.workbooks.oddities import oddities
from finmodel.audit.workbooks.recalculated import engine_of
from finmodel.audit.workbooks.recalculating import RecalculationError, engine_name
from finmodel.audit.workbooks.same_formula import relative
from finmodel.audit.workbooks.second_reader import second_reading
from finmodel.audit.workbooks.structure import Structure, typed_text
from finmodel.case import Problem
from finmodel.lines.cells import address
from finmodel.lines.excel import defined_name
from finmodel.reference.edition import edition
from finmodel.report.case_sheet import SHEET
from finmodel.report.line_sheets import ADDRESS_COLUMN, HEADINGS

_ADDRESS = ADDRESS_COLUMN + 1


_GONE = Finding(
    FindingKind.SHEET_DELETED,
    SHEET,
    "",
    "The sheet with the case is gone, so nothing can be compared with the model. Ask for the case, and use --case.",
    SHEET,
)


def unreadable(sheet: str, problems: Sequence[Problem]) -> Finding:
    """The finding for a workbook whose case can no longer be read."""
    first = problems[0]
    place = first.file if first.line is None else f"{first.file}, line {first.line}"
    what = (
        f"The case that the workbook carries cannot be read any more ({place}: {first.what}), so nothing can be "
        "compared with the model. Ask for the case, and use --case."
    )
    return Finding(FindingKind.CASE_CHANGED, sheet, "", what)


def audit_without_case(workbook: Workbook, why: Finding = _GONE) -> Certificate:
    """What can be said without the model: names and addresses, rows, stored values, what is hidden.

    why: the finding that says why there is no model.
    """
    findings, notes, checked = by_itself(workbook)
    notes.insert(
        0, "Without a case this is a check of what the workbook says of itself, not of what the model would say."
    )
    return Certificate(
        workbook.name, workbook.sha256, AuditVerdict.NOT_COMPARED, "", "no case: the workbook carries none", (), "",
        (engine_name(), f"finmodel {__version__}"), edition(), Checked(*checked),
        (why, *findings), notes=tuple(notes),
    )  # fmt: skip


def by_itself(workbook: Workbook) -> tuple[list[Finding], list[str], tuple[int, int, int, int, int]]:
    """Findings and notes on what a workbook says of itself, and how much was looked at, as `Checked` has it."""
    empty = Workbook("", "", ())
    beside = names_links_settings(Structure((), (), ()), empty, workbook, Taste())
    of_the_model = (
        FindingKind.NAME_ADDED,
        FindingKind.CHART_CHANGED,
    )  # its own names and charts, which cannot be distinguished from others
    findings = [*oddities(workbook), *second_reading(workbook)]
    findings += (finding for finding in beside if finding.kind not in of_the_model)
    findings += _names(workbook)
    for sheet in workbook.sheets:
        findings += _along_rows(sheet)
    notes: list[str] = []
    findings += _stored(workbook, notes)
    cells = [cell for sheet in workbook.sheets for cell in sheet.cells.values()]
    formulas = [cell for cell in cells if cell.formula]
    stored = sum(cell.value is not None for cell in formulas)
    return findings, notes, (len(workbook.sheets), len(cells), len(formulas), stored, len(workbook.defined_names))


def _names(workbook: Workbook) -> Iterator[Finding]:
    """Every defined name must point to the row that bears its address."""
    names = {name.name.casefold(): name for name in workbook.defined_names}
    for sheet in workbook.sheets:
        for (row, column), cell in sheet.cells.items():
            text = typed_text(cell)
            if column != _ADDRESS or "." not in text or " " in text:
                continue
            name = names.get(defined_name(text).casefold())
            if name is None:
                yield Finding(
                    FindingKind.NAME_DELETED, "", defined_name(text), "A line has no defined name.", address=text
                )
                continue
            reference = next((piece.reference for piece in pieces(name.refers_to) if piece.reference), None)
            if reference is None or reference.sheet != sheet.name or reference.first.row != row:
                yield Finding(
                    FindingKind.NAME_CHANGED, "", name.name,
                    "The defined name does not point to the row of its address.",
                    f"{sheet.name}, row {row}", name.refers_to, text,
                )  # fmt: skip


def _along_rows(sheet: Worksheet) -> Iterator[Finding]:
    """A row of finmodel's holds one formula from its first period to its last."""
    if not any(typed_text(cell) == HEADINGS[-1] for cell in sheet.cells.values()):
        return
    rows: dict[int, list[int]] = {}
    for row, column in sheet.cells:
        if column > _ADDRESS + 1:
            rows.setdefault(row, []).append(column)
    for row, columns in rows.items():
        held = [(column, sheet.cells[row, column]) for column in sorted(columns)]
        formulas = [relative(cell.formula, sheet.name, row, column) for column, cell in held if cell.formula]
        if not formulas or len(formulas) * 2 < len(held):
            continue
        usual = max(set(formulas), key=formulas.count)
        for column, cell in held:
            if not cell.formula and isinstance(cell.value, int | float):
                yield Finding(
                    FindingKind.TYPED_OVER, sheet.name, address(row, column), "The rest of the row is a formula."
                )
            elif cell.formula and relative(cell.formula, sheet.name, row, column) != usual:
                what = "The formula is not that of the rest of the row."
                yield Finding(
                    FindingKind.FORMULA_CHANGED, sheet.name, address(row, column), what, "", f"={cell.formula}"
                )


def _stored(workbook: Workbook, notes: list[str]) -> Iterator[Finding]:
    try:
        engine = engine_of(workbook)
    except RecalculationError as error:
        notes.append(f"The workbook could not be recalculated: {error}.")
        return
    for sheet in workbook.sheets:
        for place, cell in sheet.cells.items():
            found = engine.value(sheet.name, place)
            if cell.formula and cell.value is not None and not engine.gives(sheet.name, place, cell.value):
                yield Finding(
                    FindingKind.STALE, sheet.name, address(*place), "The stored value is not what the formula gives.",
                    str(found), str(cell.value),
                )  # fmt: skip
