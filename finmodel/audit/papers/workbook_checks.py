"""The workbook's sheets of checks: each working live over the printed figures, then its range and whether it meets.

The one value of a working is a formula. The ends of its range are finmodel's numbers: formulas of them would hold for
the signs alone that the figures have as printed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct

from finmodel.audit.papers import workbook_figures as figures
from finmodel.audit.papers.excel import value_formula
from finmodel.audit.papers.sheets import Entry, EntrySheet, Kept, Live, Text
from finmodel.audit.papers.steps import steps_of
from finmodel.audit.papers.verification import CheckedWorking, Range, Verification, WorkingVerdict
from finmodel.parsing.numbers import UnreadableError
from finmodel.quoting.interval import Interval
from finmodel.quoting.working import read_working

CHECKS, RANGES = "Checks", "Ranges"
DUST = "'How to read'!$B$3"
FIRST_ROW = 5  # counted from 1, on both sheets
NOT_AS_PRINTED = "does not follow as printed"
FIGURES_CHANGED = "figures changed: verify again"
_CHECK_COLUMNS = (
    ("No.", 5),
    ("Figure", 28),
    ("Where", 16),
    ("Printed", 12),
    ("Should equal", 28),
    ("With the printed figures", 28),
    ("Printed value", 15),
    ("Gives", 15),
    ("Difference", 14),
    ("Verdict of these formulas", 15),
    ("Verdict of finmodel", 15),
    ("In words", 40),
    ("Why it should", 32),
)
_RANGE_COLUMNS = (
    ("No.", 5),
    ("Figure", 32),
    ("Least it may give", 15),
    ("Greatest it may give", 15),
    ("Least is one of them", 9),
    ("Greatest is one of them", 9),
    ("Least that is printed so", 15),
    ("Greatest that is printed so", 15),
    ("Least is one of them", 9),
    ("Greatest is one of them", 9),
    ("Some value is in both", 9),
    ("Less than one in the last digit away", 11),
    ("Gives, as finmodel has it", 15),
    ("The formula gives the same", 9),
)


class Worked(Struct, frozen=True):
    """A check, and the formula of what its working gives; "" where no formula gives what finmodel found."""

    check: CheckedWorking
    formula: str = ""

    @property
    def recomputed(self) -> Range | None:
        """What it gives."""
        return self.check.recomputed

    @property
    def is_live(self) -> bool:
        """Whether its value is a formula."""
        return bool(self.formula)


def worked(found: Verification) -> tuple[Worked, ...]:
    """Every check with its formula over the cells of the printed figures."""
    cells = figures.cells_in_workings(found)
    return tuple(Worked(check, live_formula(check.working, check.recomputed, cells)) for check in found.checks)


def live_formula(working: str, recomputed: Range | None, cells: Mapping[str, str]) -> str:
    """The formula of a working's one value; "" where it has none, or is none, such as the model's own figure."""
    if recomputed is None or recomputed.value is None:
        return ""
    try:
        return value_formula(steps_of(read_working(working)), cells)
    except UnreadableError:
        return ""


def _interval_of(found: Range) -> Interval:
    """A range as an interval, its ends the 15 digits that a spreadsheet shows."""
    low = -math.inf if found.low is None else _digits(found.low)
    high = math.inf if found.high is None else _digits(found.high)
    return Interval(low, high, found.includes_low, found.includes_high)


def _digits(value: float) -> Fraction:
    return Fraction(f"{value:.15g}")


def checks_sheet(found: Verification) -> EntrySheet:
    """Every check: the working live, the difference, the verdict worked out again beside finmodel's."""
    sheet = EntrySheet(CHECKS, tuple(width for _, width in _CHECK_COLUMNS), frozen=(FIRST_ROW - 1, 2))
    sheet.add(Text("Every check", "title"))
    sheet.add(
        Text(
            "Each working is a live formula over the sheet Figures. Grey numbers and words are finmodel's own.", "quiet"
        )
    )
    sheet.add()
    sheet.add(*(Text(heading, "heading") for heading, _ in _CHECK_COLUMNS))
    cells = figures.cell_of(found)
    for row, each in enumerate(worked(found), start=FIRST_ROW):
        sheet.add(*_check_row(found, each, row, cells))
    return sheet


def ranges_sheet(found: Verification) -> EntrySheet:
    """The range of every working, held against the values that are printed so."""
    sheet = EntrySheet(RANGES, tuple(width for _, width in _RANGE_COLUMNS), frozen=(FIRST_ROW - 1, 2))
    sheet.add(Text("The range of every working", "title"))
    sheet.add(Text("A figure follows when some value that the working may give is one that is printed so.", "quiet"))
    sheet.add()
    sheet.add(*(Text(heading, "heading") for heading, _ in _RANGE_COLUMNS))
    cells = figures.cell_of(found)
    for row, each in enumerate(worked(found), start=FIRST_ROW):
        sheet.add(*_range_row(found, each, row, cells))
    return sheet


def _check_row(
    found: Verification, each: Worked, row: int, cells: Mapping[str, Mapping[int, str]]
) -> tuple[Entry, ...]:
    check = each.check
    figure = found.figure(check.figure)
    shown = figures.number_format(figure.unit)
    words = check.missing or check.sentence
    texts = (check.label or check.figure, check.where, check.printed, check.working, check.with_numbers)
    return (
        Text(str(check.number)),
        *(Text(text) for text in texts),
        Live(f"={cells[check.figure][figures.VALUE]}", figure.range.value, shown)
        if figure.range.value is not None
        else None,
        value_entry(each.formula, check.recomputed.value if check.recomputed else None, shown),
        Live(f"=G{row}-H{row}", check.difference, shown) if check.difference is not None else None,
        _verdict(each, row),
        Text(check.outcome),
        Text(words),
        Text(check.why),
    )


def _verdict(each: Worked, row: int) -> Entry:
    """The verdict as the sheet of ranges has it, where there is something to hold together.

    The ends of the ranges are those of the figures as printed. So where a figure of the working is typed over, the
    formulas have no verdict, and say so.
    """
    if each.recomputed is None:
        return Text(WorkingVerdict.CANNOT_BE_CHECKED.value)
    otherwise = f'IF({RANGES}!L{row}="yes","{WorkingVerdict.TRUNCATED}","{NOT_AS_PRINTED}")'
    verdict = f'IF({RANGES}!K{row}="yes","{WorkingVerdict.AGREES}",{otherwise})'
    unless = f'IF({RANGES}!N{row}="no","{FIGURES_CHANGED}",{verdict})' if each.is_live else verdict
    return Live(f"={unless}", live_verdict(each.check))


def live_verdict(check: CheckedWorking) -> str:
    """The verdict that the formulas give: figures that agree only if rounded do not follow as printed."""
    if check.verdict is WorkingVerdict.DOES_NOT_FOLLOW or check.rounded_to:
        return NOT_AS_PRINTED
    return check.verdict.value


def _range_row(
    found: Verification, each: Worked, row: int, cells: Mapping[str, Mapping[int, str]]
) -> tuple[Entry, ...]:
    check, recomputed = each.check, each.recomputed
    heading = (Text(str(check.number)), Text(check.label or check.figure))
    if recomputed is None:
        return (*heading, Text(WorkingVerdict.CANNOT_BE_CHECKED.value, "plain"))
    figure, own = found.figure(check.figure), cells[check.figure]
    shown = figures.number_format(figure.unit)
    printed = figure.printed_so
    flags = [("0", float(printed.includes_low), figures.LOW_IN), ("0", float(printed.includes_high), figures.HIGH_IN)]
    ends = [(printed.low, figures.LOW), (printed.high, figures.HIGH)]
    agrees = live_verdict(check) == WorkingVerdict.AGREES
    near = live_verdict(check) == WorkingVerdict.TRUNCATED or (agrees and _within_a_digit(found, check))
    return (
        *heading,
        *(end_entry(end, shown) for end in (recomputed.low, recomputed.high)),
        Kept(float(recomputed.includes_low), "0"),
        Kept(float(recomputed.includes_high), "0"),
        *(
            Text(figures.NO_LIMIT, "quiet") if end is None else Live(f"={own[column]}", end, shown)
            for end, column in ends
        ),
        *(Live(f"={own[column]}", value, style) for style, value, column in flags),
        Live(f"={_meets(recomputed, printed, row)}", "yes" if agrees else "no"),
        Live(f"={_near(found, check, row, own)}", "yes" if near else "no"),
        Kept(recomputed.value, shown) if recomputed.value is not None else None,
        _alike(each, row),
    )


def end_entry(end: float | None, shown: str) -> Entry:
    """An end of what a working may give: finmodel's number, or that there is no limit."""
    return Text(figures.NO_LIMIT, "quiet") if end is None else Kept(end, shown)


def value_entry(formula: str, value: float | None, shown: str) -> Entry:
    """The one value of a working: live where a formula gives it; nothing where there is none."""
    if value is None:
        return None
    return Live(formula, value, shown) if formula else Kept(value, shown)


def _meets(recomputed: Range, printed: Range, row: int) -> str:
    """Whether some value is in both: neither lies wholly below the other, an end at an end only if both are in."""
    parts = []
    if recomputed.high is not None and printed.low is not None:
        parts.append(_reaches(f"D{row}", f"G{row}", f"F{row}*I{row}"))
    if printed.high is not None and recomputed.low is not None:
        parts.append(_reaches(f"H{row}", f"C{row}", f"J{row}*E{row}"))
    return f'IF(AND({",".join(parts)}),"yes","no")' if parts else '"yes"'


def _reaches(high: str, low: str, both_in: str) -> str:
    return f"IF(ABS({high}-{low})<={_dust(low)},{both_in}=1,{high}>{low})"


def _dust(cell: str) -> str:
    return f"{DUST}*MAX(1,ABS({cell}))"


def _near(found: Verification, check: CheckedWorking, row: int, own: Mapping[int, str]) -> str:
    figure, recomputed = found.figure(check.figure), check.recomputed
    if figure.range.value is None or not figure.place or recomputed is None:
        return '"no"'
    value, place = own[figures.VALUE], own[figures.PLACE]
    parts = []
    if recomputed.high is not None:
        parts.append(f"D{row}-({value}-{place})>{_dust(value)}")
    if recomputed.low is not None:
        parts.append(f"{value}+{place}-C{row}>{_dust(value)}")
    return f'IF(AND({",".join(parts)}),"yes","no")' if parts else '"yes"'


def _within_a_digit(found: Verification, check: CheckedWorking) -> bool:
    figure, recomputed = found.figure(check.figure), check.recomputed
    if figure.range.value is None or not figure.place or recomputed is None:
        return False
    value, place = _digits(figure.range.value), _digits(figure.place)
    near = Interval(value - place, value + place, includes_low=False, includes_high=False)
    return _interval_of(recomputed).overlaps(near)


def _alike(each: Worked, row: int) -> Entry:
    """Whether the formula still gives what finmodel found, within dust."""
    if not each.is_live:
        return Text("not live", "quiet")
    return Live(f'=IF(ABS({CHECKS}!H{row}-M{row})<={_dust(f"M{row}")},"yes","no")', "yes")
