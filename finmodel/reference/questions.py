"""Questions put to the data: which figures a data set holds for a year, a pay point, an area."""

from __future__ import annotations

from finmodel.lines.periods import FinancialYear
from finmodel.reference.answer import RateAnswer
from finmodel.reference.answers import answers, periods
from finmodel.reference.datasets import DATASETS, find_dataset
from finmodel.reference.listing import span
from finmodel.reference.njc import njc_salary, njc_spine_in_force
from finmodel.reference.rates import RateNotFoundError


def query(
    dataset: str | None = None, year: str | None = None, point: int | None = None, area: str | None = None
) -> list[RateAnswer]:
    """Every figure that answers; an empty list when none does.

    A figure belongs to a year when it serves at least one month of it, so a year with a change within it gives both
    figures with their dates. `area` is any part of an area's name. LookupError: no such data set; ValueError: no such
    year.
    """
    names = [each.name for each in DATASETS] if dataset is None else [find_dataset(dataset).name]
    wanted = None if year is None else FinancialYear.parse(year)
    return [
        answer
        for name in names
        for answer in answers(name, area)
        if (wanted is None or answer.holds_in(wanted))
        and (point is None or answer.point == point)
        and (area is None or area.lower() in answer.area.lower())
    ]


def why_nothing(dataset: str | None, year: str | None, point: int | None, area: str | None) -> str:
    """In plain words, why a question has no answer, and what there is instead."""
    asked = [f"the year {year}" if year else "", f"point {point}" if point is not None else ""]
    asked.append(f"the area {area!r}" if area else "")
    said = f"Nothing found for {', '.join(part for part in asked if part) or 'that'}."
    if dataset is None:
        return said
    found = find_dataset(dataset)
    if found.name == "njc_pay_spine" and year and point is not None:
        return _why_no_salary(FinancialYear.parse(year), point) or said
    areas = sorted({answer.area for answer in answers(dataset) if answer.area})
    if area and areas:
        said += f" {found.title} covers: {', '.join(areas)}."
    else:
        first, last = span(periods(dataset))
        said += f" {found.title}: {first} to {last}." if year and first else ""
        said += f" To see all that there is: finmodel rates {found.alias}."
    return f"{said} Not in the data: {found.missing}" if found.missing else said


def _why_no_salary(year: FinancialYear, point: int) -> str:
    try:
        njc_salary(year.first_month, point, njc_spine_in_force(year.first_month))
    except RateNotFoundError as error:
        return str(error)
    return ""
