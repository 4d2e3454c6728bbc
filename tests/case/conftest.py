"""A small sound case to spoil, line by line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from finmodel.appraisal.appraise import appraise
from finmodel.appraisal.worked_problems import problems_of_sound_claims
from finmodel.case import Problem, ProblemsError, load_case

CASES = Path(__file__).parent / "cases"

Spoil = Callable[[dict[int, str]], tuple[Problem, ...]]


@pytest.fixture(scope="session")
def base_lines() -> list[str]:
    return (CASES / "base.yaml").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def case_folder(tmp_path: Path, base_lines: list[str]) -> Path:
    """A folder with the sound case in it."""
    (tmp_path / "case.yaml").write_text("\n".join(base_lines) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def spoil(tmp_path: Path, base_lines: list[str]) -> Spoil:
    """Put other text in the place of lines, and say what problems there are."""

    def problems(edits: dict[int, str]) -> tuple[Problem, ...]:
        lines = [edits.get(number, line) for number, line in enumerate(base_lines, start=1)]
        (tmp_path / "case.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return problems_of(tmp_path)

    return problems


def problems_of(path: Path | str) -> tuple[Problem, ...]:
    """Every problem of a case, those among them that only its worked figures show; none when it can be appraised."""
    try:
        appraise(load_case(path, problems_of_sound_claims))
    except ProblemsError as error:
        return error.problems
    return ()
