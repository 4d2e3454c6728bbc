"""Changes to the base budget, as a medium-term financial strategy lists them: growth and savings, line by line.

A change is what a line totals in a year less what it totalled in the year before; before the first year it is zero. So
what is met once goes in in its year and comes out again in the year after, by itself. A pressure is positive, a saving
negative. Source of the form: the budget papers of English councils, which list incremental changes so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from finmodel.appraisal.budget_reduction import Split
from finmodel.appraisal.closeness import allowance
from finmodel.appraisal.options import COST, OwnLines, WrittenOption
from finmodel.basis.room import Room
from finmodel.lines.arithmetic import add_up, compare, maximum
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line
from finmodel.lines.timing import largest, previous, running_total, total

Kind = Literal["growth", "saving"]
GROWTH: Kind = "growth"
SAVING: Kind = "saving"
Part = Literal["reduction", "avoided_growth", "not_stated"]
PARTS: dict[Part, str] = {
    "reduction": "Savings and income that reduce today's budget",
    "avoided_growth": "Growth avoided",
    "not_stated": "Savings, not stated which of the two",
}  # what a saving does to the budget
SECTION = "Changes to the base budget (MTFS)"


class BudgetItem(Struct, frozen=True):
    """A yearly line that makes up an option's cost or its cashable saving, £, positive in itself.

    part: what a saving does to the budget; None of a cost. takes: whether it takes from the saving.
    """

    kind: Kind
    key: str  # the last part of its address
    label: str
    yearly: Line
    part: Part | None = None
    takes: bool = False


class MtfsLine(Struct, frozen=True):
    """A line of the table: what the budget changes by in each year, £, and all years together."""

    reference: str
    kind: Kind
    part: Part | None
    label: str
    yearly: Line
    change: Line
    whole: Line


class SavedPart(Struct, frozen=True):
    """Savings that do the same to the budget: what it changes by in each year, £, and all changes together, below zero.

    saved: what they come to over all years shown, £, positive; the parts together are the cashable saving.
    """

    change: Line
    whole: Line
    saved: Line


class WrittenMtfs(Struct, frozen=True):
    """The table of an option, its bridge from year to year, and its checks.

    opening + growth + saving = closing, by year; closing is also the running total of the changes. parts: the savings
    by what they do to the budget.
    """

    lines: tuple[MtfsLine, ...]
    parts: dict[Part, SavedPart]
    opening: Line
    growth: Line
    saving: Line
    whole_growth: Line
    whole_saving: Line
    net_change: Line
    whole: Line
    closing: Line
    checks: tuple[Line, ...]


def budget_items(own: OwnLines) -> list[BudgetItem]:
    """What an option costs and saves in itself, item by item: the one place to add to when there is a new kind."""
    items = [BudgetItem(GROWTH, f"posts.{post.post.id}", post.post.title, post.cost) for post in own.posts]
    revenue = [cost.cost for cost in own.costs if cost.cost is not None]
    items += [BudgetItem(GROWTH, _key(cost), cost.label, cost) for cost in revenue]
    for split in own.split.splits:
        items += _savings(split)
    beyond = own.split.beyond_by_year
    if beyond is not None:
        items.append(
            BudgetItem(SAVING, beyond.address.split(".", 2)[2], beyond.label, beyond, "avoided_growth", takes=True)
        )
    return items


def _savings(split: Split) -> Iterator[BudgetItem]:
    """A claim's cashable saving: whole, or in the part that reduces today's budget and the part that avoids growth."""
    whole, label = split.claim.yearly["cashable_saving"], split.claim.claim.label
    key = _key(whole)
    if split.by_year is None:
        yield BudgetItem(SAVING, key, label, whole, "not_stated" if split.how == "not stated" else "reduction")
        return
    yield BudgetItem(SAVING, key, label, split.by_year["reduction"], "reduction")
    avoided = split.by_year.get("avoided_growth")
    if avoided is not None:
        yield BudgetItem(SAVING, f"{key}.avoided_growth", f"{label}: growth avoided", avoided, "avoided_growth")


def _key(line: Line) -> str:
    """`costs.training` of `options.team.costs.training.cost`."""
    return ".".join(line.address.split(".")[2:-1])


def write_mtfs(written: WrittenOption, first_number: int) -> WrittenMtfs:
    """Write the table of an option; its lines are numbered from `first_number`, growth before savings.

    What business as usual costs falls away, and so does what it saves: both stand among the lines with the other sign.
    Business as usual itself changes nothing, so it has no lines.
    """
    room, prefix = written.room.within("mtfs", section=SECTION), written.room.book.case.mtfs.prefix
    own = [] if written.is_business_as_usual else budget_items(written.own)
    before = [] if written.status_quo is None or written.is_business_as_usual else budget_items(written.status_quo)
    lines: list[MtfsLine] = []
    for kind, part in ((GROWTH, None), *((SAVING, part) for part in PARTS)):
        for items, falls_away in ((own, False), (before, True)):
            for item in items:
                if (item.kind, item.part) == (kind, part):
                    lines.append(_line(room, item, f"{prefix}-{first_number + len(lines):02d}", falls_away))
    return _bridge(room, written, lines)


def _line(mtfs: Room, item: BudgetItem, reference: str, falls_away: bool) -> MtfsLine:
    room = mtfs.within(f"{'status-quo-' if falls_away else ''}{item.key}")
    label = f"{item.label}, as in business as usual, which falls away" if falls_away else item.label
    takes = (item.kind == SAVING) ^ item.takes ^ falls_away
    sign = "a saving, below zero" if takes else "a pressure"
    change = room.line(
        "change",
        f"{reference}: {label}",
        _change(item.yearly, takes),
        "£",
        note=f"This year's less the year before's: {sign} while it rises.",
    )
    whole = room.line("all_years", f"{reference}: {label}, all years", total(change), "£")
    return MtfsLine(reference, item.kind, item.part, label, item.yearly, change, whole)


def _change(yearly: Line, negative: bool) -> Expression:
    """This year's less the year before's; the other way round for what takes from the budget."""
    return previous(yearly) - yearly if negative else yearly - previous(yearly)


def _bridge(room: Room, written: WrittenOption, lines: list[MtfsLine]) -> WrittenMtfs:
    sums: dict[Kind, Line] = {}
    for kind, label in ((GROWTH, "Growth, all lines"), (SAVING, "Savings, all lines")):
        sums[kind] = room.yearly(kind, label, add_up([line.change for line in lines if line.kind == kind]))
    net = room.line("net_change", "Net change to the base budget", sums[GROWTH] + sums[SAVING], "£")
    label = "Budget at the end of the year, against the base before the first"
    closing = room.line("closing", label, running_total(net), "£", note="All changes to date.")
    opening = room.line("opening", "Budget at the start of the year, against that base", previous(closing), "£")
    whole = room.line("all_years", "Net change, all years", total(net), "£")
    wholes = {
        kind: room.line(f"{kind}_all_years", f"{line.label}, all years", total(line), "£")
        for kind, line in sums.items()
    }
    checks = (
        _foots(room, written, GROWTH, "the budget's growth to date is the year's cost", sums, COST),
        _foots(room, written, SAVING, "the budget's savings to date are the year's", sums, "cashable_saving"),
    )
    return WrittenMtfs(
        tuple(lines),
        _parts(room, lines),
        opening,
        growth=sums[GROWTH],
        saving=sums[SAVING],
        whole_growth=wholes[GROWTH],
        whole_saving=wholes[SAVING],
        net_change=net,
        whole=whole,
        closing=closing,
        checks=checks,
    )


def _parts(room: Room, lines: list[MtfsLine]) -> dict[Part, SavedPart]:
    """The savings by what they do to the budget: those parts that have lines."""
    found = {}
    for part, label in PARTS.items():
        changes = [line.change for line in lines if line.part == part]
        if changes:
            yearly = room.yearly(part, label, add_up(changes))
            whole = room.line(f"{part}_all_years", f"{label}, all years", total(yearly), "£")
            to_date = room.line(f"{part}_to_date", f"{label}, to date", running_total(yearly), "£")
            said = f"{label}: what they come to over the years shown"
            found[part] = SavedPart(yearly, whole, room.line(f"{part}_saved", said, 0 - total(to_date), "£"))
    return found


def _foots(room: Room, written: WrittenOption, key: Kind, what: str, sums: dict[Kind, Line], yearly: str) -> Line:
    """Whether the changes to date total the yearly figure in every year, within what is allowed."""
    changes, figure = sums[key], written.yearly[yearly]
    to_date = room.line(f"{key}_to_date", f"{changes.label}, to date", running_total(changes), "£")
    apart: Expression = to_date - figure if key == GROWTH else to_date + figure
    label = f"{changes.label} to date, apart from the year's {figure.label.lower()}"
    difference = room.line(f"{key}_apart", label, maximum(apart, 0 - apart), "£")
    checks, name = written.checks, f"mtfs_{key}"
    most = checks.line(f"{name}.most", f"Largest difference: {what}", largest(difference), "£")
    return checks.line(name, f"{written.option.title}: {what}", compare(most, "<", allowance(written)), "flag")
