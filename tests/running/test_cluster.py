"""A real Dask scheduler with two workers on loopback: the same bits, and no case lost or done twice where one is killed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from batch_cases import data, write_cases
from click.testing import CliRunner

from finmodel import __version__
from finmodel.appraisal.appraise import appraise
from finmodel.batch import run as batch_run
from finmodel.batch.cases import cases_at
from finmodel.batch.run import run_batch
from finmodel.batch.table import as_csv
from finmodel.case import load_case
from finmodel.cli import main
from finmodel.parsing.problems import CannotBeDoneError
from finmodel.results.plain import as_json
from finmodel.running import executors
from finmodel.running.executors import as_done, in_order, opener
from finmodel.uncertainty.simulate import BATCH, plan_of, simulate


@dataclass(frozen=True)
class Cluster:
    """A scheduler in this process, and workers in processes of their own."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    from distributed import LocalCluster

    with LocalCluster(n_workers=0, processes=True, dashboard_address=":0", host="127.0.0.1") as made:
        address = made.scheduler_address
        command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1"]
        command += ["--no-dashboard", "--host", "127.0.0.1", "--death-timeout", "60"]
        workers = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(2)]
        made.wait_for_workers(2, timeout=120)
        yield Cluster(address, workers)
        for worker in workers:
            worker.kill()
            worker.wait()


def test_the_bits_of_a_simulation_are_the_same_whoever_works(cluster: Cluster, tmp_path: Path) -> None:
    """In this process, in two of this machine, and on a cluster; figures uncertain, and moving together."""
    price, training = "placements.fostering.unit_cost", "options.team.costs.training.amount"
    ranges = [
        {"input": price, "low": 30_000, "high": 55_000},
        {"input": training, "shape": "normal", "deviation": 5_000},
    ]
    groups = [{"inputs": [price, training], "ranks": [[1, 0.5], [0.5, 1]]}]
    stated = data() | {"uncertainty": {"ranges": ranges, "correlations": groups}}
    (tmp_path / "case.yaml").write_text(json.dumps(stated), encoding="utf-8")
    appraisal = appraise(load_case(tmp_path))
    texts = set()
    for opened in (opener(), opener(2), opener(scheduler=cluster.address)):
        with opened() as executor:
            texts.add(as_json(simulate(appraisal, plan_of(appraisal.loaded, 2 * BATCH + 1), executor)))
    assert len(texts) == 1


def test_what_a_piece_of_work_does_to_its_worker_is_said_of_it_alone(cluster: Cluster) -> None:
    with opener(scheduler=cluster.address)() as executor:
        found = {each.piece: each for each in as_done(executor, int, ["2", "x", "4"])}
        assert (found["2"].found, found["4"].found) == (2, 4)
        assert found["x"].found is None
        assert found["x"].reason.startswith("ValueError: invalid literal for int()")
        assert list(in_order(executor, int, ["8", "6", "4"])) == [8, 6, 4]


def test_a_worker_of_other_versions_is_refused_by_name(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = {"finmodel": "0.0.1", "numpy": metadata.version("numpy"), "scipy": metadata.version("scipy")}
    monkeypatch.setattr(executors, "version", versions.__getitem__)
    with pytest.raises(CannotBeDoneError) as caught, opener(scheduler=cluster.address)():
        pass
    assert len(caught.value.problems) == 2
    for problem in caught.value.problems:
        assert f"has finmodel {__version__}, and here is 0.0.1" in problem.what


def test_a_scheduler_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "FIRST_WORKER", 0.2)
    for address in ("tcp://127.0.0.1:9", "nonsense://"):
        with pytest.raises(CannotBeDoneError, match="dask scheduler"), opener(scheduler=address)():
            pass


def test_without_dask_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_cases(tmp_path / "cases", 1)
    monkeypatch.setitem(sys.modules, "distributed", None)
    refused = CliRunner().invoke(
        main, ["batch", str(folder), "--out", str(tmp_path / "out"), "--scheduler", "tcp://a:1"]
    )
    assert refused.exit_code == 2
    assert "pip install 'finmodel[dask]'" in refused.stderr
    both = CliRunner().invoke(main, ["batch", str(folder), "--scheduler", "tcp://a:1", "--workers", "2"])
    assert both.exit_code == 2


def test_a_worker_killed_half_way_loses_no_case_and_does_none_twice(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, kept = write_cases(tmp_path / "cases", 10), Counter[str]()
    keep = batch_run.keep

    def counted(place: Path, *given: Any) -> None:
        kept[place.name] += 1
        keep(place, *given)

    def kill(done: int, asked: int) -> None:
        if done == 3:
            cluster.workers[0].kill()

    monkeypatch.setattr(batch_run, "keep", counted)
    cases = cases_at([folder]).cases
    found = run_batch(cases, tmp_path / "out", opener(scheduler=cluster.address), kill)
    assert found.failed == {}
    assert kept == {case.name: 1 for case in cases}
    alone = run_batch(cases, tmp_path / "alone", opener())
    assert as_csv(found.table()) == as_csv(alone.table())
    assert cluster.workers[0].wait() != 0
