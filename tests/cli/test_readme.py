"""What the README tells a new user to do works as it says."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from click.testing import CliRunner

from finmodel.cli import main

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def first_case() -> str:
    found = re.search(r"^ *```yaml\n(.*?)^ *```", README, re.DOTALL | re.MULTILINE)
    assert found is not None
    return textwrap.dedent(found[1])


def test_the_first_case_has_the_one_problem_that_the_readme_promises(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(first_case(), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert result.exit_code == 1
    assert "1 problem in the inputs" in result.stderr
    assert "not published for 2026/27" in result.stderr


def test_with_the_mend_that_it_suggests_the_first_case_gives_its_reports(tmp_path: Path) -> None:
    mended = first_case().replace("{published: national-average}", "19.5%")
    assert "employer_pension: 19.5%" in README
    (tmp_path / "case.yaml").write_text(mended, encoding="utf-8")
    result = CliRunner().invoke(main, ["report", str(tmp_path), "--out", str(tmp_path / "out")])
    assert result.exit_code == 0, result.stderr
    assert "Every check holds." in result.stdout
    explained = CliRunner().invoke(main, ["explain", str(tmp_path), "options.workers.cost", "--year", "2026/27"])
    assert explained.exit_code == 0, explained.stderr
    assert explained.stdout.startswith("Cost, 2026/27: £")


def test_every_command_in_the_readme_exists() -> None:
    named = set(re.findall(r"`finmodel ([\w-]+)", README))
    assert named <= set(main.commands)
    assert {"check", "report", "explain", "rates"} <= named
