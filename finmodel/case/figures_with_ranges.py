"""Figures with their range beside them, `unit_cost: {low: 700, central: 820, high: 950}`: ranges like any other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import asdict

from finmodel.case.schema import Case
from finmodel.case.schema_uncertainty import InputRange
from finmodel.parsing.declared_checks import parts
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity, StatedRange


def figures_with_ranges(case: Case) -> Iterator[tuple[Address, Quantity]]:
    """Each figure of a case that has its range beside it, with its place."""
    for address, part in parts(case):
        if isinstance(part, Quantity) and part.range is not None:
            yield address, part


def states_ranges(case: Case) -> bool:
    """Whether a case states any range of an input."""
    listed = case.uncertainty is not None and bool(case.uncertainty.ranges)
    return listed or next(figures_with_ranges(case), None) is not None


def as_input_range(quantity: Quantity, address: str) -> InputRange:
    """The range that stands beside a figure as one of the input at an address; its source is the figure's own."""
    stated = quantity.range
    if stated is None:
        raise ValueError(f"{address} has no range beside it")
    written = {name: value for name in _RANGE if (value := getattr(stated, name)) not in (None, ())}
    source = {name: value for name, value in asdict(quantity.provenance).items() if value}
    is_figure = stated.stated_as in (None, "figure") and quantity.is_constant
    central = {"central": quantity.values[0]} if is_figure else {}
    found: dict[str, Any] = {**written, **central, **source}  # all of which was read before
    return InputRange.model_construct(input=address, **found)


_RANGE = StatedRange.__struct_fields__
