"""The tables of the committee paper, as the page's own tables are: text made of `results.json`. No sums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from finmodel.document.table import Cell, Row, Table
from finmodel.lines.display import plain_number
from finmodel.results.wording import capital, day_words, money

Found = dict[str, Any]


def cost_by_year(option: Found, found: Found) -> Table:
    """What each post and other cost comes to in each year, and in all."""
    rows = [Row(each["title"], _pounds(each["cost"])) for each in (*option["posts"], *option["costs"])]
    itself = found["business_as_usual"]
    changed = itself is not None and itself["priced"]
    if changed:
        rows.append(Row(f"Less what business as usual costs: {itself['title']}", _pounds(itself["cost"]["by_year"])))
    rows.append(Row("Total cost", _pounds(option["by_year"]["cost"]), kind="total"))
    note = "The total is the change from business as usual. " if changed else ""
    return Table(
        f"cost-{option['id']}",
        f"Cost by year: {option['title']}",
        "Cash of the year",
        _years(found),
        tuple(rows),
        f"{note}Each figure is rounded to the pound by itself, so columns may not add up to the last pound.",
    )


def full_year(option: Found, found: Found) -> Table:
    """The posts: their FTE, the basis of their price and a full year's cost."""
    pricing = {post["id"]: post for post in found["paper"]["pricing"].get(option["id"], [])}
    rows = []
    for post in option["posts"]:
        fte = found["lines"].get(f"options.{option['id']}.posts.{post['id']}.fte", {}).get("value")
        told = pricing.get(post["id"], {})
        cells = (
            Cell("varies" if fte is None else plain_number(fte)),
            Cell(_basis(told)),
            Cell(money(post["full_year_effect"][0])),
        )
        rows.append(Row(post["title"], cells))
    columns = (Cell("FTE"), Cell("Priced at"), Cell(f"Full year, {found['years'][0]}"))
    note = "The full-year effect: what the year would cost with the posts filled in all twelve months."
    return Table(f"posts-{option['id']}", f"Posts: {option['title']}", "Post", columns, tuple(rows), note)


def _basis(told: Found) -> str:
    if told.get("basis") == "grade":
        point = told["point"] if isinstance(told["point"], str) else f"point {told['point']}"
        return f"{capital(str(point))} of {told['grade']}"
    return f"Salary of {told['grade']}" if told.get("basis") == "salary" else "Cost as stated"


def sources(found: Found) -> Table:
    """The documents that the case quotes."""
    rows = tuple(
        Row(
            source["title"],
            (
                Cell(source["publisher"]),
                Cell(day_words(source["date"]) if source["date"] else ""),
                Cell(source["reference"]),
            ),
        )
        for source in found["paper"]["sources"]
    )
    columns = (Cell("Publisher"), Cell("Date"), Cell("Reference"))
    return Table("sources", "Documents quoted", "Document", columns, rows, figures=False)


def _years(found: Found) -> tuple[Cell, ...]:
    return tuple(map(Cell, found["years"]))


def _pounds(values: Sequence[float | None]) -> tuple[Cell, ...]:
    return tuple(Cell(money(value)) for value in values)
