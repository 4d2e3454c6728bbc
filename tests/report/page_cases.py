"""Cases for the tests of the page, and a plain reader of its tables."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import shipped_cases
from plain_results import found_once, results
from small_cases import Data, case_of, option_of

from finmodel.appraisal.appraise import Appraisal, write_model
from finmodel.case import LoadedCase, case_from_data
from finmodel.lines.evaluate import evaluate
from finmodel.report.page import render_page

INPUTS = Path(__file__).parents[2] / "inputs"
SHIPPED = ("wolverhampton-2015", "darlington-2010")
HOSTILE = (
    "<script>alert(1)</script>",
    "</title></desc></svg></style><img src=x onerror=alert(1)>",
    '" onload="alert(1)" x="',
    "' onmouseover='alert(1)",
    "{{7*7}} {% raw %} {# x #}",
    "=cmd()|' /C calc'!A0",
    "\u202etxt.exe\u202c \u2066x\u2069 \u200f",
)


def appraisal_of(data: Data) -> Appraisal:
    """A case's data, appraised."""
    case = case_from_data(data)
    written = write_model(case)
    return Appraisal(LoadedCase(case, Path("a-case"), ()), written, evaluate(written.model))


def saving_option(name: str, cost: float, children: float, **names: Any) -> Data:
    """An option that costs so much every year, after 20,000 to begin with, and keeps so many children out of care."""
    costs = [
        {"id": "team", "label": "Team", "amount": cost, "per": "year", "price_base": "2015/16", "inflation": "none"},
        {
            "id": "start",
            "label": "Setting up",
            "amount": 20_000,
            "per": "once",
            "start": "2015-04",
            "price_base": "2015/16",
            "inflation": "none",
        },
    ]
    benefit = {
        "id": "fewer",
        "label": "Fewer in care",
        "children": children,
        "lag_months": 6,
        "placements": {"care": "100%"},
        "deadweight": "20%",
        "optimism_bias": "10%",
        "cashable": "75%",
    }
    return option_of(name, costs=costs, benefits=[benefit], **names)


def forecast(**names: Any) -> Data:
    """Two options that pay back in different months, and a status quo."""
    care = {"label": "Care", "unit_cost": 50_000, "per": "year", "price_base": "2015/16", "inflation": "none"}
    options = (
        option_of("now", advantages=["No change"]),
        saving_option("quick", 60_000, 10, advantages=["Quick"], disadvantages=["Dear"], risks=["Staff"]),
        saving_option("slow", 90_000, 6),
    )
    given: Data = {"years": 4, "status_quo": "now", "recommended": "quick", "placements": {"care": care}}
    return case_of(*options, **(given | names))


def hostile(text: str) -> Data:
    """A case that says the same thing wherever it may say anything."""
    cost = {"id": "c", "label": text, "amount": 1000, "per": "year", "price_base": "2015/16", "inflation": "none"}
    said = {"source": "s", "where": text, "owner": text, "note": text}
    option = option_of(
        "a", description=text, advantages=[text], disadvantages=[text], risks=[text], costs=[cost | said]
    )
    option["title"] = text
    stated = {"amount": 999, "year": "2015/16", **said}
    other = option_of("b", costs=[cost], stated_cost=stated)
    sources = {"s": {"title": text, "link": "javascript:alert(1)"}}
    return case_of(
        option,
        other,
        council=text,
        summary=text,
        meeting={"body": text, "date": "2015-01-20"},
        sources=sources,
        assumptions=[{"text": text, "source": "s", "where": text, "owner": text}],
        recommended="a",
    ) | {"title": text}


def hanging() -> Data:
    """A status quo that costs more than the option, so that bars hang down."""
    dear = {"id": "c", "label": "Dear", "amount": 900_000, "per": "year", "price_base": "2015/16", "inflation": "none"}
    cheap = dear | {"amount": 250_000}
    now = option_of("now", costs=[dear])
    return case_of(now, option_of("cheap", costs=[cheap]), status_quo="now", years=3)


def crowd() -> Data:
    """Twenty options over thirty years that end close together."""
    options = [saving_option(f"o{n}", 60_000 + n, 10) for n in range(20)]
    given = forecast(years=30) | {"options": options}
    return {name: value for name, value in given.items() if name not in {"status_quo", "recommended"}}


def of_size(pounds: float) -> Data:
    """One option with a cost of any size."""
    cost = {"id": "c", "label": "C", "amount": pounds, "per": "year", "price_base": "2015/16", "inflation": "none"}
    return case_of(option_of(costs=[cost]), years=5)


MADE = {
    "forecast": forecast,
    "hostile": lambda: hostile(" ".join(HOSTILE[:6])[:150]),
    "hanging": hanging,
    "crowd": crowd,
    "pennies": lambda: of_size(0.4),
    "millions": lambda: of_size(123_456_789),
    "nothing": lambda: case_of(option_of()),
}


@cache
def appraisal(name: str) -> Appraisal:
    """A shipped case or a made one, appraised."""
    return shipped_cases.appraisal_of(name) if (INPUTS / name).is_dir() else appraisal_of(MADE[name]())


@cache
def page(name: str) -> str:
    """Its page."""
    return render_page(appraisal(name), found_once(appraisal(name)))


@cache
def found(name: str) -> dict[str, Any]:
    """Its results."""
    return results(appraisal(name), uncertainty=name != "crowd")  # which would take a quarter of a minute


def only_our_script(html: str) -> None:
    """A page runs one script, its own, which its policy allows by hash; beside it stand data, from which nothing runs."""
    data, script = read(html).all("script")
    assert data.attributes == {"type": "application/json", "id": "levers-data"}
    assert "<" not in data.children[0]
    assert script.attributes == {}
    own = b64encode(sha256(script.children[0].encode()).digest()).decode()
    policy = next(each for each in read(html).all("meta") if "http-equiv" in each.attributes)
    expected = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{own}'"
    assert policy.attributes["content"] == expected


_VOID = {"meta", "br", "img", "input", "link", "hr"}


@dataclass
class Element:
    """An element of a page."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """This element and all below."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, tag: str, kind: str = "") -> list[Element]:
        """Elements below with a tag, and a class where one is asked for."""
        return [each for each in self.walk() if each.tag == tag and (not kind or kind in each.classes)]

    def by_id(self, name: str) -> Element:
        """The one element with an id."""
        (one,) = [each for each in self.walk() if each.attributes.get("id") == name]
        return one

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.attributes.get("class", "").split()

    def text(self, *without: str) -> str:
        """Its text, but not that of elements with these classes or tags."""
        parts = []
        for child in self.children:
            if isinstance(child, str):
                parts.append(child)
            elif not {child.tag, *child.classes} & set(without):
                inner = child.text(*without)
                parts.append(f" {inner} " if child.tag in _BLOCKS else inner)
        return " ".join("".join(parts).split())


_BLOCKS = {"th", "td", "caption", "li", "p", "dt", "dd"}  # what readers see apart, however the file is written


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data.replace("−\u200d£", "−£"))  # which the writer keeps on one line


def read(html: str) -> Element:
    """A page as elements; every element that is opened must be closed in turn."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [reader.root]
    return reader.root


def rows_of(table: Element) -> dict[str, list[str]]:
    """Cells of a table by what the row is, without small print."""
    rows = {}
    for row in (row for body in table.all("tbody") for row in body.all("tr")):
        header, *cells = (each.text("under") for each in row.children if isinstance(each, Element))
        rows[header] = cells
    return rows


def figures_of(page: Element, name: str) -> dict[str, list[str]]:
    """Rows of a table without the letters of its notes; "No figure" for a dash, and in rows named below the table."""
    table, below = (
        page.by_id(name),
        [each for each in page.all("p", "below") if each.attributes["id"] == f"{name}-note"],
    )
    rows = {
        label: ["No figure" if cell == "–" else re.sub(r" \([a-z]\)$", "", cell) for cell in cells]
        for label, cells in rows_of(table).items()
    }
    wide = max(map(len, rows.values()))
    _, _, left = " ".join(each.text() for each in below).partition("No option has a figure for: ")
    for label in re.split("[,;] ", re.sub(r" \([^()]*\)", "", left).rstrip(".")):
        if label:
            rows[f"{label[:1].upper()}{label[1:]}"] = ["No figure"] * wide
    return rows
