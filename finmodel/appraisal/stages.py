"""Stages of an investment, one after the other: what a full year of each costs, and how many children repay it.

A stage that has a gate counts only once the case says that the gate was passed. Source: Wolverhampton paper of 20
January 2015, paragraph 2.2, where the second stage waits for "demonstrable evidence of positive outcomes".
"""

from __future__ import annotations

from msgspec import Struct

from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.case.schema_budget import Stage
from finmodel.costing.placement_prices import placement_cost
from finmodel.lines.arithmetic import add_up, rounded_up
from finmodel.lines.expression import Expression, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import if_number, no_figure, ratio
from finmodel.lines.timing import at_period

SECTION = "Stages"
NO_PLACEMENT = "the case names no placement to break even in"
NO_PRICE = "the placement costs nothing"


class Repaid(Struct, frozen=True):
    """A cost of a full year, £, and the children fewer in care for that year who repay it, exactly and whole."""

    cost: Line
    children: Line
    children_whole: Line


class WrittenStage(Struct, frozen=True):
    """A stage by itself, and whether it counts."""

    stage: Stage
    alone: Repaid
    counts: bool
    counted: Line


class WrittenStages(Struct, frozen=True):
    """Each stage, and all that count together; price: of the placement that they are reckoned in, £ a child."""

    stages: tuple[WrittenStage, ...]
    together: Repaid
    price: Line | None


def write_stages(book: Book) -> WrittenStages | None:
    """Write the stages of a case; None where it states none."""
    if not book.case.stages:
        return None
    room = Room(book, "stages", SECTION)
    price = _price(room)
    written = [_stage(room, stage, price) for stage in book.case.stages]
    together = room.within("together")
    whole = add_up([found.counted for found in written])
    cost = together.line("cost", "Cost of a full year, all stages that count", whole, "£")
    return WrittenStages(tuple(written), _repaid(together, "all stages that count", cost, price), price)


def _price(room: Room) -> Line | None:
    """A placement for the whole of the first year, £ a child; None where the case names none."""
    name = room.book.case.break_even_placement
    if name is None:
        return None
    one_year = room.book.one_year
    rule = at_period(placement_cost(room.book, name), literal(1)) * one_year
    return room.line("placement_cost", "A placement for the whole of the first year", rule, "£ per child")


def _stage(stages: Room, stage: Stage, price: Line | None) -> WrittenStage:
    room, counted_in = stages.within(stage.id, stage), stage.counts
    cost = room.state("cost", f"Cost of a full year as stated, {stage.title}", stage.cost, "£")
    flag = room.counted("counts", f"Whether it counts, {stage.title}", float(counted_in), "flag", why(stage))
    counted = room.line("counted", f"Cost that counts, {stage.title}", cost * flag, "£")
    return WrittenStage(stage, _repaid(room, stage.title, cost, price), counted_in, counted)


def why(stage: Stage) -> str:
    """Why a stage counts or does not, in a sentence."""
    if not stage.gate:
        return "It is stated not to go ahead." if stage.passed is False else "It waits for nothing."
    if stage.passed is None:
        return "Whether its gate was passed is not stated, so it does not count."
    return "Its gate was passed." if stage.passed else "Its gate was not passed, so it does not count."


def _repaid(room: Room, name: str, cost: Line, price: Line | None) -> Repaid:
    rule: Expression = no_figure(NO_PLACEMENT, "children") if price is None else ratio(cost, price, NO_PRICE)
    exact = room.line("children", f"Children to break even in a full year, {name}", rule, "children")
    places = room.convention("decimal_places_compared")
    label = f"Children to break even in a full year, whole, {name}"
    return Repaid(
        cost, exact, room.line("children_whole", label, if_number(exact, rounded_up(exact, places)), "children")
    )
