"""The model of a case's demand: history, projections, baseline, costs avoided, claims; all of it as lines."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.case.dated_counts import Dated, dated
from finmodel.case.schema_demand import Demand
from finmodel.demand.avoided import WrittenAvoided, write_avoided
from finmodel.demand.claims import WrittenClaimOfPaper, write_claims
from finmodel.demand.errors import BaselineRange, OwnRecord, write_own_record, write_range
from finmodel.demand.history import (
    RateOnDay,
    Reconciled,
    UnitCosts,
    write_flows,
    write_growth,
    write_rates,
    write_unit_costs,
)
from finmodel.demand.ledger import open_ledger
from finmodel.demand.observed import Timed
from finmodel.demand.parts import Breakdown, write_parts
from finmodel.demand.paths import ProjectedPath, points_of, through, write_paths
from finmodel.demand.season import Season, write_season
from finmodel.lines.line import Line
from finmodel.lines.outcomes import ratio

NOBODY = "no child was looked after"


class Outturn(Struct, frozen=True):
    """What came to be on a day, beside what each projection had for it; error: projection less outturn, children."""

    day: Dated
    children: Line
    projected: dict[str, Line]
    error: dict[str, Line]
    share: dict[str, Line]


class AgainstTarget(Struct, frozen=True):
    """A day of the target: what is avoided against the baseline, and how far what came to be or is planned is above it.

    The two are never netted: one is against what would have happened, the other against what was wished for.
    """

    day: Dated
    target: Line
    actual: Line
    avoided: Line
    short: Line


class WrittenDemand(Struct, frozen=True):
    """The lines of a case's demand."""

    demand: Demand
    timed: Timed
    growth: tuple[Line, ...]
    rates: tuple[RateOnDay, ...]
    parts: tuple[Breakdown, ...]
    season: Season
    flows: tuple[Reconciled, ...]
    paths: dict[str, ProjectedPath]
    outturns: tuple[Outturn, ...]
    range: BaselineRange
    own_record: tuple[OwnRecord, ...]
    avoided: WrittenAvoided | None
    targets: tuple[AgainstTarget, ...]
    claims: tuple[WrittenClaimOfPaper, ...]
    unit_costs: tuple[UnitCosts, ...]

    @property
    def baseline(self) -> ProjectedPath:
        """The projection that savings are claimed against: that of the decision where one is stated."""
        decided = self.demand.decided
        return self.paths[self.demand.baseline if decided is None else decided.baseline]

    @property
    def later(self) -> ProjectedPath | None:
        """A later estimate of the baseline, which moves no claim; None where there is none."""
        return None if self.demand.baseline == self.baseline.id else self.paths[self.demand.baseline]


def write_demand(book: Book) -> WrittenDemand | None:
    """Write the demand of a case; None where it states none."""
    demand = book.case.demand
    if demand is None:
        return None
    room = Room(book, "demand", "Demand: observed")
    timed = Timed(room.within("observed"), dated(demand.observations))
    paths = {path.id: path for path in write_paths(timed, demand.projections)}
    found = WrittenDemand(
        demand,
        timed,
        write_growth(timed),
        write_rates(timed, demand.populations),
        write_parts(timed, demand.parts),
        write_season(timed, demand.every),
        write_flows(timed, demand.flows),
        paths,
        _outturns(timed, Timed(room.within("outturns", section="Demand: outturn"), dated(demand.outturns)), paths),
        write_range(timed, paths[demand.baseline if demand.decided is None else demand.decided.baseline]),
        write_own_record(timed),
        None,
        (),
        (),
        write_unit_costs(room, demand.unit_costs),
    )
    if book.case.options:
        open_ledger(book, found.baseline, demand.claimed_elsewhere)
    return _with_avoided(room, found)


def _with_avoided(room: Room, found: WrittenDemand) -> WrittenDemand:
    demand = found.demand
    after = demand.outturns or demand.planned
    if not after:
        return found
    name = "outturns" if demand.outturns else "planned"
    since = Timed(room.within(name, section="Demand: outturn" if demand.outturns else "Demand: planned"), dated(after))
    found = replace(found, targets=_targets(found, since))
    if demand.avoided is None:
        return found
    avoided = write_avoided(found.timed, found.baseline, since, demand.avoided, found.range)
    return replace(found, avoided=avoided, claims=write_claims(avoided, found.timed, demand.claims))


def _targets(found: WrittenDemand, since: Timed) -> tuple[AgainstTarget, ...]:
    """Each day of the target that is of the case and that the known or planned days reach."""
    book = found.timed.room.book
    months, reach = book.horizon.months, since.days[-1].day("known")
    targets = Timed(Room(book, "demand.target", "Demand: target"), dated(found.demand.target))
    known, made = points_of(found.timed, since), []
    for day in targets.days:
        when = day.day("known")
        if when > reach or not months[0].first_day <= when <= months[-1].last_day:
            continue
        target, place = targets.children(day), targets.place(day, "days", "known")
        room = targets.room.within(day.id)
        actual = room.line("actual", f"Children on {day.name}, actual or planned", through(known, place), "children")
        rule = found.baseline.at(room, "baseline", targets, day)
        baseline = room.line("baseline", f"The baseline on {day.name}", rule, "children")
        avoided = room.line("avoided", f"Fewer than the baseline on {day.name}", baseline - actual, "children")
        short = room.line("short", f"Short of the target on {day.name}", actual - target, "children")
        made.append(AgainstTarget(day, target, actual, avoided, short))
    return tuple(made)


def _outturns(timed: Timed, after: Timed, paths: dict[str, ProjectedPath]) -> tuple[Outturn, ...]:
    months = timed.room.book.horizon.months
    found = []
    for day in after.days:
        when = day.day("known")
        if not months[0].first_day <= when <= months[-1].last_day:
            continue
        children = after.children(day)
        projected, error, share = {}, {}, {}
        for path in paths.values():
            room = Room(timed.room.book, f"demand.outturns.{day.id}.{path.id}", f"Demand: outturn of {day.name}")
            rule = path.at(Room(timed.room.book, f"demand.outturns.{day.id}", room.section), path.id, after, day)
            projected[path.id] = room.line("projected", f"{path.label}: projected for {day.name}", rule, "children")
            error[path.id] = room.line(
                "error", f"{path.label}: less the outturn", projected[path.id] - children, "children"
            )
            share[path.id] = room.line(
                "error_share",
                f"{path.label}: error as a share of the outturn",
                ratio(error[path.id], children, NOBODY),
                "share",
            )
        found.append(Outturn(day, children, projected, error, share))
    return tuple(found)
