"""What the committee paper needs beside the figures, as plain values for `results.json`: the case's own texts."""

from __future__ import annotations

from typing import Any

from finmodel.case.schema import Case, Option, Post


def paper_facts(case: Case) -> dict[str, Any]:
    """The texts of the paper as the case states them, and on which basis each post is priced."""
    return {
        "report_by": case.report_by,
        "recommendations": list(case.recommendations),
        "purpose": list(case.purpose),
        "background": list(case.background),
        "implications": {name: text for name, text in case.implications.model_dump().items() if text},
        "monitoring": case.monitoring,
        "sources": [
            {
                "title": source.title,
                "publisher": source.publisher,
                "date": source.date.isoformat() if source.date else "",
                "reference": source.reference,
                "link": source.link,
            }
            for source in case.sources.values()
        ],
        "pricing": {option.id: _pricing(case, option) for option in case.options},
    }


def _pricing(case: Case, option: Option) -> list[dict[str, Any]]:
    return [{"id": post.id, "title": post.title, **_basis(case, post)} for post in option.posts]


def _basis(case: Case, post: Post) -> dict[str, Any]:
    """How a post is priced: at a point of a grade, or as its authors state it."""
    if post.annual_cost is not None or post.grade is None:
        return {"basis": "stated", "grade": "", "point": None}
    grade = case.grades[post.grade]
    if grade.points is None:
        return {"basis": "salary", "grade": grade.label, "point": None}
    return {"basis": "grade", "grade": grade.label, "point": post.point if post.point is not None else case.point}
