"""The council that a case names by its code: is there such a council, and is it the one that the case calls by name?"""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case.checks.defined_names import Known
from finmodel.case.schema import Case, NamedCouncil
from finmodel.parsing.faults import Fault
from finmodel.reference import RateNotFoundError, find_council
from finmodel.reference.councils import Council, council_of_code, plain_name

_AT = ("council", "authority")


def authority(case: Case, _: Known) -> Iterator[Fault]:
    """A code that no council has."""
    if isinstance(case.council, NamedCouncil) and council_of_code(case.council.authority) is None:
        like_it = _by_name(case.council.name)
        where = "`finmodel rates councils` lists the codes."
        remedy = f"Write {like_it.ons_code or like_it.dfe_code}, that of {like_it.name}." if like_it else where
        yield Fault(_AT, f"No council of England's social care has the code `{case.council.authority}`", remedy)


def another_council(case: Case) -> Iterator[Fault]:
    """A code of a council with another name: its figures would stand beside the case's."""
    if not isinstance(case.council, NamedCouncil):
        return
    found = council_of_code(case.council.authority)
    if found is not None and not _are_one(found.name, case.council.name):
        what = f"`{case.council.authority}` is the code of {found.name}, and the case is of {case.council.name}"
        yield Fault(_AT, what, "Correct the code or the name: the council's published figures go by the code.")


def _by_name(name: str) -> Council | None:
    try:
        return find_council(name)
    except RateNotFoundError:
        return None


def _are_one(published: str, stated: str) -> bool:
    """Whether the words of one name are all in the other's, titles aside."""
    one, other = set(plain_name(published).split()), set(plain_name(stated).split())
    return one <= other or other <= one
