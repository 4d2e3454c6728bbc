"""Wolverhampton's "in the region of £2.0 million": what it implies, and between which conventions it lies."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from recalculation import by_libreoffice, disagreements
from shipped_demand import appraisal_of, demand_of

from finmodel.appraisal.appraise import appraise
from finmodel.case import load_case
from finmodel.document.parts import Paragraph
from finmodel.report.demand_tables import claim_sentences, said_first
from finmodel.report.workbook import formula_cells, render_workbook
from finmodel.results.appraised import results

CASE = Path(__file__).parents[2] / "inputs" / "wolverhampton-counterfactual"


appraised = partial(appraisal_of, "wolverhampton-counterfactual")
demand = partial(demand_of, "wolverhampton-counterfactual")


def test_two_million_is_so_many_children_over_so_many_months() -> None:
    """£2,000,000 ÷ £40,000 = 50 child-years = 600 child-months; a steady rise from none has half its end on average."""
    (claim,) = demand().claims
    assert (claim.child_years, claim.child_months) == (50, 600)
    found = {each.months: (each.level, each.ramp) for each in claim.over}
    assert {months: (round(level), round(ramp)) for months, (level, ramp) in found.items() if level and ramp} == {
        5: (120, 240),
        6: (100, 200),
        9: (67, 133),
        12: (50, 100),
    }


def test_the_conventions_bracket_the_claim() -> None:
    """The trend adds 111 in 365 days; the actual count, 6. By 31 December, day 275, the difference is 105 × 275 ÷ 365."""
    found = demand().avoided
    assert found is not None
    end = 105 * 275 / 365
    totals = {each.id: each.total for each in found.conventions}
    assert totals["from_the_start"] == pytest.approx(end * 9 / 12 * 40_000)
    assert totals["at_the_end"] == pytest.approx(0)
    assert totals["run_rate"] == pytest.approx(end * 40_000)
    days = (0, 30, 61, 91, 122, 153, 183, 214, 244, 275)  # to the ends of April to December
    months = [(before + after) / 2 * 105 / 365 for before, after in pairwise(days)]
    assert totals["by_the_middle"] == pytest.approx(sum(months) / 12 * 40_000)
    (claim,) = demand().claims
    assert claim.bracketed_by == ("by_the_middle", "from_the_start")
    assert totals["by_the_middle"] < 2_000_000 < totals["from_the_start"]


@pytest.mark.parametrize(
    ("amount", "moved"), [(1_000_000, False), (1_100_000, True), (1_300_000, True), (1_400_000, False)]
)
def test_a_claim_that_the_day_of_reading_moves_is_said_to_turn_on_it(tmp_path: Path, amount: int, moved: bool) -> None:
    """Read at the months' starts £1,052,877 is avoided by the middle and at their ends £1,316,575, from the same days."""
    days = (0, 30, 61, 91, 122, 153, 183, 214, 244, 275)
    starts, ends = (sum(each) * 105 / 365 / 12 * 40_000 for each in (days[:-1], days[1:]))
    assert moved == (starts < amount < ends)
    stated = (CASE / "case.yaml").read_text(encoding="utf-8")
    (tmp_path / "case.yaml").write_text(stated.replace("amount: 2000000", f"amount: {amount}"), encoding="utf-8")
    found = results(appraise(load_case(tmp_path))).demand
    assert found is not None
    (claim,) = found.claims
    assert claim.moved_by_reading is moved
    assert any("day on which each month is read" in said for said in claim_sentences(found, claim)) is moved


def test_the_page_answers_the_claim_first() -> None:
    said = [part.text for part in said_first(demand()) if isinstance(part, Paragraph)]
    assert said[0].startswith("Additional costs avoided, £2,000,000: 50 child-years at £40,000.")
    assert "within" not in said[1]


def test_the_claim_is_set_beside_the_error_of_such_a_baseline() -> None:
    (claim,) = demand().claims
    assert claim.on_average == pytest.approx(600 / 9)
    assert claim.error == pytest.approx(772 * 0.0579, abs=0.05)  # the last change again, 700 children or more
    assert claim.shown


def test_where_stock_and_flow_do_not_close_it_says_by_how_many() -> None:
    (flow,) = demand().flows
    assert flow.gap == 772 - (661 + 333 - 223)
    assert not flow.leavers_implied


def test_the_baseline_of_the_decision_holds_and_a_later_one_moves_nothing(tmp_path: Path) -> None:
    text = (CASE / "case.yaml").read_text(encoding="utf-8").replace("  baseline: trend\n  decided", "  decided")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    loaded = load_case(tmp_path)
    later = results(appraise(loaded)).demand
    assert later is not None
    assert (later.baseline, later.later, later.decided_on) == ("trend", "no-change", "2014-12-10")
    assert later.avoided == demand().avoided
    assert any(warning.where == "demand.baseline" for warning in loaded.warnings)


def test_libreoffice_recalculates_the_workbook_to_the_same(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(render_workbook(appraised()))
    assert disagreements(formula_cells(appraised()), by_libreoffice(path)) == []
