"""Two inputs at once: an option's net position as its children and the price of a placement move together."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from finmodel.appraisal.appraise import WrittenModel
from finmodel.lines.line import Line
from finmodel.uncertainty.answers import OptionLines
from finmodel.uncertainty.moving import prices_of, scaled, together, volumes
from finmodel.uncertainty.trials import work_out

STEPS = (0.5, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5)  # times what is stated, of both


class TwoWayGrid(Struct, frozen=True):
    """An option's net position at the end of the years shown, £: a row by its children, a column by the price.

    children, price: an average over the years shown, and the first price, as stated; price_line: None where placements
    have more prices than one. steps: times what is stated.
    """

    option: str
    steps: tuple[float, ...]
    children: float
    price_line: Line | None
    values: tuple[tuple[float | None, ...], ...]

    @property
    def changes(self) -> tuple[float, ...]:
        """By what part each step is more or less than what is stated."""
        return tuple(round(step - 1, 9) for step in self.steps)

    @property
    def children_at(self) -> tuple[float, ...]:
        """The children fewer in care of each row, an average."""
        return tuple(self.children * step for step in self.steps)


def grid(written: WrittenModel, option: OptionLines) -> TwoWayGrid | None:
    """The grid of an option; None where it avoids no placement whose children and price can be moved."""
    found, prices = volumes(written, option), prices_of(written, option)
    if found is None or not prices or not found.by_year.any():
        return None
    changes = [
        together([scaled(found.inputs, children), scaled(prices, price)]) for children in STEPS for price in STEPS
    ]
    nets = option.nets(work_out(written.model, changes, [option.net.address]))
    rows = nets.reshape(len(STEPS), len(STEPS))
    return TwoWayGrid(
        option.id,
        STEPS,
        float(found.by_year.mean()),
        prices[0] if len(prices) == 1 else None,
        tuple(tuple(None if np.isnan(value) else float(value) for value in row) for row in rows),
    )
