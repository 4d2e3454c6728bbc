"""Costs avoided: the baseline less what came to be or is planned, × what a placement costs, by four conventions.

A difference builds up over a year, and nothing in a year's two counts says when. Taken as there from the start it is
the closing difference all year; by the middle, the average of opening and closing of each month; at the end, the
opening difference alone; and the run-rate is what the closing difference would cost in a whole year.
"""

from __future__ import annotations

from msgspec import Struct

from finmodel.basis.base_budget import growth_in_base_budget
from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.case.schema_demand import Avoided
from finmodel.costing.placement_prices import placement_cost
from finmodel.demand.errors import BaselineRange
from finmodel.demand.observed import Timed, day_zero
from finmodel.demand.paths import ProjectedPath, month_ends, points_of, through, year_ends
from finmodel.lines.arithmetic import compare, maximum, minimum, rounded_up
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import at_period, by_year, look_up, previous, total

CONVENTIONS = {
    "from_the_start": "From the start of the year",
    "by_the_middle": "By the middle: average of opening and closing",
    "at_the_end": "At the end of the year",
    "run_rate": "Run-rate at the end, for a whole year",
}
READINGS = {"start": "each month read at its start", "end": "each month read at its end"}
SECTION = "Demand: costs avoided"


class WrittenAvoided(Struct, frozen=True):
    """Costs avoided. difference: children fewer than the baseline at each month's end, in the months asked for.

    child_years, cost: by convention and year; total: by convention. readings: the middle one's total, £, had each month
    been read at its start or its end in the place of the average of both. cashable: of the middle convention, by year,
    what the growth in the base budget covers; None where the case states no such growth. error: children by which the
    baseline is usually out by the last month; shown: 1 where the difference at_the_last month's end is larger.
    """

    stated: Avoided
    actual: Line
    difference: Line
    child_years: dict[str, Line]
    cost: dict[str, Line]
    total: dict[str, Line]
    total_child_years: dict[str, Line]
    readings: dict[str, Line]
    unit_cost: Line
    months: Line
    months_counted: Line
    error: Line
    at_the_last: Line
    shown: Line
    cashable: Line | None
    total_cashable: Line | None


def two(book: Book) -> Line:
    """Opening and closing: the two readings of which an average is taken."""
    return book.definition("two_counts", "Counts averaged: opening and closing", 2, "number")


def write_avoided(
    timed: Timed, baseline: ProjectedPath, after: Timed, stated: Avoided, range_of: BaselineRange
) -> WrittenAvoided:
    """The lines of costs avoided; after: the days since the last observation, as they came to be or are planned."""
    book = timed.room.book
    room = Room(book, "demand.avoided", SECTION)
    known = points_of(timed, after)
    zero = Room(book, "demand.calendar", "Demand: calendar").once.fact(
        "start_in_days", "Start of the first month, by the same count", 0, "days", f"{day_zero(timed.room)}"
    )
    actual = room.monthly(
        "actual", "Children looked after, actual or planned", through(known, month_ends(room)), "children"
    )
    first_actual = room.line("opening_actual", "The same, at the start", through(known, zero), "children")
    start = room.month("start", "First month, counted from 1", stated.start, 1, f"{stated.start.words}.")
    end = room.month("end", "Last month, counted from 1", stated.end, 1, f"{stated.end.words}.")
    month = book.number_of(Timeline.MONTHS)
    active = room.monthly("counted", "Month counted", compare(month, ">=", start) * compare(month, "<=", end), "flag")
    closing = room.monthly("closing", "Baseline less actual, month’s end", baseline.monthly - actual, "children")
    before = room.line("opening", "Baseline less actual, at the start", baseline.opening - first_actual, "children")
    opening = room.monthly("at_start", "Baseline less actual, month’s start", previous(closing, before), "children")
    difference = room.monthly("children", "Children fewer than the baseline", closing * active, "children")
    first_month = compare(month, "=", start)
    march = year_ends(room)
    april = room.monthly(
        "first_of_year",
        "First month counted in its year",
        active * maximum(_after_march(room, march), first_month),
        "flag",
    )
    last = room.monthly(
        "last_of_year", "Last month counted in its year", active * maximum(march, compare(month, "=", end)), "flag"
    )
    opening_of_year = by_year(room.monthly("opening_kept", "Difference as the year opens", opening * april, "children"))
    closing_of_year = by_year(room.monthly("closing_kept", "Difference as the year closes", closing * last, "children"))
    opens = room.yearly("opening_difference", "Difference as the year opens", opening_of_year, "children")
    closes = room.yearly("closing_difference", "Difference as the year closes", closing_of_year, "children")
    average = room.monthly("average", "Average of the month", (opening + closing) / two(book) * active, "children")
    year = book.convention("months_in_a_year")
    counted = room.yearly("months", "Months counted", by_year(active), "number")
    share = room.yearly("years_counted", "Part of the year counted", counted / year, "years")
    middle = room.yearly("middle", "Sum of the months’ averages", by_year(average), "children")
    rules = {
        "from_the_start": closes * share,
        "by_the_middle": middle / year,
        "at_the_end": opens * share,
        "run_rate": closes * book.one_year,
    }
    cost_of_a_year = placement_cost(book, stated.placement)
    readings = {
        name: _reading(room, name, label, each * active, cost_of_a_year)
        for (name, label), each in zip(READINGS.items(), (opening, closing), strict=True)
    }
    child_years, cost, totals, total_years = {}, {}, {}, {}
    for name, label in CONVENTIONS.items():
        child_years[name] = room.yearly(
            f"child_years.{name}", f"Child-years avoided: {label}", rules[name], "child years"
        )
        cost[name] = room.yearly(f"cost.{name}", f"Costs avoided: {label}", child_years[name] * cost_of_a_year, "£")
        if name == "run_rate":
            final = room.yearly("final.cost", "Run-rate of the last year counted", cost[name] * _final(room, end), "£")
            years = room.yearly(
                "final.child_years", "Its child-years", child_years[name] * _final(room, end), "child years"
            )
            totals[name] = room.line("total.run_rate", f"Costs avoided: {label}", total(final), "£")
            total_years[name] = room.line(
                "total_child_years.run_rate", f"Child-years avoided: {label}", total(years), "child years"
            )
        else:
            totals[name] = room.line(f"total.{name}", f"Costs avoided, all years: {label}", total(cost[name]), "£")
            total_years[name] = room.line(
                f"total_child_years.{name}",
                f"Child-years avoided, all years: {label}",
                total(child_years[name]),
                "child years",
            )
    unit_cost = room.line(
        "unit_cost",
        "Unit cost, first year counted",
        at_period(cost_of_a_year, _year_of(room, start)),
        "£ per child per year",
    )
    counted_in_all = room.line("months_counted", "Months counted, all years", total(counted), "number")
    at_the_last = room.line(
        "at_the_last", "Baseline less actual, at the last month’s end", at_period(closing, end), "children"
    )
    error = _error(room, timed, range_of, end)
    shown = room.line("shown", "More than the error of the baseline", compare(at_the_last, ">", error), "flag")
    cashable, all_cashable = _cashable(room, cost["by_the_middle"])
    return WrittenAvoided(
        stated=stated,
        actual=actual,
        difference=difference,
        child_years=child_years,
        cost=cost,
        total=totals,
        total_child_years=total_years,
        readings=readings,
        unit_cost=unit_cost,
        months=counted,
        months_counted=counted_in_all,
        error=error,
        at_the_last=at_the_last,
        shown=shown,
        cashable=cashable,
        total_cashable=all_cashable,
    )


def _reading(room: Room, name: str, label: str, children: Expression, cost_of_a_year: Line) -> Line:
    """Costs avoided by the months, each read on one day."""
    own = room.within(f"read_at_{name}")
    monthly = own.monthly("children", f"Children avoided: {label}", children, "children")
    years = own.by_year("child_months", f"Child-months avoided: {label}", monthly)
    cost = own.yearly("cost", f"Costs avoided: {label}", own.a_month(years) * cost_of_a_year, "£")
    return own.line("total", f"Costs avoided, all years: {label}", total(cost), "£")


def _after_march(room: Room, march: Line) -> Line:
    return room.monthly("april", "First month of the year", previous(march, 1), "flag")


def _year_of(room: Room, month: Line) -> Line:
    label = f"Year of the {month.label.lower().partition(',')[0]}"
    return room.once.line(f"{month.address.rpartition('.')[2]}_year", label, room.book.year_of(month), "number")


def _final(room: Room, end: Line) -> Line:
    number = room.book.number_of(Timeline.YEARS)
    label = "Year of the last month counted"
    return room.once.yearly("is_final", label, compare(number, "=", _year_of(room, end)), "flag")


def _error(room: Room, timed: Timed, range_of: BaselineRange, end: Line) -> Line:
    """Children by which the baseline is usually out at the last month; beyond what was tried, as at its furthest."""
    book = room.book
    begin = timed.place(timed.base, "months", "known")
    years = (end - begin) / book.convention("months_in_a_year") / book.one_year
    ahead = rounded_up(years, book.convention("decimal_places_compared"))
    number = room.line("years_ahead", "Years ahead of the last count, begun", ahead, "number")
    most = Room(book, "demand.range", "")["most_years"]
    share = look_up(minimum(maximum(number, 1), most), range_of.errors)
    whose = "its own counts" if range_of.origins else "councils of the size"
    label = f"Children by which the baseline is out on average, {whose}"
    return room.line("error", label, timed.children(timed.base) * share, "children")


def _cashable(room: Room, avoided: Line) -> tuple[Line | None, Line | None]:
    """What of it is cash: no more than the growth that the base budget holds already."""
    held = growth_in_base_budget(room.book)
    if held is None:
        return None, None
    label = "Costs avoided that the growth in the base budget covers"
    cashable = room.yearly("cashable", label, maximum(minimum(avoided, held), 0), "£")
    return cashable, room.line("total_cashable", f"{label}, all years", total(cashable), "£")
