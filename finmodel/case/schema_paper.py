"""What a case may state for the committee's paper and the assurance pack: words, roles and dates. No figures."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from finmodel.parsing.declared import Needs, Rule
from finmodel.parsing.fields import Date, Label, Sourced, Stated, Text

Impact = Literal["minor", "moderate", "major", "severe", "critical"]
Likelihood = Literal["highly unlikely", "unlikely", "realistic possibility", "likely", "highly likely"]


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
    why: the reason why it was taken so; effect: what a change of the input does to the answer; both in words.
    """

    inputs: Label
    why: str = ""
    by: str = ""
    date: Date | None = None
    review_by: Date | None = None
    effect: str = ""


class Assurance(Stated):
    """What the assurance pack needs next to the inputs (after the AQuA Book): roles, risk, decisions, sign-off, limits.

    prepared_by, assured_by, approved_by: the roles of analyst, assurer and approver, never a name. version, issued: of
    the case. impact, likelihood: of errors in the analysis, from which the level of risk follows. carried_out: what
    was done to assure it.
    """

    RULES: ClassVar[tuple[Rule, ...]] = (Needs("impact", ("likelihood",)), Needs("likelihood", ("impact",)))

    prepared_by: str = ""
    assured_by: str = ""
    approved_by: str = ""
    version: str = ""
    issued: Date | None = None
    impact: Impact | None = None
    likelihood: Likelihood | None = None
    carried_out: tuple[Text, ...] = ()
    decisions: tuple[Decision, ...] = ()
    sign_off: tuple[SignedOff, ...] = ()
    review_by: Date | None = None
    known_limits: tuple[Text, ...] = ()

    @property
    def roles(self) -> dict[str, str]:
        """Who has each of the roles that must be apart, by the name of its field; those stated."""
        held = {"prepared_by": self.prepared_by, "assured_by": self.assured_by, "approved_by": self.approved_by}
        return {field: who for field, who in held.items() if who}


class Exempt(Stated):
    """Inputs that a copy for publication leaves out, and why, as the agenda gives the reason.

    of: an address, or the beginning of several (`placements.residential` for all of one placement). Source of the
    reasons: Local Government Act 1972, Schedule 12A, Part 1.
    """

    of: Annotated[Label, Field(examples=["placements.$placement"])]
    reason: Annotated[Text, Field(examples=["Paragraph 3 of Schedule 12A (financial or business affairs)"])]
