"""The page on the measures: its examples are run, and every file that it names is there."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "measures.md"


def test_the_examples_in_the_method_notes_hold() -> None:
    results = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert results.attempted >= 12
    assert results.failed == 0


def test_the_files_that_the_page_names_are_there() -> None:
    named = re.findall(r"`((?:finmodel|tests)/[\w/.]+)`", PAGE.read_text(encoding="utf-8"))
    assert {"finmodel/appraisal/measures.py", "finmodel/appraisal/payback.py"} <= set(named)
    assert [name for name in named if not (ROOT / name).exists()] == []
