"""The audit of a workbook that finmodel wrote: against the model that its case makes, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from finmodel import __version__
from finmodel.audit.workbooks import effects as effects_of
from finmodel.audit.workbooks.about_case import about_the_case
from finmodel.audit.workbooks.as_written import AtHand, at_first_sight, certified
from finmodel.audit.workbooks.carried import CarriedCase, carried_case
from finmodel.audit.workbooks.certificate import CARRIED, GIVEN, AuditVerdict, CaseFile, Certificate, Checked
from finmodel.audit.workbooks.contents import Position, Workbook
from finmodel.audit.workbooks.differences import (
    CellDifference,
    Comparison,
    as_finding,
    compare,
    groups,
    typed,
)
from finmodel.audit.workbooks.expected import Expected, expected_workbook
from finmodel.audit.workbooks.findings import HIDES_A_CHECK, Effect, Finding, FindingKind
from finmodel.audit.workbooks.hidden_values import Taste
from finmodel.audit.workbooks.identical import identical
from finmodel.audit.workbooks.names_links_settings import names_links_settings, notes_on, places_of
from finmodel.audit.workbooks.oddities import oddities
from finmodel.audit.workbooks.opening import open_workbook
from finmodel.audit.workbooks.other_version import audit_other_version, other_version
from finmodel.audit.workbooks.recalculated import Engine, engine_of
from finmodel.audit.workbooks.recalculating import RecalculationError, engine_name
from finmodel.audit.workbooks.reperformed_measures import reperformed_measures
from finmodel.audit.workbooks.reperforming import Agreement, Reperformed
from finmodel.audit.workbooks.second_reader import second_reading
from finmodel.audit.workbooks.stored_values import look_through
from finmodel.audit.workbooks.structure import Structure, lay_side_by_side, structure_findings
from finmodel.audit.workbooks.without_case import audit_without_case, unreadable
from finmodel.case import LoadedCase, ProblemsError
from finmodel.case.load import load_carried_case
from finmodel.lines.cells import address, position
from finmodel.reference.edition import edition
from finmodel.report.safeguards import CHECK_CELL


def audit_workbook(workbook: str | Path, case: LoadedCase | None = None) -> Certificate:
    """Audit a workbook of finmodel's against a case, by default the one that it carries.

    Where the case that it carries is gone or cannot be read, the certificate says so and what can be said without it.
    Raises ProblemsError where the workbook cannot be read.
    """
    seen = at_first_sight(workbook, case)
    return seen if isinstance(seen, Certificate) else audit_opened(open_workbook(workbook), case, seen)


def audit_opened(found: Workbook, case: LoadedCase | None, expected: Expected | None) -> Certificate:
    """The same of a workbook that was read in whole. expected: what it should hold, where that was made already."""
    carried = carried_case(found)
    if carried is not None and carried.files and (version := other_version(found, carried)):
        return _of_another_version(found, carried, version, case)
    if case is not None:
        return audit_against(found, expected or expected_workbook(case), carried, GIVEN)
    if carried is None or not carried.files:
        return audit_without_case(found)
    try:
        loaded = load_carried_case(carried.contents)
    except ProblemsError as error:
        return audit_without_case(found, unreadable(carried.sheet, error.problems))
    return audit_against(found, expected or expected_workbook(loaded), carried, CARRIED)


def _of_another_version(found: Workbook, carried: CarriedCase, version: str, case: LoadedCase | None) -> Certificate:
    try:
        expected = expected_workbook(load_carried_case(carried.contents) if case is None else case)
    except ProblemsError:
        expected = None
    return audit_other_version(found, carried, version, expected, CARRIED if case is None else GIVEN)


def audit_against(found: Workbook, expected: Expected, carried: CarriedCase | None, expected_from: str) -> Certificate:
    """Audit a workbook against the model of a case. The same `expected` serves for many workbooks."""
    held = None if found.oddities else identical(found.content, expected.content)
    if held is None:
        return audit_in_full(found, expected, carried, expected_from)
    at_hand = AtHand(found.name, found.sha256, len(found.sheets), found.defined_names, found.sheet)
    return certified(at_hand, held, expected, carried, expected_from)


def audit_in_full(
    found: Workbook,
    expected: Expected,
    carried: CarriedCase | None,
    expected_from: str,
    *,
    with_effects: bool = True,
) -> Certificate:
    """Audit a workbook cell by cell, also where its bytes show that there is nothing to find.

    with_effects: whether what each finding does to the headline figures is worked out, which takes longest.
    """
    structure = lay_side_by_side(expected.workbook, found, expected.addresses)
    about = about_the_case(expected, carried, expected_from == CARRIED)
    notes = list(about.notes)
    comparison = compare(expected, structure, about.told)
    findings = [
        *oddities(found),
        *second_reading(found),
        *about.findings,
        *structure_findings(structure, expected.workbook, found),
    ]
    taste = Taste()
    findings += names_links_settings(structure, expected.workbook, found, taste)
    notes += notes_on(expected.workbook, found)
    findings += _suffering(comparison)
    told, inputs = _with_effects(expected, structure, comparison, notes if with_effects else None)
    findings += told
    together: tuple[Effect, ...] | None = None
    engine = _recalculated(found, expected, notes)
    is_stale = False
    if engine is not None:
        stored = look_through(engine, structure, expected)
        findings += stored.findings()
        is_stale = bool(stored.from_before)
        notes += [stored.note()] if stored.note() else []
        findings += _engine_against_python(expected)
        together = effects_of.of_all(expected, structure, engine) if with_effects else None
    notes += [taste.note()] if taste.note() else []
    reperformed = reperformed_measures(expected, found.sheet, structure, engine, is_stale)
    return Certificate(
        workbook=found.name,
        sha256=found.sha256,
        verdict=_verdict(findings, inputs, reperformed, is_recalculated=engine is not None),
        case_title=expected.appraisal.case.title,
        expected_from=expected_from,
        case_files=tuple(CaseFile(name, digest) for name, digest in expected.appraisal.loaded.files),
        made_by=carried.made_by if carried else "",
        engines=() if engine is None else (engine_name(), f"finmodel {__version__}"),
        rates=edition(),
        checked=_checked(found),
        findings=_in_reading_order(findings, found),
        changed_inputs=tuple(inputs),
        effects=together,
        notes=tuple(notes),
        reperformed=reperformed,
    )


def _verdict(
    findings: list[Finding], inputs: list[Finding], reperformed: tuple[Reperformed, ...], is_recalculated: bool
) -> AuditVerdict:
    """Stored values that nobody worked out again after an input was changed are no tampering."""
    if any(each.outcome is Agreement.DIFFERS for each in reperformed):
        return AuditVerdict.TAMPERED
    if any(finding.kind is not FindingKind.FROM_BEFORE for finding in findings):
        return AuditVerdict.TAMPERED
    if not is_recalculated:
        return AuditVerdict.NOT_RECALCULATED  # stored values are not known to be right
    if inputs:
        return AuditVerdict.INPUTS_CHANGED
    return AuditVerdict.TAMPERED if findings else AuditVerdict.AS_WRITTEN


def _checked(found: Workbook) -> Checked:
    cells = [cell for sheet in found.sheets for cell in sheet.cells.values()]
    formulas = [cell for cell in cells if cell.formula]
    stored = sum(cell.value is not None for cell in formulas)
    names = sum(not name.name.startswith("_xlnm.") for name in found.defined_names)
    return Checked(len(found.sheets), len(cells), len(formulas), stored, names)


def _with_effects(
    expected: Expected, structure: Structure, comparison: Comparison, notes: list[str] | None
) -> tuple[list[Finding], list[Finding]]:
    """The differences as findings and as changed inputs, each with its effect, up to so many; without where notes
    are None."""
    work = effects_of.Effects(expected, structure)
    findings: list[Finding] = []
    inputs: list[Finding] = []
    worked_out = left_out = 0
    for group in groups(comparison.differences):
        finding = as_finding(group)
        if notes is not None and _can_move_a_figure(group):
            if worked_out < effects_of.MOST:
                finding = _with_effect(finding, work.of(group), group)
                worked_out += 1
            else:
                left_out += 1
                finding = replace(finding, no_effects=f"not worked out: it is after the first {effects_of.MOST}")
        (inputs if finding.kind is FindingKind.INPUT_CHANGED else findings).append(finding)
    if notes is not None and left_out:
        notes.append(
            f"Effects are worked out one by one for the first {effects_of.MOST} findings only; {left_out} more have "
            "none. The effect of all changes together is complete."
        )
    return findings, inputs


def _with_effect(finding: Finding, found: tuple[Effect, ...] | None, group: list[CellDifference]) -> Finding:
    """The finding with its effect; a fact that moves nothing has an effect that the workbook does not show."""
    if found is None:
        return replace(finding, no_effects="could not be worked out alone")
    line = group[0].part.line
    if line is not None and line.is_fact and not effects_of.any_moved(found):
        return replace(finding, no_effects="not known: the workbook does not follow it")
    if line is None and group[0].place == position(CHECK_CELL) and not effects_of.any_moved(found):
        return replace(finding, no_effects=HIDES_A_CHECK)
    return replace(finding, effects=found)


def _can_move_a_figure(group: list[CellDifference]) -> bool:
    """Labels and rules move nothing; years do, for formulas look them up."""
    first = group[0]
    if first.expected is None or first.found is None:
        return False
    changed = first.expected.formula or not isinstance(first.expected.value, str)
    return bool(changed or first.kind is FindingKind.PERIOD_CHANGED)


def _suffering(comparison: Comparison) -> Iterator[Finding]:
    """Formulas that lost what they read, or did not follow it: reported once, at the first."""
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


def _engine_against_python(expected: Expected) -> Iterator[Finding]:
    for sheet, place, ours, theirs in expected.disagreements:
        yield Finding(
            FindingKind.ENGINES_DISAGREE, sheet, address(*place), "The model itself: two engines, two results.",
            typed(ours), typed(theirs),
        )  # fmt: skip


def _in_reading_order(findings: list[Finding], found: Workbook) -> tuple[Finding, ...]:
    """Sheet by sheet and row by row; last what follows from the rest."""
    order = {sheet.name: number for number, sheet in enumerate(found.sheets)}
    last = (FindingKind.FROM_BEFORE, FindingKind.ERROR)

    def key(finding: Finding) -> tuple[bool, int, Position]:
        return finding.kind in last, order.get(finding.sheet, -1), places_of(finding.cells) or (0, 0)

    return tuple(sorted(findings, key=key))
