"""Random cases of any size, from £10,000 to £500m a year, small in lines: workbooks of them are nobody's forgery."""

from __future__ import annotations

import random
from typing import Any

import yaml

from finmodel.case import LoadedCase
from finmodel.case.load import load_carried_case

SMALLEST, LARGEST = 10_000, 500_000_000  # pounds a year
Data = dict[str, Any]


def pounds_a_year(number: int, of: int) -> float:
    """Sizes in equal steps of their logarithm, the smallest first."""
    return float(SMALLEST * (LARGEST / SMALLEST) ** (number / max(1, of - 1)))


def random_case(seed: int, pounds: float) -> LoadedCase:
    """A case of one or two options that cost about so much a year, with growth, inflation and a saving of about it."""
    chance = random.Random(f"{seed} {pounds:.0f}")
    years = chance.randint(1, 4)
    data: Data = {
        "title": f"Case {seed}",
        "council": "A council",
        "price_base": "2024/25",
        "first_year": "2025/26",
        "years": years,
        "discounting": {"rate": "3.5%"},
        "inflation": {"pay": f"{chance.uniform(0, 5):.2f}%", "fees": f"{chance.uniform(0, 7):.3f}%"},
        "placements": {
            "home": {
                "label": "Home", "unit_cost": _odd(chance, 4_000), "per": chance.choice(["week", "year"]),
                "price_base": "2024/25", "inflation": "fees",
            }
        },
        "options": [_option(chance, f"option-{number}", pounds, years) for number in range(chance.randint(1, 2))],
    }  # fmt: skip
    if chance.random() < 0.4:
        data["options"].append({"id": "as-now", "title": "As now", "costs": [_cost(chance, "now", pounds / 3, years)]})
        data["status_quo"] = "as-now"
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    return load_carried_case([("case.yaml", text.encode())])


def _odd(chance: random.Random, about: float) -> float:
    """Pounds and pence, so that no sum of them is exact in binary."""
    return round(about * chance.uniform(0.6, 1.4), 2)


def _option(chance: random.Random, name: str, pounds: float, years: int) -> Data:
    shares = [chance.random() + 0.1 for _ in range(chance.randint(1, 3))]
    parts = [pounds * share / sum(shares) for share in shares]
    option: Data = {"id": name, "title": f"Option {name}", "posts": [], "costs": [], "savings": [], "benefits": []}
    for number, part in enumerate(parts):
        if chance.random() < 0.5:
            option["posts"].append(_post(chance, f"post-{number}", part))
        else:
            option["costs"].append(_cost(chance, f"cost-{number}", part, years))
    children = max(1, round(pounds / 60_000))
    option["benefits"].append(
        {
            "id": "fewer", "label": "Fewer placements", "placements": {"home": "100%"}, "deadweight": f"{chance.randint(0, 40)}%",
            "optimism_bias": f"{chance.randint(0, 30)}%", "cashable": f"{chance.randint(20, 100)}%",
            "children": [children * (year + 1) for year in range(years)],
        }
    )  # fmt: skip
    return {key: found for key, found in option.items() if found}


def _post(chance: random.Random, name: str, pounds: float) -> Data:
    fte = max(1, round(pounds / 45_000 * chance.uniform(0.5, 1.5), 1))
    return {
        "id": name, "title": f"Post {name}", "fte": fte, "annual_cost": max(1.0, _odd(chance, pounds / fte)),
        "price_base": "2024/25", "inflation": chance.choice(["pay", "none"]),
        "start": f"2025-{chance.randint(4, 9):02}",
    }  # fmt: skip


def _cost(chance: random.Random, name: str, pounds: float, years: int) -> Data:
    cost: Data = {
        "id": name,
        "label": f"Cost {name}",
        "per": "year",
        "price_base": "2024/25",
        "inflation": chance.choice(["fees", "none"]),
    }
    if chance.random() < 0.5:
        return cost | {"amount": [_odd(chance, pounds) for _ in range(years)]}
    return cost | {"amount": _odd(chance, pounds)}
