"""The ledger of child-months: what claims may draw of the children whom the baseline has in care.

A month of a child in care can be avoided once. Other proposals draw first, then the stages that count, then each
option's claims, all in the order in which the case states them. What is left over is overlap: it is shown, priced, and
saves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from finmodel.basis.book import Book, DrawnFromBaseline
from finmodel.basis.room import Room
from finmodel.case.schema_budget import Stage
from finmodel.case.schema_demand import ClaimedElsewhere
from finmodel.costing.placement_prices import placement_cost
from finmodel.demand.paths import ProjectedPath
from finmodel.lines.arithmetic import add_up, compare, maximum, minimum
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import at_year, total
from finmodel.parsing.quantities import Quantity

SECTION = "Demand: ledger of child-months"
NO_PLACEMENT = "it names no placement, by which its overlap would be priced"


def open_ledger(book: Book, baseline: ProjectedPath, elsewhere: Sequence[ClaimedElsewhere]) -> None:
    """Let claims draw on the baseline, less what other proposals and the stages that count claim before them."""
    room = Room(book, "demand.ledger", SECTION)
    stages = [stage for stage in book.case.stages if stage.counts and stage.children is not None]
    first: list[tuple[Room, str, Line, str | None]] = []
    for claim in elsewhere:
        own = room.within(f"elsewhere.{claim.id}", claim)
        first.append((own, claim.label, _claimed(own, claim, claim.children, claim.label), claim.placement))
    for stage in stages:
        own = room.within(f"stages.{stage.id}", stage)
        assert stage.children is not None
        first.append((own, stage.title, _claimed(own, stage, stage.children, stage.title), stage.placement))
    claimed = [line for _, _, line, _ in first]
    rule = maximum(baseline.monthly - literal(add_up(claimed)), 0) if claimed else literal(baseline.monthly)
    label = "Children whom this case’s claims may draw on"
    book.in_care = room.monthly("available", label, rule, "children")
    before: list[Line] = []
    for own, label, line, placement in first:
        drawn = _drawn(own, "drawn", f"{label}: children drawn", line, _left(own, baseline.monthly, before), "")
        price = None if placement is None else at_year(placement_cost(book, placement))
        _enter(own, "", label, line, drawn, price)
        before.append(drawn)


def _claimed(own: Room, claim: ClaimedElsewhere | Stage, children: Quantity, called: str) -> Line:
    given = own.state("children", f"{called}: children claimed", children, "children")
    months = own.book.horizon.months
    start = own.month("start", "First month, counted from 1", claim.start, 1)
    end = own.month("end", "Last month, counted from 1", claim.end, len(months))
    number = own.book.number_of(Timeline.MONTHS)
    there = compare(number, ">=", start) * compare(number, "<=", end)
    return own.monthly("claimed", f"{called}: children claimed in the month", given * there, "children")


def draws(book: Book) -> bool:
    """Whether claims draw on a ledger: the case states a baseline."""
    return book.in_care is not None


def draw(room: Room, name: str, called: str, claimed: Line, price: Expression, label: str, note: str = "") -> Line:
    """What a claim of an option may draw: what it claims, and no more than the claims before it have left.

    called: the drawn children in words; label: the claim's; price: £ a child for a year, by which overlap is priced.
    """
    book = room.book
    if book.in_care is None:
        return claimed
    _, option, _, _ = room.at.split(".")
    before = book.drawn.setdefault(option, [])
    drawn = _drawn(room, name, called, claimed, _left(room, book.in_care, before), note)
    _enter(room, option, label, claimed, drawn, price)
    before.append(drawn)
    return drawn


def _left(room: Room, there: Line, before: Sequence[Line]) -> Line:
    taken: Expression = literal(add_up(before)) if before else literal(0)
    label = "Children left in the baseline"
    return room.monthly("left_in_baseline", label, maximum(there - taken, 0), "children")


def _drawn(room: Room, name: str, label: str, claimed: Line, left: Line, note: str) -> Line:
    return room.monthly(name, label, minimum(claimed, left), "children", note)


def _enter(room: Room, option: str, label: str, claimed: Line, drawn: Line, price: Expression | None) -> None:
    """Write a claim into the ledger: child-years claimed, drawn and over, and what those over would have saved."""
    book = room.book
    over = room.monthly("overlap", "Children claimed and not left to avoid", claimed - drawn, "children")
    years = {
        name: room.line(
            f"{name}_child_years",
            f"Child-years {what}",
            total(line) / book.convention("months_in_a_year"),
            "child years",
        )
        for name, what, line in (
            ("claimed", "claimed", claimed),
            ("drawn", "that the baseline had left", drawn),
            ("overlap", "claimed and not left to avoid", over),
        )
    }
    cost = None
    if price is not None:
        words = "What the overlap would have saved, before deductions"
        cost = room.line(
            "overlap_cost", words, total(room.monthly("overlap_cost", words, room.a_month(over * price))), "£"
        )
    claim = room.at.rpartition(".")[2]
    entry = DrawnFromBaseline(option, claim, label, years["claimed"], years["drawn"], years["overlap"], cost)
    book.ledger.append(entry)
