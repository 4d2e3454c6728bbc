"""The workbook's sheets of other findings, and of quantities that the paper implies in several ways."""

from __future__ import annotations

from finmodel.audit.papers import workbook_figures as figures
from finmodel.audit.papers.sheets import Entry, EntrySheet, Live, Text
from finmodel.audit.papers.verification import Implied, Verification, Way
from finmodel.audit.papers.workbook_checks import end_entry, live_formula, value_entry

FINDINGS, IMPLIED = "Findings", "Implied"
_FINDING_COLUMNS = (
    ("Level", 10),
    ("What it is about", 30),
    ("Finding", 70),
    ("Figures", 40),
    ("Where", 30),
    ("Check", 8),
)
_IMPLIED_COLUMNS = (
    ("Quantity, and ways to work it out", 50),
    ("With the printed figures", 40),
    ("Gives", 16),
    ("Least it may give", 16),
    ("Greatest it may give", 16),
    ("What finmodel says", 60),
)


def findings_sheet(found: Verification) -> EntrySheet:
    """Findings beyond the verdicts of workings."""
    sheet = EntrySheet(FINDINGS, tuple(width for _, width in _FINDING_COLUMNS), frozen=(4, 0))
    sheet.add(Text("Other findings", "title"))
    sheet.add(Text("What does not follow stands on the sheet Checks.", "quiet"))
    sheet.add()
    sheet.add(*(Text(heading, "heading") for heading, _ in _FINDING_COLUMNS))
    labels = {figure.name: figure.label or figure.name for figure in found.figures}
    for finding in found.findings:
        names = "; ".join(f"{labels[name]} ({name})" for name in finding.figures)
        check = "" if finding.check is None else str(finding.check)
        texts = (finding.level.value, finding.kind.value, finding.what, names, finding.where, check)
        sheet.add(*map(Text, texts))
    if not found.findings:
        sheet.add(Text("None"))
    return sheet


def implied_sheet(found: Verification) -> EntrySheet:
    """What the paper implies in several ways, each way live, and whether one value suits them all."""
    sheet = EntrySheet(IMPLIED, tuple(width for _, width in _IMPLIED_COLUMNS), frozen=(4, 0))
    sheet.add(Text("What the paper implies", "title"))
    sheet.add(
        Text(
            "Each way is a live formula over the sheet Figures; their ranges, finmodel's, must have a value in common.",
            "quiet",
        )
    )
    sheet.add()
    sheet.add(*(Text(heading, "heading") for heading, _ in _IMPLIED_COLUMNS))
    for implied in found.implied:
        _add_implied(sheet, found, implied)
    return sheet


def _add_implied(sheet: EntrySheet, found: Verification, implied: Implied) -> None:
    words = " ".join(text for text in (implied.sentence, implied.why) if text)
    sheet.add(Text(implied.label or implied.name, "stress"), Text(implied.unit), None, None, None, Text(words))
    shown = figures.number_format(implied.unit)
    first = len(sheet.rows) + 1
    lows: list[float] = []
    highs: list[float] = []
    for way in implied.ways:
        entries = _way_entries(found, way, shown)
        sheet.add(Text(way.working), Text(way.with_numbers), *entries, Text(way.missing))
        lows += [way.recomputed.low] if way.recomputed and way.recomputed.low is not None else []
        highs += [way.recomputed.high] if way.recomputed and way.recomputed.high is not None else []
    last = len(sheet.rows)
    if len([way for way in implied.ways if way.recomputed]) > 1 and lows and highs:
        sheet.add(
            Text("Greatest of the leasts, least of the greatests: one value suits all if the first is not the larger"),
            None,
            None,
            Live(f"=MAX(D{first}:D{last})", max(lows), shown),
            Live(f"=MIN(E{first}:E{last})", min(highs), shown),
        )
    sheet.add()


def _way_entries(found: Verification, way: Way, shown: str) -> tuple[Entry, ...]:
    if way.recomputed is None:
        return (None, None, None)
    formula = live_formula(way.working, way.recomputed, figures.cells_in_workings(found))
    ends = (end_entry(end, shown) for end in (way.recomputed.low, way.recomputed.high))
    return value_entry(formula, way.recomputed.value, shown), *ends
