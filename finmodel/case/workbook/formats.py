"""The formats of the cells: input framed on pale yellow, headings dark on pale blue, examples grey and slanted."""

from __future__ import annotations

from datetime import date
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from finmodel.case.workbook.kinds import Kind
from finmodel.case.workbook.tables import SheetColumn

_INK, _QUIET, _INPUT, _HEAD, _TITLE = "#102A43", "#595959", "#FFFBE6", "#D9E2EC", "#243B53"
_NUMBER_FORMATS = {
    Kind.MONEY: "£#,##0.##;-£#,##0.##",
    Kind.SHARE: "0.0##%",
    Kind.CHANGE: "0.0##%",
    Kind.NUMBER: "General",
    Kind.WHOLE: "0",
    Kind.MONTH: "mmm yyyy",
    Kind.DATE: "d mmm yyyy",
    Kind.YEAR: "@",
    Kind.PART_OF_DATE: "@",
    Kind.POINTS: "@",
}
_WHOLE_POUNDS = "£#,##0;-£#,##0"
_PENCE = "£#,##0.00;-£#,##0.00"
_ON_THE_LEFT = frozenset([Kind.TEXT, Kind.WORD, Kind.NAME, Kind.YES_NO])


class CaseFormats:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.title = self._format(bold=True, font_size=15, font_color="#FFFFFF", bg_color=_TITLE, valign="vcenter")
        self.about = self._format(font_color=_INK)
        self.heading = self._format(
            bold=True, bg_color=_HEAD, font_color=_INK, text_wrap=True, valign="top", border=1, border_color="#9FB3C8"
        )
        self.line = self._format(font_color=_INK, text_wrap=True, valign="top")
        self.required = self._format(font_color=_INK, bold=True, text_wrap=True, valign="top")
        self.quiet = self._format(font_color=_QUIET, text_wrap=True, valign="top", indent=1)
        self.example = self._format(font_color=_QUIET, italic=True, valign="top")
        self.input_text = self.input(Kind.TEXT)
        self.step = self._format(font_color=_INK, text_wrap=True, valign="top", font_size=12)
        self.number = self._format(font_color=_INK, bold=True, valign="top", font_size=12, align="center")
        self.link = self._format(font_color="#0B5394", underline=1, valign="top")
        self.good = self._format(font_color="#1E6B3A", bold=True, text_wrap=True, valign="top")
        self.bad = self._format(font_color="#9C1C1C", bold=True, text_wrap=True, valign="top")
        self.status = self._format(font_color=_INK, text_wrap=True, valign="top")
        self.big = self._format(font_color=_INK, bold=True, font_size=13, valign="vcenter")

    def input(self, kind: Kind, number_format: str = "") -> Format:
        """The format of a cell to fill in."""
        shown = number_format or {Kind.MONEY: _WHOLE_POUNDS}.get(kind, _NUMBER_FORMATS.get(kind, "General"))
        align = "left" if kind in _ON_THE_LEFT else "right"
        return self._format(
            num_format=shown,
            bg_color=_INPUT,
            font_color="#0000C0",
            border=4,
            border_color="#829AB1",
            text_wrap=True,
            valign="top",
            align=align,
            indent=1 if align == "left" else 0,  # off the figure that may stand against the right edge beside it
        )

    def of(self, column: SheetColumn, value: str | float | bool | date, filled: bool) -> Format:
        """The format of a field's cell: pence are shown where there are any."""
        pence = column.kind is Kind.MONEY and isinstance(value, float) and value != int(value)
        return self.input(column.kind, _PENCE if pence and filled else "")

    def _format(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": "Arial", "font_size": 10, **properties})
        return self._made[key]
