"""Figures as papers print them, read as the values that they may stand for: `46.2` is 46.15 to under 46.25.

The rules are explained, with examples, in docs/verify.md. Percentages are hundredths: `12%` is 0.12.
"""

from __future__ import annotations

import math
import re
from enum import Enum
from fractions import Fraction

from msgspec import Struct

from finmodel.parsing.numbers import UnreadableError
from finmodel.quoting.interval import Interval, rounded_at
from finmodel.quoting.number_words import number_in_words

LONGEST_PRINTED = 80
LARGEST_PRINTED = 10**15
SMALLEST_ROUNDED_BY_NOUGHTS = 1000  # a whole number from here on that ends in noughts may have been rounded to them
MARGIN_OF_ABOUT = Fraction(1, 10)  # `about` is never more than a tenth of the figure
MARGIN_OF_A_FRACTION = Fraction(1, 40)  # `a third` is to the nearest twentieth


class Sense(Enum):
    """What the words around a figure make of it."""

    PLAIN = ""
    ABOUT = "about"
    NEARLY = "nearly"
    JUST_OVER = "just over"
    OVER = "over"
    AT_LEAST = "at least"
    UP_TO = "up to"
    UNDER = "under"
    BETWEEN = "between"


class PrintedNumber(Struct, frozen=True):
    """One number as printed. place: the worth of its last digit, 0 for a fraction in words."""

    value: Fraction
    place: Fraction
    percent: bool = False
    decimals: bool = False
    scaled: bool = False  # with thousand, m or bn behind it
    out_of: Fraction | None = None  # the four of `1 in 4`, the two of `half`
    out_of_place: Fraction = Fraction(1)  # the worth of its last digit: 0.1 in `1 in 4.9`

    @property
    def last_digit_not_nought(self) -> Fraction:
        """The worth of the last digit that is not a nought: 10,000 for 40,000; 0.1 for 46.2."""
        if self.value == 0 or not self.place:
            return self.place
        place = self.place
        while self.value % (place * 10) == 0:
            place *= 10
        return place


class Printed(Struct, frozen=True):
    """A figure exactly as printed, and what is in it."""

    text: str
    sense: Sense
    number: PrintedNumber
    second: PrintedNumber | None = None  # of a range
    pounds: bool = False
    word: str = ""  # of approximation, as printed

    @property
    def percent(self) -> bool:
        """Whether a per cent sign is printed."""
        return self.number.percent or bool(self.second and self.second.percent)


class Reading(Struct, frozen=True):
    """What a printed figure may stand for.

    value: the one number printed, None for a range. known: its values where others are worked out from it; as_result:
    the values that may be printed so. They differ for counts: 656 cases are 656 when they are divided, and what comes
    to 655.6 may be printed 656. place: the worth of the last digit. in_words: how it was read. wider: the places to
    which it may have been rounded although it is printed to the last digit, from the narrowest.
    """

    printed: Printed
    number: PrintedNumber  # in the figure's unit; the first of a range
    value: Fraction | None
    known: Interval
    as_result: Interval
    place: Fraction
    in_words: str
    counted: bool
    wider: tuple[Fraction, ...] = ()

    def rounded_to(self, place: Fraction) -> Interval:
        """Its values if it was rounded to a place."""
        assert self.value is not None
        return rounded_at(self.value, place)


_MINUS = "\N{MINUS SIGN}\N{EN DASH}-"  # the plain hyphen last, as a set of characters wants it
_FIGURE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+"
_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3)}
_SCALES = {
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "bn": 10**9,
    "billion": 10**9,
}
_NUMBER = re.compile(
    rf"(?P<bracket>\()?\s*(?P<sign>[+{_MINUS}])?\s*(?P<pounds>£)?\s*(?P<inner>[({_MINUS}])?\s*(?P<figure>{_FIGURE})"
    rf"\s*(?P<vulgar>[½¼¾⅓⅔])?\s*(?P<scale>(?:thousand|million|billion|mn|bn|k|m)\b)?\s*(?P<percent>%|per\s?cent\b)?"
    r"\s*(?P<close>\))?\s*(?P<percent_after>%)?",
    re.IGNORECASE,
)
_BEFORE: tuple[tuple[Sense, str], ...] = (
    (Sense.NEARLY, r"nearly|almost|just under|just below|close to|approaching"),
    (Sense.JUST_OVER, r"just over|just above|a little over|slightly over"),
    (
        Sense.ABOUT,
        r"about|around|approximately|approx\.?|circa|c\.|ca\.|c(?=\s*£?[0-9])|some|roughly|in the region of|~",
    ),
    (
        Sense.AT_LEAST,
        r"at least|no less than|not less than|no fewer than|not fewer than|a minimum of|minimum of|from|≥",
    ),
    (Sense.OVER, r"over|more than|above|in excess of|exceeding|greater than|>"),
    (
        Sense.UP_TO,
        r"up to|no more than|not more than|at most|a maximum of|maximum of|as (?:high|many|much|long) as|≤",
    ),
    (Sense.UNDER, r"under|less than|fewer than|below|<"),
)
_AFTER: tuple[tuple[Sense, str], ...] = (
    (Sense.AT_LEAST, r"or more|or over|or above|plus|\+"),
    (Sense.UP_TO, r"or less|or fewer|or under|or below"),
    (Sense.ABOUT, r"or so|approximately|approx\.?"),
)
_WORDS_BEFORE = [(sense, re.compile(rf"(?:{words})(?![A-Za-z])\s*", re.IGNORECASE)) for sense, words in _BEFORE]
_WORDS_AFTER = [(sense, re.compile(rf"\s*(?:{words})(?![A-Za-z])\s*", re.IGNORECASE)) for sense, words in _AFTER]
_RANGE = re.compile(
    rf"(?:(?:between|from)\s+)?(?P<first>.+?)\s*(?:\bto\b|\band\b|[{_MINUS}])\s*(?P<second>.+)", re.IGNORECASE
)
_OUT_OF = re.compile(
    r"(?P<part>[0-9]{1,6}|[a-z-]+) (?:in|out of) (?:every )?(?P<whole>[0-9]{1,6}(?:\.[0-9]{1,6})?|[a-z-]+)",
    re.IGNORECASE,
)
_MORE = re.compile(r"\A(?:an additional|a further|an extra|another)\s+", re.IGNORECASE)  # says nothing of how many
_FRACTIONS = {
    "half": Fraction(1, 2),
    "a half": Fraction(1, 2),
    "one half": Fraction(1, 2),
    "a third": Fraction(1, 3),
    "one third": Fraction(1, 3),
    "two thirds": Fraction(2, 3),
    "a quarter": Fraction(1, 4),
    "one quarter": Fraction(1, 4),
    "three quarters": Fraction(3, 4),
    "a fifth": Fraction(1, 5),
    "one fifth": Fraction(1, 5),
    "two fifths": Fraction(2, 5),
    "three fifths": Fraction(3, 5),
    "four fifths": Fraction(4, 5),
    "a tenth": Fraction(1, 10),
    "one tenth": Fraction(1, 10),
}
_PER = re.compile(r"per (?:[0-9][0-9,]*|[a-z].*)|/ ?10,?000", re.IGNORECASE)
_UNIT_WORDS = re.compile(r"[a-z][a-z'’/&-]*(?: [a-z'’/&-]+){0,9}", re.IGNORECASE)
_ALTERNATIVES = re.compile(r"\b(?:or|and|to|between|versus|than|not)\b", re.IGNORECASE)
_REMEDY = "Write it as the paper prints it, such as 46.2, £2.0m, about 70, over 600, 14-16, thirteen, 12% or 1 in 4."


def read_printed(text: str) -> Printed:
    """What is in a printed figure; UnreadableError when it cannot be read."""
    if len(text) > LONGEST_PRINTED:
        raise UnreadableError(f"This is longer than {LONGEST_PRINTED} characters", "Quote the figure alone.")
    plain = " ".join(text.split())
    found = _range(text, plain) or _one(text, plain)
    if found is None:
        raise UnreadableError("This printed figure cannot be read", _REMEDY)
    for number in (found.number, found.second):
        if number is not None and abs(number.value) > LARGEST_PRINTED:
            raise UnreadableError("This figure is larger than a thousand million million", "Check the zeros.")
    if found.second is not None and found.second.value < found.number.value:
        raise UnreadableError("The range ends below where it begins", "Write the lower figure first.")
    return found


def _one(text: str, plain: str) -> Printed | None:
    """One figure, with the words before and after it."""
    sense, word, rest = _word_before(plain)
    number = _in_words(rest)
    if number is not None:
        return Printed(text, sense, number, word=word)
    found = _NUMBER.match(rest)
    if found is None:
        return _number_and_unit_in_words(text, sense, word, rest)
    after, behind, tail = _word_after(rest[found.end() :])
    if after is not Sense.PLAIN and sense is not Sense.PLAIN and after is not sense:
        return None
    number = _number(found)
    if number is None or not _is_unit(tail):
        return None
    return Printed(
        text, sense if sense is not Sense.PLAIN else after, number, None, bool(found["pounds"]), word or behind
    )


def _word_before(plain: str) -> tuple[Sense, str, str]:
    for sense, pattern in _WORDS_BEFORE:
        found = pattern.match(plain)
        if found:
            return sense, found[0].strip(), _MORE.sub("", plain[found.end() :], count=1)
    return Sense.PLAIN, "", _MORE.sub("", plain, count=1)


def _word_after(tail: str) -> tuple[Sense, str, str]:
    for sense, pattern in _WORDS_AFTER:
        found = pattern.match(tail)
        if found:
            return sense, found[0].strip(), tail[found.end() :].strip()
    return Sense.PLAIN, "", tail.strip()


def _is_unit(tail: str) -> bool:
    """Whether what stands behind a number is its unit and nothing that changes it."""
    if not tail or _PER.fullmatch(tail):
        return True
    words = tail.lower().replace("-", " ").split()
    if any(word in _SCALES or word in _FRACTIONS or number_in_words(word) is not None for word in words):
        return False  # half a million, twelve thirteen
    return bool(_UNIT_WORDS.fullmatch(tail.rstrip("."))) and not _ALTERNATIVES.search(tail)


def _number_and_unit_in_words(text: str, sense: Sense, word: str, rest: str) -> Printed | None:
    """`thirteen children`: as many of the words as make a number, then the unit."""
    words = rest.split(" ")
    for count in range(len(words) - 1, 0, -1):
        number = _in_words(" ".join(words[:count]))
        if number is not None:
            tail = " ".join(words[count:])
            if number.out_of is not None and not tail.startswith("of "):
                return None
            return Printed(text, sense, number, word=word) if _is_unit(tail.removeprefix("of ")) else None
    return None


def _in_words(rest: str) -> PrintedNumber | None:
    """A number or a fraction in words."""
    words = rest.lower().replace("-", " ")
    if words in _FRACTIONS:
        value = _FRACTIONS[words]
        return PrintedNumber(value, Fraction(0), out_of=Fraction(value.denominator))
    out_of = _OUT_OF.fullmatch(rest)
    if out_of:
        return _part_of(_whole(out_of["part"]), out_of["whole"])
    counted = _whole(rest) if not rest[:1].isdigit() else None
    return None if counted is None else PrintedNumber(Fraction(counted), Fraction(1))


def _part_of(part: int | None, text: str) -> PrintedNumber | None:
    """`3 in 4`, or `1 in 4.9`; decimals only of one, since no paper prints two in 4.9."""
    _, _, decimals = text.partition(".")
    whole = Fraction(text) if decimals else Fraction(_whole(text) or 0)
    if part is None or not whole or part > whole or (decimals and part != 1):
        return None
    place = Fraction(1, 10 ** len(decimals))
    return PrintedNumber(part / whole, Fraction(0), out_of=whole / (part or 1), out_of_place=place)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else number_in_words(text)


def _number(found: re.Match[str]) -> PrintedNumber | None:
    """The number that was matched, with its sign, scale and per cent sign."""
    opened = found["bracket"] is not None or found["inner"] == "("
    if opened != bool(found["close"]) or (found["percent"] and found["percent_after"]):
        return None
    if found["inner"] and (found["sign"] or (opened and found["inner"] != "(") or found["bracket"]):
        return None
    figure = found["figure"].replace(",", "")
    if re.match(r"0[0-9]", figure):
        return None
    whole, _, decimals = figure.partition(".")
    value, place = Fraction(figure if whole else f"0{figure}"), Fraction(1, 10 ** len(decimals))
    if found["vulgar"]:
        if decimals:
            return None
        part = _VULGAR[found["vulgar"]]
        value, place = value + part, Fraction(1, part.denominator)
    scale = Fraction(_SCALES[found["scale"].lower()]) if found["scale"] else Fraction(1)
    percent = bool(found["percent"] or found["percent_after"])
    if percent:
        scale /= 100
    negative = opened or any(mark in _MINUS for mark in (found["sign"] or "", found["inner"] or "") if mark)
    value = -value if negative else value
    return PrintedNumber(value * scale, place * scale, percent, bool(decimals or found["vulgar"]), bool(found["scale"]))


def _range(text: str, plain: str) -> Printed | None:
    """`14-16`, `14 to 16`, `between 14 and 16`: the second number's £, m and % serve the first where it has none."""
    found = _RANGE.fullmatch(plain)
    between = plain.lower().startswith("between ")
    if found is None:
        return None
    joint = plain[found.end("first") : found.start("second")].strip().lower()
    if (joint == "and" and not between) or (joint in _MINUS and not re.search("[0-9]", found["first"])):
        return None  # one hundred and five, twenty-one
    first, second = _one(found["first"], found["first"]), _one(found["second"], found["second"])
    if first is None or second is None or second.sense is not Sense.PLAIN:
        return None
    if first.sense not in (Sense.PLAIN, Sense.ABOUT):
        return None
    if first.number.out_of or second.number.out_of:
        return None
    low = _like(
        first.number,
        second.number,
        re.search(r"[0-9.]\s*(thousand|million|billion|mn|bn|k|m)\b", found["second"], re.I),
    )
    return Printed(text, Sense.BETWEEN, low, second.number, first.pounds or second.pounds, first.word)


def _like(first: PrintedNumber, second: PrintedNumber, scale: re.Match[str] | None) -> PrintedNumber:
    """The first number of a range, in the second one's scale where it is printed without."""
    factor = Fraction(1)
    if second.percent and not first.percent:
        factor /= 100
    if second.scaled and not first.scaled and scale:
        factor *= _SCALES[scale[1].lower()]
    return PrintedNumber(
        first.value * factor, first.place * factor, second.percent, first.decimals, second.scaled or first.scaled
    )


def reading_of(
    printed: Printed,
    *,
    counted: bool = False,
    percent: bool = False,
    exact: bool = False,
    rounded_to: Fraction | None = None,
) -> Reading:
    """The values that a printed figure may stand for.

    counted: whether its unit is counted, so that a whole number of it is that number and no other. percent: whether
    its unit is %, so that a number printed without the sign is hundredths. exact: not rounded. rounded_to: the place
    to which the paper rounded it.
    """
    first, second = (_in_percent(number, percent) for number in (printed.number, printed.second))
    assert first is not None
    if printed.sense is Sense.BETWEEN and second is not None:
        return _between(printed, first, second, counted, exact)
    place = rounded_to if rounded_to is not None else first.place
    is_count = counted and first.value.denominator == 1 and not (first.decimals or first.scaled or first.percent)
    around = Interval.only(first.value) if exact else _around(first, place)
    known = Interval.only(first.value) if is_count and rounded_to is None else around
    if printed.sense is not Sense.PLAIN:
        around = known = _in_sense(printed.sense, first, place)
    wider = () if exact or rounded_to is not None or printed.sense is not Sense.PLAIN else _noughts(first)
    return Reading(
        printed,
        first,
        first.value,
        known,
        around,
        Fraction(0) if exact or printed.sense is not Sense.PLAIN else place,
        _in_words_of_reading(printed, first, place, exact, is_count and rounded_to is None),
        is_count,
        wider,
    )


def _in_percent(number: PrintedNumber | None, percent: bool) -> PrintedNumber | None:
    if number is None or not percent or number.percent or number.out_of is not None:
        return number
    return PrintedNumber(number.value / 100, number.place / 100, True, number.decimals, number.scaled)


def _around(number: PrintedNumber, place: Fraction) -> Interval:
    """What may be printed as the number."""
    if number.out_of is None:
        return rounded_at(number.value, place)
    margin, half = MARGIN_OF_A_FRACTION, number.out_of_place / 2
    count = number.out_of
    share = number.value
    least = max(share - margin, 1 / (count + half) if share == 1 / count else Fraction(0))
    most = min(share + margin, 1 / (count - half) if share == 1 / count else Fraction(1))
    return Interval(least, most)


def _margin(number: PrintedNumber, place: Fraction) -> Fraction:
    """How far `about` may be off: one in the last digit that is not a nought, or a tenth where that is less."""
    if number.out_of is not None:
        return 2 * MARGIN_OF_A_FRACTION
    return max(min(number.last_digit_not_nought, abs(number.value) * MARGIN_OF_ABOUT), place / 2)


def _in_sense(sense: Sense, number: PrintedNumber, place: Fraction) -> Interval:
    """The values that the words leave. What is said to be under or up to a positive figure is not below zero."""
    value, margin = number.value, _margin(number, place)
    floor = Fraction(0) if value > 0 else -math.inf
    senses = {
        Sense.ABOUT: Interval(value - margin, value + margin),
        Sense.NEARLY: Interval(value - margin, value, includes_high=False),
        Sense.JUST_OVER: Interval(value, value + margin, includes_low=False),
        Sense.OVER: Interval(value, math.inf, includes_low=False, includes_high=False),
        Sense.AT_LEAST: Interval(value, math.inf, includes_high=False),
        Sense.UP_TO: Interval(floor, value, includes_low=value > 0),
        Sense.UNDER: Interval(floor, value, includes_low=value > 0, includes_high=False),
    }
    return senses[sense]


def _between(printed: Printed, first: PrintedNumber, second: PrintedNumber, counted: bool, exact: bool) -> Reading:
    """From the lowest value of the first figure to the highest of the second."""
    if printed.word:
        low, high = first.value - _margin(first, first.place), second.value + _margin(second, second.place)
        words = f"“{printed.word}”, a range: each end {_SENSES[Sense.ABOUT]}"
        return Reading(printed, first, None, Interval(low, high), Interval(low, high), Fraction(0), words, False)
    ends = [Interval.only(n.value) if exact else rounded_at(n.value, n.place) for n in (first, second)]
    around = Interval(ends[0].low, ends[1].high, ends[0].includes_low, ends[1].includes_high)
    whole = all(n.value.denominator == 1 and not (n.decimals or n.scaled or n.percent) for n in (first, second))
    known = Interval(first.value, second.value) if exact or (counted and whole) else around
    words = "a range, its ends counted" if known.low == first.value else "a range, each end rounded as printed"
    return Reading(printed, first, None, known, around, Fraction(0), words, counted and whole)


def _noughts(number: PrintedNumber) -> tuple[Fraction, ...]:
    """The places to which a large whole number that ends in noughts may have been rounded."""
    if (
        number.percent
        or number.decimals
        or abs(number.value) < SMALLEST_ROUNDED_BY_NOUGHTS
        or number.value.denominator != 1
    ):
        return ()
    places, place = [], number.place * 10
    while place <= number.last_digit_not_nought:
        places.append(place)
        place *= 10
    return tuple(places)


_SENSES = {
    Sense.ABOUT: "within one of its last digit that is not a zero, or a tenth of it where that is less",
    Sense.NEARLY: "less than it, by no more than `about` allows",
    Sense.JUST_OVER: "more than it, by no more than `about` allows",
    Sense.OVER: "more than it, without limit",
    Sense.AT_LEAST: "it or more, without limit",
    Sense.UP_TO: "it or less, from zero",
    Sense.UNDER: "less than it, from zero",
}


def _in_words_of_reading(printed: Printed, number: PrintedNumber, place: Fraction, exact: bool, is_count: bool) -> str:
    if printed.sense is not Sense.PLAIN:
        return f"“{printed.word}”: {_SENSES[printed.sense]}"
    if exact:
        return "exact, as the file says"
    if is_count:
        return "a whole number counted, so that number"
    if number.out_of is not None:
        return "a fraction in words, to the nearest twentieth or closer"
    digits = place * 100 if number.percent else place
    return f"rounded to the nearest {_plain(digits)}{' per cent' if number.percent else ''}"


def _plain(place: Fraction) -> str:
    return f"{int(place):,}" if place.denominator == 1 else f"{float(place):.12g}"
