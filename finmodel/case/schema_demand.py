"""What a case may state of demand: children looked after on dated days, what would happen, what is claimed."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from finmodel.case.fields import PlacementName
from finmodel.parsing.declared import ONE_FIGURE, Needs, OnlyWith, Rule
from finmodel.parsing.fields import (
    Change,
    Date,
    Identifier,
    Label,
    Money,
    MonthOf,
    Number,
    PartOfDate,
    Share,
    Sourced,
    Stated,
    Whole,
    YesNo,
)

NO_CHANGE = "no-change"
OneNumber = Annotated[Number, ONE_FIGURE]
OneAmount = Annotated[Money, ONE_FIGURE]
Names = Annotated[Identifier, Field(examples=[NO_CHANGE])]


class Observation(Sourced):
    """How many there were on a day, or on as much of a day as is known; about: whether the number is a round one."""

    date: PartOfDate
    children: OneNumber
    about: YesNo = False


class PartOfCount(Observation):
    """Children of one group on a day; by: what the groups are of, such as age; part: which of them it is."""

    by: Label
    part: Label


class Flow(Sourced):
    """Children who began and ceased to be looked after in a period, both days included; either may be unknown."""

    start: Date
    end: Date
    entries: OneNumber | None = None
    leavers: OneNumber | None = None


class Population(Sourced):
    """Children under 18 in the area, by which a rate is reckoned; label: whose figure it is, and of when."""

    id: Identifier
    label: Label
    number: OneNumber


class Projection(Sourced):
    """One way in which the number would go on from the last observation.

    method: `no-change`; `linear`, by the `slope` of least squares through all observations or of the last two
    (`last`), `anchored` at the last observation or not, time counted by `days` or by whole `months`; `constant-growth`
    at a yearly `growth`; `damped`, the last slope of which each year keeps the share `damping`; `entries-and-stay`,
    entries a month and an average stay in months; `joined`, to `points` ahead, `straight` or `compound`; or `stated`,
    the `children` of each month as the case states them. reading: which day an observation takes of which only the
    month or year is known, the last (`end`), the first (`start`); `known` takes the most exact day.
    """

    RULES: ClassVar[tuple[Rule, ...]] = (
        Needs("method: constant-growth", ("growth",)),
        Needs("method: damped", ("damping",)),
        Needs("method: entries-and-stay", ("entries", "stay")),
        Needs("method: joined", ("points",)),
        Needs("method: stated", ("children",)),
        OnlyWith("method: linear", ("slope", "anchored")),
        OnlyWith("method: constant-growth", ("growth",)),
        OnlyWith("method: damped", ("damping",)),
        OnlyWith("method: entries-and-stay", ("entries", "stay")),
        OnlyWith("method: joined", ("points", "how")),
        OnlyWith("method: stated", ("children",)),
    )

    id: Identifier
    label: Label
    method: Literal["no-change", "linear", "constant-growth", "damped", "entries-and-stay", "joined", "stated"]
    slope: Literal["least-squares", "last"] = "least-squares"
    anchored: YesNo = True
    counted: Literal["days", "months"] = "days"
    reading: Literal["known", "start", "end"] = "known"
    growth: Annotated[Change, ONE_FIGURE] | None = None
    damping: Annotated[Share, ONE_FIGURE] | None = None
    entries: OneNumber | None = None
    stay: OneNumber | None = None
    points: Annotated[tuple[Observation, ...], Field(max_length=20)] = ()
    how: Literal["straight", "compound"] = "straight"
    children: Number | None = None


class Decided(Sourced):
    """The decision: on which day, and the baseline from which savings have been claimed since."""

    on: Date
    baseline: Names


class Avoided(Stated):
    """Over which months costs avoided are reckoned, and by the price of which placement."""

    start: MonthOf
    end: MonthOf
    placement: PlacementName


class PrintedClaim(Sourced):
    """A saving that a paper prints: the amount, and over how many months it may have come about."""

    id: Identifier
    label: Label
    amount: OneAmount
    months: Annotated[tuple[Annotated[Whole, Field(ge=1, le=120)], ...], Field(min_length=1, max_length=12)]


class ClaimedElsewhere(Sourced):
    """Children fewer in care that another proposal claims already, in each month from start to end.

    placement: where they would have been, by whose price what it claims in vain is valued.
    """

    id: Identifier
    label: Label
    children: Number
    placement: PlacementName | None = None
    start: MonthOf | None = None
    end: MonthOf | None = None


class UnitCostFromSpend(Sourced):
    """Spend of a year and the children it was for: at the year's opening and closing, or at its closing alone."""

    id: Identifier
    label: Label
    spend: OneAmount
    opening: OneNumber | None = None
    closing: OneNumber


class Demand(Stated):
    """Children looked after: observations, flows, populations; projections and the baseline among them; claims.

    basis: what is counted, people or full-time equivalents. every: how often the source's table has a figure, so that
    gaps can be named. parts: the counts by age band, placement or other group. baseline: the id of a projection, no
    change where none is named. outturns: what came to be after the last observation; planned, target: what is planned
    or aimed at.
    """

    label: Label = "Children looked after"
    basis: Literal["people", "fte"] = "people"
    every: Literal["month", "quarter", "year"] | None = None
    observations: Annotated[
        tuple[Observation, ...], Field(min_length=1, max_length=200, examples=["[{date: $date, children: …}]"])
    ]
    parts: Annotated[tuple[PartOfCount, ...], Field(max_length=200)] = ()
    flows: Annotated[tuple[Flow, ...], Field(max_length=40)] = ()
    populations: Annotated[tuple[Population, ...], Field(max_length=10)] = ()
    projections: Annotated[tuple[Projection, ...], Field(max_length=20)] = ()
    baseline: Names = NO_CHANGE
    decided: Decided | None = None
    outturns: Annotated[tuple[Observation, ...], Field(max_length=40)] = ()
    planned: Annotated[tuple[Observation, ...], Field(max_length=40)] = ()
    target: Annotated[tuple[Observation, ...], Field(max_length=40)] = ()
    avoided: Avoided | None = None
    claims: Annotated[tuple[PrintedClaim, ...], Field(max_length=20)] = ()
    claimed_elsewhere: Annotated[tuple[ClaimedElsewhere, ...], Field(max_length=20)] = ()
    unit_costs: Annotated[tuple[UnitCostFromSpend, ...], Field(max_length=20)] = ()
