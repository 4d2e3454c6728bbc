"""A comparison of two versions as text for the terminal, whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from finmodel.audit.versions.diff_words import (
    STRUCTURE_MARK,
    chain_of_states,
    headline,
    moved_by,
    moved_measures,
    moved_years,
    part_name,
    side_text,
    verdict,
)

Found = dict[str, Any]


def as_text(found: Found, years: bool = False) -> str:
    """The comparison; `years` for the yearly lines too."""
    rows = [f"{found['old']['folder']} (old) and {found['new']['folder']} (new): {found['new']['title']}"]
    rows += [verdict(found), ""]
    rows += _changes(found)
    rows += _inputs(found)
    for option in found["options"]:
        rows += _option(option, years)
    return "\n".join(rows).rstrip()


def _changes(found: Found) -> Iterator[str]:
    moving = [each for each in found["changes"] if each["kind"] != "words"]
    words = [each["path"] for each in found["changes"] if each["kind"] == "words"]
    if moving:
        yield "Changed in the case file (* changes the model itself, not only a value)"
        for each in moving:
            mark = STRUCTURE_MARK if each["kind"] == "structure" else ""
            yield f"  {each['path']}{mark}: {_from_to(each)}"
    if words:
        yield f"Changed without moving an input: {', '.join(words)}"
    files = [f"{each['file']} {each['change']}" for each in found["files"] if each["change"] != "same"]
    if files:
        yield f"Files: {', '.join(files)}"
    if moving or words or files:
        yield ""


def _from_to(each: Found) -> str:
    if each["change"] == "changed":
        return f"{each['old']} → {each['new']}"
    return f"{each['change']} ({each['new'] or each['old']})"


def _inputs(found: Found) -> Iterator[str]:
    if not found["inputs"]:
        return
    yield "Inputs of the model"
    for each in found["inputs"]:
        yield f"  {each['label']}: {_input_move(each)}  [{each['address']}]"
    yield ""


def _input_move(each: Found) -> str:
    if each["change"] == "source":
        return f"{each['new']['text']}; its source or confidence changed"
    if each["change"] == "periods":
        return f"{each['new']['text']}; the same in the years that both versions cover"
    if each["change"] == "changed":
        return f"{each['old']['text']} → {each['new']['text']}"
    side = each["new"] or each["old"]
    return f"{each['change']}, {side['text']}"


def _option(option: Found, years: bool) -> Iterator[str]:
    yield option["title"] + ("" if option["which"] == "both" else f" [only in the {option['which']} version]")
    moved = moved_measures(option)
    if not moved:
        yield "  No measure moved."
    for each in moved:
        yield f"  {each['label']}: {side_text(each['old'])} → {side_text(each['new'])}"
    for each in moved_years(option) if years else []:
        yield f"  {each['label']}, by year: {side_text(each['old'])} → {side_text(each['new'])}"
    for each in option["attribution"] if moved else []:
        yield ""
        yield from _attribution(each)
    yield ""


def _attribution(each: Found) -> Iterator[str]:
    yield f"  {headline(each)}"
    if not each["parts"]:
        return
    unit = each["unit"]
    rows = [("", "moves it by", "to")]
    for part in each["parts"]:
        mark = STRUCTURE_MARK if part["structure"] else ""
        rows.append((part_name(part) + mark, moved_by(part["in_order"], unit), part["after_text"]))
    if each["by"] is not None:
        rows.append(("In all", moved_by(each["by"], unit), each["new_text"]))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for name, *cells in rows:
        figures = "  ".join(cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        yield f"    {name.ljust(widths[0])}  {figures}"
    if each["by"] is None:
        yield f"    In order: {chain_of_states(each)}."
    if each["order"]:
        yield f"    {each['order']}"
