"""Problems of a case that only its worked figures show: a saving below zero, more children than there are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from finmodel.appraisal.options import room_of
from finmodel.appraisal.stated import tied_figures
from finmodel.appraisal.stated_break_even import unsolvable
from finmodel.basis.book import Book
from finmodel.benefits.claims import write_claim
from finmodel.case import Case, LoadedCase, ProblemsError
from finmodel.case.entries import Claims, claims_of, is_ours, options_of
from finmodel.case.partial_check import sound_claims
from finmodel.case.schema import Benefit
from finmodel.case.schema_savings import AgencyToPermanent, Claim, EarlierPermanence, Saving, StepDown
from finmodel.lines.evaluate import Results, evaluate
from finmodel.lines.expression import Timeline
from finmodel.lines.model import Model
from finmodel.parsing.findings import Finding, problem_at
from finmodel.parsing.places import Address

CLOSE = 1e-9


class _Compared(NamedTuple):
    """What is saved by paying one price instead of another, a year: lines of a saving, and what is wrong if below 0."""

    saved: str
    before: str
    field: str
    what: str


def check_figures(loaded: LoadedCase, model: Model) -> None:
    """Raise ProblemsError, with every problem, where a case's figures cannot be so or a printed figure has no line."""
    found = [*tied_figures(loaded.case, model), *unsolvable(loaded.case, model), *worked_problems(loaded.case, model)]
    if found:
        raise ProblemsError(problem_at(finding, loaded.data, loaded.places) for finding in found)


def worked_problems(case: Case, model: Model) -> Iterator[Finding]:
    """What the figures of a case's claims show, worked out for these lines alone."""
    yield from _problems(case, model, dict(claims_of(case)))


def problems_of_sound_claims(case: Case, found: Sequence[Finding]) -> Iterator[Finding]:
    """The same of a case with other problems: of those claims that none of them touches, in a model of their own."""
    claims = sound_claims(case, found)
    book = Book(case)
    for address, claim in claims.items():
        write_claim(room_of(book, case.options[int(address[1])]), claim)
    yield from _problems(case, book.model, claims)


def _problems(case: Case, model: Model, claims: Claims) -> Iterator[Finding]:
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
    if isinstance(claim, Benefit):
        return [*found, f"{prefix}.monthly.children"]
    compared = _compared(prefix, claim)
    return found if compared is None else [*found, f"{prefix}.in_effect", compared.saved, compared.before]


def _too_much_off(figures: _Figures, claim: Claim, address: Address) -> Iterator[Finding]:
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
            yield Finding((*address, name), what, remedy)
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


def _below_zero(figures: _Figures, saving: Saving, address: Address) -> Iterator[Finding]:
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
            yield Finding((*address, compared.field), what, remedy)
            return


def _children_in_care(figures: _Figures) -> Iterator[Finding]:
    """No option avoids more children than are in care."""
    case = figures.case
    if case.children_in_care is None:
        return
    for option_at, option in options_of(case):
        benefits = [claim for at, claim in figures.claims.items() if at[:3] == (*option_at, "benefits")]
        ours = [claim for claim in benefits if isinstance(claim, Benefit) and is_ours(case, claim)]
        fewer = [figures.by_month(f"options.{option.id}.benefits.{each.id}.monthly.children") for each in ours]
        for place, month in enumerate(figures.months):
            in_care = case.children_in_care.at(month)
            avoided = math.fsum(series[place] for series in fewer)
            if in_care is not None and avoided > in_care + CLOSE:
                what = f"{avoided:g} children fewer in care in {month.words}, and {in_care:g} are in care"
                remedy = "Lower the number, or correct `children_in_care`."
                if len(option.benefits) > 1:
                    remedy += " All the option's benefits count."
                    yield Finding((*option_at, "benefits"), what, remedy, "whole")
                else:
                    name = "children" if ours[0].children is not None else "entries_avoided"
                    yield Finding((*option_at, "benefits", 0, name), what, remedy)
                break
