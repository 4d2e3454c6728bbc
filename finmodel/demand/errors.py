"""How far projections are out: over all councils of the size, and in the council's own counts.

The errors of all councils are published rows of a back-test (`docs/demand-backtest.md`). The council's own record
leaves the last count out, then the last two, and so on, and projects the next count each time. Where its counts give
origins enough, a year apart and up to three years ahead, the range is the council's own.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence

from msgspec import Struct

from finmodel.basis.room import Room
from finmodel.demand.observed import Timed
from finmodel.demand.paths import NumberOnDay, ProjectedPath
from finmodel.lines.arithmetic import add_up, compare, maximum, minimum, rounded_up
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line, Origin
from finmodel.lines.outcomes import if_number, number_if
from finmodel.lines.periods import MONTHS_IN_A_YEAR, Month
from finmodel.lines.timing import look_up
from finmodel.reference.backtest import MOST_YEARS_AHEAD, BacktestError, backtest_errors
from finmodel.reference.conventions import convention
from finmodel.reference.rates import Vintage

SECTION = "Demand: how far projections are out"
NO_RANGE = "the back-test goes from one year to three years ahead"
_OF_METHOD = {
    ("linear", "last"): "last-change",
    ("linear", "least-squares"): "linear-anchored",
    ("constant-growth", ""): "constant-growth",
    ("damped", ""): "damped",
}


class BaselineRange(Struct, frozen=True):
    """The baseline at each year's end, less and more its mean error: the council's own, else of councils of its size.

    method: of the back-test over councils; errors: one, two and three years ahead, as shares. origins: of the council's
    own, for each of these, none where it has too few; why_not: why its own does not serve. councils: the error of
    councils of the size by year, beside its own.
    """

    method: str
    errors: tuple[Line, ...]
    error: Line
    low: Line
    high: Line
    origins: tuple[int, ...]
    why_not: str
    councils: Line


class OwnRecord(Struct, frozen=True):
    """The mean error of a way of going on in the council's own counts, and from how many of them it was tried."""

    label: str
    origins: int
    mean_error: Line


def method_of(path: ProjectedPath) -> str:
    """The way of the back-test that is nearest to a projection's."""
    slope = path.slope if path.method == "linear" else ""
    return _OF_METHOD.get((path.method, slope), "no-change")


def write_range(timed: Timed, baseline: ProjectedPath) -> BaselineRange:
    """The range around the baseline, by year."""
    book, base = timed.room.book, timed.children(timed.base)
    room = Room(book, "demand.range", SECTION)
    method = method_of(baseline)
    rows = [row for row in backtest_errors(method) if row.children_from or row.children_below]
    sizes = sorted({row.children_from for row in rows} - {0})
    bounds = [
        _published(room, f"from_{size}", "Councils of so many children or more", size, "children", rows, is_fact=True)
        for size in sizes
    ]
    steps: Expression = literal(1)
    for bound in bounds:
        steps = steps + compare(base, ">=", bound)
    size = room.line("size", "Size of the council, 1 for the smallest", steps, "number")
    of_councils = tuple(_error(room, rows, size, ahead) for ahead in range(1, MOST_YEARS_AHEAD + 1))
    own, origins, why_not = _own_errors(room, timed, baseline)
    ahead = _years_ahead(room, timed)
    said = "Mean error, councils of the size"
    councils = _by_year_ahead(room, "councils_error" if own else "error", said, ahead, of_councils)
    said = "Mean error, the council’s own counts"
    error = _by_year_ahead(room, "error", said, ahead, own) if own else councils
    low = room.yearly(
        "low", f"{baseline.label}: less the error", if_number(error, baseline.closing * (1 - error)), "children"
    )
    high = room.yearly(
        "high", f"{baseline.label}: and the error", if_number(error, baseline.closing * (1 + error)), "children"
    )
    return BaselineRange(method, own or of_councils, error, low, high, origins, why_not, councils)


def _years_ahead(room: Room, timed: Timed) -> Line:
    """The years from the last count to each year's end, one begun counting as one."""
    book = room.book
    months = book.number_of(Timeline.YEARS) * book.convention("months_in_a_year") * book.one_year
    begin = timed.place(timed.base, "months", "known")
    years = (months - begin) / book.convention("months_in_a_year") / book.one_year
    rule = rounded_up(years, book.convention("decimal_places_compared"))
    return room.yearly("years_ahead", "Years ahead of the last count, begun", rule, "number")


def _by_year_ahead(room: Room, name: str, label: str, ahead: Line, errors: Sequence[Line]) -> Line:
    """The error of each year, by how far ahead it is; none further than was tried."""
    most = room.once.fact("most_years", "Most years ahead that were tried", MOST_YEARS_AHEAD)
    within = compare(ahead, ">=", 1) * compare(ahead, "<=", most)
    found = look_up(minimum(maximum(ahead, 1), most), errors)
    return room.yearly(name, label, number_if(within, found, NO_RANGE), "share")


def _own_errors(
    range_room: Room, timed: Timed, baseline: ProjectedPath
) -> tuple[tuple[Line, ...], tuple[int, ...], str]:
    """The mean error of the baseline's way in the council's own counts, by years ahead, with the number of origins.

    An origin is a count of the last one's month, of which the count so many years later is there too. Empty, with the
    reason, where there are too few furthest ahead, or where the way does not follow from counts.
    """
    if baseline.again is None:
        return (), (), f"“{baseline.label}” does not follow from the counts, so it cannot be tried on earlier ones"
    least = int(convention("own_record_origins").value)
    tried = [tuple(_origins(timed, baseline.least, ahead)) for ahead in range(1, MOST_YEARS_AHEAD + 1)]
    if len(tried[-1]) < least:
        have = "is" if len(tried[-1]) == 1 else "are"
        what = f"counts of {calendar.month_name[timed.base.day('known').month]} with one {MOST_YEARS_AHEAD} years later"
        return (), (), f"it needs {least} {what}, and there {have} {len(tried[-1]) or 'none'}"
    room = range_room.within("own")
    ways = {place: baseline.again(room.within(timed.days[place].id), timed.until(place)) for place, _ in tried[0]}
    return (
        tuple(_own_mean(room, timed, ways, ahead, pairs) for ahead, pairs in enumerate(tried, 1)),
        tuple(map(len, tried)),
        "",
    )


def _origins(timed: Timed, least: int, ahead: int) -> Iterator[tuple[int, int]]:
    """The places of counts from which a way can be tried so many years ahead, each with that of the count there."""
    months = [Month.containing(day.day("known")) for day in timed.days]
    places = {month: place for place, month in enumerate(months)}
    for place, month in enumerate(months):
        later = places.get(month + MONTHS_IN_A_YEAR * ahead)
        if later is not None and month.month == months[-1].month and place + 1 >= least:
            yield place, later


def _own_mean(
    room: Room, timed: Timed, ways: dict[int, NumberOnDay], ahead: int, pairs: Sequence[tuple[int, int]]
) -> Line:
    shares = []
    for place, later in pairs:
        here, there = timed.days[place], timed.days[later]
        own, name = room.within(here.id), f"ahead_{ahead}"
        said = f"From {here.name} to {there.name}"
        projected = own.line(f"{name}.projected", said, ways[place](own, name, timed, there), "children")
        shares.append(_out_by(own, f"{name}.error", f"{said}: out by, as a share", projected, timed.children(there)))
    number = room.fact(f"origins_{ahead}", f"Own counts from which {ahead} ahead was tried", len(shares))
    label = f"Mean error {ahead} year{'' if ahead == 1 else 's'} ahead, the council’s own counts"
    return room.line(f"error_{ahead}", label, literal(add_up(shares)) / number, "share")


def _out_by(room: Room, name: str, label: str, projected: Line, count: Line) -> Line:
    return room.line(name, label, maximum(projected - count, count - projected) / count, "share")


def _error(room: Room, rows: Sequence[BacktestError], size: Line, ahead: int) -> Line:
    table = []
    for row in sorted((row for row in rows if row.years_ahead == ahead), key=lambda row: row.children_from):
        below = "" if row.children_below is None else f" to {row.children_below - 1}"
        label = f"Mean error {ahead} ahead, councils of {row.children_from}{below} children"
        table.append(_published(room, f"error_{ahead}_of_{row.children_from}", label, row.mean_error, "share", [row]))
    label = f"Mean error {ahead} year{'' if ahead == 1 else 's'} ahead, councils of the size"
    return room.line(f"error_{ahead}", label, look_up(size, table), "share")


def _published(
    room: Room, name: str, label: str, value: float, unit: str, rows: Sequence[BacktestError], *, is_fact: bool = False
) -> Line:
    """A published figure; is_fact: of the table's own make-up, so that no other can be put in its place."""
    first = rows[0]
    where = f"{first.dataset}, {first.method}"
    origin = Origin(first.source, where=where, confidence=first.confidence, note=first.note, is_fact=is_fact)
    room.book.published[room.address(name)] = (Vintage(first.dataset, first.row, first.confidence),)
    return room.input(name, label, value, unit, origin)


def write_own_record(timed: Timed) -> tuple[OwnRecord, ...]:
    """No change and the last slope again, from each of the council's own counts to the next."""
    days = timed.days
    found = []
    for name, label, first in (("no_change", "No change", 0), ("last_slope", "Slope of the last two counts", 1)):
        room = Room(timed.room.book, f"demand.own_record.{name}", f"{SECTION}: own counts")
        shares = [_own_error(room, timed, place, trend=bool(first)) for place in range(first, len(days) - 1)]
        if shares:
            number = room.fact("origins", f"{label}: counts from which it was tried", len(shares))
            mean = room.line(
                "mean_error", f"{label}: mean error to the next count", literal(add_up(shares)) / number, "share"
            )
            found.append(OwnRecord(label, len(shares), mean))
    return tuple(found)


def _own_error(room: Room, timed: Timed, place: int, *, trend: bool) -> Line:
    """How far a projection from one count was out at the next, as a share of it."""
    here, after = timed.days[place], timed.days[place + 1]
    rule: Expression = timed.children(here)
    if trend:
        before = timed.days[place - 1]
        days = timed.place(here, "days", "known")
        rise = (timed.children(here) - timed.children(before)) / (days - timed.place(before, "days", "known"))
        rule = rule + rise * (timed.place(after, "days", "known") - days)
    own = room.within(here.id)
    projected = own.line("projected", f"From {here.name} to {after.name}", rule, "children")
    return _out_by(
        own, "error", f"From {here.name} to {after.name}: out by, as a share", projected, timed.children(after)
    )
