"""Figures of inputs as people say them, rounded so that they never say the opposite of what was found."""

from __future__ import annotations

import math

from finmodel.appraisal.settings import words_of
from finmodel.lines.display import rounded
from finmodel.lines.line import Line

_LARGE, _SMALL = 10_000.0, 100.0  # £: from which hundreds are said, and below which pennies are
_DUST = 1e-9  # of a figure: what is as near to a round one is that
_MOST_MORE = 6  # decimals that may be needed beyond those that are usual


def spoken(line: Line, figure: float) -> str:
    """A figure of an input in round figures: `£740`, `£279,000`, `83.9%`, `5.5 FTE`."""
    return _text(line, float(rounded(figure, _places(line, figure))))


def spoken_exactly(line: Line, figure: float) -> str:
    """A figure of an input as it is, without pennies where there are none."""
    return words_of(line, figure).replace(".00", "")


def bound(line: Line, figure: float, up: bool, beyond: float | None = None, whole: bool = False) -> float:
    """A figure in round figures, up or down, with as many decimals as keep it on its side of `beyond`.

    beyond: what the round figure must not reach, such as what the case states; None for nothing.
    """
    places = 0 if whole else _places(line, figure)
    for more in range(_MOST_MORE):
        found = _to(figure, places + more, up=up)
        if beyond is None or (found < beyond if up else found > beyond):
            return found
    return figure


def holds_while(line: Line, stated: float, turns: tuple[float, ...], whole: bool = False) -> str:
    """Between which figures of an input what is found of the case as stated stays so; "" where nothing turns it.

    turns: the figures at which it turns; whole: whether the input has whole numbers alone, of which each turn is the
    first on the far side of the one below it.
    """
    lower = max((turn for turn in turns if turn <= stated), default=None)
    upper = min((turn for turn in turns if turn > stated), default=None)
    parts = []
    if lower is not None:
        parts.append(_least(line, stated, lower, whole))
    if upper is not None:
        parts.append(_most(line, stated, upper, whole))
    return " and ".join(parts)


def _least(line: Line, stated: float, turn: float, whole: bool) -> str:
    if whole or math.isclose(turn, stated, rel_tol=_DUST):
        return f"at least {spoken_exactly(line, turn)}"
    found = bound(line, turn, up=True, beyond=stated)
    exact = math.isclose(found, turn, rel_tol=_DUST)
    return f"{'above' if exact else 'at least'} {_text(line, found)}"


def _most(line: Line, stated: float, turn: float, whole: bool) -> str:
    if whole:
        last = turn - 1
        return f"at most {spoken_exactly(line, last)}" if last > stated else f"below {spoken_exactly(line, turn)}"
    found = bound(line, turn, up=False, beyond=stated)
    exact = math.isclose(found, turn, rel_tol=_DUST)
    return f"{'below' if exact else 'at most'} {_text(line, found)}"


def _text(line: Line, figure: float) -> str:
    return words_of(line, figure).replace(".00", "")


def _places(line: Line, figure: float) -> int:
    """The decimals with which a figure of an input is usually said; −2 for hundreds."""
    if line.unit.startswith("£"):
        return -2 if abs(figure) >= _LARGE else 0 if abs(figure) >= _SMALL else 2
    return 3 if line.unit in ("share", "rate") else 2 if line.unit == "factor" or abs(figure) < 1 else 1


def _to(figure: float, places: int, *, up: bool) -> float:
    """A figure to so many decimals, up or down; what is a hair from a round one is that."""
    scale = 10.0**places
    near = round(figure * scale)
    if math.isclose(near, figure * scale, rel_tol=_DUST, abs_tol=_DUST):
        return near / scale
    return (math.ceil if up else math.floor)(figure * scale) / scale
