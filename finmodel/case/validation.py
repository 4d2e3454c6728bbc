"""From plain data to a case: what each value may be, then how the values go together; every problem in one go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from finmodel.case.checks import check
from finmodel.case.checks.warnings import warnings
from finmodel.case.examples import examples_of, year_of
from finmodel.case.partial_check import Further, nothing_further, sound_parts
from finmodel.case.schema import MOST_YEARS, Case
from finmodel.lines.periods import FinancialYear
from finmodel.parsing.blanks import blanks, is_blank
from finmodel.parsing.dates import year_from
from finmodel.parsing.faults import Fault
from finmodel.parsing.numbers import UnreadableError, whole_number
from finmodel.parsing.places import Address, Places
from finmodel.parsing.problems import Problem, ProblemsError
from finmodel.parsing.pydantic_faults import faults_found, missing, problem_at
from finmodel.parsing.quantity_forms import ReadingContext
from finmodel.parsing.separators import SPACE_THEM
from finmodel.parsing.text_files import TextFile

NO_FILE = "the case"


def case_from_data(data: dict[str, Any]) -> Case:
    """A case from plain data made in Python; raises ProblemsError with every problem."""
    return case_from_document(TextFile(NO_FILE, data, Places(NO_FILE)))


def case_from_document(document: TextFile, further: Further = nothing_further) -> Case:
    """A case from a file that was read; raises ProblemsError with every problem, the file's own among them.

    further: what else to look for where there are problems, so that they are shown with those at once.
    """
    data = document.data
    context = reading_context(data)
    commas = list(_commas_between_thousands(document, context["years"]))
    shown = tuple(finding.address for finding in commas)  # what else is wrong with these lists follows from that
    found = [*blanks(data, ()), *commas, *_missing_options(data)]
    case = None
    try:
        case = Case.model_validate(data, context=context)
    except ValidationError as error:
        read = [
            finding
            for finding in faults_found(error, Case, data, examples_of(data))
            if not _is_in(finding.address, shown)
        ]
        found += [
            finding
            for finding in read
            if not is_blank(data, finding.address)
            and not (finding.kind == "missing" and finding.address in document.faulty)  # there, and shown already
        ]
    if case is not None and not found and not document.faulty:
        found += check(case, data)
        found += further(case, found) if found else ()
    else:
        faulty = document.faulty | {finding.address for finding in found}
        found += sound_parts(data, faulty, context, further)
    problems = {*document.problems, *(problem_at(finding, data, document.places) for finding in found)}
    if problems or case is None:
        raise ProblemsError(problems)
    return case


def warnings_in(case: Case, document: TextFile) -> tuple[Problem, ...]:
    """What is no mistake but worth a look, in the order of the file."""
    doubts = [*warnings(case), *_commas_that_may_be(document)]
    found = {problem_at(finding, document.data, document.places) for finding in doubts}
    return ProblemsError(found).problems


def _commas_between_thousands(document: TextFile, years: int | None) -> Iterator[Fault]:
    """Lists of figures in which some commas clearly stand between thousands: by their spacing, or since the list has a
    value for each year so, and not as it is read.
    """
    for address, commas in document.comma_lists.items():
        if commas.is_spaced_two_ways or (years is not None and commas.may_have(years)):
            yield Fault(address, commas.read_as, f"{_sentence(commas.quote_it)}; {SPACE_THEM}.", "whole")


def _commas_that_may_be(document: TextFile) -> Iterator[Fault]:
    """Lists that have as many values as they should, and some comma that may stand between thousands all the same."""
    for address, commas in document.comma_lists.items():
        yield Fault(address, commas.read_as, f"{_sentence(SPACE_THEM)}; if not, {commas.quote_it}.", "whole")


def _missing_options(data: dict[str, Any]) -> Iterator[Fault]:
    """What a case of options must have; one without, of demand or caseloads, has nothing to discount."""
    if ("demand" in data or "caseload" in data) and "options" not in data:
        return
    for name in ("discounting", "options"):
        if name not in data:
            what, remedy = missing((name,), Case, data, examples_of(data))
            yield Fault((name,), what, remedy, "missing")


def _is_in(address: Address, outer: tuple[Address, ...]) -> bool:
    return any(address[: len(one)] == one for one in outer)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def reading_context(data: dict[str, Any]) -> ReadingContext:
    """The first year and the number of years, as far as they can be read, for lists by year."""
    first_year: FinancialYear | None = None
    years: int | None = None
    try:
        first_year = year_from(data.get("first_year"))
        stated = whole_number(data.get("years"))
        years = stated if 1 <= stated <= MOST_YEARS else None
    except UnreadableError:
        pass  # shown when the whole case is read
    return ReadingContext(first_year=first_year, years=years, like=year_of(data))
