"""The sound parts of a case that has problems, so that they can be checked too and the user hears of all at once.

What a problem touches is put aside: the smallest entry of a table that holds it, or a name of the case or of an option.
Places stay those of the whole: positions in the lists that remain are translated back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec.structs import replace
from pydantic import ValidationError

from finmodel.case.checks import check
from finmodel.case.checks.defined_names import NO_INFLATION
from finmodel.case.entries import Claims, claims_of
from finmodel.case.examples import year_of
from finmodel.case.schema import Case
from finmodel.lines.periods import FinancialYear
from finmodel.parsing.dates import EARLIEST_YEAR
from finmodel.parsing.declared_checks import NamedReference, references
from finmodel.parsing.faults import Fault
from finmodel.parsing.places import Address, value_at
from finmodel.parsing.quantity_forms import ReadingContext
from finmodel.parsing.remainder import Rest

Further = Callable[[Case, Sequence[Fault]], Iterable[Fault]]
"""What else is wrong with a case in which problems were found, in the parts that they do not touch."""

TABLES_BY_NAME = frozenset(["sources", "grades", "placements", "inflation"])
TABLES_OF_AN_OPTION = frozenset(["posts", "costs", "benefits", "savings"])

_ANY_YEAR = FinancialYear(EARLIEST_YEAR)


def stand_ins(data: dict[str, Any]) -> dict[str, Any]:
    """What takes the place of a name that a case must have; checks that would read it are left out."""
    year = str(year_of(data) or _ANY_YEAR)
    return {
        "title": "?",
        "council": "?",
        "price_base": year,
        "first_year": year,
        "years": "5",
        "discounting": {"rate": "0%"},
        "options": [{"id": "stand-in", "title": "?"}],
    }


def nothing_further(_: Case, __: Sequence[Fault]) -> Iterable[Fault]:
    """Nothing else."""
    return ()


def sound_parts(
    data: dict[str, Any], faulty: Iterable[Address], context: ReadingContext, further: Further
) -> list[Fault]:
    """What the checks across the case find in its sound parts, and what else there is to find."""
    aside = {_put_aside(address, data) for address in faulty if address}
    doubtful = frozenset(address[0] for address in aside if len(address) == 1 and isinstance(address[0], str))
    rest = Rest(aside)
    reduced = rest.of(data, (), ())
    for name, stand_in in stand_ins(data).items():
        reduced[name] = reduced.get(name) or stand_in
    for number, option in enumerate(reduced["options"]):
        option.setdefault("id", f"stand-in-{number}")
        option.setdefault("title", "?")
    try:
        case = Case.model_validate(reduced, context=context)
    except ValidationError:
        return []
    found = check(case, data, doubtful)
    found += further(case, [*found, *(Fault((name,), "", "") for name in doubtful)])
    return [replace(finding, address=rest.original(finding.address)) for finding in found]


def sound_claims(case: Case, found: Sequence[Fault]) -> Claims:
    """The claims that no problem found touches, be it in themselves or in what they refer to."""
    places = {finding.address for finding in found}
    sound: Claims = {}
    if places & {("first_year",), ("years",), ("price_base",), ("placements",), ("inflation",)}:
        return sound
    for at, claim in claims_of(case):
        touched = (*at[:2], "id") in places or any(at[: len(place)] == place[: len(at)] for place in places)
        if not touched and all(_is_sound(reference, case, places, at, sound) for reference in references(claim)):
            sound[at] = claim
    return sound


def _is_sound(reference: NamedReference, case: Case, places: set[Address], at: Address, sound: Claims) -> bool:
    """Whether there is what a claim refers to, with no problem of its own; benefits come before savings."""
    to, name = reference.to, reference.name
    if to == "benefits":
        return name in {each.id for place, each in sound.items() if place[:3] == (*at[:2], to)}
    if to not in ("placements", "inflation") or (to == "inflation" and name == NO_INFLATION):
        return True
    there = name in getattr(case, to) and all(place[:2] != (to, name) for place in places)
    if to == "inflation" or not there:
        return there
    return all(_is_sound(each, case, places, at, sound) for each in references(case.placements[name]))


def _put_aside(address: Address, data: dict[str, Any]) -> Address:
    """What to leave out for a problem at an address."""
    top = address[0]
    if top in TABLES_BY_NAME and len(address) > 1:
        return address[:2]
    if top == "assumptions" and len(address) > 1 and isinstance(value_at(data, address[:1]), list):
        return address[:2]
    if top == "stated" and len(address) > 2:
        return address[:3]
    if top == "options" and len(address) > 1:
        return _of_an_option(address, data)
    return address[:1]


def _of_an_option(address: Address, data: dict[str, Any]) -> Address:
    if len(address) == 2 or not isinstance(value_at(data, address[:2]), dict):
        return address[:2]
    if address[2] not in TABLES_OF_AN_OPTION or len(address) == 3:
        return address[:3]
    if address[2] == "posts" and len(address) > 5 and address[4] == "supplements":
        return address[:6]
    return address[:4]
