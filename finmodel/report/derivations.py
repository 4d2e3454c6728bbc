"""Derivations on the page: each figure opens to how it came about, and no part is shown twice."""

from __future__ import annotations

from finmodel.appraisal.appraise import Appraisal
from finmodel.document.explanation import as_html
from finmodel.lines.explain import Explainer


class Derivations:
    """Explanations in the order in which the page shows them.

    A part that was explained in full further up is named with its figure and not taken apart again, which keeps the
    page small; `as_html` then says "explained above".
    """

    def __init__(self, appraisal: Appraisal) -> None:
        self._model = appraisal.written.model
        self._explainer = Explainer(appraisal.results)

    def html(self, address: str, depth: int | None = None) -> str:
        """The derivation of a figure of the whole case, every text escaped."""
        return as_html(self._explainer.explain(self._model[address], depth=depth))
