"""The grid of children and price as a sum that a workbook can work out: exact where the rules show that it is.

The net position at the end is what it is as stated, and for each line that grows with children, with price or with
both its total × (factor − 1). That holds for any figures of the case where every such line is only added up on its way
to the net position; where something is capped on the way, such as growth avoided, there is no such sum.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from finmodel.appraisal.appraise import Appraisal, WrittenModel
from finmodel.lines.degrees import Degree, DegreeOfLines
from finmodel.lines.evaluate import Results
from finmodel.lines.line import Line
from finmodel.lines.timing import RunningTotal
from finmodel.uncertainty.answers import OptionLines, judged_lines
from finmodel.uncertainty.moving import prices_of, volumes

_FOUND: WeakKeyDictionary[Results, tuple[LiveGrid, ...]] = WeakKeyDictionary()
SHOWN = (Degree(1, 1), Degree(1, 0), Degree(0, 1))  # with children and price, with children alone, with price alone


@dataclass(frozen=True, slots=True)
class LiveGrid:
    """The grid of an option. parts: by degree in children and price, lines whose totals add up, each with 1 or −1.

    children: by benefit, those fewer in care of each year before deductions; price: None where there are several.
    """

    option: OptionLines
    parts: Mapping[Degree, tuple[tuple[int, Line], ...]]
    children: tuple[Line, ...]
    price: Line | None


def live_grids(appraisal: Appraisal) -> tuple[LiveGrid, ...]:
    """The grids that are such a sum, by option, worked out once."""
    if appraisal.results not in _FOUND:
        made = (_live(appraisal.written, option) for option in judged_lines(appraisal.written))
        _FOUND[appraisal.results] = tuple(each for each in made if each is not None)
    return _FOUND[appraisal.results]


def _live(written: WrittenModel, option: OptionLines) -> LiveGrid | None:
    found, prices = volumes(written, option), prices_of(written, option)
    running = option.net.expression
    if found is None or not prices or not found.by_year.any() or not isinstance(running, RunningTotal):
        return None
    parts = DegreeOfLines(written.model, found.inputs, prices).parts_of_total(running.line)
    if not parts or not set(parts) <= set(SHOWN):
        return None
    children = tuple(benefit.yearly["children"] for benefit in option.written.own.benefits)
    return LiveGrid(
        option,
        {degree: tuple(lines) for degree, lines in parts.items()},
        children,
        prices[0] if len(prices) == 1 else None,
    )
