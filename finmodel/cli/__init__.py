"""The command line: thin commands over functions that a notebook can call."""

from __future__ import annotations

from pathlib import Path

import click

from finmodel import __version__
from finmodel.cli.adopt import adopt
from finmodel.cli.audit import audit
from finmodel.cli.batch import batch
from finmodel.cli.break_even import break_even
from finmodel.cli.diff import diff
from finmodel.cli.evidence import evidence
from finmodel.cli.explain import explain
from finmodel.cli.new import convert, new
from finmodel.cli.outermost import CommandLine
from finmodel.cli.rates import rates
from finmodel.cli.reproduce import reproduce
from finmodel.cli.running import CASE, SET, appraise_case, say_how_many_notes, step, work_out
from finmodel.cli.schema import schema
from finmodel.cli.sensitivity import scenarios, sensitivity, switch
from finmodel.cli.simulate import simulate
from finmodel.cli.streams import complain, say
from finmodel.cli.tables import tables
from finmodel.cli.verify import verify
from finmodel.cli.workload import workload


@click.group(cls=CommandLine, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="finmodel")
def main() -> None:
    """Invest-to-save appraisal for English councils' children's services.

        Posts are priced by pay grade, set against avoided placements of looked-after children, and the options are laid
    side by side, every figure explained down to its source.

    Exit codes: 0 done, 1 problems in the inputs, 2 wrong usage, or it could not be done. Of audit, reproduce and
    verify: 0 it holds, 1 it does not hold, 2 it could not be done.
    """


@main.command()
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


@main.command()
@CASE
@SET
def check(case: Path, settings: tuple[str, ...]) -> None:
    """Look for problems in CASE without writing anything."""
    from finmodel.appraisal.plausibility import notes_of  # noqa: PLC0415 - heavy: NumPy

    appraisal = work_out(case, settings)
    for warning in notes_of(appraisal):
        say(f"Note: {warning}")
    number = len(appraisal.case.options)
    say(f"No problems: {appraisal.case.title} ({number} option{'' if number == 1 else 's'}).")


@main.command()
@CASE
@SET
def narrative(case: Path, settings: tuple[str, ...]) -> None:
    """Print the financial implications of CASE in paragraphs ready to paste into a paper."""
    from finmodel.report.financial_implications import narrative_text  # noqa: PLC0415
    from finmodel.results.appraised import results  # noqa: PLC0415

    say(narrative_text(results(appraise_case(case, settings))), newline=False)


for command in (
    adopt,
    audit,
    batch,
    break_even,
    convert,
    diff,
    evidence,
    explain,
    new,
    rates,
    reproduce,
    scenarios,
    schema,
    sensitivity,
    switch,
    simulate,
    tables,
    verify,
    workload,
):
    main.add_command(command)
