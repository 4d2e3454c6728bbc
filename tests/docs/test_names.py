"""No two classes of one name, so that a name leads to one thing; and one place for what everybody needs."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "finmodel"
FILES = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}


def test_no_class_name_stands_twice() -> None:
    trees = [ast.parse(text) for text in FILES.values()]
    names = Counter(node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert len(names) > 200
    assert [name for name, count in names.items() if count > 1] == []


def test_near_names_and_cells_are_looked_up_in_one_place() -> None:
    def knowing(what: str) -> list[str]:
        return [path.relative_to(PACKAGE).as_posix() for path, text in FILES.items() if what in text]

    assert knowing("get_close_matches") == ["lines/nearest.py"]
    assert knowing("* 26 +") == knowing("- 1, 26)") == ["lines/cells.py"]
