"""`finmodel reproduce`: what comes out again, what does not and why, and results.json files that are damaged."""

from __future__ import annotations

import copy
import json
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import shipped_cases
from click.testing import CliRunner
from plain_results import found_once

from finmodel.appraisal.appraise import Appraisal
from finmodel.audit.versions.old_results import read_results, results_in
from finmodel.audit.versions.reproduce import FigureDifference, Reproduction, reproduce
from finmodel.audit.versions.reproduce_text import as_text
from finmodel.cli import main
from finmodel.parsing.problems import ProblemsError
from finmodel.results.plain import as_json

INPUTS = Path(__file__).parents[3] / "inputs"
CASE = INPUTS / "wolverhampton-2015"


@cache
def appraisal() -> Appraisal:
    return shipped_cases.appraisal_of(CASE.name)


@cache
def written() -> str:
    return as_json(found_once(appraisal()))


def old() -> dict[str, Any]:
    return json.loads(written())


def again(made: dict[str, Any]) -> Reproduction:
    return reproduce(results_in(json.dumps(made)), appraisal())


def test_untouched_results_come_out_to_the_byte() -> None:
    found = again(old())
    assert found.to_the_byte
    assert found.comes_out
    assert found.figures_compared > 5_000
    assert as_text(found).splitlines()[1:] == [
        "",
        "Inputs: the same files",
        "Versions: the same",
        "Rates: the same, of the same vintage",
    ]


def test_a_changed_figure_is_named_with_its_year_and_both_values() -> None:
    made = old()
    line = made["lines"]["options.peripatetic.cost"]
    was = line["values"][1]  # 2016/17; £521,804.96 by the arithmetic of tests/cli/test_cli.py
    line["values"][1] = 500_000
    found = again(made)
    assert found.figures == (FigureDifference("options.peripatetic.cost", 500_000, was, "2016/17"),)
    assert not found.comes_out
    assert re.search(r"options\.peripatetic\.cost, 2016/17 +500000 +521804\.96", as_text(found))


def test_a_changed_figure_outside_the_lines_is_found_too() -> None:
    made = old()
    option = next(option for option in made["options"] if option["id"] == "peripatetic")
    option["measures"]["total_cost"] += 1
    assert [each.address for each in again(made).figures] == ["options.peripatetic.measures.total_cost"]


def test_a_month_is_named_within_its_year() -> None:
    made = old()
    made["lines"]["options.peripatetic.monthly.cost"]["values"][14] = 0
    (found,) = again(made).figures
    assert (found.address, found.period) == ("options.peripatetic.monthly.cost", "2016/17, month 3")


def test_lines_that_came_and_went_are_differences() -> None:
    made = old()
    made["lines"]["options.gone.cost"] = {"label": "Gone", "values": [1, 2, 3, 4]}
    del made["lines"]["options.peripatetic.measures.total_cost"]["value"]
    found = {(each.address, each.period): (each.old, each.new) for each in again(made).figures}
    assert found["options.gone.cost", "2018/19"] == (4, None)
    assert found["options.peripatetic.measures.total_cost", ""][0] is None


def test_last_digits_are_no_difference_but_are_told() -> None:
    made = old()
    values = made["lines"]["options.peripatetic.cost"]["values"]
    values[1] *= 1 + 3e-15
    found = again(made)
    assert found.comes_out
    assert not found.to_the_byte
    assert found.last_digits == 1
    assert "1 differ in the last digits only" in as_text(found)


def test_yes_is_not_one() -> None:
    made = old()
    made["checks"]["all_hold"] = 1
    assert [each.address for each in again(made).figures] == ["checks.all_hold"]


def test_versions_rates_and_inputs_that_differ_are_named() -> None:
    made = old()
    made["provenance"]["packages"]["numpy"] = "1.26.0"
    del made["provenance"]["python"]
    made["provenance"]["rates_files"][0]["sha256"] = "0" * 64
    rate = next(
        rate for rate in made["provenance"]["rates"] if rate["address"].endswith("secondary_threshold_of_a_year")
    )
    rate["confidence"] = "published"
    made["provenance"]["inputs"][0]["sha256"] = "1" * 64
    found = again(made)
    assert found.comes_out
    assert [each.address for each in found.inputs] == ["case.yaml"]
    assert {each.address: each.old for each in found.versions} == {"numpy": "1.26.0", "python": None}
    assert {each.address for each in found.rates} == {made["provenance"]["rates_files"][0]["file"], rate["address"]}
    assert not found.to_the_byte


def test_results_of_an_earlier_version_without_those_lists_are_read() -> None:
    made = old()
    made["provenance"] = {"finmodel": "0.0.1", "inputs": "lost", "rates": [1, {"address": "a"}]}
    found = again(made)
    assert found.comes_out
    assert ("finmodel", "0.0.1") in [(each.address, each.old) for each in found.versions]


@pytest.mark.parametrize("made_by", ["finmodel", "code"])
def test_what_only_one_of_two_states_of_finmodel_gives_is_no_difference(made_by: str) -> None:
    """A line that went and one that came cannot be compared; a figure that both have is, and one in common is needed."""
    made = old()
    made["provenance"][made_by] = "0.0.1"
    made["lines"]["options.gone.cost"] = {"label": "Gone", "values": [1, 2, 3, 4]}
    del made["lines"]["options.peripatetic.measures.total_cost"]["value"]
    found = again(made)
    assert found.comes_out
    assert ([each.old for each in found.gone], len(found.come)) == ([1, 2, 3, 4], 1)
    assert "4 of the figures then are not given by this state of finmodel and 1 are new" in " ".join(
        as_text(found).split()
    )
    made["lines"]["options.peripatetic.cost"]["values"][0] = 1
    assert [each.address for each in again(made).figures] == ["options.peripatetic.cost"]
    made["lines"], made["years"] = {}, []
    nothing = {"format": 1, "lines": {}, "provenance": made["provenance"]}
    assert not again(nothing).comes_out
    assert "no figure in common" in as_text(again(nothing))


def test_what_is_nothing_but_the_rounding_of_floating_point_is_no_difference() -> None:
    """5.8e-11 of a pound where it was 0: what is left of sums that come to nothing."""
    made = old()
    values = made["lines"]["options.peripatetic.cost"]["values"]
    values[0] += 1e-7
    made["lines"]["discounting.rate"]["values"][0] += 1e-10
    found = again(made)
    assert (found.figures, found.last_digits) == ((), 2)


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["reproduce", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_the_command_says_what_an_edit_of_the_case_moved(tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text(written(), encoding="utf-8")
    code, out, _ = run(str(tmp_path / "results.json"), str(CASE))
    assert code == 0
    assert out.startswith("It comes out the same, to the byte: ")
    case = tmp_path / "case"
    shutil.copytree(CASE, case)
    text = (case / "case.yaml").read_text(encoding="utf-8")
    assert "fte: 12" in text
    (case / "case.yaml").write_text(text.replace("fte: 12", "fte: 13", 1), encoding="utf-8")
    code, out, _ = run(str(tmp_path / "results.json"), str(case))
    assert code == 1
    assert "case.yaml" in out
    assert "options.peripatetic.measures.total_cost" in out
    code, out, _ = run(str(tmp_path / "results.json"), str(case), "--json")
    found = json.loads(out)
    assert code == 1
    assert found["comes_out"] is False
    assert {"address", "old", "new", "period"} == set(found["figures"][0])


def damaged() -> dict[str, tuple[bytes, str]]:
    whole = written().encode()
    other = copy.deepcopy(old())
    other["format"] = 99
    return {
        "cut off": (whole[: len(whole) // 2], "JSON cannot be read here"),
        "empty": (b"", "JSON cannot be read here"),
        "not UTF-8": (whole.replace(b"Wolverhampton", b"W\xf6lverhampton", 1), "not UTF-8"),
        "another program's": (b'{"name": "package", "version": 1}', "not a results.json"),
        "a list": (b"[1, 2]", "not a results.json"),
        "another format": (json.dumps(other).encode(), "another format"),
        "lines are no mapping": (b'{"format": 1, "lines": [], "provenance": {}}', "not a results.json"),
        "a line is no mapping": (b'{"format": 1, "lines": {"a.b": 3}, "provenance": {}}', "not a results.json"),
        "not a number": (b'{"format": 1, "x": NaN}', "NaN is not a number"),
        "a number of 10,000 digits": (b'{"format": 1, "x": ' + b"9" * 10_000 + b"}", "very many digits"),
        "nested deeply": (b'{"format": 1, "x": ' + b"[" * 200_000, "nested too deeply"),
    }


@pytest.mark.parametrize("name", damaged())
def test_a_damaged_file_is_a_problem_with_its_place(tmp_path: Path, name: str) -> None:
    content, words = damaged()[name]
    path = tmp_path / "results.json"
    path.write_bytes(content)
    code, out, complained = run(str(path), str(CASE))
    assert (code, out) == (2, "")
    assert words in complained
    assert str(path) in complained
    assert "Traceback" not in complained


def test_a_file_that_is_not_there_or_a_folder_is_a_plain_problem(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.json", tmp_path):
        with pytest.raises(ProblemsError, match="cannot be opened"):
            read_results(path)


def test_strange_values_inside_are_differences_and_no_fault(tmp_path: Path) -> None:
    """What is not where it should be differs; nothing of it is taken for a figure."""
    made = old()
    made["years"] = "2015/16"
    made["options"] = {"peripatetic": [None]}
    made["lines"]["options.peripatetic.cost"] = {"values": [[1], {"id": 2}, "three", True, 1e308]}
    found = again(made)
    assert not found.comes_out
    assert "NaN" not in found.as_json()
    assert as_text(found)


def test_nothing_of_a_results_file_reaches_the_terminal_as_a_command() -> None:
    made = old()
    made["provenance"]["packages"]["\x1b[2J\u202e"] = "\x1b]0;title\x07"
    shown = as_text(again(made))
    assert re.search(r"\[U\+001B\]\[2J\[U\+202E\] +\[U\+001B\]\]0;title\[U\+0007\] +none", shown)
    assert "\x1b" not in shown
