"""The page: one HTML file that stands alone, rendered from the templates."""

from __future__ import annotations

from finmodel.appraisal.appraise import Appraisal
from finmodel.document.templating import environment
from finmodel.report.derivations import Derivations
from finmodel.report.page_budget import budget_view
from finmodel.report.page_view import page_view
from finmodel.results.appraised import AppraisalResults, results

_PAGE = "page.html.j2"


def render_page(appraisal: Appraisal, found: AppraisalResults | None = None) -> str:
    """The page of an appraisal. The same appraisal gives the same text. found: its results, where they are at hand."""
    from markupsafe import Markup  # noqa: PLC0415 - the templates' library is loaded where it is used

    derivations = Derivations(appraisal)

    def derivation(address: str, depth: int | None = None) -> Markup:
        return Markup(derivations.html(address, depth))

    template = environment().get_template(_PAGE)
    found = results(appraisal) if found is None else found
    return template.render(page=page_view(found), budget=budget_view(found), derivation=derivation)
