"""Reading a chart: what it draws on and how, so that a series, a scale or a title that was changed shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finmodel.audit.workbooks.colours import BLACK, WHITE, Colour, Palette, contrast, of_hex, of_system, scaled_light
from finmodel.audit.workbooks.drawn import Axis, DrawnChart, DrawnSeries
from finmodel.audit.workbooks.trees import Node, read_tree, texts
from finmodel.parsing.archive import Archive

_AXES = ("catAx", "valAx", "dateAx", "serAx")
_NO = ("0", "false")
_ADDED = {
    "trendline": "trend lines", "errBars": "error bars", "upDownBars": "bars between series", "dropLines": "drop lines",
    "hiLowLines": "lines between series", "dTable": "a table of values", "dPt": "points that look unlike the rest",
    "dispUnits": "an axis that leaves thousands out", "pivotSource": "a pivot table as its source",
    "legendEntry": "a legend that leaves series out", "blipFill": "pictures as fillings",
    "AlternateContent": "content of a newer kind",
    "view3D": "a view in three dimensions", "clrMapOvr": "colours of its own",
}  # fmt: skip
_RELATED = {"chartUserShapes": "shapes or text drawn over it", "image": "pictures"}
_HARMLESS_RELATIONS = {"chartStyle", "chartColorStyle", "package", "themeOverride"}
_SHOWN = ("showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize", "showLegendKey")
_SCALES = ("min", "max", "logBase")
_FAINT = 1.3  # contrast of a line with what lies behind it, under which nobody sees it
_SMALLEST = 500  # hundredths of a point
_READABLE = 2.0


def read_chart(archive: Archive, part: str, relations: Sequence[str], palette: Palette) -> DrawnChart:
    """The chart in a part. relations: the kinds of what the part speaks of."""
    tree = read_tree(archive, part)
    chart, area = tree.at("chart") or Node(""), tree.at("chart/plotArea") or Node("")
    groups = [child for child in area.children if child.name.endswith("Chart")]
    painter = _Painter(palette, tree)
    return DrawnChart(
        kinds=tuple(_kind(group) for group in groups),
        title=texts(chart.at("title") or Node("")),
        series=tuple(_series(node, painter) for group in groups for node in group.all("ser")),
        axes=tuple(_axis(node, _lies(groups)) for node in area.children if node.name in _AXES),
        legend=chart.at("legend") is not None,
        extras=tuple(dict.fromkeys(_extras(tree, relations, painter))),
        references=tuple(dict.fromkeys(node.text for node in tree.named("f") if node.text)),
    )


class _Painter:
    """Colours within a chart, and what lies behind."""

    def __init__(self, palette: Palette, tree: Node) -> None:
        self._palette = palette
        back = tree.at("chart/plotArea/spPr/solidFill") or tree.at("spPr/solidFill")
        self.behind = (self.colour(back) if back is not None else None) or WHITE

    def colour(self, fill: Node) -> Colour | None:
        """The colour of a solid filling; None where it is not known."""
        for said in fill.children:
            value = said.attributes.get("val", "")
            if said.name == "srgbClr":
                found = of_hex(value)
            elif said.name == "sysClr":
                found = of_system(value, said.attributes.get("lastClr", ""))
            elif said.name == "prstClr":
                found = {"white": WHITE, "black": BLACK}.get(value)
            else:
                found = self._palette.of_scheme(value) if said.name == "schemeClr" else None
            if found is not None:
                by, more = (
                    int(said.says(name, otherwise=usual)) / 100_000
                    for name, usual in (("lumMod", "100000"), ("lumOff", "0"))
                )
                return scaled_light(found, by, more)
        return None

    def is_clear(self, fill: Node) -> bool:
        """Whether it is all but transparent."""
        return any(int(node.attributes.get("val", "100000")) < 20_000 for node in fill.named("alpha"))

    def faint(self, fill: Node, least: float) -> bool:
        """Whether a filling does not stand out from what lies behind."""
        found = self.colour(fill)
        return self.is_clear(fill) or (found is not None and contrast(found, self.behind) < least)


def _kind(group: Node) -> str:
    grouping, direction = group.says("grouping"), group.says("barDir")
    return " ".join(filter(None, (group.name, grouping if grouping != "standard" else "", direction)))


def _series(node: Node, painter: _Painter) -> DrawnSeries:
    name = node.at("tx") or Node("")
    values, categories = node.at("val") or node.at("yVal") or Node(""), node.at("cat") or node.at("xVal") or Node("")
    said = name.at("strRef/f")
    title = said.text if said is not None and not said.text.startswith('"') else texts(name)
    return DrawnSeries(
        name=title,
        categories=_reference(categories),
        values=_reference(values),
        kept=tuple(map(_number, _points(values))),
        kept_names=tuple(_points(categories)) if categories.at("multiLvlStrRef") is None else (),
        invisible=_invisible(node, painter),
        number_format=next((found.text for found in values.named("formatCode")), "General"),
    )


def _reference(node: Node) -> str:
    return next((found.text for found in node.named("f") if found.text), "typed in" if node.children else "")


def _points(node: Node) -> list[str]:
    """The values kept in the chart, in order; "" for a point that is not kept."""
    found = {int(point.attributes.get("idx", 0)): (point.at("v") or Node("")).text for point in node.named("pt")}
    return [found.get(place, "") for place in range(max(found, default=-1) + 1)] if len(found) < 10_000 else []


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _alike(text: str) -> str:
    """A number in one manner, for programs write 80000 and 80000.0; other text as it is."""
    number = _number(text)
    return text if number is None else f"{number:.15g}"


def _invisible(node: Node, painter: _Painter) -> str:
    line, fill = node.at("spPr/ln"), node.at("spPr/solidFill")
    if line is None:
        return "its filling cannot be seen" if fill is not None and painter.faint(fill, _FAINT) else ""
    if line.at("noFill") is not None:
        return "it has no line"
    return "its line cannot be seen" if _unseen(line, painter, _FAINT) else ""


def _lies(groups: Sequence[Node]) -> bool:
    """Whether it is of bars that lie: their axes stand where they cross, and programs name the sides as they like."""
    return any(group.says("barDir") == "bar" for group in groups)


def _axis(node: Node, lies: bool) -> Axis:
    scale = [
        (name, _alike(found.attributes.get("val", "")))
        for name in _SCALES
        if (found := node.at(f"scaling/{name}")) is not None
    ]
    if (direction := node.says("scaling/orientation", otherwise="minMax")) != "minMax":
        scale.append(("direction", direction))
    if node.at("crossesAt") is not None:
        scale.append(("crossesAt", _alike(node.says("crossesAt"))))
    elif (crosses := node.says("crosses", otherwise="autoZero")) != "autoZero":
        scale.append(("crosses", crosses))
    linked = node.says("numFmt", "sourceLinked", "1") not in _NO
    gone = node.says("delete", otherwise="0") not in _NO or node.says("tickLblPos", otherwise="nextTo") == "none"
    side = "" if lies else node.says("axPos")
    return Axis(node.name, side, tuple(scale), texts(node.at("title") or Node("")),
                "" if linked else node.says("numFmt", "formatCode"), gone)  # fmt: skip


_ONE_EACH = {"chartSpace", "chart", "ser", "title", "tx", "cat", "val", "numRef", "strRef", "catAx", "dateAx", "valAx",
             "scaling", "legend", "spPr", "ln", "layout", "manualLayout"}  # fmt: skip
_MANY = {"ser", "dPt", "trendline", "errBars", "legendEntry", "AlternateContent"}
_LEAST_PLOT = 0.2  # of the chart's width and height


def _misread(tree: Node) -> Iterator[str]:
    """What one program reads and another does not: doubled elements, and content for newer programs."""
    for node in (tree, *tree.within()):
        names = [child.name for child in node.children if child.name not in _MANY]
        if node.name in _ONE_EACH and len(names) > len(set(names)):
            yield "something in it twice"
        if " " in node.name:
            yield "elements that only some programs read"
    for newer in tree.all("AlternateContent"):  # Excel keeps the chart's style so
        if any(node.name not in ("Choice", "Fallback", "style") for node in newer.within()):
            yield _ADDED["AlternateContent"]


def _misplaced(tree: Node) -> Iterator[str]:
    """Titles, legends and drawn areas that were put where nobody sees them, or made too small."""
    for node in tree.named("manualLayout"):
        said = {name: _number(node.says(name)) or 0 for name in ("x", "y", "w", "h")}
        most = 0.98 if node.says("xMode") == "edge" else 0.5
        if not all(-0.5 <= said[name] <= most for name in ("x", "y")):
            yield "parts that lie outside of it"
    drawn = tree.at("chart/plotArea/layout/manualLayout")
    sizes = [] if drawn is None else [_number(drawn.says(name)) for name in ("w", "h")]
    if any(size is not None and size < _LEAST_PLOT for size in sizes):
        yield "lines so small that nobody can read them"


def _unseen(fill: Node | None, painter: _Painter, least: float) -> bool:
    """Whether a line or a letter of this look is not seen, for it is drawn in nothing that stands out."""
    if fill is None:
        return False
    if fill.at("noFill") is not None:
        return True
    # where there are several fillings, which of them is drawn depends on the program
    fillings = (list(fill.all(path)) for path in ("gradFill/gsLst/gs", "solidFill", "pattFill/fgClr"))
    return any(stops and all(painter.faint(stop, least) for stop in stops) for stops in fillings)


def _letters(tree: Node, painter: _Painter) -> Iterator[str]:
    """Letters that cannot be read, also where the whole chart says how they look, or only what lies behind them."""
    dressed = list(tree.named("rPr", "defRPr"))
    for node in dressed:
        if _unseen(node, painter, _READABLE) or int(node.attributes.get("sz", "1000")) < _SMALLEST:
            yield "letters that cannot be read"
    if contrast(painter.behind, BLACK) < _READABLE and not any(node.at("solidFill") for node in dressed):
        yield "a background on which letters cannot be read"


def _extras(tree: Node, relations: Sequence[str], painter: _Painter) -> Iterator[str]:
    chart = tree.at("chart") or Node("")
    for node in chart.named(*_ADDED):
        if node.name in ("dropLines", "hiLowLines") and node.at("spPr/ln/noFill") is not None:
            continue  # as LibreOffice writes them: there, and drawn with no line
        yield _ADDED[node.name]
    for kind in relations:
        if kind not in _HARMLESS_RELATIONS:
            yield _RELATED.get(kind, f"something of the kind “{kind}”")
    if tree.at("userShapes") is not None:
        yield _RELATED["chartUserShapes"]
    for labels in chart.named("dLbls", "dLbl"):
        if labels.at("tx") is not None:
            yield "labels with words of their own"
        elif any(labels.says(name, otherwise="0") not in _NO for name in _SHOWN):
            yield "labels on points"
    yield from _letters(tree, painter)
    if any((_number(node.says("tickLblSkip")) or 1) > 1 for node in chart.named(*_AXES)):
        yield "labels left out along an axis"
    yield from _misread(tree)
    yield from _misplaced(tree)
    if chart.says("plotVisOnly", otherwise="1") in _NO:
        yield "hidden cells drawn too"
