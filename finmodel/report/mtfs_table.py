"""Changes to the base budget as councils print them: whole pounds or thousands, savings in brackets, a total column.

Each figure is rounded by itself. Where any rounded parts do not come to their rounded total, a note says that figures
may not sum; the workbook has them unrounded. Text only: the figures are those of `results.json`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from finmodel.lines.display import rounded
from finmodel.results.mtfs import MtfsResult

POUNDS, THOUSANDS = "pounds", "thousands"
_UNITS = {POUNDS: "£", THOUSANDS: "£000"}
MAY_NOT_SUM = "Figures may not sum because of rounding."


class PrintedRow(Struct, frozen=True):
    """A row of text: reference, label, a cell a year, the total. `kind`: growth, saving, part, subtotal, total,
    balance."""

    reference: str
    label: str
    cells: tuple[str, ...]
    total: str
    kind: str


class PrintedTable(Struct, frozen=True):
    """The table as text: headings, rows and a note, which is empty where every row and column foots as printed."""

    unit: str
    columns: tuple[str, ...]
    rows: tuple[PrintedRow, ...]
    note: str


def bracketed(value: float | Decimal) -> str:
    """`1,234`; below zero `(1,234)`. A whole number already; zero has no sign."""
    figure = Decimal(value) + 0  # minus zero is zero
    return f"({abs(figure):,.0f})" if figure < 0 else f"{figure:,.0f}"


def mtfs_table(
    mtfs: MtfsResult, years: Sequence[str], shown_in: str = POUNDS, *, total_as_printed: bool = False
) -> PrintedTable:
    """The table of an option's changes to the base budget.

    total_as_printed: the total column adds up the rounded figures of its row, as some councils print it; otherwise it
    is the total before rounding, rounded. Either way there is a note where the two differ.
    """
    printer = _Printer(shown_in, total_as_printed)
    groups = {
        kind: [
            printer.row(line.reference, line.label, line.changes, line.total, kind)
            for line in mtfs.lines
            if line.kind == kind
        ]
        for kind in ("growth", "saving")
    }
    rows: list[_Rounded] = []
    bridge = mtfs.bridge
    parts = [given.label for given in mtfs.parts.values()]
    savings = groups["saving"] if len(parts) < 2 else _parts(printer, mtfs, groups["saving"])
    whole = parts[0] if len(parts) == 1 else "Savings"
    for kind, label, printed, yearly, in_all in (
        ("growth", "Growth", groups["growth"], bridge.growth, bridge.growth_total),
        ("saving", whole, savings, bridge.saving, bridge.saving_total),
    ):
        rows += printed
        if printed:
            subtotal = printer.row("", label, yearly, in_all, "subtotal")
            printer.columns_of(groups[kind], subtotal)
            rows.append(subtotal)
    net = printer.row("", "Net change", mtfs.total.changes, mtfs.total.total, "total")
    printer.columns_of([row for row in rows if row.kind == "subtotal"], net)
    rows += [net, printer.balance("Cumulative change", mtfs.cumulative)]
    return PrintedTable(
        _UNITS[shown_in], ("Reference", "Line", *years, "Total"), tuple(row.text for row in rows), printer.note()
    )


def _parts(printer: _Printer, mtfs: MtfsResult, savings: Sequence[_Rounded]) -> list[_Rounded]:
    """The savings with a total of each part: what reduces today's budget, apart from growth avoided."""
    lines = [line.part for line in mtfs.lines if line.kind == "saving"]
    rows: list[_Rounded] = []
    for part, given in mtfs.parts.items():
        own = [row for row, found in zip(savings, lines, strict=True) if found == part]
        subtotal = printer.row("", given.label, given.changes, given.total, "part")
        printer.columns_of(own, subtotal)
        rows += [*own, subtotal]
    return rows


def bridge_table(mtfs: MtfsResult, years: Sequence[str], shown_in: str = POUNDS) -> PrintedTable:
    """From each year's opening to its closing budget, against the base before the first year: the annual bridge."""
    printer, bridge = _Printer(shown_in, False), mtfs.bridge
    rows = [
        printer.balance("Opening", bridge.opening),
        printer.balance("Growth", bridge.growth),
        printer.balance("Savings", bridge.saving),
        printer.balance("Closing", bridge.closing),
    ]
    printer.columns_of(rows[:3], rows[3])
    return PrintedTable(_UNITS[shown_in], ("", "", *years, ""), tuple(row.text for row in rows), printer.note())


class _Rounded(Struct, frozen=True):
    """A row before it is text."""

    reference: str
    label: str
    cells: tuple[Decimal, ...]
    total: Decimal | None
    kind: str

    @property
    def text(self) -> PrintedRow:
        total = "" if self.total is None else bracketed(self.total)
        return PrintedRow(self.reference, self.label, tuple(map(bracketed, self.cells)), total, self.kind)


class _Printer:
    """Rounds, and remembers whether anywhere the rounded parts do not come to the rounded whole."""

    def __init__(self, shown_in: str, total_as_printed: bool) -> None:
        self.divisor = {POUNDS: 1, THOUSANDS: 1000}[shown_in]
        self.as_printed = total_as_printed
        self.apart = False

    def one(self, value: float) -> Decimal:
        return rounded(value / self.divisor)

    def row(self, reference: str, label: str, values: Sequence[float], whole: float, kind: str) -> _Rounded:
        cells, total = tuple(map(self.one, values)), self.one(whole)
        printed = sum(cells, Decimal(0))
        self.apart |= printed != total
        return _Rounded(reference, label, cells, printed if self.as_printed else total, kind)

    def balance(self, label: str, values: Sequence[float]) -> _Rounded:
        """A row of levels, which have no total."""
        return _Rounded("", label, tuple(map(self.one, values)), None, "balance")

    def columns_of(self, parts: Sequence[_Rounded], whole: _Rounded) -> None:
        """Remember whether a column's printed parts do not come to the printed whole."""
        for place, cell in enumerate(whole.cells):
            self.apart |= sum((part.cells[place] for part in parts), Decimal(0)) != cell
        totals = [part.total for part in parts if part.total is not None]
        if whole.total is not None:
            self.apart |= sum(totals, Decimal(0)) != whole.total

    def note(self) -> str:
        """What rounding leaves, in words; empty where it leaves nothing."""
        return MAY_NOT_SUM if self.apart else ""
