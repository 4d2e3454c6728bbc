"""What a reader is shown of a sheet beside the looks of its cells: views, heights and widths, print-outs, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import TypeAlias

from finmodel.audit.workbooks.around import SHOWING, Around
from finmodel.audit.workbooks.contents import Position, Workbook, Worksheet
from finmodel.audit.workbooks.findings import Finding, FindingKind
from finmodel.audit.workbooks.hidden_values import Taste
from finmodel.audit.workbooks.look import Style
from finmodel.audit.workbooks.number_formats import sections
from finmodel.audit.workbooks.same_formula import moved, same, tokens
from finmodel.audit.workbooks.structure import SheetPair, Structure, is_empty, runs, span
from finmodel.lines.cells import address

_ON = ("1", "true")
_OFF = ("0", "false")
_SMALLEST_ZOOM, _LARGEST_ZOOM = 40, 300  # per cent
_MOST_FROZEN = (20, 6)  # rows and columns beyond the model's that still leave room to scroll
_READ = 0.7  # of the size of letters: a row that is lower cuts them off
_NARROW = 0.35  # of the model's width
_DEFAULT_HEIGHT, _DEFAULT_WIDTH = 15.0, 8.43
_PADDING = 0.2  # of a width, at the least, that no digit takes up
_USUAL_SIZE = 11  # points of the letters by which columns are measured
_SMALLEST_PRINT, _LARGEST_PRINT = 30, 250  # per cent
_CODES = re.compile(r'&"[^"]*"|&K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|&\d{1,3}(?!\d)|&[BIUESXYOH](?![a-z])')
_PRINT_AREA, _PRINT_TITLES = "_xlnm.print_area", "_xlnm.print_titles"
_ABOUT_FILE = ("subject", "description", "keywords", "category", "contentStatus", "Manager", "Company")
_Views: TypeAlias = Mapping[str, str]


def shown(structure: Structure, expected: Workbook, found: Workbook, taste: Taste) -> Iterator[Finding]:
    """Everything that is seen otherwise than the model has it, cells' own looks apart."""
    for pair in structure.pairs:
        yield from _views(pair, taste)
        yield from _heights(pair, taste)
        yield from _widths(pair, taste)
        yield from _too_wide(pair)
        yield from _on_top(pair)
        yield from _links(structure, pair, taste)
        yield from _headers(pair)
        yield from _page(pair, taste)
    yield from _printed(structure, expected, found, taste)
    yield from _window(expected, found)


def notes_on_shown(expected: Workbook, found: Workbook) -> Iterator[str]:
    """What is shown beside the figures and was not judged, by name."""
    own = {_message(said) for sheet in expected.sheets for said in sheet.around.validations}
    messages = [
        (sheet.name, said)
        for sheet in found.sheets
        for said in sheet.around.validations
        if any(_message(said)) and _message(said) not in own
    ]
    if messages:
        sheet, said = messages[0]
        yield (
            "Cells have messages that appear when they are chosen and that are not the model's, "
            f"{len(messages):,} in all, the first at {sheet}!{said.get('sqref', '')}. They were not judged."
        )
    texts = [f"{name}: {found.properties[name]}" for name in _ABOUT_FILE if found.properties.get(name)]
    if texts:
        yield f"The file says of itself {'; '.join(texts)}. The model says nothing of it; it was not judged."


def _message(said: Mapping[str, str]) -> tuple[str, str, str]:
    """What a validation rule says when its cell is chosen, and where what is typed is refused."""
    return said.get("promptTitle", ""), said.get("prompt", ""), said.get("error", "")


def _views(pair: SheetPair, taste: Taste) -> Iterator[Finding]:
    before = pair.before.around.views[0] if pair.before.around.views else {}
    for view in pair.now.around.views:
        for name, bad, kind, what in (
            ("showFormulas", _ON, FindingKind.DISPLAY_CHANGED, "Formulas are shown in the place of figures."),
            ("showZeros", _OFF, FindingKind.VALUE_HIDDEN, "Zeros are not shown."),
            ("rightToLeft", _ON, FindingKind.DISPLAY_CHANGED, "The sheet runs from right to left."),
            (
                "showRowColHeaders",
                _OFF,
                FindingKind.DISPLAY_CHANGED,
                "The letters and numbers of columns and rows are hidden.",
            ),
        ):
            if view.get(name) in bad and before.get(name) not in bad:
                yield Finding(kind, pair.now.name, "", what)
        zoom = int(view.get("zoomScale", "100"))
        if not _SMALLEST_ZOOM <= zoom <= _LARGEST_ZOOM:
            yield Finding(FindingKind.DISPLAY_CHANGED, pair.now.name, "", f"The sheet is shown at {zoom}% of its size.")
        elif zoom != 100:
            taste.add("zoom")
        yield from _frozen(pair, before, view, taste)


def _frozen(pair: SheetPair, before: _Views, view: _Views, taste: Taste) -> Iterator[Finding]:
    if not view.get("pane state", "").startswith("frozen"):
        if before.get("pane state", "").startswith("frozen"):
            taste.add("frozen panes")
        return
    first = view.get("topLeftCell", "A1").replace("$", "")
    if first != "A1":
        what = f"Panes are frozen at {first}, so that nobody can scroll to what is above or left of it."
        yield Finding(FindingKind.ROWS_HIDDEN, pair.now.name, "", what)
    for axis, most in zip(("ySplit", "xSplit"), _MOST_FROZEN, strict=True):
        frozen, own = float(view.get(f"pane {axis}", 0)), float(before.get(f"pane {axis}", 0))
        if frozen > own + most:
            what = f"So much is frozen ({frozen:g}) that the rest may not be seen."
            yield Finding(FindingKind.ROWS_HIDDEN, pair.now.name, "", what, f"{own:g}", f"{frozen:g}")
        elif frozen != own:
            taste.add("frozen panes")


def _heights(pair: SheetPair, taste: Taste) -> Iterator[Finding]:
    """Rows that are too low for their letters, where the model's are not."""
    sizes: dict[int, float] = {}
    for (row, _), cell in pair.now.cells.items():
        if not is_empty(cell):
            sizes[row] = max(sizes.get(row, 0), min(cell.style.look.size, 14))
    low = []
    for row, size in sizes.items():
        was = pair.moves.rows.back.get(row)
        usual = _height(pair.before.around, was) if was else _DEFAULT_HEIGHT
        height = _height(pair.now.around, row)
        if height < _READ * size <= usual and row not in pair.now.hidden_rows:
            low.append(row)
        elif height < _READ * usual:
            taste.add("lower rows")
    for first, last in runs(low):
        what = f"Rows are {_height(pair.now.around, first):g} points high, too low to be read."
        yield Finding(FindingKind.ROWS_HIDDEN, pair.now.name, span(first, last, of_rows=True), what)


def _height(around: Around, row: int) -> float:
    said = around.rows.get(row, {}).get("ht") or around.format.get("defaultRowHeight")
    return float(said) if said else _DEFAULT_HEIGHT


def _widths(pair: SheetPair, taste: Taste) -> Iterator[Finding]:
    """Columns that are too narrow for what they hold, where the model's are not."""
    held = {column for (_, column), cell in pair.now.cells.items() if not is_empty(cell)}
    narrow = []
    for column in held:
        was = pair.moves.columns.back.get(column)
        usual = _width(pair.before.around, was) if was else _DEFAULT_WIDTH
        width = _width(pair.now.around, column)
        if width < _NARROW * usual and column not in pair.now.hidden_columns:
            narrow.append(column)
        elif abs(width - usual) > 0.1 * usual + 0.5:
            taste.add("widths of columns")
    for first, last in runs(narrow):
        what = f"Columns are {_width(pair.now.around, first):g} characters wide, too narrow to be read."
        yield Finding(FindingKind.COLUMNS_HIDDEN, pair.now.name, span(first, last, of_rows=False), what)


def _too_wide(pair: SheetPair) -> Iterator[Finding]:
    """Figures that do not fit their column any more, so that a reader is shown #### for them."""
    wide: dict[int, list[Position]] = {}
    width_now, width_before = cache(partial(_width, pair.now.around)), cache(partial(_width, pair.before.around))
    for (row, column), cell in pair.now.cells.items():
        was_row, was_column = pair.moves.rows.back.get(row), pair.moves.columns.back.get(column)
        was = pair.before.cells.get((was_row, was_column)) if was_row and was_column else None
        value = cell.value if cell.value is not None or was is None else was.value
        if was is None or was_column is None or isinstance(value, bool | str) or value is None:
            continue
        room, usual = width_now(column), width_before(was_column)
        is_hidden = column in pair.now.hidden_columns or row in pair.now.hidden_rows
        if (
            not is_hidden
            and _room_for(value, cell.style) > room - _PADDING
            and _room_for(value, was.style) < usual - 0.5
        ):
            wide.setdefault(column, []).append((row, column))
    for column, places in wide.items():
        if width_now(column) >= _NARROW * width_before(pair.moves.columns.back[column]):
            what = f"Figures are too wide for their column, which shows signs in their place: {len(places):,} cells."
            yield Finding(FindingKind.VALUE_HIDDEN, pair.now.name, address(*places[0]), what)


def _room_for(value: float, style: Style) -> float:
    """Digits of the usual size that a number takes up, at the least; signs and points are half as wide."""
    own = sections(style.number_format)[0]
    whole = len(f"{abs(value * 100**own.percents):.0f}")
    apart = (whole - 1) // 3 if "," in style.number_format else 0
    length = whole + own.decimals + own.percents + 0.5 * (apart + bool(own.decimals) + (value < 0))
    return length * style.look.size / _USUAL_SIZE


def _width(around: Around, column: int) -> float:
    """The least that is said of a column's width; programs differ on which of two counts."""
    said = [
        float(each["width"])
        for each in around.columns
        if "width" in each and int(each.get("min", 0)) <= column <= int(each.get("max", 0))
    ]
    usual = around.format.get("defaultColWidth")
    return min(said) if said else float(usual) if usual else _DEFAULT_WIDTH


def _on_top(pair: SheetPair) -> Iterator[Finding]:
    """What lies behind, over or beside the cells without being a drawing of the usual kind."""
    now, before = pair.now, pair.before
    own = {*map(SHOWING.__getitem__, before.around.showing), *before.drawn.parts}
    for what in dict.fromkeys([*map(SHOWING.__getitem__, now.around.showing), *now.drawn.parts]):
        if what not in own:
            yield Finding(FindingKind.FOREIGN_PART, now.name, "", f"The sheet has {what}. The model has none.")


def _links(structure: Structure, pair: SheetPair, taste: Taste) -> Iterator[Finding]:
    if pair.has_moved:
        return
    own, now = pair.before.around.links, pair.now.around.links
    for cells, said in now.items():
        before = own.get(cells)
        location = said.get("location", "").lstrip("#")
        leads = location or "a place outside the workbook"
        if before is None:
            taste.add("links added to cells")
        elif not _leads_as_before(structure, before, location) or said.get("tooltip", "") != before.get("tooltip", ""):
            what = "The link leads elsewhere, or says something else, than the model's."
            yield Finding(FindingKind.DISPLAY_CHANGED, pair.now.name, cells, what, before.get("location", ""), leads)
    taste.add(*("links taken off" for cells in own if cells not in now))


def _leads_as_before(structure: Structure, before: Mapping[str, str], location: str) -> bool:
    """Whether a link leads where the model's does; where its sheet is gone, reported apart, it does."""
    own = before.get("location", "")
    wanted = moved(own, "", structure.moves)
    return same(own if "#REF!" in wanted else wanted, location, "")


def _headers(pair: SheetPair) -> Iterator[Finding]:
    before, now = _printed_headers(pair.before), _printed_headers(pair.now)
    for name in sorted(before.keys() | now.keys()):
        was, found = before.get(name, ("", "", "")), now.get(name, ("", "", ""))
        if was != found:
            what = f"What is printed {'above' if 'Header' in name else 'below'} each page is not the model's."
            yield Finding(FindingKind.PRINT_CHANGED, pair.now.name, "", what, " | ".join(was), " | ".join(found))


def _printed_headers(sheet: Worksheet) -> dict[str, tuple[str, str, str]]:
    """The headers and footers that are printed: left, middle and right, without fonts and sizes."""
    around = sheet.around
    used = {"odd": True, "even": around.header_set_up.get("differentOddEven") in _ON,
            "first": around.header_set_up.get("differentFirst") in _ON}  # fmt: skip
    found = {}
    for name, text in around.headers.items():
        if used[name.removesuffix("Header").removesuffix("Footer")]:
            parts = {"L": "", "C": "", "R": ""}
            place = "C"
            for piece in re.split("(&[LCR])", _CODES.sub("", text)):
                if re.fullmatch("&[LCR]", piece):
                    place = piece[1]
                else:
                    parts[place] += piece
            if any(part.strip() for part in parts.values()):
                found[name] = (parts["L"].strip(), parts["C"].strip(), parts["R"].strip())
    for kind in ("even", "first"):
        if used[kind]:
            for place in ("Header", "Footer"):  # a page of its own without a footer is a change too
                found.setdefault(f"{kind}{place}", ("", "", ""))
    own = {name: found[name] for name in found if name.startswith("odd")}
    return own | {
        n: t for n, t in found.items() if n not in own and t != own.get(f"odd{n[len(n) - 6 :]}", ("", "", ""))
    }


def _page(pair: SheetPair, taste: Taste) -> Iterator[Finding]:
    before, now = pair.before.around.page, pair.now.around.page
    scale = int(now.get("scale", "100"))
    if not _SMALLEST_PRINT <= scale <= _LARGEST_PRINT:
        yield Finding(FindingKind.PRINT_CHANGED, pair.now.name, "", f"The sheet is printed at {scale}% of its size.")
    if now.get("errors", "displayed") != before.get("errors", "displayed"):
        yield Finding(
            FindingKind.PRINT_CHANGED, pair.now.name, "", "Errors are printed as something else.", "", now["errors"]
        )
    for name, usual in (("orientation", "default"), ("paperSize", "1"), ("blackAndWhite", "0"), ("draft", "0")):
        if before.get(name, usual) != now.get(name, usual) and {before.get(name), now.get(name)} != {None, "false"}:
            taste.add("print set-up")
    if pair.now.around.breaks and not pair.before.around.breaks:
        taste.add("page breaks")


def _printed(structure: Structure, expected: Workbook, found: Workbook, taste: Taste) -> Iterator[Finding]:
    """The cells that are printed, and the rows and columns that are repeated on each page."""
    names = {pair.before.name: pair.now.name for pair in structure.pairs}
    there = set(names.values())
    own = {(names.get(n.sheet, n.sheet), n.name.casefold()): n for n in expected.defined_names}
    now = {(n.sheet, n.name.casefold()): n for n in found.defined_names}
    for (sheet, name), stated in now.items():
        if name not in (_PRINT_AREA, _PRINT_TITLES) or sheet not in there:
            continue
        before = own.get((sheet, name))
        wanted = moved(before.refers_to, "", structure.moves) if before is not None else ""
        if set(tokens(wanted, "")) != set(tokens(stated.refers_to, "")):
            what = "Other cells are printed." if name == _PRINT_AREA else "Other rows or columns stand on every page."
            yield Finding(FindingKind.PRINT_CHANGED, sheet, "", what, wanted, stated.refers_to)
    missing = sum(key not in now for key in own if key[1] in (_PRINT_AREA, _PRINT_TITLES))
    taste.add(*["print areas and titles taken off"] * missing)


def _window(expected: Workbook, found: Workbook) -> Iterator[Finding]:
    for said in found.window:
        if said.get("showObjects", "all") != "all":
            yield Finding(
                FindingKind.CHART_CHANGED, "", "", "Charts are hidden in the whole workbook.", "", said["showObjects"]
            )
        if said.get("visibility", "visible") != "visible" or said.get("showSheetTabs", "1") in _OFF:
            yield Finding(FindingKind.SHEET_HIDDEN, "", "", "The window or the tabs of the sheets are hidden.")
    title, wanted = found.properties.get("title", ""), expected.properties.get("title", "")
    if title != wanted and expected.sheets:
        yield Finding(
            FindingKind.TEXT_CHANGED, "", "", "The title that the file gives itself is not the case's.", wanted, title
        )
