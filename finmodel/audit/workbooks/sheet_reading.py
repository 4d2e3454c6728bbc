"""Reading one worksheet in one pass: formulas and stored values together, shared formulas written out.

What is read is what stands in its place; whatever another reader could take differently is reported as an oddity.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from typing import cast

from msgspec import Struct, field
from msgspec.structs import replace

from finmodel.audit.workbooks.around import Around, Attributes, Runs
from finmodel.audit.workbooks.contents import Kind, NamedTable, Oddity, Position, SheetCell, State, Stored, Worksheet
from finmodel.audit.workbooks.formulas import Moving
from finmodel.audit.workbooks.grammar import SPACE
from finmodel.audit.workbooks.look import Condition, Differential, Style
from finmodel.audit.workbooks.markup import read_in_place
from finmodel.audit.workbooks.plain_cells import PLAIN, PlainCell
from finmodel.lines.cells import LAST_COLUMN, LAST_ROW, address, column_number, position
from finmodel.parsing.archive import Archive

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_PLAIN = Style()
# Points of height, and characters of width, from which a line of the screen is left of a row or column.
_SEEN = {"ht": 1, "defaultRowHeight": 1, "width": 0.2}
# Formulas of validation rules and conditional formats, in the names of the main and the extended markup.
_OTHER = {"formula1", "formula2", "formula"}
# How values are written; Python would also take `4_5000`, digits of other scripts and spaces around them.
_WRITTEN = {
    "n": re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"),
    "s": re.compile("[0-9]+"),
    "b": re.compile("[01]|true|false"),
    "e": re.compile(r"#(?:[A-Z]+(?:[/_][A-Z0-9]+)*[!?]?|N/A)"),
}
_ADDRESS = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_MOST_ODDITIES = 2_000  # of one workbook; more are not listed one by one


def on(attributes: Mapping[str, str], name: str) -> bool:
    """Whether a yes-or-no attribute is there and says yes."""
    return attributes.get(name, "0") in ("1", "true", "on")


def _no_size(attributes: Mapping[str, str], name: str) -> bool:
    """Whether a height or width is less than can be seen."""
    size = attributes.get(name)
    return size is not None and float(size) < _SEEN[name]


def _number(text: str) -> float:
    """A stored number; a workbook can hold neither an infinite one nor one that is none."""
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number


def unescaped(text: str) -> str:
    """Text with the escapes of control characters undone: `_x000D_` is a carriage return."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class Shared(Struct):
    """What all sheets of a workbook share, and how much has been read so far."""

    archive: Archive
    strings: Sequence[str]
    styles: Sequence[Style]
    runs: Mapping[int, tuple[Mapping[str, Attributes], ...]] = field(default_factory=dict)
    cells: int = 0
    formula_characters: int = 0
    oddities: list[Oddity] = field(default_factory=list)
    odd_strings: Mapping[int, str] = field(default_factory=dict)
    seen_strings: set[int] = field(default_factory=set)  # those of the odd ones that a cell holds
    conditional: Sequence[Differential] = ()  # the looks of conditional formats

    def odd(self, part: str, sheet: str, cells: str, what: str, doubled: bool = False) -> None:
        """Report something, up to so many times."""
        if len(self.oddities) < _MOST_ODDITIES or doubled:
            self.oddities.append(Oddity(part, sheet, cells, what, doubled))


class _SheetReading(Struct):
    """A sheet while it is being read."""

    shared: Shared
    part: str
    name: str
    cells: dict[Position, SheetCell] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    grouped_rows: set[int] = field(default_factory=set)
    grouped_columns: set[int] = field(default_factory=set)
    rows_hidden_by_default: bool = False
    stated: str = ""  # the range that the sheet says it fills
    filtered: str = ""
    protected: bool = False
    merged: list[str] = field(default_factory=list)
    ruled: str = ""  # the range of the conditional format that was begun last
    conditional: list[Condition] = field(default_factory=list)
    other_formulas: list[str] = field(default_factory=list)
    around: Around = field(default_factory=Around)
    letters: Runs = field(default_factory=Runs)
    row: int = 0
    column: int = 0
    in_row: bool = False
    last: Position = (0, 0)  # the row that was begun last, and the last cell in it
    # the cell that is being read
    inside: bool = False
    place: Mapping[str, str] = field(default_factory=dict)
    formula: Mapping[str, str] | None = None
    formula_text: str = ""
    value_text: str | None = None
    rich: list[str] = field(default_factory=list)
    inline: bool = False
    kept: bool = False  # whether spaces around the text that is being read are kept
    phonetic: bool = False
    masters: dict[str, tuple[Moving, str]] = field(default_factory=dict)
    filled: list[tuple[Position, Position, str]] = field(default_factory=list)

    def where(self) -> str:
        """The cell that is being read, or the row; "" outside of both."""
        if self.inside:
            return self.place.get("r") or address(max(self.row, 1), self.column + 1)
        return f"{self.row}:{self.row}" if self.in_row else ""

    def odd(self, what: str, doubled: bool = False) -> None:
        """Something that another reader could take differently, where it stands."""
        self.shared.odd(self.part, self.name, self.where(), what, doubled)

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif self.inside:
            if name == "f":
                self.formula = attributes
            elif name == "t":
                self.kept = attributes.get(SPACE) == "preserve"
            elif name == "is":
                self.inline = True
            elif name == "rPh":
                self.phonetic = True
            elif name not in ("v", "r"):
                self.letters.begin(name, attributes)
        else:
            self.around.begin(name, attributes)
            if name in _ABOUT_SHEET:
                _ABOUT_SHEET[name](self, attributes)

    def end(self, name: str, text: str) -> None:
        """An element ends."""
        if not self.inside:
            self.around.end(name, text)
            if name == "row":
                self.in_row = False
            elif name in _OTHER and text:
                self.other_formulas.append(text)
                if name == "formula" and self.conditional:
                    rule = self.conditional[-1]
                    self.conditional[-1] = replace(rule, formulas=(*rule.formulas, text))
        elif name == "v":
            self.value_text = text
        elif name == "f":
            self.formula_text = text
        elif name == "t":
            if not self.kept and text != text.strip(" \t\r\n"):
                self.odd(NOT_KEPT)
            if not self.phonetic:
                self.rich.append(text)
        elif name == "rPh":
            self.phonetic = False
        elif name == "rPr":
            self.letters.end(name)
        elif name == "c":
            self._end_cell()
            self.inside = False

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self.row = int(attributes.get("r", self.row + 1))
        self.column, self.in_row = 0, True
        if not 0 < self.row <= LAST_ROW:
            raise self.shared.archive.damaged(self.part, f"There is no row {self.row}")
        if "r" not in attributes:
            self.odd("A row does not say which it is.")
        elif self.row <= self.last[0]:
            self.odd("A row is there twice, or after one that follows it.")
        self.last = (self.row, 0)
        if on(attributes, "hidden") or _no_size(attributes, "ht"):
            self.hidden_rows.add(self.row)
        if attributes.get("outlineLevel", "0") != "0":
            self.grouped_rows.add(self.row)
        self.around.row(self.row, attributes)

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self.inside = True
        self.place = attributes
        self.formula, self.formula_text, self.value_text = None, "", None
        self.phonetic = self.inline = False
        self.rich.clear()

    def cell(self, plain: PlainCell) -> None:
        """A cell as programs write it; nearly all are numbers with a look, in order, and need no second thought."""
        _, digits, style, kind, about, formula, value = plain
        if kind is None and style is not None and value and (about is None or about is PLAIN):
            found = int(digits), column_number(plain.letters)
            if self._is_next(found) and formula[:1] != "=" and _WRITTEN["n"].fullmatch(value):
                number, look = float(value), int(style)
                if look < len(self.shared.styles) and isfinite(number):
                    self.last = found
                    self.row, self.column = found
                    if runs := self.letters.taken():
                        self.around.runs[found] = runs
                    self.cells[found] = SheetCell(formula, number, "number", self.shared.styles[look])
                    self._count(formula)
                    return
        self._begin_cell(plain.attributes())
        self.formula, self.formula_text, self.value_text = about, formula, value
        self._end_cell()
        self.inside = False

    def _is_next(self, found: Position) -> bool:
        """Whether a cell stands in the row that was begun last, after all read of it, and is not there yet."""
        row, column = found
        in_order = row == self.last[0] and self.last[1] < column <= LAST_COLUMN and row <= LAST_ROW
        return in_order and found not in self.cells

    def _here(self) -> Position:
        """Where the cell is, from what it says of itself and from where it stands."""
        written = self.place.get("r")
        usual = _ADDRESS.fullmatch(written) if written else None
        found: Position | None = (max(self.row, 1), self.column + 1)
        if usual is not None:
            found = int(usual[2]), column_number(usual[1])
        elif written:
            found = position(written)
        if found is None or found[0] > LAST_ROW or found[1] > LAST_COLUMN:
            raise self.shared.archive.damaged(self.part, f"There is no cell {written}")
        row, column = self.last
        if usual is None:
            self.odd("A cell does not say which it is, or not as programs write it.")
        elif found[0] != row:
            self.odd(f"A cell stands in row {row}, and says that it is another.")
        elif found[1] <= column and found not in self.cells:
            self.odd("A cell stands after one that follows it.")
        self.last = (row, max(column, found[1]))
        return found

    def _end_cell(self) -> None:
        found = self.row, self.column = self._here()
        if self.formula is None and self.value_text is None and not self.rich:
            self.letters.taken()
            return
        formula, covered_by = self._formula(found) if self.formula is not None else ("", "")
        value, kind = self._value()
        if value is None and not formula and not covered_by:
            self.letters.taken()
            return
        if found in self.cells:  # readers would disagree on which of the two counts
            self.odd("The cell is there twice.", doubled=True)
            return
        style = self._style()
        if runs := self._runs():
            self.around.runs[found] = runs
        self.cells[found] = SheetCell(formula, value, kind, style, covered_by)
        self._count(formula)

    def _count(self, formula: str) -> None:
        shared, limits = self.shared, self.shared.archive.limits
        shared.cells += 1
        shared.formula_characters += len(formula)
        if shared.cells > limits.cells or shared.formula_characters > limits.formula_characters:
            what = f"The workbook holds more than {limits.cells:,} cells, or more formulas than can be audited"
            raise shared.archive.problem(
                self.part, what, "Audit it in parts: copy some sheets to a workbook of theirs."
            )

    def _formula(self, here: Position) -> tuple[str, str]:
        attributes, text = cast("Mapping[str, str]", self.formula), self.formula_text
        kind, reference = attributes.get("t", "normal"), attributes.get("ref", "")
        if text.startswith("="):
            self.odd("A formula begins with a second sign of equality.")
        if kind == "shared":
            return self._shared_formula(here, text, attributes), ""
        if kind not in _FORMULAS or (kind == "normal" and (reference or "si" in attributes)):
            self.odd("A formula is of a kind that is not known, or says two things of itself.")
        if kind in ("array", "dataTable") and reference:
            if kind == "dataTable":
                text = f"TABLE({attributes.get('r1', '')},{attributes.get('r2', '')})"
            self._fill(reference)
            return text, reference
        return text, ""

    def _shared_formula(self, here: Position, text: str, attributes: Mapping[str, str]) -> str:
        """The formula that a cell shares: its own where it states for which range, else the one stated before."""
        index, reference = attributes.get("si", ""), attributes.get("ref", "")
        master = self.masters.get(index)
        if text and reference:
            if master is not None:
                self.odd("A formula to be shared is stated twice.")
            elif not _inside(here, reference):
                self.odd("A formula to be shared stands outside of its own range.")
            self.masters.setdefault(index, (Moving(text, *here), reference))
            return text
        if text:
            self.odd("A cell that shares the formula of another holds a formula of its own.")
        if master is None:
            if text:
                return text
            raise self.shared.archive.damaged(
                self.part, f"The cell {address(*here)} shares a formula that is not there"
            )
        moving, whole = master
        if reference or not _inside(here, whole):
            self.odd("A cell shares a formula whose range it is not in.")
        return moving.at(*here)

    def _fill(self, reference: str) -> None:
        """Mark a range as filled by the formula of one cell, once all its cells are read."""
        first, _, last = reference.partition(":")
        start, stop = position(first), position(last or first)
        if start is None or stop is None:
            raise self.shared.archive.damaged(self.part, f"There is no range {reference}")
        if start != stop:
            self.filled.append((start, stop, reference))

    def mark_filled(self) -> None:
        """Tell cells that an array formula or data table fills from cells with a value typed in."""
        for (top, left), (bottom, right), reference in self.filled:
            if (bottom - top + 1) * (right - left + 1) > len(self.cells):
                places = [(r, c) for r, c in self.cells if top <= r <= bottom and left <= c <= right]
            else:
                places = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
            for place in places:
                cell = self.cells.get(place)
                if cell is not None and not cell.formula:
                    self.cells[place] = cell._replace(covered_by=reference)

    def _value(self) -> tuple[Stored, Kind]:
        kind, text = self.place.get("t", "n"), self.value_text
        if kind not in _VALUES and kind != "inlineStr":
            self.odd(f"A cell holds a kind of value that is not known ({kind[:20]}).")
        if self.inline and (kind != "inlineStr" or text is not None or self.formula is not None):
            self.odd("A cell holds a text next to another value or formula.")
        elif kind == "inlineStr" and not self.inline and text is not None:
            self.odd("A cell is said to hold a text of its own, and holds another value.")
        if kind == "inlineStr" or (text is None and self.rich):
            return unescaped("".join(self.rich)), "text"
        if text is None or (kind == "n" and not text.strip()):
            return None, "blank"
        if (written := _WRITTEN.get(kind, _WRITTEN["n"] if kind not in _VALUES else None)) and not written.fullmatch(
            text
        ):
            self.odd("A value is not written as programs write it.")
        reader, told = _VALUES.get(kind, _VALUES["n"])
        return self._shared_string(text) if kind == "s" else reader(text), told

    def _shared_string(self, text: str) -> str:
        index = int(text)
        if not 0 <= index < len(self.shared.strings):
            raise self.shared.archive.damaged(self.part, f"There is no shared text {index}, at {self.where()}")
        if index in self.shared.odd_strings:
            self.shared.seen_strings.add(index)
            self.odd(self.shared.odd_strings[index])
        return self.shared.strings[index]

    def _runs(self) -> tuple[Mapping[str, Attributes], ...]:
        """What is said of the letters of the text, run by run, in the cell or where texts are shared."""
        inside = self.letters.taken()
        shared = self.shared.runs
        if shared and self.value_text and self.place.get("t") == "s":
            return inside + shared.get(int(self.value_text), ())
        return inside

    def _style(self) -> Style:
        styles, said = self.shared.styles, self.place.get("s")
        index = int(said) if said is not None else 0
        if said is None:
            other = self.around.format_of(self.row, self.column)
            if 0 < other < len(styles) and styles[other] != styles[0]:
                self.around.unstyled[self.row, self.column] = styles[other]
        if index and not 0 < index < len(styles):
            self.odd("A cell has a look that is not there.")
        return styles[index] if 0 <= index < len(styles) else _PLAIN

    def columns(self, attributes: Mapping[str, str]) -> None:
        """`<col>`: the look of a run of columns."""
        first, last = int(attributes.get("min", 1)), min(int(attributes.get("max", 1)), LAST_COLUMN)
        numbers = range(max(first, 1), last + 1)
        if on(attributes, "hidden") or _no_size(attributes, "width"):
            self.hidden_columns.update(numbers)
        if attributes.get("outlineLevel", "0") != "0":
            self.grouped_columns.update(numbers)

    def format(self, attributes: Mapping[str, str]) -> None:
        """`<sheetFormatPr>`: what holds for rows that say nothing."""
        self.rows_hidden_by_default = on(attributes, "zeroHeight") or _no_size(attributes, "defaultRowHeight")

    def protection(self, attributes: Mapping[str, str]) -> None:
        """`<sheetProtection>`."""
        self.protected = on(attributes, "sheet")

    def filter(self, attributes: Mapping[str, str]) -> None:
        """`<autoFilter>`."""
        self.filtered = attributes.get("ref", "")

    def dimension(self, attributes: Mapping[str, str]) -> None:
        """`<dimension>`."""
        self.stated = attributes.get("ref", "")

    def mark_outside(self) -> None:
        """Report cells outside of the range that the sheet says it fills, which some programs do not read."""
        if not self.stated or self.stated == "A1":  # as Excel says of an empty sheet
            return
        stated = _corners(self.stated)
        outside = [place for place in self.cells if stated is None or not _between(place, *stated)]
        if outside:
            what = f"The sheet says that it fills {self.stated[:40]}; what stands outside is not read by every program."
            self.shared.odd(self.part, self.name, address(*min(outside)), what)

    def merge(self, attributes: Mapping[str, str]) -> None:
        """`<mergeCell>`."""
        self.merged.append(attributes.get("ref", ""))

    def conditionally(self, attributes: Mapping[str, str]) -> None:
        """`<conditionalFormatting>`; in the extended markup its range stands elsewhere."""
        self.ruled = attributes.get("sqref", "")

    def rule(self, attributes: Mapping[str, str]) -> None:
        """`<cfRule>`; a look that it does not name, as scales of colours and icons do not, is not known."""
        looks, number = self.shared.conditional, int(attributes.get("dxfId", -1))
        look = looks[number] if 0 <= number < len(looks) else None
        self.conditional.append(Condition(self.ruled, attributes.get("type", ""), (), look))


# How a stored value is read, by the type that its cell states. Dates as text (`d`) are rare: Excel writes numbers.
_VALUES: dict[str, tuple[Callable[[str], Stored], Kind]] = {
    "n": (_number, "number"),
    "s": (str, "text"),
    "str": (unescaped, "text"),
    "d": (str, "text"),
    "b": (lambda text: text.strip() in ("1", "true"), "logical"),
    "e": (str, "error"),
}
_ABOUT_SHEET = {
    "col": _SheetReading.columns,
    "sheetFormatPr": _SheetReading.format,
    "sheetProtection": _SheetReading.protection,
    "dimension": _SheetReading.dimension,
    "autoFilter": _SheetReading.filter,
    "mergeCell": _SheetReading.merge,
    "conditionalFormatting": _SheetReading.conditionally,
    "cfRule": _SheetReading.rule,
}


NOT_KEPT = "Spaces around a text are not marked as part of it, and some programs drop them."
_FORMULAS = ("normal", "array", "dataTable")


def _corners(reference: str) -> tuple[Position, Position] | None:
    """The first and the last cell of a range; None where it cannot be read."""
    first, _, last = reference.partition(":")
    start, stop = position(first), position(last or first)
    return None if start is None or stop is None else (start, stop)


def _between(here: Position, start: Position, stop: Position) -> bool:
    return start[0] <= here[0] <= stop[0] and start[1] <= here[1] <= stop[1]


def _inside(here: Position, reference: str) -> bool:
    """Whether a cell is in a range; not where the range cannot be read."""
    corners = _corners(reference)
    return corners is not None and _between(here, *corners)


def read_sheet(shared: Shared, part: str, name: str, state: State, tables: tuple[NamedTable, ...]) -> Worksheet:
    """The worksheet in a part; raises ProblemsError where it is damaged or beyond the limits."""
    reading = _SheetReading(shared, part, name)
    read_in_place(shared.archive, part, "worksheet", reading, reading)
    reading.mark_filled()
    reading.mark_outside()
    return Worksheet(
        name=name,
        state=state,
        part=part,
        cells=reading.cells,
        hidden_rows=frozenset(reading.hidden_rows),
        hidden_columns=frozenset(reading.hidden_columns),
        grouped_rows=frozenset(reading.grouped_rows),
        grouped_columns=frozenset(reading.grouped_columns),
        rows_hidden_by_default=reading.rows_hidden_by_default,
        filtered=reading.filtered,
        protected=reading.protected,
        merged=tuple(reading.merged),
        conditional=tuple(reading.conditional),
        tables=tables,
        other_formulas=tuple(reading.other_formulas),
        around=reading.around,
    )
