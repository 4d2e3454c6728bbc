"""What was counted, in tables: the counts with rates, by group, entries and leavers, the season."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.document.table import NO_FIGURE, NONE, Cell, Row, Table
from finmodel.lines.display import number, percent, plain_number, signed
from finmodel.results.demand import BreakdownResult, DemandResult, ObservationResult
from finmodel.results.wording import capital, count, day_words, listed


def counted(demand: DemandResult) -> Iterator[Table]:
    """Every table of what was counted, in order."""
    yield history(demand)
    for place, each in enumerate(demand.parts, 1):
        yield by_group(demand, each, place)
    if demand.season.seasons:
        yield season(demand)
    found = flows(demand)
    if found is not None:
        yield found


def history(demand: DemandResult) -> Table:
    """The counts with change and rates."""
    populations = [rate.population for rate in demand.last.rates]
    columns = [Cell("Children"), Cell("Change"), *(Cell(f"Per 10,000: {name}") for name in populations)]
    rows = tuple(_count(each) for each in demand.observations)
    return Table(
        "demand-history", f"{demand.label}: the counts", "Day", tuple(columns), rows, note=" ".join(_notes(demand))
    )


def _count(each: ObservationResult) -> Row:
    cells = [Cell(f"{'about ' if each.about else ''}{plain_number(each.children, 1)}")]
    cells.append(Cell(NONE if each.change is None else signed(plain_number(each.change, 1))))
    cells += [Cell(NO_FIGURE if rate.rate is None else number(rate.rate, 1)) for rate in each.rates]
    return Row(capital(each.words), tuple(cells), note="; ".join(part for part in (each.source, each.where) if part))


def _notes(demand: DemandResult) -> Iterator[str]:
    yield f"{'People' if demand.basis == 'people' else 'Full-time equivalents'} on a day."
    for each in demand.observations:
        for other in each.others:
            source = ", ".join(part for part in (other.source, other.where) if part)
            yield f"Also stated for that day: {plain_number(other.children, 1)} on {other.date} ({source})."
    if demand.missing:
        yield f"No count for {listed(list(demand.missing))}: missing, not zero."
    if demand.season.reason is not None:
        yield f"No check of the season: {demand.season.reason}."


def by_group(demand: DemandResult, found: BreakdownResult, place: int) -> Table:
    """The counts by one kind of group; whether the parts close with the count, and where not, by how many."""
    columns = tuple(map(Cell, found.days))
    rows = [
        Row(each.label, tuple(Cell(NONE if n is None else plain_number(n, 1)) for n in each.children))
        for each in found.parts
    ]
    rows.append(Row("Together", tuple(Cell(plain_number(n, 1)) for n in found.totals), kind="total"))
    gaps = tuple(Cell(NONE if n is None else signed(plain_number(n, 1)) if n else "closes") for n in found.gaps)
    rows.append(Row("Count of the day less its parts", gaps))
    said = ["A dash is not stated, which is not zero."] if any(None in each.children for each in found.parts) else []
    said += ["A dash in the last row: no count of that day is stated."] if None in found.gaps else []
    said += [f"Source: {listed(list(found.sources))}."] if found.sources else []
    title = f"{demand.label} by {found.by[:1].lower()}{found.by[1:]}"
    return Table(f"demand-by-{place}", title, found.by, columns, tuple(rows), note=" ".join(said))


def season(demand: DemandResult) -> Table:
    """The counts of each month or quarter against their own trend."""
    rows = tuple(
        Row(each.name, (Cell(signed(percent(each.above))), Cell(count(each.cycles, "year"))))
        for each in demand.season.seasons
    )
    note = "The trend is the average of the whole year about each count. Of one or two years, little can be told apart."
    columns = (Cell("Above its trend"), Cell("Mean of"))
    return Table("demand-season", "Does the number move with the season?", "Counted in", columns, rows, note=note)


def flows(demand: DemandResult) -> Table | None:
    """Stock and flow: opening + entries − leavers against the closing count."""
    if not demand.flows:
        return None
    rows = [
        Row(
            f"{day_words(each.start)} to {day_words(each.end)}",
            (
                Cell(plain_number(each.opening, 1)),
                Cell(plain_number(each.entries, 1)),
                Cell(plain_number(each.leavers, 1), "as the two counts imply" if each.leavers_implied else ""),
                Cell(plain_number(each.closing, 1)),
                Cell(NONE if each.gap is None else signed(plain_number(each.gap, 1)) if each.gap else "closes"),
            ),
        )
        for each in demand.flows
    ]
    columns = ("Opening", "Entries", "Leavers", "Closing", "Out by")
    return Table("demand-flows", "Stock and flow", "Period", tuple(map(Cell, columns)), tuple(rows))
