"""The first reading: the values of every line, each worked out once.

Few draws are worked out line by line (`evaluate_once`), many by steps that are written down first (`evaluate_draws`):
to write a line's steps takes as long as to work it out for some hundreds of draws.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

from finmodel.lines.evaluate_draws import DrawSteps, Places, alike_periods, rows_of
from finmodel.lines.evaluate_once import whole, work_out
from finmodel.lines.expression import Array, Expression, LineError, Timeline
from finmodel.lines.graphs import reached
from finmodel.lines.line import Line
from finmodel.lines.model import Behind, Group, Model
from finmodel.lines.outcomes import NumberIf, Outcome

FEW = 6_000  # months of draws, up to which they are worked out line by line: 100 draws of five years


class Results:
    """The values of a model's lines, (periods, draws) by address, and what they mean."""

    def __init__(self, model: Model, values: Mapping[str, Array]) -> None:
        self.model = model
        self.values = values
        self._first_draw: dict[str, list[float | None]] = {}  # as plain numbers, which are asked for often

    def __getitem__(self, line: Line | str) -> Array:
        return self.values[line if isinstance(line, str) else line.address]

    def figure(self, line: Line | str, period: int = 0, draw: int = 0) -> float | None:
        """One value; None where there is no number."""
        if draw == 0:
            return self._of_first_draw(line if isinstance(line, str) else line.address)[period]
        value = float(self[line][period, draw])
        return None if math.isnan(value) else value

    def _of_first_draw(self, address: str) -> list[float | None]:
        found = self._first_draw.get(address)
        if found is None:
            found = [None if math.isnan(value) else value for value in self.values[address][:, 0].tolist()]
            self._first_draw[address] = found
        return found

    def figures(self, line: Line | str, draw: int = 0) -> list[float | None]:
        """A value a period."""
        if draw == 0:
            return list(self._of_first_draw(line if isinstance(line, str) else line.address))
        return [self.figure(line, period, draw) for period in range(self[line].shape[0])]

    def reason(self, line: Line | str, period: int = 0) -> str:
        """Why a line has no number in a period; "" when it has one."""
        found = self.model[line] if isinstance(line, str) else line
        if found.expression is None or self.figure(found, period) is not None:
            return ""
        return self._why(found.expression, period)

    def _why(self, rule: Expression, period: int) -> str:
        """The reason of the first operand without a number, otherwise the rule's own."""
        if isinstance(rule, Line):
            return self.reason(rule, 0 if rule.timeline is Timeline.ONCE else period)
        arrays = [whole(operand, self.values) for operand in rule.operands]
        here = [array[period if array.shape[0] > 1 else 0, 0] for array in arrays]
        missing = [operand for operand, value in zip(rule.operands, here, strict=True) if math.isnan(value)]
        refused = isinstance(rule, NumberIf) and here[0] == 0
        if missing and not refused:
            return self._why(missing[0], period)
        if isinstance(rule, Outcome):
            return rule.reason(*arrays)
        raise LineError(f"no number and no reason: {', '.join(line.address for line in rule.lines())}")


class Evaluator:
    """A model made ready to be worked out for many draws of some inputs, block after block.

    moved: by the address of an input, which of its periods are alike in every draw (`alike_periods`); keep: addresses
    wanted at the end, all by default.
    """

    def __init__(self, model: Model, moved: Mapping[str, Places], keep: Collection[str] | None = None) -> None:
        self.model, self.moved = model, moved
        self.keep = tuple(line.address for line in model) if keep is None else tuple(dict.fromkeys(keep))
        self._behind = behind(model, keep)
        self._reached = _reached(model, self._behind, moved)
        lines = {line.address for group in self._reached for line in group.lines}
        self._kept = [address for address in self.keep if address in lines]
        self._steps: DrawSteps | None = None

    def results(self, rows: Mapping[str, Array]) -> Results:
        """The wanted lines. rows: of each moved input, those that are not alike, (rows, draws), all as wide.

        Where some of the moved inputs have none, those are as they stand: their periods must be alike as moved. A line
        that no moved input reaches stays one draw wide. LineError where the model has no answer.
        """
        _stand(self.model, self._behind, self._reached)
        draws = max((array.shape[1] for array in rows.values()), default=1)
        few = draws == 1 or draws * self.model.periods(Timeline.MONTHS) <= FEW
        if few and len(rows) == len(self.moved):
            found = self._line_by_line(rows)
        else:
            if self._steps is None:
                self._steps = DrawSteps(self.model, self._reached, self.model.standing, self.moved, self._kept)
            found = self._steps.run(rows)
        standing = self.model.standing
        return Results(self.model, {each: found[each] if each in found else standing[each] for each in self.keep})

    def _line_by_line(self, rows: Mapping[str, Array]) -> dict[str, Array]:
        values = _OverStanding(self.model.standing)
        given = {address: rows[address].take(places, axis=0) for address, places in self.moved.items()}
        work_out(self.model, self._reached, values, given)
        return values


def evaluate(
    model: Model,
    replaced: Mapping[str, npt.ArrayLike] | None = None,
    keep: Collection[str] | None = None,
) -> Results:
    """Work out every line.

    replaced: other values for inputs, by address, as arrays (1 or periods, draws): scenarios, perturbations or random
    draws go through the same rules as single figures. A line that depends on none of them stays one draw wide.
    keep: addresses wanted at the end; what no wanted line needs is not worked out. All are kept by default.
    """
    given = {address: np.asarray(value, dtype=np.float64) for address, value in (replaced or {}).items()}
    for address, array in given.items():
        if address not in model or not model[address].is_input:
            raise LineError(f"{address} is not an input of the model")
        if array.ndim != 2 or array.shape[0] not in (1, model.periods(model[address].timeline)):
            raise LineError(f"{address}: replaced by values of shape {array.shape}; give (periods, draws)")
    if not given:
        _stand(model, behind(model, keep))
        wanted = [line.address for line in model] if keep is None else keep
        return Results(model, {address: model.standing[address] for address in wanted})
    draws = max(array.shape[1] for array in given.values())
    wide = {address: np.broadcast_to(array, (array.shape[0], draws)) for address, array in given.items()}
    moved = {address: alike_periods(array) for address, array in wide.items()}
    return Evaluator(model, moved, keep).results({address: rows_of(wide[address], moved[address]) for address in wide})


class _OverStanding(dict[str, Array]):
    """Values worked out again, by address; of any other line those as the case stands."""

    def __init__(self, standing: Mapping[str, Array]) -> None:
        super().__init__()
        self.standing = standing

    def __missing__(self, address: str) -> Array:
        return self.standing[address]


def behind(model: Model, keep: Collection[str] | None) -> Behind:
    """What is behind wanted lines, all where None; found once for each set of them."""
    wanted = frozenset((line.address for line in model) if keep is None else keep)
    if wanted not in model.behind:
        groups = model.groups if keep is None else needed_groups(model, keep)
        model.behind[wanted] = Behind(groups, frozenset(line for group in groups for line in group.lines))
    return model.behind[wanted]


def _stand(model: Model, behind: Behind, but: Collection[Group] = ()) -> None:
    """Work out what is not known yet of these lines as the case stands. but: groups that are not asked for."""
    standing = model.standing
    if len(standing) < len(model):
        unknown = [group for group in behind.groups if group.lines[0].address not in standing]
        passed = set(but)
        work_out(model, [group for group in unknown if group not in passed] if passed else unknown, standing)


def _reached(model: Model, behind: Behind, moved: Iterable[str]) -> list[Group]:
    """The groups behind wanted lines whose values the moved inputs move, in the order of the model's.

    What reads a moved line is followed upwards: to look through all lines for each input would grow with the square.
    """
    places, groups, readers, lines = model.places, model.groups, model.readers, behind.lines

    def upwards(place: int) -> Iterator[int]:
        return (places[reader] for line in groups[place].lines for reader in readers[line] if reader in lines)

    found = reached({places[line] for address in moved if (line := model[address]) in lines}, upwards)
    return [groups[place] for place in sorted(found)]


def needed_groups(model: Model, keep: Collection[str]) -> tuple[Group, ...]:
    """The groups behind the wanted lines, in the order of the model's."""
    places, groups, needs = model.places, model.groups, model.needs

    def downwards(place: int) -> Iterator[int]:
        return (places[below] for line in groups[place].lines for below in needs[line])

    found = reached({places[model[address]] for address in keep}, downwards)
    return tuple(groups[place] for place in sorted(found))
