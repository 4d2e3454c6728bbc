"""The sheet that says by live formulas what is still missing, before finmodel has seen the workbook."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from xlsxwriter.worksheet import Worksheet

from finmodel.case.workbook.formats import CaseFormats
from finmodel.case.workbook.layout import FIRST, LAST, FormPlan, Plan, SheetPlan
from finmodel.case.workbook.lists import INDICES, NAMES_OF_INDICES, SHEETS_NAMED
from finmodel.case.workbook.spread import CaseSpread
from finmodel.case.workbook.tables import FieldPath, Parent, SheetColumn
from finmodel.lines.cells import column_letters

_OK, _MISSING, _UNKNOWN, _ASK = "OK", "MISSING", "UNKNOWN", "ASK"
_NOTHING = "Nothing that must be filled in is missing."
_ONE = " cell is still to be filled in or put right: see below."
_SOME = " cells are still to be filled in or put right: see below."
_TOP = 6  # the row of the first check, from 0
_EITHER: dict[str, tuple[tuple[tuple[FieldPath, ...], str], ...]] = {
    "Posts": (
        ((("fte",), ("hours",)), "Full-time equivalent, or hours"),
        ((("grade",), ("annual_cost",)), "Grade, or all-in annual cost"),
    ),
    "Grades": (((("points",), ("salary",), ("hourly_pay",)), "Spinal points, or salary, or hourly pay"),),
    "Placements avoided": (
        (
            (("children",), ("children", "need"), ("entries_avoided",), ("entries_avoided", "need")),
            "Children fewer in care, or entries avoided a month",
        ),
        ((("optimism_bias",), ("evidence_grade",)), "Optimism bias, or evidence grade"),
    ),
    "Savings": (((("optimism_bias",), ("evidence_grade",)), "Optimism bias, or evidence grade"),),
    "Price rises": ((((), ("published",)), "Rise, or published rate"),),
}
_EITHER_IN_FORM = (((("discounting", "rate"), ("discounting", "schedule")), "Discount rate, or discount schedule"),)
_AT_LEAST_ONE = ("Options",)
_BETWEEN_WORDS = "-,()/&'.:\u2019"
_BASE, _ROLE = "business as usual", ("role",)


class _Check(Struct, frozen=True):
    """A line of the sheet. missing: a formula for how many are missing, and how many are missing now.

    word: what is shown where some are. Those of `ASK` are allowed to be missing, and are not counted.
    """

    sheet: str
    what: str
    missing: str
    now: int
    what_to_do: str
    word: str = _MISSING


def write_check(page: Worksheet, plan: Plan, spread: CaseSpread, formats: CaseFormats) -> None:
    """A line for everything that must be filled in, how much of it is missing, and a count of all at the top."""
    checks = [*_of_forms(plan, spread), *_of_tables(plan), *_unknown_names(plan), *_mixes(plan)]
    checks += _base(plan, spread)
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
    total = sum(check.now for check in checks if check.word != _ASK)
    counted = f"SUM(D{_TOP + 1}:D{last + 1})"
    formula = f'=IF({counted}=0,"{_NOTHING}",{counted}&IF({counted}=1,"{_ONE}","{_SOME}"))'
    shown = f"{total}{_ONE if total == 1 else _SOME}" if total else _NOTHING
    page.write_formula(3, 0, formula, formats.big, shown)
    for column, heading in enumerate(("Sheet", "What is needed", "Found", "How many", "What to do")):
        page.write_string(_TOP - 1, column, heading, formats.heading)
    for row, check in enumerate(checks, start=_TOP):
        page.write_url(row, 0, f"internal:'{check.sheet}'!A1", formats.link, check.sheet)
        page.write_string(row, 1, check.what, formats.status)
        _write_line(page, row, check, formats)
    for word, style in ((_MISSING, formats.bad), (_UNKNOWN, formats.bad), (_ASK, formats.bad), (_OK, formats.good)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style}
        page.conditional_format(_TOP, 2, last, 2, rule)
    page.freeze_panes(_TOP, 0)
    page.repeat_rows(_TOP - 1)


def _write_line(page: Worksheet, row: int, check: _Check, formats: CaseFormats) -> None:
    word, to_do = (check.word, check.what_to_do) if check.now else (_OK, "")
    counted = check.missing if check.word == _ASK else f"D{row + 1}"
    page.write_formula(row, 2, f'=IF({counted}=0,"{_OK}","{check.word}")', formats.status, word)
    if check.word == _ASK:
        page.write_blank(row, 3, None, formats.status)
    else:
        page.write_formula(row, 3, f"={check.missing}", formats.status, check.now)
    page.write_formula(row, 4, f'=IF(C{row + 1}="{_OK}","","{check.what_to_do}")', formats.status, to_do)


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
                yield from _column_check(sheet, head)
        for paths, what in _EITHER.get(sheet.sheet, ()):
            yield from _either(sheet, paths, what)


def _column_check(sheet: SheetPlan, head: Parent | SheetColumn) -> Iterator[_Check]:
    """In every row that is called something, the cell of a column that must be filled in."""
    place = sheet.heads.index(head)
    known = sheet.known_by if place != sheet.known_by else _another_needed(sheet)
    if known is None:
        return
    now = 0 if isinstance(head, Parent) else sum(head.path not in row.texts for row in sheet.rows)
    missing = f'COUNTIFS({_range(sheet, known)},"<>",{_range(sheet, place)},"")'
    to_do = f"Fill in column {column_letters(place + 1)} of every row that is used."
    yield _Check(sheet.sheet, f"{head.heading}, in every row", missing, now, to_do)


def _another_needed(sheet: SheetPlan) -> int | None:
    """Another column than the one by which a row is known that is filled in where a row is used."""
    needed = (place for place, head in enumerate(sheet.heads) if isinstance(head, Parent) or head.required)
    return next((place for place in needed if place != sheet.known_by), None)


def _either(sheet: SheetPlan, paths: tuple[FieldPath, ...], what: str) -> Iterator[_Check]:
    places = [place for place, head in enumerate(sheet.heads) if isinstance(head, SheetColumn) and head.path in paths]
    if places:
        empty = ",".join(f'{_range(sheet, place)},""' for place in places)
        missing = f'COUNTIFS({_range(sheet, sheet.known_by)},"<>",{empty})'
        now = sum(not any(path in row.texts for path in paths) for row in sheet.rows)
        letters = " or ".join(column_letters(place + 1) for place in places)
        to_do = f"Fill in column {letters} of every row that is used."
        yield _Check(sheet.sheet, f"{what}, in every row", missing, now, to_do)


def _unknown_names(plan: Plan) -> Iterator[_Check]:
    """Names that are on no row of the sheet that they are chosen from, such as one that was misspelt."""
    for form in plan.forms:
        for column in form.columns:
            lists = _names_referred_to(plan, column.shape.refers)
            if lists:
                cell = f"B{form.row_of(column) + 1}"
                named = SHEETS_NAMED.get(column.shape.refers, INDICES)
                to_do = f"In {cell}, choose a name from the list; or add it on the sheet {named}."
                missing = _not_on(f"'{form.sheet}'!${cell[0]}${cell[1:]}", lists)
                yield _Check(form.sheet, f"{column.heading}, known on the sheet {named}", missing, 0, to_do, _UNKNOWN)
    for sheet in plan.tables:
        for place, head in enumerate(sheet.heads):
            refers = head.shape.refers if isinstance(head, SheetColumn) else ""
            named = head.sheet if isinstance(head, Parent) else SHEETS_NAMED.get(refers, "")
            lists = _names_referred_to(plan, refers) or _names_on(plan, named)
            if not lists:
                continue
            named = named or INDICES
            to_do = (
                f"In column {column_letters(place + 1)}, choose a name from the list; or add it on the sheet {named}."
            )
            what = f"{head.heading}, known on the sheet {named}"
            yield _Check(sheet.sheet, what, _not_on(_range(sheet, place), lists), 0, to_do, _UNKNOWN)


def _mixes(plan: Plan) -> Iterator[_Check]:
    """Savings by placements avoided of which no row says in which placements the children would be."""
    avoided, mix = plan.of("Placements avoided"), plan.of("Placement mix")
    if avoided is None or mix is None:
        return
    saving = next(n for n, head in enumerate(mix.heads) if isinstance(head, Parent) and head.sheet == avoided.sheet)
    own = [_range(avoided, place) for place in _name_places(avoided)]
    listed = _words(_range(mix, saving))
    without = "*".join(f'(1-(TRIM({names})<>"")*ISNUMBER(MATCH({_words(names)},{listed},0)))' for names in own)
    missing = f'SUMPRODUCT((TRIM({own[0]})<>"")*{without})'
    to_do = "On the sheet Placement mix, add rows for this saving: in which placements the children would be."
    yield _Check(avoided.sheet, "Rows on the sheet Placement mix, for every saving", missing, 0, to_do)


def _base(plan: Plan, spread: CaseSpread) -> Iterator[_Check]:
    """Whether an option is business as usual: a case may lack one, and then the others are compared with nothing."""
    sheet = plan.of("Options")
    role = next((n for n, head in enumerate(sheet.heads) if _is_field(head, _ROLE)), None) if sheet else None
    if sheet is None or role is None or (("business_as_usual",) in spread.forms.get("Case", {})):
        return
    now = int(all(row.texts.get(_ROLE) != _BASE.replace(" ", "_") for row in sheet.rows))
    missing = f'IF(COUNTIF({_range(sheet, role)},"business?as?usual*")=0,1,0)'
    to_do = f"Add an option that goes on as now, and choose {_BASE} as its role; leave it where there is none."
    yield _Check(sheet.sheet, "An option that is business as usual", missing, now, to_do, _ASK)


def _is_field(head: Parent | SheetColumn, path: FieldPath) -> bool:
    return isinstance(head, SheetColumn) and head.path == path


def _names_referred_to(plan: Plan, refers: str) -> list[str]:
    """The ranges that hold what a field may name; none where it names no row of a sheet."""
    return [NAMES_OF_INDICES] if refers == "inflation" else _names_on(plan, SHEETS_NAMED.get(refers, ""))


def _names_on(plan: Plan, sheet: str) -> list[str]:
    """The columns of a sheet by whose names its rows go; none where it is not there or its rows have no names."""
    found = plan.of(sheet)
    return [_range(found, place) for place in _name_places(found)] if found is not None else []


def _name_places(sheet: SheetPlan) -> list[int]:
    names = (sheet.table.label, sheet.table.key)
    return [sheet.heads.index(column) for column in names if column is not None and column in sheet.heads]


def _not_on(used: str, lists: list[str]) -> str:
    """A formula for how many names in a range are in none of these lists."""
    absent = "*".join(f"ISNA(MATCH({_words(used)},{_words(names)},0))" for names in lists)
    return f'SUMPRODUCT((TRIM({used})<>"")*(LEFT({used},4)<>"see ")*{absent})'


def _words(names: str) -> str:
    """The words of names without the signs between them, so that a short name is its name: `team-a` and `Team (A)`."""
    for sign in _BETWEEN_WORDS:
        names = f'SUBSTITUTE({names},"{sign}"," ")'
    return f"TRIM({names})"


def _range(sheet: SheetPlan, place: int) -> str:
    letters = column_letters(place + 1)
    return f"'{sheet.sheet}'!${letters}${FIRST + 1}:${letters}${LAST + 1}"
