"""Problems that only worked figures show: with all others at once, of claims that no other problem touches."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import problems_of

from finmodel.appraisal.appraise import appraise
from finmodel.audit.versions.diff import diff
from finmodel.case import ProblemsError, load_case

TEXT = (Path(__file__).parent / "cases" / "declared.yaml").read_text(encoding="utf-8")
TEAM = "options.team"
DEARER = {
    "from_placement: residential": "from_placement: fostering",
    "to_placement: fostering": "to_placement: residential",
}
FEW = {"children_in_care: 700": "children_in_care: 1"}


def problems(folder: Path, edits: dict[str, str]) -> list[tuple[str, str]]:
    text = TEXT
    for old, new in edits.items():
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    return [(problem.where, problem.what) for problem in problems_of(folder)]


def test_they_come_with_a_figure_that_cannot_be_read(tmp_path: Path) -> None:
    """A step down from £40,000 at 2% a year on to £4,000 a week: 4,000 × 365.25 ÷ 7 = £208,714 (52.18 weeks: £208,720)."""
    helpers, children, step_down = problems(
        tmp_path, {"title: Helpers, fte: 2": "title: Helpers, fte: many", **DEARER, **FEW}
    )
    assert helpers[0] == "options.as-now.posts.helpers.fte"
    # The option is a month late: 20 × 60% × 50% × 25% = 1.5 entries a month and 3 children, 4.5 in May. The entry a month
    # that is a month later by itself is not there yet.
    assert children == (f"{TEAM}.benefits", "4.5 children fewer in care in May 2015, and 1 are in care")
    assert step_down[0] == f"{TEAM}.savings.step-down.to_placement"
    assert "In 2015/16 the placement stepped down to costs more" in step_down[1]
    assert "a year against £40,800" in step_down[1]  # £40,000 at the prices of 2014/15, raised by 2%


def test_they_come_with_a_name_that_is_not_there(tmp_path: Path) -> None:
    found = problems(tmp_path, {"break_even_placement: fostering": "break_even_placement: fosterin", **DEARER})
    assert [where for where, _ in found] == ["break_even_placement", f"{TEAM}.savings.step-down.to_placement"]


@pytest.mark.parametrize(
    ("edits", "where"),
    [
        ({"unit_cost: 40000": "unit_cost: dear"}, "placements.fostering.unit_cost"),
        ({"price_base: 2014/15, inflation: pay}\n  residential": "price_base: 2017/18, inflation: pay}\n  residential"}, "placements.fostering.price_base"),
        ({"  pay: 2%": "  pay: two"}, "inflation.pay"),
        ({"  pay: 2%": "  pay: {by_year: {2015/16: 2%}}", "year, price_base: 2014/15": "year, price_base: 2012/13"}, "inflation.pay"),
        ({"children: [1, 3, 5]": "children: [1, 3, some]"}, f"{TEAM}.savings.step-down.children[3]"),
    ],
)  # fmt: skip
def test_what_another_problem_touches_is_not_worked_out(tmp_path: Path, edits: dict[str, str], where: str) -> None:
    assert [found for found, _ in problems(tmp_path, {**edits, **DEARER})] == [where]


def test_a_child_lost_to_drop_off_is_avoided_no_more(tmp_path: Path) -> None:
    """3 children at home, of whom half are lost each year: 3 × 0.5 = 1.5 in the second year, 0.75 in the third."""
    lines = TEXT.split("    savings:\n")
    alone = "\n".join(line for line in lines[-2].splitlines())
    text = "    savings:\n".join([*lines[:-2], alone + "\n"])
    text = text.replace("children_in_care: 700", "children_in_care: [3, 2, 1]")
    first = text.index("      - id: shorter")
    text = text[:first] + text[text.index("      - id: at-home") :]
    (tmp_path / "case.yaml").write_text(
        text.replace("children: 3\n", "children: 3\n        drop_off: 50%\n"), encoding="utf-8"
    )
    assert problems_of(tmp_path) == ()
    (tmp_path / "case.yaml").write_text(
        text.replace("children: 3\n", "children: 3\n        drop_off: 20%\n"), encoding="utf-8"
    )
    (problem,) = problems_of(tmp_path)
    assert problem.what == "2.4 children fewer in care in April 2016, and 2 are in care"


def test_they_are_shown_of_both_versions_each_with_its_folder(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        problems(tmp_path / name, FEW)
    with pytest.raises(ProblemsError) as caught:
        diff(tmp_path / "old", tmp_path / "new")
    assert [problem.file for problem in caught.value.problems] == [
        str(tmp_path / name / "case.yaml") for name in ("new", "old")
    ]


def test_an_appraisal_of_a_case_loaded_without_them_shows_them(tmp_path: Path) -> None:
    problems(tmp_path, FEW)
    with pytest.raises(ProblemsError) as caught:
        appraise(load_case(tmp_path))
    assert [problem.line for problem in caught.value.problems] == [TEXT[: TEXT.index("    benefits:")].count("\n") + 1]
