"""What a model consists of apart from the values of its inputs: which lines there are, and the rule of each."""

from __future__ import annotations

from collections.abc import Sequence

from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.model import Model

Rules = dict[str, tuple[str, str, str]]  # by address: timeline, unit, rule


def rules_of(model: Model) -> Rules:
    """The rule of every line, written with addresses instead of cells; an input has none.

    Formulas hold no number but 0 and 1, so two models over the same periods with the same rules differ in nothing but
    the values of their inputs.
    """
    writer = ByAddress()
    return {
        line.address: (
            line.timeline.value,
            line.unit,
            "" if line.expression is None else writer.write(line.expression),
        )
        for line in model
    }


class ByAddress:
    """Writes formulas with addresses where the workbook has cells (`Cells`)."""

    def write(self, expression: Expression, binding: int = 0) -> str:
        """An operand."""
        if isinstance(expression, Line):
            return f"[{expression.address}]"
        text = expression.formula(self)
        return f"({text})" if expression.binding < binding else text

    def row(self, line: Line) -> str:
        """All its periods."""
        return f"[{line.address}:all]"

    def row_to_date(self, line: Line) -> str:
        """Its periods so far."""
        return f"[{line.address}:to date]"

    def before(self, line: Line) -> str:
        """Its period before."""
        return f"[{line.address}:before]"

    def period_number(self) -> str:
        """The number of the period."""
        return "[period]"

    def first_period_number(self) -> str:
        """The number of the first period."""
        return "[first period]"

    def year_number(self) -> str:
        """The number of the month's year."""
        return "[year]"

    def year_numbers_of(self, line: Line) -> str:
        """The years of a line's months."""
        return f"[{line.timeline.value}:years]"

    def period_names(self, timeline: Timeline) -> str:
        """The names of the periods."""
        return f"[{timeline.value}:names]"

    def header_rules(self) -> Sequence[tuple[str, str]]:
        """The header's cells that are worked out."""
        return [("[header]", "[as made]")]

    def rows(self, lines: Sequence[Line]) -> Sequence[str]:
        """All periods of several lines."""
        return [self.row(line) for line in lines]
