"""Kinds of fault in any workbook, each in several places, directions and sizes, and right twins that must stay silent.

The expected cells are those in which the fault was put. A twin states nothing: no certain or likely finding at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import openpyxl
import pytest
import xlsxwriter
from made_workbooks import by_xlsxwriter, column, made, row
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from finmodel.audit.workbooks.general.analysis import Analysis
from finmodel.audit.workbooks.general.grouping import findings_of
from finmodel.audit.workbooks.general.registry import LOOKING, general_findings
from finmodel.audit.workbooks.opening import Workbook
from finmodel.lines.cells import address, position

Cells: TypeAlias = Mapping[str, Any]
Told: TypeAlias = set[tuple[str, str]]


def of(check: str, *places: str) -> Told:
    return {(check, place) for place in places}


def turned(cells: Cells) -> dict[str, Any]:
    """The same cells with rows and columns exchanged, in formulas too."""
    return {_turned(place): _turned_text(value) for place, value in cells.items()}


def _turned(place: str) -> str:
    found = position(place)
    assert found is not None
    return address(found[1], found[0])


def _turned_text(value: Any) -> Any:
    if not (isinstance(value, str) and value.startswith("=")):
        return value
    tokens = openpyxl.formula.Tokenizer(value).items
    parts = [
        ":".join(map(_turned, token.value.split(":"))) if token.subtype == "RANGE" else token.value for token in tokens
    ]
    return "=" + "".join(parts)


def table(first: int, lines: list[list[Any]], left: str = "A") -> dict[str, Any]:
    """Rows of a table from a row downwards."""
    return {place: value for at, line in enumerate(lines) for place, value in row(f"{left}{first + at}", line).items()}


PAY = [["Line", "2025", "2026", "2027"], ["Pay", 100, 101, 102], ["Rooms", 20, 21, 22], ["Travel", 5, 9, 4], ["Legal", 9, 7, 8]]  # fmt: skip
TEAMS = [["Team", "Grant", "Council", "Total"], *[[name, at * 7, 40 + at, f"=SUM(B{at + 2}:C{at + 2})"] for at, name in enumerate(["Edge", "Fostering", "Legal", "Duty"])]]  # fmt: skip
YEARS = table(1, [["Post", "2025", "2026", "2027", "2028"], ["Worker", 400, 408, 416, 424], ["Manager", 500, 510, 520, 530],
                  ["Total", *[f"=SUM({c}2:{c}3)" for c in "BCDE"]]])  # fmt: skip
FLOWS = table(1, [["Rate", 0.035], ["Year", 1, 2, 3, 4, 5], ["Flow", -100, 30, 40, 50, 60],
                  ["So far", *[f"=SUM($B3:{c}3)" for c in "BCDEF"]]])  # fmt: skip
SUBTOTALS = column("A1", ["Line", "Pay", "On-costs", "Staff subtotal", "Rooms", "Travel", "Total"]) | column("B1", ["£", 100, 30, "=SUM(B2:B3)", 20, 10])  # fmt: skip
PRICE = table(1, [["Price", 200], ["Year", 2025, 2026, 2027, 2028, 2029], ["Children", 3, 4, 5, 6, 7]])
GRADES = table(1, [["Grade", "Pay"], ["Senior", 50], ["Worker", 40], ["Manager", 60], ["Admin", 30]])
SORTED = table(1, [["Grade", "Pay"], ["Admin", 30], ["Manager", 60], ["Senior", 50], ["Worker", 40]])
KINDS = table(1, [["Type", "£"], ["x", 1.5], ["y", 2.5], ["z", 3.5], ["w", 4.5]])
PHASING = table(1, [["Year", 2025, 2026, 2027, 2028, 2029], ["Cost a child", 50, 51, 52, 53, 54], ["Children kept home", 1, 2, 3, 4, 5],
                    ["Saving", *[f"={c}2*{c}5" for c in "BCDEF"]], ["Children used", 2, 4, 7, 9, 11]])  # fmt: skip
MEASURES = table(1, [["Measure", "2023", "2024", "2025"], ["Assessments", 3581, 1122, 2150], ["Reviews", 14, 12, 13], ["Visits", 5, 9, 11]])  # fmt: skip
TYPED = table(1, [["Line", "2025", "2026", "2027", "Total"], ["Pay", 100, 102, 104, 306], ["Rooms", 20, 21, 22, 63]])

FAULTS: dict[str, tuple[Cells, Told]] = {
    "a total of row totals without the first": (table(1, [*TEAMS, ["Total", "=SUM(B2:B5)", "=SUM(C2:C5)", "=SUM(D3:D5)"]]), of("short-sum", "D6")),
    "the same, lower, with an empty row": (table(9, [*[[str(cell).replace("2:", "10:").replace("C2)", "C10)") if at == 1 else cell for cell in line] for at, line in enumerate(TEAMS[:1])],
        *[["x", 5 * n, 9 + n, f"=SUM(B{9 + n}:C{9 + n})"] for n in (1, 2, 3)], [], ["Total", "=SUM(B10:B12)", "=SUM(C10:C12)", "=SUM(D11:D12)"]]), of("short-sum", "D14")),
    "the same, lower, with an empty row, turned": (turned(table(1, [*TEAMS, ["Total", "=SUM(B2:B5)", "=SUM(C2:C5)", "=SUM(D3:D5)"]])), of("short-sum", "F4")),
    "without the last": (table(1, [*TEAMS, ["Total", "=SUM(B2:B5)", "=SUM(C2:C5)", "=SUM(D2:D4)"]]), of("short-sum", "D6")),
    "all years leave out the last": (YEARS | {"A6": "All years", "B6": "=SUM(B4:D4)"}, of("short-sum", "B6")),
    "all years leave out the last, turned": (turned(YEARS | {"A6": "All years", "B6": "=SUM(B4:D4)"}), of("short-sum", "F2")),
    "present value stops a year short": (FLOWS | {"A6": "NPV", "B6": "=NPV(B1,B3:E3)", "A7": "IRR", "B7": "=IRR(B3:E3)", "A8": "All", "B8": "=SUM(B3:E3)"}, of("short-sum", "B6", "B7", "B8")),
    "a line between plus signs": (table(1, [*PAY, ["Total", *[f"={c}2+{c}3+{c}5" for c in "BCD"]]]), of("short-sum", "B6:D6") | of("unused-input", "B4:D4")),
    "a line between commas, read elsewhere": (table(1, [*PAY, ["Total", *[f"=SUM({c}2,{c}3,{c}5)" for c in "BCD"]], ["Memo", *[f"={c}4*2" for c in "BCD"]]]), of("short-sum", "B6:D6")),
    "the last line of a sum by plus signs": (table(1, [*PAY, ["Total", *[f"={c}2+{c}3+{c}4" for c in "BCD"]]]), of("short-sum", "B6:D6") | of("unused-input", "B5:D5")),
    "a line between plus signs, turned": (turned(table(1, [*PAY, ["Total", "=B2+B3+B5"], ["Twice", "=B4"]])), of("short-sum", "F2") | of("unused-input", "B3:E3")),
    "a sum over its own subtotal": (SUBTOTALS | {"B7": "=SUM(B2:B6)"}, of("double-count", "B7")),
    "by plus signs": (SUBTOTALS | {"B7": "=B2+B3+B4+B5+B6"}, of("double-count", "B7")),
    "turned": (turned(SUBTOTALS | {"B7": "=SUM(B2:B6)"}), of("double-count", "G2")),
    "row totals within a total of all": (table(1, [*TEAMS, ["All", "=SUM(B2:D5)"]]), of("double-count", "B6")),
    "two subtotals": (column("B1", ["£", 100, 30, "=SUM(B2:B3)", 20, 10, "=SUM(B5:B6)", "=SUM(B2:B7)"]), of("double-count", "B8")),
    "a cell added to the sum over it": (column("B1", ["2025", 100, 20, 5, "=SUM(B2:B4)+B4"]), of("double-count", "B5")),
    "two ranges that overlap": (column("C3", ["2025", 100, 20, 5, 7, "=SUM(C4:C6,C6:C7)"]), of("double-count", "C8")),
    "a price that moved along in one cell": (PRICE | row("B4", ["=B1*B3", "=B1*C3", "=B1*D3", "=C1*E3", "=B1*F3"]), of("no-anchor", "E4")),
    "a price that moved along in all": (PRICE | row("B4", [f"={c}1*{c}3" for c in "BCDEF"]), of("no-anchor", "C4:F4")),
    "a price that moved in one, turned": (turned(PRICE | row("B4", ["=B1*B3", "=B1*C3", "=B1*D3", "=C1*E3", "=B1*F3"])), of("no-anchor", "D5")),
    "an approximate look-up out of order": (GRADES | {"E2": "Worker", "F2": "=VLOOKUP(E2,$A$2:$B$5,2)"}, of("look-up", "F2")),
    "with TRUE": (GRADES | {"E2": "Worker", "F2": "=VLOOKUP(E2,A2:B5,2,TRUE)"}, of("look-up", "F2")),
    "by MATCH without its kind": (GRADES | {"E2": "Worker", "F2": "=INDEX(B2:B5,MATCH(E2,A2:A5))"}, of("look-up", "F2")),
    "along a row": (turned(GRADES) | {"H9": "Worker", "H8": "=HLOOKUP(H9,B1:E2,2)"}, of("look-up", "H8")),
    "numbers out of order": (column("A1", [0, 5000, 1000]) | column("B1", [0.1, 0.2, 0.3]) | {"D1": 700, "E1": "=LOOKUP(D1,A1:A3,B1:B3)"}, of("look-up", "E1")),
    "two ranges one row apart": (KINDS | {"B7": '=INDEX(B2:B5,MATCH("y",A3:A5,0))'}, of("look-up", "B7")),
    "SUMIF one row apart": (KINDS | {"B7": '=SUMIF(A2:A5,"y",B3:B5)'}, of("look-up", "B7") | of("unused-input", "B2")),
    "a whole column against a part": (KINDS | {"D7": '=INDEX(B:B,MATCH("y",A2:A5,0))'}, of("look-up", "D7")),
    "XLOOKUP one row apart": (KINDS | {"D7": '=_xlfn.XLOOKUP("y",A1:A5,B2:B5)'}, of("look-up", "D7")),
    "the year above the pounds": (table(1, [["Line", 2025, 2026, 2027], *PAY[1:3], ["Total", *[f"=SUM({c}1:{c}3)" for c in "BCD"]]]), of("wrong-sum", "B4:D4")),
    "the year above the pounds, turned": (turned(table(1, [["Line", 2025, 2026, 2027], *PAY[1:3], ["Total", *[f"=SUM({c}1:{c}3)" for c in "BCD"]]])), of("wrong-sum", "D2:D4")),
    "a lone year that is called one": (table(4, [["Year", 2025], ["Pay", 100], ["Rooms", 20], ["Total", "=SUM(B4:B6)"]]), of("wrong-sum", "B7")),
    "AutoSum picked the left": (MEASURES | row("A5", ["Total", "=SUM(B2:B4)", "=SUM(C2:C4)", "=SUM(B5:C5)"]), of("wrong-sum", "D5") | of("unused-input", "D2:D4")),
    "AutoSum picked the left, turned": (turned(MEASURES | row("A5", ["Total", "=SUM(B2:B4)", "=SUM(C2:C4)", "=SUM(B5:C5)"])), of("wrong-sum", "E4") | of("unused-input", "B4:D4")),
    "a plug": (table(1, [*PAY[:3], ["Total", *[f"=SUM({c}2:{c}3)-10000" for c in "BCD"]]]), of("number-in-formula", "B4:D4")),
    "a plug within the sum": (table(1, [*PAY[:3], ["Total", *[f"=SUM({c}2:{c}3,1000)" for c in "BCD"]]]), of("number-in-formula", "B4:D4")),
    "a phasing that nothing reads": (PHASING, of("unused-input", "B3:F3")),
    "a phasing that nothing reads, turned": (turned(PHASING), of("unused-input", "C2:C6")),
    "a typed total among right ones": (TYPED | row("A4", ["Total", 120, 123, 127, 370]), of("typed-total", "D4")),
    "a typed total among right ones, turned": (turned(TYPED | row("A4", ["Total", 120, 123, 127, 370])), of("typed-total", "D4")),
}  # fmt: skip

TWINS: dict[str, Cells] = {
    "a ratio in a row of totals follows its column": table(1, [["Service", "Budget", "Forecast", "% spent", "Orders"],
        *[[n, 400 + 9 * n, 432 - n, f"=C{n}/B{n}", 401] for n in (2, 3, 4)], ["Total", *["=SUM(B2:B4)", "=SUM(C2:C4)", "=C5/B5", "=SUM(E2:E4)"]]]),
    "a ratio of totals over typed shares": table(1, [["Service", "Budget", "Forecast", "% spent", "Orders", "Spent"],
        *[[n, 400 + 9 * n, 432 - n, 0.9, 401, f"=D{n}*B{n}"] for n in (2, 3, 4)], ["Total", *["=SUM(B2:B4)", "=SUM(C2:C4)", "=C5/B5", "=SUM(E2:E4)"]]]),
    "a ratio of totals over typed shares, turned": turned(table(1, [["Service", "Budget", "Forecast", "% spent", "Orders"],
        *[[n, 400 + 9 * n, 432 - n, f"=C{n}/B{n}", 401] for n in (2, 3, 4)], ["Total", *["=SUM(B2:B4)", "=SUM(C2:C4)", "=C5/B5", "=SUM(E2:E4)"]]])),
    "a plus sign that adds nothing": column("B2", [1.5, 2, 3.5, 4, 5.5]) | column("C2", ["=B2", "=B3", "=+B4", "=B5", "=B6"]) | {"B7": "=SUM(B2:B6)"},
    "a plus sign within": column("B2", [1.5, 2, 3.5, 4, 5.5]) | column("C2", ["=B2*(B3)", "=B3*(B4)", "=B4*(+B5)", "=B5*(B6)"]),
    "a rolling average": row("A1", ["Month", "Apr", "May", "Jun", "Jul", "Aug", "Sep"]) | row("A2", ["Placements", 80, 82, 81, "=AVERAGE(B2:D2)", "=AVERAGE(C2:E2)", "=AVERAGE(D2:F2)"]),
    "a rolling sum down a column": column("B2", [8, 9, 7, "=SUM(B2:B4)", "=SUM(B3:B5)", "=SUM(B4:B6)"]),
    "a rolling average in a row of its own": row("B2", [8, 9, 7, 6, 5, 9]) | row("D3", ["=AVERAGE(B2:D2)", "=AVERAGE(C2:E2)", "=AVERAGE(D2:F2)", "=AVERAGE(E2:G2)"]),
    "a subtotal of the last two lines": table(1, [["", "2025", "2026"], ["Operating", 100, 110], ["Sale", 13, 1], ["Interest paid", -8, -9],
        ["To partner", -2, -3], ["Net interest", "=SUM(B4:B5)", "=SUM(C4:C5)"], ["Surplus", "=B2+B3+B6", "=C2+C3+C6"]]),
    "account codes": table(1, [["Code", "Line", "Budget", "Actual", "Variance"], *[[7000 + 113 * n, "Line", 90 + n, 91 + n * n, f"=D{n}-C{n}"] for n in (2, 3, 4, 5)],
        ["", "Total", "=SUM(C2:C5)", "=SUM(D2:D5)", "=SUM(E2:E5)"]]),
    "account codes after the line": table(1, [["Line", "Account", "Budget", "Actual", "Variance"], *[["Line", 7000 + 113 * n, 90 + n, 91 + n * n, f"=D{n}-C{n}"] for n in (2, 3, 4, 5)]]),
    "codes under no heading": table(2, [[7000 + 113 * n, "Line", 90 + n, 91 + n * n, f"=D{n}-C{n}"] for n in (2, 3, 4, 5)]),
    "a total of row totals": table(1, [*TEAMS, ["Total", "=SUM(B2:B5)", "=SUM(C2:C5)", "=SUM(D2:D5)"]]),
    "all years": YEARS | {"A6": "All years", "B6": "=SUM(B4:E4)"},
    "all years beside their total": YEARS | {"F1": "Total", "F2": "=SUM(B2:E2)", "F3": "=SUM(B3:E3)", "F4": "=SUM(F2:F3)", "A6": "Once more", "B6": "=SUM(B4:E4)"},
    "present value of all": FLOWS | {"B6": "=NPV(B1,B3:F3)", "B7": "=NPV(B1,C3:F3)+B3"},
    "a line kept apart": table(1, [*PAY[:3], ["of which agency", 5, 9, 4], PAY[4], ["Total", *[f"={c}2+{c}3+{c}5" for c in "BCD"]], ["Agency", *[f"={c}4/{c}2" for c in "BCD"]]]),
    "a subtotal between plus signs": SUBTOTALS | {"B7": "=B4+B5+B6"},
    "a subtotal taken away again": SUBTOTALS | {"B7": "=SUM(B2:B6)-B4"},
    "subtotals that know one another": SUBTOTALS | {"B4": "=SUBTOTAL(9,B2:B3)", "B7": "=SUBTOTAL(9,B2:B6)"},
    "interest beside a loan": table(1, [["Opening", 0, "=B5"], ["Draw", 500, 0], ["Repaid", -40, -40], ["Interest", -5, -6], ["Closing", "=B1+B2+B3", "=C1+C2+C3"], ["Cash", "=B2+B3+B4", "=C2+C3+C4"]]),
    "a price kept in place": PRICE | row("B4", [f"=$B$1*{c}3" for c in "BCDEF"]),
    "a draw in the first year alone": table(1, [["Year", 2025, 2026, 2027, 2028], ["Draw", 500], ["Twice", *[f"={c}2+{c}2" for c in "BCDE"]]]),
    "an exact look-up out of order": GRADES | {"E2": "Worker", "F2": "=VLOOKUP(E2,$A$2:$B$5,2,FALSE)", "F3": "=INDEX(B2:B5,MATCH(E2,A2:A5,0))"},
    "an approximate look-up in order": SORTED | {"E2": "Worker", "F2": "=VLOOKUP(E2,$A$1:$B$5,2)"},
    "bands in order": column("A1", [0, 1000, 5000]) | column("B1", [0.1, 0.2, 0.3]) | {"D1": 700, "E1": "=LOOKUP(D1,A1:A3,B1:B3)"},
    "the last number of a column": column("A1", [5, 3, 9]) | {"C1": "=LOOKUP(9.99E+307,A1:A3)", "C2": "=MATCH(1E+300,A1:A3)"},
    "two ranges side by side": KINDS | {"B7": '=INDEX(B2:B5,MATCH("y",A2:A5,0))', "B8": '=SUMIF(A2:A5,"y",B2:B5)', "D9": '=INDEX(B:B,MATCH("y",A:A,0))'},
    "a match moved on purpose": KINDS | {"D7": '=INDEX(B3:B5,MATCH("y",A2:A5,0)+1)', "D8": "=SUM(B2:B5)"},
    "a year above, not added": table(1, [["Line", 2025, 2026, 2027], *PAY[1:3], ["Total", *[f"=SUM({c}2:{c}3)" for c in "BCD"]]]),
    "two thousand pounds": column("A1", ["Pay", "Rooms", "Total"]) | column("B1", [2000, 1500, "=SUM(B1:B2)"]),
    "totals to the left of a column of totals": table(1, [["Team", "Grant", "Council", "Total"], ["Edge", 7, 40, 47], ["Duty", 8, 41, 49], ["Total", "=SUM(B2:B3)", "=SUM(C2:C3)", "=SUM(B4:C4)"], [], ["Check", "=D2+D3-D4"]]),
    "a phasing that is read": {**PHASING, **row("B4", [f"={c}2*{c}3" for c in "BCDEF"]), **row("B6", [f"={c}5" for c in "BCDEF"])},
    "years numbered under the years": {**PHASING, "A3": "Period"},
    "typed totals that add up, a line empty": TYPED | row("A4", ["Travel", None, 3, None, 3]) | row("A5", ["Total", 120, 126, 126, 372]),
    "rounded totals": TYPED | row("A4", ["Total", 121, 123, 125, 369]),
    "weeks added to a month number": row("A1", ["Month", 3, "=B1+12", "=C1+12"]),
}  # fmt: skip


def test_every_kind_is_found_at_its_cell_and_nowhere_else() -> None:
    """Each case on a sheet of its own: one workbook to write and to read."""
    found = said(made({str(at): cells for at, (cells, _) in enumerate(FAULTS.values())}))
    for at, (name, (_, expected)) in enumerate(FAULTS.items()):
        assert {(check, place) for check, place, _ in found.get(str(at), set())} == expected, name


def test_nothing_is_said_of_right_twins() -> None:
    found = said(made({str(at): cells for at, cells in enumerate(TWINS.values())}))
    assert {name: found[str(at)] for at, name in enumerate(TWINS) if str(at) in found} == {}


def said(book: Workbook) -> dict[str, set[tuple[str, str, str]]]:
    """By sheet, the check, the place and the words of each certain or likely finding; recalculation has its own tests."""
    analysis = Analysis(book)
    found: dict[str, set[tuple[str, str, str]]] = {}
    for looking in LOOKING:
        for each in findings_of(looking.check, looking.look(analysis), analysis):
            if each.certainty != "possible":
                found.setdefault(each.sheet, set()).add((each.check.id, each.place, each.what))
    return found


def test_a_range_on_another_sheet() -> None:
    """Sums, look-ups and prices of another sheet: the fault is where the formula stands."""
    cells = {
        "A1": "=SUM(Data!B4:D4)", "A2": "=VLOOKUP(\"Worker\",Grades!A2:B5,2)", "A3": "=INDEX(Grades!B2:B5,MATCH(\"Worker\",Grades!A3:A5,0))",
        "A4": "=SUM(Totals!B2:B6)", **row("C6", [f"=Prices!{c}1*{c}5" for c in "BCDE"]), **row("B5", [3, 4, 6, 9, 7]),
    }  # fmt: skip
    sheets = {"Sums": cells, "Data": YEARS, "Grades": GRADES, "Totals": SUBTOTALS, "Prices": {"A1": "Price", "B1": 200}}
    found = {(check, place) for check, place, _ in said(made(sheets))["Sums"]}
    assert found >= of("short-sum", "A1") | of("look-up", "A2", "A3") | of("double-count", "A4") | of(
        "no-anchor", "D6:F6"
    )


def test_a_figure_in_the_colour_of_its_background() -> None:
    """White on white, and grey on the same grey, in a sum; white on blue, unread, or a year is left alone."""

    def paint(book: openpyxl.Workbook) -> None:
        page = book["S"]
        for place in ("B4", "B7", "D1", "F2"):
            page[place].font = Font(color="FFFFFFFF")
        page["B7"].fill = PatternFill("solid", fgColor="FF003366")
        page["B5"].font, page["B5"].fill = Font(color="FFDDDDDD"), PatternFill("solid", fgColor="FFDDDDDD")

    cells = column("B2", [100, 20, 5000, 7, 9, 8]) | {"B8": "=SUM(B2:B7)", "D1": 2025, "E1": "=D1+1", "F2": 4.5}
    found = said(made({"S": cells}, paint))["S"]
    assert {(check, place) for check, place, _ in found if check == "hidden"} == of("hidden", "B4:B5")
    assert any("5,000 is written in the colour of its background, and B8" in what for _, _, what in found)


def test_names_of_cells_that_are_gone() -> None:
    """Forty that nothing reads are one finding, possible; one that a formula reads is certain."""

    def name(book: openpyxl.Workbook) -> None:
        for at in range(40):
            book.defined_names[f"Old_{at}"] = DefinedName(f"Old_{at}", attr_text="#REF!$A$1")

    def marks(cells: Mapping[str, Any]) -> list[tuple[str, str]]:
        analysis = Analysis(made({"S": cells}, name))
        errors = next(looking for looking in LOOKING if looking.check.id == "error")
        return [(each.certainty, each.what) for each in findings_of(errors.check, errors.look(analysis), analysis)]

    assert [certainty for certainty, _ in marks({"B1": 5, "B2": "=B1*B1"})] == ["possible"]
    assert "40 names that nothing reads refer" in marks({"B1": 5})[0][1]
    read = marks({"B1": "=Old_7*2"})
    assert [(certainty, "Old_7," in what) for certainty, what in read if certainty == "certain"] == [("certain", True)]
    assert any("39 names that nothing reads" in what for _, what in read)


def test_what_is_said_is_made_of_the_workbook() -> None:
    """Cells, formulas and figures of this workbook, so that the finding can be checked without opening it."""
    behind = row("B2", [100, "=B2", "=C2", "=C2", "=E2"])  # E2 is one cell behind its neighbours
    plus = SUBTOTALS | {"B7": "=SUM(B2:B6)"}
    sheets = {"Behind": behind, "Twice": plus, "Sorted": GRADES | {"F2": '=VLOOKUP("Worker",A2:B5,2)'}, "Typed": TYPED | row("A4", ["Total", 120, 123, 127, 370])}  # fmt: skip
    words = {sheet: " ".join(what for _, _, what in found) for sheet, found in said(made(sheets)).items()}
    assert "=C2 where the formula of the cells to its left and right would be =D2" in words["Behind"]
    assert "=SUM(B2:B6) adds B4 (=SUM(B2:B3)) and the cells that it is made of too" in words["Twice"]
    assert "“Manager” (A4) stands after “Worker” (A3)" in words["Sorted"]
    assert "127 is typed as a total, and D2:D3 make 126" in words["Typed"]


def test_what_a_sum_counts_twice_is_told_in_figures() -> None:
    """100 + 30 + 130 + 20 + 10 = 290, of which the lines alone are 160."""

    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("S")
        page.write_column("B2", [100, 30])
        page.write_formula("B4", "=SUM(B2:B3)", None, 130)
        page.write_column("B5", [20, 10])
        page.write_formula("B7", "=SUM(B2:B6)", None, 290)

    assert any("290, and 160 without" in what for _, _, what in said(by_xlsxwriter(fill))["S"])


@pytest.mark.parametrize(("cells", "told"), [(TYPED, True), ({"A1": "Name", "A2": "Jo"}, False), (TYPED | {"G9": "=B2"}, False)])  # fmt: skip
def test_a_workbook_of_numbers_without_a_formula(cells: Cells, told: bool) -> None:
    audit = general_findings(made({"S": cells}))
    assert any("no formula: none of them can be traced" in each.what for each in audit.findings) is told
