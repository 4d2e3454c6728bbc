"""The Word paper of a workload report."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

from finmodel.document.parts import Keys, Pair, Pairs, Part
from finmodel.document.word import NUMBERED, Paper
from finmodel.document.word_chart import running
from finmodel.document.word_parts import write_parts
from finmodel.workload.charts import WorkloadChart
from finmodel.workload.document import about, answer, comparison, group_parts
from finmodel.workload.published import ShownReport


def render_paper(report: ShownReport, template: Path | None = None) -> bytes:
    """The paper; the same report gives the same bytes. template: a Word file whose styles it takes."""
    paper = Paper(report.title, report.authority, datetime.combine(report.newest.last_day, time()), template)
    paper.header_and_footer(" · ".join(filter(None, (report.authority, report.title))))
    paper.title(report.title)
    if report.summary:
        paper.paragraph(report.summary, "Normal")
    paper.heading(f"At {report.newest.words}")
    write_parts(paper, tuple(map(_in_words, answer(report))))
    for group in report.groups:
        paper.heading(group.title)
        for part in group_parts(report, group):
            _write(paper, part)
    compared = tuple(comparison(report))
    if compared:
        paper.heading("Beside others")
        write_parts(paper, compared)
    paper.heading("About the figures")
    write_parts(paper, tuple(about(report)))
    if len(report.quarters) > report.show:
        text = f"All {len(report.quarters)} quarters stand in the workbook and on the page."
        paper.paragraph(text, NUMBERED)
    return paper.bytes()


def _in_words(part: Part) -> Part:
    """The figures of the answer with what they mean, in a sentence."""
    if not isinstance(part, Keys):
        return part
    return Pairs(tuple(Pair(key.label, f"{key.text}; {key.meaning}") for key in part.keys))


def _write(paper: Paper, part: Part | WorkloadChart) -> None:
    if isinstance(part, WorkloadChart):
        names = [quarter.short for quarter in part.quarters]
        places = max(0 if value is None or value == int(value) else 1 for line in part.series for value in line.values)
        drawn = running(names, part.series, part.bounds, "#,##0.0" if places else "#,##0")
        paper.chart(drawn, part.title, part.described)
    else:
        write_parts(paper, (part,))
