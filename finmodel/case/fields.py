"""The types of fields that know a case: names that refer to its tables, and figures with limits of their own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from finmodel.parsing.declared import (
    Holds,
    NotAfterFirstYear,
    Refers,
    YearlyFigure,
    one_number,
    somewhere_above_zero,
    whole_from_one,
)
from finmodel.parsing.fields import Identifier, Number, Share, Year

IndexName = Annotated[str, Refers("inflation"), Field(examples=["$index"])]  # a name in `inflation`, or "none"
GradeName = Annotated[str, Refers("grades"), Field(examples=["$grade"])]
PlacementName = Annotated[str, Refers("placements"), Field(examples=["$placement"])]
OptionName = Annotated[Identifier, Refers("options")]
BenefitName = Annotated[str, Refers("benefits", within="option")]
PostName = Annotated[str, Refers("posts", within="option")]

# `do_nothing`, as others call it, is business as usual
RoleOfOption = Annotated[
    Literal["business_as_usual", "do_minimum", "recommended", "other"],
    BeforeValidator(lambda given: "business_as_usual" if given == "do_nothing" else given),
]

# The year whose prices a figure is at
PriceBase = Annotated[Year, NotAfterFirstYear(), Field(examples=["$price_base"])]
DropOff = Annotated[Share, YearlyFigure()]
Fte = Annotated[
    Number,
    Holds(somewhere_above_zero, "The post has no FTE", "Write a number above 0, or remove the post."),
]
MOST_MONTHS_LATE = 360
Delay = Annotated[
    Number,
    Holds(
        lambda months: one_number(months) and months.values[0] <= MOST_MONTHS_LATE,
        f"A delay is one number of months, {MOST_MONTHS_LATE} at most",
        "Write by how many months it comes later than its months say, such as 6 or 2.5.",
    ),
]  # months by which something comes later than the months that are stated for it
People = Annotated[
    Number,
    Holds(whole_from_one, "Enter whole people, 1 or more", "Write how many people share the post's FTE."),
]
