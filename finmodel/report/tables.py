"""The tables of an appraisal as files, all of them or none."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.tables import TABLES, as_csv, as_parquet
from finmodel.parsing.problems import CannotBeDoneError, Problem
from finmodel.report.whole_folder import write_whole

PARQUET_LIBRARY = "pyarrow"


def write_tables(appraisal: Appraisal, out: str | Path, *, parquet: bool = False) -> tuple[Path, ...]:
    """Write every table as CSV into a folder, and where that is asked as Parquet too.

    Raises CannotBeDoneError where the folder cannot be written, or where Parquet is asked and its library is not there.
    """
    if parquet and find_spec(PARQUET_LIBRARY) is None:
        what = f"Parquet is written by {PARQUET_LIBRARY}, which is not installed"
        remedy = "Install it with `pip install 'finmodel[parquet]'`, or leave --parquet out: CSV needs nothing more."
        raise CannotBeDoneError([Problem(str(out), None, "", what, remedy)])
    contents = {f"{table}.csv": as_csv(appraisal, table) for table in TABLES}
    if parquet:
        contents |= {f"{table}.parquet": as_parquet(appraisal, table) for table in TABLES}
    return write_whole(Path(out), contents)
