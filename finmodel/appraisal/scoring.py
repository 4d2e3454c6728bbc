"""Options scored on weighted criteria, ranked by score and by money, and the weight at which their order changes.

Weighted total = sum of weight × score. Ties share a rank: options that score alike are both second, and the next is
fourth. Source of the method: multi-criteria analysis as English councils print it in options appraisals; the linear
additive model of the Department for Communities and Local Government's manual on multi-criteria analysis (2009).
"""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.appraisal.options import WrittenOption
from finmodel.basis.book import Book
from finmodel.case.schema import Option
from finmodel.case.schema_budget import Criterion, Scoring
from finmodel.lines.arithmetic import add_up, compare, conditional
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import if_number, no_figure, number_if, ratio
from finmodel.lines.timing import look_up

SECTION = "Scoring"
ONE_OPTION = "there is only one option"
TIED = "the first two options score alike as it is"
NO_OTHERS = "it carries the whole weight, and the others have none to give"
NO_DIFFERENCE = "the first two options lead and follow by as much whatever it weighs"
NO_WEIGHT = "no weight from 0% to 100% changes which of the first two comes first"
NO_MONEY = "no money is stated for it"


@dataclass(frozen=True, slots=True)
class ScoredOption:
    """An option's scores by criterion (points), their weighted total, and its ranks, 1 for the best."""

    option: Option
    scores: dict[str, Line]
    weighted_total: Line
    rank_by_score: Line
    rank_by_net_present_value: Line


@dataclass(frozen=True, slots=True)
class WrittenScoring:
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
    weights = {found.id: _weight(book, found) for found in scoring.criteria}
    scores = {
        option.option.id: {found.id: _score(book, found, option.option) for found in scoring.criteria}
        for option in options
    }
    titles = {option.option.id: option.option.title for option in options}
    totals = {
        name: _put(
            book, f"{name}.weighted_total", f"Weighted score of {titles[name]}", _weighted(found, weights), "points"
        )
        for name, found in scores.items()
    }
    by_score = _ranks(book, "rank_by_score", _labelled("Rank by score of", titles), totals, _closeness(book))
    values = {
        option.option.id: _value(book, option, measures[option.option.id]["net_present_value"])
        for option in options
        if has_money(book, option)
    }
    by_value = _ranks(
        book,
        "rank_by_net_present_value",
        _labelled("Rank by net present value of", titles),
        values,
        book.convention("tolerance"),
    )
    for option in options:
        name = option.option.id
        if name not in by_value:
            by_value[name] = _put(
                book,
                f"{name}.rank_by_net_present_value",
                f"Rank by net present value of {titles[name]}",
                no_figure(NO_MONEY, "number"),
            )
    scored = [
        ScoredOption(option.option, scores[name], totals[name], by_score[name], by_value[name])
        for option in options
        for name in [option.option.id]
    ]
    return WrittenScoring(scoring, tuple(scored), _switching_weights(book, scored, weights))


def _value(book: Book, option: WrittenOption, own: Line) -> Line:
    """An option's net present value against the status quo: nil for the status quo, whatever it costs in itself."""
    if option.option.id != book.case.status_quo:
        return own
    label = f"Net present value of {option.option.title}, against itself"
    return _put(book, f"{option.option.id}.net_present_value", label, literal(0), "£")


def _labelled(what: str, titles: dict[str, str]) -> dict[str, str]:
    return {name: f"{what} {title}" for name, title in titles.items()}


def has_money(book: Book, written: WrittenOption) -> bool:
    """Whether an option can be ranked by money: it states some, or it is the status quo beside one that does."""
    stated = [_states_money(option) for option in book.case.options]
    return _states_money(written.option) or (written.option.id == book.case.status_quo and any(stated))


def _states_money(option: Option) -> bool:
    return bool(option.posts or option.costs or option.benefits or option.savings)


def _put(book: Book, name: str, label: str, rule: Expression, unit: str = "number", note: str = "") -> Line:
    return book.line(f"scoring.{name}", label, rule, unit, section=SECTION, note=note)


def _closeness(book: Book) -> Line:
    """Scores that are nearer than this are alike: the dust of binary fractions makes no difference."""
    return book.definition("score_closeness", "Smallest difference of scores that counts", 1e-9, "points")


def _weight(book: Book, criterion: Criterion) -> Line:
    return book.state(
        f"scoring.criteria.{criterion.id}.weight",
        f"Weight of {criterion.label}",
        criterion.weight,
        "share",
        owner=criterion,
        over=Timeline.YEARS,
        section=SECTION,
    )


def _score(book: Book, criterion: Criterion, option: Option) -> Line:
    return book.state(
        f"scoring.{option.id}.{criterion.id}.score",
        f"Score of {option.title} on {criterion.label}",
        criterion.scores[option.id],
        "points",
        owner=criterion,
        over=Timeline.YEARS,
        section=SECTION,
    )


def _weighted(scores: dict[str, Line], weights: dict[str, Line]) -> Expression:
    return literal(add_up([weights[criterion] * score for criterion, score in scores.items()]))


def _ranks(book: Book, key: str, labels: dict[str, str], figures: dict[str, Line], closeness: Line) -> dict[str, Line]:
    """1 + how many options are better by more than a trifle."""
    ranks = {}
    for name, figure in figures.items():
        better = [compare(other, ">", figure + closeness) for rival, other in figures.items() if rival != name]
        ranks[name] = _put(book, f"{name}.{key}", labels[name], literal(1) + literal(add_up(better)))
    return ranks


def _switching_weights(book: Book, scored: list[ScoredOption], weights: dict[str, Line]) -> dict[str, Line]:
    """The weight of each criterion at which the first two options score alike, the others keeping their proportions."""
    if len(scored) == 1:
        return {
            name: _put(
                book,
                f"criteria.{name}.switching_weight",
                f"{line.label} that changes the order",
                no_figure(ONE_OPTION, "share"),
                "share",
            )
            for name, line in weights.items()
        }
    first, second = _places(book, scored)
    totals = [option.weighted_total for option in scored]
    lead = _put(
        book,
        "lead",
        "Lead of the first option over the second",
        look_up(first, totals) - look_up(second, totals),
        "points",
    )
    return {
        name: _switching_weight(book, name, weight, scored, (first, second, lead)) for name, weight in weights.items()
    }


def _places(book: Book, scored: list[ScoredOption]) -> tuple[Line, Line]:
    """The places in the case's list of the options that come first and second; of those alike, the earlier first."""
    orders: list[Line] = []
    numbers: list[Line] = []
    for place, option in enumerate(scored):
        name = option.option.id
        numbers.append(
            book.counted(
                f"scoring.{name}.place",
                f"Place in the list, {option.option.title}",
                place + 1,
                "number",
                section=SECTION,
                note="As the case lists its options.",
            )
        )
        alike = [compare(earlier.rank_by_score, "=", option.rank_by_score) for earlier in scored[:place]]
        orders.append(
            _put(
                book,
                f"{name}.order",
                f"Order by score of {option.option.title}, no two alike",
                option.rank_by_score + literal(add_up(alike)),
            )
        )
    second = book.definition("second", "Second", 2, "number")

    def at(key: str, label: str, order: Expression) -> Line:
        found = [number * compare(line, "=", order) for number, line in zip(numbers, orders, strict=True)]
        return _put(book, key, label, literal(add_up(found)))

    return (
        at("first_place", "Place in the list of the option that scores most", literal(1)),
        at("second_place", "Place in the list of the option that scores second", second),
    )


def _switching_weight(
    book: Book, name: str, weight: Line, scored: list[ScoredOption], leaders: tuple[Line, Line, Line]
) -> Line:
    """The weight w at which w × lead on it + (1 − w) × lead on the others, in proportion, is nil.

    With weight v today, the others' part of the lead is E = lead − v × here, so w = E ÷ (E − (1 − v) × here).
    """
    first, second, lead = leaders
    criterion = weight.label.removeprefix("Weight of ")
    close = _closeness(book)
    key, scores = f"criteria.{name}", [option.scores[name] for option in scored]
    here = _put(
        book,
        f"{key}.lead",
        f"Lead of the first over the second on {criterion}",
        look_up(first, scores) - look_up(second, scores),
        "points",
    )
    elsewhere = _put(
        book,
        f"{key}.lead_elsewhere",
        f"Lead by all criteria but {criterion}, as they weigh",
        lead - weight * here,
        "points",
    )
    difference = elsewhere - (1 - weight) * here
    small = compare(difference, "<", close) * compare(difference, ">", 0 - close)
    settled = _put(
        book,
        f"{key}.difference",
        f"What a change of the weight of {criterion} can move",
        conditional(small, 0, difference),
        "points",
    )
    raw = _put(
        book,
        f"{key}.level_weight",
        f"Weight of {criterion} at which the first two would be level",
        ratio(elsewhere, settled, NO_DIFFERENCE),
        "share",
    )
    trifle = book.definition("weight_closeness", "Smallest difference of weights that counts", 1e-9, "share")
    within = compare(raw, ">", trifle) * compare(raw, "<", 1 - trifle)  # at 0% or 100% they would only be level
    found = if_number(raw, number_if(within, raw, NO_WEIGHT))
    # Where the first two are level already, or nothing else has weight, the sum says nothing.
    return _put(
        book,
        f"{key}.switching_weight",
        f"Weight of {criterion} that changes the order of the first two",
        number_if(compare(lead, ">", close), number_if(compare(weight, "<", 1), found, NO_OTHERS), TIED),
        "share",
        "The other weights shrink or grow in proportion.",
    )
