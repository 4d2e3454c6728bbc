"""What an option costs: posts, other costs, what stands next to the cost; and the cost that its authors state."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.options import WrittenOption
from finmodel.costing.award_point import offered_year
from finmodel.costing.other_costs import why_no_full_year
from finmodel.results.figures import amount, amounts, reason, value, values
from finmodel.results.written import Amounts, Yearly


class PostResult(Struct, frozen=True):
    """A post, £ by year: the cost, what a year costs with it filled throughout, and the parts of the cost by name."""

    id: str
    title: str
    address: str
    cost: Yearly
    full_year_effect: Yearly
    components: Mapping[str, Amounts]
    note: str


class BiasAdded(Struct, frozen=True):
    """An amount before optimism bias, and what is added for it, £ by year."""

    before: Yearly
    added: Yearly


class CostResult(Struct, frozen=True):
    """A cost that revenue bears, £ by year; full_year_effect: or the reason why there is none."""

    id: str
    title: str
    address: str
    cost: Yearly
    full_year_effect: Yearly | None
    full_year_effect_reason: str | None
    optimism_bias: BiasAdded | None


class ApartResult(Struct, frozen=True):
    """What stands next to the cost and never in it, £ by year: an outlay, a contribution in kind, a cost to others.

    funding: how an outlay is paid for; given_by, borne_by: the body.
    """

    id: str
    title: str
    kind: str
    funding: str | None
    given_by: str | None
    borne_by: str | None
    address: str
    by_year: Yearly
    optimism_bias: BiasAdded | None


class AwardPoint(Struct, frozen=True):
    """What an option costs more, £, if an offered pay award were one point higher; offered: the rate."""

    year: str
    offered: float
    address: str
    against_business_as_usual: bool
    by_year: Amounts
    total: float


class StatedCostResult(Struct, frozen=True):
    """The cost of a year as the authors state it, as priced here, and priced less stated, £; or why not."""

    year: str
    stated: float
    priced: float | None
    difference: float | None
    reason: str | None
    where: str


def post_results(appraisal: Appraisal, written: WrittenOption) -> tuple[PostResult, ...]:
    """The posts of an option."""
    return tuple(
        PostResult(
            id=priced.post.id,
            title=priced.post.title,
            address=priced.cost.address,
            cost=values(appraisal, priced.cost),
            full_year_effect=values(appraisal, priced.full_year_effect),
            components={line.label: amounts(appraisal, line) for line in priced.components},
            note=priced.post.note,
        )
        for priced in written.own.posts
    )


def cost_results(appraisal: Appraisal, written: WrittenOption) -> tuple[CostResult, ...]:
    """The costs that revenue bears."""
    return tuple(
        CostResult(
            id=cost.id,
            title=priced.cost.label,
            address=priced.cost.address,
            cost=values(appraisal, priced.cost),
            full_year_effect=None if priced.full_year_effect is None else values(appraisal, priced.full_year_effect),
            full_year_effect_reason=None if priced.full_year_effect is not None else why_no_full_year(cost),
            optimism_bias=None if priced.kind == "capital" else _bias(appraisal, written, number),
        )
        for number, (cost, priced) in enumerate(zip(written.option.costs, written.own.costs, strict=True))
        if priced.cost is not None
    )


def results_apart(appraisal: Appraisal, written: WrittenOption) -> tuple[ApartResult, ...]:
    """What stands next to the cost."""
    return tuple(
        ApartResult(
            id=cost.id,
            title=cost.label,
            kind=priced.kind,
            funding=cost.capital,
            given_by=cost.in_kind,
            borne_by=cost.borne_by,
            address=priced.apart.address,
            by_year=values(appraisal, priced.apart),
            optimism_bias=_bias(appraisal, written, number),
        )
        for number, (cost, priced) in enumerate(zip(written.option.costs, written.own.costs, strict=True))
        if priced.apart is not None
    )


def _bias(appraisal: Appraisal, written: WrittenOption, number: int) -> BiasAdded | None:
    """A cost, or what stands next to it, before optimism bias and what is added; None where none is stated."""
    if written.own.costs[number].optimism_bias is None:
        return None
    address = f"options.{written.option.id}.costs.{written.option.costs[number].id}"
    before, added = (f"{address}.{name}" for name in ("before_optimism_bias", "optimism_bias_added"))
    return BiasAdded(values(appraisal, before), values(appraisal, added))


def award_point(appraisal: Appraisal, written: WrittenOption) -> AwardPoint | None:
    """What it would cost more if an offered pay award were one point higher; None where no pay rests on an offer."""
    if written.award_point is None:
        return None
    yearly, in_total = written.award_point
    return AwardPoint(
        year=str(offered_year()),
        offered=amount(appraisal, "pay.offered_award"),
        address=yearly.address,
        against_business_as_usual=written.status_quo is not None and written.status_quo.award_point is not None,
        by_year=amounts(appraisal, yearly),
        total=amount(appraisal, in_total),
    )


def stated_cost(appraisal: Appraisal, written: WrittenOption) -> StatedCostResult | None:
    """The cost that the authors state next to the one priced here; None where they state none."""
    stated = written.option.stated_cost
    if stated is None:
        return None
    address = f"options.{written.option.id}.stated_cost"
    return StatedCostResult(
        year=str(stated.year),
        stated=amount(appraisal, address),
        priced=value(appraisal, f"{address}.priced"),
        difference=value(appraisal, f"{address}.difference"),
        reason=reason(appraisal, f"{address}.priced"),
        where=stated.where,
    )
