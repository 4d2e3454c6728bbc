"""Flexible use of capital receipts: in which years receipts may pay for the revenue cost of reform.

Source: directions under sections 16(2)(b) and 20 of the Local Government Act 2003.
"""

from __future__ import annotations

from msgspec.structs import replace

from finmodel.lines.periods import FinancialYear
from finmodel.reference.loader import load
from finmodel.reference.rates import Rate
from finmodel.reference.sourced import provenance
from finmodel.reference.when import in_words, row_for


def flexible_receipts(year: FinancialYear) -> Rate:
    """1 in a year that a direction covers, otherwise 0, with the day on which the last one ends."""
    rows = load("capital_receipts_flexibility")
    found = row_for(year.first_month, rows)
    row = found or max(rows, key=lambda each: each["to_date"])
    start, end = row.day("from_date"), row.day("to_date")
    outside = f"No direction covers {year}; the last ends on {in_words(end)}."
    rate = Rate(
        value=0.0 if found is None else 1.0,
        unit="flag",
        label="Capital receipts may pay for the cost of reform",
        effective=start,
        until=end,
        **provenance(row),
    )
    return replace(rate, note=outside if found is None else f"{row['direction']}, to {in_words(end)}. {row.note}")


def last_flexible_year() -> FinancialYear:
    """The last year that a direction covers."""
    return max(FinancialYear.containing(row.day("to_date")) for row in load("capital_receipts_flexibility"))
