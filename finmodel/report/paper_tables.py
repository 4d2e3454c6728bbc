"""The tables of the committee paper, as the page's own tables are: text made of `results.json`. No sums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from finmodel.lines.display import number, plain_number, pounds
from finmodel.report.narrative_budget import stage_rows
from finmodel.report.page_tables import NO_FIGURE, Cell, Row, Table
from finmodel.report.wording import capital, day_words, is_nil, money, sentence

Found = dict[str, Any]


def brackets(value: float) -> str:
    """`1,234`, and below nil `(1,234)`, as budget tables print it; £ stands in the caption."""
    text = number(-value if value < 0 else value)
    return f"({text})" if value < 0 and text != "0" else text


def cost_by_year(option: Found, found: Found) -> Table:
    """What each post and other cost comes to in each year, and in all."""
    rows = [Row(each["title"], _pounds(each["cost"])) for each in (*option["posts"], *option["costs"])]
    rows.append(Row("Total cost", _pounds(option["by_year"]["cost"]), kind="total"))
    changed = any(other["status_quo"] and (other["posts"] or other["costs"]) for other in found["options"])
    note = "The total is the change from the status quo; the rows above it are the option’s own. " if changed else ""
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


def medium_term_table(option: Found, found: Found) -> Table | None:
    """Growth and savings as changes of the base budget, in the form that councils print."""
    given = option.get("mtfs")
    if not given:
        return None
    rows = [
        Row(line["label"], _brackets((*line["changes"], line["total"])), capital(line["kind"]))
        for line in given["lines"]
    ]
    total = given["total"]
    rows.append(Row("Total", _brackets((*total["changes"], total["total"])), kind="total"))
    if given.get("cumulative"):
        rows.append(Row("Cumulative", (*_brackets(given["cumulative"]), Cell(""))))
    return Table(
        f"mtfs-{option['id']}",
        f"Incremental changes of the base budget, £: {option['title']}",
        "£",
        (*_years(found), Cell("Total")),
        tuple(rows),
        "Growth is positive, savings stand in brackets. Each figure is the change from the year before, rounded to the "
        "pound by itself.",
    )


def funding_table(option: Found, found: Found) -> Table | None:
    """What is drawn from each source, and the reserve's account."""
    given = option.get("funding")
    if not given:
        return None
    rows = [
        Row(source["label"], (*_pounds(source["draw"]), Cell(pounds(source["total"])))) for source in given["sources"]
    ]
    if given.get("shortfall"):
        rows.append(
            Row("Not funded", (*_pounds(given["shortfall"]), Cell(money(given["total_shortfall"]))), kind="total")
        )
    reserve = given.get("reserve")
    if reserve:
        rows.append(Row(reserve["label"], kind="group"))
        rows += [
            Row(label, (*_pounds(reserve[name]), Cell("")), kind="total" if name == "closing" else "")
            for name, label in _RESERVE.items()
            if reserve.get(name)
        ]
    columns = (*_years(found), Cell("Total"))
    return Table(f"funding-{option['id']}", f"Funding: {option['title']}", "Cash of the year", columns, tuple(rows))


_RESERVE = {
    "opening": "Opening balance",
    "draw": "Drawn",
    "interest": "Interest",
    "repayment": "Repaid",
    "closing": "Closing balance",
}


def stages_table(found: Found) -> Table | None:
    """The cost of each stage, and how many children repay it."""
    rows = [
        Row(
            stage.get("title") or "Together",
            (
                Cell(money(stage.get("cost_full_year"))),
                Cell(_children(stage.get("children_to_repay"))),
            ),
            sentence(stage["note"]) if stage.get("note") else "",
        )
        for stage in stage_rows(found)
    ]
    columns = (Cell("Cost of a full year"), Cell("Children to repay it"))
    return Table("stages", "Stages", "Stage", columns, tuple(rows)) if rows else None


def _children(value: float | None) -> str:
    return NO_FIGURE if value is None else plain_number(value, 1)


def scoring_table(found: Found) -> Table | None:
    """Scores by criterion with weights, and the two rankings side by side."""
    given = found.get("scoring")
    if not given:
        return None
    titles = {option["id"]: option["title"] for option in found["options"]}
    entries = given["options"]
    rows = [
        Row(criterion["label"], tuple(_score(entry, criterion["id"]) for entry in entries), _weight(criterion))
        for criterion in given["criteria"]
    ]
    totals = tuple(Cell(_number(entry.get("weighted_total"), 2)) for entry in entries)
    rows.append(Row("Weighted total", totals, kind="total"))
    for name, label in (("rank_by_score", "Rank by score"), ("rank_by_net_present_value", "Rank by net present value")):
        rows.append(Row(label, tuple(Cell(_number(entry.get(name), 0)) for entry in entries)))
    columns = tuple(Cell(titles[entry["id"]]) for entry in entries)
    return Table("scoring", "Scores of the options", "Criterion", columns, tuple(rows))


def _score(entry: Found, criterion: str) -> Cell:
    given = entry["scores"].get(criterion)
    return Cell("Not scored") if given is None else Cell(plain_number(given["score"]))


def _weight(criterion: Found) -> str:
    who = f", scored by {criterion['who']}" if criterion.get("who") else ""
    return f"Weight {plain_number(criterion['weight'])}{who}"


def _number(value: float | None, places: int) -> str:
    return NO_FIGURE if value is None else number(value, places)


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


def _brackets(values: Sequence[float]) -> tuple[Cell, ...]:
    return tuple(Cell("0" if is_nil(value) else brackets(value)) for value in values)
