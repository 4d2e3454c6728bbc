"""Whether there is a choice: enough options, and among them those that the Green Book's shortlist holds."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case.checks.questions import StatedCase
from finmodel.case.entries import claims_of, decided_by_children, is_ours
from finmodel.case.schema import Benefit
from finmodel.case.schema_savings import EarlierPermanence, Income, InHouseHome, ProcessCosts, StepDown
from finmodel.parsing.faults import Fault
from finmodel.reference import plausible_bound

_MOST_NAMED = 4
_OF_CHILDREN = (Benefit, StepDown, EarlierPermanence, ProcessCosts, InHouseHome)


def shortlist(asked: StatedCase) -> Iterator[Fault]:
    """Fewer options than a shortlist has, no business as usual to compare with, or none that does the least."""
    case, least = asked.case, plausible_bound("options", "lowest")
    missing = []
    if not case.options:
        return  # a case of demand alone chooses nothing
    if case.status_quo is None:
        missing.append("business as usual (`role: business_as_usual`)")
    if all(option.role != "do_minimum" for option in case.options):
        missing.append("a do-minimum (`role: do_minimum`)")
    number = len(case.options)
    if number >= least.value and not missing:
        return
    what = f"The case has {number} {'option' if number == 1 else 'options'}"
    what += f", and none that is {' or '.join(missing)}" if missing else ""
    remedy = "Add the options that were looked at, or say in `background` why there are no others."
    if missing and number >= least.value:
        remedy = "Write the `role` of the option that is, or add one."
    yield Fault(("options",), f"{what}; {least.shown_as}", remedy, "whole")


def children_in_care(asked: StatedCase) -> Iterator[Fault]:
    """Children are claimed, and nothing says how many there are."""
    case = asked.case
    if case.children_in_care is not None:
        return
    for address, claim in claims_of(case):
        if isinstance(claim, _OF_CHILDREN) and is_ours(case, claim):
            what = "Children are counted here, and the case does not say how many are in care, so nothing limits them"
            remedy = "Add `children_in_care`, by year if it is to change: claims are then held to it."
            yield Fault(address, what, remedy, "whole")
            return


def budget_reduction(asked: StatedCase) -> Iterator[Fault]:
    """Savings of which nothing says whether they reduce today's budget or avoid growth that is not in it yet."""
    case = asked.case
    open_to = {
        address: claim
        for address, claim in claims_of(case)
        if claim.budget_reduction is None
        and is_ours(case, claim)
        and not isinstance(claim, Income)
        and any(claim.cashable.values)
        and not decided_by_children(case, claim)
    }
    if not open_to:
        return
    labels = list(dict.fromkeys(claim.label for claim in open_to.values()))
    named = ", ".join(f"“{label}”" for label in labels[:_MOST_NAMED])
    named += f" and {len(labels) - _MOST_NAMED} more" if len(labels) > _MOST_NAMED else ""
    what = "It is not stated what reduces today's budget and what avoids growth that is not in it yet"
    what += f": {named}" if len(labels) > 1 else ""
    remedy = "Write `budget_reduction` at each, 100% where a line of today's budget falls, 0% where growth is avoided"
    remedy += "; or state `children_in_care` by year, which decides it for children kept out of care."
    yield Fault(next(iter(open_to)), what, remedy, "whole")
