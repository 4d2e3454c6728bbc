"""Pairs of small cases for the tests of comparisons, and ways to read what was found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from small_cases import NO_DEDUCTIONS, case_of, option_of

from finmodel.audit.versions.diff import compare
from finmodel.audit.versions.difference import Attribution, VersionDifference
from finmodel.case import LoadedCase, case_from_data

Data = dict[str, Any]

PLACEMENTS: Data = {
    "foster": {"label": "Foster", "unit_cost": 12_000, "per": "year", "price_base": "2015/16", "inflation": "none"}
}


def loaded(data: Data) -> LoadedCase:
    """A case as if it had been loaded."""
    return LoadedCase(case_from_data(data), Path("case"), (), data=data)


def compared(old: Data, new: Data) -> VersionDifference:
    """Two versions compared."""
    return compare(loaded(old), loaded(new))


def post(fte: Any = 2, cost: Any = 10_000, name: str = "worker", **names: Any) -> Data:
    """A post at an all-in cost."""
    stated = {"annual_cost": cost, "price_base": "2015/16", "inflation": "none"}
    return {"id": name, "title": name.capitalize(), "fte": fte, **stated, **names}


def fewer(children: Any, name: str = "fewer", **names: Any) -> Data:
    """Children fewer in care, £1,000 a month for each, without deductions."""
    return {"id": name, "label": "Fewer", "children": children, "placements": {"foster": "100%"}} | (
        NO_DEDUCTIONS | names
    )


def team(*posts: Data, benefits: list[Data] | None = None, years: int = 1, **names: Any) -> Data:
    """A case with one option."""
    option = option_of(posts=list(posts), **({"benefits": benefits} if benefits else {}))
    return case_of(option, years=years, placements=PLACEMENTS, **names)


def attribution(
    found: VersionDifference, figure: str = "net_present_budget_impact", option: str = "team"
) -> Attribution:
    """The attribution of a figure."""
    (move,) = [each for each in found.options if each.id == option]
    (shared,) = [each for each in move.attributions if each.figure.startswith(figure)]
    return shared


def parts(found: VersionDifference, figure: str = "net_present_budget_impact", option: str = "team") -> dict[str, Any]:
    """By place: how far it moves the figure."""
    return {part.name: part.by for part in attribution(found, figure, option).parts}
