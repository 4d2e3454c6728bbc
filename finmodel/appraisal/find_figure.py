"""Finding a figure by its address and period, as a user names them."""

from __future__ import annotations

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.nearest import where_instead
from finmodel.lines.periods import FinancialYear, Month
from finmodel.parsing.problems import Problem, ProblemsError


def find_line(appraisal: Appraisal, address: str) -> Line:
    """The line at an address; ProblemsError with the nearest addresses when there is none."""
    model = appraisal.written.model
    if address in model:
        return model[address]
    remedy = where_instead(address, (line.address for line in model))
    raise ProblemsError([problem(address, "No line of this case has that address", remedy)])


def find_period(appraisal: Appraisal, line: Line, year: str | None, month: str | None) -> int:
    """The period of a line that a year or a month names; the first where neither is given."""
    horizon = appraisal.case.horizon
    if month is not None and line.timeline is Timeline.MONTHS:
        return _place(month, [str(found) for found in horizon.months], str(_read(Month.parse, month)))
    if year is not None and line.timeline is not Timeline.ONCE:
        place = _place(year, [str(found) for found in horizon.years], str(_read(FinancialYear.parse, year)))
        return place * 12 if line.timeline is Timeline.MONTHS else place
    if month is not None or year is not None:
        has = {"once": "one figure for the whole case", "years": "a figure a year", "months": "a figure a month"}
        remedy = f"{line.address} has {has[line.timeline.value]}; leave the option out, or name a year."
        raise ProblemsError([problem(month or year or "", "That period does not go with this line", remedy)])
    return 0


def _read(parse: object, text: str) -> object:
    try:
        return parse(text)  # type: ignore[operator]
    except ValueError as error:
        raise ProblemsError(
            [problem(text, str(error).capitalize(), "Write a year like 2015/16, a month like 2015-09.")]
        ) from None


def _place(given: str, periods: list[str], wanted: str) -> int:
    if wanted in periods:
        return periods.index(wanted)
    raise ProblemsError(
        [problem(given, "The case does not cover that period", f"It runs from {periods[0]} to {periods[-1]}.")]
    )


def problem(given: str, what: str, remedy: str) -> Problem:
    """Something wrong with what was asked on the command line."""
    return Problem("command line", None, "", what, remedy, given)
