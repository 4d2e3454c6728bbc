"""Workings as Excel formulas over the cells of the printed figures."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct

from finmodel.audit.papers.arithmetic import NoFigureError
from finmodel.audit.papers.steps import Extreme, Spread, Step, Two, Whole
from finmodel.quoting.working import Name, Number

_PLACES = 9  # to which a number is rounded before it is made whole, so that 13.0000000001 is 13
_SUM, _PRODUCT, _SINGLE = range(3)
_RANKS = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}


class Formula(Struct, frozen=True):
    """A formula without its `=`; rank: how tightly its last operation binds."""

    text: str
    rank: int = _SINGLE

    def within(self, rank: int) -> str:
        """The text, in brackets where the operation around it binds tighter."""
        return self.text if self.rank >= rank else f"({self.text})"


def value_formula(step: Step, cells: Mapping[str, str]) -> str:
    """The formula of the one value of a working, with its `=`; NoFigureError where it gives a range.

    cells: where the value of each printed figure stands.
    """
    return f"={_value(step, cells).text}"


def _value(step: Step, cells: Mapping[str, str]) -> Formula:
    match step:
        case Number(value):
            return _number(value)
        case Name(name):
            return Formula(cells[name])
        case Whole(to, of):
            return _whole(to, _value(of, cells))
        case Extreme(is_greatest, of):
            return _of_several("MAX" if is_greatest else "MIN", [_value(part, cells) for part in of])
        case Spread():
            raise NoFigureError("it gives a range and not to one value")
        case Two(symbol, left, right):
            return _two(symbol, _value(left, cells), _value(right, cells))


def _number(value: Fraction) -> Formula:
    text = f"{float(value):.15g}" if value.denominator != 1 else str(value.numerator)
    return Formula(text, _SINGLE if value >= 0 else _SUM)


def _two(symbol: str, left: Formula, right: Formula) -> Formula:
    """Two formulas together."""
    rank = _RANKS[symbol]
    tighter = rank + (symbol in "-/")
    return Formula(f"{left.within(rank)}{symbol}{right.within(tighter)}", rank)


def _whole(to: str, of: Formula) -> Formula:
    inner = f"ROUND({of.text},{_PLACES})"
    return Formula({"ceiling": f"-INT(-{inner})", "floor": f"INT({inner})", "rounded": f"ROUND({inner},0)"}[to], _SUM)


def _of_several(function: str, parts: list[Formula]) -> Formula:
    given = list(dict.fromkeys(part.text for part in parts))
    return Formula(given[0], _SUM) if len(given) == 1 else Formula(f"{function}({','.join(given)})")
