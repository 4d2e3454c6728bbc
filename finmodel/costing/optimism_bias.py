"""Optimism bias of costs: what is added for what such costs turn out to be more, as a rung of its own.

Source: HM Treasury, The Green Book, and its supplementary guidance on optimism bias: costs are raised by what similar
projects have cost above their estimates, until the estimate rests on evidence of its own.
"""

from __future__ import annotations

from msgspec import Struct

from finmodel.basis.book import Book
from finmodel.basis.corrections import published_correction
from finmodel.basis.room import Room
from finmodel.case.schema_costs import OtherCost
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line
from finmodel.lines.timing import look_up
from finmodel.parsing.quantities import Provenance
from finmodel.reference import OptimismBiasCorrection, average_overrun, graded_corrections

_SECTION = "Optimism bias of costs"
_LABEL = "Optimism bias: share added"


class Biased(Struct, frozen=True):
    """A cost with its optimism bias, £ a month: the whole, and the part that is added; full: a full month of it."""

    whole: Expression
    added: Line
    full: Line | None


def with_optimism_bias(room: Room, cost: OtherCost, rule: Expression, full: Line | None) -> Biased | None:
    """The cost as stated, what is added to it, and both; None where no optimism bias is stated."""
    share = _share(room, cost)
    if share is None:
        return None
    before = room.monthly("before_optimism_bias", f"{cost.label}, before optimism bias", rule)
    added = room.monthly("optimism_bias_added", f"Optimism bias added to {cost.label}", before * share)
    for line in (before, added):
        room.by_year(line.address.rpartition(".")[2], line.label, line)
    label = "Cost of a full month, with optimism bias"
    raised = None if full is None else room.monthly("full_cost_with_optimism_bias", label, full * (1 + share))
    return Biased(before + added, added, raised)


def _share(room: Room, cost: OtherCost) -> Line | None:
    if cost.optimism_bias is not None:
        return room.state("optimism_bias", _LABEL, cost.optimism_bias, "share")
    if cost.evidence_grade is not None:
        origin = room.book.origin(Provenance(), cost)
        label = "Grade of the evidence of the cost, 1 the best to 6"
        grade = room.input("evidence_grade", label, cost.evidence_grade, "number", origin)
        table = [_of_grade(room.book, row) for row in graded_corrections("costs")]
        return room.line("optimism_bias", _LABEL, look_up(grade, table), "share", note="By the grade of its evidence.")
    if cost.works is not None:
        return _of_works(room.book, cost)
    return None


def _of_grade(book: Book, row: OptimismBiasCorrection) -> Line:
    name, label = f"cost_grade_{row.grade}", f"Added to costs with evidence of grade {row.grade}"
    return published_correction(book, _SECTION, name, label, row.correction or 0.0, row, f"costs, grade {row.grade}")


def _of_works(book: Book, cost: OtherCost) -> Line:
    works = cost.works or ""
    once = cost.per == "once"
    row = average_overrun(works, capital=once)
    kind = "outlay" if once else "running cost"
    label = f"Average overrun of the {kind} of a {works.replace('-', ' ')}"
    name = f"{works.replace('-', '_')}_{'outlay' if once else 'running'}"
    return published_correction(book, _SECTION, name, label, row.correction or 0.0, row)
