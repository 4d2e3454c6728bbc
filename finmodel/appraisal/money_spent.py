"""All money that an option spends: capital in the month of its outlay, and revenue without what repays that capital.

money spent = cost to revenue − minimum revenue provision (MRP) + capital outlay. MRP sets aside revenue for an outlay
that was spent once already, so counting both would count the outlay twice; interest is spent besides. Source: Local
Authorities (Capital Finance and Accounting) (England) Regulations 2003, regulations 27 and 28, on MRP as a charge to
revenue for capital spent before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from finmodel.basis.room import Room
from finmodel.case.schema import OtherCost
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import running_total

MONEY_SPENT, NET_POSITION, CUMULATIVE = "money_spent", "net_position", "cumulative_net_position"
OUTLAY, MRP, INTEREST = "capital_outlay", "mrp", "interest"
CAPITAL = {
    OUTLAY: "Capital outlay",
    MRP: "Minimum revenue provision (MRP)",
    INTEREST: "Interest on borrowing for capital",
}


def own_capital(room: Room, costs: Sequence[OtherCost]) -> dict[str, Line]:
    """What an option spends on capital in itself, £ by month; empty where it spends nothing.

    room: where the lines of the option go, its costs' outlays among them.
    """
    outlays = [room[f"costs.{cost.id}.monthly.outlay"] for cost in costs if cost.capital is not None]
    if not outlays:
        return {}
    label = f"{CAPITAL[OUTLAY]}, in itself"
    return {OUTLAY: room.line(f"own.{OUTLAY}", label, add_up(outlays), "£", over=Timeline.MONTHS)}


def monthly_money(
    room: Room, lines: Mapping[str, Line], own: Mapping[str, Line], before: Mapping[str, Line]
) -> dict[str, Line]:
    """The lines of all money spent, £ by month, as the change from the status quo.

    lines: those of the option by month already; own and before: what the option and the status quo are in themselves.
    """
    capital = {}
    for name, label in CAPITAL.items():
        rule = _change(own.get(name), before.get(name))
        if rule is not None:
            capital[name] = room.monthly(name, label, rule)
    return capital | _position(room.within("monthly"), lines, capital)


def yearly_money(room: Room, lines: Mapping[str, Line], monthly: Mapping[str, Line]) -> dict[str, Line]:
    """The same by year; monthly: the lines by month."""
    has = [name for name in CAPITAL if name in monthly]
    capital = {name: room.by_year(name, CAPITAL[name], monthly[name]) for name in has}
    return capital | _position(room, lines, capital)


def _change(own: Line | None, before: Line | None) -> Expression | None:
    if own is None:
        return None if before is None else 0 - before
    return own if before is None else own - before


def _position(room: Room, lines: Mapping[str, Line], capital: Mapping[str, Line]) -> dict[str, Line]:
    """All money spent, what is saved less that, and its running total, from lines of one timeline."""
    rule: Expression = lines["cost"]
    if MRP in capital:
        rule = rule - capital[MRP]
    if OUTLAY in capital:
        rule = rule + capital[OUTLAY]
    note = "Revenue without MRP, and capital when it is spent." if capital else "The cost: no capital is spent."
    spent = room.line(MONEY_SPENT, "All money spent", rule, "£", note=note)
    note = "Cashable saving less all money spent."
    position = room.line(NET_POSITION, "Net position", lines["cashable_saving"] - spent, "£", note=note)
    running = room.line(CUMULATIVE, "Cumulative net position", running_total(position), "£")
    return {MONEY_SPENT: spent, NET_POSITION: position, CUMULATIVE: running}
