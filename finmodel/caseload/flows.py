"""Cases of a team month by month: as they are, by their trend, or when they stay open for another time.

Little's law: on average, cases open = cases opened in a month × months that each stays open (J. D. C. Little, "A proof
for the queuing formula L = λW", Operations Research 9(3), 1961). It is of cases opened, which are not all referrals.
"""

from __future__ import annotations

from msgspec import Struct

from finmodel.basis.inherited import inherited
from finmodel.basis.room import Room
from finmodel.case.schema_caseload import CaseFlow, Caseload, Trigger
from finmodel.caseload.teams import SECTION, WrittenTeam
from finmodel.demand.observed import days_to
from finmodel.lines.arithmetic import compare, conditional, maximum, minimum, power, rounded_up
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.outcomes import if_number, ratio
from finmodel.lines.periods import Month

NO_RISE = "the number of cases does not rise"


class Trend(Struct, frozen=True):
    """The change of a team's cases in a month since an earlier day, and where it leads at each month's end."""

    earlier: Line
    change: Line
    path: Line


class WrittenTrigger(Struct, frozen=True):
    """A level of cases: how many it is away, months until the trend is there, and the number of that month."""

    trigger: Trigger
    level: Line
    left: Line
    months: Line | None
    month: Line | None


class WrittenFlow(Struct, frozen=True):
    """A flow: cases opened in a month (implied: as keep today's number steady), the number it leads to, and the way.

    now: cases today; start: the number of its first month. balance: cases that today's stay keeps open at what is
    opened; settles: at the new stay. month_zero: at the beginning, once what closes at once has closed. path: at the
    end of each month.
    """

    flow: CaseFlow
    now: Line
    start: Line
    opened: Line
    opened_is_implied: bool
    balance: Line
    settles: Line
    month_zero: Line
    path: Line


def write_trend(caseload: Room, found: WrittenTeam) -> Trend | None:
    """Write the straight trend of a team's cases from the earlier day that it states; None where it states none."""
    stated = found.team.earlier
    if stated is None or found.cases is None:
        return None
    room = found.room.within("trend", inherited(stated, found.team))
    date = _stated(caseload).as_at
    as_at = caseload.once.fact("as_at", "Day of the teams’ figures", days_to(room, date.last), "days", date.words)
    earlier = room.state("cases", f"Cases on {stated.date.words}, {found.team.label}", stated.cases, "cases")
    label = f"Day of {stated.date.words}, counted like that of the teams"
    day = room.fact("day", label, days_to(room, stated.date.last), "days", stated.date.words)
    year = room.book.definition("mean_year", "Days in a year, on average", 365.25, "days per year")
    months = (as_at - day) / year * room.convention("months_in_a_year")
    since = room.line("months", f"Months between the two counts, {found.team.label}", months, "number")
    change = room.line(
        "change", f"Cases more in a month, {found.team.label}", (found.cases.line - earlier) / since, "cases"
    )
    elapsed = maximum(room.book.number_of(Timeline.MONTHS) - _month_of(caseload), 0)
    label = f"Cases by the trend, {found.team.label}"
    return Trend(earlier, change, room.monthly("path", label, maximum(found.cases.line + change * elapsed, 0), "cases"))


def _month_of(caseload: Room) -> Line:
    """The month of the teams' figures, 1 for the first of the case, below 1 before it."""
    as_at = _stated(caseload).as_at
    number = caseload.book.month_number(Month.containing(as_at.last), 1)
    return caseload.once.fact("month", "Month of the figures, counted from 1", number, "number", as_at.words)


def _stated(caseload: Room) -> Caseload:
    stated = caseload.book.case.caseload
    if stated is None:
        raise ValueError("the case states no caseload")
    return stated


def write_trigger(caseload: Room, found: WrittenTeam, trigger: Trigger, trend: Trend | None) -> WrittenTrigger | None:
    """Write how far a team is from a level of cases; None where its cases are not known."""
    if found.cases is None:
        return None
    room = caseload.within(f"triggers.{trigger.id}", trigger, f"{SECTION}: {trigger.label}")
    level = room.state("cases", f"Cases: {trigger.label}", trigger.cases, "cases")
    left = room.line("left", f"Cases until then: {trigger.label}", level - found.cases.line, "cases")
    if trend is None:
        return WrittenTrigger(trigger, level, left, None, None)
    ahead = ratio(maximum(left, 0), maximum(trend.change, 0), NO_RISE)
    months = room.line("months", f"Months until the trend is there: {trigger.label}", ahead, "number")
    rule = _month_of(caseload) + rounded_up(months, room.convention("decimal_places_compared"))
    month = room.line(
        "month", f"Month in which it is there, counted from 1: {trigger.label}", if_number(months, rule), "number"
    )
    month.counts = Timeline.MONTHS
    return WrittenTrigger(trigger, level, left, months, month)


def write_flow(caseload: Room, found: WrittenTeam, flow: CaseFlow) -> WrittenFlow | None:
    """Write a flow of a team's cases; None where they are not known."""
    if found.cases is None:
        return None
    room = caseload.within(f"flows.{flow.id}", flow, f"{SECTION}: {flow.label}")
    now = found.cases.line
    one = room.book.definition("one_month", "One month", 1, "months")
    stay = room.state("stay", f"Months that a case stays open now: {flow.label}", flow.stay, "months")
    new_stay = room.state("new_stay", f"Months that a case will stay open: {flow.label}", flow.new_stay, "months")
    opened = _opened(room, flow, now, stay)
    balance = room.line("balance", f"Cases that today’s stay keeps open: {flow.label}", opened * stay, "cases")
    settles = room.line("settles", f"Cases that the new stay keeps open: {flow.label}", opened * new_stay, "cases")
    after = room.book.month_number(Month.containing(_stated(caseload).as_at.last), 0) + 1
    started = room.month("start", f"First month: {flow.label}", flow.start, after)
    past = maximum(room.book.number_of(Timeline.MONTHS) - started + 1, 0)
    elapsed = room.monthly("elapsed", f"Months since it began: {flow.label}", past * one, "months")
    way = _Way(room, flow, now, opened, stay, new_stay, one)
    zero = room.fact("no_month", f"At the beginning: {flow.label}", 0, "months")
    month_zero = room.line("month_zero", f"Cases at the beginning: {flow.label}", way.at(zero), "cases")
    cases = conditional(compare(elapsed, ">", zero), way.at(elapsed), now)
    path = room.monthly("path", f"Cases: {flow.label}", cases, "cases")
    return WrittenFlow(
        flow, now, started, opened, flow.opened is None and flow.referrals is None, balance, settles, month_zero, path
    )


def _opened(room: Room, flow: CaseFlow, now: Line, stay: Line) -> Line:
    label, unit = f"Cases opened in a month: {flow.label}", "cases per month"
    if flow.opened is not None:
        return room.state("opened", label, flow.opened, unit)
    if flow.referrals is not None and flow.share_that_become_cases is not None:
        referrals = room.state("referrals", f"Referrals in a month: {flow.label}", flow.referrals, unit)
        share = room.state(
            "share", f"Share of them that become cases: {flow.label}", flow.share_that_become_cases, "share"
        )
        return room.line("opened", label, referrals * share, unit)
    note = "As many as keep today’s number steady at today’s stay (Little’s law)."
    return room.line("opened", label, now / stay, unit, note=note)


class _Way(Struct, frozen=True):
    """The number of cases so many months after a change of the stay."""

    room: Room
    flow: CaseFlow
    now: Line
    opened: Line
    stay: Line
    new_stay: Line
    one: Line

    def at(self, elapsed: Line) -> Expression:
        """Cases after so many months."""
        rules = {
            ("fixed", "new"): self._fixed_new,
            ("fixed", "all"): self._fixed_all,
            ("geometric", "new"): self._geometric_new,
            ("geometric", "all"): self._geometric_all,
        }
        return rules[self.flow.stays, self.flow.applies_to](elapsed)

    def _left_of(self, stay: Line, elapsed: Line) -> Expression:
        """The part still open after so many months, where ages are spread evenly over a fixed stay."""
        return maximum(1 - elapsed / stay, 0)

    def _kept(self, stay: Line, elapsed: Line) -> Expression:
        """The part still open after so many months, with the same chance of closing in each."""
        return power(1 - self.one / stay, elapsed / self.one)

    def _fixed_new(self, elapsed: Line) -> Expression:
        return self.now * self._left_of(self.stay, elapsed) + self.opened * minimum(elapsed, self.new_stay)

    def _geometric_new(self, elapsed: Line) -> Expression:
        opened_since = self.opened * self.new_stay * (1 - self._kept(self.new_stay, elapsed))
        return self.now * self._kept(self.stay, elapsed) + opened_since

    def _geometric_all(self, elapsed: Line) -> Expression:
        settles = self.opened * self.new_stay
        return settles + (self.now - settles) * self._kept(self.new_stay, elapsed)

    def _fixed_all(self, elapsed: Line) -> Expression:
        """Those younger than the new stay run out by it; those past it close evenly, or earlier as they would have."""
        young = minimum(maximum(self.new_stay - elapsed, 0), self.stay) / self.stay
        over = maximum(self.stay - self.new_stay - elapsed, 0) / self.stay
        label = f"Months over which those past the new stay close: {self.flow.label}"
        if self.flow.closing_over is None:
            raise ValueError(f"flow {self.flow.id} does not say over how many months cases close")
        closing = self.room.once.state("closing_over", label, self.flow.closing_over, "months")
        evenly = maximum(closing - elapsed, 0) / maximum(closing, self.one)
        past = maximum(1 - self.new_stay / self.stay, 0)
        kept = minimum(past * evenly, over)
        return self.now * (young + kept) + self.opened * minimum(elapsed, self.new_stay)
