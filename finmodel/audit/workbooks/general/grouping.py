"""Marks become findings: five hundred cells with the same fault, side by side, are reported once, as a range."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.general.analysis import Analysis
from finmodel.audit.workbooks.general.check import Check, Mark, RuleBreach
from finmodel.lines.cells import address


def findings_of(check: Check, marks: Iterable[Mark], analysis: Analysis) -> list[RuleBreach]:
    """The findings of a check, in the order of sheets and cells."""
    alike: dict[tuple[int, str, str], list[Mark]] = defaultdict(list)
    for mark in marks:
        alike[-1 if mark.sheet is None else mark.sheet, mark.certainty, mark.group or mark.what].append(mark)
    found: list[tuple[int, Position, RuleBreach]] = []
    for (sheet, _, _), same in alike.items():
        name = "" if sheet < 0 else analysis.sheets[sheet].name
        words = {mark.position: mark for mark in reversed(same)}
        places = [place for place in words if place is not None]
        if len(places) < len(words):
            mark = words[None]
            found.append((sheet, (0, 0), RuleBreach(check, name, mark.place, mark.what, mark.certainty, 1)))
        for first, last in rectangles(places):
            place = address(*first) if first == last else f"{address(*first)}:{address(*last)}"
            size = (last[0] - first[0] + 1) * (last[1] - first[1] + 1)
            found.append(
                (sheet, first, RuleBreach(check, name, place, words[first].what, words[first].certainty, size))
            )
    return [finding for _, _, finding in sorted(found, key=lambda item: item[:2])]


def rectangles(places: Iterable[Position]) -> list[tuple[Position, Position]]:
    """Cells as full rectangles: neighbours in a row are joined, then rows of the same width below one another."""
    runs: list[tuple[int, int, int]] = []
    for row, column in sorted(places):
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1:
            runs[-1] = (row, runs[-1][1], column)
        else:
            runs.append((row, column, column))
    joined: list[tuple[Position, Position]] = []
    growing: dict[tuple[int, int], int] = {}  # columns of a rectangle → its number
    for row, left, right in runs:
        at = growing.get((left, right))
        if at is not None and joined[at][1][0] == row - 1:
            joined[at] = (joined[at][0], (row, right))
        else:
            growing[left, right] = len(joined)
            joined.append(((row, left), (row, right)))
    return joined
