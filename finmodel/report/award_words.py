"""What an option costs more if a pay award that is offered settles one point higher, in words."""

from __future__ import annotations

from finmodel.lines.display import in_unit, pounds
from finmodel.results.option import OptionResult
from finmodel.results.wording import is_nil


def award_sentence(option: OptionResult, subject: str = "this option costs") -> str:
    """The offer and what a point more costs, of an option of `results.json`; "" where no pay rests on an offer.

    subject: such as `each of these options costs`.
    """
    found = option.if_award_one_point_higher
    if found is None or is_nil(found.total):
        return ""
    change = "more" if found.total > 0 else "less"
    compared = ", measured against business as usual" if found.against_business_as_usual else ""
    return (
        f"The pay award of {found.year} is offered, not agreed. If it settles one point higher than the "
        f"{in_unit(found.offered, 'rate')} offered, {subject} {pounds(abs(found.total))} {change} over the years "
        f"shown{compared}; that is in no figure here."
    )
