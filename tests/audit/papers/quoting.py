"""Small papers for the tests of their verification, made in Python."""

from __future__ import annotations

from typing import Any

from finmodel.audit.papers.verification import CheckedWorking, Verification
from finmodel.audit.papers.verify import verify_paper
from finmodel.quoting.paper_file import paper_from_data

HEADING = {"authority": "Anytown Council", "title": "Investing to save", "date": "2015-01-20"}


def figure(printed: str, unit: str = "£", **more: Any) -> dict[str, Any]:
    """A quoted figure."""
    return {"printed": printed, "unit": unit, "where": "table 1", "label": printed, **more}


def paper(figures: dict[str, Any], *workings: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A paper as data."""
    return {"paper": HEADING, "figures": figures, "workings": list(workings), **more}


def verified(figures: dict[str, Any], *workings: dict[str, Any], **more: Any) -> Verification:
    """A paper verified."""
    return verify_paper(paper_from_data(paper(figures, *workings, **more)))


def checked(equals: str, printed: str, unit: str = "points", **figures: Any) -> CheckedWorking:
    """One working: `printed` should be what `equals` comes to; a figure given as text is measured in points."""
    quoted = {name: given if isinstance(given, dict) else figure(given, "points") for name, given in figures.items()}
    quoted["result"] = figure(printed, unit)
    return verified(quoted, {"figure": "result", "equals": equals}).checks[0]
