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
from finmodel.lines.line import Line
from finmodel.lines.timing import total_size


def allowance(book: Book, written: WrittenOption) -> Line:
    """The most by which an option's sums may differ in its checks, £: made once an option."""
    name, title = written.option.id, written.option.title
    section = f"Checks: {title}"

    def amounts() -> Line:
        owns: list[OwnLines] = [own for own in (written.own, written.status_quo) if own is not None]
        sizes = [total_size(own.monthly[row]) for own in owns for row in (COST, next(iter(RUNGS)))]
        label = "Amounts added up: costs and gross savings of all months, whatever their sign"
        return book.line(f"checks.{name}.amounts", label, add_up(sizes), "£", section=section)

    def made() -> Line:
        rule = maximum(book.convention("tolerance"), book.convention("rounding") * amounts())
        label = "Largest difference at which two sums of them are the same"
        return book.line(f"checks.{name}.allowance", label, rule, "£", section=section)

    return book.shared(f"checks.{name}.allowance", made)
