"""The page in real Chromium: accessibility by axe, nothing clipped, nothing overlapping, at desk, phone and print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from page_cases import MADE, SHIPPED, page

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


def shown(browser: Any, folder: Path, name: str, size: str) -> Any:
    """The page of a case in a window, as a reader finds it."""
    file = folder / "report.html"
    file.write_text(page(name), encoding="utf-8")
    width, height = SIZES[size]
    window = browser.new_page(viewport={"width": width, "height": height}, offline=True)
    asked: list[str] = []
    said: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    window.on("console", lambda message: said.append(message.text))
    window.on("dialog", lambda dialog: said.append(dialog.message))
    window.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert said == []
    return window


OPEN = """
() => {
  const all = [...document.querySelectorAll('details')];
  const derivations = all.filter(each => each.querySelector(':scope > .derivation'));
  all.filter(each => !derivations.includes(each)).concat(derivations.slice(0, 4)).forEach(each => each.open = true);
}
"""


ALIKE = """
() => {
  [...document.querySelectorAll('.derivation')].slice(3).forEach(each => each.replaceChildren('As above'));
  document.querySelectorAll('tbody').forEach(each => [...each.rows].slice(6, -4).forEach(row => row.remove()));
}
"""
# thousands of elements of three kinds and rows like those above them, which axe would take a minute to go through


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("wolverhampton-2015", "desktop"),
        ("wolverhampton-2015", "phone"),
        ("darlington-2010", "phone"),
        ("forecast", "desktop"),
        ("hostile", "phone"),
    ],
)
def test_axe_finds_nothing(browser: Any, tmp_path: Path, name: str, size: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    window = shown(browser, tmp_path, name, size)
    window.evaluate(ALIKE)
    assert faults(Axe().run(window)) == []
    window.evaluate(OPEN)
    # colours are the same on a phone, and working out what lies behind each word is nine tenths of axe's time
    assert faults(Axe().run(window, options={"rules": {"color-contrast": {"enabled": size == "desktop"}}})) == []
    window.close()


def test_axe_would_find_a_fault(browser: Any, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    window = shown(browser, tmp_path, "nothing", "desktop")
    window.evaluate(ALIKE)
    window.evaluate("document.querySelector('.summary, .facts').innerHTML += '<p style=\"color:#ccc\">pale</p><img>'")
    found = Axe().run(window).response["violations"]
    assert {"image-alt", "color-contrast"} <= {each["id"] for each in found}
    window.close()


def faults(found: Any) -> list[tuple[str, str]]:
    """What axe found wrong; it must have looked."""
    assert found.response["passes"]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found.response["violations"]]


LABELS = """
() => [...document.querySelectorAll('figure svg[role=img]')].map(svg => {
  const view = svg.viewBox.baseVal;
  return {
    width: view.width,
    height: view.height,
    labels: [...svg.querySelectorAll('text')].map(text => {
      const box = text.getBBox();
      return {text: text.textContent, left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height};
    }),
  };
})
"""


@pytest.mark.parametrize("name", [*SHIPPED, *MADE])
def test_no_label_is_clipped_and_no_two_overlap(browser: Any, tmp_path: Path, name: str) -> None:
    window = shown(browser, tmp_path, name, "desktop")
    charts = window.evaluate(LABELS)
    window.close()
    assert charts
    for chart in charts:
        labels = chart["labels"]
        assert labels
        for one in labels:
            assert one["left"] >= 0, one
            assert one["right"] <= chart["width"], one
            assert one["top"] >= 0, one
            assert one["bottom"] <= chart["height"], one
        for place, one in enumerate(labels):
            for other in labels[place + 1 :]:
                apart = (
                    one["right"] <= other["left"]
                    or other["right"] <= one["left"]
                    or one["bottom"] <= other["top"]
                    or other["bottom"] <= one["top"]
                )
                assert apart, (one, other)


SPILLS = """
() => [...document.querySelectorAll('body *')].filter(each => {
  if (each.closest('.scroll, .chart, .skip')) return false;
  const box = each.getBoundingClientRect();
  return box.width && box.right > document.documentElement.clientWidth + 1;
}).map(each => each.tagName + ' ' + each.className)
"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", [*SHIPPED, "forecast", "hostile"])
def test_the_page_never_scrolls_sideways(browser: Any, tmp_path: Path, name: str, size: str) -> None:
    window = shown(browser, tmp_path, name, size)
    window.evaluate(OPEN)
    assert window.evaluate(SPILLS) == []
    assert window.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    window.close()


@pytest.mark.parametrize("name", [*SHIPPED, "example-2026"])
def test_enlarged_two_and_four_times_nothing_is_out_of_sight_sideways(browser: Any, tmp_path: Path, name: str) -> None:
    """WCAG 1.4.10, with every fold, every explanation and every lever open, and a lever moved: but for tables and charts,
    which scroll in themselves, all is within the 640 and the 320 pixels that a window of 1,280 has then."""
    window = shown(browser, tmp_path, name, "desktop")
    window.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    window.evaluate("finmodelLevers.move(finmodelLevers.levers[0], finmodelLevers.levers[0].shown + 1)")
    window.evaluate("finmodelLevers.show()")
    for width in (640, 320):
        window.set_viewport_size({"width": width, "height": width * 5 // 8})
        assert window.evaluate(SPILLS) == []
        assert window.evaluate("document.documentElement.scrollWidth") <= width
    window.close()


def test_what_scrolls_can_be_reached_by_keyboard_and_has_a_name(browser: Any, tmp_path: Path) -> None:
    window = shown(browser, tmp_path, "wolverhampton-2015", "phone")
    window.evaluate(OPEN)
    regions = window.evaluate(
        "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).overflowX === 'auto')"
        ".map(e => [e.tabIndex, e.getAttribute('role'), e.hasAttribute('aria-label') || e.hasAttribute('aria-labelledby')])"
    )
    assert regions
    assert all(each == [0, "region", True] for each in regions)
    window.keyboard.press("Tab")
    assert window.evaluate("document.activeElement.textContent") == "Skip to the answer"
    assert window.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    window.close()


def test_in_print_folds_are_closed_unless_they_are_open(browser: Any, tmp_path: Path) -> None:
    window = shown(browser, tmp_path, "wolverhampton-2015", "desktop")
    window.emulate_media(media="print")
    height = "each => each.getBoundingClientRect().height"
    assert window.locator("#inputs-1").evaluate(height) == 0
    assert window.locator("#annex").evaluate(height) == 0, "a heading with nothing below it"
    window.locator("#inputs").evaluate("each => each.open = true")
    assert window.locator("#inputs-1").evaluate(height) > 100
    assert window.locator("#annex-heading").evaluate(height) > 10
    assert window.locator("#checks-table").evaluate(height) == 0
    assert not window.locator(".skip").is_visible()
    window.close()


def test_a_link_opens_every_fold_to_print_them(browser: Any, tmp_path: Path) -> None:
    window = shown(browser, tmp_path, "wolverhampton-2015", "desktop")
    window.get_by_text("Open every section, to print them all").click()
    window.emulate_media(media="print")
    height = "each => each.getBoundingClientRect().height"
    for table in ("#inputs-1", "#checks-table", "#side-by-side"):
        assert window.locator(table).evaluate(height) > 100, table
    window.close()


MOST_WORDS, MOST_DESK, MOST_PHONE, MOST_PAGES = 700, 2_800, 5_000, 3


@pytest.mark.parametrize("name", [*SHIPPED, "example-2026"])
def test_what_is_open_is_read_at_a_glance(browser: Any, tmp_path: Path, name: str) -> None:
    """The page's measures: words and height as a reader finds it, pages as it prints."""
    measured = {}
    for size in SIZES:
        window = shown(browser, tmp_path, name, size)
        measured[size] = window.evaluate("document.documentElement.scrollHeight")
        if size == "desktop":
            words = len(window.evaluate("document.body.innerText").split())
            printed = window.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
        window.close()
    assert words <= MOST_WORDS
    assert measured["desktop"] <= MOST_DESK
    assert measured["phone"] <= MOST_PHONE
    assert 1 <= printed <= MOST_PAGES


def test_colours_come_with_a_second_sign(browser: Any, tmp_path: Path) -> None:
    """In the charts a saving is hatched and a cost is plain; lines differ in their dashes."""
    window = shown(browser, tmp_path, "forecast", "desktop")
    assert "url(" in window.locator("rect.saving").first.get_attribute("fill")
    dashes = window.evaluate(
        "[...document.querySelectorAll('#chart-cumulative polyline')].map(each => getComputedStyle(each).strokeDasharray)"
    )
    assert len(dashes) == len(set(dashes)) > 1
    window.close()
