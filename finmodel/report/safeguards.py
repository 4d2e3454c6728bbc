"""What guards the workbook's sheets: the check in every head, colours where something fails, protection.

Protection has no password: it keeps from slips, and nobody out. Only `finmodel audit` shows that nothing was changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from finmodel.lines.evaluate import Results
from finmodel.lines.excel import FIRST_LINE_ROW, ONCE_COLUMN, Layout, Sheet, column_letters
from finmodel.lines.input_limits import limits_of
from finmodel.lines.line import Line
from finmodel.report.input_messages import LONGEST_MESSAGE, cut, message_of
from finmodel.report.line_sheets import MONTH_COLUMN, Formats, is_month

HOLDS, FAILS = "All checks hold", "A check fails: see Checks"
CHECK_CELL = "A2"  # on every sheet
_FIRST_DAY, _LAST_DAY = date(1990, 4, 1), date(2099, 3, 31)  # of what a month may be
_FAILING = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#C00000"}
_TYPED_OVER = {"bold": True, "font_color": "#000000", "bg_color": "#FFC000"}
_ALLOWED = dict.fromkeys(("format_columns", "format_rows", "sort", "autofilter", "objects"), True)


class Guards:
    """The guards of one workbook's sheets.

    master: the line that is 1 where every check holds.
    """

    def __init__(self, book: Workbook, layout: Layout, results: Results, master: Line, formats: Formats) -> None:
        self._layout, self._master, self._formats = layout, master, formats
        self._shown = HOLDS if results.figure(master, 0) == 1 else FAILS
        self._failing, self._typed_over = book.add_format(_FAILING), book.add_format(_TYPED_OVER)

    def head(self, page: Worksheet) -> None:
        """Say in the sheet's second row whether every check holds; red where one does not."""
        cell = self._layout.cell(self._master, ONCE_COLUMN)
        page.write_formula(CHECK_CELL, f'=IF({cell}=1,"{HOLDS}","{FAILS}")', self._formats.check, self._shown)
        rule = {"type": "formula", "criteria": f'=$A$2<>"{HOLDS}"', "format": self._failing}
        page.conditional_format(CHECK_CELL, rule)

    def differing(self, page: Worksheet, cells: str, formula: str) -> None:
        """Mark cells where a formula holds: what is not as the case states it."""
        page.conditional_format(cells, {"type": "formula", "criteria": formula, "format": self._typed_over})

    def limit(self, page: Worksheet, row: int, columns: range, line: Line, values: Sequence[float]) -> None:
        """Let cells of an input, counted from 0, take only what can be meant, and say what that is."""
        limits = limits_of(line, *values)
        title, message = message_of(line, f"{limits.words(line)} ({line.unit})")
        rule = {
            "validate": "integer" if limits.whole else "decimal",
            "criteria": "between",
            "minimum": limits.least,
            "maximum": limits.most,
            "input_title": title,
            "input_message": message,
            "error_title": "Not a figure of this input",
            "error_message": cut(f"{limits.words(line)} belongs here.", LONGEST_MESSAGE),
        }
        page.data_validation(row, columns[0], row, columns[-1], rule)

    def _month(self, page: Worksheet, row: int, line: Line) -> None:
        """Let the cell of a month take a date."""
        title, message = message_of(line, "A month, such as Apr 2026, or any day in it")
        rule = {
            "validate": "date",
            "criteria": "between",
            "minimum": _FIRST_DAY,
            "maximum": _LAST_DAY,
            "input_title": title,
            "input_message": message,
            "error_title": "Not a month",
            "error_message": "A month such as Apr 2026, or any day in it, belongs here.",
        }
        page.data_validation(row, MONTH_COLUMN, row, MONTH_COLUMN, rule)

    def inputs(self, page: Worksheet, plan: Sheet) -> None:
        """Limit what a sheet of inputs takes, and lock the rest."""
        for row, line in plan.lines:
            if is_month(line):
                self._month(page, row - 1, line)
            elif line.values is not None and line.address not in self._layout.typed:
                self.limit(page, row - 1, self._layout.columns(plan.timeline), line, line.values[:, 0].tolist())
        self.protect(page)

    def calculations(self, page: Worksheet, plan: Sheet) -> None:
        """Mark what is typed where a sheet of calculations has formulas, and lock them."""
        columns = self._layout.columns(plan.timeline)
        last_row = max((row for row, _ in plan.rows), default=FIRST_LINE_ROW)
        first = f"{column_letters(columns[0])}{FIRST_LINE_ROW}"
        # Only here: as a formula in a cell, programs disagree on ISFORMULA
        rule = {
            "type": "formula",
            "criteria": f'=AND({first}<>"",NOT(_xlfn.ISFORMULA({first})))',
            "format": self._typed_over,
        }
        page.conditional_format(FIRST_LINE_ROW - 1, columns[0], last_row - 1, columns[-1], rule)
        self.protect(page)

    @staticmethod
    def protect(page: Worksheet) -> None:
        """Lock what is not made to be typed into."""
        page.protect("", _ALLOWED)


def check_cells(sheets: Iterator[str] | list[str], results: Results, master: Line) -> Iterator[tuple[str, str, str]]:
    """The cell of every sheet's head: sheet, cell, and what it must show."""
    shown = HOLDS if results.figure(master, 0) == 1 else FAILS
    yield from ((sheet, CHECK_CELL, shown) for sheet in sheets)
