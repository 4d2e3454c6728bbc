"""Workbooks as people make them, written by openpyxl and not by finmodel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import openpyxl

CASE = [
    ("Question", "Answer"),
    ("Title of the proposal", "Family workers"),
    ("Council", "Anytown Council"),
    ("First year", "2026/27"),
    ("Number of years", 2),
    ("Price base", "2026/27"),
    ("Discount rate", "3.5%"),
    ("Pay award", 0.02),
    ("On-costs at one flat rate", "28%"),
]
OPTIONS = [("Option", "Role"), ("As now", "Business as usual"), ("A team", "")]
GRADES = [("Grade", "Spinal points"), ("Family worker", "23-27")]
PRICES = [("Index", "Rise"), ("Fees", "3%")]
PLACEMENTS = [
    ("Placement", "Unit cost", "For a", "Price base", "Inflation"),
    ("Foster care", 820, "week", "2026/27", "Fees"),
]
POSTS = [("Option", "Post", "Full-time equivalent", "Grade"), ("A team", "Family workers", 4, "Family worker")]
SHEETS: Mapping[str, Sequence[Sequence[Any]]] = {
    "Case": CASE,
    "Options": OPTIONS,
    "Grades": GRADES,
    "Price rises": PRICES,
    "Placements": PLACEMENTS,
    "Posts": POSTS,
}
DATA = {
    "title": "Family workers",
    "council": "Anytown Council",
    "first_year": "2026/27",
    "years": "2",
    "price_base": "2026/27",
    "discounting": {"rate": "3.5%"},
    "pay_awards": {"percent": "0.02"},
    "on_costs": {"flat_rate": "28%"},
    "options": [
        {"id": "as-now", "title": "As now", "role": "business_as_usual"},
        {
            "id": "a-team",
            "title": "A team",
            "posts": [{"id": "family-workers", "title": "Family workers", "fte": "4", "grade": "family-worker"}],
        },
    ],
    "grades": {"family-worker": {"label": "Family worker", "points": "23-27"}},
    "inflation": {"fees": "3%"},
    "placements": {
        "foster-care": {
            "label": "Foster care",
            "unit_cost": "820",
            "per": "week",
            "price_base": "2026/27",
            "inflation": "fees",
        }
    },
}


def made(
    sheets: Mapping[str, Sequence[Sequence[Any]]] = SHEETS, **others: Sequence[Sequence[Any]]
) -> openpyxl.Workbook:
    """A workbook with these sheets, each row a list of cells; others by name, `_` for a space, in place of those."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in {**sheets, **{name.replace("_", " "): rows for name, rows in others.items()}}.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    return book


def content(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
