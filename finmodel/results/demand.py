"""What was found of demand: the counts with their rates, each projection, costs avoided, what printed claims imply."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.basis.book import DrawnFromBaseline
from finmodel.case.dated_counts import Dated
from finmodel.demand.avoided import CONVENTIONS, WrittenAvoided
from finmodel.demand.claims import WrittenClaimOfPaper
from finmodel.demand.errors import NO_RANGE
from finmodel.demand.history import Reconciled, UnitCosts
from finmodel.demand.ledger import NO_PLACEMENT
from finmodel.demand.observed import missing_periods
from finmodel.demand.parts import Breakdown
from finmodel.demand.paths import ProjectedPath
from finmodel.demand.write import AgainstTarget, Outturn, WrittenDemand
from finmodel.lines.line import Line
from finmodel.parsing.partial_dates import day_in_words
from finmodel.results.figures import amount, amounts, reason, value, values
from finmodel.results.written import LEFT_OUT, Amounts, Yearly


class RateResult(Struct, frozen=True):
    """Children per 10,000 of a population; population: whose, and of when."""

    population: str
    number: float
    rate: float | None
    address: str


class OtherReading(Struct, frozen=True):
    """Another observation that may be of the same day: its number, its date in words, its source."""

    children: float
    date: str
    source: str
    where: str


class ObservationResult(Struct, frozen=True):
    """A count: the day that serves (ISO), in words with what is known of it, and the days that it may be.

    change: children since the count before, None of the first. others: what else is stated of the same day.
    """

    day: str
    words: str
    earliest: str
    latest: str
    about: bool
    children: float
    change: float | None
    rates: tuple[RateResult, ...]
    others: tuple[OtherReading, ...]
    source: str
    where: str
    confidence: str
    address: str


class PartResult(Struct, frozen=True):
    """A group with its children on each of the days; None on a day for which it is not stated, which is not zero."""

    label: str
    children: Yearly


class BreakdownResult(Struct, frozen=True):
    """The counts by one kind of group, such as age, on each of some days.

    gaps: children by which the count of a day differs from its parts, None where there is no count of that day.
    """

    by: str
    days: tuple[str, ...]
    parts: tuple[PartResult, ...]
    totals: Amounts
    gaps: Yearly
    sources: tuple[str, ...]


class SeasonOfYearResult(Struct, frozen=True):
    """How far the counts of a month are above their trend, a share; cycles: the mean of how many years."""

    name: str
    cycles: int
    above: float


class SeasonResult(Struct, frozen=True):
    """The counts of each month or quarter against their trend; none, with what is missing, where too few are known."""

    seasons: tuple[SeasonOfYearResult, ...]
    reason: Annotated[str | None, LEFT_OUT]


class FlowResult(Struct, frozen=True):
    """Entries and leavers between two counts; leavers_implied: whether the counts alone say how many left.

    gap: children by which the closing count differs from opening + entries − leavers, None where leavers are implied.
    """

    start: str
    end: str
    opening: float
    entries: float
    leavers: float
    closing: float
    leavers_implied: bool
    gap: float | None


class ProjectionResult(Struct, frozen=True):
    """A projection: children at each month's end, None before the last count; at each year's end, with the reason."""

    id: str
    label: str
    method: str
    passes_last_count: bool
    monthly: Yearly
    at_year_end: Yearly
    reason: Annotated[str | None, LEFT_OUT]
    address: str


class RangeResult(Struct, frozen=True):
    """The baseline less and more its mean error in a back-test, by year: its own where it has origins enough.

    whose: the council's own back-test, or that over councils of its size. method: of the back-test. error: as a share;
    None, with the reason, where it was not tried so far ahead. origins: of its own, one, two and three years ahead;
    why_councils: why its own does not serve. councils_error: over councils of its size, whichever serves.
    """

    method: str
    whose: Literal["own", "councils"]
    origins: tuple[int, ...]
    why_councils: Annotated[str | None, LEFT_OUT]
    error: Yearly
    councils_error: Yearly
    low: Yearly
    high: Yearly
    reason: Annotated[str | None, LEFT_OUT]
    address: str


class OwnRecordResult(Struct, frozen=True):
    """The mean error of a way of going on in the council's own counts, as a share; origins: how often it was tried."""

    label: str
    origins: int
    mean_error: float


class ErrorResult(Struct, frozen=True):
    """What a projection had for a day that has passed, and how far it was out; error: projection less outturn."""

    id: str
    label: str
    projected: float
    error: float
    share: float | None


class OutturnResult(Struct, frozen=True):
    """What came to be on a day, with every projection next to it; nearest: the ids of the least error."""

    day: str
    words: str
    children: float
    errors: tuple[ErrorResult, ...]
    nearest: tuple[str, ...]


class ConventionResult(Struct, frozen=True):
    """Costs avoided by one convention, £ by year and in all, and the child-years they are made of."""

    id: str
    label: str
    cost: Amounts
    child_years: Amounts
    total: float
    total_child_years: float
    address: str


class AvoidedResult(Struct, frozen=True):
    """Costs avoided against the baseline. compared_with: what came to be (`outturn`) or is planned (`planned`).

    children: fewer than the baseline at each month's end; at_the_last: at the last. at_months_start, at_months_end: the
    middle convention's total, £, had each month been read there in the place of the average of both. error: children by
    which such a baseline is usually out by then; shown: whether the difference is more. cashable: £ by year that the
    growth in the base budget covers, None where the case states no such growth.
    """

    start: str
    end: str
    compared_with: Literal["outturn", "planned"]
    baseline: str
    placement: str
    unit_cost: float
    children: Amounts
    conventions: tuple[ConventionResult, ...]
    at_months_start: float
    at_months_end: float
    at_the_last: float
    error: float
    shown: bool
    cashable: Amounts | None
    total_cashable: float | None


class TargetResult(Struct, frozen=True):
    """A day of the target: children fewer than the baseline, and children above the target; never netted."""

    day: str
    words: str
    target: float
    actual: float
    avoided: float
    short: float


class OverlapResult(Struct, frozen=True):
    """Children whom a claim of an option counts and the baseline has no longer: child-years, which save nothing.

    claimed, drawn: child-years over all months, as claimed and as far as the ledger had them. overlap_cost: what the
    overlap would have saved before deductions, £, cash.
    """

    option: str
    claim: str
    label: str
    claimed: float
    drawn: float
    overlap: float
    overlap_cost: float


class ClaimedFirstResult(Struct, frozen=True):
    """What another proposal or a stage draws before every option, in child-years; overlap: what was not left for it.

    overlap_cost: what the overlap would have saved, £; None with the reason where no placement prices it.
    """

    label: str
    claimed: float
    drawn: float
    overlap: float
    overlap_cost: float | None
    why_no_cost: str | None


class OverMonthsResult(Struct, frozen=True):
    """Children over so many months that come to the claim: level, or at the end of a steady rise from none."""

    months: int
    level: float | None
    ramp: float | None


class ClaimOfPaperResult(Struct, frozen=True):
    """A printed claim and what it implies. bracketed_by: the two conventions between which it lies; () where none.

    on_average: children over the months counted; error: by how many the baseline is usually out; shown: whether the
    claim is more than that. moved_by_reading: whether the day on which each month is read, its start, its end or the
    average of both, decides if the claim is above what was avoided by the middle; None where no months are counted.
    """

    id: str
    label: str
    amount: float
    child_years: float | None
    child_months: float | None
    over: tuple[OverMonthsResult, ...]
    bracketed_by: tuple[str, ...]
    moved_by_reading: bool | None
    on_average: float | None
    error: float | None
    shown: bool | None
    where: str
    address: str


class UnitCostResult(Struct, frozen=True):
    """Unit costs of a year's spend, £ a child: by its end, on average of opening and closing, for a day.

    marginal: growth in spend ÷ growth in children since the year before it in the case; None with the reason.
    """

    id: str
    label: str
    at_year_end: float | None
    on_average: float | None
    on_average_reason: Annotated[str | None, LEFT_OUT]
    per_day: float | None
    marginal: float | None
    marginal_reason: Annotated[str | None, LEFT_OUT]


class DemandResult(Struct, frozen=True):
    """What was found of demand. baseline: the projection that savings are claimed against; later: an estimate since
    then, which moves no claim. missing: periods without a count in a table that has one of each.
    """

    label: str
    basis: str
    months: tuple[str, ...]
    observations: tuple[ObservationResult, ...]
    missing: tuple[str, ...]
    parts: tuple[BreakdownResult, ...]
    season: SeasonResult
    flows: tuple[FlowResult, ...]
    projections: tuple[ProjectionResult, ...]
    baseline: str
    decided_on: str | None
    later: str | None
    range: RangeResult
    own_record: tuple[OwnRecordResult, ...]
    outturns: tuple[OutturnResult, ...]
    avoided: AvoidedResult | None
    targets: tuple[TargetResult, ...]
    claimed_first: tuple[ClaimedFirstResult, ...]
    ledger: tuple[OverlapResult, ...]
    claims: tuple[ClaimOfPaperResult, ...]
    unit_costs: tuple[UnitCostResult, ...]

    @property
    def of_baseline(self) -> ProjectionResult:
        """The projection that savings are claimed against."""
        return next(each for each in self.projections if each.id == self.baseline)

    @property
    def last(self) -> ObservationResult:
        """The last count."""
        return self.observations[-1]


def demand_result(appraisal: Appraisal) -> DemandResult | None:
    """What was found of the demand of a case; None where it states none."""
    written = appraisal.written.demand
    if written is None:
        return None
    demand, decided = written.demand, written.demand.decided
    avoided = None if written.avoided is None else _avoided(appraisal, written, written.avoided)
    return DemandResult(
        label=demand.label,
        basis=demand.basis,
        months=tuple(map(str, appraisal.case.horizon.months)),
        observations=tuple(_observation(appraisal, written, place) for place in range(len(written.timed.days))),
        missing=missing_periods(written.timed.days, demand.every),
        parts=tuple(_breakdown(appraisal, each) for each in written.parts),
        season=SeasonResult(
            tuple(
                SeasonOfYearResult(each.name, each.cycles, amount(appraisal, each.above))
                for each in written.season.seasons
            ),
            written.season.why_not or None,
        ),
        flows=tuple(_flow(appraisal, written, flow) for flow in written.flows),
        projections=tuple(_projection(appraisal, written, path) for path in written.paths.values()),
        baseline=written.baseline.id,
        decided_on=None if decided is None else decided.on.isoformat(),
        later=None if written.later is None else written.later.id,
        range=_range(appraisal, written),
        own_record=tuple(
            OwnRecordResult(each.label, each.origins, amount(appraisal, each.mean_error)) for each in written.own_record
        ),
        outturns=tuple(_outturn(appraisal, written, outturn) for outturn in written.outturns),
        avoided=avoided,
        targets=tuple(_target(appraisal, each) for each in written.targets),
        claimed_first=tuple(
            ClaimedFirstResult(
                each.label,
                *_child_years(appraisal, each),
                None if each.cost is None else amount(appraisal, each.cost),
                NO_PLACEMENT if each.cost is None else None,
            )
            for each in appraisal.written.ledger
            if not each.option
        ),
        ledger=tuple(
            OverlapResult(
                each.option, each.claim, each.label, *_child_years(appraisal, each), amount(appraisal, each.cost)
            )
            for each in appraisal.written.ledger
            if each.option and each.cost is not None
        ),
        claims=tuple(_claim(appraisal, claim, avoided) for claim in written.claims),
        unit_costs=tuple(_unit_cost(appraisal, each) for each in written.unit_costs),
    )


def _child_years(appraisal: Appraisal, entry: DrawnFromBaseline) -> tuple[float, float, float]:
    """Claimed, drawn and over."""
    return amount(appraisal, entry.claimed), amount(appraisal, entry.drawn), amount(appraisal, entry.overlap)


def _breakdown(appraisal: Appraisal, found: Breakdown) -> BreakdownResult:
    def part(name: str) -> PartResult:
        lines = [day.parts.get(name) for day in found.days]
        return PartResult(name, tuple(None if line is None else amount(appraisal, line) for line in lines))

    return BreakdownResult(
        by=found.by,
        days=tuple(day.name for day in found.days),
        parts=tuple(map(part, found.names)),
        totals=tuple(amount(appraisal, day.total) for day in found.days),
        gaps=tuple(None if day.gap is None else amount(appraisal, day.gap) for day in found.days),
        sources=tuple(
            dict.fromkeys(line.origin.source for day in found.days for line in day.parts.values() if line.origin)
        ),
    )


def _unit_cost(appraisal: Appraisal, found: UnitCosts) -> UnitCostResult:
    marginal = found.marginal
    return UnitCostResult(
        id=found.stated.id,
        label=found.stated.label,
        at_year_end=value(appraisal, found.at_year_end),
        on_average=None if found.on_average is None else value(appraisal, found.on_average),
        on_average_reason="the count at the year’s start is not stated" if found.on_average is None else None,
        per_day=value(appraisal, found.per_day),
        marginal=None if marginal is None else value(appraisal, marginal),
        marginal_reason="no earlier year is stated" if marginal is None else reason(appraisal, marginal),
    )


def _observation(appraisal: Appraisal, written: WrittenDemand, place: int) -> ObservationResult:
    day = written.timed.days[place]
    line = written.timed.children(day)
    origin = line.origin
    rates = tuple(
        RateResult(
            rate.population.label,
            rate.population.number.values[0],
            value(appraisal, rate.line),
            rate.line.address,
        )
        for rate in written.rates
        if rate.day is day
    )
    return ObservationResult(
        day=day.day("known").isoformat(),
        words=day.used.date.words,
        earliest=day.first.isoformat(),
        latest=day.last.isoformat(),
        about=day.used.about,
        children=amount(appraisal, line),
        change=amount(appraisal, written.growth[place - 1]) if place else None,
        rates=rates,
        others=tuple(_other(appraisal, day)),
        source="" if origin is None else origin.source,
        where="" if origin is None else origin.where,
        confidence="" if origin is None else origin.confidence,
        address=line.address,
    )


def _other(appraisal: Appraisal, day: Dated) -> list[OtherReading]:
    sources = appraisal.case.sources
    return [
        OtherReading(
            each.children.values[0],
            each.date.words,
            sources[each.source].title if each.source in sources else each.source,
            each.where,
        )
        for each in day.others
    ]


def _flow(appraisal: Appraisal, written: WrittenDemand, flow: Reconciled) -> FlowResult:
    stated = flow.flow
    return FlowResult(
        start=stated.start.isoformat(),
        end=stated.end.isoformat(),
        opening=amount(appraisal, written.timed.children(flow.opening)),
        entries=0.0 if stated.entries is None else stated.entries.values[0],
        leavers=amount(appraisal, flow.leavers),
        closing=amount(appraisal, written.timed.children(flow.closing)),
        leavers_implied=flow.gap is None,
        gap=None if flow.gap is None else amount(appraisal, flow.gap),
    )


def _projection(appraisal: Appraisal, written: WrittenDemand, path: ProjectedPath) -> ProjectionResult:
    base = written.timed.base.day("known")
    months = zip(appraisal.case.horizon.months, values(appraisal, path.monthly), strict=True)
    yearly = values(appraisal, path.yearly)
    return ProjectionResult(
        id=path.id,
        label=path.label,
        method=path.method,
        passes_last_count=path.passes_last_count,
        monthly=tuple(figure if month.last_day >= base else None for month, figure in months),
        at_year_end=yearly,
        reason="it is before the last count" if None in yearly else None,
        address=path.yearly.address,
    )


def _range(appraisal: Appraisal, written: WrittenDemand) -> RangeResult:
    found = written.range
    error = values(appraisal, found.error)
    return RangeResult(
        method=found.method,
        whose="own" if found.origins else "councils",
        origins=found.origins,
        why_councils=found.why_not or None,
        error=error,
        councils_error=values(appraisal, found.councils),
        low=values(appraisal, found.low),
        high=values(appraisal, found.high),
        reason=NO_RANGE if None in error else None,
        address=found.error.address,
    )


def _outturn(appraisal: Appraisal, written: WrittenDemand, outturn: Outturn) -> OutturnResult:
    errors = tuple(
        ErrorResult(
            path.id,
            path.label,
            amount(appraisal, outturn.projected[path.id]),
            amount(appraisal, outturn.error[path.id]),
            value(appraisal, outturn.share[path.id]),
        )
        for path in written.paths.values()
    )
    least = min(abs(each.error) for each in errors)
    return OutturnResult(
        day=outturn.day.day("known").isoformat(),
        words=day_in_words(outturn.day.day("known")),
        children=amount(appraisal, outturn.children),
        errors=errors,
        nearest=tuple(each.id for each in errors if abs(each.error) == least),
    )


def _target(appraisal: Appraisal, found: AgainstTarget) -> TargetResult:
    return TargetResult(
        day=found.day.day("known").isoformat(),
        words=day_in_words(found.day.day("known")),
        target=amount(appraisal, found.target),
        actual=amount(appraisal, found.actual),
        avoided=amount(appraisal, found.avoided),
        short=amount(appraisal, found.short),
    )


def _avoided(appraisal: Appraisal, written: WrittenDemand, avoided: WrittenAvoided) -> AvoidedResult:
    def cost(name: str) -> ConventionResult:
        return ConventionResult(
            id=name,
            label=CONVENTIONS[name],
            cost=amounts(appraisal, avoided.cost[name]),
            child_years=amounts(appraisal, avoided.child_years[name]),
            total=amount(appraisal, avoided.total[name]),
            total_child_years=amount(appraisal, avoided.total_child_years[name]),
            address=avoided.total[name].address,
        )

    stated = avoided.stated
    return AvoidedResult(
        start=str(stated.start),
        end=str(stated.end),
        compared_with="outturn" if written.demand.outturns else "planned",
        baseline=written.baseline.id,
        placement=appraisal.case.placements[stated.placement].label,
        unit_cost=amount(appraisal, avoided.unit_cost),
        children=amounts(appraisal, avoided.difference),
        conventions=tuple(map(cost, CONVENTIONS)),
        at_months_start=amount(appraisal, avoided.readings["start"]),
        at_months_end=amount(appraisal, avoided.readings["end"]),
        at_the_last=amount(appraisal, avoided.at_the_last),
        error=amount(appraisal, avoided.error),
        shown=amount(appraisal, avoided.shown) == 1,
        cashable=None if avoided.cashable is None else amounts(appraisal, avoided.cashable),
        total_cashable=None if avoided.total_cashable is None else amount(appraisal, avoided.total_cashable),
    )


def _claim(appraisal: Appraisal, claim: WrittenClaimOfPaper, avoided: AvoidedResult | None) -> ClaimOfPaperResult:
    def figure(line: Line) -> float | None:
        return value(appraisal, line)

    printed = amount(appraisal, claim.amount)
    return ClaimOfPaperResult(
        id=claim.claim.id,
        label=claim.claim.label,
        amount=printed,
        child_years=figure(claim.child_years),
        child_months=figure(claim.child_months),
        over=tuple(OverMonthsResult(each.months, figure(each.level), figure(each.ramp)) for each in claim.over),
        bracketed_by=() if avoided is None else _bracket(printed, avoided.conventions),
        moved_by_reading=None if avoided is None else _moved_by_reading(printed, avoided),
        on_average=figure(claim.on_average),
        error=None if avoided is None else avoided.error,
        shown=None if (shown := figure(claim.shown)) is None else shown == 1,
        where=claim.claim.where,
        address=claim.child_years.address,
    )


def _moved_by_reading(printed: float, avoided: AvoidedResult) -> bool:
    """Whether some reading of the months puts a claim above the middle figure and another does not."""
    middle = next(each.total for each in avoided.conventions if each.id == "by_the_middle")
    above = {printed > figure for figure in (avoided.at_months_start, middle, avoided.at_months_end)}
    return len(above) > 1


def _bracket(printed: float, conventions: tuple[ConventionResult, ...]) -> tuple[str, ...]:
    """The nearest convention below a claim and the nearest above; () where all are on one side."""
    below = [each for each in conventions if each.total <= printed]
    above = [each for each in conventions if each.total >= printed]
    if not below or not above:
        return ()
    low, high = max(below, key=lambda each: each.total), min(above, key=lambda each: each.total)
    return (low.id, high.id)
