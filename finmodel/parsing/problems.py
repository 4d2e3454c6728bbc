"""Something to put right in the inputs: where, what is wrong, and what to do. Problems are values, shown together."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from finmodel.parsing.unseen import written_out


def seen(text: str) -> str:
    """Text for a terminal, with what would do something there, or is not seen, written out: `[U+001B]`."""
    return written_out(text).replace("\r", "[U+000D]")


def seen_in_one_line(text: str) -> str:
    """The same, with what ends a line or skips within it written out too: text of others in a line of ours."""
    return seen(text).replace("\n", "[U+000A]").replace("\t", "[U+0009]")


class Problem(Struct, frozen=True, order=True):
    """One thing to put right, with its place.

    `file` is the file's name as the user knows it, `line` its line (None when the whole file is meant), `where`
    the address inside the file (`options[2].posts[1].fte`), `given` the value found there as text, "" when none. Of a
    workbook `cell` is the cell, `line` its row and `where` what its row and column are called.
    """

    file: str
    line: int | None
    where: str
    what: str
    remedy: str
    given: str = ""
    cell: str = ""  # of a workbook, `Posts!C7`, in the place of a line

    def __str__(self) -> str:
        line = f"{self.file}, line {self.line}" if self.line is not None else self.file
        place = f"{self.file}, {self.cell}" if self.cell else line
        address = f", {self.where}" if self.where else ""
        given = f" (given: {self.given})" if self.given else ""
        return seen(f"{place}{address}: {self.what}{given}\n    {self.remedy}")


def said_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """What is said of several places in the same words, said of the first with the others named."""
    alike: dict[tuple[str, str, str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.file, problem.what, problem.remedy, problem.given), []).append(problem)
    return tuple(_of_all(first, others) for first, *others in alike.values())


def _of_all(first: Problem, others: list[Problem]) -> Problem:
    if not others:
        return first
    places = "; ".join(f"line {one.line}, {one.where}" if one.line is not None else one.where for one in others)
    return replace(first, what=f"{first.what} (the same at {places})")


class ProblemsError(Exception):
    """The inputs have problems; `problems` holds every one of them, in the order of the file."""

    place = " in the inputs"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=_in_order))
        count = len(self.problems)
        heading = f"{count} problem{'' if count == 1 else 's'}{self.place}"
        super().__init__("\n".join([heading, *map(str, self.problems)]))


def _in_order(problem: Problem) -> tuple[str, str, int, str, str]:
    """By file, by sheet where it has any, by line."""
    return (problem.file, problem.cell.rpartition("!")[0], problem.line or 0, problem.where, problem.what)


class CannotBeDoneError(ProblemsError):
    """What was asked cannot be done, on a full disk say, though nothing is wrong with the inputs."""

    place = ""
