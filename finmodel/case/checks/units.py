"""Units of the case's own naming: a name that can be one, and figures by year since entry that go together."""

from __future__ import annotations

import math
from collections.abc import Iterator

from finmodel.case.checks.defined_names import Known
from finmodel.case.entries import costs_of, savings_of
from finmodel.case.schema import Case
from finmodel.case.schema_savings import PerUnit
from finmodel.case.schema_units import Units
from finmodel.lines.units import singular
from finmodel.parsing.faults import Fault
from finmodel.parsing.places import Address

# Words that a unit of the model has already, or that make a unit of others.
_TAKEN = {"per", "share", "number", "factor", "flag", "rate", "ratio", "year", "month", "week", "hour", "day"}
CLOSE = 1e-9


def units_by_entry(case: Case, _: Known) -> Iterator[Fault]:
    """What is stated of units, of savings and of costs, goes together."""
    for address, _option, saving in savings_of(case):
        if isinstance(saving, PerUnit):
            yield from _of_a_saving(saving, address)
    for address, cost in costs_of(case):
        if cost.units is not None:
            at = (*address, "units")
            yield from _named(cost.units, at)
            yield from _shares(cost.units, at, once=cost.per == "once")
            if cost.per != "once" and _open_ended(cost.units):
                yield _how_long((*at, "shares"))


def _of_a_saving(saving: PerUnit, address: Address) -> Iterator[Fault]:
    units, at = saving.units, (*address, "units")
    once = saving.amount is not None and saving.amount.per == "once"
    yield from _named(units, at)
    yield from _shares(units, at, once=once)
    if (saving.by_year_since_entry is None) == (saving.amount is None):
        return  # a problem already
    if saving.by_year_since_entry is not None:
        if units.number is not None:
            what = "Amounts by year since entry need to know how many enter"
            yield Fault((*at, "number"), what, "State `entering` with `per` instead of `number`.")
        if units.shares is not None:
            what = "`shares` has no effect next to `by_year_since_entry`, whose amounts are for each that entered"
            yield Fault((*at, "shares"), what, "Remove `shares`, or state one `amount`.", "whole")
    elif units.number is not None and once:
        what = "A number at any time saves again in every month, and the amount is saved once"
        yield Fault((*at, "number"), what, "State `entering` with `per`, or write `per: year` for the amount.")
    elif _open_ended(units) and not once:
        yield _how_long((*at, "shares"))


def _open_ended(units: Units) -> bool:
    """Whether some enter, and nothing says for how long they count; what contradicts itself is a problem already."""
    enter = units.entering is not None and units.per is not None and units.number is None
    return enter and units.shares is None and units.shares_with_it is None


def _how_long(address: Address) -> Fault:
    what = "Nothing says for how long those who enter count"
    remedy = (
        "State `shares` by year since entry, like `[100%, 100%]` for two years; or write `per: once` for the amount."
    )
    return Fault(address, what, remedy)


def _named(units: Units, address: Address) -> Iterator[Fault]:
    if _TAKEN & {singular(word) for word in units.name.split()}:
        yield Fault(
            (*address, "name"), "This word has a meaning of its own here", "Name what is counted, in the plural."
        )


def _shares(units: Units, address: Address, *, once: bool) -> Iterator[Fault]:
    """As many shares with the proposal as without, none of them larger; once for each makes no more than all."""
    shares = [share.values[0] for share in units.shares or ()]
    same = None if units.shares_with_it is None else [share.values[0] for share in units.shares_with_it]
    if same is not None and units.shares is not None and len(same) != len(shares):
        what = f"{len(same)} of them for the {len(shares)} years since entry that `shares` has"
        yield Fault((*address, "shares_with_it"), what, "State both for the same years.", "whole")
    elif same is not None and units.shares is not None:
        for year, (without, with_it) in enumerate(zip(shares, same, strict=True)):
            if with_it > without + CLOSE:
                what = f"More count with the proposal, {with_it * 100:.10g}%, than without it, {without * 100:.10g}%"
                remedy = "Correct one of the two; the saving would be below zero."
                yield Fault((*address, "shares_with_it", year), what, remedy)
    if once and math.fsum(shares) > 1 + CLOSE:
        what = f"Shares of those to whom it happens once total {math.fsum(shares) * 100:.10g}%"
        remedy = "State those to whom it first happens in each year, and not all to whom it has happened by then."
        yield Fault((*address, "shares"), what, remedy, "whole")
