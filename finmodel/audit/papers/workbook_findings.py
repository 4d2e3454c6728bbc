"""The workbook's sheets of other findings, and of quantities that the paper implies in several ways."""

from __future__ import annotations

from finmodel.audit.papers import workbook_figures as figures
from finmodel.audit.papers.sheets import Entry, EntrySheet, Kept, Live, Text
from finmodel.audit.papers.verification import Implied, Range, Verification, Way
from finmodel.audit.papers.workbook_checks import formulas_of, known_box, step_of

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
    ("Comes to", 16),
    ("Least it may come to", 16),
    ("Greatest it may come to", 16),
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
        Text("Every way is a live formula over the sheet Figures; the ways must have a value in common.", "quiet")
    )
    sheet.add()
    sheet.add(*(Text(heading, "heading") for heading, _ in _IMPLIED_COLUMNS))
    for implied in found.implied:
        _add_implied(sheet, found, implied)
    return sheet


def _add_implied(sheet: EntrySheet, found: Verification, implied: Implied) -> None:
    told = " ".join(text for text in (implied.sentence, implied.why) if text)
    sheet.add(Text(implied.label or implied.name, "stress"), Text(implied.unit), None, None, None, Text(told))
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
    step = step_of(way.working)
    value, low, high = ("", "", "")
    if step is not None:
        value, low, high = formulas_of(step, way.recomputed, known_box(found), figures.cells_in_workings(found))
    return (
        _entry(value, way.recomputed.value, shown),
        _end(low, way.recomputed, way.recomputed.low, shown),
        _end(high, way.recomputed, way.recomputed.high, shown),
    )


def _entry(formula: str, value: float | None, shown: str) -> Entry:
    if value is None:
        return None
    return Live(formula, value, shown) if formula else Kept(value, shown)


def _end(formula: str, _: Range, end: float | None, shown: str) -> Entry:
    return Text(figures.NO_LIMIT, "quiet") if end is None else _entry(formula, end, shown)
