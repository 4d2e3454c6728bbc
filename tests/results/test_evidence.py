"""The record of a release is shown for the code that was tested, and for no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from finmodel.results import evidence
from finmodel.results.evidence import NO_RECORD, digest_of_code, evidence_sentences, release_evidence

RECORD = {
    "version": "9.9.9",
    "date": "2031-02-03",
    "passed": 4321,
    "failed": 0,
    "recalculations": [
        {"engine": "ironcalc", "version": "1.2", "workbooks": 3, "formulas": 70_001, "differences": 0},
    ],
}


def shown(record: dict[str, object] | None, path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    if record is not None:
        path.write_text(json.dumps(record), encoding="utf-8")
    monkeypatch.setattr(evidence, "RECORD", path)
    release_evidence.cache_clear()
    try:
        return evidence_sentences(release_evidence())
    finally:
        release_evidence.cache_clear()


def test_a_record_of_this_code_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = shown(RECORD | {"code": digest_of_code()}, tmp_path / "evidence.json", monkeypatch)
    assert found == (
        "Version 9.9.9 was tested on 2031-02-03: 4,321 tests passed, 0 failed.",
        "ironcalc 1.2 recalculated 70,001 formulas of 3 shipped workbooks; 0 differed.",
    )


@pytest.mark.parametrize("record", [None, RECORD, RECORD | {"code": "0" * 64}])
def test_of_other_code_there_is_none(
    record: dict[str, object] | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown(record, tmp_path / "evidence.json", monkeypatch) == (NO_RECORD,)


def test_a_change_of_the_code_changes_its_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rule.py").write_bytes(b"a = 1\n")
    monkeypatch.setattr(evidence, "PACKAGE", tmp_path)
    before = digest_of_code()
    (tmp_path / "rule.py").write_bytes(b"a = 1\r\n")
    assert digest_of_code() == before  # the same text as another system writes it
    (tmp_path / "rule.py").write_bytes(b"a = 2\n")
    assert digest_of_code() != before
