"""What a case may state of the evidence for a claim: to whom it is applied, in what the claim is counted."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from finmodel.parsing.declared import ONE_FIGURE, Holds, somewhere_above_zero
from finmodel.parsing.fields import Label, Number, Share, Sourced, Text, Whole

RowsOfEvidence = Annotated[
    tuple[Annotated[Whole, Field(ge=1)], ...], Field(examples=["[1]"], min_length=1, max_length=20)
]
CLAIMED_IN = {
    "entries": "entries to care",
    "day_count": "children fewer in care on a day",
    "families": "families",
    "children": "children",
    "days": "days",
}  # how a claim may be counted, in words

_SOMEBODY = Holds(somewhere_above_zero, "The evidence is applied to nobody", "Write a number above 0.")


class AppliedTo(Sourced):
    """To whom the evidence of a claim is applied.

    population: whom the case reaches, in words, to be read beside the study's. reached: how many of them in all the
    claim at its largest rests on, counted in families or in children. claimed_in: in what the claim is counted.
    children_per_family: the case's own, in the place of the study's. base_rate: the share of them who would enter care
    anyway, by which a relative risk becomes a number; retention: the share who stay with it, taken off such a number.
    differs: in what the population differs so that no figure can be set beside the claim.
    """

    population: Label
    reached: Annotated[Number, ONE_FIGURE, _SOMEBODY]
    counted_in: Literal["families", "children"]
    claimed_in: Literal["entries", "day_count", "families", "children", "days"]
    children_per_family: Annotated[Number, ONE_FIGURE, _SOMEBODY] | None = None
    base_rate: Annotated[Share, ONE_FIGURE] | None = None
    retention: Annotated[Share, ONE_FIGURE] | None = None
    differs: Text | None = None
