"""What business as usual costs and saves in itself: the one place where it stands, for everything else is a change from
it.

Source of the rule: HM Treasury, The Green Book, paragraph 5.53 (before February 2026): options are compared "relative
to Business As Usual".
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from finmodel.appraisal.options import COST, WrittenOption
from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.case.schema import Option
from finmodel.lines.line import Line
from finmodel.lines.timing import present_value, total

SECTION = "What business as usual costs"
CASHABLE = "cashable_saving"


class Amount(Struct, frozen=True):
    """A yearly line in itself, £ of cash, with its total and its present value."""

    yearly: Line
    whole: Line
    present_value: Line


class BusinessAsUsual(Struct, frozen=True):
    """The option that the others are compared with, and what it costs and saves in itself."""

    option: Option
    cost: Amount
    cashable_saving: Amount


def write_business_as_usual(book: Book, options: Sequence[WrittenOption], factor: Line) -> BusinessAsUsual | None:
    """Write what business as usual costs and saves in itself; None where the case names no such option.

    factor: what a pound of cash of each year counts for in a present value.
    """
    written = next((option for option in options if option.is_business_as_usual), None)
    if written is None:
        return None
    room = Room(book, "business_as_usual", SECTION)
    return BusinessAsUsual(
        written.option,
        _amount(room, COST, "Cost of business as usual, in itself", written.own.monthly[COST], factor),
        _amount(
            room, CASHABLE, "Cashable saving of business as usual, in itself", written.own.monthly[CASHABLE], factor
        ),
    )


def _amount(room: Room, name: str, label: str, monthly: Line, factor: Line) -> Amount:
    yearly = room.by_year(name, label, monthly)
    return Amount(
        yearly,
        room.line(f"total_{name}", f"{label}, all years", total(yearly), "£"),
        room.line(f"present_value_of_{name}", f"{label}, present value", present_value(yearly, factor), "£"),
    )
