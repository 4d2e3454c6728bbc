"""Look-ups that find the wrong line: approximate ones in lists out of order, and ranges that do not match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.formulas import Piece, pieces
from finmodel.audit.workbooks.general.analysis import Analysis, Area
from finmodel.audit.workbooks.general.check import Certainty, Check, Mark
from finmodel.lines.cells import address

CHECK = Check(
    id="look-up",
    title="Look-up that finds the wrong line",
    why="An approximate look-up in a list out of order, or one whose two ranges do not begin at the same line, gives a "
    "figure of another line, without an error.",
    source="ICAEW principle 18 (test the workbook); ICAEW Code, Review and test your models",
    certainty="likely",
    remedy="Ask for the exact value (FALSE in VLOOKUP, 0 in MATCH), and begin both ranges at the same line.",
    false_alarms="Lists are read as they are stored; one that is out of order only by its heading is in order. Not "
    "reported: the tricks that look for the last number or text, ranges moved on purpose by a number (`MATCH(…)+1`), "
    "and ranges of one length on two sheets. Ranges that begin together and end apart are reported as possible.",
)
_CEILING = 1e9  # a number that nothing in a list reaches: a look-up of it finds the last


class _LookUpCall(NamedTuple):
    """A function in a formula: its name, its arguments as pieces, and what stands after its bracket."""

    name: str
    arguments: tuple[tuple[Piece, ...], ...]
    after: str


# Where the list stands, where the kind of match, and whether the list runs down its first column or along its first
# row.
_APPROXIMATE = {
    "VLOOKUP": (1, 3, "down"),
    "HLOOKUP": (1, 3, "along"),
    "LOOKUP": (1, None, "either"),
    "MATCH": (1, 2, "either"),
}


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each look-up that can find another line than the one meant."""
    names = {
        *_APPROXIMATE,
        "INDEX",
        "SUMIF",
        "AVERAGEIF",
        "SUMIFS",
        "AVERAGEIFS",
        "COUNTIFS",
        "MINIFS",
        "MAXIFS",
        "XLOOKUP",
    }
    sorted_lists: dict[tuple[Area, bool], str] = {}
    for number, place, shape in analysis.formulas():
        if not shape.functions & names or shape.is_external:
            continue
        reading = _LookUpReader(analysis, number, place)
        for call in calls(analysis.sheets[number].cells[place].formula):
            for what, certainty in (*_unsorted(reading, call, sorted_lists), *_apart(reading, call)):
                formula = analysis.formula(number, place)
                yield Mark(number, place, f"{formula}: {what}", certainty, group=f"{call.name} {certainty} {shape.key}")


class _LookUpReader:
    """The areas and values that the arguments of one formula speak of."""

    def __init__(self, analysis: Analysis, number: int, place: Position) -> None:
        self.analysis, self.number, self.place = analysis, number, place

    def area(self, argument: Sequence[Piece]) -> Area | None:
        """The range that an argument is, and nothing else."""
        if len(argument) != 1 or argument[0].kind not in ("reference", "name", "structured"):
            return None
        found = list(self.analysis.areas_at(argument[0].text, self.number, self.place))
        return found[0] if len(found) == 1 else None

    def named(self, area: Area) -> str:
        """A range for showing."""
        first = self.analysis.named(area[:3], self.number)
        return first if area.is_one_cell else f"{first}:{address(area.bottom, area.right)}"


def calls(formula: str) -> Iterator[_LookUpCall]:
    """Each function of a formula with its arguments, inner ones first."""
    open_calls: list[tuple[str, list[list[Piece]]]] = []
    found: list[tuple[str, list[list[Piece]], int]] = []
    parts = [piece for piece in pieces(formula) if piece.kind != "space"]
    for at, piece in enumerate(parts):
        for _, arguments in open_calls:
            arguments[-1].append(piece)
        if piece.kind == "function":
            open_calls.append((piece.text[:-1].upper().removeprefix("_XLFN."), [[]]))
        elif piece.text in ("(", "{") and piece.kind == "operator":
            open_calls.append(("", [[]]))
        elif piece.text in (")", "}") and piece.kind == "operator" and open_calls:
            name, arguments = open_calls.pop()
            arguments[-1].pop()
            found.append((name, arguments, at))
        elif piece.text == "," and piece.kind == "operator" and open_calls:
            arguments = open_calls[-1][1]
            arguments[-1].pop()
            arguments.append([])
    for name, arguments, at in found:
        if name:
            after = parts[at + 1].text if at + 1 < len(parts) else ""
            yield _LookUpCall(name, tuple(map(tuple, arguments)), after)


def _unsorted(
    reading: _LookUpReader, call: _LookUpCall, known: dict[tuple[Area, bool], str]
) -> Iterator[tuple[str, Certainty]]:
    """An approximate look-up in a list that is out of order."""
    if call.name not in _APPROXIMATE or len(call.arguments) < 2:
        return
    at, kind, direction = _APPROXIMATE[call.name]
    if not _is_approximate(call, kind):
        return
    area = reading.area(call.arguments[at])
    if area is None or area.is_one_cell or _asks_for_the_last(call.arguments[0]):
        return
    down = direction == "down" or (direction == "either" and area.bottom - area.top >= area.right - area.left)
    key = (area, down)
    if key not in known:
        known[key] = _disorder(reading.analysis, area, down)
    if known[key]:
        what = f"{call.name} looks for the nearest value in {reading.named(area)}, as in a list in order, and "
        yield what + known[key], "likely"


def _is_approximate(call: _LookUpCall, kind: int | None) -> bool:
    if kind is None or len(call.arguments) <= kind:
        return True
    text = "".join(piece.text for piece in call.arguments[kind]).upper()
    return text in ("TRUE", "1", "TRUE()")


def _asks_for_the_last(argument: Sequence[Piece]) -> bool:
    """Whether what is looked up stands beyond any list: `MATCH(1E+306,…)`, `LOOKUP("zzz",…)`, `REPT("z",255)`."""
    texts = [piece.text for piece in argument]
    if texts and texts[0].upper() == "REPT(":
        return True
    number = next((float(piece.text) for piece in argument if piece.kind == "number"), 0.0)
    return number >= _CEILING or (len(texts) == 1 and texts[0].strip('"').casefold().startswith(("zz", "ω", "я")))


def _disorder(analysis: Analysis, area: Area, down: bool) -> str:
    """Where a list is first out of order, in words; "" where it is in order or empty."""
    cells = analysis.sheets[area.sheet].cells
    places = (
        [(row, area.left) for row in range(area.top, area.bottom + 1)]
        if down
        else [(area.top, column) for column in range(area.left, area.right + 1)]
    )
    held = [
        (place, cell.value)
        for place in places
        if (cell := cells.get(place)) is not None and cell.value not in (None, "")
    ]
    for kind in (float, str):
        same = [(place, value) for place, value in held if isinstance(value, kind)]
        broken = _first_broken(same)
        if broken is not None and _first_broken(same[1:]) is None:
            broken = None  # only the heading
        if broken is not None:
            (one, before), (other, after) = broken
            return f"{_shown(after)} ({address(*other)}) stands after {_shown(before)} ({address(*one)})"
    return ""


def _first_broken(
    held: Sequence[tuple[Position, object]],
) -> tuple[tuple[Position, object], tuple[Position, object]] | None:
    return next((pair for pair in pairwise(held) if _sorting(pair[0][1]) > _sorting(pair[1][1])), None)


def _sorting(value: object) -> tuple[float, str]:
    if isinstance(value, float):
        return value, ""
    return 0.0, "".join(letter for letter in str(value).casefold() if letter.isalnum() or letter == " ")


def _shown(value: object) -> str:
    return f"{value:,.15g}" if isinstance(value, float) else f"“{value}”"


def _apart(reading: _LookUpReader, call: _LookUpCall) -> Iterator[tuple[str, Certainty]]:
    """Two ranges of a look-up that do not stand side by side."""
    for one, other, down in _pairs(reading, call):
        starts = (one.top, other.top) if down else (one.left, other.left)
        stops = (one.bottom, other.bottom) if down else (one.right, other.right)
        lengths = tuple(stop - start for start, stop in zip(starts, stops, strict=True))
        if starts == stops or 0 in lengths or (starts[0] == starts[1] and stops[0] == stops[1]):
            continue
        words = ("row", "rows") if down else ("column", "columns")
        ranges = f"{reading.named(one)} and {reading.named(other)}"
        if one.sheet != other.sheet:
            if lengths[0] != lengths[1]:
                yield f"{ranges} are not of one length", "possible"
        elif starts[0] != starts[1]:
            far = abs(starts[0] - starts[1])
            certainty: Certainty = "likely" if (far <= _NEAR and stops[0] == stops[1]) or far == 1 else "possible"
            yield (
                f"{ranges} begin {far:,} {words[far > 1]} apart, so that it takes a line beside the one found",
                certainty,
            )
        else:
            yield f"{ranges} begin together and end apart", "possible"


_NEAR = 2


def _pairs(reading: _LookUpReader, call: _LookUpCall) -> Iterator[tuple[Area, Area, bool]]:
    """Ranges that belong line to line, and whether their lines are rows."""
    arguments = call.arguments
    if call.name == "INDEX" and len(arguments) >= 2:
        yield from _index_pairs(reading, call)
    elif call.name in ("SUMIF", "AVERAGEIF") and len(arguments) == 3:
        yield from _side_by_side(reading.area(arguments[0]), reading.area(arguments[2]))
    elif call.name in ("SUMIFS", "AVERAGEIFS", "MINIFS", "MAXIFS", "COUNTIFS"):
        first = reading.area(arguments[0])
        start = 2 if call.name == "COUNTIFS" else 1
        for at in range(start, len(arguments), 2):
            yield from _side_by_side(first, reading.area(arguments[at]))
    elif (call.name == "XLOOKUP" and len(arguments) >= 3) or (call.name == "LOOKUP" and len(arguments) == 3):
        yield from _side_by_side(reading.area(arguments[1]), reading.area(arguments[2]))


def _side_by_side(one: Area | None, other: Area | None) -> Iterator[tuple[Area, Area, bool]]:
    if one is not None and other is not None:
        if one.left == one.right and other.left == other.right:
            yield one, other, True
        elif one.top == one.bottom and other.top == other.bottom:
            yield one, other, False


def _index_pairs(reading: _LookUpReader, call: _LookUpCall) -> Iterator[tuple[Area, Area, bool]]:
    whole = reading.area(call.arguments[0])
    if whole is None:
        return
    is_row = whole.top == whole.bottom and len(call.arguments) == 2
    for at, argument in enumerate(call.arguments[1:3]):
        if not argument or argument[0].text.upper() != "MATCH(":
            continue
        inner = list(calls("".join(piece.text for piece in argument)))
        if not inner or inner[-1].name != "MATCH" or inner[-1].after or len(inner[-1].arguments) < 2:
            continue
        matched = reading.area(inner[-1].arguments[1])
        down = at == 0 and not is_row
        if matched is not None and (matched.left == matched.right if down else matched.top == matched.bottom):
            yield whole, matched, down
