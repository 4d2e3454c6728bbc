"""Caseloads: names that are there, parts within their wholes, days in order, stays that a flow can follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finmodel.case.checks.defined_names import Known
from finmodel.case.schema import Case
from finmodel.case.schema_caseload import CaseFlow, Caseload, CaseloadTeam, SizedBy, WorkerGroup
from finmodel.lines.periods import Month
from finmodel.parsing.faults import Fault
from finmodel.parsing.nearest import did_you_mean, one_of
from finmodel.parsing.partial_dates import day_in_words
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity

AT = ("caseload",)
CLOSE = 1e-9


def caseload(case: Case, _: Known) -> Iterator[Fault]:
    """Everything that must go together in what a case states of caseloads."""
    stated = case.caseload
    yield from _options(case, stated)
    if stated is None:
        return
    yield from _as_at(case, stated)
    yield from _names(stated)
    for place, team in enumerate(stated.teams):
        yield from _team(stated, team, (*AT, "teams", place))
    for place, span in enumerate(stated.spans):
        yield from _order(span.least, span.most, (*AT, "spans", place, "most"), "`least`")
    for place, flow in enumerate(stated.flows):
        yield from _flow(case, stated, flow, (*AT, "flows", place))
    yield from _agency(stated)


def _as_at(case: Case, stated: Caseload) -> Iterator[Fault]:
    last = case.horizon.months[-1].last_day
    if stated.as_at.last > last:
        what = f"The figures are of a day after the case’s last, {day_in_words(last)}"
        yield Fault((*AT, "as_at"), what, "Write an earlier day, or let `years` run further.")


def _named(name: str, names: Sequence[str], kind: str, at: Address) -> Iterator[Fault]:
    if name not in names:
        known = f"Write {one_of(names)}." if names else f"Define one under `{kind}s`."
        yield Fault(at, f"There is no {kind} called `{name}`", f"{did_you_mean(name, names)}{known}")


def _names(stated: Caseload) -> Iterator[Fault]:
    teams, targets = [each.id for each in stated.teams], [each.id for each in stated.targets]
    for place, target in enumerate(stated.targets):
        for number, name in enumerate(target.teams):
            yield from _named(name, teams, "team", (*AT, "targets", place, "teams", number))
    for table in ("added", "posts_said", "triggers", "flows"):
        for place, each in enumerate(getattr(stated, table)):
            yield from _named(each.team, teams, "team", (*AT, table, place, "team"))
    for place, said in enumerate(stated.posts_said):
        yield from _named(said.target, targets, "target", (*AT, "posts_said", place, "target"))


def _options(case: Case, stated: Caseload | None) -> Iterator[Fault]:
    for place, option in enumerate(case.options):
        for number, post in enumerate(option.posts):
            if post.sized_by is not None:
                yield from _sized(stated, post.sized_by, ("options", place, "posts", number, "sized_by"))
        of, at = option.caseload, ("options", place, "caseload")
        if of is None:
            continue
        if stated is None:
            yield Fault(at, "The case states no caseload for the option to change", "Add `caseload`, or remove this.")
            continue
        yield from _named(of.team, [each.id for each in stated.teams], "team", (*at, "team"))
        if of.flow is not None:
            flows = [each.id for each in stated.flows if each.team == of.team]
            yield from _named(of.flow, flows, "flow", (*at, "flow"))


def _sized(stated: Caseload | None, by: SizedBy, at: Address) -> Iterator[Fault]:
    """A post that a target sizes needs the team's cases and FTE, and a target that holds for it."""
    if stated is None:
        yield Fault(at, "The case states no caseload that could size the post", "Add `caseload`, or state `fte`.")
        return
    yield from _named(by.team, [each.id for each in stated.teams], "team", (*at, "team"))
    team = next((each for each in stated.teams if each.id == by.team), None)
    if team is None:
        return
    for_it = [each.id for each in stated.targets if not each.teams or by.team in each.teams]
    yield from _named(by.target, for_it, "target", (*at, "target"))
    has_fte = team.case_holding_fte is not None or (
        team.workers and all(group.fte is not None for group in team.workers)
    )
    known = [team.cases is not None or bool(team.by_type), bool(has_fte), team.average is not None]
    if sum(known) < 2:
        what = f"The team `{team.id}` does not state enough to say what it lacks"
        yield Fault(at, what, "State two of its cases, its case-holding FTE and its average, or state `fte` here.")


def _order(low: Quantity | None, high: Quantity | None, at: Address, name: str) -> Iterator[Fault]:
    if low is not None and high is not None and 0 < high.values[0] < low.values[0]:
        yield Fault(at, f"This is less than {name}, {low.values[0]:g}", "Write the larger of the two here.")


def _team(stated: Caseload, team: CaseloadTeam, at: Address) -> Iterator[Fault]:
    yield from _order(team.case_holding_fte, team.all_fte, (*at, "all_fte"), "`case_holding_fte`")
    yield from _order(team.lowest, team.average, (*at, "average"), "`lowest`")
    yield from _order(team.average, team.highest, (*at, "highest"), "`average`")
    for place, kind in enumerate(team.by_type):
        for number, each in enumerate(kind.circumstances):
            where = (*at, "by_type", place, "circumstances", number, "cases")
            if each.cases.values[0] > kind.cases.values[0]:
                what = f"More cases than the {kind.cases.values[0]:g} of the type"
                yield Fault(where, what, "Write how many of them it applies to.")
    fte = [each.fte.values[0] for each in team.workers if each.fte is not None]
    if team.case_holding_fte is not None and fte and len(fte) == len(team.workers):
        total, said = sum(fte), team.case_holding_fte.values[0]
        if said > 0 and abs(total - said) > CLOSE:
            what = f"The workers add up to {total:g} FTE and not to this"
            yield Fault((*at, "case_holding_fte"), what, "Correct one of them, or leave this out.")
    for place, group in enumerate(team.workers):
        yield from _group(stated, team, group, (*at, "workers", place))
    if team.earlier is not None and team.earlier.date.last >= stated.as_at.first:
        what = f"This day is not before the figures, of {stated.as_at.words}"
        yield Fault((*at, "earlier", "date"), what, "Write an earlier day.")


def _group(stated: Caseload, team: CaseloadTeam, group: WorkerGroup, at: Address) -> Iterator[Fault]:
    if group.ends is not None and group.ends < stated.as_at.last:
        what = f"These posts ended before the figures, of {stated.as_at.words}"
        yield Fault((*at, "ends"), what, "Write a later day, or leave the group out.")
    if group.points_taken is None:
        return
    if team.points_of_full_caseload is None:
        what = "The team does not say how many points a full caseload has"
        yield Fault((*at, "points_taken"), what, "Add `points_of_full_caseload` to the team.")
    elif group.points_taken.values[0] >= team.points_of_full_caseload.values[0] > 0:
        what = f"That leaves nothing of a full caseload of {team.points_of_full_caseload.values[0]:g} points"
        yield Fault((*at, "points_taken"), what, "Write the points that are taken from the start.")


def _flow(case: Case, stated: Caseload, flow: CaseFlow, at: Address) -> Iterator[Fault]:
    for name in ("stay", "new_stay"):
        if 0 < getattr(flow, name).values[0] <= 1:
            yield Fault((*at, name), "A stay is more than 1 month", "Write months; 24 means two years.")
    yield from _referrals(flow, at)
    closes = flow.stays == "fixed" and flow.applies_to == "all"
    if closes and flow.closing_over is None:
        what = "`closing_over` is missing: over how many months do those close that are past the new stay?"
        yield Fault((*at, "closing_over"), what, "Add a line like `closing_over: 6`; 0 means at once.", "missing")
    elif flow.closing_over is not None and not closes:
        what = "`closing_over` is only used with `stays: fixed` and `applies_to: all`"
        yield Fault((*at, "closing_over"), what, "Remove it, or write these two.")
    elif flow.closing_over is not None and flow.closing_over.values[0] != int(flow.closing_over.values[0]):
        yield Fault((*at, "closing_over"), "Months are counted in whole ones here", "Write a whole number, 0 or more.")
    months = case.horizon.months
    if flow.start is not None and not Month.containing(stated.as_at.last) < flow.start <= months[-1]:
        what = f"This month is not after the figures, of {stated.as_at.words}, and within the case’s years"
        yield Fault((*at, "start"), what, f"Write a month to {months[-1]}.")


def _referrals(flow: CaseFlow, at: Address) -> Iterator[Fault]:
    """Referrals and the share of them that become cases go together."""
    if flow.opened is not None or (flow.referrals is None) == (flow.share_that_become_cases is None):
        return
    missing, given = "referrals", "share_that_become_cases"
    if flow.share_that_become_cases is None:
        missing, given = given, missing
    yield Fault((*at, missing), f"`{missing}` is missing, which `{given}` needs", f"Add `{missing}`.", "missing")


def _agency(stated: Caseload) -> Iterator[Fault]:
    target = stated.agency
    if target is None:
        return
    groups = [group for team in stated.teams for group in team.workers]
    name = target.counted
    if not any(group.experience == "agency" for group in groups):
        what = "No group of workers has `experience: agency`"
        yield Fault((*AT, "agency"), what, "Add one to a team’s `workers`, or remove this.")
    elif any(getattr(group, name) is None for group in groups):
        what = f"A share of {name} needs the {name} of every group of workers"
        yield Fault((*AT, "agency", "counted"), what, f"Add `{name}` to each, or write another base.")
