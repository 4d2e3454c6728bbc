"""The internal rate of return, quoted only where it is one rate and a return."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from finmodel.appraisal.options import WrittenOption
from finmodel.basis.room import Room
from finmodel.lines.arithmetic import compare, conditional
from finmodel.lines.expression import Array, Cells, Expression, Timeline, Wording, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import OverRows, quoted
from finmodel.lines.timing import at_period, previous, total

NO_SIGN_CHANGE = "no internal rate: the net savings never change sign"
SAVING_FIRST = "no internal rate that is a return: the saving comes first and the cost after"
SEVERAL_SIGN_CHANGES = "no single internal rate: the net savings change sign more than once"
_DUST = 1e-12  # a flow this small next to the largest is what float arithmetic leaves where pounds cancel
_NIL_RATE = 1e-15


@dataclass(frozen=True, slots=True)
class _Signs:
    """How often the net savings change sign, zeros left out, and the sign of the last."""

    changes: Line
    final: Line


def internal_rate(written: WrittenOption, room: Room) -> Expression:
    """The rate at which the net present value is zero: r > −1 with Σ flowₜ · (1 + r)⁻ᵗ = 0.

    It is quoted where the net savings change sign once, from cost to saving: then there is just one rate (R. Descartes,
    La Géométrie, 1637, the rule of signs), and it is a return. Where the saving comes first the rate is that of a loan,
    and a high one is no good news. room: where the option's measures go.
    """
    net, signs = written.yearly["net_saving"], _signs(written, room)
    number = room.book.number_of(Timeline.YEARS)

    def write(cells: Cells) -> str:
        times, row = cells.write(signs.changes), cells.row(net)
        several = f"IF({times}=0,{quoted(NO_SIGN_CHANGE)},{quoted(SEVERAL_SIGN_CHANGES)})"
        found = f"IRR({row},{_start(cells, net, number)})"
        once = f"IF({cells.write(signs.final)}>0,{found},{quoted(SAVING_FIRST)})"
        return f"IF({times}=1,{once},{several})"

    def say(wording: Wording) -> str:
        return f"the rate at which the present value of {wording.row(net)} is nil"

    return OverRows((net, signs.changes, signs.final, number), function=_rate, write=write, say=say)


def _rate(flows: Array, changes: Array, final: Array, _: Array) -> float | str:
    """The rate, or why there is none."""
    if changes[0] != 1:
        return SEVERAL_SIGN_CHANGES if changes[0] else NO_SIGN_CHANGE
    value = rate_of(flows) if final[0] > 0 else None
    return SAVING_FIRST if value is None else value


def rate_of(flows: Array) -> float | None:
    """The one rate above −100% at which flows that change sign once are worth nothing; None where they do not.

    flows: £ by year, money out below zero. With y = ln(1 + r), Σ flowₜ e^(−ty) crosses zero once. It is bisected to the
    last bit, between bounds outside which the first or the last flow outweighs the rest (M. Fujiwara, Tôhoku
    Mathematical Journal 10, 1916), and the rate polished by a step of Newton's method.
    """
    size = np.abs(flows)
    periods = np.flatnonzero(size > _DUST * size.max(initial=0.0))
    amounts = flows[periods]
    if np.count_nonzero(np.diff(np.sign(amounts))) != 1:
        return None
    times = (periods - periods[0]).astype(np.float64)
    amounts = np.ldexp(amounts, -np.frexp(np.abs(amounts).max())[1])
    return _polished(math.expm1(_bisected(times, amounts)), times, amounts)


def _bisected(times: Array, amounts: Array) -> float:
    """The y at which Σ amountₜ e^(−ty) is zero. Amounts are kept as logarithms: none is too large or small to hold."""
    logs, signs = np.log(np.abs(amounts)), np.sign(amounts)

    def side(y: float) -> int:
        exponents = logs - times * y
        terms = np.exp(exponents - exponents.max())
        return int(np.sign(signs @ terms / terms.sum()))

    low = -math.log(2) - float(((logs[:-1] - logs[-1]) / (times[-1] - times[:-1])).max()) - 1
    high = math.log(2) + float(((logs[1:] - logs[0]) / (times[1:] - times[0])).max()) + 1
    low_side = side(low)
    while high - low > 1e-18:
        middle = (low + high) / 2
        if not low < middle < high:
            break
        if side(middle) == low_side:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _polished(rate: float, times: Array, amounts: Array) -> float:
    """The rate after one more step of Newton's method, its sum taken without rounding where terms nearly cancel.

    Near 1 a factor is kept as what it falls short of 1, so that small rates come out as exact as large ones.
    """
    exponents = -times * math.log1p(rate)
    if np.abs(exponents).max() <= 600:  # beyond that too large or too small for plain numbers, and found well enough
        near = np.abs(exponents) < 0.5
        parts = amounts * np.where(near, np.expm1(exponents), np.exp(exponents))
        left = math.fsum([*amounts[near], *parts])
        slope = math.fsum(times * amounts * np.exp(exponents))
        if abs(left) < 1e-9 * abs(slope):
            rate += (1 + rate) * left / slope
    return 0.0 if abs(rate) < _NIL_RATE else rate


def _signs(written: WrittenOption, room: Room) -> _Signs:
    book, net = room.book, written.yearly["net_saving"]
    tolerance = book.convention("tolerance")
    own = written.room.within("net_saving", section=room.section)
    below = conditional(compare(net, "<", 0 - tolerance), 0 - literal(1), 0)
    rule = conditional(compare(net, ">", tolerance), 1, below)
    sign = own.line("sign", "Sign of the net saving", rule, "number")
    last = own.declare("last_sign", "Sign of the last net saving that is not nil", "number", Timeline.YEARS)
    last.define(conditional(compare(sign, "=", 0), previous(last), sign))
    turned = compare(sign * previous(last), "<", 0)
    change = own.line("sign_change", "The net saving changes sign", turned, "flag")
    return _Signs(
        room.line("sign_changes", "Times the net saving changes sign", total(change), "number"),
        room.line("final_sign", "Sign of the last net saving", at_period(last, book.number_of_years()), "number"),
    )


def _start(cells: Cells, net: Line, number: Line) -> str:
    """Where a spreadsheet starts its search: the rate if all cost and all saving each came at its average time.

    From a fixed start spreadsheets miss low rates, and some give one below −100%.
    """
    row, years = cells.row(net), cells.row(number)
    saved, spent = f'SUMIF({row},">0")', f'SUMIF({row},"<0")'
    apart = f"SUMPRODUCT(({row}>0)*{row}*{years})/{saved}-SUMPRODUCT(({row}<0)*{row}*{years})/{spent}"
    return f"({saved}/ABS({spent}))^(1/({apart}))-1"
