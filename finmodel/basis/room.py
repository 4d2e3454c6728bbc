"""A scoped book: where the lines of one subject go is said once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from finmodel.basis.book import COUNTED, DEFAULT, FACT, Book, origin_of
from finmodel.basis.inherited import SaysWhere
from finmodel.lines.arithmetic import add_up, compare
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line, Origin
from finmodel.lines.periods import MONTHS_IN_A_YEAR, FinancialYear, Month
from finmodel.lines.timing import by_year
from finmodel.parsing.quantities import Quantity
from finmodel.reference import Rate


class Room(Struct, frozen=True):
    """Where the lines of one subject go: a post, a claim, the measures of an option.

    at: the address that theirs begin with; section: the group in which reports show them; owner: what says where a
    stated figure comes from when the figure itself does not; shared: whether a line that is there already is taken as
    it is, as `once` has it.
    """

    book: Book
    at: str
    section: str
    owner: SaysWhere | None = None
    shared: bool = False

    @property
    def once(self) -> Room:
        """The same room for lines that several subjects share: each is made when first asked for."""
        return Room(self.book, self.at, self.section, self.owner, shared=True)

    def within(self, name: str, owner: SaysWhere | None = None, section: str = "") -> Room:
        """A room in this one, with the same owner and section unless others are named."""
        return Room(self.book, self.address(name), section or self.section, owner or self.owner, self.shared)

    def under(self, section: str, owner: SaysWhere | None = None) -> Room:
        """The same addresses in another section, and with another owner where one is named."""
        return Room(self.book, self.at, section, owner or self.owner, self.shared)

    def address(self, name: str) -> str:
        """The whole address of a line of this room."""
        return f"{self.at}.{name}"

    def __getitem__(self, name: str) -> Line:
        return self.book.model[self.address(name)]

    def __contains__(self, name: str) -> bool:
        return self.address(name) in self.book.model

    def _there(self, name: str) -> Line | None:
        return self[name] if self.shared and name in self else None

    def line(
        self, name: str, label: str, rule: Expression | int, unit: str, *, over: Timeline | None = None, note: str = ""
    ) -> Line:
        """A line with its rule, over the rule's own timeline unless another is said."""
        return self._there(name) or self.book.line(
            self.address(name), label, rule, unit, timeline=over, section=self.section, note=note
        )

    def monthly(self, name: str, label: str, rule: Expression | int, unit: str = "£", note: str = "") -> Line:
        """A line by month, below `monthly`."""
        return self.line(f"monthly.{name}", label, rule, unit, over=Timeline.MONTHS, note=note)

    def yearly(self, name: str, label: str, rule: Expression | int, unit: str = "£", note: str = "") -> Line:
        """A line by year."""
        return self.line(name, label, rule, unit, over=Timeline.YEARS, note=note)

    def by_year(self, name: str, label: str, monthly: Line, note: str = "") -> Line:
        """What a monthly line totals in each year."""
        return self.line(name, label, by_year(monthly), monthly.unit, note=note)

    def declare(self, name: str, label: str, unit: str, over: Timeline, note: str = "") -> Line:
        """A line whose rule follows with `define`."""
        return self.book.model.declare(self.address(name), label, unit, over, section=self.section, note=note)

    def input(
        self,
        name: str,
        label: str,
        values: float | Sequence[float],
        unit: str,
        origin: Origin,
        *,
        over: Timeline = Timeline.ONCE,
        origins: Sequence[Origin] = (),
    ) -> Line:
        """An input with an origin of its own; `origins` where each period has one."""
        return self._there(name) or self.book.input(
            self.address(name), label, values, unit, origin, timeline=over, section=self.section, origins=origins
        )

    def state(self, name: str, label: str, quantity: Quantity, unit: str, *, over: Timeline = Timeline.MONTHS) -> Line:
        """A stated quantity as an input: one value when it is constant, otherwise one a month (or a year)."""
        return self.book.with_range(quantity, self._stated(name, label, quantity, unit, over))

    def _stated(self, name: str, label: str, quantity: Quantity, unit: str, over: Timeline) -> Line:
        origin, origins = self.book.origins_by_year(quantity, self.owner)
        if quantity.is_constant:
            return self.input(name, label, quantity.values[0], unit, origin)
        horizon = self.book.horizon
        if over is Timeline.MONTHS:
            origins = tuple(each for each in origins for _ in range(MONTHS_IN_A_YEAR))
        values = quantity.by_month(horizon) if over is Timeline.MONTHS else quantity.by_year(horizon)
        complete = [value for value in values if value is not None]  # the reader of the case has seen to that
        if len(complete) < len(values):
            raise ValueError(f"{self.address(name)} is not stated for every period")
        return self.input(name, label, complete, unit, origin, over=over, origins=origins)

    def shares_of_all(
        self, stated: Mapping[str, tuple[str, Quantity, SaysWhere | None]], *, over: Timeline = Timeline.YEARS
    ) -> dict[str, Line]:
        """Shares that total 100%, as inputs but for the last named, which is what they leave.

        stated: by name its label, the share, and its owner where that is not the room's.
        """
        found: dict[str, Line] = {}
        for name, (label, share, owner) in stated.items():
            if len(found) + 1 < len(stated):
                found[name] = self.under(self.section, owner).state(name, label, share, "share", over=over)
            else:
                rest = literal(1) - literal(add_up(list(found.values()))) if found else literal(1)
                found[name] = self.line(name, label, rest, "share", note="What is left of 100%.")
        return found

    def default(self, name: str, label: str, value: float, unit: str, note: str = "") -> Line:
        """A value that the case does not state: an input that says so."""
        return self.input(name, label, value, unit, replace(DEFAULT, note=f"{DEFAULT.note} {note}".strip()))

    def counted(self, name: str, label: str, value: float, unit: str = "number", note: str = "") -> Line:
        """A date of the case as a number, counted: an input that says how."""
        return self.input(name, label, value, unit, replace(COUNTED, note=note))

    def month(self, name: str, label: str, month: Month | None, default: int, note: str = "") -> Line:
        """A month of the case as a number, counted from 1 in April of its first year; default: where none is stated."""
        line = self.counted(name, label, self.book.month_number(month, default), note=note)
        line.counts = Timeline.MONTHS
        return line

    def fact(self, name: str, label: str, value: float, unit: str = "number", note: str = "") -> Line:
        """A value for which the case's rules are written, so that it cannot change in the workbook."""
        return self.input(name, label, value, unit, replace(FACT, note=note))

    def stated_fact(self, name: str, label: str, quantity: Quantity, unit: str, note: str) -> Line:
        """A stated quantity that is one number and for which the rules are written, so that it is a fact."""
        origin = self.book.origin(quantity.provenance, self.owner)
        told = " ".join(text for text in (note, origin.note) if text)
        made = self.input(name, label, quantity.values[0], unit, replace(origin, note=told, is_fact=True))
        return self.book.with_range(quantity, made)

    def follows(self, name: str, what: str, figure: Expression, most: Expression) -> None:
        """A check of the option: that a figure is at most what the rules are written for."""
        if self._there(name) is None:
            self.book.follows(self.address(name), what, compare(figure, "<=", most))

    def flag(self, name: str, label: str, holds: Iterable[bool], origin: Origin, over: Timeline) -> Line:
        """In which periods something is so, for which the rules are written: a fact."""
        values = [float(each) for each in holds]
        return self.input(name, label, values, "flag", replace(origin, is_fact=True), over=over)

    def rates_by_month(self, name: str, label: str, of: Callable[[Month], Rate], unit: str) -> Line:
        """Published rates as an input, a value a month; one value when they never change."""
        there = self._there(name)
        return there or self.rates(
            name, label, [of(month) for month in self.book.horizon.months], unit, Timeline.MONTHS
        )

    def rates_by_year(self, name: str, label: str, of: Callable[[FinancialYear], Rate], unit: str) -> Line:
        """Published rates as an input, a value a year; one value when they never change."""
        there = self._there(name)
        return there or self.rates(name, label, [of(year) for year in self.book.horizon.years], unit, Timeline.YEARS)

    def rates(self, name: str, label: str, rates: Sequence[Rate], unit: str, over: Timeline) -> Line:
        """Published rates as an input, a value a period; one value when they never change.

        What the room's owner says of itself goes with them, for it is by the owner that they are looked up.
        """
        values, looked_up = [rate.value for rate in rates], self.book.looked_up
        origin = looked_up(self.book.origin_of_published(self.address(name), rates), self.owner)
        if len(set(values)) == 1:
            return self.input(name, label, values[0], unit, origin)
        origins = [looked_up(origin_of([rate]), self.owner) for rate in rates]
        return self.input(name, label, values, unit, origin, over=over, origins=origins)

    def convention(self, name: str) -> Line:
        """A convention of the house or the calendar, such as `months_in_a_year`."""
        return self.book.convention(name)

    def a_month(self, of_a_year: Expression) -> Expression:
        """A twelfth of a year's figure."""
        return of_a_year / self.convention("months_in_a_year")
