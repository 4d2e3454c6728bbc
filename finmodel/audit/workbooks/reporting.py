"""An audit as text and as files, whichever of the two kinds it is."""

from __future__ import annotations

from pathlib import Path

from finmodel.audit.terminal import NOT_ON_A_TERMINAL, sections_text
from finmodel.audit.workbooks import certificate
from finmodel.audit.workbooks.certificate import Certificate
from finmodel.audit.workbooks.general import registry
from finmodel.audit.workbooks.general.registry import GeneralAudit
from finmodel.report.whole_folder import write_whole

PAGE, DATA = "audit.html", "audit.json"
_MOST_FINDINGS, _MOST_OF_A_CHECK = 20, 8  # rows of a table on a terminal


def is_clean(found: Certificate | GeneralAudit) -> bool:
    """Whether there is nothing to report that is certain or likely."""
    return found.is_clean if isinstance(found, Certificate) else not found.needs_attention


def exit_code(found: Certificate | GeneralAudit) -> int:
    """0 where there is nothing to report, 1 where there is, 2 where that cannot be said."""
    if isinstance(found, Certificate) and not found.is_certifiable:
        return 2
    return 0 if is_clean(found) else 1


def as_text(found: Certificate | GeneralAudit) -> str:
    """The sections of the page for a terminal; of the general checks, not those that found nothing."""
    from finmodel.audit.workbooks.certificate_page import certificate_sections  # noqa: PLC0415 - heavy: Jinja2
    from finmodel.audit.workbooks.general_page import general_sections  # noqa: PLC0415

    if isinstance(found, Certificate):
        return _without_first_heading(sections_text(certificate_sections(found), _MOST_FINDINGS))
    text = sections_text(general_sections(found), _MOST_OF_A_CHECK, (*NOT_ON_A_TERMINAL, "clean"))
    return _without_first_heading(text)


def _without_first_heading(text: str) -> str:
    """A terminal needs no heading above the answer."""
    return text.split("\n\n", 1)[1]


def as_json(found: Certificate | GeneralAudit) -> str:
    """For another program."""
    return certificate.as_json(found) if isinstance(found, Certificate) else registry.as_json(found)


def write_audit(found: Certificate | GeneralAudit, folder: Path) -> tuple[Path, ...]:
    """Write the audit's page and its JSON, both or neither."""
    from finmodel.audit.workbooks.page import render_page  # noqa: PLC0415 - heavy: Jinja2

    return write_whole(folder, {PAGE: render_page(found).encode(), DATA: as_json(found).encode()})
