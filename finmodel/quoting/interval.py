"""The values that a quantity may have: from one number to another, each end in or out, or without an end.

Numbers are exact fractions, so that 46.25 is 46.25 and no comparison hangs on a float. An end that there is not is
an infinite float; nothing else here is a float.
"""

from __future__ import annotations

import math
from fractions import Fraction

from msgspec import Struct

End = Fraction | float
"""An exact number, or an infinite float."""


class Interval(Struct, frozen=True):
    """Every value from `low` to `high`."""

    low: End
    high: End
    includes_low: bool = True
    includes_high: bool = True

    @classmethod
    def only(cls, value: Fraction | int) -> Interval:
        """One value."""
        return cls(Fraction(value), Fraction(value))

    @property
    def is_one_value(self) -> bool:
        """Whether there is but one value."""
        return self.low == self.high

    @property
    def is_bounded(self) -> bool:
        """Whether it has two ends."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    def overlaps(self, other: Interval) -> bool:
        """Whether some value is in both."""
        return self.meeting(other) is not None

    def meeting(self, other: Interval) -> Interval | None:
        """The values in both; None when there are none."""
        low, includes_low = max((self.low, not self.includes_low), (other.low, not other.includes_low))
        high, includes_high = min((self.high, self.includes_high), (other.high, other.includes_high))
        if low > high or (low == high and (includes_low or not includes_high)):
            return None
        return Interval(low, high, not includes_low, includes_high)

    def __contains__(self, value: Fraction) -> bool:
        return self.overlaps(Interval.only(value))


def rounded_at(value: Fraction, place: Fraction) -> Interval:
    """What rounds to `value` at the worth of its last digit, halves away from zero: 46.2 is 46.15 to under 46.25."""
    half = place / 2
    return Interval(value - half, value + half, includes_low=value > 0, includes_high=value < 0)
