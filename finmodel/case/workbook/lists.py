"""What drop-downs offer: names on other sheets, and words, some of which stand on a sheet of their own."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from finmodel.case.workbook.cells import in_words
from finmodel.case.workbook.formats import CaseFormats
from finmodel.case.workbook.kinds import Kind
from finmodel.case.workbook.layout import FIRST, LAST, LONGEST_LIST, Plan
from finmodel.case.workbook.tables import SheetColumn
from finmodel.lines.cells import column_letters

SHEETS_NAMED = {
    "grades": "Grades", "placements": "Placements", "sources": "Sources", "options": "Options", "posts": "Posts",
    "benefits": "Placements avoided",
}  # fmt: skip
INDICES, _MOST_INDICES = "Price rises", 60
NAMES_OF_INDICES = f"Lists!$A$2:$A${2 + _MOST_INDICES}"


class Lists:
    """The lists of one workbook."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.held: dict[str, list[str]] = {}
        self.hold("Discount schedules", _schedules())

    def of(self, column: SheetColumn) -> str | list[str]:
        """What the drop-down of a column offers; empty where it has none."""
        refers, words = column.shape.refers, column.shape.words
        if refers == "inflation":
            return self._indices()
        if refers == "schedules":
            return self.hold("Discount schedules", self.held["Discount schedules"])
        if refers in SHEETS_NAMED:
            return self.of_sheet(SHEETS_NAMED[refers])
        if column.kind is Kind.YES_NO:
            return ["Yes", "No"]
        offered = [in_words(word) for word in words]
        return self.hold(column.heading, offered) if len(",".join(offered)) > LONGEST_LIST else offered

    def of_sheet(self, sheet: str) -> str | list[str]:
        """The names of the entries on a sheet."""
        plan = self.plan.of(sheet)
        if plan is None:
            return []
        letters = column_letters(plan.known_by + 1)
        return f"='{sheet}'!${letters}${FIRST + 1}:${letters}${LAST + 1}"

    def hold(self, name: str, words: list[str]) -> str:
        """Words of a list that stands on the sheet of lists."""
        self.held.setdefault(name, words)
        place = column_letters(2 + list(self.held).index(name))
        return f"=Lists!${place}$2:${place}${1 + len(words)}"

    def _indices(self) -> str:
        return f"={NAMES_OF_INDICES}"

    def write(self, page: Worksheet, formats: CaseFormats) -> None:
        """The sheet of lists: the indices with `none` before them, then words."""
        page.set_column(0, len(self.held), 30)
        page.write_string(0, 0, "Price rises", formats.heading)
        page.write_string(1, 0, "none", formats.line)
        plan = self.plan.of(INDICES)
        letters = column_letters(plan.known_by + 1) if plan else "A"
        for number in range(_MOST_INDICES):
            cell = f"'{INDICES}'!{letters}{FIRST + 1 + number}"
            entry = plan.rows[number] if plan and number < len(plan.rows) else None
            page.write_formula(
                2 + number, 0, f'=IF({cell}="","",{cell})', formats.line, str(entry.address[-1]) if entry else ""
            )
        for place, (name, words) in enumerate(self.held.items(), start=1):
            page.write_string(0, place, name, formats.heading)
            for number, word in enumerate(words, start=1):
                page.write_string(number, place, word, formats.line)


def _schedules() -> list[str]:
    from finmodel import reference  # noqa: PLC0415 - reads its files

    return list(reference.discount_schedules())
