"""What of a page can change: its live texts, marked where they stand, and the data by which its script shows them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup, escape
from msgspec import Struct, field

from finmodel.document.chart_shapes import Chart
from finmodel.document.live import Lever, Levers, LiveFigure, LiveState, LiveText, Piece, Way
from finmodel.document.unparted import seen_unparted

_WORDS = {
    "title": "What if",
    "stated": "As in the paper",
    "again": "The paper’s figures are shown again",
    "none": "No figure",
    "refused": "With these figures there is no answer",
    "number": "from",
    "whole": "a whole number from",
    "to": "to",
    "up": "upwards",
    "kept": "the nearest possible is",
    "scenario": "Copied. Put it into the case file, or its list item under the scenarios there.",
    "link": "Copied. Whoever opens it sees these changes, where the page lies at the same place.",
    "select": "Copy what is marked.",
    "unknown": "The link names what cannot be moved on this page",
}


class LiveTexts(Struct):
    """Every live text and chart of a page, as they are rendered."""

    levers: Levers
    texts: dict[tuple[Way, ...], int] = field(default_factory=dict)
    charts: list[Chart] = field(default_factory=list)
    gauges: list[str] = field(default_factory=list)  # the lines of their figures

    def markup(self, text: LiveText) -> Markup:
        """The text with its figures marked, so that the page's script finds them."""
        number, pieces = self.texts.setdefault(text.ways, len(self.texts)), text.stated
        if len(pieces) == 1 and isinstance(pieces[0], LiveFigure):
            return _marked(pieces[0], number)
        parts = (_marked(piece) if isinstance(piece, LiveFigure) else _seen(piece) for piece in pieces)
        return Markup('<bdi data-text="{}">{}</bdi>').format(number, Markup("").join(parts))

    def data(self) -> Markup:
        """The data of the page's script, as JSON that may stand inside an element of HTML."""
        figures: dict[tuple[str, int], int] = {}

        def number(figure: LiveFigure) -> int:
            return figures.setdefault((figure.address, figure.period), len(figures))

        def piece(given: Piece) -> object:
            if isinstance(given, str):
                return seen_unparted(given)
            beside = [figures.setdefault((given.beside, 0), len(figures))] if given.beside else []
            return [number(given), given.form, *beside]

        def state(given: LiveState) -> object:
            if given.none:
                return [number(given.figure)]
            than = [] if given.than is None else [number(given.than)]
            return [number(given.figure), given.least, given.below, *than]

        texts = [
            [([state(each) for each in states], [piece(each) for each in _joined(pieces)]) for states, pieces in ways]
            for ways in self.texts
        ]
        said = _numbered(texts)
        courses = list(dict.fromkeys(course for chart in self.charts for course in chart.courses))
        charts = [[chart.id, chart.field, [courses.index(course) for course in chart.courses]] for chart in self.charts]
        wanted = [address for address, _ in figures]
        wanted += self.gauges
        wanted += [address for course in courses for address in (course.address, course.payback)]
        inputs = [each.address for lever in self.levers.levers for each in lever.inputs]
        model = self.levers.script(tuple(dict.fromkeys(wanted)), inputs)
        places = {address: place for place, address in enumerate(model.figures)}
        found = {
            "texts": texts,
            "said": said,
            "figures": [[places[address], period] for address, period in figures],
            "courses": [[each.title, places[each.address], places[each.payback], int(each.strong)] for each in courses],
            "charts": charts,
            "levers": [dict(_lever(lever, list(model.inputs))) for lever in self.levers.levers],
            "words": _WORDS,
            "years": self.levers.years,
            "model": {name: getattr(model, name) for name in model.__struct_fields__},
        }
        text = seen_unparted(json.dumps(found, separators=(",", ":"), ensure_ascii=False))
        return Markup(text.replace("<", "\\u003c"))


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with text that follows text in one."""
    for is_text, several in groupby(pieces, key=lambda piece: isinstance(piece, str)):
        if not is_text:
            yield from several
        elif text := "".join(map(str, several)):
            yield text


def _numbered(texts: Sequence[Sequence[tuple[object, list[object]]]]) -> list[str]:
    """The words that texts have in common, which are replaced by their numbers in the list."""
    used = Counter(piece for ways in texts for _, pieces in ways for piece in pieces if isinstance(piece, str))
    said = {words: number for number, words in enumerate(each for each in used if used[each] > 1)}
    for ways in texts:
        for _, pieces in ways:
            pieces[:] = [said.get(piece, piece) if isinstance(piece, str) else piece for piece in pieces]
    return list(said)


def _lever(lever: Lever, inputs: Sequence[str]) -> Iterator[tuple[str, object]]:
    """What the script takes of a lever, by name, beside what stands in its fields; what is as usual is left out.

    inputs: of the model, by whose places its own are named; one that is not there stands by its address.
    """
    places = {address: place for place, address in enumerate(inputs)}
    named = [(places.get(each.address, each.address), each.periods) for each in lever.inputs]
    yield "inputs", [[name, *([periods] if periods else ())] for name, periods in named]
    yield "value", lever.value
    usual = {"times": 1.0, "before": "", "after": "", "whole": False, "moves": "to", "name": "", "says": None}
    yield from ((name, given) for name in usual if (given := getattr(lever, name)) != usual[name])


def _marked(figure: LiveFigure, text: int | None = None) -> Markup:
    """A figure as an element of its own; text: the number of the text that is this figure alone."""
    value = "" if figure.value is None else f"{figure.value!r}"
    period = Markup(' data-period="{}"').format(figure.period) if figure.period else Markup("")
    whole = Markup("") if text is None else Markup(' data-text="{}"').format(text)
    return Markup('<bdi{} data-figure="{}"{} data-value="{}">{}</bdi>').format(
        whole, figure.address, period, value, _seen(figure.text)
    )


def _seen(text: str) -> Markup:
    return escape(seen_unparted(text))
