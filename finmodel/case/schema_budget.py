"""What a case may state of the budget: how it is paid for, stages, how options are scored, what money leaves out."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from finmodel.case.fields import OptionName, PlacementName
from finmodel.parsing.declared import ONE_FIGURE, Needs, OnlyWith
from finmodel.parsing.fields import (
    Change,
    Identifier,
    Label,
    Money,
    MonthOf,
    Number,
    Share,
    Sourced,
    Stated,
    Text,
    Whole,
    Year,
    YesNo,
)

NET_POSITION = "net_position"


def _one_or_several(given: object) -> object:
    return [given] if isinstance(given, str) else given


class BreakEven(Stated):
    """Inputs of the case for each of which is asked at which figure the options break even, all else as stated.

    of: their addresses, one or several. measure: what breaks even, by its name in `results.json`.
    """

    of: Annotated[
        tuple[Text, ...],
        BeforeValidator(_one_or_several),
        Field(examples=["placements.$placement.unit_cost"], min_length=1, max_length=20),
    ]
    measure: Label = NET_POSITION


class Mtfs(Stated):
    """How the council prints changes to its base budget: the letters before a line's number, and in what."""

    prefix: Annotated[str, Field(min_length=1, max_length=10)] = "CS"
    shown_in: Literal["pounds", "thousands"] = "pounds"


class FundingSource(Sourced):
    """Something that pays for the option's cost, drawn on after those that stand before it.

    kind: `savings` of the service's own budget, of which a year has no more than its cashable saving; a `reserve`, with
    an account; a `grant`; `flexible_receipts`, capital receipts that a direction lets pay for the cost of reform in the
    years that it covers; or `other`. limit: the most that may be drawn in all; limit_a_year: in one year; without
    either there is no limit, and reports say so. opening and interest belong to a reserve: its balance before the first
    year, and what its opening balance of a year earns in it.
    """

    RULES = (OnlyWith("kind: reserve", ("opening", "interest")),)

    id: Identifier
    label: Label
    kind: Literal["savings", "reserve", "grant", "flexible_receipts", "other"]
    limit: Annotated[Money, ONE_FIGURE] | None = None
    limit_a_year: Money | None = None
    opening: Annotated[Money, ONE_FIGURE] | None = None
    interest: Change | None = None


class Repayment(Sourced):
    """How what was drawn from the reserve goes back to it: a share of the saving that is left, pounds a year, or not.

    start: the first year of repayment.
    """

    RULES = (
        Needs("rule: share_of_net_saving", ("share",)),
        OnlyWith("rule: share_of_net_saving", ("share",)),
        Needs("rule: fixed", ("amount",)),
        OnlyWith("rule: fixed", ("amount",)),
    )

    rule: Literal["share_of_net_saving", "fixed", "none"]
    share: Share | None = None
    amount: Money | None = None
    start: Year | None = None


class Funding(Stated):
    """Sources in the order in which they are drawn on, and how the reserve is repaid."""

    sources: Annotated[tuple[FundingSource, ...], Field(max_length=10)]
    repayment: Repayment | None = None


class Stage(Sourced):
    """A stage of the investment, with what a full year of it costs as the authors state it.

    gate: what must be shown before it starts; passed: whether it was. A stage with a gate counts only if it was passed.
    children: fewer in care from start to end because of a stage that counts, whom no claim of an option counts again.
    placement: where they would have been, by whose price children claimed in vain are valued.
    """

    RULES = (OnlyWith("children", ("start", "end", "placement")),)

    id: Identifier
    title: Label
    cost: Annotated[Money, ONE_FIGURE]
    gate: str = ""
    passed: YesNo | None = None
    children: Number | None = None
    placement: PlacementName | None = None
    start: MonthOf | None = None
    end: MonthOf | None = None

    @property
    def counts(self) -> bool:
        """Whether it counts: it has no gate, or the gate was passed."""
        return bool(self.passed) if self.gate else self.passed is not False


class Criterion(Sourced):
    """Something that options are scored on. `owner` says who scored, `note` why it weighs what it does.

    scores: by option; a score may have a `note` that says why and an `owner` who gave it.
    """

    id: Identifier
    label: Label
    weight: Annotated[Share, ONE_FIGURE]
    scores: dict[OptionName, Annotated[Number, ONE_FIGURE]]


class Verdict(Stated):
    """Whether an option meets a condition, and why."""

    met: YesNo
    why: str = ""


class CriticalCondition(Sourced):
    """What an option must meet to be chosen at all, whatever it scores."""

    id: Identifier
    label: Label
    options: dict[OptionName, Verdict] = Field(default_factory=dict)


class Scoring(Stated):
    """Criteria whose weights total 100%, each option's scores from 0 to `highest`, and critical conditions."""

    highest: Annotated[Whole, Field(ge=1, le=1000)] = 10
    criteria: Annotated[tuple[Criterion, ...], Field(max_length=20)]
    critical_conditions: tuple[CriticalCondition, ...] = ()


class OtherBenefit(Sourced):
    """A benefit that has no price here: what, for whom, and how it would be seen."""

    what: Text
    for_whom: str = ""
    measured_by: str = ""


class Risk(Sourced):
    """A risk, how likely and how grave it is, and what is done about it; `owner` answers for it."""

    what: Text
    likelihood: Literal["low", "medium", "high"] | None = None
    impact: Literal["low", "medium", "high"] | None = None
    response: str = ""
