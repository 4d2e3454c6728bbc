"""The capital of an option: the outlay and what pays for it, what revenue bears, what the asset is still worth."""

from __future__ import annotations

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.capital import ChargesAfter, Paid, WrittenCapital
from finmodel.results.figures import amount, amounts
from finmodel.results.written import Amounts


class PaidResult(Struct, frozen=True):
    """A part of the capital account, £: by year and in all."""

    name: str
    label: str
    by_year: Amounts
    total: float
    address: str


class ChargesAfterResult(Struct, frozen=True):
    """MRP and interest that fall due after the years shown, £; until: the last year in which any does."""

    years: float
    until: str
    mrp: float
    interest: float
    charges: float
    present_value: float
    address: str
    present_value_address: str


class CapitalResult(Struct, frozen=True):
    """Outlay, its sources, MRP and interest within the years shown, residual value, and what falls due after.

    All as the change from business as usual, but for own_outlay, which is what the option itself spends.
    """

    outlay: PaidResult
    own_outlay: PaidResult
    sources: tuple[PaidResult, ...]
    charges: tuple[PaidResult, ...]
    residual: PaidResult | None
    after: ChargesAfterResult | None


def capital_result(appraisal: Appraisal, written: WrittenCapital) -> CapitalResult:
    """The capital of an option."""
    return CapitalResult(
        outlay=_paid(appraisal, written.outlay),
        own_outlay=_paid(appraisal, written.outlay if written.own is None else written.own),
        sources=tuple(_paid(appraisal, part) for part in written.sources),
        charges=tuple(_paid(appraisal, part) for part in written.charges),
        residual=None if written.residual is None else _paid(appraisal, written.residual),
        after=None if written.after is None else _after(appraisal, written.after),
    )


def _paid(appraisal: Appraisal, part: Paid) -> PaidResult:
    return PaidResult(
        name=part.name,
        label=part.label,
        by_year=amounts(appraisal, part.yearly),
        total=amount(appraisal, part.whole),
        address=part.whole.address,
    )


def _after(appraisal: Appraisal, after: ChargesAfter) -> ChargesAfterResult:
    years = amount(appraisal, after.years)
    return ChargesAfterResult(
        years=years,
        until=str(appraisal.case.horizon.last_year + int(years)),
        mrp=amount(appraisal, after.mrp),
        interest=amount(appraisal, after.interest),
        charges=amount(appraisal, after.charges),
        present_value=amount(appraisal, after.present_value),
        address=after.charges.address,
        present_value_address=after.present_value.address,
    )
