"""Small numbers: hidden in every output, and not to be had back by anybody who counts."""

from __future__ import annotations

import random
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from workload.attacker import Attack, Cell

from finmodel.workload.as_data import as_csv, as_json
from finmodel.workload.disclosure import NOTHING_EARLIER, EarlierReport, hide
from finmodel.workload.earlier import read_earlier
from finmodel.workload.figures import At, LineKey
from finmodel.workload.lines import lines_of
from finmodel.workload.load import load_workload
from finmodel.workload.page import render_page
from finmodel.workload.paper import render_paper
from finmodel.workload.published import ShownReport, published_workload
from finmodel.workload.workbook import render_workbook

QUARTERS = ["Q1 2023/24", "Q2 2023/24", "Q3 2023/24", "Q4 2023/24", "Q1 2024/25"]
BANDS = ["agency-under-3-months", "agency-3-to-5-months", "agency-6-to-11-months", "agency-12-months"]
TEAMS = ["North", "South", "East"]
Table = dict[Cell, int]


def some_service(chance: random.Random) -> Table:
    """Agency workers by band and by team, social workers, plans with what came and went: few everywhere."""
    table: Table = {}
    plans = chance.randint(4, 30)
    for quarter in QUARTERS:
        bands = [chance.choice([0, 1, 2, 3, 6, 8, 11]) for _ in BANDS]
        agency = sum(bands)
        cuts = sorted(chance.randint(0, agency) for _ in range(2))
        teams = [cuts[0], cuts[1] - cuts[0], agency - cuts[1]]
        table |= {(band, "", quarter): value for band, value in zip(BANDS, bands, strict=True)}
        table |= {("agency", team, quarter): value for team, value in zip(TEAMS, teams, strict=True)}
        table["agency", "", quarter] = agency
        table["social-workers", "", quarter] = chance.randint(3, 30)
        table["experienced", "", quarter] = chance.randint(0, table["social-workers", "", quarter])
        came, went = chance.randint(0, 9), chance.randint(0, min(9, plans))
        plans += came - went
        table["plans", "", quarter] = plans
        table["plans-started", "", quarter], table["plans-ended", "", quarter] = came, went
    return table


def written(table: Table, path: Path, quarters: list[str]) -> Path:
    rows = [f"{quarter},{measure},{section},{value}" for (measure, section, quarter), value in table.items()
            if quarter in quarters]  # fmt: skip
    path.write_text("\n".join(["quarter,measure,section,value", *rows]) + "\n", encoding="utf-8")
    return path


def against(table: Table, report: ShownReport, *earlier: str) -> Attack:
    attack = Attack(small={cell for cell, value in table.items() if 1 <= value <= 5})
    for text in earlier:
        attack.read(text)
    rows = attack.read(as_csv(report))
    attack.hidden &= table.keys()
    attack.changes(rows, QUARTERS)
    for place, quarter in enumerate(QUARTERS):
        attack.sums.append([(("agency", "", quarter), 1), *(((band, "", quarter), -1) for band in BANDS)])
        attack.sums.append([(("agency", "", quarter), 1), *((("agency", team, quarter), -1) for team in TEAMS)])
        if place:
            before = QUARTERS[place - 1]
            attack.sums.append([(("plans", "", quarter), 1), (("plans", "", before), -1),
                                (("plans-started", "", quarter), -1), (("plans-ended", "", quarter), 1)])  # fmt: skip
        for measure, factor, part, base in (
            ("agency-share-people", 100, ["agency"], ["agency", "social-workers"]),
            ("experienced-share-people", 100, ["experienced"], ["social-workers"]),
            ("agency-under-3-months-share", 100, [BANDS[0]], ["agency"]),
        ):
            if (measure, "", quarter) in attack.shown:
                cells = [[(one, "", quarter) for one in several] for several in (part, base)]
                attack.ratios.append((attack.shown[measure, "", quarter], factor, *cells))
    return attack


@pytest.mark.parametrize("seed", range(8))
def test_no_hidden_figure_can_be_worked_out(seed: int, tmp_path: Path) -> None:
    table = some_service(random.Random(seed))
    report = published_workload(load_workload(written(table, tmp_path / "q.csv", QUARTERS)), suppress=True)
    attack = against(table, report)
    small = {cell for cell, value in table.items() if 1 <= value <= 5}
    assert small <= attack.hidden
    for cell in sorted(attack.hidden):
        assert len(attack.possible(cell, 2)) > 1, (cell, table[cell])


@pytest.mark.parametrize("seed", range(100, 105))
def test_nor_with_the_earlier_report(seed: int, tmp_path: Path) -> None:
    """The earlier report is of the same quarters but for the last, and hides in its own way."""
    chance = random.Random(seed)
    table = some_service(chance)
    first = load_workload(written(table, tmp_path / "first.csv", QUARTERS[:-1]))
    before = as_csv(published_workload(first, suppress=True))
    (tmp_path / "before.csv").write_text(before, encoding="utf-8")
    loaded = load_workload(written(table, tmp_path / "q.csv", QUARTERS))
    report = published_workload(loaded, suppress=True, earlier=read_earlier(tmp_path / "before.csv", loaded))
    attack = against(table, report, before)
    for cell in sorted(attack.hidden):
        assert len(attack.possible(cell, 2)) > 1, (cell, table[cell])
    assert report.open == ()


def test_the_attacker_finds_what_is_hidden_alone() -> None:
    """So that a pass of those above proves something: 33 less 10 and 20 and 2 is 1."""
    cells = [(band, "", QUARTERS[0]) for band in BANDS]
    whole = ("agency", "", QUARTERS[0])
    shown = dict(zip(cells, (10.0, 20.0, 2.0), strict=False)) | {whole: 33.0}
    sums = [[(whole, 1), *((cell, -1) for cell in cells)]]
    assert Attack(shown, {cells[3]}, {cells[3]}, sums).possible(cells[3]) == {1}
    del shown[cells[2]]
    assert Attack(shown, set(cells[2:]), set(cells[2:]), sums).possible(cells[3]) == {1, 2}


def service(tmp_path: Path, rows: str) -> Path:
    path = tmp_path / "q.csv"
    path.write_text(rows, encoding="utf-8")
    return path


def signs(report: ShownReport) -> dict[tuple[str, str], list[str]]:
    return {
        (line.key.measure, line.key.section): [line.text(n) for n in range(len(line.values))] for line in report.lines
    }


BANDED = """measure,Q1 2018/19,Q2 2018/19
social-workers,180,142
agency,40,33
agency-under-3-months,12,10
agency-3-to-5-months,18,20
agency-6-to-11-months,10,2
agency-12-months,0,1
"""


def test_a_total_hides_a_part_more(tmp_path: Path) -> None:
    """2 and 1 of 33: with 10 and 20 shown they would be 1 and 2 or 2 and 1, so the smallest other part goes too."""
    found = signs(published_workload(load_workload(service(tmp_path, BANDED)), suppress=True))
    assert [found[band, ""][1] for band in BANDS] == ["c", "20", "c", "c"]
    assert [found[band, ""][0] for band in BANDS] == ["12", "18", "10", "0"]
    assert found["agency", ""] == ["40", "33"]
    assert found["agency-under-3-months-share", ""] == ["30.0%", "c"]


def test_changes_to_and_from_a_hidden_figure_are_hidden(tmp_path: Path) -> None:
    report = published_workload(
        load_workload(service(tmp_path, "measure,Q1 2018/19,Q2 2018/19\nagency,9,4\n")), suppress=True
    )
    assert report.lines[0].change_words(1, 1) == "c"


def test_few_left_of_a_whole_hide_the_part(tmp_path: Path) -> None:
    """20 social workers of whom 18 are experienced: the 2 others are few."""
    rows = "measure,Q1 2018/19\nsocial-workers,20\nexperienced,18\n"
    found = signs(published_workload(load_workload(service(tmp_path, rows)), suppress=True))
    assert "c" in (found["social-workers", ""][0], found["experienced", ""][0])
    assert found["experienced-share-people", ""] == ["c"]


def test_fte_and_a_percentage_that_say_a_small_number_are_hidden(tmp_path: Path) -> None:
    rows = "measure,Q1 2018/19\nagency,4\nagency-fte,3.6\nsocial-workers-fte,80\nplans,150\nrepeat,2%\n"
    yaml = "measures: {repeat: {label: Second plans, unit: percent, part: [plans], of: [plans]}}\n"
    service(tmp_path, rows)
    (tmp_path / "workload.yaml").write_text(yaml, encoding="utf-8")
    found = signs(published_workload(load_workload(tmp_path), suppress=True))
    assert found["agency-fte", ""] == ["c"]
    assert found["agency-share-fte", ""] == ["c"]
    assert found["repeat", ""] == ["c"]  # 2% of 150 are 3 children
    assert published_workload(load_workload(tmp_path), suppress=True).unlooked == ()
    report = published_workload(load_workload(tmp_path / "q.csv"), suppress=True)
    assert report.unlooked == ("repeat",)  # said to the author, because nothing says what it is of


def test_what_an_earlier_report_shows_hides_nothing_and_what_it_hid_stays_hidden(tmp_path: Path) -> None:
    loaded = load_workload(service(tmp_path, BANDED))
    lines = lines_of(loaded)
    at = {key.measure: key for key in lines}
    quarter = loaded.quarters[1]
    known = At(at["agency-under-3-months"], quarter)
    was = At(at["social-workers"], loaded.quarters[0])
    earlier = EarlierReport("before.csv", {known: 10.0}, frozenset({was}))
    found = signs(published_workload(loaded, suppress=True, earlier=earlier))
    assert found["agency-3-to-5-months", ""][1] == "c"  # 10 is known, so another part must go
    assert found["social-workers", ""] == ["c", "142"]
    teams = {At(LineKey("agency", team), quarter): value for team, value in (("North", 30.0), ("South", 3.0))}
    hidden = hide(loaded, lines, EarlierReport("before.csv", teams, frozenset()))
    assert At(at["agency"], quarter) not in hidden.every  # 33 is known from its teams, so hiding it would help nobody
    given = EarlierReport("before.csv", {At(at["agency-12-months"], quarter): 1.0}, frozenset())
    report = published_workload(loaded, suppress=True, earlier=given)
    assert report.open == ("12 months or more, whole service, 30 September 2018",)
    assert published_workload(loaded, suppress=True, earlier=NOTHING_EARLIER).open == ()


def everything_written(report: ShownReport) -> dict[str, str]:
    """The text of each output, zips unpacked."""

    def unpacked(content: bytes) -> str:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())

    return {
        "page": render_page(report),
        "paper": unpacked(render_paper(report)),
        "workbook": unpacked(render_workbook(report)),
        "csv": as_csv(report),
        "json": as_json(report),
    }


def test_hidden_figures_are_in_no_output(tmp_path: Path) -> None:
    """The small numbers are 4.37 FTE and 4.41 FTE, which nothing else comes to."""
    rows = "quarter,measure,section,value\n" + "".join(
        f"Q{number} 2018/19,agency-fte,{team},{value}\n"
        for number, values in ((1, (4.37, 20.13, 30.11)), (2, (4.41, 21.17, 31.19)), (3, (9.83, 22.23, 33.29)))
        for team, value in zip(TEAMS, values, strict=True)
    )
    path = service(tmp_path, rows)
    loud = everything_written(published_workload(load_workload(path)))
    quiet = everything_written(published_workload(load_workload(path), suppress=True))
    for name, text in loud.items():
        assert "4.37" in text, name
    gone = re.compile(r"4\.37|4\.41|0\.04(?!\d)|5\.42")  # and the changes between them, and to 9.83
    for name, text in quiet.items():
        assert not gone.search(re.sub(r"<svg.*?</svg>", "", text, flags=re.S) if name == "page" else text), name
        assert "9.83" in text, name
