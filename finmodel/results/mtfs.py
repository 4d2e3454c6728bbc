"""What an option changes in the base budget, as the medium-term financial strategy (MTFS) prints it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.mtfs import PARTS, WrittenMtfs
from finmodel.appraisal.options import WrittenOption
from finmodel.results.budget_flags import savings_note
from finmodel.results.figures import amount, amounts
from finmodel.results.written import Amounts


class MtfsSettings(Struct, frozen=True):
    """How the council prints its strategy: the letters before a line's number, and in what."""

    prefix: str
    shown_in: Literal["pounds", "thousands"]


class MtfsLineResult(Struct, frozen=True):
    """A line of the strategy, £: what the year costs or saves, and the change from the year before.

    Growth is positive and savings are negative in `changes`; part: what a saving does to the budget, None of growth.
    """

    reference: str
    label: str
    kind: str
    part: str | None
    address: str
    yearly: Amounts
    changes: Amounts
    total: float


class MtfsTotal(Struct, frozen=True):
    """Changes by year and in all, £."""

    changes: Amounts
    total: float


class MtfsPart(Struct, frozen=True):
    """The savings of one part: those that reduce today's budget, or those that avoid growth.

    saved: what they come to over the years shown, £; all parts together are the cashable saving.
    """

    label: str
    changes: Amounts
    total: float
    saved: float
    saved_address: str


class MtfsBridge(Struct, frozen=True):
    """From each year's opening to its closing budget, £, against the base before the first year."""

    opening: Amounts
    growth: Amounts
    growth_total: float
    saving: Amounts
    saving_total: float
    closing: Amounts


class MtfsResult(Struct, frozen=True):
    """The strategy's table of an option; parts: by what savings do to the budget; note: on the savings."""

    lines: tuple[MtfsLineResult, ...]
    total: MtfsTotal
    cumulative: Amounts
    parts: Mapping[str, MtfsPart]
    bridge: MtfsBridge
    note: str


def mtfs_result(appraisal: Appraisal, option: WrittenOption, written: WrittenMtfs) -> MtfsResult:
    """The table of an option."""
    return MtfsResult(
        lines=tuple(
            MtfsLineResult(
                reference=line.reference,
                label=line.label,
                kind=line.kind,
                part=line.part,
                address=line.change.address,
                yearly=amounts(appraisal, line.yearly),
                changes=amounts(appraisal, line.change),
                total=amount(appraisal, line.whole),
            )
            for line in written.lines
        ),
        total=MtfsTotal(amounts(appraisal, written.net_change), amount(appraisal, written.whole)),
        cumulative=amounts(appraisal, written.closing),
        parts={
            part: MtfsPart(
                PARTS[part],
                amounts(appraisal, saved.change),
                amount(appraisal, saved.whole),
                amount(appraisal, saved.saved),
                saved.saved.address,
            )
            for part, saved in written.parts.items()
        },
        bridge=MtfsBridge(
            opening=amounts(appraisal, written.opening),
            growth=amounts(appraisal, written.growth),
            growth_total=amount(appraisal, written.whole_growth),
            saving=amounts(appraisal, written.saving),
            saving_total=amount(appraisal, written.whole_saving),
            closing=amounts(appraisal, written.closing),
        ),
        note=savings_note(appraisal, option),
    )
