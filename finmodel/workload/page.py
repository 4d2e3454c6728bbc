"""The page of a workload report."""

from __future__ import annotations

from finmodel import __version__
from finmodel.document.html import STYLES, write_html
from finmodel.document.parts import Document, Pair, Part, Section
from finmodel.workload.charts import WorkloadChart
from finmodel.workload.document import about, answer, comparison, every_quarter_fold, group_parts
from finmodel.workload.published import ShownReport


def render_page(report: ShownReport) -> str:
    """The page; the same report gives the same text."""
    sections = [Section("answer", f"At {report.newest.words}", tuple(answer(report)))]
    for group in report.groups:
        parts: list[Part] = [
            part.drawn() if isinstance(part, WorkloadChart) else part for part in group_parts(report, group)
        ]
        sections.append(Section(group.id, group.title, tuple(parts), group.title))
    compared = tuple(comparison(report))
    if compared:
        sections.append(Section("others", "Beside others", compared, "Beside others"))
    sections.append(Section("about", "About the figures", (*about(report), *every_quarter_fold(report)), "About"))
    return write_html(
        Document(
            title=report.title,
            council=report.authority or "A council",
            sections=tuple(sections),
            summary=report.summary,
            facts=(
                Pair("Quarter", f"{report.newest.name}, to {report.newest.words}"),
                Pair("Quarters read", str(len(report.quarters))),
            ),
            foot=f"{report.authority} · {report.title} · finmodel {__version__}".lstrip(" ·"),
        ),
        styles=(*STYLES, "workload.css"),
    )
