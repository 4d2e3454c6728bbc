"""A case with every kind of saving once, for tests of the model, the workbook and the results."""

from __future__ import annotations

from typing import Any

from small_cases import NO_DEDUCTIONS, case_of, option_of

Data = dict[str, Any]

PLACEMENTS: Data = {
    "home": {"label": "Home", "unit_cost": 4_000, "per": "week", "price_base": "2015/16", "inflation": "fees"},
    "fostering": {
        "label": "Fostering",
        "unit_cost": 40_000,
        "per": "year",
        "price_base": "2014/15",
        "inflation": "pay",
    },
    "own-home": {"label": "Own home", "unit_cost": 0, "per": "year", "price_base": "2015/16", "inflation": "none"},
}
INFLATION: Data = {"fees": "4%", "pay": "2%", "deflator": {"published": "gdp-deflator"}}


def amount(pounds: float, inflation: str = "none", price_base: str = "2015/16") -> Data:
    """An amount of money as a saving states it."""
    return {"amount": pounds, "price_base": price_base, "inflation": inflation}


def saving(kind: str, name: str = "it", **names: Any) -> Data:
    """A saving without deductions unless `names` say otherwise."""
    found = {"id": name, "label": f"A saving: {name}", "kind": kind, **NO_DEDUCTIONS, **names}
    if "evidence_grade" in names:
        del found["optimism_bias"]
    return found


def of_savings(*savings: Data, years: int = 3, option: Data | None = None, **names: Any) -> Data:
    """A case with one option and these savings."""
    names = {"placements": PLACEMENTS, "inflation": INFLATION, **names}
    return case_of(option_of(savings=list(savings), **(option or {})), years=years, **names)


def every_kind() -> Data:
    """Every kind of saving, deductions of each sort, other bodies, and a status quo that saves something too."""
    benefits = [
        {
            "id": "fewer",
            "label": "Entries avoided",
            "entries_avoided": {"need": 20, "engagement": "60%", "retention": "50%", "impact": "25%"},
            "stay": {"months": 18},
            "start": "2015-07",
            "placements": {"own-home": "75%", "fostering": "25%"},
            "deadweight": "10%",
            "evidence_grade": {"children": 4, "prices": 2},
            "cashable": "80%",
        }
    ]
    ladder = {"deadweight": "20%", "optimism_bias": "15%", "cashable": "60%"}
    savings = [
        saving("step_down", "step-down", children=[1, 3, 5], from_placement="home", to_placement="fostering", **ladder),
        saving(
            "earlier_permanence",
            "permanence",
            children=12,
            per="year",
            months_earlier=5,
            placement="fostering",
            allowance={**amount(180, "pay"), "per": "week"},
            lag_months=3,
            **ladder,
        ),
        saving(
            "agency_to_permanent",
            "agency",
            posts={"by_month": {"2015-04": 0, "2015-10": 2, "2016-06": 4}},
            agency_cost=amount(75_000, "fees"),
            permanent_cost=amount(52_000, "pay"),
            deadweight="25%",
            evidence_grade=5,
            cashable="100%",
        ),
        saving("less_turnover", "turnover", leavers_avoided=3, replacement_cost=amount(12_000, "pay"), drop_off="10%"),
        saving(
            "less_sickness_cover", "sickness", days_avoided=240, day_cost=amount(210, "pay"), deductions="subtractive"
        ),
        saving(
            "process_costs",
            "process",
            benefit="fewer",
            processes=[
                {"id": "deciding", "code": "SS2.1", "inflation": "deflator"},
                {"id": "legal", "cost": 9_000, "price_base": "2015/16", "inflation": "pay", "per_entry": 0.4},
            ],
            **ladder,
        ),
        saving("income", "grant", income=amount(50_000), per="once", start="2016-01"),
        saving("income", "fees", income=amount(12_000, "pay"), per="year", body="A council"),
        saving(
            "in_house_home",
            "home",
            benefit="fewer",
            placement="own-home",
            beds_to_close=4,
            homes=2,
            fixed_cost=amount(600_000, "pay"),
            **ladder,
        ),
        saving(
            "per_unit",
            "women",
            units={"name": "women", "entering": [12, 24, 24], "per": "year", "shares": ["18%", "10%"]},
            amount={**amount(5_000, "pay"), "per": "once"},
            lag_months=3,
            **ladder,
        ),
        saving(
            "per_unit",
            "families",
            units={"name": "families", "entering": 2, "per": "month"},
            by_year_since_entry={"amounts": [600, 300], "price_base": "2015/16", "inflation": "pay"},
            **ladder,
        ),
        saving("income", "nhs", body="NHS", income=amount(30_000), per="year", **ladder),
        saving("less_sickness_cover", "police", body="Police", days_avoided=10, day_cost=amount(300), cashable="0%"),
    ]
    posts = [
        {"id": "lead", "title": "Lead", "fte": 2, "annual_cost": 60_000, "price_base": "2015/16", "inflation": "pay"}
    ]
    status_quo = option_of("as-now", savings=[saving("income", "old", body="nhs", income=amount(6_000), per="year")])
    team = option_of("team", posts=posts, benefits=benefits, savings=savings)
    return case_of(status_quo, team, years=3, placements=PLACEMENTS, inflation=INFLATION, status_quo="as-now")
