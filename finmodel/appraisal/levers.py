"""Levers: the few inputs that the workbook gives a reader to move, each one number.

A case names them; otherwise they are what the recommended option claims and employs, and then those of the case's own
from which most figures are made, counted along the rules. That says how much an input is used, and not how far it moves
anything.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from finmodel.basis.book import COUNTED, NOT_LATE
from finmodel.case import Case
from finmodel.lines.line import Line
from finmodel.lines.model import Model
from finmodel.lines.nearest import where_instead
from finmodel.parsing.faults import Fault

MOST = 10
MOST_OF_THE_OPTION = 5
_SWITCHES = ("flag",)
_PAST_CHANGE = re.compile(r"prices\..+\.change_\d{4}_\d{2}")  # inflation of years before the first


def levers_of(case: Case, model: Model, published: Container[str] = ()) -> tuple[Line, ...]:
    """The levers of a case, at most ten: those that it names, else five of the recommended option and those most used.

    Of the recommended option come first the saving's own figures (children, shares, prices) and the posts' FTE, for
    "what if fewer children" is what a director asks; each part is in the order of how many figures are made from it.
    published: the addresses of figures that are looked up and are the same for every council, which are not offered.
    """
    if case.levers:
        return tuple(input_at(model, address) for address in case.levers)
    reached = _reached(model)
    fit = [line for line in model if line.is_input and line.address not in published and _is_offered(line)]
    fit.sort(key=lambda line: -reached[line])
    claimed = re.compile(rf"options\.{re.escape(case.recommended or '')}\.((benefits|savings)\..+|posts\..+\.fte)")
    first = [line for line in fit if claimed.fullmatch(line.address)][:MOST_OF_THE_OPTION]
    return tuple([*first, *(line for line in fit if line not in first)][:MOST])


def unfit_levers(case: Case, model: Model) -> Iterator[Fault]:
    """A problem for each lever that the case names and that cannot be one."""
    inputs = [line.address for line in model if line.is_input]
    taken = [input_at(model, address) for address in case.levers if address in model]
    for place, address in enumerate(case.levers):
        at = ("levers", place)
        if address not in model:
            yield Fault(at, "No line of this case has that address", where_instead(address, inputs))
        elif address in case.levers[:place]:
            yield Fault(at, "The lever is named twice", "Name it once.")
        elif taken.count(line := input_at(model, address)) > 1 and line.address != address:
            yield Fault(at, f"This is the same figure as the lever {line.address}", "Name one of the two.")
        elif (why := _why_not(line)) is not None:
            yield Fault(at, *why)


def input_at(model: Model, address: str) -> Line:
    """The line at an address, or the input that it repeats: that is the cell to move."""
    line = model[address]
    return line.stated_in or line


def _why_not(line: Line) -> tuple[str, str] | None:
    """Why an input cannot be a lever, and what to do; None where it can."""
    if not line.is_input:
        return "That is worked out and is no input", f"`finmodel explain` with {line.address} shows from which inputs."
    if line.is_fact:
        return "That is a fact for which the formulas are written, so that they do not follow it", "Name an input."
    if line.counts is not None:
        return "It is a month, and a lever is a number", "Leave it out: the workbook takes it on the sheet Inputs."
    if not _is_constant(line):
        remedy = f"Name an input with one figure for all {line.timeline.value}, or leave it out."
        return f"It changes over the {line.timeline.value}, and a lever is one cell", remedy
    return None


def _is_constant(line: Line) -> bool:
    return line.values is not None and bool((line.values == line.values[0]).all())


def _is_offered(line: Line) -> bool:
    """Whether an input is one that a reader may want to move, where the case names none."""
    counted = line.origin is not None and line.origin.source in (COUNTED.source, NOT_LATE.source)
    past = _PAST_CHANGE.fullmatch(line.address) is not None
    return _why_not(line) is None and not counted and not past and line.unit not in _SWITCHES


def _reached(model: Model) -> dict[Line, int]:
    """How many lines are made from each, however far away; sets of lines are kept as the bits of a number."""
    bits = {line: 1 << number for number, line in enumerate(model)}
    above = dict.fromkeys(bits, 0)
    for group in reversed(model.groups):
        together = 0
        for line in group.lines:
            together |= above[line] | (bits[line] if group.stepped else 0)
        for line in group.lines:
            above[line] |= together
        for line in group.lines:
            for needed in model.needs[line]:
                if needed not in group.lines:
                    above[needed] |= above[line] | bits[line]
    return {line: found.bit_count() for line, found in above.items()}
