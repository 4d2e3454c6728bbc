"""Workings as Excel formulas over the cells of the printed figures: the one value, the least and the greatest.

The least and the greatest are written for the signs that the printed figures have, as an auditor would write them by
hand: the least quotient of costs and prices is the least cost over the greatest price. Where a figure comes twice, the
end of it that gives the least result is taken throughout, as in `ranges`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from finmodel.audit.papers.arithmetic import NoFigureError
from finmodel.audit.papers.ranges import MOST_REPEATED, names, plain_range, slope
from finmodel.audit.papers.steps import Extreme, Spread, Step, Two, Whole
from finmodel.quoting.interval import Interval
from finmodel.quoting.working import Name, Number

NO_LIMIT = ""
_PLACES = 9  # to which a number is rounded before it is made whole, so that 13.0000000001 is 13
_SUM, _PRODUCT, _SINGLE = range(3)
_RANKS = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}


@dataclass(frozen=True, slots=True)
class FigureCells:
    """Where a printed figure stands: its value, and the least and the greatest that it may be. "" for none."""

    value: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its `=`; rank: how tightly its last operation binds. `text` is "" where there is no limit."""

    text: str
    rank: int = _SINGLE

    def within(self, rank: int) -> str:
        """The text, in brackets where the operation around it binds tighter."""
        return self.text if self.rank >= rank else f"({self.text})"


_NONE = Formula(NO_LIMIT)


@dataclass(frozen=True, slots=True)
class Ends:
    """The least and the greatest of a part of a working, as formulas, with the range that they come to."""

    range: Interval
    low: Formula
    high: Formula


def value_formula(step: Step, cells: Mapping[str, FigureCells]) -> str:
    """The formula of the one value of a working, with its `=`."""
    return f"={_value(step, cells).text}"


def range_formulas(step: Step, box: Mapping[str, Interval], cells: Mapping[str, FigureCells]) -> tuple[str, str]:
    """The formulas of the least and the greatest that a working may come to; "" where there is no limit.

    Raises NoFigureError where a divisor may be nought.
    """
    low, high = _corners(step, box, cells)
    least, greatest = _ends(step, low).low.text, _ends(step, high).high.text
    return least and f"={least}", greatest and f"={greatest}"


def _value(step: Step, cells: Mapping[str, FigureCells]) -> Formula:
    match step:
        case Number(value):
            return _number(value)
        case Name(name):
            return Formula(cells[name].value)
        case Whole(to, of):
            return _whole(to, _value(of, cells))
        case Extreme(is_greatest, of):
            return _of_several("MAX" if is_greatest else "MIN", [_value(part, cells) for part in of])
        case Spread():
            raise NoFigureError("it comes to a range and not to one value")
        case Two(symbol, left, right):
            return _two(symbol, _value(left, cells), _value(right, cells))


def _number(value: Fraction) -> Formula:
    text = f"{float(value):.15g}" if value.denominator != 1 else str(value.numerator)
    return Formula(text, _SINGLE if value >= 0 else _SUM)


def _two(symbol: str, left: Formula, right: Formula) -> Formula:
    """Two formulas together; bare where one of them has no limit, which the caller has seen to."""
    rank = _RANKS[symbol]
    tighter = rank + (symbol in "-/")
    return Formula(f"{left.within(rank)}{symbol}{right.within(tighter)}", rank)


def _whole(to: str, of: Formula) -> Formula:
    inner = f"ROUND({of.text},{_PLACES})"
    return Formula({"ceiling": f"-INT(-{inner})", "floor": f"INT({inner})", "rounded": f"ROUND({inner},0)"}[to], _SUM)


def _of_several(function: str, parts: list[Formula]) -> Formula:
    given = list(dict.fromkeys(part.text for part in parts))
    return Formula(given[0], _SUM) if len(given) == 1 else Formula(f"{function}({','.join(given)})")


def _corners(
    step: Step, box: Mapping[str, Interval], cells: Mapping[str, FigureCells]
) -> tuple[dict[str, Ends], dict[str, Ends]]:
    """The ends of every figure for the least result and for the greatest: one end twice where a figure comes twice."""
    low = {name: Ends(found, Formula(cells[name].low), Formula(cells[name].high)) for name, found in box.items()}
    high = dict(low)
    counts = Counter(names(step))
    repeated = [name for name, count in counts.items() if count > 1 and not box[name].is_one_value]
    for name in repeated[:MOST_REPEATED]:
        rises = slope(step, name, box)
        if rises.low >= 0 and box[name].is_bounded:
            low[name], high[name] = _one_end(low[name], least=True), _one_end(high[name], least=False)
        elif rises.high <= 0 and box[name].is_bounded:
            low[name], high[name] = _one_end(low[name], least=False), _one_end(high[name], least=True)
    return low, high


def _one_end(of: Ends, *, least: bool) -> Ends:
    """One end of a figure, taken in, as `ranges` takes it."""
    end = of.range.low if least else of.range.high
    formula = of.low if least else of.high
    return Ends(Interval(end, end), formula, formula)


def _ends(step: Step, given: Mapping[str, Ends]) -> Ends:
    box = {name: ends.range for name, ends in given.items()}
    match step:
        case Number(value):
            return Ends(Interval.only(value), _number(value), _number(value))
        case Name(name):
            return given[name]
        case Whole(to, of):
            return _whole_ends(to, _ends(of, given), plain_range(step, box))
        case Extreme(is_greatest, of):
            return _extreme(is_greatest, [_ends(part, given) for part in of], plain_range(step, box))
        case Spread(low, high):
            return _spread(_ends(low, given), _ends(high, given), plain_range(step, box))
        case Two(symbol, left, right):
            return _two_ends(symbol, _ends(left, given), _ends(right, given), plain_range(step, box))


def _whole_ends(to: str, of: Ends, found: Interval) -> Ends:
    """Made whole. What is above 12 and not 12 rounds up to 13, what is under 13 rounds down to 12."""
    low, high = _whole(to, of.low), _whole(to, of.high)
    if to == "ceiling" and not of.range.includes_low:
        low = Formula(f"{_whole('floor', of.low).text}+1", _SUM)
    if to == "floor" and not of.range.includes_high:
        high = Formula(f"{_whole('ceiling', of.high).text}-1", _SUM)
    return _limited(found, low, high)


def _extreme(is_greatest: bool, parts: list[Ends], found: Interval) -> Ends:
    """The greatest or the least of several; parts without a limit on a side cannot be the least, or the greatest."""
    function = "MAX" if is_greatest else "MIN"
    sides = ([part.low for part in parts if part.low.text], [part.high for part in parts if part.high.text])
    low, high = (_of_several(function, side) if side else _NONE for side in sides)
    return _limited(found, low, high)


def _spread(one: Ends, other: Ends, found: Interval) -> Ends:
    """Everything from the least of two to the greatest of them."""
    return _limited(found, _of_several("MIN", [one.low, other.low]), _of_several("MAX", [one.high, other.high]))


def _two_ends(symbol: str, left: Ends, right: Ends, found: Interval) -> Ends:
    if symbol == "+":
        return _limited(found, _two("+", left.low, right.low), _two("+", left.high, right.high))
    if symbol == "-":
        return _limited(found, _two("-", left.low, right.high), _two("-", left.high, right.low))
    pairs = [
        (formula, value)
        for x, x_at in ((left.low, left.range.low), (left.high, left.range.high))
        for y, y_at in ((right.low, right.range.low), (right.high, right.range.high))
        for formula, value in [_corner(symbol, x, x_at, y, y_at)]
    ]
    low = next((formula for formula, value in pairs if value == found.low), _NONE)
    high = next((formula for formula, value in pairs if value == found.high), _NONE)
    return _limited(found, low, high)


def _corner(
    symbol: str, x: Formula, x_at: Fraction | float, y: Formula, y_at: Fraction | float
) -> tuple[Formula, object]:
    """One end with one end: the formula and what it comes to; nought for one over what has no limit."""
    zero = (Formula("0"), Fraction(0))
    if x_at == 0:
        return zero if symbol == "/" or math.isinf(y_at) else (_two(symbol, x, y), Fraction(0))
    if symbol == "/":
        if math.isinf(y_at):
            return zero
        if y_at == 0:
            return _NONE, None
        value = x_at / y_at
    else:
        if y_at == 0:
            return zero if math.isinf(x_at) else (_two(symbol, x, y), Fraction(0))
        value = x_at * y_at
    return (_NONE, value) if math.isinf(value) else (_two(symbol, x, y), value)


def _limited(found: Interval, low: Formula, high: Formula) -> Ends:
    """The ends, none where there is no limit."""
    return Ends(found, _NONE if math.isinf(found.low) else low, _NONE if math.isinf(found.high) else high)


__all__ = ["NO_LIMIT", "FigureCells", "NoFigureError", "range_formulas", "value_formula"]
