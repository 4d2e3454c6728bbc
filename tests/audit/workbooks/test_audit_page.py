"""The page of an audit: the verdict first, places and effects told, text as text, no fault that axe can find."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from document.seen import scroll_unsaid, too_small
from msgspec.structs import replace
from report.page_cases import HOSTILE, Element, read, rows_of

from finmodel.audit.workbooks.certificate import AuditVerdict, CaseFile, Certificate, Checked
from finmodel.audit.workbooks.findings import Effect, Finding, FindingKind
from finmodel.audit.workbooks.general import errors, typed_numbers
from finmodel.audit.workbooks.general.check import RuleBreach
from finmodel.audit.workbooks.general.registry import CHECKS, GeneralAudit
from finmodel.audit.workbooks.page import render_page
from finmodel.audit.workbooks.page_tables import MOST_ROWS
from finmodel.audit.workbooks.reporting import write_audit

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
MOVED = Effect("units", "Units", "npv", "Net present value", "£1,000.00", "−£500.00", 1000.0, -500.0)
STILL = Effect("units", "Units", "payback", "Payback", "3 years", "3 years", 3.0, 3.0)
TYPED = Finding(
    FindingKind.TYPED_OVER, "Option 1 years", "F9", "a value is typed where the model has a formula", "=F7+F8", "12345",
    "options.units.cost", "Cost", "2015/16", effects=(MOVED, STILL),
)  # fmt: skip
HIDDEN = Finding(FindingKind.ROWS_HIDDEN, "Inputs", "12:12", "A row is hidden.", no_effects="it changes no figure")
CHANGED = Finding(
    FindingKind.INPUT_CHANGED, "Inputs", "E9", "The input is not what the case states.", "12", "13.2", "options.units.fte",
    "FTE", source="the paper", effects=(STILL,),
)  # fmt: skip
CERTIFICATE = Certificate(
    workbook="report.xlsx",
    sha256="ab" * 32,
    verdict=AuditVerdict.TAMPERED,
    case_title="Investing to save",
    expected_from="a case given by the auditor",
    case_files=(CaseFile("case.yaml", "cd" * 32),),
    made_by="finmodel 0.0.0",
    engines=("ironcalc 0.9.1", "finmodel 0.0.0"),
    rates="ef" * 32,
    checked=Checked(21, 17_686, 10_500, 10_500, 875),
    findings=(TYPED, HIDDEN),
    changed_inputs=(CHANGED,),
    effects=(MOVED, STILL),
    notes=("One formula could not be worked out.",),
)
CLEAN = replace(CERTIFICATE, verdict=AuditVerdict.AS_WRITTEN, findings=(), changed_inputs=(), notes=())
GENERAL = GeneralAudit(
    "model.xlsx", "12" * 32, 3, 400, 120,
    (
        RuleBreach(errors.CHECK, "Costs", "B4", "#REF! is stored", "certain", 1),
        RuleBreach(typed_numbers.CHECK, "Costs", "C4:M4", "1.02 in =B4*1.02", "likely", 11),
    ),
    118, (("it takes too long", 2),), "ironcalc 0.9.1",
)  # fmt: skip
PAGES: dict[str, Certificate | GeneralAudit] = {
    "tampered": CERTIFICATE,
    "clean": CLEAN,
    "general": GENERAL,
    "nothing": replace(GENERAL, findings=(), not_checked=()),
}


def hostile(text: str) -> tuple[Certificate, GeneralAudit]:
    """Audits that say the same thing wherever a workbook or a case may say anything."""
    effect = replace(MOVED, title=text, label=text, before=text, after=f"{text}.")
    finding = replace(
        TYPED, sheet=text, cells=text, what=text, expected=text, found=text, address=text, label=text, period=text,
        source=text, effects=(effect,),
    )  # fmt: skip
    certificate = replace(
        CERTIFICATE, workbook=text, case_title=text, case_files=(CaseFile(text, "cd"),), findings=(finding,),
        changed_inputs=(finding,), effects=(effect,), notes=(text,), expected_from=text,
    )  # fmt: skip
    general = replace(GENERAL.findings[0], sheet=text, place=text, what=text)
    return certificate, replace(GENERAL, workbook=text, findings=(general,))


def page(found: Certificate | GeneralAudit) -> Element:
    return read(render_page(found))


def test_the_verdict_comes_first_with_the_effect_of_all_changes() -> None:
    root = page(CERTIFICATE)
    answer = root.by_id("answer")
    assert "The workbook is not as the model writes it" in answer.text()
    assert "Two differences from what the model writes, and one input that differs from the case." in answer.text()
    assert "It was compared with a case given by the auditor." in answer.text()
    assert rows_of(root.by_id("effects")) == {
        "Units": ["Net present value", "£1,000.00", "−£500.00", "£1,500 less"],  # from 1,000 to minus 500
    }
    assert "Not moved: Units, payback." in answer.text()


def test_a_clean_workbook_raises_no_alarm_and_lists_nothing() -> None:
    root = page(CLEAN)
    assert "alarm" not in root.by_id("answer").all("div")[0].attributes["class"]
    assert root.all("table") == []
    assert "As the model writes it" in root.by_id("reading").text()


def test_each_finding_is_told_with_its_place_what_was_expected_and_its_effect() -> None:
    root = page(CERTIFICATE)
    (typed,) = rows_of(root.by_id("changed-typed-over")).items()
    assert typed == (
        "Option 1 years!F9",
        [
            "A value is typed where the model has a formula.",
            "=F7+F8",
            "12345",
            "Units, net present value: £1,000.00, then −£500.00",
        ],
    )
    assert rows_of(root.by_id("changed-rows-hidden"))["Inputs!12:12"][-1] == "It changes no figure"


def test_inputs_that_differ_stand_apart_from_tampering() -> None:
    root = page(CERTIFICATE)
    assert "They are not tampering." in root.by_id("changed-inputs").text()
    assert rows_of(root.by_id("inputs-table")) == {
        "Inputs!E9": ["FTE", "12", "13.2", "None on the net present budget impact or payback of any option"]
    }


def test_what_was_checked_and_by_what_is_told_with_hashes() -> None:
    told = page(CERTIFICATE).by_id("checked").text()
    for text in ("ironcalc 0.9.1", "10,500", "875", "case.yaml", "ab" * 32, "cd" * 32, "ef" * 32):
        assert text in told


def test_notes_stand_with_the_answer_before_any_finding() -> None:
    assert "One formula could" in page(CERTIFICATE).by_id("answer").text()


def test_the_general_checks_are_told_check_by_check() -> None:
    root = page(GENERAL)
    answer = root.by_id("answer").text()
    assert "Of these, one is certain and one is likely." in answer
    assert "118 of 120 formulas were worked out again by ironcalc 0.9.1" in answer
    assert "2 could not be: it takes too long." in answer
    assert len(rows_of(root.by_id("totals"))) == 2
    assert len(root.by_id("clean").all("dt")) == len(CHECKS) - 2
    assert rows_of(root.by_id("check-2")) == {"Costs!C4:M4": ["1.02 in =B4*1.02.", "Likely", "11"]}


def test_a_table_too_long_for_a_page_is_cut_and_says_so() -> None:
    many = tuple(replace(TYPED, cells=f"F{row}", effects=None) for row in range(MOST_ROWS + 7))
    shown = page(replace(CERTIFICATE, findings=many))
    table = shown.by_id("changed-typed-over")
    assert len(rows_of(table)) == MOST_ROWS
    assert "The first 500 of 507; audit.json has all." in shown.by_id("changed-typed-over-note").text()


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_workbook_says_is_printed_as_text(text: str) -> None:
    for found in hostile(text):
        html = render_page(found)
        root = read(html)
        assert root.all("script") == []
        assert root.all("img") == []
        for element in root.walk():
            assert not [name for name in element.attributes if name.startswith("on")], element.tag
            assert element.attributes.get("href", "#").startswith("#")
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)
        shown = re.sub("[\u200f\u202a-\u202e\u2066-\u2069]", lambda mark: f"[U+{ord(mark[0]):04X}]", text)
        assert " ".join(shown.split()) in root.all("h1")[0].text()


@pytest.mark.parametrize("name", PAGES)
def test_page_and_json_are_written_and_are_the_same_again(name: str, tmp_path: Path) -> None:
    once, again = (write_audit(PAGES[name], tmp_path / folder) for folder in ("once", "again"))
    assert [path.name for path in once] == ["audit.html", "audit.json"]
    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_the_page_does_not_scroll_sideways(
    browser: Any, tmp_path: Path, name: str, size: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    file = tmp_path / "audit.html"
    file.write_text(render_page(PAGES[name]), encoding="utf-8")
    width, height = SIZES[size]
    window = browser.new_page(viewport={"width": width, "height": height}, offline=True)
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    window.goto(file.as_uri())
    assert asked == [file.as_uri()]
    window.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(window).response
    assert found["passes"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]] == []
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    if size == "phone":
        assert scroll_unsaid(window) == []
        assert too_small(window) == []
    window.close()
