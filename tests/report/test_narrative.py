"""The paragraphs say what the results say, and no figure that is not among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner
from page_cases import appraisal_of, forecast
from paper_results import INPUTS, every_kind_of_saving, scored_options, shipped, with_everything, without_texts
from plain_results import results, typed

from finmodel.cli import main
from finmodel.lines.display import number, percent, plain_number
from finmodel.report.narrative import narrative, narrative_text

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
FOUND = {
    "wolverhampton": lambda: shipped("wolverhampton-2015"),
    "darlington": lambda: shipped("darlington-2010"),
    "everything": with_everything,
    "no texts": without_texts,
    "every kind of saving": every_kind_of_saving,
    "scored": scored_options,
}


@pytest.fixture(params=FOUND)
def found(request: pytest.FixtureRequest) -> dict[str, Any]:
    return FOUND[request.param]()


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for part in value.values():
            yield from leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part)
    elif value is not None and not isinstance(value, bool):
        yield value


def as_printed(found: dict[str, Any]) -> set[str]:
    """Every number of the results in every form in which one may be printed, and the numbers in its texts."""
    printed: set[str] = set()
    for leaf in leaves(found):
        if isinstance(leaf, str):
            printed |= {
                text
                for one in _NUMBER.findall(leaf)
                for text in (one.rstrip(",."), str(int(one)) if one.isdigit() else one)
            }
        else:
            size = abs(leaf)
            printed |= {number(size, places) for places in (0, 1, 2)}
            printed |= {plain_number(size, 1), plain_number(size, 4), percent(size)[:-1], plain_number(size * 100, 4)}
    return printed


def text_of(found: dict[str, Any], topic: str) -> str:
    topics = {each.key: each for each in narrative(typed(found))[0].topics}
    return " ".join(topics[topic].paragraphs) if topic in topics else ""


def test_no_figure_is_made_up(found: dict[str, Any]) -> None:
    printed = as_printed(found)
    text = narrative_text(typed(found))
    wrong = [one for one in _NUMBER.findall(text) if one.rstrip(",.") not in printed]
    assert wrong == []
    assert len(_NUMBER.findall(text)) > 20


def test_no_sentence_shows_the_machinery(found: dict[str, Any]) -> None:
    text = narrative_text(typed(found))
    assert not re.search(r"None\b(?! of)|\bnan\b|\{|\}|\[\]|  \S|\.\.|£-|-£", text)


def test_a_requirement_is_never_called_a_forecast() -> None:
    found = shipped("wolverhampton-2015")
    assert "If the requirement is met, the cashable saving comes to £2,080,000" in text_of(found, "cashable")
    assert "nobody has forecast. " in text_of(found, "placements")
    assert "Nobody forecasts" in text_of(found, "doubts")


def test_no_payback_is_expected_of_a_requirement_that_would_repay() -> None:
    data = forecast()
    for option in data["options"][1:]:
        option["benefits"][0]["basis"] = "requirement"
    text = text_of(results(appraisal_of(data)), "payback")
    assert text.startswith("If what is required were reached, it would be paid back for good by ")
    assert text.endswith("Nobody has forecast it: this is what it would take.")


def test_stated_and_priced_cost_stand_side_by_side() -> None:
    text = text_of(shipped("wolverhampton-2015"), "cost")
    assert "£504,712, as priced here at the rates of 2015/16" in text
    assert "The authors state £500,000 (paragraph 4.1); as priced here it is £4,712 more." in text


def test_the_basis_of_the_price_is_said() -> None:
    text = text_of(shipped("wolverhampton-2015"), "basis")
    assert "Additional social workers (12 FTE) at the maximum scale point" in text
    assert "employer’s National Insurance" in text
    assert "13.3% of pay" in text
    assert "all-in yearly cost that the authors state" in text_of(shipped("darlington-2010"), "basis")


def test_where_no_saving_is_claimed_none_is_told() -> None:
    found = shipped("darlington-2010")
    assert text_of(found, "cashable") == "No saving is claimed, so nothing is cashable."
    assert "does not pay back" in text_of(found, "payback")


def test_not_paid_back_within_the_years_shown() -> None:
    assert "does not pay back within the four years shown" in text_of(shipped("wolverhampton-2015"), "payback")


def test_what_the_case_does_not_say_is_said_to_be_missing() -> None:
    found = without_texts()
    assert text_of(found, "funding") == "The case does not say how the cost is funded."
    assert "does not say how this will be monitored" in text_of(found, "monitoring")
    assert text_of(found, "stages") == text_of(found, "scoring") == text_of(found, "nothing") == ""
    assert "growth of £229,097 in 2010/11, growth of £4,582 in 2011/12" in text_of(found, "mtfs")  # 2% of 229,097


def test_funding_names_its_order_limits_and_shortfall() -> None:
    text = text_of(with_everything(), "funding")
    assert "from: Savings of the service, £1,660,000; Efficiency reserve, £216,517 (up to £250,000)." in text
    assert "opens 2015/16 at £900,000 and closes 2018/19 at £683,483" in text
    assert "Not funded: £109,199 in 2017/18 and £109,625 in 2018/19; £218,824 in all." in text
    assert "Shortfall" not in text  # told once
    assert "The limit of the efficiency reserve is reached." in text


def test_the_strategy_calls_a_rise_growth_and_a_fall_a_saving() -> None:
    text = text_of(with_everything(), "mtfs")
    assert "a saving of £237,320 in 2015/16, growth of £662,125 in 2016/17" in text
    assert "over the strategy that is growth of £442,624." in text
    assert "Its savings are a requirement, which nobody forecasts." in text
    assert text.endswith("does not say whether they reduce today's budget or avoid growth.")
    assert text_of(shipped("darlington-2010"), "mtfs").endswith("that is growth of £243,120.")  # nothing is saved


def test_stages_scores_and_gains_of_others() -> None:
    found = with_everything()
    stages, scores = text_of(found, "stages"), text_of(found, "scoring")
    assert "Stage one: two units: £527,000 for a full year. Children fewer in care who repay it: 13.2, so 14." in stages
    assert "It goes ahead on this condition: Evidence of positive outcomes." in stages
    assert "Whether its gate was passed is not stated, so it does not count." in stages
    assert "The stages that count, together: £527,000 for a full year." in stages
    assert "Option 1: Peripatetic units (3.80); Option 4: Maintain current status quo (1.00)." in scores
    assert "Option 1: Peripatetic units: Preferred by the authors, second on net present value." in scores
    assert "It does not meet the critical condition “Keeps to the budget”, whatever it scores." in scores
    assert scores.count("Keeps to the budget") == 1  # what is not stated is not called unmet
    assert "The first two would score alike if Reach weighed 71.4% and not 60.0%." in scores
    assert "NHS, £4,000 (no cash released)" in text_of(found, "cashable")
    assert "At the lower rates of its sensitivity test it is −£11,777." in text_of(found, "value")


def test_darlington_is_funded_from_the_resources_that_its_paper_says_are_in_its_plan() -> None:
    assert "from: Resources built into the proposed Medium Term Financial Plan, £944,248" in text_of(
        shipped("darlington-2010"), "funding"
    )  # 229,097 × (1 + 1.02 + 1.02² + 1.02³)


def test_wolverhampton_is_funded_from_savings_and_else_from_the_reserve() -> None:
    """520,000 a year saved, so the reserve bears what costs beyond that: 1,805 + 9,199 + 19,625 = 30,629."""
    text = text_of(shipped("wolverhampton-2015"), "funding")
    assert "in this order, from: Savings within the Looked After Children's Service, £2,064,712; Efficiency" in text
    assert "Efficiency reserve, £30,629." in text
    assert "The savings are there only if the requirement is met; nobody forecasts that it will be." in text
    assert "Efficiency reserve: limit not stated in the paper, so none is set; its balance is not stated, so" in text
    assert "opens" not in text
    assert "−£30,629" not in text
    assert "opens 2015/16" not in text  # no balance is printed where none is stated
    assert text.count("no repayment to the reserve is stated") == 1


def test_wolverhampton_needs_26_children_for_both_stages() -> None:
    """(527,000 + 500,000) ÷ 40,000 = 25.675."""
    text = text_of(shipped("wolverhampton-2015"), "stages")
    assert "Both stages together: £1,027,000 for a full year. Children fewer in care who repay it: 25.7, so 26." in text
    assert "waits for nothing" not in text


def test_value_is_given_at_the_current_green_book_and_at_its_sensitivity_test() -> None:
    text = text_of(shipped("wolverhampton-2015"), "value")
    assert "At the rates of the current Green Book it is −£11,489." in text
    assert "At the lower rates of its sensitivity test it is −£11,823." in text


def test_what_a_requirement_is_worth_is_said_to_hang_on_it() -> None:
    found = shipped("wolverhampton-2015")
    (option,) = (option for option in found["options"] if option["recommended"])
    cost = f"£{option['measures']['present_value_of_cost']:,.0f}"
    text = text_of(found, "value")
    assert text.startswith(
        "All of this holds only if the saving that is required comes about, and nobody has forecast it."
    )
    assert f"The cost, {cost} in present value, is spent whether it does or not." in text
    assert "What it would take, and nobody has forecast, in children" in text_of(found, "monitoring")


def test_no_saving_for_each_pound_is_printed_where_none_is_claimed() -> None:
    assert "each pound of cost" not in text_of(shipped("darlington-2010"), "value")


def test_business_as_usual_is_not_said_to_cost_nothing() -> None:
    text = text_of(shipped("wolverhampton-2015"), "business_as_usual")
    assert "The case prices nothing for business as usual. That does not say that it costs nothing." in text


def test_business_as_usual_is_not_among_the_ranks_of_the_narrative() -> None:
    text = text_of(shipped("example-2026"), "scoring")
    first, _, after = text.partition(". Business as usual, which has no rank, scores 4.05.")
    assert first.startswith("By weighted score the options rank: An edge-of-care team (7.05); ")
    assert after


def test_every_kind_of_saving_and_who_gains() -> None:
    found = every_kind_of_saving()
    text = text_of(found, "cashable")
    for claim in found["options"][1]["savings"]:
        assert (claim["title"] in text) == (claim["body"] in ("this council", "A council"))
    # without deductions alike: told once for all of them
    assert "A saving: turnover; A saving: sickness; A saving: grant; A saving: fees: nothing taken off as" in text
    assert "nhs, £18,720; nhs, £24,480 (no cash released); Police, £9,000 (no cash released)." in text
    # £1,748,203 before units of the case's own naming; they add 40% of women £33,876.34 and families £33,278.28
    assert "A further £1,775,065 of this council’s saving releases no cash." in text
    assert "What it is worth to the public sector cannot be given: the case names no deflator" in text_of(
        found, "value"
    )


def test_the_handmade_results_have_the_keys_of_real_ones() -> None:
    real, made = shipped("wolverhampton-2015"), with_everything()
    for name in ("mtfs", "funding"):
        assert made["options"][0][name].keys() == real["options"][0][name].keys()
    for name in ("lines", "total", "bridge"):
        assert _keys(made["options"][0]["mtfs"][name]) == _keys(real["options"][0]["mtfs"][name])
    for name in ("sources", "reserve"):
        assert _keys(made["options"][0]["funding"][name]) == _keys(real["options"][0]["funding"][name])
    assert _keys(made["stages"]) == _keys(real["stages"])
    assert _keys(made["stages_together"]) == _keys(real["stages_together"])
    scored = scored_options()["scoring"]
    assert _keys(made["scoring"]) == _keys(scored)
    for name in ("criteria", "options", "switching_weights"):
        assert _keys(made["scoring"][name]) == _keys(scored[name])


def _keys(value: Any) -> set[str]:
    return set((value[0] if isinstance(value, list) else value).keys())


def test_the_command_prints_them() -> None:
    result = CliRunner().invoke(main, ["narrative", str(INPUTS / "wolverhampton-2015")])
    assert result.exit_code == 0
    assert result.stdout == narrative_text(typed(shipped("wolverhampton-2015")))
    assert result.stdout.startswith("Investing to save")
