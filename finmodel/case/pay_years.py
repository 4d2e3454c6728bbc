"""How far a case's pay is read from the published spines, and from when it rests on the awards that the case states."""

from __future__ import annotations

from finmodel import reference
from finmodel.case.schema import Case
from finmodel.lines.periods import Month
from finmodel.parsing.quantities import Quantity


def awards_of(case: Case) -> Quantity | None:
    """The awards that a case states, in percent or in pounds."""
    return case.pay_awards.percent or case.pay_awards.pounds


def last_spine_read(case: Case) -> Month:
    """The month in which the last spine that a case's pay is read from starts.

    It is the last published one. But an award that is offered is not agreed: where the case states its own for that
    year, the case's goes first, and pay is read to the last agreed spine.
    """
    offered, stated = reference.last_published_pay(), awards_of(case)
    return reference.last_agreed_pay() if stated is not None and stated.at(offered) is not None else offered


def pay_is_read(case: Case, month: Month) -> bool:
    """Whether a month's pay is read from a published spine, and does not rest on the case's own awards."""
    last, published = last_spine_read(case), reference.last_published_pay()
    return reference.pay_is_published(month) and (last == published or month < published)


def rests_on_an_offer(case: Case) -> bool:
    """Whether pay by the spine, in some months of the case, comes from an award that is offered and not agreed."""
    reached = case.horizon.months[-1] >= reference.last_published_pay()
    return reached and reference.offered_award() is not None and not goes_before_an_offer(case)


def goes_before_an_offer(case: Case) -> bool:
    """Whether the case's own award takes the place of one that is offered and not agreed."""
    return last_spine_read(case) != reference.last_published_pay()
