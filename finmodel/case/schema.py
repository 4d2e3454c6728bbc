"""What a case may state: typed, and closed to unknown names. No arithmetic.

Each class is one mapping of `case.yaml`; `finmodel/parsing/fields.py` has the types of the fields.
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from finmodel.case.fields import (
    Delay,
    Fte,
    GradeName,
    IndexName,
    People,
    PlacementName,
    PriceBase,
    RoleOfOption,
)
from finmodel.case.points import read_point, read_point_range
from finmodel.case.schema_budget import BreakEven, Funding, Mtfs, OtherBenefit, Risk, Scoring, Stage
from finmodel.case.schema_caseload import Caseload, OptionCaseload, SizedBy
from finmodel.case.schema_costs import OtherCost
from finmodel.case.schema_demand import Demand
from finmodel.case.schema_paper import Assurance, Exempt, OtherImplications
from finmodel.case.schema_periods import WEEKS_IN_A_YEAR, ForAPeriod, Hours, Recurring, Weeks
from finmodel.case.schema_savings import EVIDENCE, Children, Claim, SavingOfAKind
from finmodel.case.schema_scenarios import Scenario, SetInput
from finmodel.case.schema_uncertainty import Uncertainty
from finmodel.lines.periods import Horizon
from finmodel.parsing.declared import (
    ONE_FIGURE,
    ExactlyOne,
    Holds,
    Needs,
    NoEffect,
    NotBoth,
    OneOf,
    OnlyWith,
    Refers,
    Rule,
    YearlyFigure,
    one_number,
    somewhere_above_zero,
    whole_from_one,
)
from finmodel.parsing.fields import (
    STATED,
    AwardChange,
    AwardMoney,
    Change,
    Date,
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
from finmodel.parsing.quantities import Quantity
from finmodel.quoting.quoted import StatedFigures

Point = Annotated[str | int, BeforeValidator(read_point)]  # top, bottom, middle, or a spinal point
PointRange = Annotated[tuple[int, int], BeforeValidator(read_point_range)]  # "32-37"

MOST_YEARS = 30
LEAST_WEEKS = 52
BUSINESS_AS_USUAL, RECOMMENDED = "business_as_usual", "recommended"


class Source(Stated):
    """A document that figures are quoted from."""

    title: Text
    publisher: str = ""
    date: Date | None = None
    reference: str = ""
    link: str = ""
    expires: Date | None = None  # the day from which it should be looked up again
    no_expiry: str = ""  # why there is no such day

    RULES: ClassVar[tuple[Rule, ...]] = (NotBoth("expires", ("no_expiry",)),)


class Meeting(Stated):
    """Where the decision is taken."""

    body: Label
    date: Date


class Discounting(Stated):
    """How later years are brought to present value: one rate, or the name of a published schedule.

    `first_year` is 0 (the first year is not discounted, the default) or 1 (it is, by one year).
    deflator: the name in `inflation` of the index that takes inflation out of cash before a real rate is used, or
    `none` where the flows hold no inflation. A published schedule is real, so it needs one; with a `rate` of your own
    it may be left out, and the rate is then taken as nominal, as the cash is.
    """

    RULES = (
        ExactlyOne("rate", "schedule"),
        Needs(
            "schedule",
            ("deflator",),
            "`deflator` is missing: the rates of a published schedule are real, and cash holds inflation",
            "Add `deflator:` with the name of an index in `inflation`, or `none` if the figures hold no inflation.",
        ),
    )

    rate: Annotated[Change, YearlyFigure()] | None = None
    schedule: Annotated[str, Refers("schedules")] | None = None
    deflator: IndexName | None = None
    first_year: Annotated[Whole, Field(ge=0, le=1)] = 0


class Grade(Sourced):
    """A local grade: spinal points on the national spine, or a salary or an hour's pay that the case states.

    points: lowest and highest; `spine` says on which spine they are counted (by default the one in force in April of
    the first year). A stated `salary` is pounds a year for one FTE at the pay level of April of the first year when
    it is one number; pay awards then apply to later years if `pay_awards_apply`. `hourly_pay` is the same for one hour.
    full_time_hours: of a week of one FTE, by which hours are turned into FTE and an hour's pay into a year's.
    """

    RULES = (OneOf(("points", "salary", "hourly_pay")), OnlyWith("points", ("spine",)))

    label: Label
    points: PointRange | None = None
    spine: Literal["old", "new"] | None = None
    salary: Money | None = None
    hourly_pay: Money | None = None
    pay_awards_apply: YesNo = True
    full_time_hours: Hours | None = None

    @property
    def stated_pay(self) -> Quantity | None:
        """What the case states of pay, for a year or for an hour; None where it is read from the spine."""
        return self.salary or self.hourly_pay


class PayAwards(Stated):
    """Awards assumed after the last published spine, by year: a percentage, or pounds a year for one FTE."""

    RULES = (NotBoth("percent", ("pounds",)),)

    percent: Annotated[AwardChange, YearlyFigure(from_any_year=True)] | None = None
    pounds: Annotated[AwardMoney, YearlyFigure(from_any_year=True)] | None = None


class PublishedRate(Stated):
    """A rate taken from the reference data by name."""

    published: Literal["certificate", "national-average", "cpi", "gdp-deflator"]


def _kind_of_rate(given: object) -> str:
    """Which of the two ways a rate is given, so that only that way's problems are shown."""
    named = isinstance(given, PublishedRate) or (isinstance(given, dict) and "published" in given)
    return PUBLISHED if named else STATED


PUBLISHED = "<published>"  # like STATED, a step in pydantic's addresses that is not in the user's file
PensionRate = Annotated[
    Annotated[Share, Tag(STATED)] | Annotated[PublishedRate, Tag(PUBLISHED)], Discriminator(_kind_of_rate)
]
Index = Annotated[
    Annotated[Change, YearlyFigure(from_any_year=True), Tag(STATED)] | Annotated[PublishedRate, Tag(PUBLISHED)],
    Discriminator(_kind_of_rate),
]


class OnCosts(Stated):
    """What the employer pays on top of pay. Either a `flat_rate` of pay, or the parts.

    contracted_out: the employer takes the National Insurance rebate while contracting out existed (to 5 April 2016).
    employer_pension: share of pensionable pay that is charged, or `{published: certificate}`, that of the council which
    the case names, or `{published: national-average}`. employer_pension_primary: of it the primary rate, the cost of
    pensions earned in the year, which the public sector bears; where it is not stated, all that is charged.
    """

    RULES = (
        NotBoth(
            "flat_rate",
            (
                "national_insurance",
                "contracted_out",
                "employer_pension",
                "apprenticeship_levy",
            ),
            at="flat_rate",
        ),
        OnlyWith("employer_pension", ("employer_pension_primary",)),
    )

    flat_rate: Share | None = None
    national_insurance: YesNo = True
    contracted_out: YesNo = True
    employer_pension: PensionRate | None = None
    employer_pension_primary: Share | None = None
    apprenticeship_levy: YesNo = True


class Placement(Sourced, ForAPeriod):
    """A type of placement for a child in care: what one child costs for a `year` or a `week`, at a price base."""

    label: Label
    unit_cost: Annotated[Money, YearlyFigure()]
    per: Recurring
    per_week: Annotated[Hours, YearlyFigure()] | None = None
    weeks: Annotated[Weeks, YearlyFigure()] | None = None
    price_base: PriceBase
    inflation: IndexName


class Supplement(Sourced):
    """An addition to salary for one FTE: pounds a year, or a share of salary.

    start, end: the first and last month in which it is paid. after_months: full months in post before it is paid, as
    for an allowance that keeps people who stay.
    """

    RULES = (ExactlyOne("amount", "percent"),)

    id: Identifier
    label: Label
    amount: Money | None = None
    percent: Share | None = None
    pensionable: YesNo = True
    start: MonthOf | None = None
    end: MonthOf | None = None
    after_months: Annotated[Whole, Field(ge=1, le=360)] | None = None


class NewlyQualified(Sourced):
    """Starters who are paid less for their first months, as in an assessed and supported year in employment.

    grade, point: what they are paid at; the post's own grade where none is named. share: of those who start, the part
    who are newly qualified (all of them, where it is not stated).
    """

    grade: GradeName | None = None
    point: Point | None = None
    months: Annotated[Whole, Field(ge=1, le=360)] = 12
    share: Share | None = None


class AgencyCover(Sourced):
    """Agency workers for as much of the post as is not filled.

    rate: pounds for an `hour` or a `day`. per_week: hours or days a week for one FTE. weeks: paid weeks a year.
    fee_percent or fee_amount: the agency's fee, where the rate leaves it out. start, end: the months covered, by
    default those of the post. vacancies_too: whether the time in which filled posts stand empty is covered as well.
    """

    RULES = (NotBoth("fee_percent", ("fee_amount",), at="fee_amount"),)

    rate: Money
    per: Literal["hour", "day"]
    per_week: Number
    weeks: Number
    inflation: IndexName
    price_base: PriceBase | None = None  # by default the case's
    fee_percent: Share | None = None
    fee_amount: Money | None = None
    start: MonthOf | None = None
    end: MonthOf | None = None
    vacancies_too: YesNo = False


class Redundancy(Sourced):
    """Statutory redundancy pay of those in a post that ends.

    age: of those who hold it, in whole years on its last day. service_before: their complete years of continuous
    service with councils before the post. capped: whether a week's pay is capped as the law has it.
    """

    age: Annotated[Whole, Field(ge=16, le=100)]
    service_before: Annotated[Whole, Field(ge=0, le=60)] = 0
    capped: YesNo = True


class Ending(Sourced):
    """What it costs to end a fixed-term post, in the month after its last: pounds for one FTE, weeks of pay, or
    statutory redundancy pay.
    """

    RULES = (
        OneOf(("amount", "weeks_of_pay", "redundancy")),
        Needs("amount", ("inflation",)),
        OnlyWith("amount", ("inflation", "price_base")),
    )

    amount: Money | None = None
    weeks_of_pay: Number | None = None
    redundancy: Redundancy | None = None
    inflation: IndexName | None = None
    price_base: PriceBase | None = None


class OneOff(Sourced):
    """A cost met once when the post is filled: for each FTE or person who starts, or once for the post."""

    id: Identifier
    label: Label
    amount: Money
    per: Literal["fte", "person", "post"]
    inflation: IndexName
    price_base: PriceBase | None = None


class PerFte(Sourced):
    """A cost of every year in post, for one FTE: pounds, or a share of pay and on-costs."""

    RULES = (
        ExactlyOne("amount", "percent"),
        Needs("amount", ("inflation",)),
        OnlyWith("amount", ("inflation", "price_base")),
    )

    id: Identifier
    label: Label
    amount: Money | None = None
    percent: Share | None = None
    inflation: IndexName | None = None
    price_base: PriceBase | None = None


_ALL_IN, _BY_GRADE = ", which is all-in", ", or price the post by `grade`"


class Staffed(Sourced):
    """What a post has of people: FTE, or the hours a week and the weeks a year that each of them works.

    fte: full-time equivalents, as paid. hours: a week, of each person; the full-time week is the grade's or the case's.
    weeks: weeks worked in a year, as in school terms; leave and public holidays come on top in proportion. leave_days:
    those of a full year, public holidays counted; by default the least of the national agreement. people: how many
    there are; by default each whole FTE is one full-time person and the remainder one part-timer, and hours are
    those of one person (National Insurance is worked out per person).
    """

    RULES: ClassVar[tuple[Rule, ...]] = (
        ExactlyOne("fte", "hours", placed=True, unless="sized_by"),
        OnlyWith("hours", ("weeks",)),
        OnlyWith("weeks", ("leave_days",)),
    )

    id: Identifier
    title: Label
    fte: Fte | None = None
    hours: Hours | None = None
    weeks: Weeks | None = None
    leave_days: Number | None = None
    people: People | None = None
    grade: GradeName | None = None

    @property
    def people_are_stated(self) -> bool:
        """Whether the case says how many people there are: hours without people are those of one."""
        return self.people is not None or self.hours is not None


class ExistingPost(Staffed):
    """Another post that changes with this one, priced in the same two ways: by grade, or all-in."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        ExactlyOne("grade", "annual_cost"),
        Needs("annual_cost", ("inflation",)),
        OnlyWith("annual_cost", ("inflation", "price_base")),
        NoEffect("annual_cost", ("point",), _ALL_IN, _BY_GRADE),
    )

    point: Point | None = None
    annual_cost: Money | None = None
    price_base: PriceBase | None = None
    inflation: IndexName | None = None


_RECRUITED = Holds(somewhere_above_zero, "Nobody is recruited", "Write a number above 0, or remove the line.")


class Post(Staffed):
    """One or more alike posts, priced from a grade or stated as an all-in annual cost for one FTE.

    point: `top` (maximum scale point, the default), `bottom`, `middle`, or a spinal point.
    increments: one point each April, the first after six months' service, up to the top of the grade.
    annual_cost: all-in cost of one FTE in a full year at `price_base`, uprated by the index named in `inflation`.
    vacancy_factor: share of the time that filled posts stand empty; their pay is saved. recruited_per_month: FTE who
    start in each month from `start` until all are in post; without it all start at once.
    replaces: posts that there are and that end as this one is filled, so that only the difference counts. backfill:
    posts that do the work of somebody moved into this one, on top of its cost. sized_by: the caseload target that sets
    its FTE, instead of `fte`. delay_months: by how many months the post, with all that comes with it, begins and ends
    later than stated.
    """

    RULES: ClassVar[tuple[Rule, ...]] = (
        ExactlyOne("grade", "annual_cost"),
        Needs("annual_cost", ("price_base", "inflation")),
        OnlyWith("annual_cost", ("price_base", "inflation")),
        NoEffect("annual_cost", ("point", "increments", "supplements", "newly_qualified"), _ALL_IN, _BY_GRADE),
        NotBoth("sized_by", ("fte", "hours")),
    )

    point: Point | None = None
    increments: YesNo = False
    supplements: tuple[Supplement, ...] = ()
    annual_cost: Money | None = None
    price_base: PriceBase | None = None
    inflation: IndexName | None = None
    start: MonthOf | None = None
    end: MonthOf | None = None  # the last month in post
    delay_months: Delay | None = None
    on_costs: OnCosts | None = None
    vacancy_factor: Share | None = None
    recruited_per_month: Annotated[Number, _RECRUITED] | None = None
    newly_qualified: NewlyQualified | None = None
    agency_cover: AgencyCover | None = None
    ending: Ending | None = None
    replaces: tuple[ExistingPost, ...] = ()
    backfill: tuple[ExistingPost, ...] = ()
    one_off: tuple[OneOff, ...] = ()
    per_fte: tuple[PerFte, ...] = ()
    sized_by: SizedBy | None = None


_FIXED_STAY = (
    Holds(
        one_number,
        "A fixed stay is one number for the whole case",
        "Write one number, or state a benefit for each length of stay.",
    ),
    Holds(
        whole_from_one,
        "A fixed stay is a whole number of months, 1 at least",
        "Write a whole number, or use `average_months`.",
    ),
)
_AVERAGE_STAY = Holds(
    lambda stay: min(stay.values) >= 1,
    "An average stay is 1 month at least",
    "Write 1 or more; 18 means a year and a half.",
)


class Stay(Stated):
    """How long a child whose entry is avoided would have stayed.

    months: a fixed stay; or average_months: an average, with the same chance of leaving in every month.
    """

    RULES = (ExactlyOne("months", "average_months"),)

    months: Annotated[Number, *_FIXED_STAY] | None = None
    average_months: Annotated[Number, _AVERAGE_STAY] | None = None


class Benefit(Claim):
    """Placements avoided.

    children: average number of children fewer in care; or entries_avoided: children a month whose entry is avoided,
    with `stay`. placements: the mix, type to share, shares to sum to 100%.
    """

    RULES = (
        ExactlyOne("children", "entries_avoided"),
        Needs("entries_avoided", ("stay",)),
        NoEffect(
            "children",
            ("stay",),
            ", which says how many fewer there are at any time",
            ", or state `entries_avoided`",
        ),
        EVIDENCE,
    )

    children: Children | None = None
    entries_avoided: Children | None = None
    stay: Annotated[Stay, Field(examples=["{average_months: …}"])] | None = None
    placements: Annotated[dict[PlacementName, Annotated[Share, YearlyFigure()]], Field(examples=["{$placement: 100%}"])]


class StatedCost(Sourced):
    """A total that the authors printed for a full year of the option, to reconcile the priced posts to.

    The difference is shown; the option costs what its posts and costs total.
    """

    amount: Annotated[
        Money, Holds(one_number, "A stated cost is one amount", "Write one amount, that of the `year` next to it.")
    ]
    year: Year


class Option(Stated):
    """One way forward.

    role: what it is among the options, after the Green Book's shortlist: business as usual, which the others are
    compared with; the least that would meet the need; the one that is recommended; or another. The case's `status_quo`
    and `recommended` say the same; `do_nothing` is read as business as usual.
    delay_months: by how many months its posts, costs, benefits and savings come later than their months say, on top of
    their own delays; 2.5 months count half as 2 and half as 3. Prices, published rates and figures by council year
    stay in their years, and what began before the case begins stays where it is.
    """

    id: Identifier
    title: Label
    role: RoleOfOption | None = None
    delay_months: Delay | None = None
    description: str = ""
    advantages: tuple[Text, ...] = ()
    disadvantages: tuple[Text, ...] = ()
    risks: tuple[Text, ...] = ()
    posts: Annotated[tuple[Post, ...], Field(max_length=100)] = ()
    costs: Annotated[tuple[OtherCost, ...], Field(max_length=100)] = ()
    benefits: Annotated[tuple[Benefit, ...], Field(max_length=100)] = ()
    savings: Annotated[tuple[SavingOfAKind, ...], Field(max_length=100)] = ()
    stated_cost: StatedCost | None = None
    funding: Funding | None = None  # in the place of the case's
    other_benefits: tuple[OtherBenefit, ...] = ()
    risk_table: tuple[Risk, ...] = ()
    caseload: OptionCaseload | None = None  # what it does to the caseload of a team


class Assumption(Sourced):
    """Something the authors of the case took to be so, in a sentence; shown on the page among the assumptions."""

    text: Text
    why: str = ""
    effect: str = ""
    signed_off_by: str = ""  # a role
    signed_off_on: Date | None = None
    review_by: Date | None = None


class NamedCouncil(Stated):
    """A council by its name and its code, by which its own published figures are found.

    authority: the code of the Office for National Statistics, such as E08000031, or the three digits of the Department
    for Education. Published figures stand beside the case's own as benchmarks; no sum uses them unasked.
    """

    name: Label
    authority: Label


def _kind_of_council(given: object) -> str:
    return NAMED if isinstance(given, dict | NamedCouncil) else STATED


NAMED = "<named>"  # like STATED, a step in pydantic's addresses that is not in the user's file
CouncilName = Annotated[
    Annotated[Label, Tag(STATED)] | Annotated[NamedCouncil, Tag(NAMED)], Discriminator(_kind_of_council)
]


_WEEKS = Holds(
    lambda weeks: min(weeks.values) >= LEAST_WEEKS and max(weeks.values) <= WEEKS_IN_A_YEAR,
    "A year has from 52 to 53 weeks",
    "Write 52, 52.14 or 52.18: the weeks by which a figure for a week becomes one of a year.",
)


class Case(Stated):
    """An invest-to-save proposal as its authors state it."""

    title: Label
    council: CouncilName
    meeting: Meeting | None = None
    summary: str = ""
    price_base: PriceBase
    first_year: Year
    years: Annotated[Whole, Field(ge=1, le=MOST_YEARS)]
    discounting: Annotated[Discounting, Field(examples=["{rate: …%}"])] = Discounting.model_construct(
        rate=Quantity.constant(0)
    )  # left out where there is no option, and then nothing is discounted
    sources: dict[Identifier, Source] = {}
    grades: dict[Identifier, Grade] = {}
    pay_awards: PayAwards = Field(default_factory=PayAwards.model_construct)
    point: Literal["top", "bottom", "middle"] = "top"
    full_time_hours: Hours | None = None
    on_costs: OnCosts = Field(default_factory=OnCosts.model_construct)
    inflation: dict[Identifier, Index] = {}
    weeks_in_a_year: Annotated[Number, ONE_FIGURE, _WEEKS] | None = None
    placements: dict[Identifier, Placement] = {}
    children_in_care: Number | None = None  # under business as usual; the first month's number is today's
    growth_in_base_budget: Annotated[Money, YearlyFigure()] | None = (
        None  # £ of a year that the base budget holds already on top of the budget before the first year
    )
    break_even_placement: PlacementName | None = (
        None  # the placement type whose unit cost repays an option without benefits
    )
    break_even: BreakEven | None = None
    levers: Annotated[
        tuple[Text, ...], Field(examples=["[placements.$placement.unit_cost]"], max_length=10)
    ] = ()  # addresses of inputs that the workbook gives to move; without it those from which most figures are made
    scenarios: Annotated[tuple[Scenario, ...], Field(max_length=20)] = ()  # inputs at other figures, side by side
    what_if: tuple[
        SetInput, ...
    ] = ()  # which inputs are not the case's own, where `--set` made it; nothing reads it else
    status_quo: Annotated[str, Refers("options")] | None = None
    recommended: Annotated[str, Refers("options")] | None = None
    assumptions: tuple[Assumption, ...] = ()
    report_by: str = ""
    recommendations: tuple[Text, ...] = ()
    purpose: tuple[Text, ...] = ()
    background: tuple[Text, ...] = ()
    implications: OtherImplications = Field(default_factory=OtherImplications.model_construct)
    monitoring: str = ""
    assurance: Assurance = Field(default_factory=Assurance.model_construct)
    mtfs: Mtfs = Field(default_factory=Mtfs.model_construct)
    funding: Funding | None = None
    stages: tuple[Stage, ...] = ()
    scoring: Scoring | None = None
    stated: StatedFigures = Field(default_factory=StatedFigures.model_construct)
    exempt: tuple[Exempt, ...] = ()  # what a copy for publication leaves out
    small_numbers: Annotated[Whole, Field(ge=2, le=20)] | None = None  # of children, shown in that copy as fewer
    demand: Demand | None = None
    caseload: Caseload | None = None
    uncertainty: Uncertainty | None = None  # how far its inputs may be from what it states
    options: Annotated[
        tuple[Option, ...], Field(examples=["[{id: do-nothing, title: Do nothing}]"], min_length=1, max_length=20)
    ] = ()  # may be left out where the case states `demand` or `caseload`

    @model_validator(mode="after")
    def _named_by_roles(self) -> Self:
        """`status_quo` and `recommended` as the options' roles have them, where the case does not name them itself."""
        for field, role in (("status_quo", BUSINESS_AS_USUAL), ("recommended", RECOMMENDED)):
            found = next((option.id for option in self.options if option.role == role), None)
            if getattr(self, field) is None and found is not None:
                object.__setattr__(self, field, found)
        return self

    def role_of(self, option: Option) -> str | None:
        """What an option is among the others; None where the case does not say."""
        if option.role is not None:
            return option.role
        if option.id == self.status_quo:
            return BUSINESS_AS_USUAL
        return RECOMMENDED if option.id == self.recommended else None

    @property
    def council_name(self) -> str:
        """What the council is called."""
        return self.council if isinstance(self.council, str) else self.council.name

    @property
    def horizon(self) -> Horizon:
        """The years covered."""
        return Horizon(self.first_year, self.years)
