"""Whole numbers written in words: `thirteen`, `twenty-one`, `one hundred and five`, `a dozen`."""

from __future__ import annotations

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {word: number for number, word in enumerate(_ONES)} | {
    word: 10 * (number + 2) for number, word in enumerate(_TENS)
}
_WHOLE = {"nil": 0, "none": 0, "nought": 0, "no": 0, "a dozen": 12, "one dozen": 12, "two dozen": 24}
_LARGE = {"thousand": 1_000, "million": 1_000_000}


def number_in_words(text: str) -> int | None:
    """The whole number that words say; None when they say none."""
    plain = " ".join(text.lower().replace("-", " ").split())
    if plain in _WHOLE:
        return _WHOLE[plain]
    words = plain.split(" ")
    if words[0] == "a" and len(words) > 1 and words[1] in ("hundred", *_LARGE):
        words[0] = "one"
    return _of_words(words)


def _of_words(words: list[str]) -> int | None:
    """Thousands and millions, each a number below a thousand times as much, the largest first."""
    part: list[str] = []
    total, last = 0, 10**9
    for word in words:
        if word in _LARGE:
            below = _below_a_thousand(part)
            if not below or _LARGE[word] >= last:
                return None
            total, part, last = total + below * _LARGE[word], [], _LARGE[word]
        else:
            part.append(word)
    if not part:
        return total if total else None
    if total and part[0] == "and":
        part = part[1:]
    below = _below_a_thousand(part)
    if below is None or (total and not below):
        return None
    return total + below


def _below_a_thousand(words: list[str]) -> int | None:
    """`two hundred and five`, `ninety nine`, `seven`."""
    hundreds = 0
    if len(words) > 1 and words[1] == "hundred":
        hundreds = _SMALL.get(words[0], 0)
        if not 1 <= hundreds <= 9:
            return None
        words = words[2:]
        if not words:
            return hundreds * 100
        words = words[1:] if words[0] == "and" else words
    if len(words) == 1 and words[0] in _SMALL:
        return hundreds * 100 + _SMALL[words[0]]
    if len(words) == 2 and words[0] in _TENS and 1 <= _SMALL.get(words[1], 0) <= 9:
        return hundreds * 100 + _SMALL[words[0]] + _SMALL[words[1]]
    return None
