"""What the command line does with errors that are not problems of the input."""

from __future__ import annotations

import errno

import click
import pytest
from click.testing import CliRunner

from finmodel.cli import main
from finmodel.cli.outermost import CommandLine, Judging
from finmodel.parsing.problems import CannotBeDoneError, Problem, ProblemsError

PROBLEM = Problem("a.yaml", 1, "where", "What", "Remedy")


def run(error: BaseException, kind: type[click.Command] = click.Command) -> tuple[int, str]:
    @click.command(cls=kind)
    def command() -> None:
        raise error

    result = CliRunner().invoke(CommandLine(commands={"command": command}), ["command"])
    return result.exit_code, result.stderr


@pytest.mark.parametrize("kind", [click.Command, Judging])
@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), "ran out of memory"),
        (RecursionError(), "too deeply"),
        (OSError(errno.ENOSPC, "The disk is full"), "The disk is full"),
        (OSError(errno.EIO, "The disk is broken", "a.xlsx"), "The disk is broken (a.xlsx)"),
        (CannotBeDoneError([PROBLEM]), "1 problem\na.yaml, line 1"),
        (KeyboardInterrupt(), "Aborted"),
        (BrokenPipeError(errno.EPIPE, "Nobody reads"), ""),
    ],
)
def test_what_could_not_be_done_is_said_plainly(kind: type[click.Command], error: BaseException, words: str) -> None:
    code, said = run(error, kind)
    assert code == 2
    assert words in said
    assert bool(words) == bool(said)
    assert "Traceback" not in said
    assert "in the inputs" not in said


@pytest.mark.parametrize("error", [ValueError("a fault"), FileNotFoundError(errno.ENOENT, "a fault", "page.html")])
def test_a_fault_of_ours_is_shown_in_full(error: Exception) -> None:
    code, said = run(error, Judging)
    assert said.startswith("Traceback")
    assert "a fault" in said.splitlines()[-1]
    assert "test_outermost.py" in said  # where it happened
    assert "input" not in said
    assert code == 2


def test_controls_in_a_problem_are_written_out() -> None:
    problem = Problem("a\x1b[2J.yaml", 1, "\u202ewhere", "What", "Remedy", "\x07")
    code, said = run(ProblemsError([problem]))
    assert code == 1
    assert "a[U+001B][2J.yaml, line 1, [U+202E]where: What (given: [U+0007])" in said


def test_problems_are_no_answer_where_it_is_asked_whether_something_holds() -> None:
    assert run(ProblemsError([PROBLEM]))[0] == 1
    assert run(ProblemsError([PROBLEM]), Judging) == (
        2,
        "1 problem in the inputs\na.yaml, line 1, where: What\n    Remedy\n",
    )
    assert {name for name, command in main.commands.items() if isinstance(command, Judging)} == {
        "audit",
        "reproduce",
        "verify",
    }


def test_the_exit_codes_are_in_the_help() -> None:
    said = " ".join(CliRunner().invoke(main, ["--help"]).stdout.split())
    assert "0 done, 1 problems in the inputs, 2 wrong usage, or it could not be done." in said
    assert "Of audit, reproduce and verify: 0 it holds, 1 it does not hold, 2 it could not be done." in said
