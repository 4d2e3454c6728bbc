"""The evidence that a claim names: is there such a row, does the claim count what it says, what did the row find?"""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case.checks.defined_names import Known
from finmodel.case.entries import claims_of
from finmodel.case.schema import Benefit, Case
from finmodel.case.schema_evidence import CLAIMED_IN, RANGED
from finmodel.case.schema_savings import Claim, EarlierPermanence, PerUnit, StepDown
from finmodel.parsing.faults import Fault
from finmodel.parsing.nearest import all_of
from finmodel.parsing.places import Address
from finmodel.reference.findings import EFFECTS, FAVOURABLE, StudyFinding, finding_of, findings


def claimed_in(claim: Claim) -> str | None:
    """In what a claim is counted, by what it states; None where it is of pounds, posts or what else the case names."""
    if isinstance(claim, Benefit):
        return "entries" if claim.entries_avoided is not None else "day_count"
    if isinstance(claim, StepDown):
        return "day_count"
    if isinstance(claim, EarlierPermanence):
        return "children"
    named = claim.units.name if isinstance(claim, PerUnit) else ""
    return named if named in ("families", "children", "days") else None


def rows(case: Case, _: Known) -> Iterator[Fault]:
    """Each number is that of a row, and is named once."""
    for address, claim in claims_of(case):
        for place, number in enumerate(claim.evidence):
            at = (*address, "evidence", place)
            if finding_of(number) is None:
                last = max(found.number for found in findings())
                remedy = f"They are numbered 1 to {last}; `finmodel evidence` lists them."
                yield Fault(at, f"There is no row {number} of evidence", remedy)
            elif number in claim.evidence[:place]:
                yield Fault(at, f"Row {number} is named already", "Name it once.")


def units(case: Case, _: Known) -> Iterator[Fault]:
    """A claim is counted in what it says that it is counted in."""
    for address, claim in claims_of(case):
        applied = claim.applied_to
        if applied is None or not claim.evidence or applied.claimed_in == claimed_in(claim) or _stated_twice(claim):
            continue
        is_in = claimed_in(claim)
        said = CLAIMED_IN[applied.claimed_in]
        if is_in is None:
            what = f"`{claim.id}` is not counted in {said}, nor in anything else that a row of evidence counts"
            remedy = "Remove `applied_to` and leave `evidence`: the rows are then listed, with no figure beside."
        else:
            what = f"`{claim.id}` is counted in {CLAIMED_IN[is_in]}, not in {said}"
            remedy = f"Write `{is_in}`, or state the claim in {said}."
        yield Fault((*address, "applied_to", "claimed_in"), what, remedy)


def ranges(case: Case, _: Known) -> Iterator[Fault]:
    """The least is not above the figure, and the most not below it."""
    for address, claim in claims_of(case):
        applied = claim.applied_to
        for name in RANGED if applied is not None else ():
            figure, low, high = (getattr(applied, each) for each in (name, f"{name}_low", f"{name}_high"))
            if figure is None or low is None or high is None or low.values[0] <= figure.values[0] <= high.values[0]:
                continue
            side = "low" if low.values[0] > figure.values[0] else "high"
            what = f"The {'least is above' if side == 'low' else 'most is below'} `{name}` itself"
            yield Fault((*address, "applied_to", f"{name}_{side}"), what, f"Let `{name}` lie between the two.")


def _stated_twice(claim: Claim) -> bool:
    """Whether a benefit states its children in both ways, which is a problem of its own."""
    return isinstance(claim, Benefit) and claim.entries_avoided is not None and claim.children is not None


def worth_a_look(case: Case) -> Iterator[Fault]:
    """Rows that found no effect or nothing at all, and what is missing for a figure beside a claim."""
    for address, claim in claims_of(case):
        for place, number in enumerate(claim.evidence):
            found = finding_of(number)
            if found is not None and found.finding != FAVOURABLE:
                yield _not_for_it((*address, "evidence", place), found, claim)
        named = [found for found in map(finding_of, claim.evidence) if found is not None]
        yield from _missing(address, claim, [found for found in named if found.finding == FAVOURABLE])


def _not_for_it(at: Address, found: StudyFinding, claim: Claim) -> Fault:
    what = f"Row {found.number} ({found.intervention}) "
    if found.finding in EFFECTS:
        what += f"is no evidence for `{claim.id}`: {found.outcome}, {found.finding}: {found.as_printed}"
        return Fault(at, what, "Leave it if the reader should see it; the reports say what it found.")
    what += f"holds no effect that was measured: {found.finding}, {found.as_printed}"
    return Fault(at, what, "Leave it if the reader should see it; no figure can be made from it.")


def _missing(address: Address, claim: Claim, favourable: list[StudyFinding]) -> Iterator[Fault]:
    applied = claim.applied_to
    rated = [found for found in favourable if found.compares and (found.is_relative or found.is_difference)]
    if rated and applied is None and isinstance(claim, Benefit):
        what = f"`{claim.id}` names its evidence and not to whom it is applied, so no figure stands beside the claim"
        remedy = "Add `applied_to` with `population`, `reached`, `counted_in` and `claimed_in`."
        yield Fault((*address, "evidence"), what, remedy, "whole")
    if applied is None:
        return
    relative = [str(found.number) for found in favourable if found.is_relative]
    if relative and applied.base_rate is None and applied.differs is None:
        which = "Row" if len(relative) == 1 else "Rows"
        what = f"{which} {all_of(relative)} {'gives' if len(relative) == 1 else 'give'} a relative risk alone"
        remedy = "Add `base_rate`: how many of those reached would enter care anyway."
        yield Fault((*address, "applied_to"), what, remedy, "whole")
    if not relative:
        for name in ("base_rate", "retention"):
            if getattr(applied, name) is not None:
                what = f"`{name}` has no effect: no row that `{claim.id}` names gives a relative risk"
                yield Fault((*address, "applied_to", name), what, "Remove it.")
