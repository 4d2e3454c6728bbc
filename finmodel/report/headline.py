"""The answer first: what it costs, how many children it takes, when it pays back, how sure we are; in plain sentences.

Words are chosen from the values in `results.json`; every figure in a sentence is one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from finmodel.costing.other_costs import BY_COHORT, MET_ONCE
from finmodel.document.parts import Figure
from finmodel.lines.display import number, plain_number, pounds
from finmodel.report.answer import Answer, saves
from finmodel.report.capital_words import and_capital, capital_sentences, capital_spent
from finmodel.report.certainty import confidence_answer
from finmodel.report.children_words import NOBODY, children_answer
from finmodel.results.appraised import AppraisalResults
from finmodel.results.costs import StatedCostResult
from finmodel.results.measures import ExposureResult, PaybackResult, reached
from finmodel.results.option import OptionResult
from finmodel.results.wording import (
    capital,
    is_nil,
    is_same,
    month_words,
    months_of,
    sentence,
    span,
    years_shown,
)

_SPENT = "money spent"
_NEVER = "it is never out of pocket"


def answers(option: OptionResult, found: AppraisalResults) -> tuple[Answer, ...]:
    """The four questions, answered for an option."""
    return (
        cost_answer(option, found),
        children_answer(option, found),
        _with_worth(payback_answer(option, found), option),
        confidence_answer(option, found),
    )


def _with_worth(answer: Answer, option: OptionResult) -> Answer:
    """The answer with what the option is worth in all, to the council's budget and to the public sector."""
    if all(is_nil(amount) for amount in option.by_year["net_position"]):
        return answer
    measures = option.measures
    impact, public = measures.amount("net_present_budget_impact"), measures.value("net_present_public_value")
    worth = f"In present values it changes this council’s revenue budget by {pounds(impact)}"
    figures = [_measure(option, "net_present_budget_impact", "Net present budget impact", pounds(impact))]
    if public is None:
        why = measures.reason("net_present_public_value")
        worth += f"; what it is worth to the public sector has no figure: {why}"
    else:
        worth += f", and is worth {pounds(public)} to the public sector as a whole"
        figures.append(_measure(option, "net_present_public_value", "Net present public value", pounds(public)))
    if option.requirement:
        worth += ", if what is required were reached"
    return replace(answer, sentences=(*answer.sentences, f"{worth}."), figures=(*answer.figures, *figures))


def cost_answer(option: OptionResult, found: AppraisalResults) -> Answer:
    """What does it cost?"""
    question, years, stated = "What does it cost?", found.years, option.stated_cost
    full_year, total = option.measures.value("full_year_cost"), option.measures.amount("total_cost")
    capital_too = tuple(capital_sentences(option, years))
    if is_nil(full_year or 0.0) and is_nil(total):
        bought = capital_spent(option)
        if bought is not None:
            outlay = bought.own_outlay
            figure = Figure("Capital outlay", pounds(outlay.total), outlay.address)
            small = "of capital; nothing more of revenue"
            return Answer(question, pounds(outlay.total), small, capital_too, (figure,))
        return Answer(question, "Nothing more", "than is spent today", ("It adds no cost.",))
    than = "than business as usual" if _business_as_usual_costs(option, found) else ""
    over_years = f"Over {years_shown(years)}, {span(years)}, it costs {_more_or_less(total, than)} in cash."
    in_total = _measure(option, "total_cost", "Total cost", pounds(total))
    if full_year is None or is_nil(full_year):
        recurs = "No cost recurs." if full_year is not None else sentence(option.measures.reason("full_year_cost"))
        compared = () if stated is None or full_year is not None else (_against_stated(stated, option, years),)
        texts = (recurs, *compared, *capital_too)
        return Answer(question, pounds(total), f"over {years_shown(years)}", texts, (in_total,))
    figures = [_measure(option, "full_year_cost", "Cost of a full year, as priced", pounds(full_year))]
    sentences = []
    if stated is not None:
        sentences.append(_against_stated(stated, option, years))
        address = f"options.{option.id}.stated_cost.difference"
        if stated.priced is not None and stated.difference is not None:
            sentences += _why_they_differ(stated.priced, full_year, stated.year, option, than)
            figures.append(Figure("Cost as priced less the stated cost", pounds(stated.difference), address))
    sentences.append(over_years)
    sentences += _not_in_full_year(option)
    large = f"{pounds(-full_year)} less" if full_year < 0 else pounds(full_year)
    more = f"{than} " if full_year < 0 else f"more {than} " if than else ""
    small = f"{more}for a full year, as priced here at the rates of {option.measures.full_year_cost_year}"
    small += and_capital(option)
    return Answer(question, large, small, (*sentences, *capital_too), (*figures, in_total))


def _not_in_full_year(option: OptionResult) -> list[str]:
    """Which costs are in the total alone, and why."""
    reasons = {cost.full_year_effect_reason for cost in option.costs}
    said = ["Costs that are met once are in that total, not in the full year."] if MET_ONCE in reasons else []
    if BY_COHORT in reasons:
        said.append("Costs that follow those who enter, year by year, are in that total too: no year is a full one.")
    return said


def _more_or_less(amount: float, than: str) -> str:
    if not than:
        return pounds(amount)
    return f"{pounds(-amount)} less {than}" if amount < 0 else f"{pounds(amount)} more {than}"


def _business_as_usual_costs(option: OptionResult, found: AppraisalResults) -> bool:
    """Whether cost is a change from a business as usual that itself costs something."""
    itself = found.business_as_usual
    if itself is None or itself.option == option.id:
        return False
    return any(not is_nil(amount) for amount in itself.cost.by_year)


def _against_stated(stated: StatedCostResult, option: OptionResult, years: Sequence[str]) -> str:
    where = f" ({stated.where})" if stated.where else ""
    amount, difference = pounds(stated.stated), stated.difference
    when = "" if stated.year == years[0] else f" for {stated.year}"
    if stated.priced is None or difference is None:
        return f"The authors state {amount}{when}{where}; no full year as priced can be set beside it."
    full_year = option.measures.value("full_year_cost")
    headline = full_year is not None and is_same([stated.priced, full_year])
    priced = "as priced here it is " if headline else f"as priced here it is {pounds(stated.priced)}, "
    if pounds(difference) == "£0":
        return f"The authors state {amount}{when}{where}; {priced}the same."
    apart = f"{pounds(difference)} more" if difference > 0 else f"{pounds(-difference)} less"
    return f"The authors state {amount}{when}{where}; {priced}{apart}."


def _why_they_differ(priced: float, full_year: float, year: str, option: OptionResult, than: str) -> Iterator[str]:
    """What the cost beside the stated one is, where it is not the cost of a full year that heads the answer."""
    if is_same([priced, full_year]):
        return
    own, change = (" is the option’s own cost,", " is the change from business as usual,") if than else (" is", " is")
    first = f"The {pounds(priced)}{own} at the rates of {year}"
    yield f"{first}; the {pounds(full_year)}{change} at the rates of {option.measures.full_year_cost_year}."


def payback_answer(option: OptionResult, found: AppraisalResults) -> Answer:
    """When does it pay back?"""
    question, years, payback = "When does it pay back?", found.years, option.measures.payback
    by_year = option.by_year
    spent = option.measures.break_even_children.total_money_spent
    figures = (_measure(option, "payback_month", "Month in which it is paid back for good", _month(payback)),)
    if payback.month is not None and payback.years_from_start is not None:
        return _paid_back(option, years, figures, payback.month, payback.years_from_start)
    if all(is_nil(amount) for amount in by_year["net_position"]):
        return Answer(question, "Nothing to pay back", "", ("It neither costs nor saves anything.",))
    over = f"{years_shown(years)}, {span(years)}"
    if not saves(option):
        costs = f"it costs {pounds(spent)}"
        if _spends_capital(option):
            costs = f"{pounds(spent)} is spent, the capital outlay included,"
        why = f"No saving is claimed; so it does not pay back: {costs} over {over}."
        return Answer(question, "It does not", "no saving is claimed", (why,), figures)
    sentences = [_even_if(option, years), *_why_not(option, years), *_revenue_alone(option, years)]
    return Answer(question, "Not within the years shown", span(years), tuple(sentences), figures)


def _paid_back(
    option: OptionResult, years: Sequence[str], figures: tuple[Figure, ...], month: str, since_start: float
) -> Answer:
    question, peak = "When does it pay back?", option.measures.peak_exposure
    never = option.measures.payback.never_out_of_pocket
    if never:
        sentences, large, small = ["In no month has it cost more than it has saved."], "From the first month", _NEVER
    else:
        large, small = month_words(month), "paid back for good by then"
        sentences = [f"That is {_years(since_start)} after 1 April {years[0][:4]}, by monthly cash."]
        sentences.append(f"Until then it is out of pocket by at most {pounds(peak.amount)}{_in_month(peak)}.")
    sentences += _revenue_alone(option, years)
    if not option.requirement:
        return Answer(question, large, small, tuple(sentences), figures)
    then = "no month would have cost more than it saved" if never else f"it would be paid back for good by {large}"
    first = f"If what is required were reached, {then}."
    return Answer(question, "None is expected", "no forecast is made of the saving", (first,), figures, NOBODY)


def _years(value: float) -> str:
    text = number(value, 1)
    return f"{text} year" if text == "1.0" else f"{text} years"


def _in_month(peak: ExposureResult) -> str:
    return f", in {month_words(peak.month)}" if peak.month else ""


def _month(payback: PaybackResult) -> str:
    return "not reached" if payback.month is None else reached(payback)


def _even_if(option: OptionResult, years: Sequence[str]) -> str:
    not_paid = f"it does not pay back within {years_shown(years)}"
    if not option.requirement:
        return sentence(not_paid)
    fewer = option.by_year["children"]
    if is_same(fewer):
        needed = plain_number(fewer[0], 1)
        return f"Even with {needed} {'child' if needed == '1' else 'children'} fewer in care throughout, {not_paid}."
    return f"Even if the required number of children is reached, {not_paid}."


def _why_not(option: OptionResult, years: Sequence[str]) -> list[str]:
    """Why the saving does not catch up: how cost and saving move, which years fall short, and by how much it ends."""
    by_year = option.by_year
    net, end = by_year["net_position"], by_year["cumulative_net_position"][-1]
    last_month = months_of(years)[-1].words
    ends = f"by {last_month} it is {pounds(-end)} out of pocket"
    spends_capital = _spends_capital(option)
    if len(years) == 1:
        return [f"{capital(_more_than_saved(spends_capital))}: {ends}."]
    cost, saving = (
        _movement(_SPENT if spends_capital else "cost", by_year["money_spent"], years),
        _movement("saving", by_year["cashable_saving"], years),
    )
    return [
        f"{capital(cost)}; {saving}.",
        f"{capital(_which_years(net, years, spends_capital=spends_capital))}: {ends}.",
    ]


def _spends_capital(option: OptionResult) -> bool:
    return not all(map(is_nil, option.by_year.get("capital_outlay", ())))


def _revenue_alone(option: OptionResult, years: Sequence[str]) -> list[str]:
    """What the revenue budget alone says, where the option spends capital and that makes it another answer."""
    alone = option.measures.revenue_payback
    if alone is None or not _spends_capital(option):
        return []
    said = "All money spent is counted, the capital outlay included"
    if alone.month is None:
        return [f"{said}."]
    when = f"is paid back by {month_words(alone.month)}"
    if alone.never_out_of_pocket:
        when = "is never out of pocket within the years shown"
        net = option.by_year["net_saving"]
        if any(amount < 0 and not is_nil(amount) for amount in net):
            when += f": {_which_years(net, years)}"
    return [f"{said}; the revenue budget alone, with any MRP and interest and without the outlay, {when}."]


def _movement(what: str, amounts: Sequence[float], years: Sequence[str]) -> str:
    if is_same(amounts):
        return f"the {what} stays at {pounds(amounts[0])} a year"
    most = max(amounts)
    if what == _SPENT and not is_same([most, max(amounts[0], amounts[-1])]):
        then = f"{pounds(most)} in {years[amounts.index(most)]}"
        return f"the {what} is {pounds(amounts[0])} in {years[0]}, {then} and {pounds(amounts[-1])} in {years[-1]}"
    verb = "rises" if amounts[-1] > amounts[0] else "falls"
    if is_same([amounts[0], amounts[-1]]):
        return f"the {what} is {pounds(amounts[0])} in {years[0]} and again in {years[-1]}"
    return f"the {what} {verb} from {pounds(amounts[0])} in {years[0]} to {pounds(amounts[-1])} in {years[-1]}"


def _more_than_saved(spends_capital: bool) -> str:
    """That a year is short; of all money spent where there is capital, for the cost to revenue may say otherwise."""
    return "more is spent than it saves" if spends_capital else "it costs more than it saves"


def _which_years(net: Sequence[float], years: Sequence[str], *, spends_capital: bool = False) -> str:
    short, over = [amount < 0 and not is_nil(amount) for amount in net], _more_than_saved(spends_capital)
    costs = "is spent" if spends_capital else "it costs"
    if all(short):
        return f"{over} in every year"
    changes = sum(here != after for here, after in pairwise(short))
    if changes == 1 and short[-1]:
        first = years[short.index(True)]
        ahead = f"in {years[0]} it saves {pounds(net[0])} more than {costs}" if short.index(True) == 1 else ""
        return f"{ahead or f'at first it saves at least what {costs}'}, but from {first} on {over}"
    if changes == 1:
        first = years[short.index(False)]
        return f"from {first} on it saves at least what {costs}, but not enough to make up for the years before"
    return f"in some years it saves more than {costs}, but not in enough of them"


def _measure(option: OptionResult, name: str, label: str, text: str) -> Figure:
    return Figure(label, text, f"options.{option.id}.measures.{name}")
