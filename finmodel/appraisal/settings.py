"""Inputs of a model set to other figures by their addresses, as a command or a scenario names them.

An address is that of an input, for all its periods, or the same with a year or a month behind it (`….2027/28`,
`….2027-09`), for that alone. A figure is written as in a case, and money also as `£40k`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from finmodel.lines.display import in_unit
from finmodel.lines.expression import Array, Timeline
from finmodel.lines.line import Line
from finmodel.lines.model import Model
from finmodel.lines.nearest import where_instead
from finmodel.lines.periods import MONTHS_IN_A_YEAR, FinancialYear, Horizon, Month
from finmodel.parsing import numbers
from finmodel.parsing.dates import month_from, year_from
from finmodel.parsing.numbers import UnreadableError
from finmodel.parsing.quantity_forms import read_yes_no

_SHORT = re.compile(r"(£?\s*)([0-9]+(?:\.[0-9]+)?)\s*(k|m|bn|thousand|million)", re.IGNORECASE)
_TIMES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000}
_PERIOD = re.compile(r"\d{4}(/\d{2,4}|-\d{2})")


class Setting(Struct, frozen=True):
    """An input set to another figure. line: in which it is typed; address, text: as they were given; first, beyond: the
    periods that are set, counted from 0; figure: as the model knows it."""

    line: Line
    address: str
    text: str
    first: int
    beyond: int
    figure: float
    was: str

    @property
    def now(self) -> str:
        """The figure in words, as the explanations print it."""
        return words_of(self.line, self.figure)

    @property
    def periods(self) -> range:
        """The periods that are set, counted from 0."""
        return range(self.first, self.beyond)


class NotSettableError(Exception):
    """An address or a figure by which nothing can be set: what is wrong, what to do, and which of the two it is."""

    def __init__(self, what: str, remedy: str, at: Literal["input", "figure"] = "input") -> None:
        super().__init__(what)
        self.what, self.remedy, self.at = what, remedy, at


def setting(model: Model, address: str, text: str) -> Setting:
    """An input at an address set to a figure; NotSettableError where there is none such, or it cannot be that."""
    whole, period = _found(model, address)
    line = _input(model, whole)
    first, beyond = _periods(model.horizon, line, period)
    figure = figure_from(line, text.strip(), model.horizon)
    assert line.values is not None
    was = [float(value) for value in line.values[first:beyond, 0]]
    return Setting(line, address, text, first, beyond, figure, _said(line, was))


def _found(model: Model, address: str) -> tuple[str, str]:
    """The address of a line, and the period behind it, "" for all."""
    if address in model:
        return address, ""
    rest, _, last = address.rpartition(".")
    if rest in model and _PERIOD.fullmatch(last):
        return rest, last
    remedy = where_instead(address, (line.address for line in model if line.is_stated))
    raise NotSettableError("No line of this case has that address", remedy)


def _input(model: Model, address: str) -> Line:
    line = model[address]
    if line.stated_in is None:
        raise NotSettableError(
            "This figure is worked out, and only what is put in can be set",
            f"`finmodel explain` with {address} shows from which inputs.",
        )
    if line.stated_in.is_fact or address.startswith("conventions."):
        raise NotSettableError(
            "This is a fact for which the formulas are written, or a convention of the method",
            "Set an input, such as a price, a number or a share.",
        )
    return line.stated_in


def _periods(horizon: Horizon, line: Line, period: str) -> tuple[int, int]:
    whole = {Timeline.ONCE: 1, Timeline.YEARS: horizon.number_of_years, Timeline.MONTHS: len(horizon.months)}
    if not period:
        return 0, whole[line.timeline]
    if line.timeline is Timeline.ONCE:
        raise NotSettableError("This input has one figure for all years", f"Leave .{period} out: {line.address}.")
    by_month = line.timeline is Timeline.MONTHS
    known = [str(month) for month in horizon.months] if by_month else [str(year) for year in horizon.years]
    if by_month and "-" in period:
        named = _read(Month.parse, period)
        if named in known:
            return known.index(named), known.index(named) + 1
    else:
        named = _read(FinancialYear.parse, period)
        years = [str(year) for year in horizon.years]
        if named in years:
            place = years.index(named)
            return (place * MONTHS_IN_A_YEAR, (place + 1) * MONTHS_IN_A_YEAR) if by_month else (place, place + 1)
    raise NotSettableError("The case does not cover that period", f"It runs from {known[0]} to {known[-1]}.")


def named_periods(line: Line, horizon: Horizon) -> tuple[tuple[str, int], ...]:
    """What stands behind the address of an input for each of its periods, and the place of its value; months that are
    alike are a year. Nothing does where one figure holds throughout."""
    values = line.value()[:, 0]
    if (values == values[0]).all():
        return ()
    if line.timeline is Timeline.YEARS:
        return tuple((str(year), place) for place, year in enumerate(horizon.years))
    found: list[tuple[str, int]] = []
    for place, year in enumerate(horizon.years):
        first = place * MONTHS_IN_A_YEAR
        if (values[first : first + MONTHS_IN_A_YEAR] == values[first]).all():
            found.append((str(year), first))
        else:
            found += [(str(month), first + number) for number, month in enumerate(year.months)]
    return tuple(found)


def _read(parse: object, text: str) -> str:
    try:
        return str(parse(text))  # type: ignore[operator]
    except ValueError as error:
        raise NotSettableError(str(error).capitalize(), "Write a year like 2027/28, or a month like 2027-09.") from None


def figure_from(line: Line, text: str, horizon: Horizon) -> float:
    """A figure as the line's unit asks for it; NotSettableError where the text is none."""
    try:
        if line.counts is Timeline.MONTHS:
            return float(month_from(text) - horizon.first_year.first_month + 1)
        if line.counts is Timeline.YEARS:
            return float(year_from(text) - horizon.first_year + 1)
        if line.unit.startswith("£"):
            return numbers.money(_in_full(text))
        if line.unit == "share":
            return numbers.share(text)
        if line.unit == "rate":
            return numbers.change(text)
        return float(read_yes_no(text)) if line.unit == "flag" else numbers.number(text)
    except UnreadableError as error:
        raise NotSettableError(error.what, error.remedy, "figure") from None
    except ValueError as error:
        raise NotSettableError(
            str(error).capitalize(), f"It is now {_now(line)}; write the figure likewise.", "figure"
        ) from None


def _in_full(text: str) -> str:
    """`£40k` as `40000`; what is no such shorthand as it stands."""
    found = _SHORT.fullmatch(text)
    return text if found is None else f"{Decimal(found[2]) * _TIMES[found[3].lower()]:f}"


def _now(line: Line) -> str:
    assert line.values is not None
    return _said(line, [float(value) for value in line.values[:, 0]])


def _said(line: Line, values: Sequence[float]) -> str:
    """Figures in words: one, or the first and the last of those that differ."""
    if all(value == values[0] for value in values):
        return words_of(line, values[0])
    return f"{words_of(line, values[0])} to {words_of(line, values[-1])}, by {line.timeline.one}"


def words_of(line: Line, figure: float) -> str:
    """A figure of an input with its unit."""
    text = in_unit(figure, line.unit)
    if line.counts is not None:
        return f"{line.counts.one} {text} of the case"
    plain = line.unit.startswith("£") or line.unit in {"share", "rate", "factor", "flag", "number", "ratio"}
    return text if plain else f"{text} {line.unit}"


def changes_of(settings: Sequence[Setting]) -> dict[str, Array]:
    """What settings make of the inputs: by address, a value a period."""
    made: dict[str, Array] = {}
    for each in settings:
        values = made.setdefault(each.line.address, each.line.value()[:, 0].copy())
        values[each.first : each.beyond] = each.figure
    return made


def settings_of(
    model: Model, given: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, str, Setting | NotSettableError]]:
    """Each address and figure with the setting it makes, or with what is wrong with it; said twice is wrong too."""
    taken: dict[tuple[str, int], str] = {}
    for address, text in given:
        try:
            found = setting(model, address, text)
        except NotSettableError as error:
            yield address, text, error
            continue
        twice = [taken[found.line.address, period] for period in found.periods if (found.line.address, period) in taken]
        taken |= {(found.line.address, period): address for period in found.periods}
        if twice:
            what = f"This is the same figure as {twice[0]}, which is set as well"
            yield address, text, NotSettableError(what, "Set it once.")
        else:
            yield address, text, found
