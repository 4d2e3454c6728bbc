"""Which sheets a workbook of a case has, which columns, and where each stands: what the writer writes and links to."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from finmodel.case.workbook.spread import CaseSpread, SheetRow
from finmodel.case.workbook.tables import NAME, Form, Parent, SheetColumn, SheetTable, forms, tables

TITLE, ABOUT, EXAMPLE, HEADER, FIRST = 0, 1, 2, 3, 4  # rows of a sheet, from 0
LAST = 303  # the last row that drop-downs and checks reach
SPARE = 12  # empty rows below the last one that is filled
LONGEST_LIST = 250  # characters of a drop-down that stands in its own rule
SCHEDULES = "schedules"


class SheetPlan(Struct, frozen=True):
    """A sheet of entries: its columns, those of its owners first, and its rows."""

    table: SheetTable
    heads: tuple[Parent | SheetColumn, ...]
    rows: tuple[SheetRow, ...]

    @property
    def sheet(self) -> str:
        """Its name."""
        return self.table.sheet

    def place_of(self, head: Parent | SheetColumn) -> int | None:
        """The column in which something stands, from 0; None where it has none."""
        return self.heads.index(head) if head in self.heads else None

    @property
    def known_by(self) -> int:
        """The column by which a reader knows an entry, from 0."""
        wanted = (
            self.table.label or self.table.column(("text",)) or self.table.column(("what",)) or self.table.column(NAME)
        )
        place = self.place_of(wanted) if wanted is not None else None
        return len(self.table.parents) if place is None else place


class FormPlan(Struct, frozen=True):
    """A form: its lines."""

    form: Form
    columns: tuple[SheetColumn, ...]

    @property
    def sheet(self) -> str:
        """Its name."""
        return self.form.sheet

    def row_of(self, column: SheetColumn) -> int:
        """The row of a line, from 0."""
        return FIRST + self.columns.index(column)


class Plan(Struct, frozen=True):
    """Every sheet that is written."""

    forms: tuple[FormPlan, ...]
    tables: tuple[SheetPlan, ...]

    def of(self, sheet: str) -> SheetPlan | None:
        """The plan of a sheet of entries."""
        return next((plan for plan in self.tables if plan.sheet == sheet), None)


def planned(spread: CaseSpread, everything: bool) -> Plan:
    """The sheets for a case: those that it uses and those that every case begins with; or all of them."""
    return Plan(
        tuple(FormPlan(form, tuple(_lines(form, spread, everything))) for form in forms()),
        tuple(_sheets(spread, everything)),
    )


def _lines(form: Form, spread: CaseSpread, everything: bool) -> Iterator[SheetColumn]:
    used = spread.forms.get(form.sheet, {})
    for column in form.columns:
        if column.path == ("council", "name"):
            continue
        if everything or column.required or column.path in used or ".".join(column.path) in form.core:
            yield column


def _sheets(spread: CaseSpread, everything: bool) -> Iterator[SheetPlan]:
    for table in tables():
        rows = tuple(spread.rows.get(table.sheet, ()))
        if not (rows or table.new or everything):
            continue
        used = {path for row in rows for path in row.texts}
        columns = tuple(
            column
            for column in table.columns
            if everything or column.required or column.path in used or ".".join(column.path) in table.core
        )
        yield SheetPlan(table, (*table.parents, *columns), rows)
