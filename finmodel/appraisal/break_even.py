"""What one child fewer in care saves, for breaking even: the option's own mix of placements, or one that is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finmodel.appraisal.options import WrittenOption
from finmodel.basis.book import Book
from finmodel.benefits.claims import WrittenBenefit
from finmodel.benefits.placements import placement_cost
from finmodel.lines.arithmetic import add_up, compare, conditional
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import at_period, at_year, by_year, total

_SECTION = "Break-even"


@dataclass(frozen=True, slots=True)
class SavingOfAChild:
    """What one child fewer in care saves, £ a child.

    placement: a placement for the whole of the first year; claimed: what of it can be claimed and cashed, None where
    the case makes no deductions; by_month: the cashable saving in each month of the effect.
    """

    placement: Expression
    claimed: Expression | None
    by_month: Line


def saving_of_a_child(book: Book, written: WrittenOption) -> SavingOfAChild | None:
    """What one child fewer in care saves with an option's benefits; without any, in the placement that the case names.

    Several benefits are mixed as the option mixes them: each by its part of the child-months out of care.
    """
    benefits = written.own.benefits
    if not benefits:
        return _named_placement(book)
    if len(benefits) == 1:
        (benefit,) = benefits
        placement = _first_year(book, benefit.cost_of_a_child)
        return SavingOfAChild(placement, placement * _kept_in_first_year(book, benefit), benefit.saving_per_child)
    shares = _shares(book, written.option.id, benefits)
    gross = [
        share * _first_year(book, benefit.cost_of_a_child) for share, benefit in zip(shares, benefits, strict=True)
    ]
    claimed = [part * _kept_in_first_year(book, benefit) for part, benefit in zip(gross, benefits, strict=True)]
    by_month = [share * benefit.saving_per_child for share, benefit in zip(shares, benefits, strict=True)]
    line = book.line(
        f"options.{written.option.id}.monthly.saving_per_child",
        "Cashable saving of one child fewer in care, for the mix of benefits",
        literal(add_up(by_month)),
        "£ per child",
        section=_SECTION,
    )
    return SavingOfAChild(literal(add_up(gross)), literal(add_up(claimed)), line)


def _named_placement(book: Book) -> SavingOfAChild | None:
    """A placement of the type that the case names for breaking even, without deductions."""
    if book.case.break_even_placement is None:
        return None
    yearly = placement_cost(book, book.case.break_even_placement)
    address = "placements.break_even.monthly"
    monthly = book.shared(
        address,
        lambda: book.line(
            address,
            "A month's placement of one child",
            at_year(yearly) / book.convention("months_in_a_year"),
            "£ per child",
            section=_SECTION,
        ),
    )
    return SavingOfAChild(_first_year(book, yearly), None, monthly)


def _first_year(book: Book, yearly: Line) -> Expression:
    return at_period(yearly, literal(1)) * book.definition("one_year", "One year", 1, "years")


def _kept_in_first_year(book: Book, benefit: WrittenBenefit) -> Expression:
    """The share of the gross saving that is claimed, on average over the first year."""
    kept = benefit.kept_share
    if kept.timeline is Timeline.ONCE:
        return kept
    address = f"{kept.address}_of_the_year"
    yearly = book.shared(
        address,
        lambda: book.line(address, f"{kept.label}, average", by_year(kept, "average"), "share", section=kept.section),
    )
    return at_period(yearly, literal(1))


def _shares(book: Book, option: str, benefits: Sequence[WrittenBenefit]) -> list[Line]:
    """Each benefit's part of the child-months out of care; alike where there are none."""
    prefix = f"options.{option}.benefits"
    counts = [
        book.line(
            f"{prefix}.{found.claim.id}.child_months",
            "Months in which a child is fewer in care",
            total(found.children),
            "children",
            section=_SECTION,
        )
        for found in benefits
    ]
    child = book.definition("one_child", "One child", 1, "children")
    every = book.line(
        f"options.{option}.child_months",
        "The same, all benefits",
        literal(add_up(counts)),
        "children",
        section=_SECTION,
    )
    some = compare(every, ">", 0)
    number = book.counted(
        f"options.{option}.number_of_benefits", "Number of benefits", len(benefits), "number", section=_SECTION
    )
    return [
        book.line(
            f"{prefix}.{found.claim.id}.part_of_child_months",
            "Part of all child-months out of care",
            conditional(some, count / conditional(some, every, child), 1 / number),
            "share",
            section=_SECTION,
        )
        for found, count in zip(benefits, counts, strict=True)
    ]
