"""A range that is written at a figure itself, `{low: 700, central: 820, high: 950}`, read from what was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from finmodel.parsing import numbers
from finmodel.parsing.faults import Fault
from finmodel.parsing.nearest import did_you_mean, one_of
from finmodel.parsing.numbers import Reader, UnreadableError
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import RangeShape, RangeStatedAs, StatedRange

RANGE_FIELDS = StatedRange.__struct_fields__
_WORDS: Mapping[str, tuple[str, ...]] = {"shape": get_args(RangeShape), "stated_as": get_args(RangeStatedAs)}
_ENDS, _OTHERS = ("low", "high"), ("deviation", "alpha", "beta")


def range_from(given: Mapping[str, object], read: Reader) -> tuple[StatedRange, list[Fault]]:
    """The range that stands beside a figure, and what cannot be read of it; read: reads a figure of the field's kind.

    A range of the figure itself is read as the figure is; one of parts of it, or of what is added to it, as any number.
    """
    form = _RangeForm(given)
    own = read if given.get("stated_as", "figure") == "figure" else numbers.figure
    found = StatedRange(
        shape=form.word("shape"),  # type: ignore[arg-type]
        stated_as=form.word("stated_as"),  # type: ignore[arg-type]
        **{name: form.one(name, own) for name in _ENDS},
        **{name: form.one(name, numbers.figure) for name in _OTHERS},
        values=form.several("values", own),
        chances=form.several("chances", numbers.figure),
    )
    return found, form.faults


def no_centre(given: Mapping[str, object]) -> tuple[str, str]:
    """What to say of a range that does not say which figure the case takes."""
    ends = [str(given[name]) for name in _ENDS if isinstance(given.get(name), str | int | float)]
    between = f", a figure from {ends[0]} to {ends[1]}" if len(ends) == len(_ENDS) else ""
    return "This range has no central figure, which is the one that the case takes", f"Add `central: …`{between}."


class _RangeForm:
    """One range being read: collects every fault on the way."""

    def __init__(self, given: Mapping[str, object]) -> None:
        self.given = given
        self.faults: list[Fault] = []

    def one(self, name: str, read: Reader) -> float | None:
        """One figure, whatever the figure beside it is over time; None where it is not there."""
        value = self.given.get(name)
        if isinstance(value, list | Mapping):
            what = f"`{name}` is more than one figure, and a range has one"
            remedy = "For a figure that changes over time write `stated_as: factor`, and ends such as 0.8 and 1.2."
            self.faults.append(Fault((name,), what, remedy))
            return None
        return self._read(value, (name,), read) if name in self.given else None

    def several(self, name: str, read: Reader) -> tuple[float, ...]:
        """A list of figures; empty where it is not there."""
        items = self.given.get(name, ())
        if not isinstance(items, list | tuple):
            self.faults.append(Fault((name,), "This is not a list", "Write the figures in brackets, `[…, …]`."))
            return ()
        found = [self._read(item, (name, place), read) for place, item in enumerate(items)]
        return tuple(each for each in found if each is not None)

    def word(self, name: str) -> str | None:
        """One of the words that a name may have; None where it is not there."""
        value, words = self.given.get(name), _WORDS[name]
        if name not in self.given or value in words:
            return None if value is None else str(value)
        remedy = f"{did_you_mean(value, words)}Write {one_of(words)}."
        self.faults.append(Fault((name,), f"This is no word for `{name}`", remedy))
        return None

    def _read(self, value: object, at: Address, read: Reader) -> float | None:
        try:
            return read(value)
        except UnreadableError as error:
            self.faults.append(Fault(at, error.what, error.remedy))
            return None
