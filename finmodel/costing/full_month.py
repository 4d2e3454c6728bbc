"""What a post costs in a full month with all its FTE in it: gross pay and on-costs, or a stated all-in cost."""

from __future__ import annotations

from msgspec import Struct

from finmodel.basis.prices import at_prices
from finmodel.basis.room import Room
from finmodel.case.schema import Post
from finmodel.costing.award_point import PayOfOne, Rise, rise_of
from finmodel.costing.national_insurance import NAME as NATIONAL_INSURANCE
from finmodel.costing.national_insurance import Groups, insurance_on_more
from finmodel.costing.on_costs import ON_COSTS, Payroll, on_cost_lines
from finmodel.costing.pay import SALARY, paid_once_of, salary_of, supplements_of, with_supplements
from finmodel.costing.people import full_time_people, full_time_person, part_timer, stated_people
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression, literal
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


class PostRooms(Struct, frozen=True):
    """Where the lines of a post, or of a group of its staff, go.

    own: lines of its own; root: figures stated for the post as a whole; salary: the salary, which a group may share
    with the post; on_costs: the address of the rates of on-costs that the post states for itself; filled: FTE in post
    by month, where not all start at once.
    """

    own: Room
    root: Room
    salary: Room
    on_costs: str
    filled: Line | None = None


class FullMonth(Struct, frozen=True):
    """What a group of staff costs in a full month with all the FTE in it: each part a line, by its name.

    pay: of one FTE in a year, and regular_pay, without sums that are paid once; None where the case states the cost all
    in. insured: whether National Insurance is paid. beyond_new_service: of the parts, pension contributions beyond the
    primary rate; None where there are none. groups: those among whom pay is shared, where National Insurance is worked
    out from them. rise: what a point more in an offered award adds; None where pay does not rest on one.
    """

    parts: dict[str, Line]
    pay: Line | None = None
    regular_pay: Line | None = None
    insured: bool = False
    beyond_new_service: Line | None = None
    groups: Groups | None = None
    rise: Rise | None = None

    @property
    def lines(self) -> list[Line]:
        """The parts."""
        return list(self.parts.values())

    @property
    def more_apart_from_insurance(self) -> Expression:
        """What a point more in the offered award adds, £, to all but National Insurance."""
        if self.rise is None:
            raise ValueError("pay does not rest on an offered award")
        parts = [(name, line) for name, line in self.parts.items() if name != NATIONAL_INSURANCE]
        return literal(add_up([line * self._rise_of(name, self.rise) for name, line in parts]))

    def more_insurance(self, room: Room, groups: Groups | None = None) -> Expression | None:
        """What it adds, £, to the National Insurance of these groups, or of all where none are named; None: not due."""
        groups = groups or self.groups
        if self.rise is None or groups is None or not self.insured:
            return None
        return insurance_on_more(room, groups, self.rise.pay)

    @staticmethod
    def _rise_of(part: str, rise: Rise) -> Expression:
        return rise.pensionable if part == "employer_pension" else rise.pay


def full_month(post: Post, fte: Line, at: PostRooms, group: str = "", *, alone: bool = True) -> FullMonth:
    """What all the FTE of a post cost in a month: gross pay and on-costs, or the stated all-in cost.

    group: what to say of a group of the post's staff. alone: whether all the FTE could be paid so; where not, the
    group's National Insurance is that of those in post alone, and none is worked out for all the FTE.
    """
    if post.annual_cost is not None:
        return FullMonth({"all_in_cost": stated_cost(at.own, post, fte)})
    on_costs = post.on_costs or at.own.book.case.on_costs
    insured = on_costs.flat_rate is None and on_costs.national_insurance
    return _by_grade(post, fte, at, group, (insured, insured and alone))


def _by_grade(post: Post, fte: Line, at: PostRooms, group: str, insured: tuple[bool, bool]) -> FullMonth:
    """Gross pay and on-costs of a full month; insured: whether National Insurance is due, and is worked out here."""
    book = at.own.book
    months = book.convention("months_in_a_year")
    salary = salary_of(at.salary.once, post, at.filled)
    extras, pensionable = supplements_of(at.own, at.root, post, salary)
    pay = regular = with_supplements(at.own, "pay", f"Pay of one FTE{group}", salary, extras)
    once = paid_once_of(at.salary, post)
    if once is not None:
        label = f"Pay of one FTE, a year of what the month has{group}"
        pay = at.own.line("pay_with_sums_paid_once", label, regular + once * months, SALARY)
    gross = at.own.monthly("gross_pay", f"Gross pay{group}", fte * pay / months)
    base = gross
    if extras != pensionable:
        of_one: Expression = with_supplements(
            at.own, "pensionable", f"Pensionable pay of one FTE{group}", salary, pensionable
        )
        of_one = of_one if once is None else of_one + once * months
        base = at.own.monthly("pensionable_pay", f"Pensionable pay{group}", fte * of_one / months)
    on_costs = post.on_costs or book.case.on_costs
    groups = _people(post, fte, (pay, gross), at) if insured[1] else None
    rates = Room(book, at.on_costs if post.on_costs else "on_costs", ON_COSTS)
    found = on_cost_lines(at.own, on_costs, Payroll(gross, base, groups), rates)
    parts = {line.address.rpartition(".")[2]: line for line in (gross, *found.lines)}
    rise = rise_of(at.own, post, PayOfOne(salary, extras, pensionable))
    return FullMonth(parts, pay, regular, insured[0], found.beyond_new_service, groups, rise)


def _people(post: Post, fte: Line, paid: tuple[Line, Line], at: PostRooms) -> dict[str, tuple[Line, Line]]:
    """Those among whom the pay is shared: the people stated, or full-timers and one part-timer for the remainder.

    paid: the pay of one FTE in a year, and of all in a month.
    """
    pay, gross = paid
    if post.people_are_stated:
        return {"everyone": (gross, stated_people(at.root, post))}
    full_time = full_time_person(at.root)
    whole = full_time_people(at.root, fte)
    whole_pay = at.own.monthly("full_time_pay", "Gross pay of those full time", at.own.a_month(whole * full_time * pay))
    rest, part = part_timer(at.root, fte)
    part_pay = at.own.monthly("part_time_pay", "Gross pay of the part-timer", at.own.a_month(rest * pay))
    return {"full_time": (whole_pay, whole), "part_time": (part_pay, part)}
