"""What lies over the cells beside the model's own: its one chart, as it is, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.contents import SheetCell, Workbook, Worksheet
from finmodel.audit.workbooks.drawn import Axis, Drawing, DrawnChart, DrawnSeries
from finmodel.audit.workbooks.findings import Finding, FindingKind
from finmodel.audit.workbooks.formulas import pieces
from finmodel.audit.workbooks.number_formats import misleads
from finmodel.audit.workbooks.recalculating import near
from finmodel.audit.workbooks.same_formula import moved, tokens
from finmodel.audit.workbooks.structure import SheetPair, Structure, is_empty
from finmodel.lines.cells import address

_FEW = 2  # rows and columns by which a drawing may stand elsewhere or be of another size
_SHARE = 0.25


def over_cells(structure: Structure, found: Workbook) -> Iterator[Finding]:
    """Drawings that were added, changed, moved or taken away."""
    for pair in structure.pairs:
        charts = [drawing for drawing in pair.now.drawn.drawings if drawing.chart is not None]
        for drawing in pair.now.drawn.drawings:
            if drawing.chart is None:
                what = f"There is {drawing.what} on the sheet, which can cover cells. The model has none."
                yield Finding(FindingKind.FOREIGN_PART, pair.now.name, _cells(drawing), what)
        own = [drawing for drawing in pair.before.drawn.drawings if drawing.chart is not None]
        for one, other in zip(own, charts, strict=False):
            yield from _changes(structure, found, pair, one, other)
        for drawing in charts[len(own) :]:
            references = ", ".join(drawing.chart.references if drawing.chart else ())
            what = "There is a chart that the model does not have."
            yield Finding(FindingKind.CHART_CHANGED, pair.now.name, _cells(drawing), what, "", references)
        if len(charts) < len(own):
            yield Finding(
                FindingKind.CHART_CHANGED,
                pair.now.name,
                "",
                "The chart is gone.",
                own[-1].chart.title if own[-1].chart else "",
            )
    paired = {pair.now.name for pair in structure.pairs}
    for sheet in found.sheets:
        for drawing in sheet.drawn.drawings if sheet.name not in paired else ():
            if drawing.chart is None:
                yield Finding(
                    FindingKind.FOREIGN_PART, sheet.name, _cells(drawing), f"There is {drawing.what} on the sheet."
                )


def _cells(drawing: Drawing) -> str:
    if drawing.cells is None:
        return ""
    top, left, bottom, right = drawing.cells
    return f"{address(top, left)}:{address(max(top, bottom), max(left, right))}"


def _changes(structure: Structure, found: Workbook, pair: SheetPair, was: Drawing, now: Drawing) -> Iterator[Finding]:
    before, chart = was.chart, now.chart
    assert before is not None and chart is not None
    place = _cells(now)

    def told(what: str, expected: str = "", seen: str = "") -> Finding:
        return Finding(FindingKind.CHART_CHANGED, pair.now.name, place, f"The chart: {what}.", expected, seen)

    if now.is_hidden:
        yield told("it is hidden")
    if why := _elsewhere(pair, was, now):
        yield told(why, _cells(was), place)
    if chart.kinds != before.kinds:
        yield told("it is of another kind", ", ".join(before.kinds), ", ".join(chart.kinds))
    if chart.title != before.title:
        yield told("its title is another", before.title, chart.title)
    if before.legend and not chart.legend:
        yield told("it has no legend, so that nobody can distinguish the lines")
    for extra in chart.extras:
        if extra not in before.extras:
            yield told(f"it has {extra}")
    yield from _of_series(structure, found, before, chart, told)
    yield from _of_axes(before.axes, chart.axes, told)


def _elsewhere(pair: SheetPair, was: Drawing, now: Drawing) -> str:
    if was.cells is None or now.cells is None:
        return "it is anchored to no cell" if was.cells is not None else ""
    rows, columns = pair.moves.rows, pair.moves.columns
    first = (rows.at(was.cells[0]) or was.cells[0], columns.at(was.cells[1]) or was.cells[1])
    if any(abs(one - other) > _FEW for one, other in zip(first, now.cells[:2], strict=True)):
        return "it was moved"
    sizes = [(c[2] - c[0] + 1, c[3] - c[1] + 1) for c in (was.cells, now.cells)]
    if any(abs(new - old) > max(_FEW, _SHARE * old) for old, new in zip(*sizes, strict=True)):
        return "it is of another size"
    return ""


def _of_series(structure: Structure, found: Workbook, before: DrawnChart, chart: DrawnChart, told) -> Iterator[Finding]:  # type: ignore[no-untyped-def]
    if len(before.series) != len(chart.series):
        yield told(
            "it has other series", ", ".join(s.name for s in before.series), ", ".join(s.name for s in chart.series)
        )
    # LibreOffice gives all series the years of the first, which stand on each option's sheet.
    years = {tokens(moved(series.categories, "", structure.moves), "") for series in before.series}
    for was, now in zip(before.series, chart.series, strict=False):
        if was.name != now.name:
            yield told("a series has another name", was.name, now.name)
        if tokens(moved(was.values, "", structure.moves), "") != tokens(now.values, ""):
            yield told("a series draws on other cells", was.values, now.values or "nothing")
        if tokens(now.categories, "") not in years:
            yield told("a series draws on other cells for its years", was.categories, now.categories or "nothing")
        if now.invisible and not was.invisible:
            yield told(f"a series cannot be seen: {now.invisible}", "", now.name)
        if why := misleads(now.number_format, "General", 1234.5):
            yield told(f"an axis. {why.rstrip('.')}", was.number_format, now.number_format)
        yield from _kept(found, was, now, told)
    drawn = {tokens(moved(reference, "", structure.moves), "") for reference in before.references}
    for reference in chart.references:
        seen = tokens(reference, "")
        known = {s.values for s in chart.series} | {s.categories for s in chart.series}
        if seen not in drawn and reference not in known and not all(kind == "text" for kind, *_ in seen):
            yield told("it reads other cells", "", reference)


def _kept(found: Workbook, was: DrawnSeries, now: DrawnSeries, told) -> Iterator[Finding]:  # type: ignore[no-untyped-def]
    """Values kept in the chart, which a program that does not calculate shows: those of the cells, or the model's."""
    cells = list(_cells_at(found, now.values))
    for number, kept in enumerate(now.kept):
        cell = cells[number] if number < len(cells) else None
        own = was.kept[number] if number < len(was.kept) else None
        stored = cell.value if cell is not None and not isinstance(cell.value, str) else None
        allowed = [float(value) for value in (stored, own) if value is not None]
        if kept is not None and allowed and not any(near(kept, value) for value in allowed):
            yield told("a value kept in it is not that of its cell", f"{allowed[0]:.15g}", f"{kept:.15g}")
            break
    names = [_name(cell) for cell in _cells_at(found, now.categories)]
    if now.kept_names and names and len(names) == len(now.kept_names):
        own_names = was.kept_names if len(was.kept_names) == len(names) else names  # where a cell has none stored
        for kept_name, name, own_name in zip(now.kept_names, names, own_names, strict=True):
            if kept_name and kept_name not in (name, "" if name else own_name):
                yield told("a year kept in it is not that of its cell", name or own_name, kept_name)
                break


def _name(cell: SheetCell | None) -> str:
    """What a chart keeps of a cell as the name of a point: a text, or a day as it is counted."""
    value = cell.value if cell is not None else None
    return f"{value:.15g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value or "")


def _cells_at(found: Workbook, reference: str) -> Iterator[SheetCell | None]:
    piece = next((piece for piece in pieces(reference) if piece.reference is not None), None)
    if piece is None or piece.reference is None:
        return
    sheet: Worksheet | None = found.sheet(piece.reference.sheet)
    first, last = piece.reference.first, piece.reference.last
    if sheet is None or not first.row or not first.column or last.row - first.row + last.column - first.column > 10_000:
        return
    for row in range(first.row, last.row + 1):
        for column in range(first.column, last.column + 1):
            cell = sheet.cells.get((row, column))
            yield None if is_empty(cell) else cell


def _of_axes(before: tuple[Axis, ...], now: tuple[Axis, ...], told) -> Iterator[Finding]:  # type: ignore[no-untyped-def]
    if [axis.kind for axis in before] != [axis.kind for axis in now]:
        yield told("it has other axes", ", ".join(a.kind for a in before), ", ".join(a.kind for a in now))
    for was, axis in zip(before, now, strict=False):
        if was.scale != axis.scale:
            yield told("an axis is cut, turned or scaled otherwise", _said(was), _said(axis))
        if was.title != axis.title:
            yield told("an axis has another title", was.title, axis.title)
        if axis.is_gone and not was.is_gone:
            yield told("an axis is hidden", "", was.title)
        if axis.side != was.side:
            yield told("an axis stands on another side", was.side, axis.side)
        if axis.number_format and (why := misleads(axis.number_format, was.number_format or "General", 1234.5)):
            yield told(f"an axis. {why.rstrip('.')}", was.number_format, axis.number_format)


def _said(axis: Axis) -> str:
    return ", ".join(f"{name} {value}" for name, value in axis.scale) or "by itself"
