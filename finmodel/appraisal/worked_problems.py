"""Problems of a case that only its worked figures show: a saving below zero, more children than there are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from finmodel.appraisal.exempt import not_there
from finmodel.appraisal.levers import unfit_levers
from finmodel.appraisal.options import room_of
from finmodel.appraisal.scenarios import unfit_scenarios
from finmodel.appraisal.stated import tied_figures
from finmodel.appraisal.stated_break_even import unsolvable
from finmodel.appraisal.stated_ranges import RangeInCase, unfit_ranges
from finmodel.basis.book import Book
from finmodel.benefits.claims import write_claim
from finmodel.case import Case, LoadedCase, ProblemsError
from finmodel.case.entries import Claims, claims_of, is_ours, options_of
from finmodel.case.partial_check import sound_claims
from finmodel.case.schema import Benefit, Option
from finmodel.case.schema_savings import (
    AgencyToPermanent,
    Claim,
    EarlierPermanence,
    InHouseHome,
    ProcessCosts,
    Saving,
    StepDown,
)
from finmodel.lines.evaluate import Results, evaluate
from finmodel.lines.expression import Timeline
from finmodel.lines.model import Model
from finmodel.parsing.faults import Fault
from finmodel.parsing.places import Address
from finmodel.parsing.pydantic_faults import problem_at

CLOSE = 1e-9


class _Compared(NamedTuple):
    """What is saved by paying one price instead of another, a year: lines of a saving, and what is wrong if below 0."""

    saved: str
    before: str
    field: str
    what: str


def check_figures(loaded: LoadedCase, model: Model, ranges: Sequence[RangeInCase]) -> None:
    """Raise ProblemsError, with every problem, where a case's figures cannot be so or a printed figure has no line."""
    case = loaded.case
    found = [
        *tied_figures(case, model),
        *unsolvable(case, model),
        *not_there(case, model),
        *unfit_levers(case, model),
        *unfit_ranges(case, model, ranges),
        *unfit_scenarios(case, model),
        *worked_problems(case, model),
    ]
    if found:
        raise ProblemsError(problem_at(finding, loaded.data, loaded.shown_places) for finding in found)


def worked_problems(case: Case, model: Model) -> Iterator[Fault]:
    """What the figures of a case's claims show, worked out for these lines alone."""
    yield from _problems(case, model, dict(claims_of(case)))


def problems_of_sound_claims(case: Case, found: Sequence[Fault]) -> Iterator[Fault]:
    """The same of a case with other problems: of those claims that none of them touches, in a model of their own."""
    claims = sound_claims(case, found)
    book = Book(case)
    for address, claim in claims.items():
        write_claim(room_of(book, case.options[int(address[1])]), claim)
    yield from _problems(case, book.model, claims)


def _problems(case: Case, model: Model, claims: Claims) -> Iterator[Fault]:
    wanted = {address for at, claim in claims.items() for address in _wanted(_prefix(case, at), claim)}
    if not wanted:
        return
    figures = _Figures(case, evaluate(model, keep=wanted), claims)
    for address, claim in claims.items():
        yield from _too_much_off(figures, claim, address)
        if isinstance(claim, Saving):
            yield from _below_zero(figures, claim, address)
    yield from _children_in_care(figures)


class _Figures:
    """The worked figures of claims of a case."""

    def __init__(self, case: Case, results: Results, claims: Claims) -> None:
        self.case, self.results, self.claims = case, results, claims
        self.months = case.horizon.months

    def by_month(self, address: str) -> list[float]:
        """A line's figure in each month."""
        timeline = self.results.model[address].timeline
        months = {Timeline.ONCE: len(self.months), Timeline.YEARS: 12, Timeline.MONTHS: 1}[timeline]
        return [figure or 0.0 for figure in self.results.figures(address) for _ in range(months)]


def _prefix(case: Case, claim_at: Address) -> str:
    """The beginning of the addresses of a claim's lines."""
    option, table = case.options[int(claim_at[1])], str(claim_at[2])
    return f"options.{option.id}.{table}.{getattr(option, table)[claim_at[3]].id}"


def _wanted(prefix: str, claim: Claim) -> list[str]:
    found = [f"{prefix}.deadweight", f"{prefix}.optimism_bias"]
    counted = _counted(prefix, claim)
    if counted is not None:
        found.append(counted.line)
    compared = _compared(prefix, claim)
    return found if compared is None else [*found, f"{prefix}.in_effect", compared.saved, compared.before]


def _too_much_off(figures: _Figures, claim: Claim, address: Address) -> Iterator[Fault]:
    """Deadweight and optimism bias leave something, also when both are taken off the gross."""
    prefix = _prefix(figures.case, address)
    deductions = (figures.by_month(f"{prefix}.{name}") for name in ("deadweight", "optimism_bias"))
    for month, *off in zip(figures.months, *deductions, strict=True):
        if sum(off) > 1 + CLOSE:
            what = f"Deadweight and optimism bias total {sum(off) * 100:.10g}% in {month.words}, more than the saving"
            remedy = "Lower one of them so that they total at most 100%."
            if claim.deductions == "multiplicative":
                remedy += " The subtractive answer, shown next to the multiplicative one, would be below zero."
            name = "evidence_grade" if claim.optimism_bias is None else "optimism_bias"
            yield Fault((*address, name), what, remedy)
            return


def _compared(prefix: str, saving: Claim) -> _Compared | None:
    if isinstance(saving, StepDown):
        what = "the placement stepped down to costs more than the one before it"
        before = f"placements.{saving.from_placement}.cost_of_a_year"
        return _Compared(f"{prefix}.saving_of_a_child", before, "to_placement", what)
    if isinstance(saving, EarlierPermanence) and saving.allowance is not None:
        before, what = f"placements.{saving.placement}.cost_of_a_year", "the allowance is more than the placement"
        return _Compared(f"{prefix}.monthly.saving_of_a_child", before, "allowance", what)
    if isinstance(saving, AgencyToPermanent) and saving.permanent_cost is not None:
        before, what = f"{prefix}.monthly.agency_cost", "a permanent post costs more than the agency worker"
        return _Compared(f"{prefix}.monthly.saving_of_a_post", before, "permanent_cost", what)
    return None


def _below_zero(figures: _Figures, saving: Saving, address: Address) -> Iterator[Fault]:
    """What is paid instead is the cheaper in every month of the effect."""
    prefix = _prefix(figures.case, address)
    compared = _compared(prefix, saving)
    if compared is None:
        return
    lines = (figures.by_month(line) for line in (f"{prefix}.in_effect", compared.saved, compared.before))
    for month, in_effect, saved, before in zip(figures.months, *lines, strict=True):
        if in_effect and saved < -CLOSE:
            prices = f"£{before - saved:,.0f} a year against £{before:,.0f}"
            what = f"In {month.financial_year} {compared.what}: {prices}"
            remedy = "Correct the price or its index, or end the saving before that year; it would be below zero."
            yield Fault((*address, compared.field), what, remedy)
            return


class _Counted(NamedTuple):
    """Children whom a claim moves: the line that counts them by month, the field that states them, and in words."""

    line: str
    field: str
    words: str


def _counted(prefix: str, claim: Claim) -> _Counted | None:
    """How a claim of any kind counts children; None where it counts none, or those of a benefit, counted there."""
    if isinstance(claim, Benefit):
        field = "children" if claim.children is not None else "entries_avoided"
        return _Counted(f"{prefix}.monthly.children", field, "children fewer in care")
    if isinstance(claim, StepDown):
        return _Counted(f"{prefix}.monthly.children", "children", "children in a cheaper placement")
    if isinstance(claim, EarlierPermanence):
        return _Counted(f"{prefix}.monthly.children", "children", "children out of a placement sooner")
    if isinstance(claim, InHouseHome) and claim.beds_emptied is not None:
        return _Counted(f"{prefix}.monthly.beds", "beds_emptied", "children fewer in homes")
    if isinstance(claim, ProcessCosts) and claim.entries_avoided is not None:
        return _Counted(f"{prefix}.monthly.entries_avoided", "entries_avoided", "entries to care avoided in the month")
    return None


_EACH_ONCE = (Benefit, StepDown, EarlierPermanence)  # at any time a child is in one of these, so together they are held


def _children_in_care(figures: _Figures) -> Iterator[Fault]:
    """No option moves more children than are in care, whatever the kind of saving: each by itself, and all together."""
    if figures.case.children_in_care is None:
        return
    for option_at, option in options_of(figures.case):
        ours = {
            at: (claim, counted)
            for at, claim in figures.claims.items()
            if at[:2] == option_at and is_ours(figures.case, claim)
            for counted in [_counted(_prefix(figures.case, at), claim)]
            if counted is not None
        }
        yield from next(filter(None, (_more_than_in_care(figures, option, part) for part in _parts(ours))), ())


_OfClaims = dict[Address, tuple[Claim, _Counted]]


def _parts(ours: _OfClaims) -> Iterator[_OfClaims]:
    """Which claims are held to the children in care together: benefits, each saving, and all that move a child once."""
    yield {at: each for at, each in ours.items() if isinstance(each[0], Benefit)}
    yield from ({at: each} for at, each in ours.items() if not isinstance(each[0], Benefit))
    yield {at: each for at, each in ours.items() if isinstance(each[0], _EACH_ONCE)}


def _more_than_in_care(figures: _Figures, option: Option, part: _OfClaims) -> list[Fault]:
    """The first month in which claims together count more children than are in care."""
    series = [figures.by_month(counted.line) for _, counted in part.values()]
    in_care = figures.case.children_in_care
    for place, month in enumerate(figures.months):
        there = None if in_care is None else in_care.at(month)
        number = math.fsum(each[place] for each in series)
        if there is not None and number > there + CLOSE:
            return [_too_many(option, part, f"in {month.words}, and {there:g} are in care", number)]
    return []


def _too_many(option: Option, part: _OfClaims, when: str, number: float) -> Fault:
    remedy = "Lower the number, or correct `children_in_care`."
    address, (_, counted) = next(iter(part.items()))
    tables = {at[2] for at in part}
    if (len(part) == 1 and len(getattr(option, str(address[2]))) == 1) or ("savings" in tables and len(part) == 1):
        return Fault((*address, counted.field), f"{number:g} {counted.words} {when}", remedy)
    if tables == {"benefits"}:
        what = f"{number:g} {counted.words} {when}"
        return Fault(address[:3], what, f"{remedy} All the option's benefits count.", "whole")
    words = " and ".join(dict.fromkeys(each.words for _, each in part.values()))
    remedy += " At any time a child is in one of these, so they count together."
    return Fault(address[:2], f"{number:g} {words} {when}", remedy, "whole")
