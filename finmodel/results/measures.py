"""The measures of an option, by name, with payback, exposure and the children it takes as figures of several parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.measure import Display
from finmodel.appraisal.measures import FULL_YEAR_NUMBER, NEVER_EXPOSED, shown_in
from finmodel.appraisal.options import WrittenOption
from finmodel.lines.expression import LineError
from finmodel.lines.line import Line
from finmodel.results.children import ChildrenNeeded, needed_of
from finmodel.results.figures import amount, reason, reasoned, value
from finmodel.results.wording import month_words
from finmodel.results.written import INLINE, LEFT_OUT, Reasoned


class PaybackResult(Struct, frozen=True):
    """When an option is paid back for good: in years, as a month (`2019-03`), in years from the start; or why not.

    never_out_of_pocket: in no month had it cost more than it saved, so there is nothing to be paid back.
    """

    years: float | None
    month: str | None
    years_from_start: float | None
    never_out_of_pocket: bool
    reason: str | None


def reached(payback: PaybackResult) -> str:
    """When a payback is reached: `March 2019`; that there is nothing to be paid back; "" where it is not reached."""
    if payback.never_out_of_pocket:
        return NEVER_EXPOSED
    return "" if payback.month is None else month_words(payback.month)


class ExposureResult(Struct, frozen=True):
    """The most that an option is out of pocket, £, and in which month; reason: why in none."""

    amount: float
    month: str | None
    reason: str | None


class Measures(Struct, frozen=True):
    """The measures of an option. `named` are those of one figure, by name, in the order of the list of measures.

    What is of revenue alone is there only where a case has capital: without it, revenue is all money.
    """

    named: Annotated[Mapping[str, Reasoned], INLINE]
    payback: PaybackResult
    discounted_payback: PaybackResult
    revenue_payback: Annotated[PaybackResult | None, LEFT_OUT]
    revenue_discounted_payback: Annotated[PaybackResult | None, LEFT_OUT]
    peak_exposure: ExposureResult
    revenue_peak_exposure: Annotated[ExposureResult | None, LEFT_OUT]
    full_year_cost_year: str | None
    break_even_children: ChildrenNeeded

    def value(self, name: str) -> float | None:
        """The figure of a measure; None where there is none. KeyError for a measure that the case does not have."""
        return self.named[name].value

    def reason(self, name: str) -> str:
        """Why a measure has no figure; "" where it has one."""
        return self.named[name].reason

    def amount(self, name: str) -> float:
        """The figure of a measure that every option has; LineError where there is none."""
        figure = self.named[name].value
        if figure is None:
            raise LineError(f"{name} has no figure: {self.named[name].reason}")
        return figure

    def payback_named(self, name: str) -> PaybackResult | None:
        """A payback by its name; None where the case has no such one."""
        return {
            "payback": self.payback,
            "discounted_payback": self.discounted_payback,
            "revenue_payback": self.revenue_payback,
            "revenue_discounted_payback": self.revenue_discounted_payback,
        }[name]

    def exposure_named(self, name: str) -> ExposureResult | None:
        """An exposure by its name; None where the case has no such one."""
        return {"peak_exposure": self.peak_exposure, "revenue_peak_exposure": self.revenue_peak_exposure}[name]


def measures_of(appraisal: Appraisal, written: WrittenOption) -> Measures:
    """The measures of an option."""
    lines = appraisal.written.measures[written.option.id]

    def payback(name: str) -> PaybackResult:
        month = lines[f"{name}_month_number"]
        return PaybackResult(
            years=value(appraisal, lines[name]),
            month=_month(appraisal, month),
            years_from_start=value(appraisal, lines[f"{name}_from_start"]),
            never_out_of_pocket=value(appraisal, month) == 1,
            reason=reason(appraisal, lines[name]) or reason(appraisal, month),
        )

    def exposure(name: str) -> ExposureResult:
        month = lines[f"{name}_month"]
        return ExposureResult(amount(appraisal, lines[name]), _month(appraisal, month), reason(appraisal, month))

    return Measures(
        named={
            measure.name: reasoned(appraisal, lines[measure.name]) for measure, _ in shown_in(Display.RESULTS, lines)
        },
        payback=payback("payback"),
        discounted_payback=payback("discounted_payback"),
        revenue_payback=payback("revenue_payback") if "revenue_payback" in lines else None,
        revenue_discounted_payback=payback("revenue_discounted_payback")
        if "revenue_discounted_payback" in lines
        else None,
        peak_exposure=exposure("peak_exposure"),
        revenue_peak_exposure=exposure("revenue_peak_exposure") if "revenue_peak_exposure" in lines else None,
        full_year_cost_year=_full_year(appraisal, lines["full_year_cost"]),
        break_even_children=needed_of(appraisal, written),
    )


def _full_year(appraisal: Appraisal, cost: Line) -> str | None:
    """The year whose rates the cost of a full year is at; None where no year is a full one."""
    address = cost.address.replace("full_year_cost", FULL_YEAR_NUMBER)
    number = value(appraisal, address) if address in appraisal.written.model else None
    return None if number is None else str(appraisal.case.horizon.years[int(number) - 1])


def _month(appraisal: Appraisal, line: Line) -> str | None:
    number = value(appraisal, line)
    return None if number is None else str(appraisal.case.horizon.months[int(number) - 1])
