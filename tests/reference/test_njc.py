"""Council pay: spines, awards within a year, deleted points, and old points on the new spine."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import finmodel.reference
from finmodel.lines.periods import FinancialYear, Month
from finmodel.reference import (
    RateNotFoundError,
    last_agreed_pay,
    last_published_pay,
    njc_points,
    njc_salary,
    njc_spine_in_force,
    pay_is_published,
    weakest,
)

DATA = Path(finmodel.reference.__file__).parent / "data"


def month(text: str) -> Month:
    return Month.parse(text)


def lines() -> Iterator[tuple[int, dict[str, str]]]:
    with (DATA / "njc_pay_spine.csv").open(encoding="utf-8", newline="") as stream:
        yield from enumerate(csv.DictReader(stream), 2)


def test_the_award_of_january_2015_starts_in_its_own_month() -> None:
    before, after = njc_salary(month("2014-12"), 40, "old"), njc_salary(month("2015-01"), 40, "old")
    assert after.value == 34_746  # NJC circular, 2.2% from 1 January 2015
    assert round(before.value * 1.022) == after.value
    assert (before.effective, before.until) == (date(2013, 4, 1), date(2014, 12, 31))
    assert (after.effective, after.until) == (date(2015, 1, 1), date(2016, 3, 31))


@pytest.mark.parametrize(("point", "pounds"), [(6, 1_000), (7, 800), (8, 550), (9, 350), (10, 325)])
def test_the_lowest_points_got_pounds_in_january_2015(point: int, pounds: int) -> None:
    rise = njc_salary(month("2015-01"), point, "old").value - njc_salary(month("2014-12"), point, "old").value
    assert rise == pounds  # the offer of November 2014, as NICVA prints it


def test_one_worker_followed_through_every_award_from_2018_to_2025() -> None:
    pay = njc_salary(month("2018-04"), 29, "old").value
    awards = {2019: 1.02, 2020: 1.0275, 2021: 1.0175, 2022: 1_925, 2023: 1_925, 2024: 1_290, 2025: 1.032}
    for year, award in awards.items():
        pay = round(pay * award) if award < 2 else pay + award
        assert njc_salary(Month(year, 4), 23, "new").value == pay
    assert pay == 34_434


def test_pay_was_frozen_from_2010_to_2012() -> None:
    first = njc_salary(month("2009-04"), 35, "old")
    assert njc_salary(month("2013-03"), 35, "old") == first
    assert njc_salary(month("2013-04"), 35, "old").value == round(first.value * 1.01)
    assert first.until == date(2013, 3, 31)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        *((6, 1), (7, 1), (8, 2), (9, 2), (10, 3), (11, 3), (12, 4), (13, 4), (14, 5), (15, 5), (16, 6), (17, 6)),
        *((18, 7), (19, 8), (20, 9), (21, 11), (22, 12), (23, 14), (24, 15), (25, 17), (26, 19), (27, 20), (28, 22)),
        *((29, 23), (40, 34), (49, 43)),
    ],
)
def test_an_old_point_becomes_a_new_one_in_april_2019(old: int, new: int) -> None:
    april = month("2019-04")
    assert njc_salary(april, old, "old").value == njc_salary(april, new, "new").value
    assert f"Old point {old} became new point {new}" in njc_salary(april, old, "old").note


@pytest.mark.parametrize("old", range(6, 50))
def test_nobody_lost_pay_by_the_new_spine(old: int) -> None:
    assert njc_salary(month("2019-04"), old, "old").value > njc_salary(month("2019-03"), old, "old").value


@pytest.mark.parametrize(("old", "new", "mapping"), [(40, 34, "published"), (22, 12, "derived")])
def test_an_assimilated_salary_is_no_surer_than_its_parts(old: int, new: int, mapping: str) -> None:
    april = month("2024-04")
    direct = njc_salary(april, new, "new").confidence
    assert direct == "published"
    assert njc_salary(april, old, "old").confidence == weakest(direct, mapping)  # type: ignore[arg-type]
    assert njc_salary(april, old, "old").confidence == mapping


def test_the_old_spine_is_itself_to_march_2019() -> None:
    assert njc_spine_in_force(month("2019-03")) == "old"
    assert njc_spine_in_force(month("2019-04")) == "new"
    assert njc_salary(month("2019-03"), 29, "old").value == 26_470  # the offer of December 2017, point 29


def test_no_new_spine_before_april_2019() -> None:
    with pytest.raises(RateNotFoundError, match="starts in April 2019"):
        njc_salary(month("2019-03"), 23, "new")
    assert njc_points(month("2019-03"), "new") == ()


@pytest.mark.parametrize(
    ("spine", "point", "last", "first_without"),
    [
        ("old", 5, "2015-09", "2015-10"),
        ("new", 1, "2023-03", "2023-04"),
        ("new", 2, "2026-03", "2026-04"),
    ],
)
def test_a_deleted_point_is_paid_to_its_last_month_and_no_longer(
    spine: finmodel.reference.njc.SpineName, point: int, last: str, first_without: str
) -> None:
    kept = njc_salary(month(last), point, spine)
    assert kept.until == month(last).last_day
    assert point in njc_points(month(last), spine)
    assert point not in njc_points(month(first_without), spine)
    with pytest.raises(RateNotFoundError, match=f"Point {point} of the {spine} NJC spine was deleted on 1 "):
        njc_salary(month(first_without), point, spine)


def test_old_points_whose_new_point_is_gone_say_so() -> None:
    with pytest.raises(RateNotFoundError, match="Point 1 of the new NJC spine was deleted on 1 April 2023"):
        njc_salary(month("2023-04"), 6, "old")
    assert njc_points(month("2023-04"), "old") == tuple(range(8, 50))


def test_points() -> None:
    assert njc_points(month("2014-06"), "old") == tuple(range(5, 50))
    assert njc_points(month("2025-04"), "new") == tuple(range(2, 44))


@pytest.mark.parametrize("point", [0, 44, 50])
def test_an_unknown_point_says_which_exist(point: int) -> None:
    with pytest.raises(RateNotFoundError, match=r"The points in April 2025 are 2 to 43\. State the salary in the case"):
        njc_salary(month("2025-04"), point, "new")


@pytest.mark.parametrize("outside", ["2009-03", "2027-04"])
def test_outside_the_years_known_it_says_which_are(outside: str) -> None:
    with pytest.raises(RateNotFoundError, match=r"from 1 April 2009 to 31 March 2027\. State the salary"):
        njc_salary(month(outside), 30, "old")
    assert not pay_is_published(month(outside))


def test_what_is_published() -> None:
    assert last_published_pay() == month("2026-04")
    assert last_agreed_pay() == month("2025-04")  # that of 2026/27 is offered
    assert all(pay_is_published(each) for each in FinancialYear(2011).months)  # a freeze is a published spine
    assert pay_is_published(month("2027-03"))


def test_point_4_of_summer_2013_is_a_known_gap_and_not_a_guess() -> None:
    assert njc_salary(month("2013-03"), 4, "old").until == date(2013, 3, 31)
    with pytest.raises(RateNotFoundError, match=r"no salary for point 4 .* 5 to 49"):
        njc_salary(month("2013-04"), 4, "old")
    with pytest.raises(RateNotFoundError, match="deleted on 1 October 2013"):
        njc_salary(month("2013-10"), 4, "old")


def test_a_rate_knows_its_line() -> None:
    rate = njc_salary(month("2024-04"), 23, "new")
    line = next((number, row) for number, row in lines() if (row["year_from"], row["scp"]) == ("2024-04-01", "23"))
    assert (rate.dataset, rate.row) == ("njc_pay_spine", line[0])
    assert (rate.value, rate.source, rate.link) == (33_366, line[1]["source"], line[1]["source_url"])
    assert rate.unit == "£ a year"
