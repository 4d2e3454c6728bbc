"""A sound model of a council's, with all its habits: next to nothing may be found; what is planted in it must be."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import shipped_cases
from council_model import council_model
from made_workbooks import made

from finmodel.audit.workbooks.general.registry import GeneralAudit, general_findings
from finmodel.audit.workbooks.opening import open_workbook

INPUTS = Path(__file__).parents[3] / "inputs"


def told(audit: GeneralAudit, *certainties: str) -> set[tuple[str, str, str]]:
    return {
        (f.check.id, f.sheet, f.place) for f in audit.findings if f.certainty in (certainties or ("certain", "likely"))
    }


def test_a_sound_model_gives_no_certain_or_likely_finding() -> None:
    audit = general_findings(council_model())
    assert audit.recalculated == audit.formulas > 150
    assert told(audit) == set()
    # Twelve months, and the half of a sum over quarters and months: constants, but told.
    months = {("number-in-formula", "Costs", place) for place in ("C3:E3", "G3:I3", "K3:M3", "O3:Q3")}
    others = {("number-in-formula", "Placements", "D7:O7"), ("number-in-formula", "Checks", "B2")}
    assert told(audit, "possible") == months | others


PLANTED: dict[str, tuple[str, str, object, tuple[str, str]]] = {
    # what was done: sheet, cell, new content, the check and the place that must be told
    "typed over a month": ("Costs", "H4", 71000, ("typed-over", "H4")),
    "typed over in a record": ("Posts", "F4", 14000, ("typed-over", "F4")),
    "a slipped reference": ("Placements", "H5", "=G5+H3-G4", ("changing-formula", "H5")),
    "a rate typed in": ("Placements", "I7", "=AVERAGE(H5,I5)*52.18/12", ("number-in-formula", "I7")),
    "a wrong row in one record": ("Posts", "G4", "=C4*(E4+F5)", ("changing-formula", "G4")),
    "a post left out of the total": ("Posts", "C7", "=SUM(C2:C5)", ("short-sum", "C7")),
    "posts as text": ("Posts", "C3", "4.5", ("number-as-text", "C3")),
    "an error": ("Summary", "D5", "=SUM(D3:D4)/0", ("error", "D5")),
    "a circle": ("Assumptions", "B5", "=Summary!B5/100000", ("circular-reference", "B5")),
    "another file": ("Assumptions", "B3", "='[1]Rates'!B2", ("external-link", "B3")),
    "today": ("Summary", "H1", "=TODAY()", ("volatile-function", "H1")),
    "an input that nothing reads": ("Assumptions", "B9", 0.04, ("unused-input", "B9")),
}  # fmt: skip


@pytest.mark.parametrize(("sheet", "cell", "content", "expected"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found(sheet: str, cell: str, content: object, expected: tuple[str, str]) -> None:
    def plant(book: openpyxl.Workbook) -> None:
        book[sheet][cell] = content

    check, place = expected
    audit = general_findings(council_model(plant, recalculated=expected[0] == "error"))
    assert (check, sheet, place) in told(audit)


def test_a_planted_stored_value_is_found() -> None:
    """The result of one formula is put in place of another: the figure of a quarter, printed a tenth too low."""
    sound = council_model()
    costs = sound.sheet("Costs")
    assert costs is not None
    cell = costs.cells[6, 7]
    assert isinstance(cell.value, float)
    cells = {**costs.cells, (6, 7): cell._replace(value=cell.value * 0.9)}
    sheets = tuple(
        type(sheet)(**{name: getattr(sheet, name) for name in sheet.__slots__} | {"cells": cells})
        if sheet is costs
        else sheet
        for sheet in sound.sheets
    )
    changed = type(sound)(**{name: getattr(sound, name) for name in sound.__slots__} | {"sheets": sheets})
    assert told(general_findings(changed)) == {("stale-value", "Costs", "G6")}


@pytest.mark.parametrize("case", ["darlington-2010", "wolverhampton-2015"])
def test_a_workbook_of_finmodel_has_only_long_formulas(case: str, tmp_path: Path) -> None:
    """Measures with their reasons are long formulas, and a month that is typed as a date is counted by 12 to a year.

    On the sheet Grid the steps that are tried stand beside the formulas that try them.
    """
    path = tmp_path / "report.xlsx"
    path.write_bytes(shipped_cases.workbook_of(case))
    audit = general_findings(open_workbook(path))
    assert audit.recalculated == audit.formulas
    assert {finding.check.id for finding in audit.findings} <= {"long-formula", "number-in-formula", "mixed-sheet"}
    assert {finding.sheet for finding in audit.findings if finding.check.id == "mixed-sheet"} <= {"Grid"}
    months = [finding for finding in audit.findings if finding.check.id == "number-in-formula"]
    assert all(finding.certainty == "possible" and finding.what.startswith("12 in =12*(YEAR(") for finding in months)


def test_an_empty_workbook_has_nothing() -> None:
    audit = general_findings(made({"S": {}}))
    assert (audit.findings, audit.formulas, audit.needs_attention) == ((), 0, False)


def test_a_formula_between_constants_written_as_formulas_is_no_slip() -> None:
    """`=IF(0,0,"no figure")` in every row but one, which has a figure: the others read nothing that it could follow."""
    none = '=IF(0,0,"it is what the others are compared with")'
    rows = {f"A{row}": none for row in range(1, 10)} | {"A5": "=B1-B2", "B1": 3, "B2": 2}
    changed = [
        finding for finding in general_findings(made({"S": rows})).findings if finding.check.id == "changing-formula"
    ]
    assert changed == []
    rows = (
        {f"A{row}": f"=B{row}*2" for row in range(1, 10)} | {"A5": "=B5*3"} | {f"B{row}": row for row in range(1, 10)}
    )
    changed = [
        finding for finding in general_findings(made({"S": rows})).findings if finding.check.id == "changing-formula"
    ]
    assert [finding.place for finding in changed] == ["A5"]
