"""The back-test that ships is the one that its script makes, and its figures are those of a second reckoning."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from finmodel.reference.backtest import backtest_errors

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("demand_backtest", ROOT / "benchmarks" / "demand_backtest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_and_the_data_are_what_the_script_makes(script: ModuleType) -> None:
    assert (ROOT / "docs" / "demand-backtest.md").read_text(encoding="utf-8") == script.page()
    with (ROOT / "finmodel/reference/data/demand_backtest.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == list(script.rows())


def test_all_councils_and_origins_are_in_it(script: ModuleType) -> None:
    assert (len(script.COUNCILS), script.origins()) == (145, 1_158)


def test_no_change_is_nearest_over_all_councils_and_not_for_england(script: ModuleType) -> None:
    def mean(method: str, ahead: int) -> float:
        return next(
            row.mean_error
            for row in backtest_errors(method)
            if row.years_ahead == ahead and not row.children_from and row.children_below is None
        )

    for ahead in (1, 2, 3):
        assert min(script.LABELS, key=lambda method: mean(method, ahead)) == "no-change"
    # Mean change of four years, from the last count: reckoned apart from the script, on the same counts.
    assert [round(100 * mean("linear-four-years", ahead), 1) for ahead in (1, 2, 3)] == [6.3, 10.0, 13.2]
    england = script.england()
    trend = sum(abs(2 * england[year] - england[year - 1] - england[year + 1]) for year in range(2017, 2025))
    flat = sum(abs(england[year] - england[year + 1]) for year in range(2017, 2025))
    assert trend < flat
