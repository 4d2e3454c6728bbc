"""Inputs changed in a report's workbook come back as a case that gives what the workbook gives; nothing else does."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from difflib import ndiff
from io import BytesIO
from pathlib import Path
from shutil import copytree
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from edited import with_cells
from expected_once import expected_of
from recalculation import by_ironcalc, disagreements, saved_by_libreoffice
from tampering import Original
from test_model_audit import DARLINGTON, INPUTS

from finmodel.appraisal.appraise import appraise
from finmodel.audit.adopting.adoption import Adoption, adopt_inputs
from finmodel.audit.workbooks.carried import carried_case
from finmodel.audit.workbooks.expected import expected_workbook
from finmodel.audit.workbooks.opening import open_workbook
from finmodel.case import ProblemsError, load_case
from finmodel.cli import main
from finmodel.lines.excel import column_letters
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.report.line_sheets import is_month
from finmodel.report.workbook import formula_cells

_BESIDE = ("record.", "evidence.")  # what stands beside a claim is not stated by the case
Changes = dict[tuple[str, str], Any]


def changed_workbook(case: str, changes: Changes, path: Path) -> Path:
    """The case's report with cells changed, as openpyxl saves it."""
    path.write_bytes(with_cells(case, changes))
    return path


def adopted(case: str, path: Path) -> Adoption:
    found = open_workbook(path)
    carried = carried_case(found)
    assert carried is not None
    return adopt_inputs(path, found, carried, expected_of(case))


def by_chance(case: str, chance: random.Random) -> Changes:
    """An input of each kind that the case has: single, by year, by month, and a month."""
    expected = expected_of(case)
    written = expected.appraisal.written
    lines = [line for line in written.model if line.is_input and not line.is_fact and line.unit != "flag"]
    looked_up = (*written.published, *(line.address for line in lines if line.address.startswith(_BESIDE)))
    stated = [line for line in lines if line.address not in looked_up and "default" not in _source(line)]
    kinds: list[Callable[[Line], bool]] = [
        lambda line: line.timeline is Timeline.ONCE and line.unit.startswith("£"),
        lambda line: line.timeline is Timeline.ONCE and line.unit == "share",
        lambda line: line.timeline is Timeline.YEARS,
        is_month,
    ]
    changes: Changes = {}
    for kind in kinds:
        choice = [line for line in stated if kind(line)]
        if choice:
            cell, value = _changed(expected.layout, chance.choice(choice), chance)
            changes[cell] = value
    return changes


def _source(line: Line) -> str:
    return line.origin.source if line.origin else ""


def _changed(layout: Any, line: Line, chance: random.Random) -> tuple[tuple[str, str], Any]:
    place = layout.places[line.address]
    if is_month(line):
        return (place.sheet, f"F{place.row}"), datetime(2011, 5, 20) if "proposal" in line.address else None
    if line.address in layout.typed:
        sheet, _, cell = layout.typed[line.address].partition("!")
        column, period = cell.replace("$", ""), 0
        return (sheet, column), _another(line, period)
    period = chance.randrange(len(layout.columns(line.timeline)))
    letters = column_letters(layout.columns(line.timeline)[period])
    return (place.sheet, f"{letters}{place.row}"), _another(line, period)


def _another(line: Line, period: int) -> float:
    value = float(line.value()[period, 0])
    return round(value * 0.9 + 0.001, 5) if line.unit in ("share", "rate") else round(value * 1.1 + 10, 2)


@pytest.mark.parametrize("case", [DARLINGTON, "wolverhampton-2015"])
def test_a_case_there_and_back(case: str, tmp_path: Path) -> None:
    changes = {cell: value for cell, value in by_chance(case, random.Random(12)).items() if value is not None}
    path = changed_workbook(case, changes, tmp_path / "report.xlsx")
    adoption = adopted(case, path)
    assert {taken.finding.place.replace("'", "") for taken in adoption.taken} == {"!".join(cell) for cell in changes}
    origins = {line.address: _source(line) for line in expected_of(case).appraisal.written.model if line.is_input}
    for taken in adoption.taken:  # with a link or without, the case goes on naming it
        assert taken.source == origins[taken.finding.address].replace("Stated in the case file", "")
    assert adoption.new is not None
    levers = {("Levers", "A3"), ("Summary", "B2"), *(("Levers", f"E{row}") for row in range(6, 16))}
    expected = [each for each in formula_cells(appraise(adoption.new)) if each[:2] not in levers]
    assert disagreements(expected, by_ironcalc(path)) == []
    before, after = (dict(version.contents)["case.yaml"].decode() for version in (adoption.old, adoption.new))
    assert _comments(before) == _comments(after)
    gone = [line for line in ndiff(before.splitlines(), after.splitlines()) if line.startswith("- ")]
    assert len(gone) <= 2 * len(changes), gone  # its own line, and that of an alias or of a last share


def _comments(text: str) -> list[str]:
    return [line.partition("#")[2] for line in text.splitlines() if "#" in line]


def cell_of(address: str, column: str = "E") -> tuple[str, str]:
    place = expected_of(DARLINGTON).layout.places[address]
    return place.sheet, f"{column}{place.row}"


RANGED = """
uncertainty:
  ranges:
    - {input: options.proposal.posts.lawyer.annual_cost, low: 38000, central: 40292, high: 45000}
"""


def test_the_centre_of_a_range_moves_with_the_figure_that_it_is_of(tmp_path: Path) -> None:
    """A case that states a range of a price says the price twice; £820 became £900 in one of the places."""
    copytree(INPUTS / DARLINGTON, tmp_path / "ranged")
    with (tmp_path / "ranged" / "case.yaml").open("a", encoding="utf-8") as file:
        file.write(RANGED)
    expected = expected_workbook(load_case(tmp_path / "ranged"))
    address = "options.proposal.posts.lawyer.annual_cost"
    sheet, _, cell = expected.layout.typed[address].replace("$", "").partition("!")
    book = openpyxl.load_workbook(BytesIO(expected.workbook.content))
    book[sheet][cell] = 41_000
    book.save(tmp_path / "report.xlsx")
    found = open_workbook(tmp_path / "report.xlsx")
    carried = carried_case(found)
    assert carried is not None
    adoption = adopt_inputs(tmp_path / "report.xlsx", found, carried, expected)
    assert adoption.new is not None
    stated = adoption.new.case.uncertainty
    assert stated is not None
    (centre,) = [each.central for each in stated.ranges if each.input == address]
    assert centre is not None
    assert float(centre) == 41_000


def test_what_libreoffice_saves_is_taken_too(tmp_path: Path) -> None:
    fte = expected_of(DARLINGTON).layout.typed.get("options.proposal.posts.social-workers.fte")
    sheet, cell = fte.replace("$", "").split("!") if fte else cell_of("options.proposal.posts.social-workers.fte")
    original = Original(expected_of(DARLINGTON).workbook.content)
    (held,) = [each for each in original.cells if (each.sheet, each.cell) == (sheet, cell)]
    typed = original.with_cells((held, f'<c r="{held.cell}"{held.attributes}><v>3.5</v></c>'))
    saved = tmp_path / "saved.xlsx"
    saved.write_bytes(saved_by_libreoffice(typed, tmp_path))
    adoption = adopted(DARLINGTON, saved)
    assert adoption.new is not None
    posts = {post.id: post for post in adoption.new.case.options[-1].posts}
    assert posts["social-workers"].fte is not None
    assert posts["social-workers"].fte.values == (3.5,)


def refusals() -> dict[str, Callable[[Any], None]]:
    """What may be done to a workbook and is no input."""

    def typed_over(book: Any) -> None:
        book["Years"]["F9"] = 12_345

    def label(book: Any) -> None:
        book["Years"]["A9"] = "Something else"

    def carried(book: Any) -> None:
        page = book["Case"]
        row = next(cell for cell in page["C"] if cell.value and "fte: 3" in str(cell.value))
        row.value = str(row.value).replace("3", "4")

    def hidden(book: Any) -> None:
        book["Inputs"].sheet_state = "hidden"

    def words(book: Any) -> None:
        place = cell_of("options.proposal.posts.lawyer.start", "F")
        book[place[0]][place[1]] = "in February"

    def fact(book: Any) -> None:
        place = cell_of("conventions.months_in_a_year")
        book[place[0]][place[1]] = 13

    return {
        "Years!F9": typed_over,
        "Years!A9": label,
        "carried case": carried,
        "hidden": hidden,
        "in February": words,
        "convention": fact,
    }


@pytest.mark.parametrize("named", refusals())
def test_what_is_no_input_is_refused_and_named(named: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(expected_of(DARLINGTON).workbook.content))
    refusals()[named](book)
    book.save(tmp_path / "report.xlsx")
    with pytest.raises(ProblemsError) as caught:
        adopted(DARLINGTON, tmp_path / "report.xlsx")
    assert named in str(caught.value)


def test_the_command_writes_a_case_once_and_never_over_another(tmp_path: Path) -> None:
    path = changed_workbook(
        DARLINGTON, {cell_of("options.proposal.posts.lawyer.start", "F"): datetime(2011, 2, 17)}, tmp_path / "r.xlsx"
    )
    run = CliRunner().invoke
    done = run(main, ["adopt", str(path), "--out", str(tmp_path / "new")])
    assert done.exit_code == 0, done.output
    assert "First month" in done.output
    assert "Apr 2010, now Feb 2011" in done.output
    assert "Net present budget impact" in done.output
    assert str(load_case(tmp_path / "new").case.options[-1].posts[3].start) == "2011-02"
    written = (tmp_path / "new" / "case.yaml").read_bytes()
    again = run(main, ["adopt", str(path), "--out", str(tmp_path / "new")])
    assert again.exit_code == 2
    assert "never written over" in again.output
    assert (tmp_path / "new" / "case.yaml").read_bytes() == written
    as_workbook = run(main, ["adopt", str(path), "--out", str(tmp_path / "new.xlsx")])
    assert as_workbook.exit_code == 0, as_workbook.output
    assert str(load_case(tmp_path / "new.xlsx").case.options[-1].posts[3].start) == "2011-02"
    untouched = tmp_path / "untouched.xlsx"
    untouched.write_bytes(expected_of(DARLINGTON).workbook.content)
    nothing = run(main, ["adopt", str(untouched), "--out", str(tmp_path / "other")])
    assert nothing.exit_code == 0
    assert "Nothing was changed" in nothing.output
    assert not (tmp_path / "other").exists()
    assert (INPUTS / DARLINGTON / "case.yaml").exists()
