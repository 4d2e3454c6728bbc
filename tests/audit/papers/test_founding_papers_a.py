"""Darlington (2010) and Bradford (2018): the verdicts worked by hand from the papers, and the counts of docs/papers.md."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from finmodel.audit.papers.verification import CheckedWorking, InconsistencyKind, Verification, WorkingVerdict
from finmodel.audit.papers.verify import verify

ROOT = Path(__file__).resolve().parents[3]
PAPERS = ROOT / "inputs" / "papers"


@cache
def verified(paper: str) -> Verification:
    return verify(PAPERS / paper)


def check(paper: str, figure: str) -> CheckedWorking:
    """The check of a figure that has one working."""
    (found,) = [check for check in verified(paper).checks if check.figure == figure and check.working]
    return found


def value(paper: str, figure: str) -> float:
    recomputed = check(paper, figure).recomputed
    assert recomputed is not None
    assert recomputed.value is not None
    return recomputed.value


def found(paper: str, verdict: WorkingVerdict) -> set[str]:
    return {check.figure for check in verified(paper).checks if check.verdict is verdict}


# Darlington


def test_darlington_s_pressure_is_the_sum_of_its_parts_to_the_pound() -> None:
    # 3 x 36,729 = 110,187; 33,000 + 110,187 + 45,618 + 40,292 = 229,097
    assert value("darlington-2010", "social_workers_cost") == 110_187
    assert value("darlington-2010", "pressure") == 229_097
    assert check("darlington-2010", "social_workers_cost").outcome == "agrees exactly"
    assert check("darlington-2010", "pressure").outcome == "agrees exactly"


def test_darlington_cut_its_caseload_off_instead_of_rounding_it() -> None:
    # 656 / 22 = 29.818, printed 29; 656 / 21 = 31.2 would not be 29 by any rounding
    assert value("darlington-2010", "caseload") == pytest.approx(656 / 22)
    assert found("darlington-2010", WorkingVerdict.TRUNCATED) == {"caseload"}
    assert found("darlington-2010", WorkingVerdict.DOES_NOT_FOLLOW) == set()


def test_darlington_prints_the_same_in_every_place() -> None:
    assert verified("darlington-2010").findings == ()
    assert verified("darlington-2010").follows


# Bradford: what does not follow

DOES_NOT_FOLLOW = {
    "protection_2018_09": 561 + 724 - 610,  # 675, printed 654
    "starters": 4 + 4 + 33,  # 41, printed 58
    "looked_after_experienced_share_2017_09": 479 / 952,  # 50.3%, printed 53%
    "protection_experienced_share_2017_09": 186 / 561,  # 33.2%, printed 38%
    "proceedings_experienced_share_2017_09": 82 / 166,  # 49.4%, printed 55%
    "staff_2017": 721.24,  # 174.80 + 353.16 + 193.28, printed 722.24
    "staff_2018": 707.14,  # 162.43 + 355.99 + 188.72, printed 737.62
    # 162.43 x 2.45 + 355.99 x 4.17 + 188.72 x 2.96 = 397.9535 + 1,484.4783 + 558.6112 = 2,441.043 days, printed 3.36
    "days_2018": 2441.043 / 707.14,
}


def test_bradford_s_figures_that_do_not_follow_are_these_and_no_others() -> None:
    assert found("bradford-2018", WorkingVerdict.DOES_NOT_FOLLOW) == set(DOES_NOT_FOLLOW)
    assert not verified("bradford-2018").follows


@pytest.mark.parametrize("figure", DOES_NOT_FOLLOW)
def test_bradford_s_figure_comes_to_what_it_comes_to_by_hand(figure: str) -> None:
    assert value("bradford-2018", figure) == pytest.approx(DOES_NOT_FOLLOW[figure], rel=1e-12)


def test_bradford_rounds_one_share_up_that_rounds_down() -> None:
    # 315 / 654 = 48.165%, which rounds to 48%; printed 49%
    assert found("bradford-2018", WorkingVerdict.TRUNCATED) == {"protection_experienced_share_2018_09"}
    assert value("bradford-2018", "protection_experienced_share_2018_09") == pytest.approx(315 / 654, rel=1e-12)


# Bradford: what agrees

AGREES = {
    "text_agency": 10 + 20 + 2 + 1,  # 33
    "newly_qualified_then": 71 + 11,  # 82
    "newly_qualified_share": 71 / 132,  # 53.788%, printed 53.78%: 132.02 equivalents would give it
    "newly_qualified_then_share": 82 / 132,  # 62.121%, printed 62.12%
    "due": 1 + 2 + 10,  # 13
    "starters_with_due": 58 + 13,  # 71
    "agency_share_2017_09": 9 / (9 + 170),  # 5.03%, printed 5.0%
    "agency_share_2018_09": 33 / (33 + 132),  # 20.0%
    "agency_resource_share_2018_06": 1 / (1 + 25),  # 3.846%, printed 3.9%: 24.5 to 25.5 equivalents give 3.77 to 3.92
    "experienced_share_2018_06": (46 + 32) / (148 + 32),  # 43.3%, printed 44%: rounding of both gives 42.9 to 43.7
    "experienced_share_2018_09": (39 + 33) / (132 + 33),  # 43.6%, printed 44%
    "looked_after_experienced_share_2018_09": 480 / 1018,  # 47.2%, printed 47%
    "proceedings_experienced_share_2018_09": 75 / 181,  # 41.4%, printed 41%
    "active_looked_after_share": 1018 / 4078,  # 24.96%, printed 25%
    "active_protection_share": 629 / 4078,  # 15.4%, printed 15%
    "neglect": 1 - 0.17 - 0.08 - 0.48,  # 27%
    # 174.80 x 5.21 + 353.16 x 4.46 + 193.28 x 3.33 = 910.708 + 1,575.0936 + 643.6224 = 3,129.424 days; 4.339, printed 4.33
    "days_2017": 3129.424 / 721.24,
}


@pytest.mark.parametrize("figure", AGREES)
def test_bradford_s_figure_agrees_and_comes_to_the_same_by_hand(figure: str) -> None:
    assert check("bradford-2018", figure).verdict is WorkingVerdict.AGREES
    assert value("bradford-2018", figure) == pytest.approx(AGREES[figure], rel=1e-12)


def test_bradford_s_rates_imply_one_child_population() -> None:
    # 654 at 46.15 to 46.25 is 141,405 to 141,712 children; 1,018 at 71.85 to 71.95 is 141,487 to 141,684
    (children,) = [implied for implied in verified("bradford-2018").implied if implied.name == "child_population"]
    assert children.overlap
    assert children.common is not None
    assert children.common.low == pytest.approx(1018 / 71.95 * 10_000)
    assert children.common.high == pytest.approx(1018 / 71.85 * 10_000)


def test_bradford_prints_two_values_for_two_names() -> None:
    # 143 and 142 social workers; “38% half were not born in Bradford”
    two = [f.figures for f in verified("bradford-2018").findings if f.kind is InconsistencyKind.TWO_VALUES]
    assert {names[0] for names in two} | {names[-1] for names in two} == {
        "text_social_workers", "social_workers_2018_09", "not_born_in_bradford_in_words", "not_born_in_bradford",
    }  # fmt: skip


def test_bradford_s_shares_of_staff_set_people_over_equivalents() -> None:
    mixed = {
        name
        for f in verified("bradford-2018").findings
        if f.kind is InconsistencyKind.MIXED_BASES
        for name in f.figures
    }
    assert {"agency_share_2018_09", "experienced_share_2018_09", "newly_qualified_share"} <= mixed
    assert "looked_after_experienced_share_2018_09" not in mixed


# The page of the papers


def sections() -> dict[str, str]:
    """The sections of docs/papers.md that link to a paper's figures, by the paper's folder."""
    page = (ROOT / "docs" / "papers.md").read_text(encoding="utf-8")
    parts = re.split(r"^## ", page, flags=re.MULTILINE)[1:]
    return {
        link[1]: part for part in parts if (link := re.search(r"\.\./inputs/papers/([a-z0-9-]+)/paper\.yaml", part))
    }


def counted(section: str) -> dict[str, int]:
    """The rows `| words | number |` of a section."""
    return {
        words: int(number) for words, number in re.findall(r"^\| ([a-z ]+?) +\| +([0-9]+) +\|$", section, re.MULTILINE)
    }


@pytest.mark.parametrize("paper", sorted(folder.name for folder in PAPERS.iterdir()))
def test_the_page_s_counts_are_those_of_the_engine(paper: str) -> None:
    verdicts = {verdict.value: count for verdict, count in verified(paper).counts.items()}
    findings = Counter(finding.kind.value for finding in verified(paper).findings)
    assert counted(sections()[paper]) == verdicts | findings


@pytest.mark.parametrize("paper", ["darlington-2010", "bradford-2018"])
def test_the_page_tells_every_figure_that_fails_and_its_printed_text(paper: str) -> None:
    rows = re.findall(r"^\| ((?:paragraph|Appendix) .*) \|$", sections()[paper], re.MULTILINE)
    failing = [
        c for c in verified(paper).checks if c.verdict in (WorkingVerdict.DOES_NOT_FOLLOW, WorkingVerdict.TRUNCATED)
    ]
    assert len(rows) == len(failing)
    for check in failing:
        assert any(check.printed in row.split(" | ")[1] for row in rows), check.label
