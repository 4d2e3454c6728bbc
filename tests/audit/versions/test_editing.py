"""Edits of a case file: what differs, and that making every edit gives the other version."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from finmodel.audit.versions.editing import edited, edits_between
from finmodel.case import load_case

SHIPPED = sorted(path.parent for path in (Path(__file__).parents[3] / "inputs").glob("*/case.yaml"))


def of(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str]]:
    return [(edit.path, edit.kind) for edit in edits_between(old, new)]


def test_items_are_matched_by_their_ids_wherever_they_stand() -> None:
    old = {"posts": [{"id": "a", "fte": "1"}, {"id": "b", "fte": "2"}]}
    new = {"posts": [{"id": "b", "fte": "3"}, {"id": "a", "fte": "1"}]}
    assert of(old, new) == [("posts.b.fte", "changed")]


def test_what_is_there_once_is_added_or_removed_whole() -> None:
    old = {"posts": [{"id": "a", "fte": "1"}], "point": "top"}
    new = {"posts": [{"id": "a", "fte": "1"}, {"id": "b", "fte": "2"}]}
    assert of(old, new) == [("posts.b", "added"), ("point", "removed")]


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ({"fte": "1"}, {"fte": {"value": "1", "source": "x"}}, "fte"),
        ({"fte": {"value": "1"}}, {"fte": {"by_year": {"2015/16": "1"}}}, "fte"),
        ({"fte": {"by_year": {"2015/16": "1"}}}, {"fte": {"by_year": {"2015/16": "2"}}}, "fte.by_year"),
        ({"fte": ["1", "2"]}, {"fte": ["1", "3"]}, "fte"),
        ({"fte": {"value": "1", "note": "x"}}, {"fte": {"value": "1", "note": "y"}}, "fte.note"),
    ],
)
def test_a_quantity_that_is_given_in_another_way_is_one_edit(old: Any, new: Any, path: str) -> None:
    assert [found for found, _ in of(old, new)] == [path]


def test_what_is_added_takes_its_place() -> None:
    old = {"posts": [{"id": "a"}, {"id": "c"}, {"id": "gone"}]}
    new = {"posts": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}
    assert edited(old, edits_between(old, new)[:1], new) == {
        "posts": [{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "gone"}]
    }


@pytest.mark.parametrize("one", SHIPPED, ids=lambda path: path.name)
@pytest.mark.parametrize("other", SHIPPED, ids=lambda path: path.name)
def test_every_edit_made_gives_the_other_version(one: Path, other: Path) -> None:
    old, new = load_case(one).data, load_case(other).data
    before = copy.deepcopy(old)
    assert edited(old, edits_between(old, new), new) == new
    assert old == before
    assert (not edits_between(old, new)) == (one == other)
