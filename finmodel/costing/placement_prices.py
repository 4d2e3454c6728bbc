"""What a placement costs for a year, at each year's prices."""

from __future__ import annotations

from finmodel.basis.book import Book
from finmodel.basis.prices import price_factor
from finmodel.basis.room import Room
from finmodel.basis.yearly import of_a_year, unit_of
from finmodel.case.schema_periods import article
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line

COST_OF_A_YEAR = "£ per child per year"


def placement_cost(book: Book, name: str) -> Line:
    """What a placement of a type costs for a year, at each year's prices, £ a child, by year."""
    placement = book.case.placements[name]
    room = Room(book, f"placements.{name}", f"Placement: {placement.label}", placement)
    if "cost_of_a_year" in room:
        return room["cost_of_a_year"]
    unit = unit_of("£ per child", placement.per)
    label = f"{placement.label}, {article(placement.per)}"
    figure = room.state(
        "unit_cost", f"{label}, {placement.price_base} prices", placement.unit_cost, unit, over=Timeline.YEARS
    )
    factor = price_factor(book, placement.inflation, placement.price_base)
    if placement.per != "year":
        figure = room.yearly("price", f"{label}, at the prices of each year", _raised(figure, factor), unit)
        factor = None
    rule = _raised(of_a_year(room, "unit_cost", figure, placement, placement.per, over=Timeline.YEARS), factor)
    return room.yearly("cost_of_a_year", f"{placement.label}, a year's placement", rule, COST_OF_A_YEAR)


def _raised(figure: Expression, factor: Line | None) -> Expression:
    return figure if factor is None else figure * factor
