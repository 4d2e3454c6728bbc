"""Every kind of part in every medium: its words are there, as text, and a kind that a writer forgets is noticed."""

from __future__ import annotations

import zipfile
from datetime import datetime
from html.parser import HTMLParser
from io import BytesIO
from typing import get_args
from xml.etree import ElementTree

import pytest

from finmodel.document.chart_shapes import Chart, Words
from finmodel.document.html import write_html
from finmodel.document.parts import (
    Article,
    Bullets,
    Columns,
    Document,
    Figure,
    Fold,
    Gauge,
    Heading,
    Key,
    Keys,
    Link,
    Markup,
    Notice,
    Pair,
    Pairs,
    Paragraph,
    Part,
    Portion,
    Quote,
    Section,
    Tally,
    every_part,
)
from finmodel.document.table import Cell, Row, Table
from finmodel.document.text import section_text
from finmodel.document.word import Paper
from finmodel.document.word_parts import write_section

YEARS = tuple(f"20{year}/{year + 1}" for year in range(26, 35))  # nine, more than a page of paper takes across
WIDE = Table("wide", "Wide words", "Years", tuple(map(Cell, YEARS)), (Row("Row words", tuple(map(Cell, YEARS))),))
CARDS = Table("cards", "Card words", "Of", (Cell("One option"),), (Row("Header", (Cell("£1", "small"),)),), cards=True)
BARE = Table("bare", "Behind the chart", "Of", (), ())
EVERY: tuple[Part, ...] = (
    Heading("Heading words", "Tag words"),
    Paragraph("Paragraph words", "stress"),
    Quote("Quoted words", "Place words"),
    Bullets(("Point words",), "Points words"),
    Notice("Notice words", ("Said words",), alarm=True, links=(Link("#all", "Link words"),)),
    Pairs((Pair("Name words", "Value words", code=True),)),
    Figure("Figure words", "£2", "an.address"),
    Keys((Key("Key words", "£3k", "Meaning words"),)),
    Link("#all", "Led words"),
    Gauge("Gauge words", "forecast 6.7", "needs 6.1", 0.67, 0.61),
    Columns(((Paragraph("Left words"),), (Paragraph("Right words"),))),
    Fold("Fold words", "Inside words", (Paragraph("Folded words"),)),
    Tally("tally", "Bar words", "All words", (Portion(3, "Portion words", "Kind words"), Portion(1, "Rest words"))),
    Article("article", Heading("Article words", "Verdict words", "alarm"), (Paragraph("Below words"),)),
    WIDE,
    CARDS,
    Chart("chart", "Chart words", "Described words", 40.0, (Words(1, 2, "Drawn words"),), BARE),
    Markup("<b>Marked words</b>"),
)
ONLY_DRAWN = {
    "Chart words",
    "Described words",
    "Drawn words",
    "Marked words",
    "Link words",
    "Bar words",
    "All words",
    "Led words",
}
WORDS = [
    "Heading words", "Paragraph words", "Points words", "Point words", "Notice words", "Said words", "Link words",
    "Name words", "Value words", "Figure words", "Key words", "Meaning words", "Gauge words", "Left words",
    "Right words", "Fold words", "Folded words", "Wide words", "Row words", "2034/35", "Card words", "One option",
    "Chart words", "Described words", "Drawn words", "Marked words", "Led words", "Quoted words",
    "Place words", "Bar words", "All words", "Portion words", "Kind words", "Article words", "erdict words", "Below words",
]  # fmt: skip


def page(parts: tuple[Part, ...]) -> str:
    made = Document("A title", "A council", (Section("all", "All of them", parts, "All"),), foot="Foot words")
    return write_html(made, lambda figure: Markup(f"<i>made from {figure.address}</i>"))


def paper(parts: tuple[Part, ...]) -> str:
    made = Paper("A title", "A council", datetime(2026, 4, 1))
    write_section(made, Section("all", "All of them", parts))
    with zipfile.ZipFile(BytesIO(made.bytes())) as archive:
        return " ".join(ElementTree.fromstring(archive.read("word/document.xml")).itertext())


class Visible(HTMLParser):
    """The text of a page, and its elements with their ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_sample_has_every_kind_of_part() -> None:
    assert {type(part) for part in every_part(EVERY)} == set(get_args(Part))


@pytest.mark.parametrize("words", WORDS)
def test_every_part_is_shown_on_a_page_and_in_the_media_that_can_show_it(words: str) -> None:
    assert words in " ".join(Visible(page(EVERY)).texts)
    if words not in ONLY_DRAWN:
        assert words in section_text(Section("all", "All of them", EVERY))
        assert words in paper(EVERY)


def test_a_figure_opens_to_its_explanation() -> None:
    assert "<i>made from an.address</i>" in page(EVERY)


def test_text_is_text_and_every_id_stands_once() -> None:
    shown = Visible(page((Paragraph("<script>x</script>"), *EVERY)))
    assert "script" not in shown.tags
    assert "<script>x</script>" in "".join(shown.texts)
    assert len(shown.ids) == len(set(shown.ids))


def test_portions_are_as_wide_as_their_shares_and_never_too_narrow_to_be_seen() -> None:
    """760 less a gap of 3: 3 to 1 is 567.75 and 189.25; of 999 to 1, the one takes 12 of 760 + 11.24 wanted."""
    even = Tally("t", "", "", (Portion(3, "Three"), Portion(1, "One")))
    assert [box.width for box in even.bars] == pytest.approx([567.75, 189.25], abs=0.06)
    few = Tally("t", "", "", (Portion(999, "Many"), Portion(1, "One")))
    assert few.bars[1].width == pytest.approx(12 * 757 / (760 * 0.999 + 12), abs=0.06)
    assert few.bars[0].width + 3 == few.bars[1].x


def test_a_wide_table_is_split_on_paper_and_loses_no_column() -> None:
    parts = WIDE.parts(4)
    assert [len(part.columns) for part in parts] == [4, 4, 1]
    assert [cell.text for part in parts for cell in part.rows[0].cells] == list(YEARS)
    assert [part.caption for part in parts] == ["Wide words", "Wide words (continued)", "Wide words (continued)"]
    assert WIDE.parts(9) == (WIDE,)


def test_figures_of_a_table_in_text_stand_below_each_other() -> None:
    table = Table("t", "Costs", "Line", (Cell("2026/27"),), (Row("A post", (Cell("£9"),)), Row("All", (Cell("£10"),))))
    assert (
        section_text(Section("s", "Cost", (table,))).splitlines()
        == [
            "Cost",
            "====",
            "",
            "Costs",
            "Line    2026/27",
            "A post       £9",
            "All         £10",
            "",
        ][:-1]
    )
