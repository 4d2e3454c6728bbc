"""What the page shows of the budget, the choice and the assurance: a fold a subject, made from results. No sums."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from finmodel.document.parts import Bullets, Fold, Heading, Notice, Paragraph, Part
from finmodel.document.table import Cell, Row, Table
from finmodel.lines.display import pounds
from finmodel.report.accounts_table import accounts_by_year, three_accounts
from finmodel.report.assurance_tables import assurance_tables
from finmodel.report.break_even_words import claims_table, solved_table
from finmodel.report.capital_table import capital_table
from finmodel.report.capital_words import capital_sentences, has_capital
from finmodel.report.evidence_tables import plausible_parts
from finmodel.report.mtfs_table import PrintedTable, bridge_table, mtfs_table
from finmodel.report.page_choice import benefits_table, conditions, risks_table, score_flags, scores, switching_weights
from finmodel.report.page_gains import gains, other_savings
from finmodel.report.page_tables import alike, tags, titles
from finmodel.report.page_value import business_as_usual, real_beside_nominal
from finmodel.report.reserve_table import note_on_balance, reserve_rows
from finmodel.results.appraised import AppraisalResults
from finmodel.results.break_even import ClaimNeeded
from finmodel.results.funding import FundingResult, SourceResult
from finmodel.results.option import OptionResult
from finmodel.results.stages import StageResult, StagesTogether
from finmodel.results.wording import capital, children_and_whole, is_nil, money, sentence, years_shown


def budget_folds(found: AppraisalResults) -> Iterator[Fold]:
    """What the results hold on money and choice, a fold a subject; none for what they do not hold."""
    made = (
        ("break-even", _what_it_takes(found), "", _break_even),
        (
            "mtfs",
            "Changes to the budget (MTFS)",
            "",
            _medium_term,
        ),
        ("funding", "Funding", "", _funding),
        ("capital", "Capital", "", _capital),
        ("stages", "Stages", "", _stages),
        ("value", "Three accounts", "", _value),
        ("gains", "Who gains", "", _gains),
        ("scores", "Scores next to money", "", _scores),
        ("benefits-risks", "Benefits without money, and risks", "", _qualities),
    )
    for name, heading, inside, subject in made:
        parts = tuple(subject(found))
        if parts:
            yield Fold(heading, inside, parts, id=name)


def assurance_fold(found: AppraisalResults) -> Iterator[Fold]:
    """The assurance pack, where the case keeps any of it."""
    parts = tuple(_assurance(found))
    if parts:
        yield Fold("Assurance", "", parts, id="assurance")


def _tables(tables: Iterable[Table], looks: str) -> Iterator[Part]:
    yield from (replace(table, looks=looks) for table in tables)


def _headed(group: Sequence[OptionResult]) -> Heading:
    """The titles of the options that what follows speaks of."""
    return Heading(titles(group), tags(group[0]) if len(group) == 1 else "")


def recommended_first(found: AppraisalResults) -> list[OptionResult]:
    """The options, the recommended one before the others."""
    return sorted(found.options, key=lambda option: not option.recommended)


def groups_with(
    found: AppraisalResults, has: Callable[[OptionResult], object], figures: Callable[[OptionResult], object]
) -> list[list[OptionResult]]:
    """The options that have something, in groups that are alike in their figures, the recommended first."""
    return alike([option for option in recommended_first(found) if has(option)], figures)


def _what_it_takes(found: AppraisalResults) -> str:
    beside = any(claim.beside is not None for option in found.options for claim in option.claims)
    return "What it would take, and is it plausible?" if beside else "What it would take"


def _break_even(found: AppraisalResults) -> Iterator[Part]:
    """What each saving must come to, the inputs that the case has solved for, and what stands beside the claims."""
    for index, group in enumerate(groups_with(found, _needs, _needs)):
        table = claims_table(group, index + 1)
        if table is not None:
            yield _headed(group)
            yield table
    solved = solved_table(found, [option.id for option in found.options])
    if solved is not None:
        yield Heading("Solved backwards")
        yield solved
    yield from plausible_parts(found)


def _needs(option: OptionResult) -> tuple[ClaimNeeded, ...]:
    return option.break_even


def _medium_term(found: AppraisalResults) -> Iterator[Part]:
    for index, group in enumerate(groups_with(found, lambda option: option.mtfs.lines, _changes)):
        yield from _tables(mtfs_tables(found, group, index + 1), "budget")


def _changes(option: OptionResult) -> object:
    return [(line.label, line.kind, line.changes) for line in option.mtfs.lines]


def mtfs_tables(found: AppraisalResults, group: Sequence[OptionResult], number: int) -> tuple[Table, Table]:
    """Changes to the base budget of options that are alike, as councils print them; and the bridge of each year."""
    bridge = bridge_table(group[0].mtfs, found.years, found.mtfs.shown_in)
    return (
        changes_to_budget(found, group, number),
        Table(
            f"bridge-{number}",
            f"From each year’s opening budget to its closing budget, {bridge.unit}: {titles(group)}",
            "Cash of the year, against the base before the first year",
            tuple(map(Cell, found.years)),
            tuple(_printed_rows(bridge, total=False)),
            bridge.note,
        ),
    )


def changes_to_budget(found: AppraisalResults, group: Sequence[OptionResult], number: int) -> Table:
    """The first of the two."""
    mtfs = group[0].mtfs
    lines = mtfs_table(mtfs, found.years, found.mtfs.shown_in)
    signs = "Growth is positive and savings stand in brackets. Each figure is the change from the year before."
    shared = f"These options have the same figures; the references are those of {group[0].title}."
    told = [signs, mtfs.note, shared if len(group) > 1 else "", lines.note]
    return Table(
        f"mtfs-{number}",
        f"Changes to the base budget, {lines.unit}: {titles(group)}",
        "Line, cash of the year",
        tuple(map(Cell, (*found.years, "Total"))),
        tuple(_printed_rows(lines, total=True)),
        " ".join(text for text in told if text),
    )


def _printed_rows(table: PrintedTable, *, total: bool) -> Iterator[Row]:
    for row in table.rows:
        kind = "total" if row.kind in ("part", "subtotal", "total") or row.label == "Closing" else ""
        texts = (*row.cells, row.total) if total else row.cells
        yield Row(f"{row.reference} {row.label}".strip(), tuple(map(Cell, texts)), kind=kind)


def _capital(found: AppraisalResults) -> Iterator[Part]:
    """Capital apart from the cost to revenue, and what falls after the years shown."""
    for index, group in enumerate(groups_with(found, has_capital, lambda option: option.capital)):
        table = capital_table(group, found, str(index + 1))
        yield _headed(group)
        yield from map(Paragraph, capital_sentences(group[0], found.years))
        yield from _tables((table,) if table else (), "budget")


def _funding(found: AppraisalResults) -> Iterator[Part]:
    for index, group in enumerate(groups_with(found, _how_funded, _how_funded)):
        given = group[0].funding
        yield _headed(group)
        if given is None or _needs_nothing(given):
            yield Paragraph("There is nothing to be funded.")
            continue
        tables = [_sources(given, found, group, index + 1), _reserve(given, found, group, index + 1)]
        short = not is_nil(given.total_shortfall)
        title = f"Not funded: {pounds(given.total_shortfall)} over {years_shown(found.years)}"
        flags = tuple(map(sentence, given.flags))
        if short:
            yield Notice(title, tuple(flag for flag in flags if flag.startswith("Shortfall")), alarm=True)
        if given.reserve:
            yield Paragraph(_repaid(given))
        others = tuple(flag for flag in flags if not (short and flag.startswith("Shortfall")))
        if others:
            yield Bullets(others)
        yield from _tables((table for table in tables if table is not None), "budget")


def _how_funded(option: OptionResult) -> FundingResult | None:
    return option.funding


def _needs_nothing(given: FundingResult) -> bool:
    closing = () if given.reserve is None else given.reserve.closing or ()
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


def _reserve(given: FundingResult, found: AppraisalResults, group: Sequence[OptionResult], number: int) -> Table | None:
    account = given.reserve
    if account is None:
        return None
    rows, caption = tuple(reserve_rows(account)), f"{account.label}: {titles(group)}"
    return Table(f"reserve-{number}", caption, "Cash of the year", _years(found), rows, note_on_balance(account))


def _stages(found: AppraisalResults) -> Iterator[Part]:
    given, together = found.stages, found.stages_together
    rows = [Row(stage.title, _stage_cells(stage), _stage_note(stage)) for stage in given]
    if rows and together:
        rows.append(Row("Together", _stage_cells(together), together.note, "total"))
    if rows:
        columns = (Cell("Counts"), Cell("Cost of a full year"), Cell("Children to break even"))
        table = Table(
            "stages-table",
            "Each stage, and all that count together",
            "Stage, cash of the year",
            columns,
            tuple(rows),
            _stage_basis(found),
        )
        yield from _tables((table,), "budget")


def _stage_basis(found: AppraisalResults) -> str:
    """By what the children of a stage are reckoned: not as those who repay an option, in all years."""
    together = found.stages_together
    if together is None or together.placement_cost is None:
        return ""
    price = pounds(together.placement_cost)
    return (
        f"Children to break even on a stage: its cost of a full year ÷ {price}, a placement in the first year "
        f"({together.placement}), before deductions. That is the sum that papers print, and no forecast."
    )


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
    yield from _tables((three_accounts(found),), "wide")
    alike_in = groups_with(found, lambda _: True, lambda option: option.accounts)
    by_year = (accounts_by_year(found, group, index + 1) for index, group in enumerate(alike_in))
    yield Heading("The accounts by year")
    yield from _tables(by_year, "budget")
    groups = groups_with(found, _moves, _in_both)
    made = (real_beside_nominal(found, group, index + 1) for index, group in enumerate(groups))
    tables = tuple(table for table in made if table is not None)
    if tables:
        yield Heading("Real and nominal, side by side")
        yield from _tables(tables, "budget")
    given_up = found.business_as_usual
    if given_up:
        table = business_as_usual(found)
        yield Heading("What business as usual costs")
        yield from _tables((table,), "budget") if table else (Paragraph(given_up.note),)


def _in_both(option: OptionResult) -> object:
    return option.real, option.by_year


def _moves(option: OptionResult) -> bool:
    """Whether an option has real figures, and costs or saves anything in any year."""
    real = {} if option.real is None else option.real.yearly
    return any(value is None or not is_nil(value) for name in ("cost", "net_saving") for value in real.get(name, ()))


def _gains(found: AppraisalResults) -> Iterator[Part]:
    made = [gains(found, group, index + 1) for index, group in enumerate(groups_with(found, _gained, _gained))]
    if made:
        told = "All other figures count this council’s cashable savings alone."
        yield Heading("Savings by who gains")
        yield Paragraph(told)
        yield from _tables(made, "budget")
    groups = groups_with(found, _other_savings, _other_savings)
    tables = tuple(other_savings(found, group, index + 1) for index, group in enumerate(groups))
    if tables:
        yield Heading("Savings other than an avoided placement")
        yield from _tables(tables, "budget")


def _other_savings(option: OptionResult) -> object:
    return [(each.title, each.by_year) for each in option.savings]


def _gained(option: OptionResult) -> object:
    return [(gain.body, gain.cashable, gain.by_year) for gain in option.public_value]


def _scores(found: AppraisalResults) -> Iterator[Part]:
    scoring = found.scoring
    if scoring is None:
        return
    yield from _tables((scores(found, scoring),), "wide")
    flags = score_flags(scoring)
    if flags:
        yield Heading("What to note")
        yield Bullets(flags)
    if any(option.critical_conditions for option in scoring.options):
        yield conditions(scoring)
    if scoring.switching_weights:
        yield switching_weights(scoring)


def _qualities(found: AppraisalResults) -> Iterator[Part]:
    for index, group in enumerate(groups_with(found, _without_money, _without_money)):
        yield benefits_table(group, index + 1)
    for index, group in enumerate(groups_with(found, _risks, _risks)):
        yield risks_table(group, index + 1)


def _without_money(option: OptionResult) -> object:
    return option.other_benefits


def _risks(option: OptionResult) -> object:
    return option.risk_table


def _assurance(found: AppraisalResults) -> Iterator[Part]:
    for table in assurance_tables(found.assurance):
        if not table.columns:
            yield Heading(table.caption)
            yield Bullets(tuple(capital(row.header) for row in table.rows))
        else:
            yield from _tables((table,), "log")


def _years(found: AppraisalResults) -> tuple[Cell, ...]:
    return tuple(map(Cell, found.years))


def _pounds(values: Sequence[float | None]) -> tuple[Cell, ...]:
    return tuple(Cell(money(value)) for value in values)
