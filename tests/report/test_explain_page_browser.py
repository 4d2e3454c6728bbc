"""The pages of an explanation, down and up, in real Chromium: accessible, within the window, printable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import shipped_cases

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.explain import explain
from finmodel.report.dependents import dependents_of
from finmodel.report.explain_page import render_explanation, render_uses
from finmodel.report.named_figure import named_figure

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


@pytest.fixture(scope="module")
def darlington() -> Appraisal:
    return shipped_cases.appraisal_of("darlington-2010")


def down(appraisal: Appraisal, name: str) -> str:
    option = appraisal.case.options[0].id
    meant = named_figure(appraisal, name, option)
    return render_explanation(appraisal, explain(appraisal.results, meant.line, meant.period))


def up(appraisal: Appraisal, name: str) -> str:
    return render_uses(dependents_of(appraisal, named_figure(appraisal, name)))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("way", ["down", "up"])
def test_an_explanation_is_accessible_and_fits(
    browser: Any, tmp_path: Path, darlington: Appraisal, way: str, size: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = down(darlington, "net_present_budget_impact") if way == "down" else up(darlington, "discounting.rate")
    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")
    width, height = SIZES[size]
    window = browser.new_page(viewport={"width": width, "height": height}, offline=True)
    asked_for: list[str] = []
    window.on("request", lambda request: asked_for.append(request.url))
    window.goto(file.as_uri())
    assert asked_for == [file.as_uri()]
    found = Axe().run(window)
    assert found.response["passes"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found.response["violations"]] == []
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    window.emulate_media(media="print")
    assert window.locator("main").evaluate("each => each.getBoundingClientRect().height") > 500
    window.close()


def test_a_deep_derivation_stays_within_a_phone(browser: Any) -> None:
    wolverhampton = shipped_cases.appraisal_of("wolverhampton-2015")
    window = browser.new_page(viewport={"width": 390, "height": 844}, offline=True)
    window.set_content(down(wolverhampton, "net_present_budget_impact"))
    assert window.evaluate("document.documentElement.scrollWidth") <= 390
    window.close()


def test_the_page_says_the_figure_its_rule_and_every_input_once(darlington: Appraisal) -> None:
    page = down(darlington, "net_present_budget_impact")
    assert page.count('id="sources-table"') == 1
    table = page.partition('id="sources-table"')[2]
    for address in ("discounting.rate", "posts.lawyer.annual_cost"):
        assert address in table
    assert down(darlington, "net_present_budget_impact") == page


def test_a_figure_without_a_number_says_why(darlington: Appraisal) -> None:
    assert "No figure: not paid back within the years shown" in down(darlington, "payback_month")
    assert "not paid back within the years shown" in up(darlington, "discounting.rate").lower()


def test_what_nothing_is_made_from_is_told(darlington: Appraisal) -> None:
    assert "No line is made from it." in up(
        darlington, f"options.{darlington.case.options[0].id}.measures.payback_month"
    )
