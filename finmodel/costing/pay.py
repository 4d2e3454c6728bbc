"""The pay of a post: its grade's spinal points, pay awards after the last published spine, increments, supplements."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from finmodel.basis.book import Book, year_name
from finmodel.basis.room import Room
from finmodel.case.pay_years import goes_before_an_offer, last_spine_read, pay_is_read
from finmodel.case.schema import Grade, Post, Supplement
from finmodel.costing.active import active_within
from finmodel.costing.fte import full_time_hours, weeks_in_a_year_of_pay
from finmodel.costing.increments import average_with_increments, with_increments
from finmodel.costing.paid_once import paid_once
from finmodel.lines.arithmetic import add_up, compare, conditional
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.periods import FinancialYear, Month
from finmodel.lines.timing import at_year, previous, running_total
from finmodel.parsing.quantities import Quantity
from finmodel.reference import Rate, last_published_pay, njc_salary, njc_spine_in_force

SALARY = "£ per FTE per year"


def salary_of(room: Room, post: Post, filled: Line | None = None) -> Line:
    """The salary of one full-time worker in the post, £ a year, by month.

    filled: FTE in post by month, where not all start at once: the salary is then the average of those who climb.
    """
    if "salary" in room:
        return room["salary"]
    name = post.grade or ""
    grade = room.book.case.grades[name]
    own = Room(room.book, f"grades.{name}", f"Grade: {grade.label}", grade)
    if grade.points is None:
        rule: Expression = _stated_salary(own, name, grade)
    else:
        start = point_of(room.book, post, grade.points)
        last = grade.points[1] if post.increments else start
        points = [_point(own, grade, point) for point in range(start, last + 1)]
        rule = points[0]
        if post.increments and filled is not None:
            rule = average_with_increments(room, points, filled)
        elif post.increments:
            rule = with_increments(room, post, points, (start, last))
    return room.line("salary", f"Salary of {post.title}", rule, SALARY, over=Timeline.MONTHS)


def paid_once_of(room: Room, post: Post) -> Line | None:
    """£ for one FTE that a month's pay has once, outside the spine; None where there is none. room: of the salary."""
    grade = room.book.case.grades[post.grade or ""]
    if grade.points is None:
        return None
    start = point_of(room.book, post, grade.points)
    last = grade.points[1] if post.increments else start
    return paid_once(room, post, range(start, last + 1), spine_of(room.book, grade))


def point_of(book: Book, post: Post, points: tuple[int, int]) -> int:
    """The spinal point that a post starts on: top of its grade (maximum scale point), bottom, middle or a number.

    The middle of an even number of points is the upper of the two.
    """
    lowest, highest = points
    policy = post.point if post.point is not None else book.case.point
    if isinstance(policy, int):
        return policy
    return {"top": highest, "bottom": lowest, "middle": (lowest + highest + 1) // 2}[policy]


def spine_of(book: Book, grade: Grade) -> str:
    """The spine on which a grade's points are counted."""
    return grade.spine or njc_spine_in_force(_with_published_pay(book, book.horizon.months[0]))


def _point(own: Room, grade: Grade, point: int) -> Line:
    """The salary at a spinal point, by month: as published, then raised by the awards assumed."""
    name, label, book = f"point_{point}", f"Salary at spinal column point {point}", own.book
    if name in own:
        return own[name]
    spine = "old" if spine_of(book, grade) == "old" else "new"

    def published(month: Month) -> Rate:
        """The published salary, held at the last one for months after it."""
        return njc_salary(_with_published_pay(book, month), point, spine)  # type: ignore[arg-type]

    if all(pay_is_read(book.case, month) for month in book.horizon.months):
        return own.rates_by_month(name, label, published, SALARY)
    base = own.rates_by_month(f"{name}.published", f"{label}, published", published, SALARY)
    return own.line(name, label, _raised_after_published(book, base), SALARY, over=Timeline.MONTHS)


def _with_published_pay(book: Book, month: Month) -> Month:
    """The month, or after the last spine that is read the month in which that starts."""
    return month if pay_is_read(book.case, month) else last_spine_read(book.case)


def _raised_after_published(book: Book, base: Line) -> Expression:
    room = _awards_room(book)
    earlier = _earlier_awards(room)
    if book.case.pay_awards.percent is None:
        return base + at_year(_pounds(room, "spine_pounds", _after_published, earlier))
    return base * at_year(_index(room, "spine_index", _after_published, earlier))


def _awards_room(book: Book) -> Room:
    return Room(book, "pay", "Pay awards")


def _earlier_awards(room: Room) -> list[Line]:
    """The awards assumed for years between the last published pay and the case's first year, one a year."""
    first = last_spine_read(room.book.case).financial_year + 1
    return [_award_before(room, first + after) for after in range(room.book.horizon.first_year - first)]


def _award_before(room: Room, year: FinancialYear) -> Line:
    quantity, unit = _awards(room.book)
    if quantity.is_constant:
        return _award(room)
    value = quantity.at(year.first_month)
    if value is None:
        raise ValueError(f"no pay award is assumed for {year}")
    origin = room.book.origin_in(quantity, year)
    return room.once.input(f"award_{year_name(year)}", f"Pay award assumed, {year}", value, unit, origin)


def _after_published(room: Room) -> Line:
    book = room.book
    flags = [not pay_is_read(book.case, year.first_month) for year in book.horizon.years]
    last = njc_salary(last_spine_read(book.case), 30, "new")
    origin = book.origin_of_published(room.address("after_published"), [last])
    label = "Year after the last published pay spine"
    if goes_before_an_offer(book.case):
        label = "Year after the last agreed pay spine"
        offered = last_published_pay().financial_year
        note = f"An award is offered for {offered} and not agreed; the award that the case states goes before it."
        origin = replace(origin, note=f"{note} {origin.note}".strip())
    return room.flag("after_published", label, flags, origin, Timeline.YEARS)


def _after_first(room: Room) -> Line:
    later = compare(room.book.number_of(Timeline.YEARS), ">", 1)
    return room.line("after_first", "Year after the first", later, "flag")


def _awards(book: Book) -> tuple[Quantity, str]:
    """The awards that the case assumes, and their unit."""
    awards = book.case.pay_awards
    if awards.percent is not None:
        return awards.percent, "rate"
    if awards.pounds is not None:
        return awards.pounds, SALARY
    raise ValueError("no pay award is assumed")


def _award(room: Room) -> Line:
    """The awards that the case assumes, by year; zero where it says nothing, which no year that counts does."""
    label, (quantity, unit) = "Pay award assumed", _awards(room.book)
    if quantity.is_constant:
        return room.once.state("award", label, quantity, unit)
    values = [value or 0.0 for value in quantity.by_year(room.book.horizon)]
    origin, origins = room.book.origins_by_year(quantity)
    made = room.once.input("award", label, values, unit, origin, over=Timeline.YEARS, origins=origins)
    return room.book.with_range(quantity, made)


def _index(room: Room, name: str, counts: Callable[[Room], Line], earlier: Sequence[Line] = ()) -> Line:
    """The growth of pay since it was published or stated: that of the years that count, compounded."""
    if name in room:
        return room[name]
    growth = room.line(f"{name}.growth", "Pay growth in the year", 1 + _award(room) * counts(room), "factor")
    index = room.declare(name, "Pay ÷ pay before the assumed awards", "factor", Timeline.YEARS)
    start: Expression = growth
    for award in earlier:
        start = start * (1 + award)
    first = compare(room.book.number_of(Timeline.YEARS), "=", 1)
    return index.define(conditional(first, start, previous(index) * growth))


def _pounds(room: Room, name: str, counts: Callable[[Room], Line], earlier: Sequence[Line] = ()) -> Line:
    """The awards in pounds since pay was published or stated, added up."""
    if name in room:
        return room[name]
    so_far: Expression = running_total(
        room.line(f"{name}.award", "Award of the year", _award(room) * counts(room), SALARY)
    )
    for before in earlier:
        so_far = so_far + before
    return room.line(name, "Assumed awards so far", so_far, SALARY)


def _stated_salary(own: Room, name: str, grade: Grade) -> Line:
    """A salary that the case states: one figure is raised by the assumed awards, figures by year stand as they are."""
    quantity, label, book = grade.stated_pay, f"Salary of {grade.label}", own.book
    if quantity is None:
        raise ValueError(f"grade {name} has neither points nor salary")
    awards = book.case.pay_awards
    raises = grade.pay_awards_apply and quantity.is_constant and book.horizon.number_of_years > 1
    raises = raises and (awards.percent is not None or awards.pounds is not None)
    stated, said = ("salary.stated", f"{label}, stated") if raises else ("salary", label)
    base = (
        _salary_by_the_hour(own, name, stated, said)
        if grade.salary is None
        else own.once.state(stated, said, quantity, SALARY)
    )
    if not raises:
        return base
    if awards.percent is not None:
        raised: Expression = base * at_year(_index(_awards_room(book), "index", _after_first))
    else:
        raised = base + at_year(_pounds(_awards_room(book), "pounds", _after_first))
    return own.once.line("salary", label, raised, SALARY, over=Timeline.MONTHS)


def _salary_by_the_hour(own: Room, name: str, address: str, label: str) -> Line:
    """A year's pay of one full-time worker from an hour's: × hours of a full-time week × 365 ÷ 7.

    Source: the National Joint Council's rule for hourly rates, read the other way.
    """
    grade = own.book.case.grades[name]
    if grade.hourly_pay is None:
        raise ValueError(f"grade {name} states no hourly pay")
    hour = own.once.state("hourly_pay", f"Pay of an hour, {grade.label}", grade.hourly_pay, "£ per hour")
    rule = hour * full_time_hours(own.book, name) * weeks_in_a_year_of_pay(own)
    return own.once.line(address, label, rule, SALARY)


def supplements_of(own: Room, root: Room, post: Post, salary: Line) -> tuple[list[Line], list[Line]]:
    """The supplements of a post, £ a year for one FTE: all of them, and those that count for the pension.

    root: the room of the post, in which stated figures go once for all groups of its staff.
    """
    lines, pensionable = [], []
    for supplement in post.supplements:
        name = f"supplements.{supplement.id}"
        rule = _supplement(root.within(name, supplement).once, supplement, salary)
        line = own.line(name, supplement.label, rule, SALARY, over=Timeline.MONTHS)
        lines.append(line)
        if supplement.pensionable:
            pensionable.append(line)
    return lines, pensionable


def _supplement(room: Room, supplement: Supplement, salary: Line) -> Expression:
    """What a supplement adds to the pay of one FTE, £ a year, in the months in which it is paid."""
    label = supplement.label
    if supplement.amount is not None:
        rule: Expression = room.state("amount", label, supplement.amount, SALARY)
    elif supplement.percent is not None:
        rule = salary * room.state("percent", f"{label}, share of salary", supplement.percent, "share")
    else:
        raise ValueError(f"supplement {supplement.id} has neither amount nor percent")
    if supplement.start is None and supplement.end is None:
        return rule
    return rule * active_within(room, supplement.start, supplement.end, f"{label} is paid")


def with_supplements(room: Room, name: str, label: str, salary: Line, extras: list[Line]) -> Line:
    """Salary and supplements together, £ a year for one FTE."""
    return room.line(name, label, salary + add_up(extras), SALARY) if extras else salary
