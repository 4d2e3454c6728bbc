"""The notebook of docs/: it runs from top to bottom, shows what the reports show, and holds nothing of any machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).parents[2] / "docs" / "analyst.ipynb"


def cells() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == "code"]


def test_it_holds_no_outputs() -> None:
    assert cells()
    for cell in cells():
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


def test_it_runs_and_its_figures_are_the_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    monkeypatch.chdir(NOTEBOOK.parent)
    names: dict[str, Any] = {}
    for cell in cells():
        exec(compile("".join(cell["source"]), NOTEBOOK.name, "exec"), names)
    impact = names["both"]["as the case states"]
    assert round(impact["peripatetic"]) == -11_489  # as docs/diff.md has it
    dearer = names["both"]["at £45,000 a placement"] - impact
    assert (dearer.drop("status-quo") > 200_000).all()  # £5,000 a year of thirteen children over four years, less 6%
    assert len(names["lines"]) == 12 * len(names["appraisal"].case.horizon.years)
    assert names["axes"].get_title() == "Cumulative net saving, £"
