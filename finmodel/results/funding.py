"""From what an option is paid, source by source, and the account of its reserve."""

from __future__ import annotations

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.funding import ReserveAccount, WrittenFunding
from finmodel.lines.line import Line
from finmodel.results.budget_flags import funding_flags
from finmodel.results.figures import amount, amounts, reason, value
from finmodel.results.written import Amounts


class SourceResult(Struct, frozen=True):
    """A source in the order of drawing, £; limit: the most that may be drawn in all, None where none is set."""

    id: str
    label: str
    kind: str
    limit: float | None
    where: str
    note: str
    draw: Amounts
    total: float


class ReserveResult(Struct, frozen=True):
    """The account of the reserve by year, £.

    opening_stated: whether the case states its balance; where it does not, balances and the interest on them have no
    figure, for the balance_reason.
    """

    label: str
    opening_stated: bool
    balance_reason: str | None
    opening: Amounts | None
    draw: Amounts
    interest: Amounts | None
    repayment: Amounts
    closing: Amounts | None
    outstanding: Amounts


class FundingResult(Struct, frozen=True):
    """How the cost is paid for, £. repayment: the rule; repaid_year: when the reserve is whole again, or why never."""

    need: Amounts
    sources: tuple[SourceResult, ...]
    repayment: str | None
    reserve: ReserveResult | None
    shortfall: Amounts
    total_shortfall: float
    repaid_year: str | None
    repaid_reason: str | None
    lowest_balance: float | None
    flags: tuple[str, ...]


def funding_result(appraisal: Appraisal, written: WrittenFunding) -> FundingResult:
    """The funding of an option."""
    account, repayment = written.reserve, written.funding.repayment
    return FundingResult(
        need=amounts(appraisal, written.need),
        sources=tuple(
            SourceResult(
                id=found.source.id,
                label=found.source.label,
                kind=found.source.kind,
                limit=None if found.source.limit is None else found.source.limit.values[0],
                where=found.source.where,
                note=found.source.note,
                draw=amounts(appraisal, found.draw),
                total=amount(appraisal, found.whole),
            )
            for found in written.sources
        ),
        repayment=None if repayment is None else repayment.rule,
        reserve=None if account is None else _reserve(appraisal, account),
        shortfall=amounts(appraisal, written.shortfall),
        total_shortfall=amount(appraisal, written.total_shortfall),
        repaid_year=None if account is None else _year(appraisal, account.repaid_number),
        repaid_reason="there is no reserve among the sources"
        if account is None
        else reason(appraisal, account.repaid_number),
        lowest_balance=None
        if account is None or account.source.opening is None
        else value(appraisal, account.lowest_balance),
        flags=tuple(funding_flags(appraisal, written)),
    )


def _reserve(appraisal: Appraisal, account: ReserveAccount) -> ReserveResult:
    stated = account.source.opening is not None
    return ReserveResult(
        label=account.source.label,
        opening_stated=stated,
        balance_reason=None if stated else "the balance of the reserve is not stated",
        opening=amounts(appraisal, account.opening) if stated else None,
        draw=amounts(appraisal, account.draw),
        interest=amounts(appraisal, account.interest) if stated or account.source.interest is None else None,
        repayment=amounts(appraisal, account.repayment),
        closing=amounts(appraisal, account.closing) if stated else None,
        outstanding=amounts(appraisal, account.outstanding),
    )


def _year(appraisal: Appraisal, line: Line) -> str | None:
    number = value(appraisal, line)
    return None if number is None else str(appraisal.case.horizon.years[int(number) - 1])
