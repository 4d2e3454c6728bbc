"""What a change does to each option's net present budget impact and payback, as an engine that is not ours has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from finmodel.audit.workbooks.differences import CellDifference
from finmodel.audit.workbooks.expected import Expected, Headline
from finmodel.audit.workbooks.findings import Effect
from finmodel.audit.workbooks.recalculated import Engine
from finmodel.audit.workbooks.recalculating import EngineWorkbook, RecalculationError, Value
from finmodel.audit.workbooks.same_formula import moved
from finmodel.audit.workbooks.structure import Structure
from finmodel.lines.display import in_unit

MOST = 100  # findings whose effect is worked out one by one
GONE = "the cell is gone"


class Effects:
    """Puts one change at a time into the model's own workbook, works it out, and takes it back."""

    def __init__(self, expected: Expected, structure: Structure) -> None:
        self._expected, self._structure = expected, structure
        self._trial: EngineWorkbook | None = None

    def of(self, group: list[CellDifference]) -> tuple[Effect, ...] | None:
        """The effect of a group of differences alone; None where it cannot be had."""
        if any(one.model_place is None or one.found is None for one in group):
            return None
        try:
            trial = self._trial = self._trial or self._expected.engine.recalculation.copy()
            for one in group:
                self._put(trial, one)
            trial.evaluate()
            found = effects(self._expected, lambda headline: trial.value(headline.sheet, headline.place))
            for one in group:
                assert one.model_place is not None
                before = one.expected
                formula = before.formula if before is not None else ""
                value = before.value if before is not None else None
                trial.put(one.pair.before.name, one.model_place, formula or None, value)
        except RecalculationError:
            self._trial = None
            return None
        return found

    def _put(self, trial: EngineWorkbook, one: CellDifference) -> None:
        assert one.model_place is not None and one.found is not None
        formula = one.found.formula
        if formula and self._structure.moves_back:
            formula = moved(formula, one.pair.now.name, self._structure.moves_back)
        trial.put(one.pair.before.name, one.model_place, formula or None, one.found.value)


def of_all(expected: Expected, structure: Structure, engine: Engine) -> tuple[Effect, ...]:
    """What the workbook as it stands shows, beside what the model shows."""

    def now(headline: Headline) -> Value | None:
        pair = structure.pair_of.get(headline.sheet)
        row = pair.moves.rows.at(headline.place[0]) if pair else None
        column = pair.moves.columns.at(headline.place[1]) if pair else None
        if pair is None or row is None or column is None:
            return GONE
        return engine.value(pair.now.name, (row, column))

    return effects(expected, now)


def effects(expected: Expected, after: Callable[[Headline], Value | None]) -> tuple[Effect, ...]:
    """Each headline before and after."""
    return tuple(_effect(expected, headline, after(headline)) for headline in expected.headlines)


def _effect(expected: Expected, headline: Headline, after: Value | None) -> Effect:
    before = expected.engine.value(headline.sheet, headline.place)
    unit = headline.line.unit
    return Effect(
        headline.option, headline.title, headline.measure, headline.line.label,
        _shown(before, unit), _shown(after, unit), _number(before), _number(after),
    )  # fmt: skip


def _number(value: Value | None) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _shown(value: Value | None, unit: str) -> str:
    number = _number(value)
    if number is not None:
        shown = in_unit(number, unit)
        return shown if unit in ("£", "share", "rate") else f"{shown} {unit}".strip()
    return str(value) if value not in (None, "") else "nothing"


def any_moved(found: Iterable[Effect]) -> bool:
    """Whether any headline figure reads differently."""
    return any(effect.before != effect.after for effect in found)
