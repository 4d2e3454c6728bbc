"""Texts of a case in a copy for publication: one that names an exempt figure is left out whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from finmodel.appraisal.appraise import Appraisal

LEFT_OUT = "[Exempt: this text names an exempt figure.]"
_PRINTED = re.compile(r"(\d[\d,\u202f\u00a0 ]*\d|\d)(\.\d+)?\s*(k\b|m\b|bn\b|thousand\b|million\b|%|per cent\b)?", re.I)
_SCALES = {"": 1.0, "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "%": 0.01, "per cent": 0.01}
# A price of a year or week may be printed for another period: a year, month, week or day of it.
_PERIODS = (1.0, 12.0, 52.0, 365.0 / 7, 365.0, 366.0, 7.0)
_A_LITTLE = 1e-9
_CLOSE = 0.005  # of a figure: one printed as near as this gives it away, however it was rounded


class ExemptTexts:
    """Which texts may be shown; `left_out` counts those that may not."""

    def __init__(self, appraisal: Appraisal, exempt: frozenset[str]) -> None:
        self.left_out = 0
        figures = {value for address in exempt for value in appraisal.results.figures(address) if value}
        self._figures = sorted({abs(value) * by for value in figures for by in _times()})

    def shown(self, text: str) -> str:
        """The text, or that it is left out."""
        if text and any(self._gives_away(low, high) for low, high in _intervals(text)):
            self.left_out += 1
            return LEFT_OUT
        return text

    def all_shown(self, texts: Sequence[str]) -> tuple[str, ...]:
        """The texts, each or that it is left out."""
        return tuple(map(self.shown, texts))

    def _gives_away(self, low: float, high: float) -> bool:
        return any(low <= figure <= high for figure in self._figures)


def _times() -> Iterator[float]:
    yield from _PERIODS
    yield from (1 / period for period in _PERIODS)


def _intervals(text: str) -> Iterator[tuple[float, float]]:
    """What each printed number may stand for: half a unit of its last digit to either side, or a little more."""
    for found in _PRINTED.finditer(text):
        whole, part, scale = re.sub(r"\D", "", found[1]), found[2] or "", " ".join((found[3] or "").lower().split())
        by = _SCALES[scale]
        value = float(whole + part) * by
        half = max(0.5 * by * 10.0 ** -max(len(part) - 1, 0) if part or by > 1 else 0.0, value * _CLOSE)
        yield value - half - _A_LITTLE, value + half + _A_LITTLE
