"""Posts: from FTE and a grade, or a stated cost, and what comes with a post, to what they cost each month and year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from finmodel.basis.room import Room
from finmodel.case.schema import Post
from finmodel.costing.full_month import PostRooms, parts_by_grade, stated_cost
from finmodel.costing.post_costs import costs_beside_pay
from finmodel.costing.staffing import Staffing, staffing_of
from finmodel.costing.tiers import Tier, tiers_of
from finmodel.lines.arithmetic import add_up
from finmodel.lines.line import Line


@dataclass(frozen=True, slots=True)
class PricedPost:
    """The lines of a post.

    monthly_cost: £ in each month in post; cost: by year, so a part year costs its months (the part-year effect);
    full_year_effect: by year, as if in post all year; components: by year, in the months in post; those below zero are
    what is taken off.
    """

    post: Post
    monthly_cost: Line
    cost: Line
    full_year_effect: Line
    components: tuple[Line, ...]


def price_post(option: Room, post: Post) -> PricedPost:
    """Write the lines of a post of an option."""
    room = option.within(f"posts.{post.id}", post, f"Post: {post.title}")
    fte = room.state("fte", f"FTE, {post.title}", post.fte, "FTE")
    staffing = staffing_of(room, post, fte)
    tiers = tiers_of(staffing) if post.grade is not None else [Tier(room, post, staffing.share)]
    full, pay = _full_month(staffing, tiers[0])
    paid = _paid(staffing, full, tiers)
    beside = costs_beside_pay(staffing, full, paid, pay)
    recurring = [*full, *(part.full for part in beside if part.full is not None)]
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
    )


def _full_month(staffing: Staffing, tier: Tier) -> tuple[list[Line], Line | None]:
    """What a group of staff would cost in a full month with all the FTE in it, and the pay of one FTE in a year."""
    if tier.post.annual_cost is not None:
        return [stated_cost(tier.room, tier.post, staffing.fte)], None
    root = staffing.room
    places = PostRooms(tier.room, root, tier.room if tier.own_salary else root, root.address("on_costs"))
    pay, parts = parts_by_grade(tier.post, staffing.fte, places, tier.label)
    return parts, pay


def _paid(staffing: Staffing, full: Sequence[Line], tiers: Sequence[Tier]) -> list[Line]:
    """Pay and on-costs of those in post, each a line: every group of staff at its own price."""
    priced = [(full, tiers[0].share)]
    priced += [(_full_month(staffing, tier)[0], tier.share) for tier in tiers[1:]]
    return [
        staffing.room.monthly(
            f"paid_{line.address.rpartition('.')[2]}",
            f"{line.label}, months in post",
            add_up([parts[place] * share for parts, share in priced]),
        )
        for place, line in enumerate(full)
    ]


def _by_year(room: Room, parts: Sequence[Line]) -> Iterator[Line]:
    """What a post costs by year, part by part; no two parts with one name."""
    labels = set[str]()
    for line in parts:
        before, _, name = line.address.rpartition(".monthly.")
        name = name.removeprefix("paid_")
        label = line.label if line.label not in labels else f"{line.label} ({before.rpartition('.')[2]})"
        labels.add(label)
        yield replace(room, at=before).by_year(name, label, line)
