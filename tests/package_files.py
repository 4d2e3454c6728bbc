"""The files of the package, each parsed once for all tests of how the code is written."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "finmodel"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)


@cache
def tree_of(path: Path) -> ast.Module:
    """A file as Python reads it; to look at, not to change."""
    return ast.parse(path.read_text(encoding="utf-8"))
