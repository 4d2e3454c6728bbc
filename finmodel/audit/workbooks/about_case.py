"""What a workbook says of its case, beside the case that it is compared with."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from finmodel.audit.workbooks.carried import CarriedCase, CarriedFile
from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.expected import Expected
from finmodel.audit.workbooks.findings import Finding, FindingKind
from finmodel.case import ProblemsError
from finmodel.case.load import load_carried_case
from finmodel.lines.cells import address
from finmodel.report import case_sheet


class AboutTheCase(Struct, frozen=True):
    """Findings and notes, and the cells of the model that they cover, which are not compared."""

    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    told: frozenset[tuple[str, Position]] = frozenset()


def about_the_case(expected: Expected, carried: CarriedCase | None, from_carried: bool) -> AboutTheCase:
    """Whether the carried case is whole, and the case compared with.

    from_carried: the workbook is compared with the very case that it carries.
    """
    if carried is None:
        return AboutTheCase()
    told: list[str] = []
    notes: list[str] = []
    findings = tuple(_not_whole(carried.sheet, file) for file in carried.files if not file.is_whole)
    if from_carried:
        return AboutTheCase(findings, tuple(notes), _cells_with(expected, told, bool(findings)))
    given = dict(expected.appraisal.loaded.contents)
    differing = [_line_that_differs(file.name, file.content, given.get(file.name)) for file in carried.files]
    differing = [text for text in differing if text]
    other = bool(differing) or len(given) != len(carried.files)
    if other:
        differ = "; ".join(differing) or "it has other files"
        notes.append(f"The case that the workbook carries is not the one given: {differ}.")
        notes += _of_another_paper(carried, expected.appraisal.case.title)
        told += [digest for _, digest in expected.appraisal.loaded.files]
    return AboutTheCase(findings, tuple(notes), _cells_with(expected, told, other))


def _of_another_paper(carried: CarriedCase, given: str) -> list[str]:
    """A note where the titles differ: then it is likely that the wrong case was named."""
    if not carried.files:
        return []
    try:
        title = load_carried_case(carried.contents).case.title
    except ProblemsError:
        return []
    if title == given:
        return []
    return [f"It carries the case “{title}”, and “{given}” was given. Is that the right one?"]


def _not_whole(sheet: str, file: CarriedFile) -> Finding:
    what = f"The lines of {file.name} are not those that the workbook was written from."
    return Finding(FindingKind.CASE_CHANGED, sheet, address(*file.place), what, file.stated_sha256, file.sha256)


def _line_that_differs(name: str, carried: bytes, given: bytes | None) -> str:
    if given is None:
        return f"{name} is not in the case given"
    if carried == given:
        return ""
    ours, theirs = given.splitlines(), carried.splitlines()
    pairs = enumerate(zip(theirs, ours, strict=False), start=1)
    line = next((number for number, (one, other) in pairs if one != other), min(len(ours), len(theirs)) + 1)
    return f"{name}, first in line {line}"


def _cells_with(expected: Expected, texts: Iterable[str], whole_sheet: bool) -> frozenset[tuple[str, Position]]:
    """The cells that say what is reported already, and the whole sheet of the case where that is wanted."""
    wanted = tuple(texts)
    return frozenset(
        (sheet.name, place)
        for sheet in expected.workbook.sheets
        if sheet.name in ("Cover", case_sheet.SHEET)
        for place, cell in sheet.cells.items()
        if (whole_sheet and sheet.name == case_sheet.SHEET)
        or (isinstance(cell.value, str) and any(text in cell.value for text in wanted))
    )
