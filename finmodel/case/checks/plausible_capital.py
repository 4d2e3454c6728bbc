"""What a section 151 officer asks of costs and capital: estimates nobody raised, lives, and who pays an income."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case.checks.questions import StatedCase, money
from finmodel.case.entries import costs_of, is_peoples, savings_of
from finmodel.case.schema_costs import Financing, OtherCost
from finmodel.case.schema_savings import Income
from finmodel.lines.display import percent
from finmodel.parsing.faults import Fault
from finmodel.reference import average_overrun, plausible_bound


def cost_estimates(asked: StatedCase) -> Iterator[Fault]:
    """Costs that matter, and that the status quo has not, with nothing added for what such costs come to be."""
    case, least = asked.case, plausible_bound("cost to question", "lowest")
    now = next((option for option in case.options if option.id == case.status_quo), None)
    spent_now = () if now is None else now.costs
    for address, cost in costs_of(case):
        if cost in spent_now or _is_raised(cost) or max(cost.amount.values) < least.value:
            continue
        what = f"No optimism bias is stated for this cost of {money(max(cost.amount.values))}"
        if cost.capital is not None:
            what += f"; standard building works have cost {percent(_average())} more than estimated on average"
        remedy = (
            "Add `optimism_bias`, `evidence_grade` or `works`; write `optimism_bias: 0%` where the price is agreed."
        )
        yield Fault((*address, "amount"), what, remedy)


def _is_raised(cost: OtherCost) -> bool:
    return any(stated is not None for stated in (cost.optimism_bias, cost.evidence_grade, cost.works))


def _average() -> float:
    return average_overrun("standard-building", capital=True).correction or 0.0


def lives(asked: StatedCase) -> Iterator[Fault]:
    """Borrowing that is repaid over longer than the guidance allows."""
    bound = plausible_bound("borrowing life", "highest")
    for address, financing in asked.each(Financing):
        if financing.life_years > bound.value:
            what = f"It is repaid over {financing.life_years} years; {bound.shown_as}"
            yield Fault(
                (*address, "life_years"), what, f"Write {bound.value:.0f} or fewer, or say who gave the opinion."
            )


def payers(asked: StatedCase) -> Iterator[Fault]:
    """Income of which nobody says whether a public body pays it."""
    for address, _, saving in savings_of(asked.case):
        if isinstance(saving, Income) and saving.public_body is None and not is_peoples(saving):
            what = "Who pays this income is not stated; a public body is taken to, so the public sector gains nothing"
            yield Fault(address, what, "Add `public_body: yes`, or `no` where others pay it.", "whole")
