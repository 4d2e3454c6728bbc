"""The command line, as a user meets it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from finmodel.cli import main
from finmodel.cli.commands import for_a_list

INPUTS = Path(__file__).parents[2] / "inputs"
WOLVERHAMPTON = str(INPUTS / "wolverhampton-2015")


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_report_writes_four_files_and_says_where(tmp_path: Path) -> None:
    code, out, _ = run("report", WOLVERHAMPTON, "--out", str(tmp_path / "new" / "folder"))
    assert code == 0
    folder = tmp_path / "new" / "folder"
    assert sorted(path.name for path in folder.iterdir()) == [
        "report.docx",
        "report.html",
        "report.xlsx",
        "results.json",
    ]
    assert f"Wrote report.xlsx, report.html, report.docx, results.json into {folder}" in out
    assert "Option 1: Peripatetic units [preferred]" in out
    assert "£2,095,341 in all" in out
    assert "needs 13.1, rounded up to 14; no forecast is made" in out
    assert "a requirement" in out
    assert "Every check holds." in out
    assert len(out.splitlines()) <= 10


def test_report_prints_every_measure_where_that_is_asked_for(tmp_path: Path) -> None:
    code, out, complained = run("report", WOLVERHAMPTON, "--out", str(tmp_path), "--all")
    assert code == 0
    assert "The sum that papers print" in out
    assert "12.5" in out
    assert "finmodel check" not in complained


def test_report_goes_to_outputs_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("report", str(INPUTS / "darlington-2010"))[0] == 0
    assert (tmp_path / "outputs" / "darlington-2010" / "report.html").is_file()


def test_problems_go_to_standard_error_with_code_1_and_nothing_is_written(tmp_path: Path) -> None:
    case = tmp_path / "case"
    case.mkdir()
    text = (INPUTS / "wolverhampton-2015" / "case.yaml").read_text(encoding="utf-8")
    broken = text.replace("fte: 12", "fte: -12").replace("points: 35-40", "points: 35-99")
    (case / "case.yaml").write_text(broken, encoding="utf-8")
    out = tmp_path / "out"
    code, said, complained = run("report", str(case), "--out", str(out))
    assert code == 1
    assert said == ""
    assert "case.yaml, line" in complained
    assert "-12" in complained
    assert "99" in complained
    assert "Traceback" not in complained
    assert not out.exists()


def test_a_failed_run_leaves_the_old_reports(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("old", encoding="utf-8")
    assert run("report", str(tmp_path / "nowhere"), "--out", str(tmp_path))[0] == 1
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_folder_that_cannot_be_made_is_a_plain_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, _, complained = run("report", WOLVERHAMPTON, "--out", str(tmp_path / "file" / "below"))
    assert code == 2
    assert "cannot be written" in complained
    assert "--out" in complained


def test_check_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, _ = run("check", WOLVERHAMPTON)
    assert code == 0
    assert "No problems" in out
    assert list(tmp_path.iterdir()) == []


def test_explain_goes_down_to_the_source() -> None:
    code, out, _ = run("explain", WOLVERHAMPTON, "options.peripatetic.cost", "--year", "2016/17")
    assert code == 0
    assert out.startswith("Cost, 2016/17: £521,804.96")  # 12 × (35,093 × 1.133 + 13.8% × (35,093 − 8,112))
    assert "£35,093.00" in out
    assert "confidence: derived" in out
    assert "Express & Star" in out


def test_explain_as_json_has_the_unrounded_value() -> None:
    _, out, _ = run("explain", WOLVERHAMPTON, "options.peripatetic.cost", "--year", "2016/17", "--json")
    found = json.loads(out)
    assert found["value"] == pytest.approx(12 * (35_093 * 1.133 + 0.138 * (35_093 - 8_112)), rel=1e-12)


def test_explain_stops_at_the_depth_asked_for() -> None:
    _, out, _ = run("explain", WOLVERHAMPTON, "options.peripatetic.cost", "--depth", "0")
    assert len([row for row in out.splitlines() if "[" in row and "options." in row]) == 1


def test_explain_as_html_is_a_page_and_the_fragment_its_escaped_nested_lists() -> None:
    _, page, _ = run("explain", WOLVERHAMPTON, "options.peripatetic.cost", "--html")
    _, lists, _ = run("explain", WOLVERHAMPTON, "options.peripatetic.cost", "--fragment")
    assert page.startswith("<!DOCTYPE html>")
    assert lists.startswith('<ul class="explanation"><li>')
    assert lists.strip() in page
    assert "Express &amp; Star" in lists


def test_explain_takes_an_ending_with_the_option_and_lists_the_options_without() -> None:
    code, out, _ = run("explain", WOLVERHAMPTON, "payback_month", "--option", "spread", "--depth", "0")
    assert code == 0
    assert "[options.spread.measures.payback_month]" in out
    code, _, complained = run("explain", WOLVERHAMPTON, "payback_month")
    assert code == 1
    for option in ("peripatetic", "specialist", "spread", "status-quo"):
        assert f"options.{option}.measures.payback_month" in complained


def test_explain_goes_up_to_the_measures() -> None:
    code, out, _ = run("explain", WOLVERHAMPTON, "on_costs.employer_pension", "--uses")
    assert code == 0
    assert out.startswith("Employer's pension contribution, share of pensionable pay: 13.3%")
    assert "Measures of Option 1: Peripatetic units\n" in out
    assert "Measures of Option 4" not in out  # the status quo has no posts
    _, out, _ = run("explain", WOLVERHAMPTON, "on_costs.employer_pension", "--uses", "--json", "--depth", "1")
    found = json.loads(out)
    assert {use["distance"] for use in found["uses"]} == {1}
    assert found["measures"]["peripatetic"] == []
    _, page, _ = run("explain", WOLVERHAMPTON, "on_costs.employer_pension", "--uses", "--html")
    assert page.startswith("<!DOCTYPE html>")


def test_explain_takes_one_form_at_a_time() -> None:
    assert run("explain", WOLVERHAMPTON, "options.peripatetic.cost", "--html", "--json")[0] == 2
    assert run("explain", WOLVERHAMPTON, "options.peripatetic.cost", "--uses", "--fragment")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["options.peripatetic.costs"], "options.peripatetic.cost"),
        (["options.peripatetic.posts"], "begins the addresses"),
        (["options.peripatetic.cost", "--year", "2040/41"], "It runs from 2015/16 to 2018/19"),
        (["options.peripatetic.cost", "--year", "soon"], "not a financial year"),
        (["options.peripatetic.cost", "--month", "2015-09"], "a figure a year"),
        (["options.peripatetic.monthly.cost", "--month", "2015-13"], "not a month"),
        (["options.peripatetic.measures.total_cost", "--year", "2015/16"], "one figure for the whole case"),
    ],
)
def test_explain_says_what_is_wrong_with_the_question(arguments: list[str], words: str) -> None:
    code, out, complained = run("explain", WOLVERHAMPTON, *arguments)
    assert (code, out) == (1, "")
    assert words in complained


def test_rates_answers_with_value_source_and_confidence() -> None:
    code, out, _ = run("rates", "njc", "--year", "2024/25", "--point", "31")
    assert code == 0
    assert "published" in out
    assert "40,476" in out.replace("£", "")  # NJC 2024-25, point 31, as published


def test_wrong_usage_exits_with_2() -> None:
    assert run("report")[0] == 2
    assert run("report", WOLVERHAMPTON, "--colour")[0] == 2
    assert run("nonsense")[0] == 2


def commands() -> list[tuple[str, click.Command]]:
    return [("finmodel", main), *main.commands.items()]


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_and_option_has_help(name: str, command: click.Command) -> None:
    assert command.help, name
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, (name, parameter.name)
            assert parameter.help.endswith("."), (name, parameter.help)


def test_the_list_of_commands_says_what_each_says_itself() -> None:
    listed = {name: command.get_short_help_str(1_000) for name, command in for_a_list().items()}
    assert listed == {name: command.get_short_help_str(1_000) for name, command in main.commands.items()}
    assert {name for name, command in main.commands.items() if command.name == name} == set(listed)


def test_help_starts_without_the_heavy_libraries() -> None:
    script = "import sys; from finmodel.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1]
    for heavy in ("numpy", "pandas", "pydantic", "xlsxwriter", "jinja2", "openpyxl", "multiprocessing"):
        assert f"'{heavy}'" not in loaded, heavy


def test_a_long_explanation_shows_three_levels_and_says_how_to_see_more() -> None:
    arguments = ["explain", WOLVERHAMPTON, "payback_month", "--option", "peripatetic"]
    shown = CliRunner().invoke(main, arguments)
    near = CliRunner().invoke(main, [*arguments, "--depth", "3"])
    assert (shown.stdout, near.stderr.count("--depth")) == (near.stdout, 0)
    said = re.search(r"of (\d+) with ([\d,]+) lines", shown.stderr)
    assert said is not None
    whole = CliRunner().invoke(main, [*arguments, "--depth", said[1]])
    assert len(whole.stdout.splitlines()) == int(said[2].replace(",", "")) > 200
