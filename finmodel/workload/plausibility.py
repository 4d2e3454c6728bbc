"""Queries on figures as they are loaded: asked, never said to be wrong, for the council alone knows.

A part above its whole, sections above theirs, a flow above what there was to move, FTE above people, and a jump of
about a thousand times, which is how a table in thousands looks beside one in units.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from finmodel.lines.display import plain_number
from finmodel.workload.figures import At, LineKey, Workload
from finmodel.workload.lines import GIVEN, SUM, Lines, WorkloadLine
from finmodel.workload.quarters import Quarter

_DUST = 1e-6
_THOUSAND = (400.0, 2_500.0)
_SMALL = 1.0  # below this a figure has no unit to be mistaken


class Query(Struct, frozen=True):
    """A question on a figure of a quarter. about: the same for every quarter in which the same is to be asked."""

    about: tuple[str, ...]
    quarter: Quarter
    text: str
    ask: str

    def words(self, others: int) -> str:
        """The question, with in how many other quarters it is to be asked too."""
        more = f", and likewise at {others} other quarter{'' if others == 1 else 's'}" if others else ""
        return f"{self.text} at {self.quarter.words}{more}. {self.ask}"


def queries(workload: Workload, lines: Lines) -> Iterator[str]:
    """Each query in a sentence, with what it compares and where; the same of several quarters once, of the newest."""
    alike: dict[tuple[str, ...], list[Query]] = {}
    for find in (_parts, _sections, _full_time, _moves, _jumps, _fractions):
        for query in find(workload, lines):
            alike.setdefault((find.__name__, *query.about), []).append(query)
    for several in alike.values():
        yield max(several, key=lambda query: query.quarter).words(len(several) - 1)


def _asked(workload: Workload, key: LineKey, quarter: Quarter, text: str, ask: str) -> Query:
    stood = workload.figures.get(At(key, quarter))
    place = f"{stood.place.words}: " if stood is not None else ""
    return Query((*key, ask), quarter, f"{place}{text}", ask)


def _named(line: WorkloadLine) -> str:
    return f"{line.label}, {line.key.section}" if line.key.section else line.label


def _of(line: WorkloadLine, quarter: Quarter) -> str:
    return f"{_named(line)} ({plain_number(line.values[quarter], 2)} {line.unit})"


def _parts(workload: Workload, lines: Lines) -> Iterator[Query]:
    for total in workload.totals:
        for key, whole in lines.items():
            if key.measure != total.whole:
                continue
            parts = [lines[LineKey(part, key.section)] for part in total.parts if LineKey(part, key.section) in lines]
            for quarter, value in whole.values.items():
                for part in parts:
                    if part.values.get(quarter, 0.0) > value + _DUST:
                        what = f"{_of(part, quarter)} is more than its whole, {_of(whole, quarter)},"
                        yield _asked(workload, part.key, quarter, what, "Do both count the same?")
                there = [part.values[quarter] for part in parts if quarter in part.values]
                if total.exact and len(there) == len(total.parts) and abs(sum(there) - value) > max(0.5, _DUST):
                    added = plain_number(sum(there), 2)
                    what = f"The parts of {_of(whole, quarter)} come to {added}"
                    yield _asked(workload, key, quarter, what, "Is there another part?")


def _sections(workload: Workload, lines: Lines) -> Iterator[Query]:
    sections: dict[str, list[WorkloadLine]] = {}
    for key, line in lines.items():
        if key.section and line.kind == GIVEN and line.unit in ("people", "children", "cases", "plans", "FTE"):
            sections.setdefault(key.measure, []).append(line)
    for measure, parts in sections.items():
        whole = lines.get(LineKey(measure))
        if whole is not None and whole.kind == SUM:
            yield from _whole_among_parts(workload, whole, parts)
        if whole is None or whole.kind != GIVEN:
            continue
        for quarter, value in whole.values.items():
            there = [part.values[quarter] for part in parts if quarter in part.values]
            added = sum(there)
            if added > value + 0.05 * len(parts):
                what = f"The sections of {_of(whole, quarter)} come to {plain_number(added, 2)}, which is more,"
                yield _asked(workload, whole.key, quarter, what, "Does one stand in another?")
            elif len(there) == len(parts) and value - added > max(0.02 * value, 0.05 * len(parts)):
                rest = plain_number(value - added, 2)
                what = f"The sections of {_of(whole, quarter)} come to {plain_number(added, 2)}, {rest} fewer,"
                yield _asked(workload, whole.key, quarter, what, "Who is in none of them?")


def _whole_among_parts(workload: Workload, whole: WorkloadLine, parts: list[WorkloadLine]) -> Iterator[Query]:
    """A section that is all the others together, in two quarters or in all: its figures would count twice."""
    if len(parts) < 3:
        return
    for part in parts:
        rest = {quarter: value - part.values[quarter] for quarter, value in whole.values.items()}
        alike = [quarter for quarter, value in rest.items() if abs(part.values[quarter] - value) <= 0.02 * value]
        if alike and len(alike) >= min(2, len(rest)) and all(rest[quarter] for quarter in alike):
            quarter = max(alike)
            what = f"{_of(part, quarter)} is about all the other sections together"
            ask = "If it is the whole service, leave its section empty."
            yield _asked(workload, part.key, quarter, what, ask)
            return


def _full_time(workload: Workload, lines: Lines) -> Iterator[Query]:
    for key, line in lines.items():
        measure = workload.measures.get(key.measure)
        people = lines.get(LineKey(measure.fte_of, key.section)) if measure is not None and measure.fte_of else None
        if people is None:
            continue
        for quarter, value in line.values.items():
            if value > people.values.get(quarter, value) + 0.05:
                what = f"{_of(line, quarter)} is more than {_of(people, quarter)}"
                yield _asked(workload, key, quarter, what, "Are the two exchanged?")


def _moves(workload: Workload, lines: Lines) -> Iterator[Query]:
    """What ended in a quarter was there before it or began in it."""
    for move in workload.moves:
        level = lines.get(LineKey(move.level))
        if level is None:
            continue
        for before, quarter in pairwise(workload.quarters):
            flows = [[lines[LineKey(id_)].values.get(quarter) for id_ in ids if LineKey(id_) in lines]
                     for ids in (move.into, move.out)]  # fmt: skip
            if before not in level.values or not all(flows) or any(one is None for each in flows for one in each):
                continue
            there = level.values[before] + sum(one for one in flows[0] if one is not None)
            gone = sum(one for one in flows[1] if one is not None)
            if gone > there + _DUST:
                what = f"{plain_number(gone, 1)} ended, and {plain_number(there, 1)} were there of {level.label}"
                yield _asked(workload, LineKey(move.out[0]), quarter, what, "Is one of them of a year?")


def _jumps(workload: Workload, lines: Lines) -> Iterator[Query]:
    """A figure about a thousand times the one before it, or a thousandth: once for a line."""
    low, high = _THOUSAND
    for key, line in lines.items():
        if line.kind != GIVEN:
            continue
        for (earlier, before), (quarter, now) in pairwise(sorted(line.values.items())):
            most, least = max(before, now), min(before, now)
            if least > 0 and most >= _SMALL and low <= most / least <= high:
                what = (
                    f"{_named(line)} goes from {plain_number(before, 4)} at {earlier.words} to {plain_number(now, 4)}"
                )
                yield _asked(workload, key, quarter, what, "Query the unit: is one of them in thousands?")
                break


def _fractions(workload: Workload, lines: Lines) -> Iterator[Query]:
    """Percentages all of 1 or less, and written without a percent sign, read like fractions."""
    signed = {at.key for at, stood in workload.figures.items() if stood.percent}
    for key, line in lines.items():
        if key in signed:
            continue
        if line.kind == GIVEN and line.unit == "percent" and line.values and 0 < max(line.values.values()) <= 1:
            quarter = max(line.values)
            what = f"{_named(line)} reads as {plain_number(line.values[quarter], 4)}%"
            yield _asked(workload, key, quarter, what, "Query the unit: write 44% where 0.44 means that.")
