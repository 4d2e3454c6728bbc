"""Bradford's paper of December 2018: its figures come out, each share with its base."""

from __future__ import annotations

from pathlib import Path

import pytest

from finmodel.workload.figures import LineKey
from finmodel.workload.load import load_workload
from finmodel.workload.published import ShownLine, ShownReport, published_workload

FOLDER = Path(__file__).parents[2] / "inputs" / "bradford-2018"


@pytest.fixture(scope="module")
def report() -> ShownReport:
    return published_workload(load_workload(FOLDER))


def line(report: ShownReport, measure: str, section: str = "") -> ShownLine:
    return next(each for each in report.lines if each.key == LineKey(measure, section))


def texts(report: ShownReport, measure: str, section: str = "") -> list[str]:
    return [line(report, measure, section).text(place) for place in range(len(report.quarters))]


def test_the_five_quarters_of_appendix_1(report: ShownReport) -> None:
    days = ["30 September 2017", "31 December 2017", "31 March 2018", "30 June 2018", "30 September 2018"]
    assert [quarter.words for quarter in report.quarters] == days


@pytest.mark.parametrize(
    ("measure", "printed"),
    [
        ("agency-share-printed", ["5.0%", "6.6%", "10.0%", "17.8%", "20.0%"]),  # Appendix 1 a), of all SWs
        # the printed percentages have no decimals: 44, 42, 40, 44, 44; 30 June 2018 is 43.3 here (the README says why)
        ("experienced-share-printed", ["44.7%", "42.5%", "40.5%", "43.3%", "43.6%"]),
        ("newly-qualified-share-printed", ["–", "–", "–", "–", "53.8%"]),  # 71 / 132 = 53.788
        ("looked-after-share", ["–", "–", "–", "–", "25.0%"]),  # 1,018 / 4,078 = 24.96
        ("protection-share", ["–", "–", "–", "–", "15.4%"]),  # 629 / 4,078 = 15.42, printed 15%
        ("in-need-share", ["–", "–", "–", "–", "59.6%"]),  # printed 60%
        ("looked-after-experienced-share", ["–", "–", "–", "–", "47.2%"]),  # 480 / 1,018, printed 47%
        ("proceedings-experienced-share", ["49.4%", "–", "–", "–", "41.4%"]),  # 75 / 181, printed 41%
        ("looked-after-rate", ["67.2", "–", "–", "–", "71.9"]),  # printed 71.9
        ("plans-rate", ["39.6", "–", "–", "–", "46.2"]),  # printed 46.2
        ("printed-caseload", ["17.9", "18.8", "19.6", "19.3", "19.0"]),
    ],
)
def test_what_the_paper_prints_comes_out(report: ShownReport, measure: str, printed: list[str]) -> None:
    assert texts(report, measure) == printed


def test_the_agency_share_names_its_mixed_base_and_stands_beside_that_of_people(report: ShownReport) -> None:
    mixed = line(report, "agency-share-printed")
    assert mixed.base == "agency social workers (people) and social workers directly employed (FTE)"
    assert mixed.note.startswith("A mixed base")
    people = line(report, "agency-share-people")
    assert people.base == "agency social workers and social workers directly employed (people)"
    assert people.text(4) == "18.9%"  # 33 / 175
    assert "mixed" not in people.note


def test_changes_are_in_words(report: ShownReport) -> None:
    assert line(report, "looked-after").change_words(4, 4) == "up 66"  # 1,018 less 952
    assert line(report, "looked-after").change_words(4, 1) == "–"  # nothing is printed for June 2018
    assert line(report, "printed-proceedings-caseload").change_words(4, 4) == "no change"  # 2.9, "the same number"
    assert line(report, "sickness-days-per-fte").change_words(4, 4) == "down 0.97, better"  # 4.33 to 3.36
    assert line(report, "repeat-plans-percent").change_words(4, 4) == "up 0.5 points, worse"  # "a deterioration"


def test_comparators_are_those_that_the_paper_prints(report: ShownReport) -> None:
    """Paragraph 2.19: 45.3 nationally at 31 March 2018; the published data has since been revised to 45.9."""
    found = line(report, "plans-rate").comparator
    assert found is not None
    assert (found.period, found.region_name, found.number) == ("31 March 2018", "Yorkshire and the Humber", 10)
    assert found.england == pytest.approx(45.3, abs=1)


def test_what_does_not_add_up_is_asked_about(report: ShownReport) -> None:
    """Appendix 3: 162.43 + 355.99 + 188.72 = 707.14 of 737.62."""
    assert len(report.queries) == 1
    assert "737.62 FTE" in report.queries[0]
    assert "30.48 fewer" in report.queries[0]
