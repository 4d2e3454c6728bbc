"""The page of a comparison: one HTML file that stands alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from finmodel.audit.pages import OPEN_ALL, digests, reading, section, write_page
from finmodel.audit.versions.diff_words import (
    STRUCTURE_MARK,
    chain_of_states,
    headline,
    moved_by,
    moved_measures,
    moved_years,
    part_name,
    verdict,
)
from finmodel.audit.versions.waterfall import waterfall
from finmodel.document.parts import Fold, Heading, Notice, Paragraph, Part, Section
from finmodel.document.table import NO_FIGURE, Cell, Row, Table
from finmodel.results.wording import count, listed, sentence

Found = dict[str, Any]


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


def render_page(found: Found) -> str:
    """The page of a comparison's plain values. The same comparison gives the same text."""
    old, new = found["old"], found["new"]
    return write_page(
        title="What changed, and what it moved",
        council=new["council"],
        summary=f"Two versions of “{new['title']}” compared: {old['folder']} (old) and {new['folder']} (new).",
        facts=(
            ("Old version", f"{old['folder']}, {old['years'][0]} to {old['years'][-1]}"),
            ("New version", f"{new['folder']}, {new['years'][0]} to {new['years'][-1]}"),
        ),
        sections=tuple(_sections(found)),
    )


def _sections(found: Found) -> Iterator[Section]:
    yield section("answer", "The answer", tuple(_answer(found)))
    if found["moved"]:
        yield section("why", "What moved it", tuple(_whys(found)))
    yield section("changes", "What was changed", tuple(_changed(found)))
    yield section("whole", "In full", (OPEN_ALL, *_in_full(found)))


def _answer(found: Found) -> Iterator[Part]:
    broken = [name for name in ("old", "new") if not found[name]["checks_hold"]]
    if broken:
        which = " and the ".join(broken)
        text = f"A check of the model fails in the {which} version: its figures are not to be used."
        yield Notice(_BROKEN, (text,), alarm=True)
    yield Paragraph(verdict(found), "verdict")
    unmoved = []
    for option in found["options"]:
        only = "" if option["which"] == "both" else f"Only in the {option['which']} version"
        headlines = [headline(each) for each in _attributions(option)]
        if headlines or only:
            yield Heading(option["title"], only)
            yield from map(Paragraph, headlines or [_NO_OTHER])
        else:
            unmoved.append(option["title"])
    if unmoved and found["moved"]:
        yield Paragraph(f"No measure moved: {listed(unmoved)}.")


def _attributions(option: Found) -> Sequence[Found]:
    return option["attribution"] if moved_measures(option) else ()


def _whys(found: Found) -> Iterator[Part]:
    """What moved each figure of each option: the sentence, the chart, the table, how it was worked out."""
    told = [(n, option) for n, option in enumerate(found["options"], start=1) if _attributions(option)]
    if not told:
        yield Paragraph("No option is in both versions, so no move can be shared among the changes.")
    for number, option in told:
        yield Heading(option["title"])
        for n, each in enumerate(_attributions(option), start=1):
            if each["parts"]:
                yield Heading(headline(each), level=4)
                yield from _why(option, each, number, n)
            else:  # no heading: nothing stands below it
                yield Paragraph(headline(each), "stress")
        orders = (each["order"] for each in _attributions(option) if each["parts"])
        yield from map(Paragraph, filter(None, dict.fromkeys(orders)))  # once, since it is mostly the same


def _why(option: Found, each: Found, number: int, n: int) -> Iterator[Part]:
    table = _parts(option, each, f"{number}-{n}")
    if each["unit"] == "£":
        yield waterfall(option, each, number, table)
    else:
        yield _open_or_folded(table, count(len(each["parts"]), "change"))
    if each["by"] is None:
        yield Paragraph(f"In order: {chain_of_states(each)}.")


def _open_or_folded(table: Table, inside: str) -> Part:
    return table if len(table.rows) <= MOST_OPEN else Fold(table.caption, inside, (table,))


def _changed(found: Found) -> Iterator[Part]:
    changes = _changes(found)
    if changes is None:
        yield Paragraph("No change in the case file moves an input or the model.")
    else:
        yield _open_or_folded(changes, count(len(changes.rows), "change"))
    words = [each["path"] for each in found["changes"] if each["kind"] == "words"]
    if words:
        yield Paragraph(f"Changed without moving an input: {', '.join(words)}.")


def _in_full(found: Found) -> Iterator[Part]:
    """Every measure, year and input that moved, the files, and how all this is read: folded."""
    for index, option in enumerate(found["options"]):
        measures = _measures(option, moved_measures(option), index)
        years = _years(option, index)
        if measures is not None:
            yield Fold(measures.caption, count(len(measures.rows), "measure"), (measures,))
        if years is not None:
            yield Fold(years.caption, count(len(years.rows), "line"), (years,))
    inputs = _inputs(found)
    if inputs is not None:
        yield Fold(inputs.caption, f"{count(len(inputs.rows), 'input')}, with sources", (inputs,), id="moved-inputs")
    if found["files"]:
        files = digests(_files(found))
        yield Fold("The files of the inputs", _how_files_differ(found), (files,), prints=True, id="files")
    yield reading((*_READING, ("Present values", _basis(found))))


def _how_files_differ(found: Found) -> str:
    """`one changed, three the same, with the SHA-256 of each`."""
    kinds = [each["change"] for each in found["files"]]
    told = [f"{count(kinds.count(kind), '').strip()} {_FILES.get(kind, kind)}" for kind in dict.fromkeys(kinds)]
    return f"{listed(told)}, with the SHA-256 of each"


_FILES = {"same": "the same"}


def _files(found: Found) -> Iterator[tuple[str, str]]:
    """The files of both versions with their digests: one where they are the same, otherwise the old and the new."""
    for each in found["files"]:
        if each["change"] == "same":
            yield f"{each['file']}, the same", each["new"]
            continue
        for which in ("old", "new"):
            if each[which]:
                yield f"{each['file']}, {each['change']}: {which}", each[which]


def _basis(found: Found) -> str:
    old, new = (found[name]["present_value_basis"] for name in ("old", "new"))
    return str(new) if old == new else f"Old version: {old} New version: {new}"


def _parts(option: Found, each: Found, index: str) -> Table:
    unit = each["unit"]
    rows = [
        Row(
            part_name(part) + (STRUCTURE_MARK if part["structure"] else ""),
            (Cell(moved_by(part["in_order"], unit)), Cell(part["after_text"])),
        )
        for part in each["parts"]
    ]
    if each["by"] is not None:
        rows.append(Row("In all", (Cell(moved_by(each["by"], unit)), Cell(each["new_text"])), kind="total"))
    return Table(
        id=f"parts-{index}",
        caption=f"{each['label']}, change by change: {option['title']}",
        corner="Change in the case file",
        columns=(Cell("Moves it by"), Cell(f"{each['label']} after it")),
        rows=tuple(rows),
        note=f"Old version: {each['old_text']}.",
        looks="moves",
    )


def _measures(option: Found, moved: Sequence[Found], index: int) -> Table | None:
    if not moved:
        return None
    return Table(
        id=f"measures-{index + 1}",
        caption=f"Measures moved: {option['title']}",
        corner="Measure",
        columns=(Cell("Old"), Cell("New"), Cell("By")),
        rows=tuple(Row(each["label"], (_side(each["old"]), _side(each["new"]), Cell(_by(each)))) for each in moved),
    )


def _by(each: Found) -> str:
    """How far a measure moved, in pounds; others are read from the two sides."""
    return moved_by(each["by"], "£", 2) if each["unit"] == "£" and each["by"] is not None else ""


def _side(side: Found | None) -> Cell:
    if side is None:
        return Cell("Not there")
    if side.get("reason"):
        return Cell(NO_FIGURE, sentence(side["reason"]))
    return Cell(side["text"])


def _years(option: Found, index: int) -> Table | None:
    moved = moved_years(option)
    if not moved:
        return None
    rows = [Row(each["label"], (_side(each["old"]), _side(each["new"]))) for each in moved]
    return Table(
        f"years-{index + 1}",
        f"Yearly lines moved: {option['title']}",
        "Line",
        (Cell("Old"), Cell("New")),
        tuple(rows),
        figures=False,
    )


def _changes(found: Found) -> Table | None:
    moving = [each for each in found["changes"] if each["kind"] != "words"]
    rows = [
        Row(
            each["path"] + (STRUCTURE_MARK if each["kind"] == "structure" else ""),
            (Cell(each["change"]), Cell(each["old"] or "–"), Cell(each["new"] or "–")),
        )
        for each in moving
    ]
    if not rows:
        return None
    return Table(
        "changes-table",
        "Changes that move an input or the model",
        "Place in the case file",
        (Cell("What"), Cell("Old"), Cell("New")),
        tuple(rows),
        note="An asterisk marks a change of the model itself: a line or a rule came, went or became another.",
        figures=False,
    )


def _inputs(found: Found) -> Table | None:
    if not found["inputs"]:
        return None
    return Table(
        "inputs-table",
        "Inputs of the model that differ",
        "Input",
        (Cell("Unit"), Cell("Old"), Cell("New")),
        tuple(
            Row(each["label"], (Cell(each["unit"]), _input(each["old"]), _input(each["new"])), _remark(each))
            for each in found["inputs"]
        ),
        note="With the source of each value below it.",
        figures=False,
    )


def _remark(each: Found) -> str:
    """The address of an input, and what is not plain from the two sides."""
    remarks = {"periods": "the same in the years that both versions cover", "source": "only the source changed"}
    remark = remarks.get(each["change"])
    return f"{each['address']}: {remark}" if remark else str(each["address"])


def _input(side: Found | None) -> Cell:
    if side is None:
        return Cell("Not there")
    origin = side.get("origin", {})
    parts = (origin.get("source"), origin.get("where"), origin.get("confidence"))
    return Cell(side["text"], "; ".join(part for part in parts if part))
