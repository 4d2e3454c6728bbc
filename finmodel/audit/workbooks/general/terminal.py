"""What the general checks found, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

from finmodel.audit.workbooks.general.check import CERTAINTIES, Check, RuleBreach
from finmodel.audit.workbooks.general.registry import GeneralAudit
from finmodel.parsing.problems import seen_in_one_line

_WIDTH = 110
_MOST = 8  # findings of one check that are told one by one


def as_text(audit: GeneralAudit, most: int = _MOST) -> str:
    """Totals by check, then the findings of each, the surest first; no more than `most` of a check are spelt out."""
    lines = [*_about(audit), ""]
    if not audit.findings:
        return "\n".join(
            [*lines, "Nothing found." if audit.cells else "There is nothing to check: every cell is empty."]
        )
    lines += _totals(audit)
    for check, _ in audit.totals():
        found = [finding for finding in audit.findings if finding.check is check]
        if found:
            lines += ["", *_told(check, sorted(found, key=lambda f: CERTAINTIES.index(f.certainty)), most)]
    if any(sum(counts.values()) > most for _, counts in audit.totals()):
        lines += ["", "--json has every finding."]
    return "\n".join(lines)


def _about(audit: GeneralAudit) -> Iterator[str]:
    size = f"{_many(audit.sheets, 'sheet')}, {_many(audit.cells, 'cell')}, {_many(audit.formulas, 'formula')}"
    yield f"{seen_in_one_line(audit.workbook)}: {size}. SHA-256 {audit.sha256}"
    yield f"Recalculated by {audit.engine}: {_many(audit.recalculated, 'formula')}."
    for reason, count in audit.not_checked:
        yield f"Not recalculated: {_many(count, 'formula')}, because {seen_in_one_line(reason)}."


def _totals(audit: GeneralAudit) -> Iterator[str]:
    yield f"{'':<56}" + "".join(f"{certainty:>10}" for certainty in CERTAINTIES)
    for check, counts in audit.totals():
        if any(counts.values()):
            yield f"{check.title:<56}" + "".join(f"{counts[certainty] or '–':>10}" for certainty in CERTAINTIES)


def _told(check: Check, found: list[RuleBreach], most: int) -> Iterator[str]:
    yield check.title.upper()
    yield fill(check.why, _WIDTH)
    for finding in found[:most]:
        place = "!".join(filter(None, [seen_in_one_line(finding.sheet), finding.place])) or "the workbook"
        cells = f" ({finding.cells:,} cells)" if finding.cells > 1 else ""
        yield fill(
            f"{finding.certainty:<9} {place}{cells}: {seen_in_one_line(finding.what)}",
            _WIDTH,
            initial_indent="  ",
            subsequent_indent=" " * 12,
        )
    if len(found) > most:
        yield f"  … and {_many(len(found) - most, 'more finding')}"
    yield fill(f"What to do: {check.remedy}", _WIDTH)
    yield fill(f"Source: {check.source}", _WIDTH)


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
