"""What `finmodel reproduce` found, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finmodel.audit.versions.old_results import Value
from finmodel.audit.versions.reproduce import FigureDifference, Reproduction
from finmodel.document.parts import Pair, Pairs, Paragraph, Part
from finmodel.document.table import Cell, Row, Table
from finmodel.document.text import text_lines

MOST_SHOWN = 40
_LONGEST = 70


def as_text(found: Reproduction) -> str:
    """The answer first, then what differs, in the order in which one would look for a cause."""
    return "\n".join(text_lines(tuple(_parts(found)))).rstrip()


def _parts(found: Reproduction) -> Iterator[Part]:
    yield Paragraph(_answer(found))
    where_from = (
        ("Inputs", "the same files", found.inputs),
        ("Versions", "the same", found.versions),
        ("Rates", "the same, of the same vintage", found.rates),
    )
    same = tuple(Pair(name, text) for name, text, differences in where_from if not differences)
    if same:
        yield Pairs(same)
    for name, _, differences in where_from:
        yield from _table(name, [_row(each) for each in differences])
    yield from _table("Figures, measures first", list(_by_address(found.figures)))
    yield from _table("No longer given by this state of finmodel", list(_by_address(found.gone)))
    yield from _table("Words", [_row(each) for each in found.words])


def _answer(found: Reproduction) -> str:
    of = f"{found.figures_compared:,} figures"
    if found.gone or found.come:
        of += " that both states of finmodel give"
    if found.to_the_byte:
        return f"It comes out the same, to the byte: {of}."
    if found.figures:
        verb = "differs" if len(found.figures) == 1 else "differ"
        return f"It does not come out: of {of} {len(found.figures):,} {verb}.{_apart(found)}"
    if not found.comes_out:
        return f"It cannot be compared: the two states of finmodel give no figure in common.{_apart(found)}"
    digits = f" {found.last_digits:,} differ in the last digits only." if found.last_digits else ""
    return f"It comes out: {of} are the same.{digits}{_apart(found)}"


def _apart(found: Reproduction) -> str:
    """How many figures only one of two states of finmodel gives."""
    if not (found.gone or found.come):
        return ""
    return (
        f" {len(found.gone):,} of the figures then are not given by this state of finmodel and {len(found.come):,} are "
        "new in it: these cannot be compared."
    )


def _table(title: str, rows: Sequence[Row]) -> Iterator[Table]:
    more = len(rows) - MOST_SHOWN
    note = f"And {more:,} more; --json has all of them." if more > 0 else ""
    if rows:
        columns = (Cell("Then"), Cell("Now"))
        yield Table(title, f"{title}: {len(rows):,}", "", columns, tuple(rows[:MOST_SHOWN]), note, figures=False)


def _by_address(differences: Sequence[FigureDifference]) -> Iterator[Row]:
    """One row an address: its first difference, and in how many periods there is one."""
    grouped: dict[str, list[FigureDifference]] = {}
    for each in differences:
        grouped.setdefault(each.address, []).append(each)
    for first, *others in sorted(grouped.values(), key=lambda group: ".measures." not in group[0].address):
        yield _row(first, f"and {len(others):,} more of its periods" if others else "")


def _row(found: FigureDifference, note: str = "") -> Row:
    old, new = _shown(found.old), _shown(found.new)
    if isinstance(found.old, float) and isinstance(found.new, float):
        amounts = f"{found.old:,.2f}", f"{found.new:,.2f}"
        old, new = amounts if len(set(amounts)) == 2 else (old, new)
    name = f"{found.address}, {found.period}" if found.period else found.address
    return Row(name, (Cell(old), Cell(new)), note)


def _shown(value: Value) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
