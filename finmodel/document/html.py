"""A document as one HTML file that stands alone, works offline and prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from finmodel.document.parts import Document, Figure, Markup
from finmodel.document.templating import environment

STYLES = ("page.css",)
MOST_COLUMNS_IN_PRINT = 7  # of figures, on a page of A4 at 8 points


def write_html(
    document: Document, explanation: Callable[[Figure], Markup] | None = None, styles: Sequence[str] = STYLES
) -> str:
    """The page. The same document gives the same text.

    explanation: how a figure came about, for the figures that open; styles: style sheets among the templates.
    """
    return (
        environment()
        .get_template("document.html.j2")
        .render(
            document=document,
            explanation=explanation,
            styles=tuple(styles),
            most_in_print=MOST_COLUMNS_IN_PRINT,
        )
    )
