"""No module imports itself by way of others, whether at its head or later in a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from package_files import PACKAGE, tree_of

# Circles that there still are, each by the modules in it. The list may only get shorter.
KNOWN: list[set[str]] = []


def imports_of(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """What is imported when the code runs, at any depth, as module and name; not what only a type checker reads."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)
        yield from imports_of(node)


def graph_of(package: Path) -> dict[str, set[str]]:
    """By module of a package, the modules of it that it imports."""
    files = {}
    for path in package.rglob("*.py"):
        parts = path.relative_to(package.parent).with_suffix("").parts
        files[".".join(parts).removesuffix(".__init__")] = path
    graph: dict[str, set[str]] = {}
    for name, path in files.items():
        imports = imports_of(tree_of(path))
        found = {f"{module}.{what}" if f"{module}.{what}" in files else module for module, what in imports}
        graph[name] = found & files.keys()
    return graph


def circles(graph: dict[str, set[str]]) -> list[set[str]]:
    """The modules that reach one another, circle by circle."""
    reached = {name: _reached(graph, name) for name in graph}
    found: list[set[str]] = []
    for name in sorted(graph):
        circle = {other for other in reached[name] if name in reached[other]}
        if circle and circle not in found:
            found.append(circle)
    return found


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    ahead = [*graph[start]]
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead += graph[name]
    return seen


@cache
def in_finmodel() -> tuple[frozenset[str], ...]:
    return tuple(map(frozenset, circles(graph_of(PACKAGE))))


@pytest.mark.parametrize("room", ["lines", "reference", "basis", "costing", "benefits", "appraisal"])
def test_no_circle_in_these_rooms(room: str) -> None:
    assert [circle for circle in in_finmodel() if any(name.startswith(f"finmodel.{room}.") for name in circle)] == []


def test_elsewhere_there_are_no_circles_but_the_known_ones() -> None:
    assert [circle for circle in in_finmodel() if circle not in KNOWN] == []


def test_a_known_circle_that_is_gone_leaves_the_list() -> None:
    assert [circle for circle in KNOWN if circle not in in_finmodel()] == []


@pytest.mark.parametrize(
    ("files", "circle"),
    [
        ({"a": "import p.b", "b": "from p import a"}, {"p.a", "p.b"}),
        (
            {"a": "from p.b import x", "b": "def late():\n    from p.c import y", "c": "import p.a"},
            {"p.a", "p.b", "p.c"},
        ),
        ({"a": "from p.a import x"}, {"p.a"}),
    ],
    ids=["at the head", "hidden in a function", "of itself"],
)
def test_a_circle_is_found(tmp_path: Path, files: dict[str, str], circle: set[str]) -> None:
    assert circles(graph_of(made(tmp_path, files))) == [circle]


def test_what_only_a_type_checker_reads_is_no_circle(tmp_path: Path) -> None:
    late = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import p.a"
    assert circles(graph_of(made(tmp_path, {"a": "import p.b", "b": late}))) == []


def made(folder: Path, files: dict[str, str]) -> Path:
    package = folder / "p"
    package.mkdir()
    for name, text in {"__init__": "", **files}.items():
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    return package
