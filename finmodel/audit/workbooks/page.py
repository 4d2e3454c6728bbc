"""The page of an audit, whichever of the two kinds it is: one HTML file that stands alone."""

from __future__ import annotations

from finmodel.audit.workbooks.certificate import Certificate
from finmodel.audit.workbooks.certificate_page import certificate_frame, certificate_view
from finmodel.audit.workbooks.general.registry import GeneralAudit
from finmodel.audit.workbooks.general_page import general_frame, general_view
from finmodel.document.templating import environment

_TEMPLATE = "certificate.html.j2"


def render_page(found: Certificate | GeneralAudit) -> str:
    """The page as HTML; the same audit gives the same text."""
    template = environment().get_template(_TEMPLATE)
    if isinstance(found, Certificate):
        return template.render(page=certificate_view(found), frame=certificate_frame(found))
    return template.render(page=general_view(found), frame=general_frame(found))
