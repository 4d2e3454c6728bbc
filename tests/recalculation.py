"""Recalculate a workbook with engines that know nothing of finmodel: each gives {(sheet, cell): value}.

Every stored result is made wrong first, so that no engine can pass by handing back what was stored. ironcalc and
formualizer are test dependencies and must be there; LibreOffice may be missing at home, but never in CI.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from openpyxl.utils.datetime import to_excel

Values: TypeAlias = dict[tuple[str, str], float | str | bool]

_STORED = re.compile(r"(<c [^>]*?)( t=\"\w+\")?(>\s*<f[^>]*>[^<]*</f>)<v>[^<]*</v>")
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def with_wrong_results(workbook: Path) -> bytes:
    """The workbook with a wrong number stored beside every formula (ironcalc complains of cells with none)."""
    planted = BytesIO()
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(planted, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = _STORED.sub(r"\1\3<v>987654321</v>", content.decode()).encode()
            target.writestr(name, content)
    return planted.getvalue()


def by_ironcalc(workbook: Path) -> Values:
    """Every cell with a value, as ironcalc works it out."""
    import ironcalc

    with tempfile.TemporaryDirectory() as folder:
        planted = Path(folder) / "planted.xlsx"
        planted.write_bytes(with_wrong_results(workbook))
        model = ironcalc.load_from_xlsx(str(planted))
    model.evaluate()
    names = [sheet["name"] for sheet in model.get_worksheets_properties()]
    found: Values = {}
    for sheet, row, column in model.get_all_cells():
        value = model.get_cell_value(sheet, row, column)
        if value is not None:
            found[names[sheet], f"{ironcalc.column_name_from_number(column)}{row}"] = value
    return found


def by_formualizer(workbook: Path) -> Values:
    """Every cell with a value, as formualizer works it out."""
    import formualizer

    return _stored_in(formualizer.recalculate_xlsx_bytes(with_wrong_results(workbook))["bytes"])


def by_libreoffice(workbook: Path) -> Values:
    """Every cell with a value, as LibreOffice Calc works it out; the test is skipped where there is none."""
    with tempfile.TemporaryDirectory() as name:
        return _stored_in(_saved(with_wrong_results(workbook), Path(name), recalculated=True))


def saved_by_libreoffice(content: bytes, folder: Path) -> bytes:
    """A workbook as LibreOffice saves it; the test is skipped where there is none."""
    return _saved(content, folder, recalculated=False)


@cache
def _profile(recalculates: bool) -> Path:
    """The settings of LibreOffice, made once a run, for making them takes as long as opening a workbook."""
    _PROFILES.append(tempfile.TemporaryDirectory(prefix="libreoffice-"))
    profile = Path(_PROFILES[-1].name)
    if recalculates:
        (profile / "user").mkdir()
        (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    return profile


_PROFILES: list[tempfile.TemporaryDirectory[str]] = []  # which go when the run ends


def _saved(content: bytes, folder: Path, recalculated: bool) -> bytes:
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is not installed")
        pytest.skip("LibreOffice is not installed")
    source, saved = folder / "workbook.xlsx", folder / "saved" / "workbook.xlsx"
    source.write_bytes(content)
    command = [office, f"-env:UserInstallation={_profile(recalculated).as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(saved.parent), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert saved.exists(), f"LibreOffice wrote nothing: {done.stdout}{done.stderr}"
    return saved.read_bytes()


def _stored_in(workbook: bytes) -> Values:
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(workbook), data_only=True)
    return {
        (page.title, cell.coordinate): as_stored(cell.value)
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    }


def as_stored(value: Any) -> Any:
    """A value as the file holds it: openpyxl makes a day of the number of a cell that is shown as one."""
    return to_excel(value) if isinstance(value, datetime) else value


def disagreements(
    expected: Iterable[tuple[str, str, float | str]], found: Values, dust: float = 1e-9
) -> list[tuple[str, str, float | str, float | str | bool | None]]:
    """The cells that differ from what they must show: numbers by more than 1e-9 of themselves and more than `dust`."""
    return [
        (sheet, cell, value, found.get((sheet, cell)))
        for sheet, cell, value in expected
        if not alike(value, found.get((sheet, cell)), dust)
    ]


def alike(value: float | str, found: float | str | bool | None, dust: float = 1e-9) -> bool:
    """Whether a cell shows what it must: many times faster than `approx`, which counts over thousands of cells."""
    if isinstance(value, str):
        return found == value
    if isinstance(found, bool) or not isinstance(found, int | float):
        return False
    return abs(found - value) <= max(dust, 1e-9 * abs(value))
