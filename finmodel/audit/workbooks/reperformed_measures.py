"""The measures of a report, worked out again by numpy-financial from the yearly flows that stand in its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from finmodel.appraisal.measures import CASH, NET
from finmodel.appraisal.options import COST
from finmodel.audit.workbooks.contents import Position, Stored, Worksheet
from finmodel.audit.workbooks.expected import Expected
from finmodel.audit.workbooks.recalculated import Engine
from finmodel.audit.workbooks.reperforming import NO_NUMBER, Asked, Reperformed, internal_rate, net_present_value
from finmodel.audit.workbooks.structure import Structure
from finmodel.lines.cells import address
from finmodel.lines.excel import FIRST_PERIOD_COLUMN, ONCE_COLUMN
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line

_VALUES = {
    "present_value_of_cost": COST,
    "present_value_of_saving": CASH,
    "net_present_budget_impact": NET,
}
_RATE, _FACTOR, _WORTH = "discounting.rate", "discounting.factor", "discounting.present_value_factor"
_GONE = "a cell that it needs is gone, or holds no number"


class _LineCells(Struct, frozen=True):
    """The cells of a line in the workbook at hand: where, and what they hold."""

    where: str
    values: tuple[Stored, ...]

    @property
    def numbers(self) -> list[float] | None:
        """The values, where all are numbers."""
        found = [float(v) for v in self.values if isinstance(v, int | float) and not isinstance(v, bool)]
        return found if len(found) == len(self.values) and found else None


class _Cells:
    """The cells of lines, wherever rows and columns have moved to."""

    def __init__(self, expected: Expected, structure: Structure | None, holds: Callable[[str, Position], Stored]):
        self._expected, self._structure, self._holds = expected, structure, holds

    def row(self, line: Line) -> _LineCells | None:
        """All cells of a line; None where one is gone."""
        place = self._expected.layout.places[line.address]
        periods = self._expected.layout.periods[line.timeline]
        first = ONCE_COLUMN if line.timeline is Timeline.ONCE else FIRST_PERIOD_COLUMN
        at = [self._now(place.sheet, (place.row, first + 1 + number)) for number in range(periods)]
        found = [each for each in at if each is not None]
        if len(found) < periods or not found:
            return None
        (sheet, start), (_, end) = found[0], found[-1]
        where = f"{sheet}!{address(*start)}" + (f":{address(*end)}" if end != start else "")
        return _LineCells(where, tuple(self._holds(*each) for each in found))

    def _now(self, sheet: str, place: Position) -> tuple[str, Position] | None:
        if self._structure is None:
            return sheet, place
        pair = self._structure.pair_of.get(sheet)
        row = pair.moves.rows.at(place[0]) if pair else None
        column = pair.moves.columns.at(place[1]) if pair else None
        return None if pair is None or row is None or column is None else (pair.now.name, (row, column))


def reperformed_measures(
    expected: Expected,
    found: Callable[[str], Worksheet | None],
    structure: Structure | None,
    engine: Engine | None,
    is_stale: bool,
) -> tuple[Reperformed, ...]:
    """Present values and the internal rate of every option.

    found: a sheet of the workbook at hand, by its name, None where it has none; asked only for those that are needed.
    structure: where rows and columns are now; None where nothing has moved. engine: the workbook recalculated, for
    cells that store nothing; is_stale: whether what is stored is from before a change, so that all is taken from it.
    """

    def holds(sheet: str, place: Position) -> Stored:
        page = found(sheet)
        cell = page.cells.get(place) if page is not None else None
        if cell is None:
            return None
        if engine is not None and cell.is_calculated and (is_stale or cell.value is None):
            return engine.value(sheet, place)
        return cell.value

    return tuple(_measures(expected, _Cells(expected, structure, holds)))


def _measures(expected: Expected, cells: _Cells) -> Iterator[Reperformed]:
    written = expected.appraisal.written
    if not written.options:
        return
    first = expected.appraisal.case.discounting.first_year
    rates, prices = cells.row(written.model[_RATE]), _prices(expected, cells)
    for option in written.options:
        measures = written.measures[option.option.id]
        for name, flow in _VALUES.items():
            yield _value(cells, measures[name], option.yearly[flow], option.option.title, (rates, prices, first))
        yield _rate(cells, measures["internal_rate_of_return"], option.yearly[NET], option.option.title)


def _prices(expected: Expected, cells: _Cells) -> _LineCells | None:
    """Each year's prices, by which flows are divided before they are discounted at a real rate."""
    model = expected.appraisal.written.model
    rule = model[_WORTH].expression if _WORTH in model else None
    index = [line for line in rule.lines() if line.address != _FACTOR] if rule is not None else []
    return cells.row(index[0]) if index else None


def _asked(
    cells: _Cells, measure: Line, flow: Line, title: str, function: str
) -> tuple[Asked, _LineCells | None, _LineCells | None]:
    stated, flows = cells.row(measure), cells.row(flow)
    where = stated.where if stated else measure.address
    label = f"{title}: {measure.label}"
    return Asked(label, function, where, flows.where if flows else flow.address, unit=measure.unit), stated, flows


def _value(
    cells: _Cells, measure: Line, flow: Line, title: str, by: tuple[_LineCells | None, _LineCells | None, int]
) -> Reperformed:
    rates, prices, first = by
    asked, stated, flows = _asked(cells, measure, flow, title, "npv")
    used = " ÷ ".join(row.where for row in (flows, prices) if row is not None)
    asked = Asked(asked.label, asked.function, asked.cell, used, rates.where if rates else "", asked.unit)
    amount = stated.numbers if stated else None
    if amount is None:
        return asked.cannot(_why(stated))
    money, percent = flows.numbers if flows else None, rates.numbers if rates else None
    levels = prices.numbers if prices else [1.0] * len(money or ())
    if money is None or percent is None or levels is None or len(levels) != len(money) or not all(levels):
        return asked.cannot(_GONE, amount[0])
    if len(set(percent)) > 1:
        return asked.cannot("the rate is not the same in all years, and the library takes one", amount[0])
    real = [flow / level for flow, level in zip(money, levels, strict=True)]
    return net_present_value(asked, amount[0], percent[0], real, first)


def _rate(cells: _Cells, measure: Line, flow: Line, title: str) -> Reperformed:
    asked, stated, flows = _asked(cells, measure, flow, title, "irr")
    rate, money = stated.numbers if stated else None, flows.numbers if flows else None
    if rate is None:
        return asked.cannot(_why(stated))
    if money is None:
        return asked.cannot(_GONE, rate[0])
    return internal_rate(asked, rate[0], money)


def _why(stated: _LineCells | None) -> str:
    """Why a cell has no number: the reason that it states itself."""
    text = stated.values[0] if stated else None
    return f"{NO_NUMBER}: {text}" if isinstance(text, str) and text else NO_NUMBER
