"""What `workload.yaml` may hold: the council, and what measures, shares, averages and rates of its tables mean.

`standard.yaml` beside this module is written in the same form. It holds what most councils count; a council's own file
adds to it, and what has the same id takes its place.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from finmodel.parsing.faults import or_refuse
from finmodel.parsing.fields import Identifier, Label, PartOfDate, Stated, Text, YesNo
from finmodel.parsing.numbers import number

Whole = Literal["people", "children", "cases", "plans", "referrals", "assessments", "posts", "events"]
MeasureUnit = Literal[
    "people", "children", "cases", "plans", "referrals", "assessments", "posts", "events",
    "FTE", "days", "days per FTE", "cases per FTE", "percent", "per 10,000", "number",
]  # fmt: skip
WHOLE_UNITS = frozenset(Whole.__args__)  # type: ignore[attr-defined]  # counted one by one
ADDED_UNITS = WHOLE_UNITS | {"FTE", "days"}  # whose sections add up to the whole
Ids = Annotated[list[Identifier], Field(min_length=1, max_length=40)]


class MeasureStated(Stated):
    """A measure: what its figures are, and how they hang together with others.

    kind: level (at the quarter's end), flow (in the quarter) or year (in the four quarters to its end).
    """

    label: Label
    unit: MeasureUnit = "number"
    kind: Literal["level", "flow", "year"] = "level"
    group: str = "other"
    definition: str = ""
    also: list[Label] = []  # other names that a table may have for it
    better: Literal["", "lower", "higher"] = ""
    fte_of: Identifier | None = None  # the same people as this measure, as full-time equivalents
    year_of: Identifier | None = None  # the flow whose four quarters it adds up
    part: Ids | None = None  # of a stated percentage or average: what is divided,
    of: Ids | None = None  # and by what
    compare: str = ""  # the published figure that it may be set beside


class RatioStated(Stated):
    """A share, an average or a rate, worked out: the sum of `part` over the sum of `of`."""

    label: Label
    group: str = "other"
    part: Ids
    of: Ids
    base: str = ""  # in words, where those made from the measures do not do
    note: str = ""
    better: Literal["", "lower", "higher"] = ""
    compare: str = ""


class TotalStated(Stated):
    """Parts that add up to a whole."""

    whole: Identifier
    parts: Ids
    exact: YesNo = True  # false: they need not come to the whole, but each is at most it


class MoveStated(Stated):
    """A level that goes up and down by flows: plans at the end, begun and ended."""

    level: Identifier
    into: Ids
    out: Ids


class NoteStated(Stated):
    """What a reader must know of a measure, such as a definition that changed."""

    measure: Identifier | None = None
    text: Text
    quarter: str = ""  # from which it holds


class PopulationStated(Stated):
    """Children under 18, for rates where the tables have no such measure."""

    value: Annotated[float, BeforeValidator(lambda given: or_refuse(number, given)), Field(gt=0)]
    as_at: PartOfDate | None = None
    source: Text
    assumed: YesNo = False


class GroupStated(Stated):
    """A part of the report."""

    title: Label
    intro: str = ""


class WorkloadFile(Stated):
    """`workload.yaml`."""

    council: str = ""  # its name or code in the published data, for comparators
    authority: str = ""  # as the report calls it
    title: Label = "Workload report"
    summary: str = ""
    source: str = ""
    to: str = ""  # the quarter that is reported; the newest of the tables where none is named
    show: Annotated[int, Field(ge=2, le=13)] = 5  # quarters side by side
    tables: list[Label] = []
    population: PopulationStated | None = None
    groups: dict[Identifier, GroupStated] = {}
    measures: dict[Identifier, MeasureStated] = {}
    shares: dict[Identifier, RatioStated] = {}
    averages: dict[Identifier, RatioStated] = {}
    rates: dict[Identifier, RatioStated] = {}
    totals: list[TotalStated] = []
    moves: list[MoveStated] = []
    notes: list[NoteStated] = []
    assumptions: list[Text] = []
    asked: list[Text] = []  # what the report lacks, to be asked for
