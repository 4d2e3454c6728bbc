"""A case as a workbook to fill in, by XlsxWriter: real tables, drop-downs, messages and a check of what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from finmodel.case.workbook import blocks
from finmodel.case.workbook.cells import held, in_words, plain
from finmodel.case.workbook.check_sheet import write_check
from finmodel.case.workbook.formats import CaseFormats
from finmodel.case.workbook.kinds import FieldShape, Kind
from finmodel.case.workbook.layout import (
    ABOUT,
    EXAMPLE,
    FIRST,
    HEADER,
    LAST,
    SPARE,
    TITLE,
    FormPlan,
    Plan,
    SheetPlan,
    planned,
)
from finmodel.case.workbook.lists import Lists
from finmodel.case.workbook.rules import rule_for
from finmodel.case.workbook.spread import BY_YEAR, LISTED, CaseSpread, CellFigure, SheetRow, spread
from finmodel.case.workbook.start_sheet import write_start
from finmodel.case.workbook.tables import NAME, Parent, SheetColumn, table_of, tables
from finmodel.lines.cells import column_letters
from finmodel.lines.periods import FinancialYear
from finmodel.parsing.dates import year_from
from finmodel.parsing.fields import Sourced
from finmodel.parsing.numbers import UnreadableError

_MADE = datetime(2000, 1, 1)  # the same bytes every time
_TEXT = FieldShape(Kind.TEXT)
_WIDE, _NARROW = 44, 16
_LONG_TEXT = frozenset(
    ["note", "description", "summary", "text", "effect", "response", "gate", "why", "reason", "reference"]
)
_MOST_YEARS_SHOWN = 30
_LINE_HEIGHT = 14  # points
_TEXT_WIDTH = 100  # characters, of a column of sentences
_MOST_HEIGHT = 400  # points: Excel's limit is 409
_WIDE_PAGE = 170  # characters: wider sheets are printed on A3


def case_workbook(data: Mapping[str, Any], everything: bool = False) -> bytes:
    """The bytes of a workbook that holds a case; the same data give the same bytes.

    data: the plain data of a case, its tables filled in, as `LoadedCase.data`; empty for a workbook to fill in.
    everything: every sheet and column there is, and not only those used and those that every case begins with.
    """
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "A case for finmodel", "created": _MADE})
    book.set_calc_mode("auto")
    _Writer(book, spread(data), data, everything).write()
    book.close()
    return stream.getvalue()


class _Writer:
    """The workbook being written."""

    def __init__(self, book: xlsxwriter.Workbook, found: CaseSpread, data: Mapping[str, Any], everything: bool) -> None:
        self.book, self.spread, self.data, self.everything = book, found, data, everything
        self.plan: Plan = planned(found, everything)
        self.formats = CaseFormats(book)
        self.lists = Lists(self.plan)
        self.shown = _shown_names(found)

    def write(self) -> None:
        names = [
            "Start",
            "Check",
            *(plan.sheet for plan in self.plan.forms),
            *(plan.sheet for plan in self.plan.tables),
        ]
        names += [listing.sheet for listing in blocks.LISTINGS if self.has(listing)]
        order = _in_reading_order(names)
        pages = {name: self.book.add_worksheet(name) for name in (*order, "Lists")}
        write_start(pages["Start"], self.formats, order)
        write_check(pages["Check"], self.plan, self.spread, self.formats)
        for form in self.plan.forms:
            self.form(pages[form.sheet], form)
        for plan in self.plan.tables:
            self.table(pages[plan.sheet], plan)
        for listing in blocks.LISTINGS:
            if listing.sheet in pages:
                self.listing(pages[listing.sheet], listing)
        self.lists.write(pages["Lists"], self.formats)
        pages["Start"].activate()

    def has(self, listing: blocks.Listing) -> bool:
        """Whether one of the sheets about other sheets' figures is written."""
        if listing is blocks.ADVANCED:
            return bool(self.spread.advanced) or self.everything
        if listing is blocks.BY_MONTH:
            return bool(self.spread.monthly) or self.everything
        return True

    def begin(self, page: Worksheet, title: str, about: str, last: int) -> None:
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_footer("&L&A&RPage &P of &N")
        page.set_row(TITLE, 24)
        page.write_string(TITLE, 0, title, self.formats.title)
        for column in range(1, max(last, 3) + 1):
            page.write_blank(TITLE, column, None, self.formats.title)
        page.write_string(ABOUT, 0, about, self.formats.about)
        page.repeat_rows(HEADER)

    # --- forms

    def form(self, page: Worksheet, plan: FormPlan) -> None:
        self.begin(page, plan.sheet, plan.form.about, 3)
        page.set_column(0, 0, 42)
        page.set_column(1, 1, 50)
        page.set_column(2, 2, 70)
        page.set_column(3, 3, 26)
        for place, heading in enumerate(("Question", blocks.ANSWER, "What it is", "Example (not read)")):
            page.write_string(HEADER, place, heading, self.formats.heading)
        page.freeze_panes(FIRST, 1)
        texts = self.spread.forms.get(plan.sheet, {})
        for column in plan.columns:
            row = plan.row_of(column)
            page.write_string(row, 0, column.title, self.formats.required if column.required else self.formats.line)
            self.cell(page, row, 1, texts.get(column.path, ""), column)
            page.write_string(row, 2, _said(column), self.formats.quiet)
            page.set_row(row, _LINE_HEIGHT * _lines_of(_said(column), texts.get(column.path, "")))
            page.write_string(row, 3, _example(column), self.formats.example)
            self.rule(page, row, row, 1, column)
        last = FIRST + len(plan.columns) - 1
        page.print_area(0, 0, last, 3)
        page.ignore_errors({"number_stored_as_text": f"A1:D{last + 1}"})

    # --- sheets of entries

    def table(self, page: Worksheet, plan: SheetPlan) -> None:
        if plan.table.texts:
            self.texts(page, plan)
            return
        self.begin(page, plan.sheet, _about(plan.table.about), len(plan.heads) - 1)
        last = max(FIRST + len(plan.rows) - 1 + SPARE, FIRST + SPARE)
        for place, head in enumerate(plan.heads):
            column = head if isinstance(head, SheetColumn) else None
            page.set_column(place, place, _width(head))
            example = _example(column) if column is not None else _called(head)
            page.write_string(EXAMPLE, place, _as_example(example, place), self.formats.example)
        self.real_table(page, plan.sheet, [_title(head) for head in plan.heads], last)
        for number in range(last - FIRST + 1):
            self.entry(page, FIRST + number, plan, plan.rows[number] if number < len(plan.rows) else None)
        for place, head in enumerate(plan.heads):
            if isinstance(head, SheetColumn):
                self.rule(page, FIRST, LAST, place, head)
            else:
                self.choose(
                    page,
                    place,
                    self.lists.of_sheet(head.sheet),
                    head.heading,
                    f"The row of the sheet {head.sheet} that this belongs to.",
                )
        if sum(map(_width, plan.heads)) > _WIDE_PAGE:
            page.set_paper(8)  # A3
        page.freeze_panes(FIRST, plan.known_by + 1)

    def real_table(self, page: Worksheet, sheet: str, titles: list[str], last: int) -> None:
        name = "T_" + "".join(letter if letter.isalnum() else "_" for letter in sheet)
        columns = [{"header": title, "header_format": self.formats.heading} for title in titles]
        options = {"name": name, "columns": columns, "autofilter": False, "style": "Table Style Light 1"}
        page.add_table(HEADER, 0, last, len(titles) - 1, options)
        page.set_row(HEADER, 46)
        page.print_area(0, 0, last, len(titles) - 1)
        page.ignore_errors({"number_stored_as_text": f"A1:{_letters(len(titles) - 1)}{LAST + 1}"})

    def entry(self, page: Worksheet, row: int, plan: SheetPlan, entry: SheetRow | None) -> None:
        if entry is not None:
            written = ((head, entry.texts.get(head.path, "")) for head in plan.heads if isinstance(head, SheetColumn))
            _fit(page, row, ((text, _width(head)) for head, text in written))
        for place, head in enumerate(plan.heads):
            if isinstance(head, Parent):
                text = self.owner(plan, entry, plan.table.parents.index(head)) if entry is not None else ""
                self.plain_cell(page, row, place, text)
            else:
                text = entry.texts.get(head.path, "") if entry is not None else ""
                self.cell(page, row, place, text, head)

    def owner(self, plan: SheetPlan, entry: SheetRow, depth: int) -> str:
        """The name of an entry's owner, as its own sheet shows it."""
        sheet = plan.table.parents[depth].sheet
        return self.shown.get((sheet, entry.owners[: depth + 1]), entry.owners[depth])

    def texts(self, page: Worksheet, plan: SheetPlan) -> None:
        heads = [*(parent.heading for parent in plan.table.parents), blocks.WHICH, blocks.TEXT]
        self.begin(page, plan.sheet, plan.table.about, len(heads) - 1)
        last = max(FIRST + len(plan.rows) - 1 + SPARE, FIRST + SPARE)
        for place in range(len(heads)):
            page.set_column(place, place, _TEXT_WIDTH if place == len(heads) - 1 else 28)
        examples = [
            *("" for _ in plan.table.parents),
            plan.table.texts[0].heading,
            "The families most at risk are seen within a week.",
        ]
        for place, example in enumerate(examples):
            page.write_string(EXAMPLE, place, _as_example(example, place), self.formats.example)
        self.real_table(page, plan.sheet, [f"{head} *" for head in heads], last)
        for number in range(last - FIRST + 1):
            row = plan.rows[number] if number < len(plan.rows) else None
            for place in range(len(plan.table.parents)):
                self.plain_cell(page, FIRST + number, place, self.owner(plan, row, place) if row else "")
            self.plain_cell(page, FIRST + number, len(heads) - 2, row.texts[("<which>",)] if row else "")
            self.plain_cell(page, FIRST + number, len(heads) - 1, row.texts[("<text>",)] if row else "")
            if row:
                _fit(page, FIRST + number, [(row.texts[("<text>",)], _TEXT_WIDTH)])
        for place, parent in enumerate(plan.table.parents):
            self.choose(
                page, place, self.lists.of_sheet(parent.sheet), parent.heading, f"A row of the sheet {parent.sheet}."
            )
        words = [column.heading for column in plan.table.texts]
        self.choose(page, len(heads) - 2, words, "Which", "Which list the text belongs to.")
        page.freeze_panes(FIRST, 0)

    # --- cells

    def cell(self, page: Worksheet, row: int, place: int, text: str, column: SheetColumn) -> None:
        shown = self.name_shown(text, column)
        value = held(shown, column.shape) if text else ""
        style = self.formats.of(column, value, bool(text))
        if isinstance(value, bool):
            page.write_boolean(row, place, value, style)
        elif isinstance(value, str):
            if value:
                page.write_string(row, place, value, style)
            else:
                page.write_blank(row, place, None, style)
        elif isinstance(value, int | float):
            page.write_number(row, place, value, style)
        else:
            page.write_datetime(row, place, value, style)

    def name_shown(self, text: str, column: SheetColumn) -> str:
        """What a name of another sheet's entry is shown as: what that entry is called, where this is plain."""
        sheet = {"grades": "Grades", "placements": "Placements", "sources": "Sources", "options": "Options"}.get(
            column.shape.refers
        )
        return self.shown.get((sheet, (text,)), text) if sheet and text else text

    def plain_cell(self, page: Worksheet, row: int, place: int, text: str) -> None:
        style = self.formats.input_text
        page.write_string(row, place, text, style) if text else page.write_blank(row, place, None, style)

    def rule(self, page: Worksheet, first: int, last: int, place: int, column: SheetColumn) -> None:
        said = _said(column) + (" Must be filled in." if column.required else "")
        source = self.lists.of(column)
        if source:
            self.choose(page, place, source, column.heading, said, first, last)
            return
        rule = rule_for(column, f"{_letters(place)}{first + 1}")
        page.data_validation(first, place, last, place, {**rule, **_message(column.title, said)})

    def choose(
        self,
        page: Worksheet,
        place: int,
        source: str | list[str],
        title: str,
        said: str,
        first: int = FIRST,
        last: int = LAST,
    ) -> None:
        warning = {
            "error_type": "warning",
            "error_title": "Not in the list",
            "error_message": "finmodel may not know this name. Choose one from the list if you can.",
        }
        rule = {"validate": "list", "source": source, **warning, **_message(title, said)}
        page.data_validation(first, place, last, place, rule)

    # --- what is about figures of other sheets

    def listing(self, page: Worksheet, listing: blocks.Listing) -> None:
        heads = list(listing.headings)
        years = self.years() if listing.years else []
        heads += [str(year) for year in years]
        self.begin(page, listing.sheet, _ABOUT[listing.sheet], len(heads) - 1)
        rows = self.rows_of(listing, years)
        last = max(FIRST + len(rows) - 1 + SPARE, FIRST + SPARE)
        widths = {
            "Sheet": 22,
            "Row": 36,
            "Column": 34,
            "Note": 60,
            blocks.YAML: 90,
            blocks.ADDRESS: 50,
            "Where in the source": 40,
        }
        wide = [widths.get(head, 12 if place >= len(listing.headings) else 18) for place, head in enumerate(heads)]
        for place, width in enumerate(wide):
            page.set_column(place, place, width)
            example = _EXAMPLES[listing.sheet][place] if place < len(_EXAMPLES[listing.sheet]) else ""
            page.write_string(EXAMPLE, place, _as_example(example, place), self.formats.example)
        self.real_table(page, listing.sheet, heads, last)
        for number in range(last - FIRST + 1):
            cells = rows[number] if number < len(rows) else [("", _FREE)] * len(heads)
            _fit(page, FIRST + number, ((text, wide[place]) for place, (text, _) in enumerate(cells)))
            for place, (text, column) in enumerate(cells):
                self.cell(page, FIRST + number, place, text, column)
        self.choices(page, listing)
        page.freeze_panes(FIRST, min(3, len(listing.headings) - 1))

    def choices(self, page: Worksheet, listing: blocks.Listing) -> None:
        for place, head in enumerate(listing.headings):
            if head == "Sheet":
                sheets = [*(plan.sheet for plan in self.plan.forms), *(plan.sheet for plan in self.plan.tables)]
                self.choose(
                    page, place, self.lists.hold("Sheets", sheets), head, "The sheet that the figure stands on."
                )
            elif head == blocks.HOW:
                self.choose(
                    page,
                    place,
                    [BY_YEAR, LISTED],
                    head,
                    f"“{BY_YEAR}”: the value of each year. “{LISTED}”: a saving's values move with its first month.",
                )
            elif head == blocks.LEFT_OUT:
                self.choose(
                    page,
                    place,
                    ["zero", "carried"],
                    head,
                    "What the years have that are left empty between two others.",
                )
            elif head in ("Source", "Confidence"):
                column = next(c for c in tables()[2].columns if c.heading == head)
                self.rule(page, FIRST, LAST, place, column)
            elif head in ("Row", "Column"):
                said = (
                    "Short name of the row, after those of what it belongs to: team / social-workers. Empty for Case."
                    if head == "Row"
                    else "The heading of the figure's column, without its unit."
                )
                page.data_validation(FIRST, place, LAST, place, {"validate": "any", **_message(head, said)})

    def years(self) -> list[FinancialYear]:
        """The years that figures are stated for, and those of the case."""
        named = {year for yearly in self.spread.yearly if yearly.how == BY_YEAR for year, _ in yearly.values}
        found = {FinancialYear.parse(year) for year in named if _is_year(year)}
        first = _year(self.data.get("first_year"))
        count = self.data.get("years")
        number = int(count) if isinstance(count, str) and count.isdecimal() else 5
        if first is None and not found:
            first = _newest_year()
        if first is not None:
            found |= {first + n for n in range(min(number, _MOST_YEARS_SHOWN))}
        return sorted(found)

    def rows_of(self, listing: blocks.Listing, years: list[FinancialYear]) -> list[list[tuple[str, SheetColumn]]]:
        if listing is blocks.ADVANCED:
            return [[(address, _FREE), (value, _FREE)] for address, value in self.spread.advanced]
        if listing is blocks.SOURCED:
            columns = [next(c for c in tables()[2].columns if c.path == (name,)) for name in Sourced.model_fields]
            return [
                [*_where(figure), *((source.get(c.path[0], ""), c) for c in columns)]
                for figure, source in self.spread.sourced
            ]
        if listing is blocks.BY_MONTH:
            return [
                [*_where(figure), (month, _MONTH), (text, _column_of(figure))]
                for figure, month, text in self.spread.monthly
            ]
        return [
            self.yearly_row(yearly.figure, yearly.how, dict(yearly.values), yearly.left_out, years)
            for yearly in self.spread.yearly
        ]

    def yearly_row(
        self, figure: CellFigure, how: str, values: Mapping[str, str], left_out: str, years: list[FinancialYear]
    ) -> list[tuple[str, SheetColumn]]:
        column = _column_of(figure)
        first = _year(self.data.get("first_year"))
        texts = []
        for year in years:
            named = str(year) if how == BY_YEAR or first is None else str(year - first + 1)
            texts.append((values.get(named, ""), column))
        return [*_where(figure), (how, _FREE), (left_out, _FREE), *texts]


_FREE = SheetColumn(("<free>",), "", _TEXT)
_MONTH = SheetColumn(("<month>",), "", FieldShape(Kind.MONTH))
_ABOUT = {
    blocks.SOURCED.sheet: "Where a figure of another sheet comes from. The source of a whole row stands in that row.",
    blocks.BY_YEAR.sheet: "Figures that change by year, one a row. In their own cell write: see By year.",
    blocks.BY_MONTH.sheet: "Figures that change in a month, a row a change. In their own cell write: see By month.",
    blocks.ADVANCED.sheet: "What has no place on another sheet, as the case file writes it (YAML). Few cases need it.",
}
_EXAMPLES = {
    blocks.SOURCED.sheet: (
        "Posts",
        "team / social-workers",
        "Vacancy factor",
        "Cabinet paper",
        "paragraph 3.2",
        "Head of finance",
        "stated",
        "",
        "",
    ),
    blocks.BY_YEAR.sheet: ("Posts", "team / social-workers", "Full-time equivalent", BY_YEAR, "", "6", "12"),
    blocks.BY_MONTH.sheet: ("Posts", "team / social-workers", "Full-time equivalent", "Sep 2026", "6"),
    blocks.ADVANCED.sheet: ("options.team.benefits.fewer.evidence_grade", "{children: 4, prices: 2}"),
}


def _in_reading_order(names: list[str]) -> list[str]:
    """Sources before what is seldom used, so that a new workbook opens on what is asked first."""
    first = ["Start", "Case", "Options", "For and against", "Grades", "Price rises", "Placements", "Posts"]
    late = ["Funding", "Assumptions", blocks.SOURCED.sheet, "Sources", blocks.BY_YEAR.sheet, blocks.BY_MONTH.sheet]
    late += ["Paper", "Paragraphs", blocks.ADVANCED.sheet, "Check"]
    middle = [name for name in names if name not in first and name not in late]
    return [name for name in (*first, *middle, *late) if name in names]


def _shown_names(found: CaseSpread) -> dict[tuple[str, tuple[str, ...]], str]:
    """What each entry is called, by sheet and by its short names from the top; where that means it and it alone."""
    shown: dict[tuple[str, tuple[str, ...]], str] = {}
    for table in tables():
        rows = found.rows.get(table.sheet, [])
        label = table.label
        if label is None or not rows:
            continue
        called = [(row.owners, plain(row.texts.get(label.path, "")), _key_of(row)) for row in rows]
        keys = {(owners, plain(key)) for owners, _, key in called}
        for row, (owners, name, key) in zip(rows, called, strict=True):
            alike = sum(1 for other in called if other[:2] == (owners, name))
            if name and alike == 1 and (name == plain(key) or (owners, name) not in keys):
                shown[(table.sheet, (*owners, key))] = row.texts[label.path]
    return shown


def _key_of(row: SheetRow) -> str:
    last = row.address[-1] if row.address else ""
    return row.texts.get(NAME) or row.texts.get(("id",)) or (str(last + 1) if isinstance(last, int) else str(last))


def _where(figure: CellFigure) -> list[tuple[str, SheetColumn]]:
    return [(figure.sheet, _FREE), (figure.row, _FREE), (figure.column, _FREE)]


def _column_of(figure: CellFigure) -> SheetColumn:
    columns = [column for kind in blocks.every_kind() if kind.sheet == figure.sheet for column in _columns_of(kind)]
    return next(column for column in columns if column.heading == figure.column)


def _columns_of(kind: blocks.Kind) -> tuple[SheetColumn, ...]:
    return () if isinstance(kind, blocks.Listing) else kind.columns


def _title(head: Parent | SheetColumn) -> str:
    return head.title if isinstance(head, SheetColumn) else f"{head.heading} *"


def _width(head: Parent | SheetColumn) -> int:
    if isinstance(head, Parent):
        return 26
    if head.path[-1:] in (("label",), ("title",), ("what",)) or (head.path and head.path[-1] in _LONG_TEXT):
        return _WIDE
    return 22 if head.kind in (Kind.TEXT, Kind.WORD, Kind.NAME) else _NARROW


def _about(about: str) -> str:
    return f"{about} A star marks what every row needs. The grey line is an example and is not read."


def _said(column: SheetColumn) -> str:
    """What a field holds, as a sentence."""
    text = column.holds
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _example(column: SheetColumn) -> str:
    """An example as somebody types it into a cell: a month in words, a name with its capital."""
    example = column.example
    if column.kind is Kind.MONTH and len(example) == len("2026-04"):
        return datetime.strptime(example, "%Y-%m").strftime("%b %Y")
    if column.kind is Kind.DATE and len(example) == len("2026-04-01"):
        return datetime.strptime(example, "%Y-%m-%d").strftime("%d/%m/%Y")
    if column.shape.refers in ("grades", "placements", "sources", "options"):
        return example.replace("-", " ").capitalize()
    return in_words(example) if example in column.shape.words else example


def _called(head: Parent | SheetColumn) -> str:
    """An example of what the owner of a row is called."""
    label = table_of(head.sheet).label if isinstance(head, Parent) else None
    return label.example if label is not None else ""


def _as_example(example: str, place: int) -> str:
    return f"Example: {example}".rstrip(": ") if place == 0 else example


def _message(title: str, said: str) -> dict[str, str]:
    """The input message of a cell, within what Excel allows."""
    return {"input_title": title[:32], "input_message": said if len(said) <= 255 else f"{said[:254]}…"}


def _letters(place: int) -> str:
    return column_letters(place + 1)


def _fit(page: Worksheet, row: int, written: Iterable[tuple[str, int]]) -> None:
    """Make a row as high as its texts need in columns so many characters wide; one of a single line stays as it is.

    Not every spreadsheet program does so by itself as it opens a file, and a text then lies over the next row.
    """
    lines = max((sum(1 + len(line) // (width - 2) for line in text.split("\n")) for text, width in written), default=1)
    if lines > 1:
        page.set_row(row, min(_LINE_HEIGHT * lines, _MOST_HEIGHT))


def _lines_of(said: str, answer: str) -> int:
    """How many lines the longer of two texts takes in a form."""
    written = sum(1 + len(line) // 46 for line in answer.split("\n"))
    return max(1 + len(said) // 84, min(written, 25))


def _newest_year() -> FinancialYear:
    """The newest year for which pay is published, with which a new workbook begins its years."""
    from finmodel import reference  # noqa: PLC0415 - reads its files

    return reference.last_published_pay().financial_year


def _is_year(text: str) -> bool:
    return _year(text) is not None


def _year(text: object) -> FinancialYear | None:
    try:
        return year_from(text)
    except UnreadableError:
        return None
