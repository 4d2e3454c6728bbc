"""What a case may state for the committee's paper and the assurance pack: words, roles and dates. No figures."""

from __future__ import annotations

from finmodel.parsing.fields import Date, Label, Sourced, Stated, Text


class OtherImplications(Stated):
    """What the decision means as well as money, one text for each kind, as the case's authors state it."""

    legal: str = ""
    equalities: str = ""
    environment: str = ""
    human_resources: str = ""
    property: str = ""
    health_and_wellbeing: str = ""
    crime_and_disorder: str = ""
    corporate_parenting: str = ""
    privacy: str = ""
    wards: str = ""


class Decision(Sourced):
    """A decision taken on the way to the case: what, when, by whom (a role or a body) and why."""

    what: Text
    date: Date | None = None
    by: str = ""
    why: str = ""


class SignedOff(Stated):
    """Who has signed off inputs, and what is known of them.

    inputs: an address, or the beginning of several (`placements` for every placement). by: a role, never a name.
    effect: what a change of the input does to the answer, in words.
    """

    inputs: Label
    by: str = ""
    date: Date | None = None
    review_by: Date | None = None
    effect: str = ""


class Assurance(Stated):
    """What the assurance pack needs next to the inputs (after the AQuA Book): decisions, sign-off, review, limits."""

    decisions: tuple[Decision, ...] = ()
    sign_off: tuple[SignedOff, ...] = ()
    review_by: Date | None = None
    known_limits: tuple[Text, ...] = ()
