"""Every row of every data set as an answer: which reader serves which file, and the readers of the oldest ones."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import date

from finmodel.lines.periods import FinancialYear
from finmodel.reference import levy, national_insurance, njc
from finmodel.reference.answer import RateAnswer
from finmodel.reference.datasets import find_dataset
from finmodel.reference.loader import load
from finmodel.reference.named_periods import calendar_year, named_period, named_year
from finmodel.reference.sourced import SourceFields, provenance
from finmodel.reference.table import DataRow
from finmodel.reference.when import year_dates
from finmodel.reference.wide_answers import WIDE_READERS


def answers(dataset: str, area: str | None = None) -> tuple[RateAnswer, ...]:
    """Every answer, in the order of the file (pay: by spine, then point); `area`: part of an area's name."""
    name = find_dataset(dataset).name
    if name == "njc_pay_spine":
        return tuple(_salaries())
    rows = [row for row in load(name) if area is None or area.lower() in _area(row).lower()]
    return tuple(answer for row in rows for answer in _READERS[name](row))


def _area(row: DataRow) -> str:
    return row.cells.get("area") or row.cells.get("authority", "")


def periods(dataset: str) -> Iterator[RateAnswer]:
    """Answers enough to tell which years a data set speaks of: one of each row, where all of a row have one period."""
    name = find_dataset(dataset).name
    if name not in WIDE_READERS:
        yield from answers(name)
        return
    for row in load(name):
        yield from itertools.islice(WIDE_READERS[name](row), 1)


def _salaries() -> Iterator[RateAnswer]:
    for spine in njc.spines():
        for point, rate in sorted(spine.rates.items()):
            yield RateAnswer.of(rate, point)


def _award(row: DataRow) -> Iterator[RateAnswer]:
    first = row.day("effective_date")
    unit = {"gbp": "£ a year", "percent": "percent"}.get(row["unit"], "")
    kind = "" if row["kind"] in ("percent", "flat") else f", {row['kind']}"
    label = f"Pay award, {row['applies_to']}{kind}"
    yield RateAnswer(label=label, value=row.optional("value"), unit=unit, first=first, last=first, **provenance(row))


def _assimilation(row: DataRow) -> Iterator[RateAnswer]:
    old = int(row["old_scp"])
    yield RateAnswer(
        label=f"Old point {old} became new point",
        value=row.number("new_scp"),
        unit="",
        first=njc.ASSIMILATION,
        point=old,
        **provenance(row),
    )


def _deleted(row: DataRow) -> Iterator[RateAnswer]:
    label = f"Point {row['scp']}, {row['spine']} spine, deleted"
    first = row.day("deleted_from")
    yield RateAnswer(
        label=label, value=None, unit="", first=first, last=first, point=int(row["scp"]), **provenance(row)
    )


def _ni(row: DataRow) -> Iterator[RateAnswer]:
    ni = national_insurance.from_row(row)
    parts = (ni.rate, ni.secondary_threshold, ni.lower_earnings_limit, ni.upper_accrual_point, ni.rebate)
    yield from (RateAnswer.of(part) for part in parts if part is not None)


def _levy(row: DataRow) -> Iterator[RateAnswer]:
    yield RateAnswer.of(levy.from_row(row))


def _pension(row: DataRow) -> Iterator[RateAnswer]:
    for part in ("primary", "secondary", "total"):
        value = row.optional_fraction(f"{part}_rate_percent_of_pay")
        if value is not None:
            yield RateAnswer(
                label=f"{row['fund']}; {row['employer']}: {part} rate, valuation {row['valuation_31_march']}",
                value=value,
                unit="fraction",
                first=row.optional_day("from_date"),
                last=row.optional_day("to_date"),
                **_worked(row, part.capitalize()),
            )


def _price(column: str, unit: str, label: str) -> Callable[[DataRow], Iterator[RateAnswer]]:
    def read(row: DataRow) -> Iterator[RateAnswer]:
        calendar = row["period_kind"] == "calendar year"
        first, last = calendar_year(int(row["period"])) if calendar else year_dates(FinancialYear.parse(row["period"]))
        value = row.fraction(column) if unit == "fraction" else row.number(column)
        said = f"calendar year {row['period']}" if calendar else str(FinancialYear.parse(row["period"]))
        base = f", {row['base']}" if "base" in row.cells else ""
        of = f"{label}{base} ({row['outturn_or_forecast']})"
        yield RateAnswer(label=of, value=value, unit=unit, first=first, last=last, said=said, **provenance(row))

    return read


def _discount(row: DataRow) -> Iterator[RateAnswer]:
    years = f"years {row['from_year']} to {row['to_year']}" if row["to_year"] else f"year {row['from_year']} on"
    label = f"{row['scheme']}, {row['kind']}"
    yield RateAnswer(label=label, value=row.fraction("rate_percent"), unit="fraction", said=years, **provenance(row))


def _placement(row: DataRow) -> Iterator[RateAnswer]:
    first, last = named_year(row["year"])
    label = f"{row['provision']}, {row['sector']}, {row['area']}: {row['statistic']} ({row['price_base']})"
    for column, unit, word in (("weekly_gbp", "£ a week", "Weekly"), ("annual_gbp", "£ a year", "Annual")):
        yield RateAnswer(
            label=label,
            value=row.number(column),
            unit=unit,
            first=first,
            last=last,
            said=row["year"],
            area=row["area"],
            **_worked(row, word),
        )


def _worked(row: DataRow, word: str) -> SourceFields:
    """The provenance of one figure of a row that holds several, some of them worked from the others."""
    return {**provenance(row), "confidence": row.confidence_in(word)}


def _greater_manchester(row: DataRow) -> Iterator[RateAnswer]:
    year = FinancialYear.parse(row["price_base"])
    first, last = year_dates(year)
    yield RateAnswer(
        label=f"{row['code']} {row['description']}",
        value=row.number("cost_gbp"),
        unit=f"£ {row['unit']}",
        first=first,
        last=last,
        said=f"{year} prices",
        **provenance(row),
    )


def _optimism(row: DataRow) -> Iterator[RateAnswer]:
    grade = f", grade {row['confidence_grade']}" if row["confidence_grade"] else ""
    label = f"{row['scheme']}, {row['applies_to']}{grade}: {row['definition']}"
    yield RateAnswer(label=label, value=row.optional_fraction("correction_percent"), unit="fraction", **provenance(row))


def _receipts(row: DataRow) -> Iterator[RateAnswer]:
    yield RateAnswer(
        label=f"Capital receipts may pay for reform: {row['direction']}",
        value=1.0,
        unit="flag",
        first=row.day("from_date"),
        last=row.day("to_date"),
        **provenance(row),
    )


def _agency(row: DataRow) -> Iterator[RateAnswer]:
    first, last = named_period(row["from_date"])
    unit = row["unit"].replace("gbp", "£", 1)
    said = "" if last is None and first is not None else row["from_date"]
    yield RateAnswer(
        label=f"{row['area']}: {row['item']}",
        value=row.optional("value"),
        unit="times" if unit == "ratio" else unit,
        first=first,
        last=last,
        said=said,
        area=row["area"],
        **provenance(row),
    )


def _caseload(row: DataRow) -> Iterator[RateAnswer]:
    day = date(int(row["year_ending_30_september"]), 9, 30)
    yield RateAnswer(
        label=f"{row['area']}: {row['measure']}",
        value=row.number("value"),
        unit="" if row["unit"] == "count" else row["unit"].replace("fte", "FTE"),
        first=day,
        last=day,
        area=row["area"],
        **provenance(row),
    )


def _looked_after(row: DataRow) -> Iterator[RateAnswer]:
    day = date(int(row["at_31_march"]), 3, 31)
    parts = (("number_looked_after", "children"), ("rate_per_10000_under_18", "for each 10,000 under 18"))
    for column, unit in parts:
        value = row.optional(column)
        if value is not None:
            yield RateAnswer(
                label=f"{row['area']}: children looked after",
                value=value,
                unit=unit,
                first=day,
                last=day,
                area=row["area"],
                **provenance(row),
            )


def _convention(row: DataRow) -> Iterator[RateAnswer]:
    label = f"{row['name']}: {row['meaning']}"
    yield RateAnswer(label=label, value=row.number("value"), unit=row["unit"], **provenance(row))


def _publication(row: DataRow) -> Iterator[RateAnswer]:
    for what, column in (("as at", "as_at"), ("next expected", "next_expected")):
        on = row.optional_day(column)
        if on is not None:
            yield RateAnswer(f"{row['dataset']}: {what}", None, "", on, on, **provenance(row))


def _plausible(row: DataRow) -> Iterator[RateAnswer]:
    year = FinancialYear.parse(row["price_base"]) if row["price_base"] else None
    first, last = (None, None) if year is None else year_dates(year)
    yield RateAnswer(
        label=f"Plausible range of {row['quantity']}, {row['bound']}",
        value=row.number("value"),
        unit=row["unit"].replace("gbp", "£", 1),
        first=first,
        last=last,
        said="" if year is None else f"{year} prices",
        **provenance(row),
    )


def _backtest(row: DataRow) -> Iterator[RateAnswer]:
    low, high = row["children_from"], row["children_below"]
    whose = "all councils" if low == "0" and not high else f"councils of {low} children or more, below {high or 'any'}"
    label = f"Error {row['years_ahead']} ahead, {row['method']}, {whose}"
    yield RateAnswer(label=label, value=100 * row.number("mean_error"), unit="percent", **provenance(row))


def _assurance_risk(row: DataRow) -> Iterator[RateAnswer]:
    label = f"Risk of errors, {row['impact']} impact, {row['likelihood']}: {row['level']}; {row['response']}"
    yield RateAnswer(label=label, value=None, unit="", **provenance(row))


_READERS: dict[str, Callable[[DataRow], Iterator[RateAnswer]]] = {
    "njc_pay_awards": _award,
    "njc_assimilation_2019": _assimilation,
    "njc_deleted_points": _deleted,
    "employer_nic": _ni,
    "apprenticeship_levy": _levy,
    "lgps_employer_rates": _pension,
    "cpi": _price("annual_change_percent", "fraction", "Consumer prices, annual change"),
    "gdp_deflator": _price("index", "index", "GDP deflator"),
    "discount_rates": _discount,
    "lac_unit_costs": _placement,
    "gmca_unit_costs_children": _greater_manchester,
    "optimism_bias": _optimism,
    "agency_social_worker_rates": _agency,
    "caseload_benchmarks": _caseload,
    "lac_rates": _looked_after,
    "plausible_ranges": _plausible,
    "capital_receipts_flexibility": _receipts,
    "conventions": _convention,
    "publications": _publication,
    "assurance_risk": _assurance_risk,
    "demand_backtest": _backtest,
    **WIDE_READERS,
}
