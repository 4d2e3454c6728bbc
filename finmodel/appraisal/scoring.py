"""Options scored on weighted criteria, ranked by score and by money, and the weight at which their order changes.

Weighted total = sum of weight × score. Ties share a rank: options that score alike are both second, and the next is
fourth. Business as usual is what the others are compared with: it is scored, and its rank is 0. Source of the method:
multi-criteria analysis as English councils print it in options appraisals; the linear additive model of the Department
for Communities and Local Government's manual on multi-criteria analysis (2009).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from finmodel.appraisal.options import WrittenOption
from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.case.schema import Option
from finmodel.case.schema_budget import Criterion, Scoring
from finmodel.lines.arithmetic import add_up, compare, conditional
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import if_number, no_figure, number_if, ratio
from finmodel.lines.timing import look_up

SECTION = "Scoring"
NOT_TWO = "there are not two options to rank"
OUTSIDE = "Business as usual, which the others are compared with, is outside the ranking."
TIED = "the first two options score alike as it is"
NO_OTHERS = "it carries the whole weight, and the others have none to give"
NO_DIFFERENCE = "the first two options lead and follow by as much whatever it weighs"
NO_WEIGHT = "no weight from 0% to 100% changes which of the first two comes first"
NO_MONEY = "no money is stated for it"


class ScoredOption(Struct, frozen=True):
    """An option's scores by criterion (points), their weighted total, and its ranks, 1 for the best."""

    option: Option
    scores: dict[str, Line]
    weighted_total: Line
    rank_by_score: Line
    rank_by_net_present_budget_impact: Line


class WrittenScoring(Struct, frozen=True):
    """The scoring of a case; switching_weights: by criterion, a share, or why there is none."""

    scoring: Scoring
    options: tuple[ScoredOption, ...]
    switching_weights: dict[str, Line]


def write_scoring(
    book: Book, options: list[WrittenOption], measures: dict[str, dict[str, Line]]
) -> WrittenScoring | None:
    """Write the scores, totals, ranks and switching weights of a case; None where it scores nothing."""
    scoring = book.case.scoring
    if scoring is None:
        return None
    room = Room(book, "scoring", SECTION)
    weights = _weights(room, scoring.criteria)
    scores = {
        option.option.id: {found.id: _score(room, found, option.option) for found in scoring.criteria}
        for option in options
    }
    titles = {option.option.id: option.option.title for option in options}
    totals = {
        name: room.line(
            f"{name}.weighted_total", f"Weighted score of {titles[name]}", _weighted(found, weights), "points"
        )
        for name, found in scores.items()
    }
    by_score = _ranks(room, "rank_by_score", _labelled("Rank by score of", titles), totals, _closeness(book))
    values = {
        option.option.id: measures[option.option.id]["net_present_budget_impact"]
        for option in options
        if has_money(book, option)
    }
    key, labels = "rank_by_net_present_budget_impact", _labelled("Rank by net present budget impact of", titles)
    by_value = _ranks(room, key, labels, values, book.convention("tolerance"))
    for name in titles:
        if name not in by_value:
            by_value[name] = room.line(f"{name}.{key}", labels[name], no_figure(NO_MONEY, "number"), "number")
    scored = [
        ScoredOption(option.option, scores[name], totals[name], by_score[name], by_value[name])
        for option in options
        for name in [option.option.id]
    ]
    ranked = [option for option in scored if option.option.id != book.case.status_quo]
    return WrittenScoring(scoring, tuple(scored), _switching_weights(room, ranked, weights))


def _labelled(what: str, titles: dict[str, str]) -> dict[str, str]:
    return {name: f"{what} {title}" for name, title in titles.items()}


def has_money(book: Book, written: WrittenOption) -> bool:
    """Whether an option can be ranked by money: it states some, or it is business as usual next to one that does."""
    stated = [_states_money(option) for option in book.case.options]
    return _states_money(written.option) or (written.option.id == book.case.status_quo and any(stated))


def _states_money(option: Option) -> bool:
    return bool(option.posts or option.costs or option.benefits or option.savings)


def _closeness(book: Book) -> Line:
    """Scores that are nearer than this are alike: the dust of binary fractions makes no difference."""
    return book.definition("score_closeness", "Smallest difference of scores that counts", 1e-9, "points")


def _weights(room: Room, criteria: Sequence[Criterion]) -> dict[str, Line]:
    stated = {f"{found.id}.weight": (f"Weight of {found.label}", found.weight, found) for found in criteria}
    lines = room.within("criteria").shares_of_all(stated)
    return {found.id: lines[f"{found.id}.weight"] for found in criteria}


def _score(room: Room, criterion: Criterion, option: Option) -> Line:
    own = room.within(f"{option.id}.{criterion.id}", criterion)
    label = f"Score of {option.title} on {criterion.label}"
    return own.state("score", label, criterion.scores[option.id], "points", over=Timeline.YEARS)


def _weighted(scores: dict[str, Line], weights: dict[str, Line]) -> Expression:
    return literal(add_up([weights[criterion] * score for criterion, score in scores.items()]))


def _ranks(room: Room, key: str, labels: dict[str, str], figures: dict[str, Line], closeness: Line) -> dict[str, Line]:
    """1 + how many options are better by more than a trifle; business as usual is outside the ranking, at 0."""
    ranks, zero_line = {}, room.book.case.status_quo
    for name, figure in figures.items():
        rivals = [other for rival, other in figures.items() if rival not in (name, zero_line)]
        better = [compare(other, ">", figure + closeness) for other in rivals]
        rule = literal(0) if name == zero_line else literal(1) + literal(add_up(better))
        note = OUTSIDE if name == zero_line else ""
        ranks[name] = room.line(f"{name}.{key}", labels[name], rule, "number", note=note)
    return ranks


def _switching_weights(room: Room, scored: list[ScoredOption], weights: dict[str, Line]) -> dict[str, Line]:
    """The weight of each criterion at which the first two options score alike, the others keeping their proportions."""
    if len(scored) < 2:
        return {
            name: room.within(f"criteria.{name}").line(
                "switching_weight", f"{line.label} that changes the order", no_figure(NOT_TWO, "share"), "share"
            )
            for name, line in weights.items()
        }
    first, second = _places(room, scored)
    totals = [option.weighted_total for option in scored]
    rule = look_up(first, totals) - look_up(second, totals)
    lead = room.line("lead", "Lead of the first option over the second", rule, "points")
    return {
        name: _switching_weight(room.within(f"criteria.{name}"), name, weight, scored, (first, second, lead))
        for name, weight in weights.items()
    }


def _places(room: Room, scored: list[ScoredOption]) -> tuple[Line, Line]:
    """The places in the list of ranked options of the first and the second; of those alike, the earlier is first."""
    orders: list[Line] = []
    numbers: list[Line] = []
    for place, option in enumerate(scored):
        own, title = room.within(option.option.id), option.option.title
        note = "As the case lists its options, without business as usual."
        rule = literal(1) + (numbers[-1] if numbers else 0)
        numbers.append(own.line("place", f"Place in the list, {title}", rule, "number", note=note))
        alike = [compare(earlier.rank_by_score, "=", option.rank_by_score) for earlier in scored[:place]]
        rule = option.rank_by_score + literal(add_up(alike))
        orders.append(own.line("order", f"Order by score of {title}, no two alike", rule, "number"))
    second = room.book.definition("second", "Second", 2, "number")

    def at(name: str, label: str, order: Expression) -> Line:
        found = [number * compare(line, "=", order) for number, line in zip(numbers, orders, strict=True)]
        return room.line(name, label, literal(add_up(found)), "number")

    return (
        at("first_place", "Place in the list of the option that scores most", literal(1)),
        at("second_place", "Place in the list of the option that scores second", second),
    )


def _switching_weight(
    room: Room, name: str, weight: Line, scored: list[ScoredOption], leaders: tuple[Line, Line, Line]
) -> Line:
    """The weight w at which w × lead on it + (1 − w) × lead on the others, in proportion, is zero.

    With weight v today, the others' part of the lead is E = lead − v × here, so w = E ÷ (E − (1 − v) × here).
    """
    first, second, lead = leaders
    criterion = weight.label.removeprefix("Weight of ")
    close, scores = _closeness(room.book), [option.scores[name] for option in scored]
    rule = look_up(first, scores) - look_up(second, scores)
    here = room.line("lead", f"Lead of the first over the second on {criterion}", rule, "points")
    rule, label = lead - weight * here, f"Lead by all criteria but {criterion}, as they weigh"
    elsewhere = room.line("lead_elsewhere", label, rule, "points")
    difference = elsewhere - (1 - weight) * here
    small = compare(difference, "<", close) * compare(difference, ">", 0 - close)
    label = f"What a change of the weight of {criterion} can move"
    settled = room.line("difference", label, conditional(small, 0, difference), "points")
    label = f"Weight of {criterion} at which the first two would be level"
    raw = room.line("level_weight", label, ratio(elsewhere, settled, NO_DIFFERENCE), "share")
    trifle = room.book.definition("weight_closeness", "Smallest difference of weights that counts", 1e-9, "share")
    within = compare(raw, ">", trifle) * compare(raw, "<", 1 - trifle)  # at 0% or 100% they would only be level
    label = f"{label}, where it changes the order"
    found = room.line("ordering_weight", label, if_number(raw, number_if(within, raw, NO_WEIGHT)), "share")
    # Where the first two are level already, or nothing else has weight, the sum says nothing.
    return room.line(
        "switching_weight",
        f"Weight of {criterion} that changes the order of the first two",
        number_if(compare(lead, ">", close), number_if(compare(weight, "<", 1), found, NO_OTHERS), TIED),
        "share",
        note="The other weights shrink or grow in proportion.",
    )
