"""Tiny cases in folders, for tests of many at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from small_cases import NO_DEDUCTIONS, case_of, option_of

ONCE = {"per": "once", "start": "2015-04", "price_base": "2015/16", "inflation": "none", "optimism_bias": "0%"}


def data(price: float = 40_000) -> dict[str, Any]:
    """A year of 4 children at a price each, all of it cash, for training of £50,000."""
    benefit = {"id": "fewer", "label": "Fewer", "children": 4, "placements": {"fostering": "100%"}, **NO_DEDUCTIONS}
    training = {"id": "training", "label": "Training", "amount": 50_000, **ONCE}
    placement = {
        "label": "Foster care",
        "unit_cost": price,
        "per": "year",
        "price_base": "2015/16",
        "inflation": "none",
    }
    team = option_of(benefits=[benefit | {"basis": "forecast"}], costs=[training])
    return case_of(team, placements={"fostering": placement}) | {"discounting": {"rate": "0%"}}


def write_case(folder: Path, price: float = 40_000, **names: Any) -> Path:
    """The same as a folder of a case."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.yaml").write_text(json.dumps(data(price) | names), encoding="utf-8")
    return folder


def write_cases(folder: Path, number: int) -> Path:
    """A folder of so many cases, `case-0` and on, at £40,000 a child and £1,000 more for each further one."""
    for place in range(number):
        write_case(folder / f"case-{place}", 40_000 + 1_000 * place)
    return folder
