"""Break-even of each saving and of any input, in words and tables, each written once. No sums.

Page, paper and `finmodel break-even` take theirs from here.
"""

from __future__ import annotations

from collections.abc import Sequence

from finmodel.appraisal.solved import TOLERANCE, Solved
from finmodel.document.table import NO_FIGURE, Cell, Row, Table
from finmodel.lines.display import in_unit, number, percent, pounds
from finmodel.report.page_tables import no_figure_cell, titles
from finmodel.results.appraised import AppraisalResults
from finmodel.results.break_even import ClaimNeeded, NumberNeeded
from finmodel.results.option import OptionResult
from finmodel.results.wording import capital, sentence

_MANY = 10
HOW = (
    "Everything else is as stated. The figure was found by search, until the measure came within half a penny (0.005) "
    "of breaking even; the last column is the measure with the figure put in."
)
_PROPORTION = (
    "Everything else is as stated. A saving is in proportion to the number behind it, so each is a live formula."
)
_IN_FULL = "Growth avoided is counted in full, also what the base budget does not hold and which releases no cash."


def claims_table(group: Sequence[OptionResult], index: int | str) -> Table | None:
    """What each saving must come to; None where the options claim none. group: options that are alike."""
    rows = [row for claim in group[0].break_even for row in _claim_rows(claim)]
    if not rows:
        return None
    columns = (Cell("As stated"), Cell("Needed"))
    caption = f"What each saving must come to by itself: {titles(group)}"
    beyond = group[0].measures.break_even_children.is_beyond
    note = f"{_PROPORTION} {_IN_FULL}" if beyond else _PROPORTION
    return Table(f"break-even-{index}", caption, "Saving, cash of the year", columns, tuple(rows), note)


def _claim_rows(claim: ClaimNeeded) -> list[Row]:
    basis = "A requirement: no forecast has been made." if claim.requirement else ""
    share = no_figure_cell(claim.reason) if claim.share is None else Cell(_of_stated(claim.share))
    head = Row(capital(claim.title), (Cell("100%"), share), basis or "The saving as a whole")
    return [head, *(_number_row(each) for each in claim.numbers if claim.share is not None)]


def _of_stated(share: float) -> str:
    """`88.4%` of what is stated; `25.7 times` of more than ten."""
    return percent(share) if share < _MANY else f"{number(share, 1)} times"


def _number_row(given: NumberNeeded) -> Row:
    needed, unit = given.needed, given.unit
    cell = no_figure_cell(given.reason) if needed is None else Cell(_short(needed, unit))
    return Row(
        given.label,
        (Cell(NO_FIGURE if given.stated is None else _short(given.stated, unit)), cell),
        _unit(unit),
        "part",
    )


def _short(value: float, unit: str) -> str:
    """A figure as a table shows it: whole pounds, tenths of a percent, two decimals."""
    if unit.startswith("£"):
        return pounds(value)
    return percent(value) if unit in ("share", "rate") else number(value, 2)


def _unit(unit: str) -> str:
    return "" if unit in ("share", "rate", "number") else capital(unit)


def solved_table(found: AppraisalResults, options: Sequence[str]) -> Table | None:
    """What the case asked of break-even, for these options; None where it asked nothing."""
    names = {option.id: option.title for option in found.options}
    solved = [each.solved for each in found.break_even if each.solved.option in options]
    rows = [
        Row(
            f"{each.label}: {names[each.option]}",
            (
                Cell("Changes over time" if each.stated is None else in_unit(each.stated, each.unit)),
                Cell(NO_FIGURE, sentence(each.reason)) if each.figure is None else Cell(_even(each)),
                Cell(NO_FIGURE if each.reached is None else in_unit(settled(each.reached), each.measure_unit)),
            ),
            each.address,
        )
        for each in solved
    ]
    if not rows:
        return None
    columns = (Cell("As stated"), Cell("Breaks even at"), Cell(capital(found.break_even[0].solved.measure_label)))
    return Table("solved", "At which figure does it break even?", "Input", columns, tuple(rows), HOW)


def _even(each: Solved) -> str:
    figure = in_unit(each.figure, each.unit) if each.stated is not None else f"{each.figure:.4g} times"
    return f"{figure} or {'more' if each.rising else 'less'}"


def settled(value: float) -> float:
    """What is left of zero by the search, far below half a penny, is zero."""
    return 0.0 if abs(value) < TOLERANCE else value
