"""Who gains: this council's savings, and beside them what other bodies gain, which no headline figure holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from finmodel.basis.book import Book
from finmodel.benefits.ladder import WrittenClaim
from finmodel.case.entries import body_name, claims_of, is_ours
from finmodel.case.schema_savings import THIS_COUNCIL
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import by_year, total

SAVING, CASHABLE = "saving", "cashable_saving"
_RUNG_OF = {SAVING: "after_optimism_bias", CASHABLE: "cashable_saving"}
_LABELS = {SAVING: "Saving after optimism bias, gained by {}", CASHABLE: "Cashable saving, gained by {}"}
_SECTION = "Who else gains"


@dataclass(frozen=True, slots=True)
class Gain:
    """A part of the saving by who gains it: by year and in all, £; cashable or not."""

    body: str
    cashable: bool
    yearly: Line
    total: Line


@dataclass(frozen=True, slots=True)
class PublicValue:
    """Everything that is saved, by who gains.

    gains: this council's first; public_saving: by year, the saving of all after optimism bias, cashable or not.
    """

    gains: tuple[Gain, ...]
    public_saving: Line


OwnGains = dict[str, tuple[str, dict[str, Line]]]  # by the body's part of an address: its name, and its lines by month


def own_gains(book: Book, option: str, claims: Sequence[WrittenClaim]) -> OwnGains:
    """What each other body gains from an option in itself, by month, before it is set against the status quo."""
    theirs = [found for found in claims if not is_ours(book.case, found.claim)]
    called = {body_name(claim.body): claim.body for _, claim in reversed([*claims_of(book.case)])}  # as first written
    return {
        name: (
            called[name],
            _sums(book, option, name, called[name], [found for found in theirs if body_name(found.claim.body) == name]),
        )
        for name in sorted({body_name(found.claim.body) for found in theirs})
    }


def _sums(book: Book, option: str, name: str, body: str, claims: Sequence[WrittenClaim]) -> dict[str, Line]:
    return {
        kind: book.line(
            f"options.{option}.own.others.{name}.{kind}",
            f"{_LABELS[kind].format(body)}, in itself",
            literal(add_up([found.rungs[rung] for found in claims])),
            "£",
            timeline=Timeline.MONTHS,
            section=_SECTION,
        )
        for kind, rung in _RUNG_OF.items()
    }


def write_public_value(
    book: Book, option: str, council: Mapping[str, Line], own: OwnGains, status_quo: OwnGains
) -> PublicValue | None:
    """Every body's gain as the change from the status quo; None where the case names no body but this council.

    council: the yearly lines of this council's ladder.
    """
    if all(is_ours(book.case, claim) for _, claim in claims_of(book.case)):
        return None
    shelf = _Shelf(book, option)
    gains = shelf.pair(THIS_COUNCIL, "this-council", council["after_optimism_bias"], council["cashable_saving"])
    savings: list[Expression] = [council["after_optimism_bias"]]
    for name in sorted({*own, *status_quo}):
        body = (own.get(name) or status_quo[name])[0]
        lines = {kind: shelf.shown(name, body, kind, own.get(name), status_quo.get(name)) for kind in _RUNG_OF}
        gains += shelf.pair(body, name, lines[SAVING], lines[CASHABLE])
        savings.append(lines[SAVING])
    public = book.line(
        f"options.{option}.public_saving",
        "Saving to all bodies, after optimism bias",
        literal(add_up(savings)),
        "£",
        section=_SECTION,
        note="Cashable or not, whoever gains; no headline figure uses it.",
    )
    return PublicValue(tuple(gains), public)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Where the lines of an option go."""

    book: Book
    option: str

    def shown(
        self,
        name: str,
        body: str,
        kind: str,
        own: tuple[str, dict[str, Line]] | None,
        status_quo: tuple[str, dict[str, Line]] | None,
    ) -> Line:
        """What a body gains by year: the change from the status quo."""
        prefix, label = f"options.{self.option}.others.{name}", _LABELS[kind].format(body)
        rule: Expression = literal(0) if own is None else own[1][kind]
        if status_quo is not None:
            rule = rule - status_quo[1][kind]
        monthly = self.book.line(
            f"{prefix}.monthly.{kind}", label, rule, "£", timeline=Timeline.MONTHS, section=_SECTION
        )
        return self.book.line(f"{prefix}.{kind}", label, by_year(monthly), "£", section=_SECTION)

    def pair(self, body: str, name: str, saving: Line, cashable: Line) -> list[Gain]:
        """The cashable part of a body's saving, and the rest of it."""
        rest = self.book.line(
            f"options.{self.option}.others.{name}.not_cashable_saving",
            f"Saving that releases no cash, gained by {body}",
            saving - cashable,
            "£",
            section=_SECTION,
        )
        return [self._gain(body, True, cashable, name), self._gain(body, False, rest, name)]

    def _gain(self, body: str, cashable: bool, yearly: Line, name: str) -> Gain:
        kind = "cashable" if cashable else "not_cashable"
        address = f"options.{self.option}.measures.public_value.{name}.{kind}"
        label = (
            f"{yearly.label}, all years" if body != THIS_COUNCIL or not cashable else "Cashable saving, this council"
        )
        return Gain(body, cashable, yearly, self.book.line(address, label, total(yearly), "£", section=_SECTION))
