"""A case as a workbook and back: the same data; the commands; the sheet that checks itself; damaged files."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from recalculation import by_libreoffice
from workbooks import DATA, content, made

from finmodel.case import ProblemsError, load_case
from finmodel.case.load import load_carried_case
from finmodel.case.validation import case_from_data
from finmodel.case.workbook.files import write_folder, write_workbook
from finmodel.case.workbook.reading import read_workbook
from finmodel.case.workbook.writing import case_workbook
from finmodel.cli import main
from finmodel.parsing.text_files import CannotReadError
from finmodel.parsing.yaml_files import read_yaml
from finmodel.parsing.yaml_writing import as_yaml

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(path.parent for path in (ROOT / "inputs").glob("*/case.yaml"))
DARLINGTON, EXAMPLE = ROOT / "inputs" / "darlington-2010", ROOT / "inputs" / "example-2026"
CASES = Path(__file__).parent / "cases"
TRIED = [*SHIPPED, CASES / "full", CASES / "every-cost", CASES / "savings.yaml", CASES / "declared.yaml"]


@pytest.mark.parametrize("path", TRIED, ids=lambda path: path.stem)
def test_a_case_goes_to_a_workbook_and_a_folder_and_comes_back_the_same(path: Path) -> None:
    """The same data is the same case, so every figure of it is the same to the last bit."""
    data = load_case(path).data
    back = read_workbook(case_workbook(data), "case.xlsx")
    assert back.problems == []
    assert back.data == data
    assert [option["id"] for option in back.data.get("options", [])] == [
        option["id"] for option in data.get("options", [])
    ]
    for named in ("sources", "grades", "inflation", "placements"):
        assert list(back.data.get(named, {})) == list(data.get(named, {})), named
    assert read_yaml(as_yaml(back.data), "case.yaml").data == data


def test_every_sheet_and_column_there_is_holds_nothing_more() -> None:
    data = load_case(DARLINGTON).data
    everything = case_workbook(data, everything=True)
    assert read_workbook(everything, "case.xlsx").data == data
    assert len(openpyxl.load_workbook(BytesIO(everything), read_only=True).sheetnames) > 35


AWKWARD = {
    "title": "=1+1",
    "council": {"name": "Anytown: 'Council'", "authority": "E08000031"},
    "summary": "yes",
    "price_base": "2026/27",
    "first_year": "2026/27",
    "years": "2",
    "discounting": {"rate": {"value": "3.50%"}},
    "inflation": {"fees": {"by_year": {"2026/27": "1%", "2025/26": "2%"}}, "pay": {"value": "2%"}},
    "children_in_care": {"by_month": {"2026-04": "400", "2026-05": "401.50"}, "note": "null"},
    "background": ["Two\nlines", " spaced ", "_x000D_"],
    "assumptions": [{"text": "~"}, {"text": "see By year"}],
    "options": [{"id": "a", "title": "Twice"}, {"id": "b", "title": "Twice", "advantages": ["1", "2026/27", "0.10"]}],
}


def test_texts_that_look_like_something_else_stay_what_they_are() -> None:
    back = read_workbook(case_workbook(AWKWARD), "case.xlsx")
    assert back.problems == []
    assert back.data == AWKWARD
    assert read_yaml(as_yaml(AWKWARD), "case.yaml").data == AWKWARD


def test_the_same_case_gives_the_same_bytes() -> None:
    assert case_workbook(DATA) == case_workbook(DATA)


def test_a_workbook_is_loaded_as_the_folder_is_and_carries_its_case_in_yaml(tmp_path: Path) -> None:
    path = tmp_path / "our case.xlsx"
    path.write_bytes(content(made()))
    loaded = load_case(path)
    assert loaded.case == case_from_data(DATA)
    assert loaded.folder == tmp_path / "our case"
    carried = load_carried_case(loaded.contents)
    assert (carried.data, carried.files, carried.warnings) == (loaded.data, loaded.files, loaded.warnings)
    assert carried.places == loaded.places
    assert loaded.shown_places.find(("options", 1, "posts", 0, "fte")).cell == "Posts!C2"


def run(*arguments: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    return done.exit_code, done.stdout, done.stderr


def test_new_convert_check_and_diff_take_a_workbook(tmp_path: Path) -> None:
    blank, ours, folder = tmp_path / "blank.xlsx", tmp_path / "ours.xlsx", tmp_path / "folder"
    assert run("new", blank)[0] == 0
    code, _, said = run("check", blank)
    assert code == 1
    assert "blank.xlsx, Case!B5, Title of the proposal: “Title of the proposal” is missing" in said
    assert "`" not in said
    code, _, said = run("new", ours, "--from", DARLINGTON)
    assert code == 0
    assert "Remarks, anchors and the layout of CSV files are not kept" in said
    assert run("convert", ours, folder)[0] == 0
    assert load_case(folder).data == load_case(DARLINGTON).data
    code, out, said = run("diff", ours, DARLINGTON)
    assert code == 0
    assert "carries" not in said
    code, out, _ = run("check", ours)
    assert code == 0
    assert "No problems" in out


def test_nothing_is_written_over_and_nothing_half_written(tmp_path: Path) -> None:
    there = tmp_path / "there.xlsx"
    there.write_text("mine")
    code, _, said = run("new", there)
    assert (code, there.read_text()) == (1, "mine")
    assert "is not written over" in said
    with pytest.raises(ProblemsError, match="cannot be written"):
        write_workbook(tmp_path / "no" / "folder.xlsx", DATA)
    (tmp_path / "case.yaml").write_text("mine")
    with pytest.raises(ProblemsError, match="is not written over"):
        write_folder(tmp_path, DATA)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.yaml", "there.xlsx"]
    assert run("new", tmp_path / "case.docx")[0] == 2


WANTING = ("MISSING", "UNKNOWN")


def test_the_check_sheet_counts_what_is_missing_by_its_own_formulas(tmp_path: Path) -> None:
    """All that a case needs is filled in but its number of years; posts lack a grade and an FTE; names are misspelt.

    A name is known in small letters, with other spaces, or as the short name; no source, grade or mix is there.
    """
    path = tmp_path / "filled.xlsx"
    book = openpyxl.load_workbook(BytesIO(case_workbook({})))
    for cell, value in (("B5", "T"), ("B6", "C"), ("B11", "2026/27"), ("B12", "2026/27"), ("B14", 0.03)):
        book["Case"][cell] = value
    book["Options"]["A5"] = "As now"
    for cell, value in (("A5", "As now"), ("B5", "Social workers"), ("C5", 4), ("B6", "Managers"), ("F6", 50_000)):
        book["Posts"][cell] = value
    book["Case"]["B16"] = "gdp-deflator"  # on Price rises there is none
    book["Grades"]["A5"], book["Grades"]["B5"] = "Grade 9 (qualified)", "29-34"
    for row, grade in ((7, "grade-9-qualified"), (8, "Grade 9"), (9, " grade 9  (Qualified) ")):
        for column, value in zip("ABCD", ("as-now", f"Post {row}", 1, grade), strict=True):
            book["Posts"][f"{column}{row}"] = value
    for column, value in zip("ABEFGJ", ("As noe", "Fewer", 0.2, 0.15, 1, 5), strict=True):
        book["Placements avoided"][f"{column}5"] = value
    book.save(path)
    found = by_libreoffice(path)
    assert found[("Check", "A4")] == "8 cells are still to be filled in or put right: see below."
    wanting = [cell for (sheet, cell), value in found.items() if sheet == "Check" and value in WANTING]
    assert [
        (found[("Check", cell.replace("C", "B"))], found[("Check", cell.replace("C", "D"))]) for cell in wanting
    ] == [
        ("Number of years", 1),
        ("Option, in every row", 1),
        ("Full-time equivalent, or hours, in every row", 1),
        ("Grade, or all-in annual cost, in every row", 1),
        ("Deflator, known on the sheet Price rises", 1),
        ("Grade, known on the sheet Grades", 1),
        ("Option, known on the sheet Options", 1),
        ("Rows on the sheet Placement mix, for every saving", 1),
    ]
    assert "ASK" in [value for (sheet, _), value in found.items() if sheet == "Check"]  # of business as usual


def test_of_a_whole_case_nothing_is_missing_as_stored_and_as_worked_out(tmp_path: Path) -> None:
    content = case_workbook(load_case(EXAMPLE).data)
    stored = openpyxl.load_workbook(BytesIO(content), data_only=True)["Check"]
    openpyxl.load_workbook(BytesIO(content)).save(
        tmp_path / "whole.xlsx"
    )  # without values, so that they are worked out
    worked_out = by_libreoffice(tmp_path / "whole.xlsx")
    assert stored["A4"].value == worked_out[("Check", "A4")] == "Nothing that must be filled in is missing."
    found = {cell.value for row in stored["C7:C80"] for cell in row if cell.value is not None}
    assert found == {"OK"}


def test_a_damaged_workbook_is_a_problem_and_no_traceback() -> None:
    """Parts cut off, bytes changed, parts exchanged and parts gone: a case, or problems with their places."""
    chance = random.Random(20261128)
    with zipfile.ZipFile(BytesIO(content(made()))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    refused = 0
    for _ in range(80):
        broken = dict(parts)
        name = chance.choice(sorted(parts))
        text = bytearray(parts[name])
        match chance.randrange(4):
            case 0:
                broken[name] = bytes(text[: chance.randrange(len(text))])
            case 1:
                for _ in range(3):
                    text[chance.randrange(len(text))] = chance.randrange(256)
                broken[name] = bytes(text)
            case 2:
                broken[name] = parts[chance.choice(sorted(parts))]
            case _:
                del broken[name]
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for part, held in broken.items():
                archive.writestr(part, held)
        try:
            found = read_workbook(out.getvalue(), "broken.xlsx")
        except CannotReadError as error:
            refused += 1
            assert all(problem.what and problem.remedy for problem in error.problems)
        else:
            assert all(problem.cell for problem in found.problems)
    assert refused > 20


ENTITY = b'<!DOCTYPE a [<!ENTITY b "c">]>'


def test_entities_bombs_and_other_files_are_refused_at_the_door(tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(content(made()))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    tried = {
        "declares entities": {**parts, "xl/worksheets/sheet1.xml": ENTITY + sheet},
        "times its size": {**parts, "xl/media/zeros.bin": bytes(9_000_000)},
    }
    for what, held in tried.items():
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, bytes_ in held.items():
                archive.writestr(part, bytes_)
        with pytest.raises(CannotReadError, match=what):
            read_workbook(out.getvalue(), "case.xlsx")
    with pytest.raises(CannotReadError, match="neither a case nor a report"):
        read_workbook(content(made({"Something": [("a", "b")]})), "case.xlsx")
    old = tmp_path / "old.xls"
    old.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    with pytest.raises(ProblemsError, match="the old kind"):
        load_case(old)


def test_a_row_is_as_high_as_its_longest_text() -> None:
    """220 characters in a column of 44 are five lines at least, of 10-point type; a short text keeps the usual height."""
    notes = {"fees": {"value": "3%", "note": "x" * 220}, "pay": {"value": "2%", "note": "Made up."}}
    page = openpyxl.load_workbook(BytesIO(case_workbook({**DATA, "inflation": notes})))["Price rises"]
    assert page["G5"].value == "x" * 220 and page.column_dimensions["G"].width < 46
    assert page.row_dimensions[5].height >= 5 * 10
    assert page.row_dimensions[6].height is None
