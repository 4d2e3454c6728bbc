"""The figures of a workload report, read and put in order: measures, sections, quarters, and how they hang together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct

from finmodel.workload.quarters import Quarter
from finmodel.workload.schema import MeasureStated, MoveStated, TotalStated, WorkloadFile
from finmodel.workload.tables import TablePlace


class LineKey(NamedTuple):
    """A measure of a section; section "" for the whole service."""

    measure: str
    section: str = ""


class At(NamedTuple):
    """A figure's address: of a measure and section in a quarter."""

    key: LineKey
    quarter: Quarter


class Stood(NamedTuple):
    """A figure, or the sign that stood in its place; percent: whether it was written with a percent sign."""

    value: float | None
    sign: str
    place: TablePlace
    percent: bool = False


class Workload(Struct, frozen=True):
    """Everything that was read. figures: by address; places: the decimals of each measure as its tables write it."""

    file: WorkloadFile
    measures: Mapping[str, MeasureStated]  # standard and the council's own, those that have figures
    figures: Mapping[At, Stood]
    places: Mapping[LineKey, int]
    quarters: tuple[Quarter, ...]  # without gaps, to the one that is reported
    sources: tuple[tuple[str, str], ...]  # each file and its SHA-256
    notes: tuple[str, ...] = ()  # queries on loading

    @property
    def newest(self) -> Quarter:
        """The quarter that is reported."""
        return self.quarters[-1]

    @property
    def keys(self) -> tuple[LineKey, ...]:
        """Every measure and section, in the order of the measures and then of the tables."""
        found = dict.fromkeys(at.key for at in self.figures)
        order = {name: place for place, name in enumerate(self.measures)}
        return tuple(sorted(found, key=lambda key: (order[key.measure], key.section != "")))

    def sections(self, measure: str) -> tuple[str, ...]:
        """The sections that a measure has figures of, in the order of the tables."""
        return tuple(dict.fromkeys(at.key.section for at in self.figures if at.key == (measure, at.key.section)))

    def value(self, key: LineKey, quarter: Quarter) -> float | None:
        """A figure; None where there is none."""
        found = self.figures.get(At(key, quarter))
        return None if found is None else found.value

    @property
    def totals(self) -> Iterator[TotalStated]:
        """The totals whose whole and a part have figures."""
        return (each for each in self.file.totals if each.whole in self.measures)

    @property
    def moves(self) -> Iterator[MoveStated]:
        """The moves whose level has figures."""
        return (each for each in self.file.moves if each.level in self.measures)
