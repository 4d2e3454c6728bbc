"""Reading what lies over the cells of a sheet: every drawing that its relations lead to, however the part is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from finmodel.audit.workbooks.charts import read_chart
from finmodel.audit.workbooks.colours import Palette
from finmodel.audit.workbooks.drawn import Drawing, Drawn
from finmodel.audit.workbooks.package import Relation
from finmodel.audit.workbooks.trees import Node, read_tree
from finmodel.case import ProblemsError
from finmodel.parsing.archive import Archive

# Relations of a sheet that show a reader nothing by themselves, or that are looked at elsewhere.
_PLAIN = {"hyperlink", "printerSettings", "drawing", "vmlDrawing", "comments", "threadedComment", "customProperty"}
_IN_WORDS = {
    "image": "a picture behind its cells", "table": "a table laid over cells", "pivotTable": "a pivot table",
    "oleObject": "an embedded object", "package": "an embedded object", "ctrlProp": "form controls",
    "control": "form controls", "queryTable": "a query", "slicer": "slicers",
}  # fmt: skip
_SHAPES = {"sp": "a shape or text box", "pic": "a picture", "cxnSp": "a line", "grpSp": "a group of shapes",
           "contentPart": "ink", "AlternateContent": "content of a newer kind"}  # fmt: skip
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_UNSEEN = "visibility:hidden"


class DrawingReader:
    """Reads the drawings of a workbook's sheets."""

    def __init__(self, archive: Archive, relations_of: Callable[[str], Iterable[Relation]], palette: Palette) -> None:
        self._archive, self._relations_of, self._palette = archive, relations_of, palette

    def on_sheet(self, part: str) -> Drawn:
        """Everything on the sheet in a part."""
        relations = list(self._relations_of(part))
        drawings: list[Drawing] = []
        parts = []
        for relation in relations:
            if relation.kind == "drawing" and not relation.outside:
                drawings += self._drawings(relation.target)
            elif relation.kind == "vmlDrawing" and not relation.outside:
                drawings += self._old_drawings(relation.target)
            elif relation.kind not in _PLAIN:
                parts.append(_IN_WORDS.get(relation.kind, f"something of the kind “{relation.kind}”"))
        comments = any(relation.kind in ("comments", "threadedComment") for relation in relations)
        return Drawn(tuple(drawings), tuple(dict.fromkeys(parts)), comments)

    def _drawings(self, part: str) -> Iterator[Drawing]:
        relations = {relation.identifier: relation for relation in self._relations_of(part)}
        for anchor in read_tree(self._archive, part).children:
            cells = _cells_of(anchor) if anchor.name in _ANCHORS else None
            for child in anchor.children:
                if child.name == "graphicFrame":
                    yield self._frame(child, cells, relations)
                elif child.name in _SHAPES:
                    yield Drawing(_SHAPES[child.name], cells)
            if anchor.name not in _ANCHORS:
                yield Drawing(_SHAPES.get(anchor.name, f"something called “{anchor.name}”"), None)

    def _frame(
        self, frame: Node, cells: tuple[int, int, int, int] | None, relations: Mapping[str, Relation]
    ) -> Drawing:
        data = frame.at("graphic/graphicData") or Node("")
        spoken = next((child for child in data.children if child.name == "chart"), None)
        identifier = "" if spoken is None else next(
            (value for name, value in spoken.attributes.items() if name.endswith("relationships id")), ""
        )  # fmt: skip
        relation = relations.get(identifier)
        if relation is None or relation.kind != "chart" or len(data.children) != 1:
            return Drawing("a diagram or chart of a newer kind", cells)
        properties = frame.at("nvGraphicFramePr/cNvPr") or Node("")
        hidden = properties.attributes.get("hidden", "0") not in ("0", "false")
        inside = [found.kind for found in self._relations_of(relation.target)]
        return Drawing("a chart", cells, hidden, read_chart(self._archive, relation.target, inside, self._palette))

    def _old_drawings(self, part: str) -> Iterator[Drawing]:
        """Drawings of the old kind, VML: the frames of comments, which are not seen until pointed at, and controls."""
        try:
            tree = read_tree(self._archive, part)
        except ProblemsError:
            yield Drawing("drawings of the old kind that cannot be read")
            return
        for shape in tree.named("shape", "rect", "oval", "line", "roundrect", "image", "polyline", "arc", "curve"):
            client = shape.at("ClientData")
            kind = client.attributes.get("ObjectType", "") if client is not None else ""
            style = shape.attributes.get("style", "").replace(" ", "").casefold()
            shown = client is not None and client.at("Visible") is not None
            if kind != "Note":
                yield Drawing("a form control or shape of the old kind")
            elif shown or _UNSEEN not in style:
                yield Drawing("a comment that is always shown")


def _cells_of(anchor: Node) -> tuple[int, int, int, int] | None:
    def corner(name: str) -> tuple[int, int] | None:
        found = anchor.at(name)
        if found is None:
            return None
        row, column = found.at("row"), found.at("col")
        try:
            return (int(row.text) + 1, int(column.text) + 1) if row is not None and column is not None else None
        except ValueError:
            return None

    first, last = corner("from"), corner("to")
    return None if first is None or last is None else (*first, *last)
