"""What the page shows of the budget, the choice and the assurance: sections of plain text made from `results.json`.

A section, and a part of one, stands only where the results hold what it shows. No sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

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
from finmodel.results.appraised import AppraisalResults
from finmodel.results.break_even import ClaimNeeded
from finmodel.results.funding import FundingResult, SourceResult
from finmodel.results.option import OptionResult
from finmodel.results.stages import StageResult, StagesTogether
from finmodel.results.wording import capital, children_and_whole, is_nil, money, sentence, years_shown


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


def budget_view(found: AppraisalResults) -> BudgetView:
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


def recommended_first(found: AppraisalResults) -> list[OptionResult]:
    """The options, the recommended one before the others."""
    return sorted(found.options, key=lambda option: not option.recommended)


def groups_with(
    found: AppraisalResults, has: Callable[[OptionResult], object], figures: Callable[[OptionResult], object]
) -> list[list[OptionResult]]:
    """The options that have something, in groups that are alike in their figures, the recommended first."""
    return alike([option for option in recommended_first(found) if has(option)], figures)


def _break_even(found: AppraisalResults) -> Iterator[Part]:
    """What each saving must come to, and the inputs that the case has solved for."""
    for index, group in enumerate(groups_with(found, _needs, _needs)):
        table = claims_table(group, index + 1)
        if table is not None:
            yield _part_of(group, Part(tables=(table,)))
    solved = solved_table(found, [option.id for option in found.options])
    if solved is not None:
        yield Part("Solved backwards", tables=(solved,))


def _needs(option: OptionResult) -> tuple[ClaimNeeded, ...]:
    return option.break_even


def _part_of(group: Sequence[OptionResult], part: Part) -> Part:
    """A part under the titles of the options that it speaks of."""
    return replace(part, heading=titles(group), tag=tags(group[0]) if len(group) == 1 else "")


def _medium_term(found: AppraisalResults) -> Iterator[Part]:
    for index, group in enumerate(groups_with(found, lambda option: option.mtfs.lines, _changes)):
        yield Part(tables=_mtfs_tables(found, group, index + 1), looks="budget")


def _changes(option: OptionResult) -> object:
    return [(line.label, line.kind, line.changes) for line in option.mtfs.lines]


def _mtfs_tables(found: AppraisalResults, group: Sequence[OptionResult], number: int) -> tuple[Table, ...]:
    mtfs, years, shown_in = group[0].mtfs, found.years, found.mtfs.shown_in
    lines, bridge = mtfs_table(mtfs, years, shown_in), bridge_table(mtfs, years, shown_in)
    signs = "Growth is positive and savings stand in brackets. Each figure is the change from the year before."
    shared = f"These options have the same figures; the references are those of {group[0].title}."
    told = [signs, mtfs.note, shared if len(group) > 1 else "", lines.note]
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


def _capital(found: AppraisalResults) -> Iterator[Part]:
    """Capital apart from the cost to revenue, and what falls after the years shown."""
    for index, group in enumerate(groups_with(found, has_capital, lambda option: option.capital)):
        table = capital_table(group, found, str(index + 1))
        yield _part_of(
            group,
            Part(
                sentences=tuple(capital_sentences(group[0], found.years)),
                tables=(table,) if table else (),
                looks="budget",
            ),
        )


def _funding(found: AppraisalResults) -> Iterator[Part]:
    for index, group in enumerate(groups_with(found, _how_funded, _how_funded)):
        given = group[0].funding
        if given is None or _needs_nothing(given):
            yield _part_of(group, Part(sentences=("There is nothing to be funded.",)))
            continue
        tables = [_sources(given, found, group, index + 1), _reserve(given, found, group, index + 1)]
        short = not is_nil(given.total_shortfall)
        title = f"Not funded: {pounds(given.total_shortfall)} over {years_shown(found.years)}"
        flags = tuple(map(sentence, given.flags))
        yield _part_of(
            group,
            Part(
                alarm=(title, *(flag for flag in flags if flag.startswith("Shortfall"))) if short else (),
                sentences=(_repaid(given),) if given.reserve else (),
                flags=tuple(flag for flag in flags if not (short and flag.startswith("Shortfall"))),
                tables=tuple(table for table in tables if table is not None),
                looks="budget",
            ),
        )


def _how_funded(option: OptionResult) -> FundingResult | None:
    return option.funding


def _needs_nothing(given: FundingResult) -> bool:
    closing = () if given.reserve is None else given.reserve.closing
    return all(map(is_nil, (*given.need, *closing)))


def _repaid(given: FundingResult) -> str:
    """When what is drawn from the reserve is repaid, or why not, and how low its balance falls."""
    if given.repaid_year:
        first = f"What is drawn from the reserve is repaid in full by {given.repaid_year}."
    else:
        reason = sentence(given.repaid_reason or "no reason is given")
        first = f"There is no year in which the reserve is repaid. {reason}"
    lowest = given.lowest_balance
    return first if lowest is None else f"{first} Its lowest balance is {pounds(lowest)}."


def _sources(given: FundingResult, found: AppraisalResults, group: Sequence[OptionResult], number: int) -> Table:
    rows = [Row("To be funded", (*_pounds(given.need), Cell("")))]
    rows += [
        Row(
            source.label,
            (*_pounds(source.draw), Cell(money(source.total))),
            _limit(source),
        )
        for source in given.sources
    ]
    short = (*_pounds(given.shortfall), Cell(money(given.total_shortfall)))
    rows.append(Row("Shortfall: not funded", short, kind="total"))
    return Table(
        f"funding-{number}",
        f"From what it is funded: {titles(group)}",
        "Cash of the year",
        (*_years(found), Cell("Total")),
        tuple(rows),
        "Sources are drawn on in this order, each up to its limit.",
    )


def _limit(source: SourceResult) -> str:
    limit = "No limit stated" if source.limit is None else f"Limit {pounds(source.limit)}"
    return ". ".join(text for text in (limit, source.where, source.note) if text)


_ACCOUNT = {
    "opening": "Opening balance",
    "draw": "Drawn",
    "interest": "Interest",
    "repayment": "Repaid",
    "closing": "Closing balance",
}


def _reserve(given: FundingResult, found: AppraisalResults, group: Sequence[OptionResult], number: int) -> Table | None:
    account = given.reserve
    if account is None:
        return None
    rows = tuple(
        Row(_ACCOUNT[name], _pounds(values), kind="total" if name == "closing" else "")
        for name, values in account.account.items()
    )
    opening = "" if account.opening_stated else "Its balance is not stated, so it is counted from nil."
    caption = f"{account.label}: {titles(group)}"
    return Table(f"reserve-{number}", caption, "Cash of the year", _years(found), rows, opening)


def _stages(found: AppraisalResults) -> Iterator[Part]:
    given, together = found.stages, found.stages_together
    rows = [Row(stage.title, _stage_cells(stage), _stage_note(stage)) for stage in given]
    if rows and together:
        rows.append(Row("Together", _stage_cells(together), together.note, "total"))
    if rows:
        columns = (Cell("Counts"), Cell("Cost of a full year"), Cell("Children who repay it"))
        table = Table(
            "stages-table", "Each stage, and all that count together", "Stage", columns, tuple(rows), stage_basis(found)
        )
        yield Part(tables=(table,), looks="budget")


def _stage_cells(stage: StageResult | StagesTogether) -> tuple[Cell, ...]:
    counts = "" if isinstance(stage, StagesTogether) else "Yes" if stage.stated else "No"
    needed = children_and_whole(stage.children_to_repay, stage.children_to_repay_whole)
    reason = sentence(stage.reason) if stage.reason else ""
    return Cell(counts), Cell(money(stage.cost_full_year)), Cell(needed, reason)


def _stage_note(stage: StageResult) -> str:
    gate = f"Gate: {sentence(stage.gate)}" if stage.gate else ""
    return " ".join(text for text in (gate, stage.note, sentence(stage.where) if stage.where else "") if text)


def _value(found: AppraisalResults) -> Iterator[Part]:
    given = any(option.mtfs.lines for option in found.options)
    if not given:
        return
    yield Part(tables=(three_accounts(found),), looks="wide")
    alike_in = groups_with(found, lambda _: True, lambda option: option.accounts)
    by_year = tuple(accounts_by_year(found, group, index + 1) for index, group in enumerate(alike_in))
    yield Part("The accounts by year", tables=by_year, looks="budget", folded=True)
    groups = groups_with(found, _moves, _in_both)
    made = (real_beside_nominal(found, group, index + 1) for index, group in enumerate(groups))
    tables = tuple(table for table in made if table is not None)
    if tables:
        yield Part("Real and nominal, side by side", tables=tables, looks="budget")
    given_up = found.business_as_usual
    if given_up:
        table = business_as_usual(found)
        sentences = () if table else (given_up.note,)
        yield Part(
            "What business as usual costs", sentences=sentences, tables=(table,) if table else (), looks="budget"
        )


def _in_both(option: OptionResult) -> object:
    return option.real, option.by_year


def _moves(option: OptionResult) -> bool:
    """Whether an option has real figures, and costs or saves anything in any year."""
    real = {} if option.real is None else option.real.yearly
    return any(value is None or not is_nil(value) for name in ("cost", "net_saving") for value in real.get(name, ()))


def _gains(found: AppraisalResults) -> Iterator[Part]:
    made = [gains(found, group, index + 1) for index, group in enumerate(groups_with(found, _gained, _gained))]
    if made:
        told = "The figures elsewhere on this page count this council’s cashable savings alone."
        yield Part("Savings by who gains", sentences=(told,), tables=tuple(made), looks="budget")
    groups = groups_with(found, _other_savings, _other_savings)
    tables = tuple(other_savings(found, group, index + 1) for index, group in enumerate(groups))
    if tables:
        yield Part("Savings other than an avoided placement", tables=tables, looks="budget")


def _other_savings(option: OptionResult) -> object:
    return [(each.title, each.by_year) for each in option.savings]


def _gained(option: OptionResult) -> object:
    return [(gain.body, gain.cashable, gain.by_year) for gain in option.public_value]


def _scores(found: AppraisalResults) -> Iterator[Part]:
    scoring = found.scoring
    if scoring is None:
        return
    yield Part(tables=(scores(found, scoring),), looks="wide")
    flags = score_flags(scoring)
    if flags:
        yield Part("What to note", flags=flags)
    if any(option.critical_conditions for option in scoring.options):
        yield Part(tables=(conditions(scoring),))
    if scoring.switching_weights:
        yield Part(tables=(switching_weights(scoring),))


def _qualities(found: AppraisalResults) -> Iterator[Part]:
    for index, group in enumerate(groups_with(found, _without_money, _without_money)):
        yield Part(tables=(benefits_table(group, index + 1),))
    for index, group in enumerate(groups_with(found, _risks, _risks)):
        yield Part(tables=(risks_table(group, index + 1),))


def _without_money(option: OptionResult) -> object:
    return option.other_benefits


def _risks(option: OptionResult) -> object:
    return option.risk_table


def _implications(found: AppraisalResults) -> Iterator[Part]:
    for option in narrative(found):
        topics = tuple((topic.title, topic.paragraphs) for topic in option.topics)
        if topics:
            yield Part(option.title, topics=topics)


def _assurance(found: AppraisalResults) -> Iterator[Part]:
    for table in assurance_tables(found.assurance):
        if not table.columns:
            yield Part(table.caption, flags=tuple(capital(row.header) for row in table.rows))
        else:
            yield Part(tables=(table,), looks="log", folded=True)


def _years(found: AppraisalResults) -> tuple[Cell, ...]:
    return tuple(map(Cell, found.years))


def _pounds(values: Sequence[float | None]) -> tuple[Cell, ...]:
    return tuple(Cell(money(value)) for value in values)
