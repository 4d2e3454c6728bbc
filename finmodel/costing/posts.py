"""Posts: from FTE and a grade, or a stated cost, to what they cost each month and year."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.basis.book import Book
from finmodel.basis.prices import price_factor
from finmodel.case.schema import Post
from finmodel.costing.oncosts import Payroll, on_cost_lines
from finmodel.costing.pay import salary_of, supplements_of, with_supplements
from finmodel.lines.arithmetic import add_up, compare, conditional, rounded_down
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.periods import Month
from finmodel.lines.timing import at_year, by_year


@dataclass(frozen=True, slots=True)
class PricedPost:
    """The lines of a post.

    monthly_cost: £ in each month in post; cost: by year, so a part year costs its months (the part-year effect);
    full_year_effect: by year, as if in post all year; components: by year, in the months in post.
    """

    post: Post
    in_post: Line
    monthly_cost: Line
    cost: Line
    full_year_effect: Line
    components: tuple[Line, ...]


def price_post(book: Book, post: Post, option: str) -> PricedPost:
    """Write the lines of a post of an option."""
    prefix = f"options.{option}.posts.{post.id}"
    section = f"Post: {post.title}"
    fte = book.state(f"{prefix}.fte", f"FTE, {post.title}", post.fte, "FTE", owner=post, section=section)
    if post.annual_cost is not None:
        full = [_stated_cost(book, post, fte, prefix, section)]
    else:
        full = _priced_parts(book, post, fte, prefix, section)
    in_post = active_line(book, prefix, post.start, post.end, section, "In post")
    full_cost = book.line(
        f"{prefix}.monthly.full_cost",
        "Cost of a full month",
        add_up(full),
        "£",
        timeline=Timeline.MONTHS,
        section=section,
    )
    paid = [_while_in_post(book, line, in_post, section) for line in full]
    monthly_cost = book.line(
        f"{prefix}.monthly.cost", f"Cost, {post.title}", add_up(paid), "£", timeline=Timeline.MONTHS, section=section
    )
    components = tuple(
        book.line(
            f"{prefix}.{line.address.rpartition('.monthly.')[2]}",
            f"{line.label}, months in post",
            by_year(month),
            "£",
            section=section,
        )
        for line, month in zip(full, paid, strict=True)
    )
    return PricedPost(
        post,
        in_post,
        monthly_cost,
        cost=book.line(
            f"{prefix}.cost",
            f"Cost, {post.title}",
            by_year(monthly_cost),
            "£",
            section=section,
            note="What falls in the year: a part year costs the months in post.",
        ),
        full_year_effect=book.line(
            f"{prefix}.full_year_effect",
            f"Full-year effect, {post.title}",
            by_year(full_cost),
            "£",
            section=section,
            note="What the year would cost with the posts filled in all twelve months.",
        ),
        components=components,
    )


def active_line(book: Book, prefix: str, start: Month | None, end: Month | None, section: str, label: str) -> Line:
    """1 in the months from start to end, both included, otherwise 0; the whole case where they are not stated."""
    months = book.horizon.months
    first, last = book.month_number(start, 1), book.month_number(end, len(months))
    opening = book.counted(
        f"{prefix}.start",
        "First month, counted from 1",
        first,
        "number",
        section=section,
        note=f"{(start or months[0]).words}; {'as stated' if start else 'not stated: the first of the case'}.",
    )
    closing = book.counted(
        f"{prefix}.end",
        "Last month, counted from 1",
        last,
        "number",
        section=section,
        note=f"{(end or months[-1]).words}; {'as stated' if end else 'not stated: the last of the case'}.",
    )
    month = book.number_of(Timeline.MONTHS)
    rule = compare(month, ">=", opening) * compare(month, "<=", closing)
    return book.line(f"{prefix}.active", label, rule, "flag", section=section)


def _stated_cost(book: Book, post: Post, fte: Line, prefix: str, section: str) -> Line:
    """FTE × all-in annual cost ÷ 12, at the prices of the year."""
    quantity, base = post.annual_cost, post.price_base
    if quantity is None or base is None:
        raise ValueError(f"post {post.id} states no annual cost with its price base")
    stated = book.state(
        f"{prefix}.annual_cost",
        f"All-in cost of one FTE in a full year, {base} prices",
        quantity,
        "£ per FTE per year",
        owner=post,
        section=section,
    )
    rule = fte * book.monthly(stated) / book.convention("months_in_a_year")
    factor = price_factor(book, post.inflation or "none", base)
    if factor is not None:
        rule = rule * at_year(factor)
    return book.line(
        f"{prefix}.monthly.all_in_cost", "All-in cost", rule, "£", timeline=Timeline.MONTHS, section=section
    )


def _priced_parts(book: Book, post: Post, fte: Line, prefix: str, section: str) -> list[Line]:
    """Gross pay and on-costs of a full month, each a line."""
    months = book.convention("months_in_a_year")
    salary = salary_of(book, post, prefix, section)
    extras, pensionable = supplements_of(book, post, salary, prefix, section)
    pay = with_supplements(book, f"{prefix}.pay", "Pay of one FTE", salary, extras, section)
    pension_pay = (
        pay
        if extras == pensionable
        else with_supplements(book, f"{prefix}.pensionable", "Pensionable pay of one FTE", salary, pensionable, section)
    )
    gross = book.line(f"{prefix}.monthly.gross_pay", "Gross pay", fte * pay / months, "£", section=section)
    base = gross
    if pension_pay is not pay:
        base = book.line(
            f"{prefix}.monthly.pensionable_pay", "Pensionable pay", fte * pension_pay / months, "£", section=section
        )
    on_costs = post.on_costs or book.case.on_costs
    rates = f"{prefix}.on_costs" if post.on_costs else "on_costs"
    groups: dict[str, tuple[Line, Line]] = {}
    if on_costs.flat_rate is None and on_costs.national_insurance:
        groups = _people(book, post, fte, pay, gross, prefix, section)
    payroll = Payroll(gross, base, groups)
    return [gross, *on_cost_lines(book, on_costs, payroll, prefix, rates, section)]


def _people(
    book: Book, post: Post, fte: Line, pay: Line, gross: Line, prefix: str, section: str
) -> dict[str, tuple[Line, Line]]:
    """Those among whom the pay is shared: the people stated, or full-timers and one part-timer for the remainder."""
    if post.people is not None:
        people = book.state(
            f"{prefix}.people", f"People, {post.title}", post.people, "people", owner=post, section=section
        )
        return {"everyone": (gross, people)}
    months = book.convention("months_in_a_year")
    full_time = book.definition("full_time", "A full-time person", 1, "FTE per person")
    whole = book.line(
        f"{prefix}.full_time_people",
        "People full time",
        rounded_down(fte / full_time, book.convention("decimal_places_compared")),
        "people",
        section=section,
        note="Each whole FTE is one person; the remainder is one part-timer.",
    )
    whole_pay = book.line(
        f"{prefix}.monthly.full_time_pay",
        "Gross pay of those full time",
        whole * full_time * pay / months,
        "£",
        section=section,
    )
    rest = book.line(
        f"{prefix}.part_time_fte", "FTE of the part-timer", fte - whole * full_time, "FTE", section=section
    )
    one = book.definition("one_person", "One part-timer", 1, "people")
    part = book.line(
        f"{prefix}.part_time_people",
        "People part time",
        conditional(compare(rest, ">", 0), one, 0),
        "people",
        section=section,
    )
    part_pay = book.line(
        f"{prefix}.monthly.part_time_pay", "Gross pay of the part-timer", rest * pay / months, "£", section=section
    )
    return {"full_time": (whole_pay, whole), "part_time": (part_pay, part)}


def _while_in_post(book: Book, line: Line, in_post: Line, section: str) -> Line:
    rule: Expression = line * in_post
    before, _, name = line.address.rpartition(".")
    return book.line(f"{before}.paid_{name}", f"{line.label}, months in post", rule, "£", section=section)
