"""No two classes of one name in the rooms of the subject, so that a name leads to one thing."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "finmodel"
ROOMS = ("lines", "basis", "costing", "benefits", "appraisal")


def test_no_class_name_stands_twice() -> None:
    files = [path for room in ROOMS for path in (PACKAGE / room).rglob("*.py")]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files]
    names = Counter(node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert len(names) > 50
    assert [name for name, count in names.items() if count > 1] == []
