"""A comparison as text, JSON and page: what readers are told, and how the command behaves."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from small_cases import case_of, option_of
from versions_cases import compared, fewer, post, team

from finmodel.audit.versions.diff_bridge import bridge_text
from finmodel.audit.versions.diff_json import as_json
from finmodel.audit.versions.diff_page import render_page
from finmodel.audit.versions.diff_text import as_text
from finmodel.audit.versions.difference import Attribution, Contribution, OptionMove
from finmodel.audit.versions.editing import Edit
from finmodel.audit.versions.waterfall import waterfall
from finmodel.cli import main
from finmodel.document.chart_shapes import Box
from finmodel.document.table import Table

DARLINGTON = Path(__file__).parents[3] / "inputs" / "darlington-2010"


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["diff", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """Darlington with one post more."""
    folder = tmp_path / "newer"
    shutil.copytree(DARLINGTON, folder)
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    changed = text.replace("fte: 1\n", "fte: 2\n", 1)
    assert changed != text
    (folder / "case.yaml").write_text(changed, encoding="utf-8")
    return folder


def test_the_command_says_what_changed_and_what_moved(newer: Path) -> None:
    code, out, _ = run(str(DARLINGTON), str(newer), "--all")
    assert code == 0
    assert re.search(r"\.fte +changed +1 +2\n", out)
    assert "Files: case.yaml changed." in out
    assert "Net present budget impact: from" in out


def test_the_exit_code_is_1_only_where_it_is_asked_for(newer: Path) -> None:
    assert run(str(DARLINGTON), str(newer), "--exit-code")[0] == 1
    assert run(str(DARLINGTON), str(DARLINGTON), "--exit-code")[0] == 0


def test_the_same_twice(tmp_path: Path) -> None:
    code, out, _ = run(str(DARLINGTON), str(DARLINGTON), "--out", str(tmp_path))
    assert code == 0
    assert "The two versions say the same" in out
    assert "No figure moved" not in out


def test_out_writes_page_and_json_and_json_goes_to_the_terminal(newer: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, said, _ = run(str(DARLINGTON), str(newer), "--json", "--out", str(out))
    assert code == 0
    assert sorted(path.name for path in out.iterdir()) == ["diff.html", "diff.json"]
    assert json.loads(said) == json.loads((out / "diff.json").read_text(encoding="utf-8"))
    again = tmp_path / "again"
    run(str(DARLINGTON), str(newer), "--out", str(again))
    for path in out.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()


def test_problems_of_a_version_are_told_and_nothing_is_written(newer: Path, tmp_path: Path) -> None:
    (newer / "case.yaml").write_text("title: Nothing else\n", encoding="utf-8")
    code, out, complained = run(str(DARLINGTON), str(newer), "--out", str(tmp_path / "out"))
    assert (code, out) == (1, "")
    assert "problems in the inputs" in complained
    assert not (tmp_path / "out").exists()


def test_problems_of_both_versions_are_told_at_once_each_with_its_folder(tmp_path: Path) -> None:
    for name, fault in (("old", "price_bass"), ("new", "first_yaer")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "case.yaml").write_text(f"title: A case\n{fault}: 2015/16\n", encoding="utf-8")
    code, _, said = run(str(tmp_path / "old"), str(tmp_path / "new"))
    assert code == 1
    assert f"{tmp_path / 'old' / 'case.yaml'}, line 2, price_bass" in said
    assert f"{tmp_path / 'new' / 'case.yaml'}, line 2, first_yaer" in said


def test_json_has_the_shares_unrounded() -> None:
    """2 × £10,000 to 3 × £12,000, as in the tests of comparisons."""
    found = json.loads(as_json(compared(team(post(2)), team(post(3, 12_000)))))
    (option,) = found["options"]
    value = option["attribution"][0]
    assert (value["figure"], value["old_text"], value["new_text"]) == (
        "net_present_budget_impact",
        "\N{MINUS SIGN}£20,000",
        "\N{MINUS SIGN}£36,000",
    )
    assert [part["in_order"] for part in value["parts"]] == pytest.approx([-10_000, -6_000])
    assert found["changes"][0]["inputs"] == ["options.team.posts.worker.fte"]


def once(cost: int, children: float) -> dict[str, Any]:
    """£24,000 or so in April 2015, children fewer from April 2016 on."""
    start = {"id": "once", "label": "Once", "amount": cost, "per": "once", "start": "2015-04"}
    option = option_of(
        costs=[start | {"price_base": "2015/16", "inflation": "none"}], benefits=[fewer(children, start="2016-04")]
    )
    return case_of(option, years=3, placements=team()["placements"])


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (once(24_000, 1), once(24_000, 2), "Payback: from March 2018 to March 2017: 12 months earlier."),
        (once(24_000, 2), once(24_000, 1), "Payback: from March 2017 to March 2018: 12 months later."),
        (once(24_000, 0.5), once(24_000, 1), "from not paid back within the years shown to March 2018"),
        (once(24_000, 1), once(24_000, 0.5), "from March 2018 to not paid back within the years shown"),
        (once(24_000, 0.5), once(24_000, 0.25), "Payback: not paid back, as before."),
        (once(24_000, 1), once(0, 1), "Payback: from March 2018 to never out of pocket."),
        (once(0, 1), once(24_000, 1), "Payback: from never out of pocket to March 2018."),
        (once(24_000, 1), once(48_000, 2), "Payback: March 2018, as before, though changes on the way moved it."),
    ],
)
def test_a_payback_that_comes_or_goes_is_told_honestly(old: Any, new: Any, words: str) -> None:
    found = compared(old, new)
    text = as_text(found)
    assert words in text
    assert words in render_page(found)
    if "not paid back within" in words:
        assert "In order: " in text
        assert "+" not in text.partition("Payback: from")[2]  # no number of months where one end has none


def test_the_states_on_the_way_are_told_in_order() -> None:
    text = as_text(compared(once(24_000, 1), once(48_000, 2)))
    row = next(row for row in text.splitlines() if "costs.once.amount" in row and "not paid back" in row)
    assert row.split()[-3:] == ["not", "paid", "back"]


def test_the_command_prints_a_bridge_in_about_a_dozen_lines(newer: Path) -> None:
    """One changed number; the sum of a bridge is its end: old and move make new, to the pound that is printed."""
    code, out, _ = run(str(DARLINGTON), str(newer))
    assert code == 0
    rows = [row for row in out.splitlines() if "£" in row]
    assert len(out.splitlines()) <= 13
    first = [int(re.findall("[+\N{MINUS SIGN}]?£[0-9,]+", row)[0].translate(PLAIN)) for row in rows[:3]]
    assert abs(first[0] + first[1] - first[2]) <= 1


PLAIN = {ord("£"): None, ord(","): None, ord("+"): None, ord("\N{MINUS SIGN}"): "-"}


def test_a_bridge_shows_both_figures_by_change() -> None:
    """£24,000 by one child takes 24 months from April 2016; by two, 12. Twelve months at £1,000 more a month."""
    rows = [row.split("  ") for row in bridge_text(compared(once(24_000, 1), once(24_000, 2))).splitlines()]
    (change,) = [row for row in rows if "benefits.fewer.children" in "".join(row)]
    assert [cell.strip() for cell in change if cell][-1] == "12 months earlier"
    assert not any("another order" in "".join(row) for row in rows)  # one change has no order


def test_a_bridge_says_that_the_order_is_that_of_the_changes() -> None:
    text = bridge_text(compared(team(post(2)), team(post(3, 12_000))))
    assert "Changes in the order of the new case file; in another order each could move another amount." in text


def test_of_many_changes_a_bridge_shows_the_largest() -> None:
    """£1,000 to £20,000 more for twenty posts of one FTE: eight of their own, twelve together."""
    posts = [[post(1, 10_000 + by * n * 1_000, f"post-{n}") for n in range(1, 21)] for by in (0, 1)]
    rows = bridge_text(compared(*(team(*each) for each in posts))).splitlines()
    assert len(rows) <= 17
    (rest,) = [row for row in rows if "twelve other changes" in row]
    assert f"\N{MINUS SIGN}£{sum(range(1, 13)) * 1_000:,}" in rest


def test_a_bridge_names_options_that_are_new_or_did_not_move() -> None:
    new = team(post())
    new["options"].append(option_of("other", posts=[post(5)]))
    text = bridge_text(compared(team(post()), new))
    assert "Only in the new version: The other, net present budget impact \N{MINUS SIGN}£50,000" in text


def test_yearly_lines_are_told_where_they_are_asked_for() -> None:
    found = compared(team(post(2), years=2), team(post(3), years=2))
    text = as_text(found, years=True)
    assert re.search(r"\nCost +£20,000\.00 from 2015/16 +£30,000\.00 from 2015/16\n", text)
    assert "Yearly lines moved" in text
    assert "Yearly lines moved" not in as_text(found)


def test_an_option_in_one_version_only_is_named_so() -> None:
    new = team(post())
    new["options"].append(option_of("other", posts=[post(5)]))
    found = compared(team(post()), new)
    assert "The other (only in the new version)" in as_text(found)
    assert "Only in the new version" in render_page(found)


def test_the_text_of_a_user_is_escaped_on_the_page() -> None:
    new = team(post(3))
    new["options"][0]["title"] = "<script>alert(1)</script>"
    page = render_page(compared(team(post(2)), new))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_of_many_changes_the_chart_draws_the_smallest_together() -> None:
    """£1,000, £2,000 … £20,000: 17 bars, one for the three smallest, the old and the new."""
    moves = [1_000.0 * (n + 1) for n in range(20)]
    parts = [Contribution((Edit((f"change-{by:.0f}",), 1, 2),), False, None, "", by, ()) for by in moves]
    each = Attribution("net_present_budget_impact", 0.0, "", sum(moves), "", tuple(parts))
    chart = waterfall(
        OptionMove("team", "The team", "both", (), (), (each,)),
        each,
        1,
        Table("t", "Change by change", "Change", (), ()),
    )
    assert chart.narrow is not None
    for drawn in (chart, chart.narrow):
        boxes = [shape for shape in drawn.shapes if isinstance(shape, Box)]
        assert len(boxes) == 17 + 1 + 2
    assert chart.desc.endswith(" three smaller changes: +£6,000. New version: £210,000.")
