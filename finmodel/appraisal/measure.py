"""A measure: a figure by which an option is judged, and the places where it is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from msgspec import Struct

from finmodel.appraisal.judged import Judged
from finmodel.lines.expression import Expression


class Display(Enum):
    """Where measures are shown side by side."""

    RESULTS = "results.json"
    SUMMARY = "the workbook's summary"
    TERMINAL = "the terminal"
    PAGE = "the page's table of options"


class Shown(Struct, frozen=True):
    """How a measure is shown in a place.

    label: there, where it is not the measure's own. note: below it; `{years}` and `{first_year}` stand for the years
    shown and the first of them.
    """

    place: Display
    label: str = ""
    note: str = ""


class Measure(Struct, frozen=True):
    """A figure by which an option is judged. Where nothing else is said, it is of the council's revenue budget.

    name: in `results.json`, and the last part of its address; rule: None where the option has no such figure.
    needs_capital: whether there is none in a case without capital, where revenue is all money spent.
    """

    name: str
    label: str
    rule: Callable[[Judged], Expression | None]
    unit: str
    shown_in: Sequence[Shown] = ()
    note: Callable[[Judged], str] = lambda _: ""
    needs_capital: bool = False


RESULTS, TERMINAL = Shown(Display.RESULTS), Shown(Display.TERMINAL)


def summary(label: str) -> Shown:
    """Shown in the workbook's summary, a page on which few measures have room, by this label."""
    return Shown(Display.SUMMARY, label)


def terminal(label: str) -> Shown:
    """Shown on the terminal, by this label."""
    return Shown(Display.TERMINAL, label)


def page(label: str, note: str = "") -> Shown:
    """Shown in the page's table of options, by this label and with this note."""
    return Shown(Display.PAGE, label, note)
