"""An option that is judged: what its measures are made from, each written once and when first asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from finmodel.appraisal.break_even import SavingOfAChild, other_savings, saving_of_a_child
from finmodel.appraisal.options import WrittenOption
from finmodel.appraisal.payback import Crossing, crossing
from finmodel.appraisal.real_terms import OtherRates
from finmodel.basis.room import Room
from finmodel.lines.arithmetic import compare, conditional
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import at_year, by_year, largest, smallest


@dataclass
class Judged:
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
    def crossings(self) -> tuple[Crossing, Crossing, Crossing, Crossing]:
        """Where net savings come up from below zero: by year, by month, and both discounted."""
        monthly, yearly, discounted = self.written.monthly, self.written.yearly, self.room.within("discounted")
        months = crossing(self.room.within("monthly"), monthly["net_saving"])
        years = crossing(self.room, yearly["net_saving"])
        label = "Discounted net saving"
        flows = self.option.line("discounted_net_saving", label, yearly["net_saving"] * self.factor, "£")
        rule, note = monthly["net_saving"] * at_year(self.factor), "Each month at its year's discount factor."
        monthly_flows = self.option.monthly("discounted_net_saving", label, rule, note=note)
        later = crossing(discounted, flows)
        return years, months, later, crossing(discounted.within("monthly"), monthly_flows)

    @cached_property
    def lowest(self) -> tuple[Line, Line]:
        """The lowest cumulative net saving of any month, and a line whose smallest value is that month's number."""
        book, running = self.room.book, self.written.monthly["cumulative_net_saving"]
        tolerance, number = book.convention("tolerance"), book.number_of(Timeline.MONTHS)
        label = "Lowest cumulative net saving of any month"
        lowest = self.room.line("lowest_balance", label, smallest(running), "£")
        label = "Number of the month, where the cumulative net saving is at its lowest; otherwise of the last"
        rule = conditional(compare(running, "<=", lowest + tolerance), number, largest(number))
        return lowest, self.option.monthly("at_lowest", label, rule, "number")

    @cached_property
    def one_child(self) -> SavingOfAChild | None:
        """What one child fewer in care saves."""
        return saving_of_a_child(self.written)

    @cached_property
    def other_savings(self) -> Line:
        """What it saves apart from children fewer in care, £ by year."""
        return other_savings(self.written)

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
