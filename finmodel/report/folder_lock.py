"""One writer in a folder at a time: a lock that the system lets go of when its holder ends, however it ends."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOCK = ".finmodel-lock"
LONGEST_WAIT = 60.0  # seconds; a writer holds the lock for well under one
_PAUSE = 0.02
_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)  # what systems say of a lock that another holds

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def folder_lock(folder: Path, longest: float = LONGEST_WAIT) -> Iterator[None]:
    """Hold the folder for writing; others wait. OSError when it cannot be had within `longest` seconds.

    The lock is on an open file, so that a writer that was killed holds nothing. The file goes with its last holder.
    """
    path = folder / LOCK
    descriptor = _taken(path, time.monotonic() + longest)
    try:
        yield
    finally:
        with suppress(OSError):  # Windows keeps a file that another has open; the last one removes it
            path.unlink()
        os.close(descriptor)
        with suppress(OSError):
            if sys.platform == "win32":
                path.unlink()


def _taken(path: Path, until: float) -> int:
    """The lock's file, open and locked."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            _take(descriptor)
            if _still_there(descriptor, path):
                return descriptor
            os.close(descriptor)
        except OSError as error:
            os.close(descriptor)
            if error.errno not in _HELD:
                raise
        if time.monotonic() > until:
            raise TimeoutError(errno.EAGAIN, "another run is writing here, and does not end")
        time.sleep(_PAUSE)


def _still_there(descriptor: int, path: Path) -> bool:
    """Whether the file that was locked is the one of that name still: its last holder may have removed it."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except OSError:
        return False
