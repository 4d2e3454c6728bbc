"""No two classes of one name, so that a name leads to one thing; and one place for what everybody needs."""

from __future__ import annotations

import ast
from collections import Counter

from package_files import FILES, PACKAGE, tree_of


def test_no_class_name_stands_twice() -> None:
    trees = map(tree_of, FILES)
    names = Counter(node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert len(names) > 200
    assert [name for name, count in names.items() if count > 1] == []


def test_near_names_and_cells_are_looked_up_in_one_place() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in FILES}

    def knowing(what: str) -> list[str]:
        return [path.relative_to(PACKAGE).as_posix() for path, text in texts.items() if what in text]

    assert knowing("get_close_matches") == ["lines/nearest.py"]
    assert knowing("* 26 +") == knowing("- 1, 26)") == ["lines/cells.py"]
