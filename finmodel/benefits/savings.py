"""The kinds of saving: the gross saving of a month, £, by a rule for each, and the one table of all rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from finmodel.basis.prices import at_prices
from finmodel.basis.room import Room
from finmodel.basis.yearly import of_a_year, unit_of
from finmodel.benefits.amounts import allowance, cost_of_process, priced, priced_year
from finmodel.benefits.effect import effect, lag, stated
from finmodel.benefits.homes import Beds, beds_emptied, benefit_of
from finmodel.benefits.placements import placements_avoided
from finmodel.benefits.reach import state_children
from finmodel.case.schema import Benefit
from finmodel.case.schema_periods import article
from finmodel.case.schema_savings import (
    AgencyToPermanent,
    AmountsSinceEntry,
    Claim,
    EarlierPermanence,
    Income,
    InHouseHome,
    LessSicknessCover,
    LessTurnover,
    PerUnit,
    ProcessCosts,
    StepDown,
    YearlyAmount,
)
from finmodel.case.schema_units import Units
from finmodel.costing.active import in_month, late_line
from finmodel.costing.placement_prices import COST_OF_A_YEAR, placement_cost
from finmodel.costing.units import (
    by_year_since_entry,
    counting,
    entering,
    label_entering,
    once_in_the_year,
    ordinal,
    per_one,
    unit_entering,
)
from finmodel.demand.ledger import draw, draws
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import at_year, previous, shifted
from finmodel.lines.units import singular


def step_down(room: Room, saving: StepDown) -> Expression:
    """Children in the cheaper placement × (the dearer one's cost − the cheaper one's), each with its own inflation."""
    label, there = "Children in the cheaper placement instead", effect(room, saving)
    given = state_children(room, "children_stated", label, saving.children)
    note = "They stay in care, so they are not among the children fewer in care."
    children = room.monthly("children", label, given * there, "children", note)
    dearer, cheaper = placement_cost(room.book, saving.from_placement), placement_cost(room.book, saving.to_placement)
    label = "The dearer placement less the cheaper, a year"
    difference = room.line("saving_of_a_child", label, dearer - cheaper, COST_OF_A_YEAR)
    return room.a_month(children * at_year(difference))


def earlier_permanence(room: Room, saving: EarlierPermanence) -> Expression:
    """Children who would still be in the placement × (its cost − the allowance that follows).

    An account from month to month: each child counts from the month of leaving for as many months as it is earlier.
    """
    by_year = saving.per == "year"
    label = f"Children who leave earlier, a {saving.per}"
    unit, there = "children per year" if by_year else "children", effect(room, saving)
    given = state_children(room, "children_stated", label, saving.children, unit)
    monthly = room.a_month(given) if by_year else given
    leaving = room.monthly("leaving_earlier", "Children who leave earlier", monthly * there, "children")
    earlier = room.state("months_earlier", "Months earlier", saving.months_earlier, "number")
    children = _account(room, leaving, earlier)
    after = allowance(room, saving.allowance)
    label, rule = (
        "The placement less the allowance that follows, a year",
        at_year(placement_cost(room.book, saving.placement)) - after,
    )
    difference = room.monthly("saving_of_a_child", label, rule, COST_OF_A_YEAR)
    if draws(room.book):
        called = "Children out of care earlier, as far as the baseline has them"
        children = draw(room, "children_drawn", called, children, difference, saving.label)
    return room.a_month(children * difference)


def _account(room: Room, leaving: Line, earlier: Line) -> Line:
    """Opening + those who leave earlier − those who would have left by now = closing."""
    label = "Children who would still be in the placement"
    note = "No entry is avoided, so they are not among the children fewer in care."
    closing = room.declare("monthly.children", label, "children", Timeline.MONTHS, note)
    opening = room.monthly("opening_children", f"{label}, opening", previous(closing), "children")
    left = room.monthly("left_by_now", "Children who would have left by now", shifted(leaving, earlier), "children")
    return closing.define(opening + leaving - left)


def agency_to_permanent(room: Room, saving: AgencyToPermanent) -> Expression:
    """FTE × (what the agency costs − what a permanent post costs).

    Where a post of the option takes over, its cost is the option's, and only the agency's is saved.
    """
    unit, label, there = "£ per FTE per year", "Agency posts made permanent", effect(room, saving)
    given = stated(room, room, "posts", label, saving.posts, "FTE")
    posts = room.monthly("posts", label, given * there, "FTE")
    agency = _of_one_fte(room, "agency_cost", "Agency worker, one FTE in a year", saving.agency_cost)
    difference: Expression = agency
    if saving.permanent_cost is not None:
        label = "Permanent post, one FTE in a year"
        difference = agency - _of_one_fte(room, "permanent_cost", label, saving.permanent_cost)
    note = ""
    if saving.permanent_post is not None:
        note = f"The permanent post, {saving.permanent_post}, is a cost of the option and is not taken off again here."
    saved = room.monthly("saving_of_a_post", "Saving of one FTE, a year", difference, unit, note)
    return room.a_month(posts * saved)


def _of_one_fte(room: Room, name: str, label: str, given: YearlyAmount) -> Line:
    rule = priced_year(room, name, label, given, "£ per FTE")
    return rule if isinstance(rule, Line) else room.monthly(f"{name}_of_a_year", label, rule, "£ per FTE per year")


def less_turnover(room: Room, saving: LessTurnover) -> Expression:
    """Leavers avoided × what replacing one costs."""
    label = "Replacing one who leaves"
    cost = priced(room, "replacement_cost", label, saving.replacement_cost, "£ per person")
    label = "People who stay and need not be replaced, a year"
    there = effect(room, saving)
    stay = stated(room, room, "leavers_avoided", label, saving.leavers_avoided, "people per year")
    return room.a_month(stay * there) * cost


def less_sickness_cover(room: Room, saving: LessSicknessCover) -> Expression:
    """Days of cover not needed × what a day costs."""
    cost = priced(room, "day_cost", "A day's cover", saving.day_cost, "£ per day")
    label, there = "Days of cover not needed, a year", effect(room, saving)
    days = stated(room, room, "days_avoided", label, saving.days_avoided, "days per year")
    return room.a_month(days * there) * cost


def process_costs(room: Room, saving: ProcessCosts) -> Expression:
    """Entries avoided × what the processes that an entry sets off cost."""
    costs = [cost_of_process(room, process) for process in saving.processes]
    label = "The work that one entry sets off"
    whole = room.monthly("cost_of_an_entry", label, add_up(costs), "£ per child")
    if saving.benefit is not None:
        return benefit_of(room, saving.benefit)["monthly.entries_avoided"] * whole
    if saving.entries_avoided is None:
        raise ValueError(f"saving {saving.id} states neither a benefit nor entries avoided")
    label, there = "Entries to care avoided in a month", effect(room, saving)
    given = state_children(room, "entries_stated", label, saving.entries_avoided)
    return room.monthly("entries_avoided", "Entries to care avoided", given * there, "children") * whole


def income(room: Room, saving: Income) -> Expression:
    """Income of a year in the months of the effect, or the whole of it in the month that it comes."""
    once = saving.per == "once"
    label = f"{saving.label}, {'once' if once else article(saving.per)}"
    if not once:
        there = effect(room, saving)
        figure = priced(room, "income", label, saving.income, unit_of("£", saving.per), moved=True)
        return room.a_month(of_a_year(room, "income", figure, saving, saving.per) * there)
    amount = priced(room, "income", label, saving.income, "£")
    late = late_line(room, saving)
    rule, note = room["start"] + lag(room, saving) + late, "The start, the lag and the delay."
    month = room.line("month", "Month in which it comes, counted from 1", rule, "number", note=note)
    return amount * in_month(room, month)


def per_unit(room: Room, saving: PerUnit) -> Expression:
    """Units of the case's own naming × what one saves: at any time, or by year since each cohort entered."""
    units, there = saving.units, effect(room, saving)
    at = room.within("units", units)
    if units.number is not None:
        number = stated(room, at, "number", units.name.capitalize(), units.number, units.name)
        counted = room.monthly("units", f"{units.name.capitalize()} in the month", number * there, units.name)
        return room.a_month(counted * _of_one_unit(room, saving))
    if units.entering is None:
        raise ValueError(f"saving {saving.id} states neither a number of units nor how many enter")
    given = stated(room, at, "entering", label_entering(units), units.entering, unit_entering(units))
    enter = entering(at, units, given, there)
    if saving.by_year_since_entry is not None:
        return _by_year_since_entry(room, at, enter, saving.by_year_since_entry, units)
    one = _of_one_unit(room, saving)
    once = saving.amount is not None and saving.amount.per == "once"
    if units.shares is None:
        return enter * one
    counts = counting(at, units, enter)
    return once_in_the_year(room, counts * one) if once else room.a_month(counts * one)


def _of_one_unit(room: Room, saving: PerUnit) -> Expression:
    """What one unit saves in a year, or once."""
    given = saving.amount
    if given is None:
        raise ValueError(f"saving {saving.id} states no amount")
    label = f"For one {singular(saving.units.name)}, {given.per if given.per == 'once' else article(given.per)}"
    line = priced(room, "amount", label, given, unit_of(per_one(saving.units), given.per))
    return of_a_year(room, "amount", line, given, given.per)


def _by_year_since_entry(room: Room, at: Room, enter: Line, given: AmountsSinceEntry, units: Units) -> Expression:
    """Each year since entry: how many are in it × what one saves then."""
    parts = []
    for year, there in enumerate(by_year_since_entry(at, units, enter, len(given.amounts)), 1):
        label = f"For one {singular(units.name)}, in the {ordinal(year)} year since entry"
        unit = f"{per_one(units)} per year"
        own = room.within("amounts", given)
        base = own.state(f"year_{year}", f"{label}, {given.price_base} prices", given.amounts[year - 1], unit)
        price = own.monthly(f"year_{year}", label, at_prices(room.book, base, given.inflation, given.price_base), unit)
        parts.append(there * price)
    return room.a_month(literal(add_up(parts)))


RULES: dict[type[Claim], Callable[[Room, Any], Expression | Beds]] = {
    Benefit: placements_avoided,
    StepDown: step_down,
    EarlierPermanence: earlier_permanence,
    AgencyToPermanent: agency_to_permanent,
    LessTurnover: less_turnover,
    LessSicknessCover: less_sickness_cover,
    ProcessCosts: process_costs,
    Income: income,
    InHouseHome: beds_emptied,
    PerUnit: per_unit,
}  # by kind: the gross saving of a month, £; or the beds from which homes that close follow
