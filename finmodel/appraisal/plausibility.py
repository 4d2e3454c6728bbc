"""The questions that an appraisal is asked once it is worked out, and all warnings of a case in one list.

They need figures that follow from what is stated: what is saved in all, what starters are paid. Questions to what is
stated are in `finmodel/case/checks/plausibility.py`; the bounds of both are data.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.newer_figures import newer_figures
from finmodel.appraisal.options import CASHABLE, CHILDREN, COST, WrittenOption
from finmodel.benefits.deductions import WrittenClaim
from finmodel.case.checks.questions import Question, money, named
from finmodel.case.entries import is_ours
from finmodel.case.fte import fte_of
from finmodel.case.schema import Benefit
from finmodel.case.schema_savings import (
    EarlierPermanence,
    LessSicknessCover,
    LessTurnover,
    PerUnit,
    ProcessCosts,
    StepDown,
)
from finmodel.costing.active import DELAY
from finmodel.lines.display import plain_number, pounds
from finmodel.lines.evaluate import evaluate
from finmodel.lines.line import Line
from finmodel.lines.periods import MONTHS_IN_A_YEAR
from finmodel.parsing.faults import Fault
from finmodel.parsing.places import Address
from finmodel.parsing.problems import Problem, ProblemsError, said_once
from finmodel.parsing.pydantic_faults import problem_at
from finmodel.parsing.quantities import Quantity
from finmodel.reference import convention, plausible_bound

_OF_CHILDREN = (Benefit, StepDown, EarlierPermanence)
_MIGHT_HAPPEN_ANYWAY = (*_OF_CHILDREN, ProcessCosts, LessTurnover, LessSicknessCover, PerUnit)
_THOUSAND = 1_000
_A_POUND = 1


def warnings_of(appraisal: Appraisal) -> tuple[Problem, ...]:
    """Everything worth a look in a case that was worked out, in the order of its files, the same words once."""
    loaded = appraisal.loaded
    found = {problem_at(finding, loaded.data, loaded.places) for finding in worked(appraisal)}
    return said_once(ProblemsError({*loaded.warnings, *found}).problems)


def notes_of(appraisal: Appraisal) -> tuple[Problem, ...]:
    """The same for whoever wrote the case: of a workbook with its cells and in its words."""
    loaded = appraisal.loaded
    if loaded.cells is None:
        return warnings_of(appraisal)
    found = {problem_at(finding, loaded.data, loaded.cells.places) for finding in worked(appraisal)}
    return ProblemsError({*loaded.cells.notes, *found}).problems


def worked(appraisal: Appraisal) -> Iterator[Fault]:
    """What the questions find in the figures."""
    for question in WORKED_QUESTIONS:
        yield from (named(finding, appraisal.case) for finding in question.find(appraisal))


def newly_qualified(appraisal: Appraisal) -> Iterator[Fault]:
    """Starters who are paid more than the post."""
    if not any(post.newly_qualified for option in appraisal.case.options for post in option.posts):
        return
    salaries = {line.address: line for line in appraisal.written.model if line.address.endswith(".salary")}
    months = appraisal.case.horizon.months
    for place, option in enumerate(appraisal.case.options):
        for number, post in enumerate(option.posts):
            prefix = f"options.{option.id}.posts.{post.id}"
            own = salaries.get(f"{prefix}.salary")
            if post.newly_qualified is None or own is None:
                continue
            first = max(0, months.index(post.start) if post.start in months else 0)
            paid = appraisal.results.figure(own, first) or 0.0
            starters = [line for address, line in salaries.items() if address.startswith(f"{prefix}.newly_qualified_")]
            more = [figure for line in starters if (figure := appraisal.results.figure(line, first) or 0.0) > paid]
            if more:
                what = f"Newly qualified starters are paid {pounds(more[0])} a year in {months[first].words}"
                what += f", and the post {pounds(paid)}"
                remedy = "Name the lower `point` or `grade` that they begin at, or correct the post's."
                yield Fault(("options", place, "posts", number, "newly_qualified"), what, remedy, "whole")


def no_deadweight(appraisal: Appraisal) -> Iterator[Fault]:
    """Large forecasts of which nothing would have come about anyway, one by one or together."""
    remedy = "State the share that would have, or why there is none: `deadweight: {value: 0%, note: …}`."
    for address, saved in _undeducted(appraisal, "deadweight"):
        yield Fault((*address, "deadweight"), f"Of {saved}, nothing would have come about anyway", remedy)


def no_optimism_bias(appraisal: Appraisal) -> Iterator[Fault]:
    """Large forecasts from which nothing is taken off for optimism, on no evidence stated, one by one or together."""
    remedy = "State a share, the `evidence_grade`, or why there is none: `optimism_bias: {value: 0%, note: …}`."
    for address, saved in _undeducted(appraisal, "optimism_bias"):
        yield Fault((*address, "optimism_bias"), f"From {saved}, nothing is taken off for optimism", remedy)


def _undeducted(appraisal: Appraisal, field: str) -> Iterator[tuple[Address, str]]:
    """Forecasts from which a deduction takes nothing off without a reason, with what they save: each that is large; or,
    where an option has several small ones, the largest of them with what they save together. Whoever gains.
    """
    least = plausible_bound("saving to question", "lowest").value
    for place, option in enumerate(appraisal.written.options):
        found = [
            (_total(appraisal, claim.yearly["gross_saving"]), address)
            for address, claim in _every_claim(place, option)
            if _is_undeducted(claim, field)
        ]
        large = [(gross, address) for gross, address in found if gross >= least]
        for gross, address in large:
            yield address, f"{money(gross)} that it saves"
        together = sum(gross for gross, _ in found)
        if found and not large and together >= least:
            _, address = max(found, key=lambda each: each[0])
            others = len(found) - 1
            more = "another claim of the option" if others == 1 else f"{others} other claims of the option"
            yield address, f"{money(together)} that it and {more} save together"


def _is_undeducted(claim: WrittenClaim, field: str) -> bool:
    stated = getattr(claim.claim, field)
    nothing = isinstance(stated, Quantity) and not any(stated.values) and not _is_reasoned(stated)
    return nothing and claim.claim.basis == "forecast" and isinstance(claim.claim, _MIGHT_HAPPEN_ANYWAY)


def all_cashable(appraisal: Appraisal) -> Iterator[Fault]:
    """An option of which every pound saved is said to leave a budget."""
    least = plausible_bound("saving to question", "lowest").value
    for place, option in enumerate(appraisal.written.options):
        forecasts = [(at, claim) for at, claim in _claims(appraisal, place, option) if claim.claim.basis == "forecast"]
        shares = [claim.claim.cashable for _, claim in forecasts]
        gross = sum(_total(appraisal, claim.yearly["gross_saving"]) for _, claim in forecasts)
        of_children = [at for at, claim in forecasts if isinstance(claim.claim, _OF_CHILDREN)]
        answered = all(_is_reasoned(share) for share in shares)
        if of_children and gross >= least and all(min(share.values) >= 1 for share in shares) and not answered:
            what = f"Every pound of {money(gross)} that the option saves before deductions is to leave a budget"
            remedy = "State what part can be cashed, or which budgets fall: `cashable: {value: 100%, note: …}`."
            yield Fault((*of_children[0], "cashable"), what, remedy)


def children_for_one_fte(appraisal: Appraisal) -> Iterator[Fault]:
    """More children kept out of care than the posts can have met."""
    bound = plausible_bound("children for one FTE", "highest")
    for place, written in enumerate(appraisal.written.options):
        option = written.option
        fte = sum(max(fte_of(appraisal.case, post).values) for post in option.posts)
        forecast = any(benefit.basis == "forecast" for benefit in option.benefits)
        if option.costs or not fte or not forecast:
            continue
        most = max(figure or 0.0 for figure in appraisal.results.figures(written.own.monthly[CHILDREN]))
        if most > fte * bound.value:
            what = f"{most:,.0f} children fewer in care for {fte:g} FTE, {most / fte:,.0f} for each; {bound.shown_as}"
            remedy = "Check the number of children, and whether it is of a year or of a month."
            yield Fault(("options", place, "benefits"), what, remedy, "whole")


def saving_before_cost(appraisal: Appraisal) -> Iterator[Fault]:
    """A forecast without a start of its own that saves before anything is spent."""
    months = appraisal.case.horizon.months
    for place, option in enumerate(appraisal.written.options):
        spent = _first_above_zero(appraisal, option.own.monthly[COST])
        for address, claim in _claims(appraisal, place, option):
            saved = _first_above_zero(appraisal, claim.rungs["gross_saving"])
            if claim.claim.basis != "forecast" or claim.claim.start is not None or spent is None or saved is None:
                continue
            if saved < spent:
                what = f"It saves from {months[saved].words}, and nothing is spent before "
                what += months[spent].words
                remedy = f"Write `start: {months[spent]}` if it begins with what is spent; else state its own `start`."
                yield Fault(address, what, remedy, "whole")


def _first_above_zero(appraisal: Appraisal, line: Line) -> int | None:
    return next((month for month, figure in enumerate(appraisal.results.figures(line)) if (figure or 0.0) > 0), None)


def stated_costs(appraisal: Appraisal) -> Iterator[Fault]:
    """A stated cost that is a month's, a week's or in thousands, by the cost as priced."""
    weeks = convention("weeks_in_a_year").value
    units = ((_THOUSAND, "in thousands"), (MONTHS_IN_A_YEAR, "of a month"), (weeks, "of a week"))
    closeness = plausible_bound("agreement of two costs", "highest").value
    for place, written in enumerate(appraisal.written.options):
        stated = written.option.stated_cost
        if stated is None or written.own.stated_cost is None:
            continue
        amount = appraisal.results.figure(written.own.stated_cost) or 0.0
        priced = appraisal.results.figure(f"{written.own.stated_cost.address}.priced")
        if priced is None:
            continue
        for times, words in units:
            if amount and abs(priced / amount / times - 1) <= closeness:
                what = f"{money(amount)} is stated for {stated.year}, and posts and costs total {money(priced)}"
                what += f", {plain_number(priced / amount, 0)} times as much"
                remedy = f"Write about {priced:.0f} if the stated cost is {words}."
                yield Fault(("options", place, "stated_cost", "amount"), what, remedy)


def saving_for_each_pound(appraisal: Appraisal) -> Iterator[Fault]:
    """A saving out of all proportion to what is spent."""
    most = plausible_bound("saving for each pound", "highest")
    least = plausible_bound("saving to question", "lowest").value
    for place, written in enumerate(appraisal.written.options):
        forecasts = [claim for _, claim in _claims(appraisal, place, written) if claim.claim.basis == "forecast"]
        gross = sum(_total(appraisal, claim.yearly["gross_saving"]) for claim in forecasts)
        cost = sum(figure or 0.0 for figure in appraisal.results.figures(written.own.monthly[COST]))
        table = "benefits" if written.option.benefits else "savings"
        if gross >= least and 0 < cost * most.value < gross:
            what = (
                f"{money(gross)} is saved before deductions for {money(cost)} spent, {money(gross / cost)} for each £1"
            )
            remedy = "Check the units and noughts of prices, children and costs."
            yield Fault(("options", place, table), f"{what}; {most.shown_as}", remedy, "whole")


def growth_in_the_budget(appraisal: Appraisal) -> Iterator[Fault]:
    """Growth avoided that is to be cashed, and nothing says how much growth the base budget holds."""
    case = appraisal.case
    if case.growth_in_base_budget is not None:
        return
    for place, written in enumerate(appraisal.written.options):
        avoided = written.own.split.avoided
        whole = 0.0 if avoided is None else _total(appraisal, avoided)
        if round(whole, 2) > 0:
            what = f"{money(whole)} of its cashable saving avoids growth, which releases cash only as far as the base "
            what += "budget holds that growth already"
            remedy = (
                "Add `growth_in_base_budget`, by year, from the medium-term financial strategy; 0 where it has none."
            )
            yield Fault(("options", place), what, remedy, "whole")


def lost_to_delay(appraisal: Appraisal) -> Iterator[Fault]:
    """What falls after the years shown because of a stated delay, and so is in no figure."""
    last = appraisal.case.horizon.months[-1].words
    for place, option in enumerate(appraisal.written.options):
        delays = _delays(appraisal, option)
        if not delays:
            continue
        wanted = {what: option.own.monthly[what] for what in (COST, CASHABLE)}
        punctual = evaluate(
            appraisal.written.model,
            {line.address: np.zeros((1, 1)) for _, line in delays},
            keep=[line.address for line in wanted.values()],
        )
        lost = []
        for what, line in wanted.items():
            less = sum(figure or 0.0 for figure in punctual.figures(line)) - _total(appraisal, line)
            if less >= _A_POUND:
                lost.append(f"{money(less)} less of its {'cost' if what == COST else 'cashable saving'}")
        if lost:
            what = f"With the delay {' and '.join(lost)} falls within the years shown than without it"
            what += f": what passes {last} is in no figure"
            yield Fault(("options", place, *delays[0][0]), what, "Add `years` to show it, or leave it so.")


def _delays(appraisal: Appraisal, option: WrittenOption) -> list[tuple[Address, Line]]:
    """The delays of an option and its parts that are not zero, each with its place in the option and its input."""
    found: list[tuple[Address, Line]] = []
    parts: list[tuple[Address, str]] = [((), "")]
    for table in ("posts", "costs", "benefits", "savings"):
        parts += [((table, n), f".{table}.{each.id}") for n, each in enumerate(getattr(option.option, table))]
    for address, below in parts:
        name = f"{option.room.at}{below}.{DELAY}"
        line = appraisal.written.model[name].stated_in if name in appraisal.written.model else None
        if line is not None and (appraisal.results.figure(line) or 0.0) > 0:
            found.append(((*address, DELAY), line))
    return found


def _claims(appraisal: Appraisal, place: int, option: WrittenOption) -> Iterator[tuple[Address, WrittenClaim]]:
    """The benefits and savings that this council gains, each with its address in the case."""
    for address, claim in _every_claim(place, option):
        if is_ours(appraisal.case, claim.claim):
            yield address, claim


def _every_claim(place: int, option: WrittenOption) -> Iterator[tuple[Address, WrittenClaim]]:
    """The benefits and savings, whoever gains, each with its address in the case."""
    benefits = len(option.option.benefits)
    for number, claim in enumerate(option.own.claims):
        table, within = ("benefits", number) if number < benefits else ("savings", number - benefits)
        yield ("options", place, table, within), claim


def _total(appraisal: Appraisal, line: Line) -> float:
    return sum(figure or 0.0 for figure in appraisal.results.figures(line))


def _is_reasoned(quantity: Quantity) -> bool:
    """Whether the case says of a figure itself why it is so."""
    return bool(quantity.provenance.note or quantity.provenance.source)


WORKED_QUESTIONS: tuple[Question[Appraisal], ...] = (
    Question("newly qualified", "Are newly qualified starters paid less than the post?", newly_qualified),
    Question("no deadweight", "Would nothing have come about anyway?", no_deadweight),
    Question("no optimism bias", "Is a forecast sure to come true?", no_optimism_bias),
    Question("all cashable", "Does every pound saved leave a budget?", all_cashable),
    Question("children for one FTE", "Can the posts have met so many children?", children_for_one_fte),
    Question("saving before cost", "Does anything save before it is paid for?", saving_before_cost),
    Question("growth in the budget", "Does the budget hold the growth that is avoided?", growth_in_the_budget),
    Question("stated costs", "Is the stated cost that of a year, in pounds?", stated_costs),
    Question("saving for each pound", "Is the saving in proportion to the cost?", saving_for_each_pound),
    Question("lost to delay", "Does a delay put anything after the years shown?", lost_to_delay),
    Question("newer figures", "Are published figures the newest on the day of the meeting?", newer_figures),
)
