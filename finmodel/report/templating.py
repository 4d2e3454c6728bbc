"""The templates: where they are, and how they are rendered. Text is escaped, and a missing name is an error."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finmodel.report.chart_shapes import Box, Dot, Rule, Words
from finmodel.report.chart_shapes import Path as ChartPath

if TYPE_CHECKING:
    from jinja2 import Environment

_PAGE = "page.html.j2"
_UNSEEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SHAPES = {Rule: "rule", Box: "box", ChartPath: "path", Dot: "dot", Words: "words"}


def templates_folder() -> Path:
    """Where the templates are: inside an installed package, or at the top of a checkout."""
    package = Path(str(files("finmodel")))
    inside = package / "templates"
    return inside if (inside / _PAGE).is_file() else package.parent / "templates"


def environment() -> Environment:
    """The templates, ready to render."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_seen,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["shape"] = lambda shape: _SHAPES[type(shape)]
    return environment


def _seen(value: Any) -> Any:
    """Marks that reorder the text after them, written out so that they are seen and do nothing."""
    if isinstance(value, str) and _UNSEEN.search(value):
        return type(value)(_UNSEEN.sub(lambda mark: f"[U+{ord(mark[0]):04X}]", value))
    return value
