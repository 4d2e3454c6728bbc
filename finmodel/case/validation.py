"""From plain data to a case: what each value may be, then how the values go together; every problem in one go."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from finmodel.case.checks import check
from finmodel.case.checks.warnings import warnings
from finmodel.case.partial_check import sound_parts
from finmodel.case.schema import MOST_YEARS, Case
from finmodel.lines.periods import FinancialYear
from finmodel.parsing.blanks import blanks, is_blank
from finmodel.parsing.dates import year_from
from finmodel.parsing.findings import findings, problem_at
from finmodel.parsing.numbers import UnreadableError, whole_number
from finmodel.parsing.places import Places
from finmodel.parsing.problems import Problem, ProblemsError
from finmodel.parsing.quantity_forms import ReadingContext
from finmodel.parsing.text_files import Document

NO_FILE = "the case"


def case_from_data(data: dict[str, Any]) -> Case:
    """A case from plain data made in Python; raises ProblemsError with every problem."""
    return case_from_document(Document(NO_FILE, data, Places(NO_FILE)))


def case_from_document(document: Document) -> Case:
    """A case from a file that was read; raises ProblemsError with every problem, the file's own among them."""
    data = document.data
    context = _context(data)
    found = list(blanks(data, ()))
    case = None
    try:
        case = Case.model_validate(data, context=context)
    except ValidationError as error:
        found += [finding for finding in findings(error, Case) if not is_blank(data, finding.address)]
    if case is not None and not found and not document.faulty:
        found += check(case, data)
    else:
        faulty = document.faulty | {finding.address for finding in found}
        found += sound_parts(data, faulty, context)
    problems = {*document.problems, *(problem_at(finding, data, document.places) for finding in found)}
    if problems or case is None:
        raise ProblemsError(problems)
    return case


def warnings_in(case: Case, document: Document) -> tuple[Problem, ...]:
    """What is no mistake but worth a look, in the order of the file."""
    found = {problem_at(finding, document.data, document.places) for finding in warnings(case)}
    return ProblemsError(found).problems


def _context(data: dict[str, Any]) -> ReadingContext:
    """The first year and the number of years, as far as they can be read, for lists by year."""
    first_year: FinancialYear | None = None
    years: int | None = None
    try:
        first_year = year_from(data.get("first_year"))
        stated = whole_number(data.get("years"))
        years = stated if 1 <= stated <= MOST_YEARS else None
    except UnreadableError:
        pass  # shown when the whole case is read
    return ReadingContext(first_year=first_year, years=years)
