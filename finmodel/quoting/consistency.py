"""How quoted figures and workings must go together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from finmodel.parsing.faults import Fault
from finmodel.parsing.nearest import all_of, did_you_mean
from finmodel.parsing.places import Address, value_at
from finmodel.quoting.printed import Sense
from finmodel.quoting.quoted import QuotedFigure, StatedFigures
from finmodel.quoting.units import is_money, is_percentage
from finmodel.quoting.working import names_in

MOST_WRITTEN = 100_000  # characters of all workings together; a long paper has some ten thousand


def in_a_paper(stated: StatedFigures, data: dict[str, Any]) -> Iterator[Fault]:
    """Everything that must hold of a paper's figures; an address belongs in a case."""
    figures = value_at(data, ("figures",))
    names = tuple(figures) if isinstance(figures, dict) else ()
    yield from figures_and_workings(stated, names, ())
    for name, figure in stated.figures.items():
        for field in ("address", "year", "month"):
            if getattr(figure, field) is not None:
                what = f"`{field}` ties a figure to a case's model, and this is a paper"
                yield Fault(("figures", name, field), what, "Remove it, or quote the figure in a case, under `stated`.")


def figures_and_workings(stated: StatedFigures, names: tuple[str, ...], at: Address) -> Iterator[Fault]:
    """What holds of both. `names`: of every figure that is written, readable or not."""
    for name, figure in stated.figures.items():
        yield from _figure(name, figure, names, (*at, "figures", name))
    yield from _workings(stated, names, at)
    yield from _implied(stated, names, at)


def _figure(name: str, figure: QuotedFigure, names: tuple[str, ...], at: Address) -> Iterator[Fault]:
    printed = figure.printed
    if printed.percent and not is_percentage(figure.unit):
        yield Fault((*at, "unit"), "The figure is printed as a percentage, and its unit is not", "Write the unit %.")
    if printed.pounds and not is_money(figure.unit):
        yield Fault((*at, "unit"), "The figure is printed in pounds, and its unit is not", "Begin the unit with £.")
    if figure.exact and figure.rounded_to is not None:
        yield Fault((*at, "exact"), "A figure cannot be both exact and rounded", "Keep `exact` or `rounded_to`.")
    if (figure.exact or figure.rounded_to is not None) and printed.sense not in (Sense.PLAIN, Sense.BETWEEN):
        field = "exact" if figure.exact else "rounded_to"
        what = f"“{printed.word}” already says how near the figure is"
        yield Fault((*at, field), what, f"Remove `{field}`.")
    if figure.same_as == name:
        yield Fault((*at, "same_as"), "A figure is always the same as itself", "Name the other figure.")
    elif figure.same_as is not None:
        yield from _known(figure.same_as, names, (*at, "same_as"))
    if figure.year is not None and figure.month is not None:
        yield Fault((*at, "month"), "Both a year and a month are given", "Keep one of the two.")
    if figure.address is None and (figure.year is not None or figure.month is not None):
        field = "year" if figure.year is not None else "month"
        yield Fault((*at, field), f"`{field}` goes with an `address`", "Add the address, or use `as_at`.")


def _workings(stated: StatedFigures, names: tuple[str, ...], at: Address) -> Iterator[Fault]:
    written = [working.equals for working in stated.workings if working.equals is not None]
    written += [way for implied in stated.implied for way in implied.ways]
    if sum(len(one.text) for one in written) > MOST_WRITTEN:
        what = f"The workings have more than {MOST_WRITTEN:,} characters together"
        yield Fault((*at, "workings"), what, "Break the paper into several files.", "whole")
    for place, working in enumerate(stated.workings):
        here = (*at, "workings", place)
        yield from _known(working.figure, names, (*here, "figure"))
        if (working.equals is None) == (working.cannot is None):
            what = (
                "Both `equals` and `cannot` are given" if working.equals else "There is neither `equals` nor `cannot`"
            )
            remedy = "Write `equals:` with a working, or `cannot:` with what is missing."
            yield Fault(here, what, remedy, "whole")
        if working.equals is not None:
            used = tuple(dict.fromkeys(names_in(working.equals.tree)))
            for name in used:
                yield from _known(name, names, (*here, "equals"))
            if working.figure in used:
                what = f"The working uses `{working.figure}`, which is what it should equal"
                yield Fault((*here, "equals"), what, "Work the figure out from other figures.")
            if not used:
                what = "The working uses no printed figure"
                yield Fault((*here, "equals"), what, f"Use the names of figures: {all_of(names)}.")


def _implied(stated: StatedFigures, names: tuple[str, ...], at: Address) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, implied in enumerate(stated.implied):
        here = (*at, "implied", place)
        if implied.name in names or implied.name in seen:
            what = f"The name `{implied.name}` is already taken"
            yield Fault((*here, "name"), what, "Give it a name of its own.")
        seen.add(implied.name)
        for number, way in enumerate(implied.ways):
            for name in dict.fromkeys(names_in(way.tree)):
                yield from _known(name, names, (*here, "ways", number))


def _known(name: str, names: tuple[str, ...], at: Address) -> Iterator[Fault]:
    if name not in names:
        listed = f"The figures are {all_of(names)}." if names else "There are no figures yet."
        yield Fault(at, f"There is no figure `{name}`", f"{did_you_mean(name, names)}{listed}")
