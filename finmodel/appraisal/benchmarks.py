"""What is published of the case's own council, beside what the case states: shown next to it, and in no sum."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from finmodel.appraisal.beside_record import known_by
from finmodel.case.schema import Case, NamedCouncil, Placement
from finmodel.case.schema_periods import article
from finmodel.lines.display import percent, plain_number, pounds
from finmodel.parsing.quantities import Quantity
from finmodel.reference import RateNotFoundError, find_council, lgps_council_rate
from finmodel.reference.benchmarks import Benchmark, benchmarks
from finmodel.reference.words import figure

_KINDS_OF_CARE = {
    "residential_week": re.compile(r"resident|children.?s home|\bhomes?\b", re.IGNORECASE),
    "foster_week": re.compile(r"\bfoster|\bifa\b|\bcarers?\b", re.IGNORECASE),
    "looked_after_week": re.compile(r"average|looked.after|all (placements|types)", re.IGNORECASE),
}  # by which published figure a placement's name says that it is to be set beside


class Compared(Struct, frozen=True):
    """A published figure in words beside what the case states of the same.

    stated: what the case calls its own and what it states, in words; empty where it states none. published,
    neighbours, england: in words, empty where there is none.
    """

    name: str
    label: str
    period: str
    stated: tuple[str, ...]
    published: str
    neighbours: str
    england: str
    confidence: str
    source: str
    note: str


def compared(case: Case) -> tuple[Compared, ...]:
    """Every benchmark of the council that a case names by its code; none where it names none."""
    if not isinstance(case.council, NamedCouncil):
        return ()
    council = find_council(case.council.authority)
    by = known_by(case)
    return (*(_beside(case, found) for found in benchmarks(council, by)), *_pension(case, council.dfe_code))


def _beside(case: Case, found: Benchmark) -> Compared:
    like_it = found.neighbours
    median, spread = "", ""
    if like_it is not None:
        median = _words(like_it.median, found.unit)
        spread = f"{_words(like_it.lowest, found.unit)} to {_words(like_it.highest, found.unit)}, of {like_it.number}"
    return Compared(
        name=found.name,
        label=found.label,
        period=found.period,
        stated=tuple(_stated(case, found.name)),
        published=_words(found.council.value, found.unit),
        neighbours=f"{median} ({spread})" if median else "",
        england="" if found.england is None else _words(found.england.value, found.unit),
        confidence=found.council.confidence,
        source=found.council.source,
        note=f"{found.caution} {found.council.note}".strip(),
    )


def _words(value: float, unit: str) -> str:
    if unit == "percent":
        return percent(value / 100)
    return pounds(value) if unit == "£" else plain_number(round(value, 1))


def _stated(case: Case, name: str) -> Iterator[str]:
    """What the case states of the same, each with what it calls it."""
    if name == "children" and case.children_in_care is not None:
        first = case.children_in_care.at(case.first_year.first_month)
        if first is not None:
            yield f"{plain_number(first)} children in care, {case.first_year}"
    kind = _KINDS_OF_CARE.get(name)
    if kind is not None:
        for placement in case.placements.values():
            if _is_of(placement, name):
                yield from _price(case, placement)


def _is_of(placement: Placement, name: str) -> bool:
    """Whether a placement's own name says that it is of a kind; the first that fits, so none is there twice."""
    return next((kind for kind, words in _KINDS_OF_CARE.items() if words.search(placement.label)), "") == name


def _price(case: Case, placement: Placement) -> Iterator[str]:
    price = placement.unit_cost.at(case.first_year.first_month)
    if price is not None:
        yield f"{placement.label}: {pounds(price)} {article(placement.per)}, {placement.price_base} prices"


def _pension(case: Case, council: str) -> Iterator[Compared]:
    """What the council's pension certificate charges on pay in the first year."""
    try:
        found = lgps_council_rate(council, case.first_year)
    except RateNotFoundError:
        return
    charged, primary = found.charged, found.primary
    yield Compared(
        name="pension",
        label="Employer's pension contribution, charged on pay",
        period=str(found.first_year),
        stated=tuple(_stated_pension(case)),
        published=f"{figure(charged.value, 'fraction')}, of which primary rate {figure(primary.value, 'fraction')}",
        neighbours="",
        england="",
        confidence=charged.confidence,
        source=charged.source,
        note=charged.note,
    )


def _stated_pension(case: Case) -> Iterator[str]:
    rate = case.on_costs.employer_pension
    first = rate.at(case.first_year.first_month) if isinstance(rate, Quantity) else None
    if first is not None:
        yield f"{percent(first)}, {case.first_year}"
