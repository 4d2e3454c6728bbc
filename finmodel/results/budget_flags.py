"""What a reader must be shown of the funding and the scoring of an option, in sentences."""

from __future__ import annotations

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.funding import WrittenFunding
from finmodel.appraisal.options import WrittenOption
from finmodel.appraisal.scoring import ScoredOption, WrittenScoring
from finmodel.lines.display import pounds, rounded
from finmodel.lines.line import Line
from finmodel.reference import last_flexible_year
from finmodel.results.wording import capital, listed

_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def funding_flags(appraisal: Appraisal, written: WrittenFunding) -> list[str]:
    """Shortfalls first, then what is not stated, then what the reserve comes to."""
    flags = _shortfalls(appraisal, written)
    flags += [
        f"{found.source.label}: limit not stated in the paper, so none is set."
        for found in written.sources
        if found.source.kind != "savings"
        and found.source.limit is None
        and found.source.limit_a_year is None
        and found.source.opening is None
    ]
    flags += [
        f"{found.source.label}: no direction lets capital receipts pay for reform after {last_flexible_year()}, so "
        "nothing is drawn after."
        for found in written.sources
        if found.source.kind == "flexible_receipts" and appraisal.case.horizon.last_year > last_flexible_year()
    ]
    account = written.reserve
    if account is None:
        return flags
    lowest = appraisal.results.figure(account.lowest_balance) or 0.0
    if account.source.opening is None:
        flags.append(
            f"{account.source.label}: its balance is not stated, so what is drawn and repaid is shown and no balance."
        )
    elif rounded(lowest, 2) <= 0:
        flags.append(f"{account.source.label}: its balance falls to {pounds(lowest)}.")
    flags += _unpaid(appraisal, written)
    return flags


def _shortfalls(appraisal: Appraisal, written: WrittenFunding) -> list[str]:
    years = appraisal.case.horizon.years
    amounts = _yearly(appraisal, written.shortfall)
    short = [f"{pounds(amount)} in {year}" for amount, year in zip(amounts, years, strict=True) if rounded(amount, 2)]
    return [f"Shortfall: no source pays for {listed(short)}."] if short else []


def _unpaid(appraisal: Appraisal, written: WrittenFunding) -> list[str]:
    """What is still owed to the reserve, and repayments that the saving left does not cover."""
    account = written.reserve
    if account is None:
        return []
    flags = []
    owed = _yearly(appraisal, account.outstanding)[-1]
    if rounded(owed, 2) > 0:
        repays = written.funding.repayment is not None and written.funding.repayment.rule != "none"
        said = (
            f"{pounds(owed)} of what is drawn is not repaid within the years shown"
            if repays
            else f"{pounds(owed)} is drawn in all, and no repayment to the reserve is stated"
        )
        flags.append(f"{account.source.label}: {said}.")
    repaid, left = _yearly(appraisal, account.repayment), _yearly(appraisal, written.saving_left)
    beyond = [
        f"{pounds(paid - has)} in {year}"
        for paid, has, year in zip(repaid, left, appraisal.case.horizon.years, strict=True)
        if rounded(paid - has, 2) > 0
    ]
    if beyond:
        flags.append(f"Repayments go beyond the saving that is left, by {listed(beyond)}; the budget must find it.")
    return flags


def _yearly(appraisal: Appraisal, line: Line) -> list[float]:
    return [value or 0.0 for value in appraisal.results.figures(line)]


def option_flags(appraisal: Appraisal, written: WrittenScoring, scored: ScoredOption) -> list[str]:
    """How the authors' choice, the score and the money go together; conditions that are not met."""
    name = scored.option.id
    if name == appraisal.case.status_quo:
        preferred = ["Preferred by the authors; it has no rank, for the others are compared with it."]
        return [*(preferred if name == appraisal.case.recommended else ()), *_conditions(written, name)]
    by_score, by_value = (
        appraisal.results.figure(scored.rank_by_score),
        appraisal.results.figure(scored.rank_by_net_present_budget_impact),
    )
    best_score, best_value = by_score == 1, by_value is None or by_value == 1
    flags = []
    on_score = f"{_place(by_score)} on score"
    on_value = "with no money stated" if by_value is None else f"{_place(by_value)} on net present budget impact"
    if name == appraisal.case.recommended and not (best_score and best_value):
        lower = [text for text, best in ((on_score, best_score), (on_value, best_value)) if not best]
        flags.append(f"The preferred option, {listed(lower)}.")
    elif name != appraisal.case.recommended and by_value is not None and best_score != best_value:
        flags.append(f"{capital(on_score)}, {on_value}.")
    if best_score and appraisal.case.recommended not in (None, name):
        flags.append("First on score, and not the preferred option.")
    flags += _below_business_as_usual(appraisal, written, scored)
    if sum(_same(appraisal, scored, other) for other in written.options) > 1:
        flags.append(f"It shares its rank by score, {_place(by_score)}.")
    return flags + _conditions(written, name)


def _below_business_as_usual(appraisal: Appraisal, written: WrittenScoring, scored: ScoredOption) -> list[str]:
    """That an option scores less than business as usual, or is worth less: its rank alone would not show it."""
    value, name = appraisal.results.figure, scored.option.id
    zero_line = next((other for other in written.options if other.option.id == appraisal.case.status_quo), None)
    if zero_line is None:
        return []
    flags = []
    apart = (value(scored.weighted_total) or 0.0) - (value(zero_line.weighted_total) or 0.0)
    if rounded(apart, 6) < 0:
        flags.append("It scores less than business as usual.")
    if rounded(value(appraisal.written.measures[name]["net_present_budget_impact"]) or 0.0, 2) < 0:
        flags.append("Its net present budget impact is below zero, that of business as usual.")
    return flags


def _same(appraisal: Appraisal, scored: ScoredOption, other: ScoredOption) -> bool:
    value = appraisal.results.figure
    return value(scored.rank_by_score) == value(other.rank_by_score)


def _conditions(written: WrittenScoring, name: str) -> list[str]:
    flags = []
    for condition in written.scoring.critical_conditions:
        verdict = condition.options.get(name)
        if verdict is None:
            flags.append(f"Whether it meets the critical condition “{condition.label}” is not stated.")
        elif not verdict.met:
            flags.append(f"It does not meet the critical condition “{condition.label}”, whatever it scores.")
    return flags


def _place(rank: float | None) -> str:
    number = int(rank or 0)
    return _PLACES[number - 1] if 1 <= number <= len(_PLACES) else f"number {number}"


def _falls_away(appraisal: Appraisal, written: WrittenOption) -> bool:
    """Whether business as usual costs something, which the option takes the place of."""
    before = written.status_quo
    if before is None:
        return False
    lines = [post.cost for post in before.posts] + [cost.cost for cost in before.costs if cost.cost is not None]
    return any(rounded(each or 0.0, 2) for line in lines for each in appraisal.results.figures(line))


def savings_note(appraisal: Appraisal, written: WrittenOption) -> str:
    """What a reader of the budget's table must know of its savings: what is not said of them, what is not limited."""
    split, value = written.own.split, appraisal.results.figures
    if written.is_business_as_usual:
        return ""
    notes = []
    if any(each.how == "not stated" for each in split.splits):
        notes.append("Of some savings it is not stated whether they reduce today's budget or avoid growth.")
    avoided = [] if split.avoided is None else value(split.avoided)
    if appraisal.case.growth_in_base_budget is None and any(rounded(each or 0.0, 2) for each in avoided):
        notes.append(
            "Growth avoided releases cash only as far as the base budget already holds that growth; how much it "
            "holds is not stated, so all of it is counted here."
        )
    if _falls_away(appraisal, written):
        notes.append(
            "What business as usual costs falls away: it is taken off the growth and counts as a reduction of today's "
            "budget, so far as that cost is in it. How far it is cannot be said of posts and costs."
        )
    return " ".join(notes)
