"""The grid of children and price in the workbook: Python's to the penny, and moved by what is typed elsewhere."""

from __future__ import annotations

from collections import Counter
from io import BytesIO

import openpyxl
import pytest
import shipped_cases
from typed_over import Recalculated

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.degrees import Degree, DegreeOfLines
from finmodel.lines.evaluate import evaluate
from finmodel.report.grid_sheet import SHEET, grid_cells
from finmodel.report.workbook import layout_of
from finmodel.uncertainty.answers import judged_lines
from finmodel.uncertainty.grid import grid
from finmodel.uncertainty.live_grid import live_grids
from finmodel.uncertainty.moving import prices_of, scaled, together, volumes

CASE = "wolverhampton-2015"
CELLS = 7  # rows and columns of a grid, the first cell C11


def shown(content: Recalculated, first: int) -> list[list[float]]:
    """The cells of the grid that begins in a row, as recalculated."""
    return [[content.value(SHEET, f"{'CDEFGHI'[c]}{first + r}") for c in range(CELLS)] for r in range(CELLS)]  # type: ignore[misc]


def worked_out(appraisal: Appraisal) -> list[list[list[float | None]]]:
    found = [grid(appraisal.written, option) for option in judged_lines(appraisal.written)]
    return [[list(row) for row in each.values] for each in found if each is not None]


def first_rows(appraisal: Appraisal) -> list[int]:
    """The rows in which the grids begin: those of the smallest step, whose cells are all worked out."""
    cells = [cell for _, cell, _ in grid_cells(appraisal, layout_of(appraisal))]
    rows = [int(cell[1:]) for cell in cells if cell.startswith("I") and f"B{cell[1:]}" in cells]
    return rows[::CELLS]


def test_every_cell_is_pythons_to_the_penny_and_follows_the_inputs() -> None:
    appraisal = shipped_cases.appraisal_of(CASE)
    book, starts = Recalculated(shipped_cases.workbook_of(CASE)), first_rows(appraisal)
    assert len(starts) == len(live_grids(appraisal)) == 3
    for start, expected in zip(starts, worked_out(appraisal), strict=True):
        for row, values in zip(shown(book, start), expected, strict=True):
            assert row == pytest.approx(values, abs=0.005)
    (price,) = {each.price.address for each in live_grids(appraisal) if each.price is not None}
    layout = layout_of(appraisal)
    sheet, _, cell = layout.typed[price].replace("$", "").partition("!")
    dearer = evaluate(appraisal.written.model, {price: [[45_000.0]]})
    next(book.typed_over(sheet, cell, 45_000))
    for start, each in zip(starts, live_grids(appraisal), strict=True):
        stated = shown(book, start)[3][3]
        assert stated == pytest.approx(dearer.figures(each.option.net)[-1], abs=0.005)
        assert stated != pytest.approx(appraisal.results.figures(each.option.net)[-1], abs=1)


def test_where_something_is_capped_there_is_no_such_sheet() -> None:
    """The example caps the growth that it avoids, so twice the children save less than twice as much."""
    assert live_grids(shipped_cases.appraisal_of("example-2026")) == ()
    assert SHEET not in openpyxl.load_workbook(BytesIO(shipped_cases.workbook_of("example-2026"))).sheetnames


def test_degrees_are_those_that_the_figures_have() -> None:
    """Every line with a degree (a, b) is 2ᵃ × 3ᵇ times what it is where one group is doubled and the other tripled."""
    written = shipped_cases.appraisal_of("example-2026").written
    option = next(each for each in judged_lines(written) if each.id == "team")
    found, prices = volumes(written, option), prices_of(written, option)
    assert found is not None
    degrees = DegreeOfLines(written.model, found.inputs, prices)
    moved = together([scaled(found.inputs, 2.0), scaled(prices, 3.0)])
    typed = {address: values[:, None] for address, values in moved.items()}
    before, after = evaluate(written.model), evaluate(written.model, typed)
    counted: Counter[Degree] = Counter()
    for line in written.model:
        degree = degrees.of(line)
        if isinstance(degree, Degree) and line.unit.startswith(("£", "children")):
            counted[degree] += 1
            times = 2.0**degree.first * 3.0**degree.second
            assert after[line] == pytest.approx(before[line] * times, rel=1e-9, abs=1e-9, nan_ok=True), line.address
    assert all(counted[degree] > 2 for degree in (Degree(0, 0), Degree(1, 0), Degree(0, 1)))
