"""What a case may state of the evidence for a claim: to whom it is applied, in what the claim is counted."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from finmodel.parsing.declared import ONE_FIGURE, Holds, Needs, Rule, somewhere_above_zero
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

RANGED = ("reached", "base_rate", "retention")  # of which the least and the most may be stated

_SOMEBODY = Holds(somewhere_above_zero, "The evidence is applied to nobody", "Write a number above 0.")


class AppliedTo(Sourced):
    """To whom the evidence of a claim is applied.

    population: whom the case reaches, in words, to be read beside the study's. reached: how many of them in all the
    claim at its largest rests on, counted in families or in children. claimed_in: in what the claim is counted.
    children_per_family: the case's own, in the place of the study's. base_rate: the share of them who would enter care
    anyway, by which a relative risk becomes a number; retention: the share who stay with it, taken off such a number.
    reached_low and the like: the least and the most that each may be, from which the least and the most number of
    children follow. differs: in what the population differs so that no figure can be set beside the claim.
    """

    RULES: ClassVar[tuple[Rule, ...]] = (
        Needs("reached_low", ("reached_high",)),
        Needs("reached_high", ("reached_low",)),
        Needs("base_rate_low", ("base_rate", "base_rate_high")),
        Needs("base_rate_high", ("base_rate_low",)),
        Needs("retention_low", ("retention", "retention_high")),
        Needs("retention_high", ("retention_low",)),
    )

    population: Label
    reached: Annotated[Number, ONE_FIGURE, _SOMEBODY]
    counted_in: Literal["families", "children"]
    claimed_in: Literal["entries", "day_count", "families", "children", "days"]
    children_per_family: Annotated[Number, ONE_FIGURE, _SOMEBODY] | None = None
    base_rate: Annotated[Share, ONE_FIGURE] | None = None
    retention: Annotated[Share, ONE_FIGURE] | None = None
    reached_low: Annotated[Number, ONE_FIGURE] | None = None
    reached_high: Annotated[Number, ONE_FIGURE] | None = None
    base_rate_low: Annotated[Share, ONE_FIGURE] | None = None
    base_rate_high: Annotated[Share, ONE_FIGURE] | None = None
    retention_low: Annotated[Share, ONE_FIGURE] | None = None
    retention_high: Annotated[Share, ONE_FIGURE] | None = None
    differs: Text | None = None
