"""What a case may state of caseloads: teams with cases and workers, targets, weights, flows; what is asked of them."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from finmodel.case.fields import GradeName, IndexName, PostName, PriceBase
from finmodel.case.schema_demand import OneAmount, OneNumber
from finmodel.parsing.declared import ONE_FIGURE, ExactlyOne, Holds, Needs, NotBoth, OnlyWith, Rule
from finmodel.parsing.fields import (
    Date,
    Identifier,
    Label,
    MonthOf,
    PartOfDate,
    Share,
    Sourced,
    Stated,
    Whole,
    YesNo,
)
from finmodel.parsing.quantities import Quantity


def _above_zero(quantity: Quantity) -> bool:
    return all(value > 0 for value in quantity.values)


ABOVE_ZERO = Holds(_above_zero, "This has to be more than 0", "Write a number above 0.")
Positive = Annotated[OneNumber, ABOVE_ZERO]
OneShare = Annotated[Share, ONE_FIGURE]
PartShare = Annotated[OneShare, ABOVE_ZERO]
Decimals = Annotated[Whole, Field(ge=0, le=4)]
Experience = Literal["newly-qualified", "experienced", "agency", "other"]


class Circumstance(Sourced):
    """What adds to the work of some cases of a type, such as court proceedings or distance: points more a case."""

    id: Identifier
    label: Label
    cases: OneNumber
    points: OneNumber


class CasesOfType(Sourced):
    """Cases of one type in a team, and the points of the workload scheme that one of them weighs."""

    RULES: ClassVar[tuple[Rule, ...]] = (Needs("circumstances", ("points",)),)

    id: Identifier
    label: Label
    cases: OneNumber
    points: OneNumber | None = None
    circumstances: Annotated[tuple[Circumstance, ...], Field(max_length=10)] = ()


class WorkerGroup(Sourced):
    """Workers of a team who are alike: how many, how experienced, and how much of a full caseload each may hold.

    temporary: whether the posts end; ends: the last day in post, where it is known. points_taken: of the points of a
    full caseload, those that are taken from the start; share_of_caseload: the same as a share; at_most: cases that each
    may hold at most.
    """

    RULES: ClassVar[tuple[Rule, ...]] = (
        NotBoth("points_taken", ("share_of_caseload",)),
        OnlyWith("temporary", ("ends",)),
    )

    id: Identifier
    label: Label
    experience: Experience = "other"
    fte: OneNumber | None = None
    people: OneNumber | None = None
    temporary: YesNo = False
    ends: Date | None = None
    points_taken: OneNumber | None = None
    share_of_caseload: PartShare | None = None
    at_most: Positive | None = None


class EarlierCases(Sourced):
    """How many cases a team had on an earlier day, from which the trend is taken."""

    date: PartOfDate
    cases: OneNumber


class CaseloadTeam(Sourced):
    """A team, or a kind of team: of cases, FTE and the average between them, what is known; what is not is left out.

    cases: open cases, where they are not given by_type. case_holding_fte: of those who hold cases; all_fte: with
    managers and others who hold none. average: cases for each case-holding FTE as printed, to so many `decimals`;
    lowest, highest: of its teams. points_of_full_caseload: of the workload scheme, for one full-time worker.
    """

    RULES: ClassVar[tuple[Rule, ...]] = (
        NotBoth("cases", ("by_type",)),
        Needs("average", ("decimals",)),
        OnlyWith("average", ("decimals", "lowest", "highest")),
    )

    id: Identifier
    label: Label
    cases: OneNumber | None = None
    by_type: Annotated[tuple[CasesOfType, ...], Field(max_length=20)] = ()
    case_holding_fte: Positive | None = None
    all_fte: Positive | None = None
    average: Positive | None = None
    decimals: Decimals | None = None
    lowest: OneNumber | None = None
    highest: OneNumber | None = None
    workers: Annotated[tuple[WorkerGroup, ...], Field(max_length=20)] = ()
    points_of_full_caseload: Positive | None = None
    earlier: EarlierCases | None = None


class CaseloadTarget(Sourced):
    """Cases for each FTE that are aimed at (`target`), allowed at most (`limit`) or taken as usual elsewhere (`guide`).

    It is taken exactly, never rounded. teams: for which it holds; without any, for every one.
    """

    id: Identifier
    label: Label
    cases: Positive
    kind: Literal["target", "limit", "guide"] = "target"
    teams: Annotated[tuple[Identifier, ...], Field(max_length=40)] = ()


class AddedPosts(Sourced):
    """Posts added to a team, FTE that hold cases, to see what they do to every ratio."""

    id: Identifier
    label: Label
    team: Identifier
    fte: Positive
    experience: Experience = "other"


class WorkerCost(Sourced):
    """What one more full-time worker costs: by the grade of the post, or all-in a year."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        ExactlyOne("grade", "annual_cost"),
        Needs("annual_cost", ("price_base", "inflation")),
        OnlyWith("annual_cost", ("price_base", "inflation")),
    )

    title: Label
    grade: GradeName | None = None
    annual_cost: OneAmount | None = None
    price_base: PriceBase | None = None
    inflation: IndexName | None = None


class PrintedFall(Sourced):
    """An average that a paper says fell when posts were added: from which the workforce and the cases behind it follow.

    before, after: cases for each FTE as printed, to so many decimals; posts: FTE added between the two.
    """

    id: Identifier
    label: Label
    before: Positive
    after: Positive
    decimals: Decimals
    posts: Positive


class PostsSaid(Sourced):
    """Whole posts that a paper says would bring a team to a target: from which its workforce now follows."""

    id: Identifier
    label: Label
    team: Identifier
    target: Identifier
    posts: Positive


class AgencyTarget(Sourced):
    """The share of the workforce that may be agency workers; establishment: all posts then, where that changes."""

    share: OneShare
    establishment: Positive | None = None
    counted: Literal["people", "fte"] = "people"


class ManagerSpan(Sourced):
    """Cases that a manager oversees, and from how many to how many one manager can."""

    id: Identifier
    label: Label
    cases: OneNumber
    managers: Positive | None = None
    least: Positive
    most: Positive


class Trigger(Sourced):
    """A number of cases at which something has to be done; team: whose trend is followed."""

    id: Identifier
    label: Label
    team: Identifier
    cases: Positive


class CaseFlow(Sourced):
    """How the number of a team's cases moves when they stay open for a shorter or a longer time (Little's law).

    opened: cases opened in a month; or referrals in a month × the share that become cases; without either, as many as
    keep today's number steady at today's stay. stay, new_stay: months open on average, now and from `start` on.
    stays: `fixed`, every case as long, or `geometric`, the same chance of closing in every month. applies_to: `new`
    cases alone or `all`; with fixed stays and all cases, those already past the new stay close evenly over
    `closing_over` months, 0 for at once.
    """

    RULES: ClassVar[tuple[Rule, ...]] = (NotBoth("opened", ("referrals", "share_that_become_cases")),)

    id: Identifier
    label: Label
    team: Identifier
    opened: Positive | None = None
    referrals: Positive | None = None
    share_that_become_cases: PartShare | None = None
    stay: Positive
    new_stay: Positive
    stays: Literal["fixed", "geometric"]
    applies_to: Literal["new", "all"]
    closing_over: OneNumber | None = None
    start: MonthOf | None = None


class MonthlyCount(Sourced):
    """One number of a series: of a month, or as much of a day as is known."""

    date: PartOfDate
    number: OneNumber


class CaseloadSeries(Sourced):
    """A workload over time, as a paper's table has it; every: how often it should have a number, so gaps are named."""

    id: Identifier
    label: Label
    unit: Label = "cases"
    every: Literal["month", "quarter", "year"]
    counts: Annotated[tuple[MonthlyCount, ...], Field(min_length=1, max_length=200)]


class Caseload(Stated):
    """Caseloads and capacity. as_at: the day of the teams' figures, as far as known. worker: what one more costs."""

    label: Label = "Caseloads"
    as_at: PartOfDate
    teams: Annotated[tuple[CaseloadTeam, ...], Field(min_length=1, max_length=40)]
    targets: Annotated[tuple[CaseloadTarget, ...], Field(max_length=20)] = ()
    added: Annotated[tuple[AddedPosts, ...], Field(max_length=20)] = ()
    worker: WorkerCost | None = None
    falls: Annotated[tuple[PrintedFall, ...], Field(max_length=20)] = ()
    posts_said: Annotated[tuple[PostsSaid, ...], Field(max_length=20)] = ()
    agency: AgencyTarget | None = None
    spans: Annotated[tuple[ManagerSpan, ...], Field(max_length=20)] = ()
    triggers: Annotated[tuple[Trigger, ...], Field(max_length=20)] = ()
    flows: Annotated[tuple[CaseFlow, ...], Field(max_length=20)] = ()
    series: Annotated[tuple[CaseloadSeries, ...], Field(max_length=20)] = ()


class OptionCaseload(Stated):
    """What an option does to the caseload of a team: its posts that hold cases, and the flow that it brings about."""

    team: Identifier
    posts: Annotated[tuple[PostName, ...], Field(max_length=40)] = ()
    flow: Identifier | None = None


class SizedBy(Stated):
    """The target of a team that a post fills up to: its FTE is what the team lacks now, whole posts where `whole`."""

    team: Identifier
    target: Identifier
    whole: YesNo = True
