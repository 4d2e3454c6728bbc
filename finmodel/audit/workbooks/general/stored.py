"""Stored values that do not come out when the formulas are worked out again, by two engines that are not Excel's.

Nothing graver is said of a workbook, so it is said last. Each formula is worked out by the first engine from the values
that the file stores beside it. Where that does not give what is stored, the difference must be more than rounding, the
functions and forms of the formula must be ones on which engines are believed, and the second engine must find the same.
Only then is the whole workbook worked out again, with all that was not believed held at what is stored, to see what
else changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct, field

from finmodel.audit.workbooks.contents import SheetCell, Stored
from finmodel.audit.workbooks.general.analysis import Analysis, Area, Node
from finmodel.audit.workbooks.general.beliefs import Belief, near_enough, rows, weakest
from finmodel.audit.workbooks.general.chains import needs_a_circle, reading_of, reads_with_arrays
from finmodel.audit.workbooks.general.check import Certainty, Check, Mark
from finmodel.audit.workbooks.general.engine_formulas import (
    FilledEngineFormula,
    NotGivenError,
    engine_formula_of,
    filled_engine_formula_of,
    formulas_sheet,
    values_sheet,
)
from finmodel.audit.workbooks.general.places import CellIndex
from finmodel.audit.workbooks.general.rounding_noise import compares, digits_kept, nudged, terms_of
from finmodel.audit.workbooks.general.second_engine import second_engine_name, second_opinions
from finmodel.audit.workbooks.general.shapes import Shape
from finmodel.audit.workbooks.general.stored_and_given import (
    all_but_equal,
    apart_by,
    as_shown,
    is_error,
    is_hard,
    is_number,
    near,
    numbers_of,
)
from finmodel.audit.workbooks.recalculating import (
    Address,
    EngineWorkbook,
    RecalculationError,
    Value,
    alike,
    engine_name,
)

CHECK = Check(
    id="stale-value",
    title="Stored value that does not recalculate",
    why="What the file shows is not what its formulas give: the workbook was saved without being worked out, or a "
    "value was planted.",
    source="ICAEW principle 18 (test the workbook); ICAEW Code, Review and test your models",
    certainty="certain",
    remedy="Open it in Excel, work it out anew (Ctrl+Alt+F9), save, and see which figures move.",
    false_alarms="Certain only where two engines give the same number, neither of them the stored one, by more than "
    "rounding, and every function and form in the formula is one on which both were seen to give what Excel stores. "
    "Engines that differ, texts, errors, and functions not compared with Excel are reported as possible. Not reported: "
    "functions and forms on which no engine is believed; the report counts them.",
)
_OWN_ERRORS = {"#DIV/0!", "#N/A"}  # errors that come of the figures; others may come of the engine
_MOST_READS = 200_000_000  # the engine reads some 17 million cells a second
_MOST_EMPTY = 1_000_000  # empty cells are read more slowly: half a million a second
_OF_A_DATE = {"YEAR", "MONTH", "DAY", "WEEKDAY", "WEEKNUM"}
_GIVING_A_DATE = {"DATE", "EDATE", "EOMONTH"}
_MARCH_1900 = 61  # Excel counts a 29 February 1900 that never was
_LARGEST = 1e300
_YEAR_1900 = 1900
_TERMS = "terms"
_NO_VALUE = "the file stores no value for it"


class Recalculated(Struct):
    """What recalculation found: marks, how many cells were compared, and why others were not."""

    marks: list[Mark] = field(default_factory=list)
    compared: int = 0
    not_checked: dict[Node, str] = field(default_factory=dict)
    second_engine_asked: bool = False


def recalculated(analysis: Analysis) -> Recalculated:
    """Compare every stored value with what its formula gives from the values stored beside it."""
    checking = _Checking(analysis)
    reason = _against_all(analysis)
    if reason is None:
        try:
            checking.check()
        except RecalculationError as error:
            reason = str(error)
    found = checking.found
    if reason is not None:
        found.marks.clear()
        found.compared = 0
        found.not_checked.update((node, reason) for node in analysis.reads if found.not_checked.get(node) != _NO_VALUE)
    return found


def _against_all(analysis: Analysis) -> str | None:
    """Why the workbook cannot be recalculated at all."""
    workbook = analysis.workbook
    if workbook.dates_from_1904:
        return "the workbook counts dates from 1904"
    if workbook.precision_as_displayed:
        return "the workbook rounds every cell as displayed"
    reads = sum(_size(area) for pairs in analysis.reads.values() for _, area in pairs)
    return "its ranges are too large to work out in reasonable time" if reads > _MOST_READS else None


def _size(area: Area) -> int:
    return (area.bottom - area.top + 1) * (area.right - area.left + 1)


class _Difference(Struct, frozen=True):
    """A formula whose stored value the first engine does not give, and how far rounding alone may put them apart."""

    node: Node
    value: Value | None
    noise: float


class _Checking:
    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.found = Recalculated()
        self.given: dict[Node, str] = {}
        self.agreeing: set[Node] = set()
        self.kept = digits_kept(
            value
            for node in analysis.reads
            if isinstance(value := self._stored(node), float) and not isinstance(value, bool) and abs(value) < _LARGEST
        )

    def check(self) -> None:
        self._choose()
        if not self.given:
            return
        engine = self._first_engine()
        roots = self._accused(self._beyond_rounding(engine, self._differing(engine)))
        if roots:
            self._follow(roots)

    # What is given to the engines

    def _choose(self) -> None:
        """Every formula that can be given to the engines; for the others why not."""
        refused = _Refusals(self.analysis)
        written = _FilledTexts(self.analysis)
        valueless = [node for node in self.analysis.reads if not self._has_value(node)]
        self.found.not_checked.update((node, _NO_VALUE) for node in valueless)
        without = CellIndex(valueless)
        empty = 0
        for (node, pairs), form in zip(self.analysis.reads.items(), self.analysis.forms, strict=True):
            if valueless and node in self.found.not_checked:
                continue
            try:
                refused.check(node)
                text, empty_cells = written.of(node, form)
            except NotGivenError as reason:
                self.found.not_checked[node] = str(reason)
                continue
            if valueless and any(without.any_in(area) for _, area in pairs):
                self.found.not_checked[node] = "it reads a formula for which the file stores no value"
            elif empty + empty_cells > _MOST_EMPTY:
                self.found.not_checked[node] = "its ranges are too large to work out in reasonable time"
            else:
                empty += empty_cells
                self.given[node] = text

    def _has_value(self, node: Node) -> bool:
        cell = self.analysis.cell(node)
        return cell is not None and cell.kind != "blank"

    def _first_engine(self) -> EngineWorkbook:
        sheets = self.analysis.sheets
        numbers = range(len(sheets))
        engine = EngineWorkbook([*map(values_sheet, numbers), *map(formulas_sheet, numbers), _TERMS])
        given: list[list[tuple[Address, str]]] = [[] for _ in numbers]
        for node, text in self.given.items():
            given[node[0]].append((node[1:], text))
        for number, sheet in enumerate(sheets):
            _put_values(engine, values_sheet(number), sheet.cells.items())
            for place in engine.put_formulas(formulas_sheet(number), given[number]):
                self._leave((number, *place), "the engine cannot read it")
        engine.evaluate()
        return engine

    def _leave(self, node: Node, reason: str) -> None:
        self.found.not_checked[node] = reason
        self.given.pop(node, None)

    # What the first engine does not give

    def _differing(self, engine: EngineWorkbook) -> dict[Node, Value | None]:
        differing: dict[Node, Value | None] = {}
        nodes = list(self.given)
        for node, value in zip(
            nodes, engine.values((formulas_sheet(node[0]), node[1:]) for node in nodes), strict=True
        ):
            if self._same(node, value):
                self._agrees(node)
            elif is_error(value) and value not in _OWN_ERRORS:
                self._leave(node, "the engine cannot work it out")
            else:
                differing[node] = value
        return differing

    def _agrees(self, node: Node) -> None:
        self.agreeing.add(node)
        self.found.compared += 1

    def _same(self, node: Node, value: Value | None, noise: float = 0.0) -> bool:
        stored = self._stored(node)
        if type(value) is float and type(stored) is float and value == stored:
            return True
        if value is None:
            return stored in (0, "", None, False)
        if isinstance(value, bool) and is_number(stored):
            return stored == value  # LibreOffice stores truths as numbers
        if self._is_error(node) and is_error(value):
            return True  # programs differ in which error they give
        if is_number(stored) and is_number(value):
            return near(stored, value, max(noise, 0.0), near_enough(self._functions(node)))
        return alike(stored, value)

    def _formula_of(self, node: Node) -> str:
        return self.analysis.sheets[node[0]].cells[node[1:]].formula

    def _stored(self, node: Node) -> Stored:
        cell = self.analysis.cell(node)
        return None if cell is None else cell.value

    def _is_error(self, node: Node) -> bool:
        cell = self.analysis.cell(node)
        return cell is not None and cell.kind == "error"

    def _functions(self, node: Node) -> frozenset[str]:
        return self.analysis.shapes[node[0]][node[1:]].functions

    def _beyond_rounding(self, engine: EngineWorkbook, differing: Mapping[Node, Value | None]) -> list[_Difference]:
        """What is apart by more than rounding: the parts of each formula are worked out, to see how large they are."""
        believed: dict[Node, Value | None] = {}
        for node, value in differing.items():
            belief, which = self._belief(node)
            if belief == "none":
                self._leave(node, f"no engine is believed on it: {which}")
            else:
                believed[node] = value
        asked = {node: (list(nudged(self.given[node])), terms_of(self.given[node])) for node in believed}
        for row, (turned, terms) in enumerate(asked.values(), start=1):
            for column, text in enumerate([*turned, *terms], start=1):
                _try_put(engine, (row, column), text)
        if asked:
            engine.evaluate()
        found = []
        for row, (node, (turned, terms)) in enumerate(asked.items(), start=1):
            given = [engine.value(_TERMS, (row, 1 + at)) for at in range(len(turned) + len(terms))]
            nearly, sizes = given[: len(turned)], numbers_of(given[len(turned) :])
            noise = self.kept * (self._size_read(node) + sum(map(abs, sizes)))
            if any(self._same(node, value, noise) for value in (believed[node], *nearly)):
                self._agrees(node)
            elif compares(self.given[node]) and all_but_equal(sizes):
                self._leave(node, "it compares two numbers that differ by less than rounding")
            else:
                found.append(_Difference(node, believed[node], noise))
        return found

    def _size_read(self, node: Node) -> float:
        """The size of what a formula reads, all added up; for sums of products, of the products."""
        read = [abs(value) for _, value in self._read(node) if isinstance(value, float | int)]
        total = sum(read)
        return total * max(read, default=0.0) if "SUMPRODUCT" in self._functions(node) else total

    def _read(self, node: Node) -> Iterator[tuple[Node, Stored]]:
        for _, area in self.analysis.reads[node]:
            for place in self.analysis.filled_in(area):
                value = self._stored(place)
                if value is not None:
                    yield place, value

    # What may be said of it

    def _belief(self, node: Node) -> tuple[Belief, str]:
        forms = set(engine_formula_of(self.analysis, self._formula_of(node), node[0], node[1:]).forms)
        functions = self._functions(node)
        dates = [value for _, value in self._read(node)] if functions & _OF_A_DATE else []
        dates += [self._stored(node)] if functions & _GIVING_A_DATE else []
        years = [typed.value for typed in self.analysis.shapes[node[0]][node[1:]].numbers if typed.function == "DATE"]
        if any(is_number(value) and value < _MARCH_1900 for value in dates) or _YEAR_1900 in years:
            forms.add("date-before-march-1900")
        if self.analysis.workbook.iterates:
            forms.add("iterative-calculation")
        belief, which = weakest(functions, forms)
        return belief, which if which not in functions else f"{which}, {_why(which)}"

    def _accused(self, differing: list[_Difference]) -> dict[Node, float]:
        """The formulas of which both engines say that what is stored is wrong; for those where they differ, a mark."""
        reads = reads_with_arrays(self.analysis) if differing else {}
        places = CellIndex(reads)
        for each in differing:
            if needs_a_circle(reads, places, each.node):
                self._leave(each.node, "it needs a formula that needs itself")
        differing = [each for each in differing if each.node in self.given]
        opinions = self._second({each.node: self.given[each.node] for each in differing}, self._stored)
        roots: dict[Node, float] = {}
        for each in differing:
            self.found.compared += 1
            if each.node in opinions and self._one(each.node, each.value, opinions[each.node], each.noise):
                roots[each.node] = each.noise
            else:
                self._mark(each.node, each.value, opinions, "")
        return roots

    def _second(self, texts: Mapping[Node, str], value_of: Callable[[Node], Stored]) -> dict[Node, Value | None]:
        if not texts:
            return {}
        self.found.second_engine_asked = True
        read = dict.fromkeys(place for node in texts for place, _ in self._read(node))
        return second_opinions(len(self.analysis.sheets), texts, ((place, value_of(place)) for place in read))

    def _one(self, node: Node, value: Value | None, other: Value | None, noise: float) -> bool:
        """Whether both engines give one value."""
        if value is None or other is None:
            return value in (0, "", None, False) and other in (0, "", None, False)
        if is_number(value) and is_number(other):
            return near(value, other, noise, near_enough(self._functions(node)))
        return alike(value, other)

    def _follow(self, roots: Mapping[Node, float]) -> None:
        """Work the whole workbook out from what was found, all that was not believed held at what is stored."""
        numbers = range(len(self.analysis.sheets))
        engine = EngineWorkbook([values_sheet(number) for number in numbers])
        worked_out = self.agreeing | roots.keys()
        for number, sheet in enumerate(self.analysis.sheets):
            held = ((place, cell) for place, cell in sheet.cells.items() if (number, *place) not in worked_out)
            _put_values(engine, values_sheet(number), held)
        for node in worked_out:
            engine.put(values_sheet(node[0]), node[1:], self.given[node], None)
        engine.evaluate()

        def value_of(node: Node) -> Stored:
            return engine.value(values_sheet(node[0]), node[1:])

        changed: dict[Node, Value | None] = {}
        for node in sorted(worked_out):
            value = value_of(node)
            if self._same(node, value) or (is_error(value) and value not in _OWN_ERRORS):
                continue
            noise = roots[node] if node in roots else self.kept * self._size_read(node)
            if not self._same(node, value, noise) and (node in roots or self._belief(node)[0] != "none"):
                changed[node] = value
        following = reading_of(self.analysis, {node for node in changed if node in roots}, changed)
        changed = {node: value for node, value in changed.items() if node in roots or node in following}
        opinions = self._second({node: self.given[node] for node in changed}, value_of)
        for node, value in changed.items():
            self._mark(
                node, value, opinions, "" if node in roots else ", once the cells that it reads are worked out again"
            )

    # What is reported

    def _mark(self, node: Node, value: Value | None, opinions: Mapping[Node, Value | None], when: str) -> None:
        stored, shape = self._stored(node), self.analysis.shapes[node[0]][node[1:]]
        first, second = engine_name(), second_engine_name()
        formula = self.analysis.formula(node[0], node[1:])
        agree = node in opinions and self._one(node, value, opinions[node], self.kept * self._size_read(node))
        certainty: Certainty = "possible"
        if not agree:
            other = f"{second} gives {as_shown(opinions[node])}" if node in opinions else f"{second} cannot say"
            what = (
                f"Engines differ: stored {as_shown(stored)}, {first} gives {as_shown(value)}, {other}{when}: {formula}"
            )
        else:
            both = f"{first} and {second} both give {as_shown(value)}{apart_by(stored, value)}"
            what = f"Stored {as_shown(stored)}; {both}{when}: {formula}"
            if self._belief(node)[0] == "certain" and is_hard(stored, value) and not self._is_error(node):
                certainty = "certain"
        self.found.marks.append(
            Mark(node[0], node[1:], what, certainty, group=f"{certainty} {agree} {when} {shape.key}")
        )


class _Refusals:
    """Why formulas are not given to the engines whatever they read: what they are, and which functions they use."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self._known = _known_functions(analysis)
        self._of_shape: dict[str, str | None] = {}

    def check(self, node: Node) -> None:
        """Raise NotGivenError with the reason, where there is one."""
        number, row, column = node
        place = (row, column)
        if self.analysis.sheets[number].cells[place].covered_by:
            raise NotGivenError("it is an array formula or data table")
        shape = self.analysis.shapes[number][place]
        if shape.key not in self._of_shape:
            self._of_shape[shape.key] = self._reason(shape)
        reason = self._of_shape[shape.key]
        if reason is not None:
            raise NotGivenError(reason)

    def _reason(self, shape: Shape) -> str | None:
        if shape.is_external:
            return "it reads another file"
        belief, which = weakest(shape.functions, ())
        if belief == "not given":
            return f"it uses {which}: {_why(which)}"
        missing = sorted(shape.functions - self._known)
        return f"the engine does not have {', '.join(missing)}" if missing else None


class _FilledTexts:
    """Formulas as the engines are given them, each written once for all its copies on a sheet."""

    _TRIES = 3  # copies that are tried: the first may be an odd one, a range of one cell

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self._filled: dict[tuple[int, int], FilledEngineFormula | int] = {}

    def of(self, node: Node, form: int | None) -> tuple[str, int]:
        """Text and empty cells of a formula; raises NotGivenError."""
        number, row, column = node
        if form is not None:
            filled = self._filled.get((form, number), 0)
            if isinstance(filled, int) and filled < self._TRIES:
                formula = self.analysis.sheets[number].cells[row, column].formula
                found = filled_engine_formula_of(self.analysis, formula, number, (row, column))
                self._filled[form, number] = filled = found or filled + 1
            if isinstance(filled, FilledEngineFormula) and (text := filled.at(row, column)) is not None:
                return text
        formula = self.analysis.sheets[number].cells[row, column].formula
        alone = engine_formula_of(self.analysis, formula, number, (row, column))
        return alone.text, alone.empty_cells


def _known_functions(analysis: Analysis) -> set[str]:
    """The functions of the workbook that the engine has: one that it has not is a name that it does not know."""
    functions = sorted({name for shapes in analysis.shapes for shape in shapes.values() for name in shape.functions})
    engine = EngineWorkbook(["Probe"])
    known = set()
    for row, function in enumerate(functions, start=1):
        try:
            engine.put("Probe", (row, 1), f"{function}()", None)
            known.add(function)
        except RecalculationError:
            continue
    engine.evaluate()
    return {name for row, name in enumerate(functions, 1) if engine.value("Probe", (row, 1)) != "#NAME?"} & known


def _why(function: str) -> str:
    return next((row.why for row in rows() if row.kind == "function" and row.name == function), "")


def _put_values(engine: EngineWorkbook, sheet: str, cells: Iterable[tuple[Address, SheetCell]]) -> None:
    """Put what cells store into a sheet of the engine."""
    engine.put_values(
        sheet,
        (
            (place, f"={cell.value}", True) if cell.kind == "error" else (place, cell.value, False)  # `=#N/A` gives it
            for place, cell in cells
        ),
    )


def _try_put(engine: EngineWorkbook, place: tuple[int, int], text: str) -> None:
    try:
        engine.put(_TERMS, place, text, None)
    except RecalculationError:  # a part that is no formula by itself
        return
