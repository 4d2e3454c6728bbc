"""What each option does to the caseload of a team, month by month: its posts that hold cases, and its flow of cases."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from finmodel.basis.book import BY_DEFINITION
from finmodel.basis.inherited import inherited
from finmodel.basis.room import Room
from finmodel.case.schema_caseload import OptionCaseload
from finmodel.caseload.teams import NO_FTE, PER_FTE, SECTION, WrittenTeam
from finmodel.caseload.write import WrittenCaseload
from finmodel.lines.arithmetic import add_up, compare, conditional
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import ratio
from finmodel.lines.periods import Month
from finmodel.lines.timing import by_year


class CaseloadOfOption(Struct, frozen=True):
    """A team under an option, by month and at the end of each year: cases, case-holding FTE, cases for each of them.

    without: the same at each year's end with nothing done.
    """

    team: WrittenTeam
    cases: Line
    fte: Line
    average: Line
    at_year_end: Line
    without: Line


def write_option_caseload(
    room: Room, title: str, stated: OptionCaseload, in_post: Sequence[Line], written: WrittenCaseload
) -> CaseloadOfOption | None:
    """Write an option's caseload; None where the team's cases or FTE are not known.

    room: of the option. in_post: FTE in post by month of each of its posts that hold cases.
    """
    team = next(each for each in written.teams if each.team.id == stated.team)
    if team.cases is None or team.fte is None:
        return None
    cases, fte = _cases(team, written), _fte(team)
    without = _at_year_end(team.room.within("nothing_done"), f"{team.team.label}, with nothing done", cases, fte)
    own = room.within("caseload", None, f"{SECTION}: {team.team.label}")
    if stated.flow is not None:
        cases = next(each.path for each in written.flows if each.flow.id == stated.flow)
    label = f"{team.team.label}: {title}"
    of_option = own.monthly("cases", f"Cases, {label}", literal(cases), "cases")
    of_fte = own.monthly("fte", f"Case-holding FTE, {label}", literal(add_up([fte, *in_post])), "FTE")
    average = own.monthly(
        "average", f"Cases for each case-holding FTE, {label}", ratio(of_option, of_fte, NO_FTE), PER_FTE
    )
    return CaseloadOfOption(team, of_option, of_fte, average, _at_year_end(own, label, of_option, of_fte), without)


def _cases(team: WrittenTeam, written: WrittenCaseload) -> Line:
    """Cases by month with nothing done: by the trend where there is one, else as they are."""
    if team.cases is None:
        raise ValueError(f"team {team.team.id} has no cases")
    trend = written.trends.get(team.team.id)
    if trend is not None:
        return trend.path
    label = f"Cases with nothing done, {team.team.label}"
    return team.room.once.monthly("cases_as_they_are", label, literal(team.cases.line), "cases", "As they are now.")


def _fte(team: WrittenTeam) -> Line:
    """Case-holding FTE by month with nothing done: temporary posts are there to the month in which they end."""
    if team.fte is None:
        raise ValueError(f"team {team.team.id} has no FTE")
    rule: Expression = literal(team.fte.line)
    for each in team.groups:
        if each.group.ends is not None and each.fte is not None:
            own = team.room.within(f"workers.{each.group.id}", inherited(each.group, team.team))
            last = own.once.month(
                "ends", f"Last month in post: {each.group.label}", Month.containing(each.group.ends), 1
            )
            gone = compare(own.book.number_of(Timeline.MONTHS), ">", last)
            rule = rule - conditional(gone, each.fte, 0)
    label = f"Case-holding FTE with nothing done, {team.team.label}"
    return team.room.once.monthly("fte_as_it_is", label, rule, "FTE")


def _at_year_end(room: Room, label: str, cases: Line, fte: Line) -> Line:
    """Cases for each FTE at the end of each year."""
    once = room.once
    if "at_year_end" in once:
        return once["at_year_end"]
    calendar = Room(room.book, "caseload.calendar", f"{SECTION}: calendar").once
    held = [month.month == 3 for month in room.book.horizon.months]
    march = calendar.flag("year_end", "Last month of the year", held, BY_DEFINITION, Timeline.MONTHS)
    ends = []
    for name, line in (("cases", cases), ("fte", fte)):
        closing = room.monthly(f"closing_{name}", f"{line.label}, in the last month of a year", line * march, line.unit)
        ends.append(
            room.yearly(f"{name}_at_year_end", f"{line.label}, at the end of the year", by_year(closing), line.unit)
        )
    said = f"Cases for each case-holding FTE at the end of the year, {label}"
    return room.yearly("at_year_end", said, ratio(ends[0], ends[1], NO_FTE), PER_FTE)
