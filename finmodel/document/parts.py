"""What a document is made of. A part is made once, from results; a writer a medium shows it (`html`, `word`, `text`).

Parts hold text that is ready to be read: a figure in them is already written out, and nothing here is worked out.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from finmodel.document.chart_shapes import WIDTH, Box, Chart
from finmodel.document.live import Levers
from finmodel.document.table import Table

HEADROOM = 1.25  # of a gauge beyond the larger of its two amounts
_GAP, _LEAST = 3.0, 12.0  # of a tally's bar: between two portions, and the narrowest that can be seen


class Heading(Struct, frozen=True):
    """A heading inside a section; `tag` says in a word or two what the thing is. looks: of the tag, "" or "alarm"."""

    text: str
    tag: str = ""
    looks: str = ""
    level: int = 3  # of the page's outline, where a section's own heading is of level 2


class Paragraph(Struct, frozen=True):
    """A paragraph. looks: "", "stress", "quiet", "verdict" (the answer in a line), "note" (small print)."""

    text: str
    looks: str = ""


class Quote(Struct, frozen=True):
    """Words as they stand elsewhere, and where that is."""

    text: str
    place: str = ""

    @property
    def line(self) -> str:
        """Both in a line."""
        return f"{self.text} ({self.place})" if self.place else self.text


class Bullets(Struct, frozen=True):
    """Points, below a heading of their own where they have one."""

    items: tuple[str, ...]
    title: str = ""


class Link(Struct, frozen=True):
    """A point that leads to another place of the same document (`#id`)."""

    target: str
    text: str


class Notice(Struct, frozen=True):
    """What a reader must not miss; `alarm` where the figures are not to be used as they are."""

    title: str
    sentences: tuple[str, ...] = ()
    alarm: bool = False
    links: tuple[Link, ...] = ()


class Pair(Struct, frozen=True):
    """A name and what it is.

    code: text to be copied, letter by letter; stress: the pair that matters; link: an address on the web, or "".
    """

    name: str
    text: str
    code: bool = False
    stress: bool = False
    link: str = ""


class Pairs(Struct, frozen=True):
    """Names and what they are. looks: "told" (side by side), "hashes" (digests of files), "reading" (a glossary)."""

    pairs: tuple[Pair, ...]
    looks: str = "told"

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Name and text."""
        return tuple((pair.name, pair.text) for pair in self.pairs)


class Figure(Struct, frozen=True):
    """A figure that opens to its explanation: what it is, how it reads, its line; depth: None, to the inputs."""

    label: str
    text: str
    address: str
    depth: int | None = None

    @property
    def line(self) -> str:
        """What it is, and how it reads."""
        return f"{self.label}: {self.text}"


class Key(Struct, frozen=True):
    """A large figure of the answer, with a line that says what it means."""

    label: str
    text: str
    meaning: str = ""


class Keys(Struct, frozen=True):
    """The figures of the answer, side by side."""

    keys: tuple[Key, ...]

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Name, and the figure with its meaning."""
        return tuple((key.label, f"{key.text} {key.meaning}".strip()) for key in self.keys)


class Gauge(Struct, frozen=True):
    """Two amounts on one scale from zero: what is forecast as a bar, what is needed as a mark.

    share and mark: parts of the scale's width between 0 and 1; where either is out of bounds there is no gauge. lines:
    those of the two figures, where a page can show them anew.
    """

    text: str
    forecast: str
    needed: str
    share: float
    mark: float
    lines: tuple[str, str] = ("", "")
    headroom: float = HEADROOM


class Portion(Struct, frozen=True):
    """How many of a whole are of one kind, with the words for it. looks: "sound", "doubt", "alarm" or "open"."""

    number: int
    text: str
    meaning: str = ""
    looks: str = "sound"


class Tally(Struct, frozen=True):
    """How a whole divides into kinds, as a bar and in words; `text` says the same in a sentence."""

    id: str
    title: str
    text: str
    portions: tuple[Portion, ...]

    @property
    def bars(self) -> tuple[Box, ...]:
        """Every portion's part of the bar, as wide as its share, but never too narrow to be seen."""
        whole = sum(portion.number for portion in self.portions)
        wanted = [max(_LEAST, WIDTH * portion.number / whole) for portion in self.portions]
        scale = (WIDTH - _GAP * (len(wanted) - 1)) / sum(wanted)
        boxes, x = [], 0.0
        for portion, width in zip(self.portions, wanted, strict=True):
            boxes.append(Box(round(x, 1), 1.0, round(width * scale, 1), 34.0, portion.looks))
            x += width * scale + _GAP
        return tuple(boxes)

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """How many, and what that means."""
        return tuple((portion.text, portion.meaning) for portion in self.portions)


class Columns(Struct, frozen=True):
    """Parts side by side where there is room, one below the other where there is none."""

    columns: tuple[tuple[Part, ...], ...]
    looks: str = ""


class Fold(Struct, frozen=True):
    """Parts behind a line that opens: what they are, and what is inside in a few words.

    prints: whether paper shows them though they are closed on the screen.
    """

    summary: str
    inside: str
    parts: tuple[Part, ...]
    prints: bool = False
    id: str = ""


class Article(Struct, frozen=True):
    """Parts that belong together below a heading of their own, to which a link may lead (`#id`)."""

    id: str
    heading: Heading
    parts: tuple[Part, ...]


class Markup(Struct, frozen=True):
    """HTML made by a writer of this room, such as an explanation; only pages show it."""

    html: str


Part = (
    Heading
    | Paragraph
    | Quote
    | Bullets
    | Notice
    | Link
    | Pairs
    | Figure
    | Keys
    | Gauge
    | Tally
    | Columns
    | Fold
    | Article
    | Table
    | Chart
    | Markup
)


class Section(Struct, frozen=True):
    """A section; `short` is what a list of contents calls it, "" for its heading; `heading` "" for none in print."""

    id: str
    heading: str
    parts: tuple[Part, ...]
    short: str = ""


class Document(Struct, frozen=True):
    """A document: what stands at its head, and its sections, of which the first holds the answer.

    council: whose it is; summary: a sentence or two, "" for none; facts: names and values; foot: the last line; levers:
    inputs that a reader of the page can move.
    """

    title: str
    council: str
    sections: tuple[Section, ...]
    summary: str = ""
    facts: tuple[Pair, ...] = ()
    foot: str = ""
    levers: Levers | None = None


def nested(part: Columns | Fold | Article) -> tuple[Part, ...]:
    """The parts inside one, in the order in which they are read."""
    match part:
        case Columns():
            return tuple(each for column in part.columns for each in column)
        case Article():
            return (part.heading, *part.parts)
        case _:
            return part.parts


def every_part(parts: tuple[Part, ...]) -> Iterator[Part]:
    """Parts, and those inside folds, articles and columns, in the order in which they are read."""
    for part in parts:
        yield part
        if isinstance(part, Columns | Fold | Article):
            yield from every_part(nested(part))
