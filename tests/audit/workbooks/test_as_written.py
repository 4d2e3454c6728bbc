"""A workbook left alone is certified from its bytes, with the figures that reading every cell of it gives."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from expected_once import expected_of
from msgspec.structs import replace
from shipped_cases import workbook_of

from finmodel.audit.workbooks import as_written
from finmodel.audit.workbooks.as_written import at_first_sight
from finmodel.audit.workbooks.carried import carried_case
from finmodel.audit.workbooks.certificate import CARRIED, Certificate
from finmodel.audit.workbooks.expected import Expected
from finmodel.audit.workbooks.identical import Held, identical
from finmodel.audit.workbooks.model_audit import audit_in_full
from finmodel.audit.workbooks.opening import WorkbookFile, open_workbook

DARLINGTON = "darlington-2010"
pytestmark = pytest.mark.usefixtures("audits_share")


@pytest.mark.parametrize("case", [DARLINGTON, "example-2026"])
def test_what_is_certified_at_first_sight_is_what_reading_every_cell_comes_to(case: str, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(workbook_of(case))
    seen = at_first_sight(path)
    assert isinstance(seen, Certificate)
    found = open_workbook(path)
    in_full = audit_in_full(found, expected_of(case), carried_case(found), CARRIED)
    assert (
        replace(seen, engines=in_full.engines, notes=in_full.notes, effects=in_full.effects, identical=False) == in_full
    )


def test_no_sheet_is_read_that_the_certificate_does_not_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.xlsx").write_bytes(workbook_of(DARLINGTON))
    read: list[str] = []

    class Watched(WorkbookFile):
        def sheet(self, name: str) -> object:  # type: ignore[override]
            read.append(name)
            return super().sheet(name)

    monkeypatch.setattr(as_written, "WorkbookFile", Watched)
    assert isinstance(at_first_sight(tmp_path / "report.xlsx"), Certificate)
    assert len(read) == len(set(read))
    assert "Months" not in read


def test_a_workbook_that_differs_in_a_byte_is_to_be_read_in_whole_beside_what_it_should_hold(tmp_path: Path) -> None:
    content, changed = workbook_of(DARLINGTON), BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name) + (b"\n" if name == "docProps/core.xml" else b""))
    (tmp_path / "report.xlsx").write_bytes(changed.getvalue())
    seen = at_first_sight(tmp_path / "report.xlsx")
    assert isinstance(seen, Expected)
    assert seen.content == content


def test_nothing_is_said_at_first_sight_of_what_is_no_workbook_of_ours(tmp_path: Path) -> None:
    assert at_first_sight(tmp_path / "none.xlsx") is None
    (tmp_path / "text.xlsx").write_bytes(b"a,b\n1,2\n")
    assert at_first_sight(tmp_path / "text.xlsx") is None


@pytest.mark.parametrize("at", range(1, 24))
def test_what_a_part_holds_is_counted_wherever_it_is_cut(at: int) -> None:
    part = b"<c><f>A1</f><v>1</v></c><c><v>2</v></c>"
    held = Held()
    held.count(b"", part[:at])
    held.count(part[:at], part[at:])
    assert held == Held(cells=2, formulas=1, stored_values=1)


def test_a_part_that_cannot_be_unpacked_is_not_the_same() -> None:
    content = workbook_of(DARLINGTON)
    assert identical(content, content) is not None
    with zipfile.ZipFile(BytesIO(content)) as file:
        first = file.infolist()[0]
    start = first.header_offset + 30 + len(first.filename)
    broken = content[:start] + bytes(len(content[start : start + 40])) + content[start + 40 :]
    assert identical(broken, content) is None
