"""What results were made from and with: files, versions and published rates, so that they can be made again."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import version
from typing import Any

from finmodel import __version__
from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.explain import origin_as_dict
from finmodel.lines.uses import unread_rows
from finmodel.reference.edition import edition, file_hash
from finmodel.reference.rates import Vintage

# The packages that figures and reports pass through; what only tests or other commands use is left out.
PACKAGES = ("jinja2", "lxml", "markupsafe", "numpy", "pydantic", "python-docx", "pyyaml", "xlsxwriter")
# Rates that a case states itself are told too; their vintage is empty.
_RATES = ("rates.", "grades.", "prices.", "discounting.", "on_costs.", "conventions.", "pay.")


def provenance(appraisal: Appraisal) -> dict[str, Any]:
    """The inputs' SHA-256, the versions, and every rate used with its vintage and confidence.

    "Same version" means these versions. No clock, machine, user or folder is in it.
    """
    published, unread = appraisal.written.published, unread_rows(appraisal.results)
    datasets = sorted({vintage.dataset for vintages in published.values() for vintage in vintages})
    return {
        "finmodel": __version__,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "packages": dict(packages()),
        "inputs": [{"file": name, "sha256": digest} for name, digest in appraisal.loaded.files],
        "rates_edition": edition(),
        "rates_files": [{"file": f"{name}.csv", "sha256": file_hash(name)} for name in datasets],
        "rates": [
            {
                "address": line.address,
                "label": line.label,
                **origin_as_dict(line.origin),
                "vintage": [_vintage(vintage) for vintage in published.get(line.address, ())],
            }
            for line in appraisal.written.model
            if line.origin is not None
            and line.address not in unread
            and (line.address in published or line.address.startswith(_RATES))
        ],
    }


@cache
def packages() -> tuple[tuple[str, str], ...]:
    """Name and version of each package that the outputs depend on."""
    return tuple((name, version(name)) for name in PACKAGES)


def _vintage(vintage: Vintage) -> dict[str, Any]:
    return {
        "file": f"{vintage.dataset}.csv",
        "row": vintage.row,
        "from": None if vintage.effective is None else vintage.effective.isoformat(),
        "until": None if vintage.until is None else vintage.until.isoformat(),
        "confidence": vintage.confidence,
    }
