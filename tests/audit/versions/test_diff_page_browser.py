"""The page of a comparison in real Chromium: accessible, nothing clipped or spilling, at desk, phone and print."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from document.seen import scroll_unsaid, too_small
from small_cases import option_of
from versions_cases import compared, fewer, post, team

from finmodel.audit.versions.diff_page import render_page

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
LONG = "a-name-as-long-as-any-may-be-in-this-one"


@cache
def pages() -> dict[str, str]:
    """A page with moves of every sort, one with small moves below a large figure, and one of the same case twice."""
    names = {"benefits": [fewer(4, start="2015-06")], "years": 3}
    new = team(post(3, 12_500, name=LONG), post(1, 30_000, "manager"), **names)
    new["options"].append(option_of("other", posts=[post(5)]))
    large = (team(post(200, 10_000), years=3), team(post(201, 10_010), years=3))
    return {
        "moves": render_page(compared(team(post(2, name=LONG), **names), new)),
        "small": render_page(compared(*large)),
        "same": render_page(compared(large[0], large[0])),
    }


@pytest.mark.parametrize(
    ("name", "size"), [("moves", "desktop"), ("moves", "phone"), ("small", "phone"), ("same", "desktop")]
)
def test_the_comparison_is_accessible_and_fits(browser: Any, tmp_path: Path, name: str, size: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    file = tmp_path / "diff.html"
    file.write_text(pages()[name], encoding="utf-8")
    width, height = SIZES[size]
    window = browser.new_page(viewport={"width": width, "height": height}, offline=True)
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    window.goto(file.as_uri())
    assert asked == [file.as_uri()]
    window.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(window)
    assert found.response["passes"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found.response["violations"]] == []
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    assert scroll_unsaid(window) == []
    assert too_small(window) == []
    window.close()


LABELS = """
() => [...document.querySelectorAll('svg[role=img]')].filter(svg => svg.checkVisibility()).map(svg => ({
  width: svg.viewBox.baseVal.width,
  boxes: [...svg.querySelectorAll('text')].map(text => {
    const box = text.getBBox();
    return [box.x, box.y, box.x + box.width, box.y + box.height, text.textContent];
  }),
}))
"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["moves", "small"])
def test_no_label_of_the_waterfall_is_clipped_or_overlaps(browser: Any, name: str, size: str) -> None:
    width, height = SIZES[size]
    window = browser.new_page(viewport={"width": width, "height": height}, offline=True)
    window.set_content(pages()[name])
    charts = window.evaluate(LABELS)
    window.close()
    assert charts
    for chart in charts:
        boxes = chart["boxes"]
        for place, (left, top, right, bottom, text) in enumerate(boxes):
            assert left >= 0, text
            assert right <= chart["width"], text
            for x1, y1, x2, y2, other in boxes[place + 1 :]:
                assert right <= x1 or x2 <= left or bottom <= y1 or y2 <= top, (text, other)


def test_in_print_what_moved_it_stands_open_and_what_is_folded_is_named(browser: Any) -> None:
    window = browser.new_page(offline=True)
    window.set_content(pages()["moves"])
    window.emulate_media(media="print")
    height = "each => each.getBoundingClientRect().height"
    assert window.locator("#waterfall-1").evaluate(height) > 100
    assert window.locator("#changes-table").evaluate(height) > 50
    fold = window.locator("details:has(> .scroll > #measures-1)")
    assert fold.locator("summary").is_visible()
    assert window.locator("#measures-1").evaluate(height) == 0
    fold.evaluate("each => each.open = true")
    assert window.locator("#measures-1").evaluate(height) > 100
    assert window.pdf(prefer_css_page_size=True).startswith(b"%PDF-")
    window.close()
