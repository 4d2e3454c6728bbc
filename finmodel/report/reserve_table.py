"""The account of a reserve as page and paper show it: with balances, or movements alone where none is stated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from finmodel.document.table import Cell, Row
from finmodel.report.wording import money

NO_BALANCE = "Its balance is not stated, so what is drawn and repaid is shown and no balance."
_WITH_BALANCES = {
    "opening": "Opening balance",
    "draw": "Drawn",
    "interest": "Interest",
    "repayment": "Repaid",
    "closing": "Closing balance",
}
_MOVEMENTS = {
    "draw": "Drawn",
    "interest": "Interest",
    "repayment": "Repaid",
    "outstanding": "Drawn and not repaid, at the end of the year",
}


def reserve_rows(reserve: dict[str, Any], *beside: Cell) -> Iterator[Row]:
    """The rows of a `funding.reserve` of `results.json`; beside: cells after those of the years.

    Interest on a balance that is not stated has no figure, so it has no row.
    """
    rows = _WITH_BALANCES if reserve["opening_stated"] else _MOVEMENTS
    for name, label in rows.items():
        if reserve[name] is not None:
            cells = (*(Cell(money(amount)) for amount in reserve[name]), *beside)
            yield Row(label, cells, kind="total" if name in ("closing", "outstanding") else "")


def note_on_balance(reserve: dict[str, Any]) -> str:
    """Why no balance is shown; empty where it is."""
    return "" if reserve["opening_stated"] else NO_BALANCE
