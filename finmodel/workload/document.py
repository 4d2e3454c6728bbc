"""The report as a document: written once, shown as a page and as a Word paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finmodel.document.parts import Bullets, Fold, Key, Keys, Notice, Pair, Pairs, Paragraph, Part
from finmodel.document.table import Cell, Row, Table
from finmodel.lines.display import number
from finmodel.parsing.nearest import all_of
from finmodel.workload.charts import WorkloadChart, chart_of
from finmodel.workload.published import HIDDEN, NONE, ShownGroup, ShownLine, ShownReport, day_of

_YEAR = 4
_HEADLINES = (
    "cases-per-social-worker", "printed-caseload", "agency-share-fte", "agency-share-people", "looked-after", "plans",
    "referrals-year", "referrals", "days-lost-per-fte", "sickness-days-per-fte",
)  # fmt: skip
_MOST_KEYS = 6
_MOST_COLUMNS = 7  # of a table that is printed as it stands
_SAME = (("cases-per-social-worker", "printed-caseload"), ("agency-share-fte", "agency-share-people"),
         ("referrals-year", "referrals"), ("days-lost-per-fte", "sickness-days-per-fte"))  # fmt: skip


def headline_lines(report: ShownReport) -> list[ShownLine]:
    """The lines that the report begins with: those of the usual ones that have a figure for the newest quarter."""
    last = len(report.quarters) - 1
    there = {line.key.measure: line for line in report.lines if not line.key.section and line.values[last] is not None}
    for first, second in _SAME:
        if first in there:
            there.pop(second, None)
    found = [there[id_] for id_ in _HEADLINES if id_ in there]
    return (found or list(there.values()))[:_MOST_KEYS]


def answer(report: ShownReport) -> Iterator[Part]:
    """What a member reads first: the figures of the newest quarter, and how they changed."""
    last = len(report.quarters) - 1
    keys = [
        Key(f"{line.label}{_unit_of(line)}", line.text(last), _meaning(report, line)) for line in headline_lines(report)
    ]
    if keys:
        yield Keys(tuple(keys))
    else:
        yield Paragraph(f"No figure is given for the quarter to {report.newest.words}.")
    if report.missing:
        names = all_of(quarter.words for quarter in report.missing[-6:])
        more = f" and {len(report.missing) - 6} earlier" if len(report.missing) > 6 else ""
        yield Paragraph(f"Of the quarters to {names}{more} nothing was given: they stand as missing, and nothing is "
                        "filled in.")  # fmt: skip
    if report.suppressed:
        yield Notice("Small numbers are hidden", tuple(_suppressed(report)))


def _unit_of(line: ShownLine) -> str:
    return f", {line.unit}" if line.unit in ("per 10,000", "FTE") else ""


def _meaning(report: ShownReport, line: ShownLine) -> str:
    last = len(report.quarters) - 1
    words = line.change_words(last, _YEAR)
    if words not in (NONE, HIDDEN):
        change, _, judged = words.partition(", ")
        when = day_of(report.quarters[last - _YEAR])
        said = (
            f"{change} on {when}{f' ({judged})' if judged else ''}" if change != "no change" else f"the same as {when}"
        )
    else:
        said = "no figure of a year ago to compare with"
    return f"{said}; of {line.base}" if line.base and line.kind == "share" else said


def _suppressed(report: ShownReport) -> Iterator[str]:
    yield (
        f"Counts of 1 to 5 are shown as {HIDDEN}, and so are figures from which they could be worked out: "
        f"{report.hidden} in all. A share, an average, a rate or a change is hidden where a figure in it is."
    )
    if report.earlier:
        yield f"The earlier report {report.earlier} was taken into account."


def group_parts(report: ShownReport, group: ShownGroup) -> Iterator[Part | WorkloadChart]:
    """A group: its table, its chart, what its reader must know."""
    if group.intro:
        yield Paragraph(group.intro)
    yield recent_table(report, group)
    chart = chart_of(report, group)
    if chart is not None:
        yield chart
    notes = [note for note in report.notes if note.about in {line.label for line in group.lines}]
    if notes:
        yield Bullets(tuple(_note(note.about, note.quarter.words if note.quarter else "", note.text) for note in notes),
                      "Where definitions differ, and what to know")  # fmt: skip


def _note(about: str, quarter: str, text: str) -> str:
    start = f"{about}, from {quarter}: " if quarter else f"{about}: " if about else ""
    return f"{start}{text}"


def recent_table(report: ShownReport, group: ShownGroup) -> Table:
    """The last quarters side by side, and the changes in words."""
    last, shown = len(report.quarters) - 1, report.shown
    columns = [Cell(day_of(report.quarters[place])) for place in shown]
    columns += [Cell("On last quarter"), Cell("On last year")]
    rows: list[Row] = []
    heads = ("Counted", "Worked out")
    parts = ([line for line in group.lines if line.kind in ("given", "sum", "year")],
             [line for line in group.lines if line.kind not in ("given", "sum", "year")])  # fmt: skip
    for head, lines in zip(heads, parts, strict=True):
        if all(parts):
            rows.append(Row(head, kind="group"))
        wholes = {line.key.measure for line in lines if not line.key.section}
        rows += [_row(line, shown, last, below_whole=line.key.measure in wholes) for line in lines]
    return Table(
        f"recent-{group.id}",
        f"{group.title}, quarters to {report.newest.words}",
        "Measure",
        tuple(columns),
        tuple(rows),
        _signs_in(rows),
        looks="quarters",
        shares=_SHARES.get(len(shown), ()),
    )


_SHARES: dict[int, tuple[float, ...]] = {count: (4.4, *(1.15,) * count, 1.75, 1.75) for count in range(2, 6)}


def _row(line: ShownLine, shown: Sequence[int], last: int, *, below_whole: bool) -> Row:
    """A line's row; a section stands below its whole under its own name alone."""
    cells = [Cell(line.text(place)) for place in shown]
    cells += [Cell(line.change_words(last, 1)), Cell(line.change_words(last, _YEAR))]
    if line.key.section and below_whole:
        return Row(line.key.section, tuple(cells), kind="part")
    words = "" if line.unit == "number" else line.unit_words
    note = ". ".join(filter(None, (words, line.note.rstrip("."))))
    return Row(line.name, tuple(cells), _capital(note))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _signs_in(rows: Sequence[Row]) -> str:
    texts = {cell.text for row in rows for cell in row.cells}
    said = []
    if NONE in texts:
        said.append(f"{NONE} No figure was given, or there is none to compare with.")
    if HIDDEN in texts:
        said.append(f"{HIDDEN} Hidden to protect confidentiality.")
    if any("point" in text for text in texts):
        said.append("Changes of percentages are in percentage points.")
    return " ".join(said)


def comparison(report: ShownReport) -> Iterator[Part]:
    """The report's figures beside published ones."""
    last = len(report.quarters) - 1
    compared = [(line, line.comparator) for line in report.lines if line.comparator is not None]
    compared = [(line, one) for line, one in compared if line.values[last] is not None]
    if not compared:
        return
    region = next(one.region_name for _, one in compared if one is not None)
    rows = []
    for line, one in compared:
        assert one is not None
        figures = (one.england, one.region, one.neighbours)
        texts = [NONE if figure is None else _as(line, figure) for figure in figures]
        words = f"{line.unit_words}. {one.caution}"
        rows.append(Row(line.label, (Cell(line.text(last)), *map(Cell, texts), Cell(one.period)), _capital(words)))
    yield Table(
        "comparators",
        "The newest figures beside published ones",
        "Measure",
        (Cell(f"This council, {day_of(report.newest)}"), Cell("England"), Cell(region),
         Cell("Median of statistical neighbours"), Cell("Published for")),
        tuple(rows),
        "Published figures are the newest for a period that ended by the report’s day, though some were published "
        "after it. Neighbours are the ten of the Department for Education’s newest model. "
        f"Sources: {all_of(dict.fromkeys(one.source for _, one in compared if one is not None))}.",
        looks="wide",
    )  # fmt: skip


def _as(line: ShownLine, figure: float) -> str:
    return f"{number(figure, 1)}%" if line.unit == "percent" else number(figure, max(1, line.places))


def about(report: ShownReport) -> Iterator[Part]:
    """Notes on the whole, assumptions, what is asked for, where it came from."""
    general = [note for note in report.notes if not note.about]
    if general:
        yield Bullets(tuple(_note("", note.quarter.words if note.quarter else "", note.text) for note in general),
                      "Notes")  # fmt: skip
    if report.assumptions:
        yield Bullets(report.assumptions, "Assumed")
    if report.asked:
        yield Bullets(report.asked, "Not given, and asked for")
    yield Bullets(
        (
            "Every share has one base, named under it. A base that adds people and FTE is called mixed.",
            "An average of several sections is all their cases over all their FTE, never the mean of their averages.",
            "Changes are worked out before rounding, so they can differ by one in the last figure from what is shown.",
            "A year is the four quarters to the day; it has a figure where all four have.",
        ),
        "How it is worked out",
    )
    if report.source:
        yield Pairs((Pair("Source", report.source),))


def every_quarter_fold(report: ShownReport) -> Iterator[Part]:
    """All quarters, where there are more than stand side by side."""
    if len(report.quarters) <= report.show:
        return
    tables: list[Table] = []
    for group in report.groups:
        columns = tuple(Cell(line.name, line.unit_words) for line in group.lines)
        rows = tuple(
            Row(quarter.words, tuple(Cell(line.text(place)) for line in group.lines))
            for place, quarter in enumerate(report.quarters)
        )
        table = Table(f"every-{group.id}", f"{group.title}: every quarter", "At", columns, rows, _signs_in(rows))
        tables += table.parts(_MOST_COLUMNS)
    yield Fold(
        "Every quarter", f"{report.quarters[0].words} to {report.newest.words}", tuple(tables), id="every-quarter"
    )
