"""What each saving of an option must come to for the whole cost to be repaid, every other as stated: live formulas.

A saving is in proportion to the number behind it: children moved, posts converted, families reached, days, income. So
the number at which the net position over the years shown is zero is the number stated × (what is left to repay ÷ what
this saving saves as stated). Growth that it avoids is counted in full, also beyond what the base budget holds. Homes
that close as beds empty save in steps: only the share of their saving is given.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from finmodel.appraisal.break_even import growth_of
from finmodel.appraisal.judged import Judged
from finmodel.appraisal.money_spent import MONEY_SPENT
from finmodel.basis.room import Room
from finmodel.benefits.claims import folder_of, follows
from finmodel.benefits.deductions import WrittenClaim
from finmodel.case.schema_savings import InHouseHome, Reach
from finmodel.lines.arithmetic import add_up, compare, maximum
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.outcomes import if_number, number_if
from finmodel.lines.timing import total

NOTHING_SAVED = "it saves nothing that can be cashed within the years shown"
NOT_EVEN_ALL = "not even all of them would be enough"
_NUMBERS = (
    "children_stated", "entries_stated", "beds_emptied", "posts", "leavers_avoided", "days_avoided", "income", "number",
)  # fmt: skip
_CASH = "cashable_saving"


class NeededOfClaim(Struct, frozen=True):
    """What a claim must come to. share: of what it saves as stated; numbers: each as stated, and as needed."""

    written: WrittenClaim
    share: Line
    numbers: tuple[tuple[Line, Line], ...]


def write_claims_needed(judged: Judged) -> tuple[NeededOfClaim, ...]:
    """Write what each saving of an option that this council gains must come to."""
    own = judged.written.own
    following = [claim for claim in own.ours if follows(claim)]
    found = []
    for claim in own.ours:
        if follows(claim):
            continue
        with_it = [other for other in following if getattr(other.claim, "benefit", None) == claim.claim.id]
        found.append(_needed(judged, claim, with_it))
    return tuple(found)


def _needed(judged: Judged, claim: WrittenClaim, following: list[WrittenClaim]) -> NeededOfClaim:
    written = judged.written
    room = judged.option.under("Break-even").within(f"break_even.{folder_of(claim.claim)}")
    label = claim.claim.label
    saved = add_up([total(each.yearly[_CASH]) for each in (claim, *following)])
    own = room.line("saving", f"{label}: cashable saving, with what follows from it", saved, "£")
    spent = total(written.yearly[MONEY_SPENT])
    every: Expression = total(written.yearly[_CASH])
    growth = growth_of(written, (claim, *following), room)
    if growth is not None:
        every = every + total(growth[1])
    left = room.line("to_repay", f"{label}: what is left for it to repay", spent - (every - own), "£")
    some = number_if(compare(own, ">", room.convention("tolerance")), own, NOTHING_SAVED)
    saving = room.line("saving_above_nil", f"{label}: the same, where it is anything", some, "£")
    rule = if_number(saving, maximum(left, 0) / saving)
    share = room.line("share", f"{label}: share of its saving that repays the whole cost", rule, "share")
    at = written.room.address(folder_of(claim.claim))
    numbers = () if isinstance(claim.claim, InHouseHome) else tuple(_numbers(room, at, share))
    return NeededOfClaim(claim, share, numbers)


def _numbers(room: Room, at: str, share: Line) -> Iterator[tuple[Line, Line]]:
    """Each constant number behind a claim, and the one that is needed; at: where the lines of the claim are."""
    model = room.book.model
    steps = [f"{name}{step}" for name in _NUMBERS for step in ("", *(f".{each}" for each in Reach.model_fields))]
    for name in steps:
        address = f"{at}.{name}"
        if address not in model or not model[address].is_input or model[address].timeline is not Timeline.ONCE:
            continue
        stated = model[address]
        needed: Expression = stated * share
        if stated.unit == "share":
            needed = number_if(compare(stated * share, "<=", 1), needed, NOT_EVEN_ALL)
        rule = if_number(share, needed)
        yield stated, room.line(name, f"{stated.label}, needed", rule, stated.unit)
