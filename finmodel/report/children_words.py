"""The words on how many children it takes: written once, for the page, the paper, the narrative, the terminal and JSON.

What repays the whole cost comes first, beside the forecast; then the first year alone and the sum that papers print.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.children_needed import NEEDED
from finmodel.appraisal.options import WrittenOption
from finmodel.lines.display import number, pounds
from finmodel.report.answer import Answer, Figure
from finmodel.report.wording import children_and_whole, is_nil, sentence, whole_children, years_shown

Found = dict[str, Any]
QUESTION = "How many children does it take?"
REQUIREMENT, FORECAST, NONE = "requirement", "forecast", "none"
NOBODY = "Nobody has forecast it: this is what it would take."
_NOTHING = 1e-9  # children
_BESIDE = {"average": "break_even_children_average", "forecast": "forecast_children", "margin": "margin_of_children"}

_WHERE_ANY = ("saving_given_up", "growth_avoided_by_children", "growth_beyond_base_budget")
IN_FULL = "growth avoided counted in full"


def needed_of(appraisal: Appraisal, written: WrittenOption) -> Found:
    """How many children repay an option, beside those forecast, as plain values, and the same in words."""
    lines = appraisal.written.measures[written.option.id]
    value, reason = appraisal.results.figure, appraisal.results.reason
    found: Found = {"basis": _basis(written)}
    for short, name in NEEDED.items():
        found[short] = value(lines[name])
        found[f"{short}_whole"] = value(lines[f"{name}_whole"])
        found[f"{short}_reason"] = reason(lines[name]) or None
    for short, name in _BESIDE.items():
        found[short] = value(lines[name])
        found[f"{short}_reason"] = reason(lines[name]) or None
    for name in ("cost_to_repay", "total_other_saving", *_WHERE_ANY):
        found[name] = value(lines[name]) if name in lines else 0.0
    # Without capital, all money spent is the cost, and the case has no line of its own for it
    found["total_money_spent"] = value(lines.get("total_money_spent", lines["total_cost"]))
    return found | {"words": verdict(found)}


def _basis(written: WrittenOption) -> str:
    """Whether the children are forecast, a requirement in any part, or not claimed at all."""
    bases = {benefit.claim.basis for benefit in written.own.benefits}
    return REQUIREMENT if REQUIREMENT in bases else FORECAST if bases else NONE


def verdict(needed: Found) -> str:
    """`needs 8.9, so 9; forecasts 6.7 on average: 2.2 short`; or why no number can be given."""
    words = _verdict(needed)
    return f"{words}; {IN_FULL}" if needed["over_horizon"] and is_beyond(needed) else words


def is_beyond(needed: Found) -> bool:
    """Whether its children avoid more growth than the base budget holds, which the numbers needed do not see."""
    return needed["growth_beyond_base_budget"] > 0 and not is_nil(needed["growth_beyond_base_budget"])


def cost_to_repay(needed: Found) -> str:
    """`£1,885,000`; or that nothing is to be repaid."""
    cost = needed["cost_to_repay"]
    return pounds(cost) if cost > 0 or is_nil(cost) else "nothing: other savings are more than all money spent"


def _verdict(needed: Found) -> str:
    exact = needed["over_horizon"]
    if exact is None:
        return f"no number can be given: {needed['over_horizon_reason']}"
    if exact < _NOTHING:
        return f"needs none: {_why_none(needed)}"
    needs = f"needs {children_and_whole(exact, needed['over_horizon_whole'])}"
    if needed["basis"] == REQUIREMENT:
        return f"{needs}; nobody has forecast"
    if needed["basis"] == NONE:
        return f"{needs}; none is claimed"
    if not is_throughout(needed):
        needs += f" while the effect lasts, {number(needed['average'], 1)} on average"
    return f"{needs}; forecasts {number(needed['forecast'], 1)} on average: {margin(needed['margin'])}"


def margin(children: float) -> str:
    """`2.2 short`, `0.8 more than needed`, from the unrounded figures."""
    text = number(abs(children), 1)
    if abs(children) < _NOTHING:
        return "as many as needed"
    if text == "0.0":
        return "less than 0.1 short" if children < 0 else "less than 0.1 more than needed"
    return f"{text} short" if children < 0 else f"{text} more than needed"


def is_throughout(needed: Found) -> bool:
    """Whether the effect is there in all the months shown, so that the number needed is its own average."""
    if needed["over_horizon"] is None or needed["average"] is None:
        return True
    return abs(needed["over_horizon"] - needed["average"]) < _NOTHING


def _why_none(needed: Found) -> str:
    spends = not is_nil(max(needed["total_money_spent"], 0.0))
    return "the other savings of the option repay its whole cost" if spends else "there is no cost to repay"


def children_answer(option: Found, found: Found) -> Answer:
    """How many children does it take?"""
    needed = option["measures"]["break_even_children"]
    exact, basis = needed["over_horizon"], needed["basis"]
    claims = ("The paper claims no child fewer in care.",) if basis == NONE else ()
    if exact is None:
        why = sentence(needed["over_horizon_reason"] or "no figure can be given")
        large = "No number can be given" if basis == NONE else "No number is enough"
        return Answer(QUESTION, large, "", (*claims, why))
    if exact < _NOTHING:
        return Answer(QUESTION, "None", _why_none(needed), ())
    shown, whole = years_shown(found["years"]), needed["over_horizon_whole"]
    small = f"fewer in care {'throughout' if is_throughout(needed) else 'while the effect lasts, within'} {shown}"
    sentences = [f"It {needed['words']}.", _belied(option), *_whole_cost(needed, shown), *_bounds(needed), *claims]
    figures = [_figure(option, "over_horizon", "Children who repay the whole cost")]
    if basis == FORECAST:
        figures.append(_beside(option, "forecast", "Children forecast, on average", number(needed["forecast"], 1)))
        figures.append(_beside(option, "margin", "The forecast beside what is needed", margin(needed["margin"])))
    if needed["first_year"]:
        sentences.append(_first_year(needed, found["years"]))
        figures.append(_figure(option, "first_year", f"Children who repay {found['years'][0]} alone"))
    if needed["full_year"]:
        sentences.append(_paper_sum(option, found))
        figures.append(_figure(option, "full_year", "A full year’s cost ÷ the price of a placement"))
    warning = NOBODY if basis == REQUIREMENT else ""
    return Answer(QUESTION, whole_children(whole), small, tuple(filter(None, sentences)), tuple(figures), warning)


def _belied(option: Found) -> str:
    """That the money says otherwise than the margin, where it does: an average does not see when children come."""
    apart = option["measures"]["break_even_children"]["margin"]
    net = option["by_year"]["cumulative_net_position"][-1]
    if apart is None or is_nil(net) or abs(apart) < _NOTHING or (apart > 0) == (net > 0):
        return ""
    how, when = ("repaid", "more") if net > 0 else ("not repaid", "less")
    if net < 0 and is_beyond(option["measures"]["break_even_children"]):
        return f"Even so it is {how}: the base budget does not hold all the growth that the children forecast avoid."
    return f"Even so it is {how}: the children forecast come when each saves {when}."


def _whole_cost(needed: Found, shown: str) -> list[str]:
    """What the number is: `That is the constant number, fewer in care throughout, that repays the whole cost …`."""
    cost, spent, other = needed["cost_to_repay"], needed["total_money_spent"], needed["total_other_saving"]
    when = "throughout" if is_throughout(needed) else "in every month in which the effect lasts"
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


def _only_given_up(needed: Found) -> bool:
    """Whether what business as usual's own children save is all that the option is to make good beside its cost."""
    given_up = needed["saving_given_up"]
    return not is_nil(given_up) and is_nil(needed["total_other_saving"] + given_up)


def _bounds(needed: Found) -> Iterator[str]:
    """What the numbers count: children of business as usual that are given up, growth that no budget holds."""
    if _only_given_up(needed):
        yield "The numbers are of the option’s own children."
    elif not is_nil(needed["saving_given_up"]):
        given_up = f"what business as usual saves by its own, {pounds(needed['saving_given_up'])}, is given up"
        yield f"The numbers are of the option’s own children: {given_up}, so it is part of what is to be repaid."
    if is_beyond(needed):
        avoided, beyond = needed["growth_avoided_by_children"], needed["growth_beyond_base_budget"]
        yield (
            f"This counts growth avoided in full, so it holds only as far as the base budget holds it: of "
            f"{pounds(avoided)} that the children stated avoid, {pounds(beyond)} is not in it and releases no cash."
        )


def _first_year(needed: Found, years: list[str]) -> str:
    """`For 2015/16 alone it takes 12.6, so 13; the years after it need more.`"""
    reads = children_and_whole(needed["first_year"], needed["first_year_whole"])
    apart = needed["over_horizon"] - needed["first_year"]
    if len(years) == 1 or is_nil(apart):
        return ""
    return f"For {years[0]} alone it takes {reads}; the years after it need {'more' if apart > 0 else 'fewer'}."


def _paper_sum(option: Found, found: Found) -> str:
    """`The sum that the paper prints, £500,000 ÷ £40,000, gives 12.5, so 13: a full year, before deductions.`"""
    needed, stated = option["measures"]["break_even_children"], option["stated_cost"]
    each = found["lines"].get(f"options.{option['id']}.measures.placement_cost", {}).get("value")
    cost = pounds(option["measures"]["full_year_cost"] if stated is None else stated["stated"])
    sum_of = f"{cost} ÷ {'the price of a placement' if each is None else pounds(each)}"
    reads = children_and_whole(needed["full_year"], needed["full_year_whole"])
    whose = "The sum with the cost that the authors state" if stated else "The sum that papers print"
    return f"{whose}, {sum_of}, gives {reads}: a full year’s cost ÷ the price of a placement, before deductions."


def _figure(option: Found, which: str, label: str) -> Figure:
    needed = option["measures"]["break_even_children"]
    reads = children_and_whole(needed[which], needed[f"{which}_whole"])
    return Figure(label, reads, f"options.{option['id']}.measures.{NEEDED[which]}_whole")


def _beside(option: Found, which: str, label: str, text: str) -> Figure:
    return Figure(label, text, f"options.{option['id']}.measures.{_BESIDE[which]}")
