"""A document as one HTML file that stands alone, works offline and prints."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from hashlib import sha256

from markupsafe import Markup

from finmodel.document.chart_shapes import Chart
from finmodel.document.live import Levers
from finmodel.document.live_page import LiveTexts
from finmodel.document.parts import Document, Figure, Gauge, every_part
from finmodel.document.parts import Markup as Made
from finmodel.document.templating import environment, templates_folder

_QUOTED, _AROUND = re.compile(r'("[^"]*"|`[^`]*`)'), re.compile(r" *([-=+*/<>?:,;{}()|&!]+) *")
_COMMENT, _ENDED = re.compile(r"(^|\s+)// .*"), re.compile(r"([;{},(])\n")
STYLES = ("page.css",)
SCRIPTS = ("interpreter.js", "levers.js")
MOST_COLUMNS_IN_PRINT = 7  # of figures, on a page of A4 at 8 points


def write_html(
    document: Document, explanation: Callable[[Figure], Made] | None = None, styles: Sequence[str] = STYLES
) -> str:
    """The page. The same document gives the same text.

    explanation: how a figure came about, for the figures that open; styles: style sheets among the templates.
    """
    live = None if document.levers is None else _live(document, document.levers)
    script = "" if live is None else _packed("".join(map(_source, SCRIPTS)))
    return (
        environment(live)
        .get_template("document.html.j2")
        .render(
            document=document,
            explanation=explanation,
            styles=tuple(styles),
            most_in_print=MOST_COLUMNS_IN_PRINT,
            live=live,
            script=Markup(script),
            script_hash=b64encode(sha256(script.encode()).digest()).decode() if script else "",
        )
    )


def _live(document: Document, levers: Levers) -> LiveTexts:
    """What of the document can change: its charts here, its texts as they are rendered."""
    parts = [part for section in document.sections for part in every_part(section.parts)]
    charts = [chart for chart in parts if isinstance(chart, Chart)]
    drawn = [each for chart in charts for each in (chart, chart.narrow) if each is not None and each.courses]
    gauges = [address for part in parts if isinstance(part, Gauge) for address in part.lines if address]
    return LiveTexts(levers, charts=drawn, gauges=gauges)


def _source(name: str) -> str:
    return (templates_folder() / name).read_text(encoding="utf-8")


def _packed(script: str) -> str:
    """A script without its comments, the margins and the ends of its lines, and the blanks around its signs.

    A line with a template inside a template keeps its blanks; expressions to match are written without any.
    """
    lines = (_COMMENT.sub("", line).strip() for line in script.splitlines())
    return _ENDED.sub(r"\1", "\n".join(map(_closed_up, filter(None, lines))))


def _closed_up(line: str) -> str:
    parts = _QUOTED.split(line)  # what is quoted stands at the odd places
    if any(part.count("${") != part.count("}") for part in parts[1::2] if part.startswith("`")):
        return line
    return "".join(part if place % 2 else _AROUND.sub(r"\1", part) for place, part in enumerate(parts))
