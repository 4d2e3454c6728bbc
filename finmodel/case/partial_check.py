"""The sound parts of a case that has problems, so that they can be checked too and the user hears of all at once.

What a problem touches is put aside: the smallest entry of a table that holds it, or a name of the case or of an option.
Places stay those of the whole: positions in the lists that remain are translated back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from finmodel.case.checks import check
from finmodel.case.schema import Case
from finmodel.parsing.findings import Finding
from finmodel.parsing.places import Address, value_at
from finmodel.parsing.quantity_forms import ReadingContext
from finmodel.parsing.remainder import Rest

TABLES_BY_NAME = frozenset(["sources", "grades", "placements", "inflation"])
TABLES_OF_AN_OPTION = frozenset(["posts", "costs", "benefits", "savings"])

STAND_INS: dict[str, Any] = {
    "title": "?",
    "council": "?",
    "price_base": "2015/16",
    "first_year": "2015/16",
    "years": "5",
    "discounting": {"rate": "0%"},
    "options": [{"id": "stand-in", "title": "?"}],
}
"""What takes the place of a name that a case must have; checks that would read it are left out."""


def sound_parts(data: dict[str, Any], faulty: Iterable[Address], context: ReadingContext) -> list[Finding]:
    """What the checks across the case find in its sound parts."""
    aside = {_put_aside(address, data) for address in faulty if address}
    doubtful = frozenset(address[0] for address in aside if len(address) == 1 and isinstance(address[0], str))
    rest = Rest(aside)
    reduced = rest.of(data, (), ())
    for name, stand_in in STAND_INS.items():
        reduced.setdefault(name, stand_in)
    if not reduced["options"]:
        reduced["options"] = STAND_INS["options"]
    for number, option in enumerate(reduced["options"]):
        option.setdefault("id", f"stand-in-{number}")
        option.setdefault("title", "?")
    try:
        case = Case.model_validate(reduced, context=context)
    except ValidationError:
        return []
    return [finding._replace(address=rest.original(finding.address)) for finding in check(case, data, doubtful)]


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
