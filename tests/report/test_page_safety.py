"""The page stands alone, is the same every time, and prints what a case says as text, whatever it says."""

from __future__ import annotations

import itertools
import re
import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace
from page_cases import HOSTILE, INPUTS, MADE, SHIPPED, appraisal, appraisal_of, hostile, only_our_script, page, read

from finmodel.appraisal.appraise import appraise
from finmodel.case import load_case
from finmodel.document import templating
from finmodel.document.parts import Fold, Heading
from finmodel.document.table import Cell, Row, Table
from finmodel.document.templating import templates_folder
from finmodel.report.page import render_page
from finmodel.report.page_limits import listed, shortened

ALLOWED = {"title", "desc", "style", "meta", "link", "script"}


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_case_says_is_printed_as_text(text: str) -> None:
    html = render_page(appraisal_of(hostile(text)))
    root = read(html)
    only_our_script(html)
    assert root.all("img") == []
    for element in root.walk():
        assert not [name for name in element.attributes if name.startswith("on")], element.tag
        link = element.attributes.get("href", "#")
        assert link.startswith(("#", "https://", "http://")), link
    shown = re.sub("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", lambda mark: f"[U+{ord(mark[0]):04X}]", text)
    assert root.all("h1")[0].text() == " ".join(shown.split())
    assert " ".join(shown.split()) in root.by_id("all-arguments").text()


def test_templates_in_a_case_are_not_run() -> None:
    assert "49" not in read(render_page(appraisal_of(hostile("{{7*7}}")))).all("h1")[0].text()


@pytest.mark.parametrize("mark", "\u061c\u200e\u200f\u202a\u202e\u2066\u2069")
def test_marks_that_reorder_text_are_seen_and_do_nothing(mark: str) -> None:
    html = render_page(appraisal_of(hostile(f"a{mark}b")))
    assert mark not in html
    assert f"a[U+{ord(mark):04X}]b" in html


@pytest.mark.parametrize("name", SHIPPED)
def test_the_page_needs_nothing_from_elsewhere(name: str) -> None:
    root = read(page(name))
    for element in root.walk():
        assert "src" not in element.attributes
        assert element.tag not in {"link", "iframe", "object", "embed", "img", "base", "form"}
        if "href" in element.attributes:
            assert element.tag == "a"
    for sheet in root.all("style"):
        assert "url(" not in sheet.text()
        assert "@import" not in sheet.text()


@pytest.mark.parametrize("name", SHIPPED)
def test_the_same_case_gives_the_same_page(name: str) -> None:
    assert render_page(appraise(load_case(INPUTS / name))) == page(name)


@pytest.mark.parametrize("name", [*SHIPPED, *MADE])
def test_every_id_is_there_once_and_every_reference_finds_its_own(name: str) -> None:
    root = read(page(name))
    ids = [element.attributes["id"] for element in root.walk() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    for element in root.walk():
        named = element.attributes.get("aria-labelledby", "").split()
        named += [element.attributes["href"][1:]] if element.attributes.get("href", "").startswith("#") else []
        named += re.findall(r"url\(#([^)]+)\)", element.attributes.get("fill", ""))
        assert set(named) <= set(ids), named


@pytest.mark.parametrize("name", [*SHIPPED, *MADE])
def test_headings_go_down_one_step_at_a_time(name: str) -> None:
    levels = [int(each.tag[1]) for each in read(page(name)).walk() if re.fullmatch(r"h[1-6]", each.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_table_has_a_caption_and_scopes(name: str) -> None:
    for table in read(page(name)).all("table"):
        assert table.all("caption")[0].text()
        assert all(head.attributes.get("scope") in {"col", "row", "rowgroup"} for head in table.all("th"))
        widths = {len(row.all("td")) + len(row.all("th")) for row in table.all("tr") if "group" not in row.classes}
        assert len(widths) == 1


def test_the_page_is_small() -> None:
    assert len(page("wolverhampton-2015").encode()) < 620_000
    assert len(page("darlington-2010").encode()) < 330_000


def test_the_page_of_many_options_and_years_stays_in_hand() -> None:
    html = page("crowd")
    assert len(html.encode()) < 2_000_000
    assert "where only the first step is shown" in html
    assert "more tables and charts are left out of this page: report.xlsx and results.json have" in html
    for words in ("where only the first step is shown", "left out of this page"):
        assert words not in page("wolverhampton-2015")


def test_a_fold_beyond_what_a_page_has_room_for_says_how_much_it_leaves_out() -> None:
    """Tables of 90 rows and 10 columns have 990 cells: two go into 2,000, and the heading of the third goes with it."""
    rows = tuple(Row(f"{number}", (Cell("1"),) * 10) for number in range(90))
    tables = [Table(f"t{number}", "T", "", (Cell("A"),) * 10, rows) for number in range(4)]
    parts = tuple(part for table in tables for part in (Heading(table.id), table))
    kept = shortened(Fold("Posts", "", parts), years=5).parts
    assert kept[:-1] == parts[:4]
    assert kept[-1].text.startswith("2 more tables and charts are left out")  # type: ignore[union-attr]
    assert shortened(Fold("Posts", "", parts[:4]), years=5).parts == parts[:4]
    larger = replace(tables[0], rows=rows * 3)
    assert shortened(Fold("Posts", "", (larger,)), years=5).parts == (larger,)


def test_of_very_many_inputs_each_table_lists_its_first() -> None:
    table = Table("inputs-1", "Inputs", "Input", (), tuple(Row(f"{number}") for number in range(601)))
    (kept,) = listed([table])
    assert [row.header for row in kept.rows] == [f"{number}" for number in range(40)]
    assert kept.note.startswith("And 561 more inputs, each with its source, on the sheets of inputs of report.xlsx")
    assert listed([replace(table, rows=table.rows[1:])]) == (replace(table, rows=table.rows[1:]),)


def test_no_part_is_told_twice_and_none_is_left_untold() -> None:
    """Every part that is "explained above" is explained above, in full."""
    told: set[str] = set()
    for item in read(page("wolverhampton-2015")).all("li"):
        if not item.all("code"):
            continue
        key = f"{item.all('code')[0].text()} {item.all('span', 'figure-label')[0].text()}"
        own = item.all("div", "figure-rule")[0].text()
        if "(explained above)" in own:
            assert key in told, key
        elif "(made in the same way)" not in own:
            told.add(key)
    assert len(told) > 100


def test_every_headline_figure_opens() -> None:
    answer = read(page("wolverhampton-2015")).by_id("in-full")
    opened = [each.all("summary")[0].text() for each in answer.all("details", "figure")]
    assert opened == [
        "Cost of a full year, as priced: £504,712",
        "Cost as priced less the stated cost: £4,712",
        "Total cost: £2,095,341",
        "Children to break even over all the years shown: 13.1, rounded up to 14",
        "Children to break even in 2015/16 alone: 12.6, rounded up to 13",
        "A full year’s cost ÷ the price of a placement: 12.5, rounded up to 13",
        "Month in which it is paid back for good: not reached",
        "Net present budget impact: −£11,489",
        "Net present public value: −£11,489",
    ]
    assert "13.8%" in answer.text()  # down to the rate of National Insurance


def test_the_templates_are_found_in_a_package_before_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (templates_folder() / "document.html.j2").is_file()
    inside = tmp_path / "finmodel" / "templates"
    inside.mkdir(parents=True)
    (inside / "document.html.j2").write_text("", encoding="utf-8")
    monkeypatch.setattr(templating, "files", lambda _: tmp_path / "finmodel")
    assert templates_folder() == inside


def test_the_page_is_made_quickly() -> None:
    """Ten times what it takes on an idle machine, so that a busy one does not fail."""
    made = appraisal("wolverhampton-2015")
    start = time.process_time()
    render_page(made)
    assert time.process_time() - start < 3


def test_the_template_library_is_loaded_only_when_a_page_is_made() -> None:
    import subprocess

    code = "import sys, finmodel.report.page; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
