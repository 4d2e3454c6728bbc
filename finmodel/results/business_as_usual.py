"""What business as usual costs and saves in itself; every option is shown as the change from it."""

from __future__ import annotations

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.business_as_usual import Amount
from finmodel.results.figures import amount, amounts, value
from finmodel.results.written import Amounts


class AmountOverTime(Struct, frozen=True):
    """An amount by year, in all and in present value, £."""

    by_year: Amounts
    total: float
    present_value: float | None


class BusinessAsUsualResult(Struct, frozen=True):
    """Business as usual in itself; priced: whether the case prices any of its cost; option: its id."""

    option: str
    title: str
    priced: bool
    cost: AmountOverTime
    cashable_saving: AmountOverTime | None
    note: str


def business_as_usual_result(appraisal: Appraisal) -> BusinessAsUsualResult | None:
    """Business as usual in itself; None where the case has none."""
    written = appraisal.written.business_as_usual
    if written is None:
        return None
    option = written.option
    priced = bool(option.posts or option.costs)
    saves = bool(option.benefits or option.savings)
    return BusinessAsUsualResult(
        option=option.id,
        title=option.title,
        priced=priced,
        cost=_amount(appraisal, written.cost),
        cashable_saving=_amount(appraisal, written.cashable_saving) if saves else None,
        note="That is what it is in itself; every option is shown as the change from it, so it is the zero line."
        if priced or saves
        else "The case prices nothing for business as usual. That does not say that it costs nothing.",
    )


def _amount(appraisal: Appraisal, figure: Amount) -> AmountOverTime:
    return AmountOverTime(
        by_year=amounts(appraisal, figure.yearly),
        total=amount(appraisal, figure.whole),
        present_value=value(appraisal, figure.present_value),
    )
