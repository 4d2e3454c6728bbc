"""The inputs that matter: by how much the answer moves as each goes from low to high, all else as stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from finmodel.appraisal.stated_ranges import RangeOfInput
from finmodel.lines.expression import Array
from finmodel.lines.line import Line
from finmodel.uncertainty.answers import OptionLines
from finmodel.uncertainty.trials import MovedInput, OneByOne

A_TENTH = 0.1
MOST = 12  # bars of an option
_SMALLEST = 0.5  # £: what rounds to nothing is no move


class Bar(Struct, frozen=True):
    """An input at its low and its high, and what an option's net position at the end comes to with each, £.

    low, high: of the input, of its last period where it changes; stated: whether the case states them, where otherwise
    they are a tenth less and a tenth more.
    """

    line: Line
    option: str
    low: float
    high: float
    stated: bool
    at_low: float
    at_high: float

    @property
    def spread(self) -> float:
        """How far it moves the answer, £."""
        return abs(self.at_high - self.at_low)


class _Ends(Struct, frozen=True):
    """An input at its low and its high: a value a period."""

    line: Line
    low: Array
    high: Array
    stated: bool


def tornado(
    options: Sequence[OptionLines], lines: Sequence[Line], stated: Mapping[str, RangeOfInput], alone: OneByOne
) -> dict[str, tuple[Bar, ...]]:
    """By option, its bars, the longest first and at most twelve; an input that moves nothing has none.

    alone: made for these inputs, and for the ends of these options.
    """
    tried = [_ends(line, stated.get(line.address)) for line in lines if _is_scaled(line) or line.address in stated]
    every = np.empty((len(options), 2 * len(tried)))
    for places, trials in alone.work_out(MovedInput(each.line, np.stack((each.low, each.high), 1)) for each in tried):
        every[:, places] = [option.nets(trials) for option in options]
    found = {}
    for option, nets in zip(options, every, strict=True):
        bars = [
            Bar(
                each.line,
                option.id,
                float(each.low[-1]),
                float(each.high[-1]),
                each.stated,
                float(nets[2 * place]),
                float(nets[2 * place + 1]),
            )
            for place, each in enumerate(tried)
            if np.isfinite(nets[2 * place]) and np.isfinite(nets[2 * place + 1])
        ]
        bars = [bar for bar in bars if bar.spread >= _SMALLEST]
        found[option.id] = tuple(sorted(bars, key=lambda bar: -bar.spread)[:MOST])
    return found


def _is_scaled(line: Line) -> bool:
    """Whether a tenth less and a tenth more of it makes sense."""
    return line.unit not in ("flag", "points", "number") and bool(line.value()[-1, 0])


def _ends(line: Line, stated: RangeOfInput | None) -> _Ends:
    """The ends that the case states, or a tenth less and a tenth more; a share stays within its bounds."""
    if stated is not None and np.isfinite([stated.least, stated.most]).all():
        return _Ends(line, stated.moved(stated.least), stated.moved(stated.most), stated=True)
    values = line.value()[:, 0]
    ends = sorted((values * (1 - A_TENTH), values * (1 + A_TENTH)), key=lambda each: float(each[-1]))
    low, high = (np.clip(end, 0.0, 1.0) for end in ends) if line.unit == "share" else ends
    return _Ends(line, low, high, stated=False)
