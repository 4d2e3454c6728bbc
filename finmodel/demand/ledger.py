"""The ledger of child-months: what an option's claims may draw of the children whom the baseline has in care.

A month of a child in care can be avoided once. Claims draw in the order in which the case states them, after what other
proposals claim already; what is left over is overlap, which is shown and saves nothing.
"""

from __future__ import annotations

from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.case.schema_demand import ClaimedElsewhere
from finmodel.demand.paths import Path
from finmodel.lines.arithmetic import add_up, compare, maximum, minimum
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import total

SECTION = "Demand: ledger of child-months"


def open_ledger(book: Book, baseline: Path, elsewhere: tuple[ClaimedElsewhere, ...]) -> None:
    """Let claims draw on the baseline, less what other proposals claim already."""
    room = Room(book, "demand.ledger", SECTION)
    claimed = [_elsewhere(room, each) for each in elsewhere]
    rule = maximum(baseline.monthly - literal(add_up(claimed)), 0) if claimed else literal(baseline.monthly)
    label = "Children whom this case’s claims may draw on"
    book.in_care = room.monthly("available", label, rule, "children")


def _elsewhere(room: Room, claim: ClaimedElsewhere) -> Line:
    own = room.within(f"elsewhere.{claim.id}", claim)
    given = own.state("children", f"{claim.label}: children claimed", claim.children, "children")
    months = own.book.horizon.months
    start = own.month("start", "First month, counted from 1", claim.start, 1)
    end = own.month("end", "Last month, counted from 1", claim.end, len(months))
    number = own.book.number_of(Timeline.MONTHS)
    there = compare(number, ">=", start) * compare(number, "<=", end)
    return own.monthly("claimed", f"{claim.label}: children claimed in the month", given * there, "children")


def draws(book: Book) -> bool:
    """Whether claims draw on a ledger: the case states a baseline."""
    return book.in_care is not None


def draw(room: Room, name: str, label: str, claimed: Line, note: str = "") -> Line:
    """What a claim of an option may draw: what it claims, and no more than the claims before it have left."""
    book = room.book
    if book.in_care is None:
        return claimed
    before = book.drawn.setdefault(room.at.split(".")[1], [])
    taken: Expression = literal(add_up(before)) if before else literal(0)
    left = room.monthly(
        "left_in_baseline", "Children left in the baseline", maximum(book.in_care - taken, 0), "children"
    )
    drawn = room.monthly(name, label, minimum(claimed, left), "children", note)
    over = room.monthly("overlap", "Children claimed and not left to avoid", claimed - drawn, "children")
    room.line(
        "overlap_child_years",
        "Child-years claimed and not left to avoid",
        total(over) / book.convention("months_in_a_year"),
        "child years",
    )
    before.append(drawn)
    return drawn
