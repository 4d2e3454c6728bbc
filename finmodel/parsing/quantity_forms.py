"""From what was written to quantities, years, months and days: the readers that the fields of the schema name.

Every reader takes text as well as numbers, so that a value from YAML and a cell of a CSV table are read alike. What
cannot be read is raised as one pydantic error that carries all the faults found, each with its place in the value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import TypedDict, get_args

from msgspec.structs import replace
from pydantic import ValidationInfo

from finmodel.lines.periods import FinancialYear, Month
from finmodel.parsing import numbers
from finmodel.parsing.dates import EARLIEST_YEAR, date_from, month_from, year_from
from finmodel.parsing.examples import FORMS
from finmodel.parsing.faults import Fault, or_refuse, refuse
from finmodel.parsing.nearest import all_of, did_you_mean, one_of
from finmodel.parsing.numbers import Reader, UnreadableError
from finmodel.parsing.partial_dates import PartialDate, partial_date_from
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Confidence, Provenance, Quantity, StatedRange
from finmodel.parsing.range_forms import RANGE_FIELDS, no_centre, range_from

PROVENANCE_FIELDS = Provenance.__struct_fields__
ALWAYS = ("value", "central")  # the figure itself; the second name is that of one with a range
SHAPES = (*ALWAYS, "by_year", "by_month")
LEFT_OUT = "years_left_out"  # beside `by_year`: what holds in the years that it does not name
YEARS_LEFT_OUT = ("zero", "carried")
CONFIDENCES: tuple[str, ...] = get_args(Confidence)


class ReadingContext(TypedDict):
    """What a quantity must know of its case: a list by year starts in the first year and has a value for each.

    like: a year of the case to show in messages, its first where that can be read.
    """

    first_year: FinancialYear | None
    years: int | None
    like: FinancialYear | None


def read_money(given: object, info: ValidationInfo) -> Quantity:
    """Pounds over time, not negative."""
    return _quantity(given, info, numbers.money, gaps=False)


def read_money_from_any_year(given: object, info: ValidationInfo) -> Quantity:
    """Pounds over time that need not begin with the case."""
    return _quantity(given, info, numbers.money, from_the_start=False, gaps=False)


def read_share(given: object, info: ValidationInfo) -> Quantity:
    """A share over time, 0% to 100%."""
    return _quantity(given, info, numbers.share)


def read_change(given: object, info: ValidationInfo) -> Quantity:
    """A yearly change or rate over time."""
    return _quantity(given, info, numbers.change)


def read_change_from_any_year(given: object, info: ValidationInfo) -> Quantity:
    """A yearly change over time that need not begin with the case."""
    return _quantity(given, info, numbers.change, from_the_start=False)


def read_number(given: object, info: ValidationInfo) -> Quantity:
    """A plain number over time, not negative."""
    return _quantity(given, info, numbers.number)


def read_financial_year(given: object, info: ValidationInfo) -> FinancialYear:
    """A council financial year, `2015/16`."""
    like = _like(info)
    return given if isinstance(given, FinancialYear) else or_refuse(lambda text: year_from(text, like), given)


def read_month(given: object, info: ValidationInfo) -> Month:
    """A month, `2015-09`."""
    year = _like(info)
    like = None if year is None else year.first_month
    return given if isinstance(given, Month) else or_refuse(lambda text: month_from(text, like), given)


def _like(info: ValidationInfo) -> FinancialYear | None:
    """A year of the same file, to show in a message."""
    context: ReadingContext | None = info.context
    return None if context is None else context["like"]


def read_date(given: object) -> date:
    """A day, `2015-01-20`."""
    if isinstance(given, datetime) and given.time() == time():
        return given.date()
    return given if type(given) is date else or_refuse(date_from, given)


def read_partial_date(given: object) -> PartialDate:
    """A day or as much of one as is known: `2014-09-01`, `March 2014`, `2014`, `late 2016`."""
    return given if isinstance(given, PartialDate) else or_refuse(partial_date_from, given)


def read_whole_number(given: object) -> int:
    """A whole number."""
    if isinstance(given, Mapping) and set(RANGE_FIELDS) & set(given):
        what = "A whole number has no range beside it"
        refuse(
            [Fault((), what, "Write the number, and its range under `uncertainty: ranges`, by the input's address.")]
        )
    return or_refuse(numbers.whole_number, given)


def read_figure(given: object) -> float:
    """A figure of any unit and either sign, as a plain number."""
    return or_refuse(numbers.figure, given)


def read_yes_no(given: object) -> bool:
    """`true`, `yes` or `on`; `false`, `no` or `off`; in any case of letters."""
    if isinstance(given, bool):
        return given
    word = given.strip().lower() if isinstance(given, str) else ""
    if word not in _YES_NO:
        refuse([Fault((), "This is neither yes nor no", "Write true or false.")])
    return _YES_NO[word]


_YES_NO = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def _quantity(
    given: object, info: ValidationInfo, read: Reader, from_the_start: bool = True, gaps: bool = True
) -> Quantity:
    """A quantity in any of the ways in which one may be written.

    gaps: whether a year left out between two that are named has the value of the one before without being asked about;
    an amount of money has not.
    """
    if isinstance(given, Quantity):
        return given
    form = _Form(info.context, read, from_the_start, gaps)
    result = form.quantity(given)
    if form.faults:
        refuse(form.faults)
    return result


class _Form:
    """One quantity being read: collects every fault on the way."""

    def __init__(self, context: ReadingContext | None, read: Reader, from_the_start: bool, gaps: bool) -> None:
        self.read = read
        self.from_the_start = from_the_start
        self.gaps = gaps
        self.has_context = context is not None
        self.first_year = context["first_year"] if context else None
        self.years = context["years"] if context else None
        self.like = context["like"] if context else None
        self.faults: list[Fault] = []

    def fault(self, address: Address, what: str, remedy: str) -> None:
        self.faults.append(Fault(address, what, remedy))

    def quantity(self, given: object) -> Quantity:
        if not isinstance(given, Mapping):
            return self.values(given, (), Provenance())
        shapes = [shape for shape in SHAPES if shape in given]
        provenance = self.provenance(given)
        if len(shapes) != 1:
            self.no_one_shape(given, shapes)
            return Quantity((), provenance)
        (shape,) = shapes
        stated_range = self.range(given, shape)
        return replace(self.over_time(given, shape, provenance), range=stated_range)

    def no_one_shape(self, given: Mapping[str, object], shapes: Sequence[str]) -> None:
        """No figure, or two."""
        if shapes:
            what = f"Both {' and '.join(f'`{shape}`' for shape in shapes)} are given"
        elif any(name in given for name in RANGE_FIELDS):
            self.fault((), *no_centre(given))
            return
        else:
            what = "There is no value here"
        self.fault((), what, "Write exactly one of `value`, `by_year` or `by_month`.")

    def range(self, given: Mapping[str, object], shape: str) -> StatedRange | None:
        """How far the figure may be from what is stated; None where nothing is said of that."""
        if any(name in given for name in RANGE_FIELDS):
            found, faults = range_from(given, self.read)
            self.faults += faults
            return found
        if shape == "central":
            what = "This has a central figure, and no range around it"
            self.fault((), what, "Add `low` and `high`; or write the figure alone, or as `value`.")
        return None

    def over_time(self, given: Mapping[str, object], shape: str, provenance: Provenance) -> Quantity:
        left_out = self.left_out(given, shape)
        if shape in ALWAYS:
            return self.values(given[shape], (shape,), provenance)
        found = self.steps(given[shape], shape)
        if shape == "by_month":
            self.no_gap(found, shape)
            return Quantity(tuple(sorted(found.items())), provenance)
        return self.by_year(found, left_out, provenance)

    def by_year(self, found: dict[Month, float], left_out: str, provenance: Provenance) -> Quantity:
        """Values of the years that are named, and what holds in the others."""
        named = frozenset(month.financial_year for month in found)
        if left_out == "zero" and named:
            first, last = min(named), max(named)
            ends = [(first + n).first_month for n in range(last - first + 2)]
            if self.first_year is not None and first > self.first_year:
                ends.append(self.first_year.first_month)
            found = dict.fromkeys(ends, 0.0) | found
        else:
            self.no_gap(found, "by_year")
        if not left_out and not self.gaps:
            self.no_year_left_out(named)
        return Quantity(tuple(sorted(found.items())), provenance, named=named)

    def left_out(self, given: Mapping[str, object], shape: str) -> str:
        """What the case says of years that are not named: `zero`, `carried`, or nothing."""
        word = given.get(LEFT_OUT)
        if LEFT_OUT not in given:
            return ""
        if shape != "by_year":
            self.fault((LEFT_OUT,), f"`{LEFT_OUT}` is only used with `by_year`", "Remove it.")
        elif word not in YEARS_LEFT_OUT:
            guess = did_you_mean(word, YEARS_LEFT_OUT)
            self.fault(
                (LEFT_OUT,), "This does not say what the years left out have", f"{guess}Write {one_of(YEARS_LEFT_OUT)}."
            )
        return str(word)

    def no_year_left_out(self, named: frozenset[FinancialYear]) -> None:
        """No year of the case is missing between two that are named: an amount of it would be nobody's."""
        if not named:
            return
        first = max(min(named), self.first_year or min(named))
        last = max(named) if self.first_year is None or self.years is None else self.first_year + (self.years - 1)
        missing = [first + n for n in range(min(max(named), last) - first + 1) if first + n not in named]
        if missing:
            years = all_of(str(year) for year in missing)
            what = f"No amount is given for {years}, between years that have one"
            remedy = f"Add {'it' if len(missing) == 1 else 'them'}, 0 if there is none; or write "
            remedy += f"`{LEFT_OUT}: zero`, or `{LEFT_OUT}: carried` for the amount of the year before."
            self.fault(("by_year",), what, remedy)

    def values(self, given: object, at: Address, provenance: Provenance) -> Quantity:
        """One number, or a list by year."""
        if not isinstance(given, list | tuple):
            value = self.one(given, at)
            return Quantity.constant(value if value is not None else 0.0, provenance)
        numbers = [self.one(item, (*at, position)) for position, item in enumerate(given)]
        first = self.start_of_list(len(numbers), at)
        steps = [((first + n).first_month, number) for n, number in enumerate(numbers) if number is not None]
        return Quantity(tuple(steps), provenance, ends=first + (len(numbers) - 1))

    def start_of_list(self, count: int, at: Address) -> FinancialYear:
        first = self.first_year
        if not self.has_context:
            self.fault(at, "A list by year needs to know the first year", "Read the whole case at once.")
        elif first is not None and self.years is not None and count != self.years:
            what = f"{count} value{'' if count == 1 else 's'} for {self.years} year{'' if self.years == 1 else 's'}"
            last = first + (self.years - 1)
            self.fault(at, what, f"Write one value for each year from {first} to {last}, or a single value for all.")
        # Without a readable first year the case is refused anyway; any year lets reading go on to the next problem.
        return first or FinancialYear(EARLIEST_YEAR)

    def steps(self, given: object, shape: str) -> dict[Month, float]:
        """The values by year or month that are named, by the month in which each begins."""
        example = f"{self.example(shape)}: …"
        if not isinstance(given, Mapping) or not given:
            self.fault((shape,), f"`{shape}` has no values", f"Write a value for each change, like `{example}`.")
            return {}
        found: dict[Month, float] = {}
        for name, item in given.items():
            start = self.period(name, shape)
            value = self.one(item, (shape, name))
            if start is None:
                continue
            if start in found:
                self.fault((shape, name), "This period is named twice", "Keep one of the values.")
            found[start] = 0.0 if value is None else value
        return found

    def example(self, shape: str) -> str:
        """A year or a month of the case, or the form of one."""
        if self.like is None:
            return FORMS["year" if shape == "by_year" else "month"]
        return str(self.like if shape == "by_year" else self.like.first_month)

    def period(self, name: object, shape: str) -> Month | None:
        try:
            month = None if self.like is None else self.like.first_month
            return year_from(name, self.like).first_month if shape == "by_year" else month_from(name, month)
        except UnreadableError as error:
            self.fault((shape, str(name)), error.what, error.remedy)
            return None

    def no_gap(self, found: dict[Month, float], shape: str) -> None:
        """A value is needed from the first month of the case on."""
        if not (self.from_the_start and found and self.first_year is not None):
            return
        first = self.first_year.first_month
        if min(found) > first:
            period = str(self.first_year) if shape == "by_year" else str(first)
            what = f"There is no value before {min(found).words}"
            self.fault((shape,), what, f"Add a value for {period}, 0 if there is none.")

    def one(self, given: object, at: Address) -> float | None:
        try:
            return self.read(given)
        except UnreadableError as error:
            self.fault(at, error.what, error.remedy)
            return None

    def provenance(self, given: Mapping[str, object]) -> Provenance:
        for name in given:
            names = (*SHAPES, LEFT_OUT, *RANGE_FIELDS, *PROVENANCE_FIELDS)
            if name not in names:
                guess = did_you_mean(name, names)
                self.fault((name,), f"`{name}` is not a name known here", f"{guess}The names are {all_of(names)}.")
        texts = {name: self.text(given, name) for name in ("source", "where", "owner", "note")}
        return Provenance(**texts, confidence=self.confidence(given), as_at=self.as_at(given))

    def text(self, given: Mapping[str, object], name: str) -> str:
        value = given.get(name)
        if value is not None and not isinstance(value, str):
            self.fault((name,), "This is not text", "Write words here.")
        return value.strip() if isinstance(value, str) else ""

    def confidence(self, given: Mapping[str, object]) -> Confidence | None:
        value = given.get("confidence")
        if value is not None and value not in CONFIDENCES:
            guess = did_you_mean(value, CONFIDENCES)
            self.fault(("confidence",), "This is not a confidence", f"{guess}Write {one_of(CONFIDENCES)}.")
            return None
        return value  # type: ignore[return-value]

    def as_at(self, given: Mapping[str, object]) -> date | None:
        value = given.get("as_at")
        if value is None or isinstance(value, date):
            return value
        try:
            return date_from(value)
        except UnreadableError as error:
            self.fault(("as_at",), error.what, error.remedy)
            return None
