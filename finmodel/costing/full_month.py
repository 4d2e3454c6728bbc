"""What a post costs in a full month with all its FTE in it: gross pay and on-costs, or a stated all-in cost."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.basis.book import Book
from finmodel.basis.prices import price_factor
from finmodel.case.schema import Post
from finmodel.costing.oncosts import Payroll, on_cost_lines
from finmodel.costing.pay import salary_of, supplements_of, with_supplements
from finmodel.lines.arithmetic import compare, conditional, rounded_down
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import at_year


def stated_cost(book: Book, post: Post, fte: Line, prefix: str, section: str) -> Line:
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


@dataclass(frozen=True, slots=True)
class Places:
    """Addresses under which the lines of a post, or of a group of its staff, go.

    own: lines of its own; root: figures stated for the post as a whole; salary: the salary, which a group may share
    with the post; rates: the rates of on-costs that the post states for itself.
    """

    own: str
    root: str
    salary: str
    rates: str


def parts_by_grade(
    book: Book, post: Post, fte: Line, at: Places, section: str, group: str = ""
) -> tuple[Line, list[Line]]:
    """The pay of one FTE in a year; and gross pay and on-costs of a full month, each a line.

    group: what to say of a group of the post's staff.
    """
    months = book.convention("months_in_a_year")
    salary = book.shared(f"{at.salary}.salary", lambda: salary_of(book, post, at.salary, section))
    extras, pensionable = supplements_of(book, post, salary, at.own, at.root, section)
    pay = with_supplements(book, f"{at.own}.pay", f"Pay of one FTE{group}", salary, extras, section)
    gross = book.line(f"{at.own}.monthly.gross_pay", f"Gross pay{group}", fte * pay / months, "£", section=section)
    base = gross
    if extras != pensionable:
        label = f"Pensionable pay of one FTE{group}"
        of_one = with_supplements(book, f"{at.own}.pensionable", label, salary, pensionable, section)
        rule, label = fte * of_one / months, f"Pensionable pay{group}"
        base = book.line(f"{at.own}.monthly.pensionable_pay", label, rule, "£", section=section)
    on_costs = post.on_costs or book.case.on_costs
    rates = at.rates if post.on_costs else "on_costs"
    groups: dict[str, tuple[Line, Line]] = {}
    if on_costs.flat_rate is None and on_costs.national_insurance:
        groups = _people(book, post, fte, (pay, gross), at, section)
    payroll = Payroll(gross, base, groups)
    return pay, [gross, *on_cost_lines(book, on_costs, payroll, at.own, rates, section)]


def _people(
    book: Book, post: Post, fte: Line, paid: tuple[Line, Line], at: Places, section: str
) -> dict[str, tuple[Line, Line]]:
    """Those among whom the pay is shared: the people stated, or full-timers and one part-timer for the remainder.

    paid: the pay of one FTE in a year, and of all in a month.
    """
    pay, gross = paid
    if post.people is not None:
        return {"everyone": (gross, stated_people(book, post, at.root, section))}
    months = book.convention("months_in_a_year")
    full_time = book.definition("full_time", "A full-time person", 1, "FTE per person")
    whole = full_time_people(book, fte, at.root, section)
    whole_pay = book.line(
        f"{at.own}.monthly.full_time_pay",
        "Gross pay of those full time",
        whole * full_time * pay / months,
        "£",
        section=section,
    )
    rest, part = part_timer(book, fte, at.root, section)
    part_pay = book.line(
        f"{at.own}.monthly.part_time_pay", "Gross pay of the part-timer", rest * pay / months, "£", section=section
    )
    return {"full_time": (whole_pay, whole), "part_time": (part_pay, part)}


def stated_people(book: Book, post: Post, root: str, section: str) -> Line:
    """The people who share a post's FTE, as stated."""
    if post.people is None:
        raise ValueError(f"post {post.id} does not state its people")
    people = post.people
    return book.shared(
        f"{root}.people",
        lambda: book.state(f"{root}.people", f"People, {post.title}", people, "people", owner=post, section=section),
    )


def full_time_people(book: Book, fte: Line, root: str, section: str) -> Line:
    """A person for each whole FTE."""
    full_time = book.definition("full_time", "A full-time person", 1, "FTE per person")
    return book.shared(
        f"{root}.full_time_people",
        lambda: book.line(
            f"{root}.full_time_people",
            "People full time",
            rounded_down(fte / full_time, book.convention("decimal_places_compared")),
            "people",
            section=section,
            note="Each whole FTE is one person; the remainder is one part-timer.",
        ),
    )


def part_timer(book: Book, fte: Line, root: str, section: str) -> tuple[Line, Line]:
    """The FTE that is left over, and the one person who works it, or none."""
    full_time = book.definition("full_time", "A full-time person", 1, "FTE per person")
    one = book.definition("one_person", "One part-timer", 1, "people")
    whole = full_time_people(book, fte, root, section)
    rest = book.shared(
        f"{root}.part_time_fte",
        lambda: book.line(
            f"{root}.part_time_fte", "FTE of the part-timer", fte - whole * full_time, "FTE", section=section
        ),
    )
    person = book.shared(
        f"{root}.part_time_people",
        lambda: book.line(
            f"{root}.part_time_people",
            "People part time",
            conditional(compare(rest, ">", 0), one, 0),
            "people",
            section=section,
        ),
    )
    return rest, person


def people_of(book: Book, post: Post, fte: Line, root: str, section: str) -> Expression:
    """How many people work in a post."""
    if post.people is not None:
        return stated_people(book, post, root, section)
    return full_time_people(book, fte, root, section) + part_timer(book, fte, root, section)[1]
