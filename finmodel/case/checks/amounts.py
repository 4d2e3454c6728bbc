"""Figures that must agree with each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from finmodel.case.checks.claims import bias_of, claims_of, is_ours
from finmodel.case.checks.defined_names import Known, options_of
from finmodel.case.schema import Benefit, Case, Grade, Post
from finmodel.case.schema_savings import Claim
from finmodel.lines.periods import Month
from finmodel.parsing.findings import Finding
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity

CLOSE = 1e-9


def people(case: Case, _: Known) -> Iterator[Finding]:
    """Some FTE; whole people, one at least, each at most one FTE."""
    for option_at, option in options_of(case):
        for place, post in enumerate(option.posts):
            address = (*option_at, "posts", place)
            if not any(post.fte.values):
                yield Finding((*address, "fte"), "The post has no FTE", "Write a number above 0, or remove the post.")
            yield from _people(case, post, address)


def points(case: Case, _: Known) -> Iterator[Finding]:
    """A spinal point is one of the grade's; increments need points to climb."""
    for option_at, option in options_of(case):
        for place, post in enumerate(option.posts):
            grade = case.grades.get(post.grade) if post.grade is not None else None
            if grade is not None:
                yield from _points(post, grade, case.point, (*option_at, "posts", place))


def placement_shares(case: Case, _: Known) -> Iterator[Finding]:
    """The mix of placements is the whole of them, at all times."""
    for option_at, option in options_of(case):
        for place, benefit in enumerate(option.benefits):
            for month in case.horizon.months:
                total = _total(benefit.placements.values(), month)
                if abs(total - 1) > CLOSE:
                    what = f"The shares of placements come to {_percent(total)} in {month.words}"
                    address = (*option_at, "benefits", place, "placements")
                    yield Finding(address, what, "Make them come to 100%.", "whole")
                    break


def deductions(case: Case, _: Known) -> Iterator[Finding]:
    """Deadweight and optimism bias leave something, also when both are taken off the gross."""
    for address, claim in claims_of(case):
        for month in case.horizon.months:
            total = (claim.deadweight.at(month) or 0.0) + bias_of(claim, month)
            if total > 1 + CLOSE:
                name = "evidence_grade" if claim.optimism_bias is None else "optimism_bias"
                yield _too_much_off(claim, total, month, (*address, name))
                break


def stays(case: Case, _: Known) -> Iterator[Finding]:
    """A stay lasts a month at least; a fixed one, whole months."""
    for option_at, option in options_of(case):
        for place, benefit in enumerate(option.benefits):
            if benefit.stay is None:
                continue
            address = (*option_at, "benefits", place, "stay")
            months, average = benefit.stay.months, benefit.stay.average_months
            if months is not None and any(value < 1 or value != int(value) for value in months.values):
                what = "A fixed stay is a whole number of months, 1 at least"
                yield Finding((*address, "months"), what, "Write a whole number, or use `average_months`.")
            if average is not None and any(value < 1 for value in average.values):
                what = "An average stay is 1 month at least"
                yield Finding((*address, "average_months"), what, "Write 1 or more; 18 means a year and a half.")


def children_in_care(case: Case, _: Known) -> Iterator[Finding]:
    """No option avoids more children than are in care."""
    if case.children_in_care is None:
        return
    for option_at, option in options_of(case):
        fewer = [_children_fewer(item, case.horizon.months) for item in option.benefits if is_ours(case, item)]
        for place, month in enumerate(case.horizon.months):
            in_care = case.children_in_care.at(month)
            avoided = math.fsum(series[place] for series in fewer)
            if in_care is not None and avoided > in_care + CLOSE:
                yield _too_many_children(option.benefits, option_at, avoided, in_care, month)
                break


def _people(case: Case, post: Post, address: Address) -> Iterator[Finding]:
    if post.people is None:
        return
    at = (*address, "people")
    if any(value < 1 or value != int(value) for value in post.people.values):
        yield Finding(at, "People are counted whole, 1 at least", "Write how many people share the post's FTE, like 3.")
        return
    for month in case.horizon.months:
        fte, people = post.fte.at(month), post.people.at(month)
        if fte is not None and people is not None and fte > people + CLOSE:
            what = f"{fte:g} FTE for {_counted(people, 'person', 'people')} in {month.words}: more than 1 FTE each"
            yield Finding(at, what, f"Write {math.ceil(fte - CLOSE)} people or more, or leave `people` out.")
            return


def _points(post: Post, grade: Grade, policy: str, address: Address) -> Iterator[Finding]:
    if grade.points is None and grade.salary is None:
        return  # told where the grade is
    if grade.points is None:
        for name in ("point", "increments"):
            if getattr(post, name):
                what = f"`{name}` needs a grade with points, and `{post.grade}` has a stated salary"
                yield Finding((*address, name), what, f"Remove `{name}`, or give the grade `points`.")
        return
    lowest, highest = grade.points
    if isinstance(post.point, int) and not lowest <= post.point <= highest:
        what = f"Point {post.point} is outside the grade `{post.grade}`"
        yield Finding((*address, "point"), what, f"Write a point from {lowest} to {highest}, or top, middle or bottom.")
    elif post.increments and (post.point or policy) in ("top", highest):
        what = "The post is at the top of its grade, so there are no increments to climb"
        yield Finding((*address, "increments"), what, "Remove `increments`, or add a lower start like `point: bottom`.")


def _too_much_off(claim: Claim, total: float, month: Month, address: Address) -> Finding:
    what = f"Deadweight and optimism bias come to {_percent(total)} in {month.words}, more than the whole saving"
    remedy = "Lower one of them so that they come to at most 100%."
    if claim.deductions == "multiplicative":
        remedy += " The subtractive answer, shown beside the multiplicative one, would be below nil."
    return Finding(address, what, remedy)


def _too_many_children(
    benefits: Sequence[Benefit], option_at: Address, avoided: float, in_care: float, month: Month
) -> Finding:
    what = f"{avoided:g} children fewer in care in {month.words}, and {in_care:g} are in care"
    remedy = "Lower the number, or correct `children_in_care`."
    if len(benefits) > 1:
        return Finding((*option_at, "benefits"), what, f"{remedy} All the option's benefits count.", "whole")
    name = "children" if benefits[0].children is not None else "entries_avoided"
    return Finding((*option_at, "benefits", 0, name), what, remedy)


def _children_fewer(benefit: Benefit, months: Sequence[Month]) -> list[float]:
    """Children fewer in care in each month, before any is lost or deducted."""
    first = (benefit.start or months[0]) + benefit.lag_months
    runs = [first <= month <= (benefit.end or months[-1]) for month in months]
    if benefit.children is not None:
        return [(benefit.children.at(month) or 0.0) if runs[n] else 0.0 for n, month in enumerate(months)]
    avoided = benefit.entries_avoided
    if avoided is None or benefit.stay is None:
        return [0.0] * len(months)
    entries = [(avoided.at(month) or 0.0) if runs[n] else 0.0 for n, month in enumerate(months)]
    if benefit.stay.months is not None:
        stay = int(min(benefit.stay.months.at(months[0]) or 1, len(months)))
        return [math.fsum(entries[max(0, n + 1 - stay) : n + 1]) for n in range(len(months))]
    average = benefit.stay.average_months
    stays = [(average.at(month) if average else None) or 1.0 for month in months]
    return _with_exits(entries, [1 / max(stay, 1.0) for stay in stays])


def _with_exits(entries: Sequence[float], exit_rates: Sequence[float]) -> list[float]:
    fewer, result = 0.0, []
    for entered, exit_rate in zip(entries, exit_rates, strict=True):
        fewer = fewer * (1 - exit_rate) + entered
        result.append(fewer)
    return result


def _total(quantities: Iterable[Quantity], month: Month) -> float:
    return math.fsum(quantity.at(month) or 0.0 for quantity in quantities)


def _percent(share: float) -> str:
    return f"{share * 100:.10g}%"


def _counted(number: float, one: str, many: str) -> str:
    return f"{number:g} {one if number == 1 else many}"
