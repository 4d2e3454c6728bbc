"""The model of a case's demand: history, projections, baseline, costs avoided, claims; all of it as lines."""

from __future__ import annotations

from dataclasses import dataclass, replace

from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.case.dated_counts import Dated, dated
from finmodel.case.schema_demand import Demand
from finmodel.demand.avoided import WrittenAvoided, write_avoided
from finmodel.demand.claims import WrittenClaimOfPaper, write_claims
from finmodel.demand.errors import OwnRecord, Range, write_own_record, write_range
from finmodel.demand.history import (
    Rate,
    Reconciled,
    UnitCosts,
    write_flows,
    write_growth,
    write_rates,
    write_unit_costs,
)
from finmodel.demand.ledger import open_ledger
from finmodel.demand.observed import Timed
from finmodel.demand.paths import Path, write_paths
from finmodel.lines.line import Line
from finmodel.lines.outcomes import ratio

NOBODY = "no child was looked after"


@dataclass(frozen=True, slots=True)
class Outturn:
    """What came to be on a day, beside what each projection had for it; error: projection less outturn, children."""

    day: Dated
    children: Line
    projected: dict[str, Line]
    error: dict[str, Line]
    share: dict[str, Line]


@dataclass(frozen=True, slots=True)
class WrittenDemand:
    """The lines of a case's demand."""

    demand: Demand
    timed: Timed
    growth: tuple[Line, ...]
    rates: tuple[Rate, ...]
    flows: tuple[Reconciled, ...]
    paths: dict[str, Path]
    outturns: tuple[Outturn, ...]
    range: Range
    own_record: tuple[OwnRecord, ...]
    avoided: WrittenAvoided | None
    claims: tuple[WrittenClaimOfPaper, ...]
    unit_costs: tuple[UnitCosts, ...]

    @property
    def baseline(self) -> Path:
        """The projection that savings are claimed against: that of the decision where one is stated."""
        decided = self.demand.decided
        return self.paths[self.demand.baseline if decided is None else decided.baseline]

    @property
    def later(self) -> Path | None:
        """A later estimate of the baseline, which moves no claim; None where there is none."""
        return None if self.demand.baseline == self.baseline.id else self.paths[self.demand.baseline]


def write_demand(book: Book) -> WrittenDemand | None:
    """Write the demand of a case; None where it states none."""
    demand = book.case.demand
    if demand is None:
        return None
    room = Room(book, "demand", "Demand: observed")
    timed = Timed(room.within("observed"), dated(demand.observations))
    for day in timed.days:
        timed.children(day)
        timed.place(day, "days", "known")
    paths = {path.id: path for path in write_paths(timed, demand.projections)}
    found = WrittenDemand(
        demand,
        timed,
        write_growth(timed),
        write_rates(timed, demand.populations),
        write_flows(timed, demand.flows),
        paths,
        _outturns(timed, Timed(room.within("outturns", section="Demand: outturn"), dated(demand.outturns)), paths),
        write_range(timed, paths[demand.baseline if demand.decided is None else demand.decided.baseline]),
        write_own_record(timed),
        None,
        (),
        write_unit_costs(room, demand.unit_costs),
    )
    if book.case.options:
        open_ledger(book, found.baseline, demand.claimed_elsewhere)
    return _with_avoided(room, found)


def _with_avoided(room: Room, found: WrittenDemand) -> WrittenDemand:
    demand = found.demand
    after = demand.outturns or demand.planned
    if demand.avoided is None or not after:
        return found
    name = "outturns" if demand.outturns else "planned"
    since = Timed(room.within(name, section="Demand: outturn" if demand.outturns else "Demand: planned"), dated(after))
    avoided = write_avoided(found.timed, found.baseline, since, demand.avoided, found.range)
    return replace(found, avoided=avoided, claims=write_claims(avoided, found.timed, demand.claims))


def _outturns(timed: Timed, after: Timed, paths: dict[str, Path]) -> tuple[Outturn, ...]:
    months = timed.room.book.horizon.months
    found = []
    for day in after.days:
        when = day.day("known")
        if not months[0].first_day <= when <= months[-1].last_day:
            continue
        children = after.children(day)
        day_of, month_of = after.place(day, "days", "known"), after.place(day, "months", "known")
        projected, error, share = {}, {}, {}
        for path in paths.values():
            room = Room(timed.room.book, f"demand.outturns.{day.id}.{path.id}", f"Demand: outturn of {day.name}")
            rule = path.at(Room(timed.room.book, f"demand.outturns.{day.id}", room.section), path.id, day_of, month_of)
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
