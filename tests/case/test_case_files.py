"""Files that cannot be read, files that would do harm, and what is told of each."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finmodel.case import ProblemsError, load_case
from finmodel.parsing.text_files import LARGEST_FILE, MOST_VALUES, CannotReadError, read_text
from finmodel.parsing.yaml_files import read_yaml


def only_problem(path: Path):
    with pytest.raises(ProblemsError) as caught:
        load_case(path)
    (problem,) = caught.value.problems
    return problem


def write(folder: Path, content: bytes | str) -> Path:
    raw = content.encode("utf-8") if isinstance(content, str) else content
    (folder / "case.yaml").write_bytes(raw)
    return folder


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (b"", None, "The file is empty"),
        (b"# nothing but a remark\n", None, "The file is empty"),
        (b"- a\n- b\n", 1, "does not begin with names and values"),
        (b"\n\njust words\n", 3, "does not begin with names and values"),
        (b"title: x\ncouncil: \xa3\n", 2, "The text is not UTF-8"),
        ("title: x\n".encode("utf-16"), 1, "The text is UTF-16, not UTF-8"),
        (b"title: x\n" * (LARGEST_FILE // 9 + 1), None, "larger than 5 MB"),
        (b"title: a\ncouncil: *nowhere\n", 2, "anchor `nowhere` is not defined"),
        (b"title: 'not closed\n", 2, "cannot be read here"),
        (b"a: &a [1]\nb: &b {c: *b}\n", 2, "anchor `b` is not defined"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes, line: int | None, what: str) -> None:
    problem = only_problem(write(tmp_path, content))
    assert problem.file == "case.yaml"
    assert problem.line == line
    assert what in problem.what
    assert problem.remedy


def test_no_such_file(tmp_path: Path) -> None:
    problem = only_problem(tmp_path / "nowhere")
    assert problem.file == str(tmp_path / "nowhere")
    assert problem.what == "There is no such file or folder"
    assert only_problem(Path("a\0b")).what == "There is no such file or folder"


def test_a_folder_without_a_case(tmp_path: Path) -> None:
    assert only_problem(tmp_path).what == "The folder has no case.yaml"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "case.yaml")
    assert only_problem(tmp_path).what == "The folder has no case.yaml"


def test_a_byte_order_mark_is_accepted(case_folder: Path) -> None:
    path = case_folder / "case.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_case(case_folder).case.title == "Investing to save"


def test_windows_line_ends_are_accepted(case_folder: Path) -> None:
    path = case_folder / "case.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n").replace(b"fte: 12\r", b"fte: x\r"))
    assert only_problem(case_folder).line == 37


def test_anchors_and_merges_are_filled_in(case_folder: Path) -> None:
    path = case_folder / "case.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("  fostering:\n    label: Foster care", "  fostering: &fostering\n    label: Foster care")
    text = text.replace("options:\n", "  kinship:\n    <<: *fostering\n    label: Kinship care\noptions:\n", 1)
    path.write_text(text, encoding="utf-8")
    placements = load_case(case_folder).case.placements
    assert placements["kinship"].label == "Kinship care"
    assert placements["kinship"].unit_cost == placements["fostering"].unit_cost
    path.write_text(text.replace("unit_cost: £40,000", "unit_cost: 40k"), encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_case(case_folder)
    told = [(problem.line, problem.where) for problem in caught.value.problems]
    assert told == [(25, "placements.fostering.unit_cost"), (25, "placements.kinship.unit_cost")]


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
MERGE_BOMB = "a0: &a0 {x: 1, y: 2}\n" + "".join(
    f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}], k{n}: 1}}\n" for n in range(1, 12)
)


@pytest.mark.parametrize("bomb", [BOMB, MERGE_BOMB], ids=["lists", "merges"])
def test_a_bomb_of_anchors_is_stopped_at_the_bound(tmp_path: Path, bomb: str) -> None:
    began = time.perf_counter()
    problem = only_problem(write(tmp_path, bomb))
    assert time.perf_counter() - began < 1
    assert f"more than {MOST_VALUES:,} values" in problem.what
    assert problem.line is not None


@pytest.mark.parametrize(
    "text",
    ["[" * 1_000_000, "- " * 500_000, "{a: " * 300_000, "? " * 500_000, "a:\n" + " - " * 300_000],
    ids=["brackets", "dashes", "braces", "questions", "indented"],
)
def test_deep_nesting_never_overflows(tmp_path: Path, text: str) -> None:
    began = time.perf_counter()
    assert only_problem(write(tmp_path, text)).remedy
    assert time.perf_counter() - began < 5


def test_anchors_cannot_hide_depth(tmp_path: Path) -> None:
    """Each level is shallow; filled in, they are 120 deep."""
    text = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [[[*a{n - 1}]]]\n" for n in range(1, 40))
    problem = only_problem(write(tmp_path, text))
    assert "nested more than 50 deep" in problem.what


def test_very_many_values_are_refused(tmp_path: Path) -> None:
    problem = only_problem(write(tmp_path, "a: [" + "1," * (MOST_VALUES + 1) + "]"))
    assert "more than 200,000 values" in problem.what


@pytest.mark.parametrize("character", ["\u2028", "\u0085", "\ufeff", "\u2067", "\x1b"])
def test_characters_that_mislead_are_told(spoil, character: str) -> None:
    (problem,) = spoil({1: f"title: Investing{character} to save"})
    assert problem.line == 1
    assert f"U+{ord(character):04X}" in problem.what


def test_letters_of_any_language_are_welcome(case_folder: Path) -> None:
    path = case_folder / "case.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Anytown", "Tŷ Gwyn – 市 🙂"), encoding="utf-8")
    assert load_case(case_folder).case.council == "Tŷ Gwyn – 市 🙂 Council"


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")))
def test_no_bytes_raise_anything_but_problems(tmp_path: Path, content: bytes) -> None:
    try_to_load(write(tmp_path, content))


SCRAPS = st.sampled_from(
    [
        "a: ",
        "- ",
        "&x ",
        "*x",
        "<<: ",
        "!!int ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "'",
        '"',
        "|\n",
        ">\n",
        "? ",
        ": ",
        "\n",
        "\n  ",
        "\t",
        "#",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "~",
        "1e9",
        "\\u202e",
        "title: ",
        "options:\n",
        "csv: ",
    ]
)


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(scraps=st.lists(SCRAPS, max_size=40))
def test_no_scraps_of_yaml_raise_anything_but_problems(tmp_path: Path, scraps: list[str]) -> None:
    try_to_load(write(tmp_path, "".join(scraps)))


WORDS = st.sampled_from(
    [
        "12",
        "-1",
        "20%",
        "£40,000",
        "40k",
        "2015/16",
        "2015-09",
        "2015-01-20",
        "yes",
        "none",
        "top",
        "32-37",
        "",
        "~",
        "0",
        "social-worker",
        "fees",
        "fostering",
        "team",
        "as-now",
        "paper",
        "cpi",
        "1e400",
        ".nan",
        "posts.csv",
        "a" * 200,
    ]
)
NAMES = st.sampled_from(
    [
        "id",
        "title",
        "fte",
        "grade",
        "by_year",
        "by_month",
        "value",
        "source",
        "2015/16",
        "csv",
        "published",
        "rate",
        "months",
        "amount",
        "start",
        "end",
        "points",
        "salary",
        "posts",
        "options",
        "children",
        "fostering",
        "weird",
    ]
)
TREES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


def as_flow(tree: object) -> str:
    if isinstance(tree, dict):
        return "{" + ", ".join(f'"{name}": {as_flow(value)}' for name, value in tree.items()) + "}"
    return "[" + ", ".join(map(as_flow, tree)) + "]" if isinstance(tree, list) else f'"{tree}"'


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(line=st.integers(1, 61), tree=TREES, again=st.integers(1, 61), other=TREES)
def test_any_value_anywhere_raises_nothing_but_problems(
    tmp_path: Path, base_lines: list[str], line: int, tree: object, again: int, other: object
) -> None:
    """Random values in the place of those of a sound case, so that what is odd reaches every reader and check."""
    lines = list(base_lines)
    for number, value in ((line, tree), (again, other)):
        name, colon, _ = lines[number - 1].partition(":")
        lines[number - 1] = f"{name}{colon} {as_flow(value)}" if colon else lines[number - 1]
    try_to_load(write(tmp_path, "\n".join(lines)))


def try_to_load(folder: Path) -> None:
    try:
        load_case(folder)
    except ProblemsError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.what
            assert problem.remedy
            assert len(problem.given) <= 60


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=200))
def test_the_reader_of_yaml_raises_only_its_own_error(text: str) -> None:
    try:
        read_yaml(read_text(text.encode("utf-8", "surrogatepass"), "case.yaml"), "case.yaml")
    except CannotReadError as error:
        assert error.problems
