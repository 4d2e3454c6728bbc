"""Loading a workload report: `workload.yaml` and its tables, every problem at once, each with its place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from pydantic import ValidationError

from finmodel.parsing.blanks import blanks, is_blank
from finmodel.parsing.problems import Problem, ProblemsError, said_once
from finmodel.parsing.pydantic_faults import faults_found, problem_at
from finmodel.parsing.text_files import CannotReadError, TextFile, read_content, read_text
from finmodel.parsing.yaml_files import read_yaml
from finmodel.workload.defined_names import unknown_names
from finmodel.workload.figures import At, LineKey, Stood, Workload
from finmodel.workload.quarters import Quarter, every_quarter, quarter_from
from finmodel.workload.schema import MeasureStated, WorkloadFile
from finmodel.workload.tables import WORKBOOKS, Given, read_tables

YAML = "workload.yaml"
_TABLES = (".csv", *WORKBOOKS)
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_MOST_QUARTERS = 400


def load_workload(path: str | Path) -> Workload:
    """What a folder holds, or a single table; raises ProblemsError with every problem in it."""
    folder, tables, stated = _found(Path(path))
    problems: list[Problem] = []
    file, hashes = WorkloadFile(), []
    if stated is not None:
        content = _content(stated)
        hashes.append((stated.name, hashlib.sha256(content).hexdigest()))
        try:
            document = read_yaml(read_text(content, stated.name), stated.name)
            file = _stated(document)
            faults = unknown_names(file, with_standard(file))
            problems += [problem_at(fault, document.data, document.places) for fault in faults]
        except CannotReadError as error:
            problems += error.problems
        except ProblemsError as error:
            problems += error.problems
    names = list(file.tables) or tables
    lacking = [name for name in names if not (folder / name).is_file()]
    problems += [Problem(YAML, None, "tables", "There is no such table", _PUT_TABLE, name) for name in lacking]
    given, wrong, contents = read_tables(folder, [name for name in names if name not in lacking])
    problems += wrong
    if not names:
        problems.append(Problem(str(folder), None, "", "The folder holds no table", _PUT_TABLE))
    hashes += [(name, hashlib.sha256(content).hexdigest()) for name, content in contents.items()]
    merged = with_standard(file)
    measures, figures, places, twice = _ordered(given, merged)
    problems += twice
    if given or names:
        problems += _percents(figures, measures)
    if not figures and not problems:
        problems.append(Problem(str(folder), None, "", "The tables hold no figures", _PUT_TABLE))
    if problems:
        raise ProblemsError(said_once(dict.fromkeys(problems)))
    quarters = _quarters(file, figures)
    kept = {at: stood for at, stood in figures.items() if at.quarter <= quarters[-1]}
    return Workload(merged, measures, kept, places, quarters, tuple(hashes))


_PUT_TABLE = "Put a .csv or .xlsx of quarters into the folder: docs/workload.md shows the forms."


def _found(path: Path) -> tuple[Path, list[str], Path | None]:
    """The folder, the tables in it and its workload.yaml, where it has one."""
    if path.is_dir():
        tables = sorted(each.name for each in path.iterdir() if _is_table(each))
        stated = path / YAML
        return path, tables, stated if stated.is_file() else None
    if path.is_file() and path.name == YAML:
        return _found(path.parent)
    if path.is_file():
        return path.parent, [path.name], None
    raise ProblemsError([Problem(str(path), None, "", "There is no such folder", "Check the name, and where you are.")])


def _is_table(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in _TABLES and not path.name.startswith(("~", "."))


def _content(path: Path) -> bytes:
    try:
        return read_content(path, path.name)
    except CannotReadError as error:
        raise ProblemsError(error.problems) from None


def _stated(document: TextFile) -> WorkloadFile:
    data = document.data
    found = list(blanks(data, ()))
    file = None
    try:
        file = WorkloadFile.model_validate(data)
    except ValidationError as error:
        found += [one for one in faults_found(error, WorkloadFile, data) if not is_blank(data, one.address)]
    problems = {*document.problems, *(problem_at(one, data, document.places) for one in found)}
    if problems or file is None:
        raise ProblemsError(problems)
    return file


@cache
def standard() -> WorkloadFile:
    """What most councils count, as `standard.yaml` beside this module has it."""
    path = Path(__file__).with_name("standard.yaml")
    return _stated(read_yaml(read_text(path.read_bytes(), path.name), path.name))


def with_standard(file: WorkloadFile) -> WorkloadFile:
    """A council's own file over the standard one: what has the same id, or the same whole, takes its place."""
    base = standard()
    wholes = {each.whole for each in file.totals}
    levels = {each.level for each in file.moves}
    return file.model_copy(
        update={
            "groups": {**base.groups, **file.groups},
            "measures": {**base.measures, **file.measures},
            "shares": {**base.shares, **file.shares},
            "averages": {**base.averages, **file.averages},
            "rates": {**base.rates, **file.rates},
            "totals": [*(each for each in base.totals if each.whole not in wholes), *file.totals],
            "moves": [*(each for each in base.moves if each.level not in levels), *file.moves],
        }
    )


@lru_cache(4096)
def plain(name: str) -> str:
    """A measure's name without capitals, signs and spaces: `Plans – started` and `plans started` are one."""
    return _NOT_LETTERS.sub("-", name.casefold()).strip("-")


def _by_name(file: WorkloadFile) -> dict[str, str]:
    """The measures by every name that a table may have for them."""
    known: dict[str, str] = {}
    for id_, measure in file.measures.items():
        for name in (id_, *measure.also):
            known.setdefault(plain(name), id_)
    for id_, measure in file.measures.items():
        known.setdefault(plain(measure.label), id_)
    return known


def _ordered(
    given: list[Given], file: WorkloadFile
) -> tuple[dict[str, MeasureStated], dict[At, Stood], dict[LineKey, int], list[Problem]]:
    """The figures by address, the measures that have any, and a problem for each that is given twice."""
    known = _by_name(file)
    own: dict[str, MeasureStated] = {}
    figures: dict[At, Stood] = {}
    places: dict[LineKey, int] = {}
    problems: list[Problem] = []
    for each in given:
        id_ = known.get(plain(each.measure))
        if id_ is None:
            id_ = plain(each.measure)[:40].strip("-") or "measure"
            known[plain(each.measure)] = id_
            in_percent = each.percent or "%" in each.measure
            own[id_] = MeasureStated(label=each.measure[:160], unit="percent" if in_percent else "number")
        elif each.percent and id_ in own and own[id_].unit == "number":
            own[id_] = own[id_].model_copy(update={"unit": "percent"})
        section = "" if plain(each.section) in ("", "all", "total", "whole-service") else each.section
        at = At(LineKey(id_, section), each.quarter)
        before = figures.get(at)
        if before is not None and before.value is not None and each.value is not None and before.value != each.value:
            what = f"This figure is given twice, and otherwise: {before.value:g} at {before.place.words}"
            where = f"{each.measure}, {section or 'whole service'}, {each.quarter.words}"
            value = f"{each.value:g}"
            problems.append(Problem(each.place.file, each.place.line, where, what, "Keep one.", value, each.place.cell))
        elif before is None or before.value is None:
            figures[at] = Stood(each.value, each.sign, each.place, each.percent)
        places[at.key] = max(places.get(at.key, 0), min(each.places, 4))
    measures = {**file.measures, **own}
    there = {at.key.measure for at in figures}
    return {id_: one for id_, one in measures.items() if id_ in there}, figures, places, problems


def figures_by_address(given: list[Given], file: WorkloadFile) -> dict[At, Stood]:
    """Figures of another table by the names of this one; of a figure that is given twice the first."""
    return _ordered(given, file)[1]


def _percents(figures: dict[At, Stood], measures: dict[str, MeasureStated]) -> Iterator[Problem]:
    for at, stood in figures.items():
        if measures[at.key.measure].unit == "percent" and stood.value is not None and stood.value > 100:
            what = "This percentage is over 100"
            remedy = "Write a percentage from 0 to 100, or give the measure another unit in workload.yaml."
            where = f"{measures[at.key.measure].label}, {at.quarter.words}"
            yield Problem(stood.place.file, stood.place.line, where, what, remedy, f"{stood.value:g}", stood.place.cell)


def _quarters(file: WorkloadFile, figures: dict[At, Stood]) -> tuple[Quarter, ...]:
    there = {at.quarter for at, stood in figures.items()}
    last = quarter_from(file.to) if file.to else max(there)
    found = every_quarter([*(quarter for quarter in there if quarter <= last), last])
    if len(found) > _MOST_QUARTERS:
        what = f"From {found[0].words} to {found[-1].words} are more than {_MOST_QUARTERS} quarters"
        raise ProblemsError([Problem(YAML, None, "", what, "Check the years of the tables.")])
    return found
