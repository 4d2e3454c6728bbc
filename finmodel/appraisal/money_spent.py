"""All money that an option spends: capital in the month of its outlay, and revenue without what repays that capital.

money spent = cost to revenue − minimum revenue provision (MRP) + capital outlay. MRP sets aside revenue for an outlay
that was spent once already, so counting both would count the outlay twice; interest is spent besides. Source: Local
Authorities (Capital Finance and Accounting) (England) Regulations 2003, regulations 27 and 28, on MRP as a charge to
revenue for capital spent before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from finmodel.basis.room import Room
from finmodel.costing.other_costs import PricedCost
from finmodel.costing.posts import PricedPost
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import running_total

MONEY_SPENT, NET_POSITION, CUMULATIVE = "money_spent", "net_position", "cumulative_net_position"
OUTLAY, MRP, INTEREST = "capital_outlay", "mrp", "interest"
IN_KIND, TO_OTHERS, RESIDUAL = "in_kind", "to_others", "residual_value"
PENSIONS = "pension_beyond_new_service"
CAPITAL = {
    OUTLAY: "Capital outlay",
    MRP: "Minimum revenue provision (MRP)",
    INTEREST: "Interest on borrowing for capital",
}
RESOURCES = CAPITAL | {
    IN_KIND: "Given in kind or borne by other public bodies, at what it costs them",
    TO_OTHERS: "Costs that others bear, who are no public body",
    RESIDUAL: "Residual value",
    PENSIONS: "Pension contributions beyond the cost of new service",
}


def own_resources(room: Room, costs: Sequence[PricedCost], posts: Sequence[PricedPost]) -> dict[str, Line]:
    """What an option uses in itself beside revenue, £ by month: of `RESOURCES`, those that it has.

    room: where the lines of the option go.
    """
    parts: dict[str, list[Line | None]] = {
        OUTLAY: [cost.outlay for cost in costs],
        MRP: [cost.mrp for cost in costs],
        INTEREST: [cost.interest for cost in costs],
        IN_KIND: [cost.in_kind for cost in costs],
        TO_OTHERS: [cost.to_others for cost in costs],
        RESIDUAL: [cost.residual for cost in costs],
        PENSIONS: [post.beyond_new_service for post in posts],
    }
    found = {name: [line for line in lines if line is not None] for name, lines in parts.items()}
    return {
        name: room.line(f"own.{name}", f"{RESOURCES[name]}, in itself", add_up(lines), "£", over=Timeline.MONTHS)
        for name, lines in found.items()
        if lines
    }


def monthly_money(
    room: Room, lines: Mapping[str, Line], own: Mapping[str, Line], before: Mapping[str, Line]
) -> dict[str, Line]:
    """What is used beside revenue, and all money spent, £ by month, as the change from the status quo.

    lines: those of the option by month already; own and before: what the option and the status quo are in themselves.
    """
    found = {}
    for name, label in RESOURCES.items():
        rule = _change(own.get(name), before.get(name))
        if rule is not None:
            found[name] = room.monthly(name, label, rule)
    return found | _position(room.within("monthly"), lines, found)


def yearly_money(room: Room, lines: Mapping[str, Line], monthly: Mapping[str, Line]) -> dict[str, Line]:
    """The same by year; monthly: the lines by month."""
    has = [name for name in RESOURCES if name in monthly]
    found = {name: room.by_year(name, RESOURCES[name], monthly[name]) for name in has}
    return found | _position(room, lines, found)


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
    note = (
        "Revenue without MRP, and capital when it is spent." if OUTLAY in capital else "The cost: no capital is spent."
    )
    spent = room.line(MONEY_SPENT, "All money spent", rule, "£", note=note)
    note = "Cashable saving less all money spent."
    position = room.line(NET_POSITION, "Net position", lines["cashable_saving"] - spent, "£", note=note)
    running = room.line(CUMULATIVE, "Cumulative net position", running_total(position), "£")
    return {MONEY_SPENT: spent, NET_POSITION: position, CUMULATIVE: running}
