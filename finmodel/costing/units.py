"""A number of units of the case's own naming × what one costs or saves: at any time, or cohort by cohort.

A cohort is those who enter in a month. In the twelve months from then it is in its first year, and so on; what is
stated by year since entry is for each of those years, and nothing follows the last.
"""

from __future__ import annotations

from finmodel.basis.room import Room
from finmodel.case.schema_units import Units
from finmodel.costing.active import profile
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line
from finmodel.lines.timing import running_total, shifted
from finmodel.lines.units import singular


def per_one(units: Units, unit: str = "£") -> str:
    """`£ per family`."""
    return f"{unit} per {singular(units.name)}"


def number_of(room: Room, units: Units) -> Line:
    """How many there are in a month, as stated."""
    if units.number is None:
        raise ValueError(f"{room.at} states no number")
    return profile(room, "number", units.name.capitalize(), units.number, units.name)


def number_entering(room: Room, units: Units) -> Line:
    """How many enter, a month or a year, as stated."""
    if units.entering is None:
        raise ValueError(f"{room.at} does not state how many enter")
    return profile(room, "entering", label_entering(units), units.entering, unit_entering(units))


def label_entering(units: Units) -> str:
    """`Families who enter, a year`."""
    return f"{units.name.capitalize()} who enter, a {units.per}"


def unit_entering(units: Units) -> str:
    """`families per year`."""
    return f"{units.name} per year" if units.per == "year" else units.name


def entering(room: Room, units: Units, stated: Line, there: Expression) -> Line:
    """Those who enter in a month: as stated for one, or a twelfth of a year's, in the months in which any do."""
    monthly = room.a_month(stated) if units.per == "year" else stated
    return room.monthly("entering", f"{units.name.capitalize()} who enter", monthly * there, units.name)


def by_year_since_entry(room: Room, units: Units, enter: Line, years: int) -> list[Line]:
    """How many are in their first year since entry, in their second, and so on, month by month."""
    entered = room.monthly(
        "entered", f"{units.name.capitalize()} who have entered so far", running_total(enter), units.name
    )
    found, before = [], entered
    year_of_months = room.convention("months_in_a_year") * room.book.one_year
    months: Expression | int = 0
    for year in range(1, years + 1):
        label = f"Months from entry to the end of the {ordinal(year)} year"
        months = room.line(f"year_{year}_ends", label, year_of_months + months, "number")
        label = f"{units.name.capitalize()} whose {ordinal(year)} year is over"
        over = room.monthly(f"year_{year}_over", label, shifted(entered, months), units.name)
        label = f"{units.name.capitalize()} in their {ordinal(year)} year since entry"
        found.append(room.monthly(f"in_year_{year}", label, before - over, units.name))
        before = over
    return found


def counting(room: Room, units: Units, enter: Line) -> Line:
    """How many of all cohorts count in a month: each year since entry × its share, less what counts all the same."""
    shares = units.shares or ()
    parts = []
    for year, (there, share) in enumerate(
        zip(by_year_since_entry(room, units, enter, len(shares)), shares, strict=True), 1
    ):
        label = f"Share that counts in the {ordinal(year)} year since entry"
        rule: Expression = room.state(f"shares.year_{year}", label, share, "share")
        if units.shares_with_it is not None:
            label = f"Share that counts all the same in the {ordinal(year)} year"
            rule = rule - room.state(f"shares_with_it.year_{year}", label, units.shares_with_it[year - 1], "share")
        parts.append(there * rule)
    return room.monthly("counting", f"{units.name.capitalize()} that count", add_up(parts), units.name)


def ordinal(year: int) -> str:
    """`first`, `fourth`, `21st`."""
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    if year <= len(words):
        return words[year - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(year % 10, "th") if year // 10 != 1 else "th"
    return f"{year}{ending}"


def once_in_the_year(room: Room, of_all: Expression) -> Expression:
    """What falls once in a year since entry, spread over its twelve months."""
    return room.a_month(of_all) / room.book.one_year
