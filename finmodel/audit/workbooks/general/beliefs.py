"""Which functions and forms of formula the engines are believed on, as data: `beliefs.csv`, each row with its reason.

Engines can be wrong together, so that two of them agree is not yet evidence. A function is believed only once both have
given what Excel stored, in the workbooks and for the number of formulas that its row names.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

from msgspec import Struct

Belief: TypeAlias = Literal["certain", "possible", "none", "not given"]
"""How sure a difference may be that both engines find. The last two are never reported; the last is never tried."""
ORDER: tuple[Belief, ...] = ("certain", "possible", "none", "not given")
_TABLE = Path(__file__).with_name("beliefs.csv")
_UNLISTED: Belief = "possible"


RowKind: TypeAlias = Literal["function", "form"]


class EngineBelief(Struct, frozen=True):
    """A function or a form: how far engines are believed on it, why, how that was found, and how near is near enough.

    `near` is a share of the larger number by which programs may be apart that find it by trial; 0 for none.
    """

    kind: RowKind
    name: str
    belief: Belief
    why: str
    how_found: str
    near: float


@lru_cache(maxsize=1)
def rows() -> tuple[EngineBelief, ...]:
    """The table, in its order; raises ValueError where a row is not of its form."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(_row(fields) for fields in csv.DictReader(file))


def _row(fields: dict[str, str]) -> EngineBelief:
    kinds: dict[str, RowKind] = {"function": "function", "form": "form"}
    beliefs: dict[str, Belief] = {belief: belief for belief in ORDER}
    if fields["kind"] not in kinds or fields["belief"] not in beliefs or not (fields["why"] and fields["how_found"]):
        raise ValueError(f"beliefs.csv: {fields}")
    return EngineBelief(
        kinds[fields["kind"]],
        fields["name"],
        beliefs[fields["belief"]],
        fields["why"],
        fields["how_found"],
        float(fields["near"] or 0),
    )


@lru_cache(maxsize=1)
def _by_name() -> dict[tuple[str, str], EngineBelief]:
    return {(row.kind, row.name): row for row in rows()}


def weakest(functions: Iterable[str], forms: Iterable[str]) -> tuple[Belief, str]:
    """How far the engines are believed on a formula, and the function or form that keeps it there ("" for none).

    functions: names in capitals; one that the table does not have has not been compared with Excel: possible at most.
    forms: those of `engine_formulas` and of `stored`; each must be in the table.
    """
    found: list[tuple[Belief, str]] = [("certain", "")]
    for function in sorted(functions):
        row = _by_name().get(("function", function))
        found.append((row.belief, function) if row else (_UNLISTED, function))
    for form in sorted(forms):
        row = _by_name()["form", form]
        found.append((row.belief, row.why))
    return max(found, key=lambda pair: ORDER.index(pair[0]))


def near_enough(functions: Iterable[str]) -> float:
    """The share by which two programs may be apart on these functions; 0 where they must agree."""
    return max((row.near for name in functions if (row := _by_name().get(("function", name)))), default=0.0)
