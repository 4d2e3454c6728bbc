"""What results were made from and with: files, versions and published rates, so that they can be made again."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from typing import Annotated

from msgspec import Struct

from finmodel import __version__
from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.uses import unread_rows
from finmodel.reference.edition import edition, file_hash
from finmodel.reference.rates import Vintage
from finmodel.results.evidence import code_edition
from finmodel.results.lines import OriginFacts, origin_facts
from finmodel.results.written import INLINE

# The packages that figures and reports pass through; what only tests or other commands use is left out.
PACKAGES = ("jinja2", "lxml", "markupsafe", "numpy", "pydantic", "python-docx", "pyyaml", "xlsxwriter")
# Rates that a case states itself are reported too; their vintage is empty.
_RATES = ("rates.", "grades.", "prices.", "discounting.", "on_costs.", "conventions.", "pay.")


class FileUsed(Struct, frozen=True):
    """A file by its name, and the SHA-256 of its content."""

    file: str
    sha256: str


class VintageFacts(Struct, frozen=True):
    """The row of published data that a rate was read from, the days it was in force (ISO), and how far to trust it."""

    file: str
    row: int
    from_: str | None
    until: str | None
    confidence: str


class RateUsed(Struct, frozen=True):
    """A rate that was used, where it comes from, and the published rows behind it."""

    address: str
    label: str
    origin: Annotated[OriginFacts, INLINE]
    vintage: tuple[VintageFacts, ...]


class MadeFrom(Struct, frozen=True):
    """What results were made from and with; code: a digest of finmodel's own; others are versions."""

    finmodel: str
    code: str
    python: str
    packages: Mapping[str, str]
    inputs: tuple[FileUsed, ...]
    rates_edition: str
    rates_files: tuple[FileUsed, ...]
    rates: tuple[RateUsed, ...]


def provenance(appraisal: Appraisal) -> MadeFrom:
    """The inputs' SHA-256, the versions, and every rate used with its vintage and confidence.

    "Same version" means these versions. No clock, machine, user or folder is in it.
    """
    published, unread = appraisal.written.published, unread_rows(appraisal.results)
    datasets = sorted({vintage.dataset for vintages in published.values() for vintage in vintages})
    return MadeFrom(
        finmodel=__version__,
        code=code_edition(),
        python=f"{sys.version_info.major}.{sys.version_info.minor}",
        packages=dict(packages()),
        inputs=tuple(FileUsed(name, digest) for name, digest in appraisal.loaded.files),
        rates_edition=edition(),
        rates_files=tuple(FileUsed(f"{name}.csv", file_hash(name)) for name in datasets),
        rates=tuple(
            RateUsed(
                address=line.address,
                label=line.label,
                origin=origin_facts(line.origin),
                vintage=tuple(_vintage(vintage) for vintage in published.get(line.address, ())),
            )
            for line in appraisal.written.model
            if line.origin is not None
            and line.address not in unread
            and (line.address in published or line.address.startswith(_RATES))
        ),
    )


@cache
def packages() -> tuple[tuple[str, str], ...]:
    """Name and version of each package that the outputs depend on."""
    return tuple((name, version(name)) for name in PACKAGES)


def _vintage(vintage: Vintage) -> VintageFacts:
    return VintageFacts(
        file=f"{vintage.dataset}.csv",
        row=vintage.row,
        from_=None if vintage.effective is None else vintage.effective.isoformat(),
        until=None if vintage.until is None else vintage.until.isoformat(),
        confidence=vintage.confidence,
    )
