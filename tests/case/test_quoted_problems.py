"""What is wrong in a file of quoted figures is told all at once, each with its line and a remedy; nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from finmodel.case import ProblemsError, load_case
from finmodel.quoting.paper_file import load_paper, paper_from_data
from finmodel.quoting.quoted import MOST_FIGURES

PAPER = """\
paper:
  authority: Anytown Council
  title: Investing to save
  date: 2015-01-20
figures:
  cost: {printed: "£500,000", unit: £, where: paragraph 4.1, label: Cost}
  each: {printed: "£40,000", unit: £ per child, where: paragraph 4.3, label: Cost of a placement}
  children: {printed: thirteen, unit: children, where: paragraph 4.3, label: Children}
workings:
  - figure: children
    equals: break_even(cost, each)
implied:
  - {name: half, unit: £, ways: [cost / 2, cost * 50%]}
"""


def problems(tmp_path: Path, *changes: tuple[str, str]) -> list[tuple[int | None, str, str]]:
    """Line, address and what is wrong, of each problem in the paper with some of its text changed."""
    text = PAPER
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "paper.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_paper(tmp_path)
    assert all(problem.remedy for problem in caught.value.problems)
    assert all(problem.file == "paper.yaml" for problem in caught.value.problems)
    return [(problem.line, problem.where, problem.what) for problem in caught.value.problems]


def test_the_paper_itself_is_sound(tmp_path: Path) -> None:
    (tmp_path / "paper.yaml").write_text(PAPER, encoding="utf-8")
    loaded = load_paper(tmp_path)
    assert loaded.file == "paper.yaml"
    assert load_paper(tmp_path / "paper.yaml").paper == loaded.paper
    assert len(loaded.files[0][1]) == 64


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"£500,000"', '"half a mill"', (6, "figures.cost.printed", "This printed figure cannot be read")),
        ('"£500,000"', "[1]", (6, "figures.cost.printed", "Text is needed here, not a list or a mapping")),
        ('printed: "£500,000", ', "", (6, "figures.cost.printed", "`printed` is missing")),
        (", where: paragraph 4.1", "", (6, "figures.cost.where", "`where` is missing")),
        ("label: Cost}", "label: Cost, lable: x}", (6, "figures.cost.lable", "`lable` is not a name known here")),
        ("label: Cost}", "label: }", (6, "figures.cost.label", "Nothing is written here")),
        ("  each:", "  Each:", (7, "figures.Each", "This cannot be the name of a figure")),
        ("  each:", "  share:", (7, "figures.share", "`share` is a function of workings")),
        ("  each:", "  cost:", (7, "figures.cost", "`cost` is already given on line 6")),
        ("cost, each)", "cots, each)", (11, "workings[1].equals", "There is no figure `cots`")),
        ("cost, each)", "cost, children)", (11, "workings[1].equals", "The working uses `children`, which is what it should equal")),
        ("break_even(cost, each)", "12 * 3", (11, "workings[1].equals", "The working uses no printed figure")),
        ("break_even(", "brake_even(", (11, "workings[1].equals", "`brake_even` is not a function known here (`brake_even`, character 1)")),
        ("cost, each)", "cost, each", (11, "workings[1].equals", "A bracket is not closed before this (at the end)")),
        ("figure: children", "figure: child", (10, "workings[1].figure", "There is no figure `child`")),
        ("    equals: break_even(cost, each)\n", "    why: x\n", (10, "workings[1]", "There is neither `equals` nor `cannot`")),
        ("each)\n", "each)\n    cannot: x\n", (10, "workings[1]", "Both `equals` and `cannot` are given")),
        ("unit: £,", "unit: children,", (6, "figures.cost.unit", "The figure is printed in pounds, and its unit is not")),
        ('"£500,000"', '"5%"', (6, "figures.cost.unit", "The figure is printed as a percentage, and its unit is not")),
        ("label: Cost}", "label: Cost, same_as: cots}", (6, "figures.cost.same_as", "There is no figure `cots`")),
        ("label: Cost}", "label: Cost, same_as: cost}", (6, "figures.cost.same_as", "A figure is always the same as itself")),
        ("label: Cost}", "label: Cost, exact: yes, rounded_to: 10}", (6, "figures.cost.exact", "A figure cannot be both exact and rounded")),
        ("label: Cost}", "label: Cost, rounded_to: 0}", (6, "figures.cost.rounded_to", "Nothing is rounded to the nearest 0")),
        ("label: Cost}", "label: Cost, exact: perhaps}", (6, "figures.cost.exact", "This is neither yes nor no")),
        ('"£500,000"', '"about £500,000", exact: yes', (6, "figures.cost.exact", "“about” already says how near the figure is")),
        ("label: Cost}", "label: Cost, address: a.b}", (6, "figures.cost.address", "`address` ties a figure to a case's model, and this is a paper")),
        ("name: half", "name: cost", (13, "implied[1].name", "The name `cost` is already taken")),
        ("[cost / 2, cost * 50%]", "[cost / 2]", (13, "implied[1].ways", "At least 2 is needed here")),
        ("cost * 50%", "cots", (13, "implied[1].ways[2]", "There is no figure `cots`")),
        ("date: 2015-01-20", "date: January", (4, "paper.date", "This is not a date")),
        ("  authority: Anytown Council\n", "", (1, "paper.authority", "`authority` is missing")),
        ("implied:", "implyed:", (12, "implyed", "`implyed` is not a name known here")),
    ],
)  # fmt: skip
def test_one_thing_wrong(tmp_path: Path, old: str, new: str, expected: tuple[int, str, str]) -> None:
    assert expected in problems(tmp_path, (old, new))


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        ('"£40,000"', '"forty-ish"'),
        ("equals: break_even(cost, each)", "equals: break_even(cots, each)"),
        ("cost * 50%", "cost *"),
        ("date: 2015-01-20", "date: soon"),
    )
    assert [(line, where) for line, where, _ in found] == [
        (4, "paper.date"),
        (7, "figures.each.printed"),
        (11, "workings[1].equals"),
        (13, "implied[1].ways[2]"),
    ]


def test_a_figure_that_cannot_be_read_is_not_called_unknown_as_well(tmp_path: Path) -> None:
    assert len(problems(tmp_path, ('"£40,000"', '"forty-ish"'))) == 1


def test_too_many_figures() -> None:
    figures = {f"f{n}": {"printed": "1", "unit": "x", "where": "x", "label": "x"} for n in range(MOST_FIGURES + 1)}
    with pytest.raises(ProblemsError, match=f"There are more than {MOST_FIGURES}"):
        paper_from_data({"paper": {"authority": "A", "title": "T", "date": "2015-01-20"}, "figures": figures})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"- a\n",
        b"\xff\xfe",
        b"paper: {",
        b"a: &a [*a]\n",
        b"? [a]\n: b\n",
        b"paper: !!python/object:os.system x\n",
    ],
)
def test_what_is_no_paper_at_all(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "paper.yaml").write_bytes(content)
    with pytest.raises(ProblemsError):
        load_paper(tmp_path)


@pytest.mark.parametrize("path", ["missing", "missing/paper.yaml", "a\0b", "x" * 5000, "."])
def test_no_such_paper(tmp_path: Path, path: str) -> None:
    with pytest.raises(ProblemsError):
        load_paper(tmp_path / path)


# In a case


def test_a_case_tells_of_its_quoted_figures_with_all_else(tmp_path: Path) -> None:
    base = (Path(__file__).parent / "cases" / "base.yaml").read_text(encoding="utf-8")
    stated = "\nstated:\n" + "".join(f"  {line}\n" for line in PAPER.split("figures:\n")[1].splitlines())
    stated = stated.replace("stated:\n", "stated:\n  figures:\n").replace("cost, each)", "cots, each)")
    (tmp_path / "case.yaml").write_text(base.replace("unit_cost: £40,000", "unit_cost: 40k") + stated, encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_case(tmp_path)
    assert [problem.where for problem in caught.value.problems][-1] == "stated.workings[1].equals"
    assert len(caught.value.problems) == 2


def test_a_file_that_is_no_paper_is_told_so_once(tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text(
        '{"finmodel": "0.1.0", "case": {"title": ""}, "lines": {}}', encoding="utf-8"
    )
    with pytest.raises(ProblemsError) as caught:
        load_paper(tmp_path / "results.json")
    (problem,) = caught.value.problems
    assert "quotes no paper" in problem.what
    assert "finmodel reproduce" in problem.remedy
