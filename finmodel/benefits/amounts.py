"""Amounts of money that a saving states, month by month at the prices of each year."""

from __future__ import annotations

from finmodel.basis.book import Book
from finmodel.basis.prices import price_factor
from finmodel.case.schema_savings import Allowance, PricedAmount, Process
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line, Origin
from finmodel.lines.periods import FinancialYear
from finmodel.lines.timing import at_year
from finmodel.parsing.fields import Sourced
from finmodel.reference import GreaterManchesterUnitCost, greater_manchester_unit_costs
from finmodel.reference.rates import Vintage

_PROCESSES = "Unit costs of processes"


def priced(
    book: Book, address: str, label: str, stated: PricedAmount, unit: str, *, owner: Sourced, section: str
) -> Line:
    """An amount month by month: as stated at its price base, raised by its index to each year's prices."""
    base = book.state(
        address,
        f"{label}, {stated.price_base} prices",
        stated.amount,
        unit,
        owner=sourced(stated, owner),
        section=section,
    )
    return at_prices(book, base, label, stated.inflation, stated.price_base, section)


def at_prices(book: Book, base: Line, label: str, inflation: str, price_base: FinancialYear, section: str) -> Line:
    """An input at its price base, month by month at the prices of each year."""
    factor = price_factor(book, inflation, price_base)
    rule: Expression = book.monthly(base) if factor is None else book.monthly(base) * at_year(factor)
    before, _, name = base.address.rpartition(".")
    return book.line(f"{before}.monthly.{name}", label, rule, base.unit, timeline=Timeline.MONTHS, section=section)


def allowance(book: Book, address: str, stated: Allowance | None, *, owner: Sourced, section: str) -> Expression:
    """What goes on being paid for a child, £ a child a year in each month; nil, and told so, where none is stated."""
    unit, label = "£ per child per year", "Allowance that follows"
    if stated is None:
        note = "No allowance is stated, so none is taken off."
        return book.default(address, label, 0, unit, section=section, note=note)
    if stated.per == "year":
        return priced(book, address, f"{label}, a year", stated, unit, owner=owner, section=section)
    weekly = priced(book, address, f"{label}, a week", stated, "£ per child per week", owner=owner, section=section)
    return weekly * book.convention("weeks_in_a_year")


def cost_of_process(book: Book, process: Process, prefix: str, *, owner: Sourced, section: str) -> Line:
    """What the work on one entry costs, £ a child, month by month: unit cost × how many an entry sets off."""
    address = f"{prefix}.processes.{process.id}"
    base, price_base, label = _unit_cost(book, process, address, owner, section)
    unit_cost = at_prices(book, base, label, process.inflation, price_base, section)
    return book.line(
        f"{address}.monthly.cost_of_an_entry",
        f"{label}, for one entry",
        unit_cost * _per_entry(book, process, address, owner, section),
        "£ per child",
        section=section,
    )


def unit_cost_by_code(code: str) -> GreaterManchesterUnitCost | None:
    """The row of the Greater Manchester unit costs with a code; None where there is none."""
    return next((row for row in greater_manchester_unit_costs() if row.code == code), None)


def sourced(stated: Sourced, owner: Sourced) -> Sourced:
    """Which of the two says where a figure comes from: itself, when it says anything, or what it belongs to."""
    says = any(getattr(stated, name) for name in Sourced.model_fields)
    return stated if says else owner


def _unit_cost(
    book: Book, process: Process, address: str, owner: Sourced, section: str
) -> tuple[Line, FinancialYear, str]:
    """The unit cost as an input of this saving, its price base, and what it is called."""
    if process.code is not None:
        row = unit_cost_by_code(process.code)
        if row is None:
            raise ValueError(f"there is no unit cost {process.code}")
        base = _published(book, row)
        return (
            book.line(f"{address}.cost", base.label, base, "£ per child", section=section),
            FinancialYear.parse(row.price_base),
            row.description,
        )
    if process.cost is None or process.price_base is None:
        raise ValueError(f"process {process.id} states neither a code nor a cost with its price base")
    label = process.id.replace("-", " ").capitalize()
    stated = book.state(
        f"{address}.cost",
        f"{label}, {process.price_base} prices",
        process.cost,
        "£ per child",
        owner=sourced(process, owner),
        section=section,
    )
    return stated, process.price_base, label


def _published(book: Book, row: GreaterManchesterUnitCost) -> Line:
    address = f"rates.unit_costs.{row.code.lower().replace('.', '-')}"
    origin = Origin(
        source=row.source,
        where=f"{row.dataset}, {row.code}",
        link=row.link,
        confidence=row.confidence,
        note=f"{row.unit}, {row.price_base} prices. {row.note}".strip(),
    )
    label = f"{row.code}: {row.description}"
    book.published[address] = (Vintage(row.dataset, row.row, row.confidence),)
    return book.shared(address, lambda: book.input(address, label, row.cost, "£ per child", origin, section=_PROCESSES))


def _per_entry(book: Book, process: Process, address: str, owner: Sourced, section: str) -> Line:
    label = "How many of them an entry sets off"
    if process.per_entry is None:
        note = "One is taken for each entry."
        return book.default(f"{address}.per_entry", label, 1, "number", section=section, note=note)
    where = sourced(process, owner)
    return book.state(f"{address}.per_entry", label, process.per_entry, "number", owner=where, section=section)
