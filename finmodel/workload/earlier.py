"""An earlier report that is handed over: what it shows and what it hid, by the same measures, sections and quarters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from finmodel.parsing.problems import Problem, ProblemsError
from finmodel.parsing.text_files import CannotReadError, read_content, read_text
from finmodel.workload.as_data import FORMAT
from finmodel.workload.disclosure import EarlierReport
from finmodel.workload.figures import At, LineKey, Workload
from finmodel.workload.load import figures_by_address
from finmodel.workload.published import HIDDEN
from finmodel.workload.quarters import quarter_from
from finmodel.workload.tables import read_tables


def read_earlier(path: Path, workload: Workload) -> EarlierReport:
    """The earlier report: workload.json or workload.csv, or a table in one of the forms that are read.

    Raises ProblemsError where it cannot be read, or has no figure of a measure and quarter that this report has.
    """
    try:
        figures = _of_json(path) if path.suffix.lower() == ".json" else _of_table(path, workload)
    except CannotReadError as error:
        raise ProblemsError(error.problems) from None
    return EarlierReport(
        path.name,
        {at: value for at, value, _ in figures if value is not None},
        frozenset(at for at, value, sign in figures if value is None and sign == HIDDEN),
    )


Earlier = list[tuple[At, float | None, str]]


def _of_table(path: Path, workload: Workload) -> Earlier:
    given, problems, _ = read_tables(path.parent, [path.name])
    if problems:
        raise ProblemsError(problems)
    figures = figures_by_address(given, workload.file)
    found: Earlier = [(at, stood.value, stood.sign) for at, stood in figures.items()]
    if not found:
        what, remedy = "The earlier report holds no figures", "Name its workload.csv or workload.json."
        raise ProblemsError([Problem(path.name, None, "", what, remedy)])
    return found


def _of_json(path: Path) -> Earlier:
    text = read_text(read_content(path, path.name), path.name)
    what, remedy = "This is no workload.json of finmodel's", "Name the workload.json or workload.csv of the report."
    try:
        return list(_cells(json.loads(text)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ProblemsError([Problem(path.name, None, "", what, remedy)]) from None


def _cells(data: object) -> Iterator[tuple[At, float | None, str]]:
    if not isinstance(data, dict) or data["format"] != FORMAT:
        raise ValueError
    quarters = [quarter_from(date.fromisoformat(each["end"])) for each in data["quarters"]]
    for line in data["lines"]:
        key = LineKey(str(line["measure"]), str(line["section"]))
        for quarter, value, sign in zip(quarters, line["values"], line["signs"], strict=True):
            yield At(key, quarter), None if value is None else float(value), str(sign)
