"""Numbers of children: stated as one, or in four steps from those in need to those for whom it makes the difference."""

from __future__ import annotations

from finmodel.basis.room import Room
from finmodel.benefits.effect import stated
from finmodel.case.schema_savings import Reach
from finmodel.lines.expression import literal
from finmodel.lines.line import Line
from finmodel.parsing.quantities import Quantity

_SHARES = {
    "engagement": "Share of those in need who take part",
    "retention": "Share of those who take part who stay with it",
    "impact": "Share of those who stay with it for whom it makes the difference",
}


def state_children(room: Room, name: str, label: str, given: Quantity | Reach, unit: str = "children") -> Line:
    """A number of children as stated, or need × engagement × retention × impact, each an input of its own."""
    if isinstance(given, Quantity):
        return stated(room, room, name, label, given, unit)
    steps = room.within(name)
    product = literal(stated(room, steps, "need", "Children in need of it", given.need, unit))
    for step, of_those in _SHARES.items():
        product = product * stated(room, steps, step, of_those, getattr(given, step), "share")
    return room.line(name, label, product, unit, note="Need × engagement × retention × impact.")
