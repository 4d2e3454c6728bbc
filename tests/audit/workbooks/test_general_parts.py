"""The parts that the general checks stand on, against plain and slow ways of doing the same."""

from __future__ import annotations

import itertools
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_workbooks import analysed, made

from finmodel.audit.workbooks.contents import SheetCell, Style, Workbook, Worksheet
from finmodel.audit.workbooks.general.analysis import Analysis, Area, Coverage
from finmodel.audit.workbooks.general.graph import Graph, circles_of
from finmodel.audit.workbooks.general.grouping import rectangles
from finmodel.audit.workbooks.general.places import CellIndex
from finmodel.audit.workbooks.general.registry import as_json, general_findings
from finmodel.audit.workbooks.general.shapes import key_of, shape_of
from finmodel.audit.workbooks.reporting import as_text
from finmodel.lines.cells import address
from finmodel.parsing.problems import ProblemsError

SIDE = 6
PLACES = st.tuples(st.integers(1, SIDE), st.integers(1, SIDE))
AREAS = st.tuples(PLACES, PLACES).map(
    lambda ends: Area(
        0,
        min(ends[0][0], ends[1][0]), min(ends[0][1], ends[1][1]),
        max(ends[0][0], ends[1][0]), max(ends[0][1], ends[1][1]),
    )
)  # fmt: skip


def workbook(formulas: dict[tuple[int, int], str]) -> Workbook:
    cells = {place: SheetCell(formula, None, "blank", Style()) for place, formula in formulas.items()}
    return Workbook("made.xlsx", "", (Worksheet("S", "visible", "", cells),))


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 1), *[st.integers(1, SIDE)] * 2),
        st.lists(st.tuples(st.integers(0, 1), AREAS), min_size=1, max_size=2),
        max_size=14,
    )
)
@settings(max_examples=60, deadline=None)
def test_circles_are_those_of_a_search_cell_by_cell(
    read: dict[tuple[int, int, int], list[tuple[int, Area]]],
) -> None:
    reads = {node: [area._replace(sheet=sheet) for sheet, area in areas] for node, areas in read.items()}
    texts = {
        node: "+".join(f"SUM(S{a.sheet}!{address(a.top, a.left)}:{address(a.bottom, a.right)})" for a in areas)
        for node, areas in reads.items()
    }
    sheets = [
        Worksheet(f"S{number}", "visible", "", {
            node[1:]: SheetCell(text, None, "blank", Style()) for node, text in texts.items() if node[0] == number
        })
        for number in (0, 1)
    ]  # fmt: skip
    arrows = {
        node: {other for other in reads if any(area.sheet == other[0] and area.holds(*other[1:]) for area in areas)}
        for node, areas in reads.items()
    }
    reached = {node: set(targets) for node, targets in arrows.items()}
    for middle, one in itertools.product(reads, reads):  # Warshall
        if middle in reached[one]:
            reached[one] |= reached[middle]
    groups = {
        frozenset(other for other in reached[node] if node in reached[other]) for node in reads if node in reached[node]
    }
    circles = circles_of(Analysis(Workbook("made.xlsx", "", tuple(sheets))))
    assert len(circles) == len(groups)
    for circle in circles:
        assert any(set(circle) <= group and min(group) == circle[0] for group in groups)
        assert all(after in arrows[before] for before, after in zip(circle, [*circle[1:], circle[0]], strict=True))


@given(st.lists(AREAS, max_size=8))
@settings(max_examples=40, deadline=None)
def test_coverage_holds_what_any_area_holds(areas: list[Area]) -> None:
    grid = {(row, column): "1" for row in range(1, SIDE + 1) for column in range(1, SIDE + 1)}
    coverage = Coverage(Analysis(workbook(grid)))
    for area in areas:
        coverage.add(area)
    assert {place for place in grid if coverage.holds(0, *place)} == {
        place for place in grid if any(area.holds(*place) for area in areas)
    }


@given(st.sets(PLACES), AREAS)
def test_places_in_an_area(places: set[tuple[int, int]], area: Area) -> None:
    assert CellIndex((0, *place) for place in places).any_in(area) == any(area.holds(*place) for place in places)


@given(st.sets(PLACES))
def test_rectangles_cover_each_cell_once(places: set[tuple[int, int]]) -> None:
    covered = [
        (row, column)
        for (top, left), (bottom, right) in rectangles(places)
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    ]
    assert sorted(covered) == sorted(places)


@pytest.mark.parametrize(
    ("formula", "here", "moved", "there"),
    [
        ("A1*$B$2", (3, 3), "B4*$B$2", (6, 4)),
        ("SUM(A$1:A2)", (3, 3), "SUM(B$1:B4)", (5, 4)),
        ("sum( a1 )", (2, 2), "SUM(B1)", (2, 3)),
        ("'My sheet'!A1", (2, 2), "'my sheet'!A2", (3, 2)),
        ("SUM(A:A)+SUM(2:2)", (2, 2), "SUM(B:B)+SUM(3:3)", (3, 3)),
    ],
)
def test_copies_of_a_formula_have_one_key(
    formula: str, here: tuple[int, int], moved: str, there: tuple[int, int]
) -> None:
    assert key_of(formula, here)[0] == key_of(moved, there)[0]
    assert key_of(formula, here)[0] != key_of(moved, here)[0] or formula.upper() == moved


def test_a_shape_knows_its_functions_numbers_and_references() -> None:
    key, found = key_of("IF(A1>3%,ROUND(_xlfn.XLOOKUP(B1,C:C,D:D),2),(E1+[1]X!F1)^2)", (1, 6))
    shape = shape_of(key, found, (1, 6))
    assert shape.functions == {"IF", "ROUND", "XLOOKUP"} and shape.is_external and not shape.is_broken
    assert [(n.text, n.value, n.function, n.argument) for n in shape.numbers] == [
        ("3%", 0.03, "IF", 0),
        ("2", 2.0, "ROUND", 1),
        ("2", 2.0, "IF", 2),
    ]
    assert [(use.function, use.argument) for use in shape.uses] == [
        ("IF", 0),
        ("XLOOKUP", 0),
        ("XLOOKUP", 1),
        ("XLOOKUP", 2),
        ("IF", 2),
    ]


def test_whole_columns_and_long_ranges_end_where_the_sheet_ends() -> None:
    analysis = analysed({"A1": 1, "A7": 2, "C3": "=SUM(A:A)+SUM(A2:A9999)+SUM(B$9:B$12)+SUM(3:3)"})
    assert [area[1:] for _, area in analysis.reads[0, 3, 3]] == [
        (1, 1, 7, 1),
        (2, 1, 7, 1),
        (9, 2, 12, 2),
        (3, 1, 3, 3),
    ]


def test_running_totals_of_three_thousand_rows_take_few_arrows() -> None:
    formulas = {(row, 2): f"SUM(A$1:A{row})" for row in range(1, 3_001)}
    formulas |= {(row, 1): f"{row}+0" for row in range(1, 3_001)}
    graph = Graph(Analysis(workbook(formulas)), {0})
    assert sum(map(len, graph.arrows)) < 60_000  # one by one: 4.5 million
    assert graph.circles() == []


def test_ranges_made_to_waste_time_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("finmodel.audit.workbooks.general.analysis._WIDEST", 10)
    cells = {(1, column): "1+1" for column in range(1, 8)}
    with pytest.raises(ProblemsError, match="too many wide ranges"):
        Analysis(workbook({**cells, (2, 9): "SUM(A1:G1)", (3, 9): "SUM(A1:G2)"}))


PIECES = st.sampled_from(
    ["A1", "$B$2", "S!A1", "'S'!B:B", "3:4", "SUM(", "IF(", "FOO(", ")", "(", "+", "*", ",", '"x', '"', "1.5", "3%", "#REF!",
     "[1]X!A1", "T[a]", "[@a]", "{", "}", ";", "name", " ", ":", "!", "é", "\u202e", "=", "<", "@", "ROWS(", "A1:XFD1048576"]
)  # fmt: skip


@given(st.dictionaries(PLACES, st.lists(PIECES, max_size=9).map("".join), max_size=6))
@settings(max_examples=60, deadline=None)
def test_no_formula_however_broken_stops_the_checks(formulas: dict[tuple[int, int], str]) -> None:
    cells = {place: SheetCell(text, 1.0, "number", Style()) for place, text in formulas.items()}
    book = Workbook(
        "made.xlsx", "", (Worksheet("S", "visible", "", cells, merged=("A1:B2", "odd"), other_formulas=("A1>",)),)
    )
    assert as_text(general_findings(book))


def test_the_text_holds_nothing_that_a_terminal_obeys() -> None:
    audit = general_findings(made({"Co\u202ests": {"A1": 5.5, "A2": '=A1*1234&"\x9b31m\u2067"'}}))
    text = as_text(audit)
    assert "1234" in text
    assert all(character.isprintable() or character == "\n" for character in text)


def test_the_text_tells_totals_and_cuts_long_lists() -> None:
    cells = {f"A{row}": f"=B{row}*{row + 100}" for row in range(1, 31)} | {f"B{row}": row + 0.5 for row in range(1, 31)}
    audit = general_findings(made({"S": cells}))
    text = as_text(audit)
    assert re.search(r"\nNumber typed into a formula +– +30 +–\n", text)
    assert len(re.findall(r"^S!A\d+ ", text, re.MULTILINE)) == 8
    assert "Only the first 8 are shown here" in text and "--json have every one." in text
    assert "the file stores no value for it" in text
    data = json.loads(as_json(audit))
    assert len(data["findings"]) == len(audit.findings) and data["totals"][0]["check"] == "error"
    assert {"check", "sheet", "place", "what", "why", "certainty", "remedy", "cells"} == set(data["findings"][0])


def test_an_empty_workbook_is_not_said_to_be_sound() -> None:
    assert "There is nothing to check" in as_text(general_findings(made({"S": {}})))
