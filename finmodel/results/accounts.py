"""The three accounts of an option: whose each is, its lines by year and its headline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from msgspec import Struct

from finmodel.appraisal.accounts import PUBLIC, SOCIETY, Account
from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.money_spent import CUMULATIVE, MONEY_SPENT, NET_POSITION
from finmodel.appraisal.options import WrittenOption
from finmodel.lines.line import Line
from finmodel.results.figures import values
from finmodel.results.measures import ExposureResult, Measures, PaybackResult
from finmodel.results.written import INLINE, LEFT_OUT, Reasoned, Yearly

COUNCIL = "council"
LineKind = Literal["cost", "part of the cost", "gain", "part of the gain", "net", "besides"]
_COUNCIL_LINES: dict[str, LineKind] = {
    "cost": "cost",
    "mrp": "part of the cost",
    "interest": "part of the cost",
    "cashable_saving": "gain",
    "net_saving": "net",
    "capital_outlay": "besides",
    MONEY_SPENT: "besides",
    NET_POSITION: "besides",
    CUMULATIVE: "besides",
}
_COUNCIL_LABELS = {
    "cost": "Cost to the revenue budget",
    "cashable_saving": "Cashable savings and income",
    "net_saving": "Net budget impact",
}
_COUNCIL_WORDS = (
    "This council’s budget",
    "Cash of the year, nominal: what the revenue budget bears, minimum revenue provision (MRP) and interest included, "
    "and what it saves. Payback and peak cash exposure are of all money spent: revenue without MRP, and capital when "
    "it is spent.",
)
_REAL_WORDS = {
    PUBLIC: (
        "The public sector",
        "Capital at its outlay, whoever pays for it; revenue without MRP and interest; every public body’s saving, "
        "after optimism bias, whether or not it releases cash.",
    ),
    SOCIETY: (
        "Society",
        "As the public sector, with the costs to others and the benefits to people that the case states.",
    ),
}
_HEADLINES = {
    COUNCIL: {
        "net_present_budget_impact": "net_present_budget_impact",
        "cashable_saving_per_pound": "cashable_saving_per_pound",
    },
    PUBLIC: {
        "net_present_public_value": "net_present_public_value",
        "benefit_cost_ratio": "public_benefit_cost_ratio",
    },
    SOCIETY: {
        "net_present_social_value": "net_present_social_value",
        "benefit_cost_ratio": "social_benefit_cost_ratio",
    },
}  # in each account, by the name of the measure that holds it


class AccountLine(Struct, frozen=True):
    """A line of an account by year, £; kind: what it is to the account's net."""

    name: str
    kind: LineKind
    label: str
    address: str
    by_year: Yearly


class AccountResult(Struct, frozen=True):
    """An account: whose it is, on what basis, its lines, and the figures by which it is judged, by name.

    Payback and exposure are of the council's account alone; those of revenue alone where the case has capital.
    """

    whose: str
    basis: str
    lines: tuple[AccountLine, ...]
    headline: Annotated[Mapping[str, Reasoned], INLINE]
    payback: Annotated[PaybackResult | None, LEFT_OUT] = None
    discounted_payback: Annotated[PaybackResult | None, LEFT_OUT] = None
    peak_exposure: Annotated[ExposureResult | None, LEFT_OUT] = None
    revenue_payback: Annotated[PaybackResult | None, LEFT_OUT] = None
    revenue_discounted_payback: Annotated[PaybackResult | None, LEFT_OUT] = None
    revenue_peak_exposure: Annotated[ExposureResult | None, LEFT_OUT] = None


def accounts(appraisal: Appraisal, written: WrittenOption, measures: Measures) -> dict[str, AccountResult]:
    """The accounts by name; measures: the option's."""
    return {COUNCIL: _of_the_council(appraisal, written, measures)} | {
        name: _of_all(appraisal, written, measures, name) for name in (PUBLIC, SOCIETY)
    }


def _of_the_council(appraisal: Appraisal, written: WrittenOption, measures: Measures) -> AccountResult:
    whose, basis = _COUNCIL_WORDS
    lines = _council(written, has_capital=measures.revenue_payback is not None)
    return AccountResult(
        whose=whose,
        basis=basis,
        lines=tuple(_line(appraisal, *each) for each in lines),
        headline=_headline(measures, COUNCIL),
        payback=measures.payback,
        discounted_payback=measures.discounted_payback,
        peak_exposure=measures.peak_exposure,
        revenue_payback=measures.revenue_payback,
        revenue_discounted_payback=measures.revenue_discounted_payback,
        revenue_peak_exposure=measures.revenue_peak_exposure,
    )


def _of_all(appraisal: Appraisal, written: WrittenOption, measures: Measures, name: str) -> AccountResult:
    """The public sector's account or society's; without lines where no real figures can be given."""
    whose, basis = _REAL_WORDS[name]
    real = appraisal.written.budget.options[written.option.id].accounts
    prices = "" if real is None else f"Real, at {appraisal.case.price_base} prices. "
    lines = () if real is None else tuple(_line(appraisal, *each) for each in _real(getattr(real, name)))
    return AccountResult(whose, f"{prices}{basis}", lines, _headline(measures, name))


def _council(written: WrittenOption, *, has_capital: bool) -> Iterator[tuple[str, LineKind, str, Line]]:
    """The lines of the council's account; all money spent only where the case has capital, and it can differ."""
    for name, kind in _COUNCIL_LINES.items():
        if name in written.yearly and (has_capital or kind != "besides"):
            yield name, kind, _COUNCIL_LABELS.get(name, written.yearly[name].label), written.yearly[name]


def _real(account: Account) -> Iterator[tuple[str, LineKind, str, Line]]:
    yield from ((name, "part of the cost", line.label, line) for name, line in account.costs.items())
    yield "cost", "cost", account.cost.label, account.cost
    yield from ((name, "part of the gain", line.label, line) for name, line in account.gains.items())
    yield "gain", "gain", account.gain.label, account.gain
    yield "net", "net", account.net.label, account.net


def _line(appraisal: Appraisal, name: str, kind: LineKind, label: str, line: Line) -> AccountLine:
    return AccountLine(name, kind, label, line.address, values(appraisal, line))


def _headline(measures: Measures, account: str) -> dict[str, Reasoned]:
    """The figures by which an account is judged, each with its reason where there is none."""
    return {name: measures.named[measure] for name, measure in _HEADLINES[account].items()}
