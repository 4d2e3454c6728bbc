"""Who gains: this council's savings, and next to them what other bodies gain, which no headline figure holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from finmodel.basis.room import Room
from finmodel.benefits.deductions import WrittenClaim
from finmodel.case.entries import body_name, claims_of, is_ours
from finmodel.case.schema_savings import PEOPLE, THIS_COUNCIL
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import total

SAVING, CASHABLE = "saving", "cashable_saving"
_RUNG_OF = {SAVING: "after_optimism_bias", CASHABLE: "cashable_saving"}
_LABELS = {SAVING: "Saving after optimism bias, gained by {}", CASHABLE: "Cashable saving, gained by {}"}
_SECTION = "Who else gains"


class Gain(Struct, frozen=True):
    """A part of the saving by who gains it: by year and in all, £; cashable or not."""

    body: str
    cashable: bool
    yearly: Line
    total: Line


class WhoGains(Struct, frozen=True):
    """Everything that is saved, by who gains.

    gains: this council's first; public_saving: by year, the saving of all after optimism bias, cashable or not.
    """

    gains: tuple[Gain, ...]
    public_saving: Line


OwnGains = dict[str, tuple[str, dict[str, Line]]]  # by the body's part of an address: its name, and its lines by month


def own_gains(option: Room, claims: Sequence[WrittenClaim]) -> OwnGains:
    """What each other body gains from an option in itself, by month, before it is set against the status quo."""
    case = option.book.case
    theirs = [found for found in claims if not is_ours(case, found.claim)]
    called = {body_name(claim.body): claim.body for _, claim in reversed([*claims_of(case)])}  # as first written
    return {
        name: (
            called[name],
            _sums(
                option.within(f"own.others.{name}", section=_SECTION),
                called[name],
                [found for found in theirs if body_name(found.claim.body) == name],
            ),
        )
        for name in sorted({body_name(found.claim.body) for found in theirs})
    }


def _sums(room: Room, body: str, claims: Sequence[WrittenClaim]) -> dict[str, Line]:
    return {
        kind: room.line(
            kind,
            f"{_LABELS[kind].format(body)}, in itself",
            add_up([found.rungs[rung] for found in claims]),
            "£",
            over=Timeline.MONTHS,
        )
        for kind, rung in _RUNG_OF.items()
    }


def write_who_gains(option: Room, council: Mapping[str, Line], own: OwnGains, status_quo: OwnGains) -> WhoGains | None:
    """Every body's gain as the change from the status quo; None where the case names no body but this council.

    council: the yearly lines of this council's claims.
    """
    case = option.book.case
    if all(is_ours(case, claim) for _, claim in claims_of(case)):
        return None
    option = option.under(_SECTION)
    gains = _pair(option, THIS_COUNCIL, "this-council", council["after_optimism_bias"], council["cashable_saving"])
    savings: list[Expression] = [council["after_optimism_bias"]]
    for name in sorted({*own, *status_quo}):
        body = (own.get(name) or status_quo[name])[0]
        room = option.within(f"others.{name}")
        lines = {kind: _change(room, body, kind, own.get(name), status_quo.get(name)) for kind in _RUNG_OF}
        gains += _pair(option, body, name, lines[SAVING], lines[CASHABLE])
        if name != PEOPLE:
            savings.append(lines[SAVING])
    public = option.line(
        "public_saving",
        "Saving to all public bodies, after optimism bias",
        add_up(savings),
        "£",
        note="Cashable or not, whoever gains; no headline figure uses it.",
    )
    return WhoGains(tuple(gains), public)


def _change(
    room: Room,
    body: str,
    kind: str,
    own: tuple[str, dict[str, Line]] | None,
    status_quo: tuple[str, dict[str, Line]] | None,
) -> Line:
    """What a body gains by year: the change from the status quo."""
    label = _LABELS[kind].format(body)
    rule: Expression = literal(0) if own is None else own[1][kind]
    if status_quo is not None:
        rule = rule - status_quo[1][kind]
    return room.by_year(kind, label, room.monthly(kind, label, rule))


def _pair(option: Room, body: str, name: str, saving: Line, cashable: Line) -> list[Gain]:
    """The cashable part of a body's saving, and the rest of it."""
    label = f"Saving that releases no cash, gained by {body}"
    rest = option.line(f"others.{name}.not_cashable_saving", label, saving - cashable, "£")
    room = option.within(f"measures.public_value.{name}")
    label = "Cashable saving, this council" if body == THIS_COUNCIL else f"{cashable.label}, all years"
    return [
        Gain(body, True, cashable, room.line("cashable", label, total(cashable), "£")),
        Gain(body, False, rest, room.line("not_cashable", f"{rest.label}, all years", total(rest), "£")),
    ]
