"""A council's own homes: a fixed cost stops only when enough beds are empty, so the saving comes in steps.

The deductions are taken off the beds, and each rung counts the homes that its own empty beds can close: a share of the
pounds would close a part of a home.
"""

from __future__ import annotations

from finmodel.basis.book import Book
from finmodel.benefits.amounts import priced
from finmodel.benefits.ladder import (
    OTHER_CONVENTION,
    Deductions,
    WrittenClaim,
    reach_cash,
    state_deductions,
    write_rung,
)
from finmodel.benefits.numbers import state_children
from finmodel.benefits.placements import in_effect, persistence
from finmodel.case.schema_savings import InHouseHome
from finmodel.lines.arithmetic import minimum, rounded_down
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line


def write_home(book: Book, saving: InHouseHome, option: str, prefix: str, section: str) -> WrittenClaim:
    """Write the lines of a saving in homes that close."""
    beds = _empty_beds(book, saving, option, prefix, section)
    deductions = state_deductions(book, saving, prefix, section)
    close = _Closing(book, saving, prefix, section)
    after = _beds(book, prefix, "after_deadweight", "after deadweight", beds * (1 - deductions.deadweight), section)
    biased = _beds(
        book,
        prefix,
        "after_optimism_bias",
        "after optimism bias",
        deductions.after_optimism(beds, after),
        section,
    )
    rungs = (
        write_rung(book, prefix, "gross_saving", close.saved("gross_saving", beds), section),
        write_rung(book, prefix, "after_deadweight", close.saved("after_deadweight", after), section),
        write_rung(book, prefix, "after_optimism_bias", close.saved("after_optimism_bias", biased), section),
    )
    other = _other(book, deductions, beds, close, prefix, section)
    return reach_cash(book, saving, deductions, rungs, other, prefix, section)


class _Closing:
    """From empty beds to the fixed cost that stops."""

    def __init__(self, book: Book, saving: InHouseHome, prefix: str, section: str) -> None:
        self.book, self.prefix, self.section = book, prefix, section
        self.needed = book.state(
            f"{prefix}.beds_to_close",
            "Beds that must be empty for a home to close",
            saving.beds_to_close,
            "beds per home",
            owner=saving,
            section=section,
        )
        self.homes = book.state(
            f"{prefix}.homes", "Homes that there are", saving.homes, "homes", owner=saving, section=section
        )
        self.cost = priced(
            book,
            f"{prefix}.fixed_cost",
            "Fixed cost of one home, a year",
            saving.fixed_cost,
            "£ per home per year",
            owner=saving,
            section=section,
        )

    def saved(self, name: str, beds: Line) -> Expression:
        """What stops in a month: whole homes that the empty beds can close, at most all × a month's fixed cost."""
        book = self.book
        places = book.convention("decimal_places_compared")
        whole = rounded_down(beds / book.monthly(self.needed), places)
        closed = book.line(
            f"{self.prefix}.monthly.homes_closed_{name}",
            f"Homes closed: {beds.label.lower()}",
            minimum(whole, book.monthly(self.homes)),
            "homes",
            section=self.section,
            note="Whole homes only, and no more than there are.",
        )
        return closed * self.cost / book.convention("months_in_a_year")


def _empty_beds(book: Book, saving: InHouseHome, option: str, prefix: str, section: str) -> Line:
    """Beds emptied in a month: the children of a benefit who would have lived there, or as stated."""
    bed = book.definition("one_bed", "A bed for each child", 1, "beds per child")
    if saving.benefit is not None:
        benefit = f"options.{option}.benefits.{saving.benefit}"
        share = book.model[f"{benefit}.placements.{saving.placement}"]
        rule = book.model[f"{benefit}.monthly.children"] * book.monthly(share) * bed
        return book.line(f"{prefix}.monthly.beds", "Empty beds", rule, "beds", section=section)
    if saving.beds_emptied is None:
        raise ValueError(f"saving {saving.id} states neither a benefit nor the beds emptied")
    stated = state_children(
        book,
        f"{prefix}.beds_emptied",
        "Children fewer in the homes",
        saving.beds_emptied,
        "children",
        owner=saving,
        section=section,
    )
    effect = in_effect(book, saving, prefix, section) * persistence(book, saving, prefix, section)
    return book.line(
        f"{prefix}.monthly.beds", "Empty beds", book.monthly(stated) * bed * effect, "beds", section=section
    )


def _beds(book: Book, prefix: str, name: str, what: str, rule: Expression, section: str) -> Line:
    address = f"{prefix}.monthly.beds_{name}"
    return book.line(address, f"Empty beds, {what}", rule, "beds", timeline=Timeline.MONTHS, section=section)


def _other(book: Book, deductions: Deductions, beds: Line, close: _Closing, prefix: str, section: str) -> Expression:
    """The saving after deductions, had they followed the other convention."""
    other = OTHER_CONVENTION[deductions.convention]
    left = _beds(book, prefix, other, f"{other} deductions", beds * deductions.kept(other), section)
    return close.saved(other, left)
