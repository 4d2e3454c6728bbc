"""A case that uses every field, with two tables, reads as it says."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from schema_mappings import mappings

from finmodel.case import Case, LoadedCase, case_from_data, load_case, schema
from finmodel.case.schema import PublishedRate
from finmodel.lines.periods import FinancialYear, Month
from finmodel.parsing.quantities import Provenance, Quantity

CASES = Path(__file__).parent / "cases"
FULL = CASES / "full"


@pytest.fixture(scope="module")
def loaded() -> LoadedCase:
    return load_case(FULL)


@pytest.fixture(scope="module")
def case(loaded: LoadedCase) -> Case:
    return loaded.case


def test_every_field_is_used() -> None:
    """So that the tests below have something to read of each."""
    text = "".join(path.read_text(encoding="utf-8") for path in CASES.rglob("*.*"))
    models = [schema.Stated, *mappings(schema.Stated)]
    assert len(models) > 25
    for model in models:
        for name in model.model_fields:
            assert re.search(rf"\b{name}\b", text), f"{model.__name__}.{name}"


def test_the_case_itself(case: Case) -> None:
    assert case.title == "Investing to save"
    assert case.summary == "Two teams of social workers keep children at home."
    assert case.first_year == FinancialYear(2015)
    assert case.years == 4
    assert case.meeting is not None
    assert case.meeting.date == date(2015, 1, 20)
    assert case.discounting.schedule == "green-book-2026"
    assert case.discounting.first_year == 1
    assert case.point == "middle"
    assert case.sources["paper"].reference == "12"


def test_the_paper_and_its_assurance(case: Case) -> None:
    assert case.recommendations == ("Approve the posts.", "Note the risks.")
    assert case.background == ("Referrals rose in 2014.", "They stayed high.")
    assert case.implications.human_resources == "Twelve posts are advertised."
    assert case.monitoring == "Reported every quarter."
    assert case.sources["paper"].expires == date(2016, 3, 31)
    assert case.assumptions[0].signed_off_by == "Chief accountant"
    assert case.assurance.decisions[0].date == date(2014, 12, 1)
    assert case.assurance.sign_off[0].inputs == "placements"
    assert case.assurance.review_by == date(2016, 1, 20)


def test_grades(case: Case) -> None:
    assert case.grades["social-worker"].points == (32, 37)
    assert case.grades["social-worker"].where == "paragraph 3.2"
    assert case.grades["manager"].salary == Quantity.constant(45_000)
    assert case.grades["manager"].pay_awards_apply is False


def test_figures_by_year_and_month(case: Case) -> None:
    pension = case.on_costs.employer_pension
    assert isinstance(pension, Quantity)
    assert pension.steps == ((Month(2015, 4), 0.175), (Month(2017, 4), 0.2))
    assert pension.by_year(case.horizon) == [0.175, 0.175, 0.2, 0.2]
    assert pension.provenance == Provenance(source="paper", confidence="stated", as_at=date(2015, 1, 20))
    assert case.on_costs.contracted_out is False
    fees = case.inflation["fees"]
    assert isinstance(fees, Quantity)
    assert fees.by_year(case.horizon) == [0.02, 0.025, -0.01, 0.03]
    assert case.inflation["cpi"] == PublishedRate(published="cpi")
    assert case.children_in_care is not None
    assert case.children_in_care.at(Month(2016, 8)) == 700
    assert case.children_in_care.at(Month(2016, 9)) == 690


def test_tables(case: Case) -> None:
    assert case.placements["fostering"].unit_cost == Quantity.constant(40_000)
    assert case.placements["residential"].unit_cost == Quantity.constant(2_900.5)
    assert case.placements["residential"].source == ""
    workers, manager = case.options[1].posts
    assert (workers.id, workers.fte, workers.people) == ("social-workers", Quantity.constant(12), None)
    assert (workers.increments, workers.point) == (True, "bottom")
    assert workers.note == "Two teams of six, one a district"
    assert (manager.start, manager.end) == (Month(2016, 4), Month(2019, 3))


def test_options(case: Case) -> None:
    teams, _, support = case.options[1:]
    assert teams.risks == ("Social workers are scarce.",)
    (benefit,) = teams.benefits
    assert benefit.entries_avoided == Quantity.constant(
        1.5, Provenance(owner="Head of service", note="A year after the teams begin.")
    )
    assert benefit.stay is not None
    assert benefit.stay.average_months == Quantity.constant(18)
    assert benefit.cashable.by_year(case.horizon) == [0, 0.5, 1, 1]
    assert teams.stated_cost is not None
    assert teams.stated_cost.amount == Quantity.constant(500_000)
    lead = support.posts[1]
    assert lead.point == 35
    assert lead.supplements[0].percent == Quantity.constant(0.05)
    assert lead.on_costs is not None
    assert lead.on_costs.flat_rate == Quantity.constant(0.3)


def test_the_budget(case: Case) -> None:
    assert (case.mtfs.prefix, case.mtfs.shown_in) == ("CH", "thousands")
    assert case.funding is not None
    assert case.funding.repayment is not None
    assert [source.kind for source in case.funding.sources] == ["savings", "grant", "reserve"]
    assert case.funding.repayment.start == FinancialYear(2016)
    assert [stage.passed for stage in case.stages] == [None, False]
    assert case.scoring is not None
    assert case.scoring.criteria[0].scores["teams"].provenance.note == "Works across the city."
    assert case.scoring.critical_conditions[0].options["as-now"].why == "Visits are late."
    teams, lean, _ = case.options[1:]
    assert teams.other_benefits[0].measured_by == "School moves a year"
    assert teams.risk_table[0].owner == "Head of service"
    assert lean.funding is not None
    assert lean.funding.repayment is not None
    assert lean.funding.repayment.rule == "fixed"


def test_files_are_named_with_their_hashes(loaded: LoadedCase) -> None:
    names = ["case.yaml", "placements.csv", "posts.csv"]
    assert loaded.files == tuple((n, hashlib.sha256((FULL / n).read_bytes()).hexdigest()) for n in names)
    assert loaded.folder == FULL
    assert [warning.where for warning in loaded.warnings] == ["options"]  # few of them, and no do-minimum


def test_the_yaml_file_may_be_named_itself(loaded: LoadedCase) -> None:
    assert load_case(str(FULL / "case.yaml")) == loaded


def test_a_case_may_be_made_in_python() -> None:
    case = case_from_data(
        {
            "title": "Small",
            "council": "Anytown Council",
            "price_base": "2015/16",
            "first_year": "2015/16",
            "years": 2,
            "discounting": {"rate": 0.035},
            "children_in_care": [700, 650.5],
            "options": [{"id": "as-now", "title": "As now"}],
        }
    )
    assert case.children_in_care is not None
    assert case.children_in_care.values == (700, 650.5)


def test_what_nothing_uses_is_a_warning(case_folder) -> None:
    path = case_folder / "case.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("  fees: 2%", "  fees: 2%\n  pay: 1%"), encoding="utf-8")
    (warning,) = (found for found in load_case(case_folder).warnings if found.where != "options")
    assert (warning.line, warning.where) == (22, "inflation.pay")
    assert "Nothing uses `pay`" in warning.what


def test_importing_the_case_is_cheap() -> None:
    code = "import finmodel.case, sys; assert not {'numpy', 'pandas'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
