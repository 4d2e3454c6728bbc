"""Staff of one post who are paid differently by how long they have been in it, and by whether newly qualified.

A post is priced once as all its FTE will be paid in the end, and once more for each group of starters who are paid
otherwise for a time; each price counts for the share of the FTE who are paid so.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from finmodel.basis.book import Book
from finmodel.case.schema import Post
from finmodel.costing.staffing import Staffing
from finmodel.lines.line import Line


@dataclass(frozen=True, slots=True)
class Tier:
    """A group of staff in a post.

    post: the post as this group is paid; share: of the post's FTE, those in the group, by month. The group that all
    come to belong to has the address of the post itself.
    """

    prefix: str
    post: Post
    share: Line
    label: str = ""
    own_salary: bool = True


def tiers_of(book: Book, staffing: Staffing) -> list[Tier]:
    """The groups, the lasting one first."""
    post = staffing.post
    waits = _waits(book, staffing)
    if not waits:
        return [Tier(staffing.prefix, post, staffing.share)]
    bounds = sorted(waits)
    stayed = {0: staffing.fte_in_post} | {months: staffing.after(months, waits[months]) for months in bounds}
    lasting = staffing.divided_by_fte(
        stayed[bounds[-1]], f"{staffing.prefix}.monthly.share_settled", "Share of the FTE paid as they will be"
    )
    tiers = [Tier(staffing.prefix, post, lasting)]
    for low, high in pairwise([0, *bounds]):
        tiers += _tiers_between(book, staffing, low, high, stayed[low], stayed[high])
    return tiers


def _waits(book: Book, staffing: Staffing) -> dict[int, Line]:
    """The numbers of months after which pay changes, each as the line of an input."""
    post, found = staffing.post, dict[int, Line]()
    named = [(f"supplements.{each.id}", each.label, each.after_months) for each in post.supplements]
    if post.newly_qualified is not None:
        named.append(("newly_qualified", "Newly qualified", post.newly_qualified.months))
    for name, label, months in named:
        if months is not None and months not in found:
            found[months] = book.counted(
                f"{staffing.prefix}.{name}.months",
                f"{label}: months in post before pay changes",
                months,
                "number",
                section=staffing.section,
                note="As stated.",
            )
    return found


def _tiers_between(book: Book, staffing: Staffing, low: int, high: int, longer: Line, longest: Line) -> list[Tier]:
    """Those in post for `low` months or more and under `high`."""
    post, prefix, starters = staffing.post, staffing.prefix, staffing.post.newly_qualified
    there = book.line(
        f"{prefix}.monthly.fte_from_{low}_to_{high}_months",
        f"FTE in post for {low} to {high} months",
        longer - longest,
        "FTE",
        section=staffing.section,
    )
    supplements = tuple(each for each in post.supplements if (each.after_months or 0) <= low)
    others = post.model_copy(update={"supplements": supplements})
    when = f"{low}_to_{high}_months"
    if starters is None or high > starters.months:
        share = staffing.divided_by_fte(
            there, f"{prefix}.monthly.share_{when}", f"Share of the FTE in post {low} to {high} months"
        )
        return [Tier(f"{prefix}.from_{when}", others, share, f", {low} to {high} months in post", False)]
    paid_less = post.model_copy(
        update={
            "title": f"{post.title}, newly qualified",
            "supplements": supplements,
            "grade": starters.grade or post.grade,
            "point": starters.point,
            "increments": False,
        }
    )
    new, label = there, f"newly qualified, {low} to {high} months in post"
    tiers = []
    if starters.share is not None:
        part = book.shared(
            f"{prefix}.newly_qualified.share",
            lambda: book.state(
                f"{prefix}.newly_qualified.share",
                "Share of starters who are newly qualified",
                starters.share,  # type: ignore[arg-type]
                "share",
                owner=starters,
                section=staffing.section,
            ),
        )
        new = book.line(
            f"{prefix}.monthly.fte_newly_qualified_{when}",
            f"FTE {label}",
            there * part,
            "FTE",
            section=staffing.section,
        )
        rest = book.line(
            f"{prefix}.monthly.fte_experienced_{when}",
            f"FTE of other starters, {low} to {high} months in post",
            there - new,
            "FTE",
            section=staffing.section,
        )
        share = staffing.divided_by_fte(
            rest,
            f"{prefix}.monthly.share_experienced_{when}",
            f"Share of the FTE: other starters, {low} to {high} months",
        )
        tiers.append(
            Tier(
                f"{prefix}.experienced_{when}",
                others,
                share,
                f", other starters, {low} to {high} months in post",
                False,
            )
        )
    share = staffing.divided_by_fte(new, f"{prefix}.monthly.share_newly_qualified_{when}", f"Share of the FTE {label}")
    tiers.append(Tier(f"{prefix}.newly_qualified_{when}", paid_less, share, f", {label}"))
    return tiers
