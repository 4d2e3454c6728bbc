"""How an option is paid for: sources in order, each up to its limits, and the account of a reserve that is drawn on.

By year. What is needed is the year's cost; each source gives what those before it left, up to what it has. Whatever
none of them gives is a shortfall, which is shown. The reserve's account: opening + interest − draw + repayment =
closing. Source of the rule: Wolverhampton paper of 20 January 2015, paragraph 4.2: "from savings generated … if this is
not the case then it will be funded from the efficiency reserve".
"""

from __future__ import annotations

from functools import reduce

from msgspec import Struct
from msgspec.structs import replace

from finmodel.appraisal.checks import Pair, check_that_equal
from finmodel.appraisal.options import COST, WrittenOption
from finmodel.basis.room import Room
from finmodel.case.schema_budget import Funding, FundingSource, Repayment
from finmodel.lines.arithmetic import add_up, compare, conditional, maximum, minimum
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import number_if, period_name
from finmodel.lines.timing import at_period, largest, previous, smallest, total
from finmodel.parsing.quantities import Quantity
from finmodel.reference import flexible_receipts

SECTION = "Funding"
NOTHING_DRAWN = "nothing is drawn from the reserve"
NO_REPAYMENT = "no repayment to the reserve is stated"
NOT_REPAID = "not repaid to the reserve in full within the years shown"


class FundedSource(Struct, frozen=True):
    """A source and what is drawn on it, £ a year and in all."""

    source: FundingSource
    draw: Line
    whole: Line


class ReserveAccount(Struct, frozen=True):
    """The account of the reserve, £ a year; outstanding: what was drawn and has not been repaid, at the year's end."""

    source: FundingSource
    opening: Line
    interest: Line
    draw: Line
    repayment: Line
    closing: Line
    outstanding: Line
    lowest_balance: Line
    repaid_number: Line
    repaid_year: Line


class WrittenFunding(Struct, frozen=True):
    """How an option is paid for."""

    funding: Funding
    need: Line
    sources: tuple[FundedSource, ...]
    reserve: ReserveAccount | None
    saving_left: Line
    shortfall: Line
    total_shortfall: Line
    checks: tuple[Line, ...] = ()


def write_funding(written: WrittenOption, funding: Funding) -> WrittenFunding:
    """Write how an option is paid for, against its cost as readers are shown it."""
    room, saving = written.room.within("funding", section=SECTION), written.yearly["cashable_saving"]
    need = room.yearly("need", "To be funded: the year's cost", maximum(written.yearly[COST], 0))
    reserve = next((source for source in funding.sources if source.kind == "reserve"), None)
    begin = None if reserve is None else _beginning(room.within("reserve", reserve), reserve)
    sources: list[FundedSource] = []
    for source in funding.sources:
        own = room.within(f"sources.{source.id}", source)
        limits = [] if source.kind != "savings" else [_left_of_savings(saving, sources)]
        if source.kind == "reserve" and source.opening is not None and begin is not None:
            limits.append(maximum(begin[0] + begin[1], 0))
        sources.append(_source(own, source, need, sources, limits))
    wanted = need - _sum([found.draw for found in sources])
    shortfall = room.yearly("shortfall", "Shortfall: cost that no source pays for", maximum(wanted, 0))
    label = "Cashable saving left after what it pays for"
    left = room.yearly("saving_left", label, _left_of_savings(saving, sources))
    account = None
    if reserve is not None and begin is not None:
        drawn_on = next(found.draw for found in sources if found.source is reserve)
        account = _account(room, reserve, begin, drawn_on, _Repaying(funding.repayment, left))
    lacking = room.line("total_shortfall", "Shortfall, all years", total(shortfall), "£")
    found = WrittenFunding(funding, need, tuple(sources), account, left, shortfall, lacking)
    return replace(found, checks=_checks(room, written, found))


class _Repaying(Struct, frozen=True):
    """The rule by which the reserve is repaid, and the saving left to do it with."""

    rule: Repayment | None
    left: Line

    @property
    def stated(self) -> bool:
        return self.rule is not None and self.rule.rule != "none"


def _stated(room: Room) -> Room:
    """Where a room's inputs go: the option's own, or those that all options share which state no funding."""
    _, name, rest = room.at.split(".", 2)
    own = any(option.id == name and option.funding is not None for option in room.book.case.options)
    return room if own else replace(room, at=rest).once


def _sum(lines: list[Line]) -> Expression:
    return literal(add_up(lines))


def _left_of_savings(saving: Line, sources: list[FundedSource]) -> Expression:
    """The year's cashable saving less what is drawn on it by these sources."""
    drawn = [found.draw for found in sources if found.source.kind == "savings"]
    return maximum(saving - _sum(drawn) if drawn else saving, 0)


def _source(
    room: Room, source: FundingSource, need: Line, before: list[FundedSource], limits: list[Expression]
) -> FundedSource:
    """What a source gives: what those before it left, up to the least of its limits.

    limits: what there is to draw on, to which the limits that the source states are added.
    """
    if source.kind == "flexible_receipts":
        label = f"{source.label}: a direction lets them pay for reform"
        limits.append(need * _stated(room).rates_by_year("may_be_used", label, flexible_receipts, "flag"))
    left = maximum(need - _sum([found.draw for found in before]), 0) if before else need
    asked = room.yearly("wanted", f"{source.label}: wanted, after those before it", left)
    draw = room.declare("draw", f"{source.label}: drawn", "£", Timeline.YEARS)
    if source.limit_a_year is not None:
        label = f"{source.label}: the most in a year"
        limits.append(_stated(room).state("limit_a_year", label, source.limit_a_year, "£", over=Timeline.YEARS))
    if source.limit is not None:
        limits.append(_left_of_limit(room, source.label, source.limit, draw))
    if limits:
        has = room.yearly("available", f"{source.label}: available", reduce(minimum, limits))
        draw.define(minimum(asked, has))
    else:
        draw.define(asked)
    whole = room.line("drawn_in_all", f"{source.label}: drawn, all years", total(draw), "£")
    return FundedSource(source, draw, whole)


def _left_of_limit(room: Room, label: str, stated: Quantity, draw: Line) -> Expression:
    """The limit in all less what was drawn in the years before."""
    limit = _stated(room).state("limit", f"{label}: the most in all", stated, "£", over=Timeline.YEARS)
    to_date = room.declare("drawn_to_date", f"{label}: drawn to date", "£", Timeline.YEARS)
    to_date.define(previous(to_date) + draw)
    return maximum(limit - previous(to_date), 0)


def _beginning(room: Room, source: FundingSource) -> tuple[Line, Line]:
    """The reserve's opening balance, whose rule follows with the account, and its interest.

    Interest is earned on the opening balance; nothing on a balance below zero, nor where no rate is stated.
    """
    note = "" if source.opening is not None else "Its size is not stated: counted from zero."
    opening = room.declare("opening", f"{source.label}: opening balance", "£", Timeline.YEARS, note)
    rule: Expression | int = 0
    if source.interest is not None:
        label = f"{source.label}: interest on the opening balance"
        rate = _stated(room).state("interest_rate", label, source.interest, "rate", over=Timeline.YEARS)
        rule = maximum(opening, 0) * rate
    return opening, room.yearly("interest", f"{source.label}: interest", rule)


def _account(
    funding: Room, source: FundingSource, begin: tuple[Line, Line], draw: Line, repaying: _Repaying
) -> ReserveAccount:
    """Opening + interest − draw + repayment = closing, year by year; the next year opens with it."""
    room, (opening, interest) = funding.within("reserve", source), begin
    label = f"{source.label}: drawn and not repaid, at the end of the year"
    outstanding = room.declare("outstanding", label, "£", Timeline.YEARS)
    label = f"{source.label}: to be repaid, before the year's repayment"
    owed = room.yearly("owed", label, previous(outstanding) + draw)
    repayment = room.yearly("repayment", f"{source.label}: repaid", _repayment(funding, owed, repaying))
    outstanding.define(owed - repayment)
    closing = room.yearly("closing", f"{source.label}: closing balance", opening + interest - draw + repayment)
    first: Line | int = 0
    if source.opening is not None:
        label = f"{source.label}: balance before the first year"
        first = _stated(room).state("opening_stated", label, source.opening, "£")
    opening.define(previous(closing, first))
    number, year = _year_repaid(funding, draw, outstanding, repaying)
    return ReserveAccount(
        source,
        opening,
        interest,
        draw,
        repayment,
        closing,
        outstanding,
        lowest_balance=funding.line(
            "lowest_balance", f"{source.label}: lowest closing balance", smallest(closing), "£"
        ),
        repaid_number=number,
        repaid_year=year,
    )


def _repayment(funding: Room, owed: Line, repaying: _Repaying) -> Expression | int:
    """What the rule gives back in a year, never more than is owed."""
    rule = repaying.rule
    if rule is None or rule.rule == "none":
        return 0
    room = funding.within("repayment", rule)
    if rule.share is not None:
        label = "Share of the saving left that goes to the reserve"
        due: Expression = repaying.left * _stated(room).state("share", label, rule.share, "share", over=Timeline.YEARS)
    else:
        assert rule.amount is not None
        due = _stated(room).state("amount", "Repayment of a year", rule.amount, "£", over=Timeline.YEARS)
    if rule.start is not None:
        number = rule.start - room.book.horizon.first_year + 1
        label = "First year of repayment, counted from 1"
        first = _stated(room).counted("start", label, number, note=f"{rule.start}.")
        due = due * compare(room.book.number_of(Timeline.YEARS), ">=", first)
    return minimum(due, owed)


def _year_repaid(funding: Room, draw: Line, outstanding: Line, repaying: _Repaying) -> tuple[Line, Line]:
    """The first year at whose end everything drawn is repaid, for good."""
    book, room = funding.book, funding.within("reserve")
    year, tolerance = book.number_of(Timeline.YEARS), book.convention("tolerance")

    def last(name: str, label: str, line: Line) -> Line:
        rule = conditional(compare(line, ">", tolerance), year, 0)
        counted = room.line(f"{name}_year", f"Number of the year, where {label}", rule, "number")
        return room.line(f"last_{name}_year", f"Last year in which {label}, counted from 1", largest(counted), "number")

    owing = last("owing", "something is still to be repaid", outstanding)
    drawn = last("drawing", "the reserve is drawn on", draw)
    within = compare(owing, "<", book.number_of_years())
    reached = number_if(within, maximum(owing + 1, drawn), NOT_REPAID if repaying.stated else NO_REPAYMENT)
    rule = number_if(compare(drawn, ">", 0), reached, NOTHING_DRAWN)
    label = "Year in which the reserve is repaid"
    number = funding.line("repaid_year_number", f"{label}, counted from 1", rule, "number")
    return number, funding.line("repaid_year", label, period_name(number, Timeline.YEARS), "number")


def _checks(room: Room, option: WrittenOption, written: WrittenFunding) -> tuple[Line, ...]:
    """The sources and the shortfall total the cost; the reserve's account closes over all years."""
    given = literal(add_up([*(found.whole for found in written.sources), written.total_shortfall]))
    what = "what is drawn and what is lacking come to what is needed"
    pairs: list[Pair] = [("funding", what, given, _whole(room, written.need, "need"))]
    account = written.reserve
    if account is not None:
        start: Expression = literal(0) if account.source.opening is None else _stated(room)["reserve.opening_stated"]
        drawn = next(found.whole for found in written.sources if found.source is account.source)
        moved = _whole(room, account.interest, "reserve.interest") - drawn
        label = f"{account.source.label}: its start with all interest, draws and repayments"
        rule = start + moved + _whole(room, account.repayment, "reserve.repayment")
        end = room.line("reserve.end_by_movements", label, rule, "£")
        what = "the reserve ends at its start with all interest, draws and repayments"
        pairs.append(("reserve", what, end, at_period(account.closing, room.book.number_of_years())))
    return tuple(check_that_equal(option, pair) for pair in pairs)


def _whole(room: Room, line: Line, name: str) -> Line:
    """A line over all years."""
    return room.line(f"{name}_in_all", f"{line.label}, all years", total(line), "£")
