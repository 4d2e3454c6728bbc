"""Word's tables cell by cell: each figure is the one of `results.json` and of the workbook, recalculated by ironcalc."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import shipped_cases
from docx import Document
from paper_results import scored_case
from plain_results import leading, results, typed
from recalculation import Values, by_ironcalc
from test_paper import tables

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.display import number, pounds, rounded
from finmodel.report.mtfs_table import bracketed
from finmodel.report.paper import paper
from finmodel.report.workbook import render_workbook

SHIPPED = {"wolverhampton": "wolverhampton-2015", "darlington": "darlington-2010", "example": "example-2026"}
CASES: dict[str, Callable[[], tuple[Appraisal, bytes]]] = {
    **{
        short: lambda name=name: (shipped_cases.appraisal_of(name), shipped_cases.workbook_of(name))
        for short, name in SHIPPED.items()
    },
    "scored": lambda: (scored_case(), render_workbook(scored_case())),
}
Expected = tuple[str, str, str, list[str]]  # table, row, how its figures are printed, addresses of its cells
YEARLY = (
    ("Children fewer in care", "children"),
    ("Cost", "cost"),
    ("Gross saving", "gross_saving"),
    ("Saving after deadweight", "after_deadweight"),
    ("Saving after optimism bias", "after_optimism_bias"),
    ("Cashable saving", "cashable_saving"),
    ("Net saving", "net_saving"),
    ("Cumulative net saving", "cumulative_net_saving"),
)
IN_SHORT = (
    "children",
    "cost",
    "cashable_saving",
    "net_saving",
    "cumulative_net_saving",
    "capital_outlay",
    "cumulative_net_position",
)
ALL_MONEY = (
    ("Capital outlay", "capital_outlay"),
    ("All money spent", "money_spent"),
    ("Net position", "net_position"),
    ("Cumulative net position", "cumulative_net_position"),
)


def in_brackets(value: float) -> str:
    return bracketed(rounded(value))


PRINTED: dict[str, Callable[[float], str]] = {
    "pounds": pounds,
    "budget in pounds": in_brackets,
    "budget in thousands": lambda value: in_brackets(value / 1000),
    "children": lambda value: number(value, 1),
}


UNITS = {"budget in pounds": "£", "budget in thousands": "£000"}


class Printed:
    """A case with its paper, its results and its workbook."""

    def __init__(self, appraisal: Appraisal, workbook: bytes, folder: Path) -> None:
        self.found = results(appraisal)
        self.tables = tables(Document(BytesIO(paper(typed(self.found)))))
        path = folder / "report.xlsx"
        path.write_bytes(workbook)
        self.recalculated: Values = by_ironcalc(path)
        self.places: dict[str, tuple[str, int]] = {}
        with closing(openpyxl.load_workbook(path, read_only=True)) as book:
            for page in book.worksheets:
                for row, (address,) in enumerate(page.iter_rows(min_col=4, max_col=4, values_only=True), start=1):
                    if address in self.found["lines"]:
                        self.places[address] = (page.title, row)

    def in_workbook(self, address: str) -> list[float]:
        """The cells of a line, as the other program works them out: a value in column E, or years from F on."""
        sheet, row = self.places[address]
        once = "value" in self.found["lines"][address]
        columns = "E" if once else "FGHIJKLM"[: len(self.found["years"])]
        return [self.recalculated[sheet, f"{column}{row}"] for column in columns]  # type: ignore[misc]

    def in_results(self, address: str) -> list[float]:
        line = self.found["lines"][address]
        return [line["value"]] if "value" in line else line["values"]


@pytest.fixture(scope="module", params=CASES)
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return Printed(*CASES[request.param](), tmp_path_factory.mktemp(request.param))


def rows_of(option: dict[str, Any], found: dict[str, Any]) -> Iterator[Expected]:
    """Every row of the yearly tables of an option that is answered for, in order, with the lines that it shows."""
    prefix, title, shown_in = f"options.{option['id']}", option["title"], found["mtfs"]["shown_in"]
    capital = "revenue_payback" in option["measures"]
    for label, name in (*YEARLY, *(ALL_MONEY if capital else ())):
        printed_as = "children" if name == "children" else "pounds"
        yield f"Year by year: {title}", label, printed_as, [f"{prefix}.{name}"]
        if name in IN_SHORT and not (capital and name == "cumulative_net_saving"):
            yield f"Cost and saving by year: {title}", label, printed_as, [f"{prefix}.{name}"]
    for label, name in (("Cost", "cost"), ("Cashable saving", "cashable_saving"), ("Net saving", "net_saving")):
        yield f"Nominal and real: {title}", f"{label}, nominal", "pounds", [f"{prefix}.{name}"]
        yield f"Nominal and real: {title}", f"{label}, real", "pounds", [f"{prefix}.real.{name}"]
    yield from budget_rows(option, f"budget in {shown_in}")
    yield from funding_rows(option)


def budget_rows(option: dict[str, Any], shown_in: str) -> Iterator[Expected]:
    prefix, title = f"options.{option['id']}.mtfs", option["title"]
    table = f"Changes to the base budget, {UNITS[shown_in]}: {title}"
    parts = option["mtfs"]["parts"]
    for kind, part in (("growth", None), *(("saving", part) for part in parts)):
        lines = [line for line in option["mtfs"]["lines"] if (line["kind"], line["part"]) == (kind, part)]
        for line in lines:
            total = f"{line['address'].removesuffix('.change')}.all_years"
            yield table, f"{line['reference']} {line['label']}", shown_in, [line["address"], total]
        if lines:
            label, name = (parts[part]["label"], part) if part else ("Growth", "growth")
            yield table, label, shown_in, [f"{prefix}.{name}", f"{prefix}.{name}_all_years"]
    if len(parts) > 1:
        yield table, "Savings", shown_in, [f"{prefix}.saving", f"{prefix}.saving_all_years"]
    yield table, "Net change", shown_in, [f"{prefix}.net_change", f"{prefix}.all_years"]
    yield table, "Cumulative change", shown_in, [f"{prefix}.closing"]
    bridge = f"From each year’s opening budget to its closing budget, {UNITS[shown_in]}: {title}"
    for label, name in (("Opening", "opening"), ("Growth", "growth"), ("Savings", "saving"), ("Closing", "closing")):
        yield bridge, label, shown_in, [f"{prefix}.{name}"]


def funding_rows(option: dict[str, Any]) -> Iterator[Expected]:
    given = option["funding"]
    if given is None:
        return
    prefix, title = f"options.{option['id']}.funding", option["title"]
    table = f"From what it is funded: {title}"
    yield table, "To be funded", "pounds", [f"{prefix}.need"]
    for source in given["sources"]:
        address = f"{prefix}.sources.{source['id']}"
        yield table, source["label"], "pounds", [f"{address}.draw", f"{address}.drawn_in_all"]
    yield table, "Shortfall: not funded", "pounds", [f"{prefix}.shortfall", f"{prefix}.total_shortfall"]
    account = given["reserve"]
    if account is None:
        return
    table, reserve = f"{account['label']}: {title}", f"{prefix}.reserve"
    draw = next(f"{prefix}.sources.{each['id']}.draw" for each in given["sources"] if is_reserve(each))
    if account["opening_stated"]:
        yield table, "Opening balance", "pounds", [f"{reserve}.opening"]
    yield table, "Drawn", "pounds", [draw]
    if account["interest"] is not None:
        yield table, "Interest", "pounds", [f"{reserve}.interest"]
    yield table, "Repaid", "pounds", [f"{reserve}.repayment"]
    if account["opening_stated"]:
        yield table, "Closing balance", "pounds", [f"{reserve}.closing"]
    else:
        yield table, "Drawn and not repaid, at the end of the year", "pounds", [f"{reserve}.outstanding"]


def is_reserve(source: dict[str, Any]) -> bool:
    return bool(source["kind"] == "reserve")


def test_every_row_by_year_is_the_workbook_s_and_the_results_cell_by_cell(printed: Printed) -> None:
    tables_left = {name: _rows_with_figures(rows) for name, rows in printed.tables.items()}
    wrong, compared, used = [], 0, set()
    for option in leading(printed.found):
        for table, label, kind, addresses in rows_of(option, printed.found):
            place = _place(tables_left, table)
            used.add(place)
            name, *cells = tables_left[place].pop(0)
            shown = [cell for cell in cells if cell]
            from_results = [v for address in addresses for v in printed.in_results(address)]
            from_workbook = [v for address in addresses for v in printed.in_workbook(address)]
            wrong += [
                (table, label, addresses, [name, *shown], told)
                for told in (from_results, from_workbook)
                if (name, shown) != (label, [PRINTED[kind](value) for value in told])
            ]
            compared += len(shown)
    assert [name for name in used if tables_left[name]] == []
    assert wrong == []
    assert compared > 60


def _place(tables_left: dict[str, list[list[str]]], table: str) -> str:
    """The table of an option, or the one that it shares with others that are alike."""
    kind, _, title = table.partition(": ")
    shared = [name for name in tables_left if name.partition(": ")[0] == kind and title in name.partition(": ")[2]]
    return table if table in tables_left else shared[0]


def _rows_with_figures(rows: list[list[str]]) -> list[list[str]]:
    """The rows below the heading, without headings of groups, whose one merged cell reads the same throughout."""
    return [cells for cells in rows[1:] if len(set(cells)) > 1]


def test_the_options_side_by_side_are_the_workbook_s(printed: Printed) -> None:
    rows = {cells[0]: cells[1:] for cells in next(iter(_side_by_side(printed)))}
    names = {
        "Cost of a full year": "full_year_cost",
        "Total cost": "total_cost",
        "Cashable saving": "total_saving",
        "Net saving": "total_net_saving",
        "Net present budget impact": "net_present_budget_impact",
    }
    for label, name in names.items():
        addresses = [f"options.{option['id']}.measures.{name}" for option in printed.found["options"]]
        assert rows[label] == [pounds(printed.in_workbook(address)[0]) for address in addresses]
        assert rows[label] == [pounds(option["measures"][name]) for option in printed.found["options"]]


def _side_by_side(printed: Printed) -> Iterator[list[list[str]]]:
    names = ("What each option costs, saves and needs", "What it costs, saves and needs")
    yield from (printed.tables[name] for name in names if name in printed.tables)


STAGES, SCORES = "Each stage, and all that count together", "Scores, and ranks by score and by money"


def test_the_stages_are_the_workbook_s(printed: Printed) -> None:
    if not printed.found["stages"]:
        assert STAGES not in printed.tables
        return
    names = [f"stages.{stage['id']}" for stage in printed.found["stages"]] + ["stages.together"]
    for (_, _, cost, _), name in zip(printed.tables[STAGES][1:], names, strict=True):
        assert cost == pounds(printed.in_workbook(f"{name}.cost")[0])


def test_the_scores_are_the_workbook_s(printed: Printed) -> None:
    if printed.found["scoring"] is None:
        assert SCORES not in printed.tables
        return
    rows = {cells[0]: cells[1:] for cells in printed.tables[SCORES]}
    for label, name, places in (("Weighted total", "weighted_total", 2), ("Rank by score", "rank_by_score", 0)):
        lines = [f"scoring.{entry['id']}.{name}" for entry in printed.found["scoring"]["options"]]
        assert rows[label] == [number(printed.in_workbook(line)[0], places) for line in lines]
