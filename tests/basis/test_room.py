"""A room: where lines go, what they share, and where their figures come from."""

from __future__ import annotations

import pytest
from small_cases import case_of, option_of

from finmodel.basis.book import Book
from finmodel.basis.prices import at_prices
from finmodel.basis.room import Room
from finmodel.case import case_from_data
from finmodel.lines.evaluate import evaluate
from finmodel.lines.expression import LineError, Timeline
from finmodel.parsing.fields import Sourced
from finmodel.parsing.quantities import Provenance, Quantity

OWNER = Sourced(where="table 1", owner="Finance")


@pytest.fixture
def room() -> Room:
    data = case_of(option_of(), years=2, inflation={"fees": "10%"})
    return Room(Book(case_from_data(data)), "options.team", "The option", OWNER)


def test_a_line_has_the_address_and_the_section_of_its_room(room: Room) -> None:
    inside = room.within("posts.worker")
    line = inside.monthly("cost", "Cost", 0, note="None.")
    assert (line.address, line.section, line.note) == ("options.team.posts.worker.monthly.cost", "The option", "None.")
    assert (line.unit, line.timeline) == ("£", Timeline.MONTHS)
    assert inside["monthly.cost"] is line
    assert "monthly.cost" in inside
    assert "monthly.cost" not in room


def test_a_room_within_may_have_a_section_and_an_owner_of_its_own(room: Room) -> None:
    other = Sourced(where="table 2")
    inside = room.within("posts.worker", other, "Post: Worker")
    assert (inside.at, inside.owner, inside.section) == ("options.team.posts.worker", other, "Post: Worker")
    assert (inside.within("ending").owner, inside.within("ending").section) == (other, "Post: Worker")
    assert room.under("Totals", other).line("total", "Total", 0, "£").section == "Totals"
    assert room.under("Totals").owner is OWNER


def test_a_stated_figure_says_where_it_comes_from_or_its_owner_does(room: Room) -> None:
    quiet = room.state("fte", "FTE", Quantity.constant(2), "FTE")
    assert quiet.origin is not None
    assert (quiet.origin.where, quiet.origin.owner) == ("table 1", "Finance")
    said = Quantity.constant(3, Provenance(where="page 9"))
    spoken = room.state("people", "People", said, "people")
    assert spoken.origin is not None
    assert spoken.origin.where == "page 9"


def test_what_is_shared_is_made_once_and_anything_else_never_twice(room: Room) -> None:
    first = room.once.counted("places", "Places", 3, note="Counted.")
    assert room.once.counted("places", "Other words", 4) is first
    assert first.label == "Places"
    with pytest.raises(LineError, match=r"two lines have the address options\.team\.places"):
        room.counted("places", "Places", 3)


def test_a_default_says_that_it_is_one(room: Room) -> None:
    line = room.default("lag", "Lag", 0, "number", "No lag is assumed.")
    assert line.origin is not None
    assert (line.origin.source, line.origin.note) == (
        "finmodel's default",
        "Not stated in the case. No lag is assumed.",
    )


def test_a_year_is_its_months_and_a_month_a_twelfth_of_a_year(room: Room) -> None:
    amount = room.state("amount", "Amount", Quantity.constant(1_200), "£ per year")
    monthly = room.monthly("amount", "Amount", room.a_month(amount))
    yearly = room.by_year("yearly", "Amount", monthly)
    found = evaluate(room.book.model)
    assert found.figures(monthly) == pytest.approx([100] * 24)
    assert found.figures(yearly) == pytest.approx([1_200, 1_200])


def test_prices_follow_the_index_from_the_price_base(room: Room) -> None:
    amount = room.state("amount", "Amount", Quantity.constant(100), "£")
    raised = room.monthly("raised", "Raised", at_prices(room.book, amount, "fees", None))
    level = room.monthly("level", "Level", at_prices(room.book, amount, None, None))
    found = evaluate(room.book.model)
    # The price base is the first year: 100, then 100 × 1.10.
    assert found.figures(raised) == pytest.approx([100] * 12 + [110] * 12)
    assert found.figures(level) == pytest.approx([100] * 24)
