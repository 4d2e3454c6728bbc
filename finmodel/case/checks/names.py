"""Names that must exist, and ids that must differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from finmodel.case.checks.defined_names import NO_INFLATION, Known, Names, options_of, parts
from finmodel.case.schema import Case, PublishedRate
from finmodel.parsing.fields import Sourced
from finmodel.parsing.findings import Finding
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


def sources_exist(case: Case, known: Known) -> Iterator[Finding]:
    """Every `source` is one of the case's sources."""
    for address, part in parts(case):
        source = ""
        if isinstance(part, Quantity):
            source = part.provenance.source
        elif isinstance(part, Sourced):
            source = part.source
        if source:
            yield from known.sources.find((*address, "source"), source)


def grades_exist(case: Case, known: Known) -> Iterator[Finding]:
    """Every post's grade is one of the case's grades."""
    for option_at, option in options_of(case):
        for place, post in enumerate(option.posts):
            yield from _one((*option_at, "posts", place, "grade"), post.grade, known.grades)


def placements_exist(case: Case, known: Known) -> Iterator[Finding]:
    """Every placement type named is one of the case's."""
    yield from _one(("break_even_placement",), case.break_even_placement, known.placements)
    for option_at, option in options_of(case):
        for place, benefit in enumerate(option.benefits):
            for name in benefit.placements:
                yield from known.placements.find((*option_at, "benefits", place, "placements", name), name)


def indices_exist(case: Case, known: Known) -> Iterator[Finding]:
    """Every inflation index named is one of the case's, or `none`."""
    yield from _one(("discounting", "deflator"), case.discounting.deflator, known.inflation)
    for name, placement in case.placements.items():
        yield from _one(("placements", name, "inflation"), placement.inflation, known.inflation)
    for option_at, option in options_of(case):
        for place, post in enumerate(option.posts):
            yield from _one((*option_at, "posts", place, "inflation"), post.inflation, known.inflation)
        for place, cost in enumerate(option.costs):
            yield from _one((*option_at, "costs", place, "inflation"), cost.inflation, known.inflation)


def none_is_not_an_index(case: Case, _: Known) -> Iterator[Finding]:
    """`none` means no inflation, and cannot be an index's name."""
    if NO_INFLATION in case.inflation:
        what = f"`{NO_INFLATION}` means no inflation and cannot be the name of an index"
        yield Finding(("inflation", NO_INFLATION), what, "Give the index another name, or remove it.")


def published_rates_fit(case: Case, _: Known) -> Iterator[Finding]:
    """A pension takes the average of pension funds, an index takes prices."""
    for address, part in parts(case):
        if isinstance(part, PublishedRate):
            allowed = ("national-average",) if address[-1] == "employer_pension" else ("cpi", "gdp-deflator")
            if part.published not in allowed:
                what = f"`{part.published}` is not a published rate of this kind"
                yield Finding((*address, "published"), what, f"Write {' or '.join(allowed)}.")


def options_named_exist(case: Case, known: Known) -> Iterator[Finding]:
    """The status quo and the recommended option are options of the case."""
    yield from _one(("status_quo",), case.status_quo, known.options)
    yield from _one(("recommended",), case.recommended, known.options)


def ids_differ(case: Case, _: Known) -> Iterator[Finding]:
    """No id is used twice in one list."""
    yield from _differ(case.options, ("options",))
    for option_at, option in options_of(case):
        yield from _differ(option.posts, (*option_at, "posts"))
        yield from _differ(option.costs, (*option_at, "costs"))
        yield from _differ(option.benefits, (*option_at, "benefits"))
        for place, post in enumerate(option.posts):
            for name in ("supplements", "replaces", "backfill", "one_off", "per_fte"):
                yield from _differ(getattr(post, name), (*option_at, "posts", place, name))


def schedule_exists(case: Case, _: Known) -> Iterator[Finding]:
    """The discount schedule named is published."""
    from finmodel.reference import discount_schedules  # noqa: PLC0415 - reference data only when asked for

    if case.discounting.schedule is not None:
        schedules = Names("discount schedule", "schedules", tuple(discount_schedules()), "Or write a `rate` instead.")
        yield from schedules.find(("discounting", "schedule"), case.discounting.schedule)


def _one(address: Address, name: str | None, names: Names) -> Iterator[Finding]:
    if name is not None:
        yield from names.find(address, name)


def _differ(items: Iterable[_Identified], address: Address) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, item in enumerate(items):
        if item.id in seen:
            what = f"The id `{item.id}` is used twice in `{address[-1]}`"
            yield Finding((*address, place, "id"), what, "Give each an id of its own.")
        seen.add(item.id)
