"""Case files with figures changed where they stand: comments, order and layout stay, and only what was meant changes."""

from __future__ import annotations

from typing import Any

import pytest

from finmodel.parsing.csv_editing import with_cells
from finmodel.parsing.yaml_editing import rewritten
from finmodel.parsing.yaml_files import read_yaml

TEXT = """\
# A case
price: &price 40,000  # a year
shares: {fostering: 60%, home: '40%'}
base: &base
  fte: 3   # three
  note: "as it is"
options:
  - id: one
    cost: *price
    posts:
      - *base
      - <<: *base
        fte: 4
    years: [1, 2,
            3]
  - id: two
    cost: *price
    posts: [*base, {id: x, <<: *base}]
"""


def data() -> Any:
    return read_yaml(TEXT, "case.yaml").data


def changed(*steps: Any) -> tuple[str, Any]:
    """The text with one value changed, and what it was to read as."""
    *way, value = steps
    wanted = data()
    at = wanted
    for step in way[:-1]:
        at = at[step]
    at[way[-1]] = value
    made = rewritten(TEXT, wanted)
    assert read_yaml(made.text, "case.yaml").data == wanted
    return made.text, made.unshared


@pytest.mark.parametrize(
    ("steps", "old", "new"),
    [
        (("shares", "fostering", "55%"), "fostering: 60%", "fostering: 55%"),
        (("shares", "home", "45%"), "home: '40%'", "home: '45%'"),
        (("options", 0, "years", 2, "3.5"), "            3]", "            3.5]"),
        (("options", 0, "posts", 1, "fte", "5"), "        fte: 4", "        fte: 5"),
        (("options", 1, "posts", 0, "fte", "5"), "[*base, {", "[{<<: *base, fte: 5}, {"),
        (("options", 1, "posts", 1, "fte", "5"), "{id: x, <<: *base}", "{id: x, <<: *base, fte: 5}"),
        (("options", 0, "posts", 0, "fte", "5"), "- *base\n", "- <<: *base\n        fte: 5\n"),
        (("options", 1, "cost", "41,000"), "    cost: *price\n    posts: [", "    cost: 41,000\n    posts: ["),
    ],
)
def test_one_value_is_changed_and_nothing_else(steps: tuple[Any, ...], old: str, new: str) -> None:
    text, _ = changed(*steps)
    if text == TEXT.replace(old, new, 1):
        return
    assert text.replace('"41,000"', "41,000") == TEXT.replace(old, new, 1)


def test_a_shared_value_is_changed_where_it_stands_if_all_change() -> None:
    wanted = data()
    wanted["price"] = wanted["options"][0]["cost"] = wanted["options"][1]["cost"] = "42,000"
    made = rewritten(TEXT, wanted)
    assert made.text.replace('"', "") == TEXT.replace("40,000", "42,000").replace('"', "")
    assert made.unshared == ()


def test_a_shared_value_that_changes_at_its_anchor_alone_is_kept_by_the_others() -> None:
    text, unshared = changed("base", "fte", "5")
    assert "  fte: 5   # three\n" in text
    assert text.count("fte: 3") == 4 - 1  # of the four that share it, one has its own
    assert len(unshared) == 3


def test_a_name_that_was_not_there_is_added_below_the_others() -> None:
    wanted = data()
    wanted["options"][0]["lag_months"] = "2"
    wanted["shares"]["kinship"] = "0%"
    text = rewritten(TEXT, wanted).text
    assert read_yaml(text, "case.yaml").data == wanted
    assert "{fostering: 60%, home: '40%', kinship: 0%}" in text
    assert "\n    lag_months: 2\n" in text


def test_windows_line_ends_stay() -> None:
    text = TEXT.replace("\n", "\r\n")
    wanted = data()
    wanted["options"][0]["lag_months"] = "2"
    made = rewritten(text, wanted).text
    assert made.count("\n") == made.count("\r\n") == TEXT.count("\n") + 1


TABLE = 'id,title,fte,start\r\na,"Worker, senior",2,2026-04\r\n\r\nb,"Two\nlines",1.5,\r\n'


def test_a_cell_is_changed_where_it_stands() -> None:
    assert with_cells(TABLE, {(2, "fte"): "3"}) == TABLE.replace(",2,2026", ",3,2026")
    assert with_cells(TABLE, {(4, "fte"): "2"}) == TABLE.replace(",1.5,", ",2,")
    assert with_cells(TABLE, {(4, "start"): "2026-06"}) == TABLE.replace("1.5,\r\n", "1.5,2026-06\r\n")
    assert with_cells(TABLE, {(2, "title"): "£1,000"}) == TABLE.replace('"Worker, senior"', '"£1,000"')


def test_a_column_that_was_not_there_is_added_after_the_last() -> None:
    added = with_cells(TABLE, {(4, "end"): "2027-03"})
    assert added == 'id,title,fte,start,end\r\na,"Worker, senior",2,2026-04,\r\n\r\nb,"Two\nlines",1.5,,2027-03\r\n'
