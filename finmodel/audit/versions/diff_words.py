"""How a comparison is spoken of, on the terminal and on the page: plain text from its plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from finmodel.lines.display import number, plain_number, pounds

Found = dict[str, Any]
STRUCTURE_MARK = " *"


def moved_by(value: float | None, unit: str, places: int = 0) -> str:
    """`+£1,200`, `−3 months`, `no change`; "–" where it cannot be said."""
    if value is None:
        return "–"
    if unit == "£":
        text = pounds(value, places)
        return f"+{text}" if value > 0 and text != pounds(0, places) else text
    text = plain_number(value, 2)
    sign = "+" if value > 0 else ""
    return f"{sign}{text} {'month' if text.lstrip(chr(8722)) == '1' else 'months'}"


def headline(each: Found) -> str:
    """The move of one figure in a sentence."""
    what, old, new = each["label"], each["old_text"], each["new_text"]
    if not each["parts"] and each["old"] == each["new"]:
        return f"{what}: {old}, as before."
    if each["unit"] == "£":
        move = f": {moved_by(each['by'], '£')}" if each["by"] is not None else ""
        return f"{what}: from {old} to {new}{move}."
    return f"{what}: {_payback_move(each)}."


def _payback_move(each: Found) -> str:
    old, new = each["old"], each["new"]
    if old is None and new is None:
        return "not paid back within the years shown, before or after"
    if old is None:
        return f"from not paid back within the years shown to {each['new_text']}"
    if new is None:
        return f"from {each['old_text']} to not paid back within the years shown"
    if old == new:
        return f"{new_same(each)}, though changes on the way moved it"
    if 1 in (old, new):  # never out of pocket is no month from which to count
        return f"from {each['old_text']} to {each['new_text']}"
    by = abs(int(new - old))
    return (
        f"from {each['old_text']} to {each['new_text']}: "
        f"{number(by)} {'month' if by == 1 else 'months'} {'later' if new > old else 'earlier'}"
    )


def new_same(each: Found) -> str:
    """The month that did not change."""
    return f"{each['new_text']}, as before"


def chain_of_states(each: Found) -> str:
    """The states in order: `June 2017; after fte: not paid back; …`."""
    texts = [each["old_text"]]
    texts += [f"after {part_name(part)}: {part['after_text']}" for part in each["parts"]]
    return "; ".join(texts)


def part_name(part: Found) -> str:
    """What was changed: the place in the case file, and whether it was added or removed."""
    name = " + ".join(part["changes"]) or "What no change explains"
    return name if part["change"] == "changed" else f"{name} ({part['change']})"


def order_of(parts: Sequence[Found]) -> str:
    """In which order the parts of a move are counted; "" where there is one part, and so no order."""
    return in_which_order(any(part["structure"] for part in parts)) if len(parts) > 1 else ""


def in_which_order(structure: bool) -> str:
    """The order in which changes are counted, and that it is not the only one. structure: whether some are marked."""
    first = f", those of the model itself ({STRUCTURE_MARK.strip()}) first" if structure else ""
    return f"Changes in the order of the new case file{first}; in another order each could move another amount."


def moved_measures(option: Found) -> list[Found]:
    """The measures of an option that moved, came or went."""
    return [move for move in option["measures"].values() if move["change"] != "same"]


def moved_years(option: Found) -> list[Found]:
    """The yearly lines of an option that moved."""
    return [move for move in option["by_year"].values() if move["change"] != "same"]


def side_text(side: Found | None) -> str:
    """A side of a move with its reason."""
    if side is None:
        return "not there"
    return f"{side['text']} ({side['reason']})" if side.get("reason") else str(side["text"])


def verdict(found: Found) -> str:
    """The answer in a sentence."""
    changes = [each for each in found["changes"] if each["kind"] != "words"]
    if not found["changes"] and not found["moved"]:
        return "The two versions say the same: no input was changed and no figure moved."
    if not found["moved"]:
        return f"No figure moved; {count(len(found['changes']), 'change')} in the case file."
    options = [option for option in found["options"] if moved_measures(option)]
    return (
        f"{count(len(changes), 'change')} of inputs or of the model moved figures of {count(len(options), 'option')}."
    )


def count(n: int, what: str) -> str:
    """`1 change`, `2 changes`."""
    return f"{number(n)} {what}{'' if n == 1 else 's'}"
