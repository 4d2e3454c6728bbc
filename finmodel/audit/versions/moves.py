"""What differs between two appraisals: files, inputs of the model, and figures of each option."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.explain import shown
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line, Origin
from finmodel.lines.periods import MONTHS_IN_A_YEAR

_SAME = 1e-9  # relative: figures closer than this differ by the rounding of floating point alone


class FileMove(Struct, frozen=True):
    """A file of the inputs: its hashes, "" on the side that lacks it."""

    name: str
    old: str
    new: str

    @property
    def kind(self) -> str:
        """`same`, `changed`, `added` or `removed`."""
        if self.old == self.new:
            return "same"
        return "added" if not self.old else "removed" if not self.new else "changed"


class Side(Struct, frozen=True):
    """A figure in one version: its values, one or one a period, as readers see them, with the reason for none.

    first: the first period, as a number that is the same in both versions; 0 for a single figure.
    """

    values: tuple[float | None, ...]
    text: str
    reason: str
    first: int = 0
    origin: Origin | None = None


class Move(Struct, frozen=True):
    """A figure in two versions; None where a version does not have it."""

    address: str
    name: str
    label: str
    unit: str
    old: Side | None
    new: Side | None

    @property
    def kind(self) -> str:
        """`same`, `changed`, `added`, `removed`, `periods` or `source`.

        periods: the values are the same in all years or months that both versions cover, but these are not the same.
        source: the values are the same, where they come from is not.
        """
        if self.old is None or self.new is None:
            return "added" if self.old is None else "removed"
        if not _alike_in_common(self.old, self.new) or self.old.reason != self.new.reason:
            return "changed"
        if (self.old.first, len(self.old.values)) != (self.new.first, len(self.new.values)):
            return "periods"
        return "same" if self.old.origin == self.new.origin else "source"

    @property
    def by(self) -> float | None:
        """How far a single figure moved; None where one side has no number."""
        if self.old is None or self.new is None or len(self.old.values) != 1 or len(self.new.values) != 1:
            return None
        before, after = self.old.values[0], self.new.values[0]
        return None if before is None or after is None else after - before


def _alike_in_common(old: Side, new: Side) -> bool:
    """Whether the values are the same in every period that both have; a single figure has one."""
    if (len(old.values) == 1) != (len(new.values) == 1):
        return False
    first, last = max(old.first, new.first), min(old.first + len(old.values), new.first + len(new.values))
    return first < last and all(
        is_near(old.values[period - old.first], new.values[period - new.first]) for period in range(first, last)
    )


def is_near(one: float | None, other: float | None) -> bool:
    """Whether two figures differ by rounding at most; one without a number is near another such."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _SAME * max(1.0, abs(one), abs(other))


def file_moves(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> tuple[FileMove, ...]:
    """The files of two versions, by name."""
    before, after = dict(old), dict(new)
    return tuple(FileMove(name, before.get(name, ""), after.get(name, "")) for name in sorted(before | after))


def input_moves(old: Appraisal, new: Appraisal) -> tuple[Move, ...]:
    """The inputs of the model that differ in value, unit or source, or are in one version only."""
    return tuple(move for move in _moves(old, new, lambda line: line.is_stated) if move.kind != "same")


def caseload_moves(old: Appraisal, new: Appraisal) -> tuple[Move, ...]:
    """The worked-out figures of caseloads that moved, but those of each month."""
    return tuple(move for move in _moves(old, new, _is_of_caseload) if move.kind not in ("same", "source"))


def _moves(old: Appraisal, new: Appraisal, asked_of: Callable[[Line], bool]) -> Iterator[Move]:
    """The lines of two models that are asked of, moved or not: those of the new one, then those of the old alone."""
    before, after = ({line.address: line for line in each.written.model if asked_of(line)} for each in (old, new))
    for address in after | before:
        yield line_move(old, new, address, address, before.get(address), after.get(address))


def _is_of_caseload(line: Line) -> bool:
    return line.address.startswith("caseload.") and not line.is_stated and line.timeline is not Timeline.MONTHS


def measure_moves(old: Appraisal, new: Appraisal, option: str) -> tuple[Move, ...]:
    """Every measure of an option, moved or not."""
    before, after = old.written.measures.get(option, {}), new.written.measures.get(option, {})
    names = [*after, *(name for name in before if name not in after)]
    return tuple(_named_move(old, new, name, before, after) for name in names if not name.endswith("_month_number"))


def yearly_moves(old: Appraisal, new: Appraisal, option: str) -> tuple[Move, ...]:
    """Every yearly line of an option, moved or not."""
    before, after = _yearly(old, option), _yearly(new, option)
    names = [*after, *(name for name in before if name not in after)]
    return tuple(_named_move(old, new, name, before, after) for name in names)


def _yearly(appraisal: Appraisal, option: str) -> dict[str, Line]:
    return next((each.yearly for each in appraisal.written.options if each.option.id == option), {})


def demand_moves(old: Appraisal, new: Appraisal) -> tuple[Move, ...]:
    """Every figure of children looked after that is worked out, moved or not."""
    before, after = _of_demand(old), _of_demand(new)
    names = [*after, *(name for name in before if name not in after)]
    return tuple(_named_move(old, new, name, before, after) for name in names)


def _of_demand(appraisal: Appraisal) -> dict[str, Line]:
    """Projections and their range, costs avoided, what printed claims imply, unit costs."""
    demand = appraisal.written.demand
    if demand is None:
        return {}
    found = {f"projections.{path.id}": path.yearly for path in demand.paths.values()}
    found |= {"range.low": demand.range.low, "range.high": demand.range.high}
    if demand.avoided is not None:
        found |= {f"avoided.{name}": line for name, line in demand.avoided.total.items()}
    found |= {f"claims.{claim.claim.id}": claim.child_years for claim in demand.claims}
    for costs in demand.unit_costs:
        lines = {"at_year_end": costs.at_year_end, "on_average": costs.on_average, "marginal": costs.marginal}
        found |= {f"unit_costs.{costs.stated.id}.{name}": line for name, line in lines.items() if line is not None}
    return found


def _named_move(old: Appraisal, new: Appraisal, name: str, before: dict[str, Line], after: dict[str, Line]) -> Move:
    line = after.get(name) or before[name]
    return line_move(old, new, name, line.address, before.get(name), after.get(name))


def line_move(old: Appraisal, new: Appraisal, name: str, address: str, before: Line | None, after: Line | None) -> Move:
    """A line in two versions."""
    line = after or before
    assert line is not None
    return Move(
        address=address,
        name=name,
        label=line.label,
        unit=line.unit,
        old=None if before is None else _side(old, before),
        new=None if after is None else _side(new, after),
    )


def _side(appraisal: Appraisal, line: Line) -> Side:
    results = appraisal.results
    values = tuple(results.figures(line))
    texts = list(_runs(appraisal, line)) if line.timeline is not Timeline.ONCE else [shown(results, line, 0)]
    reason = results.reason(line) if values[0] is None else ""
    return Side(values, "; ".join(texts), reason, _first(appraisal, line), line.origin)


def _first(appraisal: Appraisal, line: Line) -> int:
    if line.timeline is Timeline.ONCE:
        return 0
    year = appraisal.case.first_year.start
    return year if line.timeline is Timeline.YEARS else year * MONTHS_IN_A_YEAR


def _runs(appraisal: Appraisal, line: Line) -> Iterator[str]:
    """Values by period, those alike together: `£40,000.00 from 2015/16`."""
    horizon = appraisal.case.horizon
    periods = horizon.years if line.timeline is Timeline.YEARS else horizon.months
    before = None
    for number, period in enumerate(periods):
        text = shown(appraisal.results, line, number)
        if text != before:
            yield f"{text} from {period}"
        before = text
