"""Which lines a copy for publication leaves out: what the case marks as exempt, and what would give it away.

The rule, defended in `docs/publish.md`: a figure that is made from an exempt input is left out, unless it is made from
it only through an option's whole saving. A saving is a price times children times shares; with all terms of the
option's claims left out, its total goes with any price. This holds of prices of placements alone. Of any other exempt
input, such as an index, whose rise would show from year to year, or a term of a claim, all that is made from it is left
out.
"""

from __future__ import annotations

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.exempt import under
from finmodel.lines.graphs import reached
from finmodel.lines.line import Line

_CLAIMS = ("benefits", "savings")
_PRICES = "placements."
_WHOLE_SAVINGS = ("cashable_saving", "after_optimism_bias")


class Withheld(Struct, frozen=True):
    """Addresses: `exempt`, marked by the case; `lines`, these and all that is left out because of them; `touched`, all
    that is made from what is exempt in any way, left out or not."""

    exempt: frozenset[str]
    touched: frozenset[str]
    lines: frozenset[str]


def withheld(appraisal: Appraisal) -> Withheld:
    """What a copy for publication leaves out."""
    model, readers = appraisal.written.model, appraisal.written.model.readers
    named = [line for entry in appraisal.case.exempt for line in under(model, entry.of)]
    marked = list(dict.fromkeys(each for line in named for each in (line, line.stated_in or line)))
    touched, strictly = (
        reached(lines, readers.__getitem__)
        for lines in (marked, [line for line in marked if not line.address.startswith(_PRICES)])
    )
    claims = {
        option.option.id: touched.intersection(lines) and lines
        for option in appraisal.written.options
        for lines in [[line for line in model if _is_of_a_claim(line, option.option.id)]]
    }
    kept = frozenset(
        model[address]
        for option, lines in claims.items()
        if lines and not strictly.intersection(lines)
        for address in (f"options.{option}.own.{name}" for name in _WHOLE_SAVINGS)
        if address in model
    )
    beside = [line for lines in claims.values() for line in lines]
    left_out = reached([*marked, *beside], lambda line: (each for each in readers[line] if each not in kept))
    exempt, made_from, left = (frozenset(line.address for line in each) for each in (marked, touched, left_out))
    return Withheld(exempt, made_from, left)


def _is_of_a_claim(line: Line, option: str) -> bool:
    return any(line.address.startswith(f"options.{option}.{claims}.") for claims in _CLAIMS)
