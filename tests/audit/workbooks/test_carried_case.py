"""The case that a workbook carries comes out of it byte for byte, whoever saved it in between."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import shipped_cases
from recalculation import saved_by_libreoffice

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.audit.workbooks.carried import CarriedCase, carried_case
from finmodel.audit.workbooks.opening import open_workbook
from finmodel.case import load_case
from finmodel.case.load import load_carried_case
from finmodel.report.case_sheet import LONGEST_TEXT, lines_in
from finmodel.report.workbook import render_workbook

INPUTS = Path(__file__).parents[3] / "inputs"
AWKWARD = (
    "\n\n   # three spaces before\n#\ta tab\n# =1+1\n"
    + "# +44, -1, @here, 'quoted', 00012, 1E5, TRUE, _x000D_ and &amp; <b>\n"
    + f"# {'long ' * 8_000}\n"
    + "#   spaces behind   \n"
)


def case_with(folder: Path, head: str, ends: str = "\n", mark: bytes = b"") -> Appraisal:
    """Darlington's case with lines put in before it, other line ends, a byte order mark, and no line end at its end."""
    text = head + (INPUTS / "darlington-2010" / "case.yaml").read_text(encoding="utf-8")
    folder.mkdir(exist_ok=True)
    (folder / "case.yaml").write_bytes(mark + text.rstrip("\n").replace("\n", ends).encode())
    return appraise(load_case(folder))


def carried_in(content: bytes, folder: Path) -> CarriedCase:
    path = folder / "carried.xlsx"
    path.write_bytes(content)
    found = carried_case(open_workbook(path))
    assert found is not None
    return found


def by_openpyxl(content: bytes) -> bytes:
    target = BytesIO()
    openpyxl.load_workbook(BytesIO(content)).save(target)
    return target.getvalue()


@pytest.mark.parametrize(("ends", "mark"), [("\n", b""), ("\r\n", b"\xef\xbb\xbf"), ("\r", b"")])
def test_the_case_comes_out_as_it_went_in(ends: str, mark: bytes, tmp_path: Path) -> None:
    appraisal = case_with(tmp_path / "case", AWKWARD, ends, mark)
    content = render_workbook(appraisal)
    for saved in (content, by_openpyxl(content)):
        carried = carried_in(saved, tmp_path)
        assert [(file.name, file.content) for file in carried.files] == list(appraisal.loaded.contents)
        assert all(file.is_whole for file in carried.files)
    again = load_carried_case([(file.name, file.content) for file in carried.files])
    assert again.case == appraisal.case
    assert again.files == appraisal.loaded.files


def test_the_case_survives_libreoffice(tmp_path: Path) -> None:
    appraisal = case_with(tmp_path / "case", AWKWARD)
    carried = carried_in(saved_by_libreoffice(render_workbook(appraisal), tmp_path), tmp_path)
    assert [(file.name, file.content) for file in carried.files] == list(appraisal.loaded.contents)


def test_tables_are_carried_too_and_no_file_is_looked_for(tmp_path: Path) -> None:
    appraisal = shipped_cases.appraisal_of("example-2026")
    carried = carried_in(shipped_cases.workbook_of("example-2026"), tmp_path)
    assert [file.name for file in carried.files] == ["case.yaml", "posts.csv"]
    assert load_carried_case([(file.name, file.content) for file in carried.files]).case == appraisal.case
    from finmodel.case import ProblemsError

    with pytest.raises(ProblemsError, match="The workbook does not carry this table"):
        load_carried_case([(carried.files[0].name, carried.files[0].content)])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [(1, "", "nothing more")]),
        ("a", [(1, "a", "nothing more")]),
        ("a\n", [(1, "a", "line feed")]),
        ("a\n\nb", [(1, "a", "line feed"), (2, "", "line feed"), (3, "b", "nothing more")]),
        ("a\r\nb\r", [(1, "a", "carriage return, line feed"), (2, "b", "carriage return")]),
    ],
)
def test_lines_and_their_ends(text: str, lines: list[tuple[int, str, str]]) -> None:
    assert list(lines_in(text)) == lines


def test_a_line_too_long_for_a_cell_goes_on_in_the_next_row() -> None:
    found = list(lines_in("x" * (LONGEST_TEXT + 1) + "\ny"))
    assert [(number, len(text), end) for number, text, end in found] == [
        (1, LONGEST_TEXT, "the next row"),
        (1, 1, "line feed"),
        (2, 1, "nothing more"),
    ]
