"""The rates laid out for a terminal: columns in line, long words wrapped, each source printed once."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import zip_longest

from finmodel.reference.answer import RateAnswer
from finmodel.reference.datasets import find_dataset
from finmodel.reference.listing import DatasetInfo
from finmodel.reference.publications import Publication
from finmodel.reference.when import in_words

_WIDTH = 110
_LABEL = 46
_WHEN = 34
_NOTES_SHOWN = 12  # rows; with more, notes would bury the figures


def catalogue_text(infos: Iterable[DatasetInfo]) -> str:
    """All data sets: name, title, span and how many rows of each confidence."""
    rows = [["Data set", "What it is", "Years", "Rows", "Published", "Derived", "Unverified"]]
    for info in infos:
        years = info.first if info.first == info.last else f"{info.first} to {info.last}"
        counts = [str(n) for n in (info.rows, info.published, info.derived, info.unverified)]
        rows.append([info.alias, info.title, years, *counts])
    foot = (
        "Published: seen in the source named. Derived: worked from published figures. "
        "Unverified: recalled, check before use.\n"
        "For figures: finmodel rates njc --year 2025/26 --point 31"
    )
    return f"{table(rows, right={3, 4, 5, 6})}\n\n{foot}"


def stale_text(found: Sequence[Publication], on: date) -> str:
    """The data sets that may be out of date on a day."""
    if not found:
        return f"No newer issue of any data set was expected by {in_words(on)}."
    rows = [["Data set", "As at", "Newer issue expected", "Publisher"]]
    for each in found:
        assert each.next_expected is not None
        alias = find_dataset(each.of).alias
        rows.append([alias, in_words(each.as_at), in_words(each.next_expected), each.publisher])
    notes = "\n".join(_indented(f"{find_dataset(each.of).alias}: {each.note}", "  - ") for each in found)
    head = f"Of these a newer issue was expected by {in_words(on)}; look it up, and state it in the case if it differs."
    return f"{head}\n\n{table(rows, widths={3: _LABEL})}\n\n{notes}"


def answers_text(answers: Sequence[RateAnswer]) -> str:
    """Answers by data set, with numbered sources and, where there are few rows, notes."""
    names = dict.fromkeys(answer.dataset for answer in answers)
    return "\n\n".join(_one_dataset(name, [each for each in answers if each.dataset == name]) for name in names)


def _one_dataset(name: str, answers: Sequence[RateAnswer]) -> str:
    sources = list(dict.fromkeys((answer.source, answer.link) for answer in answers))
    rows = [["", "Figure", "When", "Confidence", "Source"]]
    for answer in answers:
        number = f"[{sources.index((answer.source, answer.link)) + 1}]"
        rows.append([answer.label, answer.words, answer.when, answer.confidence, number])
    parts = [find_dataset(name).title, table(rows, right={1}, widths={0: _LABEL, 2: _WHEN}), _sources(sources)]
    notes = list(dict.fromkeys(answer.note for answer in answers if answer.note))
    if notes and len(answers) <= _NOTES_SHOWN:
        parts.append("\n".join(["Notes", *(_indented(note, "  - ") for note in notes)]))
    elif notes:
        parts.append("Some rows have notes: narrow the question, or ask for --json, to read them.")
    return "\n\n".join(parts)


def _sources(sources: Iterable[tuple[str, str]]) -> str:
    lines = ["Sources"]
    for number, (source, link) in enumerate(sources, 1):
        lines.append(_indented(f"{source}{': ' if link else ''}{link}", f"  [{number}] "))
    return "\n".join(lines)


def _indented(text: str, lead: str) -> str:
    return textwrap.fill(
        text, _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def table(
    rows: Sequence[Sequence[str]], right: frozenset[int] | set[int] = frozenset(), widths: dict[int, int] | None = None
) -> str:
    """Columns in line, two spaces apart; `widths` wraps the cells of a column, `right` aligns it by its end."""
    wrapped = [
        [textwrap.wrap(cell, (widths or {}).get(n, _WIDTH)) or [""] for n, cell in enumerate(row)] for row in rows
    ]
    sizes = [max(len(line) for row in wrapped for line in row[n]) for n in range(len(rows[0]))]
    lines = []
    for row in wrapped:
        for cells in zip_longest(*row, fillvalue=""):
            padded = (
                cell.rjust(size) if n in right else cell.ljust(size)
                for n, (cell, size) in enumerate(zip(cells, sizes, strict=True))
            )
            lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)
