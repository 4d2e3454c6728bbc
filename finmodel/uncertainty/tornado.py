"""The inputs that matter: by how much the answer moves as each goes from low to high, all else as stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from finmodel.appraisal.appraise import WrittenModel
from finmodel.lines.line import Line
from finmodel.uncertainty.answers import OptionLines
from finmodel.uncertainty.trials import Change, work_out

A_TENTH = 0.1
MOST = 12  # bars of an option
_SMALLEST = 0.5  # £: what rounds to nothing is no move


@dataclass(frozen=True, slots=True)
class Bar:
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


def tornado(
    written: WrittenModel,
    options: Sequence[OptionLines],
    lines: Sequence[Line],
    stated: Mapping[str, tuple[float, float]],
) -> dict[str, tuple[Bar, ...]]:
    """By option, its bars, the longest first and at most twelve; an input that moves nothing has none."""
    tried = [(line, *_ends(line, stated)) for line in lines if _is_scaled(line) or line.address in stated]
    changes = [_at(line, end) for line, low, high, _ in tried for end in (low, high)]
    trials = work_out(written.model, changes, [option.net.address for option in options])
    found = {}
    for option in options:
        nets = option.nets(trials)
        bars = [
            Bar(line, option.id, low, high, said, float(nets[2 * place]), float(nets[2 * place + 1]))
            for place, (line, low, high, said) in enumerate(tried)
            if np.isfinite(nets[2 * place]) and np.isfinite(nets[2 * place + 1])
        ]
        bars = [bar for bar in bars if bar.spread >= _SMALLEST]
        found[option.id] = tuple(sorted(bars, key=lambda bar: -bar.spread)[:MOST])
    return found


def _is_scaled(line: Line) -> bool:
    """Whether a tenth less and a tenth more of it makes sense."""
    return line.unit not in ("flag", "points", "number") and bool(line.value()[-1, 0])


def _ends(line: Line, stated: Mapping[str, tuple[float, float]]) -> tuple[float, float, bool]:
    if line.address in stated:
        return (*stated[line.address], True)
    last = float(line.value()[-1, 0])
    low, high = sorted((last * (1 - A_TENTH), last * (1 + A_TENTH)))
    return (low, min(high, 1.0), False) if line.unit == "share" else (low, high, False)


def _at(line: Line, end: float) -> Change:
    """The input with its last period at a figure, the others in proportion; a share stays within its bounds."""
    values = line.value()[:, 0]
    moved = values * (end / values[-1]) if values[-1] else np.full_like(values, end)
    return {line.address: np.clip(moved, 0.0, 1.0) if line.unit == "share" else moved}
