"""The internal rate of return as a line, quoted only where it is one rate and a return."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.appraisal.measures import internal_rate_of_return
from finmodel.appraisal.shelf import Shelf
from finmodel.lines.arithmetic import compare, conditional
from finmodel.lines.expression import Array, Cells, Timeline, Wording, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import Measure, quoted
from finmodel.lines.timing import at_period, previous, total

NO_SIGN_CHANGE = "no internal rate: the net savings never change sign"
SAVING_FIRST = "no internal rate that is a return: the saving comes first and the cost after"
SEVERAL_SIGN_CHANGES = "no single internal rate: the net savings change sign more than once"


@dataclass(frozen=True, slots=True)
class _Signs:
    """How often the net savings change sign, nil ones left out, and the sign of the last."""

    changes: Line
    final: Line


def write_internal_rate(shelf: Shelf) -> Line:
    """The rate at which the net present value is nil.

    It is quoted where the net savings change sign once, from cost to saving: then there is just one rate (Descartes),
    and it is a return. Where the saving comes first the rate is that of a loan, and a high one is no good news.
    """
    net, signs = shelf.written.yearly["net_saving"], _signs(shelf)
    number = shelf.book.number_of(Timeline.YEARS)

    def write(cells: Cells) -> str:
        times, row = cells.write(signs.changes), cells.row(net)
        several = f"IF({times}=0,{quoted(NO_SIGN_CHANGE)},{quoted(SEVERAL_SIGN_CHANGES)})"
        found = f"IRR({row},{_start(cells, net, number)})"
        once = f"IF({cells.write(signs.final)}>0,{found},{quoted(SAVING_FIRST)})"
        return f"IF({times}=1,{once},{several})"

    def say(wording: Wording) -> str:
        return f"the rate at which the present value of {wording.row(net)} is nil"

    return shelf.put(
        "internal_rate_of_return",
        "Internal rate of return",
        Measure((net, signs.changes, signs.final, number), function=_rate, write=write, say=say),
        "rate",
        "Of cash, so a nominal rate: not to be set beside a real discount rate.",
    )


def _rate(flows: Array, changes: Array, final: Array, _: Array) -> float | str:
    """The rate, or why there is none."""
    if changes[0] != 1:
        return SEVERAL_SIGN_CHANGES if changes[0] else NO_SIGN_CHANGE
    value = internal_rate_of_return(flows).value if final[0] > 0 else None
    return SAVING_FIRST if value is None else value


def _signs(shelf: Shelf) -> _Signs:
    book, net, section = shelf.book, shelf.written.yearly["net_saving"], shelf.section
    tolerance = book.convention("tolerance")
    root = f"options.{shelf.written.option.id}.net_saving"
    below = conditional(compare(net, "<", 0 - tolerance), 0 - literal(1), 0)
    rule = conditional(compare(net, ">", tolerance), 1, below)
    sign = book.line(f"{root}.sign", "Sign of the net saving", rule, "number", section=section)
    label = "Sign of the last net saving that is not nil"
    last = book.model.declare(f"{root}.last_sign", label, "number", Timeline.YEARS, section=section)
    last.define(conditional(compare(sign, "=", 0), previous(last), sign))
    turned = compare(sign * previous(last), "<", 0)
    change = book.line(f"{root}.sign_change", "The net saving changes sign", turned, "flag", section=section)
    return _Signs(
        shelf.put("sign_changes", "Times the net saving changes sign", total(change), "number"),
        shelf.put("final_sign", "Sign of the last net saving", at_period(last, book.number_of_years()), "number"),
    )


def _start(cells: Cells, net: Line, number: Line) -> str:
    """Where a spreadsheet starts its search: the rate if all cost and all saving each came at its average time.

    From a fixed start spreadsheets miss low rates, and some give one below −100%.
    """
    row, years = cells.row(net), cells.row(number)
    saved, spent = f'SUMIF({row},">0")', f'SUMIF({row},"<0")'
    apart = f"SUMPRODUCT(({row}>0)*{row}*{years})/{saved}-SUMPRODUCT(({row}<0)*{row}*{years})/{spent}"
    return f"({saved}/ABS({spent}))^(1/({apart}))-1"
