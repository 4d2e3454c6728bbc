"""The cell formats of a workbook, as what is seen of them: letters, what lies behind, where they stand in the cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from msgspec import Struct, field

from finmodel.audit.workbooks.colours import (
    BLACK,
    THEME_PARTS,
    WHITE,
    Colour,
    Palette,
    mixed,
    of_hex,
    of_system,
)
from finmodel.audit.workbooks.contents import Oddity
from finmodel.audit.workbooks.look import Differential, Look, Style
from finmodel.audit.workbooks.markup import read_in_place
from finmodel.audit.workbooks.trees import Node, TreeReader, read_tree
from finmodel.parsing.archive import Archive

UNKNOWN_FORMAT = "[unknown format]General"
# Number formats that files name by number alone (ECMA-376, part 1, 18.8.30); 5 to 8 and 41 to 44 as in Britain.
_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"£"#,##0;-"£"#,##0', 6: '"£"#,##0;[Red]-"£"#,##0',
    7: '"£"#,##0.00;-"£"#,##0.00', 8: '"£"#,##0.00;[Red]-"£"#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)", 41: '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-',
    42: '_-"£"* #,##0_-;-"£"* #,##0_-;_-"£"* "-"_-;_-@_-', 43: '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-',
    44: '_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
    48: "##0.0E+0", 49: "@",
}  # fmt: skip
# How much of a pattern is its foreground (ECMA-376, part 1, 18.18.55).
_DENSITY = {"gray125": 0.125, "gray0625": 0.0625, "lightGray": 0.25, "mediumGray": 0.5, "darkGray": 0.75}
_T = TypeVar("_T")
_SYMBOL_CHARACTERS = "2"
_NO = ("0", "false", "none")


class _Font(Struct, frozen=True):
    colour: Colour = BLACK
    said: str = ""  # as the file says it, for those who look at the file itself
    size: float = 11
    names: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    slight: tuple[str, ...] = ()


class Styles(Struct):
    """The formats of cells by number, and what colours mean in this workbook."""

    cells: list[Style] = field(default_factory=list)
    palette: Palette = field(default_factory=Palette)
    conditional: list[Differential] = field(default_factory=list)


def read_styles(archive: Archive, part: str, theme: str, oddities: list[Oddity]) -> Styles:
    """Read the parts of styles and theme; "" for a part that is not there."""
    fonts, colours = _theme(archive, theme, oddities) if theme else ({}, [])
    if not part:
        return Styles(palette=Palette(colours))
    reader = TreeReader(part, oddities)
    read_in_place(archive, part, "styleSheet", reader)
    tree = reader.top.children[0] if reader.top.children else reader.top
    indexed = [node.attributes.get("rgb", "") for node in tree.all("colors/indexedColors/rgbColor")]
    reading = _StylesReading(tree, Palette(colours, indexed), fonts)
    return Styles(reading.styles(), reading.palette, reading.conditional())


def _theme(archive: Archive, part: str, oddities: list[Oddity]) -> tuple[dict[str, str], list[Colour]]:
    """The theme's fonts, by `minor` and `major`, and its twelve colours in the order in which they are counted."""
    tree = read_tree(archive, part)
    elements = tree.at("themeElements") or Node("")
    scheme = elements.at("clrScheme") or Node("")
    if any(_says_twice(node) for node in (tree, elements, scheme, elements.at("fontScheme") or Node(""))):
        oddities.append(Oddity(part, "", "", "Something of the theme is stated twice: programs may show either"))
    if any(len(colour.children) > 1 for colour in scheme.children):
        oddities.append(Oddity(part, "", "", "A colour of the theme is stated twice: programs may show either"))
    colours: dict[str, Colour] = {}
    for child in scheme.children:
        for said in child.children:
            value = said.attributes.get("val", "")
            system = said.name == "sysClr"
            colours[child.name] = (
                of_system(value, said.attributes.get("lastClr", "")) if system else of_hex(value) or BLACK
            )
    fonts = {
        kind: elements.says(f"fontScheme/{kind}Font/latin", "typeface") for kind in ("minor", "major")
    }  # fmt: skip
    return fonts, [colours.get(name, BLACK) for name in THEME_PARTS] if colours else []


def _says_twice(node: Node) -> bool:
    names = [child.name for child in node.children]
    return len(names) > len(set(names))


class _StylesReading:
    """The part of styles, read from top to bottom."""

    def __init__(self, tree: Node, palette: Palette, theme_fonts: Mapping[str, str]) -> None:
        self.tree, self.palette, self._theme_fonts = tree, palette, theme_fonts
        self._formats = self._number_formats()
        self._fonts = [self.font(node) for node in tree.all("fonts/font")]
        self._fills = [self._fill(node) for node in tree.all("fills/fill")]
        self._crossed = [_crossed(node) for node in tree.all("borders/border")]

    def styles(self) -> list[Style]:
        """Every format of a cell, in order; those that look alike are one object."""
        same: dict[Style, Style] = {}
        found = [self._style(node) for node in self.tree.all("cellXfs/xf")]
        return [same.setdefault(style, style) for style in found]

    def conditional(self) -> list[Differential]:
        """Every look that a conditional format can give, in order."""
        return [self._differential(node) for node in self.tree.all("dxfs/dxf")]

    def _differential(self, node: Node) -> Differential:
        font, fill, pattern = node.at("font"), node.at("fill"), node.at("numFmt")
        colour = font.at("color") if font is not None else None
        # Excel paints a solid fill of a conditional format in its background colour
        behind = next((each for name in ("bgColor", "fgColor") for each in node.all(f"fill/patternFill/{name}")), None)
        marks = self.font(font).marks if font is not None else ()
        gradient = ("a gradient",) if fill is not None and fill.at("gradientFill") is not None else ()
        return Differential(
            self.palette.resolve(colour.attributes, BLACK) if colour is not None else None,
            self.palette.resolve(behind.attributes, WHITE) if behind is not None else None,
            pattern.attributes.get("formatCode", UNKNOWN_FORMAT) if pattern is not None else "",
            marks + gradient,
        )

    def _number_formats(self) -> dict[int, str]:
        formats = dict(_BUILT_IN)
        stated: dict[int, str] = {}
        for node in self.tree.all("numFmts/numFmt"):
            number, code = int(node.attributes.get("numFmtId", 0)), node.attributes.get("formatCode", "")
            formats[number] = code if stated.setdefault(number, code) == code else UNKNOWN_FORMAT
        return formats

    def font(self, node: Node) -> _Font:
        """A font, of a cell or of a run of letters."""
        colour = node.at("color")
        scheme = self._theme_fonts.get(node.says("scheme"), "")
        names = tuple(dict.fromkeys(filter(None, (node.says("name") or node.says("rFont"), scheme))))
        marks = [name for name in ("strike", "outline", "shadow") if _on(node, name)]
        marks += [raised for raised in (node.says("vertAlign"),) if raised not in ("", "baseline")]
        marks += ["symbols"] if node.says("charset") == _SYMBOL_CHARACTERS else []
        slight = [name for name in ("b", "i", "u") if _on(node, name)]
        attributes = colour.attributes if colour is not None else {}
        return _Font(self.palette.resolve(attributes, BLACK), _said(attributes), float(node.says("sz", otherwise="11")),
                     names, tuple(marks), tuple(slight))  # fmt: skip

    def _fill(self, node: Node) -> tuple[Colour, ...]:
        """What lies behind letters: one colour, or those at the stops of a gradient."""
        if (gradient := node.at("gradientFill")) is not None:
            stops = [self.palette.resolve(stop.attributes, WHITE) for stop in gradient.all("stop/color")]
            return tuple(stops) or (WHITE,)
        pattern = node.at("patternFill") or Node("")
        kind = pattern.attributes.get("patternType", "none")
        if kind == "none":
            return (WHITE,)
        front, back = pattern.at("fgColor"), pattern.at("bgColor")
        ahead = self.palette.resolve(front.attributes if front else {}, BLACK)
        behind = self.palette.resolve(back.attributes if back else {}, WHITE)
        if kind == "solid":
            return (ahead,)
        return (mixed(ahead, behind, _DENSITY.get(kind, 0.5 if kind.startswith("dark") else 0.25)),)

    def _style(self, node: Node) -> Style:
        def number(name: str) -> int:
            return int(node.attributes.get(name, 0))

        font = _of(self._fonts, number("fontId"), _Font())
        alignment = node.at("alignment")
        protection = node.at("protection")
        said = alignment.attributes if alignment is not None else {}
        guard = protection.attributes if protection is not None else {}
        look = Look(
            letters=font.colour,
            behind=_of(self._fills, number("fillId"), (WHITE,)),
            size=font.size,
            fonts=font.names,
            marks=font.marks + _of(self._crossed, number("borderId"), ()),
            slight=font.slight,
            horizontal=said.get("horizontal", "general"),
            vertical=said.get("vertical", "bottom"),
            indent=int(said.get("indent", 0)),
            rotation=int(said.get("textRotation", 0)),
            wraps=said.get("wrapText", "0") not in _NO,
            shrinks=said.get("shrinkToFit", "0") not in _NO,
            direction=said.get("readingOrder", "0"),
            hides_formulas=guard.get("hidden", "0") not in _NO,
        )
        pattern = self._formats.get(number("numFmtId"), UNKNOWN_FORMAT)
        return Style(pattern, font.said, guard.get("locked", "1") not in _NO, look)


def _crossed(node: Node) -> tuple[str, ...]:
    """Whether a border strikes a cell out."""
    drawn = node.says("diagonal", "style") not in ("", "none")
    said = any(node.attributes.get(name, "0") not in _NO for name in ("diagonalUp", "diagonalDown"))
    return ("a diagonal line",) if drawn and said else ()


def _on(node: Node, name: str) -> bool:
    found = node.at(name)
    return found is not None and found.attributes.get("val", "1") not in _NO


def _said(attributes: Mapping[str, str]) -> str:
    if "rgb" in attributes:
        return attributes["rgb"].upper()
    return next((f"{kind} {attributes[kind]}" for kind in ("theme", "indexed") if kind in attributes), "")


def _of(found: list[_T], number: int, otherwise: _T) -> _T:
    return found[number] if 0 <= number < len(found) else otherwise
