"""Pieces of work mapped over a `concurrent.futures.Executor`: none, so here; a pool of processes; or Dask's.

Whoever asks for work knows none of the three, and gets the same to the last bit from each. What goes wrong with workers
is said in words: a process that was killed, a scheduler that does not answer, a cluster without workers.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from importlib.metadata import version
from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct

from finmodel.parsing.problems import CannotBeDoneError, Problem

if TYPE_CHECKING:
    from distributed import Client

Piece = TypeVar("Piece")
Found = TypeVar("Found")
AHEAD = 3  # pieces asked for ahead, for each that is worked on
FIRST_WORKER = 20.0  # seconds that a cluster has to show a worker
PATIENCE = 60.0  # seconds that a cluster may be without a worker, or a scheduler without an answer
_LOOK = 2.0  # seconds between two looks at whether there still is somebody who works
_SAME = ("finmodel", "numpy", "scipy")  # packages whose versions decide the bits
_LOUD = ("distributed", "tornado", "asyncio")
_DONE_IS_KEPT = "What was done is kept: the same command goes on from there."


class PieceDone(Struct, Generic[Piece, Found], frozen=True):
    """A piece of work and what came of it; found: None where its worker did not live to say so, for the `reason`."""

    piece: Piece
    found: Found | None
    reason: str = ""


class WorkersLostError(Exception):
    """A process of a pool was killed, and the pool with it; `pieces` were being worked on or waited."""

    def __init__(self, pieces: Iterable[object]) -> None:
        super().__init__("a process was killed")
        self.pieces = tuple(pieces)


Opened = Callable[[], AbstractContextManager[Executor | None]]


def opener(workers: int = 1, scheduler: str = "") -> Opened:
    """What opens the executor that a user asks for; None of it stands for working here.

    workers: processes of this machine. scheduler: address of a Dask scheduler, `tcp://host:port`. Opening raises
    CannotBeDoneError where Dask is not installed, the scheduler does not answer, or has no worker of these versions.
    """
    return partial(_dask, scheduler) if scheduler else partial(_processes, workers)


@contextmanager
def _processes(workers: int) -> Iterator[Executor | None]:
    if workers == 1:
        yield None
        return
    pool = ProcessPoolExecutor(workers, initializer=_begin, initargs=(os.getpid(),))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(parent: int) -> None:
    """A process of a pool: Ctrl-C is for its parent to hear, and it does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


@contextmanager
def _dask(scheduler: str) -> Iterator[Executor | None]:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, and heavy
    except ModuleNotFoundError:
        what = "A scheduler is Dask's, which is not installed"
        remedy = (
            "Install it with `pip install 'finmodel[dask]'`, or share the work among processes of this machine "
            "with --workers."
        )
        raise CannotBeDoneError([_problem(scheduler, what, remedy)]) from None
    with _quiet():
        try:
            client = Client(scheduler, timeout=FIRST_WORKER, set_as_default=False)
        except (OSError, ValueError, RuntimeError) as error:
            what = f"No Dask scheduler answers at this address: {_first_line(error)}"
            remedy = "Start one with `dask scheduler`, which prints its address, such as tcp://host:8786."
            raise CannotBeDoneError([_problem(scheduler, what, remedy)]) from None
        try:
            _see_that_workers_are_alike(client, scheduler)
            yield client.get_executor(pure=False)
        finally:
            client.close(timeout=_LOOK)


@contextmanager
def _quiet() -> Iterator[None]:
    """What a cluster logs of workers that come and go is said by us, where it concerns the reader."""
    known = [name for name in logging.root.manager.loggerDict if name.split(".")[0] in _LOUD]
    loggers = [logging.getLogger(name) for name in known]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def _see_that_workers_are_alike(client: Client, scheduler: str) -> None:
    """What decides the bits of a figure must be the same on every worker as here: finmodel, Python, NumPy and SciPy."""
    try:
        client.wait_for_workers(1, timeout=FIRST_WORKER)
    except TimeoutError:
        what, remedy = "The scheduler has no worker", f"Start some: `dask worker {scheduler} --nthreads 1`."
        raise CannotBeDoneError([_problem(scheduler, what, remedy)]) from None
    # Asked by name: a worker that cannot import what it is sent would end at once, and could not say why.
    found = client.get_versions(packages=list(_SAME))
    here = {name: version(name) for name in _SAME} | {"Python": _python(sys.version)}
    problems = []
    for worker, stated in found["workers"].items():
        there = {name: stated["packages"].get(name) for name in _SAME} | {"Python": _python(stated["host"]["python"])}
        for name in here:
            if there[name] != here[name]:
                lacks = f"The worker {worker} has no {name}" if there[name] is None else ""
                differs = (
                    f"The worker {worker} has {name} {there[name]}, and here is {here[name]}: figures could differ"
                )
                remedy = f"Install {name} {here[name]} where that worker runs, or here what it has."
                problems.append(_problem(scheduler, lacks or differs, remedy))
    if problems:
        raise CannotBeDoneError(problems)


def _python(stated: str) -> str:
    """The version of Python without its last part, which moves no figure."""
    return ".".join(stated.split(".")[:2])


def _problem(scheduler: str, what: str, remedy: str) -> Problem:
    return Problem(f"--scheduler {scheduler}", None, "", what, remedy)


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def in_order(executor: Executor | None, work: Callable[[Piece], Found], pieces: Iterable[Piece]) -> Iterator[Found]:
    """What the work gives for each piece, in the order of the pieces; a few are asked for ahead.

    Raises what the work raises, and CannotBeDoneError where the workers are lost.
    """
    if executor is None:
        yield from map(work, pieces)
        return
    waiting: deque[Future[Found]] = deque()
    most = AHEAD * places_of(executor)
    try:
        for piece in pieces:
            waiting.append(executor.submit(work, piece))
            if len(waiting) > most:
                yield _found(executor, waiting.popleft())
        while waiting:
            yield _found(executor, waiting.popleft())
    finally:
        for future in waiting:
            future.cancel()


def _found(executor: Executor, future: Future[Found]) -> Found:
    _wait_for_any(executor, [future])
    try:
        return future.result()
    except CancelledError:
        raise CannotBeDoneError([Problem("--scheduler", None, "", _LOST, "Run it again.")]) from None
    except BrokenExecutor as error:
        what = f"A worker was lost: {_why(error)}"
        raise CannotBeDoneError([Problem("--workers", None, "", what, "Run it again, with fewer workers.")]) from None
    except Exception as error:
        if type(error).__name__ != _KILLED:
            raise
        raise CannotBeDoneError([Problem("--scheduler", None, "", _why(error), "Look at the workers' logs.")]) from None


def as_done(
    executor: Executor | None, work: Callable[[Piece], Found], pieces: Iterable[Piece]
) -> Iterator[PieceDone[Piece, Found]]:
    """What the work gives for each piece, whichever is done first; a few are asked for ahead.

    A piece whose workers were killed again and again has no answer but a reason. WorkersLostError where a pool breaks,
    which does not say by which piece. At Ctrl-C what is being worked on is waited for and given before it is raised.
    """
    if executor is None:
        for piece in pieces:
            yield PieceDone(piece, work(piece))
        return
    asked = _Asked(executor, work, iter(pieces))
    try:
        while asked.ask():
            yield from asked.done()
    except KeyboardInterrupt:
        asked.cancel()
        while asked.waiting:
            yield from asked.done()
        raise
    finally:
        asked.cancel()


class _Asked(Generic[Piece, Found]):
    """What an executor was asked for and has not given yet."""

    def __init__(self, executor: Executor, work: Callable[[Piece], Found], todo: Iterator[Piece]) -> None:
        self.executor, self.work, self.todo = executor, work, todo
        self.waiting: dict[Future[Found], Piece] = {}
        self.most, self.looked = AHEAD * places_of(executor), time.monotonic()

    def ask(self) -> bool:
        """Ask for as much as goes on at once and a little more; whether anything is being waited for."""
        if time.monotonic() - self.looked > _LOOK:  # workers come and go
            self.most, self.looked = AHEAD * places_of(self.executor), time.monotonic()
        for piece in islice(self.todo, max(0, self.most + 1 - len(self.waiting))):
            try:
                self.waiting[self.executor.submit(self.work, piece)] = piece
            except BrokenExecutor:
                raise WorkersLostError([*self.waiting.values(), piece]) from None
        return bool(self.waiting)

    def done(self) -> Iterator[PieceDone[Piece, Found]]:
        """Those that are done, once any is."""
        for future in _wait_for_any(self.executor, self.waiting):
            yield self._done(future)

    def _done(self, future: Future[Found]) -> PieceDone[Piece, Found]:
        try:
            found = future.result()
        except BrokenExecutor:
            raise WorkersLostError(self.waiting.values()) from None
        except CancelledError:
            raise CannotBeDoneError([Problem("--scheduler", None, "", _LOST, _DONE_IS_KEPT)]) from None
        except Exception as error:  # of a piece, which must not end the others
            return PieceDone(self.waiting.pop(future), None, _why(error))
        return PieceDone(self.waiting.pop(future), found)

    def cancel(self) -> None:
        """Take back what nobody has begun."""
        for future in [each for each in self.waiting if each.cancel()]:
            del self.waiting[future]


def places_of(executor: Executor) -> int:
    """How many pieces an executor works on at once, as far as it says so."""
    client = getattr(executor, "_client", None)
    if client is None:
        return int(getattr(executor, "_max_workers", 1))
    try:
        return max(1, sum(client.nthreads().values())) if client.status == "running" else 1
    except (OSError, RuntimeError):
        return 1


def _wait_for_any(executor: Executor, futures: Iterable[Future[Found]]) -> Iterable[Future[Found]]:
    """Those of the futures that are done, once any is; CannotBeDoneError where nobody is left who could do one."""
    asked, alone_since = list(futures), None
    while True:
        done = wait(asked, _LOOK, FIRST_COMPLETED).done
        if done:
            return done
        alone = _nobody_works(executor)
        alone_since = (alone_since or time.monotonic()) if alone else None
        if alone_since is not None and time.monotonic() - alone_since > PATIENCE:
            raise CannotBeDoneError([Problem("--scheduler", None, "", alone, _DONE_IS_KEPT)])


def _nobody_works(executor: Executor) -> str:
    """Why nothing of a cluster can be expected at this moment; "" where it can."""
    client = getattr(executor, "_client", None)
    if client is None:
        return ""
    try:
        if client.status == "running" and client.nthreads():
            return ""
        found = "has no worker any more" if client.status == "running" else "does not answer any more"
    except (OSError, RuntimeError):
        found = "does not answer any more"
    return f"The scheduler {found}, for {PATIENCE:.0f} seconds"


_LOST = "The scheduler does not answer any more"
_KILLED = "KilledWorker"  # by name: Dask need not be installed


def _why(error: BaseException) -> str:
    """Why there is no answer, in words."""
    if isinstance(error, BrokenExecutor):
        return "the process that worked on it was killed, for want of memory perhaps"
    if type(error).__name__ == _KILLED:
        return "every worker that worked on it was killed, for want of memory perhaps"
    return f"{type(error).__name__}: {_first_line(error)}"
