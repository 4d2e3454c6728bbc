"""A model such as councils build: sound, with the habits that a check must not take for faults.

Six sheets: assumptions, posts as records, placements by month with an opening column, costs by month with quarterly
subtotals and a total, a summary by year, and checks. Stored values are worked out by formualizer.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import formualizer
import openpyxl
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from finmodel.audit.workbooks.opening import Workbook, open_workbook

MONTHS = 12
FIRST = 4  # column D, the first month
BLUE = Font(color="FF0000FF")


def council_model(change: Callable[[openpyxl.Workbook], None] | None = None, recalculated: bool = True) -> Workbook:
    """The model, changed if asked, opened."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, fill in [
        ("Assumptions", _assumptions),
        ("Posts", _posts),
        ("Placements", _placements),
        ("Costs", _costs),
        ("Summary", _summary),
        ("Checks", _checks),
    ]:
        fill(book.create_sheet(name))
    book.defined_names["on_costs"] = DefinedName("on_costs", attr_text="Assumptions!$B$4")
    if change is not None:
        change(book)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "council.xlsx"
        book.save(path)
        if recalculated:
            path.write_bytes(formualizer.recalculate_xlsx_bytes(path.read_bytes())["bytes"])
        return open_workbook(path)


def _months() -> list[str]:
    return [get_column_letter(FIRST + month) for month in range(MONTHS)]


def _assumptions(page: Worksheet) -> None:
    page["A1"] = "Assumptions for 2026/27"
    rows = [
        ("Inflation of pay", 0.032), ("Inflation of prices", 0.025), ("On-costs", 0.29), ("Price of a placement a week", 1250),
        ("Weeks in a year", 52.18), ("Children at the start", 412), ("Hours in a week", 37),
    ]  # fmt: skip
    for line, (label, value) in enumerate(rows, start=2):
        page.cell(line, 1, label)
        page.cell(line, 2, value).font = BLUE
    page["A12"] = "Grade"
    page["B12"] = "Salary"
    for line, (grade, salary) in enumerate([("G6", 31537), ("G8", 40476), ("G10", 49764)], start=13):
        page.cell(line, 1, grade)
        page.cell(line, 2, salary).font = BLUE
    page["D12"] = "Cost centre"
    for line, code in enumerate(["04120", "04121", "04130"], start=13):
        page.cell(line, 4, code)


def _posts(page: Worksheet) -> None:
    page.append(["Post", "Grade", "FTE", "Cost centre", "Salary", "On-costs", "Cost of a year", "Share"])
    posts = [("Social worker", "G10", 6, "04120"), ("Family support worker", "G6", 4.5, "04121"), ("Manager", "G10", 1, "04120"),
             ("Business support", "G6", 2, "04130"), ("Senior worker", "G8", 3, "04121")]  # fmt: skip
    for line, (post, grade, fte, code) in enumerate(posts, start=2):
        page.append([post, grade, fte, code])
        page[f"C{line}"].font = BLUE
        page[f"E{line}"] = f"=VLOOKUP(B{line},Assumptions!$A$13:$B$15,2,FALSE)"
        page[f"F{line}"] = f"=E{line}*on_costs"
        page[f"G{line}"] = f"=C{line}*(E{line}+F{line})"
        page[f"H{line}"] = f"=G{line}/G$7"
    page["A7"] = "Total"
    for column in "CGH":
        page[f"{column}7"] = f"=SUM({column}2:{column}6)"


def _header(page: Worksheet, title: str, total: bool) -> None:
    page["A1"] = title
    page["A2"], page["B2"] = "Line", "Unit"
    for month, column in enumerate(_months()):
        page[f"{column}1"] = month + 1
        page[f"{column}2"] = 46113 + round(month * 30.44)
        page[f"{column}2"].number_format = "mmm yy"
    if total:
        page[f"{get_column_letter(FIRST + MONTHS)}2"] = "Year"


def _placements(page: Worksheet) -> None:
    _header(page, "Placements", total=False)
    page["C2"] = "Opening"
    labels = ["Starts", "Ends", "Children at the end of the month", "Change", "Weeks of care"]
    for line, label in enumerate(labels, start=3):
        page.cell(line, 1, label)
        page.cell(line, 2, "children")
    page["C5"] = "=Assumptions!B7"
    months = _months()
    for at, column in enumerate(months):
        before = get_column_letter(FIRST + at - 1)
        page[f"{column}3"] = 14 + at % 3
        page[f"{column}4"] = 15 - at % 4
        page[f"{column}3"].font = page[f"{column}4"].font = BLUE
        page[f"{column}5"] = f"={before}5+{column}3-{column}4"
        page[f"{column}6"] = f"={column}5-{before}5"
        page[f"{column}7"] = f"=AVERAGE({before}5,{column}5)*Assumptions!$B$6/12"


def _costs(page: Worksheet) -> None:
    """Months in threes, each with its quarter, then the year."""
    page["A1"] = "Costs by month and quarter"
    months = _months()
    quarters: list[str] = []
    column = 3
    for quarter in range(4):
        for _ in range(3):
            at = months[(column - 3) - quarter]
            letter = get_column_letter(column)
            page[f"{letter}2"] = f"=Placements!{at}2"
            page[f"{letter}2"].number_format = "mmm yy"
            page[f"{letter}3"] = "=Posts!$G$7*(1+Assumptions!$B$2)/12"
            page[f"{letter}4"] = f"=Placements!{at}7*Assumptions!$B$5"
            page[f"{letter}5"] = f"=ROUND({letter}4*Assumptions!$B$3,2)"
            page[f"{letter}6"] = f"=SUM({letter}3:{letter}5)"
            column += 1
        letter, first = get_column_letter(column), get_column_letter(column - 3)
        last = get_column_letter(column - 1)
        page[f"{letter}2"] = f"Q{quarter + 1}"
        for line in range(3, 7):
            page[f"{letter}{line}"] = f"=SUM({first}{line}:{last}{line})"
        quarters.append(letter)
        column += 1
    year = get_column_letter(column)
    page[f"{year}2"] = "Year"
    for line in range(3, 7):
        page[f"{year}{line}"] = "=" + "+".join(f"{letter}{line}" for letter in quarters)
    for line, label in enumerate(["Staff", "Placements", "Inflation of placements", "Total"], start=3):
        page.cell(line, 1, label)
        page.cell(line, 2, "£")


def _summary(page: Worksheet) -> None:
    page["A1"] = "Summary, £"
    page["A2"] = "Line"
    for at, year in enumerate(range(2026, 2031)):
        column, before = get_column_letter(2 + at), get_column_letter(1 + at)
        page[f"{column}2"] = year
        page[f"{column}3"] = "=Costs!S3" if not at else f"={before}3*(1+Assumptions!$B$2)"
        page[f"{column}4"] = "=Costs!S4+Costs!S5" if not at else f"={before}4*(1+Assumptions!$B$3)"
        page[f"{column}5"] = f"=SUM({column}3:{column}4)"
        page[f"{column}6"] = f"=IF({column}5=0,0,{column}3/{column}5)"
        page[f"{column}7"] = f"=SUM($B5:{column}5)"
    page["G2"] = "Total"
    for line in (3, 4, 5):
        page[f"G{line}"] = f"=SUM(B{line}:F{line})"
    for line, label in enumerate(["Staff", "Placements", "Total", "Share of staff", "So far"], start=3):
        page.cell(line, 1, label)
    page["A10"] = "Of which social workers and managers"
    page["B10"] = '=SUMIFS(Posts!G2:G6,Posts!D2:D6,"04120")'
    page["A11"] = "Hours of staff a week"
    page["B11"] = "=Posts!C7*Assumptions!B8"


def _checks(page: Worksheet) -> None:
    checks = [
        ("Total of lines is the total", "=ABS(Summary!B3+Summary!B4-Summary!B5)<0.005"),
        ("Quarters add up to the year", '=IF(ABS(SUM(Costs!C6:R6)/2-Costs!S6)<0.005,"yes","no")'),
        ("No errors", '=IF(ISERROR(Summary!G5),"no","yes")'),
    ]
    for line, (label, formula) in enumerate(checks, start=1):
        page.cell(line, 1, label)
        page.cell(line, 2, formula)
