"""What a workbook must hold: the model's own, rendered anew, read through the same door, and known cell by cell."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.audit.workbooks.contents import Position, Stored, Workbook
from finmodel.audit.workbooks.formulas import Corner
from finmodel.audit.workbooks.opening import read_workbook
from finmodel.audit.workbooks.recalculated import Engine, engine_of
from finmodel.audit.workbooks.same_formula import REFERENCE, tokens
from finmodel.case import LoadedCase
from finmodel.lines.excel import FIRST_LINE_ROW, FIRST_PERIOD_COLUMN, ONCE_COLUMN, Layout
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.report.levers_sheet import RESET_COLUMN, STATE_COLUMN, VALUE_COLUMN, lever_rows
from finmodel.report.levers_sheet import SHEET as LEVERS
from finmodel.report.line_sheets import (
    ADDRESS_COLUMN,
    HEADING_ROW,
    LABEL_COLUMN,
    MONTH_COLUMN,
    RULE_COLUMN,
    UNIT_COLUMN,
    is_month,
    period_heading,
)
from finmodel.report.workbook import layout_of, render_workbook

HEADLINES = ("net_present_budget_impact", "payback")
LABEL, UNIT, RULE, ADDRESS = "label", "unit", "rule or source", "address"
PERIOD, HEADING, TEXT, VALUE = "year or month", "heading", "text", "value"
STATED = "the value of the case next to a lever"
_COLUMNS = {LABEL_COLUMN: LABEL, UNIT_COLUMN: UNIT, RULE_COLUMN: RULE, ADDRESS_COLUMN: ADDRESS}


class CellRole(NamedTuple):
    """What a cell is for: which part of which line, and in which year or month where it has one."""

    part: str = TEXT
    line: Line | None = None
    period: str = ""

    @property
    def address(self) -> str:
        """The address of its line."""
        return self.line.address if self.line else ""


class Headline(NamedTuple):
    """A figure by which an option is judged, and the cell that shows it."""

    option: str
    title: str
    measure: str
    line: Line
    sheet: str
    place: Position


class Expected(Struct, frozen=True, dict=True):
    """The workbook of a case as the model writes it. Made once, it serves any number of workbooks."""

    appraisal: Appraisal
    layout: Layout
    content: bytes  # of the file

    @cached_property
    def workbook(self) -> Workbook:
        """The file, read through the door that every other comes through; not where its bytes say all."""
        return read_workbook("expected.xlsx", self.content)

    @cached_property
    def _lines(self) -> dict[tuple[str, int], Line]:
        return {(place.sheet, place.row): self.layout.lines[address] for address, place in self.layout.places.items()}

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The address of every line."""
        return frozenset(self.layout.places)

    @cached_property
    def headlines(self) -> tuple[Headline, ...]:
        """Net present budget impact and payback of each option."""
        return tuple(
            Headline(option.option.id, option.option.title, measure, line, place.sheet, (place.row, ONCE_COLUMN + 1))
            for option in self.appraisal.written.options
            for measure in HEADLINES
            for line in (self.appraisal.written.measures[option.option.id][measure],)
            for place in (self.layout.places[line.address],)
        )

    @cached_property
    def _levers(self) -> dict[int, Line]:
        return dict(lever_rows(self.layout))

    def part(self, sheet: str, place: Position) -> CellRole:
        """What a cell of a sheet is for."""
        plan = self.layout.sheets.get(sheet)
        if plan is None:
            return self._of_another_sheet(sheet, place)
        row, column = place[0], place[1] - 1
        line = self._lines.get((sheet, row))
        period = self._period(plan.timeline, column)
        if line is not None:
            is_typed = column in self.layout.columns(line.timeline) or (column == MONTH_COLUMN and is_month(line))
            return CellRole(_COLUMNS.get(column) or (VALUE if is_typed else RULE), line, period)
        if row == HEADING_ROW or row >= FIRST_LINE_ROW or row < 3:
            return CellRole(HEADING, None, "")
        return CellRole(PERIOD, None, period)

    def _period(self, timeline: Timeline, column: int) -> str:
        if timeline is Timeline.ONCE or column not in self.layout.columns(timeline):
            return ""
        return period_heading(self.appraisal.written.model.horizon, timeline, column - FIRST_PERIOD_COLUMN)

    def _of_another_sheet(self, sheet: str, place: Position) -> CellRole:
        """The summary shows cells of the line sheets; all other sheets are text."""
        if sheet == LEVERS and (lever := self._levers.get(place[0])) is not None:
            parts = {VALUE_COLUMN: VALUE, RESET_COLUMN: STATED, STATE_COLUMN: VALUE}
            return CellRole(parts.get(place[1] - 1, TEXT), lever)
        found = self.workbook.sheet(sheet)
        cell = found.cells.get(place) if found else None
        if found is not None and place[1] == 1 and (beside := found.cells.get((place[0], 2))) and beside.formula:
            return CellRole(LABEL, self._of_another_sheet(sheet, (place[0], 2)).line)
        if cell is None or not cell.formula:
            return CellRole()
        written = tokens(cell.formula, sheet)
        if len(written) != 1 or written[0][0] != REFERENCE or not isinstance(written[0][2], Corner):
            return CellRole(VALUE)
        name, corner = written[0][1], written[0][2]
        for plan in self.layout.sheets.values():
            if plan.name.casefold() == name:
                line = self._lines.get((plan.name, corner.row))
                return CellRole(VALUE, line, self._period(plan.timeline, corner.column - 1))
        return CellRole(VALUE)

    @cached_property
    def engine(self) -> Engine:
        """The workbook in an engine that is not ours, worked out."""
        return engine_of(self.workbook)

    @cached_property
    def disagreements(self) -> tuple[tuple[str, Position, Stored, Stored], ...]:
        """Formula cells in which the engine and Python differ: sheet, place, Python's value and the engine's."""
        return tuple(
            (sheet.name, place, cell.value, self.engine.value(sheet.name, place))
            for sheet in self.workbook.sheets
            for place, cell in sheet.cells.items()
            if cell.formula and not self.engine.gives(sheet.name, place, cell.value)
        )


def expected_workbook(loaded: LoadedCase) -> Expected:
    """The workbook that finmodel writes for a case."""
    appraisal = appraise(loaded)
    return Expected(appraisal, layout_of(appraisal), render_workbook(appraisal))
