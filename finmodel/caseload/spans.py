"""Managers: cases that each oversees, and how many managers the cases take by the span that is thought manageable."""

from __future__ import annotations

from msgspec import Struct

from finmodel.basis.room import Room
from finmodel.case.schema_caseload import ManagerSpan
from finmodel.caseload.teams import SECTION
from finmodel.lines.line import Line


class WrittenSpan(Struct, frozen=True):
    """Cases that managers oversee: each now, None where the case does not say how many they are; managers needed.

    fewest: each with the most cases that one can oversee; most: each with the least.
    """

    span: ManagerSpan
    cases: Line
    each: Line | None
    fewest: Line
    most: Line


def write_span(caseload: Room, span: ManagerSpan) -> WrittenSpan:
    """Write how many managers the cases take."""
    room = caseload.within(f"spans.{span.id}", span, f"{SECTION}: {span.label}")
    unit = "cases per manager"
    cases = room.state("cases", f"Cases overseen: {span.label}", span.cases, "cases")
    least = room.state("least", f"Cases that one manager oversees at least: {span.label}", span.least, unit)
    most = room.state("most", f"Cases that one manager oversees at most: {span.label}", span.most, unit)
    each = None
    if span.managers is not None:
        managers = room.state("managers", f"Managers now: {span.label}", span.managers, "managers")
        each = room.line("each", f"Cases for each manager now: {span.label}", cases / managers, unit)
    return WrittenSpan(
        span,
        cases,
        each,
        room.line("fewest", f"Managers that the cases take at least: {span.label}", cases / most, "managers"),
        room.line("most_managers", f"Managers that the cases take at most: {span.label}", cases / least, "managers"),
    )
