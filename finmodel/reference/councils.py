"""One council of England: its codes, its statistical neighbours, and its own published figures, as benchmarks.

A benchmark stands next to a case's own figures and is never used in a sum unless the case asks for it.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from finmodel.lines.nearest import nearest
from finmodel.reference.loader import load, rows_with
from finmodel.reference.rates import RateNotFoundError
from finmodel.reference.sourced import SourcedFact, provenance

_TITLE_WORDS = "city of|city council|county council|borough council|council|county|metropolitan|london borough of"
_TITLES = re.compile(rf"\b({_TITLE_WORDS})\b")
_BRACKETS = re.compile(r"\(.*?\)")
_NOT_LETTERS = re.compile(r"[^a-z]+")


class Council(SourcedFact, frozen=True):
    """An upper-tier authority, of today or abolished."""

    ons_code: str  # "" where none is carried
    dfe_code: str  # three digits; stable when a county becomes unitary
    name: str
    region: str
    type: str
    abolished: date | None  # the last day of an authority that is no more


@cache
def councils() -> tuple[Council, ...]:
    """Every council in the data."""
    return tuple(
        Council(
            ons_code=row["ons_code"],
            dfe_code=row["dfe_code"],
            name=row["name"],
            region=row["region"],
            type=row["type"],
            abolished=row.optional_day("to_date"),
            **provenance(row),
        )
        for row in load("councils")
    )


def find_council(named: str) -> Council:
    """A council by its ONS code (`E08000031`), its DfE code (`336`) or its name; RateNotFoundError with the nearest."""
    wanted = named.strip()
    by_name = (council for council in councils() if plain_name(wanted) == plain_name(council.name))
    found = council_of_code(wanted) or next(by_name, None)
    if found is not None:
        return found
    near = nearest(plain_name(wanted), (plain_name(each.name) for each in councils()))
    guess = next((each for each in councils() if plain_name(each.name) == near), None)
    hint = f" Did you mean {guess.name}, {guess.ons_code}?" if guess is not None else ""
    raise RateNotFoundError(f"There is no council {named!r} in the data.{hint} finmodel rates councils lists them.")


def council_of_code(code: str) -> Council | None:
    """The council with this ONS or DfE code; None where none has it."""
    return next((council for council in councils() if code.strip() in (council.ons_code, council.dfe_code)), None)


def statistical_neighbours(council: Council) -> tuple[Council, ...]:
    """The ten councils most like it by the newest model that has it, the closest first; empty where none has it."""
    rows = rows_with("statistical_neighbours", "dfe_code", council.dfe_code)
    newest = max((row["model"] for row in rows), key=_model_year, default="")
    ranked = sorted((row for row in rows if row["model"] == newest), key=lambda row: int(row["rank"]))
    return tuple(find_council(row["neighbour_dfe_code"]) for row in ranked)


def plain_name(name: str) -> str:
    """A council's name without titles and brackets: `City of Bristol Council` and `Bristol, City of` are one."""
    bare = _TITLES.sub(" ", _BRACKETS.sub(" ", name.casefold()))
    return _NOT_LETTERS.sub(" ", bare).strip()


def _model_year(model: str) -> int:
    return int(model.rsplit(maxsplit=1)[-1])
