"""What the world publishes: pay, on-costs, prices, discount rates and unit costs, as data with their sources.

Each file in `data/` states one fact a row with its source and confidence; each is read when first asked for, checked
whole, and kept. One rule serves every dated rate: council staff are usually paid at the end of a month, so a month
takes the rate in force on its last day.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from finmodel.reference.answer import RateAnswer
    from finmodel.reference.capital_receipts import flexible_receipts, last_flexible_year
    from finmodel.reference.conventions import convention
    from finmodel.reference.discounting import (
        DiscountSchedule,
        DiscountStep,
        discount_schedule,
        discount_schedules,
    )
    from finmodel.reference.evidence import (
        AgencyRate,
        CaseloadBenchmark,
        GreaterManchesterUnitCost,
        LookedAfterChildren,
        OptimismBiasCorrection,
        PayAward,
        PlacementUnitCost,
        agency_rates,
        average_overrun,
        caseload_benchmarks,
        graded_corrections,
        greater_manchester_unit_costs,
        looked_after_children,
        optimism_bias_corrections,
        pay_awards,
        placement_unit_costs,
    )
    from finmodel.reference.levy import apprenticeship_levy
    from finmodel.reference.listing import DatasetInfo, catalogue
    from finmodel.reference.loader import ReferenceDataError
    from finmodel.reference.national_insurance import (
        EmployerNationalInsurance,
        employer_ni,
        first_published_ni,
        last_published_ni,
    )
    from finmodel.reference.njc import (
        first_published_pay,
        last_agreed_pay,
        last_published_pay,
        njc_points,
        njc_salary,
        njc_spine_in_force,
        offered_award,
        pay_is_published,
    )
    from finmodel.reference.pay_terms import (
        in_post_for_sums_paid_once,
        last_published_redundancy_cap,
        njc_leave,
        njc_paid_once,
        redundancy_week_cap,
    )
    from finmodel.reference.pensions import (
        PensionRate,
        last_published_pension,
        lgps_average_primary_rate,
        lgps_average_rate,
        pension_rates,
    )
    from finmodel.reference.plausible import Bound, plausible_bound
    from finmodel.reference.prices import cpi_change, gdp_deflator, gdp_deflator_change
    from finmodel.reference.questions import query
    from finmodel.reference.rates import Confidence, Rate, RateNotFoundError, weakest
    from finmodel.reference.validation import validate

__all__ = [
    "AgencyRate",
    "Bound",
    "CaseloadBenchmark",
    "Confidence",
    "Council",
    "CouncilPension",
    "DatasetInfo",
    "DiscountSchedule",
    "DiscountStep",
    "EmployerNationalInsurance",
    "GreaterManchesterUnitCost",
    "LookedAfterChildren",
    "OptimismBiasCorrection",
    "PayAward",
    "PensionRate",
    "PlacementUnitCost",
    "Publication",
    "Rate",
    "RateAnswer",
    "RateNotFoundError",
    "ReferenceDataError",
    "agency_rates",
    "apprenticeship_levy",
    "average_overrun",
    "caseload_benchmarks",
    "catalogue",
    "convention",
    "councils",
    "cpi_change",
    "discount_schedule",
    "discount_schedules",
    "employer_ni",
    "find_council",
    "first_published_ni",
    "first_published_pay",
    "flexible_receipts",
    "gdp_deflator",
    "gdp_deflator_change",
    "graded_corrections",
    "greater_manchester_unit_costs",
    "in_post_for_sums_paid_once",
    "last_agreed_pay",
    "last_flexible_year",
    "last_published_ni",
    "last_published_pay",
    "last_published_pension",
    "last_published_redundancy_cap",
    "lgps_average_primary_rate",
    "lgps_average_rate",
    "lgps_council_rate",
    "looked_after_children",
    "njc_leave",
    "njc_paid_once",
    "njc_points",
    "njc_salary",
    "njc_spine_in_force",
    "offered_award",
    "optimism_bias_corrections",
    "pay_awards",
    "pay_is_published",
    "pension_rates",
    "placement_unit_costs",
    "plausible_bound",
    "publications",
    "query",
    "redundancy_week_cap",
    "stale",
    "statistical_neighbours",
    "validate",
    "weakest",
]

_HOMES = {
    "answer": ("RateAnswer",),
    "listing": (
        "DatasetInfo",
        "catalogue",
    ),
    "conventions": ("convention",),
    "discounting": (
        "DiscountSchedule",
        "DiscountStep",
        "discount_schedule",
        "discount_schedules",
    ),
    "evidence": (
        "AgencyRate",
        "CaseloadBenchmark",
        "GreaterManchesterUnitCost",
        "LookedAfterChildren",
        "OptimismBiasCorrection",
        "PayAward",
        "PlacementUnitCost",
        "agency_rates",
        "caseload_benchmarks",
        "greater_manchester_unit_costs",
        "looked_after_children",
        "average_overrun",
        "graded_corrections",
        "optimism_bias_corrections",
        "pay_awards",
        "placement_unit_costs",
    ),
    "capital_receipts": ("flexible_receipts", "last_flexible_year"),
    "councils": (
        "Council",
        "councils",
        "find_council",
        "statistical_neighbours",
    ),
    "levy": ("apprenticeship_levy",),
    "loader": ("ReferenceDataError",),
    "national_insurance": (
        "EmployerNationalInsurance",
        "employer_ni",
        "first_published_ni",
        "last_published_ni",
    ),
    "njc": (
        "first_published_pay",
        "last_agreed_pay",
        "last_published_pay",
        "njc_points",
        "njc_salary",
        "njc_spine_in_force",
        "offered_award",
        "pay_is_published",
    ),
    "pay_terms": (
        "in_post_for_sums_paid_once",
        "last_published_redundancy_cap",
        "njc_leave",
        "njc_paid_once",
        "redundancy_week_cap",
    ),
    "pensions": (
        "CouncilPension",
        "PensionRate",
        "last_published_pension",
        "lgps_average_primary_rate",
        "lgps_average_rate",
        "lgps_council_rate",
        "pension_rates",
    ),
    "plausible": (
        "Bound",
        "plausible_bound",
    ),
    "prices": (
        "cpi_change",
        "gdp_deflator",
        "gdp_deflator_change",
    ),
    "publications": (
        "Publication",
        "publications",
        "stale",
        "statistical_neighbours",
    ),
    "questions": ("query",),
    "rates": (
        "Confidence",
        "Rate",
        "RateNotFoundError",
        "weakest",
    ),
    "validation": ("validate",),
}


def __getattr__(name: str) -> Any:
    """Import on first use, so that the command line starts quickly; from then on the name stands here as any other."""
    for home, names in _HOMES.items():
        if name in names:
            found = globals()[name] = getattr(import_module(f"finmodel.reference.{home}"), name)
            return found
    raise AttributeError(f"finmodel.reference has no {name!r}")
