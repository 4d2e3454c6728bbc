"""The evidence laid out for a terminal: by intervention, a line a finding, each source printed once."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from finmodel.reference.findings import StudyFinding

_WIDTH = 110
_IN_FULL = 12  # rows; with more, notes and sources would bury the findings
_INDENT = " " * 6


def findings_text(found: Sequence[StudyFinding]) -> str:
    """Findings by intervention, in the order of the data; where they are few, with population, source and note."""
    in_full = len(found) <= _IN_FULL
    blocks: list[str] = []
    for name in dict.fromkeys(each.intervention for each in found):
        lines = [name]
        for each in (one for one in found if one.intervention == name):
            lines += _row(each, in_full=in_full)
        blocks.append("\n".join(lines))
    if not in_full:
        blocks.append("Name a word or a number to read whom each studied, where it is from, and what to know of it.")
    return "\n\n".join((*blocks, _foot(found)))


def _row(found: StudyFinding, *, in_full: bool) -> Iterator[str]:
    head = f"{found.finding.upper()}: {found.outcome}: {found.as_printed}{_interval(found)}"
    yield _filled(f"{head} ({found.design}, {found.setting}, {found.year}; {found.confidence})", f"{found.number:4}  ")
    if in_full:
        whom = f"Studied: {found.population}" + (f", {found.people:,.0f}" if found.people else "")
        for text in (whom, _source(found), found.note):
            yield _filled(text, _INDENT)


def _interval(found: StudyFinding) -> str:
    """The interval where one is published and not printed in the effect already."""
    if found.low is None or found.high is None:
        return ""
    return "" if "CI" in found.as_printed else f", interval {found.low:g} to {found.high:g}"


def _source(found: StudyFinding) -> str:
    return f"Source: {found.source}{': ' if found.link else ''}{found.link}"


def _foot(found: Sequence[StudyFinding]) -> str:
    rows = "one row" if len(found) == 1 else f"{len(found)} rows"
    return (
        f"{rows[:1].upper()}{rows[1:]}. NULL: no effect was found. CLAIMED: a figure with nobody to compare.\n"
        "A benefit names its rows by their numbers: evidence: [1]"
    )


def _filled(text: str, lead: str) -> str:
    return textwrap.fill(
        text, _WIDTH, initial_indent=lead, subsequent_indent=_INDENT, break_long_words=False, break_on_hyphens=False
    )
