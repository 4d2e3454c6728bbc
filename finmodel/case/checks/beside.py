"""What comes with a post, and capital: what goes with what, and when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from finmodel.case.checks.defined_names import Known, options_of
from finmodel.case.schema import Case, ExistingPost, OtherCost, Post, Supplement
from finmodel.lines.periods import FinancialYear, Month
from finmodel.parsing.fields import Stated
from finmodel.parsing.findings import Finding
from finmodel.parsing.places import Address


class Raised(NamedTuple):
    """A figure in pounds, the index that raises it, and the year whose prices it is at (None: the case's)."""

    address: Address
    inflation: str | None
    price_base: FinancialYear | None
    name: str

    def base(self, case: Case) -> FinancialYear:
        """The year whose prices it is at."""
        return self.price_base or case.price_base


class Graded(NamedTuple):
    """A use of a grade beside a post's own: by newly qualified starters, or by a post that changes with it."""

    address: Address
    grade: str
    post: Post


def posts_of(case: Case) -> Iterator[tuple[Address, Post]]:
    """Each post with its address."""
    for option_at, option in options_of(case):
        for place, post in enumerate(option.posts):
            yield (*option_at, "posts", place), post


def existing_of(post: Post, address: Address) -> Iterator[tuple[Address, ExistingPost]]:
    """The posts that change with a post."""
    for name in ("replaces", "backfill"):
        for place, other in enumerate(getattr(post, name)):
            yield (*address, name, place), other


def raised_of(case: Case) -> Iterator[Raised]:
    """Everything beside the pay of posts that an index raises."""
    for at, post in posts_of(case):
        cover = post.agency_cover
        if cover is not None:
            yield Raised((*at, "agency_cover"), cover.inflation, cover.price_base, f"{post.id}, agency cover")
        if post.ending is not None and post.ending.amount is not None:
            yield Raised((*at, "ending"), post.ending.inflation, post.ending.price_base, f"{post.id}, ending")
        for n, one_off in enumerate(post.one_off):
            yield Raised((*at, "one_off", n), one_off.inflation, one_off.price_base, one_off.id)
        for n, cost in enumerate(post.per_fte):
            if cost.amount is not None:
                yield Raised((*at, "per_fte", n), cost.inflation, cost.price_base, cost.id)
        for address, other in existing_of(post, at):
            if other.annual_cost is not None:
                yield Raised(address, other.inflation, other.price_base, other.id)


def graded_of(case: Case) -> Iterator[Graded]:
    """Every grade that is named beside the posts' own."""
    for at, post in posts_of(case):
        if post.newly_qualified is not None and post.newly_qualified.grade is not None:
            yield Graded((*at, "newly_qualified", "grade"), post.newly_qualified.grade, post)
        for address, other in existing_of(post, at):
            if other.grade is not None:
                yield Graded((*address, "grade"), other.grade, post)


def names(case: Case, known: Known) -> Iterator[Finding]:
    """Grades and indices exist."""
    for use in graded_of(case):
        yield from known.grades.find(use.address, use.grade)
    for raised in raised_of(case):
        if raised.inflation is not None:
            yield from known.inflation.find((*raised.address, "inflation"), raised.inflation)


def price_bases(case: Case, _: Known) -> Iterator[Finding]:
    """Prices are those of the first year or an earlier one."""
    for raised in raised_of(case):
        if raised.base(case) > case.first_year and raised.price_base is not None:
            what = f"The price base is later than the first year, {case.first_year}"
            remedy = f"Restate the figure at the prices of {case.first_year}, or of an earlier year."
            yield Finding((*raised.address, "price_base"), what, remedy)


def either_or(case: Case, _: Known) -> Iterator[Finding]:
    """Where one of several is stated, it is one; and what goes with it is there."""
    for at, post in posts_of(case):
        for n, cost in enumerate(post.per_fte):
            yield from _one_of(cost, (*at, "per_fte", n), "amount", "percent")
            yield from _index_with(cost, (*at, "per_fte", n), "amount")
        if post.ending is not None:
            yield from _one_of(post.ending, (*at, "ending"), "amount", "weeks_of_pay")
            yield from _index_with(post.ending, (*at, "ending"), "amount")
        cover = post.agency_cover
        if cover is not None and cover.fee_percent is not None and cover.fee_amount is not None:
            what = "Both `fee_percent` and `fee_amount` are given"
            yield Finding((*at, "agency_cover", "fee_amount"), what, "State the agency's fee one way.")
        for address, other in existing_of(post, at):
            yield from _existing(case, other, post, address)


def starters(case: Case, _: Known) -> Iterator[Finding]:
    """Newly qualified starters are paid something else for a time; recruitment begins within the case."""
    first = case.horizon.months[0]
    for at, post in posts_of(case):
        new = post.newly_qualified
        if new is not None and post.grade is not None and new.grade is None and new.point is None:
            what = "Newly qualified starters would be paid as all others are"
            yield Finding(
                (*at, "newly_qualified"), what, "Name the `point` or the `grade` that they begin at.", "whole"
            )
        if new is not None and post.grade is not None:
            yield from _point(case, new.grade or post.grade, new.point, (*at, "newly_qualified", "point"))
        pace = post.recruited_per_month
        if pace is not None and not any(pace.values):
            what = "Nobody is recruited"
            yield Finding((*at, "recruited_per_month"), what, "Write a number above 0, or remove the line.")
        if pace is not None and post.start is not None and post.start < first:
            what = f"Recruitment begins before the case does in {first.words}, and who came before is not known"
            yield Finding((*at, "recruited_per_month"), what, "Write a later `start`, or remove the line.")


def supplements(case: Case, _: Known) -> Iterator[Finding]:
    """A supplement is paid at some time while the post is there."""
    for at, post in posts_of(case):
        for n, supplement in enumerate(post.supplements):
            yield from _period(case, post, supplement, (*at, "supplements", n))


def agency(case: Case, _: Known) -> Iterator[Finding]:
    """Agency workers have something to cover."""
    for at, post in posts_of(case):
        cover = post.agency_cover
        if cover is None:
            continue
        address = (*at, "agency_cover")
        start, end = cover.start or post.start, cover.end or post.end
        if start is not None and end is not None and end < start:
            what = f"Agency cover ends in {end.words}, before it starts in {start.words}"
            yield Finding((*address, "end"), what, "Write a later end.")
        opens = cover.start or post.start or case.horizon.months[0]
        before = opens < (post.start or case.horizon.months[0])
        after = cover.end is not None and post.end is not None and cover.end > post.end
        vacancies = cover.vacancies_too and post.vacancy_factor is not None
        if not (before or after or vacancies or post.recruited_per_month is not None):
            what = "Agency cover has no effect: the post is filled from its start"
            remedy = (
                "Add `start` before the post's, `recruited_per_month`, or `vacancies_too: yes` with a vacancy factor."
            )
            yield Finding(address, what, remedy, "whole")
        elif cover.vacancies_too and post.vacancy_factor is None:
            what = "`vacancies_too` needs the post's `vacancy_factor`"
            yield Finding((*address, "vacancies_too"), what, "Add `vacancy_factor: 5%` to the post, or remove this.")


def endings(case: Case, _: Known) -> Iterator[Finding]:
    """The cost of ending a post falls in the month after its end, within the years of the case."""
    last = case.horizon.months[-1]
    for at, post in posts_of(case):
        if post.ending is None:
            continue
        if post.end is None:
            what = "The post has a cost of ending and no `end`"
            yield Finding((*at, "ending"), what, "Add the last month in post, like `end: 2018-03`.", "whole")
        elif post.end >= last:
            what = f"The cost of ending falls in {(post.end + 1).words}, after the case ends in {last.words}"
            yield Finding((*at, "ending"), what, "Add a year to `years`, so that the cost is counted.", "whole")
        if post.ending.weeks_of_pay is not None and post.grade is None and post.annual_cost is not None:
            what = "`weeks_of_pay` needs a post priced by `grade`: an all-in cost does not show the pay"
            yield Finding((*at, "ending", "weeks_of_pay"), what, "Write an `amount` for one FTE instead.")


def one_offs(case: Case, _: Known) -> Iterator[Finding]:
    """What is met when a post starts falls within the case."""
    first = case.horizon.months[0]
    for at, post in posts_of(case):
        if post.start is None or post.start >= first or not post.fte.is_constant:
            continue
        for n in range(len(post.one_off)):
            what = f"The post started before the case begins in {first.words}, so this falls outside it"
            yield Finding((*at, "one_off", n), what, "Remove it, or write it among the option's `costs`.", "whole")


def capital(case: Case, _: Known) -> Iterator[Finding]:
    """Capital is spent once; what is borrowed has its financing; what is given costs nothing."""
    for option_at, option in options_of(case):
        for place, cost in enumerate(option.costs):
            yield from _capital(case, cost, (*option_at, "costs", place))


def _capital(case: Case, cost: OtherCost, address: Address) -> Iterator[Finding]:
    if cost.capital is not None and cost.in_kind is not None:
        what = "A contribution in kind is not capital that the council spends"
        yield Finding((*address, "in_kind"), what, "Keep `capital` or `in_kind`.")
    if cost.capital is not None and cost.per != "once":
        what = "Capital is spent once, in the month `start`"
        yield Finding((*address, "per"), what, "Write `per: once`; what recurs is revenue.")
    if cost.capital == "borrowed" and cost.financing is None:
        what = "`financing` is missing: what does borrowing cost revenue?"
        yield Finding((*address, "financing"), what, "Add `financing: {life_years: 10, rate: 4%}`.")
    if cost.capital != "borrowed" and cost.financing is not None:
        what = "`financing` is only used with `capital: borrowed`"
        yield Finding((*address, "financing"), what, "Add `capital: borrowed`, or remove it.", "whole")
    elif cost.financing is not None and not cost.financing.rate.is_constant:
        what = "A loan has one rate over its life"
        yield Finding((*address, "financing", "rate"), what, "Write one rate, like 4%.")


def _one_of(stated: Stated, address: Address, first: str, second: str) -> Iterator[Finding]:
    given = [name for name in (first, second) if getattr(stated, name) is not None]
    if len(given) != 1:
        both = f"Both `{first}` and `{second}` are given" if given else f"Neither `{first}` nor `{second}` is given"
        yield Finding(address, both, f"Give exactly one of `{first}` and `{second}`.", "whole")


def _index_with(stated: Stated, address: Address, name: str) -> Iterator[Finding]:
    """Pounds name their index; what is not in pounds has none."""
    if getattr(stated, name) is not None and getattr(stated, "inflation", None) is None:
        what = f"`inflation` is missing, which `{name}` needs"
        yield Finding((*address, "inflation"), what, "Add a line like `inflation: none`.")
    if getattr(stated, name) is None:
        for other in ("inflation", "price_base"):
            if getattr(stated, other, None) is not None:
                what = f"`{other}` is only used with `{name}`"
                yield Finding((*address, other), what, f"Remove it, or give `{name}`.")


def _existing(case: Case, other: ExistingPost, post: Post, address: Address) -> Iterator[Finding]:
    yield from _one_of(other, address, "grade", "annual_cost")
    yield from _index_with(other, address, "annual_cost")
    if not any(other.fte.values):
        yield Finding((*address, "fte"), "The post has no FTE", "Write a number above 0, or remove the post.")
    if other.people is not None:
        fte, people = max(other.fte.values, default=0.0), min(other.people.values, default=1.0)
        if any(value < 1 or value != int(value) for value in other.people.values) or fte > people:
            what = "People are counted whole, and share at most 1 FTE each"
            yield Finding((*address, "people"), what, "Write how many people share the FTE, or leave `people` out.")
    if other.annual_cost is not None and other.point is not None:
        what = "`point` has no effect beside `annual_cost`, which is all-in"
        yield Finding((*address, "point"), what, "Remove `point`, or price the post by `grade`.")
    elif other.grade is not None:
        yield from _point(case, other.grade, other.point, (*address, "point"))
        on_costs = post.on_costs or case.on_costs
        if post.grade is None and on_costs.flat_rate is None and on_costs.employer_pension is None:
            what = f"The employer's pension rate is missing, which the post `{other.id}` needs"
            remedy = "Add `employer_pension: 20%` to the case's `on_costs`, or give a `flat_rate` for all on-costs."
            yield Finding((*address, "grade"), what, remedy)


def _point(case: Case, name: str, point: str | int | None, address: Address) -> Iterator[Finding]:
    grade = case.grades.get(name)
    if grade is None or point is None:
        return
    if grade.points is None:
        what = f"`point` needs a grade with points, and `{name}` has a stated salary"
        yield Finding(address, what, "Remove `point`, or give the grade `points`.")
    elif isinstance(point, int) and not grade.points[0] <= point <= grade.points[1]:
        lowest, highest = grade.points
        what = f"Point {point} is outside the grade `{name}`"
        yield Finding(address, what, f"Write a point from {lowest} to {highest}, or top, middle or bottom.")


def _period(case: Case, post: Post, supplement: Supplement, address: Address) -> Iterator[Finding]:
    first = max(post.start or case.horizon.months[0], case.horizon.months[0])
    last = min(post.end or case.horizon.months[-1], case.horizon.months[-1])
    starts, ends = supplement.start or first, supplement.end or last
    if supplement.start is not None and supplement.end is not None and ends < starts:
        what = f"The end, {ends.words}, is before the start, {starts.words}"
        yield Finding((*address, "end"), what, "Write an end that is the start or later, or leave it out.")
    elif not _overlap(starts, ends, first, last):
        name = "start" if supplement.start is not None and starts > last else "end"
        what = f"The supplement is not paid in any month in post, {first.words} to {last.words}"
        yield Finding((*address, name), what, "Change its months, or remove it.")


def _overlap(start: Month, end: Month, first: Month, last: Month) -> bool:
    return start <= last and end >= first
