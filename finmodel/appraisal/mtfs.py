"""Changes to the base budget, as a medium-term financial strategy lists them: growth and savings, line by line.

A change is what a line comes to in a year less what it came to in the year before; before the first year it is nil. So
what is met once goes in in its year and comes out again in the year after, by itself. A pressure is positive, a saving
negative. Source of the form: the budget papers of English councils, which list incremental changes so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from finmodel.appraisal.closeness import allowance
from finmodel.appraisal.options import COST, OwnLines, WrittenOption
from finmodel.basis.book import Book
from finmodel.lines.arithmetic import add_up, compare, maximum
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import largest, previous, running_total, total

Kind = Literal["growth", "saving"]
GROWTH: Kind = "growth"
SAVING: Kind = "saving"
SECTION = "Changes to the base budget (MTFS)"


@dataclass(frozen=True, slots=True)
class BudgetItem:
    """A yearly line that makes up an option's cost or its cashable saving, £, positive in itself."""

    kind: Kind
    key: str  # the last part of its address
    label: str
    yearly: Line


@dataclass(frozen=True, slots=True)
class MtfsLine:
    """A line of the table: what the budget changes by in each year, £, and all years together."""

    reference: str
    kind: Kind
    label: str
    yearly: Line
    change: Line
    whole: Line


@dataclass(frozen=True, slots=True)
class WrittenMtfs:
    """The table of an option, its bridge from year to year, and its checks.

    opening + growth + saving = closing, by year; closing is also the running total of the changes.
    """

    lines: tuple[MtfsLine, ...]
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
    for claim in own.ours:
        saving = claim.yearly["cashable_saving"]
        items.append(BudgetItem(SAVING, _key(saving), claim.claim.label, saving))
    return items


def _key(line: Line) -> str:
    """`costs.training` of `options.team.costs.training.cost`."""
    return ".".join(line.address.split(".")[2:-1])


def write_mtfs(book: Book, written: WrittenOption, first_number: int) -> WrittenMtfs:
    """Write the table of an option; its lines are numbered from `first_number`, growth before savings.

    What the status quo costs falls away, and so does what it saves: both stand among the lines with the other sign.
    """
    root = f"options.{written.option.id}.mtfs"
    own = budget_items(written.own)
    before = [] if written.status_quo is None else budget_items(written.status_quo)
    lines: list[MtfsLine] = []
    for kind in (GROWTH, SAVING):
        for items, falls_away in ((own, False), (before, True)):
            for item in items:
                if item.kind == kind:
                    reference = f"{book.case.mtfs.prefix}-{first_number + len(lines):02d}"
                    lines.append(_line(book, root, item, reference, falls_away))
    return _bridge(book, written, root, lines)


def _line(book: Book, root: str, item: BudgetItem, reference: str, falls_away: bool) -> MtfsLine:
    address = f"{root}.{'status-quo-' if falls_away else ''}{item.key}"
    label = f"{item.label}, as in the status quo, which falls away" if falls_away else item.label
    sign = "a pressure" if (item.kind == GROWTH) != falls_away else "a saving, below nil"
    change = book.line(
        f"{address}.change",
        f"{reference}: {label}",
        _change(item.yearly, (item.kind == SAVING) != falls_away),
        "£",
        section=SECTION,
        note=f"This year's less the year before's: {sign} while it rises.",
    )
    whole = book.line(f"{address}.all_years", f"{reference}: {label}, all years", total(change), "£", section=SECTION)
    return MtfsLine(reference, item.kind, label, item.yearly, change, whole)


def _change(yearly: Line, negative: bool) -> Expression:
    """This year's less the year before's; the other way round for what takes from the budget."""
    return previous(yearly) - yearly if negative else yearly - previous(yearly)


def _bridge(book: Book, written: WrittenOption, root: str, lines: list[MtfsLine]) -> WrittenMtfs:
    sums: dict[Kind, Line] = {}
    for kind, label in ((GROWTH, "Growth, all lines"), (SAVING, "Savings, all lines")):
        changes = [line.change for line in lines if line.kind == kind]
        sums[kind] = book.line(f"{root}.{kind}", label, add_up(changes), "£", timeline=Timeline.YEARS, section=SECTION)
    net = book.line(
        f"{root}.net_change", "Net change to the base budget", sums[GROWTH] + sums[SAVING], "£", section=SECTION
    )
    closing = book.line(
        f"{root}.closing",
        "Budget at the end of the year, against the base before the first",
        running_total(net),
        "£",
        section=SECTION,
        note="All changes to date.",
    )
    opening = book.line(
        f"{root}.opening", "Budget at the start of the year, against that base", previous(closing), "£", section=SECTION
    )
    whole = book.line(f"{root}.all_years", "Net change, all years", total(net), "£", section=SECTION)
    wholes = {
        kind: book.line(f"{root}.{kind}_all_years", f"{line.label}, all years", total(line), "£", section=SECTION)
        for kind, line in sums.items()
    }
    checks = (
        _foots(book, written, "growth", "the budget's growth to date is the year's cost", sums[GROWTH], COST),
        _foots(book, written, "saving", "the budget's savings to date are the year's", sums[SAVING], "cashable_saving"),
    )
    return WrittenMtfs(
        tuple(lines),
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


def _foots(book: Book, written: WrittenOption, key: str, what: str, changes: Line, yearly: str) -> Line:
    """Whether the changes to date come to the yearly figure in every year, within what is allowed."""
    option, title = written.option.id, written.option.title
    to_date = book.line(
        f"options.{option}.mtfs.{key}_to_date",
        f"{changes.label}, to date",
        running_total(changes),
        "£",
        section=SECTION,
    )
    figure = written.yearly[yearly]
    apart: Expression = to_date - figure if key == GROWTH else to_date + figure
    difference = book.line(
        f"options.{option}.mtfs.{key}_apart",
        f"{changes.label} to date, apart from the year's {figure.label.lower()}",
        maximum(apart, 0 - apart),
        "£",
        section=SECTION,
    )
    most = book.line(
        f"checks.{option}.mtfs_{key}.most",
        f"Largest difference: {what}",
        largest(difference),
        "£",
        section=f"Checks: {title}",
    )
    return book.line(
        f"checks.{option}.mtfs_{key}",
        f"{title}: {what}",
        compare(most, "<", allowance(book, written)),
        "flag",
        section=f"Checks: {title}",
    )
