"""Tables of the choice: scores beside money, conditions, switching weights, benefits without money, risks. No sums."""

from __future__ import annotations

from collections.abc import Sequence

from finmodel.document.notes_once import notes_once
from finmodel.document.table import NO_FIGURE, Cell, Row, Table
from finmodel.lines.display import inside, number, plain_number
from finmodel.report.page_tables import tags, titles, where_and_note
from finmodel.results.appraised import AppraisalResults
from finmodel.results.option import OptionResult
from finmodel.results.scoring import ConditionResult, CriterionResult, ScoredResult, ScoringResult, SwitchingWeight
from finmodel.results.wording import capital, money, sentence


def scores(found: AppraisalResults, scoring: ScoringResult) -> Table:
    """Scores by criterion with their weights; the rank by score beside the rank by money."""
    options, entries = {option.id: option for option in found.options}, scoring.options
    rows = [
        Row(criterion.label, tuple(_score(entry, criterion.id) for entry in entries), _weight(criterion))
        for criterion in scoring.criteria
    ]
    rows.append(Row("Weighted total", tuple(Cell(_number(entry.weighted_total, 2)) for entry in entries), "", "total"))
    rows.append(Row("Rank by score", tuple(Cell(_number(entry.rank_by_score, 0)) for entry in entries)))
    rows.append(Row("Rank by net present budget impact", tuple(map(_by_money, entries))))
    values = tuple(Cell(money(options[entry.id].measures.amount("net_present_budget_impact"))) for entry in entries)
    rows.append(Row("Net present budget impact", values))
    columns = tuple(Cell(entry.title, tags(options[entry.id])) for entry in entries)
    basis = inside(found.present_value_basis)
    note = f"Scores are out of {plain_number(scoring.highest)}. {_usual(entries)}Net present budget impact: {basis}"
    return notes_once(
        Table("scores-table", "Scores, and ranks by score and by money", "Criterion", columns, tuple(rows), note)
    )


def _usual(entries: Sequence[ScoredResult]) -> str:
    """Why an option has the rank 0."""
    has_none = any(entry.rank_by_score == 0 for entry in entries)
    return "Business as usual has rank 0: the others are compared with it. " if has_none else ""


def _score(entry: ScoredResult, criterion: str) -> Cell:
    given = entry.scores.get(criterion)
    if given is None:
        return Cell("Not scored")
    who = f"Scored by {sentence(given.who)}" if given.who else ""
    why = sentence(given.why) if given.why else ""
    return Cell(_plain(given.score), " ".join(text for text in (why, who) if text))


def _weight(criterion: CriterionResult) -> str:
    parts = [f"Weight {plain_number(criterion.weight)}"]
    parts += [f"set by {criterion.who}"] if criterion.who else []
    return " ".join(text for text in (sentence(", ".join(parts)), criterion.why) if text)


def _by_money(entry: ScoredResult) -> Cell:
    rank, reason = entry.rank_by_net_present_budget_impact, entry.rank_by_net_present_budget_impact_reason
    return Cell(NO_FIGURE, sentence(reason) if reason else "") if rank is None else Cell(number(rank))


def score_flags(scoring: ScoringResult) -> tuple[str, ...]:
    """What a reader must be shown of an option, each with the title of the option."""
    return tuple(f"{entry.title}: {flag}" for entry in scoring.options for flag in entry.flags)


_MET = {True: "Met", False: "Not met", None: "Not stated"}


def conditions(scoring: ScoringResult) -> Table:
    """Whether each option meets the conditions that none may miss."""
    entries = scoring.options
    labels = [(condition.label, condition.note) for condition in entries[0].critical_conditions]
    rows = tuple(
        Row(label, tuple(_verdict(entry.critical_conditions[place]) for entry in entries), note=note)
        for place, (label, note) in enumerate(labels)
    )
    columns = tuple(Cell(entry.title) for entry in entries)
    return Table("conditions", "Critical conditions", "Condition", columns, rows, figures=False)


def _verdict(condition: ConditionResult) -> Cell:
    return Cell(_MET[condition.met], sentence(condition.why) if condition.why else "")


def switching_weights(scoring: ScoringResult) -> Table:
    """The weight of each criterion at which another option would come first."""
    labels = {criterion.id: criterion for criterion in scoring.criteria}
    rows = tuple(
        Row(
            labels[each.criterion].label,
            (Cell(plain_number(labels[each.criterion].weight)), _switch(each)),
        )
        for each in scoring.switching_weights
    )
    columns = (Cell("Weight"), Cell("Weight at which the first changes"))
    return Table("switching-weights", "Weights at which another option comes first", "Criterion", columns, rows)


def _switch(each: SwitchingWeight) -> Cell:
    if each.weight is None:
        return Cell(NO_FIGURE, sentence(each.reason) if each.reason else "")
    return Cell(plain_number(each.weight))


def benefits_table(group: Sequence[OptionResult], index: int) -> Table:
    """Benefits that no money is put on."""
    rows = tuple(
        Row(
            each.what,
            (Cell(each.for_whom), Cell(each.measured_by), Cell(each.note, each.where)),
        )
        for each in group[0].other_benefits
    )
    columns = tuple(map(Cell, ("For whom", "Measured by", "Note")))
    caption = f"Benefits without money: {titles(group)}"
    return Table(f"other-benefits-{index}", caption, "Benefit", columns, rows, figures=False)


def risks_table(group: Sequence[OptionResult], index: int) -> Table:
    """Risks, how likely and how grave they are, and what is done about them."""
    rows = tuple(
        Row(
            each.what,
            (
                Cell(capital(each.likelihood or "")),
                Cell(capital(each.impact or "")),
                Cell(each.response, where_and_note(each.where, each.note)),
                Cell(each.owner),
            ),
        )
        for each in group[0].risk_table
    )
    columns = tuple(map(Cell, ("Likelihood", "Impact", "Response", "Owner")))
    return Table(f"risks-{index}", f"Risks: {titles(group)}", "Risk", columns, rows, figures=False)


def _plain(value: float | None) -> str:
    return NO_FIGURE if value is None else plain_number(value)


def _number(value: float | None, places: int) -> str:
    return NO_FIGURE if value is None else number(value, places)
