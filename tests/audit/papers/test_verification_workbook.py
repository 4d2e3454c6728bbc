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

from finmodel.audit.papers.excel import FigureCells, range_formulas, value_formula
from finmodel.audit.papers.steps import steps_of
from finmodel.audit.papers.verification import Verification
from finmodel.audit.papers.workbook import formula_cells, render_workbook
from finmodel.quoting.interval import Interval
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
    assert len(cells) > 100
    assert disagreements(cells, engine(saved(found, tmp_path))) == []  # type: ignore[operator]


def test_every_working_that_comes_to_something_is_live(tmp_path: Path) -> None:
    for make in MADE.values():
        found = make()
        book = openpyxl.load_workbook(saved(found, tmp_path))
        for row, check in enumerate(found.checks, start=5):
            whole = check.recomputed
            for sheet, column, value in (
                ("Checks", "H", whole and whole.value),
                ("Ranges", "C", whole and whole.low),
                ("Ranges", "D", whole and whole.high),
            ):
                cell = book[sheet][f"{column}{row}"]
                assert (cell.data_type == "f") == (value is not None), (sheet, check.working)


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


CELLS = {name: FigureCells(f"{name}1", f"{name}2", f"{name}3") for name in "abc"}


@pytest.mark.parametrize(
    ("working", "value", "low", "high"),
    [
        ("a - (b - c)", "=a1-(b1-c1)", "=a2-(b3-c2)", "=a3-(b2-c3)"),
        ("a / (b / c)", "=a1/(b1/c1)", "=a2/(b3/c2)", "=a3/(b2/c3)"),
        ("share(a, a + b)", "=a1/(a1+b1)", "=a2/(a2+b3)", "=a3/(a3+b2)"),  # the same end of a throughout
        ("growth(a, b)", "=b1/a1-1", "=b2/a3-1", "=b3/a2-1"),
        ("a * 12%", "=a1*0.12", "=a2*0.12", "=a3*0.12"),
        ("floor(a)", "=INT(ROUND(a1,9))", "=INT(ROUND(a2,9))", "=-INT(-ROUND(a3,9))-1"),  # its greatest is out
    ],
)
def test_formulas_read_as_an_auditor_would_write_them(working: str, value: str, low: str, high: str) -> None:
    step = steps_of(read_working(working))
    box = {name: Interval.only(1) for name in "abc"} | {"a": _from(10, 12), "b": _from(20, 30), "c": _from(3, 4)}
    used = {name: box[name] for name in "abc" if name in working}
    assert value_formula(step, CELLS) == value
    assert range_formulas(step, used, CELLS) == (low, high)


def _from(low: int, high: int) -> Interval:
    return Interval(Interval.only(low).low, Interval.only(high).high, includes_high=False)


def test_a_figure_without_a_limit_gives_a_formula_without_one() -> None:
    found = paper(FIGURES, [{"figure": "cases", "equals": "least * workers"}])
    book = openpyxl.load_workbook(BytesIO(render_workbook(found)))
    assert book["Ranges"]["D5"].value == "no limit"
