"""The workbook of a verification: other engines re-perform every check in it, and text stays text."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import ironcalc
import openpyxl
import pytest
from made_papers import FIGURES, at_random, of_every_kind, paper
from made_verifications import HOSTILE, empty, hostile
from recalculation import Values, by_formualizer, by_ironcalc, disagreements

from finmodel.audit.papers.excel import value_formula
from finmodel.audit.papers.steps import steps_of
from finmodel.audit.papers.verification import Verification
from finmodel.audit.papers.workbook import formula_cells, render_workbook
from finmodel.quoting.working import read_working

MADE = {"every kind": of_every_kind, "at random": cache(lambda: at_random(2, 120))}


def saved(found: Verification, folder: Path) -> Path:
    file = folder / "verification.xlsx"
    file.write_bytes(render_workbook(found))
    return file


@pytest.mark.parametrize("engine", [by_ironcalc, by_formualizer])
@pytest.mark.parametrize("name", MADE)
def test_another_engine_gives_what_finmodel_found(name: str, engine: object, tmp_path: Path) -> None:
    found = MADE[name]()
    cells = list(formula_cells(found))
    assert len(cells) > 80
    assert disagreements(cells, engine(saved(found, tmp_path))) == []  # type: ignore[operator]


def test_the_value_of_every_working_is_live_and_its_ends_are_numbers(tmp_path: Path) -> None:
    for make in MADE.values():
        found = make()
        book = openpyxl.load_workbook(saved(found, tmp_path))
        for row, check in enumerate(found.checks, start=5):
            whole = check.recomputed
            assert (book["Checks"][f"H{row}"].data_type == "f") == bool(whole and whole.value is not None), (
                check.working
            )
            for column, end in zip("CD", (whole and whole.low, whole and whole.high), strict=True):
                if end is not None:
                    assert book["Ranges"][f"{column}{row}"].value == pytest.approx(end)


def test_the_formulas_come_to_the_verdicts_of_the_papers_arithmetic(tmp_path: Path) -> None:
    """By hand: see the workings in `of_every_kind`."""
    found = of_every_kind()
    values = by_ironcalc(saved(found, tmp_path))
    assert [values["Checks", f"J{row}"] for row in range(5, 13)] == [
        "agrees",
        "does not follow as printed",
        "truncated",
        "cannot be checked",
        "does not follow as printed",  # though it agrees if rounded to the nearest 1,000
        "agrees",
        "agrees",
        "agrees",
    ]
    assert found.checks[4].outcome == "agrees if rounded"
    assert values["Checks", "H6"] == 520_000
    assert values["Checks", "I6"] == 180_000
    assert values["Checks", "H7"] == pytest.approx(13 / 2810 * 10_000)
    assert [values["Answer", f"C{row}"] for row in _rows_of_counts(values)] == [4, 1, 1, 2, 8]


def _rows_of_counts(values: Values) -> range:
    row = next(int(cell[1:]) for (sheet, cell), text in values.items() if sheet == "Answer" and text == "Agrees")
    return range(row, row + 5)


def test_an_auditor_changes_a_printed_figure_and_the_verdict_follows(tmp_path: Path) -> None:
    model = ironcalc.load_from_xlsx(str(saved(of_every_kind(), tmp_path)))
    sheets = [sheet["name"] for sheet in model.get_worksheets_properties()]
    figures, checks = sheets.index("Figures"), sheets.index("Checks")
    row = 5 + list(FIGURES).index("saving")
    for column, value in zip(range(8, 13), (520_000, 515_000, 525_000, 515_000, 525_000), strict=True):
        model.set_user_input(figures, row, column, str(value))
    model.evaluate()
    assert model.get_cell_value(checks, 6, 10) == "agrees"
    assert model.get_cell_value(checks, 6, 9) == 0


def test_a_figure_of_a_working_typed_over_has_no_verdict_and_says_so(tmp_path: Path) -> None:
    """The ends of its range are those of the figures as printed, so they hold for no other."""
    found = of_every_kind()
    model = ironcalc.load_from_xlsx(str(saved(found, tmp_path)))
    sheets = [sheet["name"] for sheet in model.get_worksheets_properties()]
    figures, checks = sheets.index("Figures"), sheets.index("Checks")
    changed = found.checks[1].inputs[0]
    model.set_user_input(figures, 5 + list(FIGURES).index(changed), 8, "123456")
    model.evaluate()
    assert model.get_cell_value(checks, 6, 10) == "figures changed: verify again"


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_paper_says_stays_text(text: str, tmp_path: Path) -> None:
    found = hostile(text)
    ours = {(sheet, cell) for sheet, cell, _ in formula_cells(found)}
    book = openpyxl.load_workbook(saved(found, tmp_path))
    formulas = {
        (page.title, cell.coordinate)
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert formulas == ours
    assert all(page._hyperlinks == [] for page in book.worksheets)
    assert any(cell.value == text for row in book["Checks"].iter_rows() for cell in row)


def test_the_same_verification_gives_the_same_bytes_and_knows_no_clock() -> None:
    first, second = render_workbook(of_every_kind()), render_workbook(of_every_kind())
    assert first == second
    with ZipFile(BytesIO(first)) as book:
        core = book.read("docProps/core.xml").decode()
    assert core.count("2020-02-29T00:00:00Z") == 2


def test_nothing_quoted_makes_a_workbook_too(tmp_path: Path) -> None:
    assert openpyxl.load_workbook(saved(empty(), tmp_path)).sheetnames == [
        "Answer",
        "Checks",
        "Ranges",
        "Figures",
        "Findings",
        "How to read",
    ]


CELLS = {name: f"{name}1" for name in "abc"}


@pytest.mark.parametrize(
    ("working", "value"),
    [
        ("a - (b - c)", "=a1-(b1-c1)"),
        ("a / (b / c)", "=a1/(b1/c1)"),
        ("share(a, a + b)", "=a1/(a1+b1)"),
        ("growth(a, b)", "=b1/a1-1"),
        ("a * 12%", "=a1*0.12"),
        ("floor(a)", "=INT(ROUND(a1,9))"),
    ],
)
def test_formulas_read_as_an_auditor_would_write_them(working: str, value: str) -> None:
    assert value_formula(steps_of(read_working(working)), CELLS) == value


def test_a_figure_without_a_limit_gives_a_formula_without_one() -> None:
    found = paper(FIGURES, [{"figure": "cases", "equals": "least * workers"}])
    book = openpyxl.load_workbook(BytesIO(render_workbook(found)))
    assert book["Ranges"]["D5"].value == "no limit"
