"""The internal rate of return, quoted only where it is one rate and a return."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from finmodel.appraisal.internal_rates import rates_of
from finmodel.appraisal.one_internal_rate import rate_of
from finmodel.appraisal.options import WrittenOption
from finmodel.basis.room import Room
from finmodel.lines.arithmetic import compare, conditional, maximum
from finmodel.lines.expression import Array, Cells, Expression, Form, Script, Timeline, Wording, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import OverRows, if_number, number_if, ratio
from finmodel.lines.timing import at_period, present_value, previous, total

NO_SIGN_CHANGE = "no internal rate: the net savings never change sign"
SAVING_FIRST = "no internal rate that is a return: the saving comes first and the cost after"
SEVERAL_SIGN_CHANGES = "no single internal rate: the net savings change sign more than once"
NOT_SEARCHED = "not searched for: the net savings do not change sign once, from cost to saving"
NOTHING_THERE = "there is none in any year"


class _Signs(Struct, frozen=True):
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
    start = _start(written, room, signs)

    def write(cells: Cells) -> str:
        return f"IRR({cells.row(net)},{cells.write(start)})"

    def say(wording: Wording) -> str:
        return f"the rate at which the present value of {wording.row(net)} is zero"

    def script(script: Script) -> Form:
        return ["rate", script.of(net), script.text(SAVING_FIRST)]

    rows = OverRows((net, start), function=_rate, many=_rates, write=write, say=say, script=script)
    found = if_number(start, rows)
    label = "Internal rate of return, where the net savings change sign once"
    rising = number_if(compare(signs.final, ">", 0), found, SAVING_FIRST)
    once = room.line("internal_rate_of_one_change", label, rising, "rate")
    several = number_if(compare(signs.changes, "<=", 1), once, SEVERAL_SIGN_CHANGES)
    return number_if(compare(signs.changes, ">", 0), several, NO_SIGN_CHANGE)


def _rate(flows: Array, _: Array) -> float | str:
    """The rate, or why there is none."""
    value = rate_of(flows)
    return SAVING_FIRST if value is None else value


def _rates(flows: Array, _: Array) -> Array:
    """The same of many draws."""
    return rates_of(flows)


def _signs(written: WrittenOption, room: Room) -> _Signs:
    book, net = room.book, written.yearly["net_saving"]
    tolerance = book.convention("tolerance")
    own = written.room.within("net_saving", section=room.section)
    below = conditional(compare(net, "<", 0 - tolerance), 0 - literal(1), 0)
    rule = conditional(compare(net, ">", tolerance), 1, below)
    sign = own.line("sign", "Sign of the net saving", rule, "number")
    last = own.declare("last_sign", "Sign of the last net saving that is not zero", "number", Timeline.YEARS)
    last.define(conditional(compare(sign, "=", 0), previous(last), sign))
    turned = compare(sign * previous(last), "<", 0)
    change = own.line("sign_change", "The net saving changes sign", turned, "flag")
    return _Signs(
        room.line("sign_changes", "Times the net saving changes sign", total(change), "number"),
        room.line("final_sign", "Sign of the last net saving", at_period(last, book.number_of_years()), "number"),
    )


def _start(written: WrittenOption, room: Room, signs: _Signs) -> Line:
    """Where a spreadsheet starts its search: the rate if all cost and all saving each came at its average time.

    From a fixed start spreadsheets miss low rates, and some give one below −100%.
    """
    net, own = written.yearly["net_saving"], written.room.within("net_saving", section=room.section)
    saved, when_saved = _average(own.yearly("saved", "Net saving, where it is above zero", maximum(net, 0)), room)
    spent, when_spent = _average(own.yearly("spent", "Net cost, where it is above zero", maximum(0 - net, 0)), room)

    def value(saved: Array, spent: Array, later: Array, sooner: Array) -> float:
        apart = later[0] - sooner[0]
        return float((saved[0] / spent[0]) ** (1 / apart)) - 1 if spent[0] and apart else np.nan

    def write(cells: Cells) -> str:
        saving, cost, later, sooner = (cells.write(line) for line in lines)
        return f"({saving}/{cost})^(1/({later}-{sooner}))-1"

    def say(wording: Wording) -> str:
        saving, cost, later, sooner = (wording.say(line) for line in lines)
        return f"({saving} ÷ {cost}) to the power of 1 ÷ ({later} \N{MINUS SIGN} {sooner}), less 1"

    lines = (saved, spent, when_saved, when_spent)

    def script(script: Script) -> Form:
        saving, cost, later, sooner = map(script.of, lines)
        return ["-", ["power", ["/", saving, cost], ["/", "1", ["-", later, sooner]]], "1"]

    guess = OverRows(lines, function=value, write=write, say=say, script=script)
    once = compare(signs.changes, "=", 1) * compare(signs.final, ">", 0)
    return room.line(
        "internal_rate_start",
        "Rate from which the internal rate is searched",
        number_if(once, if_number(when_saved, if_number(when_spent, guess)), NOT_SEARCHED),
        "rate",
    )


def _average(flow: Line, room: Room) -> tuple[Line, Line]:
    """What a yearly flow totals, and when it comes on average, in years counted from 1."""
    name, label = flow.address.rpartition(".")[2], f"{flow.label[0].lower()}{flow.label[1:]}"
    whole = room.line(f"internal_rate_{name}", f"{flow.label}, all years", total(flow), "£")
    weighted = room.line(
        f"internal_rate_{name}_by_year",
        f"Each year's {label} × the year's number",
        present_value(flow, room.book.number_of(Timeline.YEARS)),
        "£",
    )
    when = ratio(weighted, whole, NOTHING_THERE)
    return whole, room.line(f"internal_rate_{name}_when", f"Year of {label} on average, counted from 1", when, "number")
