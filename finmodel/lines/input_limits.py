"""What an input may be, by its unit: what may be typed into it in the workbook, and what may be drawn for it.

The lower limits are those of the case file: amounts, numbers and shares are not negative, a yearly change may be. The
upper ones are beyond whatever a council could mean, so that they catch a slip of the keyboard and no judgement.
"""

from __future__ import annotations

from msgspec import Struct

from finmodel.lines.display import in_unit
from finmodel.lines.line import Line

_MOST = 1e10  # pounds, and whatever has no limit of its own
_MOST_PEOPLE, _MOST_YEARS = 100_000, 150
_LIMITS = {  # by unit, or by what a unit begins with: the least, the most, and whether only whole numbers are
    "share": (0.0, 1.0, False),
    "rate": (-1.0, 1.0, False),
    "flag": (0.0, 1.0, True),
    "people": (0.0, _MOST_PEOPLE, True),
    "children": (0.0, _MOST_PEOPLE, False),
    "FTE": (0.0, _MOST_PEOPLE, False),
    "hours": (0.0, 8_784.0, False),  # of a year
    "days": (0.0, 366.0, False),
    "weeks": (0.0, 53.0, False),
    "years": (0.0, _MOST_YEARS, False),
    "points": (0.0, 1_000.0, False),
}


class InputLimits(Struct, frozen=True):
    """The least and the most that an input takes, and whether it takes whole numbers alone."""

    least: float
    most: float
    whole: bool = False

    def words(self, line: Line) -> str:
        """`between 0% and 100%`, in the input's unit."""
        kind = "A whole number" if self.whole else "A number"
        if self.most >= _MOST:
            return f"{kind} of {in_unit(self.least, line.unit)} or more"
        return f"{kind} between {in_unit(self.least, line.unit)} and {in_unit(self.most, line.unit)}"


def limits_of(line: Line, *values: float) -> InputLimits:
    """What an input takes; its own values always."""
    least, most, whole = _LIMITS.get(line.unit) or _LIMITS.get(line.unit.partition(" ")[0]) or (0.0, _MOST, False)
    whole = whole and all(value.is_integer() for value in values)
    return InputLimits(min(least, *values), max(most, *values), whole)
