"""Checks that notice a number typed over a formula: every row is worked out once more, next to the cells it reads.

A total that is compared with another total moves with what both are made from, so it cannot see a cell typed over below
it. These rows can: each takes some lines of one option and one timeline, and is 1 where every cell is what its rule
makes of the cells that it reads. What they cannot see is a number that happens to be the formula's own, and the sheets
that only show figures; `finmodel audit` sees both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.lines.expression import ATOM, Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.standing import header_stands, least_of_rows, stands_as_ruled
from finmodel.lines.structure import ByAddress

MOST_CHARACTERS = 235  # of a formula, so that it stays below 250 wherever its lines stand
SHARED = "shared"
TOTALS = "Totals"  # the section of totals that only checks read
_NEAR, _FAR, _ROW = "x" * 6, "x" * 20, "x" * 31  # as long as a reference: on the same sheet, on another, to a row
_WORDS = {Timeline.ONCE: "single figures", Timeline.YEARS: "rows by year", Timeline.MONTHS: "rows by month"}


class _Kept(Struct):
    """Lines with one tolerance that stand in one row of checks."""

    tolerance: Line
    lines: list[Line] = field(default_factory=list)
    width: int = 20


def write_overwriting_checks(book: Book, tolerances: dict[str, Line]) -> dict[str, list[Line]]:
    """Write, for each option and for what options share, whether every row so far stands as its rule makes it.

    tolerances: the largest difference of two sums of an option in pounds, by option. Gives the checks by option, and
    those of what is shared under `SHARED`.
    """
    owned: dict[str, dict[Timeline, list[Line]]] = {name: {} for name in (SHARED, *tolerances)}
    for line in book.model:
        if line.expression is not None and not line.address.startswith("checks."):
            owned[_owner(line)].setdefault(line.timeline, []).append(line)
    titles = {option.id: option.title for option in book.case.options} | {SHARED: "What the options share"}
    in_pounds = any(line.unit.startswith("£") for lines in owned[SHARED].values() for line in lines)
    pounds = tolerances | {SHARED: book.convention("tolerance") if in_pounds else _smallest(book)}
    found: dict[str, list[Line]] = {}
    for name, by_timeline in owned.items():
        checks = Room(book, f"checks.{name}", f"Checks: {titles[name]}")
        at = "standing" if name == SHARED else f"options.{name}.standing"
        rows = Room(book, at, "Whether these rows stand as their rules make them")
        found[name] = [_standing(checks, rows, titles[name], lines, pounds[name]) for lines in by_timeline.values()]
    return found


def _standing(checks: Room, room: Room, title: str, lines: Sequence[Line], pounds: Line) -> Line:
    """Whether lines of one timeline stand as their rules make them, from rows of checks of as many as fit."""
    book, timeline = room.book, lines[0].timeline
    periods, words, name = book.model.periods(timeline), _WORDS[timeline], timeline.value
    rows = [
        room.line(
            f"{name}.{number}", _between(kept.lines), stands_as_ruled(kept.lines, kept.tolerance, periods), "flag"
        )
        for number, kept in enumerate(_packed(book, lines, pounds), start=1)
    ]
    if timeline is not Timeline.ONCE:
        label = f"The header of the {timeline.value} counts as its formulas make it"
        rows.append(room.line(f"{name}.header", label, header_stands(timeline, periods), "flag"))
    what = f"{title}: no cell among its {words} was typed over with another number"
    return checks.line(f"standing_{name}", what, least_of_rows(rows), "flag")


def _between(lines: Sequence[Line]) -> str:
    return lines[0].label if len(lines) == 1 else f"{lines[0].label} … {lines[-1].label}"


def _packed(book: Book, lines: Sequence[Line], pounds: Line) -> Iterator[_Kept]:
    """The lines in order, as many in a row of checks as its formula has room for; pounds apart from all else."""
    other = _smallest(book)
    open_rows: dict[bool, _Kept] = {}
    for line in lines:
        in_pounds = line.unit.startswith("£")
        width = _width(line)
        kept = open_rows.get(in_pounds)
        if kept is not None and kept.width + width > MOST_CHARACTERS:
            yield open_rows.pop(in_pounds)
            kept = None
        if kept is None:
            kept = open_rows[in_pounds] = _Kept(pounds if in_pounds else other)
        kept.lines.append(line)
        kept.width += width
    yield from open_rows.values()


def _smallest(book: Book) -> Line:
    """The smallest difference that counts between figures that are no pounds."""
    label = "Smallest difference that counts, of what is no pounds"
    return book.definition("smallest_difference", label, 1e-6, "number")


def _owner(line: Line) -> str:
    """The option of a line, or `SHARED`."""
    root, _, rest = line.address.partition(".")
    return rest.partition(".")[0] if root == "options" else SHARED


class _Widest(ByAddress):
    """Writes formulas with references as long as they may be on the sheet of one line (`Cells`)."""

    def __init__(self, line: Line) -> None:
        self._timeline, self._owner = line.timeline, _owner(line)

    def write(self, expression: Expression, binding: int = 0) -> str:
        """An operand; a line of the same sheet needs no sheet's name. Totals stand on the sheet of checks."""
        if not isinstance(expression, Line):
            return super().write(expression, binding)
        near = expression.timeline is self._timeline and not expression.is_stated and expression.section != TOTALS
        return _NEAR if near and _owner(expression) == self._owner else _FAR

    def row(self, line: Line) -> str:
        """All its periods."""
        return _ROW

    def row_to_date(self, line: Line) -> str:
        """Its periods so far."""
        return _ROW

    def before(self, line: Line) -> str:
        """The period before."""
        return self.write(line)

    def period_number(self) -> str:
        """A cell of the header."""
        return _NEAR

    first_period_number = year_number = period_number

    def year_numbers_of(self, line: Line) -> str:
        """A row of the header."""
        return _ROW

    def period_names(self, timeline: Timeline) -> str:
        """A row of the header."""
        return _ROW


def _width(line: Line) -> int:
    """How many characters a line's part of a formula takes at most."""
    if line.expression is None:
        raise ValueError(f"{line.address} is an input")
    cells = _Widest(line)
    return len(f"ABS({cells.write(line)}-{cells.write(line.expression, ATOM)})+")
