"""Percentages that nobody uses: a fraction with a percent sign, a percentage without one, the wrong sign."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case.checks.questions import StatedCase, above, below, either, percentage
from finmodel.case.schema import (
    AgencyCover,
    Benefit,
    Discounting,
    NewlyQualified,
    OnCosts,
    PerFte,
    Post,
    Supplement,
)
from finmodel.case.schema_budget import FundingSource, Repayment
from finmodel.case.schema_costs import Financing, OtherCost
from finmodel.case.schema_savings import Reach, Saving
from finmodel.parsing.faults import Fault
from finmodel.parsing.fields import Stated
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity
from finmodel.reference import plausible_bound

_HUNDRED = 100
# `impact` and `drop_off` may be under 1%, and the shares of a mix come to 100% or are refused.
_SHARES: tuple[tuple[type[Stated], tuple[str, ...]], ...] = (
    (Benefit, ("deadweight", "optimism_bias", "cashable")),
    (Saving, ("deadweight", "optimism_bias", "cashable")),
    (Reach, ("engagement", "retention")),
    (Post, ("vacancy_factor",)),
    (AgencyCover, ("fee_percent",)),
    (Supplement, ("percent",)),
    (PerFte, ("percent",)),
    (NewlyQualified, ("share",)),
    (OnCosts, ("flat_rate",)),
    (Repayment, ("share",)),
    (OtherCost, ("optimism_bias",)),
)
_WHOLE = (
    (Benefit, ("deadweight", "optimism_bias", "drop_off")),
    (Saving, ("deadweight", "optimism_bias", "drop_off")),
)
_HIGH = (
    (Post, "vacancy_factor", "vacancy", "Write 5% if 95% of the posts are filled: it is the share that stands empty."),
    (AgencyCover, "fee_percent", "agency fee", "Write the fee as a share of the rate, like 10%."),
    (OnCosts, "flat_rate", "on-costs", "Write what comes on top of pay, like 30%, and not pay and on-costs together."),
)


def tiny_shares(asked: StatedCase) -> Iterator[Fault]:
    """Shares under 1% at all times."""
    bound = plausible_bound("share", "lowest")
    for kind, fields in _SHARES:
        for address, _part, share in asked.quantities(kind, *fields):
            low = below(share, bound.value)
            if low is not None and max(share.values) < bound.value:
                what = f"{_field(address)} of {percentage(low)} is {_one_in(low)}; {bound.shown_as}"
                yield Fault(address, what, _fraction(low))


def whole_deductions(asked: StatedCase) -> Iterator[Fault]:
    """Deductions of 100%, which leave nothing: 1 is read as 100%."""
    for kind, fields in _WHOLE:
        for address, _part, share in asked.quantities(kind, *fields):
            if min(share.values) >= 1:
                left = (
                    "nothing is left of the effect after a year" if address[-1] == "drop_off" else "nothing is claimed"
                )
                remedy = "Write 1% if one percent is meant, or remove what saves nothing."
                yield Fault(address, f"100% is taken off, so {left}", remedy)


def large_shares(asked: StatedCase) -> Iterator[Fault]:
    """Shares above any that were seen."""
    for kind, field, quantity, remedy in _HIGH:
        bound = plausible_bound(quantity, "highest")
        for address, _part, share in asked.quantities(kind, field):
            high = above(share, bound.value)
            if high is not None:
                yield Fault(address, f"{_field(address)} of {percentage(high)}; {bound.shown_as}", remedy)


def pension_rates(asked: StatedCase) -> Iterator[Fault]:
    """What the employer pays towards pensions, against schemes that there are."""
    least, most = plausible_bound("pension rate", "lowest"), plausible_bound("pension rate", "highest")
    for address, _costs, rate in asked.quantities(OnCosts, "employer_pension"):
        low, high = below(rate, least.value), above(rate, most.value)
        if low is not None:
            on_pay = f"An employer's pension contribution of {percentage(low)} is £{low * _HUNDRED:,.2f} on £100 of pay"
            what = f"{on_pay}, where {least.shown_as}"
            meant = least.value <= low * _HUNDRED <= most.value
            yield Fault(address, what, _fraction(low) if meant else "Write the rate of your fund's certificate.")
        elif high is not None:
            what = f"An employer's pension contribution of {percentage(high)}; {most.shown_as}"
            yield Fault(address, what, "Write the rate of your fund's certificate; National Insurance is added apart.")


def price_changes(asked: StatedCase) -> Iterator[Fault]:
    """Inflation and pay awards, against what prices and pay have done."""
    for name, index in asked.case.inflation.items():
        if isinstance(index, Quantity):
            yield from _change(("inflation", name), index, "Prices rise", "Prices fall")
    if asked.case.pay_awards.percent is not None:
        yield from _change(("pay_awards", "percent"), asked.case.pay_awards.percent, "Pay rises", "Pay falls")


def _change(address: Address, change: Quantity, rise: str, fall: str) -> Iterator[Fault]:
    least, most = plausible_bound("inflation", "lowest"), plausible_bound("inflation", "highest")
    once = plausible_bound("inflation of one year", "highest")
    nonzero = [value for value in change.values if value]
    always = change.is_constant or len(nonzero) > 1
    if not nonzero:
        return
    lowest, highest = min(nonzero), max(nonzero)
    if always and highest < 0:
        what = f"{fall} by {percentage(-highest)} or more in every year"
        yield Fault(address, what, f"Write {percentage(-highest)} if a rise is meant.", "whole")
    elif always and 0 < highest < least.value:
        what = f"{rise} by {percentage(highest)} a year; {least.shown_as}"
        yield Fault(address, what, _fraction(highest), "whole")
    elif (change.is_constant and lowest > most.value) or highest > once.value:
        bound = most if change.is_constant else once
        what = f"{rise} by {percentage(highest)} {'in every year' if change.is_constant else 'in a year'}"
        remedy = f"Write {percentage(highest / _HUNDRED)} or {percentage(highest / 10)} if that is meant."
        yield Fault(address, f"{what}; {bound.shown_as}", remedy, "whole")


def pay_awards(asked: StatedCase) -> Iterator[Fault]:
    """Awards in pounds: a percentage in their place, or the pay itself."""
    pounds = asked.case.pay_awards.pounds
    if pounds is None:
        return
    least, most = plausible_bound("pay award", "lowest"), plausible_bound("pay award", "highest")
    low, high = below(pounds, least.value), above(pounds, most.value)
    if low is not None:
        what = f"An award of £{low:,.2f} a year for one FTE; {least.shown_as}"
        yield Fault(("pay_awards", "pounds"), what, f"Write `percent: {low:g}%` if a percentage is meant.", "whole")
    elif high is not None:
        what = f"An award of £{high:,.0f} a year for one FTE; {most.shown_as}"
        yield Fault(("pay_awards", "pounds"), what, "Write what is added to pay, not the pay itself.", "whole")


def discount_rates(asked: StatedCase) -> Iterator[Fault]:
    """The rate that later years are discounted at."""
    least, most = plausible_bound("discount rate", "lowest"), plausible_bound("discount rate", "highest")
    for address, _discounting, rate in asked.quantities(Discounting, "rate"):
        low = min(rate.values)
        if low < 0:
            worth = f"£1 in ten years counts as {_in_ten_years(low)} today"
            what = f"At {percentage(low)} a year, {worth}: later pounds weigh more"
            meant = (
                f"Write {percentage(-low)} if that is meant." if -low <= most.value else "Write a rate of 0% or more."
            )
            yield Fault(address, what, meant)
        elif below(rate, least.value) is not None:
            low = below(rate, least.value) or low
            what = f"A discount rate of {percentage(low)} a year; {least.shown_as}"
            yield Fault(address, what, _fraction(low))
        elif above(rate, most.value) is not None:
            high = max(rate.values)
            what = f"A discount rate of {percentage(high)} a year; {most.shown_as}"
            yield Fault(address, what, f"Write {percentage(high / 10)} if that is meant.")


def _in_ten_years(rate: float) -> str:
    worth = (1 + rate) ** -10
    return f"£{worth:,.2f}" if worth < 1e6 else "more than £1 million"


def interest_rates(asked: StatedCase) -> Iterator[Fault]:
    """What borrowing costs and reserves earn."""
    least, most = plausible_bound("interest", "lowest"), plausible_bound("interest", "highest")
    for kind, field in ((Financing, "rate"), (FundingSource, "interest")):
        for address, _part, rate in asked.quantities(kind, field):
            low = below(rate, least.value) if kind is Financing else None
            if min(rate.values) < 0:
                what = f"Interest of {percentage(min(rate.values))}: the {_lent(kind)} would pay for it"
                yield Fault(address, what, f"Write {percentage(-min(rate.values))} if that is meant.")
            elif low is not None:
                yield Fault(address, f"A loan at {percentage(low)} a year; {least.shown_as}", _fraction(low))
            elif above(rate, most.value) is not None:
                what = f"Interest of {percentage(max(rate.values))} a year; {most.shown_as}"
                yield Fault(address, what, f"Write {percentage(max(rate.values) / 10)} if that is meant.")


def _lent(kind: type[Stated]) -> str:
    return "lender" if kind is Financing else "council"


def _fraction(value: float) -> str:
    """The remedy for a fraction that was written with a percent sign."""
    meant = percentage(min(value * _HUNDRED, 1.0))
    return either([f"write {meant} if {value * _HUNDRED:g} was meant as a fraction, not as a percentage"], "")


def _field(address: Address) -> str:
    """`Vacancy factor`, from the last step of an address."""
    return str(address[-1]).replace("_", " ").capitalize()


def _one_in(share: float) -> str:
    return f"one in {1 / share:,.0f}"
