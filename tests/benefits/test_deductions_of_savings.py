"""The ladder below every saving, the bias that follows from the evidence, and who gains."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from savings_cases import amount, every_kind, of_savings, saving
from small_cases import NO_DEDUCTIONS, case_of, option_of, results_of, written

from finmodel.benefits.deductions import RUNGS
from finmodel.benefits.optimism_bias import share_taken_off
from finmodel.lines.evaluate import Results, evaluate

LADDER = {"deadweight": "20%", "optimism_bias": "15%", "cashable": "60%"}
PENNY = 0.001


def grant(pounds: float = 100_000, name: str = "it", **names: Any) -> dict[str, Any]:
    return saving("income", name, income=amount(pounds), per="year", **names)


def rungs(found: Results, name: str = "it") -> list[float | None]:
    return [found.figure(f"options.team.savings.{name}.{rung}") for rung in RUNGS]


def test_each_rung_is_a_share_of_the_one_before() -> None:
    found = results_of(of_savings(grant(**LADDER), years=1))
    # 100,000; × 80%; × 85%; × 60%
    assert rungs(found) == pytest.approx([100_000, 80_000, 68_000, 40_800], abs=PENNY)
    # Subtractive: 100,000 × (1 − 20% − 15%) × 60% = 39,000
    assert found.figure("options.team.savings.it.cashable_saving_subtractive") == pytest.approx(39_000, abs=PENNY)


def test_subtractive_deductions_are_both_off_the_gross() -> None:
    found = results_of(of_savings(grant(**LADDER, deductions="subtractive"), years=1))
    assert rungs(found) == pytest.approx([100_000, 80_000, 65_000, 39_000], abs=PENNY)
    assert found.figure("options.team.savings.it.cashable_saving_multiplicative") == pytest.approx(40_800, abs=PENNY)


def test_the_option_s_rungs_are_the_sums_of_benefits_and_savings() -> None:
    benefit = {
        "id": "b",
        "label": "B",
        "children": 1,
        "placements": {"fostering": 1},
        **NO_DEDUCTIONS,
        "cashable": "50%",
    }
    data = of_savings(grant(**LADDER), grant(50_000, "other"), years=1, option={"benefits": [benefit]})
    found = results_of(data)
    # £40,800 a child at 2015/16 prices, half of it in cash.
    assert found.figure("options.team.gross_saving") == pytest.approx(190_800, abs=PENNY)
    assert found.figure("options.team.after_optimism_bias") == pytest.approx(68_000 + 50_000 + 40_800, abs=PENNY)
    assert found.figure("options.team.cashable_saving") == pytest.approx(40_800 + 50_000 + 20_400, abs=PENNY)
    assert found.figure("options.team.net_saving") == pytest.approx(111_200, abs=PENNY)


# Evidence. The table: 0, 5%, 10%, 15%, 25%, 40% for grades 1 to 6 (April 2014 guidance, recalled).


@pytest.mark.parametrize(("grade", "taken_off"), [(1, 0), (2, 0.05), (3, 0.10), (4, 0.15), (5, 0.25), (6, 0.40)])
def test_optimism_bias_follows_from_the_grade(grade: int, taken_off: float) -> None:
    assert share_taken_off(grade) == pytest.approx(taken_off, abs=1e-12)
    found = results_of(of_savings(grant(evidence_grade=grade), years=1))
    assert found.figure("options.team.savings.it.optimism_bias") == pytest.approx(taken_off, abs=1e-12)
    assert rungs(found)[-1] == pytest.approx(100_000 * (1 - taken_off), abs=PENNY)


def test_the_weakest_of_several_inputs_gives_the_grade() -> None:
    found = results_of(of_savings(grant(evidence_grade={"amount": 1, "duration": 4, "likelihood": 2}), years=1))
    assert found.figure("options.team.savings.it.evidence_grade") == 4
    assert rungs(found)[-1] == pytest.approx(85_000, abs=PENNY)


def test_a_benefit_may_rest_on_evidence_too() -> None:
    benefit = {"id": "b", "label": "B", "children": 1, "placements": {"fostering": 1}, "deadweight": 0, "cashable": 1}
    data = of_savings(years=1, option={"benefits": [{**benefit, "evidence_grade": {"effect": 5, "price": 2}}]})
    found = results_of(data)
    assert found.figure("options.team.cashable_saving") == pytest.approx(40_800 * 0.75, abs=PENNY)
    assert found.figure("options.team.benefits.b.kept_share") == pytest.approx(0.75, abs=1e-12)


def test_the_table_is_recalled_and_says_so() -> None:
    found = results_of(of_savings(grant(evidence_grade=3)))
    for grade in range(1, 7):
        origin = found.model[f"rates.optimism_bias.grade_{grade}"].origin
        assert origin is not None
        assert origin.confidence == "unverified"
        assert "from memory" in origin.source


# Who gains.


def test_what_others_gain_is_apart_from_every_headline_figure() -> None:
    ours, theirs = grant(**LADDER), grant(70_000, "nhs", body="NHS", **LADDER)
    alone, both = results_of(of_savings(ours)), results_of(of_savings(ours, theirs))
    for line in alone.model:  # the value to the public, options.team.value, is every body's and no headline
        apart = ".savings." in line.address or line.address.startswith("options.team.value.")
        if line.address.startswith("options.team.") and not apart:
            assert both.figures(line.address) == alone.figures(line.address), line.address
    # 70,000 × 80% × 85% = 47,600; × 60% = 28,560 in cash, 19,040 not.
    assert both.figures("options.team.others.nhs.saving") == pytest.approx([47_600] * 3, abs=PENNY)
    assert both.figures("options.team.others.nhs.cashable_saving") == pytest.approx([28_560] * 3, abs=PENNY)
    assert both.figures("options.team.others.nhs.not_cashable_saving") == pytest.approx([19_040] * 3, abs=PENNY)
    # This council's 68,000 and the NHS's 47,600.
    assert both.figures("options.team.public_saving") == pytest.approx([115_600] * 3, abs=PENNY)


def test_a_case_of_this_council_alone_has_no_lines_of_others() -> None:
    found = results_of(
        of_savings(grant(), grant(1_000, "named", body="A council"), grant(1_000, "here", body="This council"))
    )
    assert [line.address for line in found.model if ".others." in line.address or "public_saving" in line.address] == []
    assert found.figures("options.team.cashable_saving") == pytest.approx([102_000] * 3, abs=PENNY)


def test_one_body_written_two_ways_is_one() -> None:
    found = results_of(of_savings(grant(body="NHS"), grant(1_000, "more", body="nhs")))
    assert found.figures("options.team.others.nhs.saving") == pytest.approx([101_000] * 3, abs=PENNY)
    assert "gained by NHS" in found.model["options.team.others.nhs.saving"].label


def test_children_are_counted_where_this_council_gains() -> None:
    benefit = {"id": "ours", "label": "Ours", "children": 3, "placements": {"fostering": 1}, **NO_DEDUCTIONS}
    theirs = {**benefit, "id": "theirs", "label": "Theirs", "body": "Health board"}
    found = results_of(of_savings(option={"benefits": [theirs, benefit]}, children_in_care=4))
    assert found.figures("options.team.children") == [3, 3, 3]
    assert found.figure("options.team.measures.placement_cost") == pytest.approx(40_800, abs=PENNY)
    assert found.figures("options.team.others.health-board.saving")[0] == pytest.approx(3 * 40_800, abs=PENNY)


def test_what_others_gain_is_the_change_from_business_as_usual() -> None:
    as_now = option_of("as-now", savings=[grant(6_000, body="NHS")])
    team = option_of("team", savings=[grant(30_000, body="NHS"), grant(500, "police", body="Police")])
    found = results_of(case_of(as_now, team, option_of("other"), status_quo="as-now"))
    assert found.figures("options.team.others.nhs.saving") == pytest.approx([24_000], abs=PENNY)
    assert found.figures("options.team.others.police.saving") == pytest.approx([500], abs=PENNY)
    assert found.figures("options.other.others.nhs.saving") == pytest.approx([-6_000], abs=PENNY)
    assert found.figures("options.as-now.others.nhs.saving") == [0]  # business as usual, against itself


def test_a_saving_that_names_nobody_says_that_it_is_taken_to_be_this_council_s() -> None:
    found = results_of(of_savings(grant(), grant(5, "nhs", body="NHS")))
    assert "does not say who gains" in found.model["options.team.savings.it.cashable_saving"].note
    assert found.model["options.team.savings.nhs.cashable_saving"].note == "Gained by NHS."


# The case with every kind.


@pytest.fixture(scope="module")
def every() -> Results:
    return evaluate(written(every_kind()).model)


def test_every_check_holds(every: Results) -> None:
    assert every.figure("checks.all") == 1


def test_no_rung_is_above_the_one_before_and_no_saving_is_below_nil(every: Results) -> None:
    for option in written(every_kind()).options:
        for claim in option.own.claims:
            months = [every.figures(claim.rungs[name].address) for name in RUNGS]
            for upper, lower in pairwise(months):
                assert all(
                    a is not None and b is not None and a >= b - 1e-9 >= -1e-9
                    for a, b in zip(upper, lower, strict=True)
                )


def test_the_headline_is_the_sum_of_this_council_s_savings(every: Results) -> None:
    option = next(found for found in written(every_kind()).options if found.option.id == "team")
    ours = [claim for claim in option.own.claims if claim.claim.body in ("this council", "A council")]
    assert len(ours) == 12
    for name in RUNGS:
        sums = [
            sum(values) for values in zip(*(every.figures(claim.yearly[name].address) for claim in ours), strict=True)
        ]  # type: ignore[arg-type]
        assert every.figures(f"options.team.{name}") == pytest.approx(sums, abs=PENNY)


def test_every_input_is_read_and_says_where_it_comes_from(every: Results) -> None:
    model = every.model
    read = {needed.address for line in model if line.expression for needed in line.expression.lines()}
    assert [line.address for line in model if line.is_input and line.address not in read] == []
    assert [line.address for line in model if line.is_input and (line.origin is None or not line.origin.source)] == []
