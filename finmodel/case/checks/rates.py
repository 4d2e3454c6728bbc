"""Published rates against the years that need them, and what the case assumes for the others."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel import reference
from finmodel.case.checks.defined_names import NO_INFLATION, Known
from finmodel.case.entries import graded_posts, raised_figures
from finmodel.case.pay_years import awards_of, last_spine_read, pay_is_read
from finmodel.case.pensions import AVERAGE, CERTIFICATE, published_pension
from finmodel.case.schema import Case, Grade, NamedCouncil, OnCosts, Post, PublishedRate
from finmodel.lines.periods import FinancialYear
from finmodel.parsing.faults import Fault
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity


def grades_on_the_spine(case: Case, _: Known) -> Iterator[Fault]:
    """Every point of a grade has a salary in every month for which pay is published."""
    for name, grade in case.grades.items():
        if grade.points is not None:
            yield from _on_the_spine(case, grade, ("grades", name))


def pay_awards_cover(case: Case, _: Known) -> Iterator[Fault]:
    """Every year whose pay is not known has an award: years after the last published spine, and for a stated salary
    that awards raise every year after the first.
    """
    awards = awards_of(case)
    if case.pay_awards.percent and case.pay_awards.pounds:
        return
    for name, _address, post in graded_posts(case):
        grade = case.grades.get(name)
        needed = _years_of_awards(case, grade) if grade is not None else []
        missing = [year for year in needed if awards is None or _at(awards, year) is None]
        if missing:
            yield _no_award(case, post, case.grades[name], missing[0])
            return


def _no_award(case: Case, post: Post, grade: Grade, year: FinancialYear) -> Fault:
    awards = awards_of(case)
    what = f"There is no pay award for {year}, which the post `{post.id}` needs"
    remedy = f"Add `pay_awards: {{percent: {{by_year: {{{year}: …%}}}}}}`"
    if grade.points is None:
        what += ": its salary is one figure, for the first year"
        remedy += ", give the salary by year, or write `pay_awards_apply: no`."
    else:
        what += f": pay is published to {_last_read(case)}"
        remedy += ", or shorten the case."
    name = "percent" if case.pay_awards.pounds is None else "pounds"
    address: Address = ("pay_awards", name) if awards is not None else ("pay_awards",)
    return Fault(address, what, remedy)


def _years_of_awards(case: Case, grade: Grade) -> list[FinancialYear]:
    """The years in which a grade's pay rests on the awards that the case assumes."""
    if grade.points is not None:
        first = _last_read(case) + 1
    elif grade.stated_pay is not None and grade.stated_pay.is_constant and grade.pay_awards_apply:
        first = case.first_year + 1
    else:
        return []
    return list(_years(first, case.horizon.last_year))


def _last_read(case: Case) -> FinancialYear:
    return last_spine_read(case).financial_year


def pensions_published(case: Case, _: Known) -> Iterator[Fault]:
    """The pension rate that is named is published for every year that uses it, and states its own primary rate."""
    for address, on_costs in dict(on_costs_in_use(case)).items():
        rate = on_costs.employer_pension
        if not isinstance(rate, PublishedRate) or on_costs.flat_rate is not None:
            continue
        if on_costs.employer_pension_primary is not None:
            what = "`employer_pension_primary` has no effect next to a published rate, which has its own"
            yield Fault((*address, "employer_pension_primary"), what, "Remove it, or state both rates.")
        if rate.published == CERTIFICATE and not isinstance(case.council, NamedCouncil):
            what = "The council whose certificate is meant is not named by its code"
            remedy = "Write `council: {name: …, authority: …}`; `finmodel rates councils` lists the codes."
            yield Fault((*address, "employer_pension"), what, remedy, "whole")
        elif rate.published in (CERTIFICATE, AVERAGE):
            yield from _pension_of_every_year(case, rate.published, (*address, "employer_pension"))


def _pension_of_every_year(case: Case, named: str, address: Address) -> Iterator[Fault]:
    for year in case.horizon.years:
        try:
            published_pension(case, named, year)
        except reference.RateNotFoundError:
            which = "The council's pension certificate" if named == CERTIFICATE else "The national average"
            of = "" if named == CERTIFICATE else " of employers' pension rates"
            what = f"{which}{of} is not published for {year}"
            remedy = f"Write the council's own rate, by year, like `{{by_year: {{{case.first_year}: …%}}}}`."
            yield Fault(address, what, remedy, "whole")
            return


def national_insurance_published(case: Case, _: Known) -> Iterator[Fault]:
    """National Insurance is published from the case's first month on, where something is priced with it."""
    first = case.horizon.months[0]
    try:
        reference.employer_ni(min(first, reference.last_published_ni()))
    except reference.RateNotFoundError:
        for address, on_costs in dict(on_costs_in_use(case)).items():
            if on_costs.national_insurance and on_costs.flat_rate is None:
                begins = reference.first_published_ni().words
                what = f"Employer's National Insurance is published from {begins}, and the case begins in {first.words}"
                remedy = "State the on-costs as a `flat_rate` of pay, or the posts' `annual_cost`."
                yield Fault(address, what, remedy, "whole")


def indices_cover(case: Case, _: Known) -> Iterator[Fault]:
    """An index has a value for every year between the earliest price base that it raises and the last year."""
    shown: set[str] = set()
    for name, base, user in sorted(raised_figures(case), key=lambda raised: raised.price_base):
        index = case.inflation.get(name)
        if index is None or name in shown or name == NO_INFLATION:
            continue
        for year in _years(min(base + 1, case.first_year), case.horizon.last_year):
            if not _has(index, year):
                shown.add(name)
                yield _no_change(name, index, year, base, user)
                break


def _on_the_spine(case: Case, grade: Grade, address: Address) -> Iterator[Fault]:
    assert grade.points is not None
    lowest, highest = grade.points
    first, begins = reference.first_published_pay(), case.horizon.months[0]
    if begins < first:
        what = f"Pay on the NJC spine is published from {first.words}, and the case begins in {begins.words}"
        yield Fault((*address, "points"), what, "State a `salary` instead of points, or begin the case later.")
        return
    months = [month for month in case.horizon.months if pay_is_read(case, month)] or [last_spine_read(case)]
    try:
        spine = grade.spine or reference.njc_spine_in_force(months[0])
    except reference.RateNotFoundError as error:
        yield Fault((*address, "points"), str(error), "State a `salary` instead of points.")
        return
    for month in months:
        there = reference.njc_points(month, spine)
        missing = [point for point in range(lowest, highest + 1) if point not in there]
        if missing:
            what = f"Point {missing[0]} is not on the {spine} NJC spine in {month.words}"
            remedy = f"Its points are {there[0]} to {there[-1]}." if there else "The new spine had not begun then."
            yield Fault((*address, "points"), what, f"{remedy} Change the points or the `spine`, or state a `salary`.")
            return


def on_costs_in_use(case: Case) -> Iterator[tuple[Address, OnCosts]]:
    """The on-costs that something is priced with."""
    for _, address, post in graded_posts(case):
        yield (("on_costs",), case.on_costs) if post.on_costs is None else ((*address, "on_costs"), post.on_costs)


def _has(index: Quantity | PublishedRate, year: FinancialYear) -> bool:
    if isinstance(index, Quantity):
        return _at(index, year) is not None
    if index.published in (CERTIFICATE, AVERAGE):
        return True  # shown as the wrong kind of rate
    try:
        _ = reference.cpi_change(year) if index.published == "cpi" else reference.gdp_deflator_change(year)
    except reference.RateNotFoundError:
        return False
    return True


def _no_change(
    name: str, index: Quantity | PublishedRate, year: FinancialYear, base: FinancialYear, user: str
) -> Fault:
    published = isinstance(index, PublishedRate)
    said = f"is not published for {year}" if published else f"has no value for {year}"
    what = f"The index `{name}` {said}; `{user}` is at the prices of {base} and needs it"
    remedy = f"Write the changes by year, from {year} or earlier, or one change for all years."
    return Fault(("inflation", name), what, remedy, "whole")


def _at(quantity: Quantity, year: FinancialYear) -> float | None:
    return quantity.at(year.first_month)


def _years(first: FinancialYear, last: FinancialYear) -> list[FinancialYear]:
    return [first + n for n in range(max(0, last - first + 1))]
