"""What is in a workbook: plain values, read once, that every check looks at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct, field

from finmodel.audit.workbooks.around import Around
from finmodel.audit.workbooks.colours import Palette
from finmodel.audit.workbooks.drawn import Drawn
from finmodel.audit.workbooks.look import Condition, Style

Stored: TypeAlias = float | str | bool | None
Kind: TypeAlias = Literal["number", "text", "logical", "error", "blank"]
State: TypeAlias = Literal["visible", "hidden", "veryHidden"]
Position: TypeAlias = tuple[int, int]  # row and column, both counted from 1


class SheetCell(NamedTuple):
    """One cell that holds something. `value` is what the file stores, never recalculated.

    `formula` is without its `=`; "" when there is none. `covered_by` is the range of the array formula or data table
    that fills the cell, else "". Dates are numbers, as in the file; their style tells. An error is its text, `#REF!`.
    """

    formula: str
    value: Stored
    kind: Kind
    style: Style
    covered_by: str = ""

    @property
    def is_calculated(self) -> bool:
        """Filled by a formula of its own, or by one that fills a range."""
        return bool(self.formula or self.covered_by)


class NamedTable(Struct, frozen=True):
    """A named table of a sheet: structured references (`Posts[FTE]`) speak of it."""

    name: str
    sheet: str
    reference: str
    columns: tuple[str, ...]
    header_rows: int
    totals_rows: int


class Worksheet(Struct, frozen=True):
    """A worksheet: its cells by row and column, and what of it is not shown.

    `hidden_rows` and `hidden_columns` include those of hardly any height or width and those of a collapsed group;
    `grouped_…` are those in an outline group, shown or not. `filtered` is the range of an automatic filter, which hides
    rows too.
    `other_formulas` are those of validation rules and conditional formats; `conditional` are the rules of the latter.
    """

    name: str
    state: State
    part: str
    cells: Mapping[Position, SheetCell]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    grouped_rows: frozenset[int] = frozenset()
    grouped_columns: frozenset[int] = frozenset()
    rows_hidden_by_default: bool = False
    filtered: str = ""
    protected: bool = False
    merged: tuple[str, ...] = ()
    conditional: tuple[Condition, ...] = ()
    tables: tuple[NamedTable, ...] = ()
    other_formulas: tuple[str, ...] = ()
    around: Around = field(default_factory=Around)
    drawn: Drawn = field(default_factory=Drawn)

    @property
    def dimensions(self) -> Position:
        """The last row and the last column that hold something; (0, 0) for an empty sheet."""
        return max((row for row, _ in self.cells), default=0), max((column for _, column in self.cells), default=0)


class DefinedName(Struct, frozen=True):
    """A name for a range, a number or a formula; `sheet` is "" where it holds for the whole workbook."""

    name: str
    refers_to: str
    sheet: str = ""
    hidden: bool = False


class ExternalLink(Struct, frozen=True):
    """Another file that formulas read; `number` is the one in brackets in a formula, `[1]Sheet1!A1`."""

    number: int
    target: str


class Oddity(Struct, frozen=True):
    """What stands in a file where two readers may read different things: doubled, foreign, unknown, out of its place.

    `cells` as in `F9`, or `9:9` for a row; "" where it stands outside the cells. `doubled` says that a cell is there
    twice, so that no reading of the file can be relied on.
    """

    part: str
    sheet: str
    cells: str
    what: str
    doubled: bool = False


class Workbook(Struct, frozen=True):
    """A workbook as it lies in the file: nothing recalculated, nothing followed, nothing run.

    `notes` name what else is in the file and was not followed: data connections, embedded objects and the like.
    `chart_references` are the ranges that charts and pivot tables draw on; `chart_sheets` the names of sheets without
    cells; `pictures` and `comments` say whether there are any, which can cover cells or speak of them.
    `properties` are what the file says of itself, its title and the like, by name; `window` how it is opened, window by
    window; `palette` its colours. `oddities` are what of the file does not stand where its standard, or a program that
    saves reports, puts it; `parts_read` are the names of the parts that were read, in lower case.
    """

    name: str
    sha256: str
    sheets: tuple[Worksheet, ...]
    defined_names: tuple[DefinedName, ...] = ()
    external_links: tuple[ExternalLink, ...] = ()
    macros: bool = False
    notes: tuple[str, ...] = ()
    chart_references: tuple[str, ...] = ()
    chart_sheets: tuple[str, ...] = ()
    pictures: bool = False
    comments: bool = False
    dates_from_1904: bool = False
    iterates: bool = False
    precision_as_displayed: bool = False
    calculates_by_hand: bool = False
    properties: Mapping[str, str] = field(default_factory=dict)
    window: tuple[Mapping[str, str], ...] = ()
    palette: Palette = field(default_factory=Palette)
    oddities: tuple[Oddity, ...] = ()
    parts_read: frozenset[str] = frozenset()
    content: bytes = b""

    def sheet(self, name: str) -> Worksheet | None:
        """The sheet of a name, upper or lower case alike, as Excel finds it."""
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == name.casefold()), None)
