"""Savings other than placements avoided: each kind's gross saving by month, and the same ladder below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from finmodel.basis.book import Book
from finmodel.benefits.amounts import allowance, cost_of_process, priced
from finmodel.benefits.homes import write_home
from finmodel.benefits.ladder import WrittenClaim, climb, state_deductions, write_gross
from finmodel.benefits.numbers import state_children
from finmodel.benefits.placements import COST_OF_A_YEAR, in_effect, persistence, placement_cost
from finmodel.case.schema_savings import (
    AgencyToPermanent,
    EarlierPermanence,
    Income,
    InHouseHome,
    LessSicknessCover,
    LessTurnover,
    PricedAmount,
    ProcessCosts,
    Saving,
    StepDown,
)
from finmodel.lines.arithmetic import add_up, compare
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import at_year, previous, shifted
from finmodel.parsing.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the lines of a saving go."""

    book: Book
    option: str
    prefix: str
    section: str


def write_saving(book: Book, saving: Saving, option: str) -> WrittenClaim:
    """Write the lines of a saving of an option."""
    shelf = Shelf(book, option, f"options.{option}.savings.{saving.id}", f"Saving: {saving.label}")
    if isinstance(saving, InHouseHome):
        return write_home(book, saving, option, shelf.prefix, shelf.section)
    gross = write_gross(book, shelf.prefix, _RULES[type(saving)](shelf, saving), shelf.section)
    deductions = state_deductions(book, saving, shelf.prefix, shelf.section)
    return climb(book, saving, deductions, gross, shelf.prefix, shelf.section)


def _effect(shelf: Shelf, saving: Saving) -> Expression:
    """The share of the saving that there is in a month: nil before it begins, then less what is lost over time."""
    effect = in_effect(shelf.book, saving, shelf.prefix, shelf.section)
    return effect * persistence(shelf.book, saving, shelf.prefix, shelf.section)


def _step_down(shelf: Shelf, saving: StepDown) -> Expression:
    """Children in the cheaper placement × (the dearer one's cost − the cheaper one's), each with its own inflation."""
    book, prefix, section = shelf.book, shelf.prefix, shelf.section
    stated = state_children(
        book,
        f"{prefix}.children_stated",
        "Children in the cheaper placement instead",
        saving.children,
        "children",
        owner=saving,
        section=section,
    )
    children = book.line(
        f"{prefix}.monthly.children",
        "Children in the cheaper placement instead",
        book.monthly(stated) * _effect(shelf, saving),
        "children",
        section=section,
        note="They stay in care, so they are not among the children fewer in care.",
    )
    difference = book.line(
        f"{prefix}.saving_of_a_child",
        "The dearer placement less the cheaper, a year",
        placement_cost(book, saving.from_placement) - placement_cost(book, saving.to_placement),
        COST_OF_A_YEAR,
        section=section,
    )
    return children * at_year(difference) / book.convention("months_in_a_year")


def _earlier_permanence(shelf: Shelf, saving: EarlierPermanence) -> Expression:
    """Children who would still be in the placement × (its cost − the allowance that follows).

    An account from month to month: each child counts from the month of leaving for as many months as it is earlier.
    """
    book, prefix, section = shelf.book, shelf.prefix, shelf.section
    stated = state_children(
        book,
        f"{prefix}.children_stated",
        f"Children who leave earlier, a {saving.per}",
        saving.children,
        "children" if saving.per == "month" else "children per year",
        owner=saving,
        section=section,
    )
    monthly = book.monthly(stated)
    if saving.per == "year":
        monthly = monthly / book.convention("months_in_a_year")
    leaving = book.line(
        f"{prefix}.monthly.leaving_earlier",
        "Children who leave earlier",
        monthly * _effect(shelf, saving),
        "children",
        timeline=Timeline.MONTHS,
        section=section,
    )
    earlier = book.state(
        f"{prefix}.months_earlier", "Months earlier", saving.months_earlier, "number", owner=saving, section=section
    )
    children = _account(shelf, leaving, earlier)
    after = allowance(book, f"{prefix}.allowance", saving.allowance, owner=saving, section=section)
    difference = book.line(
        f"{prefix}.monthly.saving_of_a_child",
        "The placement less the allowance that follows, a year",
        at_year(placement_cost(book, saving.placement)) - after,
        COST_OF_A_YEAR,
        section=section,
    )
    return children * difference / book.convention("months_in_a_year")


def _account(shelf: Shelf, leaving: Line, earlier: Line) -> Line:
    """Opening + those who leave earlier − those who would have left by now = closing."""
    book, prefix, section = shelf.book, shelf.prefix, shelf.section
    closing = book.model.declare(
        f"{prefix}.monthly.children",
        "Children who would still be in the placement",
        "children",
        Timeline.MONTHS,
        section=section,
        note="No entry is avoided, so they are not among the children fewer in care.",
    )
    opening = book.line(
        f"{prefix}.monthly.opening_children",
        "Children who would still be in the placement, opening",
        previous(closing),
        "children",
        section=section,
    )
    left = book.line(
        f"{prefix}.monthly.left_by_now",
        "Children who would have left by now",
        shifted(leaving, earlier),
        "children",
        section=section,
    )
    return closing.define(opening + leaving - left)


def _agency_to_permanent(shelf: Shelf, saving: AgencyToPermanent) -> Expression:
    """FTE × (what the agency costs − what a permanent post costs).

    Where a post of the option takes over, its cost is the option's, and only the agency's is saved.
    """
    book, prefix, section = shelf.book, shelf.prefix, shelf.section
    unit = "£ per FTE per year"
    stated = book.state(
        f"{prefix}.posts", "Agency posts made permanent", saving.posts, "FTE", owner=saving, section=section
    )
    posts = book.line(
        f"{prefix}.monthly.posts",
        "Agency posts made permanent",
        book.monthly(stated) * _effect(shelf, saving),
        "FTE",
        section=section,
    )
    agency = priced(
        book,
        f"{prefix}.agency_cost",
        "Agency worker, one FTE in a year",
        saving.agency_cost,
        unit,
        owner=saving,
        section=section,
    )
    difference: Expression = agency
    if saving.permanent_cost is not None:
        difference = agency - priced(
            book,
            f"{prefix}.permanent_cost",
            "Permanent post, one FTE in a year",
            saving.permanent_cost,
            unit,
            owner=saving,
            section=section,
        )
    note = ""
    if saving.permanent_post is not None:
        note = f"The permanent post, {saving.permanent_post}, is a cost of the option and is not taken off again here."
    saved = book.line(
        f"{prefix}.monthly.saving_of_a_post", "Saving of one FTE, a year", difference, unit, section=section, note=note
    )
    return posts * saved / book.convention("months_in_a_year")


def _less_turnover(shelf: Shelf, saving: LessTurnover) -> Expression:
    """Leavers avoided × what replacing one costs."""
    return _number_at_price(
        shelf,
        saving,
        price=("replacement_cost", "Replacing one who leaves", saving.replacement_cost, "£ per person"),
        number=(
            "leavers_avoided",
            "People who stay and need not be replaced, a year",
            saving.leavers_avoided,
            "people per year",
        ),
    )


def _less_sickness_cover(shelf: Shelf, saving: LessSicknessCover) -> Expression:
    """Days of cover not needed × what a day costs."""
    return _number_at_price(
        shelf,
        saving,
        price=("day_cost", "A day's cover", saving.day_cost, "£ per day"),
        number=("days_avoided", "Days of cover not needed, a year", saving.days_avoided, "days per year"),
    )


def _number_at_price(
    shelf: Shelf,
    saving: Saving,
    *,
    price: tuple[str, str, PricedAmount, str],
    number: tuple[str, str, Quantity, str],
) -> Expression:
    """A stated number a year × a stated price, a month; each as name, label, what is stated, unit."""
    name, label, amount, unit = price
    cost = priced(shelf.book, f"{shelf.prefix}.{name}", label, amount, unit, owner=saving, section=shelf.section)
    name, label, quantity, unit = number
    stated = shelf.book.state(f"{shelf.prefix}.{name}", label, quantity, unit, owner=saving, section=shelf.section)
    return _a_month(shelf, saving, stated) * cost


def _a_month(shelf: Shelf, saving: Saving, number: Line) -> Expression:
    """A twelfth of a number a year, in the months of the effect."""
    book = shelf.book
    return book.monthly(number) * _effect(shelf, saving) / book.convention("months_in_a_year")


def _process_costs(shelf: Shelf, saving: ProcessCosts) -> Expression:
    """Entries avoided × what the processes that an entry sets off cost."""
    book, prefix, section = shelf.book, shelf.prefix, shelf.section
    costs = [cost_of_process(book, process, prefix, owner=saving, section=section) for process in saving.processes]
    whole = book.line(
        f"{prefix}.monthly.cost_of_an_entry",
        "The work that one entry sets off",
        literal(add_up(costs)),
        "£ per child",
        section=section,
    )
    if saving.benefit is not None:
        return book.model[f"options.{shelf.option}.benefits.{saving.benefit}.monthly.entries_avoided"] * whole
    if saving.entries_avoided is None:
        raise ValueError(f"saving {saving.id} states neither a benefit nor entries avoided")
    stated = state_children(
        book,
        f"{prefix}.entries_stated",
        "Entries to care avoided in a month",
        saving.entries_avoided,
        "children",
        owner=saving,
        section=section,
    )
    entries = book.line(
        f"{prefix}.monthly.entries_avoided",
        "Entries to care avoided",
        book.monthly(stated) * _effect(shelf, saving),
        "children",
        section=section,
    )
    return entries * whole


def _income(shelf: Shelf, saving: Income) -> Expression:
    """Income of a year in the months of the effect, or the whole of it in the month that it comes."""
    book, prefix, section = shelf.book, shelf.prefix, shelf.section
    label = f"{saving.label}, {'once' if saving.per == 'once' else 'a year'}"
    unit = "£" if saving.per == "once" else "£ per year"
    amount = priced(book, f"{prefix}.income", label, saving.income, unit, owner=saving, section=section)
    if saving.per == "year":
        return amount * _effect(shelf, saving) / book.convention("months_in_a_year")
    month = book.counted(
        f"{prefix}.month",
        "Month in which it comes, counted from 1",
        book.month_number(saving.start, 1) + saving.lag_months,
        "number",
        section=section,
        note="From the start and the lag.",
    )
    return amount * compare(book.number_of(Timeline.MONTHS), "=", month)


_RULES: dict[type[Saving], Callable[[Shelf, Any], Expression]] = {
    StepDown: _step_down,
    EarlierPermanence: _earlier_permanence,
    AgencyToPermanent: _agency_to_permanent,
    LessTurnover: _less_turnover,
    LessSicknessCover: _less_sickness_cover,
    ProcessCosts: _process_costs,
    Income: _income,
}  # the gross saving of a month by kind, £; homes close in steps and have rules of their own
