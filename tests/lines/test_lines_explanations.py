"""How figures are explained, against the register kept beside the tests."""

from __future__ import annotations

from explanation_registers import FILE, explanations


def test_no_explanation_changes_unnoticed() -> None:
    assert explanations().splitlines() == FILE.read_text(encoding="utf-8").splitlines()
