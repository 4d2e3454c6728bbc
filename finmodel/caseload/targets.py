"""Posts that a target takes: cases ÷ target − FTE, exact and whole, what they cost, who would have to hold what.

A target is taken as it is stated and never rounded. Posts are rounded up to whole ones, since a part of one fills no
vacancy.
"""

from __future__ import annotations

from msgspec import Struct

from finmodel.basis.inherited import inherited
from finmodel.basis.room import Room
from finmodel.case.schema_caseload import CaseloadTarget, PostsSaid
from finmodel.caseload.teams import NO_FTE, PER_FTE, SECTION, Ranged, WrittenTeam
from finmodel.lines.arithmetic import add_up, maximum, minimum, rounded_up
from finmodel.lines.expression import Expression, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import if_number, ratio


class Needed(Struct, frozen=True):
    """Posts more than a number of FTE, and their cost in the first year.

    posts: exact, below zero where there are more than it takes; more: the same, zero there; whole: rounded up.
    """

    posts: Line
    more: Line
    whole: Line
    cost: Line | None
    cost_whole: Line | None


class AtTarget(Struct, frozen=True):
    """A team at a target.

    over: cases for each FTE above the target; share: FTE more that it takes, as a share of those there are. workers:
    FTE that it takes in all, whole_workers likewise. now: more than the case-holding FTE; lasting: more than those left
    once temporary posts end. by_newly_qualified: FTE of those with part of a caseload that do the work of `now.posts`.
    others: cases for each worker who holds a full caseload, where the rest keep to what is protected.
    """

    target: CaseloadTarget
    cases: Line
    over: Line | None
    share: Line | None
    workers: Line | None
    whole_workers: Line | None
    now: Needed | None
    lasting: Needed | None
    by_newly_qualified: Line | None
    others: Line | None


class WrittenSaid(Struct, frozen=True):
    """Posts that a paper says: the workforce now that they imply, and its average; what newly qualified it would take.

    A need that is said in whole posts is more than one post less, so the FTE now lies between `fte.low` and `fte.high`.
    """

    said: PostsSaid
    target: Line
    posts: Line
    fte: Ranged
    average: Ranged
    by_newly_qualified: Line | None


def target_line(caseload: Room, target: CaseloadTarget) -> Line:
    """The target, an input."""
    room = caseload.within(f"targets.{target.id}", target, f"{SECTION}: targets")
    return room.once.state("cases", f"{target.label}: cases for each FTE", target.cases, PER_FTE)


def write_at_target(caseload: Room, found: WrittenTeam, target: CaseloadTarget, worker: Line | None) -> AtTarget:
    """Write what a target takes of a team. worker: £ for one more of them in the first year; None where not priced."""
    aim = target_line(caseload, target)
    room = found.room.within(f"at.{target.id}", target, f"{SECTION}: {found.team.label}, {target.label}")
    name = f"{found.team.label}, {target.label}"
    over = share = workers = whole_workers = now = lasting = newly = None
    if found.average is not None:
        rule = if_number(found.average, found.average - aim)
        over = room.line("over", f"Cases for each FTE above it: {name}", rule, PER_FTE)
        rule = if_number(found.average, found.average / aim - 1)
        share = room.line("share", f"FTE more that it takes, of those there are: {name}", rule, "share")
    if found.cases is not None:
        workers = room.line("workers", f"FTE that it takes: {name}", found.cases.line / aim, "FTE")
        whole_workers = room.line("whole_workers", f"Whole workers that it takes: {name}", _whole(room, workers), "FTE")
        if found.fte is not None:
            what = f"Posts more than the FTE there are: {name}"
            now = _needed(room, "posts", what, workers - found.fte.line, worker)
            newly = _by_newly_qualified(room, name, found, now.posts)
        if found.lasting is not None:
            what = f"Posts more than the FTE left once temporary posts end: {name}"
            lasting = _needed(room, "posts_lasting", what, workers - found.lasting, worker)
    others = _others(room, name, found, aim)
    return AtTarget(target, aim, over, share, workers, whole_workers, now, lasting, newly, others)


def _whole(room: Room, figure: Expression) -> Expression:
    return rounded_up(figure, room.convention("decimal_places_compared"))


def _needed(room: Room, name: str, label: str, rule: Expression, worker: Line | None) -> Needed:
    posts = room.line(name, label, rule, "FTE", note="Below zero there are more than it takes.")
    more = room.line(f"{name}_or_none", f"{label}, none where there are enough", maximum(posts, 0), "FTE")
    whole = room.line(f"{name}_whole", f"{label}: whole posts", _whole(room, more), "FTE")
    if worker is None:
        return Needed(posts, more, whole, None, None)
    cost = room.line(f"{name}_cost", f"{label}: cost in a full year", more * worker, "£")
    of_whole = room.line(f"{name}_cost_whole", f"{label}: cost of whole posts in a full year", whole * worker, "£")
    return Needed(posts, more, whole, cost, of_whole)


def _by_newly_qualified(room: Room, name: str, found: WrittenTeam, posts: Line) -> Line | None:
    share = part_share(found)
    if share is None:
        return None
    label = f"The same work done by newly qualified workers: {name}"
    return room.line("newly_qualified", label, maximum(posts, 0) / share, "FTE")


def part_share(found: WrittenTeam) -> Line | None:
    """The share of a full caseload that newly qualified workers of the team hold; None where the case does not say."""
    return next(
        (each.share for each in found.groups if each.share is not None and each.group.experience == "newly-qualified"),
        None,
    )


def _others(room: Room, name: str, found: WrittenTeam, aim: Line) -> Line | None:
    """What is left to those with a full caseload where the others hold at most what protects them."""
    cut = [each for each in found.groups if each.share is not None or each.group.at_most is not None]
    if not cut or found.cases is None or any(each.fte is None for each in found.groups):
        return None
    whole = [each.fte for each in found.groups if each not in cut and each.fte is not None]
    if not whole:
        return None
    held = []
    for each in cut:
        own = found.room.within(f"workers.{each.group.id}", inherited(each.group, found.team))
        most: Expression = aim if each.share is None else aim * each.share
        if each.group.at_most is not None:
            limit = own.once.state("at_most", f"Cases at most: {each.group.label}", each.group.at_most, PER_FTE)
            most = minimum(most, limit)
        if each.fte is not None:
            held.append(each.fte * most)
    label = f"Cases left for each worker with a full caseload, the others kept to theirs: {name}"
    rest = found.cases.line - literal(add_up(held))
    return room.line("others", label, ratio(rest, literal(add_up(whole)), NO_FTE), PER_FTE)


def write_said(caseload: Room, found: WrittenTeam, target: CaseloadTarget, said: PostsSaid) -> WrittenSaid | None:
    """Write what posts that a paper says imply; None where the team's cases are not known."""
    if found.cases is None:
        return None
    aim, cases = target_line(caseload, target), found.cases.line
    room = caseload.within(f"posts_said.{said.id}", said, f"{SECTION}: {said.label}")
    posts = room.state("posts", f"Posts said: {said.label}", said.posts, "FTE")
    one = caseload.book.definition("one_full_time_worker", "One full-time worker", 1, "FTE")
    label = f"FTE now that they imply: {said.label}"
    exact = room.line("fte", label, cases / aim - posts, "FTE")
    high = room.line("fte_high", f"{label}: less than", cases / aim - posts + one, "FTE")
    by_average = f"Average now that they imply: {said.label}"
    average = Ranged(
        room.line("average", by_average, ratio(cases, exact, NO_FTE), PER_FTE),
        room.line("average_low", f"{by_average}: more than", ratio(cases, high, NO_FTE), PER_FTE),
        None,
    )
    share = part_share(found)
    newly = None
    if share is not None:
        newly = room.line("newly_qualified", f"The same work by newly qualified: {said.label}", posts / share, "FTE")
    return WrittenSaid(said, aim, posts, Ranged(exact, None, high), average, newly)
