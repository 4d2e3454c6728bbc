"""What a post costs other than pay: what it replaces, agency cover, costs once and every year, and its ending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finmodel.basis.prices import at_prices
from finmodel.basis.room import Room
from finmodel.case.schema import Ending, ExistingPost, OneOff, PerFte, Post
from finmodel.costing.agency import agency_cover
from finmodel.costing.full_month import PostRooms, parts_by_grade, people_of, stated_cost
from finmodel.costing.staffing import Staffing, vacancy_factor
from finmodel.lines.arithmetic import add_up, compare
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import previous


@dataclass(frozen=True, slots=True)
class PartCost:
    """A part of what a post costs, £: by month as it falls, and in a full month; None where it does not recur."""

    monthly: Line
    full: Line | None = None


def costs_beside_pay(
    staffing: Staffing, full: Sequence[Line], paid: Sequence[Line], pay: Line | None
) -> list[PartCost]:
    """Everything that a post costs other than pay and on-costs; what is taken off is below zero.

    full, paid: pay and on-costs in a full month, and of those in post. pay: of one FTE in a year.
    """
    post = staffing.post
    replaced = [_replaced(staffing, other) for other in post.replaces]
    found = list(replaced)
    if post.vacancy_factor is not None:
        found.append(_vacancy_saving(staffing, full, paid, replaced))
    found += [_backfill(staffing, other) for other in post.backfill]
    if post.agency_cover is not None:
        found.append(PartCost(agency_cover(staffing, post.agency_cover)))
    found += [_per_fte(staffing, cost, full, paid) for cost in post.per_fte]
    found += [PartCost(_one_off(staffing, cost)) for cost in post.one_off]
    if post.ending is not None:
        found.append(PartCost(_ending(staffing, post.ending, pay)))
    return found


def _vacancy_saving(
    staffing: Staffing, full: Sequence[Line], paid: Sequence[Line], replaced: Sequence[PartCost]
) -> PartCost:
    """Pay and on-costs saved while filled posts stand empty between two people; of what they replace likewise, so
    that only the difference counts. FTE not yet recruited cost nothing and are not counted again.
    """
    room, factor, note = staffing.room, vacancy_factor(staffing), "Below nil: it is taken off."
    here = 0 - factor * literal(add_up([*paid, *(part.monthly for part in replaced)]))
    whole = 0 - factor * literal(add_up([*full, *(part.full for part in replaced if part.full is not None)]))
    return PartCost(
        room.monthly("vacancy_saving", "Vacancy saving assumed", here, note=note),
        room.monthly("full_vacancy_saving", "Vacancy saving assumed in a full month", whole, note=note),
    )


def _replaced(staffing: Staffing, other: ExistingPost) -> PartCost:
    """Another post that is saved, as far as this one is filled."""
    room = staffing.room.within(f"replaces.{other.id}", other)
    note = "Below nil: it is taken off, so that only the difference counts."
    less = room.monthly("full_saved", f"Less full month, {other.title}", -_whole(room, staffing, other), note=note)
    return PartCost(
        room.monthly("saved", f"Less what it replaces: {other.title}", less * staffing.share, note=note), less
    )


def _backfill(staffing: Staffing, other: ExistingPost) -> PartCost:
    """Another post that is paid for, as far as this one is filled."""
    room = staffing.room.within(f"backfill.{other.id}", other)
    whole = _whole(room, staffing, other)
    return PartCost(room.monthly("cost", f"Backfill: {other.title}", whole * staffing.share), whole)


def _whole(room: Room, staffing: Staffing, other: ExistingPost) -> Line:
    """Pay and on-costs, or the all-in cost, of another post in a full month."""
    fte = room.state("fte", f"FTE, {other.title}", other.fte, "FTE")
    stated = {name: getattr(other, name) for name in type(other).model_fields}
    base = other.price_base or room.book.case.price_base
    post = Post(**stated | {"price_base": base, "on_costs": staffing.post.on_costs})
    if post.annual_cost is not None:
        parts = [stated_cost(room, post, fte)]
    else:
        parts = parts_by_grade(post, fte, PostRooms(room, room, room, staffing.room.address("on_costs")))[1]
    return room.monthly("full_cost", f"Cost of a full month, {other.title}", add_up(parts))


def _per_fte(staffing: Staffing, cost: PerFte, full: Sequence[Line], paid: Sequence[Line]) -> PartCost:
    """A cost of every FTE in post, every month a twelfth of the year's; or a share of pay and on-costs."""
    room, label = staffing.room.within(f"per_fte.{cost.id}", cost), f"{cost.label}, full month"
    if cost.amount is not None:
        amount = room.state("amount", f"{cost.label}, one FTE", cost.amount, "£ per FTE per year")
        each = room.a_month(staffing.fte * amount)
        whole = room.monthly("full_cost", label, at_prices(room.book, each, cost.inflation, cost.price_base))
        return PartCost(room.monthly("cost", cost.label, whole * staffing.share), whole)
    if cost.percent is None:
        raise ValueError(f"{cost.id} has neither amount nor percent")
    share = room.state("percent", f"{cost.label}, share of pay and on-costs", cost.percent, "share")
    whole = room.monthly("full_cost", label, share * literal(add_up(full)))
    return PartCost(room.monthly("cost", cost.label, share * literal(add_up(paid))), whole)


def _one_off(staffing: Staffing, cost: OneOff) -> Line:
    """A cost met once: for those who start in the month, or in the month in which the post does."""
    room = staffing.room.within(f"one_off.{cost.id}", cost)
    unit = {"fte": "£ per FTE", "person": "£ per person", "post": "£"}[cost.per]
    each = {"fte": ", one FTE", "person": ", one person", "post": ""}[cost.per]
    amount = room.state("amount", f"{cost.label}{each}", cost.amount, unit)
    if cost.per == "post":
        rule: Expression = amount * compare(room.book.number_of(Timeline.MONTHS), "=", staffing.start)
    elif cost.per == "fte":
        rule = amount * staffing.starters
    else:
        rule = amount * _people_starting(staffing)
    return room.monthly("cost", cost.label, at_prices(room.book, rule, cost.inflation, cost.price_base))


def _people_starting(staffing: Staffing) -> Line:
    """Of the people who share the post's FTE, as many as FTE start."""
    rule = people_of(staffing.room, staffing.post, staffing.fte) * staffing.share_starting
    return staffing.room.once.monthly("people_starting", "People who start in the month", rule, "people")


def _ending(staffing: Staffing, ending: Ending, pay: Line | None) -> Line:
    """What ending the posts costs: for each FTE in post in the last month, in the month after."""
    room = staffing.room.within("ending", ending)
    after = compare(room.book.number_of(Timeline.MONTHS), "=", staffing.room["end"] + 1)
    leaving = room.monthly("fte", "FTE whose posts ended", previous(staffing.fte_in_post) * after, "FTE")
    if ending.amount is not None:
        amount = room.state("amount", "Cost of ending the post, one FTE", ending.amount, "£ per FTE")
        rule = at_prices(room.book, leaving * amount, ending.inflation, ending.price_base)
    elif ending.weeks_of_pay is not None and pay is not None:
        weeks = room.state("weeks_of_pay", "Weeks of pay when the post ends", ending.weeks_of_pay, "weeks")
        rule = leaving * previous(pay) * weeks / room.convention("weeks_in_a_year")
    else:
        raise ValueError(f"post {staffing.post.id} states no cost of ending")
    return room.monthly("cost", "Cost of ending the post", rule)
