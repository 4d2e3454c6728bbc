"""What a case has to offer for the examples in messages: its own years, and the names that it defines."""

from __future__ import annotations

from typing import Any

from finmodel.lines.periods import FinancialYear
from finmodel.parsing.dates import year_from
from finmodel.parsing.examples import Examples
from finmodel.parsing.numbers import UnreadableError

_TABLES = {"grade": "grades", "placement": "placements", "index": "inflation", "source": "sources"}


def examples_of(data: dict[str, Any]) -> Examples:
    """The examples that a case's data has to offer, readable or not as a whole."""
    offered: dict[str, str] = {}
    first = year_of(data)
    if first is not None:
        base = _year(data.get("price_base")) or first
        offered |= {"year": str(first), "month": str(first.first_month), "price_base": str(base)}
    for kind, table in _TABLES.items():
        names = _names(data.get(table))
        offered |= {kind: names[0]} if names else {}
        offered |= {f"other_{kind}": names[1]} if len(names) > 1 else {}
    return Examples(offered)


def year_of(data: dict[str, Any]) -> FinancialYear | None:
    """The case's first year, or where that cannot be read its price base; None where neither can."""
    return _year(data.get("first_year")) or _year(data.get("price_base"))


def _year(given: object) -> FinancialYear | None:
    try:
        return year_from(given)
    except UnreadableError:
        return None


def _names(table: object) -> list[str]:
    return [name for name in table if isinstance(name, str)] if isinstance(table, dict) else []
