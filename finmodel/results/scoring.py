"""Options scored on criteria: the scores and who gave them, the ranks, and the weights at which the first two swap."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.scoring import ScoredOption, WrittenScoring
from finmodel.lines.line import Line
from finmodel.results.budget_flags import option_flags
from finmodel.results.figures import amount, reason, value


class CriterionResult(Struct, frozen=True):
    """A criterion; weight: its share of 1; who set it, and why."""

    id: str
    label: str
    weight: float
    who: str
    why: str


class ScoreResult(Struct, frozen=True):
    """A score of an option on a criterion, who gave it and why."""

    score: float
    who: str
    why: str


class ConditionResult(Struct, frozen=True):
    """Whether an option meets a critical condition; None where the case does not say."""

    label: str
    note: str
    met: bool | None
    why: str


class ScoredResult(Struct, frozen=True):
    """An option scored; scores: by criterion. Ranks begin at 1; business as usual has 0, for the rest is its change."""

    id: str
    title: str
    weighted_total: float
    scores: Mapping[str, ScoreResult]
    rank_by_score: int | None
    rank_by_net_present_budget_impact: int | None
    rank_by_net_present_budget_impact_reason: str | None
    flags: tuple[str, ...]
    critical_conditions: tuple[ConditionResult, ...]


class SwitchingWeight(Struct, frozen=True):
    """The weight of a criterion at which the first two options score alike; or why there is none."""

    criterion: str
    weight: float | None
    reason: str | None
    address: str


class ScoringResult(Struct, frozen=True):
    """The scores of a case; highest: the best score that can be given."""

    highest: float
    criteria: tuple[CriterionResult, ...]
    options: tuple[ScoredResult, ...]
    switching_weights: tuple[SwitchingWeight, ...]


def scoring_result(appraisal: Appraisal, written: WrittenScoring) -> ScoringResult:
    """The scores of a case."""
    return ScoringResult(
        highest=written.scoring.highest,
        criteria=tuple(
            CriterionResult(
                id=criterion.id,
                label=criterion.label,
                weight=criterion.weight.values[0],
                who=criterion.weight.provenance.owner or criterion.owner,
                why=criterion.weight.provenance.note or criterion.note,
            )
            for criterion in written.scoring.criteria
        ),
        options=tuple(_scored(appraisal, written, option) for option in written.options),
        switching_weights=tuple(
            SwitchingWeight(name, value(appraisal, line), reason(appraisal, line), line.address)
            for name, line in written.switching_weights.items()
        ),
    )


def _scored(appraisal: Appraisal, written: WrittenScoring, scored: ScoredOption) -> ScoredResult:
    name = scored.option.id
    return ScoredResult(
        id=name,
        title=scored.option.title,
        weighted_total=amount(appraisal, scored.weighted_total),
        scores={
            criterion.id: ScoreResult(
                score=amount(appraisal, scored.scores[criterion.id]),
                who=criterion.scores[name].provenance.owner or criterion.owner,
                why=criterion.scores[name].provenance.note,
            )
            for criterion in written.scoring.criteria
        },
        rank_by_score=_rank(appraisal, scored.rank_by_score),
        rank_by_net_present_budget_impact=_rank(appraisal, scored.rank_by_net_present_budget_impact),
        rank_by_net_present_budget_impact_reason=reason(appraisal, scored.rank_by_net_present_budget_impact),
        flags=tuple(option_flags(appraisal, written, scored)),
        critical_conditions=tuple(
            ConditionResult(
                label=condition.label,
                note=condition.note,
                met=condition.options[name].met if name in condition.options else None,
                why=condition.options[name].why if name in condition.options else "Not stated in the case.",
            )
            for condition in written.scoring.critical_conditions
        ),
    )


def _rank(appraisal: Appraisal, line: Line) -> int | None:
    rank = value(appraisal, line)
    return None if rank is None else int(rank)
