"""Small cases for tests, built from plain data as a case file would state them, and what follows from them."""

from __future__ import annotations

from typing import Any

from finmodel.appraisal.appraise import WrittenModel, write_model
from finmodel.case import case_from_data
from finmodel.lines.evaluate import Results, evaluate

Data = dict[str, Any]

NO_DEDUCTIONS: Data = {"deadweight": "0%", "optimism_bias": "0%", "cashable": "100%"}
GRADE: Data = {"label": "Grade", "salary": 36_000, "pay_awards_apply": False}


def case_of(*options: Data, first_year: str = "2015/16", years: int = 1, **names: Any) -> Data:
    """The data of a case with these options; `names` are the case's other names."""
    return {
        "title": "A case",
        "council": "A council",
        "price_base": first_year,
        "first_year": first_year,
        "years": years,
        "discounting": {"rate": "3.5%"},
        **names,
        "options": list(options),
    }


def option_of(name: str = "team", **names: Any) -> Data:
    """An option."""
    return {"id": name, "title": f"The {name}", **names}


def written(data: Data) -> WrittenModel:
    """The model of a case's data."""
    return write_model(case_from_data(data))


def results_of(data: Data) -> Results:
    """Every line of a case's data, worked out."""
    return evaluate(written(data).model)


def of_post(data: Data, **names: Any) -> Data:
    """The data with one option that has one post: 1 FTE of the grade `grade`, unless `names` say otherwise."""
    post = {"id": "worker", "title": "Worker", **({} if "hours" in names else {"fte": 1}), **names}
    if "annual_cost" not in post:
        post.setdefault("grade", "grade")
    return data | {"options": [option_of(posts=[post])]}


def priced(post: Data, **names: Any) -> Results:
    """One post, priced; without on-costs unless the case says otherwise."""
    names.setdefault("grades", {"grade": GRADE})
    names.setdefault("on_costs", {"flat_rate": "0%"})
    return results_of(of_post(case_of(**names), **post))


def of_worker(results: Results, name: str) -> list[float | None]:
    """A line of the one post, by its last name."""
    return results.figures(f"options.team.posts.worker.{name}")
