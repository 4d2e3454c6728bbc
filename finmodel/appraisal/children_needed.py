"""How many children fewer in care repay an option: the measures of breaking even."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from finmodel.appraisal.judged import Judged
from finmodel.appraisal.measure import SUMMARY, Measure, Shown, page, terminal
from finmodel.basis.room import Room
from finmodel.lines.arithmetic import compare, maximum, rounded_up
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line
from finmodel.lines.outcomes import if_number, no_figure, number_if

NO_PLACEMENT = "the case states no placement cost for this option"
NO_SAVING_PER_CHILD = "a child fewer in care saves nothing that can be cashed"


def _stated_or_priced(judged: Judged) -> Line:
    return judged.written.own.stated_cost or judged.found["full_year_cost"]


def _repaid_by(judged: Judged, cost: Line, saved: Line) -> Expression:
    """Cost ÷ what one child saves; zero where there is no cost to repay."""
    room = judged.room
    child = room.book.definition("one_child", "One child", 1, "children")
    some = number_if(compare(saved * child, ">", room.convention("tolerance")), saved, NO_SAVING_PER_CHILD)
    own = Room(room.book, saved.address.rpartition(".")[0], room.section).once
    name = f"{saved.address.rpartition('.')[2]}_above_nil"
    saving = own.line(name, f"{saved.label}, where it is anything", some, "£ per child")
    return if_number(saving, maximum(cost, 0) / saving)


def _break_even(
    name: str,
    labels: tuple[str, str],
    cost: Callable[[Judged], Line],
    which: int,
    shown_in: Sequence[Shown],
    whole_shown_in: Sequence[Shown],
) -> tuple[Measure, Measure]:
    """How many children repay a cost, exactly and whole; which: of what one child saves."""

    def exact(judged: Judged) -> Expression:
        if judged.saved is None:
            return no_figure(NO_PLACEMENT, "children")
        return _repaid_by(judged, cost(judged), judged.saved[which])

    def whole(judged: Judged) -> Expression:
        if judged.saved is None:
            return no_figure(NO_PLACEMENT, "children")
        found = judged.found[name]
        return if_number(found, rounded_up(found, judged.room.convention("decimal_places_compared")))

    return (
        Measure(name, labels[0], exact, "children", shown_in),
        Measure(f"{name}_whole", labels[1], whole, "children", whole_shown_in),
    )


_REPAY = "Children who repay a full year's cost"
BREAK_EVEN = (
    Measure(
        "placement_cost",
        "A placement for the whole of the first year",
        lambda judged: None if judged.one_child is None else judged.one_child.placement,
        "£ per child",
    ),
    *_break_even(
        "break_even_children",
        (f"{_REPAY}, before deductions", f"{_REPAY}, whole"),
        _stated_or_priced,
        0,
        (
            SUMMARY,
            terminal("Children who repay it"),
            page("Children who repay a full year", "Fewer in care, before deductions"),
        ),
        (SUMMARY, terminal("  in whole children")),
    ),
    *_break_even(
        "break_even_children_as_priced",
        (f"{_REPAY} as priced here, before deductions", f"{_REPAY} as priced here, whole"),
        lambda judged: judged.found["full_year_cost"],
        0,
        (SUMMARY, page("The same, at the cost as priced")),
        (),
    ),
    *_break_even(
        "break_even_children_after_deductions",
        (f"{_REPAY}, after deductions", f"{_REPAY}, after deductions, whole"),
        _stated_or_priced,
        1,
        (page("The same, after deductions", "At the stated cost, if there is one"),),
        (terminal("  after all deductions"),),
    ),
    *_break_even(
        "break_even_children_over_horizon",
        ("Children fewer in care throughout who repay the option within the years shown", "The same, whole"),
        lambda judged: judged.found["total_cost"],
        2,
        (SUMMARY, page("Children who repay the option", "Fewer in care throughout, within {years}")),
        (SUMMARY,),
    ),
)
NEEDED = {
    "full_year": "break_even_children",
    "as_priced": "break_even_children_as_priced",
    "after_deductions": "break_even_children_after_deductions",
    "over_horizon": "break_even_children_over_horizon",
}  # numbers of children, by their names in `results.json`
