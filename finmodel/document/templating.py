"""The templates: where they are, and how they are rendered. Text is escaped, and a missing name is an error."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finmodel.document.chart_shapes import Box, Dot, Rule, Words
from finmodel.document.chart_shapes import Path as ChartPath
from finmodel.document.live import LiveText
from finmodel.document.unparted import seen_unparted

if TYPE_CHECKING:
    from jinja2 import Environment

    from finmodel.document.live_page import LiveTexts

_PAGE = "document.html.j2"
_SHAPES: dict[type, str] = {Rule: "rule", Box: "box", ChartPath: "path", Dot: "dot", Words: "words"}


def templates_folder() -> Path:
    """Where the templates are: inside an installed package, or at the top of a checkout."""
    package = Path(str(files("finmodel")))
    inside = package / "templates"
    return inside if (inside / _PAGE).is_file() else package.parent / "templates"


def environment(live: LiveTexts | None = None) -> Environment:
    """The templates, ready to render; live: what takes in the text that can change, where the page has levers."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

    from finmodel.document.template_bytecode import BytecodeBesideTemplates  # noqa: PLC0415

    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_seen if live is None else lambda value: _live(live, value),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=BytecodeBesideTemplates(templates_folder()),
    )
    environment.filters["shape"] = lambda shape: _SHAPES[type(shape)]
    environment.filters["part"] = lambda part: type(part).__name__
    return environment


def _live(live: LiveTexts, value: Any) -> Any:
    return live.markup(value) if isinstance(value, LiveText) else _seen(value)


def _seen(value: Any) -> Any:
    """Text with its figures unparted; characters that cannot be seen, or that reorder what follows, are written out."""
    if isinstance(value, LiveText):
        return seen_unparted(str(value))
    if isinstance(value, str) and not hasattr(value, "__html__"):  # what is marked up was made of texts seen already
        return seen_unparted(value)
    return value
