"""Amounts of money that a saving states, month by month at the prices of each year."""

from __future__ import annotations

from msgspec.structs import replace

from finmodel.basis.inherited import SaysWhere
from finmodel.basis.prices import at_prices
from finmodel.basis.room import Room
from finmodel.basis.yearly import of_a_year, unit_of
from finmodel.benefits.effect import stated
from finmodel.case.schema_periods import article
from finmodel.case.schema_savings import Allowance, PricedAmount, Process, YearlyAmount
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line, Origin
from finmodel.lines.periods import FinancialYear
from finmodel.parsing.fields import Sourced
from finmodel.reference import GreaterManchesterUnitCost, greater_manchester_unit_costs
from finmodel.reference.rates import Vintage

_PROCESSES = "Unit costs of processes"


def priced(room: Room, name: str, label: str, given: PricedAmount, unit: str, *, moved: bool = False) -> Line:
    """An amount month by month: as stated at its price base, raised by its index to each year's prices.

    moved: whether it is the effect itself, which a start and a lag move, and not a price.
    """
    at, called = _of(room, given), f"{label}, {given.price_base} prices"
    base = stated(room, at, name, called, given.amount, unit) if moved else at.state(name, called, given.amount, unit)
    return room.monthly(name, label, at_prices(room.book, base, given.inflation, given.price_base), unit)


def priced_year(room: Room, name: str, label: str, given: YearlyAmount | Allowance, unit: str) -> Expression:
    """An amount for a period, month by month at the prices of each year, brought to a year."""
    called = label if given.per == "year" else f"{label}, {article(given.per)}"
    line = priced(room, name, called, given, unit_of(unit, given.per))
    return of_a_year(_of(room, given), name, line, given, given.per)


def allowance(room: Room, given: Allowance | None) -> Expression:
    """What goes on being paid for a child, £ a child a year in each month; zero where none is stated."""
    label = "Allowance that follows"
    if given is None:
        return room.default(
            "allowance", label, 0, "£ per child per year", "No allowance is stated, so none is taken off."
        )
    return priced_year(room, "allowance", label, given, "£ per child")


def cost_of_process(claim: Room, process: Process) -> Line:
    """What the work on one entry costs, £ a child, month by month: unit cost × how many an entry sets off."""
    room = _of(claim.within(f"processes.{process.id}"), process)
    base, price_base, label = _unit_cost(room, process)
    unit_cost = room.monthly("cost", label, at_prices(room.book, base, process.inflation, price_base), base.unit)
    rule = unit_cost * _per_entry(room, process)
    return room.monthly("cost_of_an_entry", f"{label}, for one entry", rule, "£ per child")


def unit_cost_by_code(code: str) -> GreaterManchesterUnitCost | None:
    """The row of the Greater Manchester unit costs with a code; None where there is none."""
    return next((row for row in greater_manchester_unit_costs() if row.code == code), None)


def _of(room: Room, given: Sourced) -> Room:
    """The room with the owner that says where a figure comes from: what states it, when that says anything."""
    return replace(room, owner=given) if _says_anything(given) else room


def _says_anything(stated: SaysWhere) -> bool:
    """Whether an entry says where it comes from, who answers for it or how far to trust it."""
    return any(getattr(stated, name) for name in Sourced.model_fields)


def _unit_cost(room: Room, process: Process) -> tuple[Line, FinancialYear, str]:
    """The unit cost as an input of this saving, its price base, and what it is called."""
    if process.code is not None:
        row = unit_cost_by_code(process.code)
        if row is None:
            raise ValueError(f"there is no unit cost {process.code}")
        if room.owner is not None and _says_anything(room.owner):
            line = _published(room, "cost", row)
        else:
            shared = Room(room.book, "rates.unit_costs", _PROCESSES).once
            base = _published(shared, row.code.lower().replace(".", "-"), row)
            line = room.line("cost", base.label, base, "£ per child")
        return line, FinancialYear.parse(row.price_base), row.description
    if process.cost is None or process.price_base is None:
        raise ValueError(f"process {process.id} states neither a code nor a cost with its price base")
    label = process.id.replace("-", " ").capitalize()
    own = room.state("cost", f"{label}, {process.price_base} prices", process.cost, "£ per child")
    return own, process.price_base, label


def _published(room: Room, name: str, row: GreaterManchesterUnitCost) -> Line:
    """A published unit cost as an input, with what the entry that looks it up says of itself."""
    origin = Origin(
        source=row.source,
        where=f"{row.dataset}, {row.code}",
        link=row.link,
        confidence=row.confidence,
        note=f"{row.unit}, {row.price_base} prices. {row.note}".strip(),
    )
    room.book.published[room.address(name)] = (Vintage(row.dataset, row.row, row.confidence),)
    looked_up = room.book.looked_up(origin, room.owner)
    return room.input(name, f"{row.code}: {row.description}", row.cost, "£ per child", looked_up)


def _per_entry(room: Room, process: Process) -> Line:
    label = "How many of them an entry sets off"
    if process.per_entry is None:
        return room.default("per_entry", label, 1, "number", "One is taken for each entry.")
    return room.state("per_entry", label, process.per_entry, "number")
