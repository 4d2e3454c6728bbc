"""Whether a bar is met is read from what was measured, and said only where it can be."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parents[2] / "benchmarks"
COLLECTOR: dict[str, Any] = runpy.run_path(str(HERE / "__main__.py"), run_name="collector")


@pytest.mark.parametrize(
    ("ours", "ratio", "bar", "met"),
    [
        ("1.2 s", 1.33, "≤ 1.3 ×", "**no**"),
        ("1.2 s", 1.3, "≤ 1.3 ×", "yes"),
        ("0.9 s", 130, "≤ 1.0 s", "yes"),
        ("1.1 s", 0.2, "≤ 1.0 s", "**no**"),
        ("9.5 ms", 0.2, "≤ 1.0 s", "see note"),
        ("250,000 draws a second", 1.2, "≥ 200,000 draws a second, ≤ 1.3 ×", "yes"),
        ("250,000 draws a second", 1.4, "≥ 200,000 draws a second, ≤ 1.3 ×", "**no**"),
        ("7.1 s, 1.9 MB", 2.0, "≤ 8 s and 2 MB", "see note"),
        ("7.1 s, 1.9 MB", 2.0, "≤ 8 s and ≤ 2 MB", "yes"),
        ("7.1 s, 2.1 MB", 2.0, "≤ 8 s and ≤ 2 MB", "**no**"),
        ("5 s", None, "≥ 2 ×", "see note"),
        ("5 s", 3.0, "", ""),
        ("5 s", 3.0, "linear", "see note"),
    ],
)
def test_a_bar_is_met_where_every_part_of_it_is(ours: str, ratio: float | None, bar: str, met: str) -> None:
    assert COLLECTOR["Measured"]("work", ours, "peer", ratio, bar, "note").met == met


def test_a_script_that_fails_or_gives_other_rows_is_named(tmp_path: Path) -> None:
    row = {"work": "w", "ours": "1 s", "peer": "p", "ratio": 2.0, "bar": "", "note": ""}
    scripts = {
        "good": f"# \"--json\"\nprint('words')\nprint({json.dumps([row])!r})",
        "silent": "print('words')",
        "broken": "raise SystemExit('it fell over')",
        "odd": "# \"--json\"\nprint('[{}]')",
    }
    for name, text in scripts.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    rows_of = COLLECTOR["rows_of"]
    assert [each.ours for each in rows_of(tmp_path / "good.py")] == ["1 s"]
    assert rows_of(tmp_path / "silent.py") == []
    for name, words in (("broken", "it fell over"), ("odd", "exactly the keys")):
        with pytest.raises(RuntimeError, match=words):
            rows_of(tmp_path / f"{name}.py")
