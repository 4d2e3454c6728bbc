"""What becomes of a stated range when the figure that it is of becomes another: one rule, for `--set` and for `adopt`.

The new figure is the centre of the range. A range that holds it stays; one that does not is taken out of the case, and
a note says so, for whoever typed the figure knows something that the range did not. A range that is stated as a factor
or as a change goes with its figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from finmodel.audit.adopting.figures import number_of, over_periods, written_like
from finmodel.audit.adopting.placing import Placed
from finmodel.lines.display import in_unit
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.periods import Horizon
from finmodel.parsing.places import value_at
from finmodel.parsing.quantity_forms import SHAPES
from finmodel.parsing.range_forms import RANGE_FIELDS

_UNCERTAINTY = "uncertainty"
_CLOSE = 1e-9


def move_centres(wanted: dict[str, Any], placed: Sequence[Placed], horizon: Horizon) -> dict[Line, str]:
    """Bring the ranges of a case's data, as it is to be, in line with the figures that were put there.

    Gives the inputs whose range is no longer there, each with a sentence on why.
    """
    notes: dict[Line, str] = {}
    for each in placed:
        figure = _figure(each, horizon)
        for stated in _ranges_of(wanted, each):
            if _holds(stated, figure, horizon):
                _centre(stated, figure, horizon)
            else:
                notes.setdefault(each.line, _gone(each.line, stated, figure))
                _take_out(wanted, stated)
    _leave_out_of_groups(wanted, {line.address for line in notes})
    return notes


def _figure(placed: Placed, horizon: Horizon) -> float | None:
    """The one figure that an input has become; None where it changes over time."""
    new = placed.new
    alone = number_of(new, horizon)
    if alone is not None or placed.line.timeline is Timeline.ONCE:
        return alone
    over = over_periods(new, placed.line.timeline, horizon) or []
    return over[0] if len(set(over)) == 1 else None


def _ranges_of(wanted: Mapping[str, Any], placed: Placed) -> list[dict[str, Any]]:
    """The ranges of an input, as they are written: under `uncertainty`, and beside the figure itself."""
    listed = (wanted.get(_UNCERTAINTY) or {}).get("ranges", ())
    found = [each for each in listed if each["input"] == placed.line.address]
    at = placed.address[:-1] if placed.address[-1] in SHAPES else placed.address
    beside = value_at(wanted, at)
    if isinstance(beside, dict) and set(RANGE_FIELDS) & set(beside):
        found.append(beside)
    return found


def _holds(stated: Mapping[str, Any], figure: float | None, horizon: Horizon) -> bool:
    """Whether a range may have this figure as its centre."""
    if stated.get("stated_as", "figure") != "figure":
        return True
    if figure is None or (stated.get("shape") == "lognormal" and figure <= 0):
        return False
    if "values" in stated:
        values = [number_of(each, horizon) for each in stated["values"]]
        return any(each is not None and abs(each - figure) <= _CLOSE * max(1.0, abs(figure)) for each in values)
    low, high = (number_of(stated.get(name), horizon) for name in ("low", "high"))
    return (low is None or low <= figure) and (high is None or figure <= high)


def _centre(stated: dict[str, Any], figure: float | None, horizon: Horizon) -> None:
    """The centre of a range under `uncertainty` is the figure, said once more; one beside its figure is that figure."""
    says_it = "input" in stated and "central" in stated and stated.get("stated_as", "figure") == "figure"
    if says_it and figure is not None:
        stated["central"] = written_like(str(stated["central"]), figure, horizon)


def _take_out(wanted: dict[str, Any], stated: dict[str, Any]) -> None:
    if "input" in stated:
        listed = wanted[_UNCERTAINTY]["ranges"]
        listed[:] = [each for each in listed if each is not stated]
        return
    for name in RANGE_FIELDS:
        stated.pop(name, None)
    if "central" in stated:
        kept = {"value" if name == "central" else name: value for name, value in stated.items()}
        stated.clear()
        stated.update(kept)


def _leave_out_of_groups(wanted: dict[str, Any], gone: set[str]) -> None:
    """Nothing moves together with what is no longer drawn; a case without any range has no `uncertainty`."""
    stated = wanted.get(_UNCERTAINTY)
    if not stated or not gone:
        return
    together = [each for each in stated.get("correlations", ()) if not set(each["inputs"]) & gone]
    kept = {"ranges": stated.get("ranges"), "correlations": together}
    for name, each in kept.items():
        if each:
            stated[name] = each
        else:
            stated.pop(name, None)
    if not stated.get("ranges") and not any(_beside_figures(wanted)):
        del wanted[_UNCERTAINTY]


def _beside_figures(data: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, dict):
        if set(SHAPES) & set(data) and set(RANGE_FIELDS) & set(data):
            yield data
        for name, value in data.items():
            yield from _beside_figures(value) if name != _UNCERTAINTY else ()
    elif isinstance(data, list):
        for value in data:
            yield from _beside_figures(value)


def _gone(line: Line, stated: Mapping[str, Any], figure: float | None) -> str:
    ends = [str(stated[name]) for name in ("low", "high") if name in stated]
    between = f", {' to '.join(ends)}," if len(ends) == 2 else ""
    why = (
        "is of one figure, and it now changes over time"
        if figure is None
        else f"does not hold {in_unit(figure, line.unit)}"
    )
    return f"The range that the case states{between} {why}: the range is left out, and nothing of it is drawn."
