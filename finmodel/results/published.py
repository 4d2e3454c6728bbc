"""What of an appraisal may be published: its totals and the case's own texts, without what the case marks as exempt.

Made of what is named here and nothing else, so that a new result is not published by accident. It holds no inputs, no
rules, no files' digests: whoever has a file's digest can try prices until it fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import floor
from typing import Annotated, Literal

from msgspec import Struct

from finmodel import __version__
from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.exempt import under
from finmodel.appraisal.money_spent import CUMULATIVE, MONEY_SPENT, NET_POSITION
from finmodel.appraisal.options import WrittenOption
from finmodel.lines.display import NO_NUMBER, number, percent, pounds, rounded
from finmodel.lines.explain import shown
from finmodel.lines.line import Line
from finmodel.lines.outcomes import PeriodName
from finmodel.parsing.problems import CannotBeDoneError, Problem
from finmodel.results.exempt_texts import ExemptTexts
from finmodel.results.simulated import simulation_of
from finmodel.results.withheld import withheld
from finmodel.results.wording import listed, sentence
from finmodel.results.written import LEFT_OUT
from finmodel.uncertainty.simulated import SimulatedOption

EXEMPT = "Exempt"
FORECAST, NEEDED = "forecast_children", "break_even_children_average"
_MEASURES = (
    "total_money_spent",
    "total_cost",
    "full_year_cost",
    "total_saving",
    "total_net_saving",
    "payback_month",
    "peak_exposure",
    "peak_exposure_month",
    "net_present_budget_impact",
    "net_present_public_value",
    "public_benefit_cost_ratio",
    NEEDED,
    FORECAST,
)
_YEARLY = ("cost", "capital_outlay", MONEY_SPENT, "cashable_saving", "net_saving", NET_POSITION, CUMULATIVE)
_LABELS = {
    NEEDED: "Children needed to break even, averaged over the years shown",
    FORECAST: "Children forecast, averaged over the years shown",
}
_SHARES_OF_DRAWS = {
    "p10": "Net at the end that a tenth of the draws lie below",
    "p50": "Net at the end that half of the draws lie below",
    "p90": "Net at the end that nine tenths of the draws lie below",
}
_ROUNDING = 1e-9
_NOBODY = "no forecast is made of the saving"


class LeftOut(Struct, frozen=True):
    """What the case marks as exempt: the beginning of its addresses, what it is, and why it is exempt."""

    of: str
    what: str
    reason: str


class PublicFigure(Struct, frozen=True):
    """A figure for the whole case, or one a year; values to the penny, None where there is none or it is left out.

    shown: as readers see it, `Exempt` where it is left out. exempt: whether it is.
    """

    name: str
    label: str
    unit: str
    values: tuple[float | None, ...]
    shown: tuple[str, ...]
    exempt: bool


class PublicOption(Struct, frozen=True):
    """An option: its texts, its measures, what it comes to by year, and its posts and costs by year."""

    id: str
    title: str
    description: str
    status_quo: bool
    recommended: bool
    advantages: tuple[str, ...]
    disadvantages: tuple[str, ...]
    risks: tuple[str, ...]
    measures: tuple[PublicFigure, ...]
    by_year: tuple[PublicFigure, ...]
    costs: tuple[PublicFigure, ...]


class PublicDemand(Struct, frozen=True):
    """Children looked after: the counts, what came to be, each projection and its range at each year's end.

    baseline: the projection that savings are claimed against, by its name among them. Neither costs avoided are in it,
    whose terms give a price, nor groups, whose smallest could be had from the others.
    """

    label: str
    baseline: str
    counts: tuple[PublicFigure, ...]
    outturns: tuple[PublicFigure, ...]
    projections: tuple[PublicFigure, ...]


class PublicDrawn(Struct, frozen=True):
    """What the draws from the case's own ranges say of an option: how often it is paid back, and where its net lies.

    figures: the share of draws in which all money spent is paid back within the years shown, rounded down to a whole
    percent; the net position at the end that a tenth, half and nine tenths of the draws lie below, to £1,000.
    """

    id: str
    title: str
    figures: tuple[PublicFigure, ...]


class PublicSimulation(Struct, frozen=True):
    """The headline of the simulation, where the case states ranges: totals of draws, and none of the ranges."""

    draws: int
    options: tuple[PublicDrawn, ...]


class PublicResults(Struct, frozen=True):
    """What may be published of an appraisal; `public` and `notice` say that it is not the whole.

    small_numbers: counts of children below it are shown as fewer; None for none. texts_left_out: how many texts of the
    case name an exempt figure and are left out for it. finmodel: the version.
    """

    format: Literal[1]
    public: Literal[True]
    notice: str
    exempt: tuple[LeftOut, ...]
    small_numbers: int | None
    title: str
    council: str
    meeting: str
    date: str
    summary: str
    price_base: str
    years: tuple[str, ...]
    recommendations: tuple[str, ...]
    purpose: tuple[str, ...]
    background: tuple[str, ...]
    implications: Mapping[str, str]
    options: tuple[PublicOption, ...]
    demand: Annotated[PublicDemand | None, LEFT_OUT]
    simulation: Annotated[PublicSimulation | None, LEFT_OUT]
    texts_left_out: int
    finmodel: str


def published(appraisal: Appraisal) -> PublicResults:
    """What may be published; CannotBeDoneError where the case marks nothing as exempt, so that no copy is needed."""
    return _Copy(appraisal).results()


class _Copy:
    def __init__(self, appraisal: Appraisal) -> None:
        self.appraisal, self.case = appraisal, appraisal.case
        if not self.case.exempt and self.case.small_numbers is None:
            what = "The case marks nothing as exempt, so a copy for publication would leave nothing out"
            remedy = "Add `exempt:` or `small_numbers:` to the case; or publish the report itself."
            raise CannotBeDoneError([Problem(appraisal.loaded.files[0][0], None, "", what, remedy)])
        self.withheld = withheld(appraisal)
        self.texts = ExemptTexts(appraisal, self.withheld.exempt)

    def results(self) -> PublicResults:
        case, text, texts = self.case, self.texts.shown, self.texts.all_shown
        exempt = tuple(self._left_out())
        return PublicResults(
            format=1,
            public=True,
            notice=_notice(exempt, case.small_numbers),
            exempt=exempt,
            small_numbers=case.small_numbers,
            title=text(case.title),
            council=text(case.council_name),
            meeting="" if case.meeting is None else text(case.meeting.body),
            date="" if case.meeting is None else case.meeting.date.isoformat(),
            summary=text(case.summary),
            price_base=str(case.price_base),
            years=tuple(map(str, case.horizon.years)),
            recommendations=texts(case.recommendations),
            purpose=texts(case.purpose),
            background=texts(case.background),
            implications={name: text(said) for name, said in case.implications.model_dump().items() if said},
            options=tuple(self._option(option) for option in self.appraisal.written.options),
            demand=self._demand(),
            simulation=self._simulation(),
            texts_left_out=self.texts.left_out,
            finmodel=__version__,
        )

    def _left_out(self) -> Iterator[LeftOut]:
        for entry in self.case.exempt:
            inputs = [line.label for line in under(self.appraisal.written.model, entry.of) if line.is_stated]
            yield LeftOut(entry.of, listed(list(dict.fromkeys(map(self.texts.shown, inputs)))), entry.reason)

    def _option(self, written: WrittenOption) -> PublicOption:
        option, text, texts = written.option, self.texts.shown, self.texts.all_shown
        priced = [post.cost for post in written.own.posts] + [cost.cost for cost in written.own.costs if cost.cost]
        return PublicOption(
            id=option.id,
            title=text(option.title),
            description=text(option.description),
            status_quo=option.id == self.case.status_quo,
            recommended=option.id == self.case.recommended,
            advantages=texts(option.advantages),
            disadvantages=texts(option.disadvantages),
            risks=texts(option.risks),
            measures=tuple(self._measures(written)),
            by_year=tuple(self._figure(name, written.yearly[name]) for name in _YEARLY if name in written.yearly),
            costs=tuple(self._figure(line.address.split(".")[-2], line) for line in priced),
        )

    def _measures(self, written: WrittenOption) -> Iterator[PublicFigure]:
        lines = self.appraisal.written.measures[written.option.id]
        for name in _MEASURES:
            if name in lines:
                figure = self._figure(name, lines[name])
                if name in (FORECAST, NEEDED):
                    figure = self._children(figure, [lines[other] for other in (FORECAST, NEEDED) if other in lines])
                required = any(claim.claim.basis == "requirement" for claim in written.own.claims)
                if name == "payback_month" and required and not figure.exempt:
                    figure = _without(figure, (f"None expected: {_NOBODY}",), exempt=False)
                yield figure

    def _demand(self) -> PublicDemand | None:
        """What may be published of children looked after; where a count is small, projections from it are left out."""
        written = self.appraisal.written.demand
        if written is None:
            return None
        counts = [written.timed.children(day) for day in written.timed.days]
        outturns = [outturn.children for outturn in written.outturns]
        known = [*counts, *outturns]
        paths = {path.id: path.yearly for path in written.paths.values()}
        paths |= {"low": written.range.low, "high": written.range.high}
        return PublicDemand(
            label=self.texts.shown(written.demand.label),
            baseline=written.baseline.id,
            counts=tuple(self._count(line, (line,)) for line in counts),
            outturns=tuple(self._count(line, (line,)) for line in outturns),
            projections=tuple(self._count(line, known, name) for name, line in paths.items()),
        )

    def _simulation(self) -> PublicSimulation | None:
        """The headline of the draws; of an option that anything exempt is behind, none: a spread shows more of a price
        than a total does."""
        found = simulation_of(self.appraisal)
        if found is None:
            return None
        written = {option.option.id: option for option in self.appraisal.written.options}
        drawn = [
            PublicDrawn(option.id, self.texts.shown(option.title), tuple(self._drawn(option, written[option.id])))
            for option in found.options
            if option.payback is not None and option.fan and option.fan[-1].p10 != option.fan[-1].p90
        ]
        return PublicSimulation(found.draws, tuple(drawn)) if drawn else None

    def _drawn(self, option: SimulatedOption, written: WrittenOption) -> Iterator[PublicFigure]:
        assert option.payback is not None
        often, last = option.payback.by_year[-1], option.fan[-1]
        figures = [("paid_back", f"Draws in which it is paid back by {self.case.horizon.months[-1].words}", "share")]
        figures += [(f"net_{name}", label, "£") for name, label in _SHARES_OF_DRAWS.items()]
        values = [floor(often.share * 100 + _ROUNDING) / 100, last.p10, last.p50, last.p90]
        hidden = written.yearly[CUMULATIVE].address in self.withheld.touched
        for (name, label, unit), value in zip(figures, values, strict=True):
            if hidden or value is None:
                yield PublicFigure(name, label, unit, (None,), (EXEMPT if hidden else NO_NUMBER,), exempt=hidden)
                continue
            shown_as = percent(value, 0) if unit == "share" else pounds(float(rounded(value, -3)))
            known = value if unit == "share" else float(rounded(value, -3))
            yield PublicFigure(name, label, unit, (known,), (shown_as,), exempt=False)

    def _count(self, line: Line, behind: Sequence[Line], name: str = "") -> PublicFigure:
        """A count of children or a projection of it; where a count behind it is small, none of a projection."""
        figure = self._figure(name or line.address.split(".")[-2], line)
        least = self.case.small_numbers
        if least is None or figure.exempt:
            return figure
        if not any(_is_small(self.appraisal.results.figure(each), least) for each in behind):
            return figure
        text = EXEMPT if name else f"Fewer than {least}"
        return _without(figure, tuple(text for _ in figure.values), exempt=True)

    def _figure(self, name: str, line: Line) -> PublicFigure:
        values = self.appraisal.results.figures(line)
        label = _LABELS.get(name, self.texts.shown(line.label))
        if line.address in self.withheld.lines:
            nothing = tuple(None for _ in values)
            return PublicFigure(name, label, line.unit, nothing, tuple(EXEMPT for _ in values), exempt=True)
        return PublicFigure(
            name=name,
            label=label,
            unit=line.unit,
            values=tuple(None if value is None else float(rounded(value, 2)) for value in values),
            shown=tuple(self._shown(line, period) for period in range(len(values))),
            exempt=False,
        )

    def _shown(self, line: Line, period: int) -> str:
        value = self.appraisal.results.figure(line, period)
        if value is None:
            return self.texts.shown(sentence(self.appraisal.results.reason(line, period) or NO_NUMBER))
        if isinstance(line.expression, PeriodName):
            return shown(self.appraisal.results, line, period)
        return pounds(value) if line.unit == "£" else number(value, 2 if line.unit == "ratio" else 1)

    def _children(self, figure: PublicFigure, together: Sequence[Line]) -> PublicFigure:
        """A count of children; where one of two is small, neither is given: with cost and saving each gives the other.

        Nought is no small number, as in the Department's statistics.
        """
        least = self.case.small_numbers
        if least is None or figure.exempt:
            return figure
        counts = [self.appraisal.results.figure(line) for line in together]
        if not any(_is_small(count, least) for count in counts):
            return figure
        fewer = _is_small(figure.values[0], least)
        return _without(figure, (f"Fewer than {least}" if fewer else EXEMPT,), exempt=True)


def _is_small(count: float | None, least: int) -> bool:
    return count is not None and 0 < count < least


def _without(figure: PublicFigure, text: tuple[str, ...], *, exempt: bool) -> PublicFigure:
    nothing = tuple(None for _ in figure.values)
    return PublicFigure(figure.name, figure.label, figure.unit, nothing, text, exempt)


def _notice(exempt: Sequence[LeftOut], small_numbers: int | None) -> str:
    """What every output says once: that something is left out, and why."""
    reasons = list(dict.fromkeys(f"{left.what}: {left.reason.rstrip('.')}" for left in exempt))
    if small_numbers is not None:
        reasons.append(f"numbers of children below {small_numbers}: so that no child can be recognised")
    return (
        f"This copy leaves out information that is exempt from publication: {'; '.join(reasons)}. "
        "Figures from which it could be worked out are left out too, and are marked “Exempt”."
    )
