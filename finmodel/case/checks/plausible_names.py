"""The same thing twice, names that say something else than the figures, and dates that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from finmodel.case.checks.questions import StatedCase, money
from finmodel.case.entries import claims_of, is_ours, options_of
from finmodel.case.schema import Benefit, Case, Option, Post
from finmodel.case.schema_costs import OtherCost
from finmodel.case.schema_periods import article
from finmodel.case.schema_savings import EarlierPermanence, Income, Saving, StepDown
from finmodel.lines.periods import Month
from finmodel.parsing.faults import Fault
from finmodel.parsing.fields import Sourced, Stated
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity
from finmodel.reference import plausible_bound

_Entry = Benefit | Saving | Post | OtherCost
_PROVENANCE = frozenset(Sourced.model_fields)
_NAMES = frozenset(["id", "label", "title"])
_OF_CHILDREN = (Benefit, StepDown, EarlierPermanence)
_ONCE = re.compile(r"\bone[- ]?off\b|\bset[- ]?up costs?\b|\bstart[- ]?up costs?\b", re.IGNORECASE)
_YEARLY = re.compile(r"\b(annual|yearly|per annum|(a|per|each|every) year)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")
_KINDS_OF_COUNCIL = frozenset(
    ["council", "city", "borough", "county", "metropolitan", "district", "london", "royal", "of", "the", "and", "s"]
)
_ITSELF = frozenset(["council", "local", "authority", "the", "our", "la", "us", "we"])


def same_twice(asked: StatedCase) -> Iterator[Fault]:
    """Two benefits, savings, posts or costs of one option with the same figures."""
    for option_at, option in options_of(asked.case):
        for table, entries in _tables(option):
            yield from _same(entries, (*option_at, table))


def _tables(option: Option) -> Iterator[tuple[str, Sequence[_Entry]]]:
    yield "posts", option.posts
    yield "costs", option.costs
    yield "benefits", option.benefits
    yield "savings", option.savings


def _same(entries: Sequence[_Entry], address: Address) -> Iterator[Fault]:
    alike: dict[object, list[_Entry]] = {}  # by what they state
    for place, entry in enumerate(entries):
        others = alike.setdefault((type(entry), _figures(entry)), [])
        before = next((one for one in others if _are_one(one, entry)), None)
        if before is not None:
            what = f"`{entry.id}` has the figures, months and shares of `{before.id}`: the same thing may count twice"
            remedy = "Remove one if it is; if not, say what sets it apart in its `label` and `note`."
            yield Fault((*address, place), what, remedy, "whole")
        others.append(entry)


def _are_one(one: _Entry, other: _Entry) -> bool:
    """Whether two entries with the same figures state the same: by name, or for children by anything that could tell
    them apart."""
    if _name(one) == _name(other):
        return True
    told_apart = (one.source, one.where, one.owner, one.note) != (other.source, other.where, other.owner, other.note)
    return isinstance(one, _OF_CHILDREN) and not told_apart


def _name(entry: _Entry) -> str:
    label = entry.title if isinstance(entry, Post) else entry.label
    return " ".join(_WORD.findall(label.casefold()))


def _figures(value: object) -> object:
    """What a part of the case states, without its names and where it comes from."""
    if isinstance(value, Quantity):
        return value.steps, value.ends
    if isinstance(value, Stated):
        fields = [name for name in type(value).model_fields if name not in _PROVENANCE | _NAMES]
        return tuple((name, _figures(getattr(value, name))) for name in fields)
    if isinstance(value, tuple):
        return tuple(map(_figures, value))
    if isinstance(value, dict):
        return tuple(sorted((name, repr(_figures(item))) for name, item in value.items()))
    return value


def same_names(asked: StatedCase) -> Iterator[Fault]:
    """Two options or two placement types that reports call by one name."""
    named: tuple[tuple[str, list[tuple[Address, str]]], ...] = (
        ("options", [((*at, "title"), option.title) for at, option in options_of(asked.case)]),
        ("placement types", [(("placements", key, "label"), it.label) for key, it in asked.case.placements.items()]),
    )
    for kind, names in named:
        seen: set[str] = set()
        for address, name in names:
            if name.casefold() in seen:
                yield Fault(address, f"Two {kind} are called by this name in reports", "Give each a name of its own.")
            seen.add(name.casefold())


def same_placement(asked: StatedCase) -> Iterator[Fault]:
    """A step-down that goes nowhere. To a dearer placement is refused."""
    for address, saving in asked.each(StepDown):
        if saving.from_placement == saving.to_placement:
            price = asked.case.placements[saving.to_placement]
            paid = f"{money(max(price.unit_cost.values))} {article(price.per)}"
            what = f"Children step down from `{saving.from_placement}` to the same, at {paid}: nothing is saved"
            yield Fault((*address, "to_placement"), what, "Name the cheaper placement that they move to.")


def nearly_this_council(asked: StatedCase) -> Iterator[Fault]:
    """A gain of this council's that is left out of its figures, since its name is written in another way."""
    council = _own_words(asked.case.council_name)
    for address, claim in claims_of(asked.case):
        words = set(_WORD.findall(claim.body.casefold()))
        if not is_ours(asked.case, claim) and (words <= _ITSELF or (council and _own_words(claim.body) == council)):
            ours = asked.case.council_name
            what = f"`{claim.body}` is taken for another body than `{ours}`, so no headline figure has it"
            yield Fault((*address, "body"), what, "Leave `body` out if this council gains.")


def _own_words(name: str) -> set[str]:
    return set(_WORD.findall(name.casefold())) - _KINDS_OF_COUNCIL


def once_or_yearly(asked: StatedCase) -> Iterator[Fault]:
    """A cost or income that is called one-off and counted every year, or called yearly and counted once."""
    found: list[tuple[Address, OtherCost | Income, Quantity]] = [
        *((address, cost, cost.amount) for address, cost in asked.each(OtherCost)),
        *((address, income, income.income.amount) for address, income in asked.each(Income)),
    ]
    for address, entry, amount in found:
        if entry.per == "once" and _YEARLY.search(entry.label):
            what = f"Its label says that it recurs, and {money(max(amount.values))} is counted once"
            yield Fault((*address, "per"), what, "Write `per: year` if it comes every year.")
        elif entry.per != "once" and _ONCE.search(entry.label):
            years = [year for year in asked.case.horizon.years if _counts(amount, entry, year.months)]
            if len(years) > 1:
                counted = f"{money(max(amount.values))} {article(entry.per)} is counted in {len(years)} years"
                what = f"Its label says that it comes once, and {counted}"
                yield Fault((*address, "per"), what, "Write `per: once` with the month `start`.")


def _counts(amount: Quantity, entry: OtherCost | Income, months: Sequence[Month]) -> bool:
    """Whether something is paid in a year."""
    runs = [m for m in months if (entry.start is None or entry.start <= m) and (entry.end is None or m <= entry.end)]
    return any(amount.at(month) for month in runs)


def dates(asked: StatedCase) -> Iterator[Fault]:
    """Meetings, documents and figures dated beyond the case, or a document that expires before it is written."""
    case, last = asked.case, asked.case.horizon.months[-1].last_day
    if case.meeting is not None:
        yield from _meeting(case, case.meeting.date, last)
    latest = max(last, case.meeting.date if case.meeting is not None else last)
    for name, source in case.sources.items():
        if source.date is not None and source.date > latest:
            what = f"The document is dated {_words(source.date)}, after the case ends on {_words(latest)}"
            yield Fault(("sources", name, "date"), what, "Check the year of the date.")
        if source.date is not None and source.expires is not None and source.expires < source.date:
            what = f"The document expires on {_words(source.expires)}, before its date of {_words(source.date)}"
            yield Fault(("sources", name, "expires"), what, "Check the two dates.")
    for address, part in asked.parts:
        provenance = part.provenance if isinstance(part, Quantity) else part
        as_at = getattr(provenance, "as_at", None)
        if isinstance(as_at, date) and as_at > latest:
            what = f"The figure is dated {_words(as_at)}, after the case ends on {_words(latest)}"
            yield Fault((*address, "as_at"), what, "Check the year of the date.")


def _meeting(case: Case, held: date, last: date) -> Iterator[Fault]:
    first = case.horizon.months[0].first_day
    years = plausible_bound("years before the case", "highest").value
    if held > last:
        what = f"The meeting is on {_words(held)}, after the case has ended on {_words(last)}"
        yield Fault(("meeting", "date"), what, "Check the year of the date, `first_year` and `years`.")
    elif first.year - held.year > years:
        before = f"{first.year - held.year} years before the case begins on {_words(first)}"
        what = f"The meeting is on {_words(held)}, {before}"
        yield Fault(("meeting", "date"), what, "Check the year of the date, and `first_year`.")


def _words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
