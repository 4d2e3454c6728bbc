"""The page of the checks tells each of them as the code has it, and none that the code has not."""

from __future__ import annotations

import re
from pathlib import Path

from finmodel.audit.workbooks.general.registry import CHECKS

PAGE = (Path(__file__).parents[3] / "docs" / "workbook-checks.md").read_text(encoding="utf-8")
CHAPTER = PAGE.partition("## The checks\n")[2].partition("\n## ")[0]


def test_the_page_tells_every_check_in_order() -> None:
    assert re.findall(r"^### (.+)$", CHAPTER, flags=re.MULTILINE) == [check.title for check in CHECKS]
    assert len({check.id for check in CHECKS}) == len(CHECKS)


def test_the_page_says_of_each_check_what_the_code_says() -> None:
    sections = dict(re.findall(r"^### (.+)\n\n((?:(?!###).+\n|\n)+)", CHAPTER + "\n", flags=re.MULTILINE))
    for check in CHECKS:
        section = sections[check.title]
        assert f"`{check.id}`, {check.certainty}." in section
        for said in (
            check.why,
            f"What to do: {check.remedy}",
            f"False alarms: {check.false_alarms}",
            f"Source: {check.source}",
        ):
            assert said in section, check.id


def test_every_check_names_a_guide() -> None:
    assert all("ICAEW" in check.source or "FAST" in check.source for check in CHECKS)
    for number in {number for check in CHECKS for number in re.findall(r"principles? (\d+)", check.source)}:
        assert f" {number}: " in PAGE
