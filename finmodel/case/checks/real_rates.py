"""A real discount rate and cash that holds inflation do not go together.

Source: HM Treasury, The Green Book, on discounting: the rate is real, and real and nominal values are not mixed.
"""

from __future__ import annotations

from collections.abc import Iterator

from finmodel import reference
from finmodel.case.checks.defined_names import NO_INFLATION, Known
from finmodel.case.checks.questions import StatedCase, percentage
from finmodel.case.entries import graded_posts, raised_figures
from finmodel.case.pay_years import awards_of, pay_is_read
from finmodel.case.schema import Case, Grade
from finmodel.lines.periods import FinancialYear
from finmodel.parsing.declared_checks import references
from finmodel.parsing.faults import Fault
from finmodel.parsing.quantities import Quantity


def schedules(case: Case, _: Known) -> Iterator[Fault]:
    """The real rates of a published schedule are used on cash without inflation, or inflation is taken out first."""
    discounting = case.discounting
    if discounting.schedule not in reference.discount_schedules() or discounting.deflator != NO_INFLATION:
        return
    held = inflation_held(case)
    if held:
        what = f"The rates of `{discounting.schedule}` are real, and cash holds inflation: {held}"
        yield Fault(("discounting", "deflator"), what, _deflator(case))


def plain_rates(asked: StatedCase) -> Iterator[Fault]:
    """A plain rate that is one of the published real ones, with cash that holds inflation which nothing takes out."""
    case = asked.case
    rate, deflator = case.discounting.rate, case.discounting.deflator
    if rate is None or (deflator or NO_INFLATION) != NO_INFLATION:
        return
    real = {step.rate for schedule in reference.discount_schedules().values() for step in schedule.steps}
    found = next((value for value in rate.values if value in real), None)
    held = inflation_held(case) if found is not None else ""
    if found is not None and held:
        what = f"{percentage(found)} is a real rate of the Green Book, and cash holds inflation: {held}"
        yield Fault(("discounting", "rate"), what, f"{_deflator(case)} Or write a nominal rate.")


def inflation_held(case: Case) -> str:
    """What in the case's years rises with prices or pay, in words for a message; empty where nothing does."""
    later = case.horizon.years[1:]
    used = {found.name for found in references(case) if found.to == "placements"}
    for raised in raised_figures(case):
        index = case.inflation.get(raised.inflation)
        unused = raised.name in case.placements and raised.name not in used
        if index is None or raised.name == "discounting" or unused:
            continue
        if not isinstance(index, Quantity) or any(index.at(year.first_month) for year in later):
            return f"`{raised.name}` is raised by `{raised.inflation}`" if later else ""
    for name, _, post in graded_posts(case):
        grade = case.grades.get(name)
        if grade is not None and any(_pay_rises(case, grade, year) for year in later):
            return f"the pay of `{post.id}` rises with the pay awards"
    return ""


def _pay_rises(case: Case, grade: Grade, year: FinancialYear) -> bool:
    """Whether pay of a grade is higher in a year than in the one before, by an award that is read or assumed."""
    awards = awards_of(case)
    assumed = awards is not None and bool(awards.at(year.first_month))
    if grade.points is None:
        return assumed and grade.salary is not None and grade.salary.is_constant and grade.pay_awards_apply
    months = (year + -1).first_month, year.first_month
    if not all(pay_is_read(case, month) for month in months):
        return assumed
    try:
        spine = grade.spine or reference.njc_spine_in_force(case.horizon.months[0])
        before, now = (reference.njc_salary(month, grade.points[1], spine).value for month in months)
    except reference.RateNotFoundError:
        return False  # shown as a problem of the grade
    return now > before


def _deflator(case: Case) -> str:
    names = [name for name in case.inflation if name != NO_INFLATION]
    published = [name for name in names if not isinstance(case.inflation[name], Quantity)]
    if published:
        return f"Write `deflator: {published[0]}`, so that inflation is taken out first."
    return "Name in `deflator` an index of general prices, such as `{published: gdp-deflator}` under `inflation`."
