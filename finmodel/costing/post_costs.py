"""What a post costs other than pay: what it replaces, agency cover, costs once and every year, and its ending."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from finmodel.basis.prices import at_prices
from finmodel.basis.room import Room
from finmodel.case.schema import Ending, ExistingPost, OneOff, PerFte, Post
from finmodel.costing.active import in_month
from finmodel.costing.agency import agency_cover
from finmodel.costing.award_point import NAME as AWARD_POINT
from finmodel.costing.award_point import label_of
from finmodel.costing.fte import fte_line, weeks_in_a_year_of_pay
from finmodel.costing.full_month import FullMonth, PostRooms, full_month
from finmodel.costing.national_insurance import NAME as NATIONAL_INSURANCE
from finmodel.costing.national_insurance import groups_in_post, insurance_in_post
from finmodel.costing.people import one_fte, people_of, present
from finmodel.costing.redundancy import redundancy_pay
from finmodel.costing.staffing import Staffing, vacancy_factor
from finmodel.lines.arithmetic import add_up, compare, conditional, maximum
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import previous


class PartCost(Struct, frozen=True):
    """A part of what a post costs, £: by month as it falls, and in a full month; None where it does not recur.

    beyond_new_service: of it, pension contributions beyond the primary rate, below zero where it is taken off.
    more: what it would come to more if an offered pay award were one point higher; None where it does not rest on one.
    """

    monthly: Line
    full: Line | None = None
    beyond_new_service: Expression | None = None
    more: Expression | None = None


def costs_beside_pay(
    staffing: Staffing, month: FullMonth, paid: Sequence[Line], more: Expression | None = None
) -> list[PartCost]:
    """Everything that a post costs other than pay and on-costs; what is taken off is below zero.

    month, paid: pay and on-costs in a full month, and of those in post. more: what these would come to more if an
    offered award were one point higher.
    """
    full = month.lines
    post = staffing.post
    replaced = [_replaced(staffing, other) for other in post.replaces]
    found = list(replaced)
    if post.vacancy_factor is not None:
        found.append(_vacancy_saving(staffing, full, paid, replaced, more))
    found += [_backfill(staffing, other) for other in post.backfill]
    if post.agency_cover is not None:
        found.append(PartCost(agency_cover(staffing, post.agency_cover)))
    found += [_per_fte(staffing, cost, full, paid, more) for cost in post.per_fte]
    found += [PartCost(_one_off(staffing, cost)) for cost in post.one_off]
    if post.ending is not None:
        found.append(PartCost(_ending(staffing, post.ending, month.regular_pay)))
    return found


def _vacancy_saving(
    staffing: Staffing,
    full: Sequence[Line],
    paid: Sequence[Line],
    replaced: Sequence[PartCost],
    more: Expression | None,
) -> PartCost:
    """Pay and on-costs saved while filled posts stand empty between two people; of what they replace likewise, so
    that only the difference counts. FTE not yet recruited cost nothing and are not counted again.
    """
    room, factor, note = staffing.room, vacancy_factor(staffing), "Below zero: it is taken off."
    here = 0 - factor * literal(add_up([*paid, *(part.monthly for part in replaced)]))
    rises = [each for each in (more, *(part.more for part in replaced)) if each is not None]
    whole = 0 - factor * literal(add_up([*full, *(part.full for part in replaced if part.full is not None)]))
    return PartCost(
        room.monthly("vacancy_saving", "Vacancy saving assumed", here, note=note),
        room.monthly("full_vacancy_saving", "Vacancy saving assumed in a full month", whole, note=note),
        more=0 - factor * literal(add_up(rises)) if rises else None,
    )


def _replaced(staffing: Staffing, other: ExistingPost) -> PartCost:
    """Another post that is saved, as far as this one is filled."""
    room = staffing.room.within(f"replaces.{other.id}", other)
    note = "Below zero: it is taken off, so that only the difference counts."
    existing = _existing(room, staffing, other)
    less = room.monthly("full_saved", f"Less full month, {other.title}", -existing.whole, note=note)
    rule: Expression = less * staffing.share
    if existing.by_person:
        left = existing.insurance("left", 1 - staffing.share)
        rule = literal(0) - (existing.apart_from_insurance * staffing.share + (existing.full_insurance - left))
    beyond: Expression | None = None
    if existing.month.beyond_new_service is not None:
        beyond = 0 - existing.month.beyond_new_service * staffing.share
        if staffing.post.vacancy_factor is not None:
            beyond = beyond * (1 - vacancy_factor(staffing))
    saved = room.monthly("saved", f"Less what it replaces: {other.title}", rule, note=note)
    more = existing.more("left", 1 - staffing.share, left=True)
    return PartCost(saved, less, beyond, None if more is None else 0 - more)


def _backfill(staffing: Staffing, other: ExistingPost) -> PartCost:
    """Another post that is paid for, as far as this one is filled."""
    room = staffing.room.within(f"backfill.{other.id}", other)
    existing = _existing(room, staffing, other)
    rule: Expression = existing.whole * staffing.share
    if existing.by_person:
        rule = existing.apart_from_insurance * staffing.share + existing.insurance("in_post", staffing.share)
    beyond = existing.month.beyond_new_service
    paid = room.monthly("cost", f"Backfill: {other.title}", rule)
    beyond_here = None if beyond is None else beyond * staffing.share
    return PartCost(paid, existing.whole, beyond_here, existing.more("in_post", staffing.share))


class _Existing(Struct, frozen=True):
    """Another post that changes as a post is filled: its full month, and whole, what that comes to."""

    room: Room
    staffing: Staffing
    post: Post
    fte: Line
    month: FullMonth
    whole: Line

    @property
    def by_person(self) -> bool:
        """Whether a part of its people can be there, each of whom has a threshold of National Insurance."""
        return self.month.insured and self.staffing.fills_over_time

    @property
    def full_insurance(self) -> Line:
        """National Insurance of all its people in a full month."""
        return self.month.parts[NATIONAL_INSURANCE]

    @property
    def apart_from_insurance(self) -> Expression:
        """What else it costs in a full month."""
        return literal(add_up([line for name, line in self.month.parts.items() if name != NATIONAL_INSURANCE]))

    def insurance(self, when: str, share: Expression) -> Line:
        """National Insurance of those who work a share of its FTE; when: what they are called by."""
        pay = self.month.pay
        if pay is None:
            raise ValueError(f"post {self.post.id} has no pay")
        people = present(self.room, when, self.post, self.fte, self.fte * share)
        contracted_out = (self.post.on_costs or self.room.book.case.on_costs).contracted_out
        return insurance_in_post(self.room, people, pay, contracted_out, when)

    def more(self, when: str, share: Expression, *, left: bool = False) -> Expression | None:
        """What a point more in an offered award adds to what changes with the post, £; None where pay rests on none.

        when, share: those whose National Insurance is worked out person by person, as `insurance` has them; left:
        whether they are the ones who stay behind.
        """
        month, room = self.month, self.room
        if month.rise is None or month.pay is None:
            return None
        label = label_of(f", {self.post.title}: all but National Insurance")
        rule = month.more_apart_from_insurance * self.staffing.share
        apart = room.monthly(f"{AWARD_POINT}_apart_from_insurance", label, rule)
        whole = month.more_insurance(room)
        if whole is None:
            return apart
        if not self.by_person:
            return apart + whole * self.staffing.share
        people = present(room, when, self.post, self.fte, self.fte * share)
        some = month.more_insurance(room, groups_in_post(room, people, month.pay, when))
        if some is None:
            return apart
        return apart + (whole - some if left else some)


def _existing(room: Room, staffing: Staffing, other: ExistingPost) -> _Existing:
    """Another post, with its pay and on-costs or its all-in cost in a full month."""
    fte = fte_line(room, other)
    stated = {name: getattr(other, name) for name in type(other).model_fields}
    base = other.price_base or room.book.case.price_base
    post = Post(
        **stated
        | {
            "price_base": base,
            "on_costs": staffing.post.on_costs,
            "start": staffing.post.start,
            "delay_months": staffing.post.delay_months,
        }
    )
    month = full_month(post, fte, PostRooms(room, room, room, staffing.room.address("on_costs")))
    whole = room.monthly("full_cost", f"Cost of a full month, {other.title}", add_up(month.lines))
    return _Existing(room, staffing, post, fte, month, whole)


def _per_fte(
    staffing: Staffing, cost: PerFte, full: Sequence[Line], paid: Sequence[Line], more: Expression | None
) -> PartCost:
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
    rises = None if more is None else share * more
    whole = room.monthly("full_cost", label, share * literal(add_up(full)))
    return PartCost(room.monthly("cost", cost.label, share * literal(add_up(paid))), whole, more=rises)


def _one_off(staffing: Staffing, cost: OneOff) -> Line:
    """A cost met once: for those who start in the month, or in the month in which the post does."""
    room = staffing.room.within(f"one_off.{cost.id}", cost)
    unit = {"fte": "£ per FTE", "person": "£ per person", "post": "£"}[cost.per]
    each = {"fte": ", one FTE", "person": ", one person", "post": ""}[cost.per]
    amount = room.state("amount", f"{cost.label}{each}", cost.amount, unit)
    if cost.per == "post":
        rule: Expression = amount * in_month(room, staffing.begins)
    elif cost.per == "fte":
        rule = amount * staffing.starters
    else:
        rule = amount * _people_starting(staffing)
    return room.monthly("cost", cost.label, at_prices(room.book, rule, cost.inflation, cost.price_base))


def _people_starting(staffing: Staffing) -> Line:
    """People who were not there the month before; those in post before the case are not among them."""
    room = staffing.room.once
    here = room.monthly("people_in_post", "People in post", _people_in_post(staffing), "people")
    rule: Expression = maximum(here - previous(here), 0)
    if staffing.started_before:
        rule = rule * compare(room.book.number_of(Timeline.MONTHS), ">", 1)
    return room.monthly("people_starting", "People who start in the month", rule, "people")


def _people_in_post(staffing: Staffing) -> Expression:
    """How many people there are in each month, counted person by person."""
    if staffing.fills_over_time:
        return present(staffing.room, "in_post", staffing.post, staffing.fte, staffing.fte_in_post).people
    return people_of(staffing.room, staffing.post, staffing.fte) * staffing.in_post


def _ending(staffing: Staffing, ending: Ending, pay: Line | None) -> Line:
    """What ending the posts costs: for each FTE in post in the last month, in the month after."""
    room = staffing.room.within("ending", ending)
    here, month = staffing.fte_in_post, room.book.number_of(Timeline.MONTHS)
    fewer = maximum(previous(here) - here, 0) * compare(month, ">", staffing.ends)
    leaving = room.monthly("fte", "FTE whose posts ended", fewer, "FTE")
    if ending.amount is not None:
        amount = room.state("amount", "Cost of ending the post, one FTE", ending.amount, "£ per FTE")
        rule = at_prices(room.book, leaving * amount, ending.inflation, ending.price_base)
    elif ending.redundancy is not None and pay is not None:
        own = room.within("redundancy")
        before = room.monthly("fte_before", "FTE in post the month before", previous(here), "FTE")
        share = leaving / conditional(compare(before, ">", 0), before, one_fte(room))
        rule = literal(previous(redundancy_pay(own, staffing, ending.redundancy, pay))) * share
    elif ending.weeks_of_pay is not None and pay is not None:
        weeks = room.state("weeks_of_pay", "Weeks of pay when the post ends", ending.weeks_of_pay, "weeks")
        rule = leaving * (previous(pay) / weeks_in_a_year_of_pay(room)) * weeks
    else:
        raise ValueError(f"post {staffing.post.id} states no cost of ending")
    return room.monthly("cost", "Cost of ending the post", rule)
