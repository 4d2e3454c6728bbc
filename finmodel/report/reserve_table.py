"""The account of a reserve as page and paper show it: with balances, or movements alone where none is stated."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.document.table import Cell, Row
from finmodel.results.funding import ReserveResult
from finmodel.results.wording import money
from finmodel.results.written import Amounts

NO_BALANCE = "Its balance is not stated, so what is drawn and repaid is shown and no balance."


def reserve_rows(reserve: ReserveResult, *beside: Cell) -> Iterator[Row]:
    """The rows of the account; beside: cells after those of the years.

    Interest on a balance that is not stated has no figure, so it has no row.
    """
    movements = (("Drawn", reserve.draw), ("Interest", reserve.interest), ("Repaid", reserve.repayment))
    rows: tuple[tuple[str, Amounts | None], ...] = (
        ("Opening balance", reserve.opening),
        *movements,
        ("Closing balance", reserve.closing),
    )
    if not reserve.opening_stated:
        rows = (*movements, ("Drawn and not repaid, at the end of the year", reserve.outstanding))
    for label, amounts in rows:
        if amounts is not None:
            cells = (*(Cell(money(amount)) for amount in amounts), *beside)
            yield Row(label, cells, kind="total" if (label, amounts) == rows[-1] else "")


def note_on_balance(reserve: ReserveResult) -> str:
    """Why no balance is shown; empty where it is."""
    return "" if reserve.opening_stated else NO_BALANCE
