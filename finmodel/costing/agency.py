"""Agency workers for as much of a post as is not filled."""

from __future__ import annotations

from finmodel.basis.prices import at_prices
from finmodel.basis.room import Room
from finmodel.case.schema import AgencyCover
from finmodel.costing.active import active_within
from finmodel.costing.staffing import Staffing, vacancy_factor
from finmodel.lines.arithmetic import maximum
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line


def agency_cover(staffing: Staffing, cover: AgencyCover) -> Line:
    """£ a month: FTE covered × rate × hours or days a week × paid weeks a year ÷ 12, and the agency's fee.

    FTE in post are never covered; the time in which they stand empty only where the case says so.
    """
    room, unit = staffing.room.within("agency_cover", cover), f"£ per {cover.per}"
    rate = room.state("rate", f"Agency rate for one {cover.per}", cover.rate, unit)
    weekly = room.state(
        "per_week", f"Agency {cover.per}s a week for one FTE", cover.per_week, f"{cover.per}s per FTE per week"
    )
    weeks = room.state("weeks", "Paid weeks of agency cover", cover.weeks, "weeks per year")
    charge = _with_fee(room, cover, rate)
    rule = room.a_month(_gap(room, staffing, cover) * charge * weekly * weeks)
    return room.monthly("cost", "Agency cover", at_prices(room.book, rule, cover.inflation, cover.price_base))


def _with_fee(room: Room, cover: AgencyCover, rate: Line) -> Expression:
    """What the agency charges for an hour or a day: the rate and its fee."""
    if cover.fee_percent is not None:
        return rate * (1 + room.state("fee_percent", "Agency's fee, share of the rate", cover.fee_percent, "share"))
    if cover.fee_amount is not None:
        return rate + room.state("fee_amount", f"Agency's fee for one {cover.per}", cover.fee_amount, rate.unit)
    return rate


def _gap(room: Room, staffing: Staffing, cover: AgencyCover) -> Line:
    """FTE that agency workers cover."""
    post = staffing.post
    in_post = (staffing.room["start"], staffing.room["end"])
    covered = active_within(room, cover.start, cover.end, "Agency cover runs", in_post)
    rule: Expression = maximum(staffing.fte * covered - staffing.fte_in_post, 0)
    if cover.vacancies_too and post.vacancy_factor is not None:
        rule = rule + staffing.fte_in_post * vacancy_factor(staffing) * covered
    return room.monthly("fte", "FTE covered by agency workers", rule, "FTE")
