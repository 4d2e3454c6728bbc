"""Blackburn with Darwen (2011), Wolverhampton (2015) and Oxfordshire (2014): the verdicts, worked by hand from the papers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from finmodel.audit.papers.verification import (
    CheckedWorking,
    Implied,
    InconsistencyKind,
    Level,
    Range,
    Verification,
    WorkingVerdict,
)
from finmodel.audit.papers.verify import verify

PAPERS = Path(__file__).resolve().parents[3] / "inputs" / "papers"
BLACKBURN, WOLVERHAMPTON, OXFORDSHIRE = "blackburn-with-darwen-2011", "wolverhampton-2015", "oxfordshire-2014"


@cache
def verified(paper: str) -> Verification:
    return verify(PAPERS / paper)


def check(paper: str, figure: str) -> CheckedWorking:
    """The check of a figure that has one working."""
    (found,) = [check for check in verified(paper).checks if check.figure == figure and check.working]
    return found


def worked_out(paper: str, figure: str) -> Range:
    recomputed = check(paper, figure).recomputed
    assert recomputed is not None
    return recomputed


def ways(name: str) -> Implied:
    (found,) = [implied for implied in verified(OXFORDSHIRE).implied if implied.name == name]
    return found


@pytest.mark.parametrize(
    ("paper", "wrong", "cut", "open_", "right"),
    [(BLACKBURN, 0, 0, 7, 1), (WOLVERHAMPTON, 0, 0, 6, 2), (OXFORDSHIRE, 1, 0, 15, 13)],
)
def test_the_counts_are_those_of_the_page(paper: str, wrong: int, cut: int, open_: int, right: int) -> None:
    assert verified(paper).counts == {
        WorkingVerdict.DOES_NOT_FOLLOW: wrong,
        WorkingVerdict.TRUNCATED: cut,
        WorkingVerdict.CANNOT_BE_CHECKED: open_,
        WorkingVerdict.AGREES: right,
    }


@pytest.mark.parametrize(("paper", "follows"), [(BLACKBURN, True), (WOLVERHAMPTON, True), (OXFORDSHIRE, False)])
def test_only_oxfordshire_has_something_that_does_not_follow(paper: str, follows: bool) -> None:
    assert verified(paper).follows is follows
    assert bool(verified(paper).findings) is not follows


# Blackburn with Darwen


def test_a_newly_qualified_worker_carries_twenty_points_of_twenty_five() -> None:
    # 20 / (5 + 20) = 0.8
    assert worked_out(BLACKBURN, "newly_qualified_caseload").value == pytest.approx(0.8)
    assert check(BLACKBURN, "newly_qualified_caseload").outcome == "agrees exactly"


# Wolverhampton


def test_thirteen_children_repay_half_a_million() -> None:
    # 500,000 / 40,000 = 12.5: 12 x 40,000 = 480,000 is too little, 13 x 40,000 = 520,000 is enough
    assert worked_out(WOLVERHAMPTON, "children").value == 13
    assert check(WOLVERHAMPTON, "children").outcome == "agrees exactly"


def test_the_twelve_workers_are_one_in_each_of_twelve_units() -> None:
    assert worked_out(WOLVERHAMPTON, "workers").value == 1 * 12


def test_the_sum_is_the_same_in_all_five_places_and_the_placement_in_both() -> None:
    printed = [figure.printed for figure in verified(WOLVERHAMPTON).figures]
    assert printed.count("£500,000") == 5
    assert printed.count("£40,000") == 2
    assert verified(WOLVERHAMPTON).findings == ()


# Oxfordshire


def test_one_in_sixty_does_not_follow() -> None:
    # 22.1% of 10,000 children is 2,210, over 37.9: 58.311. At most 22.15% and 37.85: 2,215 / 37.85 = 58.520, printed 60
    found = check(OXFORDSHIRE, "plans_one_in_england")
    assert found.verdict is WorkingVerdict.DOES_NOT_FOLLOW
    assert worked_out(OXFORDSHIRE, "plans_one_in_england").value == pytest.approx(2210 / 37.9)
    assert worked_out(OXFORDSHIRE, "plans_one_in_england").high == pytest.approx(2215 / 37.85)
    # To make it 59.5 to 60.5, the rate must be at most 2,215 / 59.5 = 37.23 and at least 2,205 / 60.5 = 36.45, within 0.05
    assert {near.figure: near.needed for near in found.nearest} == {
        "plans_rate_england": "36.4 to 37.2",
        "deprived_england": "22.5% to 23%",
    }


@pytest.mark.parametrize(
    ("figure", "by_hand"),
    [
        ("open_cases_one_in", 1220 / 249),  # 4.90, printed 4.9
        ("open_cases_one_in_england", 2210 / 332),  # 6.66, printed 6.7
        ("plans_one_in", 1220 / 30.9),  # 39.48, printed 40: 1,225 / 30.85 = 39.7
        ("looked_after_one_in", 1220 / 30.0),  # 40.67, printed 41
        ("looked_after_one_in_england", 2210 / 59.0),  # 37.46, printed 37
        ("looked_after_growth", 103 / 416),  # 519 - 416 = 103; 24.8%, printed over 20%
    ],
)
def test_the_other_comparisons_agree(figure: str, by_hand: float) -> None:
    assert check(OXFORDSHIRE, figure).outcome == "agrees within rounding"
    assert worked_out(OXFORDSHIRE, figure).value == pytest.approx(by_hand)


def test_the_rates_of_one_date_are_of_two_numbers_of_children() -> None:
    # March 2013: 3,471 / 249.5 = 139,118 at least, and 416 / 29.95 = 138,898 at most, per 10,000
    march = ways("children_march_2013")
    assert march.overlap is False
    cases, plans, looked_after = [way.recomputed for way in march.ways]
    assert cases is not None
    assert plans is not None
    assert looked_after is not None
    assert cases.low == pytest.approx(3471 / 249.5 * 10_000)
    assert looked_after.high == pytest.approx(416 / 29.95 * 10_000)
    assert plans.low == pytest.approx(430 / 30.95 * 10_000)  # 138,934: above 138,898 too
    # September 2014: 451 / 32.45 = 138,983 at least, and 519 / 37.35 = 138,956 at most
    september = ways("children_september_2014")
    assert september.overlap is False
    plans, looked_after = [way.recomputed for way in september.ways]
    assert plans is not None
    assert looked_after is not None
    assert plans.low == pytest.approx(451 / 32.45 * 10_000)
    assert looked_after.high == pytest.approx(519 / 37.35 * 10_000)


def test_each_kind_of_rate_has_a_number_of_children_of_its_own() -> None:
    # cases and plans: from 3,471 / 249.5 to 430 / 30.85; looked after: from 519 / 37.45 to 416 / 29.95
    of_cases, of_looked_after = ways("children_cases_and_plans").common, ways("children_looked_after").common
    assert of_cases is not None
    assert of_looked_after is not None
    assert (of_cases.low, of_cases.high) == pytest.approx((34_710_000 / 249.5, 4_300_000 / 30.85))
    assert (of_looked_after.low, of_looked_after.high) == pytest.approx((5_190_000 / 37.45, 4_160_000 / 29.95))


def test_oxfordshire_s_findings_are_these_and_no_others() -> None:
    found = [(finding.kind, finding.level, finding.figures) for finding in verified(OXFORDSHIRE).findings]
    assert [kind for kind, _, _ in found] == [
        InconsistencyKind.TWO_VALUES,
        InconsistencyKind.IMPLIED,
        InconsistencyKind.IMPLIED,
    ]
    assert all(level is Level.ERROR for _, level, _ in found)
    assert found[0][2] == ("deprived_oxford_city", "deprived_england")  # 22.2%, "the same level" as 22.1%


@pytest.mark.parametrize(
    ("figure", "none", "kinds"),
    [
        ("started_2012", 83, (40, 56, 123, 26)),  # 206 to 328, printed 247
        ("started_2013", 72, (65, 87, 163, 42)),  # 235 to 429, printed 298
        ("started_2014", 25, (19, 8, 33, 15)),  # 58 to 100, printed 68
    ],
)
def test_children_with_any_intervention_are_between_the_largest_kind_and_all_kinds(
    figure: str, none: int, kinds: tuple[int, ...]
) -> None:
    found = worked_out(OXFORDSHIRE, figure)
    assert (found.low, found.high, found.value) == (none + max(kinds), none + sum(kinds), None)
    assert check(OXFORDSHIRE, figure).verdict is WorkingVerdict.AGREES


@pytest.mark.parametrize(
    ("figure", "ends"),
    [("looked_after", (10.45, 17.85)), ("family", (13.55, 24.25)), ("disability", (16.15, 26.45))],
)
def test_an_average_across_teams_lies_among_theirs(figure: str, ends: tuple[float, float]) -> None:
    found = worked_out(OXFORDSHIRE, f"{figure}_average")
    assert (found.low, found.high) == pytest.approx(ends)
    assert check(OXFORDSHIRE, f"{figure}_average").verdict is WorkingVerdict.AGREES
