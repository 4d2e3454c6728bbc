"""Standard output and standard error, whatever they are: a terminal, a file, a pipe that closes, a full disk, nothing.

Text that their encoding cannot carry is written by signs that say the same (`−` as `-`, and in ASCII `£` as `GBP`);
data that is read by programs is UTF-8 always. What cannot be said on standard error is left out; what cannot be said
on standard output ends the run as not done.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

import click

NOT_DONE = 2  # exit code: what was asked could not be done
_READABLE = "finmodel-readable"  # what Python is told to do with characters that an encoding has not
_SIGNS = {
    "−": "-",
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "£": "GBP",
    "€": "EUR",
    "×": "x",
    "÷": "/",
    "⁄": "/",
    "·": ".",
    "•": "*",
    "…": "...",
    "→": "->",
    "←": "<-",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~",
    "Σ": "sum",
    "√": "sqrt",
    "«": '"',
    "»": '"',
}


class EndOfRun(click.ClickException):
    """The end of a run that could not be done, with what is said on standard error, "" for nothing."""

    exit_code = NOT_DONE

    def show(self, file: object = None) -> None:
        """Say it."""
        if self.message:
            complain(self.message)


def say(text: str, newline: bool = True) -> None:
    """Text on standard output; raises Ending where it cannot be written."""
    _put(text, newline)


def say_data(text: str, newline: bool = True) -> None:
    """JSON or HTML on standard output, in UTF-8 whatever the terminal takes; raises Ending as `say` does."""
    _put(text.encode("utf-8", _READABLE), newline)


def _put(content: str | bytes, newline: bool) -> None:
    try:
        click.echo(content, file=sys.stdout, nl=newline)
    except OSError as error:
        raise cannot_say(error) from error


def complain(text: str) -> None:
    """Text on standard error, where there is one that takes it."""
    try:
        click.echo(text, file=sys.stderr)
    except OSError:
        silence(sys.stderr)


def cannot_say(error: OSError) -> EndOfRun:
    """The end of a run whose answer cannot be written. A reader who has gone has no need to be told."""
    silence(sys.stdout)
    gone = error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL)
    return EndOfRun("" if gone else f"Standard output cannot be written to: {error.strerror}.")


def silence(stream: TextIO) -> None:
    """Let go what a stream still holds, so that Python does not try to write it, and complain, at the very end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, stream.fileno())
        finally:
            os.close(nowhere)


@contextmanager
def standard_streams() -> Iterator[None]:
    """Streams on which every text can be written, in the place of those that were closed too."""
    _keep_descriptors()
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = sys.stdout or _Closed(), sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_READABLE)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _keep_descriptors() -> None:
    """Where a standard stream was closed, let no file that is opened later take its number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free, which is this one


class _Closed(io.TextIOBase):
    """A standard output that was closed before the run."""

    def write(self, text: str) -> int:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def _readable(error: UnicodeError) -> tuple[str, int]:
    """What is written in the place of characters that an encoding has not."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    places = range(error.start, error.end)
    return "".join(
        _in_ascii(error.object[max(place - 1, 0) : place], error.object[place]) for place in places
    ), error.end


def _in_ascii(before: str, character: str) -> str:
    """One character in ASCII; `before` is the character before it."""
    if character in _SIGNS:
        return _SIGNS[character]
    parts = [part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)]
    plain = "".join(_SIGNS.get(part, part) for part in parts)
    if not plain or not plain.isascii():
        return f"[U+{ord(character):04X}]"
    kind = _kind(character)
    if kind == "<fraction>" and before.isdigit():
        return f" {plain}"
    return f"^{plain}" if kind == "<super>" and _kind(before) != "<super>" else plain


def _kind(character: str) -> str:
    """How Unicode says that a character is made from others: `<super>`, `<fraction>`; nothing for most."""
    return unicodedata.decomposition(character).partition(" ")[0] if character else ""


codecs.register_error(_READABLE, _readable)
