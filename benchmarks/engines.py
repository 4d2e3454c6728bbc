"""Both engines beside what workbooks store: how often each gives it, by function and by form of formula.

    python benchmarks/engines.py FOLDER [--differences]

FOLDER holds workbooks saved by Excel, in any depth. This is how `general/beliefs.csv` was filled: a function on which
both engines agree with each other and not with Excel must not be believed. `--differences` lists every such formula.
Formulas that the engines are not given are left out; so are workbooks that cannot be read or count dates from 1904.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from finmodel.audit.workbooks.general.analysis import Analysis, Node
from finmodel.audit.workbooks.general.beliefs import weakest
from finmodel.audit.workbooks.general.engine_formulas import (
    EngineFormula,
    NotGivenError,
    engine_formula_of,
    formulas_sheet,
    values_sheet,
)
from finmodel.audit.workbooks.general.second_engine import second_opinions
from finmodel.audit.workbooks.opening import open_workbook
from finmodel.audit.workbooks.recalculating import EngineWorkbook, RecalculationError, Value, alike
from finmodel.lines.cells import address
from finmodel.parsing.problems import ProblemsError

OUTCOMES = ("both right", "first alone", "second alone", "wrong together", "wrong apart")
MOST = 20_000  # formulas of one workbook


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--differences", action="store_true")
    asked = parser.parse_args()
    if asked.folder is None:
        print("Name a FOLDER of workbooks saved by Excel: without one there is nothing to compare.")
        return
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    workbooks: dict[str, set[Path]] = defaultdict(set)
    for path in sorted([*asked.folder.rglob("*.xlsx"), *asked.folder.rglob("*.xlsm")]):
        try:
            for where, names, outcome in outcomes(path):
                for name in names:
                    counts[name][outcome] += 1
                    workbooks[name].add(path)
                if asked.differences and outcome == "wrong together":
                    print(f"{path.name} {where}")
        except (ProblemsError, RecalculationError) as error:
            print(f"{path.name}: not read: {str(error).splitlines()[0]}")
    print(f"{'':<30}{'workbooks':>11}" + "".join(f"{outcome:>16}" for outcome in OUTCOMES))
    for name, found in sorted(counts.items(), key=lambda item: -item[1].total()):
        print(f"{name:<30}{len(workbooks[name]):>11,}" + "".join(f"{found[outcome]:>16,}" for outcome in OUTCOMES))


def outcomes(path: Path) -> Iterator[tuple[str, set[str], str]]:
    """Each formula that both engines are given: where it is, its functions and forms, and which engine is right."""
    analysis = Analysis(open_workbook(path))
    if analysis.workbook.dates_from_1904 or analysis.workbook.precision_as_displayed:
        return
    given = dict(given_of(analysis))
    first, second = by_first(analysis, given), by_second(analysis, given)
    for node, value in first.items():
        cell, other = analysis.cell(node), second.get(node)
        if cell is None:
            continue
        right = (alike(cell.value, value), node in second and alike(cell.value, other))
        together = "wrong together" if node in second and alike(value, other) else "wrong apart"
        outcome = {(True, True): "both right", (True, False): "first alone", (False, True): "second alone"}
        shape = analysis.shapes[node[0]][node[1:]]
        names = {*(shape.functions or {"(none)"}), *(f"form: {form}" for form in given[node].forms)}
        where = f"{analysis.named(node)} {analysis.formula(node[0], node[1:])} stores {cell.value}, both give {value}"
        yield where, names, outcome.get(right, together)


def given_of(analysis: Analysis) -> Iterator[tuple[Node, EngineFormula]]:
    for node in list(analysis.reads)[:MOST]:
        cell = analysis.cell(node)
        if cell is None or cell.kind == "blank" or cell.covered_by:
            continue
        if weakest(analysis.shapes[node[0]][node[1:]].functions, ())[0] == "not given":
            continue
        try:
            yield node, engine_formula_of(analysis, cell.formula, node[0], node[1:])
        except NotGivenError:
            continue


def by_first(analysis: Analysis, given: dict[Node, EngineFormula]) -> dict[Node, Value | None]:
    numbers = range(len(analysis.sheets))
    engine = EngineWorkbook([*map(values_sheet, numbers), *map(formulas_sheet, numbers)])
    for number, sheet in enumerate(analysis.sheets):
        for place, cell in sheet.cells.items():
            if cell.kind == "error":
                engine.put(values_sheet(number), place, str(cell.value), None)
            elif cell.value is not None:
                engine.put(values_sheet(number), place, None, cell.value)
    taken = []
    for node, formula in given.items():
        try:
            engine.put(formulas_sheet(node[0]), node[1:], formula.text, None)
            taken.append(node)
        except RecalculationError:
            print(f"not read by the first engine: {address(*node[1:])} {formula.text[:60]}")
    engine.evaluate()
    return {node: engine.value(formulas_sheet(node[0]), node[1:]) for node in taken}


def by_second(analysis: Analysis, given: dict[Node, EngineFormula]) -> dict[Node, Value | None]:
    read = {place for node in given for _, area in analysis.reads[node] for place in analysis.filled_in(area)}
    values = [
        (place, cell.value) for place in sorted(read) if (cell := analysis.cell(place)) and cell.value is not None
    ]
    return second_opinions(len(analysis.sheets), {node: formula.text for node, formula in given.items()}, values)


if __name__ == "__main__":
    main()
