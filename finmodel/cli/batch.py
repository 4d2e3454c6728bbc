"""`finmodel batch`: many cases worked out in one run, in one table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from finmodel.cli.outermost import Refused
from finmodel.cli.running import SCHEDULER, WORKERS, Progress, opener_of, step
from finmodel.cli.streams import EndOfRun, complain, say

if TYPE_CHECKING:
    from finmodel.batch.cases import CasesFound
    from finmodel.batch.run import BatchRun, FailedCase, Format

_MOST_SHOWN = 20  # failed cases that are named on the terminal


@click.command()
@click.argument("cases", metavar="DIR...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default=Path("outputs/batch"), help="Folder; outputs/batch.")
@click.option("--table", type=click.Path(path_type=Path), help="The results table, .csv or .parquet; in --out.")
@click.option("--format", "kind", type=click.Choice(["csv", "parquet"]), help="Of the table; csv, or by its ending.")
@click.option("--report", is_flag=True, help="Also the page, workbook, paper and results.json of each case.")
@WORKERS
@SCHEDULER
def batch(
    cases: tuple[Path, ...],
    out: Path,
    table: Path | None,
    kind: Format | None,
    report: bool,
    workers: int,
    scheduler: str,
) -> None:
    """Work out every case in DIR..., and write one table of results, a row for each option of each case.

    DIR is the folder of a case, a workbook that is one, a folder that holds such at any depth, or a text file that
    lists them, a line each. A case that fails is kept with all its problems, and the others go on; then the exit code
    is 1. What is done is kept in --out: the same command goes on where it was stopped, and works out what was changed.
    """
    from finmodel.batch.cases import cases_at  # noqa: PLC0415 - heavy
    from finmodel.batch.run import StoppedError, run_batch, write_table  # noqa: PLC0415 - heavy: NumPy
    from finmodel.batch.table import check_parquet  # noqa: PLC0415

    opened = opener_of(workers, scheduler)
    path, kind = _table(out, table, kind)
    if kind == "parquet":
        check_parquet(str(path))
    step("Looking for cases")
    found = cases_at(cases, out)
    _say_what_is_passed_over(found)
    stopped = ""
    try:
        progress = Progress("cases", "Ctrl-C stops it, and keeps those done")
        run = run_batch(found.cases, out, opened, progress.told, report=report)
    except StoppedError as error:
        run, stopped = error.run, str(error)
    write_table(run, path, kind)
    say(_summary(run))
    say(f"Wrote {path}")
    if stopped:
        raise EndOfRun(
            f"{stopped}\n{len(run.left)} of {len(run.cases)} cases are left: the same command goes on with them."
        )
    if run.failed:
        raise Refused(_failures(list(run.failed.values())))


def _table(out: Path, table: Path | None, kind: Format | None) -> tuple[Path, Format]:
    """Where the table goes, and in which format."""
    endings: dict[str, Format] = {".csv": "csv", ".parquet": "parquet"}
    if table is None:
        return out / f"results.{kind or 'csv'}", kind or "csv"
    by_ending = endings.get(table.suffix.lower())
    if by_ending is None:
        raise click.UsageError(f"--table names {table.name}. Name a file that ends in .csv or .parquet.")
    if kind not in (None, by_ending):
        raise click.UsageError(f"--table names {table.name}, and --format says {kind}. Leave one out.")
    return table, by_ending


def _say_what_is_passed_over(found: CasesFound) -> None:
    if found.passed_over:
        some = "; ".join(str(path) for path in found.passed_over[:_MOST_SHOWN])
        more = len(found.passed_over) - _MOST_SHOWN
        complain(
            f"Note: passed over, because they are no workbooks of `finmodel new`: {some}"
            f"{f' and {more} more' if more > 0 else ''}"
        )


def _summary(run: BatchRun) -> str:
    options = sum(1 for rows in run.rows.values() for row in rows if row.option)
    parts = [f"{len(run.rows):,} of {_many(len(run.cases), 'case')} done, with {_many(options, 'option')}"]
    if run.again:
        parts.append(f"{len(run.again):,} of them by an earlier run")
    if run.failed:
        parts.append(f"{len(run.failed):,} failed")
    if run.left:
        parts.append(f"{len(run.left):,} not run")
    return f"{'; '.join(parts)}."


def _failures(failed: list[FailedCase]) -> str:
    rows = []
    for each in failed[:_MOST_SHOWN]:
        rows.append(f"{each.name}: {each.failure}")
        rows.append(f"    Kept in {each.kept_in}")
    if len(failed) > _MOST_SHOWN:
        rows.append(f"And {len(failed) - _MOST_SHOWN:,} more, in the table.")
    return "\n".join(rows)


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
