"""finmodel: invest-to-save appraisal for English councils' children's services.

In a notebook: `appraisal = finmodel.appraise(finmodel.load_case("inputs/wolverhampton-2015"))`, then
`appraisal.frame()` or `finmodel.write_report(appraisal, "outputs/wolverhampton-2015")`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from finmodel.appraisal.appraise import Appraisal, appraise
    from finmodel.case import LoadedCase, ProblemsError, load_case
    from finmodel.report.write import write_report

__version__ = "0.11.0"

__all__ = ["Appraisal", "LoadedCase", "ProblemsError", "__version__", "appraise", "load_case", "write_report"]

_HOMES = {
    "Appraisal": "finmodel.appraisal.appraise",
    "appraise": "finmodel.appraisal.appraise",
    "LoadedCase": "finmodel.case",
    "ProblemsError": "finmodel.case",
    "load_case": "finmodel.case",
    "write_report": "finmodel.report.write",
}


def __getattr__(name: str) -> Any:
    """Import on first use, so that `finmodel --help` starts quickly."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"finmodel has no {name!r}")
