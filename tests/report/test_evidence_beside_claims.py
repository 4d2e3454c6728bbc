"""A claim beside the evidence that it names: worked arithmetic, each verdict, and no figure where none is due."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from finmodel import ProblemsError, appraise, load_case
from finmodel.report.financial_implications import narrative_text
from finmodel.report.page import render_page
from finmodel.results.appraised import AppraisalResults, results
from finmodel.results.beside_evidence import EvidenceResult

CASE = """
title: Family group conferences
council: {COUNCIL}
meeting: {body: Cabinet, date: 2025-09-08}
price_base: 2025/26
first_year: 2025/26
years: 2
discounting: {rate: 0%}
placements:
  fostering: {label: Foster placement, unit_cost: 40000, per: year, price_base: 2025/26, inflation: none}
options:
  - id: workers
    title: Four family workers
    benefits:
      - id: fewer
        label: Children fewer in care
        {CLAIM}
        placements: {fostering: 100%}
        deadweight: 0%
        optimism_bias: {BIAS}
        cashable: 100%
        {ROWS}
        {APPLIED}
"""
FAMILIES = (
    "applied_to: {population: families who had the letter, reached: 60, counted_in: families, claimed_in: day_count}"
)


def case_of(
    tmp_path: Path,
    rows: list[int],
    applied: str = FAMILIES,
    claim: str = "children: 13",
    bias: str = "0%",
    council: str = "Anytown Council",
) -> Path:
    filled = {
        "CLAIM": claim,
        "BIAS": bias,
        "ROWS": f"evidence: {json.dumps(rows)}" if rows else "",
        "APPLIED": applied,
        "COUNCIL": council,
    }
    text = CASE
    for name, value in filled.items():
        text = text.replace("{" + name + "}", value)
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def found_of(folder: Path) -> AppraisalResults:
    return results(appraise(load_case(folder)))


def evidence(*given: object, **changes: str) -> EvidenceResult:
    found = found_of(case_of(*given, **changes)).options[0].benefits[0].evidence  # type: ignore[arg-type]
    assert found is not None
    return found


def children(reached: str, more: str = "") -> str:
    return f"applied_to: {{population: children at risk, {reached}, counted_in: children, claimed_in: entries{more}}}"


ENTRIES_AVOIDED = "entries_avoided: 1\n        stay: {months: 6}"


def test_thirteen_fewer_beside_the_trial_of_family_group_conferences(tmp_path: Path) -> None:
    """44.8% to 36.2%, applied to 60 families: 60 × 0.086 = 5.16 families; × 2,548 ÷ 1,471 = 8.938 children."""
    found = evidence(tmp_path, [1])
    row = found.rows[0]
    assert row.families == pytest.approx(60 * (0.448 - 0.362))
    assert row.given == pytest.approx(60 * 0.086 * 2548 / 1471)
    assert (found.claimed, found.verdict, row.beyond) == (13, "beyond", True)
    assert found.sentence == (
        "The case claims 13 fewer children in care, beyond the evidence: the trial’s difference (row 1, 44.8% to 36.2%), "
        "applied to the 60 families reached, gives 5.2 families, 8.9 children at 1.73 a family; interval not published."
    )
    assert row.arithmetic == "60 families × (44.8% − 36.2%) × 1.73 children a family"
    assert (found.suggested_grade, found.grade_confidence) == (1, "unverified")


def test_the_claim_is_set_beside_it_after_its_own_deductions(tmp_path: Path) -> None:
    """13 less 40% for optimism is 7.8, within the 8.9 that the trial gives: a trial's difference has no deadweight."""
    found = evidence(tmp_path, [1], bias="40%")
    assert (found.stated, found.claimed, found.verdict) == (13, pytest.approx(7.8), "within")
    assert "7.8 fewer children in care (13 before its deductions), within the evidence" in found.sentence


def test_children_of_the_cases_own_families_go_before_the_studys(tmp_path: Path) -> None:
    found = evidence(tmp_path, [1], FAMILIES.replace("reached: 60", "reached: 60, children_per_family: 2.5"))
    assert found.rows[0].given == pytest.approx(60 * 0.086 * 2.5)


@pytest.mark.parametrize(
    ("reached", "where", "verdict"),
    [
        (100, "within the evidence", "within"),  # gives 16 of 12 claimed
        (70, "above the middle figure but within the interval of the evidence", "within"),  # 11.2, to 14.6
        (50, "beyond the evidence", "beyond"),  # 8, to 10.4
    ],
)
def test_a_relative_risk_with_its_interval(tmp_path: Path, reached: int, where: str, verdict: str) -> None:
    """Row 57: 0.6, from 0.48 to 0.76. Reached × 50% × (1 − 0.6) × 80%, and the interval's ends the other way round."""
    applied = children(f"reached: {reached}", ", base_rate: 50%, retention: 80%")
    found = evidence(tmp_path, [57], applied, ENTRIES_AVOIDED)
    row = found.rows[0]
    assert found.claimed == 12  # one a month
    assert (row.given, row.low, row.high) == pytest.approx([reached * 0.4 * share for share in (0.4, 0.24, 0.52)])
    assert where in found.sentence
    assert found.verdict == verdict
    assert "rows 59 and 60, no weaker in design, found no benefit" in found.sentence


def test_from_an_effect_back_to_a_number_with_the_range_of_every_factor(tmp_path: Path) -> None:
    """Row 57 of 100 × 50% × 40% × 80%; at the least 80 × 40% × (1 − 0.76) × 70%, at the most 120 × 60% × (1 − 0.48) × 90%."""
    ends = ", base_rate: 50%, base_rate_low: 40%, base_rate_high: 60%, retention: 80%, retention_low: 70%, retention_high: 90%"
    applied = children("reached: 100, reached_low: 80, reached_high: 120", ends)
    row = evidence(tmp_path, [57], applied, ENTRIES_AVOIDED).rows[0]
    assert row.given == pytest.approx(100 * 0.5 * 0.4 * 0.8)
    assert row.least == pytest.approx(80 * 0.4 * 0.24 * 0.7)
    assert row.most == pytest.approx(120 * 0.6 * 0.52 * 0.9)
    row = evidence(
        tmp_path, [1], FAMILIES.replace("reached: 60", "reached: 60, reached_low: 50, reached_high: 70")
    ).rows[0]
    assert (row.least, row.most) == pytest.approx((50 * 0.086 * 2548 / 1471, 70 * 0.086 * 2548 / 1471))
    assert evidence(tmp_path, [1]).rows[0].least is None


def test_a_figure_outside_its_own_range_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="The least is above `reached` itself"):
        evidence(tmp_path, [1], FAMILIES.replace("reached: 60", "reached: 60, reached_low: 61, reached_high: 70"))


NOT_COMPARABLE = {
    "another outcome": ([2], FAMILIES, "children: 13", "the row care proceedings issued"),
    "days are not children": ([3], FAMILIES, "children: 13", "does not say whether of a child or of a family"),
    "a day's count is not entries": (
        [1],
        FAMILIES.replace("day_count", "entries"),
        ENTRIES_AVOIDED,
        "the claim counts entries to care and the row children looked after on a day",
    ),
    "children are not families": (
        [1],
        FAMILIES.replace("counted_in: families", "counted_in: children"),
        "children: 13",
        "the row is of families, and the case counts the children that it reaches",
    ),
    "no base rate": ([57], children("reached: 42"), ENTRIES_AVOIDED, "the case states no base rate"),
    "nobody to whom it is applied": ([1], "", "children: 13", "the case does not say to whom it is applied"),
    "another population": (
        [1],
        FAMILIES.replace("reached: 60", "reached: 60, differs: They are in care already."),
        "children: 13",
        "whom the case reaches differs: “They are in care already”",
    ),
    "a base rate and no effect": ([69], children("reached: 42"), ENTRIES_AVOIDED, "no effect that was measured"),
    "what goes together": ([65], FAMILIES, "children: 13", "it shows what goes together"),
}


@pytest.mark.parametrize("name", NOT_COMPARABLE)
def test_where_units_or_people_differ_there_is_a_reason_and_no_figure(tmp_path: Path, name: str) -> None:
    rows, applied, claim, why = NOT_COMPARABLE[name]
    found = evidence(tmp_path, rows, applied, claim)
    row = found.rows[0]
    assert (row.given, row.low, row.high, row.beyond, row.address) == (None, None, None, None, "")
    assert why in row.not_comparable
    assert found.verdict == "not comparable"
    assert why in found.sentence
    assert found.suggested_grade is None


def test_the_strongest_study_that_found_nothing_is_named_whichever_row_the_case_names(tmp_path: Path) -> None:
    """Row 31 is a favourable review of multisystemic therapy from abroad; row 28, the English trial, found no effect."""
    found = evidence(tmp_path, [31], "")
    assert found.verdict == "null"
    assert (
        "the strongest study of “Multisystemic therapy” (row 28) found no benefit: out-of-home placement"
        in found.sentence
    )


def test_counts_before_and_after_alone_are_said_to_be_so(tmp_path: Path) -> None:
    found = evidence(tmp_path, [15, 18], "")
    assert found.verdict == "before-after"
    assert "from counts before and after alone: rows 15 and 18 compared nobody who went without" in found.sentence
    assert [row.given for row in found.rows] == [None, None]


def test_no_figure_of_the_option_rests_on_the_evidence(tmp_path: Path) -> None:
    with_it, folder = found_of(case_of(tmp_path, [1])), tmp_path / "without"
    folder.mkdir()
    without = found_of(case_of(folder, [], ""))
    assert with_it.options[0].by_year == without.options[0].by_year
    assert without.options[0].benefits[0].evidence is None
    assert "evidence" not in {address.partition(".")[0] for address in without.lines}


def test_the_page_and_the_implications_say_it_where_the_claim_stands(tmp_path: Path) -> None:
    appraisal = appraise(load_case(case_of(tmp_path, [1])))
    found = results(appraisal)
    page, told = render_page(appraisal, found), found.options[0].benefits[0].evidence
    assert told is not None
    assert page.count(told.sentence) == 1
    assert page.count("Evidence gives 8.9 children against 13 claimed, which is beyond it.") == 1
    assert "What it would take, and is it plausible?" in page
    assert told.in_short in " ".join(narrative_text(found).split())


def test_a_fall_beside_the_councils_own_record_and_its_neighbours(tmp_path: Path) -> None:
    """Wolverhampton at 31 March 2015 to 2025, as published: 778 to 654 is its largest fall in a year, 15.9%."""
    council = "{name: Wolverhampton City Council, authority: E08000031}"
    record = found_of(case_of(tmp_path, [1], council=council)).options[0].benefits[0].record
    assert record is not None
    numbers = [778, 654, 638, 649, 625, 588, 540, 512, 498, 517, 501]
    assert record.largest_fall == pytest.approx(max((before - after) / before for before, after in pairwise(numbers)))
    assert record.largest_fall == pytest.approx((778 - 654) / 778)
    assert (record.number, record.changes, record.neighbours) == (501, 10, 10)
    assert record.share == pytest.approx(13 / 501)
    assert record.sentence.startswith(
        "A fall of 13 would be 2.6% of the 501 looked after at 31 March 2025; in the ten years to then the council’s largest "
        "fall in a year was 15.9%, its neighbours’ median "
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rows": [76]}, r"evidence\[1\]: There is no row 76 of evidence \(given: 76\)\n +They are numbered 1 to 75"),
        ({"rows": [1, 1]}, r"evidence\[2\]: Row 1 is named already"),
        (
            {"applied": FAMILIES.replace("day_count", "entries")},
            r"claimed_in: `fewer` is counted in children fewer in care on a day, not in entries to care",
        ),
        ({"rows": []}, "fewer.applied_to: .*evidence"),
    ],
    ids=["unknown", "twice", "unit", "nothing to apply"],
)
def test_problems_are_in_their_place_and_of_this_case(tmp_path: Path, changes: dict[str, object], said: str) -> None:
    given = {"rows": [1], **changes}
    with pytest.raises(ProblemsError, match=said):
        load_case(case_of(tmp_path, **given))  # type: ignore[arg-type]
