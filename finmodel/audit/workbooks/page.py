"""The page of an audit, whichever of the two kinds it is: one HTML file that stands alone."""

from __future__ import annotations

from finmodel.audit.workbooks.certificate import Certificate
from finmodel.audit.workbooks.certificate_page import render_certificate
from finmodel.audit.workbooks.general.registry import GeneralAudit
from finmodel.audit.workbooks.general_page import render_general


def render_page(found: Certificate | GeneralAudit) -> str:
    """The page as HTML; the same audit gives the same text."""
    return render_certificate(found) if isinstance(found, Certificate) else render_general(found)
