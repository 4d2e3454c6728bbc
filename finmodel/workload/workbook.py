"""The workbook of a workload report: every quarter, shares, averages, rates, sums and changes as live formulas.

A figure that is hidden is the sign in its cell, without a formula; so is what would be worked out from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from typing import Any

from finmodel.lines.cells import address
from finmodel.report.line_sheets import new_workbook
from finmodel.workload.charts import chart_of
from finmodel.workload.document import comparison
from finmodel.workload.figures import LineKey
from finmodel.workload.published import NONE, ShownGroup, ShownLine, ShownReport

_LABELS = ("Measure", "Section", "Unit", "Base")
_FIRST = len(_LABELS) + 1  # column of the first quarter, from 1
_HEAD = 3  # row of the headings, from 1
_YEAR = 4
_BACK = ((1, "On last quarter"), (_YEAR, "On last year"))
_MOST_WITH_CHART = 60


@dataclass(frozen=True, slots=True)
class _Where:
    """On which sheet, and in which row, a line stands."""

    sheet: str
    row: int


def render_workbook(report: ShownReport) -> bytes:
    """The workbook's bytes; the same report gives the same bytes."""
    target = BytesIO()
    book = new_workbook(target, datetime.combine(report.newest.last_day, time()), report.title)
    looks = _Looks(book)
    places = _places(report)
    _cover(book, report, looks, places)
    for group in report.groups:
        _sheet(book, report, group, looks, places)
    _compared(book, report, looks)
    book.close()
    return target.getvalue()


class _Looks:
    """The formats, made once."""

    def __init__(self, book: Any) -> None:
        self._book, self._made = book, {}  # type: ignore[var-annotated]
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.plain = book.add_format({"valign": "top"})
        self.head = book.add_format(
            {"bold": True, "bg_color": "#D9E2EC", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.right = book.add_format(
            {"bold": True, "bg_color": "#D9E2EC", "bottom": 1, "text_wrap": True, "align": "right", "valign": "top"}
        )
        self.sign = book.add_format({"align": "right", "valign": "top", "font_color": "#595959"})
        self.words = book.add_format({"align": "right", "valign": "top", "text_wrap": True})

    def figure(self, line: ShownLine, live: bool) -> Any:
        """A figure: blue on pale yellow where it is typed in, black where it is a formula."""
        key = (line.unit == "percent", line.places, live)
        if key not in self._made:
            decimals = f"#,##0{'.' + '0' * line.places if line.places else ''}"
            look = {"num_format": f'{decimals}"%"' if key[0] else decimals, "valign": "top"}
            if not live:
                look |= {"font_color": "#1F3FBF", "bg_color": "#FFFBE6"}
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def _places(report: ShownReport) -> dict[LineKey, _Where]:
    found = {}
    for group in report.groups:
        name = sheet_name(group)
        for place, line in enumerate(group.lines):
            found[line.key] = _Where(name, _HEAD + 1 + place)
    return found


def sheet_name(group: ShownGroup) -> str:
    """What a group's sheet is called: its title, as short as Excel wants it, without signs that it does not take."""
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in group.title)[:31].strip()


def _cover(book: Any, report: ShownReport, looks: _Looks, places: dict[LineKey, _Where]) -> None:
    sheet = book.add_worksheet("Report")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, report.title, looks.title)
    rows = [
        (report.authority, report.summary),
        ("Quarter", f"{report.newest.name}, to {report.newest.words}"),
        *((sheet_name(group), f"{len(group.lines)} lines, {len(report.quarters)} quarters") for group in report.groups),
        ("Blue on pale yellow", "Given in the tables; typed in."),
        ("Black", "A formula over other cells of this workbook."),
        (NONE, "No figure was given, or one that is needed was not. Nothing is filled in."),
    ]
    if report.suppressed:
        rows.append(
            ("c", "Hidden to protect confidentiality: 1 to 5, or what would say such a number. No formula holds it.")
        )
    rows += [("Missing", f"Nothing was given for {quarter.words}.") for quarter in report.missing]
    rows += [("Note", f"{note.about}: {note.text}" if note.about else note.text) for note in report.notes]
    rows += [("Assumed", text) for text in report.assumptions]
    rows += [("Not given, and asked for", text) for text in report.asked]
    rows.append(("Source", report.source))
    for place, (name, text) in enumerate((row for row in rows if row[0] or row[1]), 2):
        sheet.write_string(place, 0, name, looks.plain)
        sheet.write_string(place, 1, text, looks.text)


def _sheet(book: Any, report: ShownReport, group: ShownGroup, looks: _Looks, places: dict[LineKey, _Where]) -> None:
    sheet = book.add_worksheet(sheet_name(group))
    sheet.write_string(0, 0, group.title, looks.title)
    for column, (name, wide) in enumerate(zip(_LABELS, (44, 26, 14, 40), strict=True)):
        sheet.set_column(column, column, wide)
        sheet.write_string(_HEAD - 1, column, name, looks.head)
    count = len(report.quarters)
    sheet.set_column(_FIRST - 1, _FIRST + count - 2, 11)
    sheet.set_column(_FIRST + count - 1, _FIRST + count + 2, 18)
    for place, quarter in enumerate(report.quarters):
        sheet.write_string(_HEAD - 1, _FIRST - 1 + place, quarter.words, looks.right)
    for place, (_, name) in enumerate(_BACK):
        at = _FIRST - 1 + count + 2 * place
        sheet.write_string(_HEAD - 1, at, name, looks.right)
        sheet.write_string(_HEAD - 1, at + 1, "In words", looks.right)
    sheet.freeze_panes(_HEAD, 2)
    for line in group.lines:
        _line(sheet, report, line, looks, places)
    _chart(book, sheet, report, group, places)


def _line(sheet: Any, report: ShownReport, line: ShownLine, looks: _Looks, places: dict[LineKey, _Where]) -> None:
    here = places[line.key]
    row = here.row - 1
    unit = "%" if line.unit == "percent" else line.unit
    for column, text in enumerate((line.label, line.key.section, unit, line.base)):
        sheet.write_string(row, column, text, looks.text)
    shown = {each.key: each for each in report.lines} if line.rule is not None else {}
    typed, live, sign = looks.figure(line, live=False), looks.figure(line, live=True), looks.sign
    for place, value in enumerate(line.values):
        at = _FIRST - 1 + place
        if value is None and (line.rule is None or line.signs[place] == "c"):
            sheet.write_string(row, at, line.text(place), sign)
        elif line.rule is None or not _can_be_live(line, place, shown):
            sheet.write_number(row, at, value, typed) if value is not None else sheet.write_string(row, at, NONE, sign)
        else:
            formula = line.rule.formula(lambda key, back, now=place: _cell(places, here, key, now - back))  # type: ignore[misc]
            sheet.write_formula(row, at, formula, live, NONE if value is None else value)
    last = len(line.values) - 1
    for number_of, (back, _) in enumerate(_BACK):
        _change(sheet, line, (row, last, back), _FIRST + last + 2 * number_of, looks)


def _can_be_live(line: ShownLine, place: int, shown: dict[LineKey, ShownLine]) -> bool:
    """Whether every cell of the formula is on the sheet, and none of them hides its figure."""
    rule = line.rule
    assert rule is not None
    if place < rule.quarters - 1:
        return False
    return all(shown[key].signs[place - back] != "c" for key in rule.inputs for back in range(rule.quarters))


def _cell(places: dict[LineKey, _Where], here: _Where, key: LineKey, place: int) -> str:
    where = places[key]
    cell = address(where.row, _FIRST + place)
    return cell if where.sheet == here.sheet else f"'{where.sheet}'!{cell}"


def _change(sheet: Any, line: ShownLine, at: tuple[int, int, int], column: int, looks: _Looks) -> None:
    """The change of the newest quarter, as a formula, and in words."""
    row, last, back = at
    words = line.change_words(last, back)
    if last < back or "c" in (line.signs[last], line.signs[last - back]):
        sheet.write_string(row, column, words, looks.sign)
        sheet.write_string(row, column + 1, words, looks.sign)
        return
    now, before = address(row + 1, _FIRST + last), address(row + 1, _FIRST + last - back)
    change = line.change(last, back)
    formula = f'=IF(COUNT({before},{now})=2,{now}-{before},"{NONE}")'
    sheet.write_formula(row, column, formula, looks.figure(line, live=True), NONE if change is None else change)
    cell = address(row + 1, column + 1)
    decimals = f"#,##0{'.' + '0' * line.places if line.places else ''}"
    points = " points" if line.unit == "percent" else ""
    up, down = (
        (", worse", ", better") if line.better == "lower" else (", better", ", worse") if line.better else ("", "")
    )
    least = f"{10.0**-line.places:.{line.places}f}"
    text = f'TEXT(ABS({cell}),"{decimals}")&"{points}"'
    small = f'IF({cell}>0,"up","down")&" less than {least}"'
    said = (
        f'=IF(COUNT({cell})=0,"{NONE}",IF(ABS({cell})<0.000000001,"no change",'
        f"IF(ROUND(ABS({cell}),{line.places})=0,{small},"
        f'IF({cell}>0,"up "&{text}&"{up}","down "&{text}&"{down}"))))'
    )
    sheet.write_formula(row, column + 1, said, looks.words, words)


def _chart(book: Any, sheet: Any, report: ShownReport, group: ShownGroup, places: dict[LineKey, _Where]) -> None:
    """The group's chart over the sheet's own cells; a gap where there is no figure."""
    shown = chart_of(report, group)
    if shown is None:
        return
    chart = book.add_chart({"type": "line"})
    name, last = sheet_name(group), len(report.quarters)
    for line in shown.lines:
        row = places[line.key].row - 1
        first = _FIRST - 1 + shown.first
        chart.add_series(
            {
                "name": [name, row, 0],
                "categories": [name, _HEAD - 1, first, _HEAD - 1, _FIRST + last - 2],
                "values": [name, row, first, row, _FIRST + last - 2],
                "marker": {"type": "automatic"},
            }
        )
    chart.set_title({"name": shown.title})
    chart.set_size({"width": 760, "height": 320})
    chart.show_blanks_as("gap")
    sheet.insert_chart(_HEAD + len(group.lines) + 1, 0, chart, {"description": shown.described})


def _compared(book: Any, report: ShownReport, looks: _Looks) -> None:
    from finmodel.document.table import Table  # noqa: PLC0415

    tables = [part for part in comparison(report) if isinstance(part, Table)]
    for table in tables:
        sheet = book.add_worksheet("Beside others")
        sheet.write_string(0, 0, table.caption, looks.title)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 6, 20)
        for column, head in enumerate(("Measure", *(cell.text for cell in table.columns))):
            sheet.write_string(_HEAD - 1, column, head, looks.head)
        for place, row in enumerate(table.rows):
            for column, text in enumerate((f"{row.header}. {row.note}", *(cell.text for cell in row.cells))):
                sheet.write_string(_HEAD + place, column, text, looks.text)
        sheet.write_string(_HEAD + len(table.rows) + 1, 0, table.note, looks.text)
