"""Evidence that a case may cite: unit costs, corrections, workforce, children looked after, pay awards.

Nothing here is used in a sum unless a case names it. Money is pounds, percentages are fractions unless the unit says
percent; a blank in the data is None.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from finmodel.reference.loader import load
from finmodel.reference.rates import Confidence
from finmodel.reference.sourced import SourcedFact, provenance


class PlacementUnitCost(SourcedFact, frozen=True):
    """What a placement costs."""

    provision: str  # children's home, foster care, ...
    sector: str
    area: str
    year: str  # as the source gives it: "2012-13", "2018", "before 2005"
    price_base: str
    statistic: str  # average per place, low of range, ...
    weekly: float  # £ a week
    annual: float  # £ a year: 365.25 / 7 weeks
    weekly_confidence: Confidence  # one of the two is worked from the other
    annual_confidence: Confidence


class GreaterManchesterUnitCost(SourcedFact, frozen=True):
    """A row of the Greater Manchester unit cost database v1.4: fiscal cost to the council."""

    code: str
    description: str
    unit: str  # per year, per week, per month, per incident
    cost: float  # £, at its price base
    price_base: str  # a financial year
    agency: str


class OptimismBiasCorrection(SourcedFact, frozen=True):
    """How much to take off benefits, or add to costs, for evidence of a grade; or an average past overrun."""

    scheme: str
    applies_to: str
    grade: int | None  # 1, the best evidence, to 6
    correction: float | None  # a fraction added to the figure: -0.15 takes 15% off
    definition: str
    age_of_data: str
    known_data_error: str


class AgencyRate(SourcedFact, frozen=True):
    """A fact about agency social workers."""

    area: str
    period: str  # as the source gives it
    item: str
    value: float | None
    unit: str


class CaseloadBenchmark(SourcedFact, frozen=True):
    """A measure of the children's social work workforce at, or in the year to, 30 September."""

    area: str
    area_code: str
    year: int
    measure: str
    value: float
    unit: str  # percent, fte, cases, count


class LookedAfterChildren(SourcedFact, frozen=True):
    """Children looked after at 31 March. First and revised figures both appear, told apart by their source."""

    area: str
    area_code: str
    at_31_march: int
    number: float | None
    rate: float | None  # for each 10,000 under 18
    population: float | None  # under 18


class PayAward(SourcedFact, frozen=True):
    """An NJC pay award."""

    effective: date
    applies_to: str
    kind: str  # percent, flat, freeze, restructure, non-consolidated
    status: str  # agreed, offered
    value: float | None  # percent, or £ a year
    unit: str


@cache
def placement_unit_costs() -> tuple[PlacementUnitCost, ...]:
    """What placements cost, by provision, area and year."""
    return tuple(
        PlacementUnitCost(
            provision=row["provision"],
            sector=row["sector"],
            area=row["area"],
            year=row["year"],
            price_base=row["price_base"],
            statistic=row["statistic"],
            weekly=row.number("weekly_gbp"),
            annual=row.number("annual_gbp"),
            weekly_confidence=row.confidence_in("Weekly"),
            annual_confidence=row.confidence_in("Annual"),
            **provenance(row),
        )
        for row in load("lac_unit_costs")
    )


@cache
def greater_manchester_unit_costs() -> tuple[GreaterManchesterUnitCost, ...]:
    """The children's rows of the Greater Manchester unit cost database."""
    return tuple(
        GreaterManchesterUnitCost(
            code=row["code"],
            description=row["description"],
            unit=row["unit"],
            cost=row.number("cost_gbp"),
            price_base=row["price_base"],
            agency=row["agency"],
            **provenance(row),
        )
        for row in load("gmca_unit_costs_children")
    )


_WORKS = {
    "standard-building": "Mott MacDonald 2002, standard building projects",
    "large-project": "Mott MacDonald 2002",
}


@cache
def graded_corrections(applies_to: str) -> tuple[OptimismBiasCorrection, ...]:
    """The corrections of `costs` or of `benefits`, from grade 1 on: 0.15 adds 15%, -0.15 takes 15% off."""
    graded = [row for row in optimism_bias_corrections() if row.applies_to == applies_to and row.grade is not None]
    return tuple(sorted(graded, key=lambda row: row.grade or 0))


def average_overrun(works: str, *, capital: bool) -> OptimismBiasCorrection:
    """By how much such works have cost more than was estimated, on average: their outlay, or their running cost."""
    kind = (_WORKS[works], "capital costs" if capital else "operating costs")
    return next(row for row in optimism_bias_corrections() if (row.scheme, row.applies_to) == kind)


@cache
def optimism_bias_corrections() -> tuple[OptimismBiasCorrection, ...]:
    """Corrections by grade of evidence, and averages of past overruns."""
    return tuple(
        OptimismBiasCorrection(
            scheme=row["scheme"],
            applies_to=row["applies_to"],
            grade=int(row["confidence_grade"]) if row["confidence_grade"] else None,
            correction=row.optional_fraction("correction_percent"),
            definition=row["definition"],
            age_of_data=row["age_of_data"],
            known_data_error=row["known_data_error"],
            **provenance(row),
        )
        for row in load("optimism_bias")
    )


@cache
def agency_rates() -> tuple[AgencyRate, ...]:
    """Facts about agency social workers."""
    return tuple(
        AgencyRate(
            area=row["area"],
            period=row["from_date"],
            item=row["item"],
            value=row.optional("value"),
            unit=row["unit"],
            **provenance(row),
        )
        for row in load("agency_social_worker_rates")
    )


@cache
def caseload_benchmarks() -> tuple[CaseloadBenchmark, ...]:
    """Caseload, agency, turnover, vacancy and absence, by area and year."""
    return tuple(
        CaseloadBenchmark(
            area=row["area"],
            area_code=row["area_code"],
            year=int(row["year_ending_30_september"]),
            measure=row["measure"],
            value=row.number("value"),
            unit=row["unit"],
            **provenance(row),
        )
        for row in load("caseload_benchmarks")
    )


@cache
def looked_after_children() -> tuple[LookedAfterChildren, ...]:
    """Children looked after at 31 March, by area and year."""
    return tuple(
        LookedAfterChildren(
            area=row["area"],
            area_code=row["area_code"],
            at_31_march=int(row["at_31_march"]),
            number=row.optional("number_looked_after"),
            rate=row.optional("rate_per_10000_under_18"),
            population=row.optional("population_under_18"),
            **provenance(row),
        )
        for row in load("lac_rates")
    )


@cache
def pay_awards() -> tuple[PayAward, ...]:
    """NJC pay awards, in the order of the file."""
    return tuple(
        PayAward(
            effective=row.day("effective_date"),
            applies_to=row["applies_to"],
            kind=row["kind"],
            status=row["status"],
            value=row.optional("value"),
            unit=row["unit"],
            **provenance(row),
        )
        for row in load("njc_pay_awards")
    )
