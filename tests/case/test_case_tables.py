"""Tables in CSV files beside the case: read like rows of the case, and told of by their own file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from finmodel.case import Problem, ProblemsError, load_case
from finmodel.parsing.quantities import Quantity
from finmodel.parsing.text_files import LARGEST_FILE

HEADER = "id,title,fte,grade,start\n"
GOOD = HEADER + "workers,Social workers,12,social-worker,2015-09\n"


@pytest.fixture
def tabled(case_folder: Path) -> Path:
    """The sound case with its posts in a table: line 34 names it."""
    path = case_folder / "case.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[33:45] = ["    posts: {csv: posts.csv}"]
    path.write_text("\n".join(lines), encoding="utf-8")
    (case_folder / "posts.csv").write_text(GOOD, encoding="utf-8")
    return case_folder


def problems_with(folder: Path, table: str | bytes) -> tuple[Problem, ...]:
    (folder / "posts.csv").write_bytes(table.encode("utf-8") if isinstance(table, str) else table)
    try:
        load_case(folder)
    except ProblemsError as error:
        return error.problems
    return ()


def test_a_table_is_read(tabled: Path) -> None:
    (post,) = load_case(tabled).case.options[1].posts
    assert post.title == "Social workers"
    assert post.fte == Quantity.constant(12)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [("TRUE", True), ("true", True), ("Yes", True), ("FALSE", False), ("off", False), ("", False)],
)
def test_yes_and_no_in_cells(tabled: Path, cells: str, expected: bool) -> None:
    table = f"id,title,fte,grade,point,increments\nworkers,Workers,12,social-worker,bottom,{cells}\n"
    (tabled / "posts.csv").write_text(table, encoding="utf-8")
    assert load_case(tabled).case.options[1].posts[0].increments is expected


def test_what_spreadsheets_leave_behind_is_accepted(tabled: Path) -> None:
    """A byte order mark, Windows line ends, empty rows and columns at the end, cells in quotation marks."""
    table = '\ufeffid,title,fte,grade,,\r\nworkers,"Workers, social","1,012.5",social-worker,,\r\n,,,,,\r\n\r\n'
    assert problems_with(tabled, table) == ()
    (post,) = load_case(tabled).case.options[1].posts
    assert post.title == "Workers, social"
    assert post.fte == Quantity.constant(1012.5)


def test_a_name_with_dots_goes_into_a_mapping(case_folder: Path) -> None:
    path = case_folder / "case.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[52:] = ["    benefits: {csv: benefits.csv}"]
    path.write_text("\n".join(lines), encoding="utf-8")
    (case_folder / "benefits.csv").write_text(
        "id,label,entries_avoided,stay.months,placements.fostering,deadweight,optimism_bias,cashable\n"
        "fewer,Fewer,1,12,100%,20%,15%,50%\n",
        encoding="utf-8",
    )
    (benefit,) = load_case(case_folder).case.options[1].benefits
    assert benefit.stay is not None
    assert benefit.stay.months == Quantity.constant(12)
    assert benefit.placements == {"fostering": Quantity.constant(1)}


@pytest.mark.parametrize(
    ("table", "line", "where", "what"),
    [
        (GOOD.replace("12", "twelve"), 2, "options.team.posts.workers.fte", "not a number"),
        (GOOD + "\nothers,Others,1,social-wroker,\n", 4, "options.team.posts.others.grade", "no grade called"),
        (GOOD + 'others,"Two\nlines",x,social-worker,\n', 3, "options.team.posts.others.fte", "not a number"),
        (GOOD.replace("2015-09", "2020-04"), 2, "options.team.posts.workers.start", "after the case ends"),
        (GOOD + "others,,1,social-worker,\n", 3, "options.team.posts.others.title", "`title` is missing"),
        (GOOD.replace("fte", "ftes"), 1, "ftes", "`ftes` is not a name known here"),
        (GOOD.replace("start", "begin"), 1, "begin", "`begin` is not a name known here"),
        (GOOD.replace("title,", "id,"), 1, "", "The column `id` is there twice"),
        (GOOD.replace("title", ""), 1, "", "Column 2 has no name"),
        (HEADER + "workers,Social workers,12\n", 2, "", "This row has 3 cells, and the header has 5 columns"),
        (GOOD.replace("2015-09", "2015-09,2016"), 2, "", "This row has 6 cells"),
        (HEADER + 'workers,"Social workers,12,social-worker,\n', 2, "", "cannot be read here"),
        ("", 1, "", "The table is empty"),
        (b"id,title\nworkers,\xa3\n", 2, "", "not UTF-8"),
        ("id,title\nworkers,a\x00b\n", 2, "", "cannot be seen or printed (U+0000)"),
        ("id,title\nworkers,a\u202eb\n", 2, "", "read in another order"),
        (b"x" * (LARGEST_FILE + 1), None, "", "larger than 5 MB"),
        (HEADER + "workers,W,12,social-worker," + "x" * 200_000, 2, "", "cannot be read here"),
    ],
)
def test_a_mistake_in_a_table(tabled: Path, table: str | bytes, line: int | None, where: str, what: str) -> None:
    problems = problems_with(tabled, table)
    problem = next(problem for problem in problems if what in problem.what)
    assert (problem.file, problem.line, problem.where) == ("posts.csv", line, where)
    assert problem.remedy


def test_a_column_is_told_of_once_not_for_every_row(tabled: Path) -> None:
    rows = "".join(f"w{n},Workers,1,social-worker,2015-09\n" for n in range(50))
    problems = problems_with(tabled, "id,title,ftes,grade,start\n" + rows)
    assert [(problem.line, problem.where) for problem in problems] == [(1, "ftes")]


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../posts.csv", "tables/../../posts.csv", "C:\\posts.csv", "\\\\server\\posts.csv", "link.csv"],
)
def test_a_table_must_be_in_the_folder(tabled: Path, tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.csv"
    outside.write_text(GOOD, encoding="utf-8")
    (tabled / "link.csv").symlink_to(outside)
    path = tabled / "case.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("posts.csv", name), encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_case(tabled)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.where) == ("case.yaml", 34, "options.team.posts")
    assert "must be in the folder of the case" in problem.what


@pytest.mark.parametrize("name", ["none.csv", "folder", "a" * 5000])
def test_a_table_that_is_not_there(tabled: Path, name: str) -> None:
    (tabled / "folder").mkdir()
    path = tabled / "case.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("posts.csv", name), encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_case(tabled)
    (problem,) = caught.value.problems
    assert (problem.line, problem.what) == (34, "There is no such file")


def test_a_table_by_name_needs_ids(case_folder: Path) -> None:
    path = case_folder / "case.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[21:28] = ["placements: {csv: placements.csv}"]
    path.write_text("\n".join(lines), encoding="utf-8")
    (case_folder / "placements.csv").write_text(
        "id,label,unit_cost,per,price_base,inflation\n"
        "fostering,Foster care,40000,year,2015/16,fees\n"
        ",Nameless,40000,year,2015/16,fees\n"
        "fostering,Again,40000,year,2015/16,fees\n",
        encoding="utf-8",
    )
    with pytest.raises(ProblemsError) as caught:
        load_case(case_folder)
    told = [(problem.file, problem.line, problem.what) for problem in caught.value.problems]
    assert told == [
        ("placements.csv", 3, "This row has no `id`"),
        ("placements.csv", 4, "`fostering` is already given above"),
    ]
