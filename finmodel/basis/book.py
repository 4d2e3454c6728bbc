"""The book in which a case's model is written: the case, its lines, and where the figures of inputs come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from finmodel.basis.inherited import SaysWhere, inherited
from finmodel.case import Case
from finmodel.lines.arithmetic import rounded_down, rounded_up
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line, Origin
from finmodel.lines.model import Model
from finmodel.lines.periods import FinancialYear, Month
from finmodel.lines.timing import largest
from finmodel.parsing.nearest import all_of
from finmodel.parsing.quantities import Provenance, Quantity, StatedRange
from finmodel.reference import Rate, convention
from finmodel.reference.rates import Vintage

IN_THE_CASE = "Stated in the case file"
DEFAULT = Origin("finmodel's default", note="Not stated in the case.", confidence="assumed")
COUNTED = Origin("Counted from the case file", confidence="stated")
FACT = Origin("How the case is put together", confidence="stated", is_fact=True)
BY_DEFINITION = Origin("By definition", confidence="published", is_fact=True)
NOT_LATE = Origin("Not stated, so none", confidence="stated", note="As the months of the case have it.")
NOT_STATED = (DEFAULT.source, NOT_LATE.source)
NOT_ASSUMED = (
    COUNTED.source,
    FACT.source,
    BY_DEFINITION.source,
    NOT_LATE.source,
)  # sources of what follows from what is stated
_CONVENTIONS = {
    "months_in_a_year": ("Months in a year", "per year"),
    "weeks_in_a_year": ("Weeks in a year", "weeks per year"),
    "ni_weeks_in_a_year": ("Weeks in a National Insurance year", "weeks per year"),
    "days_in_a_year": ("Days in a year of pay", "days per year"),
    "days_in_a_week": ("Days in a week", "days per week"),
    "days_worked_in_a_week": ("Days worked in a full-time week", "days per week"),
    "increment_service_months": ("Months of service before a first increment", "number"),
    "redundancy_qualifying_years": ("Years of service before there is redundancy pay", "years"),
    "redundancy_most_years": ("Most years of service that count for redundancy pay", "years"),
    "redundancy_age_of_one_week": ("Age from which a year of service counts a week's pay", "years"),
    "redundancy_age_of_more": ("Age from which a year of service counts one and a half week's pay", "years"),
    "redundancy_half_week": ("Week's pay for a year of service, before either age", "weeks per year"),
    "decimal_places_compared": ("Decimal places compared", "number"),
    "rounding": ("Rounding, as a share of the amounts added up", "share"),
    "tolerance": ("Half a penny", "£"),
}
_WEAKEST_FIRST = ("illustrative", "unverified", "assumed", "stated", "derived", "published")


class DrawnFromBaseline(Struct, frozen=True):
    """What a claim draws of the children in care: child-years claimed, drawn, and claimed in vain.

    option: whose claim it is; "" of what comes before all options, another proposal or a stage. label: what it is
    called. cost: what the overlap would have saved before deductions, £; None where the claim has no price.
    """

    option: str
    claim: str
    label: str
    claimed: Line
    drawn: Line
    overlap: Line
    cost: Line | None = None


class Book:
    """A case and the model being written for it; lines that several subjects share are made once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.horizon = case.horizon
        self.model = Model(case.horizon)
        self.input = self.model.input
        self.line = self.model.line
        self.published: dict[str, tuple[Vintage, ...]] = {}  # the published figures behind an input, by its address
        self.in_care: Line | None = None  # children whom claims may draw on, by month; None where nothing limits them
        self.drawn: dict[str, list[Line]] = {}  # by option: what its claims have drawn of them
        self.ledger: list[DrawnFromBaseline] = []  # in the order in which they draw
        self.lacking: dict[tuple[str, str], tuple[Line, Line]] = {}  # FTE that a team lacks of a target: exact, whole
        self.limits: dict[str, list[Line]] = {}  # by option: checks that its inputs are where the rules hold
        self.ranged: list[tuple[StatedRange, Line]] = []  # ranges written at a figure, and the input that it became

    def shared(self, address: str, make: Callable[[], Line]) -> Line:
        """The line at an address, made when first asked for."""
        return self.model[address] if address in self.model else make()

    def follows(self, address: str, what: str, holds: Expression) -> None:
        """A check of the option to which the address belongs: that the rules are those for inputs such as these."""
        name = address.split(".")[1]
        title = next(option.title for option in self.case.options if option.id == name)
        line = self.line(address, f"{title}: {what}", holds, "flag", section=f"Checks: {title}")
        self.limits.setdefault(name, []).append(line)

    def convention(self, name: str) -> Line:
        """A convention of the house or the calendar, such as `months_in_a_year`, as an input."""
        address = f"conventions.{name}"
        if address in self.model:
            return self.model[address]
        rate = convention(name)
        label, unit = _CONVENTIONS[name]
        own = self.case.weeks_in_a_year if name == "weeks_in_a_year" else None
        if own is not None:
            stated = self.origin(own.provenance)
            made = self.input(address, label, own.values[0], unit, stated, section="Conventions")
            return self.with_range(own, made)
        is_fact = name not in Case.model_fields  # a case may state the weeks
        origin = replace(self.origin_of_published(address, [rate]), is_fact=is_fact)
        return self.input(address, label, rate.value, unit, origin, section="Conventions")

    def with_range(self, quantity: Quantity, line: Line) -> Line:
        """The input that a quantity became, its range kept in mind where it has one."""
        if quantity.range is not None and not any(line is known for _, known in self.ranged):
            self.ranged.append((quantity.range, line))
        return line

    def origin(self, provenance: Provenance, owner: SaysWhere | None = None) -> Origin:
        """Where a stated figure comes from: what it says of itself, else what the thing that it belongs to says."""
        if owner is not None:
            provenance = inherited(provenance, owner)
        if provenance == Provenance():
            return Origin(IN_THE_CASE, confidence="", note="No source is given.")
        source = self.case.sources.get(provenance.source)
        title = ", ".join(part for part in (source.publisher, source.title) if part) if source else provenance.source
        return Origin(
            source=title or IN_THE_CASE,
            where=provenance.where,
            link=source.link if source else "",
            owner=provenance.owner,
            confidence=provenance.confidence or "",
            as_at=provenance.as_at or (source.date if source else None),
            note=provenance.note,
        )

    def origin_in(self, quantity: Quantity, year: FinancialYear, owner: SaysWhere | None = None) -> Origin:
        """Where a quantity's figure of one year comes from; one that is carried on to a year says from which."""
        origin, before = self.origin(quantity.provenance, owner), quantity.carried_from(year)
        if before is None:
            return origin
        return replace(
            origin,
            source=_joined("; ", f"Carried from {before}", "" if origin.source == IN_THE_CASE else origin.source),
            confidence=weakest([origin.confidence, "assumed"]),
            note=_joined(" ", f"The case names no figure for {year}.", origin.note),
        )

    def origins_by_year(self, quantity: Quantity, owner: SaysWhere | None = None) -> tuple[Origin, tuple[Origin, ...]]:
        """Where a quantity comes from in all, and year by year where some years are carried on from others."""
        origin, years = self.origin(quantity.provenance, owner), self.horizon.years
        carried = [year for year in years if quantity.carried_from(year) is not None]
        if not carried:
            return origin, ()
        note = f"Carried on from the year before in {all_of(map(str, carried))}, for which the case names no figure."
        return replace(origin, note=_joined(" ", note, origin.note)), tuple(
            self.origin_in(quantity, year, owner) for year in years
        )

    def definition(self, name: str, label: str, value: float, unit: str) -> Line:
        """A figure that holds by definition and gives others their unit, such as one FTE to a full-time person."""
        address = f"conventions.{name}"
        return self.shared(
            address,
            lambda: self.input(address, label, value, unit, BY_DEFINITION, section="Conventions"),
        )

    @property
    def one_year(self) -> Line:
        """One year, by which a figure a year becomes a figure."""
        return self.definition("one_year", "One year", 1, "years")

    def origin_of_published(self, address: str, rates: Sequence[Rate]) -> Origin:
        """The origin of an input made from published rates, which are kept for the list of rates used."""
        self.published[address] = tuple(dict.fromkeys(map(Vintage.of, rates)))
        return origin_of(rates)

    def looked_up(self, published: Origin, owner: SaysWhere | None) -> Origin:
        """The origin of a published figure that an entry of the case looks up: the figure's, with what the entry says.

        A figure is no surer than the choice of it: of the two confidences the weaker is shown.
        """
        if owner is None or inherited(Provenance(), owner) == Provenance():
            return published
        entry = self.origin(Provenance(), owner)
        return Origin(
            source=_joined("; ", published.source, f"named in: {entry.source}" if owner.source else ""),
            where=_joined("; ", published.where, entry.where),
            link=_joined(" ", published.link, entry.link),
            owner=entry.owner,
            confidence=weakest([published.confidence, entry.confidence]),
            as_at=entry.as_at or published.as_at,
            note=_joined(" ", entry.note, published.note),
        )

    def month_number(self, month: Month | None, default: int) -> int:
        """A month counted from 1 in April of the first year; below 1 before it."""
        return default if month is None else month - self.horizon.first_year.first_month + 1

    def number_of(self, timeline: Timeline) -> Line:
        """The number of the year or month, 1 for the first, as a line."""
        address, label = f"calendar.{timeline.one}_number", f"Number of the {timeline.one}"
        rule = self.model.period_number(timeline)
        return self.shared(address, lambda: self.line(address, label, rule, "number", section="Calendar"))

    def number_of_years(self) -> Line:
        """How many years the case covers."""
        address, rule = "calendar.number_of_years", largest(self.number_of(Timeline.YEARS))
        return self.shared(address, lambda: self.line(address, "Number of years", rule, "number", section="Calendar"))

    def year_of(self, month: Expression, *, within: bool = True) -> Expression:
        """The number of the year of a month, both counted from 1; within: whether the month is of the case.

        Before it years are counted down to 0 and below, where what is rounded away from zero goes the other way.
        """
        years = month / self.convention("months_in_a_year") / self.one_year
        rounded = rounded_up if within else rounded_down
        return rounded(years, self.convention("decimal_places_compared"))


def _joined(by: str, *texts: str) -> str:
    return by.join(dict.fromkeys(text for text in texts if text))


def weakest(confidences: Sequence[str]) -> str:
    """The least certain of several confidences: a chain is as strong as its weakest link."""
    for level in _WEAKEST_FIRST:
        if level in confidences:
            return level
    return ""


def origin_of(rates: Sequence[Rate]) -> Origin:
    """The origin of published rates: every source once, the weakest confidence, the dates of the changes."""
    distinct = list(dict.fromkeys(rates))
    sources = list(dict.fromkeys(rate.source for rate in distinct if rate.source))
    notes = list(dict.fromkeys(rate.note for rate in distinct if rate.note))
    dated = [rate for rate in distinct if rate.effective > date.min]
    changes = list(dict.fromkeys(f"from {rate.effective.isoformat()}" for rate in dated))
    return Origin(
        source="; ".join(sources),
        where=", ".join([distinct[0].dataset, *changes]),
        link=next((rate.link for rate in distinct if rate.link), ""),
        confidence=weakest([rate.confidence for rate in distinct]),
        note=" ".join(notes[:3]),
    )


def year_name(year: FinancialYear) -> str:
    """A year as part of an address: `2014_15`."""
    return str(year).replace("/", "_")
