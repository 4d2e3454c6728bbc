"""The data sets that set one council beside others: children, workforce, spend, unit costs, demand, evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finmodel.reference.columns import Column, choice, day, number, or_blank, text, whole, year
from finmodel.reference.dataset import Dataset
from finmodel.reference.table import DataRow

_CODES = (or_blank(text("ons_code")), or_blank(text("dfe_code")))
_PLACE = (*_CODES, text("area"), choice("level", "authority", "national", "region"))


def _numbers(names: str, high: float, low: float = 0) -> tuple[Column, ...]:
    """Columns of numbers, each of which may be blank: not published, not carried, or suppressed."""
    return tuple(or_blank(number(name, low, high)) for name in names.split())


_LISTS = (or_blank(text("suppressed")),)

# How a study is read, from its row's own words: whom it compares, strongest first; who is counted; what is counted.
DESIGNS = (
    "random in the UK",
    "comparison group",
    "several studies",
    "association",
    "before and after",
    "no comparison",
    "not an effect",
)
COUNTED_IN = ("families", "children")
OUTCOMES = ("day's count", "entries", "days", "other")
_CLOSE = 0.05  # percentage points: half of the last digit printed


def _rates_give_the_difference(rows: Sequence[DataRow]) -> Iterator[str]:
    """An effect in percentage points is the rate with the intervention less the base rate."""
    for row in rows:
        base, rate, effect = (
            row.optional(name) for name in ("base_rate_percent", "intervention_rate_percent", "effect_value")
        )
        if base is None or rate is None or effect is None or row["effect_unit"] != "percentage points":
            continue
        if abs(rate - base - effect) > _CLOSE:
            yield f"line {row.line}: {rate} less {base} is not {effect}"


COUNCIL_DATASETS: tuple[Dataset, ...] = (
    Dataset(
        "councils",
        "councils",
        "Councils",
        "The 153 upper-tier authorities of England with their codes, and seven that were abolished.",
        (
            or_blank(text("ons_code")),
            text("dfe_code"),
            text("name"),
            text("region"),
            or_blank(text("london")),
            text("type"),
            choice("status", "current", "abolished"),
            or_blank(day("from_date")),
            or_blank(day("to_date")),
            or_blank(text("earlier_ons_code")),
            or_blank(text("successor_dfe_codes")),
        ),
        ("dfe_code",),
        missing="Reorganisations due from 2027.",
    ),
    Dataset(
        "statistical_neighbours",
        "neighbours",
        "Statistical neighbours",
        "Ten councils most like each council, by the Department for Education's models of 2021 and 2025.",
        (
            choice("model", "April 2021", "May 2025"),
            text("dfe_code"),
            text("authority"),
            text("ons_code"),
            whole("rank", 1, 10),
            text("neighbour_dfe_code"),
            text("neighbour"),
            text("neighbour_ons_code"),
            text("closeness"),
        ),
        ("model", "dfe_code", "rank"),
    ),
    Dataset(
        "looked_after_children",
        "children",
        "Children looked after, every council",
        "Number, rate, starts and ceasings, and who they are and where they live, 31 March 2010 to 2025.",
        (
            *_PLACE,
            whole("year_ending_31_march", 2000, 2100),
            *_numbers("population_under_18 population_under_18_rebased", 20_000_000),
            *_numbers(
                "number_31_march rate_per_10000 started_in_year started_rate_per_10000 ceased_in_year "
                "ceased_rate_per_10000 place_foster place_adoption place_parents place_secure_childrens_homes "
                "place_independent_semi place_other_residential place_residential_school place_other age_under_1 "
                "age_1_4 age_5_9 age_10_15 age_16_plus provider_own provider_other_la provider_other_public "
                "provider_private provider_voluntary provider_parents provider_not_reported uasc "
                "placed_outside_boundary legal_full_care_order legal_interim_care_order legal_placement_order "
                "legal_section_20 started_under_1 started_1_4 started_5_9 started_10_15 started_16_plus "
                "started_taken_into_care ceased_under_1 ceased_1_4 ceased_5_9 ceased_10_15 ceased_16 ceased_17 "
                "ceased_18_plus ceased_adopted ceased_returned_home_planned ceased_returned_home_unplanned "
                "ceased_special_guardianship ceased_residence_or_cao ceased_independent_supported "
                "ceased_independent_unsupported ceased_18_stayed_with_carers ceased_other_reasons",
                200_000,
            ),
            *_LISTS,
        ),
        ("area", "year_ending_31_march"),
        missing="Breakdowns of 2020 by council; what was suppressed, which each row names.",
    ),
    Dataset(
        "looked_after_england_series",
        "children-england",
        "Children looked after, England since 1994",
        "Looked after at 31 March, starting, ceasing, adopted, unaccompanied.",
        (whole("year_ending_31_march", 1990, 2100), text("measure"), or_blank(number("number", 0, 200_000))),
        ("year_ending_31_march", "measure"),
    ),
    Dataset(
        "placement_durations_england",
        "durations",
        "Length of placements that ended, England",
        "Placements by type and length, mean and median days, years to 31 March 2020 to 2024.",
        (
            whole("year_ending_31_march", 2015, 2100),
            text("placement"),
            text("statistic"),
            *_numbers("value", 1_000_000),
            *_numbers("percent", 100),
        ),
        ("year_ending_31_march", "placement", "statistic"),
        missing="Lengths by council; lengths of stays in care, which are longer than placements.",
    ),
    Dataset(
        "social_work_workforce",
        "workforce",
        "Children's social workers, every council",
        "In post, starters, leavers, agency, vacancies, cases and absence at 30 September 2017 to 2025.",
        (
            *_PLACE,
            whole("year_ending_30_september", 2015, 2100),
            *_numbers(
                "inpost_fte inpost_headcount starters_fte starters_headcount leavers_fte leavers_headcount",
                100_000,
            ),
            *_numbers("turnover_rate_fte turnover_rate_headcount", 100),
            *_numbers("agency_fte agency_headcount", 100_000),
            *_numbers("agency_rate_fte agency_rate_headcount", 100),
            *_numbers("agency_cover_fte", 100_000),
            *_numbers("agency_cover_rate_fte", 100),
            *_numbers("vacancy_fte", 100_000),
            *_numbers("vacancy_rate_fte vacancy_agency_cover_rate_fte", 100),
            *_numbers("case_holders_fte cases", 1_000_000),
            *_numbers("caseload_fte", 100),
            *_numbers("working_days_lost_fte", 1_000_000),
            *_numbers("absence_rate_fte", 100),
            *_LISTS,
        ),
        ("area", "year_ending_30_september"),
        missing="Kensington and Chelsea and Westminster 2025 (posts); Birmingham 2024 (cases).",
    ),
    Dataset(
        "expenditure",
        "spend",
        "Spend on children's services, every council",
        "Gross and net spend by service, 2008/09 to 2024/25, from the section 251 and revenue outturns.",
        (
            *_CODES,
            text("area"),
            year("financial_year"),
            choice("basis", "section 251 outturn", "RO3 revenue outturn"),
            *_numbers(
                "total_gross sure_start_early_years_gross looked_after_gross residential_gross fostering_gross "
                "adoption_gross special_guardianship_gross family_and_friends_gross leaving_care_gross "
                "asylum_children_gross other_looked_after_gross safeguarding_gross social_work_gross "
                "commissioning_strategy_gross family_support_gross young_people_gross youth_justice_gross "
                "other_gross residential_private_gross fostering_private_gross total_net looked_after_net "
                "residential_net fostering_net safeguarding_net family_support_net",
                50_000_000_000,
                -1_000_000,
            ),
        ),
        ("area", "financial_year", "basis"),
        missing="Residential and fostering by council 2019/20 to 2023/24; some returns of 2023/24 and 2024/25.",
    ),
    Dataset(
        "unit_costs_by_authority",
        "unit-costs",
        "Unit costs of care, every council",
        "Pounds a child-week: all looked after, residential, foster, adoption, social work, 2009/10 to 2024/25.",
        (
            *_CODES,
            text("area"),
            year("financial_year"),
            *_numbers(
                "looked_after_week_gbp residential_week_gbp foster_week_gbp adoption_week_gbp "
                "social_work_per_child_in_need_week_gbp",
                100_000,
            ),
        ),
        ("area", "financial_year"),
        missing="An average for a child alone: the looked-after one holds guardianship, adoption and leaving care.",
    ),
    Dataset(
        "demand_indicators",
        "demand",
        "Demand on children's services, every council",
        "Referrals, assessments, enquiries, plans, children in need and care applications, years to 31 March.",
        (
            *_PLACE,
            whole("year_ending_31_march", 2000, 2100),
            *_numbers("population_under_18", 20_000_000),
            *_numbers("referrals", 1_000_000),
            *_numbers("referrals_rate", 5_000),
            *_numbers("rereferrals_percent referrals_nfa_percent referrals_not_in_need_percent", 100),
            *_numbers("assessments_completed", 1_000_000),
            *_numbers("assessments_rate", 5_000),
            *_numbers("assessments_within_45_days_percent", 100),
            *_numbers("section_47 section_47_rate icpc icpc_rate cpp_started cpp_started_rate", 1_000_000),
            *_numbers("cpp_second_or_later_percent", 100),
            *_numbers("cpp_31_march cpp_31_march_rate", 1_000_000),
            *_numbers("cpp_two_years_plus_31_march_percent", 100),
            *_numbers("cin_31_march cin_31_march_rate cin_started cin_at_any_point cin_plans_31_march", 1_000_000),
            *_numbers("care_applications_rate", 1_000),
            or_blank(text("derived")),
            *_LISTS,
        ),
        ("area", "year_ending_31_march"),
        missing="Assessment counts after 2022; some councils' first returns, 2010 to 2012.",
    ),
    Dataset(
        "placement_price_index",
        "prices",
        "What councils pay for placements",
        "Weekly and annual prices by type, area, year and statistic; sources define price differently.",
        (
            text("provision"),
            text("sector"),
            text("area"),
            text("year"),
            text("statistic"),
            number("weekly_gbp", 50, 100_000),
            number("annual_gbp", 2_000, 5_000_000),
            text("price_basis"),
        ),
        ("provision", "sector", "area", "year", "statistic"),
        missing="A series for one type of placement that covers England.",
    ),
    Dataset(
        "placement_price_growth",
        "price-growth",
        "Growth of placement prices",
        "Percent a year between two periods, in money and against the GDP deflator.",
        (
            text("provision"),
            text("sector"),
            text("area"),
            text("from_period"),
            text("to_period"),
            number("years", 0.5, 40),
            *_numbers("nominal_growth_percent_a_year", 50, -50),
            *_numbers("gdp_deflator_growth_percent_a_year", 50, -50),
            *_numbers("real_growth_percent_a_year", 50, -50),
        ),
        ("provision", "sector", "area", "from_period", "to_period"),
        missing="Price apart from the needs of the children placed: these are upper bounds.",
    ),
    Dataset(
        "process_costs",
        "processes",
        "Cost of a process or intervention",
        "Pounds by process, unit, price year and who pays.",
        (
            text("process"),
            text("description"),
            text("unit"),
            *_numbers("cost_gbp", 10_000_000),
            or_blank(text("price_year")),
            text("payer"),
            text("statistic"),
        ),
        ("process", "description", "unit", "price_year", "payer", "statistic"),
        missing="A section 47 enquiry, a conference, a review, pre-proceedings: no published figure was seen.",
    ),
    Dataset(
        "evidence",
        "evidence",
        "Evidence of effects",
        "What studies found of interventions, one outcome a row, null findings too, as they printed it.",
        (
            whole("id", 1, 10_000),
            text("intervention"),
            text("setting"),
            text("population"),
            text("design"),
            *_numbers("n", 10_000_000),
            text("outcome"),
            text("finding"),
            text("effect_as_printed"),
            *_numbers("effect_value", 1_000_000, -1_000_000),
            or_blank(text("effect_unit")),
            *_numbers("interval_low interval_high", 1_000_000, -1_000_000),
            *_numbers("base_rate_percent intervention_rate_percent", 100),
            or_blank(text("time_horizon")),
            or_blank(text("cost_per_family_as_printed")),
            or_blank(text("cost_benefit_as_printed")),
            or_blank(text("evidence_rating")),
            or_blank(text("rater")),
            whole("year", 1990, 2100),
        ),
        ("id",),
        (_rates_give_the_difference,),
        missing="Any trial of caseload reduction; the full reports of most studies.",
        later_columns=(
            choice("design_kind", *DESIGNS),
            or_blank(choice("counted_in", *COUNTED_IN)),
            choice("outcome_is", *OUTCOMES),
            *_numbers("families_in_study children_in_study", 10_000_000, 1),
            or_blank(whole("suggested_grade", 1, 6)),
        ),
    ),
    Dataset(
        "demand_backtest",
        "backtest",
        "Back-test of projections of children looked after",
        "How far ways of projecting were out one, two and three years ahead, over all councils and by their size.",
        (
            text("method"),
            whole("years_ahead", 1, 3),
            whole("children_from", 0, 100_000),
            or_blank(whole("children_below", 1, 100_000)),
            number("mean_error", 0, 1),
            number("median_error", 0, 1),
            whole("origins", 1, 100_000),
        ),
        ("method", "years_ahead", "children_from", "children_below"),
        missing="Errors more than three years ahead, and of parts of a year.",
    ),
)
