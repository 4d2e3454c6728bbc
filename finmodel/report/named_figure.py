"""The figure that a user names: address, ending, defined name or cell of the workbook."""

from __future__ import annotations

import re

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.find_figure import find_line, find_period, problem
from finmodel.lines.excel import Layout, column_letters, defined_names
from finmodel.lines.line import Line
from finmodel.parsing.problems import Problem, ProblemsError
from finmodel.report.levers_sheet import SHEET as LEVERS
from finmodel.report.levers_sheet import lever_rows
from finmodel.report.workbook import layout_of

_CELL = re.compile(r"(?:'(?P<quoted>.+)'|(?P<plain>[^'!]+))!\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>\d+)")
MOST_NAMED = 8


class NamedFigure(Struct, frozen=True):
    """A line and one of its periods."""

    line: Line
    period: int


def named_figure(
    appraisal: Appraisal, name: str, option: str | None = None, year: str | None = None, month: str | None = None
) -> NamedFigure:
    """The line and period meant; ProblemsError, with what was perhaps meant, where there is none or more than one.

    name: an address; the end of one (`payback_month`), which `option` makes unique where several options have it; a
    name defined in the workbook; or a cell of it (`Measures!E12`), whose column then says the period.
    """
    _known_option(appraisal, option)
    cell = _CELL.fullmatch(name)
    if cell:
        line, column = _of_cell(appraisal, layout_of(appraisal), cell, name)
        given = year is not None or month is not None
        return NamedFigure(line, find_period(appraisal, line, year, month) if given else column)
    line = _named(appraisal, name, option)
    return NamedFigure(line, find_period(appraisal, line, year, month))


def _known_option(appraisal: Appraisal, option: str | None) -> None:
    ids = [each.id for each in appraisal.case.options]
    if option is not None and option not in ids:
        raise ProblemsError([problem(option, "The case has no such option", f"Its options are {', '.join(ids)}.")])


def _named(appraisal: Appraisal, name: str, option: str | None) -> Line:
    model = appraisal.written.model
    prefix = "" if option is None else f"options.{option}."
    for address in (f"{prefix}{name}", f"{prefix}measures.{name}", name):
        if address in model and (not prefix or address.startswith(prefix)):
            return model[address]
    ending = [line for line in model if line.address.endswith(f".{name}") and line.address.startswith(prefix)]
    if len(ending) == 1:
        return ending[0]
    if ending:
        raise ProblemsError([_several(name, [line.address for line in ending])])
    for address, defined in defined_names(line.address for line in model).items():
        if defined.lower() == name.lower() and address.startswith(prefix):
            return model[address]
    line = find_line(appraisal, name)
    if prefix and line.address.startswith("options.") and not line.address.startswith(prefix):
        raise ProblemsError([problem(name, f"That is not a line of the option {option}", "Leave --option out.")])
    return line


def _several(name: str, addresses: list[str]) -> Problem:
    named = ", ".join(addresses[:MOST_NAMED])
    more = f" and {len(addresses) - MOST_NAMED} more" if len(addresses) > MOST_NAMED else ""
    remedy = f"They are {named}{more}. Write more of the address, or name the option with --option."
    return problem(name, f"{len(addresses)} lines have an address that ends so", remedy)


def _of_cell(appraisal: Appraisal, layout: Layout, cell: re.Match[str], name: str) -> tuple[Line, int]:
    """The line in a row of a sheet, and the period of the column."""
    sheet = (cell["quoted"] or cell["plain"]).replace("''", "'")
    if sheet.lower() == LEVERS.lower():
        return _lever(layout, cell, name), 0
    found = next((each for each in layout.sheets.values() if each.name.lower() == sheet.lower()), None)
    if found is None:
        sheets = ", ".join([LEVERS, *layout.sheets])
        remedy = f"The sheets of lines are {sheets}. Other sheets refer to them: follow the formula of the cell."
        raise ProblemsError([problem(name, "No sheet of lines has that name", remedy)])
    line = dict(found.lines).get(int(cell["row"]))
    if line is None:
        rows = [row for row, _ in found.lines]
        remedy = f"The lines of {found.name} stand between rows {min(rows)} and {max(rows)}."
        raise ProblemsError([problem(name, "No line stands in that row", remedy)])
    letters = [column_letters(column) for column in layout.columns(line.timeline)]
    if cell["column"].upper() not in letters:
        remedy = f"The figures of {line.address} stand in {letters[0]} to {letters[-1]}."
        raise ProblemsError([problem(name, "No figure stands in that column", remedy)])
    return line, letters.index(cell["column"].upper())


def _lever(layout: Layout, cell: re.Match[str], name: str) -> Line:
    """The lever in a row of the sheet of levers."""
    rows = dict(lever_rows(layout))
    line = rows.get(int(cell["row"]))
    if line is None:
        remedy = f"The levers stand in rows {min(rows)} to {max(rows)}." if rows else "The case has no levers."
        raise ProblemsError([problem(name, "No lever stands in that row", remedy)])
    return line
