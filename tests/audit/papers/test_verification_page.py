"""The page of a verification: the answer first, text as text, and in real Chromium no fault that axe can find."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from document.seen import scroll_unsaid, too_small
from made_papers import of_every_kind
from made_verifications import HOSTILE, agreeing, empty, hostile, mixed
from report.page_cases import Element, read, rows_of

from finmodel.audit.papers.page import render_page
from finmodel.audit.papers.verification import Verification
from finmodel.audit.papers.write import write_verification

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
PAGES = {
    "mixed": mixed,
    "every kind": of_every_kind,
    "agreeing": agreeing,
    "empty": empty,
    "hostile": lambda: hostile(HOSTILE[1]),
}


def page(found: Verification) -> Element:
    return read(render_page(found))


def heads(table: Element) -> list[str]:
    return [each.text() for each in table.all("thead")[0].all("th")]


def test_the_answer_comes_first_and_in_words() -> None:
    answer = page(mixed()).by_id("answer").text()
    assert "One printed figure does not follow" in answer
    assert "Of four workings, one agrees, one is truncated, one does not follow and one cannot be checked." in answer
    assert "The one that agrees does so within the rounding of what is printed." in answer
    assert "Also, there are one error and one warning among the other findings." in answer
    assert "Saving: £0.6m printed, £520,000 worked out (paragraph 4.1)" in answer


def test_the_answer_of_a_paper_that_agrees_raises_no_alarm() -> None:
    root = page(agreeing())
    assert "Every figure that can be checked agrees" in root.by_id("answer").text()
    assert "alarm" not in root.by_id("answer").all("div")[0].attributes["class"]


def test_the_answer_of_a_file_without_workings() -> None:
    root = page(empty())
    assert "Nothing could be checked" in root.by_id("answer").text()
    assert root.all("rect") == []


def test_what_does_not_follow_is_told_with_all_that_explains_it() -> None:
    told = page(mixed()).by_id("check-2").text()
    for text in (
        "Saving",
        "£0.6m",
        "paragraph 4.1",
        "‘Children’ × ‘Placement cost’",
        "thirteen × £40,000",
        "£520,000; with rounding, £513,500 to under £526,500",
        "£80,000 more",
        "14 to 16",
        "7.7% more",
        "The saving of so many children.",
    ):
        assert text in told


def test_every_check_and_every_figure_stands_in_its_table() -> None:
    found = mixed()
    root = page(found)
    checks = rows_of(root.by_id("checks-table"))
    assert heads(root.by_id("checks-table")) == [
        "Figure, and where it is printed", "Printed", "Working", "Gives", "Difference", "Verdict",
    ]  # fmt: skip
    assert heads(root.by_id("figures-table")) == [
        "Figure", "Printed", "Where", "Read as", "Values it may have", "Used in",
    ]  # fmt: skip
    assert heads(root.by_id("findings-1")) == [
        "Figure, and where it is printed", "Level", "Finding", "Other figures concerned",
    ]  # fmt: skip
    assert list(checks) == ["1. Children", "2. Saving", "3. Rate", "4. Total"]
    assert [cells[-1] for cells in checks.values()] == [
        "Agrees within rounding",
        "Does not follow",
        "Truncated",
        "Cannot be checked",
    ]
    figures = rows_of(root.by_id("figures-table"))
    assert [cells[0] for cells in figures.values()] == [figure.printed for figure in found.figures]
    assert "0123456789abcdef" in root.by_id("provenance").text()


def test_every_finding_is_there() -> None:
    told = page(mixed()).by_id("findings").text()
    assert "The child population comes out twice." in told
    assert "Error" in told
    assert "Warning" in told


def test_the_bar_is_told_in_words_too() -> None:
    root = page(mixed())
    bar = root.by_id("answer").all("svg")[0]
    assert [len(bar.all("desc")), bar.all("desc")[0].text()] == [
        1,
        "Of four workings, one agrees, one is truncated, one does not follow and one cannot be checked.",
    ]
    widths = [float(each.attributes["width"]) for each in bar.all("rect") if each.attributes["height"] == "34.0"]
    assert len(set(widths)) == 1  # one check of each
    assert sum(widths) == pytest.approx(760 - 3 * 3, abs=0.5)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_paper_says_is_printed_as_text(text: str) -> None:
    html = render_page(hostile(text))
    root = read(html)
    assert root.all("script") == []
    assert root.all("img") == []
    for element in root.walk():
        assert not [name for name in element.attributes if name.startswith("on")], element.tag
        assert element.attributes.get("href", "#").startswith("#"), "a link that is not to a web page is no link"
    shown = re.sub("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", lambda mark: f"[U+{ord(mark[0]):04X}]", text)
    assert " ".join(shown.split()) in root.all("h1")[0].text()
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_there_once_and_headings_go_down_one_step_at_a_time(name: str) -> None:
    root = page(PAGES[name]())
    ids = [element.attributes["id"] for element in root.walk() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    for element in root.walk():
        named = element.attributes.get("aria-labelledby", "").split()
        named += [element.attributes["href"][1:]] if element.attributes.get("href", "").startswith("#") else []
        assert set(named) <= set(ids)
    levels = [int(each.tag[1]) for each in root.walk() if re.fullmatch(r"h[1-6]", each.tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_two_runs_in_programs_of_their_own_write_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from made_papers import of_every_kind;"
        "from finmodel.audit.papers.write import write_verification;"
        "write_verification(of_every_kind(), Path(sys.argv[1]))"
    )
    here = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    for name, seed in (("one", "1"), ("two", "2")):
        environment = {**os.environ, "PYTHONPATH": here, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", program, str(tmp_path / name)], env=environment, check=True)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == ["verification.html", "verification.json", "verification.xlsx"]
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_writing_gives_the_paths_of_page_workbook_and_json(tmp_path: Path) -> None:
    written = write_verification(mixed(), tmp_path / "out")
    assert {path.name for path in written} == {"verification.html", "verification.json", "verification.xlsx"}
    assert all(path.stat().st_size for path in written)


def shown(browser: Any, folder: Path, found: Verification, size: str) -> Any:
    """The page in a window, which must ask for nothing else and say nothing."""
    file = folder / "verification.html"
    file.write_text(render_page(found), encoding="utf-8")
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


OPEN = "document.querySelectorAll('details').forEach(each => each.open = true)"
SPILLS = """
() => [...document.querySelectorAll('body *')].filter(each => {
  if (each.closest('.scroll, .skip')) return false;
  const box = each.getBoundingClientRect();
  return box.width && box.right > document.documentElement.clientWidth + 1;
}).map(each => each.tagName + ' ' + each.className)
"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_spills(browser: Any, tmp_path: Path, name: str, size: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    window = shown(browser, tmp_path, PAGES[name](), size)
    window.evaluate(OPEN)
    found = Axe().run(window).response
    assert found["passes"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]] == []
    assert window.evaluate(SPILLS) == []
    assert window.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    if size == "phone":
        assert scroll_unsaid(window) == []
        assert too_small(window) == []
    window.close()


def test_the_measures_of_a_page_would_find_a_fault(browser: Any, tmp_path: Path) -> None:
    window = shown(browser, tmp_path, mixed(), "phone")
    window.evaluate("document.querySelector('.notice p').style.fontSize = '7pt'")
    window.evaluate("document.querySelectorAll('.reach').forEach(each => each.remove())")
    assert [each[1] for each in too_small(window)] == ["P", "P"]  # on the screen and on paper
    assert scroll_unsaid(window)
    window.close()


def test_verdicts_differ_in_more_than_colour(browser: Any, tmp_path: Path) -> None:
    window = shown(browser, tmp_path, mixed(), "desktop")
    fills = window.evaluate("[...document.querySelectorAll('.tally > svg > rect')].map(e => getComputedStyle(e).fill)")
    assert len(set(fills)) == 4
    assert sum("url(" in fill for fill in fills) == 1
    texts = window.locator(".tally b").all_inner_texts()
    assert texts == ["One agrees", "One is truncated", "One does not follow", "One cannot be checked"]
    window.close()


def test_paper_says_what_is_folded_and_prints_what_is_open(browser: Any, tmp_path: Path) -> None:
    window = shown(browser, tmp_path, of_every_kind(), "desktop")
    window.emulate_media(media="print")
    height = "each => each.getBoundingClientRect().height"
    assert not window.locator(".skip").is_visible()
    assert window.locator(".notice").first.is_visible()
    assert window.locator("#checks > summary").is_visible()
    assert window.locator("#checks-table").evaluate(height) == 0
    assert window.locator("#provenance p").first.evaluate(height) > 0
    window.evaluate("document.querySelector('#checks').open = true")
    assert window.locator("#checks-table").evaluate(height) > 100
    assert window.pdf(prefer_css_page_size=True).startswith(b"%PDF-")
    window.close()
