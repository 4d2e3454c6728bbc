"""The Word paper: its structure, its figures against `results.json`, its bytes, and hostile text."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.oxml.ns import qn
from paper_results import INPUTS, every_kind_of_saving, scored_options, shipped, with_everything, without_texts
from plain_results import leading, typed
from test_financial_implications import as_printed

from finmodel.appraisal.appraise import appraise
from finmodel.case import load_case
from finmodel.document.templating import templates_folder
from finmodel.document.word_template import template
from finmodel.lines.display import number, pounds
from finmodel.parsing.problems import CannotBeDoneError
from finmodel.report.financial_implications import financial_implications
from finmodel.report.paper import paper
from finmodel.results.appraised import results

SHIPPED, MOST_PAGES = ("wolverhampton-2015", "darlington-2010", "example-2026"), 5
FOUND = {
    "wolverhampton": lambda: shipped("wolverhampton-2015"),
    "darlington": lambda: shipped("darlington-2010"),
    "everything": with_everything,
    "no texts": without_texts,
    "every kind of saving": every_kind_of_saving,
    "scored": scored_options,
}


@pytest.fixture(params=FOUND)
def found(request: pytest.FixtureRequest) -> dict[str, Any]:
    return FOUND[request.param]()


_papers: dict[str, bytes] = {}


def opened(found: dict[str, Any]) -> Any:
    """The paper of results; that of the same results is written once."""
    key = json.dumps(found, sort_keys=False)
    if key not in _papers:
        _papers[key] = paper(typed(found))
    return Document(BytesIO(_papers[key]))


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def headings(document: Any, level: int) -> list[str]:
    return [each.text for each in document.paragraphs if each.style.name == f"Heading {level}"]


def said(paragraph: Any) -> str:
    """Its text, without what keeps a minus sign and its figure on one line."""
    return str(paragraph.text).replace("−\u200d£", "−£")


def tables(document: Any) -> dict[str, list[list[str]]]:
    """Each table by its caption: the first paragraph of every cell, so without small print."""
    found = {}
    for table in document.tables:
        caption = table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        found.setdefault(caption, []).extend([[said(cell.paragraphs[0]) for cell in row.cells] for row in table.rows])
    return found


THREE = (
    "Option 1: Peripatetic units, Option 2: Developing specialist units and Option 3: Spreading the additional resource "
    "across the whole service"
)


def row(rows: list[list[str]], label: str) -> list[str]:
    return next(cells[1:] for cells in rows if cells[0] == label)


def test_headings_come_in_the_order_in_which_councils_print_them() -> None:
    names = headings(opened(shipped("wolverhampton-2015")), 1)
    assert names == [
        "Recommendations",
        "Purpose",
        "Background",
        "Options",
        "Financial implications",
        "Legal implications",
        "Equalities implications",
        "Environmental implications",
        "Human resources implications",
        "Property implications",
        "Appendix A: Figures behind the options",
        "Appendix B: Posts and costs",
        "Appendix C: Budget, funding and capital",
        "Appendix D: Savings",
        "Appendix E: How sure the figures are",
        "Appendix F: Assumptions and sources",
    ]


def test_no_section_is_invented_and_none_is_said_to_be_missing() -> None:
    document = opened(without_texts())
    assert headings(document, 1)[:3] == [
        "The proposal",
        "Financial implications",
        "Appendix A: Figures behind the options",
    ]
    said = " ".join(paragraph.text for paragraph in document.paragraphs)
    assert "leaves out" not in said
    assert "does not state" not in said


def test_the_paragraphs_are_those_of_the_narrative(found: dict[str, Any]) -> None:
    printed = [paragraph.text for paragraph in opened(found).paragraphs]
    for implications in financial_implications(typed(found)):
        assert set(implications.paragraphs) <= set(printed)


def test_every_figure_printed_is_in_the_results(found: dict[str, Any]) -> None:
    """In paragraphs and cells; captions number themselves, and rates stand with their dates as the results have them."""
    printed = as_printed(found)
    document = opened(found)
    texts = [each.text for each in document.paragraphs if each.style.name not in ("Caption", "Table Note")]
    texts += [cell for rows in tables(document).values() for cells in rows for cell in cells]
    wrong = [
        (one, text)
        for text in texts
        for one in re.findall(r"\d[\d,]*(?:\.\d+)?", text)
        if one.rstrip(",.") not in printed and not _counts_inputs(text)
    ]
    assert wrong == []


def _counts_inputs(text: str) -> bool:
    return text.isdigit() and len(text) < 4  # the tally of inputs by confidence


def test_the_table_of_the_body_is_the_results_cell_by_cell(found: dict[str, Any]) -> None:
    option = leading(found)[0]
    rows = next(rows for name, rows in tables(opened(found)).items() if name.startswith("Cost and saving by year: "))
    assert rows[0] == ["Cash of the year", *found["years"]]
    names = {"Cost": "cost", "Cashable saving": "cashable_saving", "Net saving": "net_saving"}
    if "capital_outlay" in option["by_year"]:
        names |= {"Capital outlay": "capital_outlay", "Cumulative net position": "cumulative_net_position"}
    else:
        names |= {"Cumulative net saving": "cumulative_net_saving"}
    assert row(rows, "Children fewer in care") == [number(value, 1) for value in option["by_year"]["children"]]
    for label, name in names.items():
        assert row(rows, label) == [pounds(value) for value in option["by_year"][name]]
    assert len(rows) == 2 + len(names)


def test_the_body_has_one_table_of_options_two_of_money_and_one_chart() -> None:
    for name in ("wolverhampton-2015", "darlington-2010", "example-2026"):
        document = opened(shipped(name))
        texts = [each for each in document.paragraphs if each.style.name in ("Heading 1", "Caption")]
        body = [each.text for each in texts[: [each.text.startswith("Appendix") for each in texts].index(True)]]
        assert sum(text.startswith("Table ") for text in body) == 4  # of options, two of money, what if
        assert sum(text.startswith("Figure ") for text in body) == (name != "darlington-2010")  # nothing is saved there
        money = body.index("Financial implications")
        assert [
            text.partition(": ")[2].partition(":")[0].partition(",")[0] for text in body[money + 1 : money + 3]
        ] == [
            "Cost and saving by year",
            "Changes to the base budget",
        ]


def test_the_savings_table_is_the_results_cell_by_cell() -> None:
    found = shipped("wolverhampton-2015")
    option = found["options"][0]
    rows = tables(opened(found))[f"Year by year: {THREE}"]
    names = {
        "Cost": "cost",
        "Gross saving": "gross_saving",
        "Saving after deadweight": "after_deadweight",
        "Saving after optimism bias": "after_optimism_bias",
        "Cashable saving": "cashable_saving",
        "Net saving": "net_saving",
        "Cumulative net saving": "cumulative_net_saving",
    }
    assert row(rows, "Children fewer in care") == [number(value, 1) for value in option["by_year"]["children"]]
    for label, name in names.items():
        assert row(rows, label) == [pounds(value) for value in option["by_year"][name]]


def test_the_options_side_by_side_are_the_results_cell_by_cell() -> None:
    found = shipped("wolverhampton-2015")
    rows = tables(opened(found))["What each option costs, saves and needs"]
    for label, name in (("Total cost", "total_cost"), ("Net present budget impact", "net_present_budget_impact")):
        assert row(rows, label) == [pounds(option["measures"][name]) for option in found["options"]]


def test_budget_changes_stand_in_brackets_where_they_save() -> None:
    found = tables(opened(with_everything()))
    rows = found["Changes to the base budget, £: Option 1: Peripatetic units"]
    assert rows[0] == ["Line, cash of the year", "2015/16", "2016/17", "2017/18", "2018/19", "Total"]
    assert row(rows, "CS-02 Placements avoided") == ["(742,032)", "645,032", "0", "0", "(97,000)"]
    assert row(rows, "CS-01 Social workers") == ["504,712", "17,093", "7,394", "10,426", "539,625"]
    assert row(rows, "Savings, not stated which of the two") == ["(742,032)", "645,032", "0", "0", "(97,000)"]
    assert row(rows, "Net change") == ["(237,320)", "662,125", "7,394", "10,425", "442,624"]
    bridge = found["From each year’s opening budget to its closing budget, £: Option 1: Peripatetic units"]
    assert row(bridge, "Opening") == ["0", "(237,320)", "424,805", "432,199"]
    assert row(bridge, "Closing") == ["(237,320)", "424,805", "432,199", "442,624"]


def test_a_pound_that_rounding_leaves_is_told_below_the_table() -> None:
    """7,394 + 0 is 7,394, but in 2018/19 10,426 + 0 is printed as 10,425."""
    notes = [each.text for each in opened(with_everything()).paragraphs if each.style.name == "Table Note"]
    told = next(note for note in notes if note.startswith("Growth is positive"))
    assert told.endswith("Figures may not sum because of rounding.")


def test_funding_stages_and_scores_have_their_tables() -> None:
    found = tables(opened(with_everything()))
    funding = found["From what it is funded: Option 1: Peripatetic units"]
    assert row(funding, "Shortfall: not funded") == ["£0", "£0", "£109,199", "£109,625", "£218,824"]
    reserve = found["Efficiency reserve: Option 1: Peripatetic units"]
    assert row(reserve, "Closing balance") == ["£795,288", "£683,483", "£683,483", "£683,483"]
    stages = found["Each stage, and all that count together"]
    assert row(stages, "Stage one: two units") == ["Yes", "£527,000", "13.2, rounded up to 14"]
    scores = found["Scores, and ranks by score and by money"]
    assert row(scores, "Reach") == ["3", "1"]
    assert row(scores, "Speed") == ["5", "Not scored"]
    assert row(scores, "Weighted total") == ["3.80", "1.00"]
    assert row(scores, "Rank by net present budget impact") == ["2", "No figure"]
    assert row(found["Weights at which another option comes first"], "Reach") == ["0.6", "0.714"]
    assert row(found["Critical conditions"], "Keeps to the budget") == ["Not met", "Not stated"]


def test_savings_and_who_gains_have_their_tables() -> None:
    results = every_kind_of_saving()
    option, found = leading(results)[0], tables(opened(results))
    savings, gains = found["Other savings, from gross to cashable: The team"], found["Who gains: The team"]
    for label, name in (("Gross saving", "gross_saving"), ("Cashable saving", "cashable_saving")):
        shown = [cells[1:] for cells in savings if cells[0] == label]
        assert shown == [[pounds(value) for value in claim["by_year"][name]] for claim in option["savings"]]
    expected = [[pounds(value) for value in (*gain["by_year"], gain["total"])] for gain in option["public_value"]]
    assert [cells[1:] for cells in gains[1:]] == expected


def test_the_rates_are_placed_in_words_and_not_by_the_names_of_files() -> None:
    rates = tables(opened(shipped("wolverhampton-2015")))["Rates used"]
    *_, place, _ = row(rates, "Apprenticeship levy, share of pay")
    assert place == "From 6 April 2017"
    assert not any(re.search(r"[a-z]_[a-z]|\d{4}-\d\d-\d\d", cell) for cells in rates for cell in cells)


def test_wide_tables_go_on_below_themselves() -> None:
    found = shipped("darlington-2010")
    option, years = found["options"][0], [f"{year}/{year % 100 + 1:02}" for year in range(2010, 2024)]
    found["years"], option["funding"] = years, None
    mtfs, long = option["mtfs"], [float(place) for place in range(14)]
    for table in (option["by_year"], option["posts"][0], option["real"], mtfs["total"], mtfs["bridge"], *mtfs["lines"]):
        for name, values in table.items():
            if isinstance(values, list):
                table[name] = long
    mtfs["cumulative"] = long
    for line in found["lines"].values():
        if len(line.get("values", ())) == 4:
            line["values"] = long
    for post in option["posts"]:
        post["cost"] = post["full_year_effect"] = [float(place) for place in range(14)]
        post["components"] = {}
    document = opened(found)
    captions = [each.text for each in document.paragraphs if each.style.name == "Caption"]
    split = [caption.partition(": ")[2] for caption in captions if ": Year by year: " in caption]
    assert split == [
        "Year by year: Additional posts, 2010/11 to 2016/17",
        "Year by year: Additional posts, 2017/18 to 2023/24",
    ]
    assert not any("continued" in caption for caption in captions)
    rows = tables(document)["Year by year: Additional posts"]
    heads = [cells for cells in rows if cells[0] == "Cash of the year"]
    assert [year for cells in heads for year in cells[1:]] == years


def test_header_rows_repeat_and_figures_stand_right(found: dict[str, Any]) -> None:
    document = opened(found)
    for table in document.tables[1:]:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    rows = next(table for table in document.tables if table.rows[0].cells[0].text == "Cash of the year").rows
    assert all(cell.paragraphs[0].style.name == "Table Figure" for cell in rows[-1].cells[1:])


def test_every_table_has_a_caption_and_every_chart_its_words(found: dict[str, Any]) -> None:
    document = opened(found)
    captions = [each.text for each in document.paragraphs if each.style.name == "Caption"]
    numbered = [caption for caption in captions if re.match(r"Table \d+: ", caption)]
    assert len(numbered) == len(document.tables) - 1  # but the title block
    charts = document.element.findall(f".//{qn('wp:docPr')}")
    assert len(charts) == sum(caption.startswith("Figure") for caption in captions) < 3
    assert all(chart.get("descr").startswith("Chart. ") for chart in charts)


def test_the_chart_holds_the_values_of_the_results_and_business_as_usual_is_its_zero_line() -> None:
    found = shipped("example-2026")
    chart = ElementTree.fromstring(part(paper(typed(found)), "word/charts/chart1.xml"))
    space = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    values = [[float(v.text) for v in each.iter(f"{space}v")] for each in chart.iter(f"{space}val")]
    by_year = {option["id"]: option["by_year"]["cumulative_net_position"] for option in found["options"]}
    assert values == [by_year["team"], by_year["whole-council"]]  # the others do not leave zero
    drawn = "{http://schemas.openxmlformats.org/drawingml/2006/main}ln"
    wide = [int(next(each.iter(drawn)).get("w")) for each in chart.iter(f"{space}ser")]
    assert wide[0] > wide[1]  # what is recommended is the strong line
    assert float(chart.find(f".//{space}min").get("val")) < 0 < float(chart.find(f".//{space}max").get("val"))


def test_language_page_numbers_and_properties() -> None:
    content = paper(typed(shipped("wolverhampton-2015")))
    languages = set(re.findall(r'<w:lang [^>]*w:val="([^"]+)"', part(content, "word/styles.xml")))
    assert languages == {"en-GB"}
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        foot = "".join(archive.read(name).decode() for name in names if name.startswith("word/footer"))
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert " PAGE " in foot
    assert " NUMPAGES " in foot
    assert not any("thumbnail" in name for name in names)
    core = Document(BytesIO(content)).core_properties
    assert core.title == "Investing to save: early intervention by social workers"
    assert core.author == "Wolverhampton City Council"
    assert core.created.isoformat()[:10] == core.modified.isoformat()[:10] == "2015-01-20"


def test_sections_and_paragraphs_are_numbered_by_word() -> None:
    document = opened(shipped("wolverhampton-2015"))
    for style, level in (("Heading 1", "0"), ("Numbered Paragraph", "1")):
        numbering = document.styles[style].element.pPr.numPr
        assert numbering is not None
        assert str(numbering.ilvl.val) == level
    recommended = [each.text for each in document.paragraphs if each.style.name == "Recommendation"]
    assert len(recommended) == 3


def test_the_same_results_give_the_same_bytes() -> None:
    loaded = load_case(INPUTS / "wolverhampton-2015")
    once, twice = (paper(results(appraise(each))) for each in (loaded, load_case(INPUTS / "wolverhampton-2015")))
    assert once == twice


HOSTILE = "=cmd|'/c calc'!A1 <script>alert(1)</script> & \x07\x00\u202etxet\ud800 ]]>"


def test_hostile_text_stays_text() -> None:
    found = with_everything()
    for holder in (found["case"], *found["options"]):
        holder["title"] = HOSTILE
    found["paper"] |= {"recommendations": [HOSTILE], "monitoring": HOSTILE, "implications": {"legal": HOSTILE}}
    found["options"][0]["posts"][0]["title"] = HOSTILE
    found["options"][0]["benefits"][0]["title"] = HOSTILE
    found["assurance"]["flags"] = [HOSTILE]
    content = paper(typed(found))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                text = archive.read(name).decode()
                ElementTree.fromstring(text)
                assert "<script" not in text
                assert "\u202e" not in text
    said = [each.text for each in Document(BytesIO(content)).paragraphs]
    assert "=cmd|'/c calc'!A1 <script>alert(1)</script> & [U+0007][U+0000][U+202E]txet[U+D800] ]]>" in said


def test_broken_sums_are_told_before_anything_else() -> None:
    found = shipped("darlington-2010")
    found["checks"]["all_hold"] = False
    found["checks"]["checks"][0]["holds"] = False
    said = [each.text for each in opened(found).paragraphs]
    assert any("do not use these figures" in text for text in said[:4])


def body_of(content: bytes) -> bytes:
    """The paper without its appendices, which begin on a new page."""
    document = Document(BytesIO(content))
    body = document.element.body
    first = next(each._p for each in document.paragraphs if each.text.startswith("Appendix A: "))
    assert first.find(f".//{qn('w:pageBreakBefore')}") is not None
    after = False
    for part_of in list(body):
        after |= part_of is first
        if after and part_of.tag != qn("w:sectPr"):
            body.remove(part_of)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


@pytest.mark.skipif(
    not shutil.which("soffice") and os.environ.get("CI") != "true", reason="LibreOffice is not installed"
)
def test_libreoffice_prints_it_and_no_body_is_longer_than_five_pages(tmp_path: Path) -> None:
    papers = {name: body_of(paper(typed(shipped(name)))) for name in SHIPPED} | {"all": paper(typed(with_everything()))}
    for name, content in papers.items():
        (tmp_path / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    sources = [str(tmp_path / f"{name}.docx") for name in papers]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *sources]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    if b"could not be loaded" in done.stdout + done.stderr and os.environ.get("CI") != "true":
        pytest.skip("LibreOffice Writer is not installed")
    pages = {name: len(re.findall(rb"/Type\s*/Page\b", (tmp_path / f"{name}.pdf").read_bytes())) for name in papers}
    assert pages["all"] > 0
    assert all(1 <= pages[name] <= MOST_PAGES for name in SHIPPED), pages


def test_a_template_of_a_council_gives_its_styles_and_keeps_its_head(tmp_path: Path) -> None:
    own = Document(str(templates_folder() / "paper.docx"))
    own.styles["Normal"].font.name = "Georgia"
    own.sections[0].header.paragraphs[0].text = "Our letterhead"
    own.add_paragraph("What a template shows as an example")
    own.save(str(tmp_path / "own.docx"))
    made = Document(BytesIO(paper(typed(shipped("darlington-2010")), tmp_path / "own.docx")))
    assert made.styles["Normal"].font.name == "Georgia"
    assert made.sections[0].header.paragraphs[0].text == "Our letterhead"
    assert not any("as an example" in each.text for each in made.paragraphs)


def test_a_template_that_lacks_styles_says_which_and_what_to_do(tmp_path: Path) -> None:
    Document().save(str(tmp_path / "plain.docx"))
    (tmp_path / "not.docx").write_text("no archive")
    found = typed(shipped("darlington-2010"))
    with pytest.raises(CannotBeDoneError) as raised:
        paper(found, tmp_path / "plain.docx")
    (problem,) = raised.value.problems
    assert "Numbered Paragraph, Recommendation, Table Text, Table Figure, Table Heading, Table Note" in problem.what
    assert "templates/paper.docx" in problem.remedy
    with pytest.raises(CannotBeDoneError) as raised:
        paper(found, tmp_path / "not.docx")
    assert "no Word document" in raised.value.problems[0].what


def test_the_template_is_what_its_code_writes() -> None:
    """Part by part: compression may differ between versions of a library, content may not."""
    with zipfile.ZipFile(templates_folder() / "paper.docx") as kept, zipfile.ZipFile(BytesIO(template())) as anew:
        assert kept.namelist() == anew.namelist()
        assert [name for name in kept.namelist() if kept.read(name) != anew.read(name)] == []
