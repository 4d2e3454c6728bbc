"""The measures of an option as lines, each with its three readings."""

from __future__ import annotations

from finmodel.appraisal.break_even import saving_of_a_child
from finmodel.appraisal.internal_rate import write_internal_rate
from finmodel.appraisal.options import COST, WrittenOption
from finmodel.appraisal.payback_lines import crossing, payback_from_start, payback_month, payback_years
from finmodel.appraisal.shelf import Shelf
from finmodel.basis.book import Book
from finmodel.benefits.deductions import RUNGS
from finmodel.lines.arithmetic import compare, conditional, maximum, rounded_up
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import if_number, no_figure, number_if, period_name
from finmodel.lines.timing import at_period, at_year, largest, present_value, smallest, total

NO_COST = "there is no cost to set the saving against"
NO_PLACEMENT = "the case states no placement cost for this option"
NEVER_EXPOSED = "never out of pocket"
NO_CHILDREN = "no child is kept out of care"
NO_SAVING_PER_CHILD = "a child fewer in care saves nothing that can be cashed"


def write_measures(book: Book, written: WrittenOption, factor: Line, timing: str) -> dict[str, Line]:
    """Write every measure of an option; by name, as in `results.json`."""
    shelf = Shelf(book, written, f"options.{written.option.id}.measures", "Measures")
    measures = _totals(shelf, factor, timing)
    measures |= _rates(shelf, measures, timing)
    measures |= _paybacks(shelf, factor)
    measures |= _exposure(shelf)
    measures |= _children(shelf, measures)
    return measures


def _totals(shelf: Shelf, factor: Line, timing: str) -> dict[str, Line]:
    yearly = shelf.written.yearly
    cost, saving, net = yearly[COST], yearly["cashable_saving"], yearly["net_saving"]
    rungs = {f"total_{name}": label for name, label in RUNGS.items() if name != "cashable_saving"}
    return {
        **{
            name: shelf.put(
                name, f"Total {label[0].lower()}{label[1:]}", total(yearly[name.removeprefix("total_")]), "£"
            )
            for name, label in rungs.items()
        },
        "total_cost": shelf.put("total_cost", "Total cost", total(cost), "£"),
        "total_saving": shelf.put("total_saving", "Total cashable saving", total(saving), "£"),
        "total_net_saving": shelf.put("total_net_saving", "Total net saving", total(net), "£"),
        "present_value_of_cost": shelf.put(
            "present_value_of_cost", "Present value of cost", present_value(cost, factor), "£", timing
        ),
        "present_value_of_saving": shelf.put(
            "present_value_of_saving", "Present value of cashable saving", present_value(saving, factor), "£", timing
        ),
        "net_present_value": shelf.put(
            "net_present_value", "Net present value", present_value(net, factor), "£", timing
        ),
    }


def _rates(shelf: Shelf, measures: dict[str, Line], timing: str) -> dict[str, Line]:
    return {
        "benefit_cost_ratio": shelf.put(
            "benefit_cost_ratio",
            "Benefit-cost ratio",
            _per_pound(shelf, measures["present_value_of_saving"], measures["present_value_of_cost"]),
            "ratio",
            timing,
        ),
        "return_on_investment": shelf.put(
            "return_on_investment",
            "Return on investment",
            _per_pound(shelf, measures["total_net_saving"], measures["total_cost"]),
            "share",
            "Net saving ÷ cost over the years shown, not discounted.",
        ),
        "internal_rate_of_return": write_internal_rate(shelf),
    }


def _per_pound(shelf: Shelf, figure: Line, cost: Line) -> Expression:
    """A figure ÷ a cost; where the cost is nil, or below nil and so a saving, the ratio says nothing."""
    address = f"{cost.address}_above_nil"
    above = number_if(compare(cost, ">", shelf.book.convention("tolerance")), cost, NO_COST)
    divisor = shelf.book.line(address, f"{cost.label}, where there is any", above, "£", section=shelf.section)
    return if_number(divisor, figure / divisor)


def _paybacks(shelf: Shelf, factor: Line) -> dict[str, Line]:
    book, monthly, yearly, section = shelf.book, shelf.written.monthly, shelf.written.yearly, shelf.section
    option = f"options.{shelf.written.option.id}"
    months = crossing(book, f"{shelf.prefix}.monthly", monthly["net_saving"], section)
    years = crossing(book, shelf.prefix, yearly["net_saving"], section)
    flows = book.line(
        f"{option}.discounted_net_saving", "Discounted net saving", yearly["net_saving"] * factor, "£", section=section
    )
    monthly_flows = book.line(
        f"{option}.monthly.discounted_net_saving",
        "Discounted net saving",
        monthly["net_saving"] * at_year(factor),
        "£",
        section=section,
        note="Each month at its year's discount factor.",
    )
    later = crossing(book, f"{shelf.prefix}.discounted", flows, section)
    later_months = crossing(book, f"{shelf.prefix}.discounted.monthly", monthly_flows, section)
    found: dict[str, Line] = {}
    for name, label, by_years, by_months in (
        ("payback", "Payback", years, months),
        ("discounted_payback", "Discounted payback", later, later_months),
    ):
        address = f"{shelf.prefix}.{name}"
        found[name] = payback_years(book, address, f"{label}, years after year 0", by_years, section)
        count, reached = payback_month(book, f"{address}_month", f"{label}, month reached", by_months, section)
        found[f"{name}_month_number"], found[f"{name}_month"] = count, reached
        found[f"{name}_from_start"] = payback_from_start(
            book, f"{address}_from_start", f"{label}, years from the start, by month", by_months, section
        )
    return found


def _exposure(shelf: Shelf) -> dict[str, Line]:
    """The most that the council is out of pocket, and the first month in which it is."""
    book, running = shelf.book, shelf.written.monthly["cumulative_net_saving"]
    tolerance, number = book.convention("tolerance"), book.number_of(Timeline.MONTHS)
    lowest = shelf.put("lowest_balance", "Lowest cumulative net saving of any month", smallest(running), "£")
    at_lowest = book.line(
        f"options.{shelf.written.option.id}.monthly.at_lowest",
        "Number of the month, where the cumulative net saving is at its lowest; otherwise of the last",
        conditional(compare(running, "<=", lowest + tolerance), number, largest(number)),
        "number",
        section=shelf.section,
    )
    peak = shelf.put(
        "peak_exposure", "Peak cash exposure", maximum(0 - lowest, 0), "£", "Nil where it is never out of pocket."
    )
    exposed = book.line(
        f"{shelf.prefix}.peak_exposure_month_number",
        "Month of peak exposure, counted from 1",
        number_if(compare(peak, ">", tolerance), smallest(at_lowest), NEVER_EXPOSED),
        "number",
        section=shelf.section,
    )
    return {
        "peak_exposure": peak,
        "peak_exposure_month_number": exposed,
        "peak_exposure_month": shelf.put(
            "peak_exposure_month", "Month of peak exposure", period_name(exposed, Timeline.MONTHS), "number"
        ),
    }


def _children(shelf: Shelf, measures: dict[str, Line]) -> dict[str, Line]:
    places = shelf.book.convention("decimal_places_compared")
    years = shelf.put("child_years", "Child-years out of care", total(shelf.written.child_years), "child years")
    some = number_if(compare(rounded_up(years, places), ">", 0), years, NO_CHILDREN)
    gained = shelf.put("child_years_above_nil", "Child-years out of care, where there are any", some, "child years")
    found = {
        "child_years": years,
        "cost_per_child_year": shelf.put(
            "cost_per_child_year",
            "Cost per child-year out of care",
            if_number(gained, measures["total_cost"] / gained),
            "£ per child year",
        ),
    }
    return found | _break_even(shelf, measures)


def _break_even(shelf: Shelf, measures: dict[str, Line]) -> dict[str, Line]:
    """How many children it takes: in a full year as papers reckon it, and as a constant number over the years shown."""
    book = shelf.book
    priced = shelf.put(
        "full_year_cost",
        "Cost of a full year, as priced, at the rates of the first",
        _full_year_cost(shelf.written),
        "£",
        "More than the status quo's." if shelf.written.status_quo else "",
    )
    cost = shelf.written.own.stated_cost or priced
    one_child = saving_of_a_child(shelf.book, shelf.written)
    if one_child is None:
        nothing = {
            name: shelf.put(name, label, no_figure(NO_PLACEMENT, "children"), "children")
            for name, label in _BREAK_EVEN.items()
        }
        return {"full_year_cost": priced, **nothing}
    per_child = shelf.put(
        "placement_cost", "A placement for the whole of the first year", one_child.placement, "£ per child"
    )
    claimed = per_child
    if one_child.claimed is not None:
        label = "What of it can be claimed and cashed"
        claimed = shelf.put("placement_saving", label, one_child.claimed, "£ per child")
    throughout = shelf.put(
        "saving_per_child",
        "Cashable saving of one child fewer in care throughout the effect",
        total(one_child.by_month),
        "£ per child",
    )
    pairs = {
        "break_even_children": (cost, per_child),
        "break_even_children_as_priced": (priced, per_child),
        "break_even_children_after_deductions": (cost, claimed),
        "break_even_children_over_horizon": (measures["total_cost"], throughout),
    }
    found = {"full_year_cost": priced, "placement_cost": per_child}
    places = book.convention("decimal_places_compared")
    for name, (to_repay, saved) in pairs.items():
        found[name] = shelf.put(name, _BREAK_EVEN[name], _repaid_by(shelf, to_repay, saved), "children")
        whole = f"{name}_whole"
        found[whole] = shelf.put(
            whole, _BREAK_EVEN[whole], if_number(found[name], rounded_up(found[name], places)), "children"
        )
    return found


def _full_year_cost(written: WrittenOption) -> Expression:
    """The recurring cost of the first year as if it were a full one: the change from the status quo's."""
    own = at_period(written.own.full_year_effect, literal(1))
    if written.status_quo is None:
        return own
    return own - at_period(written.status_quo.full_year_effect, literal(1))


def _repaid_by(shelf: Shelf, cost: Line, saved: Line) -> Expression:
    """Cost ÷ what one child saves; nil where there is no cost to repay."""
    child = shelf.book.definition("one_child", "One child", 1, "children")
    some = compare(saved * child, ">", shelf.book.convention("tolerance"))
    address = f"{saved.address}_above_nil"
    saving = shelf.book.shared(
        address,
        lambda: shelf.book.line(
            address,
            f"{saved.label}, where it is anything",
            number_if(some, saved, NO_SAVING_PER_CHILD),
            "£ per child",
            section=shelf.section,
        ),
    )
    return if_number(saving, maximum(cost, 0) / saving)


_BREAK_EVEN = {
    "break_even_children": "Children who repay a full year's cost, before deductions",
    "break_even_children_whole": "Children who repay a full year's cost, whole",
    "break_even_children_as_priced": "Children who repay a full year's cost as priced here, before deductions",
    "break_even_children_as_priced_whole": "Children who repay a full year's cost as priced here, whole",
    "break_even_children_after_deductions": "Children who repay a full year's cost, after deductions",
    "break_even_children_after_deductions_whole": "Children who repay a full year's cost, after deductions, whole",
    "break_even_children_over_horizon": "Children fewer in care throughout who repay the option within the years shown",
    "break_even_children_over_horizon_whole": "The same, whole",
}
