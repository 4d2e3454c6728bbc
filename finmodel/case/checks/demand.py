"""Demand: days in order, trends that have counts enough, a baseline that is there, months that the counts reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from finmodel.case.checks.defined_names import Known
from finmodel.case.dated_counts import Dated, dated
from finmodel.case.schema import Case
from finmodel.case.schema_demand import NO_CHANGE, Avoided, Demand, Observation, Projection
from finmodel.lines.periods import Month
from finmodel.parsing.faults import Fault
from finmodel.parsing.nearest import did_you_mean, one_of
from finmodel.parsing.partial_dates import day_in_words
from finmodel.parsing.places import Address

_TRENDS = ("linear", "damped")


def demand(case: Case, _: Known) -> Iterator[Fault]:
    """Everything that must go together in what a case states of demand."""
    stated = case.demand
    if stated is None:
        return
    days = dated(stated.observations)
    yield from _last_day(case, days)
    yield from _parts(stated)
    for place, projection in enumerate(stated.projections):
        yield from _projection(projection, days, ("demand", "projections", place))
    yield from _baselines(stated)
    for name in ("outturns", "planned", "target"):
        yield from _after(getattr(stated, name), days[-1], ("demand", name))
    for place, flow in enumerate(stated.flows):
        if flow.end < flow.start:
            at = ("demand", "flows", place, "end")
            yield Fault(at, f"The period ends before it begins, on {day_in_words(flow.start)}", "Write a later day.")
    if stated.avoided is not None:
        yield from _avoided(case, stated, stated.avoided, days[-1])
    elif stated.claims:
        what = "A claim needs the months and the placement by which it is reckoned"
        yield Fault(("demand", "claims"), what, "Add `avoided`, with `start`, `end` and `placement`.")


def _last_day(case: Case, days: Sequence[Dated]) -> Iterator[Fault]:
    end = case.horizon.months[-1].last_day
    if days[-1].last >= end:
        what = f"The last count, of {days[-1].name}, is not before the case’s last day, so nothing is left to project"
        yield Fault(("demand", "observations"), what, "Let `years` run further, or put what came later in `outturns`.")


def _parts(stated: Demand) -> Iterator[Fault]:
    """A group of a day that is stated twice, which would be counted twice."""
    seen: set[tuple[str, str, date]] = set()
    for place, each in enumerate(stated.parts):
        what = (each.by, each.part, each.date.last)
        if what in seen:
            at = ("demand", "parts", place)
            said = f"{each.part}, by {each.by.lower()}, is there twice for {each.date.words}"
            yield Fault(at, said, "Remove one of the two, or give it another date or group.", "whole")
        seen.add(what)


def _projection(projection: Projection, days: Sequence[Dated], at: Address) -> Iterator[Fault]:
    if projection.id == NO_CHANGE:
        what = f"`{NO_CHANGE}` is there in every case"
        yield Fault((*at, "id"), what, "Remove the projection, or give it another id.")
    if projection.method in _TRENDS:
        yield from _trend(projection, days, at)
    if projection.damping is not None and not 0 < projection.damping.values[0] < 1:
        what = "A step that is damped keeps more than none and less than all"
        yield Fault((*at, "damping"), what, "Write a share between 0% and 100%, or use `method: linear`.")
    if projection.stay is not None and projection.stay.values[0] < 1:
        yield Fault(
            (*at, "stay"), "An average stay is 1 month at least", "Write 1 or more; 18 means a year and a half."
        )
    yield from _after(projection.points, days[-1], (*at, "points"))


def _trend(projection: Projection, days: Sequence[Dated], at: Address) -> Iterator[Fault]:
    if len(days) < 2:
        what = f"A trend needs two counts, and there is one, of {days[-1].name}"
        yield Fault((*at, "method"), what, "Add an earlier count, or use `no-change` or `constant-growth`.")
        return
    when = [day.day(projection.reading) for day in days]
    places: list[date | Month] = [*when] if projection.counted == "days" else [*map(Month.containing, when)]
    if places[-1] == places[-2]:
        what = f"The last two counts, of {days[-2].name} and {days[-1].name}, are of one {projection.counted[:-1]}"
        yield Fault((*at, "counted"), what, "Count by days, or leave one of them out.")


def _baselines(stated: Demand) -> Iterator[Fault]:
    names = [NO_CHANGE, *(each.id for each in stated.projections)]
    chosen: list[tuple[Address, str]] = [(("demand", "baseline"), stated.baseline)]
    if stated.decided is not None:
        chosen.append((("demand", "decided", "baseline"), stated.decided.baseline))
    for at, name in chosen:
        if name not in names:
            what = f"`{name}` is no projection of this case"
            yield Fault(at, what, f"{did_you_mean(name, names)}Write {one_of(names)}.")


def _after(observations: Sequence[Observation], last: Dated, at: Address) -> Iterator[Fault]:
    for place, each in enumerate(observations):
        if each.date.last <= last.day("known"):
            what = f"This day is not after the last count, of {last.name}"
            yield Fault((*at, place, "date"), what, "Write a later day, or put it among `observations`.")


def _avoided(case: Case, stated: Demand, avoided: Avoided, last: Dated) -> Iterator[Fault]:
    at, months = ("demand", "avoided"), case.horizon.months
    reached = stated.outturns or stated.planned
    if not reached:
        what = "Nothing says how many there were or are planned, so nothing can be avoided against the baseline"
        yield Fault(at, what, "Add `outturns` or `planned`.")
        return
    if avoided.end < avoided.start:
        yield Fault((*at, "end"), "The last month is before the first", f"Write {avoided.start} or a later month.")
    for name in ("start", "end"):
        month = getattr(avoided, name)
        if not months[0] <= month <= months[-1]:
            what = f"This month is outside the case’s years, {case.first_year} to {case.horizon.last_year}"
            yield Fault((*at, name), what, f"Write a month from {months[0]} to {months[-1]}.")
    if avoided.start.last_day < last.day("known"):
        what = f"The baseline begins on {last.name}, after this month"
        yield Fault((*at, "start"), what, f"Write {Month.containing(last.day('known'))} or a later month.")
    furthest = max(each.date.last for each in reached)
    if avoided.end.last_day > furthest:
        what = f"The last day known or planned is {day_in_words(furthest)}, before the end of this month"
        yield Fault((*at, "end"), what, "Write an earlier month, or add a later day; a gap is not filled.")
