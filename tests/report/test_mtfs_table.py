"""The MTFS table as councils print it: shapes taken from published budget papers."""

from __future__ import annotations

import pytest
from budget_cases import case_of, cost, saving

from finmodel.report.mtfs_table import MAY_NOT_SUM, bracketed, bridge_table, mtfs_table
from finmodel.results.appraised import results


def printed(years: int, benefits: list, costs: list | None = None, shown_in: str = "pounds", **how: bool):
    found = results(case_of(years, {"id": "team", "costs": costs or [], "benefits": benefits}))
    return mtfs_table(found.options[0].mtfs, found.years, shown_in, **how)


def test_a_saving_that_grows_by_2_percent_totals_3_472_208_as_its_paper_prints_it() -> None:
    """Each year adds 842,440 raised by 2% a year: 842,440 + 859,288.80 + 876,474.576 + 894,004.06752."""
    added = [842_440 * 1.02**year for year in range(4)]
    levels = [sum(added[: year + 1]) for year in range(4)]
    table = printed(4, [saving("agency", levels)], total_as_printed=True)
    row = table.rows[0]
    assert (row.reference, row.label) == ("CS-01", "Agency")
    assert row.cells == ("(842,440)", "(859,289)", "(876,475)", "(894,004)")
    assert row.total == "(3,472,208)"
    assert table.note == MAY_NOT_SUM  # before rounding it is (3,472,207)
    exact = printed(4, [saving("agency", levels)])
    assert exact.rows[0].total == "(3,472,207)"
    assert exact.note == MAY_NOT_SUM


def test_a_one_off_saving_is_reversed_the_year_after() -> None:
    table = printed(2, [saving("vacancies", [742_032, 97_000])])
    assert table.rows[0].cells == ("(742,032)", "645,032")
    assert table.rows[0].total == "(97,000)"
    assert table.note == ""


def test_three_alike_print_one_pound_less_than_they_come_to_and_the_note_says_so() -> None:
    """3 × (1,480,218.67) is (4,440,656.01), and 3 × (1,480,219) is (4,440,657)."""
    table = printed(3, [saving("placements", [1_480_218.67, 2_960_437.34, 4_440_656.01])])
    assert table.rows[0].cells == ("(1,480,219)",) * 3
    assert table.rows[0].total == "(4,440,656)"
    assert table.note == MAY_NOT_SUM


def test_growth_stands_before_savings_with_subtotals_and_a_net_change() -> None:
    table = printed(3, [saving("fewer", [0, 50_000, 80_000])], [cost("team", [30_000, 40_000, 40_000])])
    rows = [(row.reference, row.label, *row.cells, row.total, row.kind) for row in table.rows]
    assert rows == [
        ("CS-01", "Team", "30,000", "10,000", "0", "40,000", "growth"),
        ("", "Growth", "30,000", "10,000", "0", "40,000", "subtotal"),
        ("CS-02", "Fewer", "0", "(50,000)", "(30,000)", "(80,000)", "saving"),
        ("", "Savings, not stated which of the two", "0", "(50,000)", "(30,000)", "(80,000)", "subtotal"),
        ("", "Net change", "30,000", "(40,000)", "(30,000)", "(40,000)", "total"),
        ("", "Cumulative change", "30,000", "(10,000)", "(40,000)", "", "balance"),
    ]
    assert table.unit == "£"
    assert table.columns == ("Reference", "Line", "2015/16", "2016/17", "2017/18", "Total")


def test_in_thousands_columns_that_do_not_add_up_have_the_note() -> None:
    table = printed(1, [], [cost("a", 1_400), cost("b", 1_400)], "thousands")
    assert [row.cells for row in table.rows[:3]] == [("1",), ("1",), ("3",)]
    assert table.unit == "£000"
    assert table.note == MAY_NOT_SUM


def test_the_bridge_goes_from_opening_to_closing() -> None:
    found = results(case_of(2, {"id": "team", "costs": [cost("a", [100, 150])], "benefits": [saving("b", [0, 80])]}))
    table = bridge_table(found.options[0].mtfs, found.years)
    assert table.note == ""
    assert [(row.label, *row.cells) for row in table.rows] == [
        ("Opening", "0", "100"),
        ("Growth", "100", "50"),
        ("Savings", "0", "(80)"),
        ("Closing", "100", "70"),
    ]


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (-0.0, "0"), (1234, "1,234"), (-1234, "(1,234)")])
def test_savings_stand_in_brackets(value: float, text: str) -> None:
    assert bracketed(value) == text


def test_what_business_as_usual_costs_and_falls_away_is_said_to_count_as_a_reduction() -> None:
    team = {"id": "team", "costs": [cost("a", [100, 150])]}
    usual = {"id": "usual", "costs": [cost("b", [40, 40])]}
    found = results(case_of(2, team, usual, status_quo="usual"))
    assert "What business as usual costs falls away" in found.options[0].mtfs.note
    free = results(case_of(2, team, {"id": "usual", "costs": [cost("b", [0, 0])]}, status_quo="usual"))
    assert free.options[0].mtfs.note == ""
