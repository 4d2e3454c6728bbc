"""From a printed fall of an average, and the posts added, to the workforce and the cases behind it.

With the cases unchanged, before × FTE = after × (FTE + posts), so FTE = after × posts ÷ (before − after). Both averages
are rounded, so FTE and cases have a range; it has no upper end where the two may have been the same before rounding.
"""

from __future__ import annotations

from msgspec import Struct

from finmodel.basis.room import Room
from finmodel.case.schema_caseload import PrintedFall
from finmodel.caseload.teams import PER_FTE, SECTION, Ranged, rounded_figure
from finmodel.lines.arithmetic import maximum
from finmodel.lines.line import Line
from finmodel.lines.outcomes import ratio

NO_FALL = "the average did not fall"
NO_END = "before rounding the two averages may have been the same"


class WrittenFall(Struct, frozen=True):
    """The FTE before the posts were added, and the cases, each with the range that rounding leaves."""

    fall: PrintedFall
    before: Line
    after: Line
    posts: Line
    fte: Ranged
    cases: Ranged


def write_fall(caseload: Room, fall: PrintedFall) -> WrittenFall:
    """Write what a printed fall implies."""
    room = caseload.within(f"falls.{fall.id}", fall, f"{SECTION}: {fall.label}")
    posts = room.state("posts", f"Posts added: {fall.label}", fall.posts, "FTE")
    before, after = (
        rounded_figure(room, name, label, room.state(name, label, stated, PER_FTE), fall.decimals)
        for name, label, stated in (
            ("before", f"Average before: {fall.label}", fall.before),
            ("after", f"Average after: {fall.label}", fall.after),
        )
    )
    if before.low is None or before.high is None or after.low is None or after.high is None:
        raise ValueError(f"fall {fall.id} has no range")

    def fte(name: str, label: str, first: Line, last: Line, why: str) -> Line:
        return room.line(name, label, ratio(last * posts, maximum(first - last, 0), why), "FTE")

    def cases(name: str, label: str, first: Line, last: Line, why: str) -> Line:
        return room.line(name, label, ratio(first * last * posts, maximum(first - last, 0), why), "cases")

    of_fte, of_cases = f"FTE before that it implies: {fall.label}", f"Cases that it implies: {fall.label}"
    return WrittenFall(
        fall,
        before.line,
        after.line,
        posts,
        Ranged(
            fte("fte", of_fte, before.line, after.line, NO_FALL),
            fte("fte_low", f"{of_fte}: at least", before.high, after.low, NO_FALL),
            fte("fte_high", f"{of_fte}: at most", before.low, after.high, NO_END),
        ),
        Ranged(
            cases("cases", of_cases, before.line, after.line, NO_FALL),
            cases("cases_low", f"{of_cases}: at least", before.high, after.low, NO_FALL),
            cases("cases_high", f"{of_cases}: at most", before.low, after.high, NO_END),
        ),
    )
