"""The pay of a post: its grade's spinal points, pay awards after the last published spine, increments, supplements."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from finmodel.basis.book import Book, year_name
from finmodel.case.schema import Grade, Post, Supplement
from finmodel.costing.active import active_line
from finmodel.lines.arithmetic import add_up, compare, conditional, maximum, minimum
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.periods import FinancialYear, Month
from finmodel.lines.timing import at_year, look_up, previous, running_total
from finmodel.parsing.quantities import Quantity
from finmodel.reference import Rate, last_published_pay, njc_salary, njc_spine_in_force, pay_is_published

SALARY = "£ per FTE per year"


def salary_of(book: Book, post: Post, prefix: str, section: str) -> Line:
    """The salary of one full-time worker in the post, £ a year, by month."""
    name = post.grade or ""
    grade = book.case.grades[name]
    if grade.points is None:
        rule: Expression = _stated_salary(book, name, grade)
    else:
        start = point_of(book, post, grade.points)
        last = grade.points[1] if post.increments else start
        points = [_point(book, name, grade, point) for point in range(start, last + 1)]
        rule = _with_increments(book, post, points, (start, last), prefix, section) if post.increments else points[0]
    return book.line(
        f"{prefix}.salary", f"Salary of {post.title}", rule, SALARY, timeline=Timeline.MONTHS, section=section
    )


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
    return grade.spine or njc_spine_in_force(_with_published_pay(book.horizon.months[0]))


def _point(book: Book, name: str, grade: Grade, point: int) -> Line:
    """The salary at a spinal point, by month: as published, then raised by the awards assumed."""
    address = f"grades.{name}.point_{point}"
    return book.shared(address, lambda: _make_point(book, name, grade, point))


def _make_point(book: Book, name: str, grade: Grade, point: int) -> Line:
    address, label = f"grades.{name}.point_{point}", f"Salary at spinal column point {point}"
    section = f"Grade: {grade.label}"
    months = book.horizon.months
    spine = "old" if spine_of(book, grade) == "old" else "new"
    if all(pay_is_published(month) for month in months):
        published = [njc_salary(month, point, spine) for month in months]  # type: ignore[arg-type]
        return book.rates(address, label, published, SALARY, over=Timeline.MONTHS, section=section)
    held = [_held(month, point, spine) for month in months]
    base = book.rates(
        f"{address}.published", f"{label}, published", held, SALARY, over=Timeline.MONTHS, section=section
    )
    raised = _raised_after_published(book, base)
    return book.line(address, label, raised, SALARY, timeline=Timeline.MONTHS, section=section)


def _with_published_pay(month: Month) -> Month:
    """The month, or after the last published spine the month in which that starts."""
    return month if pay_is_published(month) else last_published_pay()


def _held(month: Month, point: int, spine: str) -> Rate:
    """The published salary, held at the last one for months after it."""
    return njc_salary(_with_published_pay(month), point, spine)  # type: ignore[arg-type]


def _raised_after_published(book: Book, base: Line) -> Expression:
    earlier = _earlier_awards(book)
    if book.case.pay_awards.percent is None:
        return base + at_year(_pounds(book, "pay.spine_pounds", _after_published, earlier))
    return base * at_year(_index(book, "pay.spine_index", _after_published, earlier))


def _earlier_awards(book: Book) -> list[Line]:
    """The awards assumed for years between the last published pay and the case's first year, one a year."""
    first = last_published_pay().financial_year + 1
    return [_award_before(book, first + after) for after in range(book.horizon.first_year - first)]


def _award_before(book: Book, year: FinancialYear) -> Line:
    quantity, unit = _awards(book)
    if quantity.is_constant:
        return _award(book)
    value, address = quantity.at(year.first_month), f"pay.award_{year_name(year)}"
    if value is None:
        raise ValueError(f"no pay award is assumed for {year}")
    origin = book.origin(quantity.provenance)
    return book.shared(
        address, lambda: book.input(address, f"Pay award assumed, {year}", value, unit, origin, section="Pay awards")
    )


def _after_published(book: Book) -> Line:
    flags = [float(not pay_is_published(year.first_month)) for year in book.horizon.years]
    return book.input(
        "pay.after_published",
        "Year after the last published pay spine",
        flags,
        "flag",
        book.origin_of_published("pay.after_published", [njc_salary(last_published_pay(), 30, "new")]),
        timeline=Timeline.YEARS,
        section="Pay awards",
    )


def _after_first(book: Book) -> Line:
    later = compare(book.number_of(Timeline.YEARS), ">", 1)
    return book.line("pay.after_first", "Year after the first", later, "flag", section="Pay awards")


def _awards(book: Book) -> tuple[Quantity, str]:
    """The awards that the case assumes, and their unit."""
    awards = book.case.pay_awards
    if awards.percent is not None:
        return awards.percent, "rate"
    if awards.pounds is not None:
        return awards.pounds, SALARY
    raise ValueError("no pay award is assumed")


def _award(book: Book) -> Line:
    """The awards that the case assumes, by year; nil where it says nothing, which no year that counts does."""
    address, label = "pay.award", "Pay award assumed"
    quantity, unit = _awards(book)
    if quantity.is_constant:
        return book.shared(address, lambda: book.state(address, label, quantity, unit, section="Pay awards"))
    values = [value or 0.0 for value in quantity.by_year(book.horizon)]
    origin = book.origin(quantity.provenance)
    return book.shared(
        address,
        lambda: book.input(address, label, values, unit, origin, timeline=Timeline.YEARS, section="Pay awards"),
    )


def _index(book: Book, address: str, counts: Callable[[Book], Line], earlier: Sequence[Line] = ()) -> Line:
    """The growth of pay since it was published or stated: that of the years that count, compounded."""

    def make() -> Line:
        growth = book.line(
            f"{address}.growth",
            "Pay growth in the year",
            1 + _award(book) * counts(book),
            "factor",
            section="Pay awards",
        )
        index = book.model.declare(
            address, "Pay ÷ pay before the assumed awards", "factor", Timeline.YEARS, section="Pay awards"
        )
        start: Expression = growth
        for award in earlier:
            start = start * (1 + award)
        first = compare(book.number_of(Timeline.YEARS), "=", 1)
        return index.define(conditional(first, start, previous(index) * growth))

    return book.shared(address, make)


def _pounds(book: Book, address: str, counts: Callable[[Book], Line], earlier: Sequence[Line] = ()) -> Line:
    """The awards in pounds since pay was published or stated, added up."""

    def make() -> Line:
        award = book.line(
            f"{address}.award", "Award of the year", _award(book) * counts(book), SALARY, section="Pay awards"
        )
        so_far: Expression = running_total(award)
        for before in earlier:
            so_far = so_far + before
        return book.line(address, "Assumed awards so far", so_far, SALARY, section="Pay awards")

    return book.shared(address, make)


def _stated_salary(book: Book, name: str, grade: Grade) -> Line:
    """A salary that the case states: one figure is raised by the assumed awards, figures by year stand as they are."""
    address, section = f"grades.{name}.salary", f"Grade: {grade.label}"
    quantity = grade.salary
    if quantity is None:
        raise ValueError(f"grade {name} has neither points nor salary")
    awards = book.case.pay_awards
    raises = grade.pay_awards_apply and quantity.is_constant and book.horizon.number_of_years > 1
    if not raises or (awards.percent is None and awards.pounds is None):
        return book.shared(
            address,
            lambda: book.state(address, f"Salary of {grade.label}", quantity, SALARY, owner=grade, section=section),
        )

    def make() -> Line:
        base = book.state(
            f"{address}.stated", f"Salary of {grade.label}, stated", quantity, SALARY, owner=grade, section=section
        )
        if awards.percent is not None:
            raised: Expression = base * at_year(_index(book, "pay.index", _after_first))
        else:
            raised = base + at_year(_pounds(book, "pay.pounds", _after_first))
        return book.line(address, f"Salary of {grade.label}", raised, SALARY, timeline=Timeline.MONTHS, section=section)

    return book.shared(address, make)


def _with_increments(
    book: Book, post: Post, table: Sequence[Line], points: tuple[int, int], prefix: str, section: str
) -> Expression:
    """One point more each April after the start, up to the top of the grade; points: the first and the last."""
    top = book.counted(
        f"{prefix}.points_to_top",
        f"Points from {points[0]} to the top, {points[1]}, both counted",
        len(table),
        "number",
        section=section,
        note="Counted from the grade's points.",
    )
    year = max(1, -(-book.month_number(post.start, 1) // 12))
    started = book.counted(
        f"{prefix}.year_of_start",
        "Number of the year in which the post starts",
        year,
        "number",
        section=section,
        note="Counted from the post's start; no increment falls in it.",
    )
    earned = book.line(
        f"{prefix}.increments",
        "Increments earned",
        maximum(at_year(book.number_of(Timeline.YEARS)) - started, 0),
        "number",
        section=section,
    )
    place = book.line(
        f"{prefix}.place_in_grade", "Place in the grade", minimum(1 + earned, top), "number", section=section
    )
    return look_up(place, table)


def supplements_of(
    book: Book, post: Post, salary: Line, prefix: str, root: str, section: str
) -> tuple[list[Line], list[Line]]:
    """The supplements of a post, £ a year for one FTE: all of them, and those that count for the pension.

    root: address of the post under which stated figures go, once for all groups of its staff.
    """
    lines, pensionable = [], []
    for supplement in post.supplements:
        address = f"{prefix}.supplements.{supplement.id}"
        rule = _supplement(book, supplement, salary, f"{root}.supplements.{supplement.id}", section)
        line = book.line(address, supplement.label, rule, SALARY, timeline=Timeline.MONTHS, section=section)
        lines.append(line)
        if supplement.pensionable:
            pensionable.append(line)
    return lines, pensionable


def _supplement(book: Book, supplement: Supplement, salary: Line, stated_at: str, section: str) -> Expression:
    """What a supplement adds to the pay of one FTE, £ a year, in the months in which it is paid."""
    if supplement.amount is not None:
        amount, label = supplement.amount, supplement.label
        stated = book.shared(
            f"{stated_at}.amount",
            lambda: book.state(f"{stated_at}.amount", label, amount, SALARY, owner=supplement, section=section),
        )
        rule: Expression = book.monthly(stated)
    elif supplement.percent is not None:
        percent, label = supplement.percent, f"{supplement.label}, share of salary"
        share = book.shared(
            f"{stated_at}.percent",
            lambda: book.state(f"{stated_at}.percent", label, percent, "share", owner=supplement, section=section),
        )
        rule = salary * share
    else:
        raise ValueError(f"supplement {supplement.id} has neither amount nor percent")
    if supplement.start is None and supplement.end is None:
        return rule
    label = f"{supplement.label} is paid"
    start, end = supplement.start, supplement.end
    return rule * book.shared(f"{stated_at}.active", lambda: active_line(book, stated_at, start, end, section, label))


def with_supplements(book: Book, address: str, label: str, salary: Line, extras: list[Line], section: str) -> Line:
    """Salary and supplements together, £ a year for one FTE."""
    if not extras:
        return salary
    return book.line(address, label, salary + add_up(extras), SALARY, section=section)
