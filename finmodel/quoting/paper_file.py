"""Loading a file that quotes a paper's figures: typed, checked, and every problem shown at once with its place."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from pydantic import ValidationError

from finmodel.parsing.blanks import blanks, is_blank
from finmodel.parsing.dates import EARLIEST_DATE
from finmodel.parsing.faults import Fault
from finmodel.parsing.places import Address, Places
from finmodel.parsing.problems import Problem, ProblemsError
from finmodel.parsing.pydantic_faults import faults_found, problem_at
from finmodel.parsing.remainder import Rest
from finmodel.parsing.text_files import CannotReadError, TextFile, read_content, read_text
from finmodel.parsing.yaml_files import read_yaml
from finmodel.quoting.consistency import in_a_paper
from finmodel.quoting.quoted import PaperFile

PAPER_FILE = "paper.yaml"
NO_FILE = "the paper"


_NO_PAPER = "This quotes no paper: it has neither `paper` nor `figures`"
_NO_PAPER_REMEDY = (
    "docs/verify.md shows how a paper is quoted. A case is verified by its folder, its results by `finmodel reproduce`."
)


class LoadedPaper(Struct, frozen=True):
    """A quoted paper as it was loaded."""

    paper: PaperFile
    file: str
    files: tuple[tuple[str, str], ...]  # name and SHA-256 of each file read
    places: Places


def load_paper(path: str | Path) -> LoadedPaper:
    """The paper in a folder, or in the YAML file named; raises ProblemsError with every problem in it."""
    file = _paper_file(Path(path))
    try:
        content = read_content(file, file.name)
        document = read_yaml(read_text(content, file.name), file.name)
    except CannotReadError as error:
        raise ProblemsError(error.problems) from None
    if not {"paper", "figures", "workings"} & set(document.data):
        raise ProblemsError([Problem(file.name, None, "", _NO_PAPER, _NO_PAPER_REMEDY)])
    hashes = ((file.name, hashlib.sha256(content).hexdigest()),)
    return LoadedPaper(_paper(document), file.name, hashes, document.places)


def paper_from_data(data: dict[str, Any]) -> LoadedPaper:
    """A paper from plain data made in Python; raises ProblemsError with every problem."""
    document = TextFile(NO_FILE, data, Places(NO_FILE))
    return LoadedPaper(_paper(document), NO_FILE, (), document.places)


def _paper(document: TextFile) -> PaperFile:
    data = document.data
    found = list(blanks(data, ()))
    paper = None
    try:
        paper = PaperFile.model_validate(data)
    except ValidationError as error:
        found += [one for one in faults_found(error, PaperFile, data) if not is_blank(data, one.address)]
    if paper is not None and not found and not document.faulty:
        found += in_a_paper(paper, data)
    else:
        found += _in_sound_parts(data, document.faulty | {one.address for one in found})
    problems = {*document.problems, *(problem_at(one, data, document.places) for one in found)}
    if problems or paper is None:
        raise ProblemsError(problems)
    return paper


def _in_sound_parts(data: dict[str, Any], faulty: set[Address]) -> list[Fault]:
    """What the checks find in the entries that can be read, so that the user hears of all at once."""
    rest = Rest(
        {
            address[:2] if address[0] in ("figures", "workings", "implied") else address[:1]
            for address in faulty
            if address
        }
    )
    reduced = rest.of(data, (), ())
    reduced["paper"] = {"authority": "?", "title": "?", "date": f"{EARLIEST_DATE}-01-01"}
    try:
        paper = PaperFile.model_validate(reduced)
    except ValidationError:
        return []
    return [replace(found, address=rest.original(found.address)) for found in in_a_paper(paper, data)]


def _paper_file(path: Path) -> Path:
    """The YAML file meant by a path."""
    try:
        file = path / PAPER_FILE if path.is_dir() else path
        found = file.is_file()
    except (OSError, ValueError):
        file, found = path, False
    if found:
        return file
    if file != path:
        what, remedy = (
            f"The folder has no {PAPER_FILE}",
            f"Name the folder of a paper, which holds a file {PAPER_FILE}.",
        )
        raise ProblemsError([Problem(str(path), None, "", what, remedy)])
    what, remedy = "There is no such file or folder", "Check the name, and where you are."
    raise ProblemsError([Problem(str(path), None, "", what, remedy)])
