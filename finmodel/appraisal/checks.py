"""Checks that the model makes of itself: identities that must hold, each a line of 1 (holds) or 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from finmodel.appraisal.closeness import allowance
from finmodel.appraisal.options import COST, WrittenOption
from finmodel.basis.book import Book
from finmodel.benefits.ladder import RUNGS
from finmodel.lines.arithmetic import add_up, compare, maximum
from finmodel.lines.expression import Expression, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import at_period, smallest, total

MASTER = "checks.all"


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
        name, title = option.option.id, option.option.title
        each = [*_of_option(book, option, measures[name]), *further.get(name, ())]
        whole.append(_all(book, f"checks.{name}.all", f"{title}: every check holds", each, f"Checks: {title}"))
        checks += each
    return [*checks, _all(book, MASTER, "Every check holds", whole, "Checks")]


def _all(book: Book, address: str, label: str, checks: Sequence[Line], section: str) -> Line:
    """Whether every check holds: their product, for Excel nests functions such as MIN no deeper than 64."""
    product: Expression = checks[0]
    for check in checks[1:]:
        product = product * check
    return book.line(address, label, product, "flag", section=section)


def _of_option(book: Book, written: WrittenOption, measures: dict[str, Line]) -> list[Line]:
    monthly, yearly = written.monthly, written.yearly
    end = at_period(yearly["cumulative_net_saving"], book.number_of_years())
    pairs: dict[str, tuple[str, Expression, Expression]] = {
        "years_are_months": (
            "the years' cost is the months' cost",
            total(monthly[COST]),
            measures["total_cost"],
        ),
        "savings_are_months": (
            "the years' cashable saving is the months'",
            total(monthly["cashable_saving"]),
            measures["total_saving"],
        ),
        "net_is_saving_less_cost": (
            "net saving is saving less cost",
            measures["total_net_saving"],
            measures["total_saving"] - measures["total_cost"],
        ),
        "cumulative_ends_at_total": ("the cumulative net saving ends at the total", end, measures["total_net_saving"]),
        "present_values_agree": (
            "net present value is the saving's less the cost's",
            measures["net_present_value"],
            measures["present_value_of_saving"] - measures["present_value_of_cost"],
        ),
    }
    components = [line for post in written.own.posts for line in post.components]
    if components:
        parts = add_up([_total(book, line) for line in components])
        whole = add_up([_total(book, post.cost) for post in written.own.posts])
        pairs["posts_are_their_parts"] = (
            "the posts cost what pay and on-costs come to",
            literal(parts),
            literal(whole),
        )
    checks = [_equal(book, written, key, what, pair) for key, (what, *pair) in pairs.items()]
    return checks + [
        _ladder(book, written, index, upper, lower) for index, (upper, lower) in enumerate(_rungs(written))
    ]


def _total(book: Book, line: Line) -> Line:
    address = f"{line.address}.total"
    return book.shared(
        address, lambda: book.line(address, f"{line.label}, all years", total(line), line.unit, section="Totals")
    )


def _equal(book: Book, written: WrittenOption, key: str, what: str, pair: Sequence[Expression]) -> Line:
    """Whether two ways to one figure come to the same, to half a penny or what rounding may come to."""
    left, right = pair
    title = written.option.title
    rule = compare(maximum(left - right, right - left), "<", allowance(book, written))
    return book.line(f"checks.{written.option.id}.{key}", f"{title}: {what}", rule, "flag", section=f"Checks: {title}")


def _rungs(written: WrittenOption) -> list[tuple[Line, Line]]:
    """Each rung of the ladder with the one below it, of each benefit and other saving."""
    names = list(RUNGS)
    return [
        (claim.rungs[upper], claim.rungs[lower]) for claim in written.own.claims for upper, lower in pairwise(names)
    ]


def _ladder(book: Book, written: WrittenOption, index: int, upper: Line, lower: Line) -> Line:
    option, title = written.option.id, written.option.title
    what = f"{lower.label.lower()} is at most {upper.label.lower()}"
    section = f"Checks: {title}"
    step = book.line(
        f"{lower.address}.step_down", f"{upper.label} less {lower.label.lower()}", upper - lower, "£", section=section
    )
    least = book.line(
        f"checks.{option}.ladder_{index + 1}.least", f"Smallest step: {what}", smallest(step), "£", section=section
    )
    rule = compare(least, ">=", 0 - allowance(book, written))
    return book.line(f"checks.{option}.ladder_{index + 1}", f"{title}: {what}", rule, "flag", section=section)
