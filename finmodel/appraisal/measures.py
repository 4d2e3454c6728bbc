"""The measures of an option: one list, each with its rule and the places where readers are shown it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from finmodel.appraisal.internal_rate import internal_rate
from finmodel.appraisal.judged import Judged
from finmodel.appraisal.options import COST
from finmodel.appraisal.payback import in_years, month_reached, months_to, years_to
from finmodel.appraisal.real_terms import present_value_at
from finmodel.basis.room import Room
from finmodel.benefits.deductions import RUNGS
from finmodel.lines.arithmetic import compare, maximum, rounded_up
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import if_number, no_figure, number_if, period_name
from finmodel.lines.timing import at_period, present_value, smallest, total

CASH, NET = "cashable_saving", "net_saving"
NO_COST = "there is no cost to set the saving against"
NO_PLACEMENT = "the case states no placement cost for this option"
NEVER_EXPOSED = "never out of pocket"
NO_CHILDREN = "no child is kept out of care"
NO_SAVING_PER_CHILD = "a child fewer in care saves nothing that can be cashed"


ZERO_LINE = "it is what the others are compared with"
_AMOUNTS = frozenset({"£", "child years"})


class Display(Enum):
    """Where measures are shown side by side."""

    RESULTS = "results.json"
    SUMMARY = "the workbook's summary"
    TERMINAL = "the terminal"
    PAGE = "the page's table of options"


@dataclass(frozen=True, slots=True)
class Shown:
    """How a measure is shown in a place.

    label: there, where it is not the measure's own. note: below it; `{years}`, `{first_year}` and `{basis}` stand for
    the years shown, the first of them and the basis of present values.
    """

    place: Display
    label: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure by which an option is judged.

    name: in `results.json`, and the last part of its address; rule: None where the option has no such figure.
    """

    name: str
    label: str
    rule: Callable[[Judged], Expression | None]
    unit: str
    shown_in: Sequence[Shown] = ()
    note: Callable[[Judged], str] = lambda _: ""


RESULTS, SUMMARY, TERMINAL = Shown(Display.RESULTS), Shown(Display.SUMMARY), Shown(Display.TERMINAL)


def terminal(label: str) -> Shown:
    """Shown on the terminal, by this label."""
    return Shown(Display.TERMINAL, label)


def page(label: str, note: str = "") -> Shown:
    """Shown in the page's table of options, by this label and with this note."""
    return Shown(Display.PAGE, label, note)


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
    label = "Child-years out of care, where there are any"
    gained = judged.room.line("child_years_above_nil", label, some, "child years")
    return if_number(gained, judged.found["total_cost"] / gained)


CHILD_YEARS = (
    Measure("child_years", "Child-years out of care", _child_years, "child years", (RESULTS,)),
    Measure(
        "cost_per_child_year",
        "Cost per child-year out of care",
        _per_child_year,
        "£ per child year",
        (RESULTS, SUMMARY),
    ),
)


def _full_year_cost(judged: Judged) -> Expression:
    """The recurring cost of the first year as if it were a full one: the change from business as usual's."""
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
        lambda judged: "More than business as usual's." if judged.written.status_quo else "",
    ),
)


def _stated_or_priced(judged: Judged) -> Line:
    return judged.written.own.stated_cost or judged.found["full_year_cost"]


def _repaid_by(judged: Judged, cost: Line, saved: Line) -> Expression:
    """Cost ÷ what one child saves; zero where there is no cost to repay."""
    room = judged.room
    child = room.book.definition("one_child", "One child", 1, "children")
    some = number_if(compare(saved * child, ">", room.convention("tolerance")), saved, NO_SAVING_PER_CHILD)
    own = Room(room.book, saved.address.rpartition(".")[0], room.section).once
    name = f"{saved.address.rpartition('.')[2]}_above_nil"
    saving = own.line(name, f"{saved.label}, where it is anything", some, "£ per child")
    return if_number(saving, maximum(cost, 0) / saving)


def _break_even(
    name: str,
    labels: tuple[str, str],
    cost: Callable[[Judged], Line],
    which: int,
    shown_in: Sequence[Shown],
    whole_shown_in: Sequence[Shown],
) -> tuple[Measure, Measure]:
    """How many children repay a cost, exactly and whole; which: of what one child saves."""

    def exact(judged: Judged) -> Expression:
        if judged.saved is None:
            return no_figure(NO_PLACEMENT, "children")
        return _repaid_by(judged, cost(judged), judged.saved[which])

    def whole(judged: Judged) -> Expression:
        if judged.saved is None:
            return no_figure(NO_PLACEMENT, "children")
        found = judged.found[name]
        return if_number(found, rounded_up(found, judged.room.convention("decimal_places_compared")))

    return (
        Measure(name, labels[0], exact, "children", shown_in),
        Measure(f"{name}_whole", labels[1], whole, "children", whole_shown_in),
    )


_REPAY = "Children who repay a full year's cost"
BREAK_EVEN = (
    Measure(
        "placement_cost",
        "A placement for the whole of the first year",
        lambda judged: None if judged.one_child is None else judged.one_child.placement,
        "£ per child",
    ),
    *_break_even(
        "break_even_children",
        (f"{_REPAY}, before deductions", f"{_REPAY}, whole"),
        _stated_or_priced,
        0,
        (
            SUMMARY,
            terminal("Children who repay it"),
            page("Children who repay a full year", "Fewer in care, before deductions"),
        ),
        (SUMMARY, terminal("  in whole children")),
    ),
    *_break_even(
        "break_even_children_as_priced",
        (f"{_REPAY} as priced here, before deductions", f"{_REPAY} as priced here, whole"),
        lambda judged: judged.found["full_year_cost"],
        0,
        (SUMMARY, page("The same, at the cost as priced")),
        (),
    ),
    *_break_even(
        "break_even_children_after_deductions",
        (f"{_REPAY}, after deductions", f"{_REPAY}, after deductions, whole"),
        _stated_or_priced,
        1,
        (page("The same, after deductions", "At the stated cost, if there is one"),),
        (terminal("  after all deductions"),),
    ),
    *_break_even(
        "break_even_children_over_horizon",
        ("Children fewer in care throughout who repay the option within the years shown", "The same, whole"),
        lambda judged: judged.found["total_cost"],
        2,
        (SUMMARY, page("Children who repay the option", "Fewer in care throughout, within {years}")),
        (SUMMARY,),
    ),
)
MEASURES = (*TOTALS, *RATES, *PAYBACKS, *EXPOSURE, *CHILD_YEARS, *FULL_YEAR, *BREAK_EVEN)
NEEDED = {
    "full_year": "break_even_children",
    "as_priced": "break_even_children_as_priced",
    "after_deductions": "break_even_children_after_deductions",
    "over_horizon": "break_even_children_over_horizon",
}  # numbers of children, by their names in `results.json`
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
    """Write measures of an option; all that it has so far, by name.

    Amounts of business as usual are zero, for it is the change from itself; nothing else is asked of it.
    """
    zero_line = judged.written.is_business_as_usual
    for measure in measures:
        asked = not zero_line or measure.unit in _AMOUNTS
        rule = measure.rule(judged) if asked else no_figure(ZERO_LINE, measure.unit)
        if rule is not None:
            note = measure.note(judged)
            judged.found[measure.name] = judged.room.line(measure.name, measure.label, rule, measure.unit, note=note)
    return judged.found
