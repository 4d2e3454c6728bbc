"""Figures of an appraisal's lines as results hold them: tuples, and numbers that are known to be there."""

from __future__ import annotations

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.expression import LineError
from finmodel.lines.line import Line
from finmodel.results.written import Amounts, Reasoned, Yearly


def value(appraisal: Appraisal, line: Line | str) -> float | None:
    """A figure of the whole case; None where there is none."""
    return appraisal.results.figure(line)


def amount(appraisal: Appraisal, line: Line | str) -> float:
    """A figure that every case has; LineError where there is none."""
    return _there(appraisal.results.figure(line), line)


def values(appraisal: Appraisal, line: Line | str) -> Yearly:
    """A value a period, None where there is none."""
    return tuple(appraisal.results.figures(line))


def amounts(appraisal: Appraisal, line: Line | str) -> Amounts:
    """A value a period, of a line that has one in each; LineError where it has not."""
    return tuple(_there(figure, line) for figure in appraisal.results.figures(line))


def reason(appraisal: Appraisal, line: Line | str) -> str | None:
    """Why there is no figure; None where there is one."""
    return appraisal.results.reason(line) or None


def reasoned(appraisal: Appraisal, line: Line | str) -> Reasoned:
    """A figure with the reason where there is none."""
    return Reasoned(appraisal.results.figure(line), appraisal.results.reason(line))


def _there(figure: float | None, line: Line | str) -> float:
    if figure is None:
        raise LineError(f"{line if isinstance(line, str) else line.address} has no figure, and every case has one")
    return figure
