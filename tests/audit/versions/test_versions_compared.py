"""Two versions of a case compared: closed forms, structure, paybacks that come and go."""

from __future__ import annotations

import copy
from math import fsum, ulp
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_cases import GRADE, case_of, option_of
from versions_cases import attribution, compared, fewer, parts, post, team

from finmodel.audit.versions.diff import compare
from finmodel.audit.versions.diff_text import as_text
from finmodel.audit.versions.difference import VersionDifference
from finmodel.audit.versions.edit_steps import Stages, disjoint, stages
from finmodel.audit.versions.editing import Edit
from finmodel.case import LoadedCase, case_from_data, load_case

INPUTS = Path(__file__).parents[3] / "inputs"


def near(given: Any) -> Any:
    """Money to a millionth of a penny: 10,000 at 12 months of a twelfth is 10,000 less a unit in the last place."""
    return pytest.approx(given, abs=1e-8)


def sums(found: VersionDifference) -> None:
    """The parts add up to the move, but for a unit in the last binary place of the largest."""
    for option in found.options:
        for each in option.attributions:
            if each.old is None or each.new is None:
                continue
            given = [part.by for part in each.parts if part.by is not None]
            if len(given) == len(each.parts):
                left = abs(fsum(given) - (each.new - each.old))
                assert left <= max(map(ulp, given), default=0), (option.id, each.figure)


def test_the_same_case_twice_gives_nothing() -> None:
    found = compared(team(post()), team(post()))
    assert not found.moved
    assert (found.changes, found.inputs) == ((), ())
    assert attribution(found).parts == ()


def test_one_input_carries_the_whole_move() -> None:
    """2 FTE at £10,000 cost £20,000; 3 FTE £30,000. One year, which is not discounted."""
    found = compared(team(post(fte=2)), team(post(fte=3)))
    assert parts(found) == {"options.team.posts.worker.fte": near(-10_000)}
    (moved,) = found.inputs
    assert (moved.address, moved.kind, moved.unit) == ("options.team.posts.worker.fte", "changed", "FTE")
    assert (moved.old and moved.old.text, moved.new and moved.new.text) == ("2", "3")


def test_what_two_do_together_goes_to_the_second() -> None:
    """2 × £10,000 to 3 × £10,000, then to 3 × £12,000: £10,000 by the post, £6,000 by its price."""
    found = compared(team(post(2, 10_000)), team(post(3, 12_000)))
    assert parts(found) == {
        "options.team.posts.worker.fte": near(-10_000),
        "options.team.posts.worker.annual_cost": near(-6_000),
    }
    sums(found)


def test_back_again_moves_the_other_way() -> None:
    old, new = team(post(2, 10_000)), team(post(3, 12_000))
    back = parts(compared(new, old))
    assert back["options.team.posts.worker.fte"] == near(12_000)  # the first change meets the other price
    assert sum(back.values()) == near(-sum(parts(compared(old, new)).values()))


def test_words_move_nothing_and_are_told_apart() -> None:
    new = team(post(fte=3)) | {"title": "Another title", "summary": "Words."}
    found = compared(team(post(fte=2)), new)
    kinds = {change.path: change.kind for change in found.changes}
    assert kinds == {"options.team.posts.worker.fte": "value", "title": "words", "summary": "words"}


def test_a_new_source_is_a_change_without_a_move() -> None:
    sources = {"payroll": {"title": "The payroll"}}
    found = compared(team(post(), sources=sources), team(post(source="payroll"), sources=sources))
    assert not found.moved
    assert {move.kind for move in found.inputs} == {"source"}


def test_a_post_added_is_a_step_of_its_own_before_the_values() -> None:
    """A manager for £30,000; then the workers' FTE from 2 to 3."""
    found = compared(team(post(2)), team(post(3), post(1, 30_000, "manager")))
    assert parts(found) == {
        "options.team.posts.manager": near(-30_000),
        "options.team.posts.worker.fte": near(-10_000),
    }
    assert [part.structure for part in attribution(found).parts] == [True, False]
    sums(found)


def test_more_years_are_structure() -> None:
    """A second year costs another £20,000, divided by 1.035."""
    found = compared(team(post()), team(post(), years=2))
    assert parts(found)["years"] == pytest.approx(-20_000 / 1.035)
    sums(found)


def test_a_number_that_becomes_a_list_by_year_is_structure() -> None:
    """The year after: 5 FTE and not 2, £30,000 ÷ 1.035."""
    found = compared(team(post(2), years=2), team(post([2, 5]), years=2))
    assert parts(found)["options.team.posts.worker.fte"] == pytest.approx(-30_000 / 1.035)
    assert attribution(found).parts[0].structure


def test_what_cannot_come_first_waits() -> None:
    """The new grade, of which nothing is made yet, is there from the start; the old one goes when nobody has it."""
    names = {"on_costs": {"flat_rate": "0%"}}
    worker = {"id": "p", "title": "P", "fte": 1}
    old = case_of(option_of(posts=[worker | {"grade": "old"}]), grades={"old": GRADE}, **names)
    new = case_of(option_of(posts=[worker | {"grade": "new"}]), grades={"new": GRADE | {"salary": 40_000}}, **names)
    found = compared(old, new)
    assert [(change.path, change.kind) for change in found.changes] == [
        ("options.team.posts.p.grade", "structure"),
        ("grades.old", "structure"),
        ("grades.new", "words"),
    ]
    assert parts(found) == {"options.team.posts.p.grade": near(-4_000)}


def test_edits_that_only_go_together_are_one_step() -> None:
    """A second year takes the list by year along: neither makes a case without the other. 5 FTE: £50,000 ÷ 1.035."""
    found = compared(team(post([2])), team(post([2, 5]), years=2))
    assert parts(found) == {"years + options.team.posts.worker.fte": near(-50_000 / 1.035)}
    sums(found)


def test_a_start_and_a_lag_add_up() -> None:
    """From June, 10 months at £5,000; from September, 7: one month by the start, two by the lag."""
    old = team(post(), benefits=[fewer(5, start="2015-05", lag_months=1)])
    new = team(post(), benefits=[fewer(5, start="2015-06", lag_months=3)])
    assert parts(compared(old, new)) == {
        "options.team.benefits.fewer.start": near(-5_000),
        "options.team.benefits.fewer.lag_months": near(-10_000),
    }


def test_edits_that_move_the_same_value_are_one_step() -> None:
    one, two, three = ((Edit((name,), 1, 2),) for name in ("one", "two", "three"))
    moved = {one: {"a": {0: 1.0}}, two: {"b": {0: 1.0}}, three: {"a": {0: 2.0, 1: 1.0}}}
    assert disjoint([one, two, three], moved) == [[one, three], [two]]


def mix(foster: str, kin: str) -> dict[str, Any]:
    """One child less in care; £12,000 a year with foster carers, £6,000 with kin."""
    benefits = [fewer(1, name, placements={"foster": foster, "kin": kin}) for name in ("first", "second")]
    kin_placement = {"label": "Kin", "unit_cost": 6_000, "per": "year", "price_base": "2015/16", "inflation": "none"}
    found = team(benefits=benefits)
    return found | {"placements": found["placements"] | {"kin": kin_placement}}


def test_shares_of_a_mix_go_together_and_are_values() -> None:
    """£9,000 at half and half, £10,500 at three quarters with foster carers: each benefit's mix moves it by £1,500."""
    found = compared(mix("50%", "50%"), mix("75%", "25%"))
    place = "options.team.benefits.{0}.placements"
    assert parts(found) == {
        f"{place.format(name)}.foster + {place.format(name)}.kin": near(1_500) for name in ("first", "second")
    }
    assert not any(part.structure for part in attribution(found).parts)


# £24,000 in the first year; children fewer in care from the second year on, £1,000 a month each.
def paying(children: Any, cost: Any = 24_000) -> dict[str, Any]:
    once = {"id": "once", "label": "Once", "amount": cost, "per": "once", "start": "2015-04"}
    once |= {"price_base": "2015/16", "inflation": "none"}
    option = option_of(costs=[once], benefits=[fewer(children, start="2016-04")])
    return case_of(option, years=3, placements=team()["placements"])


def test_payback_moves_in_months() -> None:
    """£24,000 by one child: the 24th month from April 2016, March 2018. By two: 12 months, March 2017. 12 earlier."""
    found = compared(paying(1), paying(2))
    shared = attribution(found, "payback")
    assert (shared.old, shared.new) == (36, 24)
    assert parts(found, "payback") == {"options.team.benefits.fewer.children": -12}


def test_a_payback_that_comes_is_told_by_its_states() -> None:
    """Half a child saves £12,000 in the two years: never. Two at double the cost: £48,000 in 24 months."""
    found = compared(paying(0.5), paying(2, 48_000))
    shared = attribution(found, "payback")
    assert (shared.old, shared.new) == (None, 36)
    assert [part.after for part in shared.parts] == [None, 36] or [part.after for part in shared.parts] == [36]
    assert all(part.by is None for part in shared.parts)


def test_a_payback_that_stays_but_not_on_the_way_has_no_shares() -> None:
    """Twice the cost and twice the children: the same month, but at twice the cost alone never."""
    found = compared(paying(1), paying(2, 48_000))
    shared = attribution(found, "payback")
    assert (shared.old, shared.new) == (36, 36)
    assert [part.after for part in shared.parts] == [None, 36]
    assert [part.by for part in shared.parts] == [None, None]


def test_payback_months_are_counted_from_the_old_first_month() -> None:
    """The same flows a year later: 12 months later."""
    old, new = paying(1), paying(1)
    old = old | {"years": 4}
    new = new | {"first_year": "2016/17", "years": 3}
    new["options"][0]["benefits"][0]["start"] = "2017-04"
    new["options"][0]["costs"][0]["start"] = "2016-04"
    shared = attribution(compared(old, new), "payback")
    assert (shared.old, shared.new) == (36, 48)


def test_an_option_that_is_new_has_figures_and_no_attribution() -> None:
    old = team(post())
    new = copy.deepcopy(old)
    new["options"].append(option_of("other", posts=[post(5)]))
    found = compared(old, new)
    (other,) = [option for option in found.options if option.id == "other"]
    assert (other.which, other.attributions) == ("new", ())
    assert all(move.old is None for move in other.measures)
    assert attribution(found).parts == ()


def test_what_no_step_explains_is_never_put_into_another_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """The price of £10,000 to £12,000 forgotten on the way: 3 × £2,000 are left."""
    from msgspec.structs import replace

    from finmodel.audit.versions import diff as module

    def forgetful(old: Any, new: Any) -> Stages:
        way = stages(old, new)
        return replace(way, values=way.values[:1])

    monkeypatch.setattr(module, "stages", forgetful)
    found = compared(team(post(2, 10_000)), team(post(3, 12_000)))
    assert parts(found) == {"options.team.posts.worker.fte": near(-10_000), "": near(-6_000)}
    assert "What no change explains" in as_text(found)
    sums(found)


def test_many_changes_add_up() -> None:
    """£1,000 × (n + 1) by the FTE; then £500 × (n + 1) for each of the two by the price."""
    names = [f"post{n}" for n in range(6)]
    old = team(*(post(1, 1_000 * (n + 1), name) for n, name in enumerate(names)))
    new = team(*(post(2, 1_500 * (n + 1), name) for n, name in enumerate(names)))
    found = compared(old, new)
    expected = [by * (n + 1) for n in range(6) for by in (-1_000, -1_000)]
    assert [part.by for part in attribution(found).parts] == pytest.approx(expected)
    sums(found)


VERSIONS = st.builds(
    lambda fte, cost, children, years, manager: team(
        post(fte, cost),
        *([post(1, 30_000, "manager")] if manager else []),
        benefits=[fewer(children)] if children else None,
        years=years,
    ),
    fte=st.sampled_from([1, 2.5, 4]),
    cost=st.sampled_from([10_000, 12_345.67]),
    children=st.sampled_from([0, 1, 3.5]),
    years=st.sampled_from([1, 3]),
    manager=st.booleans(),
)


@settings(max_examples=25, deadline=None)
@given(VERSIONS, VERSIONS)
def test_any_two_versions_add_up_and_leave_nothing_unexplained(old: dict[str, Any], new: dict[str, Any]) -> None:
    found = compared(old, new)
    sums(found)
    assert all(part.edits for option in found.options for each in option.attributions for part in each.parts)
    assert found.moved == (old != new)


@pytest.mark.parametrize("name", ["wolverhampton-2015", "darlington-2010", "example-2026"])
def test_a_shipped_case_with_changes_of_every_kind_adds_up(name: str) -> None:
    old = load_case(INPUTS / name)
    data = copy.deepcopy(old.data)
    option = next(each for each in data["options"] if each.get("posts"))
    option["posts"][0]["fte"] = "4.5"
    option["posts"].append(post(1, 40_000, "added", price_base=str(old.case.price_base)))
    data["years"] = str(old.case.years + 1) if name == "darlington-2010" else data["years"]
    found = compare(old, LoadedCase(case_from_data(data), old.folder, old.files, data=data))
    shared = attribution(found, option=option["id"])
    assert {part.name.rpartition(".")[2] for part in shared.parts} >= {"fte", "added"}
    sums(found)
