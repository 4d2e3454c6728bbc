"""An option that is judged: what its measures are made from, each written once and when first asked for."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct, field

from finmodel.appraisal.accounts import Accounts, write_accounts
from finmodel.appraisal.break_even import SavingOfAChild, growth_of_children, other_savings, saving_of_a_child
from finmodel.appraisal.money_spent import NET_POSITION
from finmodel.appraisal.options import WrittenOption
from finmodel.appraisal.payback import Balance, crossing
from finmodel.appraisal.real_terms import OtherRates
from finmodel.basis.room import Room
from finmodel.lines.arithmetic import compare, conditional
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import at_year, by_year, largest, smallest


class Course(Struct, frozen=True, dict=True):
    """How what an option nets runs: where it comes up from below zero, by year and month, and both discounted.

    room: where its lines go.
    """

    room: Room
    by_year: Balance
    by_month: Balance
    discounted_by_year: Balance
    discounted_by_month: Balance

    @cached_property
    def lowest(self) -> tuple[Line, Line]:
        """The lowest running total of any month, and a line whose smallest value is that month's number."""
        book, running = self.room.book, self.by_month.cumulative
        tolerance, number = book.convention("tolerance"), book.number_of(Timeline.MONTHS)
        label = f"{running.label[0].lower()}{running.label[1:]}"
        lowest = self.room.line("lowest_balance", f"Lowest {label} of any month", smallest(running), "£")
        label = f"Number of the month, where the {label} is at its lowest; otherwise of the last"
        rule = conditional(compare(running, "<=", lowest + tolerance), number, largest(number))
        return lowest, self.room.monthly("at_lowest", label, rule, "number")


class Judged(Struct, dict=True):
    """An option that is judged.

    factor: what a pound of cash of each year counts for in a present value; basis: the same in words; found: the
    measures so far, by name; comparison: present values at other rates.
    """

    written: WrittenOption
    factor: Line
    basis: str
    found: dict[str, Line] = field(default_factory=dict)
    comparison: OtherRates | None = None

    @property
    def room(self) -> Room:
        """Where its measures go."""
        return self.written.room.within("measures", section="Measures")

    @property
    def option(self) -> Room:
        """Where lines of the option go that only measures need."""
        return self.written.room.under("Measures")

    @cached_property
    def accounts(self) -> Accounts | None:
        """The accounts that are real; None where the case names no deflator."""
        return write_accounts(self.written)

    @cached_property
    def has_capital(self) -> bool:
        """Whether any option of the case has capital, so that revenue and all money spent differ."""
        return any(cost.capital is not None for option in self.room.book.case.options for cost in option.costs)

    @cached_property
    def all_money(self) -> Course:
        """How the net position runs: all money spent, capital when it is spent."""
        return self._course(NET_POSITION, self.room)

    @cached_property
    def revenue(self) -> Course:
        """How the net saving runs: the revenue budget alone."""
        return self._course("net_saving", self.room.within("revenue"))

    def _course(self, name: str, room: Room) -> Course:
        monthly, yearly = self.written.monthly[name], self.written.yearly[name]
        label, discounted = f"Discounted {yearly.label[0].lower()}{yearly.label[1:]}", room.within("discounted")
        flows = self.option.line(f"discounted_{name}", label, yearly * self.factor, "£")
        note = "Each month at its year's discount factor."
        monthly_flows = self.option.monthly(f"discounted_{name}", label, monthly * at_year(self.factor), note=note)
        return Course(
            room,
            crossing(room, yearly),
            crossing(room.within("monthly"), monthly),
            crossing(discounted, flows),
            crossing(discounted.within("monthly"), monthly_flows),
        )

    @cached_property
    def one_child(self) -> SavingOfAChild | None:
        """What one child fewer in care saves."""
        return saving_of_a_child(self.written)

    @cached_property
    def other_savings(self) -> Line:
        """What it saves apart from children fewer in care, £ by year."""
        growth = self.growth_of_children
        return other_savings(self.written, None if growth is None else growth[1])

    @cached_property
    def growth_of_children(self) -> tuple[Line, Line] | None:
        """The growth that its children avoid, and what of it is beyond the growth in the base budget, £ by year."""
        return growth_of_children(self.written)

    @cached_property
    def saving_per_child(self) -> Line | None:
        """What one child fewer in care throughout the effect saves, cashable, £ by year."""
        if self.one_child is None:
            return None
        label = "Cashable saving of one child fewer in care throughout the effect"
        return self.room.by_year("saving_per_child_by_year", label, self.one_child.by_month)

    @cached_property
    def in_effect(self) -> Line | None:
        """The share of a child that can be fewer in care, an average of each year."""
        if self.one_child is None:
            return None
        label = "Share of a child that is fewer in care while the effect lasts"
        monthly = self.room.monthly("in_effect", label, self.one_child.in_effect, "share")
        return self.room.line("in_effect", f"{label}, average", by_year(monthly, "average"), "share")
