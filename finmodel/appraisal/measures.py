"""The measures of an option: one list, each with its rule and the places where readers are shown it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from finmodel.appraisal.children_needed import BREAK_EVEN
from finmodel.appraisal.internal_rate import internal_rate
from finmodel.appraisal.judged import Judged
from finmodel.appraisal.measure import RESULTS, SUMMARY, TERMINAL, Display, Measure, Shown, page, terminal
from finmodel.appraisal.options import COST
from finmodel.appraisal.payback import in_years, month_reached, months_to, years_to
from finmodel.appraisal.real_terms import present_value_at
from finmodel.benefits.deductions import RUNGS
from finmodel.lines.arithmetic import compare, maximum, rounded_up
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import if_number, number_if, period_name
from finmodel.lines.timing import at_period, present_value, smallest, total

CASH, NET = "cashable_saving", "net_saving"
NO_COST = "there is no cost to set the saving against"
NEVER_EXPOSED = "never out of pocket"
NO_CHILDREN = "no child is kept out of care"


def _basis(judged: Judged) -> str:
    return judged.basis


def _total(name: str) -> Callable[[Judged], Expression]:
    return lambda judged: total(judged.written.yearly[name])


def _worth(name: str) -> Callable[[Judged], Expression]:
    return lambda judged: present_value(judged.written.yearly[name], judged.factor)


def _rung(name: str) -> Measure:
    return Measure(f"total_{name}", f"Total {RUNGS[name][0].lower()}{RUNGS[name][1:]}", _total(name), "£", (RESULTS,))


WIDELY = (RESULTS, SUMMARY, TERMINAL)
_IN_CASH = "Over {years}, in cash"
TOTALS = (
    *(_rung(name) for name in RUNGS if name != CASH),
    Measure("total_cost", "Total cost", _total(COST), "£", (*WIDELY, page("Total cost", _IN_CASH))),
    Measure("total_saving", "Total cashable saving", _total(CASH), "£", (*WIDELY, page("Cashable saving", _IN_CASH))),
    Measure(
        "total_net_saving",
        "Total net saving",
        _total(NET),
        "£",
        (*WIDELY, page("Net saving", "Cashable saving less cost, in cash")),
    ),
    Measure("present_value_of_cost", "Present value of cost", _worth(COST), "£", (RESULTS,), _basis),
    Measure("present_value_of_saving", "Present value of cashable saving", _worth(CASH), "£", (RESULTS,), _basis),
    Measure(
        "net_present_value",
        "Net present value",
        _worth(NET),
        "£",
        (*WIDELY, page("Net present value", "{basis}")),
        _basis,
    ),
)


def _at_other_rates(judged: Judged, which: str) -> Expression:
    factor = None if judged.comparison is None else getattr(judged.comparison, which)
    return present_value_at(judged.written.yearly[NET], factor)


AT_OTHER_RATES = (
    Measure(
        "net_present_value_at_green_book",
        "Net present value at the current Green Book schedule",
        lambda judged: _at_other_rates(judged, "schedule"),
        "£",
        (RESULTS,),
    ),
    Measure(
        "net_present_value_at_3",
        "Net present value at a flat 3.0% real",
        lambda judged: _at_other_rates(judged, "flat"),
        "£",
        (RESULTS,),
    ),
)  # whatever the case's own rate is; written once every option has its other measures


def _per_pound(judged: Judged, figure: str, cost: str) -> Expression:
    """A figure ÷ a cost; where the cost is zero, or below zero and so a saving, the ratio says nothing."""
    spent = judged.found[cost]
    above = number_if(compare(spent, ">", judged.room.convention("tolerance")), spent, NO_COST)
    divisor = judged.room.once.line(f"{cost}_above_nil", f"{spent.label}, where there is any", above, "£")
    return if_number(divisor, judged.found[figure] / divisor)


RATES = (
    Measure(
        "benefit_cost_ratio",
        "Benefit-cost ratio",
        lambda judged: _per_pound(judged, "present_value_of_saving", "present_value_of_cost"),
        "ratio",
        (RESULTS, SUMMARY, page("Benefit-cost ratio", "Of present values. {basis}")),
        _basis,
    ),
    Measure(
        "return_on_investment",
        "Return on investment",
        lambda judged: _per_pound(judged, "total_net_saving", "total_cost"),
        "share",
        (RESULTS, SUMMARY),
        lambda _: "Net saving ÷ cost over the years shown, not discounted.",
    ),
    Measure(
        "internal_rate_of_return",
        "Internal rate of return",
        lambda judged: internal_rate(judged.written, judged.room),
        "rate",
        (RESULTS, SUMMARY, page("Internal rate of return")),
        lambda _: "Of cash, so a nominal rate: not to be set beside a real discount rate.",
    ),
)


def _paybacks(name: str, label: str, first: int, month: Sequence[Shown], on_page: Shown) -> tuple[Measure, ...]:
    """The payback of a series: in years, as the month reached, and in years from the start; first: its crossing."""
    reached = f"{label}, month reached"
    from_start = f"{label}, years from the start, by month"

    def in_proportion(judged: Judged) -> Expression:
        at = months_to(judged.crossings[first + 1])
        months = judged.room.line(f"{name}_from_start_months", f"{from_start}, in months", at, "months")
        return in_years(judged.room.book, months)

    return (
        Measure(
            name,
            f"{label}, years after year 0",
            lambda judged: years_to(judged.crossings[first]),
            "years",
            (SUMMARY, on_page),
        ),
        Measure(
            f"{name}_month_number",
            f"{reached}, counted from 1",
            lambda judged: month_reached(judged.crossings[first + 1]),
            "number",
        ),
        Measure(
            f"{name}_month",
            reached,
            lambda judged: period_name(judged.found[f"{name}_month_number"], Timeline.MONTHS),
            "number",
            month,
        ),
        Measure(f"{name}_from_start", from_start, in_proportion, "years"),
    )


PAYBACKS = (
    *_paybacks(
        "payback",
        "Payback",
        0,
        (SUMMARY, terminal("Pays back in")),
        page("Payback", "Month in which it is paid back for good"),
    ),
    *_paybacks("discounted_payback", "Discounted payback", 2, (SUMMARY,), page("Discounted payback", "{basis}")),
)
EXPOSURE = (
    Measure(
        "peak_exposure",
        "Peak cash exposure",
        lambda judged: maximum(0 - judged.lowest[0], 0),
        "£",
        (SUMMARY, page("Peak cash exposure", "The most it is out of pocket, and when")),
        lambda _: "Nil where it is never out of pocket.",
    ),
    Measure(
        "peak_exposure_month_number",
        "Month of peak exposure, counted from 1",
        lambda judged: number_if(
            compare(judged.found["peak_exposure"], ">", judged.room.convention("tolerance")),
            smallest(judged.lowest[1]),
            NEVER_EXPOSED,
        ),
        "number",
    ),
    Measure(
        "peak_exposure_month",
        "Month of peak exposure",
        lambda judged: period_name(judged.found["peak_exposure_month_number"], Timeline.MONTHS),
        "number",
        (SUMMARY,),
    ),
)


def _child_years(judged: Judged) -> Expression:
    judged.room.convention("decimal_places_compared")  # stands before both lines in every file written so far
    return total(judged.written.child_years)


def _per_child_year(judged: Judged) -> Expression:
    years, places = judged.found["child_years"], judged.room.convention("decimal_places_compared")
    some = number_if(compare(rounded_up(years, places), ">", 0), years, NO_CHILDREN)
    label = "Child-years out of care, after deductions, where there are any"
    gained = judged.room.line("child_years_above_nil", label, some, "child years")
    return if_number(gained, judged.found["total_cost"] / gained)


CHILD_YEARS = (
    Measure("child_years", "Child-years out of care, after deductions", _child_years, "child years", (RESULTS,)),
    Measure(
        "cost_per_child_year",
        "Cost per child-year out of care, after deductions",
        _per_child_year,
        "£ per child year",
        (RESULTS, SUMMARY),
    ),
)


def _full_year_cost(judged: Judged) -> Expression:
    """The recurring cost of the first year as if it were a full one: the change from the status quo's."""
    written = judged.written
    own = at_period(written.own.full_year_effect, literal(1))
    if written.status_quo is None:
        return own
    return own - at_period(written.status_quo.full_year_effect, literal(1))


FULL_YEAR = (
    Measure(
        "full_year_cost",
        "Cost of a full year, as priced, at the rates of the first",
        _full_year_cost,
        "£",
        (
            RESULTS,
            SUMMARY,
            terminal("Cost of a full year, as priced"),
            page("Cost of a full year", "As priced, at the rates of {first_year}"),
        ),
        lambda judged: "More than the status quo's." if judged.written.status_quo else "",
    ),
)


MEASURES = (*TOTALS, *RATES, *PAYBACKS, *EXPOSURE, *CHILD_YEARS, *FULL_YEAR, *BREAK_EVEN)
_IN_ORDER = {
    Display.RESULTS: (*TOTALS, *AT_OTHER_RATES, *RATES, *PAYBACKS, *EXPOSURE, *CHILD_YEARS, *FULL_YEAR, *BREAK_EVEN),
    Display.SUMMARY: (*FULL_YEAR, *BREAK_EVEN, *TOTALS, *AT_OTHER_RATES, *RATES, *PAYBACKS, *EXPOSURE, *CHILD_YEARS),
    Display.TERMINAL: (*FULL_YEAR, *BREAK_EVEN, *TOTALS, *AT_OTHER_RATES, *RATES, *PAYBACKS, *EXPOSURE, *CHILD_YEARS),
    Display.PAGE: (*FULL_YEAR, *TOTALS, *AT_OTHER_RATES, *RATES, *PAYBACKS, *BREAK_EVEN, *EXPOSURE, *CHILD_YEARS),
}


def shown_in(place: Display) -> Iterator[tuple[Measure, Shown]]:
    """The measures that a place shows, in its order, and how."""
    for measure in _IN_ORDER[place]:
        yield from ((measure, shown) for shown in measure.shown_in if shown.place is place)


def write_measures(judged: Judged, measures: Sequence[Measure] = MEASURES) -> dict[str, Line]:
    """Write measures of an option; all that it has so far, by name."""
    for measure in measures:
        rule = measure.rule(judged)
        if rule is not None:
            note = measure.note(judged)
            judged.found[measure.name] = judged.room.line(measure.name, measure.label, rule, measure.unit, note=note)
    return judged.found
