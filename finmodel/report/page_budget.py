"""What the page shows of the budget, the choice and the assurance: sections of plain text made from `results.json`.

A section, and a part of one, stands only where the results hold what it shows. No sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from finmodel.document.table import Cell, Row, Table
from finmodel.lines.display import pounds
from finmodel.report.accounts_table import accounts_by_year, three_accounts
from finmodel.report.assurance_tables import assurance_tables
from finmodel.report.break_even_words import claims_table, solved_table
from finmodel.report.capital_table import capital_table
from finmodel.report.capital_words import capital_sentences, has_capital
from finmodel.report.mtfs_table import PrintedTable, bridge_table, mtfs_table
from finmodel.report.narrative import narrative
from finmodel.report.narrative_budget import stage_basis
from finmodel.report.page_choice import benefits_table, conditions, risks_table, score_flags, scores, switching_weights
from finmodel.report.page_gains import gains, other_savings
from finmodel.report.page_tables import alike, tags, titles
from finmodel.report.page_value import business_as_usual, real_beside_nominal
from finmodel.report.wording import capital, children_and_whole, is_nil, money, sentence, years_shown

Found = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a section. alarm: what a reader must not miss, its title first; folded: behind a heading that opens.

    looks: the class of its tables.
    """

    heading: str = ""
    tag: str = ""
    alarm: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    topics: tuple[tuple[str, tuple[str, ...]], ...] = ()
    looks: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page; `short` is what the list of contents calls it."""

    id: str
    heading: str
    short: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class BudgetView:
    """The sections on money and choice, and those on what stands behind the figures."""

    sections: tuple[Section, ...]
    assurance: tuple[Section, ...]


def budget_view(found: Found) -> BudgetView:
    """The sections that an appraisal's results hold anything for."""
    made = (
        Section("break-even", "What it would take", "What it would take", tuple(_break_even(found))),
        Section("mtfs", "Changes to the budget (MTFS)", "Budget changes", tuple(_medium_term(found))),
        Section("funding", "Funding", "Funding", tuple(_funding(found))),
        Section("capital", "Capital", "Capital", tuple(_capital(found))),
        Section("stages", "Stages", "Stages", tuple(_stages(found))),
        Section("value", "Three accounts: budget, public sector, society", "Three accounts", tuple(_value(found))),
        Section("gains", "Who gains", "Who gains", tuple(_gains(found))),
        Section("scores", "Scores beside money", "Scores", tuple(_scores(found))),
        Section("benefits-risks", "Benefits without money, and risks", "Benefits and risks", tuple(_qualities(found))),
        Section("implications", "Financial implications", "Financial implications", tuple(_implications(found))),
    )
    assured = Section("assurance", "Assurance", "Assurance", tuple(_assurance(found)))
    return BudgetView(tuple(each for each in made if each.parts), (assured,) if assured.parts else ())


def recommended_first(found: Found) -> list[Found]:
    """The options, the recommended one before the others."""
    return sorted(found["options"], key=lambda option: not option["recommended"])


def groups_with(found: Found, name: str, figures: Callable[[Found], Any]) -> list[list[Found]]:
    """The options that have something by a name, in groups that are alike in their figures, the recommended first."""
    return alike([option for option in recommended_first(found) if option.get(name)], figures)


def _break_even(found: Found) -> Iterator[Part]:
    """What each saving must come to, and the inputs that the case has solved for."""
    for index, group in enumerate(groups_with(found, "break_even", lambda option: option["break_even"])):
        table = claims_table(group, index + 1)
        if table is not None:
            yield _part_of(group, tables=(table,))
    solved = solved_table(found, [option["id"] for option in found["options"]])
    if solved is not None:
        yield Part("Solved backwards", tables=(solved,))


def _part_of(group: Sequence[Found], **what: Any) -> Part:
    tag = tags(group[0]) if len(group) == 1 else ""
    return Part(titles(group), tag, **what)


def _medium_term(found: Found) -> Iterator[Part]:
    groups = groups_with(found, "mtfs", _changes)
    for index, group in enumerate(group for group in groups if group[0]["mtfs"]["lines"]):
        yield Part(tables=_mtfs_tables(found, group, index + 1), looks="budget")


def _changes(option: Found) -> Any:
    return [(line["label"], line["kind"], line["changes"]) for line in option["mtfs"]["lines"]]


def _mtfs_tables(found: Found, group: Sequence[Found], number: int) -> tuple[Table, ...]:
    mtfs, years, shown_in = group[0]["mtfs"], found["years"], found["mtfs"]["shown_in"]
    lines, bridge = mtfs_table(mtfs, years, shown_in), bridge_table(mtfs, years, shown_in)
    signs = "Growth is positive and savings stand in brackets. Each figure is the change from the year before."
    shared = f"These options have the same figures; the references are those of {group[0]['title']}."
    told = [signs, mtfs["note"], shared if len(group) > 1 else "", lines.note]
    columns = tuple(map(Cell, (*years, "Total")))
    return (
        Table(
            f"mtfs-{number}",
            f"Changes to the base budget, {lines.unit}: {titles(group)}",
            "Line",
            columns,
            tuple(_printed_rows(lines, total=True)),
            " ".join(text for text in told if text),
        ),
        Table(
            f"bridge-{number}",
            f"From each year’s opening budget to its closing budget, {bridge.unit}: {titles(group)}",
            "Against the base before the first year",
            tuple(map(Cell, years)),
            tuple(_printed_rows(bridge, total=False)),
            bridge.note,
        ),
    )


def _printed_rows(table: PrintedTable, *, total: bool) -> Iterator[Row]:
    for row in table.rows:
        kind = "total" if row.kind in ("part", "subtotal", "total") or row.label == "Closing" else ""
        texts = (*row.cells, row.total) if total else row.cells
        yield Row(row.label, tuple(map(Cell, texts)), f"Reference {row.reference}" if row.reference else "", kind)


def _capital(found: Found) -> Iterator[Part]:
    """Capital apart from the cost to revenue, and what falls after the years shown."""
    groups = groups_with(found, "capital", lambda option: option["capital"])
    for index, group in enumerate(group for group in groups if has_capital(group[0])):
        table = capital_table(group, found, str(index + 1))
        yield _part_of(
            group,
            sentences=tuple(capital_sentences(group[0], found["years"])),
            tables=(table,) if table else (),
            looks="budget",
        )


def _funding(found: Found) -> Iterator[Part]:
    for index, group in enumerate(groups_with(found, "funding", lambda option: option["funding"])):
        given = group[0]["funding"]
        if _needs_nothing(given):
            yield _part_of(group, sentences=("There is nothing to be funded.",))
            continue
        tables = [_sources(found, group, index + 1), _reserve(found, group, index + 1)]
        short = not is_nil(given["total_shortfall"])
        title = f"Not funded: {pounds(given['total_shortfall'])} over {years_shown(found['years'])}"
        flags = tuple(map(sentence, given["flags"]))
        yield _part_of(
            group,
            alarm=(title, *(flag for flag in flags if flag.startswith("Shortfall"))) if short else (),
            sentences=(_repaid(given),) if given["reserve"] else (),
            flags=tuple(flag for flag in flags if not (short and flag.startswith("Shortfall"))),
            tables=tuple(table for table in tables if table is not None),
            looks="budget",
        )


def _needs_nothing(given: Found) -> bool:
    account = given["reserve"] or {"closing": []}
    return all(value is not None and is_nil(value) for value in (*given["need"], *account["closing"]))


def _repaid(given: Found) -> str:
    """When what is drawn from the reserve is repaid, or why not, and how low its balance falls."""
    if given["repaid_year"]:
        first = f"What is drawn from the reserve is repaid in full by {given['repaid_year']}."
    else:
        reason = sentence(given["repaid_reason"] or "no reason is given")
        first = f"There is no year in which the reserve is repaid. {reason}"
    lowest = given["lowest_balance"]
    return first if lowest is None else f"{first} Its lowest balance is {pounds(lowest)}."


def _sources(found: Found, group: Sequence[Found], number: int) -> Table:
    given = group[0]["funding"]
    rows = [Row("To be funded", (*_pounds(given["need"]), Cell("")))]
    rows += [
        Row(
            source["label"],
            (*_pounds(source["draw"]), Cell(money(source["total"]))),
            _limit(source),
        )
        for source in given["sources"]
    ]
    short = (*_pounds(given["shortfall"]), Cell(money(given["total_shortfall"])))
    rows.append(Row("Shortfall: not funded", short, kind="total"))
    return Table(
        f"funding-{number}",
        f"From what it is funded: {titles(group)}",
        "Cash of the year",
        (*_years(found), Cell("Total")),
        tuple(rows),
        "Sources are drawn on in this order, each up to its limit.",
    )


def _limit(source: Found) -> str:
    limit = "No limit stated" if source["limit"] is None else f"Limit {pounds(source['limit'])}"
    return ". ".join(text for text in (limit, source["where"], source["note"]) if text)


_ACCOUNT = {
    "opening": "Opening balance",
    "draw": "Drawn",
    "interest": "Interest",
    "repayment": "Repaid",
    "closing": "Closing balance",
}


def _reserve(found: Found, group: Sequence[Found], number: int) -> Table | None:
    account = group[0]["funding"]["reserve"]
    if not account:
        return None
    rows = tuple(
        Row(label, _pounds(account[name]), kind="total" if name == "closing" else "")
        for name, label in _ACCOUNT.items()
    )
    opening = "" if account["opening_stated"] else "Its balance is not stated, so it is counted from nil."
    caption = f"{account['label']}: {titles(group)}"
    return Table(f"reserve-{number}", caption, "Cash of the year", _years(found), rows, opening)


def _stages(found: Found) -> Iterator[Part]:
    given, together = found.get("stages") or [], found.get("stages_together")
    rows = [Row(stage["title"], _stage_cells(stage), _stage_note(stage)) for stage in given]
    if rows and together:
        rows.append(Row("Together", _stage_cells(together), together["note"], "total"))
    if rows:
        columns = (Cell("Counts"), Cell("Cost of a full year"), Cell("Children who repay it"))
        table = Table(
            "stages-table", "Each stage, and all that count together", "Stage", columns, tuple(rows), stage_basis(found)
        )
        yield Part(tables=(table,), looks="budget")


def _stage_cells(stage: Found) -> tuple[Cell, ...]:
    counts = "" if "stated" not in stage else "Yes" if stage["stated"] else "No"
    needed = children_and_whole(stage["children_to_repay"], stage["children_to_repay_whole"])
    reason = sentence(stage["reason"]) if stage["reason"] else ""
    return Cell(counts), Cell(money(stage["cost_full_year"])), Cell(needed, reason)


def _stage_note(stage: Found) -> str:
    gate = f"Gate: {sentence(stage['gate'])}" if stage["gate"] else ""
    return " ".join(text for text in (gate, stage["note"], sentence(stage["where"]) if stage["where"] else "") if text)


def _value(found: Found) -> Iterator[Part]:
    given = any(option.get("mtfs") and option["mtfs"]["lines"] for option in found["options"])
    if not given:
        return
    yield Part(tables=(three_accounts(found),), looks="wide")
    alike_in = groups_with(found, "accounts", lambda option: option["accounts"])
    by_year = tuple(accounts_by_year(found, group, index + 1) for index, group in enumerate(alike_in))
    yield Part("The accounts by year", tables=by_year, looks="budget", folded=True)
    groups = [group for group in groups_with(found, "real", _in_both) if _moves(group[0])]
    tables = tuple(real_beside_nominal(found, group, index + 1) for index, group in enumerate(groups))
    if tables:
        yield Part("Real and nominal, side by side", tables=tables, looks="budget")
    given_up = found.get("business_as_usual")
    if given_up:
        table = business_as_usual(found)
        sentences = () if table else (given_up["note"],)
        yield Part(
            "What business as usual costs", sentences=sentences, tables=(table,) if table else (), looks="budget"
        )


def _in_both(option: Found) -> Any:
    return option["real"], option["by_year"]


def _moves(option: Found) -> bool:
    """Whether an option costs or saves anything in any year."""
    return any(value is None or not is_nil(value) for name in ("cost", "net_saving") for value in option["real"][name])


def _gains(found: Found) -> Iterator[Part]:
    made = [gains(found, group, index + 1) for index, group in enumerate(groups_with(found, "public_value", _gained))]
    if made:
        told = "The figures elsewhere on this page count this council’s cashable savings alone."
        yield Part("Savings by who gains", sentences=(told,), tables=tuple(made), looks="budget")
    groups = groups_with(
        found, "savings", lambda option: [(each["title"], each["by_year"]) for each in option["savings"]]
    )
    tables = tuple(other_savings(found, group, index + 1) for index, group in enumerate(groups))
    if tables:
        yield Part("Savings other than an avoided placement", tables=tables, looks="budget")


def _gained(option: Found) -> Any:
    return [(gain["body"], gain["cashable"], gain["by_year"]) for gain in option["public_value"]]


def _scores(found: Found) -> Iterator[Part]:
    scoring = found.get("scoring")
    if not scoring:
        return
    yield Part(tables=(scores(found),), looks="wide")
    flags = score_flags(found)
    if flags:
        yield Part("What to note", flags=flags)
    if any(option["critical_conditions"] for option in scoring["options"]):
        yield Part(tables=(conditions(found),))
    if scoring["switching_weights"]:
        yield Part(tables=(switching_weights(found),))


def _qualities(found: Found) -> Iterator[Part]:
    made = (("other_benefits", benefits_table), ("risk_table", risks_table))
    for name, table in made:
        groups = groups_with(found, name, lambda option, name=name: option[name])  # type: ignore[misc]
        for index, group in enumerate(groups):
            yield Part(tables=(table(group, index + 1),))


def _implications(found: Found) -> Iterator[Part]:
    for option in narrative(found):
        topics = tuple((topic.title, topic.paragraphs) for topic in option.topics)
        if topics:
            yield Part(option.title, topics=topics)


def _assurance(found: Found) -> Iterator[Part]:
    for table in assurance_tables(found):
        if not table.columns:
            yield Part(table.caption, flags=tuple(capital(row.header) for row in table.rows))
        else:
            yield Part(tables=(table,), looks="log", folded=True)


def _years(found: Found) -> tuple[Cell, ...]:
    return tuple(map(Cell, found["years"]))


def _pounds(values: Sequence[float | None]) -> tuple[Cell, ...]:
    return tuple(Cell(money(value)) for value in values)
