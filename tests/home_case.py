"""One home, paid for in three ways: £600,000 in April 2026 and £50,000 a year; one child at £100,000 a year; four years.

At 3.5% real with no inflation the factors are 1, 1 ÷ 1.035, 1 ÷ 1.035² and 1 ÷ 1.035³, which add up to 3.801637.
"""

from __future__ import annotations

from typing import Any

from small_cases import NO_DEDUCTIONS, Data, case_of, option_of

HOME: Data = {
    "id": "home",
    "label": "Home",
    "amount": 600_000,
    "per": "once",
    "price_base": "2026/27",
    "inflation": "none",
    "start": "2026-04",
}
RUNNING: Data = {
    "id": "run",
    "label": "Running",
    "amount": 50_000,
    "per": "year",
    "price_base": "2026/27",
    "inflation": "none",
}
ONE_CHILD: Data = {"id": "x", "label": "One child", "children": 1, "placements": {"flat": "100%"}, **NO_DEDUCTIONS}
PLACEMENTS: Data = {
    "flat": {
        "label": "Placement",
        "unit_cost": 100_000,
        "per": "year",
        "price_base": "2026/27",
        "inflation": "none",
    }
}
WAYS: dict[str, Data] = {
    "receipts": {"capital": "funded"},
    "borrowed": {"capital": "borrowed", "financing": {"life_years": 25, "rate": "5%"}},
    "revenue": {},
}


def home(way: str, **names: Any) -> Data:
    """The option of one way of paying; `names` are the option's other names, in place of its own."""
    costs = [{**HOME, **WAYS[way]}, RUNNING]
    return option_of(way, **{"costs": costs, "benefits": [ONE_CHILD], **names})


def home_case(*options: Data, **names: Any) -> Data:
    """The case of these options, else of the three ways; `names` are the case's other names."""
    given: Data = {
        "first_year": "2026/27",
        "years": 4,
        "discounting": {"schedule": "green-book-2026", "deflator": "none"},
        "placements": PLACEMENTS,
        **names,
    }
    return case_of(*(options or map(home, WAYS)), **given)
