"""A quantity that printed figures imply in several ways: whether one value suits them all."""

from __future__ import annotations

import math
from collections.abc import Mapping

from finmodel.audit.papers.arithmetic import NoFigureError
from finmodel.audit.papers.judging import Result, reading, result_of, with_numbers
from finmodel.audit.papers.ranges import names
from finmodel.audit.papers.steps import steps_of
from finmodel.audit.papers.verification import Implied, Range, Way
from finmodel.audit.papers.wording import as_range
from finmodel.quoting.interval import Interval
from finmodel.quoting.quoted import ImpliedQuantity, QuotedFigure, WrittenWorking
from finmodel.quoting.units import is_percentage
from finmodel.quoting.working import names_in

_SHOWN = 4  # significant digits at which two ends of a range are distinguished


def implied_of(implied: ImpliedQuantity, figures: Mapping[str, QuotedFigure], line: int | None) -> Implied:
    """Every way worked out, and the values that suit all of them."""
    results = [_result(way, figures) for way in implied.ways]
    ranges = [found.range for found in results if isinstance(found, Result)]
    common = _common(ranges)
    overlap = None if len(ranges) < 2 else common is not None
    ways = tuple(_way(way, found, figures, implied.unit) for way, found in zip(implied.ways, results, strict=True))
    shown = (
        None
        if common is None or overlap is None
        else as_range(common, None, implied.unit, _decimals(common, implied.unit))
    )
    return Implied(
        implied.name,
        implied.label or implied.name.replace("_", " "),
        implied.unit,
        implied.why,
        ways,
        overlap,
        shown,
        _sentence(implied, ways, overlap, shown),
        line,
    )


def _result(way: WrittenWorking, figures: Mapping[str, QuotedFigure]) -> Result | str:
    """What a way comes to, or why it comes to nothing."""
    step = steps_of(way.tree)
    try:
        return result_of(step, {name: reading(figures[name]) for name in set(names(step))})
    except NoFigureError as error:
        return f"The working has no figure: {error}."


def _way(way: WrittenWorking, found: Result | str, figures: Mapping[str, QuotedFigure], unit: str) -> Way:
    inputs = tuple(dict.fromkeys(names_in(way.tree)))
    numbers = with_numbers(way.tree, figures)
    if isinstance(found, str):
        return Way(way.text, numbers, inputs, None, found)
    return Way(way.text, numbers, inputs, as_range(found.range, found.value, unit, _decimals(found.range, unit)))


def _decimals(interval: Interval, unit: str) -> int:
    """As few decimals as tell the ends of a range apart well, two at most for large figures."""
    size = max((abs(float(end)) for end in (interval.low, interval.high) if math.isfinite(end)), default=0.0)
    size = size * 100 if is_percentage(unit) else size
    return 0 if size >= 1000 else 2 if size >= 10 else _SHOWN


def _common(ranges: list[Interval]) -> Interval | None:
    found: Interval | None = ranges[0] if ranges else None
    for other in ranges[1:]:
        found = found.meeting(other) if found is not None else None
    return found


def _sentence(implied: ImpliedQuantity, ways: tuple[Way, ...], overlap: bool | None, common: Range | None) -> str:
    if overlap is None:
        missing = " ".join(way.missing for way in ways if way.missing)
        return f"Fewer than two ways can be worked out. {missing}"
    if common is not None:
        return f"{common.text} ({implied.unit}) suits all {len(ways)} ways."
    each = "; ".join(f"{way.with_numbers} gives {way.recomputed.text}" for way in ways if way.recomputed is not None)
    return f"No one value suits all ways: {each}."
