"""The apprenticeship levy: a share of the whole pay bill (Finance Act 2016, Part 6), from 6 April 2017."""

from __future__ import annotations

from datetime import date

from finmodel.lines.periods import Month
from finmodel.reference.loader import load
from finmodel.reference.rates import Rate
from finmodel.reference.sourced import provenance
from finmodel.reference.table import DataRow
from finmodel.reference.when import DAY, in_words, row_for


def apprenticeship_levy(month: Month) -> Rate:
    """Fraction of pay that a month's pay bears; 0 in months before the levy existed."""
    rows = load("apprenticeship_levy")
    row = row_for(month, rows)
    return before_the_levy(rows[0]) if row is None else from_row(row)


def from_row(row: DataRow) -> Rate:
    """The levy of one row of the data.

    The annual allowance (£15,000) is set against the whole council's bill, so one more post bears the full rate.
    """
    return Rate(
        value=row.fraction("rate_percent"),
        unit="fraction",
        label="Apprenticeship levy",
        effective=row.day("from_date"),
        until=row.optional_day("to_date"),
        **provenance(row),
    )


def before_the_levy(first: DataRow) -> Rate:
    """No levy, with the reason."""
    starts = first.day("from_date")
    return Rate(
        value=0.0,
        unit="fraction",
        label="Apprenticeship levy",
        source=first.source,
        link=first.link,
        confidence=first.confidence,
        effective=date.min,
        until=starts - DAY,
        note=f"The levy did not exist before {in_words(starts)}.",
        dataset=first.dataset,
        row=first.line,
    )
