"""Rows and columns of a sheet read as lines: runs of neighbouring cells with the same formula, and what is usual there.

A check that works along rows works down columns too: it asks for lines in one direction or the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.general.analysis import Analysis

TYPED = "typed"
"""The key of a cell with a number typed in; no formula's key is this word, for a formula's would be upper case."""
_GAP = 2  # rows without formulas that do not yet end a block
_LOOK = 60  # rows to look at each way
_LONGEST_RHYTHM = 13  # twelve months and their year
_MOSTLY = 0.7
_ALIKE = 3  # cells that make a list


class Run(NamedTuple):
    """Neighbouring cells of a line with one formula: its key, the first and the last place along the line."""

    key: str
    first: int
    last: int

    @property
    def length(self) -> int:
        """How many cells."""
        return self.last - self.first + 1


class Lines:
    """The rows (`across`) or columns of a sheet."""

    def __init__(self, analysis: Analysis, number: int, across: bool, with_typed: bool = False) -> None:
        self.across = across
        keys: dict[Position, str] = {place: shape.key for place, shape in analysis.shapes[number].items()}
        for place, cell in analysis.sheets[number].cells.items():
            if cell.covered_by:
                keys.pop(place, None)  # filled as a whole: neither alike nor unlike its neighbours
        if with_typed:
            keys.update((place, TYPED) for place, _ in analysis.typed_numbers(number))
        self.keys = keys
        self._segments: list[tuple[int, list[Run]]] | None = None

    def place(self, line: int, along: int) -> Position:
        """The cell at a place along a line."""
        return (line, along) if self.across else (along, line)

    def key(self, line: int, along: int) -> str | None:
        """The key of the cell there, None for one without formula."""
        return self.keys.get(self.place(line, along))

    def segments(self) -> list[tuple[int, list[Run]]]:
        """Each unbroken stretch of a line, as its runs."""
        if self._segments is None:
            self._segments = list(self._found())
        return self._segments

    def _found(self) -> Iterator[tuple[int, list[Run]]]:
        keys = self.keys
        if self.across:
            ordered = [(row, column, keys[row, column]) for row, column in sorted(keys)]
        else:
            ordered = [(column, row, keys[row, column]) for column, row in sorted((c, r) for r, c in keys)]
        runs: list[Run] = []
        line, first, last, running = 0, 0, -1, ""
        for at, along, key in ordered:
            if at == line and along == last + 1:
                if key != running:
                    runs.append(Run(running, first, last))
                    first, running = along, key
            else:
                if last > 0:
                    yield line, [*runs, Run(running, first, last)]
                runs, line, first, running = [], at, along, key
            last = along
        if last > 0:
            yield line, [*runs, Run(running, first, last)]

    def is_usual(self, line: int, along: int) -> bool:
        """Whether the lines beside this one mostly change, too, between `along` - 1 and `along`: a column of totals."""
        changed, same = self._beside(line, along)
        return changed >= 1 and changed >= same

    def is_unbroken_beside(self, line: int, along: int) -> bool:
        """Whether all lines beside this one go on without a change between `along` - 1 and `along`."""
        changed, same = self._beside(line, along)
        return same >= 1 and not changed

    def _beside(self, line: int, along: int) -> tuple[int, int]:
        """How many lines of the same block change there, and how many do not."""
        changed = same = 0
        for step in (-1, 1):
            gap = 0
            for other in range(line + step, line + step * _LOOK, step):
                before, here = self.key(other, along - 1), self.key(other, along)
                if before is None or here is None or before == here == TYPED:
                    gap += 1
                    if other < 1 or gap > _GAP:
                        break
                    continue
                gap = 0
                changed, same = changed + (before != here), same + (before == here)
        return changed, same


class AllLines:
    """The rows and columns of all sheets, each made when it is first asked for."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._known: dict[tuple[int, bool, bool], Lines] = {}

    def of(self, number: int, across: bool, with_typed: bool = False) -> Lines:
        """The rows (`across`) or columns of a sheet."""
        key = (number, across, with_typed)
        if key not in self._known:
            self._known[key] = Lines(self._analysis, number, across, with_typed)
        return self._known[key]


def ends_of_list(runs: list[Run]) -> Iterator[tuple[Run, Run, int]]:
    """One cell before or after three or more alike: the odd one, the others, and where the change is."""
    if max((run.last - run.first for run in runs), default=0) < _ALIKE - 1:
        return
    for one, other in pairwise(runs):
        if one.length == 1 and other.length >= _ALIKE:
            yield one, other, other.first
        elif other.length == 1 and one.length >= _ALIKE:
            yield other, one, other.first


def out_of_rhythm(runs: list[Run]) -> list[tuple[int, int]]:
    """The places where a line that repeats itself (three months, a quarter) does not, each with one where it does.

    The ends of a line are not reported: what begins or sums it up may differ.
    """
    start = runs[0].first
    keys = [run.key for run in runs for _ in range(run.length)]
    found: list[tuple[int, int]] = []
    step = rhythm(runs)
    for beat in range(step):
        places = list(range(beat, len(keys), step))
        if places[-1] == len(keys) - 1 and keys.count(keys[-1]) == 1:
            places.pop()  # the total of the line
        usual, count = Counter(keys[at] for at in places).most_common(1)[0]
        if count >= max(2, len(places) - 1):
            model = next(at for at in places if keys[at] == usual)
            found += [(start + at, start + model) for at in places if keys[at] != usual and 0 < at < len(keys) - 1]
    return found


def rhythm(runs: list[Run]) -> int:
    """After how many cells a line mostly repeats itself; 0 where it does not, or is one formula with exceptions."""
    keys = [run.key for run in runs for _ in range(run.length)]
    if max(run.length for run in runs) * 2 > len(keys):
        return 0
    for step in range(2, min(len(keys) // 3, _LONGEST_RHYTHM) + 1):
        pairs = list(zip(keys, keys[step:], strict=False))
        if sum(one == other for one, other in pairs) >= _MOSTLY * len(pairs):
            return step
    return 0


def is_periodic(runs: list[Run], at: int) -> bool:
    """Whether a run comes again at equal distances: a subtotal after each quarter."""
    same = [number for number, run in enumerate(runs) if run.key == runs[at].key]
    if len(same) < 2:
        return False
    gaps = {runs[later].first - runs[earlier].first for earlier, later in pairwise(same)}
    lead = runs[same[0]].first - runs[0].first
    return len(gaps) == 1 and (len(same) > 2 or lead == next(iter(gaps)) - 1)
