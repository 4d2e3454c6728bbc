"""The tables on the budget in the committee paper: MTFS, bridge, funding, stages, scores. No sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finmodel.document.table import NO_FIGURE, Cell, Row, Table
from finmodel.lines.display import number, percent, plain_number
from finmodel.report.mtfs_table import PrintedTable, bridge_table, mtfs_table
from finmodel.report.narrative_budget import stage_basis, stage_note, stage_rows
from finmodel.report.reserve_table import note_on_balance, reserve_rows
from finmodel.results.appraised import AppraisalResults
from finmodel.results.funding import ReserveResult, SourceResult
from finmodel.results.option import OptionResult
from finmodel.results.scoring import ConditionResult, ScoredResult, ScoringResult, SwitchingWeight
from finmodel.results.stages import StageResult, StagesTogether
from finmodel.results.wording import capital, children_and_whole, money, sentence

_FORM = "Growth is positive and savings stand in brackets; each figure is the change from the year before."
_BRIDGE = "Each year begins where the year before ended, counted from the budget before the first year."


def medium_term_tables(option: OptionResult, found: AppraisalResults) -> tuple[Table, ...]:
    """Growth and savings as changes of the base budget, as councils print them, and the bridge of each year."""
    given = option.mtfs
    shown_in = found.mtfs.shown_in
    changes, bridge = mtfs_table(given, found.years, shown_in), bridge_table(given, found.years, shown_in)
    return (
        Table(
            f"mtfs-{option.id}",
            f"Incremental changes of the base budget, {changes.unit}: {option.title}",
            f"{changes.unit}, cash of the year",
            (*_years(found), Cell("Total")),
            tuple(_printed(changes, with_total=True)),
            _joined(_FORM, given.note, changes.note),
        ),
        Table(
            f"bridge-{option.id}",
            f"From each year’s opening to its closing budget, {bridge.unit}: {option.title}",
            f"{bridge.unit}, cash of the year",
            _years(found),
            tuple(_printed(bridge, with_total=False)),
            _joined(_BRIDGE, bridge.note),
        ),
    )


def _printed(table: PrintedTable, with_total: bool) -> Iterator[Row]:
    for row in table.rows:
        kind = "total" if row.kind in ("part", "subtotal", "total") or row.label == "Closing" else ""
        texts = (*row.cells, row.total) if with_total else row.cells
        yield Row(row.label, tuple(map(Cell, texts)), row.reference, kind)


def _joined(*texts: str) -> str:
    return " ".join(text for text in texts if text)


def funding_table(option: OptionResult, found: AppraisalResults) -> Table | None:
    """What is to be funded, what is drawn from each source, what is not funded, and the reserve's account."""
    given = option.funding
    if given is None:
        return None
    in_all = found.figure(f"options.{option.id}.funding.need_in_all")
    rows = [Row("Cost to be funded", (*_pounds(given.need), Cell(money(in_all))))]
    rows += [
        Row(source.label, (*_pounds(source.draw), Cell(money(source.total))), _up_to(source))
        for source in given.sources
    ]
    short = (*_pounds(given.shortfall), Cell(money(given.total_shortfall)))
    rows.append(Row("Not funded", short, kind="total"))
    rows += _account(given.reserve)
    columns = (*_years(found), Cell("Total"))
    return Table(f"funding-{option.id}", f"Funding: {option.title}", "Cash of the year", columns, tuple(rows))


def _up_to(source: SourceResult) -> str:
    return "" if source.limit is None else f"Up to {money(source.limit)}"


def _account(reserve: ReserveResult | None) -> Iterator[Row]:
    if reserve is None:
        return
    yield Row(f"Account of: {reserve.label}", kind="group", note=note_on_balance(reserve))
    yield from reserve_rows(reserve, Cell(""))


def stages_table(found: AppraisalResults) -> Table | None:
    """The cost of each stage, and how many children repay it."""
    rows = [
        Row(
            title,
            (Cell(money(stage.cost_full_year)), _children(stage)),
            stage_note(stage),
            "total" if isinstance(stage, StagesTogether) else "",
        )
        for title, stage in stage_rows(found)
    ]
    columns = (Cell("Cost of a full year"), Cell("Children to repay it"))
    return (
        Table("stages", "Stages", "Stage, cash of the year", columns, tuple(rows), stage_basis(found)) if rows else None
    )


def _children(stage: StageResult | StagesTogether) -> Cell:
    exact = stage.children_to_repay
    if exact is None:
        return Cell(NO_FIGURE, sentence(stage.reason) if stage.reason else "")
    return Cell(children_and_whole(exact, stage.children_to_repay_whole))


def scoring_tables(found: AppraisalResults) -> tuple[Table, ...]:
    """Scores by criterion with weights and the two rankings side by side; then the critical conditions."""
    given = found.scoring
    if given is None:
        return ()
    conditions = _conditions(given)
    return (_scores(given), conditions) if conditions.rows else (_scores(given),)


def _scores(given: ScoringResult) -> Table:
    entries, changing = given.options, {each.criterion: each for each in given.switching_weights}
    rows = [
        Row(
            criterion.label,
            (
                Cell(percent(criterion.weight)),
                *(_score(entry, criterion.id) for entry in entries),
                _switching(changing.get(criterion.id)),
            ),
            sentence(f"weighed by {criterion.who}") if criterion.who else "",
        )
        for criterion in given.criteria
    ]
    totals = tuple(Cell(_number(entry.weighted_total, 2)) for entry in entries)
    rows.append(Row("Weighted total", (Cell(""), *totals, Cell("")), kind="total"))
    rows.append(Row("Rank by score", (Cell(""), *(Cell(_number(e.rank_by_score, 0)) for e in entries), Cell(""))))
    rows.append(Row("Rank by net present budget impact", (Cell(""), *map(_by_money, entries), Cell(""))))
    columns = (Cell("Weight"), *_titles(given), Cell("Weight at which the first two score alike"))
    return Table("scoring", "Scores of the options", "Criterion", columns, tuple(rows))


def _titles(given: ScoringResult) -> tuple[Cell, ...]:
    return tuple(Cell(entry.title) for entry in given.options)


def _score(entry: ScoredResult, criterion: str) -> Cell:
    given = entry.scores.get(criterion)
    return Cell("Not scored") if given is None else Cell(plain_number(given.score), given.why)


def _switching(change: SwitchingWeight | None) -> Cell:
    if change is None or change.weight is None:
        return Cell("None", sentence(change.reason) if change and change.reason else "")
    return Cell(percent(change.weight))


def _by_money(entry: ScoredResult) -> Cell:
    reason = entry.rank_by_net_present_budget_impact_reason
    return Cell(_number(entry.rank_by_net_present_budget_impact, 0), sentence(reason) if reason else "")


def _number(value: float | None, places: int) -> str:
    return NO_FIGURE if value is None else number(value, places)


def _conditions(given: ScoringResult) -> Table:
    """Whether each option meets each critical condition, and why."""
    labels = [(condition.label, condition.note) for condition in given.options[0].critical_conditions]
    rows = tuple(
        Row(label, tuple(_verdict(entry.critical_conditions[place]) for entry in given.options), note=note)
        for place, (label, note) in enumerate(labels)
    )
    return Table("conditions", "Critical conditions", "Condition", _titles(given), rows, figures=False)


_VERDICTS = {True: "Met", False: "Not met", None: "Not stated"}


def _verdict(condition: ConditionResult) -> Cell:
    why = condition.why if condition.met is not None else ""
    return Cell(_VERDICTS[condition.met], capital(why))


def _years(found: AppraisalResults) -> tuple[Cell, ...]:
    return tuple(map(Cell, found.years))


def _pounds(values: Sequence[float | None]) -> tuple[Cell, ...]:
    return tuple(Cell(money(value)) for value in values)
