"""Tidy tables: every row is a figure of the model, and CSV and Parquet give back what pandas has."""

from __future__ import annotations

import math
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.appraisal.tables import TABLES
from finmodel.case import load_case
from finmodel.parsing.problems import CannotBeDoneError
from finmodel.report.tables import write_tables

CASE = Path(__file__).parents[2] / "tests" / "case" / "cases" / "every-cost"


@pytest.fixture(scope="module")
def appraisal() -> Appraisal:
    return appraise(load_case(CASE))


def test_every_row_is_a_figure_of_the_model(appraisal: Appraisal) -> None:
    periods = {str(year): n for n, year in enumerate(appraisal.case.horizon.years)}
    periods |= {str(month): n for n, month in enumerate(appraisal.case.horizon.months)} | {"": 0}
    for table in set(TABLES) - {"options"}:
        for row in appraisal.frame(table).itertuples():
            found = appraisal.results.figure(row.address, periods[row.period])
            assert row.unit == appraisal.written.model[row.address].unit
            assert (math.isnan(row.value) and row.reason) if found is None else row.value == found


def test_no_figure_is_there_twice_and_none_is_missing(appraisal: Appraisal) -> None:
    keys = ["option", "subject", "figure", "period"]
    for table in set(TABLES) - {"options", "mtfs"}:
        assert not appraisal.frame(table).duplicated(keys).any(), table
    posts, inputs = appraisal.frame("posts"), appraisal.frame("inputs")
    stated = {(option.id, post.id) for option in appraisal.case.options for post in option.posts}
    assert set(zip(posts["option"], posts["subject"], strict=True)) == stated
    assert set(inputs["address"]) == {line.address for line in appraisal.written.model if line.is_input}
    assert list(appraisal.frame("options")["option"]) == [option.id for option in appraisal.case.options]


def test_the_lines_of_the_budget_strategy_come_to_its_total(appraisal: Appraisal) -> None:
    mtfs = appraisal.frame("mtfs")
    changes = mtfs[mtfs["figure"].str.endswith(".change")].groupby(["option", "period"])["value"].sum()
    net = mtfs[mtfs["figure"] == "net_change"].set_index(["option", "period"])["value"]
    assert (changes - net).abs().max() < 0.005


def test_csv_and_parquet_hold_what_pandas_has(appraisal: Appraisal, tmp_path: Path) -> None:
    written = write_tables(appraisal, tmp_path / "tables", parquet=True)
    assert {path.name for path in written} == {f"{table}.{kind}" for table in TABLES for kind in ("csv", "parquet")}
    for table in TABLES:
        frame = appraisal.frame(table)
        csv = pd.read_csv(tmp_path / "tables" / f"{table}.csv", keep_default_na=False, na_values={"value": [""]})
        pd.testing.assert_frame_equal(csv, frame, check_dtype=False)
        content = (tmp_path / "tables" / f"{table}.parquet").read_bytes()
        pd.testing.assert_frame_equal(pd.read_parquet(BytesIO(content)), frame, check_dtype=False)


def test_parquet_without_its_library_is_refused_and_nothing_is_written(
    appraisal: Appraisal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("finmodel.report.tables.find_spec", lambda _: None)
    with pytest.raises(CannotBeDoneError, match=r"pip install 'finmodel\[parquet\]'"):
        write_tables(appraisal, tmp_path / "tables", parquet=True)
    assert not (tmp_path / "tables").exists()


def test_an_unknown_table_is_named_with_those_there_are(appraisal: Appraisal) -> None:
    with pytest.raises(KeyError, match="options, years, months"):
        appraisal.frame("yeers")
