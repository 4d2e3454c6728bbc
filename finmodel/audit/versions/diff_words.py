"""How a comparison is put in words, on the terminal and on the page."""

from __future__ import annotations

from collections.abc import Sequence

from finmodel.audit.versions.difference import Attribution, Change, Contribution, VersionDifference
from finmodel.lines.display import number, plain_number, pounds
from finmodel.results.wording import capital, count, listed

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


def headline(each: Attribution) -> str:
    """The move of one figure in a sentence."""
    if not each.parts and each.old == each.new:
        return f"{each.label}: {each.old_text}, as before."
    if each.unit == "£":
        move = f": {moved_by(each.by, '£')}" if each.by is not None else ""
        return f"{each.label}: from {each.old_text} to {each.new_text}{move}."
    return f"{each.label}: {_payback_move(each)}."


def _payback_move(each: Attribution) -> str:
    old, new = each.old, each.new
    if old is None and new is None:
        return "not paid back within the years shown, before or after"
    if old is None:
        return f"from not paid back within the years shown to {each.new_text}"
    if new is None:
        return f"from {each.old_text} to not paid back within the years shown"
    if old == new:
        return f"{each.new_text}, as before, though changes on the way moved it"
    if 1 in (old, new):  # never out of pocket is no month from which to count
        return f"from {each.old_text} to {each.new_text}"
    by = abs(int(new - old))
    return (
        f"from {each.old_text} to {each.new_text}: "
        f"{number(by)} {'month' if by == 1 else 'months'} {'later' if new > old else 'earlier'}"
    )


def chain_of_states(each: Attribution) -> str:
    """The states in order: `June 2017; after fte: not paid back; …`."""
    return "; ".join([each.old_text, *(f"after {part_name(part)}: {part.after_text}" for part in each.parts)])


def part_name(part: Contribution) -> str:
    """What was changed: the place in the case file, and whether it was added or removed."""
    name = part.name or "What no change explains"
    return name if part.change == "changed" else f"{name} ({part.change})"


def marked(name: str, structure: bool) -> str:
    """The name of a change, with the mark of those that change the model itself."""
    return f"{name}{STRUCTURE_MARK}" if structure else name


def order_of(parts: Sequence[Contribution]) -> str:
    """In which order the parts of a move are counted; "" where there is one part, and so no order."""
    return in_which_order(any(part.structure for part in parts)) if len(parts) > 1 else ""


def in_which_order(structure: bool) -> str:
    """The order in which changes are counted, and that it is not the only one. structure: whether some are marked."""
    first = f", those of the model itself ({STRUCTURE_MARK.strip()}) first" if structure else ""
    return f"Changes in the order of the new case file{first}; in another order each could move another amount."


def verdict(found: VersionDifference) -> str:
    """The answer in a sentence."""
    if not found.changes and not found.moved:
        return "The two versions say the same: no input was changed and no figure moved."
    if not found.moved:
        return f"No figure moved; {count(len(found.changes), 'change')} in the case file."
    moving = capital(count(len(found.moving), "change"))
    options = sum(1 for option in found.options if option.moved_measures)
    further = [("children looked after", found.moved_demand), ("caseloads", found.caseload)]
    of = [count(options, "option")] if options else []
    of += [what for what, moved in further if moved]
    return f"{moving} of inputs or of the model moved figures of {listed(of)}."


def of_words(changes: Sequence[Change]) -> str:
    """The places of changes that move nothing."""
    return f"Changed without moving an input: {', '.join(change.path for change in changes)}."


def fails_in(which: Sequence[str]) -> str:
    """That a check fails in one or both of the versions."""
    return f"A check of the model fails in the {' and the '.join(which)} version: its figures are not to be used."
