"""What is said of an award that is offered: in the tables of posts, in the narrative, and in neither where no pay rests on it.

One FTE at point 35, £47,665 from April 2026, of which 3.3% is offered: £47,665 × 0.01 ÷ 1.033 = £461.42. With 15% National
Insurance, 20% pension and 0.5% levy: × 1.355 = £625.23.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_cases import case_of, option_of

from finmodel.appraisal.appraise import appraise
from finmodel.case import LoadedCase, case_from_data
from finmodel.report.financial_implications import narrative_text
from finmodel.report.page_tables import posts
from finmodel.results.appraised import AppraisalResults, results

POST = {"id": "worker", "title": "Worker", "grade": "grade", "fte": 1}
OFFER = "The pay award of 2026/27 is offered, not agreed."
HIGHER = f"{OFFER} If it settles one point higher than the 3.3% offered, "


def found_of(*options: dict[str, Any], **names: Any) -> AppraisalResults:
    settings = {"first_year": "2026/27", "on_costs": {"employer_pension": "20%"}} | names
    case = case_of(*options, grades={"grade": {"label": "Grade", "points": "33-35"}}, **settings)
    return results(appraise(LoadedCase(case_from_data(case), Path("case"), ())))


def on_paper(found: AppraisalResults) -> str:
    return " ".join(narrative_text(found).split())


def test_page_and_narrative_say_what_a_point_more_costs() -> None:
    found = found_of(option_of(posts=[POST]))
    expected = f"{HIGHER}this option costs £625 more over the years shown; that is in no figure here."
    assert "The 2026/27 pay award is the 3.3% offered; each point above it adds £625." in on_paper(found)
    assert [table.note.count(expected) for table in posts(found)] == [1]


def test_a_table_of_several_options_says_so_of_each() -> None:
    found = found_of(option_of("one", posts=[POST]), option_of("two", posts=[POST]))
    assert [f"{HIGHER}each of these options costs £625 more" in table.note for table in posts(found)] == [True]


def test_fewer_posts_than_business_as_usual_cost_less() -> None:
    found = found_of(option_of("now", posts=[POST | {"fte": 2}]), option_of(posts=[POST]), status_quo="now")
    expected = f"{HIGHER}this option costs £625 less over the years shown, measured against business as usual;"
    assert any(expected in table.note for table in posts(found))
    assert "the 3.3% offered; each point above it takes off £625." in on_paper(found)


@pytest.mark.parametrize("names", [{"pay_awards": {"percent": "3%"}}, {"first_year": "2025/26"}])
def test_nothing_is_said_where_no_pay_rests_on_the_offer(names: dict[str, Any]) -> None:
    found = found_of(option_of(posts=[POST]), **names)
    assert found.options[0].if_award_one_point_higher is None
    assert "award" not in on_paper(found)
    assert not any(OFFER in table.note for table in posts(found))
