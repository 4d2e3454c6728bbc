"""`finmodel rates`, as a finance officer types it."""

import json

import pytest
from click.testing import CliRunner, Result

from finmodel.cli.rates import rates
from finmodel.reference import query
from finmodel.reference.dataset import Dataset
from finmodel.reference.datasets import DATASETS


def run(*words: str) -> Result:
    return CliRunner().invoke(rates, list(words))


def test_without_words_it_lists_every_data_set() -> None:
    result = run()
    assert result.exit_code == 0
    listed = [line.split()[0] for line in result.output.splitlines()[1 : len(DATASETS) + 1]]
    assert listed == [dataset.alias for dataset in DATASETS]
    assert "NJC pay spine" in result.output
    assert "2009/10 to 2026/27" in result.output


def test_one_salary_with_its_source_and_confidence() -> None:
    result = run("njc", "--year", "2025/26", "--point", "31")
    assert result.exit_code == 0
    assert "£41,771 a year" in result.output  # £40,476 of 2024-25 with 3.2%
    assert round(40_476 * 1.032) == 41_771
    assert "1 April 2025 to 31 March 2026" in result.output
    assert "derived" in result.output
    assert "Derbyshire Association of Local Councils" in result.output


def test_a_year_with_a_change_in_it_gives_both_rates() -> None:
    result = run("njc", "--year", "2014/15", "--point", "40")
    assert "1 April 2013 to 31 December 2014" in result.output
    assert "1 January 2015 to 31 March 2016" in result.output
    assert result.output.count("£34,746") == 1
    found = query("njc", "2014/15", 40)
    assert [answer.first.isoformat() for answer in found if answer.first] == ["2013-04-01", "2015-01-01"]


def test_a_tax_year_belongs_to_the_months_it_pays() -> None:
    assert {answer.words for answer in query("ni", "2022/23") if answer.unit == "fraction"} == {"15.05%", "13.8%"}
    assert {answer.words for answer in query("ni", "2025/26") if answer.unit == "fraction"} == {"15%"}


def test_columns_are_in_line() -> None:
    lines = run("njc", "--year", "2025/26").output.splitlines()
    head = next(line for line in lines if "Confidence" in line)
    rows = [line for line in lines if line.startswith("NJC point")]
    assert len(rows) == 42
    column = head.index("Confidence")
    assert {row[column:].split()[0] for row in rows} <= {"published", "derived", "unverified"}
    assert all(row[column - 1] == " " for row in rows)


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.alias)
def test_every_data_set_prints_and_is_json(dataset: Dataset) -> None:
    alias, name = dataset.alias, dataset.name
    shown = run(alias)
    assert shown.exit_code == 0
    assert "Sources" in shown.output
    told = json.loads(run(alias, "--json").output)
    assert told
    assert {row["dataset"] for row in told} == {name}
    assert all(row["source"] and row["confidence"] and row["row"] >= 2 for row in told)
    assert json.loads(run(name, "--json").output) == told


def test_json_carries_number_dates_and_line() -> None:
    row = json.loads(run("levy", "--json").output)[0]
    assert (row["value"], row["unit"], row["words"], row["first"], row["last"], row["row"]) == (
        0.005,
        "fraction",
        "0.5%",
        "2017-04-06",
        None,
        2,
    )


def test_the_catalogue_as_json() -> None:
    told = {info["alias"]: info for info in json.loads(run("--json").output)}
    assert told["njc"]["rows"] == 607
    assert told["njc"]["published"] + told["njc"]["derived"] + told["njc"]["unverified"] == 607


def test_an_area() -> None:
    result = run("looked-after", "--area", "wolverhampton", "--year", "2024/25")
    assert "501 children" in result.output
    assert "England: " not in result.output
    assert run("looked-after", "--year", "2024/25").output.count("England: ") == 2


def test_all_data_sets_at_once() -> None:
    result = run("--area", "Wolverhampton", "--year", "2024/25")
    assert result.exit_code == 0
    for title in ("Placement unit costs", "Caseloads and workforce", "Children looked after"):
        assert title in result.output


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["njcc"], 1, "Did you mean njc?"),
        (["looked-ater"], 1, "Did you mean looked-after?"),
        (["zzz"], 1, "There are: njc, "),
        (["njc", "--year", "2026/27", "--point", "2"], 1, "Point 2 of the new NJC spine was deleted on 1 April 2026"),
        (["njc", "--year", "2025/26", "--point", "44"], 1, "The points in April 2025 are 2 to 43"),
        (["njc", "--year", "2040/41", "--point", "31"], 1, "from 1 April 2009 to 31 March 2027"),
        (["njc", "--year", "2040/41"], 1, "2009/10 to 2026/27"),
        (["pensions", "--year", "1999/00"], 1, "Not in the data: National averages before 2017/18"),
        (["looked-after", "--area", "Leeds"], 1, "covers: Blackburn with Darwen, Bradford, Darlington"),
        (["--area", "Leeds"], 1, "Nothing found for the area 'Leeds'"),
        (["njc", "--year", "2015"], 2, "'2015' is not a financial year; write it like 2015/16"),
        (["njc", "--point", "top"], 2, "'--point': 'top'"),
        (["cpi", "--point", "3"], 2, "cpi has no pay points"),
        (["njc", "--area", "Leeds"], 2, "--area is not for njc"),
        (["njc", "--colour"], 2, "--colour"),
    ],
)
def test_what_it_says_when_it_cannot_answer(words: list[str], code: int, said: str) -> None:
    result = run(*words)
    assert result.exit_code == code
    assert said in " ".join(result.output.split())


@pytest.mark.parametrize(
    ("year", "expected"), [("2021/22", {"2021-07", "2017/18-2021/22", "2020-11 to 2022-06"}), ("2016/17", {"2016"})]
)
def test_periods_named_in_the_sources_own_way(year: str, expected: set[str]) -> None:
    assert expected <= {answer.when for answer in query("agency", year)}


def test_an_undated_fact_belongs_to_no_year() -> None:
    assert any(answer.when == "before 2005" for answer in query("placements"))
    assert not any(answer.when == "before 2005" for answer in query("placements", "2004/05"))
