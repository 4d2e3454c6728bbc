"""Agency workers for as much of a post as is not filled."""

from __future__ import annotations

from finmodel.basis.book import Book
from finmodel.case.schema import AgencyCover
from finmodel.costing.active import active_line
from finmodel.costing.prices import at_prices
from finmodel.costing.staffing import Staffing, vacancy_factor
from finmodel.lines.arithmetic import maximum
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line


def agency_cover(book: Book, staffing: Staffing, cover: AgencyCover) -> Line:
    """£ a month: FTE covered × rate × hours or days a week × paid weeks a year ÷ 12, and the agency's fee.

    FTE in post are never covered; the time in which they stand empty only where the case says so.
    """
    prefix, section = f"{staffing.prefix}.agency_cover", staffing.section
    unit = f"£ per {cover.per}"
    rate = book.monthly(
        book.state(f"{prefix}.rate", f"Agency rate for one {cover.per}", cover.rate, unit, owner=cover, section=section)
    )
    weekly = book.monthly(
        book.state(
            f"{prefix}.per_week",
            f"Agency {cover.per}s a week for one FTE",
            cover.per_week,
            f"{cover.per}s per FTE per week",
            owner=cover,
            section=section,
        )
    )
    weeks = book.monthly(
        book.state(
            f"{prefix}.weeks", "Paid weeks of agency cover", cover.weeks, "weeks per year", owner=cover, section=section
        )
    )
    charge = _with_fee(book, cover, rate, unit, prefix, section)
    gap = _gap(book, staffing, cover, prefix, section)
    rule = gap * charge * weekly * weeks / book.convention("months_in_a_year")
    return book.line(
        f"{prefix}.monthly.cost",
        "Agency cover",
        at_prices(book, rule, cover.inflation, cover.price_base),
        "£",
        section=section,
    )


def _with_fee(book: Book, cover: AgencyCover, rate: Expression, unit: str, prefix: str, section: str) -> Expression:
    """What the agency charges for an hour or a day: the rate and its fee."""
    if cover.fee_percent is not None:
        share = book.state(
            f"{prefix}.fee_percent",
            "Agency's fee, share of the rate",
            cover.fee_percent,
            "share",
            owner=cover,
            section=section,
        )
        return rate * (1 + book.monthly(share))
    if cover.fee_amount is not None:
        label = f"Agency's fee for one {cover.per}"
        fee = book.state(f"{prefix}.fee_amount", label, cover.fee_amount, unit, owner=cover, section=section)
        return rate + book.monthly(fee)
    return rate


def _gap(book: Book, staffing: Staffing, cover: AgencyCover, prefix: str, section: str) -> Line:
    """FTE that agency workers cover."""
    post = staffing.post
    start, end = cover.start or post.start, cover.end or post.end
    covered = active_line(book, prefix, start, end, section, "Agency cover runs")
    rule: Expression = maximum(staffing.fte * covered - staffing.fte_in_post, 0)
    if cover.vacancies_too and post.vacancy_factor is not None:
        rule = rule + staffing.fte_in_post * book.monthly(vacancy_factor(staffing)) * covered
    return book.line(f"{prefix}.monthly.fte", "FTE covered by agency workers", rule, "FTE", section=section)
