"""Prices in general: the consumer prices index and the GDP deflator, by financial year."""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace

from finmodel.lines.periods import FinancialYear
from finmodel.reference.loader import load
from finmodel.reference.rates import Rate, RateNotFoundError, weakest
from finmodel.reference.sourced import provenance
from finmodel.reference.table import DataRow
from finmodel.reference.when import year_dates

_FINANCIAL = "financial year"


def cpi_change(year: FinancialYear) -> Rate:
    """Change in consumer prices on the year before, a fraction. A calendar year's is never taken for a financial's."""
    row = _financial("cpi").get(year)
    if row is None:
        raise RateNotFoundError(_no_cpi(year))
    return _rate(row, year, row.fraction("annual_change_percent"), "fraction", "Consumer prices, annual change")


def gdp_deflator(year: FinancialYear) -> Rate:
    """Level of prices in the whole economy in a financial year, an index whose unit names its base."""
    row = _financial("gdp_deflator").get(year)
    if row is None:
        raise RateNotFoundError(
            f"There is no GDP deflator for {year}: finmodel has {_span('gdp_deflator')}, and no later forecast. "
            "State an assumption in the case."
        )
    return _rate(row, year, row.number("index"), f"index ({row['base']})", "GDP deflator")


def gdp_deflator_change(year: FinancialYear) -> Rate:
    """Change in the GDP deflator on the year before, a fraction worked from the 2 levels."""
    now, before = gdp_deflator(year), gdp_deflator(year + -1)
    return replace(
        now,
        value=now.value / before.value - 1,
        unit="fraction",
        label=f"GDP deflator, annual change, {year}{_forecast(_financial('gdp_deflator')[year])}",
        confidence=weakest("derived", now.confidence, before.confidence),
        note=f"{now.value} / {before.value} - 1. {now.note}".strip(),
    )


@cache
def _financial(dataset: str) -> dict[FinancialYear, DataRow]:
    return {FinancialYear.parse(row["period"]): row for row in load(dataset) if row["period_kind"] == _FINANCIAL}


def _span(dataset: str) -> str:
    years = sorted(_financial(dataset))
    return f"{years[0]} to {years[-1]}"


def _no_cpi(year: FinancialYear) -> str:
    said = f"There is no consumer prices change for the financial year {year}: finmodel has {_span('cpi')}."
    for row in load("cpi"):
        if row["period"] == str(year.start):
            said += (
                f" For the calendar year {row['period']} there is {row['annual_change_percent']}% "
                f"({row['outturn_or_forecast']}, {row.confidence}), which is not the same thing."
            )
    return f"{said} State an assumption in the case."


def _forecast(row: DataRow) -> str:
    """A forecast says that it is one, wherever it is read."""
    return "" if row["outturn_or_forecast"] == "outturn" else f" ({row['outturn_or_forecast']})"


def _rate(row: DataRow, year: FinancialYear, value: float, unit: str, label: str) -> Rate:
    first, last = year_dates(year)
    return Rate(
        value=value,
        unit=unit,
        label=f"{label}, {year}{_forecast(row)}",
        effective=first,
        until=last,
        **provenance(row),
    )
