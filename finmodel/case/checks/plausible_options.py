"""Whether there is a choice: enough options, and among them those that the Green Book's shortlist holds."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case.checks.questions import StatedCase
from finmodel.case.entries import claims_of, is_ours
from finmodel.case.schema import Benefit
from finmodel.case.schema_savings import EarlierPermanence, InHouseHome, ProcessCosts, StepDown
from finmodel.parsing.findings import Finding
from finmodel.reference import plausible_bound

_OF_CHILDREN = (Benefit, StepDown, EarlierPermanence, ProcessCosts, InHouseHome)


def shortlist(asked: StatedCase) -> Iterator[Finding]:
    """Fewer options than a shortlist has, no business as usual to compare with, or none that does the least."""
    case, least = asked.case, plausible_bound("options", "lowest")
    missing = []
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
    yield Finding(("options",), f"{what}; {least.shown_as}", remedy, "whole")


def children_in_care(asked: StatedCase) -> Iterator[Finding]:
    """Children are claimed, and nothing says how many there are."""
    case = asked.case
    if case.children_in_care is not None:
        return
    for address, claim in claims_of(case):
        if isinstance(claim, _OF_CHILDREN) and is_ours(case, claim):
            what = "Children are counted here, and the case does not say how many are in care, so nothing limits them"
            remedy = "Add `children_in_care`, by year if it is to change: claims are then held to it."
            yield Finding(address, what, remedy, "whole")
            return
