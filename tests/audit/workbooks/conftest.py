"""What the tests of audits share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def shared(audits_share: None) -> None:
    """No workbook is made and no sheet is read twice."""
