"""Demand in tables and sentences, each written once: page, paper and terminal take theirs from here."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from finmodel.document.chart_shapes import Chart
from finmodel.document.parts import Columns, Figure, Fold, Key, Keys, Notice, Paragraph, Part
from finmodel.document.table import NO_FIGURE, NONE, Cell, Row, Table
from finmodel.lines.display import number, percent, plain_number, pounds, short_pounds, signed
from finmodel.lines.periods import Month
from finmodel.report.certainty import checks_sentence
from finmodel.report.demand_chart import demand_chart, drawn
from finmodel.report.demand_history import counted
from finmodel.results.appraised import AppraisalResults
from finmodel.results.demand import (
    AvoidedResult,
    ClaimedFirstResult,
    ClaimOfPaperResult,
    ConventionResult,
    DemandResult,
    OverlapResult,
)
from finmodel.results.wording import capital, count, day_words, listed, month_words, sentence

DESK, PHONE = 500.0, 350.0


def verdict(demand: DemandResult) -> str:
    """The answer in a sentence: the last count, and where the baseline leads."""
    last, base = demand.last, demand.of_baseline
    end = base.at_year_end[-1]
    leads = "no figure" if end is None else plain_number(end, 1)
    rise = ""
    if len(demand.observations) > 1:
        first = demand.observations[0]
        rise = f", from {plain_number(first.children, 1)} on {day_words(first.day)}"
    return (
        f"{plain_number(last.children, 1)} on {day_words(last.day)}{rise}. "
        f"{_named(demand)}, {leads} by {month_words(demand.months[-1])}."
    )


def demand_answer(found: AppraisalResults) -> Iterator[Part]:
    """The answer of a case of demand alone, on one screen."""
    demand = found.demand
    if demand is None:
        return
    if not found.checks.all_hold:
        yield Notice("A check does not hold", (checks_sentence(found),), alarm=True)
    said = (*said_first(demand), Keys(tuple(keys(demand))))
    yield Columns((said, (chart(demand),)), "answer")
    yield projections(demand, found.years)


def said_first(demand: DemandResult) -> Iterator[Part]:
    """What was asked: what the printed claims come to, or else where the numbers lead."""
    for claim in demand.claims:
        first, *rest = claim_sentences(demand, claim)
        yield Paragraph(first, "verdict")
        yield from map(Paragraph, rest)
    if not demand.claims:
        yield Paragraph(verdict(demand), "verdict")


class MonthlyRun(Struct, frozen=True):
    """A projection from the last count on, a value a month, as a medium with charts of its own draws it."""

    label: str
    values: tuple[float, ...]
    strong: bool


def demand_run(demand: DemandResult) -> tuple[list[str], list[MonthlyRun]]:
    """The months from the last count on, and the baseline with the projections drawn next to it."""
    base = demand.of_baseline
    months = [month for month, figure in zip(demand.months, base.monthly, strict=True) if figure is not None]
    runs = [
        MonthlyRun(each.label, tuple(figure for figure in each.monthly if figure is not None), each.id == base.id)
        for each in drawn(demand)
    ]
    return [Month.parse(month).short for month in months], runs


def demand_body(found: AppraisalResults) -> Iterator[Part]:
    """The section of a paper of demand alone: paragraphs and the table of projections."""
    demand = found.demand
    if demand is not None:
        yield from map(Paragraph, demand_paragraphs(demand))
        yield projections(demand, found.years)


def demand_paragraphs(demand: DemandResult) -> Iterator[str]:
    """What the counts and projections say, in sentences to paste into a paper."""
    yield verdict(demand)
    for key in list(keys(demand))[1:]:
        yield sentence(f"{key.label}: {key.text} {key.meaning}")
    for claim in demand.claims:
        yield from claim_sentences(demand, claim)


def _named(demand: DemandResult) -> str:
    base = demand.of_baseline
    return "With no change" if base.method == "no-change" else f"By the chosen trend ({base.label.lower()})"


def keys(demand: DemandResult) -> Iterator[Key]:
    """The figures of the answer, large."""
    last = demand.last
    rates = [number(rate.rate, 1) for rate in last.rates if rate.rate is not None]
    meaning = f"on {day_words(last.day)}"
    if rates:
        meaning += f"; {listed(list(dict.fromkeys(rates)))} per 10,000, by population"
    yield Key(demand.label, plain_number(last.children, 1), meaning)
    ends = [each.at_year_end[-1] for each in demand.projections]
    known = [each for each in ends if each is not None]
    if len(known) > 1:
        yield Key(
            f"By {month_words(demand.months[-1])}",
            f"{number(min(known))} to {number(max(known))}",
            f"by {count(len(known), 'way')} of going on; the baseline is {demand.of_baseline.label.lower()}",
        )
    for outturn in demand.outturns[-1:]:
        near = [each.label.lower() for each in outturn.errors if each.id in outturn.nearest]
        yield Key("What came to be", plain_number(outturn.children, 1), f"on {outturn.words}; nearest: {listed(near)}")
    if demand.avoided is not None:
        yield _avoided_key(demand.avoided)


def _avoided_key(avoided: AvoidedResult) -> Key:
    totals = [each.total for each in avoided.conventions if each.id != "run_rate"]
    text = f"{short_pounds(min(totals))} to {short_pounds(max(totals))}"
    return Key("Costs avoided", text, f"{_months(avoided)}, by when in the year the difference arose; not a saving")


def _months(avoided: AvoidedResult) -> str:
    return f"{month_words(avoided.start)} to {month_words(avoided.end)}"


def chart(demand: DemandResult) -> Chart:
    """The chart of the answer, with its narrow twin."""
    return replace(demand_chart(demand, DESK), narrow=demand_chart(demand, PHONE))


def projections(demand: DemandResult, years: tuple[str, ...]) -> Table:
    """Every projection at the end of each year, with what came to be."""
    outturn = {each.day[:4]: each for each in demand.outturns if each.day.endswith("-03-31")}
    rows = [
        Row(
            each.label,
            tuple(Cell(NONE if figure is None else number(figure, 1)) for figure in each.at_year_end),
            note="the baseline" if each.id == demand.baseline else "",
        )
        for each in demand.projections
    ]
    if any(low is not None for low in demand.range.low):
        pairs = zip(demand.range.low, demand.range.high, strict=True)
        cells = [
            Cell(NONE if low is None or high is None else f"{number(low)} to {number(high)}") for low, high in pairs
        ]
        rows.append(Row("The baseline, less and more its usual error", tuple(cells), note=_whose(demand)))
    actual = [outturn.get(str(int(year[:4]) + 1)) for year in years]
    if any(actual):
        rows.append(
            Row(
                "What came to be",
                tuple(Cell(NONE if each is None else plain_number(each.children, 1)) for each in actual),
                kind="total",
            )
        )
    return Table(
        "demand-projections",
        f"{demand.label} at 31 March, by projection",
        "Projection",
        tuple(Cell(f"31 March {int(year[:4]) + 1}") for year in years),
        tuple(rows),
        note=" ".join(_on_projections(demand)),
    )


def _whose(demand: DemandResult) -> str:
    if demand.range.whose == "councils":
        return "back-test, councils of its size"
    return f"its own back-test, {listed(list(map(str, demand.range.origins)))} origins 1, 2 and 3 years ahead"


def _on_projections(demand: DemandResult) -> Iterator[str]:
    chosen = demand.of_baseline
    if chosen.method == "no-change":
        yield "The baseline is no change, which over all councils was the nearest of the ways tried."
    else:
        yield f"The baseline is chosen in the case: {chosen.label.lower()}. Over all councils no change was nearer."
    if demand.decided_on is not None:
        yield f"It is frozen as decided on {day_words(demand.decided_on)}."
    if demand.later is not None:
        later = next(each.label for each in demand.projections if each.id == demand.later)
        yield f"The estimate since then, {later.lower()}, moves no claim."
    if demand.own_record:
        said = [
            f"{each.label.lower()} {percent(each.mean_error)} ({count(each.origins, 'origin')})"
            for each in demand.own_record
        ]
        yield f"Mean error to the next count in the council’s own counts: {listed(said)}."
    if demand.range.why_councils is not None:
        yield f"Its own back-test does not serve for the range: {demand.range.why_councils}."
    elif any(error is not None for error in demand.range.councils_error):
        errors = [percent(each) for each in demand.range.councils_error if each is not None]
        yield f"Over councils of its size the error is {listed(errors)}, year by year."
    if any(figure is None for figure in chosen.at_year_end):
        yield "A dash stands before the last count."


def errors(demand: DemandResult) -> Iterator[Table]:
    """How far each projection was out, on each day that has passed."""
    for place, outturn in enumerate(demand.outturns, 1):
        rows = tuple(
            Row(
                each.label,
                (
                    Cell(number(each.projected, 1)),
                    Cell(signed(number(each.error, 1))),
                    Cell(NO_FIGURE if each.share is None else percent(each.share)),
                ),
                note="nearest" if each.id in outturn.nearest else "",
            )
            for each in outturn.errors
        )
        yield Table(
            f"demand-outturn-{place}",
            f"Against what came to be on {outturn.words}: {plain_number(outturn.children, 1)}",
            "Projection",
            (Cell("Projected"), Cell("Out by"), Cell("Of the outturn")),
            rows,
        )


def avoided(demand: DemandResult) -> Table | None:
    """Costs avoided under the four conventions."""
    found = demand.avoided
    if found is None:
        return None
    rows = tuple(
        Row(each.label, (Cell(number(each.total_child_years, 2)), Cell(pounds(each.total))))
        for each in found.conventions
    )
    what = "what came to be" if found.compared_with == "outturn" else "what is planned"
    base = next(each.label for each in demand.projections if each.id == found.baseline)
    return Table(
        "demand-avoided",
        f"Costs avoided, {_months(found)}: {base.lower()} less {what}",
        "When in the year the difference arose",
        (Cell("Child-years"), Cell(f"£, cash of the year, at {pounds(found.unit_cost)} a child in the first")),
        rows,
        note=" ".join((*_not_saved(demand, found), "Nominal: at the price of each year.")),
    )


def out_of(demand: DemandResult) -> str:
    """Of whose back-test the error is, in words."""
    return "its own counts" if demand.range.whose == "own" else "councils of its size"


def _not_saved(demand: DemandResult, found: AvoidedResult) -> Iterator[str]:
    yield "Avoided is not saved: no budget falls by it."
    yield shown_sentence(found, out_of(demand))
    middle = next(each.total for each in found.conventions if each.id == "by_the_middle")
    ends = (found.at_months_start, found.at_months_end)
    if any(pounds(each) != pounds(middle) for each in ends):
        yield f"Read at the start of each month the middle figure is {pounds(ends[0])}, at the end {pounds(ends[1])}."
    if found.total_cashable is None:
        yield "How much of it is cash has no figure: the case does not state the growth that the base budget holds."
    else:
        yield f"Of the middle figure {pounds(found.total_cashable)} is covered by growth that the base budget holds."


def shown_sentence(found: AvoidedResult, whose: str) -> str:
    """Whether the difference is more than what such a baseline is usually out by; whose: by which back-test."""
    what = f"The difference at the end, {_children(found.at_the_last)}, is"
    out = f"what such a baseline is usually out by then ({number(found.error, 1)}, {whose})"
    return f"{what} more than {out}." if found.shown else f"{what} within {out}: not shown."


def _children(value: float) -> str:
    text = plain_number(value, 1)
    return f"{text} child" if text == "1" else f"{text} children"


def targets(demand: DemandResult) -> Table | None:
    """Against the baseline and against the target, side by side."""
    if not demand.targets:
        return None
    rows = tuple(
        Row(
            capital(each.words),
            (
                Cell(number(each.actual, 1)),
                Cell(number(each.avoided, 1)),
                Cell(plain_number(each.target, 1)),
                Cell(number(each.short, 1)),
            ),
        )
        for each in demand.targets
    )
    columns = ("Actual or planned", "Fewer than the baseline", "Target", "Short of the target")
    note = "One is against what would have happened, the other against what was aimed at: they are not netted."
    return Table("demand-target", "Avoided, and short of the target", "Day", tuple(map(Cell, columns)), rows, note=note)


def ledger(found: AppraisalResults) -> Table | None:
    """What the claims of each option draw of the baseline."""
    demand = found.demand
    if demand is None or not demand.ledger:
        return None
    titles = {option.id: option.title for option in found.options}
    rows = tuple(
        Row(
            each.label,
            (*_years(each), Cell(pounds(each.overlap_cost))),
            note=titles[each.option],
        )
        for each in demand.ledger
    )
    columns = (*_LEDGER, _OVERLAP_COST)
    note = "Each option draws by itself, after other proposals and stages. Nominal, before deductions."
    return Table("demand-ledger", "Claims on the baseline", "Claim", tuple(map(Cell, columns)), rows, note=note)


_LEDGER = ("Child-years claimed", "Left in the baseline", "Overlap, which saves nothing")
_OVERLAP_COST = "What the overlap would have saved, £, cash"


def _years(each: OverlapResult | ClaimedFirstResult) -> tuple[Cell, ...]:
    return tuple(Cell(number(figure, 1)) for figure in (each.claimed, each.drawn, each.overlap))


def drawn_before(demand: DemandResult) -> Table | None:
    """What other proposals and stages draw of the baseline before any option."""
    if not demand.claimed_first:
        return None
    rows = tuple(
        Row(
            each.label,
            (*_years(each), Cell(NO_FIGURE if each.overlap_cost is None else pounds(each.overlap_cost))),
            note=each.why_no_cost or "",
        )
        for each in demand.claimed_first
    )
    title = "Drawn before every option: other proposals, stages that count"
    columns = (*_LEDGER, _OVERLAP_COST)
    return Table("demand-drawn-before", title, "Claim", tuple(map(Cell, columns)), rows, note="Nominal.")


def claim_table(claim: ClaimOfPaperResult, place: int) -> Table:
    """How many children a claim is, over so many months: level, or at the end of a steady rise."""
    rows = tuple(
        Row(
            f"{count(each.months, 'month')}",
            (
                Cell(NO_FIGURE if each.level is None else number(each.level)),
                Cell(NO_FIGURE if each.ramp is None else number(each.ramp)),
            ),
        )
        for each in claim.over
    )
    years = NO_FIGURE if claim.child_years is None else f"{plain_number(claim.child_years, 1)} child-years"
    months = NO_FIGURE if claim.child_months is None else f"{plain_number(claim.child_months, 1)} child-months"
    return Table(
        f"demand-claim-{place}",
        f"{claim.label}, {pounds(claim.amount)}: {years}, {months}",
        "If it came about over",
        (Cell("Children, level"), Cell("At the end of a steady rise from none")),
        rows,
        note="The amount is taken as it is printed, nominal, at the unit cost of the first year counted.",
    )


def claim_sentences(demand: DemandResult, claim: ClaimOfPaperResult) -> Iterator[str]:
    """What a claim comes to, between which conventions it lies, and whether it exceeds the baseline's usual error."""
    found = demand.avoided
    if found is None:
        return
    implied = NO_FIGURE if claim.child_years is None else _child_years(claim.child_years)
    yield f"{claim.label}, {pounds(claim.amount)}: {implied} at {pounds(found.unit_cost)}. It {_lies(claim, found)}."
    if claim.moved_by_reading:
        yield (
            f"Whether it is more than the middle figure turns on the day on which each month is read: that figure is "
            f"{pounds(found.at_months_start)} by the months’ starts, {pounds(found.at_months_end)} by their ends."
        )
    if claim.on_average is not None and claim.error is not None:
        out = f"{number(claim.error, 1)} by which such a baseline is usually out"
        than = f"more than the {out}" if claim.shown else f"within the {out}: it is not shown"
        yield f"Over the months counted it is {number(claim.on_average, 1)} children on average, {than}."


def _child_years(years: float) -> str:
    text = plain_number(years, 1)
    return f"{text} child-year" if text == "1" else f"{text} child-years"


def _lies(claim: ClaimOfPaperResult, found: AvoidedResult) -> str:
    """Where a claim lies among the conventions."""
    named = {each.id: each for each in found.conventions}
    if not claim.bracketed_by:
        return "lies outside all four conventions"
    low, high = (named[each] for each in claim.bracketed_by)
    if low is high:
        return f"is the figure “{low.label}”"
    return f"lies between {_named_figure(low)} and {_named_figure(high)}"


def _named_figure(each: ConventionResult) -> str:
    """A figure with the short name of its convention."""
    name = each.label.partition(":")[0]
    return f"{pounds(each.total)} ({name[0].lower()}{name[1:]})"


def unit_costs(demand: DemandResult) -> Table | None:
    """Unit costs of the spend of a year."""
    if not demand.unit_costs:
        return None
    rows = tuple(
        Row(
            each.label,
            (
                Cell(NO_FIGURE if each.at_year_end is None else pounds(each.at_year_end)),
                Cell(NO_FIGURE if each.on_average is None else pounds(each.on_average), each.on_average_reason or ""),
                Cell(NO_FIGURE if each.per_day is None else pounds(each.per_day, 2)),
                Cell(NO_FIGURE if each.marginal is None else pounds(each.marginal), each.marginal_reason or ""),
            ),
        )
        for each in demand.unit_costs
    )
    names = (
        "By year-end count",
        "By average of opening and closing",
        "For a day",
        "Marginal: growth in £ ÷ in children",
    )
    note = "Nominal. A day is a 365th. The marginal cost is since the row above, so a rise in prices is in it."
    title, columns = "Unit costs from spend and counts", tuple(map(Cell, names))
    return Table("demand-unit-costs", title, "Spend, cash of the year", columns, rows, note=note)


def demand_parts(found: AppraisalResults) -> Iterator[Part]:
    """Everything of demand that stands behind the answer, in order."""
    demand = found.demand
    if demand is None:
        return
    if found.options:
        yield projections(demand, found.years)
    yield from counted(demand)
    tables = (avoided(demand), targets(demand), ledger(found), drawn_before(demand))
    yield from (table for table in tables if table is not None)
    for place, claim in enumerate(demand.claims, 1):
        yield from map(Paragraph, claim_sentences(demand, claim))
        yield claim_table(claim, place)
    yield from errors(demand)
    costs = unit_costs(demand)
    if costs is not None:
        yield costs
    yield from figures(demand)


def figures(demand: DemandResult) -> Iterator[Figure]:
    """The figures that open to how they come about."""
    for each in demand.projections:
        end = each.at_year_end[-1]
        if end is not None:
            yield Figure(f"{each.label}, by {month_words(demand.months[-1])}", number(end, 1), each.address)
    if demand.avoided is not None:
        for convention in demand.avoided.conventions:
            yield Figure(f"Costs avoided: {convention.label.lower()}", pounds(convention.total), convention.address)
    for claim in demand.claims:
        if claim.child_years is not None:
            yield Figure(f"{claim.label}: child-years", plain_number(claim.child_years, 1), claim.address)


def demand_fold(found: AppraisalResults) -> Iterator[Fold]:
    """Demand as a fold of the annex."""
    if found.demand is not None:
        parts = (*((chart(found.demand),) if found.options else ()), *demand_parts(found))
        yield Fold("Children looked after", "counts, projections, costs avoided", parts, id="demand")
