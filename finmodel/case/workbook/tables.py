"""The sheets of the workbook and their columns, from the schema: what is one value has a column, what is many a sheet.

A pattern is an address in which `EACH` stands for a place in a list and `NAMED` for a name: `options`, EACH, `posts`,
EACH. A field of a mapping within an entry is a column of the entry's sheet: `stay`, `average_months`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel

from finmodel.case import (
    schema,
    schema_budget,
    schema_costs,
    schema_demand,
    schema_paper,
    schema_savings,
    schema_scenarios,
)
from finmodel.case.workbook.kinds import FieldShape, Kind, shapes_of
from finmodel.case.workbook.words import words_of
from finmodel.parsing.fields import Sourced
from finmodel.quoting import quoted

EACH, NAMED = "<each>", "<named>"
Pattern = tuple[str, ...]
FieldPath = tuple[str, ...]
PROVENANCE = tuple(Sourced.model_fields)
VALUE: FieldPath = ()  # of an entry that is itself a figure
NAME: FieldPath = ("<name>",)  # of an entry that goes by name


class SheetColumn(Struct, frozen=True):
    """A column of a sheet, or a line of a form.

    heading: without its unit. required: must be given in every row. holds: what it is, in a phrase.
    """

    path: FieldPath
    heading: str
    shape: FieldShape
    required: bool = False
    holds: str = ""
    example: str = ""

    @property
    def kind(self) -> Kind:
        """What is written in a cell of it."""
        return self.shape.kind or Kind.TEXT

    @property
    def unit(self) -> str:
        """What follows the heading in brackets."""
        return "" if self.kind in (Kind.WORD, Kind.NAME) else self.kind.value

    @property
    def title(self) -> str:
        """The heading as it is printed: with its unit, and a star where it must be given."""
        return f"{self.heading}{f' ({self.unit})' if self.unit else ''}{' *' if self.required else ''}"


class Parent(Struct, frozen=True):
    """The column that says to which entry of another sheet a row belongs."""

    heading: str
    sheet: str


class SheetTable(Struct, frozen=True):
    """A sheet with a row for every entry.

    core: the fields that a new workbook shows; the others are there where a case uses them. new: whether a new workbook
    has the sheet. texts: the lists of texts of which a row is one, where it is no sheet of entries.
    """

    sheet: str
    about: str
    pattern: Pattern
    columns: tuple[SheetColumn, ...] = ()
    parents: tuple[Parent, ...] = ()
    core: tuple[str, ...] = ()
    new: bool = False
    texts: tuple[SheetColumn, ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether its entries go by name."""
        return bool(self.pattern) and self.pattern[-1] == NAMED

    @property
    def label(self) -> SheetColumn | None:
        """The column by which a reader knows an entry."""
        return next((c for c in self.columns if c.path in (("label",), ("title",))), None)

    @property
    def key(self) -> SheetColumn | None:
        """The column with the short name of an entry."""
        return next((column for column in self.columns if column.path in (("id",), NAME)), None)

    def column(self, path: FieldPath) -> SheetColumn | None:
        """The column of a field."""
        return next((column for column in self.columns if column.path == path), None)


class Form(Struct, frozen=True):
    """A sheet with a line for every field: question, answer."""

    sheet: str
    about: str
    columns: tuple[SheetColumn, ...]
    core: tuple[str, ...] = ()
    new: bool = False


def _columns(models: tuple[type[BaseModel], ...], path: FieldPath = (), before: str = "") -> Iterator[SheetColumn]:
    """The columns of what may be one of several mappings, fields of mappings within them set out beside them."""
    names = dict.fromkeys(name for model in models for name in model.model_fields)
    for name in names:
        holders = [model for model in models if name in model.model_fields]
        shapes = [shapes_of(model)[name] for model in holders]
        shape = _together(shapes)
        words = words_of(holders[0], name)
        heading = f"{before}: {_uncapped(words.heading)}" if before else words.heading
        here = (*path, name)
        if shape.kind is not None:
            needed = (
                not path and len(holders) == len(models) and all(m.model_fields[name].is_required() for m in holders)
            )
            yield SheetColumn(here, heading, shape, needed, words.holds, words.example)
        if shape.mappings:
            yield from _columns(shape.mappings, here, heading if path or len(here) == 1 else before)


def _uncapped(heading: str) -> str:
    """Without its capital, if that is not part of an abbreviation such as MRP."""
    return heading if heading[1:2].isupper() else f"{heading[:1].lower()}{heading[1:]}"


def _together(shapes: list[FieldShape]) -> FieldShape:
    cell = next((shape for shape in shapes if shape.kind is not None), shapes[0])
    words = tuple(dict.fromkeys(word for shape in shapes for word in shape.words))
    mappings = tuple(dict.fromkeys(model for shape in shapes for model in shape.mappings))
    return replace(cell, words=words, mappings=mappings, figure=any(shape.figure for shape in shapes))


def _arranged(columns: Iterator[SheetColumn]) -> tuple[SheetColumn, ...]:
    """What an entry is called first, its source last; and its short name after that, which may be left out."""
    found = list(columns)
    first = [c for c in found if c.path in (("label",), ("title",), ("text",), ("what",), ("kind",))]
    last = [c for c in found if len(c.path) == 1 and c.path[0] in PROVENANCE]
    key = [replace(c, required=False) for c in found if c.path == ("id",)]
    rest = [c for c in found if c not in first and c not in last and c.path != ("id",)]
    return (*first, *rest, *last, *key)


_SHORT_NAME = SheetColumn(NAME, "Short name", FieldShape(Kind.NAME), holds="made from the name where it is left empty")


def _of_a_figure(heading: str, kind: Kind, key: SheetColumn, published: bool = False) -> tuple[SheetColumn, ...]:
    """The columns of a sheet whose entries are figures."""
    shape = FieldShape(kind, figure=True)
    example = {Kind.CHANGE: "2.5%", Kind.SHARE: "80%"}.get(kind, "7")
    value = SheetColumn(VALUE, heading, shape, required=not published, holds="the figure", example=example)
    rate = schema.PublishedRate
    words = words_of(rate, "published")
    named = SheetColumn(("published",), "Published rate", shapes_of(rate)["published"], holds=words.holds)
    sourced = [SheetColumn((name,), words_of(Sourced, name).heading, shapes_of(Sourced)[name]) for name in PROVENANCE]
    return (key, value, *((named,) if published else ()), *sourced)


def _table(
    sheet: str,
    about: str,
    pattern: Pattern,
    *models: type[BaseModel],
    parents: tuple[Parent, ...] = (),
    core: str = "",
    new: bool = False,
) -> SheetTable:
    columns = _arranged(_columns(models))
    if pattern[-1] == NAMED:
        columns = (*columns, _SHORT_NAME)
    return SheetTable(sheet, about, pattern, columns, parents, tuple(core.split()), new)


_NAMES = {"placements": "Foster care", "options": "A team of social workers"}


def _reference(heading: str, to: str) -> SheetColumn:
    return SheetColumn(
        NAME, heading, FieldShape(Kind.WORD, refers=to), required=True, holds=f"one of the {to}", example=_NAMES[to]
    )


_OPTION = Parent("Option", "Options")
_POST = Parent("Of the post", "Posts")
_OPTIONS = ("options", EACH)
_POSTS = (*_OPTIONS, "posts", EACH)
_COMMON = "source confidence note owner id <name>"


def _text_columns(model: type[BaseModel], path: FieldPath, *names: str) -> tuple[SheetColumn, ...]:
    return tuple(
        SheetColumn(
            (*path, name),
            words_of(model, name).heading,
            FieldShape(Kind.TEXT),
            holds=words_of(model, name).holds,
            example=words_of(model, name).example,
        )
        for name in names
    )


@cache
def tables() -> tuple[SheetTable, ...]:
    """Every sheet of entries, what others refer to first."""
    return (
        _table(
            "Options",
            "The ways forward, one a row. Keep one that goes on as now: the others are compared with it.",
            _OPTIONS,
            schema.Option,
            core=f"title role description {_COMMON}",
            new=True,
        ),
        SheetTable(
            "For and against",
            "What speaks for an option and what against, one point a row, as the paper prints it.",
            _OPTIONS,
            parents=(_OPTION,),
            new=True,
            texts=_text_columns(schema.Option, (), "advantages", "disadvantages", "risks"),
        ),
        _table(
            "Grades",
            "Grades of pay: points on the national (NJC) spine, or a salary, or an hour's pay.",
            ("grades", NAMED),
            schema.Grade,
            core=f"label points salary {_COMMON}",
            new=True,
        ),
        SheetTable(
            "Price rises",
            "Indices: by how much prices rise a year. Other sheets name one, or `none`; so does the deflator (Case), "
            "whose published rate is gdp-deflator.",
            ("inflation", NAMED),
            core=("", "published", *_COMMON.split()),
            new=True,
            columns=_of_a_figure(
                "Rise",
                Kind.CHANGE,
                SheetColumn(
                    NAME, "Index", FieldShape(Kind.NAME), required=True, holds="what it is called", example="Fees"
                ),
                published=True,
            ),
        ),
        _table(
            "Placements",
            "Types of placement for a child in care, and what one child costs.",
            ("placements", NAMED),
            schema.Placement,
            core=f"label unit_cost per price_base inflation where {_COMMON}",
            new=True,
        ),
        _table(
            "Posts",
            "The posts that an option pays for. Either a grade, or what one costs all-in.",
            _POSTS,
            schema.Post,
            parents=(_OPTION,),
            new=True,
            core=f"title fte grade annual_cost price_base inflation start end point vacancy_factor {_COMMON}",
        ),
        _table(
            "Supplements",
            "Additions to the pay of a post.",
            (*_POSTS, "supplements", EACH),
            schema.Supplement,
            parents=(_OPTION, _POST),
        ),
        _table(
            "Posts replaced",
            "Posts that end as another is filled, so that only the difference counts.",
            (*_POSTS, "replaces", EACH),
            schema.ExistingPost,
            parents=(_OPTION, _POST),
        ),
        _table(
            "Backfill",
            "Posts that do the work of somebody moved into another.",
            (*_POSTS, "backfill", EACH),
            schema.ExistingPost,
            parents=(_OPTION, _POST),
        ),
        _table(
            "Once per post",
            "Costs met once, as a post is filled.",
            (*_POSTS, "one_off", EACH),
            schema.OneOff,
            parents=(_OPTION, _POST),
        ),
        _table(
            "Yearly per FTE",
            "Costs of every year for each full-time equivalent.",
            (*_POSTS, "per_fte", EACH),
            schema.PerFte,
            parents=(_OPTION, _POST),
        ),
        _table(
            "Costs",
            "Costs that are not posts, of a year or a shorter time, or once.",
            (*_OPTIONS, "costs", EACH),
            schema_costs.OtherCost,
            parents=(_OPTION,),
            new=True,
            core=f"label amount per price_base inflation start end capital {_COMMON}",
        ),
        _table(
            "Placements avoided",
            "Children who need not be in care because of an option. Deductions must be stated, be they 0% or 100%.",
            (*_OPTIONS, "benefits", EACH),
            schema.Benefit,
            parents=(_OPTION,),
            new=True,
            core="label children entries_avoided stay.average_months start end lag_months deadweight optimism_bias "
            f"cashable budget_reduction where {_COMMON}",
        ),
        SheetTable(
            "Placement mix",
            "In which placements those children would be; the shares of one saving total 100%.",
            (*_OPTIONS, "benefits", EACH, "placements", NAMED),
            parents=(_OPTION, Parent("Saving", "Placements avoided")),
            columns=_of_a_figure("Share", Kind.SHARE, _reference("Placement", "placements")),
            core=("", "<name>"),
            new=True,
        ),
        _table(
            "Savings",
            "Other savings than placements avoided, each of a kind. Fill in what its kind needs.",
            (*_OPTIONS, "savings", EACH),
            *schema_savings.KINDS.values(),
            parents=(_OPTION,),
            new=True,
            core="label kind children from_placement to_placement per income.amount income.price_base income.inflation "
            f"start end deadweight optimism_bias cashable budget_reduction {_COMMON}",
        ),
        _table(
            "Processes",
            "The pieces of work that an entry to care sets off.",
            (*_OPTIONS, "savings", EACH, "processes", EACH),
            schema_savings.Process,
            parents=(_OPTION, Parent("Saving", "Savings")),
        ),
        _table(
            "Benefits without price",
            "What is gained and has no price here.",
            (*_OPTIONS, "other_benefits", EACH),
            schema_budget.OtherBenefit,
            parents=(_OPTION,),
        ),
        _table(
            "Risks",
            "Risks with their likelihood, impact and response.",
            (*_OPTIONS, "risk_table", EACH),
            schema_budget.Risk,
            parents=(_OPTION,),
        ),
        _table(
            "Funding",
            "What pays, in the order in which it is drawn on.",
            ("funding", "sources", EACH),
            schema_budget.FundingSource,
            core=f"label kind limit limit_a_year opening interest {_COMMON}",
            new=True,
        ),
        _table(
            "Option funding",
            "What pays for one option, in the place of the sheet Funding.",
            (*_OPTIONS, "funding", "sources", EACH),
            schema_budget.FundingSource,
            parents=(_OPTION,),
        ),
        *_of_demand(),
        _table("Stages", "Stages of the investment.", ("stages", EACH), schema_budget.Stage),
        _table(
            "Criteria",
            "What options are scored on; the weights total 100%.",
            ("scoring", "criteria", EACH),
            schema_budget.Criterion,
        ),
        SheetTable(
            "Scores",
            "A score for every option on every criterion.",
            ("scoring", "criteria", EACH, "scores", NAMED),
            parents=(Parent("Criterion", "Criteria"),),
            columns=_of_a_figure("Score", Kind.NUMBER, _reference("Option", "options")),
        ),
        _table(
            "Conditions",
            "What an option must meet whatever it scores.",
            ("scoring", "critical_conditions", EACH),
            schema_budget.CriticalCondition,
        ),
        _verdicts(),
        _table("Decisions", "Decisions taken on the way.", ("assurance", "decisions", EACH), schema_paper.Decision),
        _table(
            "Sign-off",
            "Who signed off which inputs: roles, never names.",
            ("assurance", "sign_off", EACH),
            schema_paper.SignedOff,
        ),
        _table(
            "Scenarios", "Named scenarios, side by side with the case.", ("scenarios", EACH), schema_scenarios.Scenario
        ),
        _table(
            "Scenario inputs",
            "What each scenario sets: inputs by address, and the figure of each.",
            ("scenarios", EACH, "set", EACH),
            schema_scenarios.ScenarioFigure,
            parents=(Parent("Scenario", "Scenarios"),),
        ),
        _table(
            "What if",
            "Inputs that are not the case's own, where it was made by `--set`. It changes nothing.",
            ("what_if", EACH),
            schema_scenarios.SetInput,
        ),
        _table(
            "Left out when published",
            "Inputs that a copy for publication leaves out, and why.",
            ("exempt", EACH),
            schema_paper.Exempt,
        ),
        _printed(),
        _table(
            "Workings of the paper",
            "How printed figures should go together.",
            ("stated", "workings", EACH),
            quoted.QuotedWorking,
        ),
        SheetTable(
            "Paragraphs",
            "Texts of the paper and the case that have several paragraphs or points, one a row.",
            (),
            texts=(
                *_text_columns(schema.Case, (), "purpose", "background", "recommendations", "levers"),
                *_text_columns(schema_budget.BreakEven, ("break_even",), "of"),
                *_text_columns(schema_paper.Assurance, ("assurance",), "carried_out", "known_limits"),
            ),
            new=True,
        ),
        _table(
            "Assumptions",
            "What was taken to be so, a sentence each.",
            ("assumptions", EACH),
            schema.Assumption,
            core=f"text why effect {_COMMON}",
            new=True,
        ),
        _table(
            "Sources",
            "Documents that figures come from. Other sheets name one.",
            ("sources", NAMED),
            schema.Source,
            core=f"title publisher date reference link {_COMMON}",
            new=True,
        ),
    )


def _of_demand() -> tuple[SheetTable, ...]:
    """The sheets of children looked after: every series of dated counts can be pasted, a count a row."""
    at, projections = "demand", Parent("Projection", "Projections")
    known = "A date is a day, or as much of it as is known: a month and its year, `late` and a year, or a year."
    count = schema_demand.Observation
    return (
        _table(
            "Counts",
            f"Children looked after, one count a row, in any order. {known} A gap stays a gap.",
            (at, "observations", EACH),
            count,
            core="date children about source where confidence note",
            new=True,
        ),
        _table(
            "Counts by group",
            f"The same counts by age band, placement or other group, a group a row. {known}",
            (at, "parts", EACH),
            schema_demand.PartOfCount,
        ),
        _table(
            "Entries and leavers",
            "Children who began and ceased to be looked after from one day to another, both included.",
            (at, "flows", EACH),
            schema_demand.Flow,
        ),
        _table(
            "Populations",
            "Children under 18 in the area, by whose figure; rates per 10,000 are by each of them.",
            (at, "populations", EACH),
            schema_demand.Population,
        ),
        _table(
            "Projections",
            "Ways in which the number would go on from the last count. No change is always there.",
            (at, "projections", EACH),
            schema_demand.Projection,
        ),
        _table(
            "Points ahead",
            f"The points of a projection that joins them. {known}",
            (at, "projections", EACH, "points", EACH),
            count,
            parents=(projections,),
        ),
        _table("Outturns", f"What came to be after the last count. {known}", (at, "outturns", EACH), count),
        _table("Planned counts", f"What is planned after the last count. {known}", (at, "planned", EACH), count),
        _table("Target counts", f"What is aimed at after the last count. {known}", (at, "target", EACH), count),
        _table(
            "Printed savings",
            "Savings that a paper prints as avoided.",
            (at, "claims", EACH),
            schema_demand.PrintedClaim,
        ),
        _table(
            "Claimed elsewhere",
            "Children whom other proposals claim already, before every option here.",
            (at, "claimed_elsewhere", EACH),
            schema_demand.ClaimedElsewhere,
        ),
        _table(
            "Spend and counts",
            "Spend of a year with the children it was for, the earliest year first; unit costs come of it.",
            (at, "unit_costs", EACH),
            schema_demand.UnitCostFromSpend,
        ),
    )


def _verdicts() -> SheetTable:
    columns = (_reference("Option", "options"), *_columns((schema_budget.Verdict,)))
    pattern = ("scoring", "critical_conditions", EACH, "options", NAMED)
    about = "Whether each option meets each condition, and why."
    return SheetTable("Conditions met", about, pattern, columns, (Parent("Condition", "Conditions"),))


def _printed() -> SheetTable:
    named = replace(_SHORT_NAME, heading="Name in workings", required=True, shape=FieldShape(Kind.TEXT))
    columns = (*_arranged(_columns((quoted.QuotedFigure,))), named)
    return SheetTable(
        "Printed figures", "Figures as the draft paper prints them.", ("stated", "figures", NAMED), columns
    )


_CORE_OF_THE_CASE = (
    "title council council.authority meeting.body meeting.date summary first_year years price_base discounting.rate "
    "discounting.schedule discounting.deflator pay_awards.percent on_costs.flat_rate on_costs.employer_pension "
    "on_costs.employer_pension.published children_in_care growth_in_base_budget"
)
_OF_DEMAND = ("demand",)
_OF_THE_PAPER = ("report_by", "monitoring", "implications", "assurance", "mtfs", "small_numbers")


@cache
def forms() -> tuple[Form, ...]:
    """The forms: what the whole case states, what only the paper needs, and what is so of all counts of children."""
    every = list(_columns((schema.Case,)))
    paper = tuple(_in_its_mapping(column) for column in every if column.path[0] in _OF_THE_PAPER)
    demand = tuple(_in_its_mapping(column) for column in every if column.path[0] in _OF_DEMAND)
    elsewhere = (*_OF_THE_PAPER, *_OF_DEMAND, "stated")
    case = tuple(_in_its_mapping(column) for column in every if column.path[0] not in elsewhere)
    about = "What is so of the whole proposal. A star marks what must be filled in."
    return (
        Form("Case", about, case, tuple(_CORE_OF_THE_CASE.split()), new=True),
        Form("Paper", "What the committee paper says beside the money. All of it may be left empty.", paper,
             ("report_by", "monitoring", *(".".join(c.path) for c in paper if c.path[0] == "implications")), new=True),
        Form("Demand", "What is so of all counts of children looked after. Empty where the case states none.", demand),
    )  # fmt: skip


_SAID_ALREADY = frozenset(
    ["demand", "discounting", "meeting", "pay_awards", "on_costs", "council", "implications", "assurance", "mtfs"]
).union(["break_even", "scoring", "funding"])


def _in_its_mapping(column: SheetColumn) -> SheetColumn:
    """Without the name of the mapping before its heading, where the heading says it already."""
    if len(column.path) >= 2 and column.path[0] in _SAID_ALREADY:
        short = column.heading.split(": ", 1)[-1]
        return replace(column, heading=short[:1].upper() + short[1:])
    return column


def table_of(sheet: str) -> SheetTable:
    """The table on a sheet."""
    return next(table for table in tables() if table.sheet == sheet)
