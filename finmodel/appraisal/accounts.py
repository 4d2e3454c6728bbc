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

from collections.abc import Callable, Mapping

from msgspec import Struct

from finmodel.appraisal.checks import check_that_equal
from finmodel.appraisal.discounting import discounting_room, price_index
from finmodel.appraisal.money_spent import IN_KIND, INTEREST, MRP, OUTLAY, PENSIONS, RESIDUAL, RESOURCES, TO_OTHERS
from finmodel.appraisal.options import COST, WrittenOption
from finmodel.basis.room import Room
from finmodel.benefits.deductions import WrittenClaim
from finmodel.case.entries import is_peoples, is_transfer
from finmodel.case.schema_savings import Claim, Income
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import present_value

PUBLIC, SOCIETY = "public_sector", "society"
_SECTIONS = {PUBLIC: "Account of the public sector, real", SOCIETY: "Account of society, real"}


class Account(Struct, frozen=True):
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


class Accounts(Struct, frozen=True):
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
    paid = _claimed(written, "transfers", "Income that public bodies pay", is_transfer)
    note = "After optimism bias; it counts whether or not it releases cash."
    if paid is not None:
        note = f"{note} What one public body pays another is left out: it nets to nothing."
    whole = saving if paid is None else saving - paid
    gains = {"saving": _real(room, "saving", "Saving to the public sector", whole, note)}
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
    gains = {PUBLIC: public.gain}
    paid = _claimed(written, "paid_by_others", "Income that others than public bodies pay", _paid_by_others)
    if paid is not None:
        note = "A gain to the public sector and a cost to them: it nets to nothing."
        costs["paid_by_others"] = _real(room, "paid_by_others", paid.label, paid, note)
    gained = _claimed(written, "people", "Benefits to people, after optimism bias", is_peoples)
    if gained is not None:
        gains["people"] = _real(room, "people", gained.label, gained, "As stated, with its source.")
    return _account(room, costs, gains, "to society")


def _paid_by_others(claim: Claim) -> bool:
    return isinstance(claim, Income) and not is_transfer(claim) and not is_peoples(claim)


def _claimed(written: WrittenOption, name: str, label: str, chosen: Callable[[Claim], bool]) -> Line | None:
    """What some claims total after optimism bias, nominal £ a year, less those of the status quo; None of none."""
    before = () if written.status_quo is None else written.status_quo.claims
    ours, theirs = (
        [_saving(claim) for claim in claims if chosen(claim.claim)] for claims in (written.own.claims, before)
    )
    if not ours and not theirs:
        return None
    rule = literal(add_up(ours)) if ours else literal(0)
    room = written.room.within("accounts", section="What the accounts are made from")
    monthly = room.monthly(name, label, rule - literal(add_up(theirs)) if theirs else rule)
    return room.by_year(name, label, monthly)


def _saving(claim: WrittenClaim) -> Line:
    return claim.rungs["after_optimism_bias"]


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


def write_account_checks(written: WrittenOption, accounts: Accounts | None, measures: Mapping[str, Line]) -> list[Line]:
    """Whether each real value is that of the account's gain less its cost, year by year."""
    if accounts is None:
        return []
    factor = discounting_room(written.room.book)["factor"]
    values = (("public", accounts.public_sector), ("social", accounts.society))
    return [
        check_that_equal(
            written,
            (
                f"{name}_value",
                f"net present {name} value is that of gain less cost of each year",
                measures[f"net_present_{name}_value"],
                present_value(account.net, factor),
            ),
        )
        for name, account in values
    ]


def _sum(parts: dict[str, Line]) -> Expression:
    return literal(add_up(list(parts.values())))
