"""The language of workings: `break_even(additional_cost, placement_cost)`. Text to a tree; nothing is worked out here.

Numbers, names, + - * / and brackets, and the functions below. It is read by a small parser of its own, bounded in
length, parts and depth, so that a working can do nothing but arithmetic and every slip has a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NoReturn

from msgspec import Struct

from finmodel.parsing.nearest import all_of, did_you_mean
from finmodel.parsing.numbers import UnreadableError

LONGEST_WORKING = 1000  # characters
MOST_PARTS = 200  # numbers, names, operations
DEEPEST_WORKING = 20  # brackets inside one another
LONGEST_NUMBER = 20


class Number(Struct, frozen=True):
    """A number typed into a working; `12%` is 0.12."""

    value: Fraction
    text: str


class Name(Struct, frozen=True):
    """The name of a printed figure."""

    name: str


class Negative(Struct, frozen=True):
    """Minus something."""

    of: Working


class Operation(Struct, frozen=True):
    """Two things added, subtracted, multiplied or divided: `symbol` is + - * or /."""

    symbol: str
    left: Working
    right: Working


class Call(Struct, frozen=True):
    """A function with what it is given."""

    function: str
    given: tuple[Working, ...]


Working = Number | Name | Negative | Operation | Call


class Takes(Struct, frozen=True):
    """How many things a function takes, and an example of it. in_pairs: always an even number."""

    least: int
    most: int
    example: str
    in_pairs: bool = False


MANY = MOST_PARTS
FUNCTIONS = {
    "sum": Takes(1, MANY, "sum(under_fives, older_children)"),
    "average": Takes(1, MANY, "average(april, may, june)"),
    "share": Takes(2, 2, "share(agency_workers, all_workers)"),
    "remaining_share": Takes(2, 2, "remaining_share(agency_workers, all_workers)"),
    "rate_per_10000": Takes(2, 2, "rate_per_10000(children_in_care, child_population)"),
    "population": Takes(2, 2, "population(children_in_care, rate)"),
    "growth": Takes(2, 2, "growth(last_year, this_year)"),
    "break_even": Takes(2, 2, "break_even(cost, saving_each)"),
    "ceiling": Takes(1, 1, "ceiling(cost / saving_each)"),
    "floor": Takes(1, 1, "floor(hours / hours_each)"),
    "rounded": Takes(1, 1, "rounded(cases / workers)"),
    "minimum": Takes(1, MANY, "minimum(april, may, june)"),
    "maximum": Takes(1, MANY, "maximum(april, may, june)"),
    "any_of": Takes(2, MANY, "any_of(early_help, in_need_plan, protection_plan)"),
    "stock": Takes(3, 3, "stock(opening, starts, ends)"),
    "weighted_average": Takes(2, MANY, "weighted_average(caseload_a, workers_a, caseload_b, workers_b)", in_pairs=True),
}

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)%?)(?![A-Za-z0-9_.])|(?P<name>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<mark>[-+*/(),×÷\N{MINUS SIGN}]))"
)
_SAME_MARK = {"×": "*", "÷": "/", "\N{MINUS SIGN}": "-"}


def read_working(text: str) -> Working:
    """The tree of a working; UnreadableError, with the character where it stops, when it cannot be read."""
    if len(text) > LONGEST_WORKING:
        raise UnreadableError(f"This is longer than {LONGEST_WORKING} characters", "Break it into several workings.")
    return _Parser(text).working()


def names_in(working: Working) -> Iterator[str]:
    """Every name in a working, in the order in which they stand, each as often as it is there."""
    match working:
        case Name(name):
            yield name
        case Negative(of):
            yield from names_in(of)
        case Operation(_, left, right):
            yield from names_in(left)
            yield from names_in(right)
        case Call(_, given):
            for part in given:
                yield from names_in(part)


class _Token(Struct, frozen=True):
    kind: str  # number, name, mark, or end
    text: str
    at: int  # position, from 0


class _Parser:
    """Reads from left to right: sums of products of numbers, names, calls and brackets."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.next = 0
        self.depth = 0
        self.parts = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.next]

    def take(self, *marks: str) -> str:
        """The mark that comes next, if it is one of these; else nothing."""
        if self.token.kind == "mark" and self.token.text in marks:
            self.next += 1
            return self.tokens[self.next - 1].text
        return ""

    def count(self) -> None:
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise UnreadableError(f"This working has more than {MOST_PARTS} parts", "Break it into several workings.")

    def working(self) -> Working:
        found = self.sum()
        if self.token.kind != "end":
            self.stop("+, -, * or / is needed before this")
        return found

    def sum(self) -> Working:
        left = self.product()
        while symbol := self.take("+", "-"):
            self.count()
            left = Operation(symbol, left, self.product())
        return left

    def product(self) -> Working:
        left = self.signed()
        while symbol := self.take("*", "/"):
            self.count()
            left = Operation(symbol, left, self.signed())
        return left

    def signed(self) -> Working:
        if self.take("-"):
            self.count()
            return Negative(self.single())
        return self.single()

    def single(self) -> Working:
        self.count()
        token = self.token
        if token.kind == "number":
            self.next += 1
            return Number(_value(token.text), token.text)
        if token.kind == "name":
            self.next += 1
            return self.call(token) if self.take("(") else self.name(token)
        if self.take("("):
            inner = self.inside()
            self.close()
            return inner
        return self.stop("A number, a name or a bracket is needed here")

    def name(self, token: _Token) -> Name:
        if token.text in FUNCTIONS:
            self.next -= 1
            self.stop(
                f"`{token.text}` is a function, and needs brackets", f"Write it like {FUNCTIONS[token.text].example}."
            )
        return Name(token.text)

    def call(self, token: _Token) -> Call:
        takes = FUNCTIONS.get(token.text)
        if takes is None:
            remedy = f"{did_you_mean(token.text, FUNCTIONS)}The functions are {all_of(FUNCTIONS)}."
            raise UnreadableError(f"`{token.text}` is not a function known here{_at(token)}", remedy)
        given = [self.inside()]
        while self.take(","):
            given.append(self.inside())
        self.close()
        if not takes.least <= len(given) <= takes.most or (takes.in_pairs and len(given) % 2):
            raise UnreadableError(
                f"`{token.text}` does not take {len(given)}{_at(token)}", f"Write it like {takes.example}."
            )
        return Call(token.text, tuple(given))

    def inside(self) -> Working:
        """What stands in brackets, not too deep."""
        self.depth += 1
        if self.depth > DEEPEST_WORKING:
            raise UnreadableError(f"Brackets are nested more than {DEEPEST_WORKING} deep", "Break it into workings.")
        found = self.sum()
        self.depth -= 1
        return found

    def close(self) -> None:
        if not self.take(")"):
            self.stop("A bracket is not closed before this")

    def stop(self, what: str, remedy: str = "") -> NoReturn:
        remedy = remedy or "Write it like sum(cost_a, cost_b) or cost / children."
        raise UnreadableError(f"{what}{_at(self.token)}", remedy)


def _at(token: _Token) -> str:
    return " (at the end)" if token.kind == "end" else f" (`{token.text}`, character {token.at + 1})"


def _value(text: str) -> Fraction:
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    end = len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None or (found["number"] and len(found["number"]) > LONGEST_NUMBER):
            _unknown(text, at)
        kind = found.lastgroup or ""
        start = found.start(kind)
        yield _Token(kind, _SAME_MARK.get(found[kind], found[kind]), start)
        at = found.end()
    yield _Token("end", "", end)


def _unknown(text: str, at: int) -> NoReturn:
    at += len(text[at:]) - len(text[at:].lstrip())
    shown = text[at : at + 12].split(" ", maxsplit=1)[0]
    remedy = "Use numbers without commas or £, names of figures, + - * / and brackets."
    raise UnreadableError(f"This part cannot be read: `{shown}` (character {at + 1})", remedy)
