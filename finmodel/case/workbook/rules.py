"""What a cell lets in: a number from here to there, a day, a council year; the case's own checks come after."""

from __future__ import annotations

from finmodel.case.workbook.kinds import Kind
from finmodel.case.workbook.tables import SheetColumn

_FROM_0 = "AND(ISNUMBER({0}),{0}>=0)"
_TESTS = {
    Kind.MONEY: (_FROM_0, "pounds in figures, without a minus sign"),
    Kind.NUMBER: (_FROM_0, "a number, 0 or more"),
    Kind.WHOLE: ("AND(ISNUMBER({0}),{0}=INT({0}))", "a whole number"),
    Kind.SHARE: ("AND(ISNUMBER({0}),{0}>=0,{0}<=1)", "a percentage from 0% to 100%"),
    Kind.CHANGE: ("AND(ISNUMBER({0}),{0}>-1,{0}<=1)", "a yearly change such as 2.5% or -1%"),
    Kind.MONTH: ("AND(ISNUMBER({0}),{0}>366,DAY({0})=1)", "the first day of a month, such as 1/4/2026; or Apr 2026"),
    Kind.DATE: ("AND(ISNUMBER({0}),{0}>366)", "a date, such as 20/1/2026"),
    Kind.YEAR: ('AND(LEN({0})=7,MID({0},5,1)="/")', "a council year such as 2026/27"),
}


def rule_for(column: SheetColumn, cell: str) -> dict[str, str]:
    """The rule of a column's cells for XlsxWriter; `cell` is the first of them."""
    if column.kind not in _TESTS:
        return {"validate": "any"}
    test, wanted = _TESTS[column.kind]
    formula = test.format(cell)
    if column.shape.figure:
        formula = f'OR({formula},LEFT({cell},6)="see By")'
    return {
        "validate": "custom",
        "value": f"={formula}",
        "error_type": "warning",
        "error_title": "Is this meant?",
        "error_message": f"{column.heading[:60]}: {wanted}.",
    }
