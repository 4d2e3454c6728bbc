"""Derivations on the page: each figure opens to how it came about, and no part is shown twice."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from finmodel.appraisal.appraise import Appraisal
from finmodel.document.explanation import as_html
from finmodel.lines.explain import Explanation, explain


@dataclass(slots=True)
class Derivations:
    """Explanations in the order in which the page shows them.

    A part that was explained in full further up is named with its figure and not taken apart again, which keeps the
    page small; `as_html` then says "explained above".
    """

    appraisal: Appraisal
    told: set[tuple[str, str]] = field(default_factory=set)

    def html(self, address: str, depth: int | None = None) -> str:
        """The derivation of a figure of the whole case, every text escaped."""
        line = self.appraisal.written.model[address]
        return as_html(self._untold(explain(self.appraisal.results, line, 0, depth), root=True))

    def _untold(self, found: Explanation, root: bool = False) -> Explanation:
        key = (found.address, found.period)
        if found.parts and key in self.told and not root:
            return replace(found, parts=(), elsewhere=True)
        if found.parts:
            self.told.add(key)
        return replace(found, parts=tuple(self._untold(part) for part in found.parts))
