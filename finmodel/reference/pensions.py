"""Employers' contributions to the Local Government Pension Scheme, percent of pensionable pay.

Actuaries set them every 3 years, fund by fund and employer by employer. A case should state its council's own; the
national average is a stand-in, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from finmodel.lines.periods import FinancialYear
from finmodel.reference.loader import load
from finmodel.reference.rates import Rate, RateNotFoundError
from finmodel.reference.sourced import Sourced, provenance
from finmodel.reference.table import Row
from finmodel.reference.when import serves_year

AVERAGE = ("England and Wales, average of funds", "whole-fund average")
_STAND_IN = "A national average: the council's own rate, from its actuary, is better. State it in the case."


@dataclass(frozen=True, slots=True)
class PensionRate(Sourced):
    """The rates set at one valuation for a fund or employer; fractions of pensionable pay, None where not seen."""

    fund: str
    employer: str
    valuation: int  # 31 March of
    first_day: date | None
    last_day: date | None
    primary: float | None  # for pensions earned in the year ("future service" before 2017)
    secondary: float | None  # towards the deficit, where it is a percentage of pay
    total: float | None


def lgps_average_rate(year: FinancialYear) -> Rate:
    """Fraction of pensionable pay, primary and secondary: the average of all funds in England and Wales."""
    for row in _averages():
        if serves_year(year, row.day("from_date"), row.optional_day("to_date")):
            return _average(row)
    first = FinancialYear.containing(_averages()[0].day("from_date"))
    raise RateNotFoundError(
        f"There is no average employers' pension rate for {year}: finmodel has {first} to {last_published_pension()}. "
        "State the council's own rate in the case."
    )


def last_published_pension() -> FinancialYear:
    """The last year whose national average is known."""
    return FinancialYear.containing(_averages()[-1].day("to_date"))


@cache
def pension_rates() -> tuple[PensionRate, ...]:
    """Every rate in the data: national averages, funds and employers."""
    return tuple(
        PensionRate(
            fund=row["fund"],
            employer=row["employer"],
            valuation=int(row["valuation_31_march"]),
            first_day=row.optional_day("from_date"),
            last_day=row.optional_day("to_date"),
            primary=row.optional_fraction("primary_rate_percent_of_pay"),
            secondary=row.optional_fraction("secondary_rate_percent_of_pay"),
            total=row.optional_fraction("total_rate_percent_of_pay"),
            **provenance(row),
        )
        for row in load("lgps_employer_rates")
    )


@cache
def _averages() -> tuple[Row, ...]:
    found = (row for row in load("lgps_employer_rates") if (row["fund"], row["employer"]) == AVERAGE)
    return tuple(sorted(found, key=lambda row: row["from_date"]))


def _average(row: Row) -> Rate:
    return Rate(
        value=row.fraction("total_rate_percent_of_pay"),
        unit="fraction",
        label=f"Employers' pension rate, national average, valuation of 31 March {row['valuation_31_march']}",
        source=row.source,
        link=row.link,
        confidence=row.confidence,
        effective=row.day("from_date"),
        until=row.optional_day("to_date"),
        note=f"{_STAND_IN} {row.note}".strip(),
        dataset=row.dataset,
        row=row.line,
    )
