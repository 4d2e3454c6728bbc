"""How a cell looks: its letters, what lies behind them, and where they stand."""

from __future__ import annotations

from msgspec import Struct

from finmodel.audit.workbooks.colours import BLACK, WHITE, Colour


class Look(Struct, frozen=True):
    """A cell as it is seen, whichever way its file says so.

    letters, behind: colours, theme and tint resolved; a gradient has several behind. size in points. fonts: the name
    that the file gives, and the theme's where the font is that. marks: what changes letters beyond weight: struck out,
    raised, symbols. slight: bold, italic, underlined.
    """

    letters: Colour = BLACK
    behind: tuple[Colour, ...] = (WHITE,)
    size: float = 11
    fonts: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    slight: tuple[str, ...] = ()
    horizontal: str = "general"
    vertical: str = "bottom"
    indent: int = 0
    rotation: int = 0
    wraps: bool = False
    shrinks: bool = False
    direction: str = "0"
    hides_formulas: bool = False


class Style(Struct, frozen=True):
    """How a cell looks, as far as it says something about what the cell is for."""

    number_format: str = "General"
    font_colour: str = ""  # "FF0000FF", "theme 4", or "" when none is set
    locked: bool = True
    look: Look = Look()


class Differential(Struct, frozen=True):
    """What a conditional format makes of a cell's look; None where it leaves that as it is."""

    letters: Colour | None = None
    behind: Colour | None = None
    number_format: str = ""
    marks: tuple[str, ...] = ()


class Condition(Struct, frozen=True):
    """A rule of a conditional format: its cells, its kind, its formulas, and the look where it holds."""

    cells: str
    kind: str
    formulas: tuple[str, ...] = ()
    look: Differential | None = None
