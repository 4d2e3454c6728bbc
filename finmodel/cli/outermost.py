"""How every command ends: its exit code, and what is said of an end that is no answer.

| exit code | `verify`, `audit`, `reproduce` | every other command |
| --- | --- | --- |
| 0 | it holds | done |
| 1 | it does not hold | problems in the inputs |
| 2 | it could not be done: so nothing is said of whether it holds | wrong usage, or it could not be done |
"""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from finmodel.cli.commands import for_a_list
from finmodel.cli.streams import NOT_DONE, EndOfRun, cannot_say, silence, standard_streams

_OF_STREAMS = frozenset([errno.EPIPE, errno.EINVAL, errno.EBADF])
# What a system says that does not let a run go on; anything else that it says is a mistake of finmodel's.
_OF_THE_SYSTEM = frozenset(
    [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM]
)

# Hardly anything of a run is garbage before its end; looking for it often took a tenth of a report's time, and every
# 50,000 objects still a thirtieth.
THRESHOLDS = (500_000, 50, 100)

# A command has no plugin of pydantic's to run; to look for one is to read what every installed package says of itself.
NO_PLUGINS = ("PYDANTIC_DISABLE_PLUGINS", "__all__")

# NumPy's BLAS starts a thread for each core, which waits by spinning. Matrices are small here, the correlations of some
# inputs, and with one thread a long product is added up in the same order on every machine.
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "1")


class Refused(EndOfRun):
    """The end of a run whose inputs have problems."""

    exit_code = 1


class Judging(click.Command):
    """A command that says whether something holds: exit code 1 is its answer, and never stands for problems."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; with problems in the inputs it could not be done."""
        from finmodel.parsing.problems import ProblemsError  # noqa: PLC0415

        try:
            return super().invoke(ctx)
        except ProblemsError as error:
            raise EndOfRun(str(error)) from error


class CommandLine(click.Group):
    """The commands, and how each of them ends."""

    def main(self, *given: Any, **options: Any) -> Any:
        """Run a command line; every text can be written on the standard streams, and none of them has to be there."""
        gc.set_threshold(*THRESHOLDS)
        atexit.register(gc.freeze)  # Python would look through all for garbage once more before it gives all of it back
        os.environ.setdefault(*NO_PLUGINS)
        os.environ.setdefault(*ONE_THREAD)
        with standard_streams():
            try:
                return super().main(*given, **options)
            except OSError:  # not even why it ends can be said
                silence(sys.stderr)
                sys.exit(NOT_DONE)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without reading their modules."""
        click.Group(commands=for_a_list()).format_commands(ctx, formatter)

    def make_context(self, *given: Any, **options: Any) -> click.Context:
        """Read the command line; help and version are said here."""
        with _ending_well():
            return super().make_context(*given, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        with _ending_well():
            return super().invoke(ctx)


@contextmanager
def _ending_well() -> Iterator[None]:
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except KeyboardInterrupt:
        raise EndOfRun("Aborted!") from None
    except OSError as error:
        raise _of_the_system(error) from error
    except Exception as error:
        raise _ending(error) from error


def _ending(error: Exception) -> EndOfRun:
    """Problems in the inputs are said, all of them; so is what an input can bring about, as what it is.

    Any other error is ours: it is shown in full, so that it can be reported, and nothing is made to look like a fault
    of the input.
    """
    from finmodel.parsing.problems import CannotBeDoneError, ProblemsError  # noqa: PLC0415

    if isinstance(error, ProblemsError):
        return (EndOfRun if isinstance(error, CannotBeDoneError) else Refused)(str(error))
    if isinstance(error, MemoryError):
        return EndOfRun("finmodel ran out of memory. Is this the right input?")
    if isinstance(error, RecursionError):
        return EndOfRun("finmodel ran out of depth: something is nested too deeply. Is this the right input?")
    return _ours(error)


def _of_the_system(error: OSError) -> EndOfRun:
    """A stream that takes no more, a disk that is full; any other error that a system gives is a mistake of ours."""
    if error.errno in _OF_THE_SYSTEM:
        silence(sys.stdout)
        where = f" ({error.filename})" if error.filename else ""
        return EndOfRun(f"The system does not let finmodel go on: {error.strerror}{where}.")
    return cannot_say(error) if error.filename is None and error.errno in _OF_STREAMS else _ours(error)


def _ours(error: Exception) -> EndOfRun:
    import traceback  # noqa: PLC0415 - for this alone

    return EndOfRun("".join(traceback.format_exception(error)).rstrip())
