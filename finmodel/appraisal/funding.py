"""How an option is paid for: sources in order, each up to its limits, and the account of a reserve that is drawn on.

By year. What is needed is the year's cost; each source gives what those before it left, up to what it has. Whatever
none of them gives is a shortfall, which is shown. The reserve's account: opening + interest − draw + repayment =
closing. Source of the rule: Wolverhampton paper of 20 January 2015, paragraph 4.2: "from savings generated … if this is
not the case then it will be funded from the efficiency reserve".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from finmodel.appraisal.closeness import allowance
from finmodel.appraisal.options import COST, WrittenOption
from finmodel.basis.book import Book
from finmodel.case.schema_budget import Funding, FundingSource, Repayment
from finmodel.lines.arithmetic import add_up, compare, conditional, maximum, minimum
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import number_if, period_name
from finmodel.lines.timing import at_period, largest, previous, smallest, total

SECTION = "Funding"
NOTHING_DRAWN = "nothing is drawn from the reserve"
NO_REPAYMENT = "no repayment to the reserve is stated"
NOT_REPAID = "not repaid to the reserve within the years shown"


@dataclass(frozen=True, slots=True)
class FundedSource:
    """A source and what is drawn on it, £ a year and in all."""

    source: FundingSource
    draw: Line
    whole: Line


@dataclass(frozen=True, slots=True)
class ReserveAccount:
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


@dataclass(frozen=True, slots=True)
class WrittenFunding:
    """How an option is paid for."""

    funding: Funding
    need: Line
    sources: tuple[FundedSource, ...]
    reserve: ReserveAccount | None
    saving_left: Line
    shortfall: Line
    total_shortfall: Line
    checks: tuple[Line, ...] = ()


@dataclass(slots=True)
class _Writer:
    """One option's funding while it is written."""

    book: Book
    option: str
    saving: Line
    repayment: Repayment | None

    @property
    def root(self) -> str:
        return f"options.{self.option}.funding"

    def yearly(self, name: str, label: str, rule: Expression | int, note: str = "") -> Line:
        """A line of pounds by year."""
        return self.book.line(
            f"{self.root}.{name}", label, rule, "£", timeline=Timeline.YEARS, section=SECTION, note=note
        )

    def declared(self, name: str, label: str, note: str = "") -> Line:
        """A line whose rule follows."""
        return self.book.model.declare(f"{self.root}.{name}", label, "£", Timeline.YEARS, section=SECTION, note=note)


def write_funding(book: Book, written: WrittenOption, funding: Funding) -> WrittenFunding:
    """Write how an option is paid for, against its cost as readers are shown it."""
    saving = written.yearly["cashable_saving"]
    writer = _Writer(book, written.option.id, saving, funding.repayment)
    need = writer.yearly("need", "To be funded: the year's cost", maximum(written.yearly[COST], 0))
    reserve = next((source for source in funding.sources if source.kind == "reserve"), None)
    begin = None if reserve is None else _beginning(writer, reserve)
    sources: list[FundedSource] = []
    for source in funding.sources:
        sources.append(_source(writer, source, need, sources, begin))
    wanted = need - _sum([found.draw for found in sources])
    shortfall = writer.yearly("shortfall", "Shortfall: cost that no source pays for", maximum(wanted, 0))
    left = writer.yearly(
        "saving_left",
        "Cashable saving left after what it pays for",
        _left_of_savings(writer, sources),
    )
    account = None
    if reserve is not None and begin is not None:
        drawn_on = next(found.draw for found in sources if found.source is reserve)
        account = _account(writer, reserve, begin, drawn_on, left)
    lacking = book.line(
        f"{writer.root}.total_shortfall", "Shortfall, all years", total(shortfall), "£", section=SECTION
    )
    found = WrittenFunding(funding, need, tuple(sources), account, left, shortfall, lacking)
    return replace(found, checks=_checks(writer, written, found))


def _sum(lines: list[Line]) -> Expression:
    return literal(add_up(lines))


def _left_of_savings(writer: _Writer, sources: list[FundedSource]) -> Expression:
    """The year's cashable saving less what is drawn on it by these sources."""
    drawn = [found.draw for found in sources if found.source.kind == "savings"]
    return maximum(writer.saving - _sum(drawn) if drawn else writer.saving, 0)


def _source(
    writer: _Writer,
    source: FundingSource,
    need: Line,
    before: list[FundedSource],
    begin: tuple[Line, Line] | None,
) -> FundedSource:
    """What a source gives: what those before it left, up to the least of its limits.

    begin: the reserve's opening balance and interest.
    """
    name, book = f"sources.{source.id}", writer.book
    left = maximum(need - _sum([found.draw for found in before]), 0) if before else need
    asked = writer.yearly(f"{name}.wanted", f"{source.label}: wanted, after those before it", left)
    draw = writer.declared(f"{name}.draw", f"{source.label}: drawn")
    limits: list[Expression] = []
    if source.kind == "savings":
        limits.append(_left_of_savings(writer, before))
    if source.kind == "reserve" and source.opening is not None and begin is not None:
        limits.append(maximum(begin[0] + begin[1], 0))
    if source.limit_a_year is not None:
        limits.append(
            book.state(
                f"{writer.root}.{name}.limit_a_year",
                f"{source.label}: the most in a year",
                source.limit_a_year,
                "£",
                owner=source,
                over=Timeline.YEARS,
                section=SECTION,
            )
        )
    if source.limit is not None:
        limits.append(_left_of_limit(writer, source, draw))
    if limits:
        available = limits[0]
        for limit in limits[1:]:
            available = minimum(available, limit)
        has = writer.yearly(f"{name}.available", f"{source.label}: available", available)
        draw.define(minimum(asked, has))
    else:
        draw.define(asked)
    whole = book.line(
        f"{writer.root}.{name}.drawn_in_all", f"{source.label}: drawn, all years", total(draw), "£", section=SECTION
    )
    return FundedSource(source, draw, whole)


def _left_of_limit(writer: _Writer, source: FundingSource, draw: Line) -> Expression:
    """The limit in all less what was drawn in the years before."""
    assert source.limit is not None
    name = f"sources.{source.id}"
    limit = writer.book.state(
        f"{writer.root}.{name}.limit",
        f"{source.label}: the most in all",
        source.limit,
        "£",
        owner=source,
        over=Timeline.YEARS,
        section=SECTION,
    )
    to_date = writer.declared(f"{name}.drawn_to_date", f"{source.label}: drawn to date")
    to_date.define(previous(to_date) + draw)
    return maximum(limit - previous(to_date), 0)


def _beginning(writer: _Writer, source: FundingSource) -> tuple[Line, Line]:
    """The reserve's opening balance, whose rule follows with the account, and its interest.

    Interest is earned on the opening balance; nothing on a balance below nil, nor where no rate is stated.
    """
    note = "" if source.opening is not None else "Its size is not stated: counted from nil."
    opening = writer.declared("reserve.opening", f"{source.label}: opening balance", note)
    rule: Expression | int = 0
    if source.interest is not None:
        rate = writer.book.state(
            f"{writer.root}.reserve.interest_rate",
            f"{source.label}: interest on the opening balance",
            source.interest,
            "rate",
            owner=source,
            over=Timeline.YEARS,
            section=SECTION,
        )
        rule = maximum(opening, 0) * rate
    return opening, writer.yearly("reserve.interest", f"{source.label}: interest", rule)


def _account(
    writer: _Writer, source: FundingSource, begin: tuple[Line, Line], draw: Line, left: Line
) -> ReserveAccount:
    """Opening + interest − draw + repayment = closing, year by year; the next year opens with it."""
    opening, interest = begin
    outstanding = writer.declared(
        "reserve.outstanding", f"{source.label}: drawn and not repaid, at the end of the year"
    )
    owed = writer.yearly(
        "reserve.owed", f"{source.label}: to be repaid, before the year's repayment", previous(outstanding) + draw
    )
    repayment = writer.yearly("reserve.repayment", f"{source.label}: repaid", _repayment(writer, owed, left))
    outstanding.define(owed - repayment)
    closing = writer.yearly(
        "reserve.closing", f"{source.label}: closing balance", opening + interest - draw + repayment
    )
    opening.define(previous(closing, _first_balance(writer, source)))
    number, year = _year_repaid(writer, draw, outstanding)
    return ReserveAccount(
        source,
        opening,
        interest,
        draw,
        repayment,
        closing,
        outstanding,
        lowest_balance=writer.book.line(
            f"{writer.root}.lowest_balance",
            f"{source.label}: lowest closing balance",
            smallest(closing),
            "£",
            section=SECTION,
        ),
        repaid_number=number,
        repaid_year=year,
    )


def _first_balance(writer: _Writer, source: FundingSource) -> Line | int:
    """The balance before the first year, nil where the case states none."""
    if source.opening is None:
        return 0
    return writer.book.state(
        f"{writer.root}.reserve.opening_stated",
        f"{source.label}: balance before the first year",
        source.opening,
        "£",
        owner=source,
        section=SECTION,
    )


def _repayment(writer: _Writer, owed: Line, left: Line) -> Expression | int:
    """What the rule gives back in a year, never more than is owed."""
    repayment, book = writer.repayment, writer.book
    if repayment is None or repayment.rule == "none":
        return 0
    if repayment.share is not None:
        share = book.state(
            f"{writer.root}.repayment.share",
            "Share of the saving left that goes to the reserve",
            repayment.share,
            "share",
            owner=repayment,
            over=Timeline.YEARS,
            section=SECTION,
        )
        due: Expression = left * share
    else:
        assert repayment.amount is not None
        due = book.state(
            f"{writer.root}.repayment.amount",
            "Repayment of a year",
            repayment.amount,
            "£",
            owner=repayment,
            over=Timeline.YEARS,
            section=SECTION,
        )
    if repayment.start is not None:
        first = book.counted(
            f"{writer.root}.repayment.start",
            "First year of repayment, counted from 1",
            repayment.start - book.horizon.first_year + 1,
            "number",
            section=SECTION,
            note=f"{repayment.start}.",
        )
        due = due * compare(book.number_of(Timeline.YEARS), ">=", first)
    return minimum(due, owed)


def _year_repaid(writer: _Writer, draw: Line, outstanding: Line) -> tuple[Line, Line]:
    """The first year at whose end everything drawn is repaid, for good."""
    book, year = writer.book, writer.book.number_of(Timeline.YEARS)
    tolerance = book.convention("tolerance")

    def last(name: str, label: str, line: Line) -> Line:
        counted = book.line(
            f"{writer.root}.reserve.{name}_year",
            f"Number of the year, where {label}",
            conditional(compare(line, ">", tolerance), year, 0),
            "number",
            section=SECTION,
        )
        return book.line(
            f"{writer.root}.reserve.last_{name}_year",
            f"Last year in which {label}, counted from 1",
            largest(counted),
            "number",
            section=SECTION,
        )

    owing = last("owing", "something is still to be repaid", outstanding)
    drawn = last("drawing", "the reserve is drawn on", draw)
    repays = writer.repayment is not None and writer.repayment.rule != "none"
    reached = number_if(
        compare(owing, "<", book.number_of_years()), maximum(owing + 1, drawn), NOT_REPAID if repays else NO_REPAYMENT
    )
    number = book.line(
        f"{writer.root}.repaid_year_number",
        "Year in which the reserve is repaid, counted from 1",
        number_if(compare(drawn, ">", 0), reached, NOTHING_DRAWN),
        "number",
        section=SECTION,
    )
    name = book.line(
        f"{writer.root}.repaid_year",
        "Year in which the reserve is repaid",
        period_name(number, Timeline.YEARS),
        "number",
        section=SECTION,
    )
    return number, name


def _checks(writer: _Writer, option: WrittenOption, written: WrittenFunding) -> tuple[Line, ...]:
    """The sources and the shortfall come to the cost; the reserve's account closes over all years."""
    given: list[Expression] = [found.whole for found in written.sources]
    pairs: list[tuple[str, str, Expression, Expression]] = [
        (
            "funding",
            "what is drawn and what is lacking come to what is needed",
            literal(add_up([*given, written.total_shortfall])),
            _whole(writer, written.need, "need"),
        )
    ]
    account = written.reserve
    if account is not None:
        start: Expression = literal(0)
        if account.source.opening is not None:
            start = writer.book.model[f"{writer.root}.reserve.opening_stated"]
        drawn = next(found.whole for found in written.sources if found.source is account.source)
        moved = _whole(writer, account.interest, "reserve.interest") - drawn
        pairs.append(
            (
                "reserve",
                "the reserve ends at its start with all interest, draws and repayments",
                start + moved + _whole(writer, account.repayment, "reserve.repayment"),
                at_period(account.closing, writer.book.number_of_years()),
            )
        )
    return tuple(
        writer.book.line(
            f"checks.{writer.option}.{key}",
            f"{option.option.title}: {what}",
            compare(maximum(left - right, right - left), "<", allowance(writer.book, option)),
            "flag",
            section=f"Checks: {option.option.title}",
        )
        for key, what, left, right in pairs
    )


def _whole(writer: _Writer, line: Line, name: str) -> Line:
    """A line over all years."""
    return writer.book.line(
        f"{writer.root}.{name}_in_all", f"{line.label}, all years", total(line), "£", section=SECTION
    )
