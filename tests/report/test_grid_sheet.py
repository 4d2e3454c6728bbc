"""The grid of children and price in the workbook: Python's to the penny, and moved by what is typed elsewhere."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest
import shipped_cases
from typed_over import Recalculated

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.degrees import Degree, DegreeOfLines
from finmodel.lines.evaluate import evaluate
from finmodel.lines.expression import Array
from finmodel.report.grid_sheet import SHEET, grid_cells
from finmodel.report.workbook import layout_of
from finmodel.uncertainty.answers import judged_lines
from finmodel.uncertainty.grid import grid
from finmodel.uncertainty.live_grid import RewrittenGrid, live_grids
from finmodel.uncertainty.moving import prices_of, scaled, together, volumes
from finmodel.uncertainty.trials import work_out

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


def test_where_something_is_capped_the_lines_are_written_again() -> None:
    """The example caps the growth that it avoids, and here the baseline's children too; recalculated by ironcalc."""
    appraisal = shipped_cases.appraisal_of("example-2026")
    book = Recalculated(shipped_cases.workbook_of("example-2026"))
    layout, found = layout_of(appraisal), live_grids(appraisal)
    assert [each.option.id for each in found] == ["team", "whole-council"]
    assert all(isinstance(each.how, RewrittenGrid) for each in found)
    assert_follows(appraisal, book, {})
    price, many = "placements.residential.unit_cost", "options.team.benefits.entries.entries_stated.need"
    sheet, _, cell = layout.typed[price].partition("!")
    place = layout.places[many]
    next(book.typed_over(sheet, cell.replace("$", ""), 500_000))
    next(book.typed_over(place.sheet, f"E{place.row}", 900))
    assert_follows(appraisal, book, {price: np.array([500_000.0]), many: np.array([900.0])})
    team = found[0]
    fewer = [book.value(SHEET, f"B{9 + row}") for row in range(len(team.steps))]
    assert fewer[4] < 3 * fewer[0] * 0.99, "the baseline has fewer than three times as many"  # type: ignore[operator]


def assert_follows(appraisal: Appraisal, book: Recalculated, typed: dict[str, Array]) -> None:
    """Every cell of every grid is what the model makes of the inputs typed, children and prices times the steps."""
    written, row = appraisal.written, 9
    for each in live_grids(appraisal):
        found, prices = volumes(written, each.option), prices_of(written, each.option)
        assert found is not None
        steps = list(product(each.steps, each.steps))
        factors = [dict.fromkeys(found.inputs, down) | dict.fromkeys(prices, across) for down, across in steps]
        changes = [
            typed | {line.address: typed.get(line.address, line.value()[:, 0]) * by for line, by in factor.items()}
            for factor in factors
        ]
        trials = work_out(written.model, changes, [each.option.net.address, *(line.address for line in each.children)])
        for trial, (down, across) in enumerate(steps):
            at = row + each.steps.index(down)
            net = trials.values[each.option.net.address][-1, trial]
            cell = f"{'CDEFG'[each.steps.index(across)]}{at}"
            assert book.value(SHEET, cell) == pytest.approx(net, abs=0.005)
            fewer = sum(trials.values[line.address][:, trial].mean() for line in each.children)
            assert book.value(SHEET, f"B{at}") == pytest.approx(fewer, abs=1e-9)
        row += len(each.steps) + 6


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
