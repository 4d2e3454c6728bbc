"""What comes with a post, against sums done by hand. Salaries are round, and on-costs a quarter of pay."""

from __future__ import annotations

from typing import Any

import pytest

from finmodel.appraisal.appraise import WrittenModel, write_model
from finmodel.case import case_from_data
from finmodel.lines.evaluate import Results, evaluate

POST = "options.team.posts.workers"
MONTH = 48_000 * 1.25 / 12  # one FTE on the grade, with on-costs: £5,000
STARTER = 36_000 * 1.25 / 12  # one newly qualified FTE: £3,750


def case_with(post: dict[str, Any] | None = None, costs: list[dict[str, Any]] | None = None, **other: Any) -> Any:
    """A case of three years with one option of one post: 12 FTE at £48,000 with on-costs of 25%."""
    workers = {"id": "workers", "title": "Workers", "fte": 12, "grade": "worker"} | (post or {})
    data = {
        "title": "Costs",
        "council": "Anytown Council",
        "price_base": "2024/25",
        "first_year": "2024/25",
        "years": 3,
        "discounting": {"rate": "3.5%"},
        "on_costs": {"flat_rate": "25%"},
        "inflation": {"prices": "10%"},
        "grades": {
            "worker": {"label": "Worker", "salary": 48_000, "pay_awards_apply": False},
            "starter": {"label": "Starter", "salary": 36_000, "pay_awards_apply": False},
        },
        "options": [
            {"id": "team", "title": "Team", "posts": [workers] if post is not None else [], "costs": costs or []}
        ],
    }
    return case_from_data(data | other)


class Priced:
    """A case worked out."""

    def __init__(
        self, post: dict[str, Any] | None = None, costs: list[dict[str, Any]] | None = None, **other: Any
    ) -> None:
        self.written: WrittenModel = write_model(case_with(post, costs, **other))
        self.results: Results = evaluate(self.written.model)

    def __getitem__(self, address: str) -> list[float | None]:
        return self.results.figures(address)

    def months(self, name: str, count: int = 12) -> list[float | None]:
        return self[f"{POST}.monthly.{name}"][:count]

    @property
    def checks_hold(self) -> bool:
        return all(self.results.figure(line) == 1 for line in self.written.checks)


def about(value: Any) -> Any:
    return pytest.approx(value, rel=1e-12, abs=1e-9)


# A post as it was


def test_a_plain_post_costs_its_months() -> None:
    priced = Priced({"start": "2024-07"})
    assert priced[f"{POST}.cost"] == about([9 * 12 * MONTH, 144 * MONTH, 144 * MONTH])
    assert priced[f"{POST}.full_year_effect"] == about([144 * MONTH] * 3)


# Vacancy factor


def test_a_vacancy_factor_is_a_line_taken_off_in_part_years_and_full_years_alike() -> None:
    priced = Priced({"start": "2024-07", "vacancy_factor": "5%"})
    assert priced[f"{POST}.vacancy_saving"] == about([-0.05 * 108 * MONTH, -0.05 * 144 * MONTH, -0.05 * 144 * MONTH])
    assert priced[f"{POST}.cost"] == about([0.95 * 108 * MONTH, 0.95 * 144 * MONTH, 0.95 * 144 * MONTH])
    assert priced[f"{POST}.full_year_effect"] == about([0.95 * 144 * MONTH] * 3)
    assert priced.checks_hold


# Recruitment bit by bit


def test_posts_fill_two_a_month_until_all_are_in_post() -> None:
    priced = Priced({"fte": 5, "start": "2024-06", "recruited_per_month": 2})
    assert priced.months("fte_in_post", 6) == about([0, 0, 2, 4, 5, 5])
    # 2024/25: 2 + 4 + 5 × 8 = 46 months of one FTE.
    assert priced[f"{POST}.cost"] == about([46 * MONTH, 60 * MONTH, 60 * MONTH])
    assert priced[f"{POST}.full_year_effect"] == about([60 * MONTH] * 3)


def test_recruitment_may_go_month_by_month() -> None:
    pace = {"by_month": {"2024-04": 0, "2024-05": 3, "2024-06": 0, "2024-08": 1.5}}
    priced = Priced({"fte": 5, "recruited_per_month": pace})
    assert priced.months("fte_in_post", 7) == about([0, 3, 3, 3, 4.5, 5, 5])


def test_people_of_a_phased_post_pay_national_insurance_as_they_start() -> None:
    # 2024/25: 13.8% above £9,100 a person. Half the post in post is half its National Insurance.
    priced = Priced(
        {"fte": 4, "recruited_per_month": 2},
        on_costs={"employer_pension": "20%", "apprenticeship_levy": False},
    )
    one = 0.138 * (48_000 - 9_100) / 12
    assert priced.months("paid_employer_national_insurance", 3) == about([2 * one, 4 * one, 4 * one])


# Newly qualified starters


def test_newly_qualified_starters_move_up_after_a_year_each_from_their_own_month() -> None:
    priced = Priced({"fte": 4, "recruited_per_month": 2, "newly_qualified": {"grade": "starter", "months": 12}})
    # Two start in April and two in May 2024, so April 2025 has two of each.
    assert priced.months("cost", 14) == about(
        [2 * STARTER] + [4 * STARTER] * 11 + [2 * MONTH + 2 * STARTER] + [4 * MONTH]
    )
    assert priced[f"{POST}.full_year_effect"] == about([48 * MONTH] * 3)  # as all will be paid


def test_a_share_of_starters_may_be_newly_qualified() -> None:
    priced = Priced({"fte": 4, "newly_qualified": {"grade": "starter", "months": 6, "share": "75%"}})
    assert priced.months("cost", 7) == about([3 * STARTER + MONTH] * 6 + [4 * MONTH])


def test_starters_of_before_the_case_have_moved_up_on_time() -> None:
    priced = Priced({"fte": 4, "start": "2023-10", "newly_qualified": {"grade": "starter", "months": 12}})
    assert priced.months("cost", 8) == about([4 * STARTER] * 6 + [4 * MONTH] * 2)


def test_newly_qualified_points_come_from_the_spine() -> None:
    grades = {"worker": {"label": "Grade 9", "points": "25-30"}}
    priced = Priced(
        {"fte": 1, "newly_qualified": {"point": "bottom", "months": 12}},
        grades=grades,
        years=2,
        pay_awards={"percent": "2%"},
    )
    from finmodel.lines.periods import Month
    from finmodel.reference import njc_salary

    month = Month(2024, 4)
    assert priced.months("cost", 1) == about([njc_salary(month, 25, "new").value * 1.25 / 12])
    later = Month(2025, 4)
    assert priced.months("cost", 13)[-1] == about(njc_salary(later, 30, "new").value * 1.25 / 12)


# Allowances


def test_a_retention_allowance_is_paid_to_those_who_stay() -> None:
    allowance = {"id": "stay", "label": "Retention allowance", "amount": 2_400, "after_months": 3}
    priced = Priced({"fte": 4, "recruited_per_month": 2, "supplements": [allowance]})
    extra = 2_400 * 1.25 / 12
    expected = [2 * MONTH, 4 * MONTH, 4 * MONTH, 4 * MONTH + 2 * extra, 4 * (MONTH + extra)]
    assert priced.months("cost", 5) == about(expected)
    assert priced[f"{POST}.full_year_effect"] == about([48 * (MONTH + extra)] * 3)


def test_a_market_supplement_may_run_for_a_time() -> None:
    market = {"id": "market", "label": "Market supplement", "percent": "10%", "start": "2024-06", "end": "2024-08"}
    priced = Priced({"fte": 1, "supplements": [market]})
    assert priced.months("cost", 6) == about([MONTH] * 2 + [1.1 * MONTH] * 3 + [MONTH])


def test_starters_and_allowances_with_waits_of_their_own() -> None:
    # Newly qualified for 2 months, then the grade; the allowance after 4.
    allowance = {"id": "stay", "label": "Retention allowance", "amount": 2_400, "after_months": 4}
    priced = Priced(
        {"fte": 1, "supplements": [allowance], "newly_qualified": {"grade": "starter", "months": 2}},
    )
    assert priced.months("cost", 6) == about([STARTER] * 2 + [MONTH] * 2 + [MONTH + 250] * 2)
    assert priced.checks_hold


def test_two_allowances_begin_each_after_its_own_wait_and_one_without_a_wait_at_once() -> None:
    allowances = [
        {"id": "car", "label": "Car allowance", "amount": 1_200},
        {"id": "stay", "label": "Retention allowance", "amount": 2_400, "after_months": 3},
        {"id": "longer", "label": "Second retention allowance", "amount": 3_600, "after_months": 6},
    ]
    priced = Priced({"fte": 1, "supplements": allowances})
    # With on-costs of a quarter: 1,200 × 1.25 ÷ 12 = £125 a month, 2,400: £250, 3,600: £375.
    assert priced.months("cost", 8) == about([MONTH + 125] * 3 + [MONTH + 375] * 3 + [MONTH + 750] * 2)


def test_an_allowance_with_a_start_alone_runs_to_the_end_and_with_an_end_alone_from_the_beginning() -> None:
    later = {"id": "market", "label": "Market supplement", "percent": "10%", "start": "2024-06"}
    assert Priced({"fte": 1, "supplements": [later]})[f"{POST}.cost"] == about(
        [2 * MONTH + 10 * 1.1 * MONTH] + [12 * 1.1 * MONTH] * 2
    )
    first = {"id": "market", "label": "Market supplement", "percent": "10%", "end": "2024-06"}
    assert Priced({"fte": 1, "supplements": [first]})[f"{POST}.cost"] == about(
        [3 * 1.1 * MONTH + 9 * MONTH] + [12 * MONTH] * 2
    )


def test_newly_qualified_starters_have_the_post_s_allowances_too() -> None:
    allowances = [
        {"id": "car", "label": "Car allowance", "amount": 1_200, "start": "2024-05"},
        {"id": "market", "label": "Market supplement", "percent": "10%", "end": "2024-05"},
    ]
    priced = Priced({"fte": 1, "supplements": allowances, "newly_qualified": {"grade": "starter", "months": 1}})
    # April: £3,750 and a tenth of it. May: £5,000, a tenth of it, and 1,200 × 1.25 ÷ 12 = £125. Then without the tenth.
    assert priced.months("cost", 3) == about([4_125, 5_625, 5_125])


# Agency cover


COVER = {"rate": 40, "per": "hour", "per_week": 37, "weeks": 48, "inflation": "none"}
AGENCY = 40 * 37 * 48 / 12  # one FTE covered for a month: £5,920


def test_agency_covers_what_is_not_filled_and_no_more() -> None:
    priced = Priced({"fte": 4, "recruited_per_month": 2, "start": "2024-05", "agency_cover": COVER})
    assert priced.months("cost", 4) == about([0, 2 * MONTH + 2 * AGENCY, 4 * MONTH, 4 * MONTH])
    assert priced[f"{POST}.full_year_effect"] == about([48 * MONTH] * 3)  # with the posts filled there is none


def test_agency_cover_before_a_post_is_filled_with_its_fee() -> None:
    cover = COVER | {"start": "2024-04", "fee_percent": "15%"}
    priced = Priced({"fte": 2, "start": "2024-06", "agency_cover": cover})
    assert priced.months("cost", 3) == about([2 * 1.15 * AGENCY] * 2 + [2 * MONTH])
    cover = COVER | {"start": "2024-04", "per": "day", "rate": 300, "per_week": 5, "weeks": 44, "fee_amount": 20}
    priced = Priced({"fte": 2, "start": "2024-06", "agency_cover": cover})
    assert priced.months("cost", 1) == about([2 * 320 * 5 * 44 / 12])


def test_agency_cover_stops_when_it_is_said_to() -> None:
    priced = Priced({"fte": 4, "recruited_per_month": 1, "agency_cover": COVER | {"end": "2024-05"}})
    assert priced[f"{POST}.agency_cover.monthly.fte"][:4] == about([3, 2, 0, 0])


def test_agency_rates_rise_with_their_index() -> None:
    priced = Priced({"fte": 1, "start": "2025-06", "agency_cover": COVER | {"start": "2025-04", "inflation": "prices"}})
    assert priced.months("cost", 13)[-1] == about(1.1 * AGENCY)


def test_phasing_cover_and_vacancies_count_nothing_twice() -> None:
    post = {"fte": 4, "recruited_per_month": 2, "vacancy_factor": "10%", "agency_cover": COVER}
    # April: two in post and two covered. The two not yet recruited save no vacancy; the two in post are not covered.
    assert Priced(post).months("cost", 2) == about([2 * MONTH * 0.9 + 2 * AGENCY, 4 * MONTH * 0.9])
    both = post | {"agency_cover": COVER | {"vacancies_too": True}}
    # Now the tenth of the two in post that stands empty is covered as well: 2.2 FTE.
    assert Priced(both).months("cost", 2) == about([2 * MONTH * 0.9 + 2.2 * AGENCY, 4 * MONTH * 0.9 + 0.4 * AGENCY])
    assert Priced(both).checks_hold


# Fixed terms


def test_ending_a_fixed_term_falls_in_the_month_after_it() -> None:
    ending = {"amount": 10_000, "inflation": "prices"}
    priced = Priced({"fte": 3, "end": "2025-03", "ending": ending})
    # In April 2025, at the prices of 2025/26.
    assert priced.months("cost", 14) == about([3 * MONTH] * 12 + [3 * 11_000, 0])
    assert priced[f"{POST}.full_year_effect"] == about([36 * MONTH] * 3)


def test_ending_by_weeks_of_pay() -> None:
    priced = Priced({"fte": 2, "end": "2024-09", "ending": {"weeks_of_pay": 6}})
    # A week of £48,000 is 48,000 ÷ 365 × 7 = £920.55; 2 FTE × 6 weeks = £11,046.58.
    assert priced.months("cost", 8)[5:] == about([2 * MONTH, 2 * 6 * 48_000 / 365 * 7, 0])
    assert round(2 * 6 * 48_000 / 365 * 7, 2) == 11_046.58


def test_ending_in_older_prices_is_raised_to_those_of_its_year() -> None:
    ending = {"amount": 10_000, "inflation": "prices", "price_base": "2022/23"}
    priced = Priced({"fte": 3, "end": "2025-03", "ending": ending})
    # Three years of 10% from 2022/23 to April 2025: 3 × 10,000 × 1.331 = £39,930.
    assert priced.months("cost", 13)[-1] == about(39_930)


# Only the difference


def test_splitting_a_post_costs_only_the_difference() -> None:
    old = {"id": "manager", "title": "Manager with two roles", "fte": 1, "annual_cost": 45_000, "inflation": "none"}
    priced = Priced({"fte": 1.6, "start": "2024-10", "replaces": [old]})
    assert priced[f"{POST}.cost"] == about([6 * (1.6 * MONTH - 3_750)] + [12 * (1.6 * MONTH - 3_750)] * 2)
    assert priced[f"{POST}.full_year_effect"] == about([12 * (1.6 * MONTH - 3_750)] * 3)
    assert priced[f"{POST}.replaces.manager.saved"] == about([-22_500, -45_000, -45_000])
    assert priced.checks_hold


def test_what_is_replaced_may_be_in_older_prices_and_is_in_the_case_s_where_none_are_named() -> None:
    old = {"id": "old", "title": "Old post", "fte": 1, "annual_cost": 40_000, "inflation": "prices"}
    # 2024/25, the case's own: 40,000, 44,000, 48,400. From 2022/23: × 1.21.
    saved = Priced({"fte": 1, "replaces": [old]})[f"{POST}.replaces.old.saved"]
    assert saved == about([-40_000, -44_000, -48_400])
    saved = Priced({"fte": 1, "replaces": [old | {"price_base": "2022/23"}]})[f"{POST}.replaces.old.saved"]
    assert saved == about([-48_400, -53_240, -58_564])


def test_regrading_costs_the_difference_of_the_grades_and_of_their_vacancies() -> None:
    old = {"id": "old", "title": "Old grade", "fte": 2, "grade": "starter"}
    priced = Priced({"fte": 2, "replaces": [old], "vacancy_factor": "5%"})
    assert priced.months("cost", 1) == about([0.95 * 2 * (MONTH - STARTER)])
    assert priced[f"{POST}.full_year_effect"] == about([0.95 * 24 * (MONTH - STARTER)] * 3)


def test_backfill_is_paid_as_long_as_the_post_is_filled() -> None:
    cover = {"id": "cover", "title": "Cover of the seconded worker", "fte": 1, "grade": "starter"}
    priced = Priced({"fte": 1, "end": "2024-08", "backfill": [cover]})
    assert priced.months("cost", 6) == about([MONTH + STARTER] * 5 + [0])
    assert priced[f"{POST}.full_year_effect"] == about([12 * (MONTH + STARTER)] * 3)


# Once and every year


def test_costs_met_once_fall_as_people_start() -> None:
    once = [
        {"id": "adverts", "label": "Advertising", "amount": 5_000, "per": "post", "inflation": "none"},
        {"id": "laptops", "label": "Laptops", "amount": 1_000, "per": "person", "inflation": "none"},
        {"id": "training", "label": "Induction", "amount": 600, "per": "fte", "inflation": "none"},
    ]
    priced = Priced({"fte": 4, "people": 5, "start": "2024-05", "recruited_per_month": 2, "one_off": once})
    assert priced[f"{POST}.one_off.adverts.monthly.cost"][:4] == about([0, 5_000, 0, 0])
    # Each works 0.8 FTE: two FTE are two people and a third for the other 0.4; in June the last two come.
    assert priced[f"{POST}.one_off.laptops.monthly.cost"][:4] == about([0, 3_000, 2_000, 0])
    assert priced[f"{POST}.one_off.training.monthly.cost"][:4] == about([0, 1_200, 1_200, 0])
    assert priced[f"{POST}.full_year_effect"] == about([48 * MONTH] * 3)  # met once, so in no full year
    assert priced.checks_hold


def test_more_fte_later_are_starters_too() -> None:
    once = [{"id": "laptops", "label": "Laptops", "amount": 1_000, "per": "fte", "inflation": "prices"}]
    priced = Priced({"fte": {"by_year": {"2024/25": 2, "2026/27": 5}}, "one_off": once})
    assert priced[f"{POST}.one_off.laptops.cost"] == about([2_000, 0, 3_000 * 1.21])


def test_costs_of_each_fte_every_year_in_pounds_or_of_pay() -> None:
    yearly = [
        {"id": "travel", "label": "Travel", "amount": 1_200, "inflation": "prices"},
        {"id": "overheads", "label": "Overheads", "percent": "10%"},
    ]
    priced = Priced({"fte": 4, "start": "2024-10", "recruited_per_month": 2, "per_fte": yearly})
    assert priced[f"{POST}.per_fte.travel.monthly.cost"][5:9] == about([0, 200, 400, 400])
    assert priced[f"{POST}.per_fte.overheads.monthly.cost"][5:9] == about([0, 0.2 * MONTH, 0.4 * MONTH, 0.4 * MONTH])
    full = [48 * MONTH * 1.1 + 4_800 * factor for factor in (1, 1.1, 1.21)]
    assert priced[f"{POST}.full_year_effect"] == about(full)
    assert priced[f"{POST}.cost"][1:] == about(full[1:])


def test_costs_of_each_fte_in_older_prices_are_raised_to_each_year() -> None:
    travel = {"id": "travel", "label": "Travel", "amount": 1_000, "inflation": "prices", "price_base": "2022/23"}
    priced = Priced({"fte": 1, "per_fte": [travel]})
    # Two years of 10% before the first: £1,210, £1,331, £1,464.10.
    assert priced[f"{POST}.per_fte.travel.cost"] == about([1_210, 1_331, 1_464.10])


def test_costs_met_once_in_older_prices_are_raised_to_their_year() -> None:
    advert = {"id": "advert", "label": "Advert", "amount": 1_000, "per": "post", "inflation": "prices"}
    priced = Priced({"fte": 1, "start": "2025-06", "one_off": [advert | {"price_base": "2022/23"}]})
    assert priced[f"{POST}.one_off.advert.cost"] == about([0, 1_331, 0])


def test_overheads_follow_what_those_in_post_are_paid() -> None:
    overheads = {"id": "overheads", "label": "Overheads", "percent": "10%"}
    post = {"fte": 4, "newly_qualified": {"grade": "starter", "months": 6}, "per_fte": [overheads]}
    # A tenth of 4 × £3,750 while all are newly qualified, then of 4 × £5,000.
    monthly = Priced(post)[f"{POST}.per_fte.overheads.monthly.cost"]
    assert monthly[:7] == about([1_500] * 6 + [2_000])


def test_people_are_counted_from_fte_where_they_are_not_stated() -> None:
    once = [
        {"id": "laptops", "label": "Laptops", "amount": 1_000, "per": "person", "inflation": "none"},
        {"id": "passes", "label": "Passes", "amount": 100, "per": "person", "inflation": "none"},
    ]
    priced = Priced({"fte": 2.5, "one_off": once})
    # Two full-timers and a part-timer are three people.
    assert priced[f"{POST}.one_off.laptops.cost"] == about([3_000, 0, 0])
    assert priced[f"{POST}.one_off.passes.cost"] == about([300, 0, 0])


def test_overheads_are_a_share_of_an_all_in_cost_too() -> None:
    post = {"fte": 2, "grade": "worker", "per_fte": [{"id": "overheads", "label": "Overheads", "percent": "10%"}]}
    case = case_with(post)
    data = {
        "id": "workers",
        "title": "W",
        "fte": 2,
        "annual_cost": 30_000,
        "price_base": "2024/25",
        "inflation": "none",
    }
    priced = Priced(None, options=[{"id": "team", "title": "Team", "posts": [data | {"per_fte": post["per_fte"]}]}])
    assert case is not None
    assert priced[f"{POST}.cost"] == about([66_000] * 3)


# Capital, and contributions in kind


OUTLAY = {
    "id": "home",
    "label": "Children's home",
    "amount": 100_000,
    "per": "once",
    "price_base": "2024/25",
    "inflation": "none",
    "start": "2024-09",
    "capital": "borrowed",
    "financing": {"life_years": 2, "rate": "5%"},
}


def test_a_funded_outlay_costs_revenue_nothing() -> None:
    funded = {name: value for name, value in OUTLAY.items() if name != "financing"} | {"capital": "funded"}
    priced = Priced(None, [funded])
    assert priced["options.team.cost"] == about([0, 0, 0])
    assert priced["options.team.capital_outlay"] == about([100_000, 0, 0])


def test_a_contribution_in_kind_is_shown_and_costs_no_cash() -> None:
    given = {"id": "nurse", "label": "A nurse", "amount": 40_000, "per": "year", "price_base": "2024/25"}
    priced = Priced(None, [given | {"inflation": "prices", "in_kind": "NHS trust"}])
    assert priced["options.team.in_kind"] == about([40_000, 44_000, 48_400])
    assert priced["options.team.cost"] == about([0, 0, 0])
    assert priced["options.team.full_year_effect"] == about([0, 0, 0])
