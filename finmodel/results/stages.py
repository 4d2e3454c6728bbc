"""The stages of an investment, each alone and those that count together, with the children who repay them."""

from __future__ import annotations

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.stages import WrittenStage, why
from finmodel.case.schema import Case
from finmodel.results.figures import amount, reason, value


class StageResult(Struct, frozen=True):
    """A stage: what a full year of it costs, £, and the children who repay it. stated: whether it counts."""

    id: str
    title: str
    stated: bool
    gate: str
    passed: bool | None
    cost_full_year: float
    children_to_repay: float | None
    children_to_repay_whole: float | None
    reason: str | None
    where: str
    note: str


class StagesTogether(Struct, frozen=True):
    """The stages that count, by id, as one; placement_cost: £ a child of the placement that they are reckoned in."""

    stages: tuple[str, ...]
    cost_full_year: float
    children_to_repay: float | None
    children_to_repay_whole: float | None
    placement: str
    placement_cost: float | None
    reason: str | None
    note: str


def stage_results(appraisal: Appraisal) -> tuple[StageResult, ...]:
    """Each stage by itself; none where the case states none."""
    stages = appraisal.written.budget.stages
    return () if stages is None else tuple(_stage(appraisal, stage) for stage in stages.stages)


def _stage(appraisal: Appraisal, written: WrittenStage) -> StageResult:
    stage, alone = written.stage, written.alone
    return StageResult(
        id=stage.id,
        title=stage.title,
        stated=written.counts,
        gate=stage.gate,
        passed=stage.passed,
        cost_full_year=amount(appraisal, alone.cost),
        children_to_repay=value(appraisal, alone.children),
        children_to_repay_whole=value(appraisal, alone.children_whole),
        reason=reason(appraisal, alone.children),
        where=stage.where,
        note=" ".join(text for text in (why(stage), stage.note) if text),
    )


def stages_together(appraisal: Appraisal) -> StagesTogether | None:
    """All stages that count; None where the case states none."""
    stages = appraisal.written.budget.stages
    if stages is None:
        return None
    together = stages.together
    return StagesTogether(
        stages=tuple(found.stage.id for found in stages.stages if found.counts),
        cost_full_year=amount(appraisal, together.cost),
        children_to_repay=value(appraisal, together.children),
        children_to_repay_whole=value(appraisal, together.children_whole),
        placement=_placement(appraisal.case),
        placement_cost=None if stages.price is None else value(appraisal, stages.price),
        reason=reason(appraisal, together.children),
        note="Whole children are counted once, for the cost of all stages; stage by stage they may come to more.",
    )


def _placement(case: Case) -> str:
    """What the placement that stages are reckoned in is called; empty where the case names none."""
    return case.placements[case.break_even_placement].label if case.break_even_placement else ""
