"""Capital of an option: from what it is paid for, what it is still worth, and what falls after the years shown.

Lines are the change from the status quo. What a borrowed outlay costs after the last year shown is in no other figure,
so its amount and its present value stand here. Present value: the years after go on at the discount rate and the
deflator of the last year shown, which is this model's convention.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from finmodel.appraisal.discounting import discounting_room
from finmodel.appraisal.money_spent import CAPITAL, INTEREST, MRP, OUTLAY
from finmodel.appraisal.options import WrittenOption
from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.costing.capital import Borrowed
from finmodel.costing.other_costs import PricedCost
from finmodel.lines.arithmetic import add_up, compare, conditional, maximum, power
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import at_period, by_year, total

SECTION = "Capital"
SOURCES = {
    "borrowed": "Borrowing",
    "receipts": "Capital receipts",
    "grant": "Capital grant",
    "funded": "Capital receipts or grant, not said which",
}


class Paid(Struct, frozen=True):
    """A part of a capital account: by year and in all, £."""

    name: str
    label: str
    yearly: Line
    whole: Line


class ChargesAfter(Struct, frozen=True):
    """MRP and interest that fall after the years shown, £; years: for how many at the most."""

    years: Line
    mrp: Line
    interest: Line
    charges: Line
    present_value: Line


class WrittenCapital(Struct, frozen=True):
    """The capital of an option.

    outlay: in all; own: of the option itself, None where business as usual spends no capital, for it is the same;
    sources: of the outlay, by what pays for it; charges: MRP and interest, where any of it is borrowed;
    residual: None where the option states none; after: None where no option of the case borrows.
    """

    outlay: Paid
    own: Paid | None
    sources: tuple[Paid, ...]
    charges: tuple[Paid, ...]
    residual: Paid | None
    after: ChargesAfter | None


def headline_of(capital: WrittenCapital | None) -> dict[str, Line]:
    """What stands among an option's headline figures, £ in all: the outlay, and what falls after the years shown."""
    if capital is None:
        return {}
    after = {} if capital.after is None else {"charges": capital.after.charges, "worth": capital.after.present_value}
    return {"outlay": capital.outlay.whole, **after}


Costs = list[tuple[PricedCost, bool]]  # a cost, and whether it falls away with the status quo


def write_capital(written: WrittenOption, factor: Line) -> WrittenCapital | None:
    """Write the capital of an option, which is zero where another spends some; None where no option of the case does.

    factor: what a pound of cash of each year counts for in a present value.
    """
    ways = {cost.capital for option in written.room.book.case.options for cost in option.costs} - {None}
    if not ways:
        return None
    before = () if written.status_quo is None else written.status_quo.costs
    found: Costs = [*((cost, False) for cost in written.own.costs), *((cost, True) for cost in before)]
    spent = [(cost, away) for cost, away in found if cost.outlay is not None]
    room = written.room.within("capital_funding", section=SECTION)
    outlay = _of_option(written, room, OUTLAY, spent, lambda cost: cost.outlay)
    sources = tuple(
        _paid(room, name, label, mine, lambda cost: cost.outlay)
        for name, label in SOURCES.items()
        if (mine := [(cost, away) for cost, away in spent if cost.paid_from == name])
    )
    borrowed = [(cost, away) for cost, away in spent if cost.borrowed is not None]
    charges: tuple[Paid, ...] = ()
    if "borrowed" in ways:
        charges = (
            _of_option(written, room, MRP, borrowed, lambda cost: cost.mrp),
            _of_option(written, room, INTEREST, borrowed, lambda cost: cost.interest),
        )
    worth = [(cost, away) for cost, away in found if cost.residual is not None]
    residual = _paid(room, "residual_value", "Residual value", worth, lambda cost: cost.residual) if worth else None
    own = None
    if any(away for _, away in spent):
        mine = [(cost, away) for cost, away in spent if not away]
        own = _paid(room, "own_outlay", f"{CAPITAL[OUTLAY]} of the option itself", mine, lambda cost: cost.outlay)
    return WrittenCapital(outlay, own, sources, charges, residual, _after(room, borrowed, factor) if charges else None)


def _of_option(
    written: WrittenOption, room: Room, name: str, costs: Costs, of: Callable[[PricedCost], Line | None]
) -> Paid:
    """A line that the option has by year already, where it has capital; in all years too."""
    yearly = written.yearly.get(name)
    if yearly is None:
        return _paid(room, name, CAPITAL[name], costs, of)
    return Paid(
        name, yearly.label, yearly, room.line(f"{name}_in_all", f"{yearly.label}, all years", total(yearly), "£")
    )


def _paid(room: Room, name: str, label: str, costs: Costs, of: Callable[[PricedCost], Line | None]) -> Paid:
    """A monthly line of some costs by year, and in all years."""
    monthly = room.monthly(name, label, _change(costs, of))
    yearly = room.line(name, label, by_year(monthly), "£")
    return Paid(name, label, yearly, room.line(f"{name}_in_all", f"{label}, all years", total(yearly), "£"))


def _change(costs: Costs, of: Callable[[PricedCost], Line | None]) -> Expression:
    """What some costs come to, less what falls away with the status quo."""
    return _less([(line, away) for cost, away in costs if (line := of(cost)) is not None])


def _less(lines: Sequence[tuple[Line, bool]]) -> Expression:
    """The sum of an option's own lines, less those that fall away with the status quo."""
    rule, theirs = literal(add_up([line for line, away in lines if not away])), [line for line, away in lines if away]
    return rule - add_up(theirs) if theirs else rule


def _after(room: Room, costs: Costs, factor: Line) -> ChargesAfter:
    terms = [(cost.borrowed, away) for cost, away in costs if cost.borrowed is not None]
    growth = _discount_of_later_years(room.book)
    label = "Present value of a pound of the last year shown"
    last = discounting_room(room.book).once.line("factor_of_last_year", label, _last(room.book, factor), factor.unit)
    worth = {id(found): _present_value(found, growth, last) for found, _ in terms}

    def line(name: str, label: str, of: Callable[[Borrowed], Line]) -> Line:
        return room.line(name, label, _less([(of(found), away) for found, away in terms]), "£")

    label = "MRP and interest that fall after the years shown"
    return ChargesAfter(
        room.line("years_after", "Years after those shown in which MRP falls due", _longest(terms), "number"),
        line("mrp_after", "MRP that falls after the years shown", lambda found: found.after.mrp),
        line("interest_after", "Interest that falls after the years shown", lambda found: found.after.interest),
        line("charges_after", label, lambda found: found.after.charges),
        line("present_value_after", f"{label}, present value", lambda found: worth[id(found)]),
    )


def _longest(terms: Sequence[tuple[Borrowed, bool]]) -> Expression:
    """The most years for which anything falls due."""
    longest: Expression = literal(0)
    for found, _ in terms:
        longest = maximum(longest, found.after.years)
    return longest


def _last(book: Book, line: Line) -> Expression:
    """A line in the last year shown."""
    return line if line.timeline is Timeline.ONCE else at_period(line, book.number_of_years())


def _discount_of_later_years(book: Book) -> Line:
    """The rate by which cash of each year after those shown is discounted: the last year's, with its inflation."""
    room, deflator = discounting_room(book).once, book.case.discounting.deflator or "none"
    rate = 1 + _last(book, room["rate"])
    if deflator != "none":
        rate = rate * (1 + _last(book, book.model[f"prices.{deflator}.change"]))
    label = "Discount of each year after those shown"
    note = "The discount rate and the inflation of the last year shown, taken to go on."
    return room.line("later_years", label, rate - 1, "rate", note=note)


def _present_value(found: Borrowed, growth: Line, last: Line) -> Line:
    """What the MRP and interest after the years shown are worth now.

    With v = 1 ÷ (1 + g), n payments of £1 are worth a = (1 − v^n) ÷ g at the end of the last year, and n payments that
    begin at £n and fall by £1 a year (n − a) ÷ g, as the interest of equal instalments does.
    """
    room, terms, number = found.room.once, found.terms, found.after.years  # business as usual's, for every option
    none = compare(growth, "=", 0)
    some = conditional(none, 1, growth)
    rule = conditional(none, number, (1 - power(1 + growth, -number)) / some)
    label = "What £1 in each of the years after is worth at the end of the last year shown"
    level = room.line("worth_of_years_after", label, rule, "number")
    first = terms.first * room.book.one_year
    if terms.by_annuity:
        payments: Expression = (first + terms.outlay * terms.rate) * level
    else:
        payments = first * level + conditional(none, found.after.interest, first * terms.rate * (number - level) / some)
    label = f"{found.after.charges.label}, present value"
    return room.line("present_value_after", label, payments * last, "£")
