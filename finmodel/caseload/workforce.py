"""Who the workers are, over all teams: shares of newly qualified, experienced and agency workers, each on a named base.

A share has one base. Where agency workers are counted as people and the employed in FTE, as papers do, that mixed share
stands next to the share of people, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from finmodel.basis.room import Room
from finmodel.case.schema_caseload import AgencyTarget
from finmodel.caseload.teams import NO_FTE, SECTION, WrittenTeam
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import ratio

Base = Literal["people", "fte", "mixed"]
EXPERIENCES = {"newly-qualified": "Newly qualified", "experienced": "Experienced", "agency": "Agency", "other": "Other"}
NO_PERMANENT = "no agency worker is allowed, so no number of permanent ones is enough"
ALL_AGENCY = "all may be agency workers"


class WorkforceShare(Struct, frozen=True):
    """Workers of an experience as a share of all, on a base: people, FTE, or agency people and employed FTE (mixed)."""

    experience: str
    base: Base
    number: Line
    of: Line
    share: Line


class AgencyAtTarget(Struct, frozen=True):
    """Agency workers now and at a target share of an establishment.

    agency: now; establishment: then; allowed: agency workers then; permanent: the others then. replaced: agency workers
    whose posts become permanent; leaving: who would have to go with nobody in their place; added: permanent workers on
    top with no agency worker leaving. The last two are of the workforce as it is now; below zero the share is met.
    """

    target: AgencyTarget
    share: Line
    agency: Line
    establishment: Line
    allowed: Line
    permanent: Line
    replaced: Line
    leaving: Line
    added: Line


def write_shares(caseload: Room, teams: Sequence[WrittenTeam]) -> tuple[WorkforceShare, ...]:
    """Write the shares of each experience, on every base on which all groups are counted."""
    return tuple(_shares(caseload.within("workforce", None, f"{SECTION}: workforce"), teams))


def _held(teams: Sequence[WrittenTeam], experience: str | None, unit: Base) -> list[Line] | None:
    """The counts of the groups of an experience, or of all; None where one of them is not counted so."""
    groups = [each for team in teams for each in team.groups if experience in (None, each.group.experience)]
    lines = [each.people if unit == "people" else each.fte for each in groups]
    found = [each for each in lines if each is not None]
    return found if groups and len(found) == len(lines) else None


def _shares(room: Room, teams: Sequence[WrittenTeam]) -> Iterator[WorkforceShare]:
    there = [name for name in EXPERIENCES if any(g.group.experience == name for team in teams for g in team.groups)]
    bases: tuple[tuple[Base, str], ...] = (("people", "people"), ("fte", "FTE"))
    for base, unit in bases:
        every = _held(teams, None, base)
        if every is None or len(there) < 2:
            continue
        of = room.line(f"all_{base}", f"All workers, {unit}", literal(add_up(every)), unit)
        for name in there:
            held = _held(teams, name, base) or []
            own = room.within(f"{name}_{base}".replace("-", "_"))
            label = f"{EXPERIENCES[name]} workers"
            number = own.line("number", f"{label}, {unit}", literal(add_up(held)), unit)
            share = own.line("share", f"{label}, of {unit}", ratio(number, of, NO_FTE), "share")
            yield WorkforceShare(name, base, number, of, share)
    yield from _mixed(room, teams, there)


def _mixed(room: Room, teams: Sequence[WrittenTeam], there: Sequence[str]) -> Iterator[WorkforceShare]:
    """Agency people of agency people and employed FTE: where the FTE of agency workers is not stated."""
    agency = _held(teams, "agency", "people") if "agency" in there else None
    if agency is None or _held(teams, "agency", "fte") is not None:
        return
    employed = [each.fte for team in teams for each in team.groups if each.group.experience != "agency"]
    fte = [each for each in employed if each is not None]
    if not fte or len(fte) < len(employed):
        return
    one = room.book.definition(
        "one_person_to_fte", "People taken for one FTE, in a share of mixed base", 1, "people per FTE"
    )
    own = room.within("agency_mixed")
    number = own.line("number", "Agency workers, people", literal(add_up(agency)), "people")
    label = "Agency people and employed FTE, added up as they are"
    of = own.line("of", label, number + literal(add_up(fte)) * one, "people", note="Two bases in one sum.")
    label = "Agency workers, of agency people and employed FTE"
    yield WorkforceShare("agency", "mixed", number, of, own.line("share", label, ratio(number, of, NO_FTE), "share"))


def write_agency(
    caseload: Room, target: AgencyTarget | None, shares: Sequence[WorkforceShare]
) -> AgencyAtTarget | None:
    """Write agency workers at the target; None where there is no target, or they are not counted on its base."""
    if target is None:
        return None
    now = next((each for each in shares if each.experience == "agency" and each.base == target.counted), None)
    if now is None:
        return None
    unit = "people" if target.counted == "people" else "FTE"
    room = caseload.within("agency", target, f"{SECTION}: agency workers")
    share = room.state("share", "Agency workers at most, as a share", target.share, "share")
    if target.establishment is None:
        establishment = room.line("establishment", f"All workers, as now, {unit}", literal(now.of), unit)
    else:
        establishment = room.state("establishment", f"All workers then, {unit}", target.establishment, unit)
    allowed = room.line("allowed", f"Agency workers at that share, {unit}", establishment * share, unit)
    permanent = room.line("permanent", f"Permanent workers then, {unit}", establishment - allowed, unit)
    replaced = room.line("replaced", f"Agency workers fewer than now, {unit}", now.number - allowed, unit)
    over = now.number - now.of * share
    leaving = ratio(over, 1 - share, ALL_AGENCY)
    label = f"Agency workers who go with nobody in their place, {unit}"
    return AgencyAtTarget(
        target,
        share,
        now.number,
        establishment,
        allowed,
        permanent,
        replaced,
        room.line("leaving", label, leaving, unit),
        room.line(
            "added",
            f"Permanent workers on top, all agency workers staying, {unit}",
            ratio(over, share, NO_PERMANENT),
            unit,
        ),
    )
