"""The example to copy: it uses every feature, its figures are sourced or made up plainly, and its sums are worked here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from plain_results import found_once, results
from recalculation import by_ironcalc, disagreements
from schema_mappings import mappings
from shipped_cases import appraisal_of, case_of

from finmodel.appraisal.appraise import Appraisal
from finmodel.basis.book import NOT_LATE
from finmodel.case import LoadedCase, schema_caseload
from finmodel.parsing.fields import Stated
from finmodel.parsing.quantities import Quantity
from finmodel.quoting.quoted import PaperFile, PaperHeading
from finmodel.report.workbook import formula_cells
from finmodel.report.write import write_report

EXAMPLE = Path(__file__).parents[2] / "inputs" / "example-2026"

# The other way of stating something that the example states already; an input is stated in one way alone.
OF_UNITS_AND_PERIODS = {  # in the method's own example, and in the case in which every field is declared
    "AmountsSinceEntry.amounts", "AmountsSinceEntry.inflation", "AmountsSinceEntry.price_base", "BreakEven.measure",
    "BreakEven.of", "Case.break_even", "Case.weeks_in_a_year", "ForAPeriod.per_week", "ForAPeriod.weeks",
    "OtherCost.units", "PerUnit.amount", "PerUnit.by_year_since_entry", "PerUnit.units", "UnitAmount.per",
    "Units.entering", "Units.name", "Units.number", "Units.per", "Units.shares", "Units.shares_with_it",
    "YearlyAmount.per",
}  # fmt: skip
DELAYS = {f"{owner}.delay_months" for owner in ("Claim", "Option", "OtherCost", "Post")}  # its scenario is late
OF_OTHER_SHAPES = {f"InputRange.{name}" for name in ("alpha", "beta", "chances", "deviation", "values")}
SET_BY_THE_COMMAND = {
    "Case.what_if",
    *(f"SetInput.{name}" for name in ("input", "label", "now", "range_left_out", "was")),
}
OTHER_WAYS = (
    OF_UNITS_AND_PERIODS
    | DELAYS
    | OF_OTHER_SHAPES
    | SET_BY_THE_COMMAND
    | {
        "Case.caseload",  # Blackburn, Darlington and Oxfordshire state caseloads
        "Option.caseload",
        "Post.sized_by",
        "NamedCouncil.name",  # the example is of a council that does not exist; Wolverhampton names its own
        "NamedCouncil.authority",
        "AgencyCover.fee_amount",
        "Assumption.why",
        "Case.exempt",  # the example is published whole
        "Case.small_numbers",
        "Exempt.of",
        "Exempt.reason",
        "SignedOff.why",
        "Stage.children",  # the stages of the example are its options, whose claims draw on the baseline themselves
        "Stage.end",
        "Stage.placement",
        "Stage.start",
        "Source.no_expiry",
        "AgencyToPermanent.permanent_cost",
        "Discounting.rate",
        "Ending.amount",
        "Ending.inflation",
        "Ending.price_base",
        "Financing.mrp",
        "InHouseHome.benefit",
        "InHouseHome.placement",
        "OtherCost.borne_by",
        "OtherCost.public_body",
        "OtherCost.residual",
        "PayAwards.pounds",
        "ProcessCosts.entries_avoided",
        "PublishedRate.published",
        "Residual.month",
        "Stay.months",
    }
)

LABELS = ("published", "derived", "unverified", "illustrative")


@pytest.fixture(scope="module")
def loaded() -> LoadedCase:
    return case_of(EXAMPLE.name)


@pytest.fixture(scope="module")
def appraisal() -> Appraisal:
    return appraisal_of(EXAMPLE.name)


@pytest.fixture(scope="module")
def team(appraisal: Appraisal) -> dict[str, Any]:
    return next(option for option in results(appraisal)["options"] if option["id"] == "team")


def field_names(model: type[Stated]) -> Iterator[tuple[str, str]]:
    """Each field, with the name it has in the class that first declares it."""
    for field in model.model_fields:
        first = next(base for base in reversed(model.__mro__) if field in getattr(base, "model_fields", {}))
        yield field, f"{first.__name__}.{field}"


def stated_in(value: Any) -> Iterator[str]:
    """The fields that a case states, wherever they stand in it."""
    if isinstance(value, Stated):
        for field, name in field_names(type(value)):
            if field in value.model_fields_set:
                yield name
            yield from stated_in(getattr(value, field))
    elif isinstance(value, dict):
        for entry in value.values():
            yield from stated_in(entry)
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from stated_in(entry)


def quantities(value: Any) -> Iterator[Quantity]:
    if isinstance(value, Quantity):
        yield value
    elif isinstance(value, Stated):
        for field in type(value).model_fields:
            yield from quantities(getattr(value, field))
    elif isinstance(value, dict):
        for entry in value.values():
            yield from quantities(entry)
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from quantities(entry)


def test_every_field_of_the_case_file_is_used_once(loaded: LoadedCase) -> None:
    elsewhere = (PaperFile, PaperHeading)
    of_a_case = (
        each for each in mappings(Stated) if each not in elsewhere and each.__module__ != schema_caseload.__name__
    )
    known = {name for model in of_a_case for _, name in field_names(model)}
    stated = set(stated_in(loaded.case))
    evidence = {f"Sourced.{name}" for name in ("as_at", "where")}  # stated of single figures, in the test below
    assert known - stated - evidence == OTHER_WAYS


def test_every_kind_of_saving_is_used_and_another_body_gains(loaded: LoadedCase) -> None:
    savings = [saving for option in loaded.case.options for saving in option.savings]
    kinds = {saving.kind for saving in savings}
    assert kinds == {
        "step_down",
        "earlier_permanence",
        "agency_to_permanent",
        "less_turnover",
        "less_sickness_cover",
        "process_costs",
        "income",
        "in_house_home",
    }
    assert "Police" in {saving.body for saving in savings}


def test_what_is_not_published_is_said_to_be_made_up(loaded: LoadedCase, appraisal: Appraisal) -> None:
    assert any(found.provenance.as_at for found in quantities(loaded.case))
    origins = [line["origin"] for line in results(appraisal)["lines"].values() if "origin" in line]
    assert len(origins) > 150
    others = {found["source"] for found in origins if found["confidence"] not in LABELS}
    assert others == {
        "Counted from the case file",
        "How the case is put together",
        "finmodel's default",
        NOT_LATE.source,
    }


def test_there_are_no_problems_and_the_notes_are_of_old_prices(loaded: LoadedCase) -> None:
    prices = loaded.warnings
    ages = {"placements.residential.price_base": 2026 - 2023, "placements.fostering.price_base": 2026 - 2021}
    assert [warning.where for warning in prices] == list(ages)
    assert all(f"{ages[warning.where]} years older than the case" in str(warning) for warning in prices)


def test_every_check_holds(appraisal: Appraisal) -> None:
    assert appraisal.checks_hold


# Pay of 2026/27: points 27, 32 and 38 are £39,481, £44,253 and £50,908, point 28 is £40,444 (finmodel rates njc). On top
# come National Insurance of 15% above £5,000 a person, pension of 19.8% and the levy of 0.5%.
ON_PAY, FREE_PAY = 1 + 0.15 + 0.198 + 0.005, 0.15 * 5_000


def manager() -> float:
    """Six months of the manager, less half a deputy (one person at point 38), with a fifth of a duty worker."""
    half_deputy = 50_908 / 2 * ON_PAY - FREE_PAY
    return (54_000 * ON_PAY - FREE_PAY - half_deputy + 0.2 * 52_000) / 2


def practitioners() -> float:
    """Five, two a month from October: 2, 4, 5, 5, 5 and 5 in post. Half are newly qualified, at point 27."""
    years_of_work = (2 + 4 + 5 + 5 + 5 + 5) / 12
    pay = (((39_481 + 44_253) / 2) * ON_PAY - FREE_PAY) * years_of_work
    cover = (3 + 1) / 12 * 38 * 1.1 * 37 * 44  # three and then one not yet in post, October and November
    return pay * (1 - 0.04) + pay * 0.06 + 1_400 * years_of_work + cover + 6_000 + 5 * 1_200


def evaluator() -> float:
    """Half a post for half a year at point 28, with 5% on pay and on-costs of 30%."""
    return 40_444 * 0.5 * 0.5 * 1.05 * 1.3


def test_the_first_year_of_each_post_is_as_worked_by_hand(appraisal: Appraisal) -> None:
    worked = {"manager": manager(), "practitioners": practitioners(), "evaluator": evaluator()}
    for post, cost in worked.items():
        assert appraisal.results.figure(f"options.team.posts.{post}.cost", 0) == pytest.approx(cost, abs=0.001), post
    assert round(manager(), 2) == 24_511.37
    assert round(practitioners(), 2) == 161_247.07


def test_the_reserve_pays_what_the_grant_of_the_first_year_does_not(team: dict[str, Any]) -> None:
    # No crisis help falls away in the first year yet. £18,000 is spent on training, and £40,000 comes in.
    # 5% is added to the training for optimism, and 24% to the £60,000 for the room, which in January costs three months'
    # interest at 4.75%: 74,400 × 0.0475 ÷ 4 = £883.50.
    need = manager() + practitioners() + evaluator() + 18_900 + 883.50
    reserve = team["funding"]["reserve"]
    assert reserve["draw"][0] == pytest.approx(need - 40_000, abs=0.001)
    assert reserve["closing"][0] == pytest.approx(1_500_000 * 1.02 - (need - 40_000), abs=0.001)
    assert team["funding"]["shortfall"] == [0] * 5


def test_changes_of_the_base_budget_foot_to_cost_less_cashable_saving(appraisal: Appraisal) -> None:
    for option in results(appraisal)["options"]:
        figures = appraisal.results.figures
        cost, saving = (figures(f"options.{option['id']}.{name}") for name in ("cost", "cashable_saving"))
        net = [(each or 0) - (less or 0) for each, less in zip(cost, saving, strict=True)]
        table = option["mtfs"]
        assert table["cumulative"] == pytest.approx(net, abs=0.005)
        assert sum(line["total"] for line in table["lines"]) == pytest.approx(net[-1], abs=0.005)


def test_it_repays_late_and_modestly(team: dict[str, Any]) -> None:
    """No overclaim: out of pocket for more than three years, and about a pound and a tenth back for each pound."""
    measures = team["measures"]
    assert "2029-10" <= measures["payback"]["month"] <= "2031-03"
    assert 1 < measures["cashable_saving_per_pound"] < 1.25
    assert team["funding"]["repaid_year"] == "2030/31"


def test_the_larger_team_is_not_paid_for_and_says_so(appraisal: Appraisal) -> None:
    larger = next(option for option in results(appraisal)["options"] if option["id"] == "whole-council")
    assert larger["measures"]["payback"]["month"] is None
    assert larger["funding"]["total_shortfall"] > 0
    assert any("Shortfall" in flag for flag in larger["funding"]["flags"])
    # Four beds × 75% × 75% are fewer than the four that must be empty, so the home stays open.
    assert appraisal.results.figures("options.whole-council.savings.home.cashable_saving") == [0] * 5


def test_the_workbook_recalculated_elsewhere_equals_python_and_all_reports_are_written(
    appraisal: Appraisal, tmp_path: Path
) -> None:
    written = {path.name: path for path in write_report(appraisal, tmp_path, found=found_once(appraisal))}
    assert set(written) == {"report.html", "report.xlsx", "report.docx", "results.json"}
    assert all(path.stat().st_size for path in written.values())
    assert json.loads(written["results.json"].read_text(encoding="utf-8"))["case"]["council"] == "Example Council"
    assert not disagreements(formula_cells(appraisal), by_ironcalc(written["report.xlsx"]))


def test_business_as_usual_is_the_zero_line_and_has_rank_0() -> None:
    """Link workers cost what going on as now costs, so nothing more: £0. It shares no rank with business as usual."""
    found = results(appraisal_of(EXAMPLE.name))
    values = {option["id"]: option["measures"]["net_present_budget_impact"] for option in found["options"]}
    ranks = {option["id"]: option["rank_by_net_present_budget_impact"] for option in found["scoring"]["options"]}
    assert values["as-now"] == values["link-workers"] == 0
    assert values["team"] > 0 > values["whole-council"]
    assert ranks == {"as-now": 0, "team": 1, "link-workers": 2, "whole-council": 3}
    assert found["business_as_usual"]["cost"]["total"] == pytest.approx(315_303, abs=1)  # as charted until now
