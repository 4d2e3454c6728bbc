"""The types that fields of a user's file may have, and the mappings that hold them: frozen, closed to unknown names.

`Money`, `Share`, `Change` and `Number` are quantities: one number, a list by year, or `{value: …}` /
`{by_year: {2015/16: …}}` / `{by_month: {2015-09: …}}` with `source`, `where`, `owner`, `confidence`, `as_at`, `note`
next to it. A field may say more of itself: an example for the message when it is missing (`Field(examples=…)`),
with places such as `$year` that the file fills itself (`finmodel/parsing/examples.py`).
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated, ClassVar

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import core_schema

from finmodel.lines.periods import FinancialYear, Month
from finmodel.parsing.declared import Refers, Rule
from finmodel.parsing.partial_dates import PartialDate
from finmodel.parsing.quantities import Confidence, Quantity
from finmodel.parsing.quantity_forms import (
    read_change,
    read_change_from_any_year,
    read_date,
    read_figure,
    read_financial_year,
    read_money,
    read_money_from_any_year,
    read_month,
    read_number,
    read_partial_date,
    read_share,
    read_whole_number,
    read_yes_no,
)


class Reads(Struct, frozen=True):
    """The reader that makes a field's value of what is written, or refuses it: pydantic need not know its type besides.

    A schema of each such type at each of some hundred fields was a third of what building a case's schema takes.
    func: takes what is written, and with `of_its_file` pydantic's information too, which holds the reading context.
    """

    func: Callable[..., object]
    of_its_file: bool = True

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """What pydantic asks of a mark."""
        if self.of_its_file:
            return core_schema.with_info_plain_validator_function(self.func)
        return core_schema.no_info_plain_validator_function(self.func)


Money = Annotated[Quantity, Reads(read_money), Field(examples=["£…"])]  # pounds, not negative
Share = Annotated[Quantity, Reads(read_share), Field(examples=["…%"])]  # 0 to 1; written 20% or 0.2
Change = Annotated[
    Quantity, Reads(read_change), Field(examples=["…%"])
]  # a yearly change, over -100% to 100%; may be negative
AwardChange = Annotated[Quantity, Reads(read_change_from_any_year)]  # a change, from whichever year it begins
AwardMoney = Annotated[Quantity, Reads(read_money_from_any_year)]  # pounds, from whichever year they begin
Number = Annotated[Quantity, Reads(read_number), Field(examples=["…"])]  # FTE, children, months; not negative
Year = Annotated[FinancialYear, Reads(read_financial_year), Field(examples=["$year"])]
MonthOf = Annotated[Month, Reads(read_month), Field(examples=["$month"])]
Date = Annotated[date, Reads(read_date, of_its_file=False), Field(examples=["$date"])]
PartOfDate = Annotated[PartialDate, Reads(read_partial_date, of_its_file=False), Field(examples=["$date"])]
Whole = Annotated[int, Reads(read_whole_number, of_its_file=False), Field(examples=["…"])]
PlainFigure = Annotated[
    float, Reads(read_figure, of_its_file=False), Field(examples=["…"])
]  # of any unit and either sign
YesNo = Annotated[bool, Reads(read_yes_no, of_its_file=False)]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$", examples=["$id"])]
Text = Annotated[str, Field(min_length=1, max_length=5000, examples=["…"])]
Label = Annotated[str, Field(min_length=1, max_length=160, examples=["$label"])]

SOURCES = Refers("sources")  # what a `source` names, of a mapping or of a quantity
STATED = "<stated>"  # a step in pydantic's addresses that is not in the user's file: the plain way of two


class Stated(BaseModel):
    """A mapping of a user's file: frozen, and any name that is not a field is a problem.

    RULES: which of its fields exclude, need or serve each other; those of the mappings that it is made from hold too.
    """

    RULES: ClassVar[tuple[Rule, ...]] = ()

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=True,
        str_strip_whitespace=True,
        defer_build=True,  # one validator for a whole case, and none for each of its parts
    )


class Sourced(Stated):
    """A mapping that may say where it came from."""

    source: Annotated[str, SOURCES] = ""
    where: str = ""
    owner: str = ""
    confidence: Confidence | None = None
    as_at: Date | None = None
    note: str = ""
