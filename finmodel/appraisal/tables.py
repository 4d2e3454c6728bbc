"""What an appraisal found as tidy tables: a row a figure, with its unit, its address and how sure it is.

Every figure is that of a line of the model; nothing is added up here. A long table is what pandas, a database or a
pivot table takes as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict

from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line

if TYPE_CHECKING:
    import pandas

    from finmodel.appraisal.appraise import Appraisal


class TidyRow(Struct, frozen=True):
    """A figure of a table.

    option, subject: ids, of the option and of the post, placement or line of the budget strategy; "" where it is of
    none. figure, label: its name, for a program and for a reader. period: `2026/27`, `2026-10`, "" for a figure of all
    years. value: in the unit, None where there is none, for the `reason`. confidence, source: of an input; "" of
    what is worked out. address: of its line, as `finmodel explain` takes it.
    """

    option: str
    subject: str
    figure: str
    label: str
    period: str
    value: float | None
    unit: str
    confidence: str
    source: str
    reason: str
    address: str


class OptionRow(Struct, frozen=True):
    """An option: its id and title, what it is among the options, and whether the case recommends it."""

    option: str
    title: str
    role: str
    recommended: bool
    status_quo: bool


def options(appraisal: Appraisal) -> Iterator[OptionRow]:
    """The options, in the order of the case."""
    case = appraisal.case
    for option in case.options:
        yield OptionRow(
            option.id,
            option.title,
            case.role_of(option) or "",
            option.id == case.recommended,
            option.id == case.status_quo,
        )


def years(appraisal: Appraisal) -> Iterator[TidyRow]:
    """What each option costs and saves by year, as the change from business as usual."""
    for option in appraisal.written.options:
        for name, line in option.yearly.items():
            yield from _figures(appraisal, line, option.option.id, "", name)


def months(appraisal: Appraisal) -> Iterator[TidyRow]:
    """The same by month."""
    for option in appraisal.written.options:
        for name, line in option.monthly.items():
            yield from _figures(appraisal, line, option.option.id, "", name)


def posts(appraisal: Appraisal) -> Iterator[TidyRow]:
    """Each post's cost, its full-year effect and what the cost is made of, by year; and what the case states of it."""
    for option in appraisal.written.options:
        name = option.option.id
        for post in option.own.posts:
            yield from _figures(appraisal, post.cost, name, post.post.id, "cost")
            yield from _figures(appraisal, post.full_year_effect, name, post.post.id, "full_year_effect")
            beginning = f"options.{name}.posts.{post.post.id}."
            for line in post.components:
                part = f"of_cost.{line.address.removeprefix(beginning)}"
                yield from _figures(appraisal, line, name, post.post.id, part)
            yield from _inputs(appraisal, beginning, name, post.post.id)


def placements(appraisal: Appraisal) -> Iterator[TidyRow]:
    """What the case states of each kind of placement, and what is worked out of it by year."""
    for name in appraisal.case.placements:
        beginning = f"placements.{name}."
        for line in appraisal.written.model:
            if line.address.startswith(beginning) and (line.is_input or line.timeline is not Timeline.MONTHS):
                yield from _figures(appraisal, line, "", name, line.address.removeprefix(beginning))


def mtfs(appraisal: Appraisal) -> Iterator[TidyRow]:
    """The lines of the medium-term financial strategy: what each comes to in a year, and the change in the budget."""
    for option, budget in appraisal.written.budget.options.items():
        for line in budget.mtfs.lines:
            yield from _figures(appraisal, line.yearly, option, line.reference, f"{line.kind}.yearly", line.label)
            yield from _figures(appraisal, line.change, option, line.reference, f"{line.kind}.change", line.label)
        yield from _figures(appraisal, budget.mtfs.net_change, option, "", "net_change")
        yield from _figures(appraisal, budget.mtfs.closing, option, "", "closing")


def measures(appraisal: Appraisal) -> Iterator[TidyRow]:
    """The measures of each option, each with its figure or the reason why there is none."""
    for option, found in appraisal.written.measures.items():
        for name, line in found.items():
            yield from _figures(appraisal, line, option, "", name)


def inputs(appraisal: Appraisal) -> Iterator[TidyRow]:
    """Every figure that is stated, published or a default, with its source and how sure it is."""
    yield from _inputs(appraisal, "", "", "")


TABLES: Mapping[str, Callable[[Appraisal], Iterator[TidyRow] | Iterator[OptionRow]]] = {
    "options": options,
    "years": years,
    "months": months,
    "posts": posts,
    "placements": placements,
    "mtfs": mtfs,
    "measures": measures,
    "inputs": inputs,
}


def long_frame(appraisal: Appraisal, table: str) -> pandas.DataFrame:
    """A table as pandas has it. KeyError with the names of all tables where there is none of this name."""
    import pandas as pd  # noqa: PLC0415 - heavy, and only for notebooks and tables

    if table not in TABLES:
        raise KeyError(f"there is no table {table!r}: the tables are {', '.join(TABLES)}")
    rows = [asdict(row) for row in TABLES[table](appraisal)]
    made = pd.DataFrame(rows, columns=list((OptionRow if table == "options" else TidyRow).__struct_fields__))
    return made.astype({"value": "float64"}) if "value" in made else made


def as_csv(appraisal: Appraisal, table: str) -> bytes:
    """A table as CSV in UTF-8, the first row the names of the columns; an empty cell where there is no figure."""
    text: str = long_frame(appraisal, table).to_csv(index=False, lineterminator="\n")
    return text.encode()


def as_parquet(appraisal: Appraisal, table: str) -> bytes:
    """A table as Parquet. ImportError where pyarrow is not installed."""
    content: bytes = long_frame(appraisal, table).to_parquet(None, engine="pyarrow", index=False)
    return content


def _inputs(appraisal: Appraisal, beginning: str, option: str, subject: str) -> Iterator[TidyRow]:
    for line in appraisal.written.model:
        if line.is_input and line.address.startswith(beginning):
            yield from _figures(appraisal, line, option, subject, line.address.removeprefix(beginning))


def _figures(
    appraisal: Appraisal, line: Line, option: str, subject: str, figure: str, label: str = ""
) -> Iterator[TidyRow]:
    """A row for each period of a line."""
    horizon = appraisal.case.horizon
    periods = {Timeline.ONCE: ("",), Timeline.YEARS: horizon.years, Timeline.MONTHS: horizon.months}[line.timeline]
    for number, (period, value) in enumerate(zip(periods, appraisal.results.figures(line), strict=True)):
        origin = line.origin_at(number)
        yield TidyRow(
            option=option,
            subject=subject,
            figure=figure,
            label=label or line.label,
            period=str(period),
            value=value,
            unit=line.unit,
            confidence=origin.confidence if origin else "",
            source=origin.source if origin else "",
            reason="" if value is not None else appraisal.results.reason(line, number),
            address=line.address,
        )
