"""`finmodel explain`: how a figure came about, and what is made from it."""

from __future__ import annotations

from pathlib import Path

import click

from finmodel.cli.running import CASE, SET, appraise_case
from finmodel.cli.streams import complain, say, say_data

_LONG = 200  # lines, more than anybody reads from the top
_LEVELS = 3  # that are shown of a longer one


@click.command()
@CASE
@click.argument("address")
@click.option("--option", help="The option meant, where ADDRESS leaves it out.")
@click.option("--year", help="The year to explain, such as 2016/17; the first by default.")
@click.option("--month", help="The month to explain, such as 2016-09; the first by default.")
@click.option(
    "--depth",
    type=click.IntRange(min=0),
    help="How many levels down (or up, with --uses); all by default, 3 of a long text.",
)
@click.option("--uses", is_flag=True, help="Go up instead: everything that is made from the figure, to the measures.")
@click.option("--every", is_flag=True, help="Show every month of a long row, not only its ends and turns.")
@click.option("--html", "as_page", is_flag=True, help="As a whole page of HTML that stands alone and prints.")
@click.option("--fragment", is_flag=True, help="As bare nested HTML lists, to be put into a page of your own.")
@click.option("--json", "as_data", is_flag=True, help="As JSON.")
@SET
def explain(
    case: Path,
    address: str,
    option: str | None,
    year: str | None,
    month: str | None,
    depth: int | None,
    settings: tuple[str, ...],
    **how: bool,
) -> None:
    """Say how the figure at ADDRESS in CASE came about, down to its sources.

    CASE is the folder of a case, or a workbook of finmodel's, for the case that it carries.

    ADDRESS is that of a line, such as options.peripatetic.cost; or the end of one, such as payback_month, with --option
    where several options have it; or a cell of the workbook, such as 'Measures!E12', or a name defined in it.
    """
    from finmodel.document import explanation as explaining  # noqa: PLC0415
    from finmodel.lines.explain import explain as explained  # noqa: PLC0415
    from finmodel.report import dependents, explain_page  # noqa: PLC0415
    from finmodel.report.named_figure import named_figure  # noqa: PLC0415
    from finmodel.report.range_words import with_ranges  # noqa: PLC0415
    from finmodel.results.plain import as_json  # noqa: PLC0415

    forms = [form for form in ("as_page", "fragment", "as_data") if how[form]]
    if len(forms) > 1 or (how["uses"] and (how["fragment"] or how["every"])):
        raise click.UsageError("Choose one of --html, --fragment and --json; --uses goes with --html or --json alone.")
    appraisal = appraise_case(case, settings)
    meant = named_figure(appraisal, address, option, year, month)
    if how["uses"]:
        reached = dependents.dependents_of(appraisal, meant, depth)
        if how["as_data"]:
            say_data(as_json(reached.result), newline=False)
        elif how["as_page"]:
            say_data(explain_page.render_uses(reached), newline=False)
        else:
            say(dependents.as_text(reached))
        return
    found = with_ranges(appraisal, explained(appraisal.results, meant.line, meant.period, depth, how["every"]))
    if how["as_data"]:
        say_data(found.as_json(indent=1))
    elif how["as_page"]:
        say_data(explain_page.render_explanation(appraisal, found), newline=False)
    elif how["fragment"]:
        say_data(explaining.as_html(found))
    else:
        text = explaining.as_text(found)
        if depth is not None or text.count("\n") <= _LONG:
            say(text)
            return
        nearest = explained(appraisal.results, meant.line, meant.period, _LEVELS, how["every"])
        say(explaining.as_text(with_ranges(appraisal, nearest)))
        complain(
            f"Note: {_LEVELS} levels are shown, of {found.levels} with {text.count(chr(10)) + 1:,} lines. More with "
            f"--depth N, all with --depth {found.levels}."
        )
