"""What a check is, and what it finds: plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from finmodel.audit.workbooks.contents import Position

if TYPE_CHECKING:
    from finmodel.audit.workbooks.general.analysis import Analysis

Certainty: TypeAlias = Literal["certain", "likely", "possible"]
CERTAINTIES: tuple[Certainty, ...] = ("certain", "likely", "possible")


class Check(Struct, frozen=True):
    """One check: what it looks for, why that matters, whose advice it is, and how sure a finding is by itself.

    `certainty` says how often such a finding is truly something to put right: a stored error always is, a number typed
    into a formula mostly, a long formula perhaps. A finding may be less sure than its check, never surer.
    """

    id: str
    title: str
    why: str
    source: str
    certainty: Certainty
    remedy: str
    false_alarms: str


class Mark(Struct, frozen=True):
    """One cell, or one part of the workbook, that a check points at. Marks with the same words become one finding.

    `position` is None where the sheet as a whole is meant; `sheet` is None for the workbook. `group` keeps marks apart
    that must not be reported as one; marks of one group are reported in the words of the first. `place` stands for
    whole rows or columns, `3:7` or `B:C`, in a mark without position.
    """

    sheet: int | None
    position: Position | None
    what: str
    certainty: Certainty
    group: str = ""
    place: str = ""


class RuleBreach(Struct, frozen=True):
    """Something found: which check, where (`B4`, `3:7`, "" for a whole sheet), what, how sure, in how many cells."""

    check: Check
    sheet: str
    place: str
    what: str
    certainty: Certainty
    cells: int


class Looking(Struct, frozen=True):
    """A check and the function that carries it out."""

    check: Check
    look: Callable[[Analysis], Iterable[Mark]]
