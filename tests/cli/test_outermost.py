"""What the command line does with errors that are not problems of the input."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from finmodel.cli.running import saying_problems
from finmodel.parsing.problems import Problem, ProblemsError


def run(error: BaseException) -> tuple[int, str, BaseException | None]:
    @click.command()
    @saying_problems
    def command() -> None:
        raise error

    result = CliRunner().invoke(command, [])
    return result.exit_code, result.stderr, result.exception


@pytest.mark.parametrize(("error", "words"), [(MemoryError(), "ran out of memory"), (RecursionError(), "too deeply")])
def test_running_out_of_memory_or_stack_is_said_plainly(error: BaseException, words: str) -> None:
    code, said, _ = run(error)
    assert code == 1
    assert words in said
    assert "Traceback" not in said


def test_a_fault_of_ours_is_not_hidden() -> None:
    code, said, error = run(ValueError("a fault"))
    assert isinstance(error, ValueError)
    assert "input" not in said
    assert code == 1


def test_an_interrupt_ends_as_interrupts_do() -> None:
    code, said, _ = run(KeyboardInterrupt())
    assert code == 1
    assert "Aborted" in said


def test_controls_in_a_problem_are_written_out() -> None:
    problem = Problem("a\x1b[2J.yaml", 1, "\u202ewhere", "What", "Remedy", "\x07")
    code, said, _ = run(ProblemsError([problem]))
    assert code == 1
    assert "a[U+001B][2J.yaml, line 1, [U+202E]where: What (given: [U+0007])" in said
