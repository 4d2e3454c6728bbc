"""A comparison of two versions as text for the terminal, whole: the tables of the page, unfolded."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.versions.diff_tables import (
    caseload_table,
    changes_table,
    demand_table,
    inputs_table,
    measures_table,
    parts_table,
    years_table,
)
from finmodel.audit.versions.diff_words import chain_of_states, fails_in, headline, of_words, order_of, verdict
from finmodel.audit.versions.difference import Attribution, OptionMove, VersionDifference
from finmodel.document.parts import Heading, Paragraph, Part
from finmodel.document.text import text_lines


def as_text(found: VersionDifference, years: bool = False) -> str:
    """The comparison; `years` for the yearly lines too."""
    return "\n".join(text_lines(tuple(_parts(found, years)))).rstrip()


def _parts(found: VersionDifference, years: bool) -> Iterator[Part]:
    yield Paragraph(f"{found.old.folder} (old) and {found.new.folder} (new): {found.new.title}")
    if found.broken:
        yield Paragraph(fails_in(found.broken))
    yield Paragraph(verdict(found))
    yield from changes_table(found)
    if found.wording:
        yield Paragraph(of_words(found.wording))
    files = [f"{each.name} {each.kind}" for each in found.files if each.kind != "same"]
    if files:
        yield Paragraph(f"Files: {', '.join(files)}.")
    yield from inputs_table(found)
    yield from demand_table(found)
    yield from caseload_table(found)
    for number, option in enumerate(found.options, start=1):
        yield from _option(option, number, years)


def _option(option: OptionMove, number: int, years: bool) -> Iterator[Part]:
    yield Heading(option.title, "" if option.which == "both" else f"only in the {option.which} version")
    if not option.moved_measures:
        yield Paragraph("No measure moved.")
    yield from measures_table(option, number)
    if years:
        yield from years_table(option, number)
    for n, each in enumerate(option.attributions if option.moved_measures else (), start=1):
        yield from _attribution(option, each, f"{number}-{n}")


def _attribution(option: OptionMove, each: Attribution, index: str) -> Iterator[Part]:
    yield Paragraph(headline(each))
    if each.parts:
        yield parts_table(option, each, index)
        if each.by is None:
            yield Paragraph(f"In order: {chain_of_states(each)}.")
        if order_of(each.parts):
            yield Paragraph(order_of(each.parts))
