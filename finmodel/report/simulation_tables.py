"""What a simulation shows, in tables and a fold: page, paper and workbook take theirs from here. No sums."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from finmodel.document.chart_shapes import Chart
from finmodel.document.parts import Bullets, Fold, Heading, Notice, Paragraph, Part
from finmodel.document.table import NO_FIGURE, NONE, Cell, Row, Table
from finmodel.lines.display import in_unit, number, pounds
from finmodel.report.fan_chart import PHONE, fan_chart, fan_table
from finmodel.report.simulation_words import (
    HEADLINES,
    ILLUSTRATION,
    WHAT_IT_IS,
    headline,
    how_made,
    moves,
    percent,
    refusals,
    sentences,
)
from finmodel.results.appraised import AppraisalResults
from finmodel.results.wording import months_of, sentence
from finmodel.uncertainty.simulated import DrawnSpread, RangeUsed, SimulatedOption, Simulation

SIMULATION = "simulation"
_AS = {"figure": "", "factor": "times the figure", "change": "added to the figure"}


def simulation_found(found: AppraisalResults) -> Simulation | None:
    """The simulation that results hold; None where the case states no range."""
    return None if found.uncertainty is None else found.uncertainty.simulation


def drawn_headline(found: AppraisalResults, option: str) -> str:
    """What the draws say of an option in a line; "" where there are none, or no probability is given."""
    simulation = simulation_found(found)
    if simulation is None:
        return ""
    each = next((each for each in simulation.options if each.id == option), None)
    return "" if each is None else headline(simulation, each, months_of(found.years)[-1].words)


def headlines(found: AppraisalResults, simulation: Simulation) -> Iterator[Paragraph]:
    """What the draws say of each option in a line, the recommended one first."""
    for option in preferred_first(found, simulation):
        said = drawn_headline(found, option.id)
        if said:
            yield Paragraph(f"{option.title}. {said}")


def simulation_fold(found: AppraisalResults) -> Iterator[Fold]:
    """The fold of the simulation, where there is one."""
    simulation = simulation_found(found)
    if simulation is not None:
        parts = tuple(simulation_parts(found, simulation))
        yield Fold("How sure: the ranges drawn", "", parts, id=SIMULATION)


def simulation_parts(found: AppraisalResults, simulation: Simulation) -> Iterator[Part]:
    """What it is, what each option shows, the tables, and how it was made."""
    if simulation.illustration:
        yield Notice("An illustration", (ILLUSTRATION,))
    yield Paragraph(WHAT_IT_IS)
    for place, option in enumerate(preferred_first(found, simulation), 1):
        yield Heading(option.title)
        if not moves(option):
            yield Paragraph("Nothing of it differs from draw to draw.")
            continue
        yield Bullets(tuple(sentences(simulation, option, found.years)))
        chart = fan(option, found.net_name, place)
        if chart is not None and any(each.id == option.id and each.recommended for each in found.options):
            yield chart
    yield from (Paragraph(text) for text in ([sentence(simulation.unranked)] if simulation.unranked else []))
    yield from simulation_tables(found, simulation)
    yield from (Paragraph(text) for text in refusals(simulation))
    yield Paragraph(how_made(simulation), "note")


def preferred_first(found: AppraisalResults, simulation: Simulation) -> list[SimulatedOption]:
    """The options of a simulation, the recommended one before the others."""
    recommended = {option.id for option in found.options if option.recommended}
    return sorted(simulation.options, key=lambda option: option.id not in recommended)


def fan(option: SimulatedOption, net_name: str, place: int) -> Chart | None:
    """The fan of an option, with its narrow twin."""
    wide = fan_chart(option, net_name, place)
    return None if wide is None else replace(wide, narrow=fan_chart(option, net_name, place, PHONE))


def fan_tables(found: AppraisalResults, simulation: Simulation) -> Iterator[Table]:
    """The cumulative net position of each year over the draws, a table an option that moves."""
    for place, option in enumerate(preferred_first(found, simulation), 1):
        if option.fan and moves(option):
            yield fan_table(option, found.net_name, str(place))


def simulation_tables(found: AppraisalResults, simulation: Simulation) -> Iterator[Table]:
    """Percentiles, chances of payback, what moves it, the ranges drawn from, and what moves together."""
    moving = [option for option in preferred_first(found, simulation) if moves(option)]
    if moving:
        yield spreads(moving)
    if any(option.payback for option in moving):
        yield paybacks(found, moving)
    if any(option.drivers for option in moving):
        yield drivers(moving)
    yield ranges(simulation)
    if simulation.moved_together:
        yield together(simulation)


def spreads(options: list[SimulatedOption]) -> Table:
    """P10, P50, P90 and mean of each headline, by option, beside what is stated."""
    rows: list[Row] = []
    for option in options:
        rows.append(Row(option.title, kind="group"))
        rows += [
            Row(label, _spread(option.stated[name], option.measures[name]))
            for name, label in HEADLINES.items()
            if name in option.measures
        ]
    columns = ("As stated", "P10", "P50", "P90", "Mean")
    return Table(
        "simulation-spreads",
        "Headline figures over the draws, cash of each year; net present in present values",
        "Figure",
        tuple(map(Cell, columns)),
        tuple(rows),
        note="P10: a tenth of the draws came out lower; P50: half of them; P90: nine tenths.",
    )


def _spread(stated: float | None, spread: DrawnSpread) -> tuple[Cell, ...]:
    figures = (stated, spread.p10, spread.p50, spread.p90, spread.mean)
    return tuple(Cell(NO_FIGURE if figure is None else pounds(figure)) for figure in figures)


def paybacks(found: AppraisalResults, options: list[SimulatedOption]) -> Table:
    """Of all draws, in how many all money spent is paid back for good by the end of each year; and other chances."""
    known = [option for option in options if option.payback is not None]
    rows = [
        Row(f"Paid back by the end of {year}", tuple(Cell(percent(option.payback.by_year[place])) for option in known))  # type: ignore[union-attr]
        for place, year in enumerate(found.years)
    ]
    above = tuple(Cell(NONE if option.above_zero is None else percent(option.above_zero)) for option in known)
    rows.append(Row("Net present budget impact above zero", above))
    if len(known) > 1:
        best = tuple(Cell(NONE if option.best is None else percent(option.best)) for option in known)
        rows.append(Row("Better for the budget than the others and business as usual", best))
    return Table(
        "simulation-chances",
        "In how many of the draws, rounded down",
        "What came out",
        tuple(Cell(option.title) for option in known),
        tuple(rows),
    )


def drivers(options: list[SimulatedOption]) -> Table:
    """What moves the net present budget impact most, by rank correlation."""
    rows: list[Row] = []
    for option in options:
        if option.drivers:
            rows.append(Row(option.title, kind="group"))
        rows += [Row(each.label, (Cell(number(each.rank_correlation, 2)),)) for each in option.drivers]
    return Table(
        "simulation-drivers",
        "What moves the net present budget impact most",
        "Input",
        (Cell("Rank correlation"),),
        tuple(rows),
        note="From −1 to 1: near 0 where they have little to do with each other, below 0 where more of it means less.",
    )


def ranges(simulation: Simulation) -> Table:
    """Every range drawn from, and why."""
    rows = tuple(
        Row(
            each.label,
            (
                Cell(each.shape, _AS[each.stated_as]),
                *(
                    Cell(NONE if figure is None else _figure(each, figure))
                    for figure in (each.low, each.central, each.high)
                ),
                Cell(each.note or NONE, each.confidence),
            ),
            note=each.input,
        )
        for each in simulation.ranges
    )
    columns = ("Shape", "Lowest", "Central", "Highest", "Why")
    return Table(
        "simulation-ranges",
        "The ranges drawn from",
        "Input",
        tuple(map(Cell, columns)),
        rows,
        figures=False,
        shares=(30, 12, 11, 11, 11, 25),
    )


def _figure(each: RangeUsed, figure: float) -> str:
    if each.stated_as == "figure" and each.unit.startswith("£") and figure.is_integer():
        return pounds(figure)
    if each.stated_as == "factor":
        return number(figure, 2)
    return in_unit(figure, each.unit)


def together(simulation: Simulation) -> Table:
    """Which inputs move together: what was asked for, and what the draws have."""
    labels = {each.input: each.label for each in simulation.ranges}
    rows = [
        Row(
            f"{labels[group.inputs[one]]} and {labels[group.inputs[other]]}",
            (Cell(number(group.ranks[one][other], 2)), Cell(number(group.found[one][other], 2))),
        )
        for group in simulation.moved_together
        for one in range(len(group.inputs))
        for other in range(one)
    ]
    columns = (Cell("Rank correlation stated"), Cell("In the draws"))
    return Table("simulation-together", "What moves together", "Inputs", columns, tuple(rows))
