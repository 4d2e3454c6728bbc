"""Where the measures of an option are put."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.appraisal.options import WrittenOption
from finmodel.basis.book import Book
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the measures of an option go."""

    book: Book
    written: WrittenOption
    prefix: str
    section: str

    def put(self, name: str, label: str, rule: Expression, unit: str, note: str = "") -> Line:
        """Add a measure."""
        return self.book.line(f"{self.prefix}.{name}", label, rule, unit, section=self.section, note=note)
