"""Every line that is worked out from a figure, as values and as text: by distance, and the measures at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Annotated

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.document.explanation import origin_text
from finmodel.lines.explain import period_text, shown
from finmodel.lines.uses import Use, uses
from finmodel.report.named_figure import NamedFigure
from finmodel.results.lines import OriginFacts, origin_facts
from finmodel.results.written import LEFT_OUT


class UsesOfFigure(Struct, frozen=True):
    """A figure, every line worked out from it, and which of these are measures, by the id of each option."""

    address: str
    label: str
    unit: str
    period: str
    value: float | None
    text: str
    origin: Annotated[OriginFacts | None, LEFT_OUT]
    uses: tuple[Use, ...]
    measures: Mapping[str, tuple[str, ...]]


class Dependents(Struct, frozen=True):
    """A figure and its dependents. measures: by the title of each option, those among them."""

    appraisal: Appraisal
    figure: NamedFigure
    uses: tuple[Use, ...]
    measures: dict[str, tuple[Use, ...]]
    depth: int | None = None

    @property
    def heading(self) -> str:
        """`FTE, Social workers: 12`."""
        line, results = self.figure.line, self.appraisal.results
        period = period_text(results.model.horizon, line.timeline, self.figure.period)
        return f"{line.label}{f', {period}' if period else ''}: {shown(results, line, self.figure.period)}"

    @property
    def sentence(self) -> str:
        """How many lines depend on it."""
        if not self.uses and self.depth != 0:
            return "No line is made from it."
        reached = sum(len(found) for found in self.measures.values())
        near = "It" if self.depth is None else f"Within {_count(self.depth, 'rule')} it"
        lines = f"{near} touches {_count(len(self.uses), 'line')}"
        if not reached:
            return f"{lines}, no measure of an option among them."
        return f"{lines}, among them {_count(reached, 'measure')} of {_count(len(self.measures), 'option')}."

    @property
    def by_distance(self) -> Iterator[tuple[int, list[Use]]]:
        """Lines in levels, the nearest first."""
        for distance, found in groupby(self.uses, key=lambda use: use.distance):
            yield distance, list(found)

    @property
    def result(self) -> UsesOfFigure:
        """The same as values, for JSON."""
        line, results = self.figure.line, self.appraisal.results
        origin = line.origin_at(self.figure.period)
        return UsesOfFigure(
            address=line.address,
            label=line.label,
            unit=line.unit,
            period=period_text(results.model.horizon, line.timeline, self.figure.period),
            value=results.figure(line, self.figure.period),
            text=shown(results, line, self.figure.period),
            origin=None if origin is None else origin_facts(origin),
            uses=self.uses,
            measures={
                option.option.id: tuple(use.address for use in self.measures.get(option.option.title, ()))
                for option in self.appraisal.written.options
            },
        )


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def dependents_of(appraisal: Appraisal, figure: NamedFigure, depth: int | None = None) -> Dependents:
    """What is made from a figure, down to the measures, or so many rules away."""
    found = uses(appraisal.results, figure.line, figure.period, depth)
    by_address = {use.address: use for use in found}
    measures: dict[str, tuple[Use, ...]] = {}
    for option in appraisal.written.options:
        lines = appraisal.written.measures[option.option.id].values()
        reached = tuple(by_address[line.address] for line in lines if line.address in by_address)
        if reached:
            measures[option.option.title] = reached
    return Dependents(appraisal, figure, found, measures, depth)


def as_text(found: Dependents) -> str:
    """For the terminal."""
    line = found.figure.line
    rows = [f"{found.heading}  [{line.address}]"]
    origin = line.origin_at(found.figure.period)
    if origin is not None:
        rows.append(f"  source: {origin_text(origin)}")
    rows.append(found.sentence)
    for distance, level in found.by_distance:
        rows += ["", level_heading(distance)]
        rows += [f"  {_use(use)}  [{use.address}]" for use in level]
    for title, measures in found.measures.items():
        rows += ["", f"Measures of {title}"]
        rows += [f"  {_use(use)}" for use in measures]
    return "\n".join(rows)


def level_heading(distance: int) -> str:
    """Of a level of lines."""
    return "Made from it directly" if distance == 1 else f"{distance} rules away"


def _use(use: Use) -> str:
    reason = f" ({use.reason})" if use.reason else ""
    return f"{use.label}{f', {use.period}' if use.period else ''}: {use.text}{reason}"
