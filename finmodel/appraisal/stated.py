"""The figures of the model that a case ties its printed figures to: every address must be there, with its period."""

from __future__ import annotations

from difflib import get_close_matches

from finmodel.case import Case, LoadedCase, Problem, ProblemsError
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.model import Model
from finmodel.parsing.places import Address
from finmodel.quoting.quoted import QuotedFigure

_HAS = {
    Timeline.ONCE: "one figure for the whole case",
    Timeline.YEARS: "a figure a year",
    Timeline.MONTHS: "a figure a month",
}


def check_addresses(loaded: LoadedCase, model: Model) -> None:
    """Raise ProblemsError, with every problem, where a printed figure is tied to a figure that the model has not."""
    problems = []
    for name, figure in loaded.case.stated.figures.items():
        if figure.address is None:
            continue
        found = _problem(figure, loaded.case, model)
        if found is not None:
            field, what, remedy, given = found
            address: Address = ("stated", "figures", name, field)
            place = loaded.places.find(address)
            file, line = (place.file, place.line) if place else (loaded.places.file, None)
            problems.append(Problem(file, line, ".".join(map(str, address)), what, remedy, given))
    if problems:
        raise ProblemsError(problems)


def period_of(figure: QuotedFigure, line: Line, case: Case) -> int:
    """The place of the figure's period among those of its line, which `check_addresses` has found to be there."""
    if line.timeline is Timeline.YEARS:
        return case.horizon.years.index(figure.year) if figure.year is not None else 0
    if line.timeline is Timeline.MONTHS:
        return case.horizon.months.index(figure.month) if figure.month is not None else 0
    return 0


def _problem(figure: QuotedFigure, case: Case, model: Model) -> tuple[str, str, str, str] | None:
    """The field, what is wrong, the remedy and what was given; None when all is well."""
    address = figure.address or ""
    if address not in model:
        return "address", "No line of this case has that address", _nearest(address, model), address[:60]
    line = model[address]
    years = {Timeline.YEARS: case.horizon.years}
    if line.timeline is Timeline.MONTHS and figure.month is None:
        return "address", "This line has a figure a month", "Add `month:`, like 2015-04.", address
    if line.timeline is Timeline.YEARS and figure.year is None:
        return "address", "This line has a figure a year", f"Add `year:`, like {case.first_year}.", address
    if figure.year is not None and (line.timeline is not Timeline.YEARS or figure.year not in years[Timeline.YEARS]):
        return _not_covered("year", str(figure.year), line, case)
    if figure.month is not None and (line.timeline is not Timeline.MONTHS or figure.month not in case.horizon.months):
        return _not_covered("month", str(figure.month), line, case)
    return None


def _not_covered(field: str, given: str, line: Line, case: Case) -> tuple[str, str, str, str]:
    remedy = (
        f"{line.address} has {_HAS[line.timeline]}; the case runs from {case.first_year} to {case.horizon.last_year}."
    )
    return field, f"That {field} does not go with this line", remedy, given


def _nearest(address: str, model: Model) -> str:
    addresses = [line.address for line in model]
    inside = [found for found in addresses if found.startswith(f"{address}.")][:5]
    near = inside or get_close_matches(address[:200], addresses, n=3, cutoff=0.3)
    return f"The nearest are {', '.join(near)}." if near else "Addresses are listed in results.json, under lines."
