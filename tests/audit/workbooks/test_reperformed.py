"""Measures worked out again by numpy-financial: a wrong cell is found, and nothing sound is accused."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from expected_once import expected_of
from tampering import Original

from finmodel.audit.workbooks.audit import audit
from finmodel.audit.workbooks.carried import carried_case
from finmodel.audit.workbooks.certificate import AuditVerdict, Certificate
from finmodel.audit.workbooks.expected import Expected
from finmodel.audit.workbooks.general.registry import GeneralAudit
from finmodel.audit.workbooks.model_audit import audit_against
from finmodel.audit.workbooks.opening import open_workbook
from finmodel.audit.workbooks.reperforming import Agreement, Asked, internal_rate, modified_rate, net_present_value
from finmodel.audit.workbooks.reporting import as_json, as_text

INPUTS = Path(__file__).parents[3] / "inputs"
ASKED = Asked("A measure", "function", "Sheet!A1", "Sheet!B1:F1")
GITMAN = [-40_000, 5_000, 8_000, 12_000, 30_000]  # L. J. Gitman, Principles of Managerial Finance; 3,065.22 at 8%


def test_a_net_present_value_by_either_convention() -> None:
    assert net_present_value(ASKED, 3065.2226681795255, 0.08, GITMAN, 0).outcome is Agreement.AGREES
    a_year_later = net_present_value(ASKED, 3065.2226681795255 / 1.08, 0.08, GITMAN, 1)
    assert a_year_later.outcome is Agreement.AGREES
    wrong = net_present_value(ASKED, 3065.23, 0.08, GITMAN, 0)  # less than a penny more
    assert wrong.outcome is Agreement.DIFFERS
    assert wrong.difference == pytest.approx(0.00733, abs=1e-5)


def test_an_internal_rate_is_right_where_the_value_is_zero() -> None:
    flows = [-100.0, 39, 59, 55, 20]  # 28.095%, as the library's own documentation has it
    assert internal_rate(ASKED, 0.280948, flows).outcome is Agreement.AGREES
    wrong = internal_rate(ASKED, 0.29, flows)
    assert wrong.outcome is Agreement.DIFFERS
    assert wrong.found == pytest.approx(0.28095, abs=5e-6)
    assert internal_rate(ASKED, 0.1, [0.0, -100, 110, 0]).outcome is Agreement.AGREES  # zeros at the ends are no flows


@pytest.mark.parametrize(
    ("stated", "flows", "why"),
    [
        (0.5, [-1600.0, 10_000, -10_000], "change sign 2 times"),  # 25% and 400%, of which the library gives one
        (0.1, [100.0, 50, 20], "do not change sign"),
        (-1.0, [-100.0, 50, 20], "−100% or below"),
    ],
)
def test_a_rate_that_the_library_cannot_tell_is_no_accusation(stated: float, flows: list[float], why: str) -> None:
    found = internal_rate(ASKED, stated, flows)
    assert found.outcome is Agreement.CANNOT
    assert found.found is None
    assert why in found.why


@pytest.mark.parametrize("rate", [0.25, 4.0])
def test_each_of_several_rates_is_right(rate: float) -> None:
    found = internal_rate(ASKED, rate, [-1600.0, 10_000, -10_000])
    assert found.outcome is Agreement.AGREES
    assert "may be several rates" in found.why


def test_dust_and_a_repeated_rate_are_no_difference() -> None:
    assert internal_rate(ASKED, 3.0, [-100.0, 400, -1e-13]).outcome is Agreement.AGREES
    triple = [-1000.0, 3600, -4320, 1728]  # -1000 (x - 1.2)^3
    assert internal_rate(ASKED, 0.2, triple).outcome is Agreement.AGREES


def test_a_modified_rate_of_the_example_in_excels_documentation() -> None:
    flows = [-120_000.0, 39_000, 30_000, 21_000, 37_000, 46_000]
    assert modified_rate(ASKED, 0.126094, flows, 0.10, 0.12).outcome is Agreement.AGREES
    assert modified_rate(ASKED, 0.1348, flows, 0.10, 0.12).outcome is Agreement.DIFFERS  # that at 14%
    assert modified_rate(ASKED, 0.1, [1.0, 2.0], 0.1, 0.1).outcome is Agreement.CANNOT


FORMULAS = {  # row: the formula, the value stored, and what is to come of it. Flows in B1:F1 and B2:F2, rates in A3, A4
    6: ("=NPV(A3,C1:F1)+B1", 3065.2226681795255, Agreement.AGREES),
    7: ("=NPV( 8%, $B$1:$F$1 )", 2838.1691372032645, Agreement.AGREES),
    8: ("=NPV(A3,C1:F1)+B1", 3165.22, Agreement.DIFFERS),
    9: ("=IRR(B1:F1)", 0.10732, Agreement.DIFFERS),
    10: ("=IRR('The flows'!B4:F4,0.1)", 0.1, Agreement.AGREES),  # 1,464.10 is 1,000 × 1.1 to the fourth
    11: ("=MIRR(B1:F1,A3,A4)", 0.1003, Agreement.DIFFERS),
    12: ("=ROUND(NPV(A3,B1:F1),0)", 2838, Agreement.CANNOT),
    13: ("=XNPV(A3,B1:F1,B5:F5)", 3000, Agreement.CANNOT),
    14: ("=IRR(B2:F2)", 0.3, Agreement.CANNOT),  # a hole
    15: ("=NPV(A3,B1:F1)/(1+A3)^-0.5", 2949.5, Agreement.CANNOT),  # mid-year
    16: ("=IRR(B1:C1)", "#NUM!", Agreement.CANNOT),
}


def test_cells_of_any_workbook(tmp_path: Path) -> None:
    path = tmp_path / "strangers.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("The flows")
        page.write_row("B1", GITMAN)
        page.write_row("B2", [-100, None, 130])
        page.write_column("A3", [0.08, 0.1])
        page.write_row("B4", [-1000, 0, 0, 0, 1464.1])
        for row, (formula, stored, _) in FORMULAS.items():
            page.write_string(row - 1, 0, f"Measure {row}")
            page.write_formula(row - 1, 2, formula, None, stored)
    found = audit(path)
    assert isinstance(found, GeneralAudit)
    outcomes = {each.cell: each.outcome for each in found.reperformed}
    assert outcomes == {f"The flows!C{row}": outcome for row, (_, _, outcome) in FORMULAS.items()}
    assert found.needs_attention
    assert found.reperformed[0].label == "Measure 6"
    assert "Three measures are not what numpy-financial" in as_text(found)
    assert '"outcome": "cannot be re-performed"' in as_json(found)


def darlington() -> Expected:
    return expected_of("darlington-2010")


def certified(content: bytes, folder: Path) -> Certificate:
    path = folder / "report.xlsx"
    path.write_bytes(content)
    found = open_workbook(path)
    return audit_against(found, darlington(), carried_case(found), "the case")


def test_the_measures_of_a_report_agree(tmp_path: Path) -> None:
    found = certified(darlington().workbook.content, tmp_path)
    assert found.identical
    assert found.is_clean
    values = [each for each in found.reperformed if each.function == "npv"]
    assert [each.outcome for each in values] == [Agreement.AGREES] * len(values)
    assert len(values) == 3 * len(darlington().appraisal.written.options)
    assert all(each.cell.startswith("Measures!E") and each.flows.startswith("Years!F") for each in values)
    assert Agreement.DIFFERS not in {each.outcome for each in found.reperformed}


@pytest.mark.parametrize("measure", ["net_present_budget_impact", "present_value_of_cost"])
def test_a_wrong_measure_of_a_report_is_found(measure: str, tmp_path: Path) -> None:
    expected = darlington()
    option = expected.appraisal.written.options[-1].option.id
    place = expected.layout.places[expected.appraisal.written.measures[option][measure].address]
    original = Original(expected.workbook.content)
    (held,) = [each for each in original.cells if (each.sheet, each.cell) == (place.sheet, f"E{place.row}")]
    stored = float(held.inside.split("<v>")[1].split("</v>")[0])
    typed = f'<c r="{held.cell}"{held.attributes}><v>{stored + 1000}</v></c>'  # over the formula
    found = certified(original.with_cells((held, typed)), tmp_path)
    (wrong,) = [each for each in found.reperformed if each.outcome is Agreement.DIFFERS]
    assert wrong.cell == f"{place.sheet}!E{place.row}"
    assert wrong.difference == pytest.approx(1000)
    assert found.verdict is AuditVerdict.TAMPERED
    assert "by numpy-financial" in as_text(found).lower()
