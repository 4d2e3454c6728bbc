"""Verdicts and findings, each worked by hand."""

from __future__ import annotations

import pytest
from quoting import checked, figure, verified

from finmodel.audit.papers.verification import CheckedWorking, How, InconsistencyKind, Level, WorkingVerdict


def of(check: CheckedWorking) -> tuple[WorkingVerdict, How]:
    return check.verdict, check.how


def test_exactly() -> None:
    """3 x 36,729 = 110,187 (Darlington, February 2010, paragraph 21 (b))."""
    each = figure("£36,729", "£ per post")
    check = checked("three * each", "£110,187", "£", three=figure("three", "posts"), each=each)
    assert of(check) == (WorkingVerdict.AGREES, How.EXACTLY)
    assert check.with_numbers == "three * £36,729"
    assert check.inputs == ("three", "each")
    assert check.recomputed is not None
    assert check.recomputed.value == 110_187
    assert (check.recomputed.low, check.recomputed.high) == (110_185.5, 110_188.5)
    assert check.difference == 0


def test_within_the_rounding_of_the_result() -> None:
    """41 / 250.5 = 16.367…%, printed 16.4%."""
    check = checked("share(agency, all)", "16.4%", "%", agency=figure("41", "FTE"), all=figure("250.5", "FTE"))
    assert of(check) == (WorkingVerdict.AGREES, How.WITHIN_ROUNDING)


def test_within_the_rounding_of_the_figures() -> None:
    """1.2m + 1.3m = 2.5m as printed; 1.24m + 1.34m = 2.58m would be printed 2.6m."""
    check = checked("a + b", "£2.6m", "£", a=figure("£1.2m"), b=figure("£1.3m"))
    assert of(check) == (WorkingVerdict.AGREES, How.WITHIN_ROUNDING)
    assert check.difference == pytest.approx(100_000)
    assert check.difference_text == "+£100,000"


def test_just_outside_the_rounding_of_the_figures() -> None:
    """1.2m + 1.3m is under 2.6m, and what is printed 2.7m is 2.65m or more."""
    check = checked("a + b", "£2.7m", "£", a=figure("£1.2m"), b=figure("£1.3m"))
    assert check.verdict is not WorkingVerdict.AGREES


def test_truncated() -> None:
    """656 cases / 22 social workers = 29.818…, printed 29 (Darlington, February 2010, paragraph 11)."""
    cases, workers = figure("656", "cases"), figure("22", "social workers")
    check = checked("cases / workers", "29", "cases per worker", cases=cases, workers=workers)
    assert check.verdict is WorkingVerdict.TRUNCATED
    assert check.sentence == "The working gives 29.82, which rounds to 30; 29 is what is left when it is cut off."


def test_rounded_up_where_it_should_be_rounded() -> None:
    """100 / 7 = 14.2857…, printed 15."""
    check = checked("cases / 7", "15", "cases per worker", cases=figure("100", "cases"))
    assert check.verdict is WorkingVerdict.TRUNCATED
    assert check.sentence.endswith("15 is what is left when it is rounded up.")


def test_a_fall_cut_off() -> None:
    """180 / 190 - 1 = -5.263…%, printed -5.2%."""
    check = checked("growth(old, new)", "-5.2%", "%", old=figure("190", "children"), new=figure("180", "children"))
    assert check.verdict is WorkingVerdict.TRUNCATED
    assert "rounds to \N{MINUS SIGN}5.3%" in check.sentence
    assert "cut off" in check.sentence


def test_a_count_off_by_one_is_not_a_matter_of_rounding() -> None:
    check = checked("a + b", "31", "children", a=figure("12", "children"), b=figure("18", "children"))
    assert check.verdict is WorkingVerdict.DOES_NOT_FOLLOW
    assert check.sentence == "The working gives 30, and 31 is printed, which is 1 more."
    assert [(near.figure, near.needed, near.change_text) for near in check.nearest] == [
        ("b", "19", "+5.6%"),
        ("a", "13", "+8.3%"),
    ]


def test_does_not_follow() -> None:
    """656 / 22 = 29.82. For 31 it would take 30.5 x 22 = 671 to under 31.5 x 22 = 693 cases, or 656 / 31.5 = 20.8 to
    656 / 30.5 = 21.5 workers, which is 21."""
    cases, workers = figure("656", "cases"), figure("22", "social workers")
    check = checked("cases / workers", "31", "cases per worker", cases=cases, workers=workers)
    assert check.verdict is WorkingVerdict.DOES_NOT_FOLLOW
    assert check.difference == pytest.approx(31 - 656 / 22)
    assert check.difference_text == "+1.18"
    assert [(near.figure, near.needed) for near in check.nearest] == [("cases", "671 to 692"), ("workers", "21")]
    assert check.nearest[0].change == pytest.approx(671 / 656 - 1)


def test_a_percentage_that_does_not_follow_differs_in_points() -> None:
    check = checked("share(a, b)", "30%", "%", a=figure("1", "children"), b=figure("4", "children"))
    assert check.difference_text == "+5 percentage points"


def test_nearest_through_a_ceiling() -> None:
    """520,000 / 40,000 = 13. For 14 it takes over 520,000 to 560,000, or 500,000 / 14 = 35,714.29 to 500,000 / 13."""
    cost, each = figure("£500,000", exact="yes"), figure("£40,000", "£ per child", exact="yes")
    check = checked("break_even(cost, each)", "14", "children", cost=cost, each=each)
    assert check.verdict is WorkingVerdict.DOES_NOT_FOLLOW
    assert [(near.figure, near.needed) for near in check.nearest] == [
        ("each", "£35,715 to £38,461"),
        ("cost", "£520,001 to £560,000"),
    ]


def test_nearest_for_a_figure_that_comes_twice() -> None:
    """a / (a + 60) = 50% with a = 60; 59 / 119 = 49.6% and 61 / 121 = 50.4% are printed 50% as well."""
    check = checked("a / (a + b)", "50%", "%", a=figure("40", "children"), b=figure("60", "children"))
    by_name = {near.figure: near.needed for near in check.nearest}
    assert by_name["a"] == "59"
    assert by_name["b"] == "40"


def test_only_if_rounded_to_noughts() -> None:
    """1,000 x 460 = 460,000; £0.5m printed in full, £500,000, is that to the nearest hundred thousand."""
    check = checked("cases * each", "£500,000", "£", cases=figure("1003", "cases"), each=figure("£460", "£ per case"))
    assert of(check) == (WorkingVerdict.AGREES, How.IF_ROUNDED)
    assert check.rounded_to == "the nearest £100,000"
    assert "right only if £500,000 is rounded to the nearest £100,000" in check.sentence


def test_the_narrowest_rounding_is_named() -> None:
    check = checked("a + b", "£229,097", "£", a=figure("£110,000"), b=figure("£118,910"))
    assert check.rounded_to == "the nearest £1,000"
    assert "only if £110,000 is rounded" in check.sentence


def test_what_goes_in_has_two_significant_figures_at_the_least() -> None:
    """500,000 / 40,000 = 12.5, so thirteen. Twelve would need £480,000, which is £500,000 to one figure only."""
    cost, each = figure("£500,000"), figure("£40,000", "£ per child")
    check = checked("break_even(cost, each)", "twelve", "children", cost=cost, each=each)
    assert check.verdict is WorkingVerdict.DOES_NOT_FOLLOW


def test_an_exact_figure_is_not_taken_as_rounded() -> None:
    check = checked("a + b", "£229,097", "£", a=figure("£110,000", exact="yes"), b=figure("£118,913"))
    assert check.verdict is WorkingVerdict.DOES_NOT_FOLLOW


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        ("about 30", WorkingVerdict.AGREES),  # 27 to 33
        ("about 28", WorkingVerdict.DOES_NOT_FOLLOW),  # 27 to 29
        ("about 28.9", WorkingVerdict.DOES_NOT_FOLLOW),  # 28.8 to 29
        ("over 29", WorkingVerdict.AGREES),
        ("over 30", WorkingVerdict.DOES_NOT_FOLLOW),
        ("up to 30", WorkingVerdict.AGREES),
        ("up to 29", WorkingVerdict.DOES_NOT_FOLLOW),
        ("nearly 30", WorkingVerdict.AGREES),  # 27 to under 30
        ("just over 30", WorkingVerdict.DOES_NOT_FOLLOW),
        ("25-30", WorkingVerdict.AGREES),
        ("20-25", WorkingVerdict.DOES_NOT_FOLLOW),
    ],
)
def test_words_of_approximation_in_the_result(printed: str, verdict: WorkingVerdict) -> None:
    """656 / 22 = 29.818…"""
    check = checked("656 / workers", printed, "cases per worker", workers=figure("22", "social workers"))
    assert check.verdict is verdict


def test_a_limit_among_the_figures_leaves_the_result_open() -> None:
    check = checked(
        "cases / workers", "29", "cases per worker", cases=figure("over 600", "cases"), workers=figure("22", "posts")
    )
    assert check.verdict is WorkingVerdict.AGREES
    assert check.recomputed is not None
    assert (check.recomputed.low, check.recomputed.high) == (pytest.approx(600 / 22), None)


def test_a_divisor_that_may_be_nought_cannot_be_checked() -> None:
    check = checked("a / b", "5", a="10", b="0")
    assert check.verdict is WorkingVerdict.CANNOT_BE_CHECKED
    assert check.missing == "The working has no figure: the divisor may be zero."


def test_a_result_beyond_any_figure_cannot_be_checked() -> None:
    check = checked("a * a * a", "5", a="over 999,999")
    assert check.verdict is WorkingVerdict.CANNOT_BE_CHECKED
    assert check.missing == "The working has no figure: it gives more than a figure can be."


def test_what_the_file_says_cannot_be_checked() -> None:
    found = verified({"a": figure("5")}, {"figure": "a", "cannot": "The parts are not printed."})
    assert found.checks[0].verdict is WorkingVerdict.CANNOT_BE_CHECKED
    assert found.checks[0].missing == "The parts are not printed."
    assert found.follows


def test_a_figure_that_comes_twice_is_one_figure() -> None:
    """a from 39.5 to 40.5 over a + 60: 39.5 / 99.5 = 39.698…% to 40.5 / 100.5 = 40.298…%."""
    found = checked("a / (a + b)", "40%", "%", a="40", b=figure("60", "points", exact="yes"))
    assert found.recomputed is not None
    assert found.recomputed.low == pytest.approx(39.5 / 99.5)
    assert found.recomputed.high == pytest.approx(40.5 / 100.5)
    assert not found.too_wide


def test_a_range_that_is_too_wide_is_said_to_be() -> None:
    """a x (1 - a) rises to a half and falls beyond it; a is 0 to under 1."""
    found = checked("a * (1 - a)", "9", a="up to 1")
    assert found.too_wide
    assert "may be wider" in found.sentence


@pytest.mark.parametrize(
    ("working", "expected"),
    [
        ("a - (b - c)", "1 - (2 - 3)"),
        ("a - b - c", "1 - 2 - 3"),
        ("a / (b * c)", "1 / (2 * 3)"),
        ("(a + b) * c", "(1 + 2) * 3"),
        ("a * b / c", "1 * 2 / 3"),
        ("-(a + b)", "-(1 + 2)"),
        ("a + b * 12%", "1 + 2 * 12%"),
        ("a \N{MULTIPLICATION SIGN} b \N{DIVISION SIGN} c", "1 * 2 / 3"),
    ],
)
def test_the_working_with_its_numbers(working: str, expected: str) -> None:
    assert checked(working, "9", a="1", b="2", c="3").with_numbers == expected


# Findings


def kinds(found: object) -> list[tuple[InconsistencyKind, Level]]:
    return [(one.kind, one.level) for one in found.findings]  # type: ignore[attr-defined]


MIXED = (InconsistencyKind.MIXED_BASES, Level.ERROR)
UNITS = (InconsistencyKind.UNITS, Level.ERROR)


@pytest.mark.parametrize(
    "working", ["share(agency, all)", "agency / all", "remaining_share(agency, all)", "growth(agency, all)"]
)
def test_people_over_full_time_equivalents(working: str) -> None:
    figures = {"agency": figure("41", "people"), "all": figure("250.5", "FTE"), "part": figure("16.4%", "%")}
    found = verified(figures, {"figure": "part", "equals": working})
    assert kinds(found) == [MIXED]
    assert not found.follows
    assert found.findings[0].check == 1


def test_a_caseload_of_cases_over_full_time_equivalents_is_none_of_that() -> None:
    figures = {"cases": figure("656", "cases"), "all": figure("22.5", "FTE"), "each": figure("29.2", "cases per FTE")}
    assert verified(figures, {"figure": "each", "equals": "cases / all"}).findings == ()


def test_percentages_of_two_bases_do_not_add_up() -> None:
    figures = {
        "agency": figure("16%", "%", of="people"),
        "vacant": figure("10%", "%", of="FTE"),
        "both": figure("26%", "%"),
    }
    assert kinds(verified(figures, {"figure": "both", "equals": "agency + vacant"})) == [MIXED]


def test_pounds_and_children_do_not_add_up() -> None:
    figures = {"cost": figure("£500"), "children": figure("5", "children"), "all": figure("£505")}
    assert kinds(verified(figures, {"figure": "all", "equals": "cost + children"})) == [UNITS]


def test_a_working_in_another_unit_than_its_figure() -> None:
    figures = {"cost": figure("£500"), "children": figure("5", "children"), "each": figure("100", "children")}
    assert kinds(verified(figures, {"figure": "each", "equals": "cost / children"})) == [UNITS]


@pytest.mark.parametrize(
    ("working", "unit"),
    [
        ("cost / each", "children"),
        ("break_even(cost, each)", "children"),
        ("children * each", "£"),
        ("weekly * 52", "£"),
        ("weekly * 52", "£ per year"),
        ("weekly * weeks", "£"),
        ("share(children, all)", "%"),
        ("rate_per_10000(children, all)", "per 10,000"),
        ("population(children, rate)", "children"),
        ("children / rate * 10000", "children"),
        ("growth(children, all)", "%"),
        ("cost * share(children, all)", "£"),
        ("children / 3", "children per manager"),
    ],
)
def test_units_that_go_together(working: str, unit: str) -> None:
    figures = {
        "cost": figure("£500", "£ per year"),
        "each": figure("£50", "£ per child per year"),
        "children": figure("5", "children"),
        "all": figure("500", "children"),
        "weekly": figure("£300", "£ per week"),
        "weeks": figure("4", "weeks"),
        "rate": figure("46.2", "per 10,000"),
        "result": figure("£1" if "£" in unit else "1", unit),
    }
    assert verified(figures, {"figure": "result", "equals": working}).findings == ()


def test_weeks_and_years_do_not_add_up() -> None:
    figures = {"a": figure("£300", "£ per week"), "b": figure("£500", "£ a year"), "all": figure("£800")}
    assert UNITS in kinds(verified(figures, {"figure": "all", "equals": "a + b"}))


def test_things_of_two_names_are_asked_about() -> None:
    figures = {"a": figure("3", "children"), "b": figure("4", "posts"), "all": figure("7", "children")}
    found = verified(figures, {"figure": "all", "equals": "a + b"})
    assert kinds(found) == [(InconsistencyKind.UNITS, Level.WARNING)]
    assert found.follows


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("£229,097", "£229,097", []),
        ("£0.2m", "£229,097", []),
        ("£230,000", "£229,097", [(InconsistencyKind.TWO_VALUES, Level.WARNING)]),
        ("£229,907", "£229,097", [(InconsistencyKind.TWO_VALUES, Level.ERROR)]),
    ],
)
def test_one_name_printed_twice(one: str, other: str, expected: list[tuple[InconsistencyKind, Level]]) -> None:
    found = verified({"total": figure(one), "summary": figure(other, same_as="total")})
    assert kinds(found) == expected
    assert found.follows == all(level is Level.WARNING for _, level in expected)


def implied(*rates: str) -> list[tuple[InconsistencyKind, Level]]:
    """521 children at 46.2 per 10,000 are 521 / 46.25 to 521 / 46.15 ten-thousands: 112,648.6 to 112,892.7."""
    figures = {"children": figure("521", "children")}
    figures |= {f"rate_{place}": figure(rate, "per 10,000") for place, rate in enumerate(rates)}
    ways = [f"population(children, rate_{place})" for place in range(len(rates))]
    found = verified(figures, implied=[{"name": "all_children", "unit": "children", "ways": ways}])
    assert found.implied[0].overlap == (not found.findings)
    return kinds(found)


def test_implied_quantities() -> None:
    assert implied("46.2", "46.25") == []
    assert implied("46.2", "46.3") == [(InconsistencyKind.IMPLIED, Level.ERROR)]
    assert implied("46.2", "46", "46.24") == []


def test_an_implied_quantity_that_cannot_be_worked_out() -> None:
    figures = {"a": figure("5", "points"), "nought": figure("0", "points")}
    found = verified(figures, implied=[{"name": "x", "unit": "points", "ways": ["a / nought", "a"]}])
    assert found.implied[0].overlap is None
    assert found.implied[0].ways[0].missing
    assert found.follows
