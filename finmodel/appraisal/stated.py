"""The figures of the model that a case ties its printed figures to: every address must be there, with its period."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case import Case
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.model import Model
from finmodel.lines.nearest import where_instead
from finmodel.parsing.faults import Fault
from finmodel.quoting.quoted import QuotedFigure

_HAS = {
    Timeline.ONCE: "one figure for the whole case",
    Timeline.YEARS: "a figure a year",
    Timeline.MONTHS: "a figure a month",
}


def tied_figures(case: Case, model: Model) -> Iterator[Fault]:
    """A problem for each printed figure that is tied to a figure that the model does not have."""
    for name, figure in case.stated.figures.items():
        found = _problem(figure, case, model) if figure.address is not None else None
        if found is not None:
            field, what, remedy = found
            yield Fault(("stated", "figures", name, field), what, remedy)


def period_of(figure: QuotedFigure, line: Line, case: Case) -> int:
    """The place of the figure's period among those of its line, which `tied_figures` has found to be there."""
    if line.timeline is Timeline.YEARS:
        return case.horizon.years.index(figure.year) if figure.year is not None else 0
    if line.timeline is Timeline.MONTHS:
        return case.horizon.months.index(figure.month) if figure.month is not None else 0
    return 0


def _problem(figure: QuotedFigure, case: Case, model: Model) -> tuple[str, str, str] | None:
    """The field, what is wrong and the remedy; None when all is well."""
    address = figure.address or ""
    if address not in model:
        return (
            "address",
            "No line of this case has that address",
            where_instead(address, (line.address for line in model)),
        )
    line = model[address]
    years = {Timeline.YEARS: case.horizon.years}
    if line.timeline is Timeline.MONTHS and figure.month is None:
        return "address", "This line has a figure a month", f"Add `month:`, like {case.first_year.first_month}."
    if line.timeline is Timeline.YEARS and figure.year is None:
        return "address", "This line has a figure a year", f"Add `year:`, like {case.first_year}."
    if figure.year is not None and (line.timeline is not Timeline.YEARS or figure.year not in years[Timeline.YEARS]):
        return _not_covered("year", line, case)
    if figure.month is not None and (line.timeline is not Timeline.MONTHS or figure.month not in case.horizon.months):
        return _not_covered("month", line, case)
    return None


def _not_covered(field: str, line: Line, case: Case) -> tuple[str, str, str]:
    remedy = (
        f"{line.address} has {_HAS[line.timeline]}; the case runs from {case.first_year} to {case.horizon.last_year}."
    )
    return field, f"That {field} does not go with this line", remedy
