"""What was found of caseloads: teams, targets and the posts they take, ratios after a change, shares, flows, series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.caseload.flows import WrittenFlow, WrittenTrigger
from finmodel.caseload.inverse import WrittenFall
from finmodel.caseload.options import CaseloadOfOption
from finmodel.caseload.ratios import StateOfTeam
from finmodel.caseload.series import WrittenSeries, period_of
from finmodel.caseload.targets import AtTarget, Needed, WrittenSaid
from finmodel.caseload.teams import Ranged, WrittenTeam
from finmodel.caseload.workforce import AgencyAtTarget
from finmodel.caseload.write import WrittenCaseload
from finmodel.lines.line import Line
from finmodel.parsing.partial_dates import PartialDate
from finmodel.results.figures import amount, reason, value, values
from finmodel.results.written import LEFT_OUT, Yearly


class CaseloadFigure(Struct, frozen=True):
    """A figure with the range that rounding leaves where it follows from a rounded one; value: None with a reason."""

    value: float | None
    low: Annotated[float | None, LEFT_OUT]
    high: Annotated[float | None, LEFT_OUT]
    reason: Annotated[str | None, LEFT_OUT]
    address: str


class CasesOfTypeResult(Struct, frozen=True):
    """Cases of a type, as a share of the team's, and the points that they weigh."""

    id: str
    label: str
    cases: float
    share: float | None
    points: float | None


class WorkerGroupResult(Struct, frozen=True):
    """A group of workers; share: of a full caseload that each may hold; for_one: FTE that do a full worker's work."""

    id: str
    label: str
    experience: str
    temporary: bool
    ends: str | None
    fte: float | None
    people: float | None
    share: float | None
    for_one: float | None
    at_most: float | None


class PostsNeeded(Struct, frozen=True):
    """Posts more, FTE, below zero where there are enough; whole ones, none then; and £ of a full year in the first."""

    posts: float
    whole: float
    cost: float | None
    cost_whole: float | None
    address: str


class AtTargetResult(Struct, frozen=True):
    """A team at a target, cases for each FTE. over: above it; share: FTE more, of those there are; workers: in all.

    now: beyond the FTE there are; lasting: beyond those left once temporary posts end. by_newly_qualified: FTE that do
    the same work; others: cases left for each who holds a full caseload.
    """

    id: str
    label: str
    kind: Literal["target", "limit", "guide"]
    cases: float
    over: float | None
    share: float | None
    workers: float | None
    whole_workers: float | None
    now: PostsNeeded | None
    lasting: PostsNeeded | None
    by_newly_qualified: float | None
    others: float | None
    address: str


class RatioOfTeam(Struct, frozen=True):
    """What a ratio of a team is, and its unit."""

    label: str
    unit: str


class TeamState(Struct, frozen=True):
    """The ratios of a team in a state, by id; labels of the ratios stand with the team."""

    id: str
    label: str
    fte: float
    ratios: Mapping[str, float | None]
    address: str


class TeamResult(Struct, frozen=True):
    """A team. average: cases for each case-holding FTE; printed: as the paper prints it; agrees: whether the two do.

    ratios: label and unit of each ratio of the states, by id. missing: what the case does not state and nothing gives.
    """

    id: str
    label: str
    cases: CaseloadFigure | None
    fte: CaseloadFigure | None
    all_fte: float | None
    average: CaseloadFigure | None
    average_of_all: CaseloadFigure | None
    printed: float | None
    decimals: int | None
    agrees: bool | None
    lowest: float | None
    highest: float | None
    types: tuple[CasesOfTypeResult, ...]
    workers: tuple[WorkerGroupResult, ...]
    temporary: float | None
    lasting: float | None
    points: float | None
    capacity: float | None
    used: float | None
    at: tuple[AtTargetResult, ...]
    ratios: Mapping[str, RatioOfTeam]
    states: tuple[TeamState, ...]
    missing: tuple[str, ...]


class PooledResult(Struct, frozen=True):
    """Sum of cases ÷ sum of FTE over teams, on a base."""

    base: Literal["case_holding", "all"]
    teams: tuple[str, ...]
    cases: float
    fte: float
    average: float | None
    address: str


class WorkforceShareResult(Struct, frozen=True):
    """Workers of an experience as a share of all, on a base: people, FTE, or agency people and employed FTE."""

    experience: str
    base: Literal["people", "fte", "mixed"]
    number: float
    of: float
    share: float | None
    address: str


class AgencyTargetResult(Struct, frozen=True):
    """Agency workers now and at a target share of an establishment, on one base; see `AgencyAtTarget`."""

    counted: Literal["people", "fte"]
    share: float
    agency: float
    establishment: float
    changes: bool
    allowed: float
    permanent: float
    replaced: float
    leaving: float | None
    added: float | None
    address: str


class FallResult(Struct, frozen=True):
    """The workforce and the cases that a printed fall of an average implies, with the range that rounding leaves."""

    id: str
    label: str
    before: float
    after: float
    decimals: int
    posts: float
    fte: CaseloadFigure
    cases: CaseloadFigure


class SaidResult(Struct, frozen=True):
    """What posts that a paper says imply of the workforce now; by_newly_qualified: FTE that do the same work."""

    id: str
    label: str
    team: str
    target: str
    target_cases: float
    posts: float
    fte: CaseloadFigure
    average: CaseloadFigure
    by_newly_qualified: float | None


class SpanResult(Struct, frozen=True):
    """Cases that managers oversee, each now, and the managers that they take."""

    id: str
    label: str
    cases: float
    managers: float | None
    each: float | None
    least: float
    most: float
    fewest_managers: float
    most_managers: float
    address: str


class TriggerResult(Struct, frozen=True):
    """A level of cases, how many are left, and when the trend is there; month: None with a reason."""

    id: str
    label: str
    team: str
    level: float
    left: float
    change_in_a_month: float | None
    months: float | None
    month: str | None
    reason: Annotated[str | None, LEFT_OUT]
    address: str


class CaseFlowResult(Struct, frozen=True):
    """Cases when they stay open for another time. monthly: at the end of each month of the case.

    begins: its first month; first: the place of that among the months of the case, below 0 where it is before them.
    steady: whether today's number is what is opened × today's stay.
    """

    id: str
    label: str
    team: str
    stays: Literal["fixed", "geometric"]
    applies_to: Literal["new", "all"]
    stay: float
    new_stay: float
    opened: float
    opened_is_implied: bool
    balance: float
    steady: bool
    settles: float
    month_zero: float
    begins: str
    first: int
    monthly: Yearly
    address: str


class CountOfSeries(Struct, frozen=True):
    """A number of a series: of when, in words; None where the source has none."""

    when: str
    number: float | None


class SeriesResult(Struct, frozen=True):
    """A workload over time; gaps are among the counts, without number. share: of the first; mean: of those known."""

    id: str
    label: str
    unit: str
    counts: tuple[CountOfSeries, ...]
    gaps: tuple[str, ...]
    change: float
    share: float | None
    mean: float
    address: str


class OptionCaseloadResult(Struct, frozen=True):
    """The caseload of a team under an option at the end of each year, and with nothing done; by month likewise."""

    option: str
    team: str
    label: str
    cases: Yearly
    fte: Yearly
    average: Yearly
    at_year_end: Yearly
    without: Yearly
    address: str


class CaseloadResult(Struct, frozen=True):
    """What was found of caseloads. as_at: the day of the figures, and in words with what is known of it.

    worker: £ for one more in the first year, all of it in post; pooled: of all teams.
    """

    label: str
    as_at: str
    as_at_words: str
    months: tuple[str, ...]
    teams: tuple[TeamResult, ...]
    pooled: tuple[PooledResult, ...]
    worker: float | None
    worker_title: str | None
    shares: tuple[WorkforceShareResult, ...]
    agency: AgencyTargetResult | None
    falls: tuple[FallResult, ...]
    posts_said: tuple[SaidResult, ...]
    spans: tuple[SpanResult, ...]
    triggers: tuple[TriggerResult, ...]
    flows: tuple[CaseFlowResult, ...]
    series: tuple[SeriesResult, ...]
    options: tuple[OptionCaseloadResult, ...]

    def option(self, name: str) -> OptionCaseloadResult | None:
        """The caseload under an option; None where the option names none."""
        return next((each for each in self.options if each.option == name), None)


def caseload_result(appraisal: Appraisal) -> CaseloadResult | None:
    """What was found of the caseloads of a case; None where it states none."""
    written = appraisal.written.caseload
    if written is None:
        return None
    stated = written.caseload
    return CaseloadResult(
        label=stated.label,
        as_at=stated.as_at.last.isoformat(),
        as_at_words=_day(stated.as_at),
        months=tuple(map(str, appraisal.case.horizon.months)),
        teams=tuple(_team(appraisal, written, team) for team in written.teams),
        pooled=tuple(
            PooledResult(
                "case_holding" if each.base == "case_holding" else "all",
                each.teams,
                amount(appraisal, each.cases),
                amount(appraisal, each.fte),
                value(appraisal, each.average),
                each.average.address,
            )
            for each in written.pooled
        ),
        worker=None if written.worker is None else amount(appraisal, written.worker),
        worker_title=None if stated.worker is None else stated.worker.title,
        shares=tuple(
            WorkforceShareResult(
                each.experience,
                each.base,
                amount(appraisal, each.number),
                amount(appraisal, each.of),
                value(appraisal, each.share),
                each.share.address,
            )
            for each in written.shares
        ),
        agency=None if written.agency is None else _agency(appraisal, written.agency),
        falls=tuple(_fall(appraisal, each) for each in written.falls),
        posts_said=tuple(_said(appraisal, each) for each in written.said),
        spans=tuple(
            SpanResult(
                each.span.id,
                each.span.label,
                amount(appraisal, each.cases),
                None if each.span.managers is None else each.span.managers.values[0],
                _maybe(appraisal, each.each),
                each.span.least.values[0],
                each.span.most.values[0],
                amount(appraisal, each.fewest),
                amount(appraisal, each.most),
                each.fewest.address,
            )
            for each in written.spans
        ),
        triggers=tuple(_trigger(appraisal, written, each) for each in written.triggers),
        flows=tuple(_flow(appraisal, each) for each in written.flows),
        series=tuple(_series(appraisal, each) for each in written.series),
        options=tuple(_of_option(appraisal, name, each) for name, each in appraisal.written.caseload_of.items()),
    )


def _day(date: PartialDate) -> str:
    """A day, or the month or year that is known of it."""
    return date.words if date.is_exact else date.words.partition("(known: ")[2].removesuffix(")")


def _maybe(appraisal: Appraisal, line: Line | None) -> float | None:
    return None if line is None else value(appraisal, line)


def _figure(appraisal: Appraisal, line: Line) -> CaseloadFigure:
    return CaseloadFigure(value(appraisal, line), None, None, reason(appraisal, line), line.address)


def _ranged(appraisal: Appraisal, figure: Ranged) -> CaseloadFigure:
    low, high = _maybe(appraisal, figure.low), _maybe(appraisal, figure.high)
    ends = [each for each in (figure.line, figure.high) if each is not None]
    why = next((found for each in ends if (found := reason(appraisal, each)) is not None), None)
    return CaseloadFigure(value(appraisal, figure.line), low, high, why, figure.line.address)


_NOT_STATED = {"cases": "the cases", "fte": "the case-holding FTE"}


def _team(appraisal: Appraisal, written: WrittenCaseload, found: WrittenTeam) -> TeamResult:
    team, states = found.team, written.states[found.team.id]
    printed = None if found.printed is None else amount(appraisal, found.printed.line)
    return TeamResult(
        id=team.id,
        label=team.label,
        cases=None if found.cases is None else _ranged(appraisal, found.cases),
        fte=None if found.fte is None else _ranged(appraisal, found.fte),
        all_fte=_maybe(appraisal, found.all_fte),
        average=None if found.average is None else _figure(appraisal, found.average),
        average_of_all=None if found.average_all is None else _figure(appraisal, found.average_all),
        printed=printed,
        decimals=team.decimals,
        agrees=_agrees(appraisal, found),
        lowest=None if team.lowest is None else team.lowest.values[0],
        highest=None if team.highest is None else team.highest.values[0],
        types=tuple(
            CasesOfTypeResult(
                each.id,
                each.label,
                amount(appraisal, each.cases),
                value(appraisal, each.share),
                _maybe(appraisal, each.points),
            )
            for each in found.types
        ),
        workers=tuple(
            WorkerGroupResult(
                each.group.id,
                each.group.label,
                each.group.experience,
                each.group.temporary,
                None if each.group.ends is None else each.group.ends.isoformat(),
                _maybe(appraisal, each.fte),
                _maybe(appraisal, each.people),
                _maybe(appraisal, each.share),
                _maybe(appraisal, each.for_one),
                None if each.group.at_most is None else each.group.at_most.values[0],
            )
            for each in found.groups
        ),
        temporary=_maybe(appraisal, found.temporary),
        lasting=_maybe(appraisal, found.lasting),
        points=_maybe(appraisal, found.points),
        capacity=_maybe(appraisal, found.capacity),
        used=_maybe(appraisal, found.used),
        at=tuple(_at(appraisal, each) for each in written.at[team.id]),
        ratios=_ratios(states),
        states=tuple(
            TeamState(
                each.state.id,
                each.state.label,
                amount(appraisal, each.fte),
                {name: value(appraisal, line) for name, line in each.ratios.items()},
                each.fte.address.removesuffix(".fte"),
            )
            for each in states
        ),
        missing=tuple(words for name, words in _NOT_STATED.items() if getattr(found, name) is None),
    )


def _ratios(states: tuple[StateOfTeam, ...]) -> dict[str, RatioOfTeam]:
    """What each ratio is, and its unit."""
    labels = states[0].labels if states else {}
    return {name: RatioOfTeam(label, states[0].ratios[name].unit) for name, label in labels.items()}


def _agrees(appraisal: Appraisal, found: WrittenTeam) -> bool | None:
    """Whether the printed average is what cases ÷ FTE rounds to; None where it is not both printed and worked out."""
    if found.printed is None or found.average is None or found.average is found.printed.line:
        return None
    average, low, high = (_maybe(appraisal, each) for each in (found.average, found.printed.low, found.printed.high))
    return None if average is None or low is None or high is None else low <= average < high


def _needed(appraisal: Appraisal, found: Needed | None) -> PostsNeeded | None:
    if found is None:
        return None
    return PostsNeeded(
        amount(appraisal, found.posts),
        amount(appraisal, found.whole),
        _maybe(appraisal, found.cost),
        _maybe(appraisal, found.cost_whole),
        (found.whole if found.cost_whole is None else found.cost_whole).address,
    )


def _at(appraisal: Appraisal, found: AtTarget) -> AtTargetResult:
    return AtTargetResult(
        id=found.target.id,
        label=found.target.label,
        kind=found.target.kind,
        cases=amount(appraisal, found.cases),
        over=_maybe(appraisal, found.over),
        share=_maybe(appraisal, found.share),
        workers=_maybe(appraisal, found.workers),
        whole_workers=_maybe(appraisal, found.whole_workers),
        now=_needed(appraisal, found.now),
        lasting=_needed(appraisal, found.lasting),
        by_newly_qualified=_maybe(appraisal, found.by_newly_qualified),
        others=_maybe(appraisal, found.others),
        address=(found.workers or found.over or found.cases).address,
    )


def _agency(appraisal: Appraisal, found: AgencyAtTarget) -> AgencyTargetResult:
    return AgencyTargetResult(
        counted=found.target.counted,
        share=amount(appraisal, found.share),
        agency=amount(appraisal, found.agency),
        establishment=amount(appraisal, found.establishment),
        changes=found.target.establishment is not None,
        allowed=amount(appraisal, found.allowed),
        permanent=amount(appraisal, found.permanent),
        replaced=amount(appraisal, found.replaced),
        leaving=value(appraisal, found.leaving),
        added=value(appraisal, found.added),
        address=found.replaced.address,
    )


def _fall(appraisal: Appraisal, found: WrittenFall) -> FallResult:
    return FallResult(
        found.fall.id,
        found.fall.label,
        amount(appraisal, found.before),
        amount(appraisal, found.after),
        found.fall.decimals,
        amount(appraisal, found.posts),
        _ranged(appraisal, found.fte),
        _ranged(appraisal, found.cases),
    )


def _said(appraisal: Appraisal, found: WrittenSaid) -> SaidResult:
    return SaidResult(
        found.said.id,
        found.said.label,
        found.said.team,
        found.said.target,
        amount(appraisal, found.target),
        amount(appraisal, found.posts),
        _ranged(appraisal, found.fte),
        _ranged(appraisal, found.average),
        _maybe(appraisal, found.by_newly_qualified),
    )


def _trigger(appraisal: Appraisal, written: WrittenCaseload, found: WrittenTrigger) -> TriggerResult:
    trend = written.trends.get(found.trigger.team)
    number = _maybe(appraisal, found.month)
    month = None if number is None else appraisal.case.first_year.first_month + (int(number) - 1)
    no_trend = "the case states no earlier number, so there is no trend"
    return TriggerResult(
        id=found.trigger.id,
        label=found.trigger.label,
        team=found.trigger.team,
        level=amount(appraisal, found.level),
        left=amount(appraisal, found.left),
        change_in_a_month=None if trend is None else amount(appraisal, trend.change),
        months=_maybe(appraisal, found.months),
        month=None if month is None else str(month),
        reason=no_trend if found.months is None else reason(appraisal, found.months),
        address=(found.months or found.left).address,
    )


def _flow(appraisal: Appraisal, found: WrittenFlow) -> CaseFlowResult:
    balance, now = amount(appraisal, found.balance), amount(appraisal, found.now)
    first = int(amount(appraisal, found.start)) - 1
    return CaseFlowResult(
        id=found.flow.id,
        label=found.flow.label,
        team=found.flow.team,
        stays=found.flow.stays,
        applies_to=found.flow.applies_to,
        stay=found.flow.stay.values[0],
        new_stay=found.flow.new_stay.values[0],
        opened=amount(appraisal, found.opened),
        opened_is_implied=found.opened_is_implied,
        balance=balance,
        steady=round(balance) == round(now),
        settles=amount(appraisal, found.settles),
        month_zero=amount(appraisal, found.month_zero),
        begins=str(appraisal.case.first_year.first_month + first),
        first=first,
        monthly=values(appraisal, found.path),
        address=found.path.address,
    )


def _series(appraisal: Appraisal, found: WrittenSeries) -> SeriesResult:
    held: list[tuple[object, CountOfSeries]] = [
        (date.last, CountOfSeries(period_of(date, found.every), amount(appraisal, number)))
        for date, number in zip(found.dates, found.numbers, strict=True)
    ]
    held += [(gap.last_day, CountOfSeries(gap.words, None)) for gap in found.gaps]
    return SeriesResult(
        id=found.id,
        label=found.label,
        unit=found.unit,
        counts=tuple(count for _, count in sorted(held, key=lambda each: str(each[0]))),
        gaps=tuple(gap.words for gap in found.gaps),
        change=amount(appraisal, found.change),
        share=value(appraisal, found.share),
        mean=amount(appraisal, found.mean),
        address=found.change.address,
    )


def _of_option(appraisal: Appraisal, name: str, found: CaseloadOfOption) -> OptionCaseloadResult:
    return OptionCaseloadResult(
        option=name,
        team=found.team.team.id,
        label=found.team.team.label,
        cases=values(appraisal, found.cases),
        fte=values(appraisal, found.fte),
        average=values(appraisal, found.average),
        at_year_end=values(appraisal, found.at_year_end),
        without=values(appraisal, found.without),
        address=found.at_year_end.address,
    )
