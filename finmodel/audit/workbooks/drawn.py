"""What lies over the cells of a sheet: charts, as what they draw on and how, and everything else by its kind."""

from __future__ import annotations

from msgspec import Struct


class DrawnSeries(Struct, frozen=True):
    """A series of a chart: what it draws on, and the values that are kept in the chart itself.

    name is the text that a legend shows, or a reference; kept is None for a point without one. number_format is
    that of an axis that follows its cells.
    """

    name: str
    categories: str
    values: str
    kept: tuple[float | None, ...] = ()
    kept_names: tuple[str, ...] = ()
    invisible: str = ""
    number_format: str = "General"


class Axis(Struct, frozen=True):
    """An axis: its kind and place, its scale as the file states it, its title and its number format."""

    kind: str
    side: str
    scale: tuple[tuple[str, str], ...] = ()
    title: str = ""
    number_format: str = ""
    is_gone: bool = False


class DrawnChart(Struct, frozen=True):
    """A chart as a reader sees it. extras: what it has beyond series, axes, title and legend, in words."""

    kinds: tuple[str, ...] = ()
    title: str = ""
    series: tuple[DrawnSeries, ...] = ()
    axes: tuple[Axis, ...] = ()
    legend: bool = True
    extras: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


class Drawing(Struct, frozen=True):
    """One thing on a sheet: what it is, the cells that it covers (first row, column, last ones), its chart if any.

    The cells are counted from 1; None where the drawing is anchored to no cell.
    """

    what: str
    cells: tuple[int, int, int, int] | None = None
    is_hidden: bool = False
    chart: DrawnChart | None = None


class Drawn(Struct, frozen=True):
    """Everything on a sheet, and what its relations lead to that shows something, in words."""

    drawings: tuple[Drawing, ...] = ()
    parts: tuple[str, ...] = ()
    comments: bool = False
