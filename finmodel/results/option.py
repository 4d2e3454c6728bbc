"""What was found of an option: what it is, costs and saves, what it changes in the budget, how it is judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.budget import OptionBudget
from finmodel.appraisal.money_spent import CUMULATIVE, MONEY_SPENT, NET_POSITION, RESOURCES
from finmodel.appraisal.options import WrittenOption
from finmodel.case.schema import Option
from finmodel.results.accounts import AccountResult, accounts
from finmodel.results.break_even import ClaimNeeded, claims_needed
from finmodel.results.capital import CapitalResult, capital_result
from finmodel.results.claims import ClaimResult, GainOfBody, claim_result, public_value
from finmodel.results.costs import (
    ApartResult,
    AwardPoint,
    CostResult,
    PostResult,
    StatedCostResult,
    award_point,
    cost_results,
    post_results,
    results_apart,
    stated_cost,
)
from finmodel.results.figures import amounts, values
from finmodel.results.funding import FundingResult, funding_result
from finmodel.results.measures import Measures, measures_of
from finmodel.results.mtfs import MtfsResult, mtfs_result
from finmodel.results.wording import is_nil, is_same
from finmodel.results.written import INLINE, Amounts, Yearly

YEARLY = (
    "cost",
    "gross_saving",
    "after_deadweight",
    "after_optimism_bias",
    "cashable_saving",
    "net_saving",
    "cumulative_net_saving",
    *RESOURCES,
    MONEY_SPENT,
    NET_POSITION,
    CUMULATIVE,
    "children",
)
MONTHLY = ("cost", "cashable_saving", "cumulative_net_saving", MONEY_SPENT, CUMULATIVE, "children")
Degree = Literal["low", "medium", "high"]


class RealFigures(Struct, frozen=True):
    """Yearly figures at the prices of one year, £, by name."""

    price_base: str
    yearly: Annotated[Mapping[str, Yearly], INLINE]


class BenefitWithoutMoney(Struct, frozen=True):
    """A benefit that has no price: what, for whom, how it would be seen."""

    what: str
    for_whom: str
    measured_by: str
    where: str
    note: str


class RiskResult(Struct, frozen=True):
    """A risk, how likely and how grave it is, what is done about it and who answers for it."""

    what: str
    likelihood: Degree | None
    impact: Degree | None
    response: str
    owner: str
    where: str
    note: str


class OptionResult(Struct, frozen=True):
    """An option. by_year, by_month: £ or children a period, by name, as the change from business as usual.

    requirement: whether any saving is what it would take and no forecast. role: what it is among the options.
    costs: what revenue bears; apart: what stands next to the cost. public_value: who gains, where the case says so.
    break_even: what each saving must come to by itself.
    """

    id: str
    title: str
    description: str
    status_quo: bool
    recommended: bool
    role: str | None
    requirement: bool
    advantages: tuple[str, ...]
    disadvantages: tuple[str, ...]
    risks: tuple[str, ...]
    by_year: Mapping[str, Amounts]
    by_month: Mapping[str, Amounts]
    posts: tuple[PostResult, ...]
    costs: tuple[CostResult, ...]
    apart: tuple[ApartResult, ...]
    benefits: tuple[ClaimResult, ...]
    savings: tuple[ClaimResult, ...]
    public_value: tuple[GainOfBody, ...]
    if_award_one_point_higher: AwardPoint | None
    stated_cost: StatedCostResult | None
    measures: Measures
    accounts: Mapping[str, AccountResult]
    break_even: tuple[ClaimNeeded, ...]
    mtfs: MtfsResult
    funding: FundingResult | None
    capital: CapitalResult | None
    real: RealFigures | None
    other_benefits: tuple[BenefitWithoutMoney, ...]
    risk_table: tuple[RiskResult, ...]

    @property
    def children_throughout(self) -> float | None:
        """Children fewer in care where the number is the same in every year; None where it changes, or is zero."""
        children = self.by_year["children"]
        return children[0] if is_same(children) and not is_nil(children[0]) else None

    @property
    def claims(self) -> tuple[ClaimResult, ...]:
        """What it claims to save: its benefits and its other savings."""
        return (*self.benefits, *self.savings)


def option_result(appraisal: Appraisal, written: WrittenOption) -> OptionResult:
    """What was found of an option."""
    option, case = written.option, appraisal.case
    measures, budget = measures_of(appraisal, written), appraisal.written.budget.options[option.id]
    claims = [claim_result(appraisal, option.id, lines) for lines in written.own.claims]
    return OptionResult(
        id=option.id,
        title=option.title,
        description=option.description,
        status_quo=option.id == case.status_quo,
        recommended=option.id == case.recommended,
        role=case.role_of(option),
        requirement=any(claim.basis == "requirement" for claim in claims),
        advantages=tuple(option.advantages),
        disadvantages=tuple(option.disadvantages),
        risks=tuple(option.risks),
        by_year={name: amounts(appraisal, written.yearly[name]) for name in YEARLY if name in written.yearly},
        by_month={name: amounts(appraisal, written.monthly[name]) for name in MONTHLY},
        posts=post_results(appraisal, written),
        costs=cost_results(appraisal, written),
        apart=results_apart(appraisal, written),
        benefits=tuple(claims[: len(option.benefits)]),
        savings=tuple(claims[len(option.benefits) :]),
        public_value=public_value(appraisal, written),
        if_award_one_point_higher=award_point(appraisal, written),
        stated_cost=stated_cost(appraisal, written),
        measures=measures,
        accounts=accounts(appraisal, written, measures),
        break_even=claims_needed(appraisal, written),
        mtfs=mtfs_result(appraisal, written, budget.mtfs),
        funding=None if budget.funding is None else funding_result(appraisal, budget.funding),
        capital=None if budget.capital is None else capital_result(appraisal, budget.capital),
        real=_real(appraisal, budget),
        other_benefits=tuple(_without_money(option)),
        risk_table=tuple(_risks(option)),
    )


def _real(appraisal: Appraisal, budget: OptionBudget) -> RealFigures | None:
    if not budget.real.yearly:
        return None
    yearly = {name: values(appraisal, line) for name, line in budget.real.yearly.items()}
    return RealFigures(str(appraisal.case.price_base), yearly)


def _without_money(option: Option) -> Iterator[BenefitWithoutMoney]:
    for benefit in option.other_benefits:
        yield BenefitWithoutMoney(
            what=benefit.what,
            for_whom=benefit.for_whom,
            measured_by=benefit.measured_by,
            where=benefit.where,
            note=benefit.note,
        )


def _risks(option: Option) -> Iterator[RiskResult]:
    for risk in option.risk_table:
        yield RiskResult(
            what=risk.what,
            likelihood=risk.likelihood,
            impact=risk.impact,
            response=risk.response,
            owner=risk.owner,
            where=risk.where,
            note=risk.note,
        )
