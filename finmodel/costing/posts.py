"""Posts: from FTE and a grade, or a stated cost, and what comes with a post, to what they cost each month and year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from finmodel.basis.room import Room
from finmodel.case.schema import Post
from finmodel.costing.active import late_line
from finmodel.costing.award_point import NAME as AWARD_POINT
from finmodel.costing.award_point import label_of
from finmodel.costing.fte import fte_line
from finmodel.costing.full_month import FullMonth, PostRooms, full_month
from finmodel.costing.national_insurance import NAME as NATIONAL_INSURANCE
from finmodel.costing.national_insurance import groups_in_post, insurance_in_post
from finmodel.costing.people import Present, among, present
from finmodel.costing.post_costs import PartCost, costs_beside_pay
from finmodel.costing.staffing import Staffing, staffing_of, vacancy_factor
from finmodel.costing.tiers import Tier, tiers_of
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression, literal
from finmodel.lines.line import Line


class PricedPost(Struct, frozen=True):
    """The lines of a post.

    monthly_cost: £ in each month in post; cost: by year, so a part year costs its months (the part-year effect);
    full_year_effect: by year, as if in post all year; components: by year, in the months in post; those below zero are
    what is taken off. beyond_new_service: of monthly_cost, pension contributions beyond the primary rate, which make
    good a deficit or give a surplus back and are no cost of new service; None where there are none. award_point: what
    it would cost more by month if an offered pay award were one point higher, in no sum; None where none is behind it.
    """

    post: Post
    monthly_cost: Line
    cost: Line
    full_year_effect: Line
    components: tuple[Line, ...]
    beyond_new_service: Line | None = None
    award_point: Line | None = None
    staffing: Staffing | None = None

    @property
    def fte_in_post(self) -> Line:
        """FTE in post, by month: written when first asked for."""
        if self.staffing is None:
            raise ValueError(f"post {self.post.id} has no staffing")
        return self.staffing.fte_in_post


def price_post(option: Room, post: Post) -> PricedPost:
    """Write the lines of a post of an option."""
    room = option.within(f"posts.{post.id}", post, f"Post: {post.title}")
    late_line(room, post)
    fte = fte_line(room, post)
    staffing = staffing_of(room, post, fte)
    tiers = tiers_of(staffing) if post.grade is not None else [Tier(room, post, staffing.share)]
    full = _full_month(staffing, tiers[0])
    months = [full, *(_full_month(staffing, tier, alone=False) for tier in tiers[1:])]
    paid = _paid(staffing, months, tiers)
    more = _more(staffing, months, tiers)
    beside = costs_beside_pay(staffing, full, paid, more)
    recurring = [*full.lines, *(part.full for part in beside if part.full is not None)]
    full_cost = room.monthly("full_cost", "Cost of a full month", add_up(recurring))
    parts = [*paid, *(part.monthly for part in beside)]
    monthly_cost = room.monthly("cost", f"Cost, {post.title}", add_up(parts))
    return PricedPost(
        post,
        monthly_cost,
        cost=room.by_year(
            "cost",
            monthly_cost.label,
            monthly_cost,
            "What falls in the year: a part year costs the months in post.",
        ),
        full_year_effect=room.by_year(
            "full_year_effect",
            f"Full-year effect, {post.title}",
            full_cost,
            "What the year would cost with the posts filled in all twelve months.",
        ),
        components=tuple(_by_year(room, parts)),
        beyond_new_service=_beyond_new_service(staffing, months, tiers, beside),
        award_point=_award_point(staffing, more, beside),
        staffing=staffing,
    )


def _award_point(staffing: Staffing, more: Expression | None, beside: Sequence[PartCost]) -> Line | None:
    """What the post would cost more if an offered award were one point higher."""
    rises = [each for each in (more, *(part.more for part in beside)) if each is not None]
    if not rises:
        return None
    label, note = label_of(f", {staffing.post.title}"), "In no sum: the cost is at the award that is offered."
    return staffing.room.monthly(AWARD_POINT, label, add_up(rises), note=note)


def _more(staffing: Staffing, months: Sequence[FullMonth], tiers: Sequence[Tier]) -> Expression | None:
    """What a point more in an offered award adds to pay and on-costs of those in post; None where none is behind it."""
    by_person = _by_person(staffing, months)
    found: list[Expression] = []
    for tier, month in zip(tiers, months, strict=True):
        if month.rise is None:
            continue
        label = label_of(f", {staffing.post.title}: all but National Insurance{tier.label}")
        apart = month.more_apart_from_insurance * tier.share
        found.append(tier.room.monthly(f"{AWARD_POINT}_apart_from_insurance", label, apart))
        groups = None
        if by_person:
            groups = groups_in_post(tier.room, _people(staffing, tier), _pay(staffing, month), "in_post", tier.label)
        insured = month.more_insurance(tier.room, groups)
        if insured is not None:
            label = label_of(f", {staffing.post.title}: National Insurance{tier.label}")
            rule = insured if by_person else insured * tier.share
            found.append(tier.room.monthly(f"{AWARD_POINT}_insurance", label, rule))
    return literal(add_up(found)) if found else None


def _beyond_new_service(
    staffing: Staffing, months: Sequence[FullMonth], tiers: Sequence[Tier], beside: Sequence[PartCost]
) -> Line | None:
    """Pension contributions beyond the primary rate, of those in post and of what changes with them."""
    own = [
        month.beyond_new_service * tier.share
        for tier, month in zip(tiers, months, strict=True)
        if month.beyond_new_service is not None
    ]
    changed = [part.beyond_new_service for part in beside if part.beyond_new_service is not None]
    if not own and not changed:
        return None
    rule = literal(add_up(own))
    if staffing.post.vacancy_factor is not None:
        rule = rule * (1 - vacancy_factor(staffing))
    label = "Pension contributions beyond the cost of new service"
    return staffing.room.monthly("beyond_new_service", label, add_up([rule, *changed]))


def _full_month(staffing: Staffing, tier: Tier, alone: bool = True) -> FullMonth:
    """What a group of staff would cost in a full month with all the FTE in it."""
    root = staffing.room
    own = tier.room if tier.own_salary else root
    filled = staffing.fte_in_post if staffing.starts_differ else None
    places = PostRooms(tier.room, root, own, root.address("on_costs"), filled)
    return full_month(tier.post, staffing.fte, places, tier.label, alone=alone)


def _paid(staffing: Staffing, months: Sequence[FullMonth], tiers: Sequence[Tier]) -> list[Line]:
    """Pay and on-costs of those in post, each a line: every group of staff at its own price.

    National Insurance is due person by person, so where not all are in post, or not all are paid alike, it is that of
    the people there and no share of what all would pay.
    """
    by_person = _by_person(staffing, months)
    found = []
    for name, line in months[0].parts.items():
        parts: list[Expression] = []
        if by_person and name == NATIONAL_INSURANCE:
            parts += [_insurance(staffing, tier, month) for tier, month in zip(tiers, months, strict=True)]
        else:
            parts += [month.parts[name] * tier.share for tier, month in zip(tiers, months, strict=True)]
        label = f"{line.label}, months in post"
        found.append(staffing.room.monthly(f"paid_{name}", label, add_up(parts)))
    return found


def _by_person(staffing: Staffing, months: Sequence[FullMonth]) -> bool:
    """Whether National Insurance is that of the people in post, and no share of what all would pay."""
    return months[0].insured and (len(months) > 1 or staffing.fills_over_time)


def _insurance(staffing: Staffing, tier: Tier, month: FullMonth) -> Line:
    """National Insurance of those of a group who are in post."""
    people, pay = _people(staffing, tier), _pay(staffing, month)
    contracted_out = (staffing.post.on_costs or staffing.room.book.case.on_costs).contracted_out
    return insurance_in_post(tier.room, people, pay, contracted_out, "in_post", tier.label)


def _people(staffing: Staffing, tier: Tier) -> Present:
    """Those of a group who are in post."""
    people = present(staffing.room, "in_post", staffing.post, staffing.fte, staffing.fte_in_post)
    if tier.band is None:
        return people
    return among(tier.room, people, tier.band, tier.label or ", paid as they will be")


def _pay(staffing: Staffing, month: FullMonth) -> Line:
    if month.pay is None:
        raise ValueError(f"post {staffing.post.id} has no pay")
    return month.pay


def _by_year(room: Room, parts: Sequence[Line]) -> Iterator[Line]:
    """What a post costs by year, part by part; no two parts with one name."""
    labels = set[str]()
    for line in parts:
        before, _, name = line.address.rpartition(".monthly.")
        name = name.removeprefix("paid_")
        label = line.label if line.label not in labels else f"{line.label} ({before.rpartition('.')[2]})"
        labels.add(label)
        yield replace(room, at=before).by_year(name, label, line)
