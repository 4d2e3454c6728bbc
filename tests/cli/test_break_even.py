"""`finmodel break-even`, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from finmodel.cli import main

WOLVERHAMPTON = str(Path(__file__).parents[2] / "inputs" / "wolverhampton-2015")


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["break-even", WOLVERHAMPTON, *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_at_which_price_of_a_placement_it_pays() -> None:
    code, said, _ = run("placements.average.unit_cost", "--option", "peripatetic")
    assert code == 0
    # £2,095,340.844 ÷ (13 × 4) = £40,295.02.
    assert "Option 1: Peripatetic units: breaks even at £40,295.02 or more; £40,000.00 is stated." in said
    assert "Net position over the years shown with it put in: £0.00" in said


def test_the_notes_of_the_case_are_counted_and_not_printed_again_at_each_question() -> None:
    _, _, said = run("placements.average.unit_cost", "--option", "peripatetic")
    checked = CliRunner().invoke(main, ["check", WOLVERHAMPTON])
    notes = (checked.stdout + checked.stderr).count("Note: case.yaml")
    assert notes > 1
    assert said == f"Note: `finmodel check` has {notes} notes on this case\n"


def test_as_json_for_every_option_that_it_moves() -> None:
    code, said, _ = run("placements.average.unit_cost", "--json", "--of", "total_net_saving")
    assert code == 0
    found = json.loads(said)
    assert [each["option"] for each in found] == ["peripatetic", "specialist", "spread"]
    assert {round(each["figure"], 2) for each in found} == {40_295.02}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["placements.average.unit_cots"], "placements.average.unit_cost"),
        (["options.peripatetic.cost"], "only what is put in can be solved for"),
        (["placements.average.unit_cost", "--of", "payback"], "Nothing breaks even in years"),
        (["placements.average.unit_cost", "--of", "saving"], "No measure of an option has that name"),
        (["stages.stage-one.cost"], "It makes no difference to any option"),
        (["placements.average.unit_cost", "--option", "none"], "The case has no such option"),
    ],
)
def test_what_cannot_be_asked_is_a_problem(arguments: list[str], expected: str) -> None:
    code, _, said = run(*arguments)
    assert code == 1
    assert expected in said
    assert "Traceback" not in said


def test_a_case_that_asks_what_cannot_be_solved_has_every_problem_with_its_line(tmp_path: Path) -> None:
    at = {"price_base": "2015/16", "inflation": "none"}
    case = {
        "title": "A case", "council": "A council", "price_base": "2015/16", "first_year": "2015/16", "years": 1,
        "discounting": {"rate": "3.5%"},
        "break_even": {"of": ["options.team.costs.post.amount", "options.team.cost", "options.team.costs.post.amuont"],
                       "measure": "payback"},
        "options": [{"id": "team", "title": "Team",
                     "costs": [{"id": "post", "label": "Post", "amount": 5, "per": "year", **at}]}],
    }  # fmt: skip
    (tmp_path / "case.yaml").write_text(json.dumps(case, indent=1), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert result.exit_code == 1
    assert "3 problems in the inputs" in result.stderr
    assert "line 13, break_even.of[2]: This figure is worked out" in result.stderr
    assert "Name an input" in result.stderr or "`finmodel explain` shows" in result.stderr
    assert "line 14, break_even.of[3]: No line of this case has that address" in result.stderr
    assert "options.team.costs.post.amount" in result.stderr
    assert "line 16, break_even.measure: Nothing breaks even in years" in result.stderr
