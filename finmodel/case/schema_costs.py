"""What a case may state of costs that are not posts: capital and how it is paid for, and what others give or bear."""

from typing import Annotated, Literal

from pydantic import Field

from finmodel.case.fields import Delay, IndexName, PriceBase
from finmodel.case.schema_periods import ForAPeriod, RecurringOrOnce
from finmodel.case.schema_savings import GradeOfEvidence, PricedAmount
from finmodel.case.schema_units import Units
from finmodel.parsing.declared import Holds, Needs, NoEffect, NotBoth, OnlyWith, one_number
from finmodel.parsing.fields import Change, Identifier, Label, Money, MonthOf, Share, Sourced, Stated, Whole, YesNo


class Financing(Stated):
    """How a borrowed outlay is repaid: by minimum revenue provision (MRP) over the life of the asset, with interest.

    mrp: `equal-instalments` (the default), the outlay ÷ life_years each year from the year after it; or `annuity`, by
    which MRP and interest together are the same every year.
    """

    life_years: Annotated[Whole, Field(ge=1, le=100)]
    rate: Annotated[Change, Holds(one_number, "A loan has one rate over its life", "Write one rate.")]
    mrp: Literal["equal-instalments", "annuity"] = "equal-instalments"


class Residual(PricedAmount):
    """What the asset is still worth, in the month in which it is counted; by default the last month of the case."""

    month: MonthOf | None = None


class OtherCost(Sourced, ForAPeriod):
    """A cost that is not a post: in the months between `start` and `end`, or once in the month `start`.

    capital: how an outlay that is shown separately from revenue is paid for: `borrowed`, so that revenue bears its MRP
    and interest; from capital `receipts`, from a `grant`, or `funded` where it is not said from which of the two, so
    that revenue bears nothing. residual: what the asset is still worth.
    in_kind: the body that gives it, without cash of this council's; the amount is what it costs that body. borne_by:
    who bears a cost that the option causes and that is not this council's. public_body: whether that is a public body;
    by default a giver is and others are not.
    units: how many there are of what the amount is for one of, such as families.
    delay_months: by how many months it falls later than stated; a residual value stays in its month.
    optimism_bias: share added to the amount for what such costs turn out to be more; or evidence_grade, from how well
    the cost is known, 1 to 6; or works, by the average overrun of such works. Nothing is added where none is stated.
    """

    RULES = (
        NotBoth(
            "capital", ("in_kind",), at="in_kind", because=": what is given is not capital that the council spends"
        ),
        NotBoth("borne_by", ("capital", "in_kind"), at="borne_by", because=": it is no cost of this council's"),
        OnlyWith("per: once", ("residual",)),
        Needs("per: once", ("start",)),
        NoEffect("per: once", ("end",), instead=", or write `per: year`"),
        Needs("capital: borrowed", ("financing",)),
        OnlyWith("capital: borrowed", ("financing",)),
        NotBoth("optimism_bias", ("evidence_grade", "works"), at="optimism_bias"),
        NotBoth("evidence_grade", ("works",), at="works"),
    )

    id: Identifier
    label: Label
    amount: Money
    per: RecurringOrOnce
    price_base: PriceBase
    inflation: IndexName
    start: MonthOf | None = None
    end: MonthOf | None = None
    delay_months: Delay | None = None
    optimism_bias: Share | None = None
    evidence_grade: GradeOfEvidence | None = None
    works: Literal["standard-building", "large-project"] | None = None
    capital: Literal["borrowed", "receipts", "grant", "funded"] | None = None
    financing: Annotated[Financing, Field(examples=["{life_years: …, rate: …%}"])] | None = None
    residual: (
        Annotated[Residual, Field(examples=["{amount: £…, price_base: $price_base, inflation: $index}"])] | None
    ) = None
    units: Annotated[Units, Field(examples=["{name: families, number: …}"])] | None = None
    in_kind: Label | None = None
    borne_by: Label | None = None
    public_body: YesNo | None = None
