"""Checks that the model makes of itself: identities that must hold, each a line of 1 (holds) or 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from finmodel.appraisal.closeness import allowance
from finmodel.appraisal.options import COST, WrittenOption
from finmodel.appraisal.overwriting import TOTALS, write_overwriting_checks
from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.benefits.deductions import RUNGS
from finmodel.costing.posts import PricedPost
from finmodel.lines.arithmetic import add_up, compare, maximum
from finmodel.lines.expression import Expression, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import at_period, smallest, total

MASTER = "checks.all"
_MOST_FACTORS = 24  # of a product of checks, so that its formula can be read
Pair = tuple[str, str, Expression, Expression]  # the last part of an address, what is checked, and the two figures


def write_checks(
    book: Book,
    options: list[WrittenOption],
    measures: dict[str, dict[str, Line]],
    further: Mapping[str, Sequence[Line]],
) -> list[Line]:
    """Write the checks of every option, and the one that sums them up, which comes last.

    further: checks that are written already, by option.
    """
    checks: list[Line] = []
    whole: list[Line] = []
    for option in options:
        name = option.option.id
        each = [*_of_option(option, measures[name]), *further.get(name, ()), *book.limits.get(name, ())]
        whole.append(_all(option.checks, f"{option.option.title}: every check holds", each))
        checks += each
    tolerances = {option.option.id: allowance(option) for option in options}
    standing = [check for found in write_overwriting_checks(book, tolerances).values() for check in found]
    return [*checks, *standing, _all(Room(book, "checks", "Checks"), "Every check holds", [*whole, *standing])]


def _all(room: Room, label: str, checks: Sequence[Line]) -> Line:
    """Whether every check holds: their product, for Excel nests functions such as MIN no deeper than 64."""
    number = 0
    while len(checks) > _MOST_FACTORS:
        number += 1
        some, checks = checks[:_MOST_FACTORS], checks[_MOST_FACTORS:]
        checks = [*checks, room.line(f"some_{number}", f"{label}: part {number}", _product(some), "flag")]
    return room.line("all", label, _product(checks), "flag")


def _product(checks: Sequence[Line]) -> Expression:
    product: Expression = checks[0]
    for check in checks[1:]:
        product = product * check
    return product


def _of_option(written: WrittenOption, measures: dict[str, Line]) -> list[Line]:
    monthly, book = written.monthly, written.room.book
    end = at_period(written.yearly["cumulative_net_saving"], book.number_of_years())
    pairs: list[Pair] = [
        ("years_are_months", "the years' cost is the months' cost", total(monthly[COST]), measures["total_cost"]),
        (
            "savings_are_months",
            "the years' cashable saving is the months'",
            total(monthly["cashable_saving"]),
            measures["total_saving"],
        ),
        (
            "net_is_saving_less_cost",
            "net saving is saving less cost",
            measures["total_net_saving"],
            measures["total_saving"] - measures["total_cost"],
        ),
        ("cumulative_ends_at_total", "the cumulative net saving ends at the total", end, measures["total_net_saving"]),
        (
            "present_values_agree",
            "net present budget impact is the saving's less the cost's",
            measures["net_present_budget_impact"],
            measures["present_value_of_saving"] - measures["present_value_of_cost"],
        ),
    ]
    if written.own.posts:
        parts = [_parts(book, post) for post in written.own.posts]
        whole = literal(add_up([_total(book, post.cost) for post in written.own.posts]))
        what = "the posts cost what pay and on-costs come to"
        pairs.append(("posts_are_their_parts", what, literal(add_up(parts)), whole))
    checks = [check_that_equal(written, pair) for pair in pairs]
    return checks + [_step(written, index + 1, *pair) for index, pair in enumerate(_rungs(written))]


def _total(book: Book, line: Line) -> Line:
    room = Room(book, line.address, TOTALS).once
    return room.line("total", f"{line.label}, all years", total(line), line.unit)


def _parts(book: Book, post: PricedPost) -> Line:
    """Pay and on-costs of a post, over all years."""
    room = Room(book, post.cost.address, TOTALS).once
    parts = literal(add_up([_total(book, line) for line in post.components]))
    return room.line("total_of_parts", f"{post.post.title}: pay and on-costs, all years", parts, "£")


def check_that_equal(written: WrittenOption, pair: Pair) -> Line:
    """Whether two ways to one figure agree, to half a penny or what rounding may add up to."""
    name, what, left, right = pair
    room = written.checks
    rule = compare(maximum(left - right, right - left), "<", allowance(written))
    return room.line(name, f"{written.option.title}: {what}", rule, "flag")


def _rungs(written: WrittenOption) -> list[tuple[Line, Line]]:
    """Each rung of the deductions with the one below it, of each claim."""
    return [
        (claim.rungs[upper], claim.rungs[lower]) for claim in written.own.claims for upper, lower in pairwise(RUNGS)
    ]


def _step(written: WrittenOption, number: int, upper: Line, lower: Line) -> Line:
    """Whether a rung is at most the one above it, in every month."""
    room, what = written.checks, f"{lower.label.lower()} is at most {upper.label.lower()}"
    step = Room(room.book, lower.address, room.section).line(
        "step_down", f"{upper.label} less {lower.label.lower()}", upper - lower, "£"
    )
    least = room.line(f"ladder_{number}.least", f"Smallest step: {what}", smallest(step), "£")
    rule = compare(least, ">=", 0 - allowance(written))
    return room.line(f"ladder_{number}", f"{written.option.title}: {what}", rule, "flag")
