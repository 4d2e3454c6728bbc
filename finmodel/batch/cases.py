"""Which cases are meant: folders of a case, workbooks that are one, folders that hold such, and lists of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from finmodel.audit.workbooks.as_case import carries_its_case, is_workbook
from finmodel.case.load import CASE_FILE
from finmodel.parsing.problems import Problem, ProblemsError
from finmodel.parsing.text_files import CannotReadError, read_content, read_text

_YAML = {".yaml", ".yml"}
_BOOK = "xl/workbook.xml"


class CaseAt(Struct, frozen=True):
    """A case to work out: its name, no other's of the batch, and its folder or file."""

    name: str
    path: Path


class CasesFound(Struct, frozen=True):
    """The cases in the order in which they were found, and the workbooks in searched folders that are none."""

    cases: tuple[CaseAt, ...]
    passed_over: tuple[Path, ...]


def cases_at(paths: Sequence[Path], leave_out: Path | None = None) -> CasesFound:
    """Every case that is meant, once, whatever was named twice.

    paths: folders with a case.yaml; workbooks and YAML files that are a case; folders that hold any of these, at any
    depth; text files that list such, a line each. leave_out: a folder that is not searched. Raises ProblemsError with
    every path that leads to none.
    """
    search = _CaseSearch(None if leave_out is None else leave_out.resolve())
    for path in paths:
        search.named(path, str(path), None)
    if search.problems:
        raise ProblemsError(search.problems)
    return CasesFound(tuple(_with_names(dict(search.found.values()))), tuple(search.passed_over))


class _CaseSearch:
    """What is found on the way."""

    def __init__(self, leave_out: Path | None) -> None:
        self.leave_out = leave_out
        self.found: dict[Path, tuple[Path, str]] = {}  # as it is named and called, by where it really is
        self.passed_over: list[Path] = []
        self.problems: list[Problem] = []

    def named(self, path: Path, file: str, line: int | None) -> None:
        """A path that somebody named; file, line: where, for a problem."""
        if path.is_dir():
            before = len(self.found), len(self.passed_over)
            known = self.within(path, path)
            if not known and (len(self.found), len(self.passed_over)) == before:
                what = "There is no case in this folder"
                remedy = f"Name a folder that holds cases: folders with a {CASE_FILE}, or workbooks of `finmodel new`."
                self.problems.append(Problem(file, line, "", what, remedy, "" if line is None else str(path)))
        elif not path.is_file():
            remedy = "Check the name, and where you are."
            given = "" if line is None else str(path)
            self.problems.append(Problem(file, line, "", "There is no such file or folder", remedy, given))
        elif path.suffix.lower() in _YAML or is_workbook(path):
            self.take(path, path.parent)
        elif line is None:
            self.listed(path)
        else:
            remedy = f"Name a folder with a {CASE_FILE}, a YAML file or a workbook."
            self.problems.append(Problem(file, line, "", "This is no case", remedy, str(path)))

    def within(self, folder: Path, root: Path) -> bool:
        """Search a folder below the one that was named; whether there is any case in it, met before or not."""
        if (folder / CASE_FILE).is_file():
            self.take(folder, root)
            return True
        any_case = False
        for path in sorted(folder.iterdir()):
            if path.name.startswith((".", "~$")) or path.resolve() == self.leave_out:
                continue
            if path.is_dir() and (not path.is_symlink() or (path / CASE_FILE).is_file()):
                any_case |= self.within(path, root)
            elif path.suffix.lower() == ".xlsx" and path.is_file():
                any_case |= self.workbook(path, root)
        return any_case

    def workbook(self, path: Path, root: Path) -> bool:
        """A workbook that nobody named is a case where it is one to fill in, and not the report of one."""
        if not is_case_workbook(path):
            self.passed_over.append(path)
            return False
        self.take(path, root)
        return True

    def take(self, path: Path, root: Path) -> None:
        """A case, once. It is called as its way from the folder that was searched, or as its own folder or file."""
        own = path if path.is_dir() else path.with_suffix("")
        name = path.resolve().name if path == root and path.is_dir() else own.relative_to(root).as_posix()
        self.found.setdefault(path.resolve(), (path, name))

    def listed(self, path: Path) -> None:
        """The cases that a text file lists."""
        try:
            text = read_text(read_content(path, str(path)), str(path))
        except CannotReadError as error:
            self.problems += error.problems
            return
        before = len(self.found), len(self.problems)
        for number, row in enumerate(text.splitlines(), 1):
            name = row.strip()
            if name and not name.startswith("#"):
                self.named(path.parent / name, str(path), number)
        if (len(self.found), len(self.problems)) == before and not self.found:
            remedy = "Write a folder or a file of a case on each line; a line that begins with # is left out."
            self.problems.append(Problem(str(path), None, "", "This file lists no case", remedy))


def is_case_workbook(path: Path) -> bool:
    """Whether a workbook is a case to fill in, by the names of its sheets; no cell is read."""
    from finmodel.case.workbook.reading import LIMITS, is_known  # noqa: PLC0415 - heavy: openpyxl
    from finmodel.parsing.archive import Archive, read_whole  # noqa: PLC0415
    from finmodel.parsing.xml_parts import read_part  # noqa: PLC0415

    if not is_workbook(path):
        return False
    names: list[str] = []

    def begin(element: str, attributes: Mapping[str, str]) -> None:
        if element == "sheet":
            names.append(attributes.get("name", ""))

    try:
        archive = Archive(str(path), read_whole(path, LIMITS), LIMITS)
        if _BOOK in archive.parts:
            read_part(archive, _BOOK, begin, lambda *_: None)
    except ProblemsError:
        return False
    return is_known(names) and not carries_its_case(path)


def _with_names(found: Mapping[Path, str]) -> Iterator[CaseAt]:
    """Each with its name; where another has the same, with the folders that it lies in, as many as it takes."""
    used = Counter(name.casefold() for name in found.values())
    longer = {path: list(_longer(path)) for path, name in found.items() if used[name.casefold()] > 1}
    used.update(each.casefold() for own in longer.values() for each in own)
    for path, name in found.items():
        yield CaseAt(next((each for each in longer.get(path, []) if used[each.casefold()] == 1), name), path)


def _longer(path: Path) -> Iterator[str]:
    """Longer names of a case; the last one, the whole of its path, is no other's."""
    parts = [part for part in path.resolve().parts if part != path.resolve().anchor]
    return ("/".join(parts[-count:]) for count in range(1, len(parts) + 1))
