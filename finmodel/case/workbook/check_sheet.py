"""The sheet that says by live formulas what is still missing, before finmodel has seen the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from finmodel.case.workbook.formats import CaseFormats
from finmodel.case.workbook.layout import FIRST, LAST, FormPlan, Plan, SheetPlan
from finmodel.case.workbook.spread import CaseSpread
from finmodel.case.workbook.tables import FieldPath, Parent, SheetColumn
from finmodel.lines.cells import column_letters

_OK, _MISSING = "OK", "MISSING"
_NOTHING = "Nothing that must be filled in is missing."
_SOME = " cells that must be filled in are empty: see below."
_TOP = 6  # the row of the first check, from 0
_EITHER: dict[str, tuple[tuple[tuple[FieldPath, ...], str], ...]] = {
    "Posts": (
        ((("fte",), ("hours",)), "Full-time equivalent, or hours"),
        ((("grade",), ("annual_cost",)), "Grade, or all-in annual cost"),
    ),
    "Grades": (((("points",), ("salary",), ("hourly_pay",)), "Spinal points, or salary, or hourly pay"),),
    "Placements avoided": (((("optimism_bias",), ("evidence_grade",)), "Optimism bias, or evidence grade"),),
    "Savings": (((("optimism_bias",), ("evidence_grade",)), "Optimism bias, or evidence grade"),),
    "Price rises": ((((), ("published",)), "Rise, or published rate"),),
}
_EITHER_IN_FORM = (((("discounting", "rate"), ("discounting", "schedule")), "Discount rate, or discount schedule"),)
_AT_LEAST_ONE = ("Options",)


@dataclass(frozen=True, slots=True)
class _Check:
    """A line of the sheet. missing: a formula for how many are missing, and how many are missing now."""

    sheet: str
    what: str
    missing: str
    now: int
    what_to_do: str


def write_check(page: Worksheet, plan: Plan, spread: CaseSpread, formats: CaseFormats) -> None:
    """A line for everything that must be filled in, how much of it is missing, and a count of all at the top."""
    checks = [*_of_forms(plan, spread), *_of_tables(plan)]
    last = _TOP + len(checks) - 1
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    for column, width in enumerate((24, 46, 14, 12, 70)):
        page.set_column(column, column, width)
    page.set_row(0, 24)
    page.write_string(0, 0, "Check: what is still missing", formats.title)
    for column in range(1, 5):
        page.write_blank(0, column, None, formats.title)
    page.write_string(
        1,
        0,
        "This sheet works itself out as you type. finmodel checks far more when it reads the workbook.",
        formats.about,
    )
    total = sum(check.now for check in checks)
    counted = f"SUM(D{_TOP + 1}:D{last + 1})"
    formula = f'=IF({counted}=0,"{_NOTHING}",{counted}&"{_SOME}")'
    shown = f"{total}{_SOME}" if total else _NOTHING
    page.write_formula(3, 0, formula, formats.big, shown)
    for column, heading in enumerate(("Sheet", "What is needed", "Found", "Missing", "What to do")):
        page.write_string(_TOP - 1, column, heading, formats.heading)
    for row, check in enumerate(checks, start=_TOP):
        page.write_url(row, 0, f"internal:'{check.sheet}'!A1", formats.link, check.sheet)
        page.write_string(row, 1, check.what, formats.status)
        page.write_formula(
            row, 2, f'=IF(D{row + 1}=0,"{_OK}","{_MISSING}")', formats.status, _MISSING if check.now else _OK
        )
        page.write_formula(row, 3, f"={check.missing}", formats.status, check.now)
        page.write_formula(
            row, 4, f'=IF(D{row + 1}=0,"","{check.what_to_do}")', formats.status, check.what_to_do if check.now else ""
        )
    page.conditional_format(
        _TOP, 2, last, 2, {"type": "cell", "criteria": "==", "value": f'"{_MISSING}"', "format": formats.bad}
    )
    page.conditional_format(
        _TOP, 2, last, 2, {"type": "cell", "criteria": "==", "value": f'"{_OK}"', "format": formats.good}
    )
    page.freeze_panes(_TOP, 0)
    page.repeat_rows(_TOP - 1)


def _of_forms(plan: Plan, spread: CaseSpread) -> Iterator[_Check]:
    for form in plan.forms:
        given = spread.forms.get(form.sheet, {})
        for column in form.columns:
            if column.required:
                cell = f"'{form.sheet}'!B{form.row_of(column) + 1}"
                empty = f"IF(LEN(TRIM({cell}))=0,1,0)"
                yield _Check(
                    form.sheet,
                    column.heading,
                    empty,
                    int(column.path not in given),
                    f"Fill in cell B{form.row_of(column) + 1}.",
                )
        for paths, what in _EITHER_IN_FORM:
            yield from _either_in_form(form, given.keys(), paths, what)


def _either_in_form(form: FormPlan, given: object, paths: tuple[FieldPath, ...], what: str) -> Iterator[_Check]:
    columns = [column for column in form.columns if column.path in paths]
    if columns:
        cells = [f"'{form.sheet}'!B{form.row_of(column) + 1}" for column in columns]
        filled = "+".join(f"LEN(TRIM({cell}))" for cell in cells)
        now = int(not any(path in given for path in paths))  # type: ignore[operator]
        rows = " or ".join(f"B{form.row_of(column) + 1}" for column in columns)
        yield _Check(form.sheet, what, f"IF({filled}=0,1,0)", now, f"Fill in {rows}.")


def _of_tables(plan: Plan) -> Iterator[_Check]:
    for sheet in plan.tables:
        if sheet.sheet in _AT_LEAST_ONE:
            used = _range(sheet, sheet.known_by)
            yield _Check(
                sheet.sheet,
                "At least one row",
                f'IF(COUNTIF({used},"?*")=0,1,0)',
                int(not sheet.rows),
                "Fill in a row.",
            )
        if sheet.table.texts:
            continue
        for head in sheet.heads:
            if isinstance(head, Parent) or head.required:
                yield _column_check(sheet, head)
        for paths, what in _EITHER.get(sheet.sheet, ()):
            yield from _either(sheet, paths, what)


def _column_check(sheet: SheetPlan, head: Parent | SheetColumn) -> _Check:
    """In every row that holds anything, the cell of a column that must be filled in."""
    place = sheet.heads.index(head)
    now = 0 if isinstance(head, Parent) else sum(head.path not in row.texts for row in sheet.rows)
    heading = head.heading
    missing = f"SUMPRODUCT(--({_anything(sheet, place)}>0),--(LEN(TRIM({_range(sheet, place)}))=0))"
    return _Check(
        sheet.sheet,
        f"{heading}, in every row",
        missing,
        now,
        f"Fill in column {column_letters(place + 1)} of every row that is used.",
    )


def _either(sheet: SheetPlan, paths: tuple[FieldPath, ...], what: str) -> Iterator[_Check]:
    places = [place for place, head in enumerate(sheet.heads) if isinstance(head, SheetColumn) and head.path in paths]
    if places:
        filled = "+".join(f"LEN(TRIM({_range(sheet, place)}))" for place in places)
        missing = f"SUMPRODUCT(--({_anything(sheet)}>0),--({filled}=0))"
        now = sum(not any(path in row.texts for path in paths) for row in sheet.rows)
        letters = " or ".join(column_letters(place + 1) for place in places)
        yield _Check(
            sheet.sheet, f"{what}, in every row", missing, now, f"Fill in column {letters} of every row that is used."
        )


def _anything(sheet: SheetPlan, but: int | None = None) -> str:
    """How much is written in each row, in the columns that say what the row is."""
    known = {sheet.known_by, *range(len(sheet.table.parents))}
    known |= {place for place, head in enumerate(sheet.heads) if isinstance(head, SheetColumn) and head.required}
    places = sorted(known - {but}) or [sheet.known_by]
    return "(" + "+".join(f"LEN(TRIM({_range(sheet, place)}))" for place in places) + ")"


def _range(sheet: SheetPlan, place: int) -> str:
    letters = column_letters(place + 1)
    return f"'{sheet.sheet}'!${letters}${FIRST + 1}:${letters}${LAST + 1}"
