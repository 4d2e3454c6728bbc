"""Posts: from FTE and a grade, or a stated cost, and what comes with a post, to what they cost each month and year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finmodel.basis.book import Book
from finmodel.case.schema import Post
from finmodel.costing.full_month import Places, parts_by_grade, stated_cost
from finmodel.costing.post_costs import PartCost, costs_beside_pay
from finmodel.costing.staffing import staffing_of
from finmodel.costing.tiers import Tier, tiers_of
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import by_year


@dataclass(frozen=True, slots=True)
class PricedPost:
    """The lines of a post.

    monthly_cost: £ in each month in post; cost: by year, so a part year costs its months (the part-year effect);
    full_year_effect: by year, as if in post all year; components: by year, in the months in post, those below nil being
    what is taken off.
    """

    post: Post
    monthly_cost: Line
    cost: Line
    full_year_effect: Line
    components: tuple[Line, ...]


def price_post(book: Book, post: Post, option: str) -> PricedPost:
    """Write the lines of a post of an option."""
    prefix = f"options.{option}.posts.{post.id}"
    section = f"Post: {post.title}"
    fte = book.state(f"{prefix}.fte", f"FTE, {post.title}", post.fte, "FTE", owner=post, section=section)
    staffing = staffing_of(book, post, fte, prefix, section)
    tiers = tiers_of(book, staffing) if post.grade is not None else [Tier(prefix, post, staffing.share)]
    full, pay = _full_month(book, tiers[0], fte, prefix, section)
    paid = _paid(book, full, tiers, fte, prefix, section)
    beside = costs_beside_pay(book, staffing, full, paid, pay)
    full_cost = book.line(
        f"{prefix}.monthly.full_cost",
        "Cost of a full month",
        add_up([*full, *(part.full for part in beside if part.full is not None)]),
        "£",
        timeline=Timeline.MONTHS,
        section=section,
    )
    parts = [*paid, *(part.monthly for part in beside)]
    monthly_cost = book.line(
        f"{prefix}.monthly.cost", f"Cost, {post.title}", add_up(parts), "£", timeline=Timeline.MONTHS, section=section
    )
    return PricedPost(
        post,
        monthly_cost,
        cost=book.line(
            f"{prefix}.cost",
            f"Cost, {post.title}",
            by_year(monthly_cost),
            "£",
            section=section,
            note="What falls in the year: a part year costs the months in post.",
        ),
        full_year_effect=book.line(
            f"{prefix}.full_year_effect",
            f"Full-year effect, {post.title}",
            by_year(full_cost),
            "£",
            section=section,
            note="What the year would cost with the posts filled in all twelve months.",
        ),
        components=_by_year(book, paid, beside, section),
    )


def _full_month(book: Book, tier: Tier, fte: Line, root: str, section: str) -> tuple[list[Line], Line | None]:
    """What a group of staff would cost in a full month with all the FTE in it, and the pay of one FTE in a year."""
    if tier.post.annual_cost is not None:
        return [stated_cost(book, tier.post, fte, tier.prefix, section)], None
    places = Places(tier.prefix, root, tier.prefix if tier.own_salary else root, f"{root}.on_costs")
    pay, parts = parts_by_grade(book, tier.post, fte, places, section, tier.label)
    return parts, pay


def _paid(book: Book, full: Sequence[Line], tiers: Sequence[Tier], fte: Line, prefix: str, section: str) -> list[Line]:
    """Pay and on-costs of those in post, each a line: every group of staff at its own price."""
    priced = [(full, tiers[0].share)]
    priced += [(_full_month(book, tier, fte, prefix, section)[0], tier.share) for tier in tiers[1:]]
    lines = []
    for place, line in enumerate(full):
        shares: list[Expression] = [parts[place] * share for parts, share in priced]
        before, _, name = line.address.rpartition(".")
        label = f"{line.label}, months in post"
        lines.append(
            book.line(f"{before}.paid_{name}", label, add_up(shares), "£", timeline=Timeline.MONTHS, section=section)
        )
    return lines


def _by_year(book: Book, paid: Sequence[Line], beside: Sequence[PartCost], section: str) -> tuple[Line, ...]:
    """What a post costs by year, part by part; no two parts with one name."""
    lines, labels = [], set[str]()
    for line in [*paid, *(part.monthly for part in beside)]:
        before, _, name = line.address.rpartition(".monthly.")
        address = f"{before}.{name.removeprefix('paid_')}"
        label = line.label if line.label not in labels else f"{line.label} ({address.rsplit('.', 2)[-2]})"
        labels.add(label)
        lines.append(book.line(address, label, by_year(line), "£", section=section))
    return tuple(lines)
