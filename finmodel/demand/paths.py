"""Projections: how the number would go on from the last observation, by day, read at the end of each month.

Every path begins at the last observation; before that day it stands still, and results show no figure of it. Sources of
the methods: least squares is the ordinary regression of the number on the day; the damped trend is that of Gardner and
McKenzie (1985), whose yearly step keeps a constant share of the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from finmodel.basis.book import BY_DEFINITION
from finmodel.basis.room import Room
from finmodel.case.dated_counts import Clock, Dated, Reading, dated
from finmodel.case.schema_demand import NO_CHANGE, Observation, Projection
from finmodel.demand.observed import Timed, day_zero, days_to
from finmodel.lines.arithmetic import add_up, compare, conditional, maximum, minimum, power
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import number_if
from finmodel.lines.timing import at_period, by_year, previous
from finmodel.parsing.partial_dates import day_in_words

_SECTION = "Demand: projections"
BEFORE = "it is before the last observation"


NumberOnDay = Callable[[Room, str, Timed, Dated], Expression]  # in a room, by a name below it
_TRIED = {"no-change": 1, "linear": 2, "damped": 2}  # ways that follow from counts, and how many each needs


class ProjectedPath(Struct, frozen=True):
    """A projection worked out: at the end of each month, at the start of the first, at the end of each year.

    closing, yearly: at each year's end; yearly has no figure before the last observation. passes_last_count: whether it
    begins there. at: the number on a day. again: the same way from other counts; None where it does not follow from
    counts, so that it cannot be tried on earlier ones. least: counts that it needs.
    """

    id: str
    label: str
    method: str
    slope: str
    passes_last_count: bool
    opening: Line
    monthly: Line
    closing: Line
    yearly: Line
    at: NumberOnDay
    again: Callable[[Room, Timed], NumberOnDay] | None
    least: int


class _Clocked(Struct, frozen=True):
    """Observations by one clock and one reading of their dates; now: the month's place by the clock."""

    timed: Timed
    clock: Clock
    reading: Reading

    @property
    def days(self) -> tuple[Dated, ...]:
        """The days in order."""
        return self.timed.days

    def place(self, day: Dated) -> Line:
        """When it was."""
        return self.timed.place(day, self.clock, self.reading)

    def children(self, day: Dated) -> Line:
        """How many there were."""
        return self.timed.children(day)

    @property
    def base(self) -> Line:
        """How many there were last."""
        return self.children(self.timed.base)

    @property
    def start(self) -> Line:
        """When that was."""
        return self.place(self.timed.base)

    @property
    def per_step(self) -> str:
        """The unit of a slope."""
        return "children per day" if self.clock == "days" else "children"


Rule = Callable[[Line], Expression]  # of the time since the last observation


def write_paths(timed: Timed, projections: Sequence[Projection]) -> tuple[ProjectedPath, ...]:
    """Every projection of a case, no change first."""
    least = Projection.model_construct(id=NO_CHANGE, label="No change", method="no-change")
    return tuple(_write(timed, each) for each in (least, *projections))


def month_ends(room: Room) -> Line:
    """The last day of each month, counted like the days of observations."""
    book = room.book
    values = [float(days_to(room, month.last_day)) for month in book.horizon.months]
    label = f"Last day of the month, counted from {day_in_words(day_zero(room))}"
    calendar = Room(book, "demand.calendar", "Demand: calendar")
    return calendar.once.input("month_end", label, values, "days", BY_DEFINITION, over=Timeline.MONTHS)


def year_ends(room: Room) -> Line:
    """1 in March, 0 in other months."""
    calendar = Room(room.book, "demand.calendar", "Demand: calendar")
    held = [month.month == 3 for month in room.book.horizon.months]
    return calendar.once.flag("year_end", "Last month of the year", held, BY_DEFINITION, Timeline.MONTHS)


def days_in_a_year(room: Room) -> Line:
    """The mean year of the calendar, by which days become years."""
    return room.book.definition("mean_year", "Days in a year, on average", 365.25, "days per year")


def _write(timed: Timed, projection: Projection) -> ProjectedPath:
    book = timed.room.book
    section = f"{_SECTION}: {projection.label}"
    room = Room(book, f"demand.projections.{projection.id}", section, projection)
    clocked = _Clocked(timed, projection.counted, projection.reading)
    if projection.method in ("entries-and-stay", "stated"):
        opening, monthly = _by_month(room, clocked, projection)
        return _path(room, clocked, projection, opening, monthly, None)
    rule = _RULES[projection.method](room, clocked, projection)
    zero = _start_of_case(timed.room, clocked.clock)
    opening_elapsed = _elapsed(room, "opening", "Time from the last observation to the start", zero, clocked)
    opening = room.line("opening", f"{projection.label}: at the start", rule(opening_elapsed), "children")
    now = month_ends(room) if clocked.clock == "days" else book.number_of(Timeline.MONTHS)
    elapsed = _elapsed(room, "monthly", "Time from the last observation to the month’s end", now, clocked)
    monthly = room.monthly("path", f"{projection.label}: at the end of the month", rule(elapsed), "children")
    return _path(room, clocked, projection, opening, monthly, rule)


def _start_of_case(room: Room, clock: Clock) -> Line:
    """The moment before the first month by a clock."""
    calendar = Room(room.book, "demand.calendar", "Demand: calendar").once
    unit = "days" if clock == "days" else "number"
    return calendar.fact(f"start_in_{clock}", "Start of the first month, by the same count", 0, unit)


def _elapsed(room: Room, name: str, label: str, now: Line, clocked: _Clocked) -> Line:
    unit = "days" if clocked.clock == "days" else "number"
    rule = maximum(now - clocked.start, 0)
    return room.line(f"{name}.elapsed", label, rule, unit, note="None before the last observation.")


def _path(
    room: Room, clocked: _Clocked, projection: Projection, opening: Line, monthly: Line, rule: Rule | None
) -> ProjectedPath:
    closing = room.monthly(
        "closing", f"{projection.label}: in the last month of a year", monthly * year_ends(room), "children"
    )
    calendar = Room(room.book, "demand.calendar", "Demand: calendar").once
    at_end = calendar.monthly("end_of_year", "Last day of the year", month_ends(room) * year_ends(room), "days")
    day = calendar.yearly("last_day", "Last day of the year", by_year(at_end), "days")
    known = clocked.timed.place(clocked.timed.base, "days", "known")
    total = room.yearly("closing_of_year", f"{projection.label}: by year", by_year(closing), "children")
    yearly = room.yearly(
        "at_year_end",
        f"{projection.label}: at the end of the year",
        number_if(compare(day, ">=", known), total, BEFORE),
        "children",
    )

    def by_month(_: Room, __: str, days: Timed, day: Dated) -> Expression:
        return at_period(monthly, days.place(day, "months", "known"))

    def again(where: Room, counts: Timed) -> NumberOnDay:
        earlier = replace(clocked, timed=counts)
        return _on_a_day(_RULES[projection.method](where, earlier, projection), earlier)

    passes = projection.method != "linear" or projection.anchored or projection.slope == "last"
    return ProjectedPath(
        projection.id,
        projection.label,
        projection.method,
        projection.slope,
        passes,
        opening,
        monthly,
        total,
        yearly,
        by_month if rule is None else _on_a_day(rule, clocked),
        again if projection.method in _TRIED else None,
        _TRIED.get(projection.method, 1),
    )


def _on_a_day(rule: Rule, clocked: _Clocked) -> NumberOnDay:
    def at(where: Room, name: str, days: Timed, day: Dated) -> Expression:
        now = days.place(day, clocked.clock, "known")
        return rule(_elapsed(where.within(name), "outturn", "Time from the last observation", now, clocked))

    return at


def _no_change(_: Room, clocked: _Clocked, __: Projection) -> Rule:
    return lambda _: literal(clocked.base)


def _linear(room: Room, clocked: _Clocked, projection: Projection) -> Rule:
    if projection.slope == "last":
        slope = _last_slope(room, clocked)
    else:
        slope, mean_place, mean = _least_squares(room, clocked)
        if not projection.anchored:
            fitted = mean + slope * (clocked.start - mean_place)
            begin = room.line("fitted", "On the line at the last observation", fitted, "children")
            return lambda elapsed: begin + slope * elapsed
    return lambda elapsed: clocked.base + slope * elapsed


def _last_slope(room: Room, clocked: _Clocked) -> Line:
    before, last = clocked.days[-2], clocked.days[-1]
    rise = clocked.children(last) - clocked.children(before)
    rule = rise / (clocked.place(last) - clocked.place(before))
    label = f"Change {_per(clocked)} from {before.name} to {last.name}"
    return room.line("slope", label, rule, clocked.per_step)


def _per(clocked: _Clocked) -> str:
    return "a day" if clocked.clock == "days" else "a month"


def _least_squares(room: Room, clocked: _Clocked) -> tuple[Line, Line, Line]:
    """The slope of least squares with the mean day and the mean number, each step a line."""
    unit = "days" if clocked.clock == "days" else "number"
    number = room.fact("observations", "Observations", len(clocked.days))
    places = [clocked.place(day) for day in clocked.days]
    children = [clocked.children(day) for day in clocked.days]
    mean_place = room.line("mean_day", "Mean of the days", literal(add_up(places)) / number, unit)
    mean = room.line("mean_children", "Mean of the numbers", literal(add_up(children)) / number, "children")
    away: list[Line] = []
    products, squares = [], []
    for day, place, count in zip(clocked.days, places, children, strict=True):
        at = room.within(day.id)
        away.append(at.line("days_from_mean", f"{day.name}, from the mean day", place - mean_place, unit))
        rule = away[-1] * (count - mean)
        products.append(at.line("product", f"{day.name}: × number from its mean", rule, _times(unit, "children")))
        squares.append(at.line("square", f"{day.name}: squared", away[-1] * away[-1], _times(unit, unit)))
    rule = literal(add_up(products)) / literal(add_up(squares))
    label = f"Slope of least squares through {len(clocked.days)} observations, {_per(clocked)}"
    return room.line("slope", label, rule, clocked.per_step), mean_place, mean


def _times(left: str, right: str) -> str:
    return " ".join(unit for unit in (left, right) if unit != "number") or "number"


def _growth(room: Room, clocked: _Clocked, projection: Projection) -> Rule:
    if projection.growth is None:
        raise ValueError(f"projection {projection.id} states no growth")
    growth = room.state("growth", "Growth a year", projection.growth, "rate")
    return lambda elapsed: clocked.base * power(1 + growth, _years(room, elapsed, clocked))


def _years(room: Room, elapsed: Expression, clocked: _Clocked) -> Expression:
    """Time as a number of years."""
    one = room.book.one_year
    if clocked.clock == "days":
        return elapsed / days_in_a_year(room) / one
    return elapsed / room.convention("months_in_a_year") / one


def _damped(room: Room, clocked: _Clocked, projection: Projection) -> Rule:
    if projection.damping is None:
        raise ValueError(f"projection {projection.id} states no damping")
    own = Room(room.book, f"demand.projections.{projection.id}", room.section, projection).once
    kept = own.state("damping", "Share of a year’s step that the next year keeps", projection.damping, "share")
    slope = _last_slope(room, clocked)
    of_year = slope * days_in_a_year(room) * room.book.one_year
    if clocked.clock == "months":
        of_year = slope * room.convention("months_in_a_year") * room.book.one_year
    step = room.line("step", "Change of a year at the last slope", of_year, "children")
    return lambda elapsed: clocked.base + step * kept * (1 - power(kept, _years(room, elapsed, clocked))) / (1 - kept)


def _joined(room: Room, clocked: _Clocked, projection: Projection) -> Rule:
    ahead = Timed(room.within("points"), dated(projection.points))
    first = clocked.start
    known: list[tuple[Line, Line]] = [(first, clocked.base)]
    known += [(ahead.place(day, clocked.clock, projection.reading), ahead.children(day)) for day in ahead.days]
    return lambda elapsed: _through(known, elapsed + first, compound=projection.how == "compound")


def through(known: Sequence[tuple[Line, Line]], now: Expression) -> Expression:
    """The number at a time on straight lines through known points; level before the first and after the last."""
    return _through(known, now, compound=False)


def _through(known: Sequence[tuple[Line, Line]], now: Expression, *, compound: bool) -> Expression:
    found: Expression = known[0][1]
    for (before, low), (after, high) in pairwise(known):
        share = minimum(maximum((now - before) / (after - before), 0), 1)
        found = found * power(high / low, share) if compound else found + (high - low) * share
    return found


_RULES: dict[str, Callable[[Room, _Clocked, Projection], Rule]] = {
    "no-change": _no_change,
    "linear": _linear,
    "constant-growth": _growth,
    "damped": _damped,
    "joined": _joined,
}


def _by_month(room: Room, clocked: _Clocked, projection: Projection) -> tuple[Line, Line]:
    """A path that is known month by month: an account of entries and leavers, or as the case states it."""
    base, book = clocked.base, room.book
    opening = room.line("opening", f"{projection.label}: at the start", base, "children")
    begin = clocked.timed.place(clocked.timed.base, "months", "known")
    after = compare(book.number_of(Timeline.MONTHS), ">", begin)
    label = f"{projection.label}: at the end of the month"
    if projection.method == "stated":
        if projection.children is None:
            raise ValueError(f"projection {projection.id} states no children")
        given = room.state("stated", "Children, as stated", projection.children, "children")
        return opening, room.monthly("path", label, conditional(after, given, base), "children")
    if projection.entries is None or projection.stay is None:
        raise ValueError(f"projection {projection.id} states no entries or no stay")
    entries = room.state("entries", "Children who enter care in a month", projection.entries, "children")
    stay = room.state("stay", "Average stay, months", projection.stay, "number")
    closing = room.declare("monthly.path", label, "children", Timeline.MONTHS, "Opening + entries − leavers.")
    before = room.monthly("at_start", "At the start of the month", previous(closing, base), "children")
    leaving = room.monthly("leavers", "Children who leave care in the month", before / stay * after, "children")
    entering = room.monthly("entering", "Children who enter care in the month", entries * after, "children")
    return opening, closing.define(before + entering - leaving)


def points_of(timed: Timed, further: Timed, clock: Clock = "days") -> list[tuple[Line, Line]]:
    """The last observation and the days after it, as points to be joined."""
    base = timed.base
    known = [(timed.place(base, clock, "known"), timed.children(base))]
    return known + [(further.place(day, clock, "known"), further.children(day)) for day in further.days]


def of(observations: Sequence[Observation], room: Room) -> Timed:
    """Dated numbers as lines below a room."""
    return Timed(room, dated(observations))
