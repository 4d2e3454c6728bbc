"""What a post costs in a full month with all its FTE in it: gross pay and on-costs, or a stated all-in cost."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.basis.prices import at_prices
from finmodel.basis.room import Room
from finmodel.case.schema import Post
from finmodel.costing.on_costs import ON_COSTS, Payroll, on_cost_lines
from finmodel.costing.pay import salary_of, supplements_of, with_supplements
from finmodel.lines.arithmetic import compare, conditional, rounded_down
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line


def stated_cost(room: Room, post: Post, fte: Line) -> Line:
    """FTE × all-in annual cost ÷ 12, at the prices of the year."""
    quantity, base = post.annual_cost, post.price_base
    if quantity is None or base is None:
        raise ValueError(f"post {post.id} states no annual cost with its price base")
    label = f"All-in cost of one FTE in a full year, {base} prices"
    stated = room.state("annual_cost", label, quantity, "£ per FTE per year")
    return room.monthly(
        "all_in_cost", "All-in cost", at_prices(room.book, room.a_month(fte * stated), post.inflation, base)
    )


@dataclass(frozen=True, slots=True)
class PostRooms:
    """Where the lines of a post, or of a group of its staff, go.

    own: lines of its own; root: figures stated for the post as a whole; salary: the salary, which a group may share
    with the post; on_costs: the address of the rates of on-costs that the post states for itself.
    """

    own: Room
    root: Room
    salary: Room
    on_costs: str


def parts_by_grade(post: Post, fte: Line, at: PostRooms, group: str = "") -> tuple[Line, list[Line]]:
    """The pay of one FTE in a year; and gross pay and on-costs of a full month, each a line.

    group: what to say of a group of the post's staff.
    """
    book = at.own.book
    months = book.convention("months_in_a_year")
    salary = salary_of(at.salary.once, post)
    extras, pensionable = supplements_of(at.own, at.root, post, salary)
    pay = with_supplements(at.own, "pay", f"Pay of one FTE{group}", salary, extras)
    gross = at.own.monthly("gross_pay", f"Gross pay{group}", fte * pay / months)
    base = gross
    if extras != pensionable:
        of_one = with_supplements(at.own, "pensionable", f"Pensionable pay of one FTE{group}", salary, pensionable)
        base = at.own.monthly("pensionable_pay", f"Pensionable pay{group}", fte * of_one / months)
    on_costs = post.on_costs or book.case.on_costs
    groups: dict[str, tuple[Line, Line]] = {}
    if on_costs.flat_rate is None and on_costs.national_insurance:
        groups = _people(post, fte, (pay, gross), at)
    rates = Room(book, at.on_costs if post.on_costs else "on_costs", ON_COSTS)
    return pay, [gross, *on_cost_lines(at.own, on_costs, Payroll(gross, base, groups), rates)]


def _people(post: Post, fte: Line, paid: tuple[Line, Line], at: PostRooms) -> dict[str, tuple[Line, Line]]:
    """Those among whom the pay is shared: the people stated, or full-timers and one part-timer for the remainder.

    paid: the pay of one FTE in a year, and of all in a month.
    """
    pay, gross = paid
    if post.people is not None:
        return {"everyone": (gross, stated_people(at.root, post))}
    full_time = _full_time(at.root)
    whole = full_time_people(at.root, fte)
    whole_pay = at.own.monthly("full_time_pay", "Gross pay of those full time", at.own.a_month(whole * full_time * pay))
    rest, part = part_timer(at.root, fte)
    part_pay = at.own.monthly("part_time_pay", "Gross pay of the part-timer", at.own.a_month(rest * pay))
    return {"full_time": (whole_pay, whole), "part_time": (part_pay, part)}


def stated_people(room: Room, post: Post) -> Line:
    """The people who share a post's FTE, as stated."""
    if post.people is None:
        raise ValueError(f"post {post.id} does not state its people")
    return room.once.state("people", f"People, {post.title}", post.people, "people")


def full_time_people(room: Room, fte: Line) -> Line:
    """A person for each whole FTE."""
    return room.once.line(
        "full_time_people",
        "People full time",
        rounded_down(fte / _full_time(room), room.convention("decimal_places_compared")),
        "people",
        note="Each whole FTE is one person; the remainder is one part-timer.",
    )


def part_timer(room: Room, fte: Line) -> tuple[Line, Line]:
    """The FTE that is left over, and the one person who works it, or none."""
    full_time = _full_time(room)
    one = room.book.definition("one_person", "One part-timer", 1, "people")
    whole = full_time_people(room, fte)
    rest = room.once.line("part_time_fte", "FTE of the part-timer", fte - whole * full_time, "FTE")
    some = conditional(compare(rest, ">", 0), one, 0)
    return rest, room.once.line("part_time_people", "People part time", some, "people")


def people_of(room: Room, post: Post, fte: Line) -> Expression:
    """How many people work in a post."""
    if post.people is not None:
        return stated_people(room, post)
    return full_time_people(room, fte) + part_timer(room, fte)[1]


def _full_time(room: Room) -> Line:
    return room.book.definition("full_time", "A full-time person", 1, "FTE per person")
