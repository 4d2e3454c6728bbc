"""From a line up to everything that is made from it: which lines it touches, and how far away they stand."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from msgspec import Struct

from finmodel.lines.evaluate import Results
from finmodel.lines.explain import period_text, rule_in_words, shown
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.periods import MONTHS_IN_A_YEAR
from finmodel.lines.timing import LookUp


class Use(Struct, frozen=True):
    """A line that is made from another, and its figure.

    distance: how many rules lie between them, by the shortest way; period: the year or month that is shown, "" for a
    figure of the whole case; text: as readers see it; reason: why there is none; ends: whether no line is made from it.
    """

    distance: int
    address: str
    label: str
    unit: str
    period: str
    value: float | None
    text: str
    reason: str
    rule: str
    ends: bool


_UNREAD: WeakKeyDictionary[Results, frozenset[str]] = WeakKeyDictionary()


def unread_rows(results: Results) -> frozenset[str]:
    """The addresses of inputs that stand in tables alone, in rows that no look-up comes to: no figure rests on them.

    They are in the model, so that another place can be put in.
    """
    if results in _UNREAD:
        return _UNREAD[results]
    tabled: set[str] = set()
    read: set[str] = set()
    for line in results.model:
        rule = line.expression
        place = rule.operands[0] if isinstance(rule, LookUp) else None
        if isinstance(rule, LookUp) and isinstance(place, Line):
            tabled |= {row.address for row in rule.table if row.is_input}
            chosen = {int(number) - 1 for number in results.figures(place) if number is not None}
            read |= {rule.table[number].address for number in chosen} | {place.address}
        else:
            read |= {needed.address for needed in results.model.needs[line]}
    _UNREAD[results] = frozenset(tabled - read)
    return _UNREAD[results]


def uses(results: Results, line: Line, period: int = 0, depth: int | None = None) -> tuple[Use, ...]:
    """Every line that is made from this one, nearest first, or those at most so many rules away.

    period: of the line asked about; the others are shown in the year or month that goes with it. A line is touched
    where a rule leads to it; in a given case the difference may be zero, as when a share is 0%.
    """
    readers = results.model.readers
    found: list[Use] = []
    for distance, one in _by_distance(line, readers, depth):
        when = _same_time(line.timeline, one.timeline, period)
        found.append(
            Use(
                distance=distance,
                address=one.address,
                label=one.label,
                unit=one.unit,
                period=period_text(results.model.horizon, one.timeline, when),
                value=results.figure(one, when),
                text=shown(results, one, when),
                reason=results.reason(one, when),
                rule=rule_in_words(one),
                ends=not readers[one],
            )
        )
    return tuple(found)


def _by_distance(line: Line, readers: dict[Line, list[Line]], depth: int | None) -> Iterator[tuple[int, Line]]:
    seen, level, distance = {line}, [line], 0
    while level and (depth is None or distance < depth):
        distance += 1
        following = [reader for one in level for reader in readers[one]]
        level = [reader for reader in dict.fromkeys(following) if reader not in seen]
        seen.update(level)
        for one in level:
            yield distance, one


def _same_time(given: Timeline, wanted: Timeline, period: int) -> int:
    """The period of one timeline that goes with that of another: the year of a month, the first month of a year."""
    if given is Timeline.MONTHS and wanted is Timeline.YEARS:
        return period // MONTHS_IN_A_YEAR
    if given is Timeline.YEARS and wanted is Timeline.MONTHS:
        return period * MONTHS_IN_A_YEAR
    return 0 if wanted is Timeline.ONCE or given is Timeline.ONCE else period
