"""The page on the case file mentions every field, and what it shows is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from schema_mappings import mappings

from finmodel.case import (
    ProblemsError,
    load_case,
    schema,
    schema_budget,
    schema_caseload,
    schema_costs,
    schema_demand,
    schema_evidence,
    schema_paper,
    schema_periods,
    schema_savings,
    schema_scenarios,
    schema_uncertainty,
)
from finmodel.case.load import TABLES_ALLOWED
from finmodel.case.workbook.words import words_of
from finmodel.parsing.fields import Stated
from finmodel.quoting import quoted

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "case-file.md").read_text(encoding="utf-8")
ON_PAPERS = (DOCS / "verify.md").read_text(encoding="utf-8")

SECTIONS = {
    schema_scenarios.ScenarioFigure: "A scenario figure",
    schema_scenarios.SetInput: "An input set",
    schema.Case: "The case",
    schema.NamedCouncil: "Named council",
    schema.PayAwards: "Pay awards",
    schema.OnCosts: "On-costs",
    schema.PublishedRate: "Published rate",
    schema.NewlyQualified: "Newly qualified",
    schema.Staffed: "FTE, hours and weeks",
    schema.AgencyCover: "Agency cover",
    schema.ExistingPost: "Existing post",
    schema.OneOff: "One-off",
    schema.PerFte: "Per FTE",
    schema_costs.OtherCost: "Cost",
    schema.StatedCost: "Stated cost",
    schema_paper.OtherImplications: "Implications",
    schema_paper.SignedOff: "Signed off",
    schema_evidence.AppliedTo: "Applied to",
    schema_savings.StepDown: "Step-down",
    schema_savings.EarlierPermanence: "Earlier permanence",
    schema_savings.AgencyToPermanent: "Agency to permanent",
    schema_savings.LessTurnover: "Less turnover",
    schema_savings.LessSicknessCover: "Less sickness cover",
    schema_savings.ProcessCosts: "Process costs",
    schema_savings.InHouseHome: "In-house home",
    schema_savings.PricedAmount: "Priced amount",
    schema_savings.PerUnit: "Per unit",
    schema_savings.UnitAmount: "Unit amount",
    schema_savings.AmountsSinceEntry: "Amounts since entry",
    schema_savings.YearlyAmount: "Amount for a period",
    schema_periods.ForAPeriod: "For a period",
    schema.Sourced: "Where a figure comes from",
    schema_demand.PartOfCount: "Count by group",
    schema_caseload.CaseloadTeam: "Team",
    schema_caseload.CasesOfType: "Cases of a type",
    schema_caseload.WorkerGroup: "Worker group",
    schema_caseload.EarlierCases: "Earlier cases",
    schema_caseload.CaseloadTarget: "Caseload target",
    schema_caseload.AddedPosts: "Added posts",
    schema_caseload.WorkerCost: "Worker cost",
    schema_caseload.PrintedFall: "Printed fall",
    schema_caseload.PostsSaid: "Posts said",
    schema_caseload.AgencyTarget: "Agency target",
    schema_caseload.ManagerSpan: "Manager span",
    schema_caseload.CaseFlow: "Case flow",
    schema_caseload.CaseloadSeries: "Caseload series",
    schema_caseload.MonthlyCount: "Monthly count",
    schema_caseload.OptionCaseload: "Option caseload",
    schema_caseload.SizedBy: "Sized by",
    schema_demand.PrintedClaim: "Printed claim",
    schema_demand.ClaimedElsewhere: "Claimed elsewhere",
    schema_demand.UnitCostFromSpend: "Unit cost from spend",
    schema_budget.BreakEven: "Break-even",
    schema_uncertainty.InputRange: "Input range",
    schema_budget.Mtfs: "MTFS",
    schema_budget.FundingSource: "Funding source",
    schema_budget.CriticalCondition: "Critical condition",
    schema_budget.OtherBenefit: "Other benefit",
    quoted.PaperFile: "The heading",
    quoted.PaperHeading: "The paper",
    quoted.StatedFigures: "The figures and workings",
    quoted.QuotedFigure: "A figure",
    quoted.QuotedWorking: "A working",
    quoted.ImpliedQuantity: "An implied quantity",
}


MODELS = mappings(Stated)


def section(heading: str) -> str:
    found = re.search(rf"^##+ {re.escape(heading)}$(.*?)(?=^##+ |\Z)", PAGE + ON_PAPERS, re.MULTILINE | re.DOTALL)
    assert found is not None, heading
    return found[1]


def own_fields(model: type[Stated]) -> list[str]:
    """The fields of a mapping without those that it shares with others, which have a table of their own."""
    shared = {name for base in model.__mro__[1:] if base in MODELS for name in base.model_fields}
    return [name for name in model.model_fields if name not in shared]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_page_has_a_row_for_every_field_and_no_other(model: type[Stated]) -> None:
    named = re.findall(r"^\| `(\w+)` \|", section(SECTIONS.get(model, model.__name__)), re.MULTILINE)
    assert named == own_fields(model)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_page_says_what_must_be_given(model: type[Stated]) -> None:
    text = section(SECTIONS.get(model, model.__name__))
    needed = {name for name in own_fields(model) if model.model_fields[name].is_required()}
    said = {row.split("`")[1] for row in text.splitlines() if row.startswith("| `") and "| must be given |" in row}
    assert said == needed


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_workbook_explains_each_field_as_the_page_does(model: type[Stated]) -> None:
    """One description of a field: without its links and signs it is what the workbook says."""
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", section(SECTIONS.get(model, model.__name__)), re.MULTILINE)
    said = {name: re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", holds).replace("`", "").strip() for name, holds in rows}
    if model not in (quoted.PaperFile, quoted.PaperHeading):  # of a paper and no case
        assert {name: words_of(model, name).holds for name in said} == said
        assert all(words_of(model, name).heading for name in said)


def test_the_page_names_every_table() -> None:
    text = section("Tables in CSV files")
    assert all(f"`{name}`" in text for name in TABLES_ALLOWED.by_name | TABLES_ALLOWED.lists)


def test_the_whole_case_loads(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(_block("A whole case"), encoding="utf-8")
    loaded = load_case(tmp_path)
    assert loaded.case.options[1].posts[0].title == "Social workers"
    assert [warning.where for warning in loaded.warnings] in (["options"], ["years", "options"])  # two options of four


def test_the_problems_shown_are_those_that_are_told(spoil, tmp_path: Path) -> None:
    spoil({25: "    unit_cost: 40k", 38: "        grade: social-wroker"})
    with pytest.raises(ProblemsError) as caught:
        load_case(tmp_path)
    assert str(caught.value) == _block("What problems look like").strip()


def _block(heading: str) -> str:
    found = re.search(r"```\w+\n(.*?)```", section(heading), re.DOTALL)
    assert found is not None
    return found[1]
