"""A case of demand alone through the commands: two versions compared, results made again, a copy to publish."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from shipped_demand import INPUTS, appraisal_of

from finmodel.appraisal.appraise import appraise
from finmodel.audit.versions.diff import compare
from finmodel.audit.versions.diff_bridge import bridge_text
from finmodel.audit.versions.diff_json import as_json as difference_as_json
from finmodel.audit.versions.diff_page import render_page
from finmodel.audit.versions.diff_text import as_text
from finmodel.audit.versions.old_results import results_in
from finmodel.audit.versions.reproduce import reproduce
from finmodel.case import LoadedCase, load_case
from finmodel.report.paper import paper
from finmodel.report.source_tables import confidences
from finmodel.report.write import write_public
from finmodel.results.appraised import results
from finmodel.results.plain import as_json

CASE = (INPUTS / "oxfordshire-2014" / "case.yaml").read_text(encoding="utf-8")
OUTTURN = "children: 510"
OUTPUTS = ("report.html", "report.xlsx", "report.docx", "results.json")


def case_of(folder: Path, text: str) -> LoadedCase:
    folder.mkdir()
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    return load_case(folder)


def test_a_changed_count_moves_figures_of_demand_and_they_are_named(tmp_path: Path) -> None:
    """512 for 510: at the end 7 fewer than 519 and not 9, so half a year from the start is £140,000 and not £180,000."""
    assert CASE.count(OUTTURN) == 1
    later = case_of(tmp_path / "later", CASE.replace(OUTTURN, "children: 512"))
    found = compare(appraisal_of("oxfordshire-2014").loaded, later)
    moved = {move.name: move for move in found.moved_demand}
    assert set(moved) == {f"avoided.{name}" for name in ("from_the_start", "by_the_middle", "at_the_end", "run_rate")}
    assert moved["avoided.from_the_start"].by == pytest.approx((7 - 9) * 40_000 / 2)
    said = "moved figures of children looked after"
    assert found.moved
    assert said in bridge_text(found)
    assert "from £180,000.00 to £140,000.00" in bridge_text(found)
    assert "£140,000.00" in as_text(found)
    assert "£140,000.00" in render_page(found)
    assert json.loads(difference_as_json(found))["demand"]["avoided.run_rate"]["by"] == pytest.approx(-80_000)


def test_a_changed_word_moves_nothing(tmp_path: Path) -> None:
    other = case_of(tmp_path / "other", CASE.replace("title: Pressures", "title: Pressure", 1))
    assert not compare(appraisal_of("oxfordshire-2014").loaded, other).moved


def test_results_come_out_again_and_a_figure_of_demand_that_does_not_is_found() -> None:
    appraisal = appraisal_of("oxfordshire-2014")
    written = json.loads(as_json(results(appraisal)))
    assert reproduce(results_in(json.dumps(written)), appraisal).figures == ()
    written["demand"]["projections"][1]["at_year_end"] = [600.0]
    (found,) = reproduce(results_in(json.dumps(written)), appraisal).figures
    assert found.address.startswith("demand.projections.least-squares.at_year_end")


def published(folder: Path, text: str) -> dict[str, bytes]:
    loaded = replace(case_of(folder, text), folder=Path("same"))
    write_public(appraise(loaded), folder / "out")
    return {name: (folder / "out" / name).read_bytes() for name in OUTPUTS}


def test_a_copy_to_publish_has_the_counts_and_gives_no_price_away(tmp_path: Path) -> None:
    """With another exempt price every byte is the same; counts by group, of which some are small, are not in it."""
    exempt = CASE + "exempt: [{of: placements.average, reason: Paragraph 3}]\nsmall_numbers: 5\n"
    copy = published(tmp_path / "one", exempt)
    assert published(tmp_path / "two", exempt.replace("unit_cost: 40000", "unit_cost: 41000")) == copy
    demand = json.loads(copy["results.json"])["demand"]
    assert [figure["values"] for figure in demand["counts"]] == [[416], [463], [519]]
    named = {figure["name"]: figure["shown"] for figure in demand["projections"]}
    assert (named["no-change"], named["least-squares"]) == (["519.0"], ["546.9"])
    assert b"546.9" in copy["report.html"]
    assert b"Residential schools" not in copy["report.html"]


def test_where_a_count_is_small_neither_it_nor_a_projection_from_it_is_published(tmp_path: Path) -> None:
    small = CASE.replace("date: 2014-09-01, children: 519", "date: 2014-09-01, children: 4") + "small_numbers: 5\n"
    demand = json.loads(published(tmp_path / "small", small)["results.json"])["demand"]
    assert [figure["shown"] for figure in demand["counts"]] == [["416.0"], ["463.0"], ["Fewer than 5"]]
    assert {each for figure in demand["projections"] for each in figure["shown"]} == {"Exempt"}


def test_inputs_are_counted_by_confidence_where_there_is_no_option_and_the_chart_has_room_for_its_legend() -> None:
    found = results(appraisal_of("oxfordshire-2014"))
    counted = {row.header: row.cells[1].text for row in confidences(found, ()).rows}
    assert counted["Assumed"] == "2"  # the price of a placement and the population that the paper's rate implies
    content = zipfile.ZipFile(BytesIO(paper(found))).read("word/document.xml").decode()
    (tall,) = re.findall(r'<wp:extent cx="\d+" cy="(\d+)"', content)
    assert int(tall) == pytest.approx(
        (6.2 + 4 * 0.55) * 360_000, abs=2
    )  # EMU in a centimetre; six lines, two of them free
