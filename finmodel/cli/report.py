"""`finmodel report`: the page, the workbook, the Word paper and results.json of a case."""

from __future__ import annotations

from pathlib import Path

import click

from finmodel.cli.running import CASE, SET, appraise_case, say_how_many_notes, step, work_out
from finmodel.cli.streams import complain, say


@click.command()
@CASE
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the reports; outputs/<case> by default.")
@click.option("--pdf", is_flag=True, help="Also report.pdf, by LibreOffice or a Chromium browser on the path.")
@click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A Word file (.docx) of your council whose styles, page, header and footer the paper takes; it must have "
    "the styles that docs/paper.md lists, as templates/paper.docx does. One that lacks any is refused by name.",
)
@click.option("--all", "everything", is_flag=True, help="Print every option's measures, and every note on the case.")
@click.option("--public", is_flag=True, help="A copy to publish, without what the case marks as exempt.")
@SET
def report(
    case: Path,
    out: Path | None,
    pdf: bool,
    template: Path | None,
    everything: bool,
    public: bool,
    settings: tuple[str, ...],
) -> None:
    """Write the page, the workbook, the Word paper and results.json of CASE, a folder with a case.yaml or a workbook.

    Prints the answer in ten lines at most: of the preferred option, or of each where none is preferred.
    """
    from finmodel.report.financial_implications import left_blank  # noqa: PLC0415
    from finmodel.report.terminal import answer_text, published_words, summary_table  # noqa: PLC0415
    from finmodel.report.write import WORKBOOK, write_public, write_report  # noqa: PLC0415
    from finmodel.results.appraised import results  # noqa: PLC0415

    appraisal = appraise_case(case, settings) if everything else work_out(case, settings)
    name = appraisal.loaded.folder.resolve().name
    kind = f"{'-what-if' if appraisal.case.what_if else ''}{'-public' if public else ''}"
    folder = out if out is not None else Path("outputs") / f"{name}{kind}"
    if (folder / WORKBOOK).resolve() == case.resolve():
        raise click.UsageError("This would write over the workbook that CASE names. Name another folder with --out.")
    if public:
        if settings:
            raise click.UsageError("A copy to publish is of the case itself. Leave --set out.")
        if template is not None:
            raise click.UsageError("The copy to publish has styles of its own. Leave --template out.")
        say(published_words(write_public(appraisal, folder, step, pdf=pdf), folder))
        return
    found = results(appraisal)
    written = write_report(appraisal, folder, step, pdf=pdf, template=template, found=found)
    if not everything:
        say_how_many_notes(appraisal)
    blank = left_blank(found)
    if blank:
        complain(f"Left out of the paper, because the case does not state it: {'; '.join(blank)}.")
    say(summary_table(appraisal) if everything else answer_text(appraisal))
    say(f"Wrote {', '.join(path.name for path in written)} into {folder}")
