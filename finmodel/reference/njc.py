"""Council pay: the spine of the National Joint Council for Local Government Services.

A spine serves every month whose last day it is in force on. It holds to the day before the next spine, through a pay
freeze too; the last one known holds to the end of its own financial year, after which pay is not published.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Literal, cast

from msgspec import Struct
from msgspec.structs import replace

from finmodel.lines.periods import FinancialYear, Month
from finmodel.reference.loader import load
from finmodel.reference.rates import Rate, RateNotFoundError, weakest
from finmodel.reference.series import groups
from finmodel.reference.sourced import provenance
from finmodel.reference.table import DataRow
from finmodel.reference.when import DAY, in_words, serves, year_dates

SpineName = Literal["old", "new"]

ASSIMILATION = date(2019, 4, 1)  # the day that the old points became points of the new spine
_REMEDY = "State the salary in the case."


class Spine(Struct, frozen=True):
    """One spine: its points' salaries from one day to another."""

    name: SpineName
    starts: date
    ends: date
    rates: Mapping[int, Rate]  # by point
    agreed: bool = True  # and not offered alone

    def at(self, month: Month) -> dict[int, Rate]:
        """The points that still exist on the last day of a month."""
        return {point: rate for point, rate in self.rates.items() if serves(month, rate.effective, rate.until)}


def njc_salary(month: Month, point: int, spine: SpineName) -> Rate:
    """£ a year for one full-time worker at a point, outside London.

    An old point from April 2019 on takes the salary of the new point that it became.
    """
    current = _spine_for(month)
    if spine == current.name:
        return _at_point(current, month, point)
    if spine == "new":
        raise RateNotFoundError(
            f"There was no new NJC spine in {month.words}: it starts in April 2019. Use the old spine's point."
        )
    return _assimilated(current, month, point)


def njc_spine_in_force(month: Month) -> SpineName:
    """Which spine, the old one or the new one, was paid in a month."""
    return _spine_for(month).name


def njc_points(month: Month, spine: SpineName) -> tuple[int, ...]:
    """The points that have a salary in a month; for the old spine from April 2019, those that became one that has."""
    current = _spine_for(month)
    points = current.at(month)
    if spine == current.name:
        return tuple(sorted(points))
    if spine == "new":
        return ()
    return tuple(sorted(old for old, row in _assimilation().items() if int(row["new_scp"]) in points))


def last_published_pay() -> Month:
    """The month in which the last spine known starts."""
    return Month.containing(spines()[-1].starts)


def last_agreed_pay() -> Month:
    """The month in which the last spine that is agreed, and not offered alone, starts."""
    return Month.containing([spine for spine in spines() if spine.agreed][-1].starts)


@cache
def offered_award() -> Rate | None:
    """The award behind the last spine, a share of the pay before it, where it is offered and not agreed.

    None where it is agreed, or where it is no one percentage for all points of the spine.
    """
    last = spines()[-1]
    rows = [row for row in load("njc_pay_awards") if row.day("effective_date") == last.starts]
    if last.agreed or len(rows) != 1 or rows[0]["kind"] != "percent":
        return None
    row = rows[0]
    rate = Rate(
        value=row.fraction("value"),
        unit="rate",
        label=f"Pay award offered, {row['applies_to']}",
        effective=last.starts,
        until=last.ends,
        **provenance(row),
    )
    return replace(rate, note=f"Offered, not agreed. {row.note}".strip())


def first_published_pay() -> Month:
    """The month in which the first spine that is known starts."""
    return Month.containing(spines()[0].starts)


@lru_cache(maxsize=4096)
def pay_is_published(month: Month) -> bool:
    """Whether a spine is known to be in force in a month; in a year of pay freeze it is."""
    return any(serves(month, spine.starts, spine.ends) for spine in spines())


@cache
def spines() -> tuple[Spine, ...]:
    """Every spine, earliest first."""
    found = sorted(groups(load("njc_pay_spine"), ("year_from", "spine")).items())
    starts = [date.fromisoformat(start) for (start, _), _ in found]
    last = year_dates(FinancialYear.containing(starts[-1]))[1]
    ends = [*(start - DAY for start in starts[1:]), last]
    return tuple(
        Spine(
            cast(SpineName, name),
            start,
            end,
            {int(row["scp"]): _rate(row, end) for row in rows},
            agreed=all(row["status"] == "agreed" for row in rows),
        )
        for ((_, name), rows), start, end in zip(found, starts, ends, strict=True)
    )


def _rate(row: DataRow, spine_ends: date) -> Rate:
    deleted = _deleted().get((row["spine"], int(row["scp"])))
    offered = "This pay award is offered, not agreed: the figure may change." if row["status"] == "offered" else ""
    rate = Rate(
        value=row.number("annual_salary_gbp"),
        unit="£ a year",
        label=f"NJC point {row['scp']}, {row['spine']} spine",
        effective=row.day("year_from"),
        until=spine_ends if deleted is None else min(spine_ends, deleted - DAY),
        **provenance(row),
    )
    return replace(rate, note=f"{offered} {row.note}".strip())


@cache
def _deleted() -> dict[tuple[str, int], date]:
    return {(row["spine"], int(row["scp"])): row.day("deleted_from") for row in load("njc_deleted_points")}


@cache
def _assimilation() -> dict[int, DataRow]:
    return {int(row["old_scp"]): row for row in load("njc_assimilation_2019")}


def _spine_for(month: Month) -> Spine:
    for spine in spines():
        if serves(month, spine.starts, spine.ends):
            return spine
    first, last = spines()[0], spines()[-1]
    raise RateNotFoundError(
        f"There is no NJC pay spine for {month.words}: finmodel has those in force from {in_words(first.starts)} "
        f"to {in_words(last.ends)}. State the salary, or the pay awards assumed after that, in the case."
    )


def _at_point(spine: Spine, month: Month, point: int) -> Rate:
    rate = spine.rates.get(point)
    if rate is not None and serves(month, rate.effective, rate.until):
        return rate
    held = spine.at(month)
    deleted = _deleted().get((spine.name, point))
    points = f"The points in {month.words} are {min(held)} to {max(held)}"
    if deleted is not None and deleted <= month.last_day:
        raise RateNotFoundError(
            f"Point {point} of the {spine.name} NJC spine was deleted on {in_words(deleted)}. "
            f"{points}; use the lowest of them, or another that the post was moved to."
        )
    raise RateNotFoundError(
        f"There is no salary for point {point} of the {spine.name} NJC spine in {month.words}. {points}. {_REMEDY}"
    )


def _assimilated(spine: Spine, month: Month, old: int) -> Rate:
    row = _assimilation().get(old)
    if row is None:
        points = sorted(_assimilation())
        raise RateNotFoundError(
            f"Point {old} of the old NJC spine did not become a point of the new one on {in_words(ASSIMILATION)}: "
            f"points {points[0]} to {points[-1]} did. {_REMEDY}"
        )
    new = int(row["new_scp"])
    rate = _at_point(spine, month, new)
    said = f"Old point {old} became new point {new} on {in_words(ASSIMILATION)} ({row.source})."
    return replace(
        rate,
        label=f"NJC point {old}, old spine (now point {new}, new spine)",
        confidence=weakest(rate.confidence, row.confidence),
        note=f"{said} {rate.note}".strip(),
    )
