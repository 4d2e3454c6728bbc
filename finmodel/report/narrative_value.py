"""Paragraphs on value for money and on what business as usual costs."""

from __future__ import annotations

from finmodel.lines.display import number, pounds
from finmodel.report.answer import claims_a_saving
from finmodel.results.appraised import AppraisalResults
from finmodel.results.option import OptionResult
from finmodel.results.wording import is_same, listed, sentence, years_shown


def value_for_money(option: OptionResult, found: AppraisalResults) -> tuple[str, ...]:
    """The council's account with its basis and at other rates; then the public sector's and society's."""
    measures, basis = option.measures, found.present_value_basis
    sentences = [
        f"The net present budget impact is {pounds(measures.amount('net_present_budget_impact'))}: what it does to "
        f"this council’s revenue budget. Its basis: {basis[:1].lower()}{basis[1:]}"
    ]
    ratio = measures.value("cashable_saving_per_pound")
    if ratio is not None and claims_a_saving(option):
        sentences.append(f"Each pound of cost brings £{number(ratio, 2)} of cashable saving, in present values.")
    return (*_if_it_comes_about(option), " ".join([*sentences, *_at_other_rates(option)]), _to_all(option))


def _if_it_comes_about(option: OptionResult) -> tuple[str, ...]:
    """That a requirement is no forecast, said before any value that rests on it."""
    if not option.requirement:
        return ()
    cost = pounds(option.measures.amount("present_value_of_cost"))
    return (
        "All of this holds only if the saving that is required comes about, and nobody has forecast it. "
        f"The cost, {cost} in present value, is spent whether it does or not.",
    )


def _at_other_rates(option: OptionResult) -> list[str]:
    """The same at the current Green Book schedule and at its sensitivity test, where they can be given."""
    measures, said = option.measures, []
    current = measures.value("net_present_budget_impact_at_green_book")
    lower = measures.value("net_present_budget_impact_at_sensitivity")
    if current is not None:
        said.append(f"At the rates of the current Green Book it is {pounds(current)}.")
    if lower is not None:
        said.append(f"At the lower rates of its sensitivity test it is {pounds(lower)}.")
    return said


def _to_all(option: OptionResult) -> str:
    """What it is worth to the public sector and to society, or why that cannot be said."""
    measures = option.measures
    value, ratio = measures.value("net_present_public_value"), measures.value("public_benefit_cost_ratio")
    if value is None:
        return f"What it is worth to the public sector cannot be given: {measures.reason('net_present_public_value')}."
    said = (
        "To the public sector as a whole, with capital at its outlay and every public body’s saving counted whether or "
        f"not it releases cash, the net present public value is {pounds(value)}"
    )
    said += (
        f", and each pound of cost brings £{number(ratio, 2)} of saving."
        if ratio is not None and claims_a_saving(option)
        else "."
    )
    social = measures.amount("net_present_social_value")
    if not is_same([social, value]):
        said += f" To society, with what others bear and people gain, it is {pounds(social)}."
    return f"{said} That is not this council’s money."


def business_as_usual_itself(found: AppraisalResults) -> tuple[str, ...]:
    """What business as usual costs and saves in itself, or that the case prices nothing for it."""
    given = found.business_as_usual
    if given is None:
        return ()
    amounts = [f"{pounds(given.cost.total)} of cost"] if given.priced else []
    if given.cashable_saving is not None:
        amounts.append(f"{pounds(given.cashable_saving.total)} of cashable saving")
    if not amounts:
        return (f"{given.title}. {sentence(given.note)}",)
    over = years_shown(found.years)
    return (f"{given.title}: {listed(amounts)} in cash over {over}. {sentence(given.note)}",)
