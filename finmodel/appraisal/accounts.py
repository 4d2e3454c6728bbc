"""The public sector's and society's accounts of an option: real, capital at its outlay, whoever pays and whoever gains.

The third account is this council's: its lines by year are cost, cashable saving and net saving, nominal cash.

What a thing uses up counts when it is used and where it is used. So the way of paying for a home changes the council's
account alone: MRP and interest are finance, and here the outlay stands in their place. A saving counts whether or not
it releases cash, after optimism bias, whichever public body gains it. Draws on reserves and their repayment are finance
too and stand in no account. Source: HM Treasury, The Green Book, on costs as resources and on transfers; HM Treasury
and others, Supporting public service transformation: cost benefit analysis guidance for local partnerships (2014), on
the fiscal and the public value case.
"""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.appraisal.discounting import discounting_room, price_index
from finmodel.appraisal.money_spent import IN_KIND, INTEREST, MRP, OUTLAY, PENSIONS, RESIDUAL, RESOURCES, TO_OTHERS
from finmodel.appraisal.options import COST, WrittenOption
from finmodel.basis.room import Room
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import present_value

PUBLIC, SOCIETY = "public_sector", "society"
_SECTIONS = {PUBLIC: "Account of the public sector, real", SOCIETY: "Account of society, real"}


@dataclass(frozen=True, slots=True)
class Account:
    """An account of an option, real £ a year at the prices of the case, as the change from the status quo.

    costs and gains: its parts by name, each positive in itself; cost, gain and net: their sums, and gain less cost.
    """

    costs: dict[str, Line]
    gains: dict[str, Line]
    cost: Line
    gain: Line
    net: Line
    present_value_of_cost: Line
    present_value_of_gain: Line


@dataclass(frozen=True, slots=True)
class Accounts:
    """The two accounts that are real."""

    public_sector: Account
    society: Account


def write_accounts(written: WrittenOption) -> Accounts | None:
    """Write both accounts of an option; None where the case names no deflator nor says that it holds no inflation."""
    if written.room.book.case.discounting.deflator is None:
        return None
    public = _public_sector(written)
    return Accounts(public, _society(written, public))


def _public_sector(written: WrittenOption) -> Account:
    room, yearly = _room(written, PUBLIC), written.yearly
    note = "What revenue pays without MRP and interest, which are finance."
    if PENSIONS in yearly:
        note += " Pensions are at the primary rate, the cost of new service."
    costs = {"revenue": _real(room, "revenue", "Revenue, without MRP and interest", _resources(yearly), note)}
    if OUTLAY in yearly:
        note = "When it is spent, whoever pays for it."
        costs["capital"] = _real(room, "capital", "Capital outlay", yearly[OUTLAY], note)
    if IN_KIND in yearly:
        costs["in_kind"] = _real(room, "in_kind", RESOURCES[IN_KIND], yearly[IN_KIND], "No cash of this council's.")
    saving = yearly["after_optimism_bias"] if written.public_value is None else written.public_value.public_saving
    note = "After optimism bias; it counts whether or not it releases cash."
    gains = {"saving": _real(room, "saving", "Saving to the public sector", saving, note)}
    if RESIDUAL in yearly:
        note = "As stated; a life alone gives none."
        gains["residual_value"] = _real(room, "residual_value", RESOURCES[RESIDUAL], yearly[RESIDUAL], note)
    return _account(room, costs, gains, "to the public sector")


def _resources(yearly: dict[str, Line]) -> Expression:
    """Cost to revenue less MRP and interest, and with pensions at the cost of new service, nominal.

    A secondary pension rate makes good a deficit of the past, or gives a surplus back: no new post causes it.
    """
    rule: Expression = yearly[COST]
    for name in (MRP, INTEREST, PENSIONS):
        if name in yearly:
            rule = rule - yearly[name]
    return rule


def _society(written: WrittenOption, public: Account) -> Account:
    """As the public sector's, with what the case states that others bear and gain."""
    room, yearly = _room(written, SOCIETY), written.yearly
    costs = {PUBLIC: public.cost}
    if TO_OTHERS in yearly:
        costs["to_others"] = _real(room, "to_others", RESOURCES[TO_OTHERS], yearly[TO_OTHERS], "")
    return _account(room, costs, {PUBLIC: public.gain}, "to society")


def _room(written: WrittenOption, account: str) -> Room:
    return written.room.within(f"accounts.{account}", section=_SECTIONS[account])


def _real(room: Room, name: str, label: str, nominal: Expression, note: str) -> Line:
    """Cash of the year at the prices of the case."""
    index = price_index(room.book)
    prices = f"real, {room.book.case.price_base} prices"
    return room.yearly(name, f"{label}, {prices}", nominal if index is None else nominal / index, note=note)


def _account(room: Room, costs: dict[str, Line], gains: dict[str, Line], to: str) -> Account:
    """The sums of an account and their present values, at the case's own rate."""
    prices, factor = f"real, {room.book.case.price_base} prices", discounting_room(room.book)["factor"]
    cost = room.yearly("cost", f"Cost {to}, {prices}", _sum(costs))
    gain = room.yearly("gain", f"Gain {to}, {prices}", _sum(gains))
    net = room.yearly("net", f"Gain less cost {to}, {prices}", gain - cost)
    return Account(
        costs,
        gains,
        cost,
        gain,
        net,
        room.line("present_value_of_cost", f"Present value of cost {to}", present_value(cost, factor), "£"),
        room.line("present_value_of_gain", f"Present value of gain {to}", present_value(gain, factor), "£"),
    )


def _sum(parts: dict[str, Line]) -> Expression:
    return literal(add_up(list(parts.values())))
