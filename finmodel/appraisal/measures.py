"""The measures of an option: one list, each with its rule and the places where readers are shown it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from finmodel.appraisal.accounts import PUBLIC, SOCIETY, Account
from finmodel.appraisal.children_needed import BREAK_EVEN
from finmodel.appraisal.internal_rate import internal_rate
from finmodel.appraisal.judged import Course, Judged
from finmodel.appraisal.measure import RESULTS, TERMINAL, Display, Measure, Shown, page, summary, terminal
from finmodel.appraisal.money_spent import MONEY_SPENT
from finmodel.appraisal.options import COST
from finmodel.appraisal.payback import Balance, in_years, month_reached, months_to, years_to
from finmodel.appraisal.real_terms import NO_DEFLATOR, present_value_at
from finmodel.basis.room import Room
from finmodel.benefits.deductions import RUNGS
from finmodel.costing.other_costs import BY_COHORT_ALONE, BY_COHORT_ALONE_AS_USUAL
from finmodel.lines.arithmetic import compare, conditional, maximum, rounded_up
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.outcomes import if_number, no_figure, number_if, period_name
from finmodel.lines.timing import at_period, present_value, smallest, total

CASH, NET = "cashable_saving", "net_saving"
FULL_YEAR_NUMBER = "full_year_cost_year_number"
NO_COST = "there is no cost to set the saving against"
NEVER_EXPOSED = "never out of pocket"
NO_CHILDREN = "no child is kept out of care"
ZERO_LINE = "it is what the others are compared with"
_AMOUNTS = frozenset({"£", "child years"})


def _basis(judged: Judged) -> str:
    return judged.basis


def _total(name: str) -> Callable[[Judged], Expression]:
    return lambda judged: total(judged.written.yearly[name])


def _worth(name: str) -> Callable[[Judged], Expression]:
    return lambda judged: present_value(judged.written.yearly[name], judged.factor)


def _rung(name: str) -> Measure:
    return Measure(f"total_{name}", f"Total {RUNGS[name][0].lower()}{RUNGS[name][1:]}", _total(name), "£", (RESULTS,))


WIDELY = (RESULTS, TERMINAL)
_IN_CASH = "Over {years}, revenue budget, in cash"
_REVENUE = "Of the revenue budget."
TOTALS = (
    *(_rung(name) for name in RUNGS if name != CASH),
    Measure(
        "total_cost",
        "Total cost",
        _total(COST),
        "£",
        (*WIDELY, summary("Total cost, revenue"), page("Total cost", _IN_CASH)),
        lambda _: "To the revenue budget, MRP and interest included.",
    ),
    Measure(
        "total_saving",
        "Total cashable saving",
        _total(CASH),
        "£",
        (*WIDELY, summary("Total cashable saving"), page("Cashable saving", _IN_CASH)),
    ),
    Measure(
        "total_net_saving",
        "Total net saving",
        _total(NET),
        "£",
        (
            *WIDELY,
            summary("Total net saving, revenue"),
            page("Net saving", "Cashable saving less cost, revenue budget, in cash"),
        ),
        lambda _: _REVENUE,
    ),
    Measure(
        "total_money_spent",
        "All money spent, in total",
        _total(MONEY_SPENT),
        "£",
        (
            RESULTS,
            summary("All money spent, capital included"),
            page("All money spent", "Over {years}: revenue without MRP, and capital, in cash"),
        ),
        lambda _: "Revenue without MRP, and capital when it is spent.",
        needs_capital=True,
    ),
    Measure("present_value_of_cost", "Present value of cost", _worth(COST), "£", (RESULTS,), _basis),
    Measure("present_value_of_saving", "Present value of cashable saving", _worth(CASH), "£", (RESULTS,), _basis),
    Measure(
        "net_present_budget_impact",
        "Net present budget impact",
        _worth(NET),
        "£",
        (
            *WIDELY,
            summary("Net present budget impact"),
            page("Net present budget impact", "Of the revenue budget"),
        ),
        lambda judged: f"{_REVENUE} {judged.basis}",
    ),
)


def _at_other_rates(judged: Judged, which: str) -> Expression:
    factor = None if judged.comparison is None else getattr(judged.comparison, which)
    return present_value_at(judged.written.yearly[NET], factor)


AT_OTHER_RATES = (
    Measure(
        "net_present_budget_impact_at_green_book",
        "Net present budget impact at the current Green Book schedule",
        lambda judged: _at_other_rates(judged, "schedule"),
        "£",
        (RESULTS,),
    ),
    Measure(
        "net_present_budget_impact_at_sensitivity",
        "Net present budget impact at the Green Book's sensitivity rates",
        lambda judged: _at_other_rates(judged, "sensitivity"),
        "£",
        (RESULTS,),
    ),
)  # whatever the case's own rate is; written once every option has its other measures


def _per_pound(judged: Judged, figure: str, cost: str) -> Expression:
    return _ratio(judged, judged.found[figure], judged.found[cost])


def _ratio(judged: Judged, figure: Line, spent: Line) -> Expression:
    """A figure ÷ a cost; where the cost is zero, or below zero and so a saving, the ratio says nothing."""
    above = number_if(compare(spent, ">", judged.room.convention("tolerance")), spent, NO_COST)
    before, _, name = spent.address.rpartition(".")
    own = Room(judged.room.book, before, spent.section).once
    divisor = own.line(f"{name}_above_nil", f"{spent.label}, where there is any", above, "£")
    return if_number(divisor, figure / divisor)


RATES = (
    Measure(
        "cashable_saving_per_pound",
        "Cashable saving per pound of cost",
        lambda judged: _per_pound(judged, "present_value_of_saving", "present_value_of_cost"),
        "ratio",
        (RESULTS, page("Cashable saving per pound", "Of cost to revenue, in present values")),
        lambda judged: f"{_REVENUE} {judged.basis}",
    ),
    Measure(
        "gross_return_on_investment",
        "Gross return on investment",
        lambda judged: _per_pound(judged, "total_saving", "total_cost"),
        "share",
        (RESULTS,),
        lambda _: "Cashable saving ÷ cost to the revenue budget over the years shown, not discounted.",
    ),
    Measure(
        "net_return_on_investment",
        "Net return on investment",
        lambda judged: _per_pound(judged, "total_net_saving", "total_cost"),
        "share",
        (RESULTS,),
        lambda _: "Net saving ÷ cost to the revenue budget over the years shown, not discounted.",
    ),
    Measure(
        "internal_rate_of_return",
        "Internal rate of return",
        lambda judged: internal_rate(judged.written, judged.room),
        "rate",
        (RESULTS, page("Internal rate of return")),
        lambda _: f"{_REVENUE} Of cash, so a nominal rate: not to be set beside a real discount rate.",
    ),
)


def _real_value(judged: Judged, which: str) -> Expression:
    """Gain less cost of an account that is real, in present values; none where the case names no deflator."""
    if judged.accounts is None:
        return no_figure(NO_DEFLATOR, "£")
    account: Account = getattr(judged.accounts, which)
    return account.present_value_of_gain - account.present_value_of_cost


def _real_ratio(judged: Judged, which: str) -> Expression:
    """Gain ÷ cost of an account that is real, in present values."""
    if judged.accounts is None:
        return no_figure(NO_DEFLATOR, "ratio")
    account: Account = getattr(judged.accounts, which)
    return _ratio(judged, account.present_value_of_gain, account.present_value_of_cost)


VALUE = (
    Measure(
        "net_present_public_value",
        "Net present public value",
        lambda judged: _real_value(judged, PUBLIC),
        "£",
        (*WIDELY, page("Net present public value", "To the public sector, capital at outlay")),
        lambda judged: f"To the public sector: capital at its outlay, savings cashable or not. {judged.basis}",
    ),
    Measure(
        "public_benefit_cost_ratio",
        "Benefit-cost ratio, public sector",
        lambda judged: _real_ratio(judged, PUBLIC),
        "ratio",
        (RESULTS, page("Benefit-cost ratio, public sector", "Of present values")),
        _basis,
    ),
    Measure(
        "net_present_social_value",
        "Net present social value",
        lambda judged: _real_value(judged, SOCIETY),
        "£",
        (RESULTS,),
        lambda judged: f"As the public sector's, with what others bear and people gain. {judged.basis}",
    ),
    Measure(
        "social_benefit_cost_ratio",
        "Benefit-cost ratio, society",
        lambda judged: _real_ratio(judged, SOCIETY),
        "ratio",
        (RESULTS,),
        _basis,
    ),
)


def _of_revenue(measures: Sequence[Measure]) -> Iterator[Measure]:
    """What is said of the revenue budget apart, where capital makes it another than all money spent."""
    return (replace(measure, needs_capital=True) for measure in measures)


def _all_money(judged: Judged) -> Course:
    return judged.all_money


def _revenue(judged: Judged) -> Course:
    return judged.revenue


class _Payback(Struct, frozen=True):
    """A payback: of which course, and whether of discounted flows."""

    name: str
    label: str
    course: Callable[[Judged], Course]
    discounted: bool

    def by_year(self, judged: Judged) -> Expression:
        course = self.course(judged)
        return years_to(course.discounted_by_year if self.discounted else course.by_year)

    def _months(self, judged: Judged) -> Balance:
        course = self.course(judged)
        return course.discounted_by_month if self.discounted else course.by_month

    def reached(self, judged: Judged) -> Expression:
        return month_reached(self._months(judged))

    def reached_by_name(self, judged: Judged) -> Expression:
        """The month's name; the first month is no month of payback: it is never out of pocket then."""
        number = judged.found[f"{self.name}_month_number"]
        rule = if_number(number, number_if(compare(number, ">", 1), number, NEVER_EXPOSED))
        label = f"{self.label}, month reached, counted from 1, where it is out of pocket before"
        shown = judged.room.line(f"{self.name}_month_after_deficit", label, rule, "number")
        return period_name(shown, Timeline.MONTHS)

    def from_start(self, judged: Judged) -> Expression:
        at, label = self._months(judged), f"{self.label}, years from the start, by month, in months"
        months = judged.room.line(f"{self.name}_from_start_months", label, months_to(at), "months")
        return in_years(judged.room.book, months)

    def measures(self, month: Sequence[Shown], on_page: Shown) -> tuple[Measure, ...]:
        """In years, as the month reached, and in years from the start."""
        name, reached = self.name, f"{self.label}, month reached"
        return (
            Measure(name, f"{self.label}, years after year 0", self.by_year, "years", (on_page,)),
            Measure(f"{name}_month_number", f"{reached}, counted from 1", self.reached, "number"),
            Measure(f"{name}_month", reached, self.reached_by_name, "number", month),
            Measure(f"{name}_from_start", f"{self.label}, years from the start, by month", self.from_start, "years"),
        )


PAYBACKS = (
    *_Payback("payback", "Payback", _all_money, False).measures(
        (summary("All money spent is paid back in"), terminal("Pays back in")),
        page("Payback", "Month in which all money spent is paid back for good"),
    ),
    *_Payback("discounted_payback", "Discounted payback", _all_money, True).measures(
        (), page("Discounted payback", "Of present values")
    ),
    *_of_revenue(
        _Payback("revenue_payback", "Payback of the revenue budget", _revenue, False).measures(
            (), page("Payback of the revenue budget", "MRP and interest included, capital not")
        )
    ),
    *_of_revenue(
        _Payback("revenue_discounted_payback", "Discounted payback of the revenue budget", _revenue, True).measures(
            (), page("Discounted payback of the revenue budget", "Of present values")
        )
    ),
)


def _exposures(name: str, label: str, course_of: Callable[[Judged], Course], on_page: Shown) -> tuple[Measure, ...]:
    """The most that a course is out of pocket, and when."""

    def most(judged: Judged) -> Expression:
        return maximum(0 - course_of(judged).lowest[0], 0)

    def month_number(judged: Judged) -> Expression:
        exposed = compare(judged.found[name], ">", judged.room.convention("tolerance"))
        return number_if(exposed, smallest(course_of(judged).lowest[1]), NEVER_EXPOSED)

    def month(judged: Judged) -> Expression:
        return period_name(judged.found[f"{name}_month_number"], Timeline.MONTHS)

    when = f"Month of {label[0].lower()}{label[1:]}".replace(" cash", "")
    return (
        Measure(name, label, most, "£", (on_page,), lambda _: "Zero where it is never out of pocket."),
        Measure(f"{name}_month_number", f"{when}, counted from 1", month_number, "number"),
        Measure(f"{name}_month", when, month, "number"),
    )


EXPOSURE = (
    *_exposures(
        "peak_exposure",
        "Peak cash exposure",
        _all_money,
        page("Peak cash exposure", "The most that all money spent is ahead of what is saved, and when"),
    ),
    *_of_revenue(
        _exposures(
            "revenue_peak_exposure",
            "Peak cash exposure of the revenue budget",
            _revenue,
            page("Peak cash exposure of the revenue budget", "MRP and interest included, capital not"),
        )
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
        (RESULTS,),
    ),
)


def _recurring_change(judged: Judged) -> Line:
    """What each year's recurring cost would be in a full year: the change from business as usual's."""
    written = judged.written
    rule: Expression = written.own.full_year_effect
    if written.status_quo is not None:
        rule = rule - written.status_quo.full_year_effect
    return judged.option.once.line("full_year_change", "Recurring cost of the year as if it were a full one", rule, "£")


def _first_recurring_year(judged: Judged) -> Line:
    """The number of the first year in which the option, business as usual and the change between them have begun.

    Before it a full year of one would be set against none of the other. The first of all where nothing recurs.
    """
    written, room = judged.written, judged.room
    first: Expression = _first_year_of(judged, "own", written.own.full_year_effect)
    if written.status_quo is not None:
        first = maximum(first, _first_year_of(judged, "business_as_usual", written.status_quo.full_year_effect))
        first = maximum(first, _first_year_of(judged, "change", _recurring_change(judged)))
    return room.line(FULL_YEAR_NUMBER, "Year of the cost of a full year, counted from 1", first, "number")


def _first_year_of(judged: Judged, whose: str, full_year: Line) -> Line:
    """The number of the first year in which a cost recurs, of an option in itself; 1 where none does."""
    book, room = judged.room.book, judged.option.within(f"recurring.{whose}")
    tolerance, last = book.convention("tolerance"), book.number_of_years()
    some = compare(compare(full_year, ">", tolerance) + compare(full_year, "<", 0 - tolerance), ">", 0)
    label = f"Number of the year, where a cost recurs ({whose.replace('_', ' ')}); otherwise one more than there are"
    rule = conditional(some, book.number_of(Timeline.YEARS), last + 1)
    found = room.line("earliest", "The first of them", smallest(room.line("year", label, rule, "number")), "number")
    return room.line(
        "first",
        f"First year in which a cost recurs ({whose.replace('_', ' ')})",
        conditional(compare(found, "<=", last), found, 1),
        "number",
    )


def _full_year_cost(judged: Judged) -> Expression:
    """The recurring cost, as if its year were a full one, of the first year in which all that recurs has begun."""
    if judged.written.is_business_as_usual and judged.written.own.by_cohort_alone:
        return no_figure(ZERO_LINE, "£")
    if judged.written.own.by_cohort_alone:
        return no_figure(BY_COHORT_ALONE, "£")
    if judged.written.status_quo is not None and judged.written.status_quo.by_cohort_alone:
        return no_figure(BY_COHORT_ALONE_AS_USUAL, "£")
    return at_period(_recurring_change(judged), _first_recurring_year(judged))


FULL_YEAR = (
    Measure(
        "full_year_cost",
        "Cost of a full year, as priced, at the rates of the first in which it recurs",
        _full_year_cost,
        "£",
        (
            RESULTS,
            summary("Cost of a full year"),
            terminal("Cost of a full year, as priced"),
            page("Cost of a full year", "As priced, at the rates of the first year in which it recurs"),
        ),
        lambda judged: "More than business as usual's." if judged.written.status_quo else "",
    ),
)


MEASURES = (*TOTALS, *RATES, *VALUE, *PAYBACKS, *EXPOSURE, *CHILD_YEARS, *FULL_YEAR, *BREAK_EVEN)
_IN_ORDER = {
    Display.RESULTS: (
        *TOTALS,
        *AT_OTHER_RATES,
        *RATES,
        *VALUE,
        *PAYBACKS,
        *EXPOSURE,
        *CHILD_YEARS,
        *FULL_YEAR,
        *BREAK_EVEN,
    ),
    Display.SUMMARY: (
        *FULL_YEAR,
        *TOTALS,
        *AT_OTHER_RATES,
        *RATES,
        *VALUE,
        *PAYBACKS,
        *EXPOSURE,
        *CHILD_YEARS,
        *BREAK_EVEN,
    ),
    Display.TERMINAL: (
        *FULL_YEAR,
        *BREAK_EVEN,
        *TOTALS,
        *AT_OTHER_RATES,
        *RATES,
        *VALUE,
        *PAYBACKS,
        *EXPOSURE,
        *CHILD_YEARS,
    ),
    Display.PAGE: (
        *FULL_YEAR,
        *TOTALS,
        *AT_OTHER_RATES,
        *RATES,
        *VALUE,
        *PAYBACKS,
        *BREAK_EVEN,
        *EXPOSURE,
        *CHILD_YEARS,
    ),
}


def shown_in(place: Display, written: Container[str]) -> Iterator[tuple[Measure, Shown]]:
    """The measures that a place shows, in its order, and how; written: the names of those that the case has."""
    for measure in _IN_ORDER[place]:
        if measure.name in written:
            yield from ((measure, shown) for shown in measure.shown_in if shown.place is place)


def write_measures(judged: Judged, measures: Sequence[Measure] = MEASURES) -> dict[str, Line]:
    """Write measures of an option; all that it has so far, by name.

    Amounts of business as usual are zero, for it is the change from itself; nothing else is asked of it.
    """
    zero_line = judged.written.is_business_as_usual
    for measure in measures:
        if measure.needs_capital and not judged.has_capital:
            continue
        asked = not zero_line or measure.unit in _AMOUNTS
        rule = measure.rule(judged) if asked else no_figure(ZERO_LINE, measure.unit)
        if rule is not None:
            note = measure.note(judged)
            judged.found[measure.name] = judged.room.line(measure.name, measure.label, rule, measure.unit, note=note)
    return judged.found
