"""The tables of the committee paper, as the page's own tables are: text made of `results.json`. No sums."""

from __future__ import annotations

from collections.abc import Sequence

from finmodel.document.table import Cell, Row, Table
from finmodel.lines.display import plain_number
from finmodel.results.appraised import AppraisalResults
from finmodel.results.case_facts import PostPricing
from finmodel.results.option import OptionResult
from finmodel.results.wording import capital, day_words, money


def cost_by_year(option: OptionResult, found: AppraisalResults) -> Table:
    """What each post and other cost comes to in each year, and in all."""
    rows = [Row(post.title, _pounds(post.cost)) for post in option.posts]
    rows += [Row(cost.title, _pounds(cost.cost)) for cost in option.costs]
    itself = found.business_as_usual
    changed = itself is not None and itself.priced
    if itself is not None and changed:
        rows.append(Row(f"Less what business as usual costs: {itself.title}", _pounds(itself.cost.by_year)))
    rows.append(Row("Total cost", _pounds(option.by_year["cost"]), kind="total"))
    note = "The total is the change from business as usual. " if changed else ""
    return Table(
        f"cost-{option.id}",
        f"Cost by year: {option.title}",
        "Cash of the year",
        _years(found),
        tuple(rows),
        f"{note}Each figure is rounded to the pound by itself, so columns may not add up to the last pound.",
    )


def full_year(option: OptionResult, found: AppraisalResults) -> Table:
    """The posts: their FTE, the basis of their price and a full year's cost."""
    pricing = {post.id: post for post in found.paper.pricing.get(option.id, ())}
    rows = []
    for post in option.posts:
        fte = found.figure(f"options.{option.id}.posts.{post.id}.fte")
        told = pricing.get(post.id)
        cells = (
            Cell("varies" if fte is None else plain_number(fte)),
            Cell(_basis(told)),
            Cell(money(post.full_year_effect[0])),
        )
        rows.append(Row(post.title, cells))
    columns = (Cell("FTE"), Cell("Priced at"), Cell(f"Full year, {found.years[0]}"))
    note = "The full-year effect: what the year would cost with the posts filled in all twelve months."
    return Table(f"posts-{option.id}", f"Posts: {option.title}", "Post, cash of the year", columns, tuple(rows), note)


def _basis(told: PostPricing | None) -> str:
    if told is None or told.basis == "stated":
        return "Cost as stated"
    if told.basis == "grade":
        point = told.point if isinstance(told.point, str) else f"point {told.point}"
        return f"{capital(str(point))} of {told.grade}"
    return f"Salary of {told.grade}"


def sources(found: AppraisalResults) -> Table:
    """The documents that the case quotes."""
    rows = tuple(
        Row(
            source.title,
            (
                Cell(source.publisher),
                Cell(day_words(source.date) if source.date else ""),
                Cell(source.reference),
            ),
        )
        for source in found.paper.sources
    )
    columns = (Cell("Publisher"), Cell("Date"), Cell("Reference"))
    return Table("sources", "Documents quoted", "Document", columns, rows, figures=False)


def _years(found: AppraisalResults) -> tuple[Cell, ...]:
    return tuple(map(Cell, found.years))


def _pounds(values: Sequence[float | None]) -> tuple[Cell, ...]:
    return tuple(Cell(money(value)) for value in values)
