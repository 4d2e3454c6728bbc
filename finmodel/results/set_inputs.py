"""That a report is a what-if, and which inputs of it are not the case's own."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from finmodel.case import Case
from finmodel.results.wording import count
from finmodel.results.written import LEFT_OUT

IS_A_WHAT_IF = "A what-if, and not the case as its authors state it"


class SetInputResult(Struct, frozen=True):
    """What was set: its address, or the question that moved several inputs; what it is called, was and is, in words.

    words: all of it in a sentence. range_left_out: that its range does not hold the figure and is left out, in a
    sentence; "" where that is not so.
    """

    address: str
    label: str
    was: str
    now: str
    words: str
    range_left_out: Annotated[str, LEFT_OUT] = ""


class SetInputs(Struct, frozen=True):
    """The inputs that were set for a what-if, and the same in words."""

    words: str
    inputs: tuple[SetInputResult, ...]


def set_inputs(case: Case) -> SetInputs | None:
    """The inputs of a case that were set; None where it is the authors' own."""
    if not case.what_if:
        return None
    inputs = tuple(
        SetInputResult(each.input, each.label, each.was, each.now, each.words, each.range_left_out)
        for each in case.what_if
    )
    told = " ".join(each.words for each in inputs)
    return SetInputs(f"{IS_A_WHAT_IF}. {told}", inputs)


def titled(case: Case) -> str:
    """The title of a case, with how many changes were made where it is a what-if."""
    number = len(case.what_if)
    return f"{case.title} (what if: {count(number, 'change')})" if number else case.title
