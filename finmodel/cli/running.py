"""What every command does: say problems and steps on standard error, and read the case."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from finmodel.appraisal.appraise import Appraisal
    from finmodel.case import LoadedCase

_Parameters = ParamSpec("_Parameters")
_Returned = TypeVar("_Returned")
CASE = click.argument("case", type=click.Path(path_type=Path))


def saying_problems(command: Callable[_Parameters, _Returned]) -> Callable[_Parameters, _Returned]:
    """Problems in the inputs go to standard error, all of them, and the exit code is 1.

    So does running out of memory or of stack, which an input can bring about: said as what it is. Any other error is
    ours: it is shown in full, so that it can be reported, and nothing is made to look like a fault of the input.
    """

    @wraps(command)
    def run(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Returned:
        from finmodel.parsing.problems import ProblemsError  # noqa: PLC0415

        try:
            return command(*args, **kwargs)
        except ProblemsError as error:
            click.echo(str(error), err=True)
            sys.exit(1)
        except (MemoryError, RecursionError) as error:
            short = "memory" if isinstance(error, MemoryError) else "depth: something is nested too deeply"
            click.echo(f"finmodel ran out of {short}. Is this the right input?", err=True)
            sys.exit(1)

    return run


def step(text: str) -> None:
    """Progress, where somebody watches."""
    if sys.stderr.isatty():
        click.echo(f"{text} …", err=True)


def say_which_case(*paths: Path) -> None:
    """Say of each workbook named in the place of a case what is taken from it, and what is not."""
    from finmodel.audit.workbooks.as_case import is_workbook  # noqa: PLC0415
    from finmodel.parsing.problems import seen  # noqa: PLC0415

    for path in dict.fromkeys(filter(is_workbook, paths)):
        click.echo(
            f"Note: {seen(str(path))}: This is a workbook, so the case that it carries is taken\n"
            "    What was typed into its cells since is not in it: `finmodel audit` tells of that.",
            err=True,
        )


def case_at(path: Path) -> LoadedCase:
    """The case in a folder, in a YAML file or in a workbook of finmodel's."""
    from finmodel.audit.workbooks.as_case import load_case_or_workbook  # noqa: PLC0415 - heavy: pydantic

    step("Reading the case")
    loaded = load_case_or_workbook(path)
    say_which_case(path)
    return loaded


def appraise_case(case: Path) -> Appraisal:
    """The appraisal of a case, its warnings said on the way."""
    from finmodel.appraisal.appraise import appraise  # noqa: PLC0415 - heavy: NumPy

    loaded = case_at(case)
    for warning in loaded.warnings:
        click.echo(f"Note: {warning}", err=True)
    step("Working out every line")
    return appraise(loaded)
