"""What is no mistake but worth a look: names that nothing uses, rates taken to go on, figures never seen."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel import reference
from finmodel.case.checks.assurance import roles_apart
from finmodel.case.checks.councils import another_council
from finmodel.case.checks.evidence import worth_a_look
from finmodel.case.checks.plausibility import plausibility
from finmodel.case.checks.posts import years_in_post
from finmodel.case.checks.rates import on_costs_in_use
from finmodel.case.checks.vintage import old_prices, vintage
from finmodel.case.entries import options_of, posts_of, savings_of
from finmodel.case.fte import is_constant
from finmodel.case.pay_years import awards_of
from finmodel.case.pensions import AVERAGE, published_pension
from finmodel.case.schema import Case, PublishedRate
from finmodel.case.schema_savings import InHouseHome
from finmodel.lines.display import percent
from finmodel.parsing.declared_checks import references
from finmodel.parsing.faults import Fault
from finmodel.parsing.nearest import all_of


def warnings(case: Case) -> Iterator[Fault]:
    """Everything worth a look in a case without problems."""
    yield from _unused(case)
    yield from another_council(case)
    yield from _national_insurance(case)
    yield from _awards_of_agreed_years(case)
    yield from _redundancy(case)
    yield from _pension_years(case)
    yield from _homes(case)
    yield from worth_a_look(case)
    yield from roles_apart(case)
    yield from vintage(case)
    yield from old_prices(case)
    yield from plausibility(case)


def _unused(case: Case) -> Iterator[Fault]:
    used = {(found.to, found.name) for found in references(case)}
    for table in ("grades", "placements", "inflation", "sources"):
        for name in getattr(case, table):
            if (table, name) not in used:
                remedy = "Remove it, or use it; it has no effect as it is."
                yield Fault((table, name), f"Nothing uses `{name}` of `{table}`", remedy, "whole")


def _homes(case: Case) -> Iterator[Fault]:
    """A home's fixed cost may be in the placement's unit cost already, and then it is counted twice."""
    for address, _, saving in savings_of(case):
        placement = case.placements.get(saving.placement or "") if isinstance(saving, InHouseHome) else None
        if placement is not None and any(placement.unit_cost.values):
            what = "The benefit saves this placement's unit cost at once, and the home's fixed cost is saved as well"
            remedy = "See that the unit cost holds only what stops with a child; the fixed cost would be counted twice."
            yield Fault((*address, "placement"), what, remedy)


def _awards_of_agreed_years(case: Case) -> Iterator[Fault]:
    """Awards that the case names for years whose pay is agreed: the agreed pay is used, and no salary needs them."""
    awards, on_the_spine = awards_of(case), [grade for grade in case.grades.values() if grade.points is not None]
    raised = any(grade.stated_pay is not None and grade.pay_awards_apply for grade in case.grades.values())
    if awards is None or awards.ends is not None or raised or not on_the_spine:
        return
    years = [month.financial_year for month, _ in awards.steps if month is not None]
    agreed = [year for year in years if case.first_year <= year <= reference.last_agreed_pay().financial_year]
    if agreed:
        name = "percent" if case.pay_awards.percent is not None else "pounds"
        what = f"The award for {agreed[0]} has no effect: the pay agreed for that year is used"
        remedy = f"Remove {agreed[0]}, or give the grades a `salary` if the council pays something else."
        yield Fault(("pay_awards", name), what, remedy, "whole")


def _pension_years(case: Case) -> Iterator[Fault]:
    """A certificate's years that were not read, and a certificate that goes before the average that the case names."""
    for address, on_costs in dict(on_costs_in_use(case)).items():
        rate = on_costs.employer_pension
        if not isinstance(rate, PublishedRate) or on_costs.flat_rate is not None:
            continue
        found = {year: published_pension(case, rate.published, year).certificate for year in case.horizon.years}
        own = {year: certificate for year, certificate in found.items() if certificate is not None}
        at = (*address, "employer_pension")
        unread = [year for year, certificate in own.items() if not certificate.is_read(year)]
        if own and rate.published == AVERAGE:
            first, certificate = next(iter(own.items()))
            charged = percent(certificate.charged.value)
            what = f"The council's own certificate goes before the national average: {charged} of pay in {first}"
            yield Fault(at, what, "Write `published: certificate`, or a rate of your own.", "whole")
        if unread:
            years = all_of(str(year) for year in unread)
            what = f"Of the pension certificate only the first year was read; its rate is taken for {years} too"
            yield Fault(at, what, "Look the secondary rate of those years up, and state the rate by year.", "whole")


def _redundancy(case: Case) -> Iterator[Fault]:
    """Who has no statutory redundancy pay for want of service; a cap that is not published for a post's last day."""
    needed, last = reference.convention("redundancy_qualifying_years").value, reference.last_published_redundancy_cap()
    for at, post in posts_of(case):
        redundancy = None if post.ending is None else post.ending.redundancy
        if redundancy is None or post.end is None:
            continue
        where = (*at, "ending", "redundancy")
        years = redundancy.service_before + years_in_post(case, post)
        some = post.recruited_per_month is not None or not is_constant(post)
        if years < needed or (some and redundancy.service_before < needed):
            who = "Those who start later have" if years >= needed else "Who holds the post has"
            what = f"{who} less than {needed:g} years' service in {post.end.words}, and so no statutory redundancy pay"
            remedy = "Nothing need be done; write `service_before` if they had served a council before."
            yield Fault(where, what, remedy, "whole")
        if redundancy.capped and post.end > last:
            what = f"The cap on a week's pay is published to {last.words}; that one is taken to go on"
            yield Fault((*at, "end"), what, "Nothing need be done; say so beside the figures.")


def _national_insurance(case: Case) -> Iterator[Fault]:
    posts = [post for _, option in options_of(case) for post in option.posts if post.grade is not None]
    on_costs = [post.on_costs or case.on_costs for post in posts]
    bears = any(part.national_insurance and part.flat_rate is None for part in on_costs)
    last = reference.last_published_ni()
    if bears and case.horizon.months[-1] > last:
        what = (
            f"Employer's National Insurance is published to {last.words}; the last rates are taken to go on after that"
        )
        yield Fault(("years",), what, "Nothing need be done; say so beside the figures.")
