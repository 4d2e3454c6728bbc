"""From plain data to a case: what each value may be, then how the values go together; every problem in one go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from finmodel.case import figures, parsing
from finmodel.case.checks import check
from finmodel.case.checks.doubts import doubts
from finmodel.case.figures import UnreadableError
from finmodel.case.parsing import ReadingContext
from finmodel.case.places import Address, Places, value_at
from finmodel.case.problems import Problem, ProblemsError
from finmodel.case.schema import MOST_YEARS, Case
from finmodel.case.sound import sound_parts
from finmodel.case.source import Document
from finmodel.case.words import Finding, findings, problem_at
from finmodel.lines.periods import FinancialYear

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
        found += [finding for finding in findings(error) if not is_blank(data, finding.address)]
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
    found = {problem_at(finding, document.data, document.places) for finding in doubts(case)}
    return ProblemsError(found).problems


def _context(data: dict[str, Any]) -> ReadingContext:
    """The first year and the number of years, as far as they can be read, for lists by year."""
    first_year: FinancialYear | None = None
    years: int | None = None
    try:
        first_year = parsing.year_from(data.get("first_year"))
        stated = figures.whole_number(data.get("years"))
        years = stated if 1 <= stated <= MOST_YEARS else None
    except UnreadableError:
        pass  # told when the whole case is read
    return ReadingContext(first_year=first_year, years=years)


def blanks(data: object, address: Address) -> Iterator[Finding]:
    """Names with nothing after them: a forgotten value more often than a wish for the default."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in items:
        if value is None:
            what, remedy = "Nothing is written here", "Write a value, or remove the line."
            yield Finding((*address, step), what, remedy)
        else:
            yield from blanks(value, (*address, step))


def is_blank(data: object, address: Address) -> bool:
    """Whether a value is there and empty, which has been told already."""
    around = value_at(data, address[:-1])
    there = isinstance(around, list) or (isinstance(around, dict) and address[-1] in around)
    return bool(address) and there and value_at(data, address) is None
