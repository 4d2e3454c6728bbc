"""The people among whom a post's FTE are shared: a person for each whole FTE and one for the rest, or those stated."""

from __future__ import annotations

from msgspec import Struct

from finmodel.basis.room import Room
from finmodel.case.schema import ExistingPost, Post
from finmodel.lines.arithmetic import compare, conditional, maximum, minimum, rounded_down
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line


def stated_people(room: Room, post: Post | ExistingPost) -> Line:
    """The people who share a post's FTE, as stated; one where the case states the hours and no people."""
    if post.people is None:
        return room.book.definition("one_person_s_hours", "The person whose hours are stated", 1, "people")
    return room.once.state("people", f"People, {post.title}", post.people, "people")


def full_time_people(room: Room, fte: Line) -> Line:
    """A person for each whole FTE."""
    return room.once.line(
        "full_time_people",
        "People full time",
        rounded_down(fte / full_time_person(room), room.convention("decimal_places_compared")),
        "people",
        note="Each whole FTE is one person; the remainder is one part-timer.",
    )


def part_timer(room: Room, fte: Line) -> tuple[Line, Line]:
    """The FTE that is left over, and the one person who works it, or none."""
    full_time = full_time_person(room)
    one = room.book.definition("one_person", "One part-timer", 1, "people")
    whole = full_time_people(room, fte)
    rest = room.once.line("part_time_fte", "FTE of the part-timer", fte - whole * full_time, "FTE")
    some = conditional(compare(rest, ">", 0), one, 0)
    return rest, room.once.line("part_time_people", "People part time", some, "people")


def people_of(room: Room, post: Post | ExistingPost, fte: Line) -> Expression:
    """How many people work in a post."""
    if post.people_are_stated:
        return stated_people(room, post)
    return full_time_people(room, fte) + part_timer(room, fte)[1]


def full_time_person(room: Room) -> Line:
    """One FTE to a full-time person."""
    return room.book.definition("full_time", "A full-time person", 1, "FTE per person")


def fte_to_divide_by(room: Room, fte: Line) -> Line:
    """A post's FTE to divide by: one where it has none, since nothing can be divided by zero."""
    rule = conditional(compare(fte, ">", 0), fte, one_fte(room))
    note = "One in months for which the post has no FTE."
    return room.once.line("fte_to_divide_by", "FTE to divide by", rule, "FTE", note=note)


def one_fte(room: Room) -> Line:
    """One FTE, by which nothing that is divided changes."""
    return room.book.definition("one_fte", "One FTE", 1, "FTE")


class Present(Struct, frozen=True):
    """Those who work some FTE, by month: so many with a whole share each, and one who works what is left.

    share, rest_share: FTE of one person with a whole share, and of the one who works what is left. stated: whether the
    case says how many people there are.
    """

    whole: Line
    rest: Line
    whole_fte: Line
    rest_fte: Line
    share: Line
    rest_share: Expression
    stated: bool

    @property
    def people(self) -> Expression:
        """How many they are."""
        return self.whole + self.rest

    @property
    def kinds(self) -> tuple[str, str]:
        """What the two kinds of people are called by."""
        return ("whole_share", "rest") if self.stated else ("full_time", "part_time")


def present(room: Room, when: str, post: Post | ExistingPost, all_fte: Line, fte: Expression) -> Present:
    """The people who work so many of a post's FTE: whole people first, and one person for what is left.

    A whole share is one FTE or, where the people are stated, the post's FTE ÷ its people. when: such as `in_post`.
    """
    share = _whole_share(room, post, all_fte)
    stated, said = post.people_are_stated, when.replace("_", " ")
    whole_words, rest_words = ("a whole share", "what is left") if stated else ("full-time hours", "the remainder")
    whole = room.once.monthly(
        f"whole_people_{when}",
        f"People with {whole_words}, {said}",
        rounded_down(fte / share, room.convention("decimal_places_compared")),
        "people",
        note="Counted person by person: whole people first, and one person for what is left.",
    )
    whole_fte = room.once.monthly(
        f"whole_fte_{when}", f"FTE of people with {whole_words}, {said}", whole * share, "FTE"
    )
    rest_fte = room.once.monthly(
        f"rest_fte_{when}", f"FTE of the person with {rest_words}, {said}", maximum(fte - whole_fte, 0), "FTE"
    )
    one = room.book.definition("one_person", "One part-timer", 1, "people")
    some = conditional(compare(rest_fte, ">", 0), one, 0)
    rest = room.once.monthly(f"rest_people_{when}", f"People with {rest_words}, {said}", some, "people")
    return Present(whole, rest, whole_fte, rest_fte, share, rest_fte / one, stated)


def _whole_share(room: Room, post: Post | ExistingPost, fte: Line) -> Line:
    """The FTE of one person with a whole share."""
    if not post.people_are_stated:
        return full_time_person(room)
    shared = fte_to_divide_by(room, fte) / stated_people(room, post)
    return room.once.line("fte_of_one_person", f"FTE of one person, {post.title}", shared, "FTE per person")


class Band(Struct, frozen=True):
    """Some of those in post, in the order of their service: FTE after the longer-serving ones, up to a number of FTE.

    part: the share of them that is meant; all where None.
    """

    after: Line | None
    up_to: Line
    part: Expression | None = None


def among(room: Room, all_of_them: Present, band: Band, of: str = "") -> Present:
    """Those of a band. A person whose FTE lie in two bands is shared between them as the FTE are, threshold and all.

    of: what to say of the group.
    """
    room = room.once
    whole_fte = minimum(band.up_to, all_of_them.whole_fte)
    fte: Expression = band.up_to
    if band.after is not None:
        whole_fte = whole_fte - minimum(band.after, all_of_them.whole_fte)
        fte = fte - band.after
    part = 1 if band.part is None else band.part
    there = room.monthly("band_whole_fte", f"FTE of people with a whole share{of}", whole_fte * part, "FTE")
    left = room.monthly("band_rest_fte", f"FTE of the person with the rest{of}", fte * part - there, "FTE")
    divisor = conditional(compare(all_of_them.rest_fte, ">", 0), all_of_them.rest_fte, one_fte(room))
    shared = left / divisor * all_of_them.rest
    return Present(
        room.monthly("band_whole_people", f"People with a whole share{of}", there / all_of_them.share, "people"),
        room.monthly("band_rest_people", f"People with the rest{of}", shared, "people"),
        there,
        left,
        all_of_them.share,
        all_of_them.rest_share,
        all_of_them.stated,
    )
