"""The data sets that ship with finmodel: a table of contents, in which each declares its own rules."""

from __future__ import annotations

from finmodel.lines.nearest import nearest
from finmodel.reference import consistency, series
from finmodel.reference.columns import STATUS, choice, day, number, or_blank, text, whole, year
from finmodel.reference.council_datasets import COUNCIL_DATASETS
from finmodel.reference.dataset import Dataset
from finmodel.reference.pay_datasets import PAY_DATASETS

_PERIOD_KINDS = choice("period_kind", "financial year", "calendar year")
_POINT = whole("scp", 1, 49)
_SPINE = choice("spine", "old", "new")
_AREA = (text("area"), text("area_code"))
OPEN_ENDED_EXCEPTIONS = frozenset({"GMCA / New Economy CBA model"})  # only its first 30 years were recalled

_RATES: tuple[Dataset, ...] = (
    Dataset(
        "njc_pay_spine",
        "njc",
        "NJC pay spine",
        "Annual full-time salary by spinal column point, outside London: the old spine to March 2019, then the new.",
        (day("year_from"), _SPINE, _POINT, number("annual_salary_gbp", 10_000, 80_000)),
        ("year_from", "spine", "scp"),
        (series.spine,),
        "London and fringe rates; points above 49 (old) and 43 (new); 2008/09; old point 4, April to September 2013.",
        (STATUS, number("hourly_rate_gbp", 5, 50)),
    ),
    Dataset(
        "njc_pay_awards",
        "awards",
        "NJC pay awards",
        "The award by the day it took effect and the points it covered.",
        (
            day("effective_date"),
            text("applies_to"),
            choice("kind", "percent", "flat", "freeze", "restructure", "non-consolidated"),
            or_blank(number("value", 0, 5_000)),
            or_blank(choice("unit", "percent", "gbp")),
        ),
        ("effective_date", "applies_to", "kind"),
        missing="An agreement for 2026: the offer was rejected and none was found.",
        later_columns=(STATUS,),
    ),
    Dataset(
        "njc_assimilation_2019",
        "assimilation",
        "NJC assimilation of 1 April 2019",
        "The point of the new spine that each point of the old one became.",
        (whole("old_scp", 6, 49), whole("new_scp", 1, 43)),
        ("old_scp",),
    ),
    Dataset(
        "njc_deleted_points",
        "deleted",
        "NJC points deleted",
        "Points taken off the foot of the spine, and the day.",
        (_SPINE, _POINT, day("deleted_from")),
        ("spine", "scp"),
    ),
    Dataset(
        "employer_nic",
        "ni",
        "Employer's National Insurance",
        "Class 1 secondary contributions: rate, thresholds and, to 5 April 2016, the contracted-out rebate.",
        (
            year("tax_year"),
            day("from_date"),
            or_blank(day("to_date")),
            number("employer_rate_percent", 5, 30),
            number("secondary_threshold_weekly_gbp", 50, 400),
            number("secondary_threshold_annual_gbp", 3_000, 20_000),
            number("lel_weekly_gbp", 50, 400),
            or_blank(number("uap_weekly_gbp", 500, 1_500)),
            or_blank(number("contracted_out_salary_related_rebate_percent", 0, 10)),
        ),
        ("tax_year", "from_date"),
        (series.dated(), consistency.ni_thresholds),
        "Employment Allowance: assume none for a council.",
        (STATUS,),
    ),
    Dataset(
        "apprenticeship_levy",
        "levy",
        "Apprenticeship levy",
        "The share of the pay bill that a large employer pays, from April 2017.",
        (
            day("from_date"),
            or_blank(day("to_date")),
            number("rate_percent", 0, 5),
            number("annual_allowance_gbp", 0, 100_000),
            number("pay_bill_at_which_levy_starts_gbp", 0, 20_000_000),
        ),
        ("from_date",),
        (series.dated(),),
    ),
    Dataset(
        "lgps_employer_rates",
        "pensions",
        "Local Government Pension Scheme, employers' rates",
        "Percent of pensionable pay: averages of the 2016 to 2022 valuations, councils' own of 2022 and 2025.",
        (
            text("fund"),
            text("employer"),
            whole("valuation_31_march", 2004, 2040),
            or_blank(day("from_date")),
            or_blank(day("to_date")),
            or_blank(number("primary_rate_percent_of_pay", 0, 60)),
            or_blank(number("secondary_rate_percent_of_pay", -30, 60)),
            or_blank(number("total_rate_percent_of_pay", 0, 60)),
        ),
        ("fund", "employer", "valuation_31_march", "from_date"),
        (series.dated("fund", "employer"), consistency.pension_total),
        "National averages before 2017/18 and after 2025/26; years after the first of each certificate; 14 councils.",
        (
            or_blank(number("secondary_cash_gbp_per_year", -1_000_000_000, 1_000_000_000)),
            or_blank(text("seen_how")),
            or_blank(text("total_rate_year")),
        ),
    ),
    Dataset(
        "cpi",
        "cpi",
        "Consumer prices index",
        "Annual change: financial years 2008/09 to 2030/31 and calendar years 2022 to 2035, the last ones forecasts.",
        (
            year("period"),
            _PERIOD_KINDS,
            number("annual_change_percent", -5, 30),
            choice("outturn_or_forecast", "outturn", "outturn in part", "forecast", "long-run assumption"),
        ),
        ("period", "period_kind"),
        (series.yearly("period", "period_kind"),),
        "The financial-year table of the Office for Budget Responsibility.",
        (or_blank(number("index_2015_100", 50, 300)),),
    ),
    Dataset(
        "gdp_deflator",
        "deflator",
        "GDP deflator",
        "Prices in the whole economy: financial years (2024/25 = 100) with forecasts; calendar years (2024 = 100).",
        (
            year("period"),
            _PERIOD_KINDS,
            number("index", 1, 300),
            choice("base", "2024 = 100", "2024-25 = 100"),
            choice("outturn_or_forecast", "outturn", "forecast"),
            text("edition"),
        ),
        ("period", "period_kind"),
        (series.yearly("period", "period_kind"), consistency.deflator_changes),
        "Editions after March 2026: 2025/26 is still a forecast here.",
        (or_blank(number("annual_change_percent", -10, 40)),),
    ),
    Dataset(
        "discount_rates",
        "discount",
        "Discount rates",
        "Real discount rates of the Green Book by edition, kind and year from the first.",
        (
            text("scheme"),
            text("kind"),
            whole("from_year", 0, 1_000),
            or_blank(whole("to_year", 0, 1_000)),
            number("rate_percent", 0, 10),
            choice("real_or_nominal", "real", "nominal"),
        ),
        ("scheme", "kind", "from_year"),
        (series.steps("scheme", "kind", closed=OPEN_ENDED_EXCEPTIONS),),
        "Any decision on the independent review of 30 June 2026: check before relying on 3.5% in a new appraisal.",
    ),
    Dataset(
        "lac_unit_costs",
        "placements",
        "Placement unit costs",
        "What a placement costs a week and a year, by provision and year, 1992/93 to 2024/25 with gaps.",
        (
            text("provision"),
            text("sector"),
            text("area"),
            text("year"),
            text("price_base"),
            text("statistic"),
            number("weekly_gbp", 50, 100_000),
            number("annual_gbp", 2_000, 5_000_000),
        ),
        ("provision", "sector", "area", "year", "statistic"),
        (consistency.weekly_and_annual,),
        "Section 251 unit costs by placement type; PSSRU children's-home tables; in-house costs of the CMA report.",
    ),
    Dataset(
        "gmca_unit_costs_children",
        "gmca",
        "Greater Manchester unit costs, children",
        "Fiscal cost to the council of care, fostering, case management and assessment, each at its own price base.",
        (
            text("code"),
            text("description"),
            choice("unit", "per year", "per week", "per month", "per incident"),
            number("cost_gbp", 1, 1_000_000),
            year("price_base"),
            text("agency"),
        ),
        ("code",),
        missing="Versions after 1.4; other agencies' costs.",
    ),
    Dataset(
        "optimism_bias",
        "optimism",
        "Optimism bias corrections",
        "Percentages by how good the evidence is, for benefits and costs, and averages of past overruns.",
        (
            text("scheme"),
            text("applies_to"),
            or_blank(whole("confidence_grade", 1, 6)),
            or_blank(number("correction_percent", -100, 200)),
            or_blank(text("definition")),
            or_blank(text("age_of_data")),
            or_blank(text("known_data_error")),
        ),
        ("scheme", "applies_to", "confidence_grade"),
        missing="A seen copy of the six-grade table of 2014: all 12 rows are recalled.",
    ),
    Dataset(
        "agency_social_worker_rates",
        "agency",
        "Agency social workers",
        "Day rates of one council, total spends, and the national rules and their dates.",
        (text("area"), text("from_date"), text("item"), or_blank(number("value", 0, 1e9)), text("unit")),
        ("area", "from_date", "item"),
        missing="The regional caps in pounds; a measured average premium over a permanent post.",
    ),
    Dataset(
        "caseload_benchmarks",
        "caseloads",
        "Caseloads and workforce",
        "Children's social workers at 30 September, England and 5 councils: caseload, agency, turnover, vacancy.",
        (
            *_AREA,
            year("year_ending_30_september"),
            text("measure"),
            number("value", 0, 1_000_000),
            choice("unit", "percent", "fte", "cases", "count"),
        ),
        ("area", "year_ending_30_september", "measure", "source"),
        (series.yearly("year_ending_30_september", "area", "measure"),),
        "Other councils.",
    ),
    Dataset(
        "lac_rates",
        "looked-after",
        "Children looked after",
        "Number at 31 March and rate for each 10,000 under 18, England and 5 councils.",
        (
            *_AREA,
            year("at_31_march"),
            or_blank(number("number_looked_after", 1, 200_000)),
            or_blank(number("rate_per_10000_under_18", 1, 500)),
            or_blank(number("population_under_18", 1_000, 20_000_000)),
        ),
        ("area", "at_31_march", "source"),
        (series.yearly("at_31_march", "area"), consistency.care_rate),
        "The councils before 2019; England before 2019 is partly recalled; first and revised figures both appear.",
    ),
    Dataset(
        "plausible_ranges",
        "plausible",
        "Plausible ranges",
        "Between what figures the world has seen the things that a case states; outside, finmodel asks.",
        (
            text("quantity"),
            choice("bound", "lowest", "highest"),
            number("value", 0, 1_000_000),
            text("unit"),
            or_blank(year("price_base")),
            or_blank(text("shown_as")),
        ),
        ("quantity", "bound"),
        (consistency.lowest_below_highest,),
        "A seen source for every judgement: those are marked unverified.",
    ),
    Dataset(
        "capital_receipts_flexibility",
        "receipts",
        "Flexible use of capital receipts",
        "The years in which a direction lets capital receipts pay for the revenue cost of reform.",
        (day("from_date"), day("to_date"), text("direction")),
        ("from_date",),
        (series.dated(),),
        "Which costs qualify: the direction and its guidance say so in words.",
    ),
    Dataset(
        "conventions",
        "conventions",
        "Conventions",
        "Numbers that no council chooses: months and weeks in a year, and how closely figures must agree.",
        (text("name"), number("value", 0, 1_000), text("unit"), text("meaning")),
        ("name",),
    ),
    Dataset(
        "assurance_risk",
        "assurance",
        "Risk of errors in an analysis",
        "The level of risk by impact and likelihood of errors, and what should be done about it.",
        (
            choice("impact", "minor", "moderate", "major", "severe", "critical"),
            choice("likelihood", "highly unlikely", "unlikely", "realistic possibility", "likely", "highly likely"),
            choice("level", "very low", "low", "medium", "high"),
            text("response"),
        ),
        ("impact", "likelihood"),
        missing="The edition of June 2025 itself: the table is that of its published draft.",
    ),
    Dataset(
        "publications",
        "publications",
        "Dates of publication",
        "As at which day each data set was gathered, and when its publisher is next expected to renew it.",
        (text("dataset"), day("as_at"), or_blank(day("next_expected")), text("publisher")),
        ("dataset",),
    ),
)

DATASETS: tuple[Dataset, ...] = (*_RATES, *PAY_DATASETS, *COUNCIL_DATASETS)
_BY_NAME = {name: dataset for dataset in DATASETS for name in (dataset.name, dataset.alias)}


class UnknownDatasetError(LookupError):
    """No data set has that name; the message lists them and suggests the nearest."""


def find_dataset(name: str) -> Dataset:
    """The data set of a short name (`njc`) or a file name (`njc_pay_spine`)."""
    found = _BY_NAME.get(name.strip().lower().removesuffix(".csv"))
    if found is not None:
        return found
    near = nearest(name, _BY_NAME)
    hint = f" Did you mean {_BY_NAME[near].alias}?" if near is not None else ""
    names = ", ".join(dataset.alias for dataset in DATASETS)
    raise UnknownDatasetError(f"There is no data set called {name!r}.{hint} There are: {names}.")
