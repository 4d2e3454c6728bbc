"""The sentences at the top of the page, each expected by hand from values chosen by hand."""

from __future__ import annotations

from typing import Any

import pytest
from plain_results import typed, typed_as

from finmodel.report import certainty, children_words, headline
from finmodel.report.answer import Answer
from finmodel.results import children as needed_children
from finmodel.results.children import ChildrenNeeded
from finmodel.results.option import OptionResult

Found = dict[str, Any]
YEARS = ["2015/16", "2016/17", "2017/18"]


def verdict(needed: Found) -> str:
    return needed_children.verdict(typed_as(ChildrenNeeded, needed))


def cost_answer(option: Found, found: Found) -> Answer:
    return headline.cost_answer(typed_as(OptionResult, option), typed(found))


def children_answer(option: Found, found: Found) -> Answer:
    return children_words.children_answer(typed_as(OptionResult, option), typed(found))


def payback_answer(option: Found, found: Found) -> Answer:
    return headline.payback_answer(typed_as(OptionResult, option), typed(found))


def confidence_answer(option: Found, found: Found) -> Answer:
    return certainty.confidence_answer(typed_as(OptionResult, option), typed(found))


def checks_sentence(found: Found) -> str:
    return certainty.checks_sentence(typed(found))


def warning_about(found: Found) -> certainty.CertaintyNotice | None:
    return certainty.warning_about(typed(found))


def option(**names: Any) -> Found:
    """An option that costs 100,000 a year and claims nothing, unless `names` say otherwise."""
    given: Found = {
        "id": "team",
        "title": "A team",
        "status_quo": False,
        "recommended": True,
        "requirement": False,
        "benefits": [],
        "costs": [],
        "stated_cost": None,
        "capital": None,
        "by_year": by_year([100_000.0] * 3, [0.0] * 3),
        "measures": measures(),
    }
    return given | names


def by_year(cost: list[float], saving: list[float], children: float = 0.0) -> Found:
    net = [after - before for before, after in zip(cost, saving, strict=True)]
    running = [sum(net[: n + 1]) for n in range(len(net))]
    return {
        "cost": cost,
        "cashable_saving": saving,
        "net_saving": net,
        "cumulative_net_saving": running,
        "money_spent": cost,
        "net_position": net,
        "cumulative_net_position": running,
        "children": [children] * len(cost),
    }


def measures(**names: Any) -> Found:
    numbers = ("over_horizon", "first_year", "full_year")
    needed: Found = dict.fromkeys((*numbers, *(f"{name}_whole" for name in numbers), "average", "forecast", "margin"))
    needed |= {"over_horizon_reason": "the case states no placement cost", "basis": "none"}
    needed |= {"cost_to_repay": 300_000.0, "total_money_spent": 300_000.0, "total_other_saving": 0.0}
    needed |= {"saving_given_up": 0.0, "growth_avoided_by_children": 0.0, "growth_beyond_base_budget": 0.0}
    given: Found = {
        "full_year_cost": 100_000.0,
        "full_year_cost_year": "2015/16",
        "total_cost": 300_000.0,
        "payback": {
            "month": None,
            "years_from_start": None,
            "never_out_of_pocket": False,
            "reason": "not paid back within the years shown",
        },
        "peak_exposure": {"amount": 300_000.0, "month": "2018-03", "reason": None},
        "break_even_children": needed | {"words": verdict(needed)},
    }
    return given | names


def needs(exact: float | None, whole: float | None, **names: Any) -> Found:
    """So many children, fewer throughout, repay £300,000."""
    given: Found = {**measures()["break_even_children"], "over_horizon": exact, "over_horizon_whole": whole}
    given |= {"average": exact, "basis": "forecast", **names}
    return given | {"words": verdict(given)}


def found(*options: Found, years: list[str] = YEARS, lines: Found | None = None, broken: int = 0) -> Found:
    checks = [{"holds": n >= broken} for n in range(9)]
    return {
        "years": years,
        "options": list(options),
        "lines": lines or {},
        "checks": {"all_hold": not broken, "checks": checks},
        "business_as_usual": None,
    }


def benefit(basis: str = "forecast") -> Found:
    return {"basis": basis}


STATED = {"year": "2015/16", "stated": 96_000.0, "priced": 100_000.0, "difference": 4_000.0, "where": "paragraph 4.1"}


def test_a_cost_beside_the_one_that_the_authors_state() -> None:
    team = option(stated_cost=STATED)
    answer = cost_answer(team, found(team))
    assert answer.large == "£100,000"
    assert answer.small == "for a full year, as priced here at the rates of 2015/16"
    assert answer.sentences == (
        "The authors state £96,000 (paragraph 4.1); as priced here it is £4,000 more.",
        "Over the three years shown, 2015/16 to 2017/18, it costs £300,000 in cash.",
    )
    assert [figure.address for figure in answer.figures] == [
        "options.team.measures.full_year_cost",
        "options.team.stated_cost.difference",
        "options.team.measures.total_cost",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"difference": -1_500.4}, "The authors state £96,000 (paragraph 4.1); as priced here it is £1,500 less."),
        ({"difference": 0.3}, "The authors state £96,000 (paragraph 4.1); as priced here it is the same."),
        ({"where": ""}, "The authors state £96,000; as priced here it is £4,000 more."),
        (
            {"year": "2016/17", "priced": 101_000.0, "difference": 5_000.0, "where": ""},
            "The authors state £96,000 for 2016/17; as priced here it is £101,000, £5,000 more.",
        ),
    ],
)
def test_ways_in_which_the_stated_cost_differs(changes: Found, expected: str) -> None:
    team = option(stated_cost=STATED | changes)
    assert cost_answer(team, found(team)).sentences[0] == expected


def test_a_cost_that_is_met_once_only() -> None:
    team = option(measures=measures(full_year_cost=0.0, total_cost=25_000.0))
    answer = cost_answer(team, found(team, years=["2015/16"]))
    assert (answer.large, answer.small, answer.sentences) == ("£25,000", "over the year shown", ("No cost recurs.",))


def test_an_option_that_costs_nothing() -> None:
    nothing = option(
        measures=measures(full_year_cost=0.0, total_cost=0.0), by_year=by_year([0.0] * 3, [0.0] * 3), status_quo=True
    )
    assert cost_answer(nothing, found(nothing)).large == "Nothing more"
    assert payback_answer(nothing, found(nothing)).sentences == ("It neither costs nor saves anything.",)


ITSELF: Found = {"option": "now", "cost": {"by_year": [30_000.0] * 3}}


def test_a_cost_is_the_change_from_business_as_usual_that_costs_something() -> None:
    now = option(id="now", status_quo=True, recommended=False)
    team = option(stated_cost=STATED | {"priced": 130_000.0, "difference": 34_000.0})
    answer = cost_answer(team, found(now, team) | {"business_as_usual": ITSELF})
    assert (answer.large, answer.small) == (
        "£100,000",
        "more than business as usual for a full year, as priced here at the rates of 2015/16",
    )
    assert answer.sentences == (
        "The authors state £96,000 (paragraph 4.1); as priced here it is £130,000, £34,000 more.",
        "The £130,000 is the option’s own cost, at the rates of 2015/16; the £100,000 is the change from business as "
        "usual, at the rates of 2015/16.",
        "Over the three years shown, 2015/16 to 2017/18, it costs £300,000 more than business as usual in cash.",
    )


def test_an_option_that_is_cheaper_than_business_as_usual() -> None:
    now = option(id="now", status_quo=True, recommended=False)
    cheaper = option(measures=measures(full_year_cost=-20_000.0, total_cost=-60_000.0))
    answer = cost_answer(cheaper, found(now, cheaper) | {"business_as_usual": ITSELF})
    assert (answer.large, answer.small) == (
        "£20,000 less",
        "than business as usual for a full year, as priced here at the rates of 2015/16",
    )
    assert answer.sentences == (
        "Over the three years shown, 2015/16 to 2017/18, it costs £60,000 less than business as usual in cash.",
    )
    needed = needs(0.0, 0.0, cost_to_repay=-60_000.0, total_money_spent=-60_000.0)
    leaner = option(measures=measures(break_even_children=needed))
    answer = children_answer(leaner, found(now, leaner))
    assert (answer.large, answer.small) == ("None", "there is no cost to repay")


def test_a_requirement_is_set_beside_no_forecast() -> None:
    needed = needs(
        13.0959, 14.0, basis="requirement", first_year=12.6178, first_year_whole=13.0, full_year=12.5,
        full_year_whole=13.0, cost_to_repay=2_095_341.0, total_money_spent=2_095_341.0,
    )  # fmt: skip
    team = option(
        stated_cost=STATED | {"stated": 500_000.0},
        requirement=True,
        benefits=[benefit("requirement")],
        measures=measures(break_even_children=needed),
    )
    lines = {"options.team.measures.placement_cost": {"value": 40_000.0}}
    answer = children_answer(team, found(team, lines=lines))
    assert (answer.large, answer.small) == ("14 children", "fewer in care throughout the three years shown")
    assert answer.warning == "No forecast is made: this is what it would take."
    assert answer.sentences == (
        "It needs 13.1, rounded up to 14; no forecast is made.",
        "That is the constant number, fewer in care throughout, that repays the whole cost within the three years "
        "shown, after deductions: £2,095,341.",
        "For 2015/16 alone it takes 12.6, rounded up to 13; the years after it need more.",
        "The sum with the cost that the authors state, £500,000 ÷ £40,000, gives 12.5, rounded up to 13: a full year’s cost ÷ the "
        "price of a placement, before deductions.",
    )
    assert [figure.address.rpartition(".")[2] for figure in answer.figures] == [
        "break_even_children_over_horizon_whole",
        "break_even_children_first_year_whole",
        "break_even_children_whole",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"forecast": 6.67, "margin": -2.2369}, "needs 8.9, rounded up to 9; forecasts 6.7 on average: 2.2 short"),
        # Of the figures as shown: 8.94 and 6.65 are 2.29 apart, 8.9 and 6.7 are 2.2 apart.
        ({"over_horizon": 8.94, "average": 8.94, "forecast": 6.65, "margin": -2.29},
         "needs 8.9, rounded up to 9; forecasts 6.7 on average: 2.2 short"),
        ({"forecast": 9.7, "margin": 0.79}, "needs 8.9, rounded up to 9; forecasts 9.7 on average: 0.8 more than needed"),
        ({"forecast": 8.9069, "margin": 0.0}, "needs 8.9, rounded up to 9; forecasts 8.9 on average: as many as needed"),
        ({"forecast": 8.87, "margin": -0.0369}, "needs 8.9, rounded up to 9; forecasts 8.9 on average: less than 0.1 short"),
        ({"average": 7.13, "forecast": 6.67, "margin": -0.46},
         "needs 7.1 on average (8.9, rounded up to 9, while the effect lasts); forecasts 6.7 on average: 0.4 short"),
        ({"basis": "requirement"}, "needs 8.9, rounded up to 9; no forecast is made"),
        # A tenth would read as one child that is so two.
        ({"over_horizon": 8.0004, "basis": "requirement"}, "needs 8.0004, rounded up to 9; no forecast is made"),
        ({"over_horizon": 8.9999, "basis": "requirement"}, "needs 9; no forecast is made"),
        ({"basis": "none"}, "needs 8.9, rounded up to 9; none is claimed"),
        ({"over_horizon": 0.0, "total_money_spent": 0.0}, "needs none: there is no cost to repay"),
        ({"over_horizon": 0.0}, "needs none: the other savings of the option repay its whole cost"),
        ({"over_horizon": None}, "no number can be given: the case states no placement cost"),
    ],
)  # fmt: skip
def test_the_verdict_on_children(changes: Found, expected: str) -> None:
    assert needs(8.9069, 9.0, **changes)["words"] == expected


def test_other_savings_are_said_to_be_taken_off() -> None:
    needed = needs(2.0, 2.0, forecast=1.0, margin=-1.0, cost_to_repay=250_000.0, total_other_saving=50_000.0)
    team = option(benefits=[benefit()], measures=measures(break_even_children=needed))
    answer = children_answer(team, found(team))
    assert answer.sentences == (
        "It needs 2; forecasts 1.0 on average: 1.0 short.",
        "That is the constant number, fewer in care throughout, that repays the whole cost within the three years "
        "shown, after deductions: £250,000, which is all money spent, £300,000, less £50,000 that it saves otherwise.",
    )
    assert answer.warning == ""


def test_a_saving_that_cannot_be_cashed_repays_nothing() -> None:
    why = "a child fewer in care saves nothing that can be cashed within the years shown"
    team = option(
        benefits=[benefit()], measures=measures(break_even_children=needs(None, None, over_horizon_reason=why))
    )
    answer = children_answer(team, found(team))
    assert answer.large == "No number is enough"
    assert answer.sentences == ("A child fewer in care saves nothing that can be cashed within the years shown.",)


@pytest.mark.parametrize(
    ("margin", "net", "expected"),
    [
        (-0.2, 500.0, "Even so it is repaid: the children forecast come when each saves more."),
        (0.2, -500.0, "Even so it is not repaid: the children forecast come when each saves less."),
        (-0.2, -500.0, None),
        (0.2, 500.0, None),
    ],
)
def test_an_average_that_the_money_belies_says_so(margin: float, net: float, expected: str | None) -> None:
    needed = needs(2.0, 2.0, forecast=2.0 + margin, margin=margin)
    years = by_year([100.0, 0.0], [0.0, 100.0 + net])
    team = option(benefits=[benefit()], measures=measures(break_even_children=needed), by_year=years)
    said = [
        text for text in children_answer(team, found(team, years=["2015/16", "2016/17"])).sentences if "Even" in text
    ]
    assert said == ([] if expected is None else [expected])


def test_one_child_is_one_child() -> None:
    needed = needs(0.8, 1.0, basis="none", full_year=0.8, full_year_whole=1.0)
    team = option(measures=measures(break_even_children=needed))
    answer = children_answer(team, found(team))
    assert answer.large == "1 child"
    assert answer.sentences[0] == "It needs 0.8, rounded up to 1; none is claimed."
    assert answer.sentences[-1] == (
        "The sum that papers print, £100,000 ÷ the price of a placement, gives 0.8, rounded up to 1: a full year’s cost ÷ the "
        "price of a placement, before deductions."
    )


def test_without_a_saving_it_says_why_no_number_is_given() -> None:
    team = option()
    answer = children_answer(team, found(team))
    assert answer.large == "No number can be given"
    assert answer.sentences == (
        "The paper claims no child fewer in care.",
        "The case states no placement cost.",
    )


def test_without_a_saving_it_does_not_pay_back() -> None:
    team = option()
    answer = payback_answer(team, found(team))
    assert answer.large == "It does not"
    assert answer.sentences == (
        "No saving is claimed; so it does not pay back: it costs £300,000 over the three years shown, "
        "2015/16 to 2017/18.",
    )


def test_a_requirement_that_does_not_pay_back_says_why() -> None:
    team = option(
        requirement=True,
        benefits=[benefit("requirement")],
        by_year=by_year([100_000.0, 104_000.0, 109_000.0], [103_000.0] * 3, children=2.5),
    )
    assert payback_answer(team, found(team)).large == "Not within the years shown"
    assert payback_answer(team, found(team)).sentences == (
        "Even with 2.5 children fewer in care throughout, it does not pay back within the three years shown.",
        "The cost rises from £100,000 in 2015/16 to £109,000 in 2017/18; the saving stays at £103,000 a year.",
        "In 2015/16 it saves £3,000 more than it costs, but from 2016/17 on it costs more than it saves: "
        "by March 2018 it is £4,000 out of pocket.",
    )


def test_a_requirement_of_one_child_is_of_one_child() -> None:
    team = option(
        requirement=True,
        benefits=[benefit("requirement")],
        by_year=by_year([150_000.0] * 3, [110_000.0] * 3, children=1.0),
    )
    assert payback_answer(team, found(team)).sentences[0] == (
        "Even with 1 child fewer in care throughout, it does not pay back within the three years shown."
    )


@pytest.mark.parametrize(
    ("cost", "saving", "expected"),
    [
        (
            [5_000.0, 5_000.0, 5_000.0],
            [1_000.0, 2_000.0, 3_000.0],
            "It costs more than it saves in every year: by March 2018 it is £9,000 out of pocket.",
        ),
        (
            [9_000.0, 5_000.0, 5_000.0],
            [0.0, 6_000.0, 7_000.0],
            "From 2016/17 on it saves at least what it costs, but not enough to make up for the years before: "
            "by March 2018 it is £6,000 out of pocket.",
        ),
        (
            [9_000.0, 5_000.0, 5_000.0],
            [0.0, 6_000.0, 1_000.0],
            "In some years it saves more than it costs, but not in enough of them: "
            "by March 2018 it is £12,000 out of pocket.",
        ),
        (
            [5_000.0, 5_000.0, 9_000.0],
            [6_000.0, 5_000.0, 1_000.0],
            "At first it saves at least what it costs, but from 2017/18 on it costs more than it saves: "
            "by March 2018 it is £7,000 out of pocket.",
        ),
    ],
)
def test_which_years_fall_short(cost: list[float], saving: list[float], expected: str) -> None:
    team = option(benefits=[benefit()], by_year=by_year(cost, saving))
    assert payback_answer(team, found(team)).sentences[-1] == expected


def test_a_cost_that_falls_and_a_saving_that_comes_back() -> None:
    team = option(benefits=[benefit()], by_year=by_year([9_000.0, 8_000.0, 7_000.0], [100.0, 200.0, 100.0]))
    assert payback_answer(team, found(team)).sentences[:2] == (
        "It does not pay back within the three years shown.",
        "The cost falls from £9,000 in 2015/16 to £7,000 in 2017/18; the saving is £100 in 2015/16 and again in 2017/18.",
    )


def test_one_year_is_told_without_a_course() -> None:
    team = option(benefits=[benefit()], by_year=by_year([5_000.0], [1_000.0]))
    assert payback_answer(team, found(team, years=["2015/16"])).sentences == (
        "It does not pay back within the year shown.",
        "It costs more than it saves: by March 2016 it is £4,000 out of pocket.",
    )


def test_the_month_in_which_it_is_paid_back() -> None:
    paid = measures(
        payback={"month": "2016-09", "years_from_start": 1.44, "never_out_of_pocket": False, "reason": None},
        peak_exposure={"amount": 42_000.0, "month": "2015-11", "reason": None},
    )
    team = option(benefits=[benefit()], measures=paid, by_year=by_year([5.0] * 3, [9.0] * 3))
    answer = payback_answer(team, found(team))
    assert (answer.large, answer.small) == ("September 2016", "paid back for good by then")
    assert answer.sentences == (
        "That is 1.4 years after 1 April 2015, by monthly cash.",
        "Until then it is out of pocket by at most £42,000, in November 2015.",
    )
    assert answer.warning == ""
    required = payback_answer(team | {"requirement": True}, found(team))
    assert (required.large, required.small) == ("None is expected", "no forecast is made of the saving")
    assert (
        required.sentences[0] == "If what is required were reached, it would be paid back for good by September 2016."
    )
    assert required.warning == "No forecast is made: this is what it would take."


def test_an_option_that_is_never_out_of_pocket() -> None:
    ahead = measures(
        payback={"month": "2015-04", "years_from_start": 0.0, "never_out_of_pocket": True, "reason": None},
        peak_exposure={"amount": 0.0, "month": None, "reason": "never out of pocket"},
    )
    team = option(benefits=[benefit()], measures=ahead, by_year=by_year([5.0] * 3, [9.0] * 3))
    answer = payback_answer(team, found(team))
    assert (answer.large, answer.small) == ("From the first month", "it is never out of pocket")
    assert answer.sentences == ("In no month has it cost more than it has saved.",)


LINES = {
    "rates.a": {"origin": {"confidence": "published"}},
    "rates.b": {"origin": {"confidence": "unverified"}},
    "options.team.x": {"origin": {"confidence": "stated"}},
    "options.team.y": {"origin": {"confidence": "stated"}},
    "options.team.z": {"origin": {}},
    "options.team-two.x": {"origin": {"confidence": "assumed"}},
    "conventions.twelve": {"origin": {"confidence": "derived"}},
    "calendar.years": {"origin": {"confidence": "stated"}},
    "options.team.cost": {"rule": "not an input"},
}


@pytest.mark.parametrize(
    ("bases", "large", "warning"),
    [
        (["requirement"], "A requirement", "No forecast is made of the saving. Do not count on it."),
        (["forecast"], "A forecast", ""),
        (
            ["forecast", "requirement"],
            "Part forecast, part requirement",
            "No forecast is made of the part that is a requirement. Do not count on it.",
        ),
        ([], "No saving is claimed", ""),
    ],
)
def test_how_sure_we_are(bases: list[str], large: str, warning: str) -> None:
    team = option(benefits=[benefit(basis) for basis in bases])
    answer = confidence_answer(team, found(team, lines=LINES))
    assert (answer.large, answer.warning) == (large, warning)
    assert answer.sentences == (
        "Behind this answer are five inputs: 1 published, 2 stated in the paper, 1 unverified and 1 of a confidence "
        "not stated.",
        "All nine checks of the sums hold.",
    )


def test_checks_that_do_not_hold_are_told() -> None:
    assert checks_sentence(found(broken=1)) == "One check of 9 does not hold: do not use these figures."
    assert checks_sentence(found(broken=2)) == "Two checks of 9 do not hold: do not use these figures."


def test_a_requirement_is_announced_and_money_favours_nobody() -> None:
    required = {"requirement": True, "benefits": [benefit("requirement")]}
    now = option(id="now", title="As now", status_quo=True, by_year=by_year([0.0] * 3, [0.0] * 3))
    first, second = option(title="First", **required), option(title="Second", **required)
    notice = warning_about(found(first, second, now))
    assert notice is not None
    assert notice.title == "What it would take, not a forecast"
    assert notice.sentences == (
        "The number of children fewer in care is what it would take to break even. No forecast is made that it will be "
        "reached, so the saving shown for it should not be counted on.",
        "Nothing in the paper favours one option over another by money.",
    )
    assert notice.among_options == (
        "First and Second cost the same here and carry the same number of children. Nothing in the paper favours one of "
        "them by money; the choice between them rests on other grounds."
    )


def test_money_is_not_said_to_be_equal_where_it_is_not() -> None:
    required = {"requirement": True, "benefits": [benefit("requirement")]}
    dear = option(title="Dear", by_year=by_year([200_000.0] * 3, [0.0] * 3), **required)
    plain = option(title="Plain", benefits=[benefit()])
    notice = warning_about(found(option(title="Cheap", **required), dear, plain))
    assert notice is not None
    assert notice.sentences == (
        "The number of children fewer in care of Cheap and Dear is what it would take to break even. No forecast is made "
        "that it will be reached, so the saving shown for it should not be counted on.",
        "A larger saving of which no forecast is made is no evidence for an option.",
    )
    assert notice.among_options == ""


def test_a_forecast_needs_no_notice() -> None:
    assert warning_about(found(option(benefits=[benefit()]))) is None
