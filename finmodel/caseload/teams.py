"""Teams as lines: cases, FTE and the average between them, of which any two give the third.

A pooled average is the sum of cases ÷ the sum of FTE, never a mean of averages. A printed average is a rounded figure:
what follows from it has the range that the rounding leaves.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from finmodel.basis.inherited import inherited
from finmodel.basis.room import Room
from finmodel.case.schema_caseload import CaseloadTeam, WorkerGroup
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import ratio

PER_FTE = "cases per FTE"
SECTION = "Caseload"
NO_CASES, NO_FTE = "there are no cases", "there is no FTE"


class Ranged(Struct, frozen=True):
    """A figure, and from what to what it may lie where it follows from a rounded one; both None where it is exact."""

    line: Line
    low: Line | None = None
    high: Line | None = None


class WrittenGroup(Struct, frozen=True):
    """A group of workers: FTE and people, as far as stated.

    share: of a full caseload that each may hold, None for all of it; for_one: FTE that do the work of one who holds it.
    """

    group: WorkerGroup
    fte: Line | None
    people: Line | None
    share: Line | None
    for_one: Line | None


class WrittenType(Struct, frozen=True):
    """Cases of a type; points: that they weigh, with what circumstances add; share: of the team's cases."""

    id: str
    label: str
    cases: Line
    share: Line
    points: Line | None


class WrittenTeam(Struct, frozen=True):
    """The lines of a team; None for what neither is stated nor follows.

    average: for each case-holding FTE, average_all: for each of all FTE. printed: the average as printed, with what it
    may be before rounding. temporary: FTE of posts that end; lasting: what is left without them. points, capacity: of
    the workload scheme; used: points ÷ capacity.
    """

    team: CaseloadTeam
    room: Room
    cases: Ranged | None
    fte: Ranged | None
    all_fte: Line | None
    average: Line | None
    average_all: Line | None
    printed: Ranged | None
    types: tuple[WrittenType, ...]
    groups: tuple[WrittenGroup, ...]
    temporary: Line | None
    lasting: Line | None
    full: Line | None
    points: Line | None
    capacity: Line | None
    used: Line | None


def write_team(caseload: Room, team: CaseloadTeam) -> WrittenTeam:
    """Write the lines of a team."""
    room = caseload.within(f"teams.{team.id}", team, f"{SECTION}: {team.label}")
    groups = tuple(_group(room, team, group) for group in team.workers)
    stated_cases, types = _cases(room, team)
    stated_fte = _fte(room, team, groups)
    printed = _printed(room, team)
    cases = None if stated_cases is None else Ranged(stated_cases)
    fte = None if stated_fte is None else Ranged(stated_fte)
    if cases is None and fte is not None and printed is not None:
        cases = _implied(room, "cases", f"Cases that FTE and average imply, {team.label}", fte.line, printed)
    if fte is None and cases is not None and printed is not None:
        fte = _workforce(room, team, cases.line, printed)
    all_fte = None
    if team.all_fte is not None:
        all_fte = room.state("all_fte", f"All FTE, {team.label}", team.all_fte, "FTE")
    average = None if printed is None else printed.line
    if stated_cases is not None and stated_fte is not None:
        label = f"Cases for each case-holding FTE, {team.label}"
        average = room.line("average", label, ratio(stated_cases, stated_fte, NO_FTE), PER_FTE)
    average_all = None
    if cases is not None and all_fte is not None:
        label = f"Cases for each of all FTE, {team.label}"
        average_all = room.line("average_of_all", label, ratio(cases.line, all_fte, NO_FTE), PER_FTE)
    temporary, lasting = _ending(room, team, groups, fte)
    full, points, capacity = _weighed(room, team, types, groups)
    used = None
    if points is not None and capacity is not None:
        used = room.line(
            "used", f"Points as a share of capacity, {team.label}", ratio(points, capacity, NO_FTE), "share"
        )
    return WrittenTeam(
        team,
        room,
        cases,
        fte,
        all_fte,
        average,
        average_all,
        printed,
        types,
        groups,
        temporary,
        lasting,
        full,
        points,
        capacity,
        used,
    )


def _group(room: Room, team: CaseloadTeam, group: WorkerGroup) -> WrittenGroup:
    own = room.within(f"workers.{group.id}", inherited(group, team))
    named = f"{group.label}, {team.label}"
    fte = None if group.fte is None else own.state("fte", f"FTE: {named}", group.fte, "FTE")
    people = None if group.people is None else own.state("people", f"People: {named}", group.people, "people")
    share: Line | None = None
    label = f"Share of a full caseload that each may hold: {named}"
    if group.share_of_caseload is not None:
        share = own.state("share", label, group.share_of_caseload, "share")
    elif group.points_taken is not None and team.points_of_full_caseload is not None:
        full = full_points(room, team)
        taken = own.state("points_taken", f"Points taken from the start: {named}", group.points_taken, "points per FTE")
        share = own.line("share", label, (full - taken) / full, "share")
    for_one = None
    if share is not None:
        one = room.book.definition("one_full_time_worker", "One full-time worker", 1, "FTE")
        label = f"FTE that do the work of one worker with a full caseload: {named}"
        for_one = own.line("for_one", label, ratio(one, share, "they hold no cases"), "FTE")
    return WrittenGroup(group, fte, people, share, for_one)


def full_points(room: Room, team: CaseloadTeam) -> Line:
    """Points of a full caseload of one full-time worker."""
    if team.points_of_full_caseload is None:
        raise ValueError(f"team {team.id} states no points of a full caseload")
    label = f"Points of a full caseload, {team.label}"
    return room.once.state("full_points", label, team.points_of_full_caseload, "points per FTE")


def _cases(room: Room, team: CaseloadTeam) -> tuple[Line | None, tuple[WrittenType, ...]]:
    if team.cases is not None:
        return room.state("cases", f"Cases, {team.label}", team.cases, "cases"), ()
    if not team.by_type:
        return None, ()
    rooms = [room.within(f"types.{each.id}", inherited(each, team)) for each in team.by_type]
    held = [
        own.state("cases", f"{each.label}: cases, {team.label}", each.cases, "cases")
        for own, each in zip(rooms, team.by_type, strict=True)
    ]
    total = room.line("cases", f"Cases, {team.label}", literal(add_up(held)), "cases")
    found = []
    for own, each, cases in zip(rooms, team.by_type, held, strict=True):
        label = f"{each.label}: share of cases, {team.label}"
        share = own.line("share", label, ratio(cases, total, NO_CASES), "share")
        points = None
        if each.points is not None:
            weight = own.state("points_a_case", f"{each.label}: points a case", each.points, "points per case")
            rule: Expression = cases * weight
            for more in each.circumstances:
                inner = own.within(f"circumstances.{more.id}", inherited(more, inherited(each, team)))
                number = inner.state("cases", f"{each.label}, {more.label}: cases", more.cases, "cases")
                extra = inner.state("points", f"{more.label}: points more a case", more.points, "points per case")
                rule = rule + number * extra
            points = own.line("points", f"{each.label}: points, {team.label}", rule, "points")
        found.append(WrittenType(each.id, each.label, cases, share, points))
    return total, tuple(found)


def _fte(room: Room, team: CaseloadTeam, groups: Sequence[WrittenGroup]) -> Line | None:
    label = f"Case-holding FTE, {team.label}"
    if team.case_holding_fte is not None:
        return room.state("fte", label, team.case_holding_fte, "FTE")
    stated = [group.fte for group in groups if group.fte is not None]
    if not stated or len(stated) < len(groups):
        return None
    return room.line("fte", label, literal(add_up(stated)), "FTE")


def _printed(room: Room, team: CaseloadTeam) -> Ranged | None:
    if team.average is None or team.decimals is None:
        return None
    label = f"Average as printed, {team.label}"
    line = room.state("printed", label, team.average, PER_FTE)
    return rounded_figure(room, "printed", label, line, team.decimals)


def rounded_figure(room: Room, name: str, label: str, line: Line, decimals: int) -> Ranged:
    """A printed figure with what it may have been: half of its last place less or more."""
    note = f"Printed to {decimals} decimal place{'' if decimals == 1 else 's'}."
    half = room.fact(f"{name}_half", f"{label}: half of its last place", 0.5 * 10.0**-decimals, PER_FTE, note)
    return Ranged(
        line,
        room.line(f"{name}_low", f"{label}: at least", line - half, PER_FTE),
        room.line(f"{name}_high", f"{label}: less than", line + half, PER_FTE),
    )


def _implied(room: Room, name: str, label: str, fte: Line, printed: Ranged) -> Ranged:
    low, high = printed.low, printed.high
    return Ranged(
        room.line(name, label, fte * printed.line, "cases"),
        None if low is None else room.line(f"{name}_low", f"{label}: at least", fte * low, "cases"),
        None if high is None else room.line(f"{name}_high", f"{label}: at most", fte * high, "cases"),
    )


def _workforce(room: Room, team: CaseloadTeam, cases: Line, printed: Ranged) -> Ranged:
    label = f"FTE that cases and average imply, {team.label}"
    low, high = printed.low, printed.high
    return Ranged(
        room.line("fte", label, cases / printed.line, "FTE"),
        None if high is None else room.line("fte_low", f"{label}: more than", cases / high, "FTE"),
        None if low is None else room.line("fte_high", f"{label}: at most", cases / low, "FTE"),
    )


def _ending(
    room: Room, team: CaseloadTeam, groups: Sequence[WrittenGroup], fte: Ranged | None
) -> tuple[Line | None, Line | None]:
    ending = [group.fte for group in groups if group.group.temporary and group.fte is not None]
    if not ending or fte is None:
        return None, None
    temporary = room.line("temporary", f"FTE of temporary posts, {team.label}", literal(add_up(ending)), "FTE")
    return temporary, room.line("lasting", f"Case-holding FTE once they end, {team.label}", fte.line - temporary, "FTE")


def _weighed(
    room: Room, team: CaseloadTeam, types: Sequence[WrittenType], groups: Sequence[WrittenGroup]
) -> tuple[Line | None, Line | None, Line | None]:
    if team.points_of_full_caseload is None:
        return None, None, None
    full = full_points(room, team)
    weighed = [each.points for each in types if each.points is not None]
    points = None
    if weighed and len(weighed) == len(types):
        points = room.line("points", f"Points of all cases, {team.label}", literal(add_up(weighed)), "points")
    capacity = None
    if groups and all(group.fte is not None for group in groups):
        parts = [capacity_of(full, group.fte, group.share) for group in groups if group.fte is not None]
        label = f"Points that the workers can hold, {team.label}"
        capacity = room.line("capacity", label, literal(add_up(parts)), "points")
    return full, points, capacity


def capacity_of(full: Line, fte: Expression, share: Line | None) -> Expression:
    """Points that so many FTE can hold."""
    return fte * full if share is None else fte * full * share
