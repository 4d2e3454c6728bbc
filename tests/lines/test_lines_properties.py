"""On random models the readings agree: values with two engines, explanations with values, draws with each other."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from finmodel.lines import arithmetic, expression, outcomes, timing
from finmodel.lines.evaluate import FEW, Evaluator, Results, evaluate
from finmodel.lines.evaluate_draws import alike_periods, rows_of
from finmodel.lines.evaluate_once import work_out
from finmodel.lines.excel import Layout, formulas
from finmodel.lines.explain import Explanation, explain, period_text, shown
from finmodel.lines.expression import Array, Expression, Literal, Timeline
from finmodel.lines.line import Line
from finmodel.lines.model import needed_by
from finmodel.lines.standing import HeaderStands, StandsAsRuled
from finmodel.report.line_sheets import Formats, cells_of, new_workbook, write_line_sheet
from tests.lines.random_models import RandomModel, models, models_with_draws
from tests.lines.relative import in_r1c1, numbers_in
from tests.lines.worked import laid_out, operations
from tests.recalculation import by_formualizer, by_ironcalc, disagreements

UNHURRIED = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)


def _written(folder: str, layout: Layout, results: Results) -> Path:
    path = Path(folder) / "random.xlsx"
    book = new_workbook(path, datetime(2026, 1, 1))
    formats = Formats(book)
    for sheet in layout.sheets:
        write_line_sheet(book, layout, sheet, results, formats)
    book.close()
    return path


@pytest.mark.parametrize("recalculate", [by_ironcalc, by_formualizer])
@UNHURRIED
@given(made=models())
def test_values_are_those_of_the_workbook_recalculated(recalculate, made: RandomModel) -> None:
    layout, results = laid_out(made.bench), evaluate(made.bench)
    with TemporaryDirectory() as folder:
        found = recalculate(_written(folder, layout, results))
    dust = {(place.sheet, place.row): made.dust(address) for address, place in layout.places.items()}
    for sheet, cell, value in cells_of(layout, results):
        row = int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        wrong = disagreements([(sheet, cell, value)], found, dust.get((sheet, row), 0))
        assert not wrong, (wrong, layout.places)


@UNHURRIED
@given(models())
def test_a_row_has_one_formula_without_typed_numbers(made: RandomModel) -> None:
    layout = laid_out(made.bench)
    for line in made.bench:
        if line.expression is not None:
            written = formulas(layout, line)
            columns = layout.columns(line.timeline)
            assert len({in_r1c1(text, column) for column, text in zip(columns, written, strict=True)}) == 1
            if HeaderStands not in set(_written_out(line.expression)):  # which repeats the header's own
                assert numbers_in(written[0]) <= {"0", "1"}


def _written_out(rule: Expression) -> Iterator[type[Expression]]:
    """The operations of a formula: the rule's, and those of rules that it writes out once more."""
    yield type(rule)
    again = [line.expression for line in rule.checked] if isinstance(rule, StandsAsRuled) else []
    for each in (*rule.operands, *again):
        if each is not None and not isinstance(each, Line):
            yield from _written_out(each)


@UNHURRIED
@given(models())
def test_explanations_give_the_numbers_that_the_values_were_made_from(made: RandomModel) -> None:
    results = evaluate(made.bench)
    for line in made.bench:
        for period in {0, made.bench.periods(line.timeline) - 1}:
            for node in explain(results, line, period).walk():
                _check_node(made, results, node)


def _check_node(made: RandomModel, results: Results, node: Explanation) -> None:
    line = made.bench[node.address]
    names = [period_text(made.bench.horizon, line.timeline, n) for n in range(made.bench.periods(line.timeline))]
    period = names.index(node.period)
    assert node.value == results.figure(line, period)
    assert node.text == shown(results, line, period)
    assert node.reason == results.reason(line, period)
    assert bool(node.reason) == (node.value is None)
    if line.expression is None:
        assert node.origin == line.origin_at(period)
        return
    if node.elsewhere or node.like or any(operation not in ELEMENTWISE for operation in operations(line.expression)):
        return
    parts = {(part.address, part.period): part for part in node.parts}
    redone = _redo(made, line.expression, period, parts)
    assert math.isclose(redone, _float(node.value), rel_tol=1e-9, abs_tol=made.dust(node.address)) or (
        math.isnan(redone) and node.value is None
    )
    if not any(operation in MORE_THAN_ITS_PARTS for operation in operations(line.expression)):
        assert all(part.text in node.numbers for part in node.parts), node


def _float(value: float | None) -> float:
    return math.nan if value is None else value


def _redo(made: RandomModel, rule: Expression, period: int, parts: dict[tuple[str, str], Explanation]) -> float:
    """A rule worked out again, from nothing but the parts of its explanation."""
    if isinstance(rule, Line):
        when = 0 if rule.timeline is Timeline.ONCE else period
        return _float(parts[rule.address, period_text(made.bench.horizon, rule.timeline, when)].value)
    if isinstance(rule, Literal):
        return float(rule.number)
    if isinstance(rule, timing.PeriodNumber):
        return period + 1.0
    if isinstance(rule, timing.Previous):
        return _redo(made, rule.line, period - 1, parts) if period else _redo(made, rule.first, 0, parts)
    if isinstance(rule, timing.AtYear):
        return _redo(made, rule.line, period // 12, parts)
    return ELEMENTWISE[type(rule)](rule, *(_redo(made, operand, period, parts) for operand in rule.operands))


def _half_up(value: float, places: float) -> float:
    return math.copysign(math.floor(abs(value) * 10**places + 0.5) / 10**places, value)


def _away(value: float) -> float:
    return math.copysign(math.ceil(abs(value)), value)


RELATIONS = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
}
ELEMENTWISE = {
    expression.Add: lambda _, a, b: a + b,
    expression.Subtract: lambda _, a, b: a - b,
    expression.Multiply: lambda _, a, b: a * b,
    expression.Divide: lambda _, a, b: a / b,
    arithmetic.Power: lambda _, a, b: a**b,
    arithmetic.Minimum: lambda _, a, b: min(a, b),
    arithmetic.Maximum: lambda _, a, b: max(a, b),
    arithmetic.Compare: lambda rule, a, b: float(RELATIONS[rule.relation](a, b)),
    arithmetic.Conditional: lambda _, flag, a, b: a if flag else b,
    arithmetic.Rounded: lambda rule, a, places: (_away if rule.direction == "up" else math.trunc)(_half_up(a, places)),
    timing.LookUp: lambda _, place, *table: table[int(place) - 1],
    outcomes.NumberIf: lambda _, flag, a: a if flag else math.nan,
    outcomes.Ratio: lambda _, a, b: a / b if b else math.nan,
    outcomes.IfNumber: lambda _, a, b: math.nan if math.isnan(a) else b,
    outcomes.PeriodName: lambda _, a: a,
    timing.Previous: None,
    timing.AtYear: None,
    timing.PeriodNumber: None,
    Literal: None,
    Line: None,
}
# their words leave out an operand: a look-up names the ends of its table, and so on
MORE_THAN_ITS_PARTS = {timing.LookUp, outcomes.IfNumber, arithmetic.Rounded}


@UNHURRIED
@given(models_with_draws())
def test_a_block_of_draws_is_each_draw_by_itself(made_and_replaced) -> None:
    made, replaced = made_and_replaced
    block = evaluate(made.bench, replaced)
    singles = [
        evaluate(made.bench, {address: values[:, draw : draw + 1] for address, values in replaced.items()})
        for draw in range(3)
    ]
    plain: dict[str, Array] = {}
    work_out(made.bench, made.bench.groups, plain, replaced)
    touched = _depending_on(made, set(replaced))
    for line in made.bench:
        values = block[line]
        assert _three_wide(values) == _three_wide(plain[line.address]), line.address
        assert values.shape[1] == 1 or line.address in touched
        for draw, single in enumerate(singles):
            drawn = values[:, min(draw, values.shape[1] - 1)]
            np.testing.assert_allclose(drawn, single[line][:, 0], rtol=1e-12, atol=made.dust(line.address))


@UNHURRIED
@given(models_with_draws())
def test_many_draws_by_steps_are_to_the_bit_few_line_by_line(made_and_replaced) -> None:
    made, replaced = made_and_replaced
    many = FEW // made.bench.periods(Timeline.MONTHS) // 3 + 1
    few = evaluate(made.bench, replaced)
    block = evaluate(made.bench, {address: np.tile(values, many) for address, values in replaced.items()})
    touched = _depending_on(made, set(replaced))
    for line in made.bench:
        values = block[line]
        assert values.shape[1] == 1 or line.address in touched
        expected = np.tile(np.broadcast_to(few[line], (len(values), 3)), many)
        assert np.broadcast_to(values, expected.shape).tobytes() == expected.tobytes(), line.address


@UNHURRIED
@given(models_with_draws(), st.data())
def test_where_several_inputs_may_move_some_of_them_move_as_where_no_other_may(made_and_replaced, data) -> None:
    made, replaced = made_and_replaced
    assume(replaced)
    some = data.draw(st.sets(st.sampled_from(sorted(replaced)), min_size=1))
    places = {}
    for address, values in replaced.items():
        stated = np.broadcast_to(made.bench[address].value(), (made.bench.periods(made.bench[address].timeline), 1))
        places[address] = alike_periods(np.hstack([stated, np.broadcast_to(values, (len(stated), 3))]))
    rows = {}
    for address in some:
        periods = len(places[address])
        rows[address] = rows_of(np.broadcast_to(replaced[address], (periods, 3)), places[address])
    found = Evaluator(made.bench, places).results(rows)
    alone = evaluate(made.bench, {address: replaced[address] for address in some})
    for line in made.bench:
        assert _three_wide(found[line]) == _three_wide(alone[line]), line.address


def _three_wide(values: Array) -> bytes:
    return np.broadcast_to(values, (len(values), 3)).tobytes()


def _depending_on(made: RandomModel, changed: set[str]) -> set[str]:
    touched = set(changed)
    while True:
        more = {line.address for line in made.bench if any(need.address in touched for need in needed_by(line))}
        if more <= touched:
            return touched
        touched |= more


@UNHURRIED
@given(models(), st.data())
def test_keeping_some_lines_gives_the_same_values(made: RandomModel, data: st.DataObject) -> None:
    wanted = data.draw(st.sets(st.sampled_from([line.address for line in made.bench])))
    everything, some = evaluate(made.bench), evaluate(made.bench, keep=wanted)
    assert set(some.values) == wanted
    for address in wanted:
        np.testing.assert_array_equal(some[address], everything[address])


def _concrete(base: type[Expression]) -> list[type[Expression]]:
    """Every operation of the language: the classes below that have none below them."""
    below = [found for found in base.__subclasses__() if found.__module__.startswith("finmodel.lines")]
    return [concrete for found in below for concrete in _concrete(found)] if below else [base]


class NoneLeftError(Exception):
    """Every operation was met."""


def test_random_models_use_every_operation() -> None:
    """Most are met in some dozens of models; they are made until all are."""
    left = set(_concrete(Expression))

    @settings(UNHURRIED, database=None, max_examples=5_000, phases=[Phase.generate])
    @given(models())
    def look(made: RandomModel) -> None:
        left.difference_update(used(made))
        if not left:
            raise NoneLeftError

    with pytest.raises(NoneLeftError):
        look()
    assert left == set()


def used(made: RandomModel) -> set[type[Expression]]:
    """The operations of a model's rules."""
    return {found for line in made.bench for found in (operations(line.expression) if line.expression else [Line])}


def test_every_operation_has_four_readings_of_its_own() -> None:
    for operation in _concrete(Expression):
        for reading in ("value", "formula", "words", "script"):
            assert getattr(operation, reading) is not getattr(Expression, reading), (operation, reading)
