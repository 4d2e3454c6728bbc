"""The model of a case's caseloads: teams, targets, ratios after a change, shares, spans, triggers, flows, series."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.case.entries import worker_post
from finmodel.case.schema_caseload import Caseload
from finmodel.caseload.flows import (
    Trend,
    WrittenFlow,
    WrittenTrigger,
    write_flow,
    write_trend,
    write_trigger,
)
from finmodel.caseload.inverse import WrittenFall, write_fall
from finmodel.caseload.ratios import StaffingState, StateOfTeam, write_state
from finmodel.caseload.series import WrittenSeries, write_series
from finmodel.caseload.spans import WrittenSpan, write_span
from finmodel.caseload.targets import AtTarget, WrittenSaid, write_at_target, write_said
from finmodel.caseload.teams import NO_FTE, PER_FTE, SECTION, WrittenTeam, write_team
from finmodel.caseload.workforce import AgencyAtTarget, WorkforceShare, write_agency, write_shares
from finmodel.costing.posts import price_post
from finmodel.lines.arithmetic import add_up
from finmodel.lines.display import inside
from finmodel.lines.expression import literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import ratio
from finmodel.lines.timing import at_period

NOW = StaffingState("now", "now")
ENDED = StaffingState("ended", "temporary posts ended", without_temporary=True)


class Pooled(Struct, frozen=True):
    """The sum of cases ÷ the sum of FTE over teams, on a base; teams: the ids of those that state both."""

    base: str
    teams: tuple[str, ...]
    cases: Line
    fte: Line
    average: Line


class WrittenCaseload(Struct, frozen=True):
    """The lines of a case's caseloads. at: by team, its targets; states: by team, now and after each change."""

    caseload: Caseload
    teams: tuple[WrittenTeam, ...]
    pooled: tuple[Pooled, ...]
    worker: Line | None
    at: dict[str, tuple[AtTarget, ...]]
    states: dict[str, tuple[StateOfTeam, ...]]
    shares: tuple[WorkforceShare, ...]
    agency: AgencyAtTarget | None
    falls: tuple[WrittenFall, ...]
    said: tuple[WrittenSaid, ...]
    spans: tuple[WrittenSpan, ...]
    trends: dict[str, Trend]
    triggers: tuple[WrittenTrigger, ...]
    flows: tuple[WrittenFlow, ...]
    series: tuple[WrittenSeries, ...]


def write_caseload(book: Book) -> WrittenCaseload | None:
    """Write the caseloads of a case; None where it states none."""
    stated = book.case.caseload
    if stated is None:
        return None
    room = Room(book, "caseload", SECTION)
    teams = tuple(write_team(room, team) for team in stated.teams)
    by_id = {team.team.id: team for team in teams}
    worker = _worker(room)
    at = {
        team.team.id: tuple(
            write_at_target(room, team, target, worker)
            for target in stated.targets
            if not target.teams or team.team.id in target.teams
        )
        for team in teams
    }
    for name, each in ((name, each) for name, found in at.items() for each in found):
        if each.now is not None:
            book.lacking[name, each.target.id] = each.now.more, each.now.whole
    targets = {target.id: target for target in stated.targets}
    shares = write_shares(room, teams)
    trends = {team.team.id: write_trend(room, team) for team in teams}
    said = (write_said(room, by_id[each.team], targets[each.target], each) for each in stated.posts_said)
    triggers = (write_trigger(room, by_id[each.team], each, trends[each.team]) for each in stated.triggers)
    flows = (write_flow(room, by_id[each.team], each) for each in stated.flows)
    return WrittenCaseload(
        stated,
        teams,
        _pooled(room, teams),
        worker,
        at,
        {team.team.id: _states(room, stated, team, at[team.team.id]) for team in teams},
        shares,
        write_agency(room, stated.agency, shares),
        tuple(write_fall(room, each) for each in stated.falls),
        tuple(each for each in said if each is not None),
        tuple(write_span(room, each) for each in stated.spans),
        {name: trend for name, trend in trends.items() if trend is not None},
        tuple(each for each in triggers if each is not None),
        tuple(each for each in flows if each is not None),
        write_series(room, stated.series),
    )


def _worker(room: Room) -> Line | None:
    """What one more worker costs in the first year, in post all of it."""
    post = worker_post(room.book.case)
    if post is None:
        return None
    priced = price_post(room, post)
    year = room.book.horizon.first_year
    label = f"Cost of one more in {year}, a full year: {post.title}"
    one = room.book.definition("one_full_time_worker", "One full-time worker", 1, "FTE")
    return room.line("worker_cost", label, at_period(priced.full_year_effect, literal(1)) / one, "£ per FTE")


def _pooled(room: Room, teams: Sequence[WrittenTeam]) -> tuple[Pooled, ...]:
    """On each base, over the teams of which both cases and FTE are known, where there are several."""
    found = []
    own = room.within("pooled", None, f"{SECTION}: all teams")
    for base, label in (("case_holding", "case-holding FTE"), ("all", "all FTE")):
        pairs = []
        for team in teams:
            fte = (None if team.fte is None else team.fte.line) if base == "case_holding" else team.all_fte
            if team.cases is not None and fte is not None:
                pairs.append((team.team.id, team.cases.line, fte))
        if len(pairs) < 2:
            continue
        cases = own.line(
            f"{base}.cases", f"Cases of teams with {label}", literal(add_up([c for _, c, _ in pairs])), "cases"
        )
        fte = own.line(
            f"{base}.fte",
            f"{label[:1].upper()}{label[1:]} of teams with cases",
            literal(add_up([f for *_, f in pairs])),
            "FTE",
        )
        average = own.line(f"{base}.average", f"Cases for each of {label}, pooled", ratio(cases, fte, NO_FTE), PER_FTE)
        found.append(Pooled(base, tuple(name for name, *_ in pairs), cases, fte, average))
    return tuple(found)


def _states(room: Room, stated: Caseload, team: WrittenTeam, at: Sequence[AtTarget]) -> tuple[StateOfTeam, ...]:
    states = [NOW]
    if team.temporary is not None:
        states.append(ENDED)
    for added in stated.added:
        if added.team != team.team.id:
            continue
        own = room.within(f"added.{added.id}", added, f"{SECTION}: {added.label}")
        line = own.state("fte", f"FTE added: {added.label}", added.fte, "FTE")
        states.append(StaffingState(f"added-{added.id}", added.label, line, added.experience))
        if team.temporary is not None:
            label = f"{added.label}, temporary posts ended"
            states.append(
                StaffingState(f"added-{added.id}-ended", label, line, added.experience, without_temporary=True)
            )
    states += [
        StaffingState(f"at-{each.target.id}", f"at {inside(each.target.label)}", each.now.more)
        for each in at
        if each.now is not None
    ]
    made = [write_state(team, state) for state in states]
    return tuple(each for each in made if each is not None)
