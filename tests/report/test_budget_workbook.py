"""The budget's lines in the workbook, recalculated by programs that are not ours."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from budget_cases import case_of, cost, figures, saving
from recalculation import Values, by_formualizer, by_ironcalc, disagreements

from finmodel.appraisal.appraise import Appraisal
from finmodel.report.workbook import formula_cells, render_workbook

RESERVE = {"id": "reserve", "label": "Efficiency reserve", "kind": "reserve", "opening": 1_000, "interest": "2%"}
FUNDING = {
    "sources": [
        {"id": "own", "label": "Own savings", "kind": "savings"},
        {"id": "grant", "label": "Grant", "kind": "grant", "limit": 100, "limit_a_year": [60, 60, 0, 0]},
        RESERVE,
    ],
    "repayment": {"rule": "share_of_net_saving", "share": "50%"},
}
OPTIONS = (
    {"id": "as-now", "costs": [cost("agency", [10, 20, 30, 40])]},
    {"id": "team", "costs": [cost("posts", 600)], "benefits": [saving("fewer", [0, 500, 1_000, 1_400])]},
    {"id": "other", "costs": [cost("posts", 300)], "benefits": [saving("fewer", [0, 200, 300, 300])]},
)
SCORING = {
    "criteria": [
        {"id": "children", "label": "Children", "weight": "50%", "scores": {"as-now": 1, "team": 9, "other": 6}},
        {"id": "speed", "label": "Speed", "weight": "30%", "scores": {"as-now": 5, "team": 2, "other": 6}},
        {"id": "staff", "label": "Staff", "weight": "20%", "scores": {"as-now": 3, "team": 5, "other": 5}},
    ]
}
STAGES = [
    {"id": "one", "title": "One", "cost": 527_000},
    {"id": "two", "title": "Two", "cost": 500_000, "gate": "Results", "passed": True},
]


@cache
def appraisal() -> Appraisal:
    return case_of(
        4,
        *OPTIONS,
        status_quo="as-now",
        recommended="team",
        funding=FUNDING,
        scoring=SCORING,
        stages=STAGES,
        break_even_placement="pound",
        discounting={"schedule": "green-book-2026", "deflator": "prices"},
        inflation={"prices": "2.5%"},
        price_base="2013/14",
    )


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "report.xlsx"
    path.write_bytes(render_workbook(appraisal()))
    return path


@pytest.mark.parametrize("engine", [by_ironcalc, by_formualizer])
def test_every_formula_cell_of_the_budget_equals_python(workbook: Path, engine: Callable[[Path], Values]) -> None:
    expected = list(formula_cells(appraisal()))
    assert disagreements(expected, engine(workbook)) == []


def row_of(workbook: Path, address: str) -> tuple[str, int]:
    for page in openpyxl.load_workbook(workbook).worksheets:
        for row in range(1, page.max_row + 1):
            if page.cell(row, 4).value == address:
                return page.title, row
    raise LookupError(address)


def values_of(workbook: Path, address: str, columns: str = "FGHI") -> list[float]:
    sheet, row = row_of(workbook, address)
    found = by_ironcalc(workbook)
    return [found[sheet, f"{column}{row}"] for column in columns]  # type: ignore[misc]


def test_the_reserve_s_balance_recalculated_equals_python_s(workbook: Path) -> None:
    address = "options.team.funding.reserve.closing"
    assert values_of(workbook, address) == pytest.approx(figures(appraisal(), address), abs=1e-9)
    # 590 − 60 of the grant = 530 drawn; 1,000 + 20 − 530 = 490. Then 580 − 500 − 40 of the grant = 40: 490 × 1.02 − 40.
    # Then 1,000 − 570 = 430 left, half of it, 215, repaid; then 1,400 − 560 = 840 left, and the last 355 repaid.
    second = 490 * 1.02 - 40
    third = second * 1.02 + 215
    assert figures(appraisal(), address) == pytest.approx([490, second, third, third * 1.02 + 355])


def test_a_smaller_reserve_typed_into_the_workbook_shows_the_shortfall(workbook: Path, tmp_path: Path) -> None:
    """The workbook lives: with 400 in the reserve, 408 can be drawn of the 530 wanted, and 122 are lacking."""
    book = openpyxl.load_workbook(workbook)
    sheet, row = row_of(workbook, "funding.reserve.opening_stated")
    book[sheet].cell(row, 5).value = 400
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    assert values_of(changed, "options.team.funding.shortfall")[:2] == pytest.approx([122, 40], abs=1e-9)
    assert values_of(changed, "options.team.funding.reserve.closing")[:2] == pytest.approx([0, 0], abs=1e-9)


def test_another_weight_typed_into_the_workbook_changes_the_ranks(workbook: Path, tmp_path: Path) -> None:
    """children 20%, speed 60%: team 1.8 + 1.2 + 1 = 4, other 1.2 + 3.6 + 1 = 5.8."""
    book = openpyxl.load_workbook(workbook)
    for name, weight in (("children", 0.2), ("speed", 0.6)):
        sheet, row = row_of(workbook, f"scoring.criteria.{name}.weight")
        book[sheet].cell(row, 5).value = weight
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    assert values_of(changed, "scoring.other.weighted_total", "E") == pytest.approx([5.8])
    assert values_of(changed, "scoring.other.rank_by_score", "E") == [1]
