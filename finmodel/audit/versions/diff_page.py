"""The page of a comparison: one HTML file that stands alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finmodel.audit.pages import OPEN_ALL, digests, reading, section, write_page
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
from finmodel.audit.versions.waterfall import waterfall
from finmodel.document.parts import Fold, Heading, Notice, Paragraph, Part, Section
from finmodel.document.table import Table
from finmodel.results.wording import count, listed

MOST_OPEN = 20  # rows of a table that stand open; a longer one is folded
_READING = (
    (
        "The order",
        "The changes are made one after the other: first those of the model itself, then those of values, each in the "
        "order of the new case file. The order is theirs and not the only one: what a change moves depends on what was "
        "changed before it.",
    ),
    ("Sums", "The parts add up to the whole move, before they are rounded for print."),
    (
        "Changes of the model",
        "A post, an option, a benefit or a rule that comes or goes, or another number of years. The case is written "
        "and worked out anew after each.",
    ),
    (
        "Payback",
        "Moves are in months: above zero is later. Where the option is not paid back at one of the two ends, no number "
        "of months is given; the states in order are.",
    ),
)
_BROKEN = "A check does not hold"
_NO_OTHER = "Its figures stand below: there is no other version to compare them with."


def render_page(found: VersionDifference) -> str:
    """The page of a comparison. The same comparison gives the same text."""
    old, new = found.old, found.new
    return write_page(
        title="What changed, and what it moved",
        council=new.council,
        summary=f"Two versions of “{new.title}” compared: {old.folder} (old) and {new.folder} (new).",
        facts=(
            ("Old version", f"{old.folder}, {old.years[0]} to {old.years[-1]}"),
            ("New version", f"{new.folder}, {new.years[0]} to {new.years[-1]}"),
        ),
        sections=tuple(_sections(found)),
    )


def _sections(found: VersionDifference) -> Iterator[Section]:
    yield section("answer", "The answer", tuple(_answer(found)))
    if found.moved:
        yield section("why", "What moved it", tuple(_whys(found)))
    yield section("changes", "What was changed", tuple(_changed(found)))
    yield section("whole", "In full", (OPEN_ALL, *_in_full(found)))


def _answer(found: VersionDifference) -> Iterator[Part]:
    if found.broken:
        yield Notice(_BROKEN, (fails_in(found.broken),), alarm=True)
    yield Paragraph(verdict(found), "verdict")
    unmoved = []
    for option in found.options:
        only = "" if option.which == "both" else f"Only in the {option.which} version"
        headlines = [headline(each) for each in _attributions(option)]
        if headlines or only:
            yield Heading(option.title, only)
            yield from map(Paragraph, headlines or [_NO_OTHER])
        else:
            unmoved.append(option.title)
    if unmoved and found.moved:
        yield Paragraph(f"No measure moved: {listed(unmoved)}.")


def _attributions(option: OptionMove) -> Sequence[Attribution]:
    return option.attributions if option.moved_measures else ()


def _whys(found: VersionDifference) -> Iterator[Part]:
    """What moved each figure of each option: the sentence, the chart, the table, how it was worked out."""
    shown = [(n, option) for n, option in enumerate(found.options, start=1) if _attributions(option)]
    yield from demand_table(found)
    yield from caseload_table(found)
    if found.options and not shown and not found.moved_demand and not found.caseload:
        yield Paragraph("No option is in both versions, so no move can be shared among the changes.")
    for number, option in shown:
        yield Heading(option.title)
        for n, each in enumerate(_attributions(option), start=1):
            if each.parts:
                yield Heading(headline(each), level=4)
                yield from _why(option, each, number, n)
            else:  # no heading: nothing stands below it
                yield Paragraph(headline(each), "stress")
        orders = (order_of(each.parts) for each in _attributions(option))
        yield from map(Paragraph, filter(None, dict.fromkeys(orders)))  # once, since it is mostly the same


def _why(option: OptionMove, each: Attribution, number: int, n: int) -> Iterator[Part]:
    table = parts_table(option, each, f"{number}-{n}")
    if each.unit == "£":
        yield waterfall(option, each, number, table)
    else:
        yield _open_or_folded(table, count(len(each.parts), "change"))
    if each.by is None:
        yield Paragraph(f"In order: {chain_of_states(each)}.")


def _open_or_folded(table: Table, inside: str) -> Part:
    return table if len(table.rows) <= MOST_OPEN else Fold(table.caption, inside, (table,))


def _changed(found: VersionDifference) -> Iterator[Part]:
    if not found.moving:
        yield Paragraph("No change in the case file moves an input or the model.")
    yield from (_open_or_folded(table, count(len(table.rows), "change")) for table in changes_table(found))
    if found.wording:
        yield Paragraph(of_words(found.wording))


def _in_full(found: VersionDifference) -> Iterator[Part]:
    """Every measure, year and input that moved, the files, and how all this is read: folded."""
    for number, option in enumerate(found.options, start=1):
        yield from (_folded(table, "measure") for table in measures_table(option, number))
        yield from (_folded(table, "line") for table in years_table(option, number))
    for table in inputs_table(found):
        yield Fold(table.caption, f"{count(len(table.rows), 'input')}, with sources", (table,), id="moved-inputs")
    if found.files:
        files = digests(_files(found))
        yield Fold("The files of the inputs", _how_files_differ(found), (files,), prints=True, id="files")
    yield reading((*_READING, ("Present values", _basis(found))))


def _folded(table: Table, what: str) -> Fold:
    return Fold(table.caption, count(len(table.rows), what), (table,))


def _how_files_differ(found: VersionDifference) -> str:
    """`one changed, three the same, with the SHA-256 of each`."""
    kinds = [each.kind for each in found.files]
    counted = [f"{count(kinds.count(kind), '').strip()} {_FILES.get(kind, kind)}" for kind in dict.fromkeys(kinds)]
    return f"{listed(counted)}, with the SHA-256 of each"


_FILES = {"same": "the same"}


def _files(found: VersionDifference) -> Iterator[tuple[str, str]]:
    """The files of both versions with their digests: one where they are the same, otherwise the old and the new."""
    for each in found.files:
        if each.kind == "same":
            yield f"{each.name}, the same", each.new
            continue
        for which, digest in (("old", each.old), ("new", each.new)):
            if digest:
                yield f"{each.name}, {each.kind}: {which}", digest


def _basis(found: VersionDifference) -> str:
    old, new = found.old.present_value_basis, found.new.present_value_basis
    return new if old == new else f"Old version: {old} New version: {new}"
