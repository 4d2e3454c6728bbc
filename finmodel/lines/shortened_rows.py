"""Long rows shown in brief: the periods that matter, and how many others there are."""

from __future__ import annotations

from collections.abc import Sequence

MOST_SHOWN = 7  # periods of one line in one explanation, before the others are left out
ENDS_SHOWN = 4  # values at either end of a row of numbers


def worth_showing(values: Sequence[float | None]) -> list[int]:
    """The places worth showing: both ends, the lowest and the highest, and each side of every change of sign.

    So that a running total shows where it turns. Few values are all shown.
    """
    if len(values) <= MOST_SHOWN:
        return list(range(len(values)))
    known = [(value, place) for place, value in enumerate(values) if value is not None]
    places = {0, len(values) - 1}
    if known:
        places |= {min(known)[1], max(known)[1]}
    turns = [
        place
        for place in range(1, len(values))
        if _sign(values[place]) != _sign(values[place - 1]) and 0 not in (values[place], values[place - 1])
    ]
    for place in turns[:1] + turns[-2:]:
        places |= {place - 1, place}
    return sorted(places)


def _sign(value: float | None) -> bool | None:
    return None if value is None else value < 0


def shortened(texts: Sequence[str]) -> list[str]:
    """A long row of texts with its middle counted: `1, 2, 3, 4, … 40 more …, 45, 46, 47, 48`."""
    hidden = len(texts) - 2 * ENDS_SHOWN
    if hidden < 3:
        return list(texts)
    return [*texts[:ENDS_SHOWN], f"… {hidden} more …", *texts[-ENDS_SHOWN:]]
