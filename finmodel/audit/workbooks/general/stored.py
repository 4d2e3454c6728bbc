"""Stored values that do not come out when the formulas are worked out again, by an engine that is not Excel's."""

from __future__ import annotations

from dataclasses import dataclass, field

from finmodel.audit.workbooks.contents import Cell
from finmodel.audit.workbooks.general.analysis import Analysis, Node
from finmodel.audit.workbooks.general.check import Certainty, Check, Mark
from finmodel.audit.workbooks.general.places import Places
from finmodel.audit.workbooks.general.shapes import Shape
from finmodel.audit.workbooks.recalculating import Recalculation, RecalculationError, Value, alike

CHECK = Check(
    id="stale-value",
    title="Stored value that does not recalculate",
    why="What the file shows is not what its formulas give: the workbook was saved without being worked out, or a "
    "value was planted.",
    source="ICAEW principle 18 (test the workbook); ICAEW Code, Review and test your models",
    certainty="likely",
    remedy="Open it in Excel, work it out anew (Ctrl+Alt+F9), save, and see which figures move.",
    false_alarms="What the engine cannot do (functions and names that it does not know, array formulas, today's date, "
    "chance, other files) is not checked, and its stored value is taken. Texts, and formulas that swallow errors, are "
    "told as possible.",
)
_UNSTEADY = {"NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY", "CELL", "INFO", "INDIRECT", "OFFSET"}
# Answers that depend on what is shown, or on the program.
_PECULIAR = {"SUBTOTAL", "AGGREGATE", "GETPIVOTDATA", "HYPERLINK", "TABLE", "FORMULATEXT", "SHEETS", "SHEET"}
# Answers that count empty cells, and so change where a range is cut to what is filled.
_COUNTING = {"ROWS", "COLUMNS", "COUNTBLANK"}
_SWALLOWING = {"IFERROR", "IFNA", "ISERROR", "ISERR", "ISNA", "ISNUMBER", "ERROR.TYPE"}
_SEARCHING = {"IRR", "XIRR", "MIRR", "RATE", "YIELD"}  # found by trial: programs stop at different places
_NEAR_ENOUGH = 1e-6
_OWN_ERRORS = {"#DIV/0!", "#N/A"}  # errors that come of the figures; others may come of the engine
_MOST_READS = 200_000_000  # the engine reads some 17 million cells a second
_ROUNDS = 6


@dataclass(slots=True)
class Recalculated:
    """What recalculation found: marks, how many cells were compared, and why others were not."""

    marks: list[Mark] = field(default_factory=list)
    compared: int = 0
    not_checked: dict[Node, str] = field(default_factory=dict)


def recalculated(analysis: Analysis) -> Recalculated:
    """Compare every stored value with the engine's. What the engine cannot do is given to it as the value stored."""
    found = Recalculated()
    reason = _against_all(analysis)
    nodes = [node for node in analysis.reads if _has_value(analysis, node)]
    found.not_checked.update((node, "the file stores no value for it") for node in analysis.reads.keys() - set(nodes))
    if reason is None and nodes:
        try:
            _compare(analysis, nodes, found)
        except RecalculationError as error:
            reason = str(error)
    if reason is not None:
        found.marks.clear()
        found.compared = 0
        found.not_checked.update((node, reason) for node in nodes)
    return found


def _against_all(analysis: Analysis) -> str | None:
    """Why the workbook cannot be recalculated at all."""
    workbook = analysis.workbook
    if workbook.dates_from_1904:
        return "the workbook counts dates from 1904"
    if workbook.precision_as_displayed:
        return "the workbook rounds every cell as displayed"
    reads = sum(
        (area.bottom - area.top + 1) * (area.right - area.left + 1)
        for pairs in analysis.reads.values()
        for _, area in pairs
    )
    return "its ranges are too large to work out in reasonable time" if reads > _MOST_READS else None


def _has_value(analysis: Analysis, node: Node) -> bool:
    cell = analysis.cell(node)
    return cell is not None and cell.kind != "blank"


def _compare(analysis: Analysis, nodes: list[Node], found: Recalculated) -> None:
    names = _plain_names(analysis)
    known = _known_functions(analysis)
    for node in nodes:
        reason = _beyond(analysis, node, names, known)
        if reason is not None:
            found.not_checked[node] = reason
    engine = _loaded(analysis, names, found.not_checked)
    left = [node for node in nodes if node not in found.not_checked]
    for _ in range(_ROUNDS):
        engine.evaluate()
        failed = {node for node in left if _engine_failed(analysis, engine, node)}
        if not failed:
            break
        for node in _beginnings(analysis, failed) or failed:
            found.not_checked[node] = "the engine cannot work it out"
            _put_stored(analysis, engine, node)
        left = [node for node in left if node not in found.not_checked]
    for node in left:
        value = engine.value(analysis.sheets[node[0]].name, node[1:])
        if _engine_failed(analysis, engine, node):
            found.not_checked[node] = "the engine cannot work it out"
            continue
        found.compared += 1
        mark = _difference(analysis, node, value)
        if mark is not None:
            found.marks.append(mark)


def _plain_names(analysis: Analysis) -> dict[str, str]:
    """The names of the whole workbook that stand for cells, which the engine can be given."""
    return {
        name.name: name.refers_to
        for name in analysis.workbook.defined_names
        if not name.sheet and "!$" in name.refers_to and "[" not in name.refers_to and "," not in name.refers_to
        and "(" not in name.refers_to
    }  # fmt: skip


def _known_functions(analysis: Analysis) -> set[str]:
    """The functions of the workbook that the engine has: one that it has not is a name that it does not know."""
    functions = sorted({name for shapes in analysis.shapes for shape in shapes.values() for name in shape.functions})
    engine = Recalculation(["Probe"])
    known = set()
    for row, function in enumerate(functions, start=1):
        try:
            engine.put("Probe", (row, 1), f"{function}()", None)
            known.add(function)
        except RecalculationError:
            continue
    engine.evaluate()
    return {name for row, name in enumerate(functions, 1) if engine.value("Probe", (row, 1)) != "#NAME?"} & known


def _beyond(analysis: Analysis, node: Node, names: dict[str, str], known: set[str]) -> str | None:
    """Why a formula is not given to the engine."""
    sheet, *place = node
    shape = analysis.shapes[sheet][place[0], place[1]]
    cell = analysis.cell(node)
    missing = sorted(shape.functions - known | shape.functions & _PECULIAR)
    counts = bool(shape.functions & _COUNTING)
    reasons = {
        "it is an array formula or data table": cell is not None and bool(cell.covered_by),
        "it reads another file": shape.is_external,
        "it changes by itself": bool(shape.functions & _UNSTEADY),
        f"the engine does not have {', '.join(missing)}": bool(missing),
        "it uses a name or table that the engine is not given": any(
            use.name and use.name not in names for use in shape.uses
        ),
        "it counts the cells of whole columns": counts
        and cell is not None
        and analysis.within_sheets(cell.formula, sheet) != cell.formula,
        "it reads several sheets at once": any(
            use.reference is not None and ":" in use.reference.sheet for use in shape.uses
        ),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _loaded(analysis: Analysis, names: dict[str, str], stored_only: dict[Node, str]) -> Recalculation:
    sheets = [sheet.name for sheet in analysis.sheets]
    used = {use.name for shapes in analysis.shapes for shape in shapes.values() for use in shape.uses if use.name}
    engine = Recalculation(sheets, {name: text for name, text in names.items() if name in used})
    for number, sheet in enumerate(analysis.sheets):
        for place, cell in sheet.cells.items():
            if cell.formula and (number, *place) not in stored_only:
                try:
                    engine.put(sheet.name, place, analysis.within_sheets(cell.formula, number), None)
                    continue
                except RecalculationError:
                    stored_only[number, *place] = "the engine cannot read it"
            _put(engine, sheet.name, place, cell)
    return engine


def _put(engine: Recalculation, sheet: str, place: tuple[int, int], cell: Cell) -> None:
    if cell.kind == "error":
        engine.put(sheet, place, str(cell.value), None)  # `=#N/A` gives the error
    elif cell.value is not None:
        engine.put(sheet, place, None, cell.value)


def _put_stored(analysis: Analysis, engine: Recalculation, node: Node) -> None:
    cell = analysis.cell(node)
    if cell is not None:
        _put(engine, analysis.sheets[node[0]].name, node[1:], cell)


def _engine_failed(analysis: Analysis, engine: Recalculation, node: Node) -> bool:
    """Whether the engine has an error, of a kind that may be its own, where the file has none."""
    cell = analysis.cell(node)
    value = engine.value(analysis.sheets[node[0]].name, node[1:])
    is_error = isinstance(value, str) and value.startswith("#") and value not in _OWN_ERRORS
    return is_error and cell is not None and cell.kind != "error"


def _beginnings(analysis: Analysis, failed: set[Node]) -> set[Node]:
    """The failed cells that read no other failed cell."""
    known = Places(failed)
    return {node for node in failed if not any(known.any_in(area) for _, area in analysis.reads[node])}


def _difference(analysis: Analysis, node: Node, value: Value | None) -> Mark | None:
    cell = analysis.cell(node)
    sheet, *place = node
    shape = analysis.shapes[sheet][place[0], place[1]]
    if cell is None or _same(cell, value, shape):
        return None
    weak = isinstance(value, str) or isinstance(cell.value, str) or bool(shape.functions & _SWALLOWING)
    certainty: Certainty = "possible" if weak else "likely"
    what = f"Stored {_shown(cell.value)}, recalculates to {_shown(value)}: {analysis.formula(sheet, node[1:])}"
    return Mark(sheet, node[1:], what, certainty, group=shape.key)


def _same(cell: Cell, value: Value | None, shape: Shape) -> bool:
    stored = cell.value
    if value is None:
        return stored in (0, "", None, False)
    if alike(stored, value):
        return True
    if isinstance(stored, float) and isinstance(value, int | float) and shape.functions & _SEARCHING:
        return abs(stored - value) <= _NEAR_ENOUGH
    return False


def _shown(value: Value | None) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:,.15g}" if isinstance(value, int | float) else f"“{value}”"
