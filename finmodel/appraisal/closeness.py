"""How far apart two ways to one figure may be: half a penny, or what rounding may come to where sums are very large.

A computer keeps 15 to 17 digits. Sums of the same amounts in another order differ in the last of them, so by a share of
what was added up, whatever is left once it is subtracted. Source of the rule: N. J. Higham, Accuracy and Stability of
Numerical Algorithms, section 4.2: the error of a sum is at most a share of the sum of its terms' absolute values.
"""

from __future__ import annotations

from finmodel.appraisal.options import COST, OwnLines, WrittenOption
from finmodel.basis.book import Book
from finmodel.benefits.ladder import RUNGS
from finmodel.lines.arithmetic import add_up, maximum
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line
from finmodel.lines.timing import total_size


def allowance(book: Book, written: WrittenOption) -> Line:
    """The most by which an option's sums may differ in its checks, £: made once an option."""
    name, title = written.option.id, written.option.title

    def made() -> Line:
        amounts: Expression = _amounts(book, name, title, written.own)
        status_quo = book.case.status_quo
        if written.status_quo is not None and status_quo is not None:
            before = next(option.title for option in book.case.options if option.id == status_quo)
            amounts = amounts + _amounts(book, status_quo, before, written.status_quo)
        rule = maximum(book.convention("tolerance"), book.convention("rounding") * amounts)
        label = "Largest difference at which two sums are the same"
        return book.line(f"checks.{name}.allowance", label, rule, "£", section=f"Checks: {title}")

    return book.shared(f"checks.{name}.allowance", made)


def _amounts(book: Book, name: str, title: str, own: OwnLines) -> Line:
    """What is added up for an option in itself."""

    def made() -> Line:
        sizes = [total_size(own.monthly[row]) for row in (COST, next(iter(RUNGS)))]
        label = f"{title}: costs and gross savings of all months, added up whatever their sign"
        return book.line(f"checks.{name}.amounts", label, add_up(sizes), "£", section=f"Checks: {title}")

    return book.shared(f"checks.{name}.amounts", made)
