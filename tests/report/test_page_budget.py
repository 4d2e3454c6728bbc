"""The page's sections on the budget, the choice and the assurance: figures of `results.json`, where it has them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from budget_cases import case_of as budget_case
from budget_cases import cost, saving
from page_cases import Element, appraisal_of, figures_of, hostile, read, rows_of
from page_cases import found as shipped_results
from page_cases import page as shipped_page
from plain_results import results, typed
from savings_cases import every_kind
from small_cases import case_of, option_of

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.case import load_case
from finmodel.report.page import render_page
from finmodel.report.page_budget import assurance_fold, budget_folds

FULL = Path(__file__).parents[1] / "case" / "cases" / "full"
ALWAYS = {"assurance"}  # every case has some: the page says what is not stated


@cache
def appraisal(name: str) -> Appraisal:
    return {
        "full": lambda: appraise(load_case(FULL)),
        "every-kind": lambda: appraisal_of(every_kind()),
        "short": _short,
        "nothing": lambda: appraisal_of(case_of(option_of())),
    }[name]()


def _short() -> Appraisal:
    reserve = {"id": "reserve", "label": "Reserve", "kind": "reserve", "opening": 100}
    funding = {"sources": [{"id": "savings", "label": "Savings", "kind": "savings"}, reserve]}
    team = {"id": "team", "costs": [cost("posts", 300.0)], "benefits": [saving("fewer", [0, 90])], "funding": funding}
    return budget_case(2, team)


@cache
def found(name: str) -> dict[str, Any]:
    return shipped_results(name) if "-20" in name else results(appraisal(name))


@cache
def root(name: str) -> Element:
    return read(shipped_page(name) if "-20" in name else render_page(appraisal(name)))


def ids(name: str) -> list[str]:
    return [each.attributes["id"] for each in root(name).all("details", "fold")]


def amount(text: str) -> float:
    """`(1,234)` or `−£1,234` as a number."""
    sign = -1 if text.startswith(("(", "−")) else 1
    return sign * float(re.sub(r"[^\d.]", "", text))


def amounts(cells: list[str]) -> list[float]:
    return [amount(cell) for cell in cells if cell]


CASES = ("wolverhampton-2015", "darlington-2010", "full", "every-kind", "short")


@pytest.mark.parametrize("name", CASES)
def test_the_first_budget_table_is_the_results(name: str) -> None:
    options = sorted(found(name)["options"], key=lambda option: not option["recommended"])
    option = next(option for option in options if option["mtfs"]["lines"])
    unit = 1000 if found(name)["mtfs"]["shown_in"] == "thousands" else 1
    table = root(name).by_id("mtfs-1")
    references = [line["reference"] for line in option["mtfs"]["lines"]]
    printed = {row.all("th")[0].text().partition(" ")[0]: row for row in table.all("tbody")[0].all("tr")}
    assert set(references) <= printed.keys()
    for reference in references:
        row = printed[reference]
        line = next(line for line in option["mtfs"]["lines"] if line["reference"] == reference)
        cells = amounts([cell.text() for cell in row.all("td")])
        assert cells == pytest.approx([value / unit for value in (*line["changes"], line["total"])], abs=0.501)
    rows = rows_of(table)
    total = option["mtfs"]["total"]
    assert amounts(rows["Net change"]) == pytest.approx(
        [value / unit for value in (*total["changes"], total["total"])], abs=0.501
    )
    bridge = rows_of(root(name).by_id("bridge-1"))
    for label in ("opening", "growth", "saving", "closing"):
        shown = bridge["Savings" if label == "saving" else label.capitalize()]
        assert amounts(shown) == pytest.approx([v / unit for v in option["mtfs"]["bridge"][label]], abs=0.501)


@pytest.mark.parametrize("name", ["wolverhampton-2015", "full", "short"])
def test_funding_and_the_reserve_are_the_results(name: str) -> None:
    options = sorted(found(name)["options"], key=lambda option: not option["recommended"])
    given = next(option["funding"] for option in options if option["funding"])
    rows = rows_of(root(name).by_id("funding-1"))
    assert amounts(rows["To be funded"]) == pytest.approx(given["need"], abs=0.501)
    for source in given["sources"]:
        assert amounts(rows[source["label"]]) == pytest.approx([*source["draw"], source["total"]], abs=0.501)
    short = [*given["shortfall"], given["total_shortfall"]]
    assert amounts(rows["Shortfall: not funded"]) == pytest.approx(short, abs=0.501)
    account = rows_of(root(name).by_id("reserve-1"))
    for label, figures in (("Opening balance", "opening"), ("Closing balance", "closing")):
        if given["reserve"][figures] is None:  # its balance is not stated: movements alone
            assert label not in account
        else:
            assert amounts(account[label]) == pytest.approx(given["reserve"][figures], abs=0.501)


def test_a_shortfall_cannot_be_missed() -> None:
    """The reserve of £100 pays a part of the first year's £300, the saving of £90 a part of the second's."""
    section = root("short").by_id("funding")
    (notice,) = section.all("div", "alarm")
    assert notice.all("p", "notice-title")[0].text() == "Not funded: £410 over the two years shown"
    assert "Shortfall: no source pays for £200 in 2015/16 and £210 in 2016/17." in notice.text()
    assert "There is no year in which the reserve is repaid." in section.text()


def test_no_shortfall_raises_no_alarm() -> None:
    assert root("wolverhampton-2015").by_id("funding").all("div", "alarm") == []


def test_both_stages_need_26_children_together() -> None:
    rows = rows_of(root("wolverhampton-2015").by_id("stages-table"))
    assert rows["Together"] == ["", "£1,027,000", "25.7, rounded up to 26"]


def test_nominal_stands_beside_real_and_present_values_beside_each_other() -> None:
    name = "wolverhampton-2015"
    first, rows = found(name)["options"][0], rows_of(root(name).by_id("real-1"))
    for figure, label in (("cost", "Cost"), ("cashable_saving", "Cashable saving"), ("net_saving", "Net saving")):
        assert amounts(rows[f"{label}, nominal"]) == pytest.approx(first["by_year"][figure], abs=0.501)
        assert amounts(rows[f"{label}, real"]) == pytest.approx(first["real"][figure], abs=0.501)


@pytest.mark.parametrize("name", ["wolverhampton-2015", "every-kind"])
def test_the_three_accounts_are_the_results(name: str) -> None:
    options, rows = found(name)["options"], figures_of(root(name), "accounts")
    for label, measure in (
        ("Net budget impact", "total_net_saving"),
        ("Net present budget impact", "net_present_budget_impact"),
        ("Net present budget impact at the current Green Book schedule", "net_present_budget_impact_at_green_book"),
        ("Net present budget impact at the Green Book’s sensitivity rates", "net_present_budget_impact_at_sensitivity"),
        ("Net present public value", "net_present_public_value"),
        ("Net present social value", "net_present_social_value"),
    ):
        for cell, option in zip(rows[label], options, strict=True):
            value = option["measures"][measure]
            assert cell == "No figure" if value is None else amount(cell) == pytest.approx(value, abs=0.501), label
    first = root(name).by_id("accounts-1").all("tr")
    shown = [amounts([cell.text() for cell in row.all("td")]) for row in first if row.all("td")]
    accounts = options[0]["accounts"]
    lines = [line for name in ("council", "public_sector") for line in accounts[name]["lines"]]
    assert shown == [pytest.approx(line["by_year"], abs=0.501) for line in lines]


def test_who_gains_and_the_ladders_are_the_results() -> None:
    options = found("every-kind")["options"]
    for index, option in enumerate(options):
        table = root("every-kind").by_id(f"gains-{index + 1}")
        for row, gain in zip(table.all("tbody")[0].all("tr"), option["public_value"], strict=True):
            assert row.all("th")[0].text("under").lower() == gain["body"].lower()
            cells = [cell.text() for cell in row.all("td")]
            assert amounts(cells) == pytest.approx([*gain["by_year"], gain["total"]], abs=0.501)
        rows = root("every-kind").by_id(f"other-savings-{index + 1}").all("tr")
        shown = [amounts([cell.text() for cell in row.all("td")]) for row in rows if row.all("td")]
        rungs = ("gross_saving", "after_deadweight", "after_optimism_bias", "cashable_saving")
        ladders = [each["by_year"][rung] for each in option["savings"] for rung in rungs]
        assert len(shown) == len(ladders)
        for cells, expected in zip(shown, ladders, strict=True):
            assert cells == pytest.approx(expected, abs=0.501)


def test_scores_stand_beside_money_with_their_flags() -> None:
    section, scoring = root("full").by_id("scores"), found("full")["scoring"]
    rows = figures_of(root("full"), "scores-table")
    for criterion in scoring["criteria"]:
        expected = [entry["scores"][criterion["id"]]["score"] for entry in scoring["options"]]
        assert amounts(rows[criterion["label"]]) == expected
    assert amounts(rows["Weighted total"]) == pytest.approx(
        [entry["weighted_total"] for entry in scoring["options"]], abs=0.00501
    )
    assert amounts(rows["Rank by score"]) == [entry["rank_by_score"] for entry in scoring["options"]]
    ranks = [entry["rank_by_net_present_budget_impact"] for entry in scoring["options"]]
    assert [
        None if cell == "No figure" else amount(cell) for cell in rows["Rank by net present budget impact"]
    ] == ranks
    for entry in scoring["options"]:
        for flag in entry["flags"]:
            assert f"{entry['title']}: {flag}" in section.text()


@pytest.mark.parametrize("name", ["wolverhampton-2015", "full", "nothing"])
def test_blanks_and_expired_entries_are_flagged(name: str) -> None:
    section, pack = root(name).by_id("assurance"), found(name)["assurance"]
    assert pack["flags"]
    for flag in pack["flags"]:
        assert flag in section.text()


def test_what_a_case_has_stands_on_the_page() -> None:
    expected = {"mtfs", "funding", "stages", "value", "scores", "benefits-risks", *ALWAYS}
    assert expected <= set(ids("full"))
    assert all(each.all("summary")[0].text() for each in root("full").all("details", "fold"))  # each says what it is


def test_a_case_with_none_of_it_has_none_of_the_folds() -> None:
    nothing = typed(found("nothing"))
    assert {each.id for each in (*budget_folds(nothing), *assurance_fold(nothing))} == ALWAYS


def test_what_a_case_says_is_text() -> None:
    words = "<img src=x onerror=alert(1)>"
    data = hostile(words)
    data["options"][0]["other_benefits"] = [{"what": words, "for_whom": words, "measured_by": words}]
    data["options"][0]["risk_table"] = [{"what": words}]
    html = read(render_page(appraisal_of(data)))
    assert html.all("img") == []
    assert words in html.by_id("risks-1").text()


@pytest.mark.parametrize("name", [*CASES, "nothing"])
def test_every_id_is_there_once_and_every_table_is_told(name: str) -> None:
    names = [each.attributes["id"] for each in root(name).walk() if "id" in each.attributes]
    assert len(names) == len(set(names))
    captions = [table.all("caption")[0].text() for table in root(name).all("table")]
    assert all(captions)


def test_the_page_stays_small() -> None:
    assert len(shipped_page("wolverhampton-2015").encode()) < 700_000
