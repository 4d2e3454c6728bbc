"""What is not shown: sheets, rows, columns, and figures with a format that shows nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from finmodel.audit.workbooks.colours import contrast
from finmodel.audit.workbooks.contents import Worksheet
from finmodel.audit.workbooks.general.analysis import Analysis, range_of
from finmodel.audit.workbooks.general.check import Certainty, Check, Mark
from finmodel.audit.workbooks.general.headings import is_heading
from finmodel.audit.workbooks.general.readers import Readers
from finmodel.audit.workbooks.look import Look
from finmodel.lines.cells import column_letters

CHECK = Check(
    id="hidden",
    title="Hidden sheet, row, column or figure",
    why="Nobody reviews what is not seen, and a hidden row still counts in every sum over it.",
    source="ICAEW Code, Don't hide things; FAST 2.01-08 (hide nothing)",
    certainty="certain",
    remedy="Show it and look at it. Group rows that readers need not see: a group shows that it is there.",
    false_alarms="Only rows and columns that hold something are reported. Collapsed groups (with a plus sign) are "
    "reported as possible; rows hidden by a filter as likely. Figures in the colour of their background are reported, "
    "as likely, where a formula reads them; not years, nor cells of tables and conditional formats, which bring "
    "colours of their own.",
)
_UNSEEN = 1.1  # the contrast below which letters cannot be told from what lies behind
_SHOWS_NOTHING = {";;;", ";;", '"";"";""', '"";"";"";""'}


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each hidden sheet, each run of hidden rows and columns that hold something."""
    for number, sheet in enumerate(analysis.sheets):
        if sheet.state == "veryHidden":
            yield Mark(number, None, "The sheet is hidden so that Excel's menu cannot show it", "certain")
        elif sheet.state == "hidden":
            yield Mark(number, None, "The sheet is hidden", "certain")
        if sheet.cells:
            yield from _rows(number, sheet)
            yield from _columns(number, sheet)
        for place, cell in sheet.cells.items():
            if cell.style.number_format in _SHOWS_NOTHING and cell.kind == "number":
                yield Mark(number, place, "The format of the cell shows nothing", "likely")
        yield from _unseen(analysis, number)


def _unseen(analysis: Analysis, number: int) -> Iterator[Mark]:
    """Numbers in the colour of what lies behind them that a formula reads."""
    sheet = analysis.sheets[number]
    styles = {cell.style for cell in sheet.cells.values()}
    faint = {style for style in styles if _is_faint(style.look)}
    if not faint:
        return
    readers = analysis.once(Readers)
    ruled = [area for rule in sheet.conditional for text in rule.cells.split() if (area := range_of(number, text))]
    ruled += [area for table in sheet.tables if (area := range_of(number, table.reference))]
    for place, cell in sheet.cells.items():
        if cell.style not in faint or cell.kind != "number" or not cell.value or is_heading(sheet, place):
            continue
        reader = next(readers.of((number, *place)), None)
        if reader is None or any(area.holds(*place) for area in ruled):
            continue
        what = f"{cell.value:,.15g} is written in the colour of its background, and {analysis.named(reader, number)} "
        what += f"({analysis.formula(reader[0], reader[1:])}) reads it"
        yield Mark(number, place, what, "likely", group=f"unseen {analysis.named(reader)}")


def _is_faint(look: Look) -> bool:
    return all(contrast(look.letters, behind) < _UNSEEN for behind in look.behind)


def _rows(number: int, sheet: Worksheet) -> Iterator[Mark]:
    filled = {row for row, _ in sheet.cells}
    for first, last in _runs(sheet.hidden_rows & filled):
        rows = f"Row {first} is" if first == last else f"Rows {first} to {last} are"
        certainty, how = _how(first in sheet.grouped_rows, bool(sheet.filtered) and _in_filter(sheet, first))
        yield Mark(number, None, f"{rows} hidden{how}", certainty, place=f"{first}:{last}")
    if sheet.rows_hidden_by_default:
        yield Mark(number, None, "Every row that does not say otherwise is hidden", "likely")


def _columns(number: int, sheet: Worksheet) -> Iterator[Mark]:
    filled = {column for _, column in sheet.cells}
    for first, last in _runs(sheet.hidden_columns & filled):
        one, other = column_letters(first), column_letters(last)
        columns = f"Column {one} is" if first == last else f"Columns {one} to {other} are"
        certainty, how = _how(first in sheet.grouped_columns, False)
        yield Mark(number, None, f"{columns} hidden{how}", certainty, place=f"{one}:{other}")


def _how(is_grouped: bool, is_filtered: bool) -> tuple[Certainty, str]:
    if is_grouped:
        return "possible", " in a collapsed group"
    return ("likely", " by a filter: SUM counts them all the same") if is_filtered else ("certain", "")


def _in_filter(sheet: Worksheet, row: int) -> bool:
    digits = ["".join(filter(str.isdigit, end)) for end in sheet.filtered.split(":")]
    return len(digits) == 2 and all(digits) and int(digits[0]) < row <= int(digits[1])


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
