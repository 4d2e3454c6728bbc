"""The options of a case: posts, costs and benefits brought together, each measured against the status quo."""

from __future__ import annotations

from msgspec import Struct

from finmodel.appraisal.budget_reduction import BudgetSplit, split_of
from finmodel.appraisal.gains import OwnGains, WhoGains, own_gains, write_who_gains
from finmodel.appraisal.money_spent import monthly_money, own_resources, yearly_money
from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.benefits.claims import WrittenBenefit, write_claim
from finmodel.benefits.deductions import RUNGS, WrittenClaim
from finmodel.case.entries import is_ours
from finmodel.case.schema import Option, StatedCost
from finmodel.costing.award_point import NAME as AWARD_POINT
from finmodel.costing.award_point import label_of
from finmodel.costing.other_costs import (
    BY_COHORT_ALONE,
    PricedCost,
    follows_those_who_enter,
    kind_of,
    price_other_cost,
)
from finmodel.costing.posts import PricedPost, price_post
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import Outcome, if_number, no_figure
from finmodel.lines.timing import at_period, by_year, running_total, total

COST, CASHABLE = "cost", "cashable_saving"
CHILDREN = "children"
CHILDREN_LEFT = "children_after_deductions"
_LABELS = {COST: "Cost", CHILDREN: "Children fewer in care", **RUNGS}


class OwnLines(Struct, frozen=True):
    """What an option costs and saves in itself, by month, before it is set against the status quo.

    full_year_effect: has no figure where all that recurs comes cohort by cohort.
    claims: its benefits and other savings, whoever gains; ours: those that this council gains; benefits: the placements
    avoided among them; others: what other bodies gain; split: what of ours reduces today's budget, what avoids growth;
    award_point: what its posts would cost more if an offered pay award were one point higher, None where none is.
    """

    monthly: dict[str, Line]
    full_year_effect: Line
    stated_cost: Line | None
    posts: tuple[PricedPost, ...]
    costs: tuple[PricedCost, ...]
    benefits: tuple[WrittenBenefit, ...]
    claims: tuple[WrittenClaim, ...]
    ours: tuple[WrittenClaim, ...]
    others: OwnGains
    split: BudgetSplit
    award_point: Line | None

    @property
    def by_cohort_alone(self) -> bool:
        """Whether all that recurs follows those who enter, so that no year is a full one."""
        return isinstance(self.full_year_effect.expression, Outcome)


class WrittenOption(Struct, frozen=True):
    """The lines of an option that readers are shown.

    room: where they go. monthly and yearly: `cost`, `children`, the rungs of `RUNGS`, `net_saving` and
    `cumulative_net_saving`, of revenue; `money_spent`, `net_position` and `cumulative_net_position`, of all money; and,
    where there is any, `capital_outlay`, `mrp`, `interest` and `in_kind`. They are the change from business as usual,
    where the case names it; business as usual is the change from itself, so zero. What it costs and saves in itself is
    in `business_as_usual.py`. award_point: what it would cost more, likewise, if an offered pay award were one point
    higher, by year and in total; in no sum; None where no pay rests on an offer.
    """

    room: Room
    option: Option
    own: OwnLines
    status_quo: OwnLines | None
    monthly: dict[str, Line]
    yearly: dict[str, Line]
    child_years: Line
    public_value: WhoGains | None
    award_point: tuple[Line, Line] | None

    @property
    def is_business_as_usual(self) -> bool:
        """Whether it is what the other options are compared with."""
        return self.status_quo is self.own

    @property
    def checks(self) -> Room:
        """Where the checks of the option go."""
        return Room(self.room.book, f"checks.{self.option.id}", f"Checks: {self.option.title}")


def room_of(book: Book, option: Option) -> Room:
    """Where the lines of an option go."""
    return Room(book, f"options.{option.id}", "The option as a whole")


def write_own(book: Book, option: Option) -> OwnLines:
    """Write what an option costs and saves in itself."""
    room = room_of(book, option)
    posts = tuple(price_post(room, post) for post in option.posts)
    costs = tuple(price_other_cost(room, cost) for cost in option.costs)
    claims = tuple(write_claim(room, claim) for claim in (*option.benefits, *option.savings))
    ours = tuple(claim for claim in claims if is_ours(book.case, claim.claim))
    benefits = tuple(claim for claim in ours if isinstance(claim, WrittenBenefit))
    priced = [post.full_year_effect for post in posts]
    priced += [cost.full_year_effect for cost in costs if cost.full_year_effect is not None]
    full_year = room.yearly("full_year_effect", "Full-year effect", _full_year_effect(option, priced))
    monthly_costs = [post.monthly_cost for post in posts]
    monthly_costs += [cost.monthly_cost for cost in costs if cost.monthly_cost is not None]
    stated = None if option.stated_cost is None else _stated_cost(room, option.stated_cost, full_year)
    sums = {COST: monthly_costs, CHILDREN: [benefit.children for benefit in benefits]}
    sums |= {name: [claim.rungs[name] for claim in ours] for name in RUNGS}
    split = split_of(room, ours)
    own = {}
    for name, lines in sums.items():
        rule = add_up(lines)
        if name == CASHABLE and split.beyond is not None:
            rule = literal(rule) - split.beyond
        own[name] = room.line(f"own.{name}", f"{_LABELS[name]}, in itself", rule, _unit(name), over=Timeline.MONTHS)
    label = "Children fewer in care, after deadweight and optimism bias, in itself"
    left = add_up([benefit.children_left for benefit in benefits])
    own[CHILDREN_LEFT] = room.line(f"own.{CHILDREN_LEFT}", label, left, "children", over=Timeline.MONTHS)
    own |= own_resources(room, costs, posts)
    others, rises = own_gains(room, claims), [post.award_point for post in posts if post.award_point is not None]
    point = None if not rises else room.line(f"own.{AWARD_POINT}", f"{label_of()}, in itself", add_up(rises), "£")
    return OwnLines(own, full_year, stated, posts, costs, benefits, claims, ours, others, split, point)


def _full_year_effect(option: Option, priced: list[Line]) -> Expression:
    """What recurs, as if each year were a full one; none where that comes cohort by cohort alone."""
    borne = [cost for cost in option.costs if kind_of(cost) == "revenue"]
    if not priced and any(map(follows_those_who_enter, borne)):
        return no_figure(BY_COHORT_ALONE, "£")
    return literal(add_up(priced))


def _unit(name: str) -> str:
    return "children" if name == CHILDREN else "£"


def _stated_cost(option: Room, stated: StatedCost, priced: Line) -> Line:
    """The authors' own total for a full year, set against the cost as priced."""
    room = option.within("stated_cost", stated, "Reconciliation to the stated cost")
    amount = option.under(room.section, stated).state(
        "stated_cost", "Cost of a full year as the authors state it", stated.amount, "£"
    )
    number = stated.year - room.book.horizon.first_year + 1
    year = room.counted("year_number", "Year it is compared with, counted from 1", number, note=f"{stated.year}.")
    rule: Expression = at_period(priced, year)
    if isinstance(priced.expression, Outcome):
        rule = no_figure(BY_COHORT_ALONE, "£")
    as_priced = room.line("priced", "Cost of that year as priced", rule, "£")
    room.line(
        "difference",
        "Cost as priced less the stated cost",
        if_number(as_priced, as_priced - amount),
        "£",
        note="Above zero where pricing comes to more than the authors state.",
    )
    return amount


def write_option(book: Book, option: Option, own: OwnLines, status_quo: OwnLines | None) -> WrittenOption:
    """Write the lines that readers are shown: the change from business as usual, by month and by year."""
    room = room_of(book, option).under("Change from business as usual" if status_quo else "Cost and saving")
    monthly = _monthly_lines(room, own, status_quo)
    yearly = _yearly_lines(room, monthly)
    before = {} if status_quo is None else status_quo.others
    return WrittenOption(
        room,
        option,
        own,
        status_quo,
        monthly,
        yearly,
        child_years=_child_years(room, own, status_quo),
        public_value=write_who_gains(room, yearly, own.others, before),
        award_point=_award_point(room, own, status_quo),
    )


def _award_point(room: Room, own: OwnLines, status_quo: OwnLines | None) -> tuple[Line, Line] | None:
    """What it would cost more if an offered pay award were one point higher, by year and in total."""
    after, before = own.award_point, None if status_quo is None else status_quo.award_point
    if after is None and before is None:
        return None
    rule = literal(0 if after is None else after)
    if before is not None:
        rule = rule - before
    note = "In no sum: the cost is at the award that is offered."
    yearly = room.by_year(AWARD_POINT, label_of(), room.monthly(AWARD_POINT, label_of(), rule, note=note), note)
    return yearly, room.line(f"total_{AWARD_POINT}", label_of(", in total"), total(yearly), "£", note=note)


def _monthly_lines(room: Room, own: OwnLines, status_quo: OwnLines | None) -> dict[str, Line]:
    lines: dict[str, Line] = {}
    for name, label in _LABELS.items():
        rule = own.monthly[name] if status_quo is None else own.monthly[name] - status_quo.monthly[name]
        lines[name] = room.monthly(name, label, rule, _unit(name))
    lines |= _net(room.within("monthly"), lines)
    return lines | monthly_money(room, lines, own.monthly, {} if status_quo is None else status_quo.monthly)


def _yearly_lines(room: Room, monthly: dict[str, Line]) -> dict[str, Line]:
    lines: dict[str, Line] = {}
    for name, label in _LABELS.items():
        rule = by_year(monthly[name], "average" if name == CHILDREN else "sum")
        lines[name] = room.line(name, label, rule, _unit(name))
    lines |= _net(room, lines)
    return lines | yearly_money(room, lines, monthly)


def _net(room: Room, lines: dict[str, Line]) -> dict[str, Line]:
    """Net saving and its running total, from lines of one timeline."""
    note = "Cashable saving less cost; below zero where the option costs more than it saves."
    net = room.line("net_saving", "Net saving", lines[CASHABLE] - lines[COST], "£", note=note)
    cumulative = room.line("cumulative_net_saving", "Cumulative net saving", running_total(net), "£")
    return {"net_saving": net, "cumulative_net_saving": cumulative}


def _child_years(room: Room, own: OwnLines, status_quo: OwnLines | None) -> Line:
    """Years out of care of the children who would otherwise be in it: after deadweight and optimism bias."""
    label, unit, children = "Child-years out of care, after deductions", "child years", own.monthly[CHILDREN_LEFT]
    rule = children if status_quo is None else children - status_quo.monthly[CHILDREN_LEFT]
    return room.by_year("child_years", label, room.monthly("child_years", label, room.a_month(rule), unit))
