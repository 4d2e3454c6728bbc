"""The workbook of a workload report: every quarter, shares, averages, rates, sums and changes as live formulas.

A figure that is hidden is the sign in its cell, without a formula; so is what would be worked out from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any

from msgspec import Struct

from finmodel.lines.cells import address
from finmodel.report.line_sheets import new_workbook
from finmodel.workload.charts import chart_of
from finmodel.workload.comparators import Comparator
from finmodel.workload.figures import LineKey
from finmodel.workload.published import NONE, ShownGroup, ShownLine, ShownReport, day_of

_LABELS = ("Measure", "Section", "Unit", "Base")
_WIDTHS = (46, 20, 13, 36)
_FIRST = len(_LABELS) + 1  # column of the first quarter, from 1
_HEAD = 3  # row of the headings, from 1
_YEAR = 4
_ROW = 15.0  # points of a row with one line of text
_COVER, _OTHERS = "Report", "Beside others"
_LONGEST_NAME = 31  # of a sheet, as Excel has it
_BACK = ((1, "On last quarter"), (_YEAR, "On last year"))


class _Where(Struct, frozen=True):
    """On which sheet, and in which row, a line stands."""

    sheet: str
    row: int


def render_workbook(report: ShownReport) -> bytes:
    """The workbook's bytes; the same report gives the same bytes."""
    target = BytesIO()
    book = new_workbook(target, datetime.combine(report.newest.last_day, time()), report.title)
    looks = _Looks(book)
    layout = _Layout.of(report)
    _cover(book, report, looks)
    for group in report.groups:
        _sheet(book, report, group, looks, layout)
    _compared(book, report, looks, layout)
    book.close()
    return target.getvalue()


def formula_cells(report: ShownReport) -> Iterator[tuple[str, str, float | str]]:
    """Every formula cell of the workbook: sheet, cell, and what it must show."""
    layout = _Layout.of(report)
    for group in report.groups:
        for line in group.lines:
            for cell in _cells(layout, line):
                if cell.formula:
                    yield layout.names[group.id], address(cell.row, cell.column), cell.shown
    for place, (line, one) in enumerate(_with_comparator(report)):
        for cell in _beside(layout, line, one, _HEAD + 1 + place):
            yield _OTHERS, address(cell.row, cell.column), cell.shown


def _fit_for_print(sheet: Any, rows: int) -> None:
    """Landscape, one page wide, with the headings on each."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, rows - 1)


def _tall(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Points for a row of wrapped texts: LibreOffice prints what does not fit over the next row."""
    lines = (max(1, -(-int(len(text) * 1.15) // wide)) for text, wide in zip(texts, widths, strict=True))
    return _ROW * max(lines)


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

    def change(self, line: ShownLine) -> Any:
        """A change, with its sign; of percentages in points."""
        key = ("change", line.places)
        if key not in self._made:
            decimals = f"#,##0{'.' + '0' * line.places if line.places else ''}"
            look = {"num_format": f"+{decimals};−{decimals};{decimals}", "valign": "top", "align": "right"}
            self._made[key] = self._book.add_format(look)
        return self._made[key]

    def figure(self, line: ShownLine, live: bool) -> Any:
        """A figure: blue on pale yellow where it is typed in, black where it is a formula."""
        key = (line.unit == "percent", line.places, live)
        if key not in self._made:
            decimals = f"#,##0{'.' + '0' * line.places if line.places else ''}"
            look = {"num_format": f'{decimals}"%"' if key[0] else decimals, "valign": "top", "align": "right"}
            if not live:
                look |= {"font_color": "#1F3FBF", "bg_color": "#FFFBE6"}
            self._made[key] = self._book.add_format(look)
        return self._made[key]


class _Layout(Struct, frozen=True):
    """What each group's sheet is called, where each line stands, and the lines by key."""

    names: dict[str, str]
    places: dict[LineKey, _Where]
    lines: dict[LineKey, ShownLine]

    @classmethod
    def of(cls, report: ShownReport) -> _Layout:
        """A row for each line of a group, on the group's sheet."""
        names = sheet_names(report)
        places = {
            line.key: _Where(names[group.id], _HEAD + 1 + place)
            for group in report.groups
            for place, line in enumerate(group.lines)
        }
        return cls(names, places, {line.key: line for line in report.lines})


def sheet_names(report: ShownReport) -> dict[str, str]:
    """What each group's sheet is called, by the group's id: its title, as Excel takes it, and no two alike."""
    taken, names = {_COVER.casefold(), _OTHERS.casefold()}, {}
    for group in report.groups:
        title = "".join(" " if sign in "[]:*?/\\'" else sign for sign in group.title).strip()
        tries = (title[:_LONGEST_NAME], *(f"{title[: _LONGEST_NAME - 3]} {number}" for number in range(2, 99)))
        names[group.id] = next(each for each in tries if each.casefold() not in taken)
        taken.add(names[group.id].casefold())
    return names


def _cover(book: Any, report: ShownReport, looks: _Looks) -> None:
    sheet = book.add_worksheet(_COVER)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, report.title, looks.title)
    rows = [
        (report.authority, report.summary),
        ("Quarter", f"{report.newest.name}, to {report.newest.words}"),
        *((group.title, f"{len(group.lines)} lines, {len(report.quarters)} quarters") for group in report.groups),
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
        sheet.set_row(place, _tall((name, text), (34, 90)))
    _fit_for_print(sheet, 1)


def _sheet(book: Any, report: ShownReport, group: ShownGroup, looks: _Looks, layout: _Layout) -> None:
    sheet = book.add_worksheet(layout.names[group.id])
    sheet.write_string(0, 0, group.title, looks.title)
    for column, (name, wide) in enumerate(zip(_LABELS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, wide)
        sheet.write_string(_HEAD - 1, column, name, looks.head)
    count = len(report.quarters)
    sheet.set_column(_FIRST - 1, _FIRST + count - 2, 12)
    sheet.set_column(_FIRST + count - 1, _FIRST + count + 2, 18)
    for place, quarter in enumerate(report.quarters):
        sheet.write_string(_HEAD - 1, _FIRST - 1 + place, day_of(quarter), looks.right)
    for place, (_, name) in enumerate(_BACK):
        at = _FIRST - 1 + count + 2 * place
        sheet.write_string(_HEAD - 1, at, name, looks.right)
        sheet.write_string(_HEAD - 1, at + 1, "In words", looks.right)
    sheet.freeze_panes(_HEAD, 2)
    sheet.set_row(_HEAD - 1, 2 * _ROW)
    _fit_for_print(sheet, _HEAD)
    for line in group.lines:
        _line(sheet, layout, line, looks)
    _chart(book, sheet, report, group, layout)


class _Shown(Struct, frozen=True):
    """A cell of figures: where, what it shows, its formula or "". kind: typed, live, sign or words."""

    row: int
    column: int
    shown: float | str
    formula: str
    kind: str


def _line(sheet: Any, layout: _Layout, line: ShownLine, looks: _Looks) -> None:
    cells = list(_cells(layout, line))
    unit = "%" if line.unit == "percent" else line.unit
    texts = (line.label, line.key.section, unit, line.base)
    for column, text in enumerate(texts):
        sheet.write_string(cells[0].row - 1, column, text, looks.text)
    sheet.set_row(cells[0].row - 1, _tall(texts, _WIDTHS))
    formats = {
        "typed": looks.figure(line, live=False),
        "live": looks.figure(line, live=True),
        "sign": looks.sign,
        "words": looks.words,
        "change": looks.change(line),
    }
    for cell in cells:
        at = (cell.row - 1, cell.column - 1)
        if cell.formula:
            sheet.write_formula(*at, cell.formula, formats[cell.kind], cell.shown)
        elif isinstance(cell.shown, str):
            sheet.write_string(*at, cell.shown, formats[cell.kind])
        else:
            sheet.write_number(*at, cell.shown, formats[cell.kind])


def _cells(layout: _Layout, line: ShownLine) -> Iterator[_Shown]:
    """A line's figures by quarter, and its changes."""
    places, shown = layout.places, layout.lines
    here = places[line.key]
    for place, value in enumerate(line.values):
        at = (here.row, _FIRST + place)
        if line.rule is None or line.signs[place] == "c" or not _can_be_live(line, place, shown):
            yield _Shown(*at, line.text(place) if value is None else value, "", "sign" if value is None else "typed")
            continue

        def cell(key: LineKey, back: int, now: int = place) -> str:
            where = places[key]
            found = address(where.row, _FIRST + now - back)
            return found if where.sheet == here.sheet else f"'{where.sheet}'!{found}"

        yield _Shown(*at, NONE if value is None else value, line.rule.formula(cell), "live")
    last = len(line.values) - 1
    for number_of, (back, _) in enumerate(_BACK):
        yield from _change(line, (here.row, last, back), _FIRST + last + 1 + 2 * number_of)


def _can_be_live(line: ShownLine, place: int, shown: dict[LineKey, ShownLine]) -> bool:
    """Whether every cell of the formula is on the sheet, and none of them hides its figure."""
    rule = line.rule
    assert rule is not None
    if place < rule.quarters - 1:
        return False
    return all(shown[key].signs[place - back] != "c" for key in rule.inputs for back in range(rule.quarters))


def _change(line: ShownLine, at: tuple[int, int, int], column: int) -> Iterator[_Shown]:
    """The change of the newest quarter, as a formula, and in words."""
    row, last, back = at
    words = line.change_words(last, back)
    if last < back or "c" in (line.signs[last], line.signs[last - back]):
        yield _Shown(row, column, words, "", "sign")
        yield _Shown(row, column + 1, words, "", "sign")
        return
    now, before = address(row, _FIRST + last), address(row, _FIRST + last - back)
    change = line.change(last, back)
    formula = f'=IF(COUNT({before},{now})=2,{now}-{before},"{NONE}")'
    yield _Shown(row, column, NONE if change is None else change, formula, "change")
    yield _Shown(row, column + 1, words, _in_words(line, address(row, column)), "words")


def _in_words(line: ShownLine, cell: str) -> str:
    """The formula of a change in words, of the cell that holds the change."""
    decimals = f"#,##0{'.' + '0' * line.places if line.places else ''}"
    one = f'IF(ROUND(ABS({cell}),{line.places})=1," point"," points")' if line.places == 0 else '" points"'
    points = f"&{one}" if line.unit == "percent" else ""
    up, down = (
        (", worse", ", better") if line.better == "lower" else (", better", ", worse") if line.better else ("", "")
    )
    least = f"{10.0**-line.places:.{line.places}f}"
    text = f'TEXT(ABS({cell}),"{decimals}"){points}'
    small = f'IF({cell}>0,"up","down")&" less than {least}"'
    return (
        f'=IF(COUNT({cell})=0,"{NONE}",IF(ABS({cell})<0.000000001,"no change",'
        f"IF(ROUND(ABS({cell}),{line.places})=0,{small},"
        f'IF({cell}>0,"up "&{text}&"{up}","down "&{text}&"{down}"))))'
    )


def _chart(book: Any, sheet: Any, report: ShownReport, group: ShownGroup, layout: _Layout) -> None:
    """The group's chart over the sheet's own cells; a gap where there is no figure."""
    shown = chart_of(report, group)
    if shown is None:
        return
    chart = book.add_chart({"type": "line"})
    name, last = layout.names[group.id], len(report.quarters)
    for line in shown.lines:
        row = layout.places[line.key].row - 1
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


def _beside(layout: _Layout, line: ShownLine, one: Comparator, row: int) -> Iterator[_Shown]:
    """The newest figure of a line, and how far it is above England's."""
    last = len(line.values) - 1
    where, value = layout.places[line.key], line.values[last]
    assert value is not None
    yield _Shown(row, 3, value, f"='{where.sheet}'!{address(where.row, _FIRST + last)}", "live")
    if one.england is not None:
        yield _Shown(row, 7, value - one.england, f"={address(row, 3)}-{address(row, 4)}", "change")


def _with_comparator(report: ShownReport) -> list[tuple[ShownLine, Comparator]]:
    return [(line, line.comparator) for line in report.lines if line.comparator and line.values[-1] is not None]


def _compared(book: Any, report: ShownReport, looks: _Looks, layout: _Layout) -> None:
    """The report's newest figures, live, beside published ones, and how far above England they are."""
    compared = _with_comparator(report)
    if not compared:
        return
    sheet = book.add_worksheet(_OTHERS)
    sheet.write_string(0, 0, _OTHERS, looks.title)
    heads = ("Measure", "Unit", day_of(report.newest), "England", "Region", "Median of neighbours", "Above England by",
             "Published for", "To know", "Source")  # fmt: skip
    widths = (44, 14, 13, 13, 13, 13, 13, 18, 50, 50)
    for column, (head, wide) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, wide)
        sheet.write_string(_HEAD - 1, column, head, looks.right if 2 <= column <= 6 else looks.head)
    sheet.set_row(_HEAD - 1, 2 * _ROW)
    sheet.freeze_panes(_HEAD, 1)
    _fit_for_print(sheet, _HEAD)
    for place, (line, one) in enumerate(compared):
        row = _HEAD + place
        texts = {0: line.label, 1: "%" if line.unit == "percent" else line.unit, 7: one.period, 8: one.caution,
                 9: one.source}  # fmt: skip
        for column, text in texts.items():
            sheet.write_string(row, column, text, looks.text)
        for cell in _beside(layout, line, one, row + 1):
            look = looks.figure(line, live=True) if cell.kind == "live" else looks.change(line)
            sheet.write_formula(row, cell.column - 1, cell.formula, look, cell.shown)
        for column, figure in ((3, one.england), (4, one.region), (5, one.neighbours)):
            if figure is None:
                sheet.write_string(row, column, NONE, looks.sign)
            else:
                sheet.write_number(row, column, figure, looks.figure(line, live=False))
        sheet.set_row(row, _tall([texts[0], texts[8], texts[9]], (44, 50, 50)))
