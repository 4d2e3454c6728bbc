"""A case with every kind of saving, in the workbook recalculated by another program and in results.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shipped_cases
import yaml
from plain_results import results
from recalculation import by_ironcalc
from savings_cases import every_kind

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.case import load_case
from finmodel.report.workbook import formula_cells, render_workbook
from finmodel.results.plain import as_json


@pytest.fixture(scope="module")
def appraisal(tmp_path_factory: pytest.TempPathFactory) -> Appraisal:
    folder = tmp_path_factory.mktemp("every-kind")
    (folder / "case.yaml").write_text(yaml.safe_dump(every_kind(), sort_keys=False), encoding="utf-8")
    return appraise(load_case(folder))


@pytest.fixture(scope="module")
def found(appraisal: Appraisal) -> dict[str, Any]:
    return json.loads(as_json(results(appraisal)))


def test_every_formula_cell_equals_python(appraisal: Appraisal, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(render_workbook(appraisal))
    recalculated = by_ironcalc(path)
    cells = list(formula_cells(appraisal))
    wrong = [
        (sheet, cell, expected, recalculated.get((sheet, cell)))
        for sheet, cell, expected in cells
        if recalculated.get((sheet, cell))
        != (expected if isinstance(expected, str) else pytest.approx(expected, rel=1e-9, abs=1e-9))
    ]
    assert len(cells) > 5_000
    assert wrong == []


def test_results_name_every_saving_with_its_kind_and_who_gains(found: dict[str, Any]) -> None:
    team = found["options"][1]
    assert [(item["id"], item["kind"], item["body"], item["body_stated"]) for item in team["savings"]] == [
        ("step-down", "step_down", "this council", False),
        ("permanence", "earlier_permanence", "this council", False),
        ("agency", "agency_to_permanent", "this council", False),
        ("turnover", "less_turnover", "this council", False),
        ("sickness", "less_sickness_cover", "this council", False),
        ("process", "process_costs", "this council", False),
        ("grant", "income", "this council", False),
        ("fees", "income", "A council", True),
        ("home", "in_house_home", "this council", False),
        ("women", "per_unit", "this council", False),
        ("families", "per_unit", "this council", False),
        ("nhs", "income", "NHS", True),
        ("police", "less_sickness_cover", "Police", True),
    ]
    assert [item["evidence_grade"] for item in team["savings"][:3]] == [None, None, 5]
    assert team["benefits"][0]["kind"] == "avoided_placement"
    assert team["benefits"][0]["evidence_grade"] == 4


def test_results_give_the_saving_by_who_gains(found: dict[str, Any]) -> None:
    gains = {(item["body"], item["cashable"]): item for item in found["options"][1]["public_value"]}
    assert list(gains) == [
        ("this council", True),
        ("this council", False),
        ("nhs", True),
        ("nhs", False),
        ("Police", True),
        ("Police", False),
    ]
    # 30,000 × 80% × 85% × 60% = 12,240, less the 6,000 that the status quo gives: 6,240 a year.
    assert gains["nhs", True]["by_year"] == pytest.approx([6_240] * 3)
    assert gains["nhs", True]["total"] == pytest.approx(18_720)
    # 20,400 × 40% = 8,160 that is not cash; the police's 10 × £300.
    assert gains["nhs", False]["by_year"] == pytest.approx([8_160] * 3)
    assert gains["Police", False]["total"] == pytest.approx(9_000)
    assert gains["this council", True]["by_year"] == found["options"][1]["by_year"]["cashable_saving"]
    for item in gains.values():
        assert found["lines"][item["address"]]["values"] == item["by_year"]


def test_results_of_a_case_without_others_leave_them_out() -> None:
    shipped = results(shipped_cases.appraisal_of("wolverhampton-2015"))
    assert all(option["public_value"] == [] and option["savings"] == [] for option in shipped["options"])
