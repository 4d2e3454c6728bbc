"""The page: one HTML file that stands alone, rendered from the templates."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finmodel.appraisal.appraise import Appraisal
from finmodel.report.chart_shapes import Box, Dot, Rule, Words
from finmodel.report.chart_shapes import Path as ChartPath
from finmodel.report.derivations import Derivations
from finmodel.report.page_budget import budget_view
from finmodel.report.page_view import page_view
from finmodel.report.results_json import results

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


def render_page(appraisal: Appraisal, found: dict[str, Any] | None = None) -> str:
    """The page of an appraisal. The same appraisal gives the same text. found: its results, where they are at hand."""
    from markupsafe import Markup  # noqa: PLC0415 - the templates' library is loaded where it is used

    derivations = Derivations(appraisal)

    def derivation(address: str, depth: int | None = None) -> Markup:
        return Markup(derivations.html(address, depth))

    template = _environment().get_template(_PAGE)
    found = results(appraisal) if found is None else found
    return template.render(page=page_view(found), budget=budget_view(found), derivation=derivation)


def _environment() -> Environment:
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
