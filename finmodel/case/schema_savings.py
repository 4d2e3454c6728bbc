"""What a case may state of savings: who gains, on what evidence, and each kind of saving but an avoided placement."""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from finmodel.case.fields import BenefitName, Delay, DropOff, IndexName, PlacementName, PostName, PriceBase
from finmodel.case.schema_evidence import AppliedTo, RowsOfEvidence
from finmodel.case.schema_periods import ForAPeriod, Recurring, RecurringOrOnce
from finmodel.case.schema_units import Units
from finmodel.lines.periods import Month
from finmodel.parsing.declared import (
    ONE_FIGURE,
    ExactlyOne,
    Holds,
    Needs,
    NoEffect,
    OnlyWith,
    Rule,
    one_number,
    whole_from_one,
)
from finmodel.parsing.faults import Fault, refuse
from finmodel.parsing.fields import (
    STATED,
    Identifier,
    Label,
    Money,
    MonthOf,
    Number,
    Share,
    Sourced,
    Stated,
    Whole,
    YesNo,
)
from finmodel.parsing.nearest import did_you_mean, one_of
from finmodel.parsing.quantities import Quantity
from finmodel.parsing.quantity_forms import read_whole_number

THIS_COUNCIL = "this council"
PEOPLE = "people"
BEST_GRADE, WEAKEST_GRADE = 1, 6


class Reach(Stated):
    """A number of children in four steps that multiply: who needs it, takes it up, stays with it, is changed by it.

    need: children; engagement: share of them who take part; retention: share of those who stay to the end; impact:
    share of those for whom it makes the difference. Each may say where it comes from.
    """

    need: Number
    engagement: Share
    retention: Share
    impact: Share

    def at(self, month: Month) -> float | None:
        """The product in a month; None where one of the four is not stated for it."""
        product = 1.0
        for quantity in (self.need, self.engagement, self.retention, self.impact):
            value = quantity.at(month)
            if value is None:
                return None
            product *= value
        return product


REACH = "<reach>"  # like STATED, a step in pydantic's addresses that is not in the user's file


def _kind_of_number(given: object) -> str:
    in_steps = isinstance(given, dict) and any(name in given for name in Reach.model_fields)
    return REACH if in_steps or isinstance(given, Reach) else STATED


Children = Annotated[
    Annotated[Number, Tag(STATED)] | Annotated[Reach, Tag(REACH)], Discriminator(_kind_of_number)
]  # a number, or the four steps to one

GradeOfEvidence = Annotated[int, BeforeValidator(read_whole_number), Field(ge=BEST_GRADE, le=WEAKEST_GRADE)]
EACH = "<each>"


def _kind_of_grade(given: object) -> str:
    return EACH if isinstance(given, dict) else STATED


EvidenceGrade = Annotated[
    Annotated[GradeOfEvidence, Tag(STATED)] | Annotated[dict[Identifier, GradeOfEvidence], Tag(EACH)],
    Discriminator(_kind_of_grade),
    Field(examples=["…"]),
]  # 1, the best evidence, to 6; or a grade for each input, of which the weakest is taken


OptimismBias = Share
EVIDENCE = ExactlyOne("optimism_bias", "evidence_grade", placed=True)


class PricedAmount(Sourced):
    """An amount of money at the prices of a year, and the index that raises it."""

    amount: Money
    price_base: PriceBase
    inflation: IndexName


class YearlyAmount(PricedAmount, ForAPeriod):
    """A priced amount for a `year`, which it is unless it says otherwise, a `month`, a `week` or an `hour`."""

    per: Recurring = "year"


class Allowance(PricedAmount, ForAPeriod):
    """What the council goes on paying for a child, for a `year`, a `month`, a `week` or an `hour`."""

    per: Recurring


class Process(Sourced):
    """A piece of work that an entry to care sets off, at its unit cost.

    code: a row of the Greater Manchester unit costs, at its own price base; or cost: the council's own.
    per_entry: how many of them an entry sets off.
    """

    RULES = (
        ExactlyOne("code", "cost"),
        Needs("cost", ("price_base",)),
        NoEffect("code", ("price_base",), ", whose unit cost has its own"),
    )

    id: Identifier
    code: str | None = None
    cost: Money | None = None
    price_base: PriceBase | None = None
    inflation: IndexName
    per_entry: Number | None = None


class Claim(Sourced):
    """What is claimed to be saved: what every kind has, an avoided placement among them.

    body: who gains; only what this council gains is in its headline figures. A benefit to `people` needs a source and
    counts in value to society alone. deadweight: share that would have come
    about anyway. optimism_bias: share taken off for over-optimism; or evidence_grade, from which it follows. cashable:
    share of the remaining saving that releases cash. All three must be stated, be they 0% or 100%.
    budget_reduction: share of the saving that reduces today's budget; the rest avoids growth that is not in it yet.
    Where it is not stated and children are kept out of care, the case's `children_in_care` decide.
    deductions: `multiplicative` (default: each is taken off what the one before left) or `subtractive` (each is taken
    off the gross). basis: `forecast` (the default), or `requirement` where the number is what it would take and nobody
    forecasts it; reports say which. lag_months: months from `start` before the effect begins.
    delay_months: by how many months start and end come later than stated. drop_off: share of the
    effect lost each year after the first. evidence: numbers of rows of `finmodel evidence`, set beside the claim and in
    no sum; applied_to: to whom they are applied.
    """

    RULES: ClassVar[tuple[Rule, ...]] = (EVIDENCE, OnlyWith("evidence", ("applied_to",)))

    id: Identifier
    label: Label
    body: Label = THIS_COUNCIL
    start: MonthOf | None = None
    end: MonthOf | None = None
    delay_months: Delay | None = None
    deadweight: Share
    optimism_bias: OptimismBias | None = None
    evidence_grade: EvidenceGrade | None = None
    cashable: Share
    budget_reduction: Share | None = None
    deductions: Literal["multiplicative", "subtractive"] = "multiplicative"
    basis: Literal["forecast", "requirement"] = "forecast"
    lag_months: Annotated[Whole, Field(ge=0, le=360)] = 0
    drop_off: DropOff | None = None
    evidence: RowsOfEvidence = ()
    applied_to: AppliedTo | None = None


class Saving(Claim):
    """A saving other than a placement avoided."""

    kind: str


class StepDown(Saving):
    """Children who live in a cheaper placement instead of a dearer one."""

    kind: Literal["step_down"]
    children: Children
    from_placement: PlacementName
    to_placement: Annotated[PlacementName, Field(examples=["$other_placement"])]


_MONTHS = (
    "The months are one whole number for the whole case, 1 at least",
    "Write a whole number, or a saving for each number of months.",
)


def _is_a_month_count(months: Quantity) -> bool:
    return one_number(months) and whole_from_one(months)


class EarlierPermanence(Saving):
    """Children who leave a placement for good some months earlier; `allowance` is what is paid for them after it."""

    kind: Literal["earlier_permanence"]
    children: Children
    per: Literal["month", "year"]
    months_earlier: Annotated[Number, Holds(_is_a_month_count, *_MONTHS)]
    placement: PlacementName
    allowance: Allowance | None = None


class AgencyToPermanent(Saving):
    """Agency workers whose posts are filled for good.

    permanent_cost: what one FTE then costs; or permanent_post: the post of the option that takes over, whose cost is
    the option's already and so is not taken off a second time.
    """

    RULES = (ExactlyOne("permanent_cost", "permanent_post"),)

    kind: Literal["agency_to_permanent"]
    posts: Number
    agency_cost: Annotated[YearlyAmount, Field(examples=["{amount: £…, price_base: $price_base, inflation: $index}"])]
    permanent_cost: YearlyAmount | None = None
    permanent_post: PostName | None = None


class LessTurnover(Saving):
    """People who stay and need not be replaced, a year."""

    kind: Literal["less_turnover"]
    leavers_avoided: Number
    replacement_cost: Annotated[
        PricedAmount, Field(examples=["{amount: £…, price_base: $price_base, inflation: $index}"])
    ]


class LessSicknessCover(Saving):
    """Days of cover that are not needed, a year."""

    kind: Literal["less_sickness_cover"]
    days_avoided: Number
    day_cost: Annotated[PricedAmount, Field(examples=["{amount: £…, price_base: $price_base, inflation: $index}"])]


_TIMING_OF_BENEFIT = NoEffect(
    "benefit",
    ("start", "end", "delay_months", "lag_months", "drop_off"),
    ", whose months these are",
    ", or state the number here instead of `benefit`",
)


class ProcessCosts(Saving):
    """Work that an avoided entry does not set off: assessment, legal, reviews.

    benefit: the benefit of the option whose entries are avoided; or entries_avoided: children a month.
    """

    RULES = (ExactlyOne("benefit", "entries_avoided"), _TIMING_OF_BENEFIT)

    kind: Literal["process_costs"]
    benefit: BenefitName | None = None
    entries_avoided: Children | None = None
    processes: Annotated[
        tuple[Process, ...],
        Field(examples=["[{id: …, code: …, inflation: $index}]"], min_length=1, max_length=100),
    ]


class Income(Saving, ForAPeriod):
    """A grant or other income, for a `year`, a `month`, a `week` or an `hour`, or once in the month `start`.

    paid_by: who pays it. public_body: whether that is a public body, so that it is a transfer and nets to nothing in
    value to the public sector; taken to be so where it is not stated.
    """

    RULES = (
        Needs("per: once", ("start",)),
        NoEffect("per: once", ("end", "drop_off"), instead=", or write `per: year`"),
    )

    kind: Literal["income"]
    income: Annotated[PricedAmount, Field(examples=["{amount: £…, price_base: $price_base, inflation: $index}"])]
    per: RecurringOrOnce
    paid_by: Label | None = None
    public_body: YesNo | None = None


class InHouseHome(Saving):
    """Homes of the council's own, whose fixed cost stops only when enough beds are empty.

    benefit and placement: the benefit whose children would have lived there, and the placement type that is the home;
    or beds_emptied. beds_to_close: how many must be empty for one home to close. homes: how many there are.
    fixed_cost: of one home in a year.
    """

    RULES = (
        ExactlyOne("benefit", "beds_emptied"),
        Needs("benefit", ("placement",)),
        OnlyWith("benefit", ("placement",)),
        _TIMING_OF_BENEFIT,
    )

    kind: Literal["in_house_home"]
    benefit: BenefitName | None = None
    placement: PlacementName | None = None
    beds_emptied: Children | None = None
    beds_to_close: Annotated[
        Number,
        Holds(
            lambda beds: min(beds.values) > 0,
            "A home closes when some of its beds are empty",
            "Write how many, a number above 0.",
        ),
    ]
    homes: Annotated[
        Number,
        Holds(
            lambda homes: all(value == int(value) for value in homes.values),
            "Enter whole homes",
            "Write a whole number.",
        ),
    ]
    fixed_cost: Annotated[YearlyAmount, Field(examples=["{amount: £…, price_base: $price_base, inflation: $index}"])]


class UnitAmount(PricedAmount, ForAPeriod):
    """What one unit saves, for a `year`, which it is unless it says otherwise, or a shorter period, or `once`."""

    per: RecurringOrOnce = "year"


class AmountsSinceEntry(Sourced):
    """What one unit saves in the first year since it entered, in the second, and so on; nothing after the last."""

    amounts: Annotated[tuple[Annotated[Money, ONE_FIGURE], ...], Field(min_length=1, max_length=30)]
    price_base: PriceBase
    inflation: IndexName


class PerUnit(Saving):
    """A saving for each unit of the case's own naming: families, cases, women.

    amount: what one saves while it counts, or `once`; or by_year_since_entry, for cohorts that enter.
    """

    RULES = (ExactlyOne("amount", "by_year_since_entry"),)

    kind: Literal["per_unit"]
    units: Annotated[Units, Field(examples=["{name: families, number: …}"])]
    amount: UnitAmount | None = None
    by_year_since_entry: AmountsSinceEntry | None = None


SavingKind = (
    StepDown
    | EarlierPermanence
    | AgencyToPermanent
    | LessTurnover
    | LessSicknessCover
    | ProcessCosts
    | Income
    | InHouseHome
    | PerUnit
)
KINDS: dict[str, type[Saving]] = {
    "step_down": StepDown,
    "earlier_permanence": EarlierPermanence,
    "agency_to_permanent": AgencyToPermanent,
    "less_turnover": LessTurnover,
    "less_sickness_cover": LessSicknessCover,
    "process_costs": ProcessCosts,
    "income": Income,
    "in_house_home": InHouseHome,
    "per_unit": PerUnit,
}
KINDS_BY_STEP = {f"<{kind}>": model for kind, model in KINDS.items()}  # by the step that pydantic puts into addresses


def _known_kind(given: object) -> object:
    """A saving says of which kind it is, before anything else of it can be read."""
    if isinstance(given, dict):
        kind = given.get("kind")
        if "kind" not in given:
            refuse([Fault(("kind",), "`kind` is missing", f"Add a line `kind:` with {one_of(tuple(KINDS))}.")])
        if not isinstance(kind, str) or kind not in KINDS:
            guess = did_you_mean(kind, tuple(KINDS))
            refuse([Fault(("kind",), "This is not a kind of saving", f"{guess}Write {one_of(tuple(KINDS))}.")])
    elif not isinstance(given, Saving):
        refuse([Fault((), "Names with values are needed here", "Write lines like `name: value`, indented.")])
    return given


def _tag(given: object) -> str:
    kind = given.get("kind") if isinstance(given, dict) else getattr(given, "kind", None)
    return f"<{kind}>"


SavingOfAKind = Annotated[
    Annotated[
        Annotated[StepDown, Tag("<step_down>")]
        | Annotated[EarlierPermanence, Tag("<earlier_permanence>")]
        | Annotated[AgencyToPermanent, Tag("<agency_to_permanent>")]
        | Annotated[LessTurnover, Tag("<less_turnover>")]
        | Annotated[LessSicknessCover, Tag("<less_sickness_cover>")]
        | Annotated[ProcessCosts, Tag("<process_costs>")]
        | Annotated[Income, Tag("<income>")]
        | Annotated[InHouseHome, Tag("<in_house_home>")]
        | Annotated[PerUnit, Tag("<per_unit>")],
        Discriminator(_tag),
    ],
    BeforeValidator(_known_kind),
]
