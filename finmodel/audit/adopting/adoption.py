"""A report's workbook whose inputs were changed, and the version of the case that it has become."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

from msgspec import Struct
from msgspec.structs import replace

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.appraisal.worked_problems import problems_of_sound_claims
from finmodel.audit.adopting.centres import move_centres
from finmodel.audit.adopting.placing import Placed, Placer, changed
from finmodel.audit.workbooks.carried import CarriedCase, carried_case
from finmodel.audit.workbooks.certificate import CARRIED, AuditVerdict, Certificate
from finmodel.audit.workbooks.contents import Workbook
from finmodel.audit.workbooks.differences import CellDifference, compare
from finmodel.audit.workbooks.expected import Expected, expected_workbook
from finmodel.audit.workbooks.findings import Finding, FindingKind
from finmodel.audit.workbooks.model_audit import audit_in_full
from finmodel.audit.workbooks.opening import open_workbook
from finmodel.audit.workbooks.other_version import other_version
from finmodel.audit.workbooks.recalculated import engine_of
from finmodel.audit.workbooks.structure import lay_side_by_side
from finmodel.basis.book import IN_THE_CASE, NOT_STATED
from finmodel.case import LoadedCase, Problem, ProblemsError
from finmodel.case.load import CASE_FILE, load_carried_case
from finmodel.case.rewriting import new_files
from finmodel.lines.cells import position
from finmodel.lines.evaluate import Results
from finmodel.lines.excel import FIRST_PERIOD_COLUMN
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.mixed_versions import moved_inputs
from finmodel.lines.structure import rules_of
from finmodel.parsing.places import address_in_words
from finmodel.report.line_sheets import cells_of, is_month, month_number

_ASK = "Ask for the folder of the case, and change it there."
_MOST_SHOWN = 5


class Taken(Struct, frozen=True):
    """A change that was taken over: what was changed, where the case states it, and the source that it still names."""

    finding: Finding
    file: str
    line: int | None
    where: str
    source: str


class Adoption(Struct, frozen=True):
    """The outcome: the case that the workbook carries, and the version of it that its cells make.

    new is None where nothing was changed. notes say what of the files had to be written otherwise than in place.
    """

    workbook: str
    old: LoadedCase
    new: LoadedCase | None = None
    taken: tuple[Taken, ...] = ()
    notes: tuple[str, ...] = ()


def adopt(path: str | Path, say: Callable[[str], None] = lambda _: None) -> Adoption:
    """What a report's workbook has become since it was written, as a case. Nothing is written.

    Raises ProblemsError, with every problem, where anything but an input was changed, where the case states no such
    figure, where the new inputs make no case, and where the new case would not give what the workbook gives.
    """
    say("Opening the workbook, and building the model that it should hold")
    found = open_workbook(path)
    carried = carried_case(found)
    if carried is None or not carried.files:
        what = "The workbook carries no case: it is not finmodel's, or its sheet with the case is gone"
        raise ProblemsError([Problem(str(path), None, "", what, _ASK)])
    _refuse_another_version(str(path), found, carried)
    expected = expected_workbook(load_carried_case(carried.contents))
    return adopt_inputs(path, found, carried, expected, say)


def adopt_inputs(
    path: str | Path,
    found: Workbook,
    carried: CarriedCase,
    expected: Expected,
    say: Callable[[str], None] = lambda _: None,
) -> Adoption:
    """The same of a workbook that was opened; expected: what it should hold by the case that it carries."""
    name = str(path)
    old = replace(expected.appraisal.loaded, folder=Path(path).with_suffix(""))
    certificate = audit_in_full(found, expected, carried, CARRIED, with_effects=False)
    _refuse_tampering(name, certificate)
    if not certificate.changed_inputs:
        return Adoption(found.name, old)
    say("Looking for the changed figures in the case")
    placed = _placed(name, found, expected, certificate)
    say("Writing the new version, and working it out")
    new, notes = _new_version(name, old, placed)
    _verify(name, found, expected, new, {each.address for each in certificate.changed_inputs})
    return Adoption(found.name, old, new.loaded, tuple(_taken(certificate, placed, new.loaded)), notes)


def _refuse_another_version(name: str, found: Workbook, carried: CarriedCase) -> None:
    version = other_version(found, carried)
    if version:
        what = f"The workbook was made by another version of finmodel ({version}), whose model this one does not know"
        raise ProblemsError(
            [Problem(name, None, "", what, "Write the report anew with this version, and change that.")]
        )


def _refuse_tampering(name: str, certificate: Certificate) -> None:
    """Whatever was changed and is no input is named; stored values from before a change are nobody's doing."""
    if certificate.verdict is AuditVerdict.NOT_RECALCULATED:
        notes = " ".join(certificate.notes)
        raise ProblemsError([Problem(name, None, "", f"The workbook could not be recalculated: {notes}", _ASK)])
    findings = [each for each in certificate.findings if each.kind is not FindingKind.FROM_BEFORE]
    if findings:
        raise ProblemsError(_no_input(name, finding) for finding in findings)


def _no_input(name: str, finding: Finding) -> Problem:
    what = f"{finding.what.rstrip('.')}. It is {finding.kind.value}, and no input"
    of = f"{finding.label}, {finding.period}".strip(", ")
    where = f"{finding.place}{f' ({of})' if of else ''}"
    remedy = f"Put it back as it was{f': {finding.expected}' if finding.expected else ''}; or change it in the case."
    return Problem(name, None, where, what, remedy, finding.found)


def _placed(name: str, found: Workbook, expected: Expected, certificate: Certificate) -> list[Placed]:
    placer = Placer(expected.appraisal.loaded)
    repeated = _repeated(expected)
    placed: list[Placed] = []
    problems: list[Problem] = []
    for line, values in _values(found, expected).items():
        places = [placer.place(address, values) for address in (line.address, *repeated.get(line.address, ()))]
        if None in places:
            problems += [_nowhere(name, each) for each in certificate.changed_inputs if each.address == line.address]
        placed += [place for place in places if place is not None]
    if problems:
        raise ProblemsError(problems)
    return placed


def _repeated(expected: Expected) -> dict[str, list[str]]:
    """By the address of an input, those of the lines that repeat it: the case states them once."""
    found: dict[str, list[str]] = {}
    for line in expected.appraisal.written.model:
        if (first := line.stated_in) is not None and first is not line:
            found.setdefault(first.address, []).append(line.address)
    return found


def _values(found: Workbook, expected: Expected) -> dict[Line, dict[int, float]]:
    """What was typed into inputs, by period counted from 0."""
    typed: dict[Line, dict[int, float]] = {}
    differences = compare(expected, lay_side_by_side(expected.workbook, found, expected.addresses), frozenset())
    for each in differences.differences:
        line = each.part.line
        if each.kind is FindingKind.INPUT_CHANGED and line is not None:
            typed.setdefault(line, {})[_period(each, line)] = _value(each, line, expected)
    return typed


def _period(difference: CellDifference, line: Line) -> int:
    assert difference.model_place is not None
    return 0 if line.timeline is Timeline.ONCE else difference.model_place[1] - 1 - FIRST_PERIOD_COLUMN


def _value(difference: CellDifference, line: Line, expected: Expected) -> float:
    assert difference.found is not None and isinstance(difference.found.value, int | float)
    value = float(difference.found.value)
    return float(month_number(expected.appraisal.case.horizon, value)) if is_month(line) else value


def _nowhere(name: str, finding: Finding) -> Problem:
    what = "The case has no place for this figure"
    if finding.source:
        what += f": it comes from {finding.source}"
    where = f"{finding.place} ({finding.label})"
    remedy = f"State the figure in the case itself ({finding.address}), and write the report anew."
    return Problem(name, None, where, what, remedy, finding.found)


def _new_version(name: str, old: LoadedCase, placed: Sequence[Placed]) -> tuple[Appraisal, tuple[str, ...]]:
    """The case with the new figures, read from its new files and worked out."""
    horizon = old.case.horizon
    moved = [(each.address, each.new) for each in placed]
    wanted = changed(old.data, moved, horizon)
    left_out = move_centres(wanted, placed, horizon)
    files = new_files(old, wanted)
    (first, content), *tables = files.contents
    loaded = load_carried_case([(first, content), *tables], problems_of_sound_claims)
    if loaded.data != wanted:
        what = "The new figures could not be written into the case in place"
        raise ProblemsError([Problem(name, None, "", what, "Change them in the case yourself.")])
    gone = (f"{line.label} ({line.address}): {why[0].lower()}{why[1:]}" for line, why in left_out.items())
    return appraise(loaded), (*files.notes, *gone)


def _verify(name: str, found: Workbook, expected: Expected, new: Appraisal, changed: set[str]) -> None:
    """Refuse a case whose inputs are not the workbook's, or whose figures are not the recalculated workbook's."""
    before = expected.appraisal.written.model
    problems = []
    if rules_of(before) != rules_of(new.written.model):
        what = "The new case would not have the workbook's rules"
        raise ProblemsError([Problem(name, None, "", what, "Change the figures in the case yourself.")])
    moved = set(moved_inputs(before, new.written.model))
    if moved != changed:
        others = ", ".join(sorted(moved ^ changed))
        what = f"The new case would not have the workbook's inputs: {others}"
        problems.append(Problem(name, None, "", what, "Change them in the case yourself."))
    engine = engine_of(found, expected.engine)
    results = Results(before, new.results.values)
    differing = [
        (sheet, cell)
        for sheet, cell, shown in cells_of(expected.layout, results)
        if not engine.gives(sheet, position(cell) or (0, 0), shown)
    ]
    if differing:
        first = ", ".join(f"{sheet}!{cell}" for sheet, cell in differing[:_MOST_SHOWN])
        what = f"The new case would not give what the workbook gives in {len(differing):,} cells: {first}"
        problems.append(Problem(name, None, "", what, "Change the figures in the case yourself."))
    if problems:
        raise ProblemsError(problems)


def _taken(certificate: Certificate, placed: Sequence[Placed], new: LoadedCase) -> list[Taken]:
    places = {each.line.address: each for each in placed}
    taken = []
    for finding in certificate.changed_inputs:
        place = places[finding.address]
        at = new.places.find(place.address)
        origin = place.line.origin
        source = origin.source if origin is not None and origin.source not in (IN_THE_CASE, *NOT_STATED) else ""
        where = address_in_words(place.address, new.data)
        taken.append(Taken(finding, at.file if at else CASE_FILE, at.line if at else None, where, source))
    return taken


def files_of(adoption: Adoption) -> dict[str, bytes]:
    """The files of the new version by name, the case file under the name that a folder's has.

    Raises ProblemsError where a name that the workbook carries would lead out of the folder.
    """
    assert adoption.new is not None
    (_, content), *tables = adoption.new.contents
    files = {CASE_FILE: content}
    for name, table in tables:
        windows = PureWindowsPath(name)
        if windows.anchor or PurePosixPath(name).is_absolute() or ".." in windows.parts or "\0" in name:
            what = "The workbook carries a table whose name leads out of the folder of the case"
            raise ProblemsError([Problem(adoption.workbook, None, name, what, _ASK)])
        files[name] = table
    return files
