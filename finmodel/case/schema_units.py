"""Numbers of what a case names itself: families, cases, women; at any time, or by year since they entered."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from finmodel.parsing.declared import ONE_FIGURE, ExactlyOne, Needs, OnlyWith, Rule
from finmodel.parsing.fields import Number, Share, Sourced

UnitName = Annotated[str, Field(pattern=r"^[a-z]+( [a-z]+)?$", min_length=2, max_length=40, examples=["families"])]
Shares = Annotated[tuple[Annotated[Share, ONE_FIGURE], ...], Field(min_length=1, max_length=30)]


class Units(Sourced):
    """How many there are of what the case names: families, cases, women.

    name: in the plural. number: how many at any time; or entering: how many enter in a `month` or a `year`, each a
    cohort of its own. shares: the part of a cohort that counts in the first year since it entered, in the second, and
    so on, and none after the last; shares_with_it: the part that counts all the same with the proposal.
    """

    RULES: ClassVar[tuple[Rule, ...]] = (
        ExactlyOne("number", "entering"),
        Needs("entering", ("per",)),
        OnlyWith("entering", ("per", "shares")),
        OnlyWith("shares", ("shares_with_it",)),
    )

    name: UnitName
    number: Number | None = None
    entering: Number | None = None
    per: Literal["month", "year"] | None = None
    shares: Shares | None = None
    shares_with_it: Shares | None = None
