"""How many children fewer in care repay an option, beside how many are forecast: the measures of breaking even.

The number is constant: so many children fewer in care in every month of the effect. It repays the whole cost, all money
spent in the years shown, once the other savings of the option are taken off it. What a child saves is counted after
deductions, and growth avoided in full, also beyond what the base budget holds. What business as usual saves by children
of its own is given up: it is taken off the other savings at its own price, and the forecast is of the option's own
children. The sum that papers print, a full year's cost ÷ the price of a placement, stands next to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from finmodel.appraisal.break_even import given_up
from finmodel.appraisal.judged import Judged
from finmodel.appraisal.measure import RESULTS, TERMINAL, Measure, Shown, page, summary, terminal
from finmodel.appraisal.money_spent import MONEY_SPENT
from finmodel.appraisal.options import CHILDREN
from finmodel.lines.arithmetic import add_up, compare, maximum, rounded_up
from finmodel.lines.expression import Expression, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import Outcome, if_number, no_figure, number_if
from finmodel.lines.timing import at_period, by_year, total

NO_PLACEMENTS = "the case states no placement cost"
NO_BENEFIT = "the option claims no child fewer in care, and the case names no placement to break even in"
NO_SAVING_PER_CHILD = "a child fewer in care saves nothing that can be cashed within the years shown"
NO_PRICE_IN_FIRST_YEAR = "a placement costs nothing in the first year, by whose price this sum divides"
NO_SAVING_IN_FIRST_YEAR = "a child fewer in care saves nothing that can be cashed in the first year"
NOT_IN_FIRST_YEAR = "the effect is not there in every month of the first year"
NOTHING_RECURS = "no cost recurs, so there is no full year's cost to divide"
NOBODY_FORECASTS = "the number is a requirement, of which no forecast is made"
NONE_CLAIMED = "no child fewer in care is claimed"
_BY_THE_PAPER = "Children to break even in a full year, before deductions"
_WHOLE_COST = "Children fewer in care throughout to break even within the years shown"


def _no_child(judged: Judged) -> str:
    """Why nothing can be said of what a child saves."""
    return NO_BENEFIT if judged.room.book.case.placements else NO_PLACEMENTS


def _spent(judged: Judged) -> Line:
    """All money spent, £ by year."""
    return judged.written.yearly[MONEY_SPENT]


def _cost_to_repay(judged: Judged) -> Expression:
    return total(_spent(judged)) - judged.found["total_other_saving"]


def _repaid_by(judged: Judged, name: str, cost: Expression, saved: Expression, why_not: str) -> Expression:
    """Cost ÷ what one child saves; zero where there is no cost to repay."""
    room = judged.room
    child = room.book.definition("one_child", "One child", 1, "children")
    per_child = room.line(f"{name}_saving_per_child", "What one child saves", saved, "£ per child")
    some = number_if(compare(per_child * child, ">", room.convention("tolerance")), per_child, why_not)
    saving = room.line(f"{name}_saving_above_nil", "What one child saves, where it is anything", some, "£ per child")
    return if_number(saving, maximum(cost, 0) / saving)


def _whole_cost_repaid(judged: Judged) -> Expression:
    if judged.saving_per_child is None:
        return no_figure(_no_child(judged), "children")
    cost, saved = judged.found["cost_to_repay"], total(judged.saving_per_child)
    return _repaid_by(judged, "break_even", cost, saved, NO_SAVING_PER_CHILD)


def _first_year_repaid(judged: Judged) -> Expression:
    """The same of the first year by itself; only where the effect is there in the whole of it."""
    if judged.saving_per_child is None or judged.in_effect is None:
        return no_figure(_no_child(judged), "children")
    room, first = judged.room, literal(1)
    missing = 1 - at_period(judged.in_effect, first)
    there = compare(rounded_up(missing, room.convention("decimal_places_compared")), "<=", 0)
    cost = room.line(
        "first_year_to_repay",
        "Cost of the first year less its other savings, where the effect is there in all of it",
        number_if(there, at_period(_spent(judged), first) - at_period(judged.other_savings, first), NOT_IN_FIRST_YEAR),
        "£",
    )
    saved = at_period(judged.saving_per_child, first)
    return if_number(cost, _repaid_by(judged, "first_year", cost, saved, NO_SAVING_IN_FIRST_YEAR))


def _paper_repaid(judged: Judged) -> Expression:
    """The cost that the authors state, or as priced, of a full year ÷ a placement for the whole of the first year."""
    if judged.one_child is None:
        return no_figure(_no_child(judged), "children")
    room = judged.room
    tolerance = room.convention("tolerance")
    cost = judged.written.own.stated_cost or judged.found["full_year_cost"]
    if isinstance(cost.expression, Outcome):  # no year is a full one, for the reason that stands there
        return if_number(cost, cost / judged.found["placement_cost"])
    none_at_all = compare(total(_spent(judged)), "<=", tolerance)
    known = compare(compare(cost, ">", tolerance) + none_at_all, ">", 0)
    rule = number_if(known, maximum(cost, 0), NOTHING_RECURS)
    divided = room.line("full_year_to_repay", "Cost of a full year, where any recurs", rule, "£")
    repaid = _repaid_by(judged, "full_year", cost, judged.found["placement_cost"], NO_PRICE_IN_FIRST_YEAR)
    return if_number(divided, repaid)


def _averaged(judged: Judged) -> Expression:
    needed = judged.found["break_even_children_over_horizon"]
    if judged.in_effect is None:
        return if_number(needed, needed)
    label = "Share of the years shown in which the effect is there"
    share = judged.room.line(
        "share_in_effect", label, total(judged.in_effect) / judged.room.book.number_of_years(), "share"
    )
    return if_number(needed, needed * share)


def _forecast(judged: Judged) -> Expression:
    benefits = judged.written.own.benefits
    if not benefits:
        return no_figure(NONE_CLAIMED, "children")
    if any(benefit.claim.basis == "requirement" for benefit in benefits):
        return no_figure(NOBODY_FORECASTS, "children")
    written = judged.written
    children: Line = written.yearly[CHILDREN]
    if given_up(written):
        monthly = written.own.monthly[CHILDREN]
        label = "Children fewer in care of the option itself, average"
        children = judged.room.line("children_of_its_own", label, by_year(monthly, "average"), "children")
    return total(children) / judged.room.book.number_of_years()


def _margin(judged: Judged) -> Expression:
    needed, forecast = judged.found["break_even_children_average"], judged.found["forecast_children"]
    return if_number(forecast, if_number(needed, forecast - needed))


def _given_up(judged: Judged) -> Expression | None:
    found = given_up(judged.written)
    return literal(add_up([total(line) for line in found])) if found else None


def _growth(which: int) -> Callable[[Judged], Expression | None]:
    def rule(judged: Judged) -> Expression | None:
        found = judged.growth_of_children
        return None if found is None else total(found[which])

    return rule


def _whole(name: str) -> Callable[[Judged], Expression]:
    def rule(judged: Judged) -> Expression:
        found = judged.found[name]
        return if_number(found, rounded_up(found, judged.room.convention("decimal_places_compared")))

    return rule


def _exact_and_whole(
    name: str, label: str, rule: Callable[[Judged], Expression], *shown_in: Shown
) -> tuple[Measure, Measure]:
    """How many children repay a cost, exactly and whole."""
    return (
        Measure(name, label, rule, "children", shown_in),
        Measure(f"{name}_whole", f"{label}, whole", _whole(name), "children"),
    )


BREAK_EVEN = (
    Measure(
        "placement_cost",
        "A placement for the whole of the first year",
        lambda judged: None if judged.one_child is None else judged.one_child.placement,
        "£ per child",
    ),
    Measure(
        "total_other_saving",
        "Total cashable saving from anything but children fewer in care",
        lambda judged: total(judged.other_savings),
        "£",
        (RESULTS,),
    ),
    Measure(
        "saving_given_up",
        "Saving of business as usual's own children, which the option gives up",
        _given_up,
        "£",
        note=lambda _: "At its own price; a part of the whole cost to repay.",
    ),
    Measure("growth_avoided_by_children", "Growth avoided by the children as stated", _growth(0), "£"),
    Measure(
        "growth_beyond_base_budget",
        "Growth that they avoid beyond what the base budget holds",
        _growth(1),
        "£",
        note=lambda _: "It releases no cash. The children needed count all growth avoided.",
    ),
    Measure(
        "cost_to_repay",
        "Whole cost to repay",
        _cost_to_repay,
        "£",
        (RESULTS, TERMINAL, page("Whole cost to repay", "All money spent, less the option’s other savings")),
        lambda _: "All money spent in the years shown, less the savings that do not come from children fewer in care.",
    ),
    *_exact_and_whole(
        "break_even_children_over_horizon",
        _WHOLE_COST,
        _whole_cost_repaid,
        terminal("Children fewer in care"),
        page("Children fewer in care to break even", "Throughout the effect, within {years}"),
    ),
    Measure(
        "break_even_children_average",
        "The same, averaged over the years shown",
        _averaged,
        "children",
        (
            summary("Children needed to break even, average"),
            page("Children to break even, on average", "Averaged over {years}, the effect not being there throughout"),
        ),
        lambda _: "None can be fewer in care before the effect begins or after it ends.",
    ),
    Measure(
        "forecast_children",
        "Children fewer in care as forecast, averaged over the years shown",
        _forecast,
        "children",
        (
            RESULTS,
            summary("Children forecast, average"),
            page("Children forecast", "Before deductions, averaged over {years}"),
        ),
    ),
    Measure(
        "margin_of_children",
        "Children forecast above those needed, both averaged over the years shown",
        _margin,
        "children",
        (
            RESULTS,
            summary("Forecast above what is needed"),
            page("Forecast above what is needed", "Both averaged over {years}"),
        ),
        lambda _: "Below zero where the forecast falls short. From unrounded figures.",
    ),
    *_exact_and_whole(
        "break_even_children_first_year",
        "Children fewer in care to break even in the first year alone",
        _first_year_repaid,
        page("Children to break even in {first_year} alone", "As if it were the only year"),
    ),
    *_exact_and_whole(
        "break_even_children",
        _BY_THE_PAPER,
        _paper_repaid,
        terminal("The sum that papers print"),
        page("The sum that papers print", "A full year’s cost ÷ the price of a placement, before deductions"),
    ),
)
Which = Literal["over_horizon", "first_year", "full_year"]
NEEDED: dict[Which, str] = {
    "over_horizon": "break_even_children_over_horizon",
    "first_year": "break_even_children_first_year",
    "full_year": "break_even_children",
}  # numbers of children, by their names in `results.json`
