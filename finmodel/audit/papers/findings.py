"""What is found in a paper's figures beyond the verdicts: mixed bases, two values, units, implied quantities."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from finmodel.audit.papers.judging import reading
from finmodel.audit.papers.units import mismatches, unit_of
from finmodel.audit.papers.verification import CheckedWorking, Implied, Inconsistency, InconsistencyKind, Level
from finmodel.audit.papers.wording import EXTRA_DIGITS, decimals_of, place_text, range_text
from finmodel.quoting.quoted import QuotedFigure, StatedFigures


def findings_of(
    stated: StatedFigures,
    checks: tuple[CheckedWorking, ...],
    implied: tuple[Implied, ...],
    of_the_model: tuple[Inconsistency, ...],
) -> tuple[Inconsistency, ...]:
    """Everything found: errors first, otherwise in the order of the file."""
    found = [*_of_units(stated, checks), *of_the_model, *_two_values(stated), *_implied(implied)]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.level is not Level.ERROR))


def _of_units(stated: StatedFigures, checks: tuple[CheckedWorking, ...]) -> Iterator[Inconsistency]:
    for working, check in zip(stated.workings, checks, strict=False):  # checks against the model come after these
        if working.equals is None:
            continue
        figure = stated.figures[working.figure]
        for found in mismatches(working.equals.tree, figure, stated.figures):
            what = f"{found.what}: {check.working} = {figure.printed.text}."
            names = (working.figure, *check.inputs)
            yield Inconsistency(found.kind, found.level, what, names, figure.where, check.number)


def _two_values(stated: StatedFigures) -> Iterator[Inconsistency]:
    """Figures that are said to be the same and cannot be."""
    for name, figure in stated.figures.items():
        if figure.same_as is None:
            continue
        other = stated.figures[figure.same_as]
        where = f"{figure.where}; {other.where}"
        names = (name, figure.same_as)
        if not unit_of(figure).alike(unit_of(other)):
            what = f"{figure.label}: one unit is `{figure.unit}`, the other `{other.unit}`."
            yield Inconsistency(InconsistencyKind.UNITS, Level.ERROR, what, names, where)
        elif not reading(figure).as_result.overlaps(reading(other).as_result):
            place = _same_if_rounded(figure, other)
            if place is None:
                what = f"{figure.label}: {_said(figure)} and {_said(other)} cannot be the same."
                yield Inconsistency(InconsistencyKind.TWO_VALUES, Level.ERROR, what, names, where)
            else:
                both = f"{figure.printed.text} and {other.printed.text}"
                what = (
                    f"{figure.label}: {both} are the same only if one is rounded to {place_text(place, figure.unit)}."
                )
                yield Inconsistency(InconsistencyKind.TWO_VALUES, Level.WARNING, what, names, where)


def _same_if_rounded(figure: QuotedFigure, other: QuotedFigure) -> Fraction | None:
    """The narrowest rounding of one that ends in noughts which makes the two the same; None when none does."""
    one, two = reading(figure), reading(other)
    found = [place for place in one.wider if one.rounded_to(place).overlaps(two.as_result)]
    found += [place for place in two.wider if two.rounded_to(place).overlaps(one.as_result)]
    return min(found, default=None)


def _said(figure: QuotedFigure) -> str:
    read = reading(figure)
    span = range_text(read.as_result, figure.unit, decimals_of(read.number.place, figure.unit) + EXTRA_DIGITS)
    return f"{figure.printed.text} ({figure.where}), which stands for {span},"


def _implied(implied: tuple[Implied, ...]) -> Iterator[Inconsistency]:
    for one in implied:
        if one.overlap is False:
            names = tuple(dict.fromkeys(name for way in one.ways for name in way.inputs))
            yield Inconsistency(InconsistencyKind.IMPLIED, Level.ERROR, f"{one.label}: {one.sentence}", names, "")
