"""The architecture page against the code: imports run one way, and the page and its picture name every folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from package_files import FILES, PACKAGE, tree_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PICTURE = ROOT / "docs" / "images" / "architecture.svg"

# From the foot up: each imports only from itself and from what stands before it.
ORDER = (
    "lines",
    "reference",
    "parsing",
    "running",
    "quoting",
    "case",
    "basis",
    "costing",
    "demand",
    "caseload",
    "benefits",
    "appraisal",
    "uncertainty",
    "results",
    "document",
    "report",
    "workload",
    "audit",
    "batch",
    "cli",
)
# Above all the rest: the front door opens on first use, and `python -m finmodel` starts the command line.
FRONT_DOOR = {"__init__", "__main__"}
# Libraries that only some folders know.
AT_HOME = {
    "pydantic": {"parsing", "quoting", "case", "workload"},
    "yaml": {"parsing"},
    "xlsxwriter": {"case", "document", "report", "audit"},
    "openpyxl": {"case", "audit"},
    "formualizer": {"audit"},
    "ironcalc": {"audit"},
    "numpy_financial": {"audit"},
    "jinja2": {"document", "report"},
    "markupsafe": {"document", "report", "audit"},
    "click": {"cli"},
    "numpy": {"lines", "appraisal", "uncertainty"},
    "pandas": {"appraisal", "batch"},
    "distributed": {"running"},
    "scipy": {"uncertainty"},
}


def home(path: Path) -> str:
    """The folder of finmodel, or the module beside them, that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imported(path: Path) -> tuple[tuple[int, str], ...]:
    """Every module that a file imports, at its head or later, with the line."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import hides where it goes"
            yield node.lineno, node.module or ""
            if node.module == "finmodel":
                yield from ((node.lineno, f"finmodel.{alias.name}") for alias in node.names)


def rank(name: str) -> int:
    return ORDER.index(name)


def test_every_folder_with_code_has_its_place_in_the_order() -> None:
    assert {home(path) for path in FILES} - FRONT_DOOR == set(ORDER)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_downwards(path: Path) -> None:
    if home(path) in FRONT_DOOR:
        return
    upwards = [
        f"line {line}: {module}"
        for line, module in imported(path)
        if module.startswith("finmodel.")
        and module.split(".")[1] in ORDER
        and rank(module.split(".")[1]) > rank(home(path))
    ]
    assert upwards == []


@pytest.mark.parametrize("room", ["parsing", "quoting", "case"])
def test_no_module_of_a_room_imports_itself_by_way_of_others(room: str) -> None:
    """Late imports and those for types alone count too: they hide a circle and do not open it."""
    modules = {f"finmodel.{'.'.join(path.relative_to(PACKAGE).with_suffix('').parts)}": path for path in FILES}
    below = {
        name: {found for _, found in imported(path) if found in modules}
        for name, path in modules.items()
        if home(path) == room
    }
    while leaves := {name for name, found in below.items() if not found & below.keys()}:
        for name in leaves:
            del below[name]
    assert below == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_library_is_known_only_where_it_belongs(path: Path) -> None:
    strangers = [
        f"line {line}: {module}"
        for line, module in imported(path)
        if home(path) not in AT_HOME.get(module.split(".")[0], {home(path)})
    ]
    assert strangers == []


def test_the_page_names_every_folder_in_order() -> None:
    rows = [line.split("`")[1] for line in PAGE.splitlines() if line.startswith("| `finmodel/")]
    assert [row.removeprefix("finmodel/").strip("/").removesuffix(".py") for row in rows] == list(reversed(ORDER))


def test_the_files_that_the_page_speaks_of_are_there() -> None:
    spoken = {word for word in PAGE.split("`")[1::2] if word.startswith(("finmodel/", "tests/", "docs/", "templates/"))}
    assert spoken
    assert [word for word in sorted(spoken) if not (ROOT / word).exists()] == []


def test_the_picture_says_in_words_what_it_shows() -> None:
    root = ElementTree.parse(PICTURE).getroot()
    space = {"svg": "http://www.w3.org/2000/svg"}
    assert root.get("role") == "img"
    assert len(root.findtext("svg:title", "", space)) > 20
    assert len(root.findtext("svg:desc", "", space)) > 100
    texts = [node.text or "" for node in root.iterfind(".//svg:text", space)]
    assert set(ORDER) <= set(texts)
    sizes = [float(node.get("font-size", "0")) for node in root.iterfind(".//svg:text", space)]
    assert min(sizes) >= 16


RAW = {
    f"{kind}[{key}, {held}]"
    for kind in ("dict", "Mapping", "MutableMapping")
    for key in ("str", "Any", "object")
    for held in ("Any", "object")
}
# Where a file is read as plain data before it is a typed value, and why no type of its own can stand there yet.
DOORS = {
    "finmodel/parsing/examples.py": "an example is filled from an entry that is not valid yet",
    "finmodel/parsing/pydantic_faults.py": "what pydantic gives with each fault",
    "finmodel/parsing/range_forms.py": "a range as it is written beside its figure",
    "finmodel/parsing/text_files.py": "what a YAML file holds",
    "finmodel/quoting/consistency.py": "the names that a paper writes, valid or not",
    "finmodel/quoting/paper_file.py": "a paper before it is validated",
    "finmodel/case/checks/__init__.py": "the names that a case writes, valid or not",
    "finmodel/case/checks/defined_names.py": "the names that a case writes, valid or not",
    "finmodel/case/examples.py": "what a case has for examples, valid or not",
    "finmodel/case/load.py": "the case file as it is written is kept next to the case, for comparing versions",
    "finmodel/case/partial_check.py": "a case is checked without its faulty parts",
    "finmodel/case/validation.py": "a case before it is validated",
    "finmodel/parsing/yaml_editing.py": "a file as it shall read, before it is read",
    "finmodel/case/rewriting.py": "a case file as it shall read, before it is a case",
    "finmodel/audit/adopting/centres.py": "a case file as it shall read, before it is a case",
    "finmodel/audit/adopting/placing.py": "each place of the case file is tried, and the case read anew",
    "finmodel/case/workbook/files.py": "a case is written as the plain data that it is",
    "finmodel/case/workbook/spread.py": "the plain data of a case, put on sheets",
    "finmodel/case/workbook/wording.py": "the plain data of a case, valid or not",
    "finmodel/case/workbook/writing.py": "a case is written as the plain data that it is",
    "finmodel/audit/versions/edit_steps.py": "each edit is made in the file and read anew",
    "finmodel/audit/versions/editing.py": "two case files compared, and edited, as they are written",
}


def raw_in_public(tree: ast.Module) -> Iterator[int]:
    """Lines in which a raw mapping is what others see: of a public function, method, field or name of a module."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from raw_in_public(ast.Module(node.body, []))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            every = node.args
            arguments = (*every.posonlyargs, *every.args, *every.kwonlyargs, every.vararg, every.kwarg)
            seen: list[ast.AST | None] = [each.annotation for each in arguments if each]
            seen.append(node.returns)
        elif isinstance(node, ast.AnnAssign | ast.Assign):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            public = not ast.unparse(target).startswith("_")
            seen = [node.annotation if isinstance(node, ast.AnnAssign) else node.value] if public else []
        else:
            continue
        for part in filter(None, seen):
            yield from (inner.lineno for inner in ast.walk(part) if is_raw(inner))


def is_raw(node: ast.AST) -> bool:
    return isinstance(node, ast.Subscript) and ast.unparse(node) in RAW


def test_a_raw_mapping_is_seen_wherever_it_is_public() -> None:
    text = """
def reads(one: int, *, two: list[dict[str, Any]] | None = None) -> None: ...
def gives() -> Mapping[str, object]: ...
def _keeps(one: dict[str, Any]) -> dict[str, Any]: ...
class Held:
    field: Mapping[str, Any]
    typed: dict[str, int]
    def as_dict(self) -> dict[str, Any]: ...
Alias = dict[str, Any]
_own: dict[str, Any] = {}
"""
    assert list(raw_in_public(ast.parse(text))) == [2, 3, 6, 8, 9]


def test_no_mapping_of_anything_passes_between_modules() -> None:
    """What is found, worked out or shown has types of its own; a raw mapping is for the doors, and each door needs it."""
    found = {str(path.relative_to(ROOT)): list(raw_in_public(tree_of(path))) for path in FILES}
    assert {name: lines for name, lines in found.items() if lines and name not in DOORS} == {}
    assert [name for name in DOORS if not found.get(name)] == []


@pytest.mark.parametrize("room", ["appraisal", "results", "document", "report"])
def test_not_even_a_private_mapping_of_anything_is_in_these_rooms(room: str) -> None:
    untyped = [
        f"{path.relative_to(ROOT)}, line {node.lineno}"
        for path in FILES
        if home(path) == room
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Subscript) and is_raw(node)
    ]
    assert untyped == []
