"""The audit of a workbook that finmodel wrote: against the model that its case makes, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from finmodel import __version__
from finmodel.audit.workbooks import effects as effects_of
from finmodel.audit.workbooks.carried import CarriedCase, carried_case
from finmodel.audit.workbooks.certificate import CaseFile, Certificate, Checked, Verdict
from finmodel.audit.workbooks.contents import Position, Workbook
from finmodel.audit.workbooks.differences import (
    Comparison,
    Difference,
    as_finding,
    compare,
    groups,
    typed,
)
from finmodel.audit.workbooks.expected import Expected, expected_workbook
from finmodel.audit.workbooks.findings import Effect, Finding, Kind
from finmodel.audit.workbooks.formulas import address
from finmodel.audit.workbooks.opening import open_workbook
from finmodel.audit.workbooks.recalculated import Engine, engine_of
from finmodel.audit.workbooks.recalculating import RecalculationError, Value, alike, engine_name
from finmodel.audit.workbooks.structure import Structure, lay_side_by_side, structure_findings
from finmodel.audit.workbooks.surroundings import places_of, surroundings
from finmodel.case import LoadedCase, Problem, ProblemsError
from finmodel.case.load import load_carried_case
from finmodel.reference.edition import edition
from finmodel.report import case_sheet

_CARRIED = (
    "the case that the workbook itself carries on its last sheet. That is no independent evidence: who changed both the "
    "workbook and the case in it would not be found. Compare with a copy from elsewhere by --case"
)
_GIVEN = "the case given with --case"


def audit_workbook(workbook: Workbook | str | Path, case: LoadedCase | None = None) -> Certificate:
    """Audit a workbook of finmodel's against a case, by default the one that it carries.

    Raises ProblemsError where the workbook cannot be read, or where there is no case to compare it with.
    """
    found = workbook if isinstance(workbook, Workbook) else open_workbook(workbook)
    carried = carried_case(found)
    if case is not None:
        return audit_against(found, expected_workbook(case), carried, _GIVEN)
    if carried is None or not carried.files:
        raise ProblemsError([_no_case(found.name)])
    loaded = load_carried_case([(file.name, file.content) for file in carried.files])
    return audit_against(found, expected_workbook(loaded), carried, _CARRIED)


def _no_case(name: str) -> Problem:
    what = "The workbook carries no case, so there is no model to compare it with"
    remedy = f"Name the case with --case. finmodel writes it to the last sheet, {case_sheet.SHEET}; it is not there."
    return Problem(name, None, "", what, remedy)


def audit_against(found: Workbook, expected: Expected, carried: CarriedCase | None, expected_from: str) -> Certificate:
    """Audit a workbook against the model of a case. The same `expected` serves for many workbooks."""
    structure = lay_side_by_side(expected.workbook, found, expected.addresses)
    skipped, notes, case_findings = _about_the_case(expected, carried, expected_from == _CARRIED)
    comparison = compare(expected, structure, skipped)
    findings = [*case_findings, *structure_findings(structure, expected.workbook, found)]
    findings += surroundings(structure, expected.workbook, found)
    findings += _suffering(comparison)
    told, inputs = _with_effects(expected, structure, comparison, notes)
    findings += told
    together: tuple[Effect, ...] | None = None
    engine = _recalculated(found, expected, notes)
    if engine is not None:
        findings += _stored(engine, structure, expected, notes)
        findings += _engine_against_python(expected)
        together = effects_of.of_all(expected, structure, engine)
    findings.sort(key=_reading_order(found))
    return Certificate(
        workbook=found.name,
        sha256=found.sha256,
        verdict=_verdict(findings, inputs),
        case_title=expected.appraisal.case.title,
        expected_from=expected_from,
        case_files=tuple(CaseFile(name, digest) for name, digest in expected.appraisal.loaded.files),
        made_by=carried.made_by if carried else "",
        engines=(engine_name(), f"finmodel {__version__}"),
        rates=edition(),
        checked=_checked(found),
        findings=tuple(findings),
        changed_inputs=tuple(inputs),
        effects=together,
        notes=tuple(notes),
    )


def _verdict(findings: list[Finding], inputs: list[Finding]) -> Verdict:
    """Stored values that nobody worked out again after an input was changed are no tampering."""
    if any(finding.kind is not Kind.NOT_RECALCULATED for finding in findings):
        return Verdict.TAMPERED
    if inputs:
        return Verdict.INPUTS_CHANGED
    return Verdict.TAMPERED if findings else Verdict.AS_WRITTEN


def _checked(found: Workbook) -> Checked:
    cells = [cell for sheet in found.sheets for cell in sheet.cells.values()]
    formulas = [cell for cell in cells if cell.formula]
    stored = sum(cell.value is not None for cell in formulas)
    names = sum(not name.name.startswith("_xlnm.") for name in found.defined_names)
    return Checked(len(found.sheets), len(cells), len(formulas), stored, names)


def _about_the_case(
    expected: Expected, carried: CarriedCase | None, from_carried: bool
) -> tuple[frozenset[tuple[str, Position]], list[str], list[Finding]]:
    """What the carried case says, beside the one compared with: cells not to compare, notes, and findings."""
    notes: list[str] = []
    findings: list[Finding] = []
    told: list[str] = []  # texts that differ for a reason that is told once
    if carried is None:
        return frozenset(), notes, findings
    for name, said, now in (
        ("finmodel", carried.made_by, f"finmodel {__version__}"),
        ("the rates", carried.rates, edition()),
    ):
        if said != now:
            told.append(now)
            notes.append(
                f"The workbook says that it was made with {said or 'nothing stated'}, this is {now}: where {name} differ, "
                "a difference may come from that."
            )
    for file in carried.files:
        if not file.is_whole:
            findings.append(
                Finding(
                    Kind.CASE_CHANGED, carried.sheet, address(*file.place),
                    f"The lines of {file.name} are not those that the workbook was written from.",
                    file.stated_sha256, file.sha256,
                )
            )  # fmt: skip
    if from_carried:
        return _cells_with(expected, told, case_sheet_too=bool(findings)), notes, findings
    given = dict(expected.appraisal.loaded.contents)
    differing = [_line_that_differs(file.name, file.content, given.get(file.name)) for file in carried.files]
    differing = [text for text in differing if text]
    if differing or len(given) != len(carried.files):
        notes.append(
            f"The case that the workbook carries is not the one given: {'; '.join(differing) or 'other files'}."
        )
        told += [digest for _, digest in expected.appraisal.loaded.files]
        return _cells_with(expected, told, case_sheet_too=True), notes, findings
    return _cells_with(expected, told, case_sheet_too=False), notes, findings


def _line_that_differs(name: str, carried: bytes, given: bytes | None) -> str:
    if given is None:
        return f"{name} is not in the case given"
    if carried == given:
        return ""
    ours, theirs = given.splitlines(), carried.splitlines()
    pairs = enumerate(zip(theirs, ours, strict=False), start=1)
    line = next((number for number, (one, other) in pairs if one != other), min(len(ours), len(theirs)) + 1)
    return f"{name}, first in line {line}"


def _cells_with(expected: Expected, texts: Iterable[str], case_sheet_too: bool) -> frozenset[tuple[str, Position]]:
    """The cells that say what has been told already, and the whole sheet of the case where asked."""
    wanted = tuple(texts)
    return frozenset(
        (sheet.name, place)
        for sheet in expected.workbook.sheets
        if sheet.name in ("Cover", case_sheet.SHEET)
        for place, cell in sheet.cells.items()
        if (case_sheet_too and sheet.name == case_sheet.SHEET)
        or (isinstance(cell.value, str) and any(text in cell.value for text in wanted))
    )


def _with_effects(
    expected: Expected, structure: Structure, comparison: Comparison, notes: list[str]
) -> tuple[list[Finding], list[Finding]]:
    """The differences as findings and as changed inputs, each with its effect, up to so many."""
    work = effects_of.Effects(expected, structure)
    findings: list[Finding] = []
    inputs: list[Finding] = []
    worked_out = left_out = 0
    for group in groups(comparison.differences):
        finding = as_finding(group)
        if _can_move_a_figure(group):
            if worked_out < effects_of.MOST:
                found = work.of(group)
                finding = replace(finding, effects=found, no_effects="" if found else "could not be worked out alone")
                worked_out += 1
            else:
                left_out += 1
                finding = replace(finding, no_effects=f"not worked out: it is after the first {effects_of.MOST}")
        (inputs if finding.kind is Kind.INPUT_CHANGED else findings).append(finding)
    if left_out:
        notes.append(
            f"Effects are worked out one by one for the first {effects_of.MOST} findings only; {left_out} more have "
            "none. The effect of all changes together is complete."
        )
    return findings, inputs


def _can_move_a_figure(group: list[Difference]) -> bool:
    """Labels and rules move nothing; years do, for formulas look them up."""
    first = group[0]
    if first.expected is None or first.found is None:
        return False
    changed = first.expected.formula or not isinstance(first.expected.value, str)
    return bool(changed or first.kind is Kind.PERIOD_CHANGED)


def _suffering(comparison: Comparison) -> Iterator[Finding]:
    """Formulas that lost what they read, or did not follow it: told once, at the first."""
    if comparison.suffering:
        first = as_finding([comparison.suffering[0]])
        count = len(comparison.suffering)
        yield replace(first, what=f"{count} formulas lost or no longer find what they read; this is the first.")


def _recalculated(found: Workbook, expected: Expected, notes: list[str]) -> Engine | None:
    try:
        return engine_of(found, expected.engine)
    except RecalculationError as error:
        notes.append(f"The workbook could not be recalculated: {error}. Stored values and effects were not checked.")
        return None


def _stored(engine: Engine, structure: Structure, expected: Expected, notes: list[str]) -> Iterator[Finding]:
    """Stored values that are not what their formulas give, and errors."""
    missing = 0
    errors: list[tuple[str, Position, str]] = []
    old: list[Finding] = []
    original = _original_values(structure)
    for sheet in engine.workbook.sheets:
        for place, cell in sheet.cells.items():
            if not cell.formula:
                if cell.kind == "error":
                    errors.append((sheet.name, place, str(cell.value)))
                continue
            worked_out = engine.value(sheet.name, place)
            if isinstance(worked_out, str) and worked_out.startswith("#"):
                errors.append((sheet.name, place, worked_out))
            if cell.value is None:
                missing += 1
            elif not alike(cell.value, worked_out if worked_out is not None else ""):
                was = original.get((sheet.name, place))
                finding = _stale(expected, structure, sheet.name, place, cell.value, worked_out)
                if was is not None and alike(cell.value, was):
                    old.append(finding)
                else:
                    yield finding
    if old:
        what = (
            f"{len(old)} stored values are those from before a change; this is the first. Nobody worked them out again."
        )
        yield replace(old[0], kind=Kind.NOT_RECALCULATED, what=what)
    if errors:
        sheet_name, place, text = errors[0]
        yield Finding(
            Kind.ERROR, sheet_name, address(*place), f"{len(errors)} cells give an error; this is the first.", "", text
        )
    if missing:
        notes.append(
            f"{missing:,} formulas have no stored value, as after saving by a program that does not calculate. "
            "They were recalculated; there was nothing stored to check."
        )


def _original_values(structure: Structure) -> Mapping[tuple[str, Position], object]:
    found = {}
    for pair in structure.pairs:
        for place, cell in pair.before.cells.items():
            row, column = pair.moves.rows.at(place[0]), pair.moves.columns.at(place[1])
            if cell.formula and row is not None and column is not None:
                found[pair.now.name, (row, column)] = cell.value
    return found


def _stale(
    expected: Expected, structure: Structure, sheet: str, place: Position, stored: Value | None, worked_out: Value | None
) -> Finding:
    part = None
    for pair in structure.pairs:
        if pair.now.name == sheet:
            row, column = pair.moves.rows.back.get(place[0]), pair.moves.columns.back.get(place[1])
            part = expected.part(pair.before.name, (row, column)) if row and column else None
    return Finding(
        Kind.STALE, sheet, address(*place), "The stored value is not what the formula gives.",
        typed(worked_out), typed(stored),
        part.address if part else "", part.line.label if part and part.line else "", part.period if part else "",
    )  # fmt: skip


def _engine_against_python(expected: Expected) -> Iterator[Finding]:
    for sheet, place, ours, theirs in expected.disagreements:
        yield Finding(
            Kind.ENGINES_DISAGREE, sheet, address(*place), "The model itself: two engines, two results.",
            typed(ours), typed(theirs),
        )  # fmt: skip


def _reading_order(found: Workbook):  # type: ignore[no-untyped-def]
    order = {sheet.name: number for number, sheet in enumerate(found.sheets)}

    def key(finding: Finding) -> tuple[int, tuple[int, int]]:
        return order.get(finding.sheet, -1), places_of(finding.cells) or (0, 0)

    return key
