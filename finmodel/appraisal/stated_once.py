"""What the case states once and uses in several places: one input, and lines that repeat it.

An alias or `<<` of YAML, or a table that two options name, makes one statement the figure of several options. Its first
use is the input; the others equal it, so that a change of the one cell moves all, as a change of the case would. Two
figures that are stated apart stay two inputs, also where they are alike.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from finmodel.basis.book import Book
from finmodel.case import Case
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.parsing.fields import Stated
from finmodel.parsing.places import Address, Places

_OTHER_NAMES = {"children_stated": "children", "average_stay": "stay"}  # of lines, and what the case calls them


def repeat_what_is_stated_once(book: Book, places: Places) -> None:
    """Make of the inputs that come of one statement the first an input, and the others lines that equal it.

    A fact stays: it does not change in a workbook.
    """
    firsts: dict[tuple[Address, str, str, Timeline], Line] = {}
    titles = {option.id: option.title for option in book.case.options}
    for line in [line for line in book.model if places.first and line.is_input and not line.is_fact]:
        address, rest = stated_at(book.case, line.address)
        # an alias may give one number two meanings, such as a share and a yearly change
        first = firsts.setdefault((_first_use(address, places), rest, line.unit, line.timeline), line)
        if first is not line and first.counts is line.counts and np.array_equal(first.value(), line.value()):
            line.repeat(first, _note(first, titles))


def _first_use(address: Address, places: Places) -> Address:
    """Where the case uses first what stands at an address, or what it belongs to."""
    for length in range(len(address), 0, -1):
        first = places.first.get(address[:length])
        if first is not None:
            return (*first, *address[length:])
    return address


def _note(first: Line, titles: Mapping[str, str]) -> str:
    root, _, rest = first.address.partition(".")
    title = titles.get(rest.partition(".")[0], "") if root == "options" else ""
    where = f"{title}: {first.section}" if title else first.section
    return f"The same figure as in “{where}”, which the case states once: it changes there."


def stated_at(case: Case, line: str) -> tuple[Address, str]:
    """The place in the case of the figure of a line, by names and positions, and what is left of the line's address.

    What the case leaves unsaid is at the place of what it belongs to.
    """
    steps: list[str | int] = []
    at: object = case
    names = line.split(".")
    for number, name in enumerate(names):
        found = _below(at, name)
        if found is None:
            return tuple(steps), ".".join(names[number:])
        step, at = found
        steps.append(step)
    return tuple(steps), ""


def _below(at: object, name: str) -> tuple[str | int, object] | None:
    """The step to a part of the case of this name, and the part; a part that the case leaves out is none."""
    if isinstance(at, Stated):
        known = name if name in type(at).model_fields else _OTHER_NAMES.get(name, "")
        return (known, getattr(at, known)) if known in at.model_fields_set else None
    if isinstance(at, Mapping):
        return (name, at[name]) if name in at else None
    if isinstance(at, tuple | list):
        return next(((place, each) for place, each in enumerate(at) if getattr(each, "id", None) == name), None)
    return None
