"""Staff of one post who are paid differently by how long they have been in it, and by whether newly qualified.

A post is priced once as all its FTE will be paid in the end, and once more for each group of starters who are paid
otherwise for a time; each price counts for the share of the FTE who are paid so.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from finmodel.basis.room import Room
from finmodel.case.schema import NewlyQualified, Post
from finmodel.costing.people import Band
from finmodel.costing.staffing import Staffing
from finmodel.lines.line import Line


class Tier(Struct, frozen=True):
    """A group of staff in a post.

    room: where their lines go; the group that all come to belong to has the room of the post itself. post: the post as
    this group is paid; share: of the post's FTE, those in the group, by month; band: which of those in post they are,
    all where None.
    """

    room: Room
    post: Post
    share: Line
    band: Band | None = None
    label: str = ""
    own_salary: bool = True


def tiers_of(staffing: Staffing) -> list[Tier]:
    """The groups, the lasting one first."""
    post = staffing.post
    waits = _waits(staffing)
    if not waits:
        return [Tier(staffing.room, post, staffing.share)]
    bounds = sorted(waits)
    stayed = {0: staffing.fte_in_post} | {months: staffing.after(months, waits[months]) for months in bounds}
    lasting = staffing.share_of_fte("share_settled", "Share of the FTE paid as they will be", stayed[bounds[-1]])
    tiers = [Tier(staffing.room, post, lasting, Band(None, stayed[bounds[-1]]))]
    for low, high in pairwise([0, *bounds]):
        tiers += _tiers_between(staffing, low, high, Band(stayed[high], stayed[low]))
    return tiers


def _waits(staffing: Staffing) -> dict[int, Line]:
    """The numbers of months after which pay changes, each as the line of an input."""
    post, found = staffing.post, dict[int, Line]()
    named = [(f"supplements.{each.id}", each.label, each.after_months) for each in post.supplements]
    if post.newly_qualified is not None:
        named.append(("newly_qualified", "Newly qualified", post.newly_qualified.months))
    for name, label, months in named:
        if months is not None and months not in found:
            what = f"{label}: months in post before pay changes"
            found[months] = staffing.room.fact(f"{name}.months", what, months, note="As stated.")
    return found


def _tiers_between(staffing: Staffing, low: int, high: int, band: Band) -> Iterator[Tier]:
    """Those in post for `low` months or more and under `high`."""
    if band.after is None:
        raise ValueError("nobody has been in post longer")
    room, post, starters = staffing.room, staffing.post, staffing.post.newly_qualified
    when, in_words = f"{low}_to_{high}_months", f"{low} to {high} months"
    there = room.monthly(f"fte_from_{when}", f"FTE in post for {in_words}", band.up_to - band.after, "FTE")
    supplements = tuple(each for each in post.supplements if (each.after_months or 0) <= low)
    others = post.model_copy(update={"supplements": supplements})
    if starters is None or high > starters.months:
        share = staffing.share_of_fte(f"share_{when}", f"Share of the FTE in post {in_words}", there)
        yield Tier(room.within(f"from_{when}"), others, share, band, f", {in_words} in post", own_salary=False)
        return
    new, newly, label = there, band, f"newly qualified, {in_words} in post"
    if starters.share is not None:
        part = room.within("newly_qualified", starters).once.state(
            "share", "Share of starters who are newly qualified", starters.share, "share"
        )
        new = room.monthly(f"fte_newly_qualified_{when}", f"FTE {label}", there * part, "FTE")
        rest = room.monthly(f"fte_experienced_{when}", f"FTE of other starters, {in_words} in post", there - new, "FTE")
        share = staffing.share_of_fte(
            f"share_experienced_{when}", f"Share of the FTE: other starters, {in_words}", rest
        )
        group = f", other starters, {in_words} in post"
        experienced, newly = replace(band, part=1 - part), replace(band, part=part)
        yield Tier(room.within(f"experienced_{when}"), others, share, experienced, group, own_salary=False)
    share = staffing.share_of_fte(f"share_newly_qualified_{when}", f"Share of the FTE {label}", new)
    yield Tier(room.within(f"newly_qualified_{when}"), _paid_less(others, starters), share, newly, f", {label}")


def _paid_less(post: Post, starters: NewlyQualified) -> Post:
    """The post as those newly qualified are paid."""
    update = {
        "title": f"{post.title}, newly qualified",
        "grade": starters.grade or post.grade,
        "point": starters.point,
        "increments": False,
    }
    return post.model_copy(update=update)
