"""Paragraphs on the budget: funding, the medium-term financial strategy, stages, scores; where the case has them."""

from __future__ import annotations

from collections.abc import Sequence

from finmodel.lines.display import number, percent, pounds
from finmodel.report.capital_words import capital_spent, is_own_change, paid_from
from finmodel.results.appraised import AppraisalResults
from finmodel.results.funding import FundingResult, SourceResult
from finmodel.results.option import OptionResult
from finmodel.results.scoring import ScoringResult
from finmodel.results.stages import StageResult, StagesTogether
from finmodel.results.wording import children_and_whole, is_nil, listed, money, sentence, years_shown

_SHORTFALL = "Shortfall: "  # this flag is told with its total instead
_NO_GATE = "It waits for nothing."  # goes without saying of a stage without a gate


def funding(option: OptionResult, found: AppraisalResults) -> tuple[str, ...]:
    """From what it is paid, in order; what the reserve does; when it is repaid; what is not funded."""
    given = option.funding
    capital = _capital(option)
    if is_nil(option.measures.amount("total_cost")):
        return (capital,) if capital else ()
    if given is None:
        return (capital, "The case does not say how the cost is funded.")
    over = years_shown(found.years)
    sources = [
        f"{source.label}, {pounds(source.total)}{_limit(source)}"
        for source in given.sources
        if not is_nil(source.total)
    ]
    sentences = [f"It is funded over {over}, in this order, from: {'; '.join(sources)}."] if sources else []
    unused = [source.label for source in given.sources if is_nil(source.total)]
    if unused:
        sentences.append(f"Nothing is drawn from {listed(unused)}.")
    if option.requirement and any(source.kind == "savings" and sum(source.draw) for source in given.sources):
        sentences.append("The savings are there only if the requirement is met; nobody forecasts that it will be.")
    return (capital, " ".join(sentences), _reserve(given, found.years), _shortfall(given, found.years))


def _capital(option: OptionResult) -> str:
    spent = capital_spent(option)
    if spent is None or is_nil(max(spent.outlay.total, 0.0)):
        return ""
    than = "" if is_own_change(spent) else ", more than that of business as usual,"
    return f"The capital outlay of {pounds(spent.outlay.total)}{than} is paid for {paid_from(spent)}."


def _limit(source: SourceResult) -> str:
    return "" if source.limit is None else f" (up to {pounds(source.limit)})"


def _reserve(given: FundingResult, years: Sequence[str]) -> str:
    """How the reserve opens and closes, where its balance is stated; and when it is repaid."""
    reserve = given.reserve
    if reserve is None:
        return ""
    sentences = []
    if reserve.opening is not None and reserve.closing is not None:
        sentences += [
            f"The {_lower(reserve.label)} opens {years[0]} at {pounds(reserve.opening[0])} and closes "
            f"{years[-1]} at {pounds(reserve.closing[-1])}.",
            f"Its lowest balance is {money(given.lowest_balance)}.",
        ]
    reason = given.repaid_reason
    if given.repaid_year:
        sentences.append(f"It is repaid in full by {given.repaid_year}.")
    elif reason and not any(reason in flag for flag in given.flags):
        sentences.append(sentence(reason))
    return " ".join(sentences)


def _lower(label: str) -> str:
    """A label inside a sentence: an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _shortfall(given: FundingResult, years: Sequence[str]) -> str:
    """What no source pays for, in each year and in all; then the rest of what must be told."""
    short = [
        f"{pounds(amount)} in {year}" for amount, year in zip(given.shortfall, years, strict=True) if not is_nil(amount)
    ]
    sentences = _flagged(given)
    if short:
        sentences.insert(0, f"Not funded: {listed(short)}; {pounds(given.total_shortfall)} in all.")
    return " ".join(sentences)


def _flagged(given: FundingResult) -> list[str]:
    """The flags as sentences, those that speak of the same source joined into one; a shortfall is told elsewhere."""
    flags = [flag for flag in given.flags if not flag.startswith(_SHORTFALL)]
    sentences = []
    for label in (source.label for source in given.sources):
        said = [flag.removeprefix(f"{label}: ").rstrip(".") for flag in flags if flag.startswith(f"{label}: ")]
        if said:
            sentences.append(f"{label}: {'; '.join(said)}.")
            flags = [flag for flag in flags if not flag.startswith(f"{label}: ")]
    return [*sentences, *map(sentence, flags)]


def medium_term(option: OptionResult, found: AppraisalResults) -> tuple[str, ...]:
    """The change that the option makes to the base budget, year by year."""
    table = option.mtfs
    if all(map(is_nil, table.total.changes)):
        return ()
    changes = [f"{_change(amount)} in {year}" for amount, year in zip(table.total.changes, found.years, strict=True)]
    saves = any(line.kind == "saving" and not is_nil(line.total) for line in table.lines)
    doubt = " Its savings are a requirement, which nobody forecasts." if option.requirement and saves else ""
    return (
        f"It changes the base budget by {listed(changes)}, each on top of the year before; over the strategy that is "
        f"{_change(table.total.total)}.{doubt}",
        table.note,
    )


def _change(amount: float) -> str:
    if is_nil(amount):
        return "nothing"
    return f"growth of {pounds(amount)}" if amount > 0 else f"a saving of {pounds(-amount)}"


def stage_rows(found: AppraisalResults) -> list[tuple[str, StageResult | StagesTogether]]:
    """The stages, each with its title, and then those that count together."""
    given, together = found.stages, found.stages_together
    rows: list[tuple[str, StageResult | StagesTogether]] = [(stage.title, stage) for stage in given]
    if together is None:
        return rows
    several = "Both stages" if len(given) == 2 else "The stages"
    title = f"{several} together" if len(together.stages) == len(given) else "The stages that count, together"
    return [*rows, (title, together)]


def stages(found: AppraisalResults) -> tuple[str, ...]:
    """What each stage costs and how many children repay it, by the sum that papers print."""
    rows, basis = tuple(_stage(title, stage) for title, stage in stage_rows(found)), stage_basis(found)
    return (basis, *rows) if rows and basis else rows


def stage_basis(found: AppraisalResults) -> str:
    """By what the children of a stage are reckoned: not as those who repay an option, in all years."""
    together = found.stages_together
    if together is None or together.placement_cost is None:
        return ""
    price = pounds(together.placement_cost)
    return (
        f"Children who repay a stage: its cost of a full year ÷ {price}, a placement in the first year "
        f"({together.placement}), before deductions. That is the sum that papers print, and no forecast."
    )


def _stage(title: str, stage: StageResult | StagesTogether) -> str:
    sentences = [f"{title}: {pounds(stage.cost_full_year)} for a full year."]
    if stage.children_to_repay is not None:
        needed = children_and_whole(stage.children_to_repay, stage.children_to_repay_whole)
        sentences.append(f"Children fewer in care who repay it: {needed}.")
    elif stage.reason:
        sentences.append(f"How many children repay it cannot be said: {stage.reason}.")
    return " ".join(text for text in (*sentences, stage_note(stage)) if text)


def stage_note(stage: StageResult | StagesTogether) -> str:
    """Whether a stage goes ahead and on what condition, in sentences."""
    gated = isinstance(stage, StageResult) and stage.gate
    gate = f"It goes ahead on this condition: {sentence(gated)}" if gated else ""
    note = stage.note.removeprefix(_NO_GATE).strip()
    return " ".join(text for text in (gate, sentence(note) if note else "") if text)


def scoring(found: AppraisalResults) -> tuple[str, ...]:
    """How the options rank by score and by money, what is flagged of each, and which weights would change it."""
    given = found.scoring
    if given is None:
        return ()
    ranked = sorted((entry for entry in given.options if entry.rank_by_score), key=lambda e: e.rank_by_score or 0)
    usual = [entry for entry in given.options if entry.rank_by_score == 0]
    scores = [f"{entry.title} ({number(entry.weighted_total, 2)})" for entry in ranked]
    compared = [f"Business as usual, which has no rank, scores {number(entry.weighted_total, 2)}." for entry in usual]
    flags = [f"{entry.title}: {' '.join(map(sentence, entry.flags))}" for entry in given.options if entry.flags]
    order = [f"By weighted score the options rank: {'; '.join(scores)}."] if scores else []
    return (" ".join((*order, *compared)), *flags, _switching(given))


def _switching(given: ScoringResult) -> str:
    """`The first two would score alike if Reach weighed 71.4% and not 60.0%, or if …`"""
    labels = {criterion.id: criterion for criterion in given.criteria}
    changes = [
        f"{labels[each.criterion].label} weighed {percent(each.weight)} and not "
        f"{percent(labels[each.criterion].weight)}"
        for each in given.switching_weights
        if each.weight is not None
    ]
    if not changes:
        return ""
    return f"The first two would score alike if {', or if '.join(changes)}."
