"""Checks within a row: figures that say the same thing twice must agree, to their rounding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finmodel.lines.periods import FinancialYear
from finmodel.reference.series import start_year
from finmodel.reference.table import DataRow

_NI_WEEKS = 52
_NI_CLOSENESS = 0.01  # an annual limit is 52 weeks of the weekly one, rounded by HMRC to a convenient figure
_CARE_WEEKS = 365.25 / 7  # 52.18 to 2 decimal places; the file was worked with the whole of it


def ni_thresholds(rows: Sequence[DataRow]) -> Iterator[str]:
    """The annual secondary threshold is the weekly one for a year, and the tax year is the one of the dates."""
    for row in rows:
        weekly, annual = row.number("secondary_threshold_weekly_gbp"), row.number("secondary_threshold_annual_gbp")
        if abs(annual - weekly * _NI_WEEKS) > _NI_CLOSENESS * annual:
            yield f"line {row.line}: £{weekly:,.0f} a week and £{annual:,.0f} a year are not the same threshold"
        if FinancialYear.parse(row["tax_year"]) != FinancialYear.containing(row.day("from_date")):
            yield f"line {row.line}: {row['from_date']} is not in the tax year {row['tax_year']}"


def pension_total(rows: Sequence[DataRow]) -> Iterator[str]:
    """The total is the primary and the secondary rate."""
    names = [f"{part}_rate_percent_of_pay" for part in ("primary", "secondary", "total")]
    for row in rows:
        primary, secondary, total = (row.optional(name) for name in names)
        if primary is None or secondary is None or total is None:
            continue
        if abs(primary + secondary - total) > 0.051:
            yield f"line {row.line}: {primary} + {secondary} is not {total}"


def weekly_and_annual(rows: Sequence[DataRow]) -> Iterator[str]:
    """The annual price is the weekly one for 365.25 / 7 weeks, to the pound a week."""
    for row in rows:
        weekly, annual = row.number("weekly_gbp"), row.number("annual_gbp")
        if abs(annual - weekly * _CARE_WEEKS) > _CARE_WEEKS / 2 + 1:
            yield f"line {row.line}: £{weekly:,.0f} a week and £{annual:,.0f} a year are not the same price"


def care_rate(rows: Sequence[DataRow]) -> Iterator[str]:
    """The rate is the number in care for each 10,000 children, to the whole number."""
    for row in rows:
        number, rate = row.optional("number_looked_after"), row.optional("rate_per_10000_under_18")
        population = row.optional("population_under_18")
        if number is None and rate is None:
            yield f"line {row.line}: neither a number nor a rate"
        elif number is not None and rate is not None and population:
            worked = number / population * 10_000
            if abs(worked - rate) > 0.6:
                yield f"line {row.line}: {number:,.0f} of {population:,.0f} is {worked:.1f}, not {rate}"


def deflator_changes(rows: Sequence[DataRow]) -> Iterator[str]:
    """The change is that of the index since the year before, within one kind of year; a kind has one base."""
    levels = {(row["period_kind"], start_year(row["period"])): row for row in rows}
    bases: dict[str, str] = {}
    for (kind, start), row in levels.items():
        if bases.setdefault(kind, row["base"]) != row["base"]:
            yield f"line {row.line}: {row['base']}, while other rows of the kind {kind} have {bases[kind]}"
        before, change = levels.get((kind, start - 1)), row.optional("annual_change_percent")
        if before is None or change is None:
            continue
        worked = (row.number("index") / before.number("index") - 1) * 100
        if abs(worked - change) > 0.0051:
            yield f"line {row.line}: {row['period']} is {worked:.4f}% on the year before, not {change}%"


def lowest_below_highest(rows: Sequence[DataRow]) -> Iterator[str]:
    """The lowest plausible figure is below the highest, where both are in one unit."""
    highest = {(row["quantity"], row["unit"]): row.number("value") for row in rows if row["bound"] == "highest"}
    for row in rows:
        above = highest.get((row["quantity"], row["unit"]))
        if row["bound"] == "lowest" and above is not None and row.number("value") >= above:
            yield f"line {row.line}: the lowest plausible {row['quantity']} is not below the highest"
