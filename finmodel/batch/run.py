"""A batch: each case worked out once, kept as soon as it is done, and all of them in one table at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from finmodel.batch.cases import CaseAt
from finmodel.batch.inputs import inputs_of
from finmodel.batch.records import folder_of, keep, keep_failure, kept, named
from finmodel.batch.rows import FAILED, NOT_RUN, BatchRow
from finmodel.batch.table import as_csv, as_parquet
from finmodel.batch.work import CaseWork, CaseWorked, work_out_case
from finmodel.parsing.problems import CannotBeDoneError, Problem
from finmodel.report.whole_folder import write_whole
from finmodel.results.evidence import code_edition
from finmodel.running.executors import Opened, PieceDone, WorkersLostError, as_done

Format = Literal["csv", "parquet"]
Told = Callable[[int, int], None]  # cases done in this run, cases to do in it


class FailedCase(Struct, frozen=True):
    """A case that failed: its problems in words, and the file that holds them."""

    name: str
    failure: str
    kept_in: Path


class BatchRun(Struct):
    """What came of a batch, by case in the order of the cases; `again`: those done by an earlier run."""

    cases: tuple[CaseAt, ...]
    rows: dict[str, tuple[BatchRow, ...]] = field(default_factory=dict)
    failed: dict[str, FailedCase] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)

    @property
    def left(self) -> tuple[str, ...]:
        """The cases that were not run, because the run was stopped before."""
        return tuple(case.name for case in self.cases if case.name not in self.rows and case.name not in self.failed)

    def table(self) -> tuple[BatchRow, ...]:
        """Every case in the table: its options, or why there are none."""
        return tuple(row for case in self.cases for row in self._of(case.name))

    def _of(self, name: str) -> tuple[BatchRow, ...]:
        if name in self.failed:
            return (BatchRow(name, FAILED, self.failed[name].failure),)
        return self.rows.get(name) or (BatchRow(name, NOT_RUN, "The run was stopped before this case."),)


class StoppedError(Exception):
    """A run that ended before its last case; `run` is what it has, and the text says why it ended."""

    def __init__(self, run: BatchRun, why: str) -> None:
        super().__init__(why)
        self.run = run


def run_batch(
    cases: Sequence[CaseAt], out: Path, opened: Opened, told: Told = lambda done, asked: None, *, report: bool = False
) -> BatchRun:
    """Work out every case that was not done before from the same inputs by the same finmodel, and keep each in `out`.

    opened: opens the executor; more than once where processes of a pool are killed. A case that fails is kept with its
    problems, and the others go on. Raises StoppedError with what is done after Ctrl-C, or where workers are lost;
    CannotBeDoneError where there were none to begin with.
    """
    runner = _Runner(BatchRun(tuple(cases)), out, opened, report)
    todo, done = [case for case in cases if not runner.was_done(case)], 0
    try:
        for piece in runner.pieces(todo) if todo else ():
            runner.keep(piece)
            done += 1
            told(done, len(todo))
    except KeyboardInterrupt:
        raise StoppedError(runner.run, "Stopped by Ctrl-C.") from None
    except CannotBeDoneError as error:
        if not done:
            raise
        raise StoppedError(runner.run, str(error)) from error
    return runner.run


_Piece = PieceDone[CaseWork, CaseWorked]


class _Runner(Struct):
    run: BatchRun
    out: Path
    opened: Opened
    report: bool

    def was_done(self, case: CaseAt) -> bool:
        """Whether an earlier run has kept the case as it is now."""
        rows = kept(folder_of(self.out, case.name), inputs_of(case).key(), self.report)
        if rows is not None:
            self.run.rows[case.name] = named(rows, case.name)
            self.run.again.add(case.name)
        return rows is not None

    def pieces(self, cases: Sequence[CaseAt]) -> Iterator[_Piece]:
        """Each case worked out, whichever is done first; it is read when its turn comes, so that memory stays small."""
        works = (CaseWork(inputs_of(case), self.report) for case in cases)
        while True:
            with self.opened() as executor:
                try:
                    yield from as_done(executor, work_out_case, works)
                except WorkersLostError as lost:
                    suspects = [piece for piece in lost.pieces if isinstance(piece, CaseWork)]
                else:
                    return
            for suspect in suspects:
                yield self._alone(suspect)

    def _alone(self, work: CaseWork) -> _Piece:
        """A case that was being worked on when a process was killed, with a pool of its own: so it is known which."""
        with self.opened() as executor:
            try:
                return next(as_done(executor, work_out_case, [work]))
            except WorkersLostError:
                return PieceDone(
                    work, None, "the process that worked on it was killed twice, for want of memory perhaps"
                )

    def keep(self, piece: _Piece) -> None:
        """Keep a case that was worked out, or why it was not."""
        inputs, worked = piece.piece.inputs, piece.found
        folder = folder_of(self.out, inputs.name)
        if worked is not None and worked.code != code_edition():
            what = "A worker runs other code of finmodel than this machine, so its figures could differ"
            raise CannotBeDoneError([Problem("--scheduler", None, "", what, "Install the same there and here.")])
        if worked is None or worked.failure:
            failure = f"It could not be worked out: {piece.reason}." if worked is None else worked.failure
            self.run.failed[inputs.name] = FailedCase(inputs.name, failure, keep_failure(folder, failure))
            return
        keep(folder, inputs.key(), worked)
        self.run.rows[inputs.name] = worked.rows


def write_table(run: BatchRun, path: Path, kind: Format) -> None:
    """Write the results table. CannotBeDoneError where it cannot be written."""
    rows = run.table()
    write_whole(path.parent, {path.name: as_parquet(rows) if kind == "parquet" else as_csv(rows)})
