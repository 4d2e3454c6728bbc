"""Writing a workload report: page, Word paper, workbook, CSV and JSON, all of them or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from finmodel.report.whole_folder import write_whole
from finmodel.workload.as_data import as_csv, as_json
from finmodel.workload.published import ShownReport

PAGE, PAPER, WORKBOOK, TABLE, DATA = "report.html", "report.docx", "report.xlsx", "workload.csv", "workload.json"


def write_workload(
    report: ShownReport,
    folder: Path,
    say: Callable[[str], None] = lambda _: None,
    template: Path | None = None,
) -> tuple[Path, ...]:
    """Write every file of a report into a folder; CannotBeDoneError where it cannot be. `say` is given each step."""
    from finmodel.workload.page import render_page  # noqa: PLC0415 - heavy: Jinja2
    from finmodel.workload.paper import render_paper  # noqa: PLC0415 - heavy: python-docx
    from finmodel.workload.workbook import render_workbook  # noqa: PLC0415 - heavy: XlsxWriter

    say("Writing the page")
    contents = {PAGE: render_page(report).encode()}
    say("Writing the workbook")
    contents[WORKBOOK] = render_workbook(report)
    say("Writing the paper")
    contents[PAPER] = render_paper(report, template)
    contents[TABLE] = as_csv(report).encode()
    contents[DATA] = as_json(report).encode()
    return write_whole(folder, contents)
