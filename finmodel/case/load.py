"""Loading a case from its folder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from finmodel.case.partial_check import Further, nothing_further
from finmodel.case.schema import Case
from finmodel.case.validation import case_from_document, warnings_in
from finmodel.parsing.csv_tables import CarriedTables, FolderOfTables, ReadsTables, Tables, TablesAllowed
from finmodel.parsing.places import Places
from finmodel.parsing.problems import Problem, ProblemsError
from finmodel.parsing.text_files import LARGEST_FILE, CannotReadError, read_content, read_text
from finmodel.parsing.yaml_files import read_yaml
from finmodel.parsing.yaml_writing import as_yaml
from finmodel.quoting.paper_file import PAPER_FILE

CASE_FILE = "case.yaml"
LARGEST_WORKBOOK = 20_000_000  # bytes
WORKBOOK_BEGINNINGS = (b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"))  # a zip of parts; the old kind, or a password
TABLES_ALLOWED = TablesAllowed(
    lists=frozenset(["options", "posts", "costs", "benefits", "savings", "supplements", "assumptions"])
    | {"stages", "criteria", "risk_table", "other_benefits"},
    by_name=frozenset(["sources", "grades", "placements"]),
)


class InCells(Struct, frozen=True):
    """Where the case of a workbook stands in its cells, and what is worth a look there, in the workbook's words.

    Whatever a report prints comes from the case in YAML that the report carries, and is the same when it is made again.
    """

    places: Places
    notes: tuple[Problem, ...]


class LoadedCase(Struct, frozen=True):
    """A case as it was loaded: what it states, where from, and what the user may want to know.

    data: the case file as plain data, its anchors and tables filled in, for comparing versions.
    """

    case: Case
    folder: Path
    files: tuple[tuple[str, str], ...]  # name and SHA-256 of each file read
    warnings: tuple[Problem, ...] = ()
    places: Places = field(default_factory=lambda: Places(CASE_FILE))  # of what was read, for problems found later
    contents: tuple[tuple[str, bytes], ...] = ()  # name and bytes of each file read, the case file first
    data: dict[str, Any] = field(default_factory=dict)
    cells: InCells | None = None  # of a workbook

    @property
    def shown_places(self) -> Places:
        """Where the user finds each part: in the cells of a workbook, else in the lines of the files."""
        return self.places if self.cells is None else self.cells.places


def load_case(path: str | Path, further: Further = nothing_further) -> LoadedCase:
    """The case in a folder, in a YAML file or in a workbook to fill in; raises ProblemsError with every problem.

    further: what else to look for in a case that has problems.
    """
    file = _case_file(Path(path))
    try:
        content = read_content(file, file.name, LARGEST_WORKBOOK if _begins_as_workbook(file) else LARGEST_FILE)
    except CannotReadError as error:
        raise ProblemsError(error.problems) from None
    if content.startswith(WORKBOOK_BEGINNINGS):
        return _load_workbook(file, content, further)
    return _load(file.name, content, FolderOfTables(file.parent), file.parent, further)


def load_carried_case(contents: Sequence[tuple[str, bytes]], further: Further = nothing_further) -> LoadedCase:
    """The case in files that are at hand as bytes, the case file first; read like one in a folder, nothing else read.

    Its folder is the case file's bare name, for there is none. Raises ProblemsError with every problem in it.
    """
    (name, content), *tables = contents
    return _load(name, content, CarriedTables(dict(tables)), Path(name).with_suffix(""), further)


def _load(name: str, content: bytes, at_hand: ReadsTables, folder: Path, further: Further) -> LoadedCase:
    try:
        document = read_yaml(read_text(content, name), name)
    except CannotReadError as error:
        raise ProblemsError(error.problems) from None
    tables = Tables(at_hand, document, TABLES_ALLOWED)
    tables.fill_in()
    case = case_from_document(document, further)
    contents = {name: content, **tables.contents}
    hashes = {file: hashlib.sha256(found).hexdigest() for file, found in contents.items()}
    return LoadedCase(
        case,
        folder,
        tuple(sorted(hashes.items())),
        warnings_in(case, document),
        document.places,
        tuple(contents.items()),
        document.data,
    )


def _load_workbook(file: Path, content: bytes, further: Further) -> LoadedCase:
    """The case that a workbook holds. Its file is the case in YAML, so that a report carries it as any other."""
    from finmodel.case.workbook.reading import read_workbook  # noqa: PLC0415 - heavy: openpyxl

    try:
        document = read_workbook(content, file.name)
    except CannotReadError as error:
        raise ProblemsError(error.problems) from None
    case = case_from_document(document, further)
    carried = load_carried_case([(CASE_FILE, as_yaml(document.data).encode())])
    notes = warnings_in(case, document)
    return replace(carried, folder=file.with_suffix(""), cells=InCells(document.places, notes))


def _begins_as_workbook(file: Path) -> bool:
    """Whether a file begins as workbooks do; no more of it is read, whatever its name ends in."""
    try:
        with file.open("rb") as stream:
            return stream.read(8).startswith(WORKBOOK_BEGINNINGS)
    except OSError:
        return False


def _case_file(path: Path) -> Path:
    """The YAML file meant by a path."""
    try:
        file = path / CASE_FILE if path.is_dir() else path
        found = file.is_file()
    except (OSError, ValueError):
        file, found = path, False
    if not found:
        raise ProblemsError([_not_found(path, file)])
    return file


def _not_found(path: Path, file: Path) -> Problem:
    if file != path and (path / PAPER_FILE).is_file():
        what, remedy = "The folder holds a paper and no case", "Its printed figures are checked by `finmodel verify`."
        return Problem(str(path), None, "", what, remedy)
    if file != path:
        what, remedy = f"The folder has no {CASE_FILE}", f"Name the folder of a case, which holds a file {CASE_FILE}."
        return Problem(str(path), None, "", what, remedy)
    return Problem(str(path), None, "", "There is no such file or folder", "Check the name, and where you are.")
