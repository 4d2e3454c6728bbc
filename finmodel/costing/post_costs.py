"""What comes with a post beside its pay: what it replaces, agency cover, costs once and every year, and its ending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finmodel.basis.book import Book
from finmodel.case.schema import ExistingPost, OneOff, PerFte, Post
from finmodel.costing.agency import agency_cover
from finmodel.costing.full_month import Places, parts_by_grade, people_of, stated_cost
from finmodel.costing.prices import at_prices
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
    book: Book, staffing: Staffing, full: Sequence[Line], paid: Sequence[Line], pay: Line | None
) -> list[PartCost]:
    """Everything that a post costs beside pay and on-costs; what is taken off is below nil.

    full, paid: pay and on-costs in a full month, and of those in post. pay: of one FTE in a year.
    """
    post = staffing.post
    replaced = [_existing(book, staffing, other, "replaces") for other in post.replaces]
    found = list(replaced)
    if post.vacancy_factor is not None:
        found.append(_vacancy_saving(book, staffing, full, paid, replaced))
    found += [_existing(book, staffing, other, "backfill") for other in post.backfill]
    if post.agency_cover is not None:
        found.append(PartCost(agency_cover(book, staffing, post.agency_cover)))
    found += [_per_fte(book, staffing, cost, full, paid) for cost in post.per_fte]
    found += [PartCost(_one_off(book, staffing, cost)) for cost in post.one_off]
    if post.ending is not None:
        found.append(PartCost(_ending(book, staffing, pay)))
    return found


def _vacancy_saving(
    book: Book, staffing: Staffing, full: Sequence[Line], paid: Sequence[Line], replaced: Sequence[PartCost]
) -> PartCost:
    """Pay and on-costs saved while filled posts stand empty between two people; of what they replace likewise, so
    that only the difference counts. FTE not yet recruited cost nothing and are not counted again.
    """
    post, prefix, section = staffing.post, staffing.prefix, staffing.section
    if post.vacancy_factor is None:
        raise ValueError(f"post {post.id} has no vacancy factor")
    factor = book.monthly(vacancy_factor(staffing))
    whole: Sequence[Expression] = [*full, *(part.full for part in replaced if part.full is not None)]
    here: Sequence[Expression] = [*paid, *(part.monthly for part in replaced)]
    note = "Below nil: it is taken off."
    return PartCost(
        book.line(
            f"{prefix}.monthly.vacancy_saving",
            "Vacancy saving assumed",
            0 - factor * literal(add_up(here)),
            "£",
            section=section,
            note=note,
        ),
        book.line(
            f"{prefix}.monthly.full_vacancy_saving",
            "Vacancy saving assumed in a full month",
            0 - factor * literal(add_up(whole)),
            "£",
            section=section,
            note=note,
        ),
    )


def _existing(book: Book, staffing: Staffing, other: ExistingPost, kind: str) -> PartCost:
    """Another post that is saved, or paid for, as far as this one is filled."""
    prefix, section = f"{staffing.prefix}.{kind}.{other.id}", staffing.section
    fte = book.state(f"{prefix}.fte", f"FTE, {other.title}", other.fte, "FTE", owner=other, section=section)
    full = add_up(_existing_parts(book, staffing, other, fte, prefix))
    whole = book.line(
        f"{prefix}.monthly.full_cost",
        f"Cost of a full month, {other.title}",
        full,
        "£",
        section=section,
    )
    if kind == "backfill":
        label = f"Backfill: {other.title}"
        here = book.line(f"{prefix}.monthly.cost", label, whole * staffing.share, "£", section=section)
        return PartCost(here, whole)
    note = "Below nil: it is taken off, so that only the difference counts."
    less = book.line(
        f"{prefix}.monthly.full_saved", f"Less full month, {other.title}", -whole, "£", section=section, note=note
    )
    here = book.line(
        f"{prefix}.monthly.saved",
        f"Less what it replaces: {other.title}",
        less * staffing.share,
        "£",
        section=section,
        note=note,
    )
    return PartCost(here, less)


def _existing_parts(
    book: Book, staffing: Staffing, other: ExistingPost, fte: Line, prefix: str
) -> Sequence[Expression]:
    """Pay and on-costs, or the all-in cost, of a full month."""
    stated = {name: getattr(other, name) for name in type(other).model_fields}
    post = Post(**stated | {"price_base": other.price_base or book.case.price_base, "on_costs": staffing.post.on_costs})
    if post.annual_cost is not None:
        return [stated_cost(book, post, fte, prefix, staffing.section)]
    places = Places(prefix, prefix, prefix, f"{staffing.prefix}.on_costs")
    return parts_by_grade(book, post, fte, places, staffing.section)[1]


def _per_fte(book: Book, staffing: Staffing, cost: PerFte, full: Sequence[Line], paid: Sequence[Line]) -> PartCost:
    """A cost of every FTE in post, every month a twelfth of the year's; or a share of pay and on-costs."""
    prefix, section = f"{staffing.prefix}.per_fte.{cost.id}", staffing.section
    if cost.amount is not None:
        amount = book.state(
            f"{prefix}.amount", f"{cost.label}, one FTE", cost.amount, "£ per FTE per year", owner=cost, section=section
        )
        monthly = staffing.fte * book.monthly(amount) / book.convention("months_in_a_year")
        whole = at_prices(book, monthly, cost.inflation, cost.price_base)
        rule: Expression | None = None
    elif cost.percent is not None:
        share = book.monthly(
            book.state(
                f"{prefix}.percent",
                f"{cost.label}, share of pay and on-costs",
                cost.percent,
                "share",
                owner=cost,
                section=section,
            )
        )
        whole = share * literal(add_up(full))
        rule = share * literal(add_up(paid))
    else:
        raise ValueError(f"{cost.id} has neither amount nor percent")
    full_month = book.line(
        f"{prefix}.monthly.full_cost",
        f"{cost.label}, full month",
        whole,
        "£",
        timeline=Timeline.MONTHS,
        section=section,
    )
    here = full_month * staffing.share if rule is None else rule
    return PartCost(
        book.line(f"{prefix}.monthly.cost", cost.label, here, "£", section=section),
        full_month,
    )


def _one_off(book: Book, staffing: Staffing, cost: OneOff) -> Line:
    """A cost met once: for those who start in the month, or in the month in which the post does."""
    prefix, section, post = f"{staffing.prefix}.one_off.{cost.id}", staffing.section, staffing.post
    unit = {"fte": "£ per FTE", "person": "£ per person", "post": "£"}[cost.per]
    each = {"fte": ", one FTE", "person": ", one person", "post": ""}[cost.per]
    amount = book.monthly(
        book.state(f"{prefix}.amount", f"{cost.label}{each}", cost.amount, unit, owner=cost, section=section)
    )
    if cost.per == "post":
        rule: Expression = amount * compare(book.number_of(Timeline.MONTHS), "=", staffing.start)
    elif cost.per == "fte":
        rule = amount * staffing.starters
    else:
        rule = amount * _people_starting(book, staffing, post)
    return book.line(
        f"{prefix}.monthly.cost",
        cost.label,
        at_prices(book, rule, cost.inflation, cost.price_base),
        "£",
        section=section,
    )


def _people_starting(book: Book, staffing: Staffing, post: Post) -> Line:
    """Of the people who share the post's FTE, as many as FTE start."""
    prefix, section = staffing.prefix, staffing.section
    address = f"{prefix}.monthly.people_starting"
    return book.shared(
        address,
        lambda: book.line(
            address,
            "People who start in the month",
            people_of(book, post, staffing.fte, prefix, section) * staffing.share_starting,
            "people",
            section=section,
        ),
    )


def _ending(book: Book, staffing: Staffing, pay: Line | None) -> Line:
    """What ending the posts costs: for each FTE in post in the last month, in the month after."""
    prefix, section, ending = f"{staffing.prefix}.ending", staffing.section, staffing.post.ending
    if ending is None:
        raise ValueError(f"post {staffing.post.id} has no cost of ending")
    last = book.model[f"{staffing.prefix}.end"]
    after = compare(book.number_of(Timeline.MONTHS), "=", last + 1)
    leaving = book.line(
        f"{prefix}.monthly.fte", "FTE whose posts ended", previous(staffing.fte_in_post) * after, "FTE", section=section
    )
    if ending.amount is not None:
        amount = book.state(
            f"{prefix}.amount",
            "Cost of ending the post, one FTE",
            ending.amount,
            "£ per FTE",
            owner=ending,
            section=section,
        )
        rule = at_prices(book, leaving * book.monthly(amount), ending.inflation, ending.price_base)
    elif ending.weeks_of_pay is not None and pay is not None:
        weeks = book.state(
            f"{prefix}.weeks_of_pay",
            "Weeks of pay when the post ends",
            ending.weeks_of_pay,
            "weeks",
            owner=ending,
            section=section,
        )
        rule = leaving * previous(pay) * book.monthly(weeks) / book.convention("weeks_in_a_year")
    else:
        raise ValueError(f"post {staffing.post.id} states no cost of ending")
    return book.line(f"{prefix}.monthly.cost", "Cost of ending the post", rule, "£", section=section)
