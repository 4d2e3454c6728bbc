"""What a caseload gives beyond the shipped cases: small cases, every expected figure worked out in the test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_cases import GRADE, case_of, option_of

from finmodel.appraisal.appraise import Appraisal, write_model
from finmodel.case import LoadedCase, ProblemsError, case_from_data
from finmodel.lines.evaluate import evaluate
from finmodel.report.caseload_tables import flows
from finmodel.results.caseload import CaseloadResult, caseload_result

Data = dict[str, Any]


def alone(**caseload: Any) -> Data:
    """A case of caseloads alone."""
    data = case_of(first_year="2018/19", caseload={"as_at": "2018-09-30", **caseload})
    del data["options"], data["discounting"]
    return data


def team_of(name: str = "team", **names: Any) -> Data:
    return {"id": name, "label": f"The {name}", **names}


def workers_of(name: str, experience: str = "other", **names: Any) -> Data:
    return {"id": name, "label": name.capitalize(), "experience": experience, **names}


def found(data: Data) -> CaseloadResult:
    written = write_model(case_from_data(data))
    appraisal = Appraisal(LoadedCase(written.case, Path(), ()), written, evaluate(written.model))
    result = caseload_result(appraisal)
    assert result is not None
    return result


def problems(data: Data) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsError) as caught:
        case_from_data(data)
    return [(problem.where, problem.what) for problem in caught.value.problems]


BRADFORD = [  # 30 September 2018: 142 people, 132 FTE employed, 33 agency people whose FTE the paper does not give
    workers_of("experienced", "experienced", people=43, fte=39),
    workers_of("others", people=99, fte=93),
    workers_of("agency", "agency", people=33),
]


def test_bradford_s_agency_share_is_20_percent_of_a_mixed_base_and_18_9_percent_of_people() -> None:
    shares = {(each.experience, each.base): each for each in found(alone(teams=[team_of(workers=BRADFORD)])).shares}
    mixed, people = shares["agency", "mixed"], shares["agency", "people"]
    assert (mixed.number, mixed.of, mixed.share) == (33, 132 + 33, 0.2)
    assert (people.of, people.share) == (142 + 33, pytest.approx(33 / 175))
    assert f"{33 / 175:.1%}" == "18.9%"
    assert ("agency", "fte") not in shares


def test_bradford_s_looked_after_children_are_a_quarter_of_its_cases() -> None:
    kinds = [("looked-after", 1018), ("protection", 629), ("in-need", 4078 - 1018 - 629)]
    by_type = [{"id": name, "label": name, "cases": number} for name, number in kinds]
    (team,) = found(alone(teams=[team_of(by_type=by_type)])).teams
    assert team.cases is not None
    assert team.cases.value == 4078
    assert [f"{each.share:.0%}" for each in team.types] == ["25%", "15%", "60%"]


def test_agency_workers_at_a_target_of_an_establishment_that_changes() -> None:
    groups = [workers_of("staff", people=142), workers_of("agency", "agency", people=33)]
    agency = found(alone(teams=[team_of(workers=groups)], agency={"share": "10%", "establishment": 180})).agency
    assert agency is not None
    assert (agency.allowed, agency.permanent, agency.replaced) == (18, 162, 15)
    # with nobody in their place (33 − x) ÷ (175 − x) = 10%; with permanent workers on top 33 ÷ (175 + y) = 10%
    assert agency.leaving == pytest.approx((33 - 17.5) / 0.9)
    assert (33 - agency.leaving) / (175 - agency.leaving) == pytest.approx(0.1)
    assert agency.added == pytest.approx(33 / 0.1 - 175)


def test_no_share_of_agency_workers_asks_for_no_number_of_others() -> None:
    groups = [workers_of("staff", people=142), workers_of("agency", "agency", people=33)]
    agency = found(alone(teams=[team_of(workers=groups)], agency={"share": "0%"})).agency
    assert agency is not None
    assert (agency.replaced, agency.leaving, agency.added) == (33, 33, None)


def test_a_row_with_fte_and_average_gives_cases_with_the_range_of_rounding() -> None:
    (team,) = found(alone(teams=[team_of(case_holding_fte=20, average=18.1, decimals=1)])).teams
    assert team.cases is not None
    figures = (team.cases.low, team.cases.value, team.cases.high)
    assert figures == pytest.approx((20 * 18.05, 20 * 18.1, 20 * 18.15))
    (team,) = found(alone(teams=[team_of(cases=362, average=18.1, decimals=1)])).teams
    assert team.fte is not None
    assert (team.fte.low, team.fte.value, team.fte.high) == pytest.approx((362 / 18.15, 20, 362 / 18.05))


def test_pooled_is_the_sum_of_cases_by_the_sum_of_fte_on_each_base() -> None:
    teams = [
        team_of("one", cases=100, case_holding_fte=10, all_fte=12),
        team_of("two", cases=300, case_holding_fte=10, all_fte=11),
    ]
    by_base = {each.base: each for each in found(alone(teams=teams)).pooled}
    assert by_base["case_holding"].average == 400 / 20
    assert by_base["all"].average == pytest.approx(400 / 23)
    mean_of_means = (100 / 12 + 300 / 11) / 2
    assert by_base["all"].average != pytest.approx(mean_of_means)


NUMBERS = st.floats(1, 500, allow_nan=False)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=4))
def test_a_pooled_average_lies_between_the_parts_and_shares_have_one_base(parts: list[tuple[float, float]]) -> None:
    teams = [
        team_of(
            f"t{place}",
            by_type=[{"id": "all", "label": "All", "cases": cases}, {"id": "more", "label": "More", "cases": fte}],
            workers=[workers_of("staff", fte=fte), workers_of("agency", "agency", fte=cases)],
        )
        for place, (cases, fte) in enumerate(parts)
    ]
    result = found(alone(teams=teams))
    averages = [team.average.value for team in result.teams if team.average and team.average.value is not None]
    (pooled,) = result.pooled
    assert pooled.average is not None
    assert min(averages) - 1e-9 <= pooled.average <= max(averages) + 1e-9
    assert sum(each.share or 0.0 for each in result.shares) == pytest.approx(1)
    assert len({each.of for each in result.shares}) == 1
    assert all(sum(kind.share or 0.0 for kind in team.types) == pytest.approx(1) for team in result.teams)


def test_points_weigh_cases_and_newly_qualified_hold_80_percent() -> None:
    by_type = [
        {
            "id": "protection",
            "label": "Protection",
            "cases": 40,
            "points": 2,
            "circumstances": [
                {"id": "court", "label": "Court", "cases": 10, "points": 1},
                {"id": "distance", "label": "Distance", "cases": 4, "points": 0.5},
            ],
        },
        {"id": "need", "label": "Need", "cases": 60, "points": 1},
    ]
    groups = [workers_of("new", "newly-qualified", fte=2, points_taken=5), workers_of("others", fte=5)]
    added = [{"id": "more", "label": "More", "team": "team", "fte": 1, "experience": "newly-qualified"}]
    team_ = team_of(by_type=by_type, workers=groups, points_of_full_caseload=25)
    (team,) = found(alone(teams=[team_], added=added)).teams
    points, capacity = 40 * 2 + 10 * 1 + 4 * 0.5 + 60, 2 * 20 + 5 * 25
    assert (team.points, team.capacity, team.used) == (points, capacity, pytest.approx(points / capacity))
    assert (team.workers[0].share, team.workers[0].for_one) == (0.8, 1.25)
    now, then = team.states
    assert then.ratios["used"] == pytest.approx(points / (capacity + 20))
    assert (now.ratios["newly_qualified"], then.ratios["newly_qualified"]) == (
        pytest.approx(2 / 7),
        pytest.approx(3 / 8),
    )
    assert then.ratios["type_protection"] == pytest.approx(40 / 8)


def test_protected_caseloads_leave_the_rest_to_the_others() -> None:
    groups = [
        workers_of("new", "newly-qualified", fte=4, share_of_caseload="80%", at_most=16),
        workers_of("others", fte=6),
    ]
    targets = [
        {"id": "eighteen", "label": "Eighteen", "cases": 18},
        {"id": "twenty-two", "label": "Twenty-two", "cases": 22},
    ]
    (team,) = found(alone(teams=[team_of(cases=190, workers=groups)], targets=targets)).teams
    low, high = team.at
    assert low.others == pytest.approx((190 - 4 * 14.4) / 6)  # 80% of 18 is less than 16
    assert high.others == pytest.approx((190 - 4 * 16) / 6)  # 80% of 22 is more
    assert low.by_newly_qualified == pytest.approx((190 / 18 - 10) / 0.8)
    assert high.now is not None
    assert high.now.posts == pytest.approx(190 / 22 - 10)  # below zero: there are enough
    assert high.now.whole == 0


def test_a_printed_fall_gives_workforce_and_cases_with_the_range_of_rounding() -> None:
    fall = {"id": "fall", "label": "Fall", "before": 20, "after": 18, "decimals": 0, "posts": 3}
    (made,) = found(alone(teams=[team_of(cases=1)], falls=[fall])).falls
    assert (made.fte.value, made.cases.value) == (18 * 3 / 2, 20 * 27)  # 540 cases: 27 FTE at 20, 30 at 18
    assert made.fte.low == pytest.approx(17.5 * 3 / (20.5 - 17.5))
    assert made.fte.high == pytest.approx(18.5 * 3 / (19.5 - 18.5))
    assert made.cases.high == pytest.approx(19.5 * 18.5 * 3 / 1)
    (open_ended,) = found(alone(teams=[team_of(cases=1)], falls=[{**fall, "after": 19}])).falls
    assert (open_ended.fte.high, open_ended.fte.reason) == (
        None,
        "before rounding the two averages may have been the same",
    )


FLOW: Data = {
    "id": "exit",
    "label": "Exit",
    "team": "team",
    "stay": 24,
    "new_stay": 9,
    "stays": "fixed",
    "applies_to": "all",
}


def test_those_past_the_new_stay_close_over_the_months_stated_and_no_later_than_they_would() -> None:
    path = lambda months: found(  # noqa: E731
        alone(teams=[team_of(cases=384)], flows=[{**FLOW, "closing_over": months}])
    ).flows[0]
    over_six = path(6)  # 384 ÷ 24 = 16 a month: 144 within nine months, 240 past it
    assert over_six.month_zero == pytest.approx(384)
    first = over_six.first
    assert over_six.monthly[first : first + 6] == pytest.approx([144 + 240 * left / 6 for left in (5, 4, 3, 2, 1, 0)])
    slow = path(30)  # by then all would have closed anyway: the last of them 15 months on
    assert slow.monthly[first + 5] == pytest.approx(144 + 240 * (15 - 6) / 15)


def test_cases_opened_are_referrals_times_the_share_that_become_cases() -> None:
    flow = {**FLOW, "applies_to": "new", "referrals": 60, "share_that_become_cases": "25%"}
    (made,) = found(alone(teams=[team_of(cases=384)], flows=[flow])).flows
    assert (made.opened, made.opened_is_implied, made.balance) == (15, False, 360)
    assert not made.steady  # 15 × 24 is not 384
    assert made.settles == 15 * 9


def test_a_flow_that_began_before_the_case_has_no_figure_of_the_months_before() -> None:
    """Figures of 31 January 2018: month 1 is February, and month 3 is April, the first of the case."""
    data = alone(teams=[team_of(cases=384)], flows=[{**FLOW, "applies_to": "new"}])
    data["caseload"]["as_at"] = "2018-01-31"
    (flow,) = found(data).flows
    assert (flow.begins, flow.first) == ("2018-02", -2)
    table = flows(found(data))
    assert table is not None
    assert [column.text for column in table.columns][:3] == ["At the start", "Month 3", "Month 6"]
    assert [cell.text for cell in table.rows[0].cells][:2] == ["384.0", f"{384 * (1 - 3 / 24) + 16 * 3:.1f}"]
    assert flow.monthly[0] == pytest.approx(384 * (1 - 3 / 24) + 16 * 3)
    data["caseload"]["as_at"] = "2017-12-31"  # month 3 is March, before the case
    table = flows(found(data))
    assert table is not None
    assert table.rows[0].cells[1].text == "–"


def option_case(post: Data) -> Data:
    option = option_of(posts=[post], caseload={"team": "team", "posts": ["worker"]})
    groups = [workers_of("permanent", fte=8), workers_of("cover", fte=2, temporary=True, ends="2015-12-31")]
    return case_of(
        option,
        years=2,
        grades={"grade": GRADE},
        on_costs={"flat_rate": "0%"},
        caseload={
            "as_at": "2015-03-31",
            "teams": [team_of(cases=215, workers=groups)],
            "targets": [{"id": "aim", "label": "Aim", "cases": 20}],
            "worker": {"title": "Worker", "grade": "grade"},
        },
    )


def test_a_target_sizes_an_option_s_post_and_its_cost_follows() -> None:
    for whole, fte in ((True, 1), (False, 0.75)):  # 215 ÷ 20 − 10 = 0.75
        post = {"id": "worker", "title": "Worker", "sized_by": {"team": "team", "target": "aim", "whole": whole}}
        written = write_model(case_from_data(option_case({**post, "grade": "grade"})))
        results = evaluate(written.model)
        assert results.figures("options.team.posts.worker.cost")[0] == pytest.approx(36_000 * fte)
        assert results.figure("caseload.teams.team.at.aim.posts_cost_whole") == pytest.approx(36_000)
        by_month = results.figures("options.team.caseload.monthly.average")
        assert by_month[8] == pytest.approx(215 / (10 + fte))  # December, the last month of the temporary posts
        assert by_month[9] == pytest.approx(215 / (8 + fte))  # the day after
        ends = results.figures("caseload.teams.team.nothing_done.at_year_end")
        assert ends == pytest.approx([215 / 8] * 2)


WRONG: list[tuple[Data, str, str]] = [
    (
        {"targets": [{"id": "aim", "label": "Aim", "cases": 20, "teams": ["no-such"]}]},
        "caseload.targets.aim.teams",
        "no team",
    ),
    ({"flows": [FLOW]}, "caseload.flows.exit.closing_over", "closing_over` is missing"),
    (
        {"flows": [{**FLOW, "applies_to": "new", "closing_over": 3}]},
        "caseload.flows.exit.closing_over",
        "only used with",
    ),
    ({"flows": [{**FLOW, "closing_over": 2.5}]}, "caseload.flows.exit.closing_over", "whole ones"),
    ({"agency": {"share": "10%"}}, "caseload.agency", "No group of workers"),
    (
        {"spans": [{"id": "m", "label": "M", "cases": 9, "least": 150, "most": 130}]},
        "caseload.spans.m.most",
        "less than",
    ),
    ({"as_at": "2030-01-01"}, "caseload.as_at", "after the case’s last"),
]


@pytest.mark.parametrize(("names", "where", "what"), WRONG)
def test_what_does_not_go_together_is_one_problem_in_its_place(names: Data, where: str, what: str) -> None:
    ((place, said),) = problems(alone(teams=[team_of(cases=20)], **{"as_at": "2018-09-30", **names}))
    assert place.startswith(where)
    assert what in said


def test_parts_that_are_more_than_their_whole_are_problems() -> None:
    kind = {
        "id": "k",
        "label": "K",
        "cases": 4,
        "points": 1,
        "circumstances": [{"id": "c", "label": "C", "cases": 5, "points": 1}],
    }
    team = team_of(by_type=[kind], case_holding_fte=10, all_fte=9, workers=[workers_of("w", fte=8)])
    shown = sorted(place for place, _ in problems(alone(teams=[team])))
    assert shown == [
        "caseload.teams.team.all_fte",
        "caseload.teams.team.by_type.k.circumstances.c.cases",
        "caseload.teams.team.case_holding_fte",
    ]
