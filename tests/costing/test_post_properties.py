"""Random posts with all that can come with them: nothing is counted twice, parts come to wholes, the workbook agrees."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recalculation import by_ironcalc, disagreements

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.case import LoadedCase, case_from_data
from finmodel.report.workbook import formula_cells, render_workbook

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40)
POST = "options.team.posts.workers"
MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)][3:15]

shares = st.integers(0, 100).map(lambda percent: f"{percent}%")
numbers = st.integers(1, 40).map(lambda quarters: quarters / 4)
pounds = st.integers(0, 5_000)


def maybe(what: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | what


@st.composite
def posts(draw: st.DrawFn) -> dict[str, Any]:
    """A post of three years from April 2024 on, with what it may have."""
    start = draw(st.sampled_from(MONTHS))
    post: dict[str, Any] = {
        "id": "workers",
        "title": "Workers",
        "fte": draw(numbers),
        "grade": "worker",
        "start": start,
    }
    if draw(st.booleans()):
        post["fte"] = {"by_year": {"2024/25": draw(numbers), "2025/26": draw(numbers)}}
    post["vacancy_factor"] = draw(maybe(shares))
    post["recruited_per_month"] = draw(maybe(numbers))
    waits = st.integers(1, 30)
    post["newly_qualified"] = draw(
        maybe(st.fixed_dictionaries({"grade": st.just("starter"), "months": waits}, optional={"share": shares}))
    )
    allowance = st.fixed_dictionaries({"amount": pounds}, optional={"after_months": waits, "end": st.just("2026-06")})
    post["supplements"] = [
        {"id": f"allowance-{number}", "label": f"Allowance {number}"} | each
        for number, each in enumerate(draw(st.lists(allowance, max_size=2)))
    ]
    if draw(st.booleans()):
        cover = {"rate": draw(pounds), "per": "day", "per_week": 5, "weeks": 44, "inflation": "prices"}
        post["agency_cover"] = cover | {"start": "2024-03", "fee_percent": draw(shares)}
    if draw(st.booleans()):
        post |= {"end": "2026-08", "ending": {"weeks_of_pay": draw(numbers)}}
    item = {"label": "Item", "amount": draw(pounds), "inflation": "prices"}
    post["one_off"] = [
        item | {"id": per, "per": per} for per in draw(st.sets(st.sampled_from(["fte", "person", "post"])))
    ]
    post["per_fte"] = draw(st.lists(st.just(item | {"id": "item"}), max_size=1))
    post["replaces"] = draw(
        st.lists(st.just({"id": "old", "title": "Old", "fte": 0.5, "grade": "starter"}), max_size=1)
    )
    return {name: value for name, value in post.items() if value is not None}


def priced(post: dict[str, Any]) -> Appraisal:
    data = {
        "title": "Random posts",
        "council": "Anytown Council",
        "price_base": "2024/25",
        "first_year": "2024/25",
        "years": 3,
        "discounting": {"rate": "3.5%"},
        "on_costs": {"employer_pension": "20%"},
        "inflation": {"prices": "3%"},
        "grades": {
            "worker": {"label": "Worker", "salary": 48_000, "pay_awards_apply": False},
            "starter": {"label": "Starter", "salary": 36_000, "pay_awards_apply": False},
        },
        "options": [{"id": "team", "title": "Team", "posts": [post]}],
    }
    return appraise(LoadedCase(case_from_data(data), Path(), ()))


@UNHURRIED
@given(posts())
def test_nothing_is_counted_twice(post: dict[str, Any]) -> None:
    appraisal = priced(post)
    model, figures = appraisal.written.model, appraisal.results.figures

    def months(name: str) -> list[float]:
        return [value or 0.0 for value in figures(f"{POST}.{name}")]

    fte = months("fte") if len(months("fte")) > 1 else months("fte") * 36
    present = f"{POST}.monthly.fte_in_post"
    filled = (
        months("monthly.fte_in_post")
        if present in model
        else [a * b for a, b in zip(fte, months("active"), strict=True)]
    )
    for month, (here, whole) in enumerate(zip(filled, fte, strict=True)):
        assert -1e-9 <= here <= whole + 1e-9, month
    if "agency_cover" in post:
        covered = months("agency_cover.monthly.fte")
        assert all(a + b <= whole + 1e-9 for a, b, whole in zip(covered, filled, fte, strict=True))
    # Every group of staff together is all who are in post.
    groups = [line.address for line in model if ".monthly.share_" in line.address and line.address.startswith(POST)]
    groups = [name for name in groups if not name.endswith("share_in_post")]
    if groups:
        together = [sum(values) for values in zip(*(figures(name) for name in groups), strict=True)]
        expected = [here / whole for here, whole in zip(filled, fte, strict=True)]
        assert together == pytest.approx(expected, abs=1e-9)
    # Each who starts is met once.
    if "one_off" in post and f"{POST}.monthly.fte_starting" in model:
        steps = [max(b - a, 0) for a, b in zip([0, *filled], filled, strict=False)]
        assert months("monthly.fte_starting") == pytest.approx(steps, abs=1e-9)


@UNHURRIED
@given(posts())
def test_parts_come_to_the_cost(post: dict[str, Any]) -> None:
    appraisal = priced(post)
    assert appraisal.checks_hold
    (written,) = appraisal.written.options
    (own,) = written.own.posts
    figures = appraisal.results.figures
    parts = [
        sum(value or 0.0 for value in values)
        for values in zip(*(figures(line) for line in own.components), strict=True)
    ]
    assert parts == pytest.approx(figures(own.cost), rel=1e-9, abs=1e-6)


@settings(UNHURRIED, max_examples=8)
@given(posts())
def test_the_workbook_agrees(post: dict[str, Any]) -> None:
    appraisal = priced(post)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        path.write_bytes(render_workbook(appraisal))
        assert disagreements(formula_cells(appraisal), by_ironcalc(path), dust=1e-6) == []
