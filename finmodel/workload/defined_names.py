"""Names in `workload.yaml` that nothing has: measures, groups, councils, quarters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from finmodel.parsing.faults import Fault
from finmodel.parsing.nearest import did_you_mean
from finmodel.parsing.numbers import UnreadableError
from finmodel.parsing.places import Address
from finmodel.reference.councils import find_council
from finmodel.reference.rates import RateNotFoundError
from finmodel.workload.comparators import kinds
from finmodel.workload.quarters import quarter_from
from finmodel.workload.schema import WorkloadFile


def unknown_names(own: WorkloadFile, merged: WorkloadFile) -> Iterator[Fault]:
    """Each name of a council's own file that neither it nor the standard one defines."""
    yield from _council(own)
    for address, given, names, kind in _uses(own, merged):
        if given not in names:
            remedy = f"{did_you_mean(given, names)}Define it, or correct the name."
            yield Fault(address, f"There is no {kind} of this name", remedy)
    if own.to:
        yield from _quarter(("to",), own.to)
    for place, note in enumerate(own.notes):
        if note.quarter:
            yield from _quarter(("notes", place, "quarter"), note.quarter)


def _council(own: WorkloadFile) -> Iterator[Fault]:
    if own.council:
        try:
            find_council(own.council)
        except RateNotFoundError as error:
            yield Fault(("council",), "This council is not in the published data", str(error))


def _quarter(address: Address, given: str) -> Iterator[Fault]:
    try:
        quarter_from(given)
    except UnreadableError as error:
        yield Fault(address, error.what, error.remedy)


Use = tuple[Address, str, Iterable[str], str]


def _uses(own: WorkloadFile, merged: WorkloadFile) -> Iterator[Use]:
    """Each use of a name with those that there are."""
    yield from _of_measures(own, merged)
    measures = tuple(merged.measures)
    for place, total in enumerate(own.totals):
        yield ("totals", place, "whole"), total.whole, measures, "measure"
        yield from ((("totals", place, "parts", n), each, measures, "measure") for n, each in enumerate(total.parts))
    for place, move in enumerate(own.moves):
        yield ("moves", place, "level"), move.level, measures, "measure"
        yield from ((("moves", place, "into", n), each, measures, "measure") for n, each in enumerate(move.into))
        yield from ((("moves", place, "out", n), each, measures, "measure") for n, each in enumerate(move.out))
    every = (*measures, *merged.shares, *merged.averages, *merged.rates)
    for place, note in enumerate(own.notes):
        if note.measure is not None:
            yield ("notes", place, "measure"), note.measure, every, "measure, share, average or rate"


def _of_measures(own: WorkloadFile, merged: WorkloadFile) -> Iterator[Use]:
    measures, groups = tuple(merged.measures), tuple(merged.groups)
    for id_, measure in own.measures.items():
        at = ("measures", id_)
        yield (*at, "group"), measure.group, groups, "group"
        for name in ("fte_of", "year_of"):
            given = getattr(measure, name)
            if given is not None:
                yield (*at, name), given, measures, "measure"
        yield from _parts(at, measure.part, measure.of, measures)
        if measure.compare:
            yield (*at, "compare"), measure.compare, tuple(kinds()), "published figure"
    for kind, ratios in (("shares", own.shares), ("averages", own.averages), ("rates", own.rates)):
        for id_, ratio in ratios.items():
            yield (kind, id_, "group"), ratio.group, groups, "group"
            yield from _parts((kind, id_), ratio.part, ratio.of, measures)
            if ratio.compare:
                yield (kind, id_, "compare"), ratio.compare, tuple(kinds()), "published figure"


def _parts(at: Address, part: list[str] | None, of: list[str] | None, measures: Iterable[str]) -> Iterator[Use]:
    for name, ids in (("part", part), ("of", of)):
        yield from (((*at, name, n), each, measures, "measure") for n, each in enumerate(ids or ()))
