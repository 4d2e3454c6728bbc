"""What follows for the budget and the choice from an option's yearly figures, once its measures are written."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from finmodel.appraisal.accounts import Accounts, write_account_checks
from finmodel.appraisal.capital import WrittenCapital, write_capital
from finmodel.appraisal.claims_needed import NeededOfClaim, write_claims_needed
from finmodel.appraisal.funding import WrittenFunding, write_funding
from finmodel.appraisal.judged import Judged
from finmodel.appraisal.measures import AT_OTHER_RATES, write_measures
from finmodel.appraisal.mtfs import WrittenMtfs, write_mtfs
from finmodel.appraisal.real_terms import RealTerms, write_comparison, write_real
from finmodel.appraisal.scoring import WrittenScoring, write_scoring
from finmodel.appraisal.stages import WrittenStages, write_stages
from finmodel.basis.book import Book
from finmodel.lines.line import Line


class OptionBudget(Struct, frozen=True):
    """An option in the budget.

    funding: None where the case says nothing of it; accounts: None where none is real; capital: None where no option
    of the case spends any.
    """

    mtfs: WrittenMtfs
    funding: WrittenFunding | None
    real: RealTerms
    accounts: Accounts | None
    capital: WrittenCapital | None
    account_checks: Sequence[Line]
    claims_needed: tuple[NeededOfClaim, ...] = ()


class WrittenBudget(Struct, frozen=True):
    """The budget of every option, the stages of the case and its scoring, and the checks of all of them."""

    options: dict[str, OptionBudget]
    stages: WrittenStages | None
    scoring: WrittenScoring | None

    @property
    def checks(self) -> dict[str, list[Line]]:
        """The checks of each option's budget."""
        return {
            name: [
                *option.mtfs.checks,
                *(option.funding.checks if option.funding is not None else ()),
                *option.account_checks,
            ]
            for name, option in self.options.items()
        }


def write_budget(book: Book, judged: Sequence[Judged]) -> WrittenBudget:
    """Write the budget's lines; the measures gain present values at other rates."""
    shared = write_comparison(book)
    found: dict[str, OptionBudget] = {}
    number = 1
    for each in judged:
        each.comparison, written = shared, each.written
        name = written.option.id
        write_measures(each, AT_OTHER_RATES)
        mtfs = write_mtfs(written, number)
        number += len(mtfs.lines)
        stated = written.option.funding or (None if name == book.case.status_quo else book.case.funding)
        found[name] = OptionBudget(
            mtfs,
            None if stated is None else write_funding(written, stated),
            write_real(written, shared),
            each.accounts,
            write_capital(written, each.factor),
            write_account_checks(written, each.accounts, each.found),
            () if name == book.case.status_quo else write_claims_needed(each),
        )
    stages = write_stages(book)
    measures_of = {each.written.option.id: each.found for each in judged}
    return WrittenBudget(found, stages, write_scoring(book, [each.written for each in judged], measures_of))
