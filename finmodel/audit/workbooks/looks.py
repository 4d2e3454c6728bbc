"""What cells look like: values that cannot be seen, and displays that show another figure than the cell holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Cell, Position
from finmodel.audit.workbooks.findings import Finding, Kind
from finmodel.audit.workbooks.formulas import address, position
from finmodel.audit.workbooks.structure import Pair, is_empty

_MOST_MERGED = 200  # merged ranges that are looked at one by one; the model has none
_WHITE = {"theme 0", "indexed 1", "indexed 9"}
_NEARLY_WHITE = re.compile("[0-9A-F]{2}(?:F[0-9A-F]){3}")
_ASIDE = re.compile(r"_.|\*.|\[[^\]]*\]")  # gaps, fillings and conditions
_WRITTEN_OUT = re.compile(r'"([^"]*)"|\\(.)')
_SHOWS = re.compile(r"[0#?@a-z]", re.IGNORECASE)
_MINUS = set("-(\N{MINUS SIGN}")
_SCALED = re.compile(r"[0#?](,+)(?![0#?,])")


def looks(pair: Pair) -> Iterator[Finding]:
    """Whatever keeps a reader from seeing what the cells of a sheet hold, where the model does not."""
    for here, cell in pair.now.cells.items():
        if not is_empty(cell):
            yield from _look(pair, here, cell)
    yield from _merged(pair)
    for cells in pair.now.conditional:
        yield Finding(
            Kind.DISPLAY_CHANGED, pair.now.name, cells.partition(" ")[0],
            "A conditional format can hide figures or show others. The model has none.",
        )  # fmt: skip


def _look(pair: Pair, here: Position, cell: Cell) -> Iterator[Finding]:
    row, column = pair.moves.rows.back.get(here[0]), pair.moves.columns.back.get(here[1])
    was = pair.before.cells.get((row, column)) if row and column else None
    before, now = was.style.number_format if was else "", cell.style.number_format
    if is_white(cell):
        yield Finding(Kind.VALUE_HIDDEN, pair.now.name, address(*here), "White letters hide it.", before, now)
    elif not _can_be_seen(cell) and (was is None or _can_be_seen(was)):
        what = "Its number format shows nothing."
        yield Finding(Kind.VALUE_HIDDEN, pair.now.name, address(*here), what, before, now)
    elif was is not None and before != now and cell.kind != "text" and _shown_by(before) != _shown_by(now):
        what = "The number format shows another figure than the cell holds, by digits, a scale or a sign of its own."
        yield Finding(Kind.DISPLAY_CHANGED, pair.now.name, address(*here), what, before, now)


def is_white(cell: Cell) -> bool:
    """Whether its letters are white, or so nearly that nobody reads them."""
    return cell.style.font_colour in _WHITE or bool(_NEARLY_WHITE.fullmatch(cell.style.font_colour))


def _can_be_seen(cell: Cell) -> bool:
    """Whether a number format shows anything of the value that the cell holds."""
    pattern = cell.style.number_format
    if pattern in ("General", "", "@"):
        return True
    sections = _sections(pattern)
    if cell.kind == "text":
        return len(sections) < 4 or bool(_SHOWS.search(sections[3]))
    if cell.value is None:  # saved by a program that does not calculate: it may come to anything
        return all(_SHOWS.search(section) for section in sections[:2])
    if cell.kind != "number" or not isinstance(cell.value, int | float):
        return True
    place = 0 if cell.value > 0 or len(sections) == 1 else 1 if cell.value < 0 else min(2, len(sections) - 1)
    if cell.value == 0 and len(sections) == 2:
        place = 0
    return bool(_SHOWS.search(sections[place]))


def _sections(pattern: str) -> list[str]:
    """The sections of a number format, for positive and negative numbers and nought, without what is written out."""
    return _ASIDE.sub("", _WRITTEN_OUT.sub("", pattern)).split(";")


def _shown_by(pattern: str) -> tuple[object, ...]:
    """What a number format makes of a figure: digits of its own, per cent, thousands left out, a minus less or more."""
    digits = "".join(char for match in _WRITTEN_OUT.finditer(pattern) for char in match[0] if char.isdigit())
    sections = _sections(pattern)
    scales = {
        (section.count("%"), *map(len, _SCALED.findall(section))) for section in sections if _SHOWS.search(section)
    }
    parts = _ASIDE.sub("", pattern).split(";")
    unsigned = len(parts) > 1 and bool(_SHOWS.search(parts[1])) and not _MINUS & set(parts[1])
    negated = bool(_MINUS & set(parts[0]))
    return digits, frozenset(scales) or frozenset({(0,)}), unsigned, negated


def _merged(pair: Pair) -> Iterator[Finding]:
    new = [cells for cells in pair.now.merged if cells not in pair.before.merged]
    for cells in new[:_MOST_MERGED]:
        first, _, last = cells.partition(":")
        start, stop = position(first), position(last or first)
        if start is None or stop is None:
            continue
        covered = (
            place
            for place, cell in pair.now.cells.items()
            if start[0] <= place[0] <= stop[0] and start[1] <= place[1] <= stop[1] and place != start
            if not is_empty(cell)
        )
        if any(covered):
            yield Finding(Kind.VALUE_HIDDEN, pair.now.name, cells, "A merged cell covers what stands here.")
    if len(new) > _MOST_MERGED:
        what = f"{len(new):,} ranges were merged; the first {_MOST_MERGED} were looked at."
        yield Finding(Kind.VALUE_HIDDEN, pair.now.name, "", what)
