"""One working against the figure that it should come to: the verdict and what explains it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from msgspec import Struct

from finmodel.audit.papers.arithmetic import NoFigureError
from finmodel.audit.papers.nearest_fix import NearestFix, nearest_fix
from finmodel.audit.papers.ranges import names, range_of, value_of
from finmodel.audit.papers.steps import Step, steps_of
from finmodel.audit.papers.verification import How, Nearest, Range, WorkingVerdict
from finmodel.audit.papers.wording import (
    EXTRA_DIGITS,
    as_range,
    decimals_of,
    difference_text,
    place_text,
    range_text,
    text_of,
    too_large,
)
from finmodel.quoting.interval import Interval
from finmodel.quoting.printed import Reading, Sense, reading_of
from finmodel.quoting.quoted import QuotedFigure
from finmodel.quoting.units import is_counted, is_percentage
from finmodel.quoting.working import Call, Name, Negative, Number, Operation, Working

LARGEST_CHANGE = 9  # an input that would have to be ten times as large is no explanation
MOST_TRIED = 40  # inputs of a working that are tried for one that would make it true
MOST_SEARCHED = 10  # of these, such as come more than once


class Judgement(Struct, frozen=True):
    """The verdict on one working, with everything that explains it."""

    verdict: WorkingVerdict
    how: How
    recomputed: Range | None
    difference: float | None
    difference_text: str
    sentence: str
    missing: str = ""
    nearest: tuple[Nearest, ...] = ()
    too_wide: bool = False
    rounded_to: str = ""


class Result(Struct, frozen=True):
    """What a working comes to: its range, and the one value from the figures as printed."""

    range: Interval
    value: Fraction | None
    too_wide: bool


def reading(figure: QuotedFigure) -> Reading:
    """What a quoted figure may stand for."""
    percent = is_percentage(figure.unit)
    place = figure.rounded_to
    return reading_of(
        figure.printed,
        counted=is_counted(figure.unit),
        percent=percent,
        exact=figure.exact,
        rounded_to=place / 100 if place is not None and percent else place,
    )


def result_of(step: Step, readings: Mapping[str, Reading]) -> Result:
    """What a working comes to; NoFigureError when it comes to nothing."""
    worked = range_of(step, {name: readings[name].known for name in set(names(step))})
    if too_large(worked.range):
        raise NoFigureError("it gives more than a figure can be")
    values = {name: readings[name].value for name in set(names(step))}
    if any(value is None for value in values.values()):
        return Result(worked.range, None, worked.too_wide)
    try:
        value = value_of(step, {name: value for name, value in values.items() if value is not None})
    except NoFigureError:
        return Result(worked.range, None, worked.too_wide)
    if too_large(Interval.only(value)):
        raise NoFigureError("it gives more than a figure can be")
    return Result(worked.range, value, worked.too_wide)


def judge(working: Working, figure: QuotedFigure, figures: Mapping[str, QuotedFigure]) -> Judgement:
    """The verdict on a working of a paper."""
    step = steps_of(working)
    readings = {name: reading(figures[name]) for name in dict.fromkeys(names(step))}
    try:
        result = result_of(step, readings)
    except NoFigureError as error:
        return cannot(f"The working has no figure: {error}.")
    return _Judge(figure, reading(figure), result, step, readings, figures).judgement()


def cannot(missing: str) -> Judgement:
    """What cannot be checked, and what is missing."""
    return Judgement(WorkingVerdict.CANNOT_BE_CHECKED, How.NONE, None, None, "", missing, missing=missing)


def judge_value(value: Fraction, figure: QuotedFigure) -> Judgement:
    """The verdict on a figure of the model against what is printed."""
    return _Judge(figure, reading(figure), Result(Interval.only(value), value, False), None, {}, {}).judgement()


class _Judge:
    """One figure as printed and what it was worked out to be."""

    def __init__(
        self,
        figure: QuotedFigure,
        printed: Reading,
        result: Result,
        step: Step | None,
        readings: dict[str, Reading],
        figures: Mapping[str, QuotedFigure],
    ) -> None:
        self.figure, self.printed, self.result = figure, printed, result
        self.step, self.readings, self.figures = step, readings, figures
        self.subject = "The working" if step is not None else "The model"
        self.decimals = decimals_of(printed.number.place, figure.unit) + EXTRA_DIGITS

    def judgement(self) -> Judgement:
        """The first verdict that holds, from the best to the worst."""
        if self.result.range.overlaps(self.printed.as_result):
            return self._agrees()
        if self._within_a_digit():
            return self._made(WorkingVerdict.TRUNCATED, How.NONE, self._truncated_sentence())
        rounded = next(self._if_rounded(), None)
        if rounded is not None:
            return self._agrees_if_rounded(*rounded)
        return self._made(WorkingVerdict.DOES_NOT_FOLLOW, How.NONE, self._wrong_sentence(), nearest=self._nearest())

    def _made(self, verdict: WorkingVerdict, how: How, sentence: str, **more: object) -> Judgement:
        difference, text = self._difference()
        recomputed = as_range(self.result.range, self.result.value, self.figure.unit, self.decimals)
        if self.result.too_wide:
            sentence += " The range may be wider than it need be, since a figure comes in it more than once."
        return Judgement(
            verdict,
            how,
            recomputed,
            difference,
            text,
            sentence,
            too_wide=self.result.too_wide,
            **more,  # type: ignore[arg-type]
        )

    def _difference(self) -> tuple[float | None, str]:
        if self.printed.value is None or self.result.value is None:
            return None, ""
        difference = self.printed.value - self.result.value
        text = difference_text(difference, self.figure.unit, self.decimals)
        return float(difference), f"+{text}" if difference > 0 else text

    @property
    def _comes_to(self) -> str:
        """What the working comes to, with its range where that is more than one value."""
        span = range_text(self.result.range, self.figure.unit, self.decimals)
        if self.result.value is None:
            return span
        value = text_of(self.result.value, self.figure.unit, self.decimals)
        return value if value == span else f"{value} ({span})"

    def _agrees(self) -> Judgement:
        if self.result.value is not None and self.result.value == self.printed.value:
            return self._made(WorkingVerdict.AGREES, How.EXACTLY, f"{self.subject} gives {self._comes_to}, as printed.")
        stands = range_text(self.printed.as_result, self.figure.unit, self.decimals)
        sentence = f"{self.subject} gives {self._comes_to}; what is printed stands for {stands}."
        return self._made(WorkingVerdict.AGREES, How.WITHIN_ROUNDING, sentence)

    def _within_a_digit(self) -> bool:
        """Whether the result is less than one in the last digit away: cut off, or rounded up, instead of rounded."""
        value, place = self.printed.value, self.printed.place
        if value is None or not place or self.printed.number.out_of is not None:
            return False
        near = Interval(value - place, value + place, includes_low=False, includes_high=False)
        return self.result.range.overlaps(near)

    def _truncated_sentence(self) -> str:
        value, place = self.printed.value, self.printed.place
        assert value is not None
        above = self.result.range.low >= value
        right = value + place if above else value - place
        way = "cut off" if above == (value >= 0) else "rounded up"
        decimals = self.decimals - EXTRA_DIGITS
        return (
            f"{self.subject} gives {self._comes_to}, which rounds to {text_of(right, self.figure.unit, decimals)}; "
            f"{text_of(value, self.figure.unit, decimals)} is what is left when it is {way}."
        )

    def _if_rounded(self) -> Iterator[tuple[Fraction, tuple[str, ...]]]:
        """The first reading of figures that end in noughts, the narrowest first, under which the working is right.

        The result may have been rounded to its last digit that is not a nought; what it is worked out from, to two
        significant figures at the most, since wider readings would excuse nearly everything.
        """
        wide = {"": self.printed.wider} | {name: _to_two_figures(found) for name, found in self.readings.items()}
        for place in sorted({place for places in wide.values() for place in places}):
            able = [name for name, places in wide.items() if places and place <= places[-1]]
            for chosen in [*((name,) for name in able), tuple(able)]:
                if self._right_if_rounded(place, chosen):
                    yield place, chosen

    def _right_if_rounded(self, place: Fraction, chosen: tuple[str, ...]) -> bool:
        aim = self.printed.rounded_to(place) if "" in chosen else self.printed.as_result
        if self.step is None:
            return self.result.range.overlaps(aim)
        box = {
            name: found.rounded_to(place) if name in chosen else found.known for name, found in self.readings.items()
        }
        try:
            return range_of(self.step, box).range.overlaps(aim)
        except NoFigureError:
            return False

    def _agrees_if_rounded(self, place: Fraction, chosen: tuple[str, ...]) -> Judgement:
        printed = [self.printed if name == "" else self.readings[name] for name in chosen]
        what = " and ".join(dict.fromkeys(found.printed.text for found in printed))
        unit = self.figure.unit if chosen == ("",) else self.figures[next(name for name in chosen if name)].unit
        to = place_text(place, unit)
        sentence = (
            f"{self.subject} gives {self._comes_to}; it is right only if {what} "
            f"{'is' if len(set(chosen)) == 1 else 'are'} rounded to {to}."
        )
        return self._made(WorkingVerdict.AGREES, How.IF_ROUNDED, sentence, rounded_to=to)

    def _wrong_sentence(self) -> str:
        _, difference = self._difference()
        size = difference.lstrip("+\N{MINUS SIGN}")
        words = f"{self.subject} gives {self._comes_to}, and {self.figure.printed.text} is printed"
        if not difference:
            return f"{words}."
        return f"{words}, which is {size} {'more' if difference.startswith('+') else 'less'}."

    def _nearest(self) -> tuple[Nearest, ...]:
        """The inputs that would make it true, each alone, the smallest change first."""
        if self.step is None:
            return ()
        found = [
            self._nearest_of(name, other)
            for name in self._tried()
            if (other := nearest_fix(self.step, name, self.readings, self.printed.as_result)) is not None
        ]
        likely = [one for one in found if one.change is None or abs(one.change) <= LARGEST_CHANGE]
        return tuple(sorted(likely, key=lambda one: (abs(one.change or 0), one.figure)))

    def _tried(self) -> list[str]:
        """The inputs to try: fewer of those that come more than once, which have to be searched for."""
        assert self.step is not None
        counts = Counter(names(self.step))
        once = [name for name, count in counts.items() if count == 1]
        return [*once[:MOST_TRIED], *[name for name in counts if counts[name] > 1][:MOST_SEARCHED]]

    def _nearest_of(self, name: str, found: NearestFix) -> Nearest:
        figure, value = self.figures[name], self.readings[name].value
        assert value is not None
        decimals = decimals_of(self.readings[name].number.place, figure.unit)
        low, high = (text_of(end, figure.unit, decimals) for end in (found.low, found.high))
        change = float((found.nearest - value) / abs(value)) if value else None
        text = "" if change is None else f"{'+' if change > 0 else ''}{text_of(Fraction(change), '%', 1)}"
        return Nearest(
            name,
            figure.label,
            figure.printed.text,
            figure.where,
            low if low == high else f"{low} to {high}",
            change,
            text,
        )


def _to_two_figures(found: Reading) -> tuple[Fraction, ...]:
    """The places to which a figure that ends in noughts may be rounded and still have two significant figures."""
    value = abs(found.value or Fraction(0))
    return tuple(place for place in found.wider if place * 10 <= value)


def with_numbers(working: Working, figures: Mapping[str, QuotedFigure]) -> str:
    """A working with the figures as they are printed: `break_even(£500,000, £40,000)`."""
    match working:
        case Number(_, text):
            return text
        case Name(name):
            return _printed_in_a_working(figures[name])
        case Negative(of):
            return f"-{_bracketed(of, figures)}"
        case Operation(symbol, left, right):
            return f"{_side(left, symbol, figures, False)} {symbol} {_side(right, symbol, figures, True)}"
        case Call(function, given):
            return f"{function}({', '.join(with_numbers(part, figures) for part in given)})"


def _printed_in_a_working(figure: QuotedFigure) -> str:
    text = figure.printed.text
    plain = figure.printed.sense is Sense.PLAIN and " " not in text
    return text if plain else f"“{text}”"


def _side(part: Working, symbol: str, figures: Mapping[str, QuotedFigure], right: bool) -> str:
    """One side of an operation, in brackets where they change what is meant."""
    if isinstance(part, Operation):
        looser = part.symbol in "+-" and symbol in "*/"
        if looser or (right and symbol in "-/" and (part.symbol in "+-") == (symbol in "+-")):
            return f"({with_numbers(part, figures)})"
    return with_numbers(part, figures)


def _bracketed(part: Working, figures: Mapping[str, QuotedFigure]) -> str:
    text = with_numbers(part, figures)
    return f"({text})" if isinstance(part, Operation) else text
