"""Answers from scales, and from tables with a figure in each of many columns, read by what the columns are named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from finmodel.lines.periods import FinancialYear
from finmodel.reference.answer import RateAnswer
from finmodel.reference.columns import Column
from finmodel.reference.council_datasets import COUNCIL_DATASETS
from finmodel.reference.named_periods import Period, named_year
from finmodel.reference.sourced import provenance
from finmodel.reference.table import DataRow
from finmodel.reference.when import year_dates

Reader = Callable[[DataRow], Iterator[RateAnswer]]
When = Callable[[DataRow], Period]

# What a column counts, by the end of its name; the longest end that fits is taken.
_UNITS = {
    "_per_child_in_need_week_gbp": "£ a week",
    "_week_gbp": "£ a week",
    "_percent": "percent",
    "_per_10000": "for each 10,000 under 18",
    "_rate": "for each 10,000 under 18",
    "_rate_fte": "percent",
    "_rate_headcount": "percent",
    "_fte": "FTE",
    "_gross": "£",
    "_net": "£",
}
_WORDS = {
    "uasc": "unaccompanied asylum-seeking children",
    "icpc": "initial child protection conferences",
    "cpp": "child protection plans",
    "cin": "children in need",
    "nfa": "no further action",
    "inpost": "in post",
    "childrens": "children's",
    "cao": "child arrangements order",
    "place": "placed:",
    "provider": "provider:",
    "age": "aged",
    "legal": "legal status:",
}
_CASELOAD = {"caseload_fte": "cases for each FTE", "working_days_lost_fte": "days"}


def _at_31_march(row: DataRow) -> Period:
    """The year that ends on 31 March, for what is counted in a year or at its end."""
    return year_dates(FinancialYear(int(row["year_ending_31_march"]) - 1))


def _at_30_september(row: DataRow) -> Period:
    """The day of the workforce census."""
    day = date(int(row["year_ending_30_september"]), 9, 30)
    return day, day


def _in_financial_year(row: DataRow) -> Period:
    return year_dates(FinancialYear.parse(row["financial_year"]))


def _from_day(column: str) -> When:
    """From a day on; the next row of its kind says until when."""

    def when(row: DataRow) -> Period:
        return (row.optional_day(column), row.optional_day("to_date") if "to_date" in row.cells else None)

    return when


def _undated(_: DataRow) -> Period:
    return None, None


def _named(column: str) -> When:
    return lambda row: named_year(row[column])


def _each_column(dataset: str, when: When) -> Reader:
    """Every figure of a row as an answer: the area, and the column's name in words."""
    columns = _figures_of(dataset)
    words = {column: _in_words(column) for column in columns}
    units = {column: _unit(column) for column in columns}

    def read(row: DataRow) -> Iterator[RateAnswer]:
        first, last = when(row)
        given = [column for column in columns if row[column]]
        if not given:
            label = f"{row['area']}: nothing is published"
            yield RateAnswer(label, None, "", first, last, area=row["area"], **provenance(row))
        for column in given:
            label = f"{row['area']}: {words[column]}"
            value = row.optional(column)
            yield RateAnswer(label, value, units[column], first, last, area=row["area"], **provenance(row))

    return read


def _figures_of(dataset: str) -> tuple[str, ...]:
    """The columns of numbers that may be blank, which are the figures."""
    (found,) = (each for each in COUNCIL_DATASETS if each.name == dataset)
    return tuple(column.name for column in found.own_columns if _is_figure(column))


def _is_figure(column: Column) -> bool:
    return column.is_number and column.blank


def _one_figure(column: str, unit: str, label: str, when: When) -> Reader:
    """One figure a row; `label` and `unit` are filled from its cells."""

    def read(row: DataRow) -> Iterator[RateAnswer]:
        first, last = when(row)
        cells = dict(row.cells)
        of = " ".join(label.format(**cells).split()).strip(" ,:")
        said = unit.format(**cells).replace("gbp", "£").replace("GBP", "£")
        yield RateAnswer(of, row.optional(column), said, first, last, area=cells.get("area", ""), **provenance(row))

    return read


def _neighbour(row: DataRow) -> Iterator[RateAnswer]:
    label = (
        f"{row['authority']}, neighbour {row['rank']} ({row['model']}): {row['neighbour']}, {row['closeness'].lower()}"
    )
    yield RateAnswer(label, None, "", area=row["authority"], **provenance(row))


def _council(row: DataRow) -> Iterator[RateAnswer]:
    codes = f"ONS {row['ons_code'] or 'none'}, DfE {row['dfe_code']}"
    label = f"{row['name']}: {row['type']}, {row['region']}, {row['status']} ({codes})"
    yield RateAnswer(label, None, "", row.optional_day("from_date"), row.optional_day("to_date"), **provenance(row))


def _in_words(column: str) -> str:
    """`cpp_31_march_rate` → `child protection plans at 31 March, rate`."""
    stem, end = column, ""
    if column not in _CASELOAD:
        end = max((end for end in _UNITS if column.endswith(end)), key=len, default="")
        stem = column.removesuffix(end)
    words = " ".join(_WORDS.get(word, word) for word in stem.removesuffix("_rate").split("_"))
    words = words.replace("31 march", "at 31 March")
    is_rate = end.startswith("_rate") or end == "_per_10000"
    return f"{words}, rate" if is_rate and not words.endswith("rate") else words


def _unit(column: str) -> str:
    if column in _CASELOAD:
        return _CASELOAD[column]
    found = [end for end in _UNITS if column.endswith(end)]
    return _UNITS[max(found, key=len)] if found else ""


_SALARY = "annual_salary_gbp"
WIDE_READERS: dict[str, Reader] = {
    "glpc_pay_spine": _one_figure(_SALARY, "£ a year", "{area}, point {scp} ({status})", _from_day("year_from")),
    "soulbury": _one_figure(_SALARY, "£ a year", "{scale}, point {point} ({status})", _from_day("date_from")),
    "jnc_youth": _one_figure(_SALARY, "£ a year", "{range}, point {point} ({status})", _from_day("date_from")),
    "nhs_afc": _one_figure(_SALARY, "£ a year", "Band {band}, {step} ({status})", _from_day("date_from")),
    "teachers_pay": _one_figure(
        _SALARY, "£ a year", "{pay_range}, point {point}, {area} ({status})", _from_day("date_from")
    ),
    "allowances": _one_figure("value", "{unit}", "{scheme}: {item} ({status})", _from_day("from_date")),
    "public_service_pension_rates": _one_figure(
        "paid_by_employer_percent", "percent", "{scheme}, paid by the employer ({status})", _from_day("from_date")
    ),
    "njc_leave": _one_figure("leave_days", "days a year", "Annual leave, apart from holidays", _from_day("from_date")),
    "njc_non_consolidated": _one_figure(
        "amount_gbp", "£", "Paid once, points {points_from} to {points_to}", _from_day("paid_on")
    ),
    "redundancy_week_pay_cap": _one_figure(
        "weeks_pay_cap_gbp", "£ a week", "Cap on a week's pay in statutory redundancy", _from_day("from_date")
    ),
    "oncost_rates": _one_figure("value", "{unit}", "{organisation}: {item}", _named("year")),
    "councils": _council,
    "statistical_neighbours": _neighbour,
    "looked_after_children": _each_column("looked_after_children", _at_31_march),
    "looked_after_england_series": _one_figure("number", "", "England: {measure}", _at_31_march),
    "placement_durations_england": _one_figure("value", "", "{placement}: {statistic}", _at_31_march),
    "social_work_workforce": _each_column("social_work_workforce", _at_30_september),
    "expenditure": _each_column("expenditure", _in_financial_year),
    "unit_costs_by_authority": _each_column("unit_costs_by_authority", _in_financial_year),
    "demand_indicators": _each_column("demand_indicators", _at_31_march),
    "placement_price_index": _one_figure(
        "weekly_gbp", "£ a week", "{provision}, {sector}, {area}: {statistic} ({price_basis})", _named("year")
    ),
    "placement_price_growth": _one_figure(
        "real_growth_percent_a_year",
        "percent a year",
        "{provision}, {sector}, {area}: real growth, {from_period} to {to_period}",
        _undated,
    ),
    "process_costs": _one_figure(
        "cost_gbp", "£ {unit}", "{process}: {description} ({payer}; {statistic})", _named("price_year")
    ),
    "evidence": _one_figure(
        "effect_value",
        "{effect_unit}",
        "{intervention}, {setting}: {outcome}: {finding}; {effect_as_printed}",
        _undated,
    ),
}
