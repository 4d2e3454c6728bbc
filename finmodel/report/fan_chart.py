"""The fan: where the money stands at the end of each year, and how far apart the draws are. Geometry only."""

from __future__ import annotations

from collections.abc import Sequence

from finmodel.document.chart_shapes import (
    AXIS,
    WIDTH,
    Chart,
    LegendKey,
    Path,
    Scale,
    Shape,
    Words,
    money_axis,
    year_axis,
)
from finmodel.document.table import NO_FIGURE, Cell, Row, Table
from finmodel.lines.display import pounds
from finmodel.uncertainty.simulated import FanYear, SimulatedOption

DESK, PHONE = WIDTH, 350.0
_NARROW = 600.0
SHARES = ("p10", "p25", "p50", "p75", "p90")
HEADINGS = ("10% of draws below", "25% below", "Half below", "75% below", "90% below")


def fan_chart(option: SimulatedOption, net_name: str, number: int, width: float = DESK) -> Chart | None:
    """The fan of an option; None where a draw has no figure in some year."""
    rows = {share: [getattr(each, share) for each in option.fan] for share in SHARES}
    known = {share: [each for each in row if each is not None] for share, row in rows.items()}
    if not option.fan or any(len(row) < len(option.fan) for row in known.values()):
        return None
    narrow = width < _NARROW
    left, right, top, bottom = (68.0 if narrow else AXIS), width - (14 if narrow else 84), 28.0, 248.0
    scale = Scale.over([0.0, *known["p10"], *known["p90"]], bottom, top)
    years = [each.year for each in option.fan]
    wide = (right - left) / len(years)

    def points(row: Sequence[float]) -> list[str]:
        """From zero at the start to each year's end."""
        ends = [(left, 0.0), *((left + wide * (place + 1), amount) for place, amount in enumerate(row))]
        return [f"{round(x, 1)},{scale.at(amount)}" for x, amount in ends]

    shapes: list[Shape] = [
        Path(" ".join([*points(known["p10"]), *reversed(points(known["p90"]))]), "band band-wide"),
        Path(" ".join([*points(known["p25"]), *reversed(points(known["p75"]))]), "band band-near"),
        *money_axis(scale, left, right),
        *year_axis(years, left, right, top, bottom),
        Path(" ".join(points(known["p50"])), "series series-0"),
    ]
    if not narrow:
        shapes += [
            Words(right + 8, round(scale.at(known[share][-1]) + 4, 1), pounds(known[share][-1]), kind="value")
            for share in ("p10", "p50", "p90")
        ]
    suffix = f"{number}" if width == WIDTH else f"{number}-{width:.0f}"
    return Chart(
        id=f"chart-fan-{suffix}",
        title=f"Cumulative {net_name} over the draws: {option.title}",
        desc=described(option.fan),
        height=bottom + 40,
        shapes=tuple(shapes),
        table=fan_table(option, net_name, suffix),
        legend=(
            LegendKey("", "series series-0", "Half of the draws are above, half below"),
            LegendKey("", "series band-near", "Dark: half of the draws"),
            LegendKey("", "series band-wide", "Light: eight draws of ten"),
        ),
        width=width,
    )


def described(fan: Sequence[FanYear]) -> str:
    """The fan's end in words."""
    last = fan[-1]
    if last.p10 is None or last.p50 is None or last.p90 is None:
        return ""
    return (
        f"By the end of {last.year} eight draws of ten lie between {pounds(last.p10)} and {pounds(last.p90)}, "
        f"half of them above {pounds(last.p50)}."
    )


def fan_table(option: SimulatedOption, net_name: str, suffix: str) -> Table:
    """The percentiles of each year."""
    rows = tuple(
        Row(
            f"End of {each.year}",
            tuple(
                Cell(NO_FIGURE if amount is None else pounds(amount))
                for amount in (getattr(each, share) for share in SHARES)
            ),
        )
        for each in option.fan
    )
    caption = f"Cumulative {net_name} at the end of each year, by draws: {option.title}"
    return Table(f"figures-fan-{suffix}", caption, "Year, cash of the year", tuple(map(Cell, HEADINGS)), rows)
