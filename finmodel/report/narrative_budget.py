"""Paragraphs on the budget: funding, the medium-term financial strategy, stages, scores; where the case has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from finmodel.lines.display import number, plain_number, pounds
from finmodel.report.wording import is_nil, listed, sentence, years_shown

Found = dict[str, Any]


def funding(option: Found, found: Found) -> tuple[str, ...]:
    """From what it is paid, in order; what the reserve does; when it is repaid; what is not funded."""
    given = option.get("funding")
    if is_nil(option["measures"]["total_cost"]):
        return ()
    if not given:
        return ("The case does not say how the cost is funded.",)
    over = years_shown(found["years"])
    sources = [
        f"{source['label']}, {pounds(source['total'])}{_limit(source)}"
        for source in given["sources"]
        if not is_nil(source["total"])
    ]
    sentences = [f"It is funded over {over}, in this order, from: {'; '.join(sources)}."] if sources else []
    unused = [source["label"] for source in given["sources"] if is_nil(source["total"])]
    if unused:
        sentences.append(f"Nothing is drawn from {listed(unused)}.")
    return (" ".join(sentences), _reserve(given, found["years"]), _shortfall(given, found["years"]))


def _limit(source: Found) -> str:
    return "" if source.get("limit") is None else f" (up to {pounds(source['limit'])})"


def _reserve(given: Found, years: Sequence[str]) -> str:
    reserve = given.get("reserve")
    if not reserve:
        return ""
    sentences = [
        f"The {_lower(reserve['label'])} opens {years[0]} at {pounds(reserve['opening'][0])} and closes {years[-1]} at "
        f"{pounds(reserve['closing'][-1])}."
    ]
    if given.get("lowest_balance") is not None:
        sentences.append(f"Its lowest balance is {pounds(given['lowest_balance'])}.")
    if given.get("repaid_year"):
        sentences.append(f"It is repaid in {given['repaid_year']}.")
    elif given.get("repaid_reason"):
        sentences.append(sentence(given["repaid_reason"]))
    return " ".join(sentences)


def _lower(label: str) -> str:
    """A label inside a sentence: an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _shortfall(given: Found, years: Sequence[str]) -> str:
    short = [
        f"{pounds(amount)} in {year}"
        for amount, year in zip(given.get("shortfall") or [], years, strict=False)
        if not is_nil(amount)
    ]
    sentences = [sentence(flag) for flag in given.get("flags") or []]
    if short:
        sentences.insert(0, f"Not funded: {listed(short)}; {pounds(given['total_shortfall'])} in all.")
    return " ".join(sentences)


def medium_term(option: Found, found: Found) -> tuple[str, ...]:
    """The change that the option makes to the base budget, year by year."""
    table = option.get("mtfs")
    if not table or all(map(is_nil, table["total"]["changes"])):
        return ()
    changes = [
        f"{_change(amount)} in {year}" for amount, year in zip(table["total"]["changes"], found["years"], strict=True)
    ]
    return (
        f"It changes the base budget by {listed(changes)}, each on top of the year before; over the strategy that is "
        f"{_change(table['total']['total'])}.",
    )


def _change(amount: float) -> str:
    if is_nil(amount):
        return "nothing"
    return f"growth of {pounds(amount)}" if amount > 0 else f"a saving of {pounds(-amount)}"


def stage_rows(found: Found) -> list[Found]:
    """The stages, and then all of them together where that is given."""
    given = found.get("stages") or []
    if isinstance(given, dict):
        together = [given["together"]] if given.get("together") else []
        return [*given.get("stages", []), *together]
    together = [found["stages_together"]] if found.get("stages_together") else []
    return [*given, *together]


def stages(found: Found) -> tuple[str, ...]:
    """What each stage costs and how many children repay it."""
    return tuple(map(_stage, stage_rows(found)))


def _stage(stage: Found) -> str:
    sentences = []
    if stage.get("cost_full_year") is not None:
        sentences.append(f"{stage.get('title') or 'Together'}: {pounds(stage['cost_full_year'])} for a full year.")
    if stage.get("children_to_repay") is not None:
        sentences.append(f"Children fewer in care who repay it: {plain_number(stage['children_to_repay'], 1)}.")
    if stage.get("stated") is False:
        sentences.append("It starts only on a further decision.")
    if stage.get("note"):
        sentences.append(sentence(stage["note"]))
    return " ".join(sentences)


def scoring(found: Found) -> tuple[str, ...]:
    """How the options rank by score and by money, side by side, with what is flagged."""
    given = found.get("scoring")
    if not given:
        return ()
    titles = {option["id"]: option["title"] for option in found["options"]}
    ranked = sorted(given["options"], key=lambda entry: entry.get("rank_by_score") or 0)
    scores = [f"{titles[entry['id']]} ({number(entry['weighted_total'], 2)})" for entry in ranked if _has_total(entry)]
    first = f"By weighted score the options rank: {'; '.join(scores)}." if scores else ""
    flags = [sentence(flag) for entry in given["options"] for flag in entry.get("flags") or []]
    return (first, " ".join(flags), " ".join(_unmet(given, titles)))


def _has_total(entry: Found) -> bool:
    return entry.get("weighted_total") is not None


def _unmet(given: Found, titles: dict[str, str]) -> list[str]:
    return [
        f"{titles[entry['id']]} does not meet a critical condition: {condition['label']}. "
        f"{sentence(condition['why']) if condition.get('why') else ''}".strip()
        for entry in given["options"]
        for condition in entry.get("critical_conditions") or []
        if not condition["met"]
    ]
