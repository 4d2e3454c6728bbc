"""How far apart two ways to one figure may be: half a penny, or what rounding may come to where sums are very large.

A computer keeps 15 to 17 digits. Sums of the same amounts in another order differ in the last of them, so by a share of
what was added up, whatever is left once it is subtracted. Source of the rule: N. J. Higham, Accuracy and Stability of
Numerical Algorithms, section 4.2: the error of a sum is at most a share of the sum of its terms' absolute values.
"""

from __future__ import annotations

from finmodel.appraisal.options import COST, OwnLines, WrittenOption
from finmodel.basis.room import Room
from finmodel.benefits.deductions import RUNGS
from finmodel.lines.arithmetic import add_up, maximum
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line
from finmodel.lines.timing import total_size


def allowance(written: WrittenOption) -> Line:
    """The most by which an option's sums may differ in its checks, £: made once an option."""
    room = written.checks.once
    if "allowance" in room:
        return room["allowance"]
    amounts: Expression = _amounts(room, written.option.title, written.own)
    status_quo = room.book.case.status_quo
    if written.status_quo is not None and status_quo is not None:
        before = next(option.title for option in room.book.case.options if option.id == status_quo)
        there = Room(room.book, f"checks.{status_quo}", f"Checks: {before}").once
        amounts = amounts + _amounts(there, before, written.status_quo)
    rule = maximum(room.convention("tolerance"), room.convention("rounding") * amounts)
    return room.line("allowance", "Largest difference at which two sums are the same", rule, "£")


def _amounts(room: Room, title: str, own: OwnLines) -> Line:
    """What is added up for an option in itself."""
    sizes = [total_size(own.monthly[row]) for row in (COST, next(iter(RUNGS)))]
    label = f"{title}: costs and gross savings of all months, added up whatever their sign"
    return room.line("amounts", label, add_up(sizes), "£")
