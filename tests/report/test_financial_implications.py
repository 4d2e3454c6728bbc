"""The financial implications: an officer's words, five paragraphs, and no figure that the results do not have."""

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
from finmodel.lines.display import number, percent, plain_number, short_pounds
from finmodel.report.financial_implications import about, financial_implications, left_blank, narrative_text

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
            printed |= {number(size, places) for places in (0, 1, 2)} | {about(size)[1:]}
            printed |= set(_NUMBER.findall(short_pounds(size)))
            printed |= {plain_number(size, 1), plain_number(size, 4), percent(size)[:-1], plain_number(size * 100, 4)}
    return printed


def paragraphs(found: dict[str, Any]) -> tuple[str, ...]:
    return financial_implications(typed(found))[0].paragraphs


def text_of(found: dict[str, Any]) -> str:
    return " ".join(paragraphs(found))


def test_no_figure_is_made_up(found: dict[str, Any]) -> None:
    printed = as_printed(found)
    text = narrative_text(typed(found))
    wrong = [one for one in _NUMBER.findall(text) if one.rstrip(",.") not in printed]
    assert wrong == []
    assert len(_NUMBER.findall(text)) >= 10


def test_no_sentence_shows_the_machinery(found: dict[str, Any]) -> None:
    text = narrative_text(typed(found))
    assert not re.search(r"None\b(?! of)|\bnan\b|\{|\}|\[\]|  \S|\.\.|£-|-£", text)


def test_the_voice_is_the_service_s(found: dict[str, Any]) -> None:
    """No word of the file it was made from, of its authors or of the program; nothing is called blank."""
    text = text_of(found)
    assert not re.search(r"\bthe case\b|authors|finmodel|[Nn]obody|not stated|does not say", text)
    assert len(paragraphs(found)) <= 6  # capital has one of its own


@pytest.mark.parametrize("name", ["wolverhampton-2015", "darlington-2010", "example-2026"])
def test_the_shipped_cases_are_told_in_a_page(name: str) -> None:
    words = text_of(shipped(name)).split()
    assert 70 <= len(words) <= 350


def test_amounts_in_sentences_are_to_the_nearest_thousand() -> None:
    amounts = (504_712.34, 10_000, 9_949, 9_950, 1_000, 999.4, -15_340.8, -9_500.0, 0.0)
    assert [about(amount) for amount in amounts] == [
        "£505,000",
        "£10,000",
        "£9,900",
        "£10,000",
        "£1,000",
        "£999",
        "−£15,000",
        "−£9,500",
        "£0",
    ]


def test_a_requirement_is_never_called_a_forecast() -> None:
    """13 children at £40,000 over four years are £2,080,000, of £2,095,341 that it costs: £15,341 short."""
    saving, recovery = paragraphs(shipped("wolverhampton-2015"))[1:3]
    assert saving == (
        "No forecast of the saving has been made, and it should not be relied on. With 13 fewer children in care "
        "throughout, £2,080,000 would be saved over the same years. 13 is 1.7% of 772 children; the number never fell in "
        "4 years."
    )
    assert recovery.startswith(
        "Even then £15,000 more would have been spent than saved by March 2019, so the cost is not recovered. "
    )
    assert "it would need 14 fewer children in care throughout (13.1 exactly)." in recovery


def test_no_payback_is_expected_of_a_requirement_that_would_repay() -> None:
    data = forecast()
    for option in data["options"][1:]:
        option["benefits"][0]["basis"] = "requirement"
    text = text_of(results(appraisal_of(data)))
    assert "No forecast of the saving has been made" in text
    assert re.search(r"In that case all money spent is recovered by \w+ \d{4}\.", text)
    assert "On this forecast" not in text
    assert "forecasts a saving" not in text


def test_the_cost_and_the_basis_of_its_price_are_said() -> None:
    """12 posts cost £504,712 in 2015/16, £4,712 more than the £500,000 of the recommendations."""
    cost = paragraphs(shipped("wolverhampton-2015"))[0]
    assert cost.startswith(
        "The proposal costs £505,000 in a full year, at 2015/16 rates. That is £4,700 more than the estimate of "
        "£500,000. Posts are priced at the top of their grades, with employer’s National Insurance, the employer’s "
        "pension contribution of 13.3% and the apprenticeship levy. "
    )
    assert cost.endswith("Over the four years shown, 2015/16 to 2018/19, the cost to the revenue budget is £2,095,000.")
    assert "Posts are priced at the estimated all-in cost of each." in text_of(shipped("darlington-2010"))


def test_a_forecast_is_split_into_what_reduces_budgets_and_what_avoids_growth() -> None:
    cost, capital, saving, recovery, funding, monitoring = paragraphs(shipped("example-2026"))
    assert "£340,000 more than is spent now in a full year" in cost
    assert "after £315,000 that would otherwise be spent" in cost
    assert "the 3.3% offered; each point above it adds £13,000." in cost
    assert capital == (
        "Capital of £74,000 is needed in 2026/27, from borrowing. The cost to revenue includes minimum revenue "
        "provision (MRP) of £30,000 and interest of £13,000. A further £52,000 of MRP and interest falls after 2030/31, "
        "to 2036/37."
    )
    assert saving.startswith(
        "The service forecasts a saving of £1,720,000 over the same years, after allowing for what would have happened "
        "anyway and for optimism, counting only what can come out of budgets or planned growth. "
    )
    assert saving.endswith(
        "Of this £495,000 reduces existing budgets and £1,225,000 avoids growth. "
        "Evidence gives 4.4 children (2.6 to 5.7) against 5.0 claimed; rows 59 and 60 found no benefit."
    )
    assert "it needs 6.1 fewer children in care on average, against the 6.7 forecast, a margin of 0.6." in recovery
    assert funding.startswith("At most £346,000 is spent ahead of savings, capital included, by February 2028.")
    assert "The transformation reserve would be repaid in full by 2030/31." in funding
    assert monitoring.startswith("Entries, children in care and the cost of placements are reported every quarter")


def test_where_no_saving_is_claimed_none_is_told() -> None:
    text = text_of(shipped("darlington-2010"))
    assert "No saving is forecast, and none is relied on. The cost is therefore not recovered: £944,000" in text
    assert "break even" not in text


def test_what_the_case_leaves_blank_is_left_out_and_listed() -> None:
    found = without_texts()
    assert "funded" not in text_of(found)
    assert "met from" not in text_of(found)
    blank = left_blank(typed(found))
    assert blank[:5] == ("recommendations", "purpose", "background", "monitoring", "how the cost is funded")
    assert "legal implications" in blank
    assert "whether savings reduce existing budgets or avoid growth" not in blank  # nothing is saved
    wolverhampton = left_blank(typed(shipped("wolverhampton-2015")))
    assert "whether savings reduce existing budgets or avoid growth" in wolverhampton
    assert any("no repayment to the reserve is stated" in text for text in wolverhampton)
    assert left_blank(typed(shipped("example-2026"))) == ()


def test_funding_names_its_order_and_what_no_source_pays_for() -> None:
    text = text_of(with_everything())
    assert "in this order, from savings of the service (£1,660,000) and the efficiency reserve (£217,000)." in text
    assert "No source has been found for £219,000: £109,000 in 2017/18 and £110,000 in 2018/19." in text
    assert "Shortfall" not in text  # told once
    assert "The limit of the efficiency reserve is reached." in text
    assert "the £1,660,000 to be met from them would have to be found from the efficiency reserve or elsewhere." in text


def test_darlington_is_funded_from_the_resources_that_its_paper_says_are_in_its_plan() -> None:
    assert "The cost would be met from resources built into the proposed Medium Term Financial Plan." in text_of(
        shipped("darlington-2010")
    )


def test_wolverhampton_is_funded_from_savings_and_else_from_the_reserve() -> None:
    """520,000 a year saved, so the reserve bears what costs beyond that: 1,805 + 9,199 + 19,625 = 30,629."""
    text = text_of(shipped("wolverhampton-2015"))
    assert (
        "from savings within the Looked After Children's Service (£2,065,000) and the efficiency reserve (£31,000)"
        in text
    )
    assert "repaid" not in text


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
