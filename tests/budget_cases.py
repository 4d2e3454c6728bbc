"""Small cases for the budget's tests: an option whose yearly costs and savings are just what the test says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.case import LoadedCase, case_from_data


def cost(name: str, amounts: Sequence[float] | float, **more: Any) -> dict[str, Any]:
    """A cost of so many pounds in each year."""
    amount = list(amounts) if isinstance(amounts, Sequence) else amounts
    return {
        "id": name,
        "label": name.capitalize(),
        "amount": amount,
        "per": "year",
        "price_base": "2015/16",
        "inflation": "none",
        **more,
    }


def saving(name: str, amounts: Sequence[float] | float, cashable: float = 1) -> dict[str, Any]:
    """A benefit that saves so many pounds in each year: as many children, at £1 a year each."""
    return {
        "id": name,
        "label": name.capitalize(),
        "children": list(amounts) if isinstance(amounts, Sequence) else amounts,
        "placements": {"pound": "100%"},
        "deadweight": 0,
        "optimism_bias": 0,
        "cashable": cashable,
    }


def case_of(years: int, *options: dict[str, Any], **more: Any) -> Appraisal:
    """An appraisal of these options; without others, of one called `team`."""
    data: dict[str, Any] = {
        "title": "A small case",
        "council": "Anytown Council",
        "price_base": "2015/16",
        "first_year": "2015/16",
        "years": years,
        "discounting": {"rate": "3.5%", "deflator": "none"},
        "placements": {
            "pound": {"label": "A pound", "unit_cost": 1, "per": "year", "price_base": "2015/16", "inflation": "none"}
        },
        "options": [{"title": option["id"].capitalize(), **option} for option in options],
        **more,
    }
    return appraise(LoadedCase(case_from_data(data), Path("case"), ()))


def figures(appraisal: Appraisal, address: str) -> list[float]:
    """A line's values; none may be missing."""
    found = appraisal.results.figures(address)
    assert all(value is not None for value in found), address
    return [value for value in found if value is not None]
