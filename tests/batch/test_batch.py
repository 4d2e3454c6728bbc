"""Many cases in one run: which are meant, that each is kept and none done twice, and one table with their figures."""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from batch_cases import write_case, write_cases
from click.testing import CliRunner, Result

from finmodel.appraisal.appraise import appraise
from finmodel.batch import inputs as batch_inputs
from finmodel.batch import run as batch_run
from finmodel.batch import table as batch_table
from finmodel.batch.cases import cases_at
from finmodel.batch.run import BatchRun, StoppedError, run_batch
from finmodel.batch.table import as_csv
from finmodel.batch.work import CaseWork, CaseWorked
from finmodel.case import ProblemsError, load_case
from finmodel.cli import main
from finmodel.report.write import write_report
from finmodel.results.appraised import results
from finmodel.results.plain import as_json
from finmodel.running.executors import opener

INPUTS = Path(__file__).parents[2] / "inputs"
Rows = list[dict[str, str]]
IN_RESULTS = (
    "total_cost",
    "total_saving",
    "total_net_saving",
    "net_present_budget_impact",
    "cashable_saving_per_pound",
    "net_present_public_value",
    "public_benefit_cost_ratio",
)


def ran(*words: object) -> Result:
    return CliRunner().invoke(main, ["batch", *map(str, words)])


def rows_in(path: Path) -> Rows:
    """The rows of a table, each figure by its name alone."""
    text = path.read_text(encoding="utf-8-sig")
    return [
        {name.partition(" (")[0]: value for name, value in row.items()} for row in csv.DictReader(io.StringIO(text))
    ]


def run_of(
    folder: Path, out: Path, workers: int = 1, told: Callable[[int, int], None] = lambda done, asked: None
) -> BatchRun:
    return run_batch(cases_at([folder], out).cases, out, opener(workers), told)


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder `own` with a case, and `out` with what a batch with --report made of it and of a shipped case."""
    folder = tmp_path_factory.mktemp("reported")
    own = write_case(folder / "own", discounting={"rate": "0%", "deflator": "none"})
    assert ran(own, "--out", folder / "out", "--report").exit_code == 0
    assert ran(own, INPUTS / "darlington-2010", "--out", folder / "out", "--table", folder / "both.csv").exit_code == 0
    return folder


def test_the_figures_are_those_of_results_json_to_the_last_bit(reported: Path) -> None:
    rows = rows_in(reported / "both.csv")
    assert [row["case"] for row in rows] == ["own", "darlington-2010"]
    for row, path in zip(rows, (reported / "own", INPUTS / "darlington-2010"), strict=True):
        found = json.loads(as_json(results(appraise(load_case(path)))))
        option = next(each for each in found["options"] if each["id"] == row["option"])
        for name in IN_RESULTS:
            assert (float(row[name]) if row[name] else None) == option["measures"][name], (row["case"], name)
        assert (row["payback_month"] or None) == option["measures"]["payback"]["month"]
        assert float(row["peak_exposure"]) == option["measures"]["peak_exposure"]["amount"]
    own = rows[0]
    assert (own["council"], own["forecast"], own["status"], own["reason"]) == ("A council", "forecast", "done", "")
    assert float(own["total_net_saving"]) == pytest.approx(4 * 40_000 - 50_000)
    assert "no payback: " in rows[1]["reason"]


def test_its_documents_are_those_of_a_report(reported: Path) -> None:
    for path in write_report(appraise(load_case(reported / "own")), reported / "alone"):
        assert (reported / "out" / "cases" / "own" / path.name).read_bytes() == path.read_bytes(), path.name


def test_every_heading_of_a_figure_says_its_unit_and_every_amount_its_prices() -> None:
    for heading in batch_table.headings():
        name, _, unit = heading.partition(" (")
        if "£" in unit:
            assert "nominal" in unit or "real" in unit or "prices as in present_values" in unit, name


def test_a_failure_is_kept_with_its_problems_and_the_others_go_on(tmp_path: Path) -> None:
    cases = write_cases(tmp_path / "cases", 1)
    (write_case(cases / "broken") / "case.yaml").write_text("title: [\noptions: {", encoding="utf-8")
    refused = write_case(cases / "refused", years=-1, price_base="2015/2017")
    with pytest.raises(ProblemsError) as alone:
        load_case(refused)
    done = ran(cases, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "1 of 3 cases done, with 1 option; 2 failed." in done.stdout
    rows = {row["case"]: row for row in rows_in(tmp_path / "out" / "results.csv")}
    assert [(name, row["status"]) for name, row in rows.items()] == [
        ("broken", "failed"),
        ("case-0", "done"),
        ("refused", "failed"),
    ]
    assert rows["refused"]["reason"] == str(alone.value)
    assert len(alone.value.problems) == 2
    kept = (tmp_path / "out" / "cases" / "refused" / "problems.txt").read_text(encoding="utf-8")
    assert kept == f"{alone.value}\n"
    assert "case.yaml, line 2" in rows["broken"]["reason"]
    assert f"refused: {alone.value}" in done.stderr
    write_case(refused)
    (cases / "broken" / "case.yaml").unlink()
    mended = ran(refused, "--out", tmp_path / "out")
    assert mended.exit_code == 0
    assert not (tmp_path / "out" / "cases" / "refused" / "problems.txt").exists()


def test_what_was_done_is_done_again_only_where_something_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked: list[str] = []
    work = batch_run.work_out_case

    def counted(given: CaseWork) -> CaseWorked:
        worked.append(given.inputs.name)
        return work(given)

    monkeypatch.setattr(batch_run, "work_out_case", counted)
    folder, out = write_cases(tmp_path / "cases", 3), tmp_path / "out"
    first = as_csv(run_of(folder, out).table())
    assert worked == ["case-0", "case-1", "case-2"]
    worked.clear()
    again = run_of(folder, out)
    assert worked == []
    assert again.again == {"case-0", "case-1", "case-2"}
    assert as_csv(again.table()) == first
    write_case(folder / "case-1", 50_000)
    assert as_csv(run_of(folder, out).table()) != first
    assert worked == ["case-1"]
    worked.clear()
    record = out / "cases" / "case-2" / "record.json"
    for damage in (record.read_bytes()[:-20], record.read_bytes().replace(b"168000", b"168001"), b""):
        record.write_bytes(damage)
        run_of(folder, out)
    assert worked == ["case-2"] * 3
    monkeypatch.setattr(batch_inputs, "code_edition", lambda: "another finmodel")
    run_of(folder, out)
    assert worked[3:] == ["case-0", "case-1", "case-2"]


def test_stopped_it_keeps_what_is_done_and_goes_on_from_there(tmp_path: Path) -> None:
    def stop(done: int, asked: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    folder, out = write_cases(tmp_path / "cases", 4), tmp_path / "out"
    with pytest.raises(StoppedError) as stopped:
        run_of(folder, out, told=stop)
    assert stopped.value.run.left == ("case-2", "case-3")
    assert [row.status for row in stopped.value.run.table()] == ["done", "done", "not run", "not run"]
    gone_on = run_of(folder, out)
    assert gone_on.again == {"case-0", "case-1"}
    assert as_csv(gone_on.table()) == as_csv(run_of(folder, tmp_path / "whole").table())


def test_a_process_that_is_killed_loses_no_case(tmp_path: Path) -> None:
    killed: list[int] = []

    def kill(done: int, asked: int) -> None:
        if not killed and multiprocessing.active_children():
            killed.append(multiprocessing.active_children()[0].pid or 0)
            os.kill(killed[0], signal.SIGKILL)

    folder = write_cases(tmp_path / "cases", 12)
    found = run_of(folder, tmp_path / "out", workers=2, told=kill)
    assert killed
    assert found.failed == {}
    assert as_csv(found.table()) == as_csv(run_of(folder, tmp_path / "alone").table())


def test_a_case_that_kills_its_process_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_run, "work_out_case", killed_by_one)
    found = run_of(write_cases(tmp_path / "cases", 5), tmp_path / "out", workers=2)
    assert list(found.failed) == ["case-2"]
    assert "killed twice" in found.failed["case-2"].failure
    assert sorted(found.rows) == ["case-0", "case-1", "case-3", "case-4"]


WORK = batch_run.work_out_case


def killed_by_one(work: CaseWork) -> CaseWorked:
    if work.inputs.name == "case-2":
        os.kill(os.getpid(), signal.SIGKILL)
    return WORK(work)


def test_cases_are_found_wherever_they_lie_and_once(reported: Path, tmp_path: Path) -> None:
    write_case(tmp_path / "all" / "north" / "ours")
    write_case(tmp_path / "all" / "ours")
    write_case(tmp_path / "all" / "out" / "kept")
    write_case(tmp_path / "all" / ".hidden")
    assert (
        CliRunner()
        .invoke(main, ["convert", str(tmp_path / "all" / "ours"), str(tmp_path / "all" / "book.xlsx")])
        .exit_code
        == 0
    )
    shutil.copy(reported / "out" / "cases" / "own" / "report.xlsx", tmp_path / "all" / "report.xlsx")
    (tmp_path / "all" / "none.xlsx").write_bytes(b"PK\x03\x04")
    listed = tmp_path / "all" / "cases.txt"
    listed.write_text("# the region\nours\n\nnorth\n", encoding="utf-8")
    found = cases_at([tmp_path / "all", tmp_path / "all" / "ours", listed], tmp_path / "all" / "out")
    assert [case.name for case in found.cases] == ["book", "north/ours", "ours"]
    assert [path.name for path in found.passed_over] == ["none.xlsx", "report.xlsx"]
    named = cases_at([tmp_path / "all" / "report.xlsx", listed])  # a report that is named is taken, as anywhere
    assert [case.name for case in named.cases] == ["report", "all/ours", "north/ours"]


def test_cases_of_one_name_are_told_apart(tmp_path: Path) -> None:
    one, other = write_case(tmp_path / "a" / "ours"), write_case(tmp_path / "b" / "Ours")
    assert [case.name for case in cases_at([one, other]).cases] == ["a/ours", "b/Ours"]


def test_every_path_that_leads_nowhere_is_a_problem(tmp_path: Path) -> None:
    listed = tmp_path / "cases.txt"
    listed.write_text("nowhere\n# no case\ncases.txt\n", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ProblemsError) as caught:
        cases_at([tmp_path / "gone", listed, tmp_path / "empty"])
    assert {(Path(each.file).name, each.line) for each in caught.value.problems} == {
        ("gone", None),
        ("cases.txt", 1),
        ("cases.txt", 3),
        ("empty", None),
    }
    refused = ran(tmp_path / "gone", "--out", tmp_path / "out")
    assert refused.exit_code == 1
    assert not (tmp_path / "out").exists()


def test_tables_beside_a_case_go_with_it(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "ours")
    stated = json.loads((folder / "case.yaml").read_text(encoding="utf-8"))
    costs = stated["options"][0]["costs"]
    stated["options"][0]["costs"] = {"csv": "tables/costs.table"}
    (folder / "tables").mkdir()
    text = "\n".join(",".join(map(str, each)) for each in (costs[0].keys(), costs[0].values()))
    (folder / "tables" / "costs.table").write_text(text, encoding="utf-8")
    (folder / "case.yaml").write_text(json.dumps(stated), encoding="utf-8")
    out = tmp_path / "out"
    (row,) = run_of(folder, out).table()
    assert row.total_cost == pytest.approx(50_000)
    (folder / "tables" / "costs.table").write_text(text.replace("50000", "60000"), encoding="utf-8")
    (row,) = run_of(folder, out).table()
    assert row.total_cost == pytest.approx(60_000)


def test_parquet_holds_the_same_and_says_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_cases(tmp_path / "cases", 2)
    assert ran(folder, "--out", tmp_path / "out", "--table", tmp_path / "all.parquet").exit_code == 0
    assert ran(folder, "--out", tmp_path / "out").exit_code == 0
    found = pd.read_parquet(tmp_path / "all.parquet")
    assert tuple(found.columns) == batch_table.headings()
    in_csv = rows_in(tmp_path / "out" / "results.csv")
    for name in found.columns:
        column = [row[name.partition(" (")[0]] for row in in_csv]
        if str(found[name].dtype) == "float64":
            assert [None if pd.isna(each) else each for each in found[name]] == [
                float(each) if each else None for each in column
            ]
    monkeypatch.setattr(batch_table, "find_spec", lambda name: None)
    refused = ran(folder, "--out", tmp_path / "other", "--format", "parquet")
    assert refused.exit_code == 2
    assert "pip install 'finmodel[parquet]'" in refused.stderr
    assert not (tmp_path / "other").exists()
    assert ran(folder, "--table", "all.xlsx").exit_code == 2
    assert ran(folder, "--table", "all.csv", "--format", "parquet").exit_code == 2


def test_a_title_that_is_a_formula_is_text_in_the_table(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "ours", title="=1+1")
    assert ran(folder, "--out", tmp_path / "out").exit_code == 0
    (row,) = rows_in(tmp_path / "out" / "results.csv")
    assert row["title"] == "'=1+1"
