"""Employers' contributions to the Local Government Pension Scheme, percent of pensionable pay.

Actuaries set them every 3 years, fund by fund and employer by employer. A case should state its council's own; the
national average is a stand-in, and says so.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from finmodel.lines.periods import FinancialYear
from finmodel.reference.councils import Council, find_council, plain_name
from finmodel.reference.loader import load
from finmodel.reference.rates import Rate, RateNotFoundError
from finmodel.reference.sourced import SourcedFact, provenance
from finmodel.reference.table import DataRow
from finmodel.reference.when import serves_year

AVERAGE = ("England and Wales, average of funds", "whole-fund average")
_SECONDARY = "secondary_rate_percent_of_pay"
_STAND_IN = "A national average: the council's own rate, from its actuary, is better. State it in the case."


class PensionRate(SourcedFact, frozen=True):
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
    return _average(_average_row(year), "total_rate_percent_of_pay", "Employers' pension rate")


def lgps_average_primary_rate(year: FinancialYear) -> Rate:
    """Fraction of pensionable pay, the primary rate alone, the cost of pensions earned in the year: that average."""
    return _average(_average_row(year), "primary_rate_percent_of_pay", "Employers' primary pension rate")


def _average_row(year: FinancialYear) -> DataRow:
    for row in _averages():
        if serves_year(year, row.day("from_date"), row.optional_day("to_date")):
            return row
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


class CouncilPension(Struct, frozen=True):
    """What a council's certificate says of a year: what it charges on pay, and the cost of new service."""

    charged: Rate  # primary rate, and the secondary where it is a percentage of pay; never a cash sum
    primary: Rate  # the cost of pensions earned in the year: what a new post costs the public sector
    has_cash: bool  # a cash sum towards the deficit is paid too, which a new post does not change
    first_year: FinancialYear  # of the certificate, the only one whose secondary rate was read

    def is_read(self, year: FinancialYear) -> bool:
        """Whether the rate of that year was read, and is not that of the certificate's first year held."""
        return year == self.first_year


def lgps_council_rate(council: str, year: FinancialYear) -> CouncilPension:
    """A council's own employer rates in a year, by its ONS or DfE code or its name.

    A new post is charged the primary rate and the secondary where that is a percentage of pay, on the pay of whoever is
    in it; cash sums do not grow with a post (Local Government Pension Scheme Regulations 2013, reg. 62 and 67).
    RateNotFoundError: no certificate of that council and year is in the data.
    """
    found = find_council(council)
    for row in load("lgps_employer_rates"):
        dated = row["from_date"] and serves_year(year, row.day("from_date"), row.optional_day("to_date"))
        if dated and row["total_rate_year"] and plain_name(row["employer"]) == plain_name(found.name):
            return _of_council(row, found)
    raise RateNotFoundError(
        f"There is no pension certificate of {found.name} for {year} in the data. State the council's rate in the case."
    )


def _of_council(row: DataRow, council: Council) -> CouncilPension:
    primary, secondary = row.fraction("primary_rate_percent_of_pay"), row.optional_fraction(_SECONDARY)
    total = row.optional_fraction("total_rate_percent_of_pay")
    charged = total if total is not None else primary + (secondary or 0.0)
    label = f"{{}}, {council.name}, valuation of 31 March {row['valuation_31_march']}"
    return CouncilPension(
        charged=_own(row, charged, label.format("Employer's pension rate charged on pay")),
        primary=_own(row, primary, label.format("Employer's primary pension rate")),
        has_cash=row.optional("secondary_cash_gbp_per_year") not in (None, 0.0),
        first_year=FinancialYear.parse(row["total_rate_year"]),
    )


def _own(row: DataRow, value: float, label: str) -> Rate:
    return Rate(
        value=value,
        unit="fraction",
        label=label,
        effective=row.day("from_date"),
        until=row.optional_day("to_date"),
        **provenance(row),
    )


@cache
def _averages() -> tuple[DataRow, ...]:
    found = (row for row in load("lgps_employer_rates") if (row["fund"], row["employer"]) == AVERAGE)
    return tuple(sorted(found, key=lambda row: row["from_date"]))


def _average(row: DataRow, column: str, name: str) -> Rate:
    label = f"{name}, national average, valuation of 31 March {row['valuation_31_march']}"
    average = _own(row, row.fraction(column), label)
    return replace(average, note=f"{_STAND_IN} {row.note}".strip())
