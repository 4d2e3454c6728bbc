"""One figure read from what was written: pounds, a share, a yearly change, a plain number. Strict, in plain words."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal

LARGEST_MONEY = 1e12
LARGEST_NUMBER = 1e7
SMALLEST_MONEY = 0.01
SMALLEST_NUMBER = 1e-6  # below these, and above 0, is a slip of the pen, and sums by it would lose their digits
SMALLEST_CHANGE = 1e-5
LARGEST_FALL = -0.999
LONGEST_FIGURE = 40

# No leading zeros, underscores, octal or sexagesimal: what looks odd is asked about, never guessed.
_PLAIN = re.compile(r"[+-]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_PERCENT = re.compile(r"([+-]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|\.[0-9]+))\s*%")
_POUNDS = re.compile(r"([+-]?)\s*£\s*(.*)")
_SHORTHAND = re.compile(r"[+-]?£?\s*([0-9][0-9,.]*)\s*(k|m|bn|thousand|million)", re.IGNORECASE)
_TIMES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000}
_FRACTION = re.compile(r"([0-9][0-9.,]*)\s*/\s*([0-9][0-9.,]*)")
_LIKE_A_YEAR = re.compile(r"(?:19|20)[0-9]{2}\s*/\s*[0-9]{2}")
_NOT_FINITE = re.compile(r"[+-]?\.?(?:nan|inf|infinity)", re.IGNORECASE)


class UnreadableError(ValueError):
    """A figure that cannot be read: what is wrong with it, and what to write instead."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what}. {remedy}")


Reader = Callable[[object], float]


def money(given: object) -> float:
    """Pounds, not negative: `40000`, `40,000`, `£40,000.50`."""
    what, remedy = (
        "This is not an amount of money",
        "Write pounds in figures, with commas between thousands or without.",
    )
    text = _text(given)
    if text is not None:
        if text.endswith("%"):
            raise UnreadableError("This is a percentage where pounds are needed", remedy)
        if _SHORTHAND.fullmatch(text):
            raise UnreadableError(what, f"Write the amount in full{_in_full(text)}, without k or m.")
        pounds = _POUNDS.fullmatch(text)
        text = pounds[1] + pounds[2] if pounds else text
    value = _number(text if text is not None else given, what, remedy)
    _not_negative(value, "Money cannot be negative here", "Write the amount without a minus sign; costs are positive.")
    _not_above(value, LARGEST_MONEY, "This is more than a million million pounds", "Check the number of zeros.")
    _not_between(value, SMALLEST_MONEY, "This is less than a penny", "Write 0, or a penny (0.01) or more.")
    return value


def _in_full(text: str) -> str:
    """What a shorthand stands for, as words to add: `, 40000` for 40k, or nothing; in braces a comma would end it."""
    found = _SHORTHAND.fullmatch(text)
    if found is None or not (_PLAIN.fullmatch(found[1]) or _GROUPED.fullmatch(found[1])):
        return ""
    return f", {Decimal(found[1].replace(',', '')) * _TIMES[found[2].lower()]:.0f}"


def number(given: object) -> float:
    """A plain number, not negative: FTE, children, months; also a fraction, `10/37`."""
    remedy = "Write a number in figures, like 12 or 2.5."
    text = _text(given)
    if text is not None and text.endswith("%"):
        raise UnreadableError("This is a percentage where a number is needed", remedy)
    fraction = _FRACTION.fullmatch(text) if text is not None and len(text) <= LONGEST_FIGURE else None
    value = (
        _divided(fraction[1], fraction[2], remedy)
        if fraction
        else _number(text if text is not None else given, "This is not a number", remedy)
    )
    _not_negative(value, "This number cannot be negative", "Write 0 or a number above it.")
    _not_above(value, LARGEST_NUMBER, "This number is larger than ten million", "Check the number of zeros.")
    _not_between(value, SMALLEST_NUMBER, "This is next to nothing", "Write 0, or 0.000001 or more.")
    return value


def _divided(above: str, below: str, remedy: str) -> float:
    """A fraction, `10/37`; not what is written like a council year."""
    if _LIKE_A_YEAR.fullmatch(f"{above}/{below}"):
        raise UnreadableError("This reads like a council year where a number is needed", remedy)
    divisor = _from_text(below, "This is not a number", remedy)
    if divisor == 0:
        raise UnreadableError("This fraction divides by 0", remedy)
    return _finite(_from_text(above, "This is not a number", remedy) / divisor)


def share(given: object) -> float:
    """A share of something, 0 to 1: `20%` or `0.2`."""
    value = _percentage(given, "20%")
    _not_negative(value, "A share cannot be negative", "Write a percentage from 0% to 100%.")
    _not_above(value, 1.0, "This is over 100%", "Write a percentage from 0% to 100%.")
    _not_between(value, SMALLEST_NUMBER, "This is next to nothing", "Write 0%, or 0.0001% or more.")
    return value


def change(given: object) -> float:
    """A change from one year to the next: `2.5%`, `-1%` or `0.025`."""
    value = _percentage(given, "2.5%")
    _not_above(value, 1.0, "This is over 100%", "Write a yearly change of at most 100%, like 2.5%.")
    if value <= -1.0:
        raise UnreadableError("A fall of 100% or more leaves nothing", "Write a yearly change above -100%, like -1%.")
    if value < LARGEST_FALL:
        raise UnreadableError("A fall of over 99.9% leaves next to nothing", "Write a yearly change of -99.9% or more.")
    _not_between(value, SMALLEST_CHANGE, "This is next to nothing", "Write 0%, or 0.001% or more either way.")
    return value


def figure(given: object) -> float:
    """A figure of any unit and either sign, a percentage included: `320000`, `-1%`, `0.35`."""
    remedy = "Write a number in figures, like 12, 2.5 or 20%."
    text = _text(given)
    if (
        text is not None
        and text.endswith("%")
        and (percent := _PERCENT.fullmatch(text))
        and len(text) <= LONGEST_FIGURE
    ):
        return float(Decimal(percent[1]) / 100)
    return _number(text if text is not None else given, "This is not a number", remedy)


def whole_number(given: object) -> int:
    """A whole number, of either sign."""
    remedy = "Write a whole number in figures, like 5."
    text = _text(given)
    value = _number(text if text is not None else given, "This is not a whole number", remedy)
    if value != int(value):
        raise UnreadableError("This is not a whole number", remedy)
    return int(value)


def _text(given: object) -> str | None:
    """What was written, when it was written as text."""
    return given.strip() if isinstance(given, str) else None


def _percentage(given: object, example: str) -> float:
    remedy = f"Write a percentage, like {example}."
    text = _text(given)
    percent = _PERCENT.fullmatch(text) if text is not None and len(text) <= LONGEST_FIGURE else None
    if percent:
        return float(Decimal(percent[1]) / 100)  # in decimals, so that 13.8% is the float nearest 0.138
    value = _number(text if text is not None else given, "This is not a percentage", remedy)
    if abs(value) > 1:
        written = text if text is not None else f"{value:g}"
        raise UnreadableError(
            "This is a number above 1 where a percentage is needed",
            f"Write `{written}%` if that is meant; a number without a percent sign is a fraction, so 0.2 is 20%.",
        )
    return value


def _number(given: object, what: str, remedy: str) -> float:
    if isinstance(given, str):
        return _finite(_from_text(given, what, remedy))
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise UnreadableError(what, remedy)
    try:
        return _finite(float(given))
    except OverflowError:
        return _finite(math.inf)


def _from_text(text: str, what: str, remedy: str) -> float:
    if len(text) <= LONGEST_FIGURE:
        if _PLAIN.fullmatch(text):
            return float(text)
        if _GROUPED.fullmatch(text):
            return float(text.replace(",", ""))
        if _NOT_FINITE.fullmatch(text):
            return math.nan
    if "," in text:
        remedy += " Commas go between thousands only."
    elif text[:1] == "0":
        remedy += " A number does not start with 0."
    raise UnreadableError(what, remedy)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise UnreadableError("This is not a finite number", "Write an ordinary number in figures.")
    return value


def _not_negative(value: float, what: str, remedy: str) -> None:
    if value < 0:
        raise UnreadableError(what, remedy)


def _not_between(value: float, smallest: float, what: str, remedy: str) -> None:
    """Not so near to 0 without being 0 that it is no figure anybody means."""
    if 0 < abs(value) < smallest:
        raise UnreadableError(what, remedy)


def _not_above(value: float, largest: float, what: str, remedy: str) -> None:
    if value > largest:
        raise UnreadableError(what, remedy)
