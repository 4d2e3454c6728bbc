"""Writing the reports of an appraisal: all of them, whole, or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from finmodel.appraisal.appraise import Appraisal
from finmodel.parsing.problems import CannotBeDoneError, Problem
from finmodel.report.whole_folder import write_whole
from finmodel.results.appraised import AppraisalResults, results
from finmodel.results.plain import as_json_bytes
from finmodel.results.published import PublicResults, published

WORKBOOK, PAGE, PAPER, RESULTS = "report.xlsx", "report.html", "report.docx", "results.json"
PDF = "report.pdf"


def write_report(
    appraisal: Appraisal,
    out: str | Path,
    say: Callable[[str], None] = lambda _: None,
    *,
    pdf: bool = False,
    template: Path | None = None,
    found: AppraisalResults | None = None,
) -> tuple[Path, ...]:
    """Write the workbook, the page, the paper and `results.json` into a folder, which is made where it is not there.

    pdf: `report.pdf` too, by a program of others; CannotBeDoneError where there is none. Everything is rendered before
    anything is written, and every file is complete before it takes its name, so that an error leaves what was there
    before. Other files in the folder are left alone. `say` is given each step.
    template: a Word file whose styles the paper is written in, finmodel's own where none is named. found: the results,
    where they are at hand.
    """
    contents = rendered(appraisal, say, template=template, found=found)
    if pdf:
        from finmodel.report.pdf import as_pdf  # noqa: PLC0415

        say("Making the PDF")
        contents[PDF] = as_pdf(str(Path(out) / PDF), contents[PAPER], contents[PAGE])
    return write_whole(Path(out), contents)


def rendered(
    appraisal: Appraisal,
    say: Callable[[str], None] = lambda _: None,
    *,
    template: Path | None = None,
    found: AppraisalResults | None = None,
) -> dict[str, bytes]:
    """The bytes of the workbook, the page, the paper and `results.json`, by name; nothing is written."""
    from finmodel.report.page import render_page  # noqa: PLC0415 - heavy: Jinja2
    from finmodel.report.paper import paper  # noqa: PLC0415 - heavy: python-docx
    from finmodel.report.workbook import render_workbook  # noqa: PLC0415 - heavy: XlsxWriter

    found = results(appraisal) if found is None else found
    say("Writing the workbook")
    contents = {WORKBOOK: render_workbook(appraisal, found)}
    say("Writing the page")
    contents[PAGE] = render_page(appraisal, found).encode()
    say("Writing the paper")
    contents[PAPER] = paper(found, template)
    contents[RESULTS] = as_json_bytes(found)
    return contents


def write_public(
    appraisal: Appraisal, out: str | Path, say: Callable[[str], None] = lambda _: None, *, pdf: bool = False
) -> PublicResults:
    """Write the copy for publication, without what the case marks as exempt, under the same names; returns its content.

    CannotBeDoneError where the case marks nothing, or where a PDF of another report would be left beside the copy.
    """
    from finmodel.report import public_copy  # noqa: PLC0415 - heavy: Jinja2, python-docx, XlsxWriter

    say("Writing the copy for publication")
    found = published(appraisal)
    contents = {
        WORKBOOK: public_copy.public_workbook(found),
        PAGE: public_copy.public_page(found),
        PAPER: public_copy.public_paper(found),
        RESULTS: public_copy.public_results(found),
    }
    if pdf:
        from finmodel.report.pdf import as_pdf  # noqa: PLC0415

        contents[PDF] = as_pdf(str(Path(out) / PDF), contents[PAPER], contents[PAGE])
    elif (Path(out) / PDF).exists():
        what = f"{PDF} in this folder is not of this copy, and may hold what is exempt"
        remedy = f"Name another folder with --out, or take {PDF} away, or write it anew with --pdf."
        raise CannotBeDoneError([Problem(str(Path(out)), None, "", what, remedy)])
    write_whole(Path(out), contents)
    return found
