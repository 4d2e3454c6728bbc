"""Which published pension rate a case's years have: the council's own certificate, or the average of the funds."""

from __future__ import annotations

from msgspec import Struct

from finmodel import reference
from finmodel.case.schema import Case, NamedCouncil
from finmodel.lines.periods import FinancialYear
from finmodel.reference import CouncilPension, Rate

CERTIFICATE, AVERAGE = "certificate", "national-average"


class PublishedPension(Struct, frozen=True):
    """The rates of a year, shares of pensionable pay.

    charged: what the employer pays on pay; primary: of it, the cost of pensions earned in the year. certificate: the
    council's own; None where they are the average of the funds.
    """

    charged: Rate
    primary: Rate
    certificate: CouncilPension | None = None


def published_pension(case: Case, named: str, year: FinancialYear) -> PublishedPension:
    """The rates of a year by the name that the case gives them; a named council's own go before any average.

    RateNotFoundError: none of that name is published for the year.
    """
    if isinstance(case.council, NamedCouncil):
        try:
            own = reference.lgps_council_rate(case.council.authority, year)
            return PublishedPension(own.charged, own.primary, own)
        except reference.RateNotFoundError:
            if named == CERTIFICATE:
                raise
    elif named == CERTIFICATE:
        raise reference.RateNotFoundError("The case names no council by its code.")
    return PublishedPension(reference.lgps_average_rate(year), reference.lgps_average_primary_rate(year))
