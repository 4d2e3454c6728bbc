"""Whether the units of a working go together, and whether a percentage is of one base: not people over FTE.

Units are free words, so what is compared is their kind: pounds, things, weeks, shares. Things of any name count as one
kind, since a paper's boys and girls are its children; full-time equivalents and heads are told apart. `a year` is left
out, since a council's figures are yearly unless they say otherwise; and where a working multiplies or divides by a
number of its own, only pounds are compared, since the number may be 52 weeks, or five managers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from finmodel.audit.papers.verification import InconsistencyKind, Level
from finmodel.quoting.quoted import QuotedFigure
from finmodel.quoting.units import is_money, is_percentage
from finmodel.quoting.working import Call, Name, Negative, Number, Operation, Working

FTE = "FTE"
_FTE = re.compile(r"\bFTEs?\b|\bfull[- ]time equivalents?\b|\bWTEs?\b", re.IGNORECASE)
_A_YEAR = re.compile(r"\s*\b(?:per annum|p\.?a\.?(?![a-z])|(?:per|a|each|every) year)\b|/ ?year\b", re.IGNORECASE)
_PER = re.compile(r"\s+(?:per|(?:an?|each|every)(?= (?:month|week|day|hour)\b))\s+|\s*/\s*", re.IGNORECASE)
_TIME = re.compile(r"(?:working |calendar )?(year|month|week|day|hour|minute)s?\b", re.IGNORECASE)
_SHARE = re.compile(r"(?:percentage )?points?$|(?:rate|ratio|index|factor|share|number|score)s?$|per\b", re.IGNORECASE)
_ALIKE = ("sum", "average", "minimum", "maximum", "any_of", "stock", "growth")


class Unit(Struct, frozen=True):
    """What kind of quantity something is. times: time words with their powers. any: a number typed in, which goes with
    all. loose: only its money is compared. base: of what a share is, or what is counted."""

    money: int = 0
    things: int = 0
    times: tuple[tuple[str, int], ...] = ()
    any: bool = False
    loose: bool = False
    noun: str = ""
    base: str = ""

    def alike(self, other: Unit) -> bool:
        """Whether the two may be added and compared."""
        if self.any or other.any:
            return True
        if self.loose or other.loose:
            return self.money == other.money
        return (self.money, self.things, self.times) == (other.money, other.things, other.times)

    @property
    def in_words(self) -> str:
        """`pounds per thing`, for a message."""
        if self.any:
            return "a number"
        powers = (("pounds", self.money), ("counts", self.things), *self.times)
        over = [_powered(name, power) for name, power in powers if power > 0]
        under = [_powered(name, -power) for name, power in powers if power < 0]
        if not over and not under:
            return "a share or rate"
        return " per ".join(["times ".join(over) or "one", *under])


ANY = Unit(any=True)


def unit_of(figure: QuotedFigure) -> Unit:
    """The kind of a figure's unit; its base is what `of` says, or else what is counted."""
    words = " ".join(_A_YEAR.sub("", figure.unit).split())
    if is_percentage(words) or is_percentage(figure.unit):
        return Unit(base=_base(figure.of))
    over, *under = _PER.split(words)
    if any(part[:1].isdigit() for part in under) or _SHARE.match(over or "per") or words.lower().startswith("per "):
        return Unit(base=_base(figure.of))
    unit = Unit(noun=_noun(over))
    unit = _times(unit, over, 1)
    for part in under:
        unit = _times(unit, part, -1)
    base = _base(figure.of) or (FTE if _FTE.search(over) else _base(over) if unit.things == 1 and not under else "")
    return replace(unit, base=base)


class Mismatch(Struct, frozen=True):
    """Something that does not go together, before it has a place."""

    kind: InconsistencyKind
    level: Level
    what: str


def mismatches(working: Working, target: QuotedFigure, figures: Mapping[str, QuotedFigure]) -> list[Mismatch]:
    """What does not go together in a working and in what it should come to."""
    walk = _UnitWalk(figures, is_percentage(target.unit))
    found, wanted = walk.unit(working), unit_of(target)
    if not found.alike(wanted):
        what = f"The working gives {found.in_words}, and the unit of the figure is `{target.unit}`"
        walk.say(InconsistencyKind.UNITS, what)
    elif is_percentage(target.unit):
        walk.same_base(
            found, wanted, f"The figure is a percentage of {wanted.base}, and the working's is of {found.base}"
        )
    return list(dict.fromkeys(walk.found))


class _UnitWalk:
    def __init__(self, figures: Mapping[str, QuotedFigure], percentage: bool) -> None:
        self.figures = figures
        self.percentage = percentage  # whether the working should come to a percentage
        self.found: list[Mismatch] = []

    def say(self, kind: InconsistencyKind, what: str, level: Level = Level.ERROR) -> None:
        self.found.append(Mismatch(kind, level, what))

    def unit(self, working: Working) -> Unit:
        match working:
            case Number():
                return ANY
            case Name(name):
                return unit_of(self.figures[name])
            case Negative(of):
                return self.unit(of)
            case Operation(symbol, left, right):
                one, other = self.unit(left), self.unit(right)
                if symbol in "+-":
                    return self.alike((one, other), "adds" if symbol == "+" else "subtracts")
                if symbol == "/" and self.percentage and one.things == 1 and other.things == 1:
                    self.share(one, other)
                return _product(one, other, 1 if symbol == "*" else -1)
            case Call(function, given):
                return self.call(function, tuple(map(self.unit, given)))

    def call(self, function: str, given: tuple[Unit, ...]) -> Unit:
        if function in _ALIKE:
            found = self.alike(given, f"takes the {function} of")
            return Unit(base=found.base) if function == "growth" else found
        if function in ("share", "remaining_share", "rate_per_10000"):
            return self.share(*given)
        if function == "break_even":
            return _product(given[0], given[1], -1)
        if function == "weighted_average":
            self.alike(given[1::2], "weighs by")
            return self.alike(given[::2], "averages")
        return given[0]  # made whole, or a population, which is counted as its children are

    def share(self, part: Unit, whole: Unit) -> Unit:
        """A part over a whole of the same kind and base."""
        if not part.alike(whole):
            self.say(InconsistencyKind.UNITS, f"The working takes {part.in_words} as a share of {whole.in_words}")
        elif part.things == 1:
            self.same_base(part, whole, f"The percentage is {part.base or part.noun} over {whole.base or whole.noun}")
        return Unit(base=whole.base)

    def alike(self, given: tuple[Unit, ...], does: str) -> Unit:
        """Several that must be of one kind; the kind that they are of."""
        known = [unit for unit in given if not unit.any]
        if not known:
            return ANY
        first = known[0]
        for other in known[1:]:
            if not first.alike(other):
                self.say(InconsistencyKind.UNITS, f"The working {does} {first.in_words} and {other.in_words}")
            elif first.base and other.base and first.base != other.base:
                self.differing(first, other, does)
        return first

    def differing(self, first: Unit, other: Unit, does: str) -> None:
        """Alike in kind, and not in what they are of."""
        what = f"The working {does} {first.base} and {other.base}"
        if FTE in (first.base, other.base) or not (first.things or other.things):
            self.say(InconsistencyKind.MIXED_BASES, what)
        elif first.noun != other.noun:
            self.say(InconsistencyKind.UNITS, f"{what}: are they of one kind?", Level.WARNING)

    def same_base(self, one: Unit, other: Unit, what: str) -> None:
        """Heads and full-time equivalents do not make a percentage together."""
        if one.base and other.base and (one.base == FTE) != (other.base == FTE):
            self.say(InconsistencyKind.MIXED_BASES, what)


def _product(one: Unit, other: Unit, sign: int) -> Unit:
    if one.any or other.any:
        found = other if one.any else one
        if one.any and sign < 0:
            found = _product(Unit(), other, -1)
        return replace(found, loose=True)
    times = dict(one.times)
    for name, power in other.times:
        times[name] = times.get(name, 0) + sign * power
    kept = tuple(sorted((name, power) for name, power in times.items() if power))
    return Unit(
        one.money + sign * other.money,
        one.things + sign * other.things,
        kept,
        loose=one.loose or other.loose,
        base=other.base if sign < 0 and one.things == other.things == 1 else "",
    )


def _times(unit: Unit, words: str, sign: int) -> Unit:
    """A unit with one more part, above the line or below it."""
    if is_money(words):
        return replace(unit, money=unit.money + sign)
    time = _TIME.match(words)
    if time:
        return replace(unit, times=tuple(sorted((*unit.times, (time[1].lower(), sign)))))
    return replace(unit, things=unit.things + sign)


def _noun(words: str) -> str:
    noun = words.lower().split(" ")[-1] if words else ""
    plain = {"children": "child", "people": "person", "persons": "person"}
    return plain.get(noun, noun.removesuffix("s"))


def _base(words: str) -> str:
    return FTE if _FTE.search(words) else " ".join(words.lower().split())


def _powered(name: str, power: int) -> str:
    return name if power == 1 else f"{name} to the power of {power}"
