"""`finmodel tables`: the figures of a case as tidy tables for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from finmodel.cli.running import CASE, SET, step, work_out
from finmodel.cli.streams import say


@click.command()
@CASE
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the tables.")
@click.option("--parquet", is_flag=True, help="Also as Parquet, by pyarrow, which is installed on its own.")
@SET
def tables(case: Path, out: Path, parquet: bool, settings: tuple[str, ...]) -> None:
    """Write the figures of CASE as tidy tables in CSV, a row a figure, with period, unit, confidence and address.

    The tables are options, years, months, posts, placements, mtfs, measures and inputs. They hold everything, also what
    the case marks as exempt.
    """
    from finmodel.report.tables import write_tables  # noqa: PLC0415 - heavy: pandas

    appraisal = work_out(case, settings)
    step("Writing the tables")
    written = write_tables(appraisal, out, parquet=parquet)
    say(f"Wrote {', '.join(path.name for path in written)} into {out}")
