"""The second reading: where each line stands in a workbook, and its formula there.

Every sheet has the same columns: what a line is in A to D, one number in E, periods from F on. On sheets with periods,
column E stays empty: it is what lies before the first period. A formula is the same in every column of its row when its
references are read relatively.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct, field

from finmodel.lines import cells
from finmodel.lines.expression import Expression, LineError, Timeline
from finmodel.lines.line import Line

ONCE_COLUMN = 4  # E
FIRST_PERIOD_COLUMN = 5  # F
FIRST_DAY_ROW = 2  # as Excel counts, over months alone: the first day of each, as a date
YEAR_LABEL_ROW, PERIOD_NAME_ROW, PERIOD_NUMBER_ROW, YEAR_NUMBER_ROW = 3, 4, 5, 6
FIRST_LINE_ROW = 8
FIRST_MONTH = 4  # of a financial year
MAXIMUM_SHEET_NAME = 31
MAXIMUM_NAME = 255
MAXIMUM_FORMULA = 8192
_LIKE_A_CELL = re.compile(r"[A-Z]{1,3}\d+|R\d*(C\d*)?|C\d*", re.IGNORECASE)  # A1, R1C1, R, C


def column_letters(column: int) -> str:
    """The letters of a column counted from 0, as XlsxWriter does: 0 is A, 26 is AA."""
    return cells.column_letters(column + 1)


@lru_cache(maxsize=1000)
def sheet_reference(name: str) -> str:
    """A sheet's name as formulas write it, in quotes unless it is one plain word."""
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) and not _LIKE_A_CELL.fullmatch(name):
        return name
    doubled = name.replace("'", "''")
    return f"'{doubled}'"


class Place(Struct, frozen=True):
    """Where a line stands: the sheet and the row as Excel counts it."""

    sheet: str
    row: int


class HeadingRow(Struct, frozen=True):
    """A row of words above lines: of a section, or of a part of the sheet with several sections."""

    text: str
    of_part: bool = False


class Sheet(Struct):
    """A sheet of lines: its timeline, and what stands in each row (a line, or a heading)."""

    name: str
    timeline: Timeline
    title: str = ""
    rows: list[tuple[int, Line | HeadingRow]] = field(default_factory=list)
    not_printed: str = ""  # the heading of the part from which on nothing is printed
    for_screen: str = ""  # why only the head is printed, where that is so

    @property
    def last_printed(self) -> int:
        """The last row that is printed; 0 where there is none."""
        end = HeadingRow(self.not_printed, of_part=True)
        cut = next((number for number, (_, found) in enumerate(self.rows) if found == end), None)
        printed = self.rows[:cut]
        return printed[-1][0] if printed else 0

    @property
    def lines(self) -> Iterable[tuple[int, Line]]:
        """Its lines with their rows."""
        return ((row, line) for row, line in self.rows if isinstance(line, Line))


class Layout:
    """The sheets of lines in a workbook, and the place of every line."""

    def __init__(self, periods: Mapping[Timeline, int]) -> None:
        self.periods = periods
        self._columns = {timeline: _columns(timeline, number) for timeline, number in periods.items()}
        self.sheets: dict[str, Sheet] = {}
        self.places: dict[str, Place] = {}
        self.lines: dict[str, Line] = {}
        self.typed: dict[str, str] = {}  # by address, the cell elsewhere where the one number of an input is typed
        self.elsewhere: dict[str, str] = {}  # by address, the cell of a line of one number that has no row
        self._next_row: dict[str, int] = {}
        self._under: dict[str, tuple[str, str]] = {}  # the part and the section that a sheet has come to

    def beside(self) -> Layout:
        """A layout with these sheets and lines, to which more can be added without a trace in this one."""
        made = Layout(self.periods)
        made.sheets, made.places, made.lines = dict(self.sheets), dict(self.places), dict(self.lines)
        made.typed, made.elsewhere, made._next_row = self.typed, dict(self.elsewhere), dict(self._next_row)
        return made

    def add_sheet(self, name: str, timeline: Timeline, title: str = "") -> None:
        """Add an empty sheet."""
        taken = name.lower() in {sheet.lower() for sheet in self.sheets}
        if taken or not 1 <= len(name) <= MAXIMUM_SHEET_NAME or re.search(r"[][:*?/\\]|^'|'$", name):
            raise LineError(f"a sheet cannot be called {name!r}")
        self.sheets[name] = Sheet(name, timeline, title or name)
        self._next_row[name] = FIRST_LINE_ROW

    def add(self, line: Line, sheet: str, heading: str | None = None, part: str = "") -> None:
        """Put a line on the next row of a sheet, under a heading where that changes: by default its section.

        part: a group of sections, such as an option, which gets a heading of its own where it changes.
        """
        if line.address in self.places:
            raise LineError(f"{line.address} stands in the workbook already")
        if self.sheets[sheet].timeline is not line.timeline:
            raise LineError(f"{line.address} runs over {line.timeline.value}, the sheet {sheet} does not")
        self._head(sheet, part, line.section if heading is None else heading)
        row = self._put(sheet, line)
        self.places[line.address] = Place(sheet, row)
        self.lines[line.address] = line

    def _head(self, sheet: str, part: str, section: str) -> None:
        """Write the headings that change, with a gap above them but at the top of the sheet."""
        last_part, last_section = self._under.get(sheet, ("", ""))
        new_part = bool(part) and part != last_part
        new_section = bool(section) and (new_part or section != last_section)
        if (new_part or new_section) and self._next_row[sheet] > FIRST_LINE_ROW:
            self._next_row[sheet] += 1
        if new_part:
            self._put(sheet, HeadingRow(part, of_part=True))
        if new_section:
            self._put(sheet, HeadingRow(section))
        self._under[sheet] = (part, section or last_section)

    def _put(self, sheet: str, found: Line | HeadingRow) -> int:
        row = self._next_row[sheet]
        self._next_row[sheet] += 1
        self.sheets[sheet].rows.append((row, found))
        return row

    def columns(self, timeline: Timeline) -> range:
        """The columns of a timeline's periods, counted from 0."""
        return self._columns[timeline]

    def cell(self, line: Line, column: int) -> str:
        """`Sheet!F9`, with the sheet."""
        place = self.places[line.address]
        return f"{sheet_reference(place.sheet)}!{column_letters(column)}{place.row}"

    def row_range(self, line: Line) -> str:
        """`Sheet!$F$9:$J$9`: all its values, absolute."""
        place = self.places[line.address]
        columns = self.columns(line.timeline)
        first, last = column_letters(columns[0]), column_letters(columns[-1])
        reference = f"${first}${place.row}"
        if len(columns) > 1 or line.timeline is not Timeline.ONCE:
            reference += f":${last}${place.row}"
        return f"{sheet_reference(place.sheet)}!{reference}"

    def sheet_of(self, timeline: Timeline) -> str:
        """Some sheet with this timeline, for its header."""
        for sheet in self.sheets.values():
            if sheet.timeline is timeline:
                return sheet.name
        raise LineError(f"a sheet over {timeline.value} is needed, for its header")

    def header_range(self, sheet: str, row: int) -> str:
        """A header row's periods, absolute, without the sheet."""
        columns = self.columns(self.sheets[sheet].timeline)
        return f"${column_letters(columns[0])}${row}:${column_letters(columns[-1])}${row}"


def _columns(timeline: Timeline, periods: int) -> range:
    if timeline is Timeline.ONCE:
        return range(ONCE_COLUMN, ONCE_COLUMN + 1)
    return range(FIRST_PERIOD_COLUMN, FIRST_PERIOD_COLUMN + periods)


def _order(place: Place) -> tuple[str, int]:
    return place.sheet, place.row


HERE, _LEFT = "\0", "\1"  # the letters of a column and of the one before it, where these are put in later


class FormulaWriter:
    """Writes a line's formula for one column of its sheet (`Cells`), or for any column, its letters to be put in."""

    def __init__(self, layout: Layout, sheet: str, here: str = HERE, left: str = _LEFT) -> None:
        self.layout = layout
        self.sheet = sheet
        self.here = here
        self.left = left

    def _prefix(self, sheet: str) -> str:
        return "" if sheet == self.sheet else f"{sheet_reference(sheet)}!"

    def write(self, expression: Expression, binding: int = 0) -> str:
        """The formula of an operand; a line is a reference to its cell."""
        if isinstance(expression, Line):
            if expression.address in self.layout.elsewhere:
                return self.layout.elsewhere[expression.address]
            place = self.layout.places[expression.address]
            if expression.timeline is Timeline.ONCE:
                return f"{self._prefix(place.sheet)}${column_letters(ONCE_COLUMN)}${place.row}"
            return f"{self._prefix(place.sheet)}{self.here}{place.row}"
        text = expression.formula(self)
        return f"({text})" if expression.binding < binding else text

    def row(self, line: Line) -> str:
        """Every period of a line."""
        place = self.layout.places[line.address]
        columns = self.layout.columns(line.timeline)
        first, last = column_letters(columns[0]), column_letters(columns[-1])
        return f"{self._prefix(place.sheet)}${first}{place.row}:${last}{place.row}"

    def row_to_date(self, line: Line) -> str:
        """From the first period to this column."""
        place = self.layout.places[line.address]
        first = column_letters(FIRST_PERIOD_COLUMN)
        return f"{self._prefix(place.sheet)}${first}{place.row}:{self.here}{place.row}"

    def before(self, line: Line) -> str:
        """The cell to the left."""
        place = self.layout.places[line.address]
        return f"{self._prefix(place.sheet)}{self.left}{place.row}"

    def period_number(self) -> str:
        """The number in this column's header."""
        return f"{self.here}${PERIOD_NUMBER_ROW}"

    def first_period_number(self) -> str:
        """The number in the first period's header."""
        return f"${column_letters(FIRST_PERIOD_COLUMN)}${PERIOD_NUMBER_ROW}"

    def year_number(self) -> str:
        """The year's number in a month's header."""
        return f"{self.here}${YEAR_NUMBER_ROW}"

    def year_numbers_of(self, line: Line) -> str:
        """The years' numbers in the header of the sheet where a line stands.

        Numbers, because a spreadsheet that looks for `2011/12` may take it for December 2011.
        """
        sheet = self.layout.places[line.address].sheet
        return f"{self._prefix(sheet)}{self.layout.header_range(sheet, YEAR_NUMBER_ROW)}"

    def header_rules(self) -> list[tuple[str, str]]:
        """The cells of this column's header that are worked out, each with its formula."""
        formulas = _header_formulas(self.layout, self.sheet, self.here)
        return [(f"{self.here}${row}", text.removeprefix("=")) for row, text in formulas.items()]

    def rows(self, lines: Sequence[Line]) -> list[str]:
        """Every period of several lines, one range for those that follow each other."""
        found: list[str] = []
        places = sorted(((self.layout.places[line.address], line) for line in lines), key=lambda each: _order(each[0]))
        while places:
            first, line = places[0]
            run = next(
                (n for n, (place, _) in enumerate(places) if place != Place(first.sheet, first.row + n)), len(places)
            )
            columns = self.layout.columns(line.timeline)
            begin, end = column_letters(columns[0]), column_letters(columns[-1])
            found.append(f"{self._prefix(first.sheet)}${begin}${first.row}:${end}${first.row + run - 1}")
            places = places[run:]
        return found

    def period_names(self, timeline: Timeline) -> str:
        """The period names in some header of the timeline."""
        sheet = self.layout.sheet_of(timeline)
        return f"{self._prefix(sheet)}{self.layout.header_range(sheet, PERIOD_NAME_ROW)}"


def formula_in_any_column(layout: Layout, line: Line) -> str:
    """The formula of a line, with its equals sign; `in_column` puts the letters of a column in.

    The rule is written once: a formula is the same in every column but for the letters of that column and of the one
    before.
    """
    if line.expression is None:
        raise LineError(f"{line.address} is an input; it has a value and no formula")
    text = f"={FormulaWriter(layout, layout.places[line.address].sheet).write(line.expression)}"
    longest = len(in_column(text, layout.columns(line.timeline)[-1]))  # where its letters are the most
    if longest > MAXIMUM_FORMULA:
        raise LineError(f"the formula of {line.address} has {longest} characters, more than Excel takes; divide it")
    return text


def in_column(text: str, column: int) -> str:
    """A formula for any column, in the one of a number, counted from 0."""
    return in_columns(text, range(column, column + 1))[0]


def in_columns(text: str, columns: range) -> list[str]:
    """A formula for any column, in each of these, counted from 0."""
    letters = _letters(columns)
    found = [text.replace(HERE, here) for here, _ in letters]
    if _LEFT in text:
        return [each.replace(_LEFT, left) for each, (_, left) in zip(found, letters, strict=True)]
    return found


@lru_cache(maxsize=1000)
def _letters(columns: range) -> tuple[tuple[str, str], ...]:
    """The letters of each column and of the one before it."""
    return tuple((column_letters(column), column_letters(column - 1)) for column in columns)


def formulas(layout: Layout, line: Line) -> list[str]:
    """The formulas of a line, with their equals signs, one for each column of its timeline."""
    return in_columns(formula_in_any_column(layout, line), layout.columns(line.timeline))


def formula_at(layout: Layout, sheet: str, rule: Expression, column: int) -> str:
    """The formula, with its equals sign, of a cell that stands on some sheet and shows a rule's value in a column."""
    return f"={FormulaWriter(layout, sheet, column_letters(column), column_letters(column - 1)).write(rule)}"


def month_formula(layout: Layout, typed: str) -> str:
    """The number of the month of a date that is typed in a cell, counted from 1 in the first month of the case."""
    first = (
        f"{sheet_reference(layout.sheet_of(Timeline.MONTHS))}!${column_letters(FIRST_PERIOD_COLUMN)}${FIRST_DAY_ROW}"
    )
    return f"=12*(YEAR({typed})-YEAR({first}))+MONTH({typed})-MONTH({first})+1"


def header_formulas(layout: Layout, sheet: str, column: int) -> dict[int, str]:
    """The formulas of a sheet's header in a column: the period's number and, over months, the year's number."""
    return _header_formulas(layout, sheet, column_letters(column))


def _header_formulas(layout: Layout, sheet: str, letters: str) -> dict[int, str]:
    first = column_letters(FIRST_PERIOD_COLUMN)
    # the columns of the row above are counted: formualizer takes a count over the formula's own cell for a circle
    formulas = {PERIOD_NUMBER_ROW: f"=COLUMNS(${first}${PERIOD_NAME_ROW}:{letters}${PERIOD_NAME_ROW})"}
    if layout.sheets[sheet].timeline is Timeline.MONTHS:
        years = layout.sheet_of(Timeline.YEARS)
        labels = layout.header_range(years, YEAR_LABEL_ROW)
        formulas[YEAR_NUMBER_ROW] = f"=MATCH({letters}${YEAR_LABEL_ROW},{sheet_reference(years)}!{labels},0)"
        # April of the year that the first label begins with, and so many months on: DATE goes on past December
        start = f"VALUE(LEFT(${first}${YEAR_LABEL_ROW},4))"
        formulas[FIRST_DAY_ROW] = f"=DATE({start},{FIRST_MONTH - 1}+{letters}${PERIOD_NUMBER_ROW},1)"
    return formulas


def defined_name(address: str) -> str:
    """An address as a legal name: `options.peripatetic.posts.social-worker.cost` with `-` as `_`."""
    return re.sub(r"[^A-Za-z0-9_.]", "_", address)


def defined_names(addresses: Iterable[str]) -> dict[str, str]:
    """A legal name for every address, no two alike (Excel takes `Cost` and `cost` for one name)."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for address in addresses:
        stem = defined_name(address)[: MAXIMUM_NAME - 6]
        if not re.match(r"[A-Za-z_]", stem) or _LIKE_A_CELL.fullmatch(stem):
            stem = f"_{stem}"
        name, count = stem, 1
        while name.lower() in taken:
            count += 1
            name = f"{stem}_{count}"
        taken.add(name.lower())
        names[address] = name
    return names
