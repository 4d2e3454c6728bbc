"""What follows for the budget and the choice from an option's yearly figures, once its measures are written."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.appraisal.funding import WrittenFunding, write_funding
from finmodel.appraisal.mtfs import WrittenMtfs, write_mtfs
from finmodel.appraisal.options import WrittenOption
from finmodel.appraisal.real_terms import (
    PublicValue,
    RealTerms,
    write_comparison,
    write_comparison_measures,
    write_public_value,
    write_real,
)
from finmodel.appraisal.scoring import WrittenScoring, write_scoring
from finmodel.appraisal.stages import WrittenStages, write_stages
from finmodel.basis.book import Book
from finmodel.lines.line import Line


@dataclass(frozen=True, slots=True)
class OptionBudget:
    """An option in the budget; `funding` is None where the case says nothing of it."""

    mtfs: WrittenMtfs
    funding: WrittenFunding | None
    real: RealTerms
    public_value: PublicValue


@dataclass(frozen=True, slots=True)
class WrittenBudget:
    """The budget of every option, the stages of the case and its scoring, and the checks of all of them."""

    options: dict[str, OptionBudget]
    stages: WrittenStages | None
    scoring: WrittenScoring | None

    @property
    def checks(self) -> dict[str, list[Line]]:
        """The checks of each option's budget."""
        return {
            name: [*option.mtfs.checks, *(option.funding.checks if option.funding is not None else ())]
            for name, option in self.options.items()
        }


def write_budget(
    book: Book, options: list[WrittenOption], measures: dict[str, dict[str, Line]], factor: Line
) -> WrittenBudget:
    """Write the budget's lines; the measures gain present values at other rates."""
    shared = write_comparison(book)
    found: dict[str, OptionBudget] = {}
    number = 1
    for written in options:
        name = written.option.id
        is_status_quo = name == book.case.status_quo
        measures[name] |= write_comparison_measures(book, written, shared)
        mtfs = write_mtfs(book, written, number)
        number += len(mtfs.lines)
        stated = written.option.funding or (None if is_status_quo else book.case.funding)
        found[name] = OptionBudget(
            mtfs,
            None if stated is None else write_funding(book, written, stated),
            write_real(book, written, shared),
            write_public_value(book, written, shared, factor),
        )
    return WrittenBudget(found, write_stages(book), write_scoring(book, options, measures))
