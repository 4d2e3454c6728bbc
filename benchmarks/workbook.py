"""How long does it take to write a workbook of about 10,000 formulas, against openpyxl writing the same cells?

Two times from one run: XlsxWriter as finmodel uses it, and openpyxl with the formulas alone, which stores no results.

    python benchmarks/workbook.py [--json]
"""

from __future__ import annotations

import json
import random
import sys
import time
from datetime import datetime
from io import BytesIO

import openpyxl
from _medians import REPEATS, median

from finmodel.lines.arithmetic import compare, conditional, maximum
from finmodel.lines.evaluate import Results, evaluate
from finmodel.lines.excel import Layout, formulas, header_formulas
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Origin
from finmodel.lines.model import Model
from finmodel.lines.periods import FinancialYear, Horizon
from finmodel.lines.timing import at_year, by_year, previous, running_total
from finmodel.report import line_sheets

SHEETS = {Timeline.ONCE: "Inputs", Timeline.YEARS: "Years", Timeline.MONTHS: "Months"}


def model(lines: int = 82) -> Model:
    """A random model whose months alone hold nearly 10,000 formulas."""
    choose = random.Random(1)
    book = Model(Horizon(FinancialYear(2026), 10))
    origin = Origin("a benchmark", "page 1", confidence="high")
    rate = book.input("rate", "Rate", [0.01] * 10, "rate", origin, timeline=Timeline.YEARS)
    months = [book.input("base", "Base", [100.0] * 120, "£", origin, timeline=Timeline.MONTHS)]
    monthly_rate = book.line("rate.month", "Rate in the month", at_year(rate), "rate")
    for number in range(lines - 1):
        left, right = choose.choice(months), choose.choice(months)
        rules = [
            left + right - left * monthly_rate,
            maximum(left, right) * (1 + monthly_rate),
            conditional(compare(left, ">", right), left, right * monthly_rate),
            previous(left) + right * monthly_rate,
        ]
        months.append(book.line(f"month.{number}", f"Line {number}", choose.choice(rules), "£"))
    for number, line in enumerate(months[-20:]):
        yearly = book.line(f"year.{number}", f"Year {number}", by_year(line), "£")
        book.line(f"so_far.{number}", f"So far {number}", running_total(yearly), "£")
    return book


def laid_out(book: Model) -> Layout:
    layout = Layout({timeline: book.periods(timeline) for timeline in Timeline})
    for timeline, name in SHEETS.items():
        layout.add_sheet(name, timeline)
    for line in book:
        layout.add(line, SHEETS[line.timeline])
    return layout


def by_finmodel(layout: Layout, results: Results) -> None:
    book = line_sheets.new_workbook(BytesIO(), datetime(2026, 1, 1))
    formats = line_sheets.Formats(book)
    for sheet in layout.sheets:
        line_sheets.write_line_sheet(book, layout, sheet, results, formats)
    line_sheets.write_defined_names(book, layout)
    book.close()


def by_openpyxl(layout: Layout, results: Results) -> None:
    book = openpyxl.Workbook()
    for plan in layout.sheets.values():
        page = book.create_sheet(plan.name)
        columns = layout.columns(plan.timeline)
        if plan.timeline is not Timeline.ONCE:
            for column in columns:
                for row, text in header_formulas(layout, plan.name, column).items():
                    page.cell(row, column + 1, text)
        for row, line in plan.lines:
            for column, text in enumerate((line.label, line.unit, line_sheets.rule_or_source(line), line.address), 1):
                page.cell(row, column, text).data_type = "s"
            contents = results.figures(line) if line.expression is None else formulas(layout, line)
            for column, content in zip(columns, contents, strict=False):
                page.cell(row, column + 1, content)
    book.save(BytesIO())


def formulas_alone(layout: Layout) -> None:
    for plan in layout.sheets.values():
        for _, line in plan.lines:
            if line.expression is not None:
                formulas(layout, line)


def main() -> None:
    book = model()
    results, layout = evaluate(book), laid_out(book)
    cells = f"{sum(1 for _ in line_sheets.cells_of(layout, results)):,}"
    ours = median(lambda: by_finmodel(layout, results), time.perf_counter)
    theirs = median(lambda: by_openpyxl(layout, results), time.perf_counter)
    writing = median(lambda: formulas_alone(layout), time.perf_counter)
    print(f"{cells} formulas; medians of {REPEATS} runs")
    for what, taken in (
        ("finmodel", ours),
        ("  of which making the formulas' text", writing),
        ("openpyxl, the same cells without results, formats and names", theirs),
    ):
        print(f"{taken:7.3f} s  {taken / theirs:5.2f} × openpyxl  {what}")
    if "--json" in sys.argv:
        row = {
            "work": f"writing a workbook of {cells} formulas",
            "ours": f"{ours:.2f} s",
            "peer": f"openpyxl, the same cells without results, formats and names, {theirs:.2f} s",
            "ratio": round(ours / theirs, 3),
            "bar": "",
            "note": f"median of {REPEATS}, time that passes; making the formulas' text is {writing:.2f} s of it",
        }
        print(json.dumps([row], ensure_ascii=False))


if __name__ == "__main__":
    main()
