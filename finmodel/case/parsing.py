"""From what was written to quantities, years, months and points: the readers that the fields of the schema name.

Every reader takes text as well as numbers, so that a value from YAML and a cell of a CSV table are read alike. What
cannot be read is raised as one pydantic error that carries all the faults found, each with its place in the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import NoReturn, TypedDict, TypeVar, get_args

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from finmodel.case import figures
from finmodel.case.figures import Reader, UnreadableError
from finmodel.case.nearest import all_of, did_you_mean, one_of
from finmodel.case.places import Address
from finmodel.case.quantities import Confidence, Provenance, Quantity
from finmodel.lines.periods import FinancialYear, Month

EARLIEST_YEAR = 1990  # years and months outside these are slips of the pen
LATEST_YEAR = 2150
LONGEST_PERIOD_TEXT = 20

PROVENANCE_FIELDS = tuple(field.name for field in fields(Provenance))
SHAPES = ("value", "by_year", "by_month")
CONFIDENCES: tuple[str, ...] = get_args(Confidence)
POINT_POLICIES = ("top", "bottom", "middle")

T = TypeVar("T")
Steps = tuple[tuple[Month | None, float], ...]


class ReadingContext(TypedDict):
    """What a quantity must know of its case: a list by year starts in the first year and has a value for each."""

    first_year: FinancialYear | None
    years: int | None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be read, and where in the value."""

    address: Address
    what: str
    remedy: str


def read_money(given: object, info: ValidationInfo) -> Quantity:
    """Pounds over time, not negative."""
    return _quantity(given, info, figures.money)


def read_money_from_any_year(given: object, info: ValidationInfo) -> Quantity:
    """Pounds over time that need not begin with the case."""
    return _quantity(given, info, figures.money, from_the_start=False)


def read_share(given: object, info: ValidationInfo) -> Quantity:
    """A share over time, 0% to 100%."""
    return _quantity(given, info, figures.share)


def read_change(given: object, info: ValidationInfo) -> Quantity:
    """A yearly change or rate over time."""
    return _quantity(given, info, figures.change)


def read_change_from_any_year(given: object, info: ValidationInfo) -> Quantity:
    """A yearly change over time that need not begin with the case."""
    return _quantity(given, info, figures.change, from_the_start=False)


def read_number(given: object, info: ValidationInfo) -> Quantity:
    """A plain number over time, not negative."""
    return _quantity(given, info, figures.number)


def read_financial_year(given: object) -> FinancialYear:
    """A council financial year, `2015/16`."""
    return given if isinstance(given, FinancialYear) else _or_fault(year_from, given)


def read_month(given: object) -> Month:
    """A month, `2015-09`."""
    return given if isinstance(given, Month) else _or_fault(month_from, given)


def read_date(given: object) -> date:
    """A day, `2015-01-20`."""
    return given if isinstance(given, date) else _or_fault(_date, given)


def read_whole_number(given: object) -> int:
    """A whole number."""
    return _or_fault(figures.whole_number, given)


def read_yes_no(given: object) -> bool:
    """`true`, `yes` or `on`; `false`, `no` or `off`; in any case of letters."""
    if isinstance(given, bool):
        return given
    word = given.strip().lower() if isinstance(given, str) else ""
    if word not in _YES_NO:
        refuse([Fault((), "This is neither yes nor no", "Write true or false.")])
    return _YES_NO[word]


def read_point(given: object) -> str | int:
    """A policy on points, or a spinal point."""
    if isinstance(given, str) and given.strip() in POINT_POLICIES:
        return given.strip()
    try:
        return _point(given)
    except UnreadableError:
        remedy = f"Write {one_of(POINT_POLICIES)}, or a spinal point like 34."
        guess = did_you_mean(given, POINT_POLICIES)
        refuse([Fault((), "This is neither a policy on points nor a spinal point", guess + remedy)])


def read_point_range(given: object) -> tuple[int, int]:
    """The lowest and the highest point of a grade: `32-37`, or one point."""
    return _or_fault(_point_range, given)


_YES_NO = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_POINT_RANGE = re.compile(r"([0-9]{1,3})(?:\s*(?:-|–|to)\s*([0-9]{1,3}))?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _or_fault(read: Callable[[object], T], given: object) -> T:
    try:
        return read(given)
    except UnreadableError as error:
        refuse([Fault((), error.what, error.remedy)])


def refuse(faults: list[Fault]) -> NoReturn:
    """Raise everything that cannot be read of a value."""
    message = " ".join(f"{fault.what}. {fault.remedy}" for fault in faults)
    raise PydanticCustomError("unreadable", "{message}", {"message": message, "faults": tuple(faults)})


def year_from(given: object) -> FinancialYear:
    """A financial year; UnreadableError for anything else."""
    remedy = "Write a council financial year like 2015/16."
    if not isinstance(given, str) or len(given) > LONGEST_PERIOD_TEXT or not given.isascii():
        raise UnreadableError("This is not a financial year", remedy)
    try:
        year = FinancialYear.parse(given)
    except ValueError:
        raise UnreadableError("This is not a financial year", f"{remedy} The two years follow each other.") from None
    _within_reason(year.start, "year")
    return year


def month_from(given: object) -> Month:
    """A month; UnreadableError for anything else."""
    remedy = "Write a month like 2015-09, for September 2015."
    if not isinstance(given, str) or len(given) > LONGEST_PERIOD_TEXT or not given.isascii():
        raise UnreadableError("This is not a month", remedy)
    try:
        month = Month.parse(given)
    except ValueError:
        raise UnreadableError("This is not a month", remedy) from None
    _within_reason(month.year, "month")
    return month


def _within_reason(year: int, kind: str) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise UnreadableError(f"This {kind} is outside {EARLIEST_YEAR} to {LATEST_YEAR}", f"Check the {kind}.")


def _date(given: object) -> date:
    remedy = "Write the year, month and day, like 2015-01-20."
    if not isinstance(given, str) or not _DATE.fullmatch(given.strip()):
        raise UnreadableError("This is not a date", remedy)
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise UnreadableError("There is no such day", remedy) from None


def _point(given: object) -> int:
    point = figures.whole_number(given)
    if not 1 <= point <= 999:
        raise UnreadableError("This is not a spinal point", "Write a spinal point like 34.")
    return point


def _point_range(given: object) -> tuple[int, int]:
    remedy = "Write the lowest and the highest spinal point, like 32-37."
    ends = list(given) if isinstance(given, list | tuple) else [given]
    if len(ends) == 1 and isinstance(ends[0], str):
        found = _POINT_RANGE.fullmatch(ends[0].strip())
        ends = [found[1], found[2] or found[1]] if found else []
    elif len(ends) == 1:
        ends *= 2
    if len(ends) != 2:
        raise UnreadableError("This is not a range of spinal points", remedy)
    lowest, highest = _point(ends[0]), _point(ends[1])
    if lowest > highest:
        raise UnreadableError("The lowest point is above the highest", remedy)
    return lowest, highest


def _quantity(given: object, info: ValidationInfo, read: Reader, from_the_start: bool = True) -> Quantity:
    """A quantity in any of the ways in which one may be written."""
    if isinstance(given, Quantity):
        return given
    form = _Form(info.context, read, from_the_start)
    result = form.quantity(given)
    if form.faults:
        refuse(form.faults)
    return result


class _Form:
    """One quantity being read: collects every fault on the way."""

    def __init__(self, context: ReadingContext | None, read: Reader, from_the_start: bool) -> None:
        self.read = read
        self.from_the_start = from_the_start
        self.has_context = context is not None
        self.first_year = context["first_year"] if context else None
        self.years = context["years"] if context else None
        self.faults: list[Fault] = []

    def fault(self, address: Address, what: str, remedy: str) -> None:
        self.faults.append(Fault(address, what, remedy))

    def quantity(self, given: object) -> Quantity:
        if not isinstance(given, Mapping):
            return self.values(given, (), Provenance())
        shapes = [shape for shape in SHAPES if shape in given]
        provenance = self.provenance(given)
        if len(shapes) != 1:
            what = f"Both {' and '.join(f'`{s}`' for s in shapes)} are given" if shapes else "There is no value here"
            self.fault((), what, "Write exactly one of `value`, `by_year` or `by_month`.")
            return Quantity((), provenance)
        (shape,) = shapes
        if shape == "value":
            return self.values(given["value"], ("value",), provenance)
        return Quantity(self.steps(given[shape], shape), provenance)

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

    def steps(self, given: object, shape: str) -> Steps:
        """Values by year or month, each holding until the next."""
        example = "2015/16: 20000" if shape == "by_year" else "2015-09: 20000"
        if not isinstance(given, Mapping) or not given:
            self.fault((shape,), f"`{shape}` has no values", f"Write a value for each change, like `{example}`.")
            return ()
        found: dict[Month, float] = {}
        for name, item in given.items():
            start = self.period(name, shape)
            value = self.one(item, (shape, name))
            if start is None:
                continue
            if start in found:
                self.fault((shape, name), "This period is named twice", "Keep one of the values.")
            found[start] = 0.0 if value is None else value
        self.no_gap(found, shape)
        return tuple(sorted(found.items()))

    def period(self, name: object, shape: str) -> Month | None:
        try:
            return year_from(name).first_month if shape == "by_year" else month_from(name)
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
            if name not in PROVENANCE_FIELDS and name not in SHAPES:
                names = (*SHAPES, *PROVENANCE_FIELDS)
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
            return _date(value)
        except UnreadableError as error:
            self.fault(("as_at",), error.what, error.remedy)
            return None
