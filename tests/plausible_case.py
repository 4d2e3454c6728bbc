"""A right case with a bit of everything, of which nothing is to be asked, to put slips into."""

from __future__ import annotations

from typing import Any

PRICED = {"price_base": "2026/27", "inflation": "none"}
DEDUCTIONS = {"deadweight": "20%", "optimism_bias": "15%", "cashable": "60%", "budget_reduction": "100%"}


def rich_case() -> dict[str, Any]:
    """The data of the case, fresh: an option in 2026/27 to 2028/29, and three more so that there is a choice."""
    return {
        "title": "A team",
        "council": "Anytown City Council",
        "meeting": {"body": "Cabinet", "date": "2026-09-08"},
        "price_base": "2026/27",
        "first_year": "2026/27",
        "years": 3,
        "discounting": {"rate": "5.5%"},
        "children_in_care": 520,
        "break_even_placement": "fostering",
        "sources": {"paper": {"title": "Paper", "date": "2026-09-01", "expires": "2027-09-01"}},
        "grades": {
            "worker": {"label": "Worker", "points": "28-32"},
            "new": {"label": "Newly qualified", "points": "23-27"},
            "manager": {"label": "Manager", "salary": 54000},
        },
        "pay_awards": {"percent": "3%"},
        "on_costs": {"employer_pension": "19.8%"},
        "inflation": {"fees": "2%"},
        "placements": {
            "residential": {
                "label": "Children's home",
                "unit_cost": 318400,
                "per": "year",
                "price_base": "2023/24",
                "inflation": "none",
            },
            "fostering": {
                "label": "Foster care",
                "unit_cost": 820,
                "per": "week",
                "price_base": "2026/27",
                "inflation": "fees",
            },
            "homes": {"label": "Children's homes of others", "unit_cost": 318400, "per": "year", **PRICED},
            "carers": {"label": "Foster care of others", "unit_cost": 820, "per": "week", **PRICED},
        },
        "funding": {
            "sources": [
                {"id": "reserve", "label": "Reserve", "kind": "reserve", "limit": 900000, "interest": "2%"},
            ]
        },
        "stages": [{"id": "one", "title": "Stage one", "cost": 527000}],
        "options": [_team(), *_others()],
    }


def _team() -> dict[str, Any]:
    return {
        "id": "team",
        "title": "The team",
        "posts": [_workers(), _helpers(), {"id": "manager", "title": "Manager", "fte": 1, "grade": "manager"}],
        "costs": [
            {
                "id": "training",
                "label": "Training",
                "amount": 18000,
                "per": "once",
                "start": "2026-11",
                "optimism_bias": "0%",
                **PRICED,
            },
            {
                "id": "room",
                "label": "Family room",
                "amount": 60000,
                "per": "once",
                "start": "2027-01",
                "works": "standard-building",
                "capital": "borrowed",
                "financing": {"life_years": 10, "rate": "4.75%"},
                **PRICED,
            },
        ],
        "benefits": [
            {
                "id": "entries",
                "label": "Entries avoided",
                "entries_avoided": 0.5,
                "stay": {"average_months": 18},
                "placements": {"carers": "80%", "homes": "20%"},
                **DEDUCTIONS,
            }
        ],
        "savings": _savings(),
        "stated_cost": {"amount": 900000, "year": "2027/28"},
    }


def _others() -> list[dict[str, Any]]:
    roles = (("as-now", "business_as_usual"), ("least", "do_minimum"), ("other-way", "other"))
    return [{"id": name, "title": f"Option {name}", "role": role} for name, role in roles]


def _workers() -> dict[str, Any]:
    return {
        "id": "workers",
        "title": "Workers",
        "fte": 6,
        "people": 6,
        "grade": "worker",
        "start": "2026-10",
        "end": "2028-09",
        "recruited_per_month": 2,
        "vacancy_factor": "5%",
        "newly_qualified": {"grade": "new", "point": "top", "months": 12, "share": "50%"},
        "supplements": [{"id": "retention", "label": "Retention", "amount": 1500}],
        "agency_cover": {"rate": 38, "per": "hour", "per_week": 37, "weeks": 44, "inflation": "none"},
        "one_off": [{"id": "laptops", "label": "Laptops", "amount": 1200, "per": "person", **PRICED}],
        "per_fte": [{"id": "travel", "label": "Travel", "amount": 1400, **PRICED}],
    }


def _helpers() -> dict[str, Any]:
    return {"id": "helpers", "title": "Helpers", "fte": 12, "annual_cost": 40000, **PRICED}


def _savings() -> list[dict[str, Any]]:
    return [
        {
            "id": "step-down",
            "label": "From a home to foster care",
            "kind": "step_down",
            "children": 0.5,
            "from_placement": "residential",
            "to_placement": "fostering",
            **DEDUCTIONS,
        },
        {
            "id": "agency",
            "label": "Agency workers replaced",
            "kind": "agency_to_permanent",
            "posts": 1,
            "agency_cost": {"amount": 82000, **PRICED},
            "permanent_cost": {"amount": 52000, **PRICED},
            **DEDUCTIONS,
        },
        {
            "id": "guardians",
            "label": "Guardians sooner",
            "kind": "earlier_permanence",
            "children": 2,
            "per": "year",
            "months_earlier": 6,
            "placement": "fostering",
            "allowance": {"amount": 190, "per": "week", **PRICED},
            **DEDUCTIONS,
        },
        {
            "id": "sickness",
            "label": "Less cover",
            "kind": "less_sickness_cover",
            "days_avoided": 40,
            "day_cost": {"amount": 260, **PRICED},
            **DEDUCTIONS,
        },
        {
            "id": "turnover",
            "label": "Fewer leavers",
            "kind": "less_turnover",
            "leavers_avoided": 1,
            "replacement_cost": {"amount": 11000, **PRICED},
            **DEDUCTIONS,
        },
        {
            "id": "home",
            "label": "A home closes",
            "kind": "in_house_home",
            "beds_emptied": 4,
            "beds_to_close": 4,
            "homes": 1,
            "fixed_cost": {"amount": 620000, **PRICED},
            **DEDUCTIONS,
        },
    ]
