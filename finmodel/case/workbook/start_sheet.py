"""The first sheet: what to do, in ten lines."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from finmodel.case.workbook.formats import CaseFormats

STEPS = (
    "Fill in the sheets from left to right. Pale yellow cells are yours; a star marks what must be filled in.",
    "Case: what it is about, its first year and for how many years it runs.",
    "Options: one row for each, with one that goes on as now. For and against: what speaks for each, and what against.",
    "Grades, Price rises, Placements: the lists that other sheets choose from.",
    "Posts, Costs: what an option needs. Say which option, and which grade or price.",
    "Placements avoided, Placement mix, Savings: what an option should save, and what is taken off for caution.",
    "Funding, Assumptions, Sources, Paper: what pays, what you assumed, where it comes from, what the paper says.",
    "Type figures as you would anyway: £40,000, 3.5%, Apr 2026, 2026/27. What changes by year goes on By year.",
    "Look at the sheet Check until nothing is missing or unknown. A column headed Remarks is yours, and not read.",
    "Save, and run: finmodel check THIS-FILE.xlsx, then finmodel report THIS-FILE.xlsx. Problems name their cell.",
)


def write_start(page: Worksheet, formats: CaseFormats, sheets: Sequence[str]) -> None:
    """What to do, and a list of the sheets that leads to them."""
    page.hide_gridlines(2)
    page.set_paper(9)
    page.fit_to_pages(1, 1)
    page.set_column(0, 0, 5)
    page.set_column(1, 1, 110)
    page.set_row(0, 28)
    page.write_string(0, 0, "An invest-to-save case: how to fill in this workbook", formats.title)
    page.write_blank(0, 1, None, formats.title)
    for number, step in enumerate(STEPS, start=1):
        page.set_row(number + 1, 20)
        page.write_number(number + 1, 0, number, formats.number)
        page.write_string(number + 1, 1, step, formats.step)
    row = len(STEPS) + 3
    page.write_string(row, 1, "The sheets", formats.big)
    for number, sheet in enumerate(name for name in sheets if name != "Start"):
        page.write_url(row + 1 + number, 1, f"internal:'{sheet}'!A1", formats.link, sheet)
