"""Every ratio of a team, now and after posts are added or temporary ones end: what one change does to all others."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from finmodel.basis.room import Room
from finmodel.caseload.targets import part_share
from finmodel.caseload.teams import NO_FTE, PER_FTE, SECTION, WrittenTeam, capacity_of
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import ratio


class StaffingState(Struct, frozen=True):
    """A team in some state: posts added to it, of workers of some experience, and whether temporary posts are there."""

    id: str
    label: str
    added: Line | None = None
    experience: str = "other"
    without_temporary: bool = False


class StateOfTeam(Struct, frozen=True):
    """The ratios of a team in a state, by the id of the ratio, and what each is; fte: case-holding, then."""

    state: StaffingState
    fte: Line
    ratios: dict[str, Line]
    labels: dict[str, str]


class _Ratio(Struct, frozen=True):
    """above ÷ below, and what posts added and posts that end do to either."""

    id: str
    label: str
    unit: str
    above: Expression
    below: Expression
    added_above: Expression | None = None
    added_below: Expression | None = None
    ended_above: Expression | None = None
    ended_below: Expression | None = None


def write_state(found: WrittenTeam, state: StaffingState) -> StateOfTeam | None:
    """Write the ratios of a team in a state; None where its FTE is not known."""
    if found.fte is None:
        return None
    room = found.room.within(f"states.{state.id}", None, f"{SECTION}: {found.team.label}, {state.label}")
    rule: Expression = found.fte.line
    if state.added is not None:
        rule = rule + state.added
    if state.without_temporary and found.temporary is not None:
        rule = rule - found.temporary
    fte = room.line("fte", f"Case-holding FTE, {found.team.label}: {state.label}", rule, "FTE")
    ratios = list(_ratios(found, state))
    lines = {each.id: _written(room, found, state, each) for each in ratios}
    return StateOfTeam(state, fte, lines, {each.id: each.label for each in ratios})


def _written(room: Room, found: WrittenTeam, state: StaffingState, each: _Ratio) -> Line:
    above, below = each.above, each.below
    if state.added is not None:
        above = above if each.added_above is None else above + each.added_above
        below = below if each.added_below is None else below + each.added_below
    if state.without_temporary:
        above = above if each.ended_above is None else above - each.ended_above
        below = below if each.ended_below is None else below - each.ended_below
    label = f"{each.label}, {found.team.label}: {state.label}"
    return room.line(each.id, label, ratio(above, below, NO_FTE), each.unit)


def _ratios(found: WrittenTeam, state: StaffingState) -> Iterator[_Ratio]:
    if found.fte is None:
        return
    fte, added, ended = found.fte.line, state.added, found.temporary
    if found.cases is not None:
        yield _Ratio(
            "average", "Cases for each case-holding FTE", PER_FTE, found.cases.line, fte, None, added, None, ended
        )
        if found.all_fte is not None:
            label = "Cases for each of all FTE"
            yield _Ratio("average_of_all", label, PER_FTE, found.cases.line, found.all_fte, None, added, None, ended)
    for kind in found.types:
        label = f"{kind.label}: cases for each case-holding FTE"
        yield _Ratio(f"type_{kind.id}", label, PER_FTE, kind.cases, fte, None, added, None, ended)
    yield from _shares(found, state)
    if found.points is not None and found.capacity is not None and found.full is not None:
        share = part_share(found) if state.experience == "newly-qualified" else None
        more = None if added is None else capacity_of(found.full, added, share)
        gone = [
            capacity_of(found.full, each.fte, each.share)
            for each in found.groups
            if each.group.temporary and each.fte is not None
        ]
        less = literal(add_up(gone)) if gone else None
        label = "Points as a share of capacity"
        yield _Ratio("used", label, "share", found.points, found.capacity, None, more, None, less)


_OF_WORKERS = {
    "agency": "Agency workers, of case-holding FTE",
    "newly-qualified": "Newly qualified, of case-holding FTE",
    "experienced": "Experienced, of case-holding FTE",
}


def _shares(found: WrittenTeam, state: StaffingState) -> Iterator[_Ratio]:
    """Shares of one base, the case-holding FTE, where the FTE of every group is stated."""
    if not found.groups or found.fte is None or any(each.fte is None for each in found.groups):
        return
    for experience, label in _OF_WORKERS.items():
        held = [each for each in found.groups if each.group.experience == experience]
        if not held:
            continue
        above = literal(add_up([each.fte for each in held if each.fte is not None]))
        gone = [each.fte for each in held if each.group.temporary and each.fte is not None]
        more = state.added if state.experience == experience else None
        yield _Ratio(
            experience.replace("-", "_"),
            label,
            "share",
            above,
            found.fte.line,
            more,
            state.added,
            literal(add_up(gone)) if gone else None,
            found.temporary,
        )
