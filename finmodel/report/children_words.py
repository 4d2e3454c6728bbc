"""The words on how many children it takes: written once, for the page, the paper and the narrative.

What repays the whole cost comes first, beside the forecast; then the first year alone and the sum that papers print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finmodel.appraisal.children_needed import NEEDED, Which
from finmodel.document.parts import Figure
from finmodel.lines.display import number, pounds
from finmodel.report.answer import Answer
from finmodel.results.appraised import AppraisalResults
from finmodel.results.children import FORECAST, NONE, NOTHING, REQUIREMENT, ChildrenNeeded, margin, why_none
from finmodel.results.option import OptionResult
from finmodel.results.wording import children_and_whole, is_nil, sentence, whole_children, years_shown

QUESTION = "How many children does it take?"
NOBODY = "No forecast is made: this is what it would take."
_BESIDE = {"average": "break_even_children_average", "forecast": "forecast_children", "margin": "margin_of_children"}


def cost_to_repay(needed: ChildrenNeeded) -> str:
    """`£1,885,000`; or that nothing is to be repaid."""
    cost = needed.cost_to_repay
    return pounds(cost) if cost > 0 or is_nil(cost) else "nothing: other savings are more than all money spent"


def children_answer(option: OptionResult, found: AppraisalResults) -> Answer:
    """How many children does it take?"""
    needed = option.measures.break_even_children
    exact, whole, basis = needed.over_horizon, needed.over_horizon_whole, needed.basis
    claims = ("The paper claims no child fewer in care.",) if basis == NONE else ()
    if exact is None or whole is None:
        why = sentence(needed.over_horizon_reason or "no figure can be given")
        large = "No number can be given" if basis == NONE else "No number is enough"
        return Answer(QUESTION, large, "", (*claims, why))
    if exact < NOTHING:
        return Answer(QUESTION, "None", why_none(needed), ())
    shown = years_shown(found.years)
    small = f"fewer in care {'throughout' if needed.is_throughout else 'while the effect lasts, within'} {shown}"
    sentences = [f"It {needed.words}.", _belied(option), *_whole_cost(needed, shown), *_bounds(needed), *claims]
    figures = [_figure(option, "over_horizon", "Children to break even over all the years shown")]
    if basis == FORECAST and needed.forecast is not None and needed.margin is not None:
        figures.append(_beside(option, "forecast", "Children forecast, on average", number(needed.forecast, 1)))
        figures.append(_beside(option, "margin", "The forecast beside what is needed", margin(needed)))
    if needed.first_year:
        sentences.append(_first_year(needed, exact - needed.first_year, found.years))
        figures.append(_figure(option, "first_year", f"Children to break even in {found.years[0]} alone"))
    if needed.full_year:
        sentences.append(_paper_sum(option, found))
        figures.append(_figure(option, "full_year", "A full year’s cost ÷ the price of a placement"))
    warning = NOBODY if basis == REQUIREMENT else ""
    return Answer(QUESTION, whole_children(whole), small, tuple(filter(None, sentences)), tuple(figures), warning)


def _belied(option: OptionResult) -> str:
    """That the money says otherwise than the margin, where it does: an average does not see when children come."""
    apart = option.measures.break_even_children.margin
    net = option.by_year["cumulative_net_position"][-1]
    if apart is None or is_nil(net) or abs(apart) < NOTHING or (apart > 0) == (net > 0):
        return ""
    how, when = ("repaid", "more") if net > 0 else ("not repaid", "less")
    if net < 0 and option.measures.break_even_children.is_beyond:
        return f"Even so it is {how}: the base budget does not hold all the growth that the children forecast avoid."
    return f"Even so it is {how}: the children forecast come when each saves {when}."


def _whole_cost(needed: ChildrenNeeded, shown: str) -> list[str]:
    """What the number is: `That is the constant number, fewer in care throughout, that repays the whole cost …`."""
    cost, spent, other = needed.cost_to_repay, needed.total_money_spent, needed.total_other_saving
    when = "throughout" if needed.is_throughout else "in every month in which the effect lasts"
    first = f"That is the constant number, fewer in care {when}, that repays the whole cost within {shown}"
    if is_nil(other):
        return [f"{first}, after deductions: {pounds(spent)}."]
    if other > 0:
        less = f"less {pounds(other)} that it saves otherwise"
    elif _only_given_up(needed):
        less = f"and {pounds(-other)} that business as usual saves by its own children, which is given up"
    else:
        less = f"and {pounds(-other)} by which its other savings are below those of business as usual"
    return [f"{first}, after deductions: {pounds(cost)}, which is all money spent, {pounds(spent)}, {less}."]


def _only_given_up(needed: ChildrenNeeded) -> bool:
    """Whether what business as usual's own children save is all that the option is to make good beside its cost."""
    given_up = needed.saving_given_up
    return not is_nil(given_up) and is_nil(needed.total_other_saving + given_up)


def _bounds(needed: ChildrenNeeded) -> Iterator[str]:
    """What the numbers count: children of business as usual that are given up, growth that no budget holds."""
    if _only_given_up(needed):
        yield "The numbers are of the option’s own children."
    elif not is_nil(needed.saving_given_up):
        given_up = f"what business as usual saves by its own, {pounds(needed.saving_given_up)}, is given up"
        yield f"The numbers are of the option’s own children: {given_up}, so it is part of what is to be repaid."
    if needed.is_beyond:
        avoided, beyond = needed.growth_avoided_by_children, needed.growth_beyond_base_budget
        yield (
            f"This counts growth avoided in full, so it holds only as far as the base budget holds it: of "
            f"{pounds(avoided)} that the children stated avoid, {pounds(beyond)} is not in it and releases no cash."
        )


def _first_year(needed: ChildrenNeeded, apart: float, years: Sequence[str]) -> str:
    """`For 2015/16 alone it takes 12.6, so 13; the years after it need more.`; apart: how many more all years need."""
    reads = children_and_whole(needed.first_year, needed.first_year_whole)
    if len(years) == 1 or is_nil(apart):
        return ""
    return f"For {years[0]} alone it takes {reads}; the years after it need {'more' if apart > 0 else 'fewer'}."


def _paper_sum(option: OptionResult, found: AppraisalResults) -> str:
    """`The sum that the paper prints, £500,000 ÷ £40,000, gives 12.5, so 13: a full year, before deductions.`"""
    needed, stated = option.measures.break_even_children, option.stated_cost
    each = found.figure(f"options.{option.id}.measures.placement_cost")
    cost = pounds(option.measures.amount("full_year_cost") if stated is None else stated.stated)
    sum_of = f"{cost} ÷ {'the price of a placement' if each is None else pounds(each)}"
    reads = children_and_whole(needed.full_year, needed.full_year_whole)
    whose = "The sum with the cost that the authors state" if stated else "The sum that papers print"
    return f"{whose}, {sum_of}, gives {reads}: a full year’s cost ÷ the price of a placement, before deductions."


def _figure(option: OptionResult, which: Which, label: str) -> Figure:
    needed = option.measures.break_even_children
    reads = children_and_whole(needed.exact(which), needed.whole(which))
    return Figure(label, reads, f"options.{option.id}.measures.{NEEDED[which]}_whole")


def _beside(option: OptionResult, which: str, label: str, text: str) -> Figure:
    return Figure(label, text, f"options.{option.id}.measures.{_BESIDE[which]}")
