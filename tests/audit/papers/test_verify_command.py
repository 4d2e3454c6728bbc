"""`finmodel verify`: the table, the JSON, the files, the exit code; papers and cases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from finmodel import __version__
from finmodel.audit.papers.verification import How, WorkingVerdict
from finmodel.audit.papers.verify import verify
from finmodel.case import ProblemsError
from finmodel.cli import main

INPUTS = Path(__file__).parents[3] / "inputs"
PAPER = """\
paper: {authority: Anytown Council, title: Investing to save, date: 2015-01-20}
figures:
  cost: {printed: "£500,000", unit: £, where: paragraph 4.1, label: Cost}
  each: {printed: "£40,000", unit: £ per child, where: paragraph 4.3, label: Cost of a placement}
  children: {printed: "THIRTEEN", unit: children, where: paragraph 4.3, label: Children}
workings:
  - {figure: children, equals: "break_even(cost, each)"}
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


def paper(folder: Path, printed: str = "thirteen") -> Path:
    (folder / "paper.yaml").write_text(PAPER.replace("THIRTEEN", printed), encoding="utf-8")
    return folder


def test_a_paper_that_follows(tmp_path: Path) -> None:
    result = run(paper(tmp_path))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:6] == [
        "Anytown Council, Investing to save, 2015-01-20",
        "==============================================",
        "",
        "Every working, in the order of the file",
        "Figure, and where it is printed  Printed   Gives  Verdict",
        "1. Children                      thirteen  13     Agrees exactly",
    ]
    assert "Everything that can be checked follows.\nOf one working, one agrees." in result.stdout


def test_a_paper_that_does_not_follow(tmp_path: Path) -> None:
    """500,000 / 40,000 is 12.5; for eleven it takes over 400,000 to 440,000, or 45,454.55 to under 50,000."""
    result = run(paper(tmp_path, "eight"))
    assert result.exit_code == 1
    assert "8" not in result.stdout.splitlines()[5].split()
    assert "\nWith the printed figures: break_even(£500,000, £40,000)\n" in result.stdout
    assert "\nThe working gives 13, and eight is printed, which is 5 less." in result.stdout
    assert "NOT EVERYTHING FOLLOWS." in result.stdout


def test_json_is_the_same_each_time_and_tells_what_was_read(tmp_path: Path) -> None:
    folder = paper(tmp_path, "eight")
    first, second = run(folder, "--json"), run(folder / "paper.yaml", "--json")
    assert first.exit_code == second.exit_code == 1
    assert first.stdout == second.stdout
    data = json.loads(first.stdout)
    assert data["schema"] == "finmodel verification 1"
    assert data["version"] == __version__
    assert set(data["files"]) == {"paper.yaml"}
    assert data["follows"] is False
    assert data["counts"] == {"does not follow": 1, "truncated": 0, "cannot be checked": 0, "agrees": 0}
    (check,) = data["checks"]
    assert (check["verdict"], check["outcome"], check["difference"]) == ("does not follow", "does not follow", -5)
    assert check["recomputed"] | {"value": 0} == {
        "value": 0,
        "low": 13,
        "high": 13,
        "includes_low": True,
        "includes_high": True,
        "text": "13",
        "value_text": "13",
    }
    assert check["line"] == 7
    assert str(tmp_path) not in first.stdout


def test_the_files_are_written_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run(paper(tmp_path), "--out", out, "--json")
    assert result.exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "verification.html",
        "verification.json",
        "verification.xlsx",
    ]
    assert (out / "verification.json").read_text(encoding="utf-8") == result.stdout


def test_problems_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    result = run(paper(tmp_path, "some"), "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "paper.yaml, line 5, figures.children.printed: This printed figure cannot be read" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("folder", sorted((INPUTS / "papers").iterdir()), ids=lambda folder: folder.name)
def test_every_founding_paper_can_be_verified_and_written(folder: Path, tmp_path: Path) -> None:
    result = run(folder, "--out", tmp_path)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert len(list(tmp_path.iterdir())) == 3


# Cases


def model_checks(name: str) -> Sequence[tuple[str, str, WorkingVerdict, How]]:
    found = verify(INPUTS / name)
    assert found.source == "case"
    assert found.follows
    return [
        (check.printed, check.with_numbers, check.verdict, check.how) for check in found.checks if check.of_the_model
    ]


def test_wolverhampton_s_thirteen_is_the_model_s() -> None:
    """£500,000 / £40,000 = 12.5, so thirteen (Cabinet (Resources) Panel, 20 January 2015, paragraph 4.3)."""
    assert model_checks("wolverhampton-2015") == [("thirteen", "13", WorkingVerdict.AGREES, How.EXACTLY)]


def test_darlington_s_pressure_is_the_model_s() -> None:
    """33,000 + 3 x 36,729 + 45,618 + 40,292 = 229,097 (26 February 2010, paragraph 21 (e))."""
    assert model_checks("darlington-2010") == [
        ("£ 229,097", "£229,097.00 (2010/11)", WorkingVerdict.AGREES, How.EXACTLY),
    ]


def case(folder: Path, old: str, new: str) -> Path:
    text = (INPUTS / "wolverhampton-2015" / "case.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "case.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_a_model_that_comes_to_another_figure(tmp_path: Path) -> None:
    found = verify(case(tmp_path, "printed: thirteen", "printed: twelve"))
    assert [check.verdict for check in found.checks] == [WorkingVerdict.DOES_NOT_FOLLOW] * 2
    assert found.checks[1].sentence == "The model gives 13, and twelve is printed, which is 1 less."


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("break_even_children_whole\n", "break_even_child_whole\n", "No line of this case has that address"),
        (
            "break_even_children_whole\n",
            "break_even_children_whole\n      year: 2015/16\n",
            "That year does not go with this",
        ),
        ("peripatetic.measures.break_even_children_whole\n", "peripatetic.cost\n", "This line has a figure a year"),
        (
            "peripatetic.measures.break_even_children_whole\n",
            "peripatetic.cost\n      year: 2031/32\n",
            "That year does not go with this line",
        ),
    ],
)
def test_an_address_that_the_model_has_not(tmp_path: Path, old: str, new: str, what: str) -> None:
    folder = case(tmp_path, old, new)
    with pytest.raises(ProblemsError, match=what) as caught:
        verify(folder)
    (problem,) = caught.value.problems
    assert problem.file == "case.yaml"
    assert problem.line is not None
    assert problem.where.startswith("stated.figures.fewer_children.")
    for command in ("check", "report"):
        result = CliRunner().invoke(
            main, [command, str(folder), *(["--out", str(tmp_path / "out")] * (command == "report"))]
        )
        assert result.exit_code == 1
        assert what in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_figure_of_the_model_in_another_unit(tmp_path: Path) -> None:
    found = verify(case(tmp_path, "measures.break_even_children_whole\n", "stated_cost\n"))
    assert [finding.kind.value for finding in found.findings] == ["units that do not match"]


def test_a_case_without_printed_figures(tmp_path: Path) -> None:
    whole = (INPUTS / "wolverhampton-2015" / "case.yaml").read_text(encoding="utf-8")
    before, _, rest = whole.partition("\nstated:\n")
    (tmp_path / "case.yaml").write_text(
        f"{before}\noptions:{rest.partition(chr(10) + 'options:')[2]}", encoding="utf-8"
    )
    with pytest.raises(ProblemsError, match="The case quotes no printed figures"):
        verify(tmp_path)
