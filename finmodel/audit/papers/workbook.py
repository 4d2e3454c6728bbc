"""The workbook of a verification: an auditor re-performs every check in it without finmodel.

The printed figures are typed in once, each working is a live formula over them, and what finmodel found stands next to
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

from finmodel.audit.papers.sentences import READING, VERDICTS, answer_sentences, headline
from finmodel.audit.papers.sheets import EntrySheet, Kept, Live, Text, TypedNumber, write_sheet
from finmodel.audit.papers.verification import Verification, WorkingVerdict
from finmodel.audit.papers.workbook_checks import (
    CHECKS,
    FIRST_ROW,
    NOT_AS_PRINTED,
    checks_sheet,
    live_verdict,
    ranges_sheet,
)
from finmodel.audit.papers.workbook_figures import figures_sheet
from finmodel.audit.papers.workbook_findings import findings_sheet, implied_sheet
from finmodel.report.line_sheets import Formats, new_workbook
from finmodel.results.wording import capital

ANSWER, READING_SHEET = "Answer", "How to read"
_DUST = 1e-12
_WITHOUT_A_DAY = datetime(2000, 1, 1)  # a paper without a date; never the clock's
_HOW_IT_WORKS = (
    (
        "Figures",
        "The printed figures: value, least and greatest, typed in. The only typed-in numbers, but for the dust.",
    ),
    (
        "Checks",
        "Each working as a live formula over Figures; the difference; the verdict of the formulas and finmodel's.",
    ),
    (
        "Ranges",
        "The least and the greatest that each working may give, as finmodel worked them out from what is printed; "
        "whether some such value is printed so is live. Where a figure of a working is typed over, its ends no longer "
        "hold, and the verdict says so.",
    ),
    ("Grey numbers", "finmodel's own, kept next to the formulas, or where a formula cannot say it. Not live."),
    (
        capital(NOT_AS_PRINTED),
        "The formulas hold to what is printed. finmodel also asks whether a figure that ends in zeros was rounded to "
        "them; where that settles it, its verdict is that the figure agrees if rounded.",
    ),
    ("Colour", "Blue on pale yellow is typed in; black is a formula; grey is finmodel's."),
)


_OTHER_SHEETS = (
    (CHECKS, "Each working as a live formula, the difference, the verdict"),
    ("Ranges", "What each working may give, held against what is printed so"),
    ("Figures", "The printed figures, typed in"),
    ("Findings", "What else was found"),
    (READING_SHEET, "What verdicts, ranges and colours mean"),
)


def render_workbook(found: Verification) -> bytes:
    """The workbook's bytes; the same verification gives the same bytes."""
    target = BytesIO()
    book = new_workbook(target, _created(found), found.paper.title)
    formats = Formats(book)
    for sheet in sheets(found):
        write_sheet(book, sheet, formats)
    book.close()
    return target.getvalue()


def formula_cells(found: Verification) -> Iterator[tuple[str, str, float | str]]:
    """Every formula cell of the workbook: sheet, cell, and what it must show."""
    for sheet in sheets(found):
        yield from sheet.formulas


def sheets(found: Verification) -> list[EntrySheet]:
    """The sheets, in their order."""
    implied = [implied_sheet(found)] if found.implied else []
    return [
        _answer(found),
        checks_sheet(found),
        ranges_sheet(found),
        figures_sheet(found),
        findings_sheet(found),
        *implied,
        _how_to_read(),
    ]


def _created(found: Verification) -> datetime:
    try:
        day = date.fromisoformat(found.paper.date)
    except ValueError:
        return _WITHOUT_A_DAY
    return datetime(day.year, day.month, day.day)


def _answer(found: Verification) -> EntrySheet:
    sheet = EntrySheet(ANSWER, (30, 18, 22, 60), landscape=True)
    paper = found.paper
    sheet.add(Text(f"Verification: {paper.title or found.file}", "title"))
    sheet.add(Text(", ".join(text for text in (paper.authority, paper.date, paper.reference) if text), "quiet"))
    sheet.add()
    sheet.add(Text(headline(found), "section"))
    for text in answer_sentences(found):
        sheet.add(Text(text, "plain"))
    sheet.add()
    sheet.add(*(Text(text, "heading") for text in ("Verdict", "finmodel", "Formulas of Checks", "What it means")))
    _counts(sheet, found)
    sheet.add()
    sheet.add(Text("The other sheets", "section"))
    for name, text in _OTHER_SHEETS:
        sheet.add(Text(name), Text(text, "plain"))
    sheet.add()
    sheet.add(Text("Made from", "section"))
    for name, digest in found.files:
        sheet.add(Text(name), Text(f"SHA-256 {digest}", "plain"))
    sheet.add(Text("Made by"), Text(f"finmodel {found.version}", "plain"))
    return sheet


def _counts(sheet: EntrySheet, found: Verification) -> None:
    """How many checks have each verdict, by finmodel's words and by the live formulas."""
    last = FIRST_ROW + len(found.checks) - 1
    live = [live_verdict(check) for check in found.checks]
    for verdict in reversed(WorkingVerdict):
        wanted = NOT_AS_PRINTED if verdict is WorkingVerdict.DOES_NOT_FOLLOW else verdict.value
        formulas = Live(f'=COUNTIF({CHECKS}!J{FIRST_ROW}:J{last},"{wanted}")', float(live.count(wanted)), "0")
        sheet.add(
            Text(capital(verdict.value)),
            Kept(float(found.count(verdict)), "0"),
            formulas if found.checks else Kept(0.0, "0"),
            Text(VERDICTS[verdict]),
        )
    several = Live(f"=SUM(C{len(sheet.rows) - len(WorkingVerdict) + 1}:C{len(sheet.rows)})", float(len(live)), "0")
    sheet.add(Text("All", "stress"), Kept(float(len(live)), "0"), several if found.checks else Kept(0.0, "0"))


def _how_to_read() -> EntrySheet:
    sheet = EntrySheet(READING_SHEET, (34, 100))
    sheet.add(Text("How to read it", "title"))
    sheet.add()
    sheet.add(
        Text("Dust: two ends nearer than this, for each whole of their size, count as one"), TypedNumber(_DUST, "0E+00")
    )
    sheet.add()
    for name, text in _HOW_IT_WORKS:
        sheet.add(Text(name, "stress"), Text(text))
    for verdict, text in VERDICTS.items():
        sheet.add(Text(capital(verdict.value), "stress"), Text(text))
    for name, text in READING:
        sheet.add(Text(name, "stress"), Text(text))
    return sheet
