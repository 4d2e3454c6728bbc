"""Members of any of several groups, which may share members: from the largest group to all of them together."""

from __future__ import annotations

from typing import Any

import pytest

from finmodel.audit.papers.verification import CheckedWorking, InconsistencyKind, Verification, WorkingVerdict
from finmodel.audit.papers.verify import verify_paper
from finmodel.parsing.problems import ProblemsError
from finmodel.quoting.paper_file import paper_from_data


def verified(working: str, **printed: tuple[str, str]) -> Verification:
    figures: dict[str, Any] = {
        name: {"printed": text, "unit": unit, "where": "table 1", "label": name}
        for name, (text, unit) in printed.items()
    }
    paper = {"authority": "Anytown Council", "title": "Caseloads", "date": "2015-01-20"}
    data = {"paper": paper, "figures": figures, "workings": [{"figure": "total", "equals": working}]}
    return verify_paper(paper_from_data(data))


def check(working: str, **printed: tuple[str, str]) -> CheckedWorking:
    return verified(working, **printed).checks[0]


def children(text: str) -> tuple[str, str]:
    return text, "children"


@pytest.mark.parametrize(
    ("total", "verdict"),
    [
        ("4", WorkingVerdict.AGREES),  # all three of b are also in a
        ("6", WorkingVerdict.AGREES),
        ("7", WorkingVerdict.AGREES),  # none is in both
        ("3", WorkingVerdict.DOES_NOT_FOLLOW),
        ("8", WorkingVerdict.DOES_NOT_FOLLOW),
    ],
)
def test_four_and_three_are_from_four_to_seven(total: str, verdict: WorkingVerdict) -> None:
    found = check("any_of(a, b)", a=children("4"), b=children("3"), total=children(total))
    assert found.verdict is verdict
    assert found.recomputed is not None
    assert (found.recomputed.low, found.recomputed.high, found.recomputed.value) == (4, 7, None)


def test_a_group_beside_them_is_named_as_what_would_have_to_change() -> None:
    # 2 + (4 to 7) is 6 to 9, and 11 is printed: 4 to 7 beside them would do, and the nearest is named with its range
    found = check("other + any_of(a, b)", other=children("2"), a=children("4"), b=children("3"), total=children("11"))
    assert [(near.figure, near.needed) for near in found.nearest] == [("other", "4 to 7")]


def test_rounded_shares_move_the_ends_once_and_not_twice() -> None:
    # 40% is 39.5 to 40.5, 30% is 29.5 to 30.5: from 39.5% to 71%
    found = check("any_of(a, b)", a=("40%", "%"), b=("30%", "%"), total=("55%", "%")).recomputed
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.395, 0.71))


def test_pounds_and_children_are_no_groups_of_one_thing() -> None:
    found = verified("any_of(a, b)", a=("£4", "£"), b=children("3"), total=children("5"))
    assert InconsistencyKind.UNITS in {finding.kind for finding in found.findings}


def test_one_group_is_not_several() -> None:
    with pytest.raises(ProblemsError):
        verified("any_of(a)", a=children("4"), total=children("4"))
