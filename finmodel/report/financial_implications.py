"""The financial implications as the service writes them: what it costs, saves, needs, how it is paid for and followed.

Five paragraphs at most for an option, ready to paste. Words are chosen here and no figure is made: each is one of
`results.json`, to the nearest thousand pounds where it is £10,000 or more. What a case leaves blank is left out; the
officer who writes the paper finds it in `left_blank`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from msgspec import Struct

from finmodel.lines.display import in_unit, inside, number, plain_number, pounds, rounded
from finmodel.report.answer import claims_a_saving
from finmodel.report.capital_words import capital_spent, is_own_change, paid_from
from finmodel.report.caseload_tables import caseload_paragraphs
from finmodel.report.demand_tables import demand_paragraphs
from finmodel.report.evidence_tables import in_short
from finmodel.report.options_table import leads
from finmodel.report.page_tables import alike, titles
from finmodel.results.appraised import AppraisalResults
from finmodel.results.case_facts import PostPricing
from finmodel.results.children import NOTHING, ChildrenNeeded
from finmodel.results.funding import FundingResult
from finmodel.results.option import OptionResult
from finmodel.results.wording import (
    WHAT_A_SAVING_DOES,
    is_nil,
    is_same,
    listed,
    month_words,
    months_of,
    sentence,
    span,
    years_shown,
)

_POINTS = {"top": "the top of its grade", "bottom": "the bottom of its grade", "middle": "the middle of its grade"}
_INSURANCE, _PENSION, _LEVY = "Employer's National Insurance", "Employer's pension contribution", "Apprenticeship levy"
_CHARGES = {"mrp": "minimum revenue provision (MRP)", "interest": "interest"}
_NOT_STATED = ("not stated", "is stated")  # in a flag of funding: what a case leaves blank


class Implications(Struct, frozen=True):
    """The financial implications of options that are alike: their titles, and the paragraphs."""

    options: tuple[OptionResult, ...]
    title: str
    paragraphs: tuple[str, ...]


def financial_implications(found: AppraisalResults) -> tuple[Implications, ...]:
    """Those of the recommended option; where none is, of each that is not business as usual, alike ones together."""
    groups = alike(leads(found), lambda option: (option.by_year, option.requirement, option.funding))
    return tuple(
        Implications(tuple(group), titles(group), tuple(filter(None, _paragraphs(group[0], found)))) for group in groups
    )


def narrative_text(found: AppraisalResults, width: int = 88) -> str:
    """The same as plain text, a blank line between paragraphs."""
    told = [] if found.what_if is None else [found.what_if.words]
    if not found.options:
        said = [found.case.title, *told]
        if found.demand is not None:
            said += [found.demand.label, *demand_paragraphs(found.demand)]
        if found.caseload is not None:
            said += [found.caseload.label, *caseload_paragraphs(found.caseload)]
        return "\n\n".join(textwrap.fill(text, width, break_long_words=False) for text in said) + "\n"
    told = [textwrap.fill(text, width, break_long_words=False) for text in told]
    blocks = [found.case.title, *told, "Financial implications"]
    for implications in financial_implications(found):
        blocks.append(implications.title)
        blocks += [textwrap.fill(text, width, break_long_words=False) for text in implications.paragraphs]
    return "\n\n".join(blocks) + "\n"


def _paragraphs(option: OptionResult, found: AppraisalResults) -> Iterator[str]:
    for part in (_cost, _capital, _saving, _recovery, _funding):
        yield " ".join(filter(None, part(option, found)))
    yield sentence(found.paper.monitoring) if found.paper.monitoring else ""


def about(value: float) -> str:
    """An amount in a sentence: to the nearest thousand pounds from £10,000 on, to the nearest hundred from £1,000."""
    size = abs(value)
    places = 0 if size < 1_000 else -2 if size < 10_000 else -3
    return pounds(float(rounded(value, places)))


def _cost(option: OptionResult, found: AppraisalResults) -> Iterator[str]:
    full_year, total = option.measures.value("full_year_cost"), option.measures.amount("total_cost")
    itself, over = found.business_as_usual, f"{years_shown(found.years)}, {span(found.years)}"
    if is_nil(total) and is_nil(full_year or 0.0):
        yield "The proposal adds no cost to the revenue budget."
        return
    net = itself is not None and itself.option != option.id and not is_nil(itself.cost.total)
    after = f", after {about(itself.cost.total)} that would otherwise be spent" if net and itself is not None else ""
    if full_year is not None and not is_nil(full_year):
        year = option.measures.full_year_cost_year
        more = "" if not net else " more than is spent now" if full_year > 0 else " less than is spent now"
        yield f"The proposal costs {about(abs(full_year) if net else full_year)}{more} in a full year, at {year} rates."
    yield _stated(option)
    yield _priced(option, found)
    word = "cost" if total > 0 else "net cost"
    yield f"Over {over}, the {word} to the revenue budget is {about(total)}{after}."
    yield _award(option)


def _stated(option: OptionResult) -> str:
    """The cost that the recommendations name, beside the same as priced."""
    stated, full_year = option.stated_cost, option.measures.value("full_year_cost")
    if stated is None or stated.priced is None or stated.difference is None or is_nil(stated.difference):
        return ""
    more = f"{about(abs(stated.difference))} {'more' if stated.difference > 0 else 'less'}"
    if full_year is not None and is_same([stated.priced, full_year]):
        return f"That is {more} than the estimate of {pounds(stated.stated)}."
    return f"On its own, at {stated.year} rates, it costs {more} than the estimate of {pounds(stated.stated)}."


def _award(option: OptionResult) -> str:
    """That pay rests on an award which is not agreed, and what a point more costs."""
    award = option.if_award_one_point_higher
    if award is None or is_nil(award.total):
        return ""
    change = "adds" if award.total > 0 else "takes off"
    offered = in_unit(award.offered, "rate")
    return (
        f"The {award.year} pay award is the {offered} offered; each point above it {change} {about(abs(award.total))}."
    )


def _priced(option: OptionResult, found: AppraisalResults) -> str:
    """How the posts are priced, in a sentence; "" where there are none."""
    pricing = found.paper.pricing.get(option.id, ())
    if not pricing:
        return ""
    graded = [post for post in pricing if post.basis != "stated"]
    if not graded:
        return "Posts are priced at the estimated all-in cost of each."
    with_on_costs = _on_costs(option, graded, found)
    rest = "; other posts are priced at their estimated all-in cost" if len(graded) < len(pricing) else ""
    return f"Posts are priced at {_point(graded)}{with_on_costs}{rest}."


def _point(graded: Sequence[PostPricing]) -> str:
    """The point at which posts are priced, where it is the same for all."""
    points = {post.point for post in graded}
    if points == {None}:
        return "the salary of each"
    only = next(iter(points)) if len(points) == 1 else None
    if only is None:
        return "the pay of their grades"
    return str(_POINTS.get(str(only), f"spinal column point {only}")).replace("its grade", "their grades")


def _on_costs(option: OptionResult, graded: Sequence[PostPricing], found: AppraisalResults) -> str:
    ids = {post.id for post in graded}
    names = {name for post in option.posts if post.id in ids for name in post.components}

    def has(part: str) -> bool:
        return any(name.startswith(part) for name in names)

    said = ["employer’s National Insurance"] if has(_INSURANCE) else []
    pension = found.figure("on_costs.employer_pension")
    if has(_PENSION):
        rate = "" if pension is None else f" of {in_unit(pension, 'share')}"
        said.append(f"the employer’s pension contribution{rate}")
    said += ["the apprenticeship levy"] if has(_LEVY) else []
    return f", with {listed(said)}" if said else ""


def _capital(option: OptionResult, found: AppraisalResults) -> Iterator[str]:
    """What is spent once, from what it is paid, and what its borrowing costs revenue."""
    capital, years = capital_spent(option), found.years
    if capital is None:
        return
    spent = [year for year, value in zip(years, capital.outlay.by_year, strict=True) if not is_nil(value)]
    if capital.outlay.total > 0 and not is_nil(capital.outlay.total):
        than = "" if is_own_change(capital) else " more than would otherwise be spent"
        yield f"Capital of {about(capital.outlay.total)}{than} is needed in {listed(spent)}, {paid_from(capital)}."
    elif spent:
        yield f"The change in capital spending falls in {listed(spent)} and comes to {about(capital.outlay.total)}."
    charges = [charge for charge in capital.charges if not is_nil(charge.total)]
    if charges:
        told = listed([f"{_CHARGES[charge.name]} of {about(charge.total)}" for charge in charges])
        yield f"The cost to revenue includes {told}."
    after = capital.after
    if after is not None and not is_nil(after.charges):
        yield f"A further {about(after.charges)} of MRP and interest falls after {years[-1]}, to {after.until}."


def _saving(option: OptionResult, found: AppraisalResults) -> Iterator[str]:
    total, same = option.measures.amount("total_saving"), "over the same years"
    if not claims_a_saving(option):
        yield "No saving is forecast, and none is relied on."
        return
    if option.requirement:
        yield "No forecast of the saving has been made, and it should not be relied on."
        yield f"{_if_required(option)} {about(total)} would be saved {same}{_after_deductions(option)}."
        yield from in_short([option])
        return
    needed = option.measures.break_even_children
    rests = ""
    if needed.forecast is not None and needed.forecast > NOTHING:
        others = " and on other savings" if option.savings else ""
        before = ", before those allowances" if "allowing" in _after_deductions(option) else ""
        rests = f" This rests on {number(needed.forecast, 1)} fewer children in care on average{before}{others}."
    yield f"The service forecasts a saving of {about(total)} {same}{_after_deductions(option)}.{rests}"
    saved = [
        f"{about(part.saved)} {WHAT_A_SAVING_DOES[name]}"
        for name, part in option.mtfs.parts.items()
        if name != "not_stated" and not is_nil(part.saved)
    ]
    if saved:
        yield f"Of this {listed(saved)}."
    yield from in_short([option])


def _if_required(option: OptionResult) -> str:
    children = option.children_throughout
    if children is not None:
        one = plain_number(children, 1)
        return f"With {one} fewer {'child' if one == '1' else 'children'} in care throughout,"
    return "If what the proposal requires came about,"


def _after_deductions(option: OptionResult) -> str:
    """What is taken off the gross saving, in words; "" where nothing is."""
    by_year, said = option.by_year, []
    if not _alike(by_year["gross_saving"], by_year["after_deadweight"]):
        said.append("what would have happened anyway")
    if not _alike(by_year["after_deadweight"], by_year["after_optimism_bias"]):
        said.append("for optimism" if said else "optimism")
    allowed = f", after allowing for {listed(said)}" if said else ""
    only = not _alike(by_year["after_optimism_bias"], by_year["cashable_saving"])
    return f"{allowed}, counting only what can come out of budgets or planned growth" if only else allowed


def _alike(first: Sequence[float], second: Sequence[float]) -> bool:
    return all(is_same(pair) for pair in zip(first, second, strict=True))


def _recovery(option: OptionResult, found: AppraisalResults) -> Iterator[str]:
    payback, needed = option.measures.payback, option.measures.break_even_children
    end, last = option.by_year["cumulative_net_position"][-1], months_of(found.years)[-1].words
    if all(is_nil(amount) for amount in option.by_year["net_position"]) and not claims_a_saving(option):
        return
    on = "Even then" if option.requirement else "On this forecast"
    spent = "all money spent, capital included," if capital_spent(option) is not None else "all money spent"
    if not claims_a_saving(option):
        yield f"The cost is therefore not recovered: {about(-end)} would be spent by {last}."
    elif payback.month is not None:
        on = "In that case" if option.requirement else on
        if payback.never_out_of_pocket:
            yield f"{on} the proposal saves more than it costs from the first month."
        else:
            yield f"{on} {spent} is recovered by {month_words(payback.month)}."
    elif is_nil(end):
        yield f"{on} {spent} is only just matched by {last}."
    elif end < 0:
        yield f"{on} {about(-end)} more would have been spent than saved by {last}, so the cost is not recovered."
    yield _needs(needed, option, found)


def _needs(needed: ChildrenNeeded, option: OptionResult, found: AppraisalResults) -> str:
    """How many fewer children it takes to break even, next to those forecast."""
    if needed.over_horizon is None or needed.over_horizon < NOTHING:
        return ""
    shown, beyond = years_shown(found.years), ""
    if needed.is_beyond:
        beyond = ", counting growth avoided in full"
    if needed.basis == "forecast" and needed.average is not None and needed.forecast is not None:
        margin = needed.margin or 0.0
        apart = f", a margin of {number(margin, 1)}" if margin > 0 else f", {number(-margin, 1)} more than forecast"
        return (
            f"To break even within {shown} it needs {number(needed.average, 1)} fewer children in care on average"
            f"{beyond}, against the {number(needed.forecast, 1)} forecast{apart}."
        )
    when = "throughout" if needed.is_throughout else "while the effect lasts"
    exact, whole = number(needed.over_horizon, 1), plain_number(needed.over_horizon_whole or 0.0)
    closely = "" if exact in (whole, f"{whole}.0") else f" ({exact} exactly)"
    fewer = f"{whole} fewer {'child' if whole == '1' else 'children'}"
    return f"To break even within {shown} it would need {fewer} in care {when}{closely}{beyond}."


def _funding(option: OptionResult, found: AppraisalResults) -> Iterator[str]:
    given, total = option.funding, option.measures.amount("total_cost")
    if is_nil(total):
        return
    peak = option.measures.peak_exposure
    if claims_a_saving(option) and not option.requirement and peak.month is not None and not is_nil(peak.amount):
        capital = "" if capital_spent(option) is None else ", capital included"
        yield f"At most {about(peak.amount)} is spent ahead of savings{capital}, by {month_words(peak.month)}."
    if given is not None:
        yield from _funded(given, found, "cost" if capital_spent(option) is None else "cost to revenue")
    if not claims_a_saving(option):
        return
    if given is not None:
        counted = [source for source in given.sources if source.kind == "savings" and not is_nil(source.total)]
        if counted:
            amount = listed([about(source.total) for source in counted])
            others = [source.label for source in given.sources if source.kind == "reserve"]
            elsewhere = f"from the {inside(others[0])} or elsewhere" if others else "elsewhere"
            yield f"If the savings do not arise, the {amount} to be met from them would have to be found {elsewhere}."
            return
    yield f"If the savings do not arise, the cost of {about(total)} would still be incurred."


def _funded(given: FundingResult, found: AppraisalResults, cost: str) -> Iterator[str]:
    drawn = [source for source in given.sources if not is_nil(source.total)]
    sources = [f"{_the(inside(source.label))} ({about(source.total)})" for source in drawn]
    if len(sources) == 1 and is_nil(given.total_shortfall):
        yield f"The {cost} would be met from {_the(inside(drawn[0].label))}."
    elif sources:
        yield f"The {cost} would be met, in this order, from {listed(sources)}."
    short = [
        f"{about(amount)} in {year}"
        for amount, year in zip(given.shortfall, found.years, strict=True)
        if not is_nil(amount)
    ]
    if short:
        which = f": {listed(short)}" if len(short) > 1 else f", in {short[0].rpartition(' in ')[2]}"
        yield f"No source has been found for {about(given.total_shortfall)}{which}."
    reserve = given.reserve
    if reserve is not None and given.repaid_year:
        yield f"The {inside(reserve.label)} would be repaid in full by {given.repaid_year}."
    flags = [flag for flag in given.flags if not flag.startswith("Shortfall: ") and not is_blank(flag)]
    yield from (sentence(flag) for flag in flags)


def is_blank(flag: str) -> bool:
    """Whether a flag of funding says what a case leaves blank, and not what its figures come to."""
    return any(words in flag for words in _NOT_STATED)


def _the(label: str) -> str:
    """`the transformation reserve`; a plural or an abbreviation goes without."""
    plain = label.partition(" ")[0].endswith("s") or label[:1].isupper() or label.startswith("the ")
    return label if plain else f"the {label}"


def left_blank(found: AppraisalResults) -> tuple[str, ...]:
    """What a committee paper usually says and the case does not state, so that the paper leaves it out."""
    given, leading = found.paper, leads(found)
    missing = [
        name
        for name, there in (
            ("recommendations", given.recommendations),
            ("purpose", given.purpose or found.case.summary),
            ("background", given.background),
            ("monitoring", given.monitoring),
            ("how the cost is funded", all(option.funding for option in leading)),
            *((f"{name} implications", given.implications.get(key)) for key, name in USUAL.items()),
        )
        if not there
    ]
    unsaid = any("not_stated" in option.mtfs.parts for option in leading)
    missing += ["whether savings reduce existing budgets or avoid growth"] if unsaid else []
    flags = dict.fromkeys(flag for option in leading if option.funding for flag in option.funding.flags)
    return (*missing, *(inside(flag.rstrip(".")) for flag in flags if is_blank(flag)))


USUAL = {
    "legal": "legal",
    "equalities": "equalities",
    "environment": "environmental",
    "human_resources": "human resources",
    "property": "property",
    "health_and_wellbeing": "health and wellbeing",
    "crime_and_disorder": "crime and disorder",
    "corporate_parenting": "corporate parenting",
    "privacy": "privacy",
}
