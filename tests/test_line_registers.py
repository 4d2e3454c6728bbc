"""Every address, label, unit, section and source of the shipped cases, against the registers kept beside the tests."""

from __future__ import annotations

import pytest
from line_registers import CASES, differences


@pytest.mark.parametrize("case", CASES)
def test_no_line_changes_its_words_unnoticed(case: str) -> None:
    assert list(differences(case)) == []
