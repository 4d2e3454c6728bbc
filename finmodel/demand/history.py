"""The history as figures: rates per 10,000 children, growth between observations, stocks against flows."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from finmodel.basis.room import Room
from finmodel.case.dated_counts import Dated
from finmodel.case.schema_demand import Flow, Population, UnitCostFromSpend
from finmodel.demand.observed import Timed
from finmodel.lines.arithmetic import compare, maximum
from finmodel.lines.line import Line
from finmodel.lines.outcomes import number_if, ratio

NO_POPULATION = "the population is zero"
NO_CHILDREN = "there was no child"
NO_MARGIN = "spend and children did not both rise or both fall, so that growth has no price a child"


class RateOnDay(Struct, frozen=True):
    """Children per 10,000 of a population on a day."""

    day: Dated
    population: Population
    line: Line


class Reconciled(Struct, frozen=True):
    """A flow between two stocks. leavers: as stated, or those that the stocks imply; gap: None where they are implied.

    gap: children by which closing differs from opening + entries − leavers.
    """

    flow: Flow
    opening: Dated
    closing: Dated
    leavers: Line
    gap: Line | None


class UnitCosts(Struct, frozen=True):
    """Unit costs of one year's spend: by children at its end, on average of opening and closing, and a day of each.

    marginal: growth in spend ÷ growth in children since the year stated before it, None of the first.
    """

    stated: UnitCostFromSpend
    at_year_end: Line
    on_average: Line | None
    per_day: Line
    marginal: Line | None


def write_rates(timed: Timed, populations: tuple[Population, ...]) -> tuple[RateOnDay, ...]:
    """The rate of each observation by each population that the case names."""
    book = timed.room.book
    found = []
    for population in populations:
        room = Room(book, f"demand.populations.{population.id}", f"Demand: {population.label}", population)
        children = room.state("number", population.label, population.number, "children")
        tens = book.definition("ten_thousand", "Children to whom a rate refers", 10_000, "number")
        for day in timed.days:
            rule = timed.children(day) * tens
            own = room.line(f"{day.id}.times", f"{day.name}: children × 10,000", rule, "children")
            label = f"Children per 10,000 on {day.name}: {population.label}"
            found.append(
                RateOnDay(day, population, room.line(day.id, label, ratio(own, children, NO_POPULATION), "number"))
            )
    return tuple(found)


def write_growth(timed: Timed) -> tuple[Line, ...]:
    """The change from each observation to the next, children."""
    lines = []
    for before, after in zip(timed.days, timed.days[1:], strict=False):
        room = timed.room.within(after.id)
        rule = timed.children(after) - timed.children(before)
        lines.append(room.line("change", f"Change from {before.name} to {after.name}", rule, "children"))
    return tuple(lines)


def write_flows(timed: Timed, flows: tuple[Flow, ...]) -> tuple[Reconciled, ...]:
    """Each flow whose period lies between two observed days: what closes, or what leavers it implies."""
    by_day = {day.day("known"): day for day in timed.days} | {day.day("end"): day for day in timed.days}
    found = []
    for flow in flows:
        opening, closing = by_day.get(flow.start - timedelta(days=1)), by_day.get(flow.end)
        if opening is None or closing is None or flow.entries is None:
            continue
        section = f"Demand: flows to {closing.name}"
        room = Room(timed.room.book, f"demand.flows.to-{flow.end.isoformat()}", section, flow)
        entries = room.state("entries", "Children who began to be looked after", flow.entries, "children")
        before = timed.children(opening) + entries
        if flow.leavers is None:
            label = "Children who ceased to be looked after, as the two counts imply"
            leavers = room.line("leavers", label, before - timed.children(closing), "children")
            found.append(Reconciled(flow, opening, closing, leavers, None))
            continue
        leavers = room.state("leavers", "Children who ceased to be looked after", flow.leavers, "children")
        expected = room.line("expected", "Opening + entries − leavers", before - leavers, "children")
        label = "Closing count less opening + entries − leavers"
        gap = room.line(
            "gap", label, timed.children(closing) - expected, "children", note="0 where stock and flow close."
        )
        found.append(Reconciled(flow, opening, closing, leavers, gap))
    return tuple(found)


def write_unit_costs(room: Room, stated: tuple[UnitCostFromSpend, ...]) -> tuple[UnitCosts, ...]:
    """What a child cost a year, by the spend of a year and its counts; and what each child more cost since."""
    found: list[UnitCosts] = []
    for each in stated:
        own = _room_of(room, each)
        costs, before = _unit_costs(own, each), found[-1].stated if found else None
        if before is not None:
            costs = replace(costs, marginal=_marginal(own, _room_of(room, before), each, before))
        found.append(costs)
    return tuple(found)


def _room_of(room: Room, each: UnitCostFromSpend) -> Room:
    return Room(room.book, f"demand.unit_costs.{each.id}", f"Demand: unit cost, {each.label}", each)


def _unit_costs(own: Room, each: UnitCostFromSpend) -> UnitCosts:
    book = own.book
    spend = own.state("spend", f"{each.label}: spend of the year", each.spend, "£")
    closing = own.state("closing", "Children at the year’s end", each.closing, "children")
    unit = "£ per child"
    at_end = own.line("at_year_end", "By children at the year’s end", ratio(spend, closing, NO_CHILDREN), unit)
    on_average = None
    divisor = closing
    if each.opening is not None:
        opening = own.state("opening", "Children at the year’s start", each.opening, "children")
        two = book.definition("two_counts", "Counts averaged: opening and closing", 2, "number")
        divisor = own.line("average", "Average of opening and closing", (opening + closing) / two, "children")
        on_average = own.line("on_average", "By the average of both", ratio(spend, divisor, NO_CHILDREN), unit)
    days = book.definition("days_of_care", "Days of a year of care", 365, "number")
    care = own.line("days", "Days of care", divisor * days, "children")
    per_day = own.line("per_day", "For a day", ratio(spend, care, NO_CHILDREN), unit)
    return UnitCosts(each, at_end, on_average, per_day, None)


def _marginal(own: Room, earlier: Room, each: UnitCostFromSpend, before: UnitCostFromSpend) -> Line:
    """Growth in pounds ÷ growth in children, by the averages of both years, or by both year-ends."""
    averages = each.opening is not None and before.opening is not None
    children, kind = ("average", "averages") if averages else ("closing", "ends")
    spend = own.line("growth_in_spend", f"Growth in spend since {before.label}", own["spend"] - earlier["spend"], "£")
    rule = own[children] - earlier[children]
    label = f"Growth in children since {before.label}, by the years’ {kind}"
    more = own.line("growth_in_children", label, rule, "children")
    rose, fell = compare(spend, ">", 0) * compare(more, ">", 0), compare(spend, "<", 0) * compare(more, "<", 0)
    marginal = number_if(maximum(rose, fell), spend / more, NO_MARGIN)
    note = "In cash of each year, so a rise in prices is in it."
    return own.line("marginal", f"Marginal unit cost since {before.label}", marginal, "£ per child", note=note)
