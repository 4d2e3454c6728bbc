"""Reading a results.json that somebody hands in: what is damaged or not ours is a problem with a place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from finmodel.parsing.problems import Problem, ProblemsError

FORMAT = 1
LARGEST_FILE = 100_000_000  # bytes; the largest shipped case has 1.2 MB
_REMEDY = "Name a results.json as `finmodel report` wrote it, or write it again."


def read_results(path: str | Path) -> dict[str, Any]:
    """The results in a file; raises ProblemsError where it cannot be read or is not finmodel's."""
    path = Path(path)
    found = _parsed(_text(path), path)
    if not isinstance(found, dict) or found.get("format") != FORMAT or not _has_lines(found):
        what = "This is not a results.json of finmodel"
        if isinstance(found, dict) and _has_lines(found):
            what = f"This results.json has another format than {FORMAT}, the one that this version reads"
        _refuse(path, None, what)
    return found


def _has_lines(found: dict[str, Any]) -> bool:
    lines = found.get("lines")
    in_order = isinstance(lines, dict) and all(isinstance(line, dict) for line in lines.values())
    return in_order and isinstance(found.get("provenance"), dict)


def _text(path: Path) -> str:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a device may have no end
            _refuse(path, None, "This is no file")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        _refuse(path, None, f"The file cannot be opened: {getattr(error, 'strerror', None) or 'this is not a name'}")
    if len(content) > LARGEST_FILE:
        _refuse(path, None, f"The file is larger than {LARGEST_FILE // 1_000_000} MB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse(path, content.count(b"\n", 0, error.start) + 1, "The text is not UTF-8")


def _parsed(text: str, path: Path) -> Any:
    try:
        return json.loads(text, parse_constant=_not_a_number)
    except json.JSONDecodeError as error:
        _refuse(path, error.lineno, "The JSON cannot be read here")
    except _NotANumberError as error:
        _refuse(path, None, f"The JSON cannot be read: {error}")
    except ValueError:  # more digits than Python takes
        _refuse(path, None, "The JSON cannot be read: it holds a whole number of very many digits")
    except RecursionError:
        _refuse(path, None, "The JSON is nested too deeply")


class _NotANumberError(ValueError):
    """A word in the place of a number, such as NaN."""


def _not_a_number(word: str) -> NoReturn:
    raise _NotANumberError(f"{word} is not a number")


def _refuse(path: Path, line: int | None, what: str) -> NoReturn:
    raise ProblemsError([Problem(str(path), line, "", what, _REMEDY)])
