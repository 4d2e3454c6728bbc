"""Capital: MRP and interest of borrowed outlays against sums done by hand, and what falls after the years shown."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from home_case import HOME, ONE_CHILD, RUNNING, WAYS, home_case
from small_cases import case_of, option_of, results_of, written

from finmodel.case import ProblemsError
from finmodel.lines.evaluate import Results, evaluate

BORROWED = HOME | WAYS["borrowed"]


def of_home(cost: dict[str, Any], years: int = 4, **names: Any) -> Results:
    """A home, £50,000 a year to run it, and one child at £100,000 a year."""
    option = option_of(costs=[cost, RUNNING], benefits=[ONE_CHILD])
    return results_of(home_case(option, years=years, **names))


def about(values: list[float]) -> Any:
    return pytest.approx(values, rel=1e-12, abs=1e-6)


def test_a_home_borrowed_for_in_april() -> None:
    """Interest 30,000 in the first year; then MRP of 600,000 ÷ 25 = 24,000, and 5% of 600,000, 576,000, 552,000."""
    found = of_home(BORROWED)
    home = "options.team.costs.home"
    assert found.figures(f"{home}.outlay") == about([600_000, 0, 0, 0])
    assert found.figures(f"{home}.mrp") == about([0, 24_000, 24_000, 24_000])
    assert found.figures(f"{home}.interest") == about([30_000, 30_000, 28_800, 27_600])
    assert found.figures("options.team.net_saving") == about([20_000, -4_000, -2_800, -1_600])
    # 20,000 − 4,000/1.035 − 2,800/1.035² − 1,600/1.035³ = 12,078
    assert round(found.figure("options.team.measures.net_present_budget_impact") or 0) == 12_078


def test_interest_runs_from_the_month_of_the_outlay() -> None:
    """£120,000 in December at 5% over two years: £500 a month for four months; then MRP 60,000 and interest 6,000."""
    cost = BORROWED | {"amount": 120_000, "start": "2026-12", "financing": {"life_years": 2, "rate": "5%"}}
    found, home = of_home(cost), "options.team.costs.home"
    assert found.figures(f"{home}.monthly.interest")[:12] == about([0] * 8 + [500] * 4)
    assert found.figures(f"{home}.interest") == about([2_000, 6_000, 3_000, 0])
    assert found.figures(f"{home}.mrp") == about([0, 60_000, 60_000, 0])
    assert found.figures(f"{home}.cost") == about([2_000, 66_000, 63_000, 0])
    assert found.figure(f"{home}.charges_after") == 0


def test_a_full_year_of_borrowing_is_the_first_full_one() -> None:
    """MRP of 24,000 and interest of 30,000, next to £50,000 to run the home."""
    assert of_home(BORROWED).figures("options.team.full_year_effect") == about([104_000] * 4)


def test_by_annuity_mrp_and_interest_are_the_same_every_year() -> None:
    """100,000 at 5% over two years: 100,000 × 0.05 ÷ (1 − 1.05⁻²) = 53,780.49, of which MRP 100,000 ÷ 2.05."""
    cost = BORROWED | {"amount": 100_000, "financing": {"life_years": 2, "rate": "5%", "mrp": "annuity"}}
    found, home = of_home(cost), "options.team.costs.home"
    assert found.figures(f"{home}.mrp") == about([0, 100_000 / 2.05, 105_000 / 2.05, 0])
    assert found.figures(f"{home}.cost") == about([5_000, 53_780.487805, 53_780.487805, 0])
    assert found.figures("options.team.full_year_effect") == about([103_780.487805] * 4)


@pytest.mark.parametrize("method", ["equal-instalments", "annuity"])
@pytest.mark.parametrize("rate", ["5%", "0%", "0.01%"])
@pytest.mark.parametrize(("years", "start"), [(4, "2026-04"), (2, "2027-11"), (10, "2026-09"), (1, "2027-03")])
def test_what_falls_after_the_years_shown_is_the_rest_of_the_schedule(
    method: str, rate: str, years: int, start: str
) -> None:
    """Against the whole schedule, year by year in fractions: balance, MRP, interest; life 7 years."""
    financing = {"life_years": 7, "rate": rate, "mrp": method}
    found = of_home(BORROWED | {"start": start, "financing": financing}, years)
    r, balance, year = Fraction(rate.removesuffix("%")) / 100, Fraction(600_000), int(start[:4])
    year -= 1 if start[5:] < "04" else 0
    payment = balance * r / (1 - (1 + r) ** -7) if r else balance / 7
    mrp, interest = Fraction(0), Fraction(0)
    for each in range(1, 8):
        repaid = Fraction(600_000, 7) if method == "equal-instalments" else payment - balance * r
        if year + each >= 2026 + years:
            mrp, interest = mrp + repaid, interest + balance * r
        balance -= repaid
    home = "options.team.costs.home"
    assert found.figure(f"{home}.mrp_after") == pytest.approx(float(mrp), abs=1e-4)
    assert found.figure(f"{home}.interest_after") == pytest.approx(float(interest), abs=1e-4)
    assert found.figure(f"{home}.charges_after") == pytest.approx(float(mrp + interest), abs=1e-4)


# Optimism bias


def test_optimism_bias_is_a_rung_of_its_own_and_everything_follows_from_the_cost_with_it() -> None:
    """24% on £600,000 is £144,000: MRP of 744,000 ÷ 25 = 29,760, interest of 5% of 744,000 = 37,200."""
    found, home = of_home(BORROWED | {"optimism_bias": "24%"}), "options.team.costs.home"
    assert found.figures(f"{home}.before_optimism_bias") == about([600_000, 0, 0, 0])
    assert found.figures(f"{home}.optimism_bias_added") == about([144_000, 0, 0, 0])
    assert found.figures(f"{home}.outlay") == about([744_000, 0, 0, 0])
    assert found.figures(f"{home}.mrp") == about([0, 29_760, 29_760, 29_760])
    assert found.figures(f"{home}.cost")[:2] == about([37_200, 66_960])


@pytest.mark.parametrize(
    ("stated", "share"),
    [
        ({"optimism_bias": "0%"}, 0),
        ({"optimism_bias": "10%"}, 0.1),
        ({"evidence_grade": 1}, 0),
        ({"evidence_grade": 4}, 0.15),
        ({"evidence_grade": 6}, 0.4),
        ({"works": "standard-building"}, 0.41),  # of running costs; 24% of the outlay
        ({"works": "large-project"}, 0.42),
    ],
)
def test_what_is_added_to_a_cost_of_every_year(stated: dict[str, Any], share: float) -> None:
    """£50,000 a year, by the shares that the published table prints."""
    run = RUNNING | {"start": "2026-10"} | stated
    found = results_of(case_of(option_of(costs=[run]), first_year="2026/27", years=2))
    assert found.figures("options.team.cost") == about([25_000 * (1 + share), 50_000 * (1 + share)])
    assert found.figures("options.team.full_year_effect") == about([50_000 * (1 + share)] * 2)


def test_an_outlay_on_standard_works_is_raised_by_their_average_overrun() -> None:
    assert of_home(HOME | {"works": "standard-building"}).figures("options.team.costs.home.cost")[0] == 744_000


# Residual values, gifts and what others bear


def test_a_residual_value_is_a_line_of_its_own_and_in_no_budget() -> None:
    plain = of_home(BORROWED)
    stated = {"amount": 504_000, "price_base": "2026/27", "inflation": "none"}
    found = of_home(BORROWED | {"residual": stated})
    assert found.figures("options.team.costs.home.residual") == about([0, 0, 0, 504_000])
    assert found.figures("options.team.cost") == plain.figures("options.team.cost")
    earlier = of_home(BORROWED | {"residual": stated | {"month": "2028-01"}})
    assert earlier.figures("options.team.costs.home.residual") == about([0, 504_000, 0, 0])


@pytest.mark.parametrize(
    ("whose", "public"),
    [
        ({"in_kind": "NHS trust"}, True),
        ({"in_kind": "A charity", "public_body": "no"}, False),
        ({"borne_by": "Carers"}, False),
        ({"borne_by": "NHS trust", "public_body": "yes"}, True),
    ],
)
def test_what_others_give_or_bear_is_shown_and_is_no_cost_of_this_council(whose: dict[str, Any], public: bool) -> None:
    model = written(case_of(option_of(costs=[RUNNING | whose]), first_year="2026/27", years=2))
    (priced,) = model.options[0].own.costs
    found = evaluate(model.model)
    line = priced.in_kind if public else priced.to_others
    assert line is not None
    assert (priced.to_others if public else priced.in_kind) is None
    assert found.figures(line) == about([50_000 / 12] * 24)
    assert found.figures(f"options.team.{'in_kind' if public else 'to_others'}") == about([50_000, 50_000])
    assert found.figures("options.team.cost") == [0, 0]


@pytest.mark.parametrize(
    ("cost", "where", "what"),
    [
        (RUNNING | {"public_body": "no"}, "public_body", "only used with `in_kind` or `borne_by`"),
        (
            RUNNING | {"residual": {"amount": 1_000, "price_base": "2026/27", "inflation": "none"}},
            "residual",
            "`per: once`",
        ),
        (
            HOME | {"residual": {"amount": 1_000, "price_base": "2026/27", "inflation": "none", "month": "2030-04"}},
            "residual.month",
            "after the case ends in March 2030",
        ),
        (
            HOME
            | {"start": "2027-06"}
            | {"residual": {"amount": 1_000, "price_base": "2026/27", "inflation": "none", "month": "2027-05"}},
            "residual.month",
            "before the outlay in June 2027",
        ),
        (RUNNING | {"borne_by": "Carers", "in_kind": "NHS"}, "borne_by", "it is no cost of this council's"),
        (RUNNING | {"optimism_bias": "5%", "works": "large-project"}, "optimism_bias", "`works`"),
    ],
)
def test_what_does_not_go_together_is_a_problem(cost: dict[str, Any], where: str, what: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        written(case_of(option_of(costs=[cost]), first_year="2026/27", years=4))
    found = [(problem.where, problem.what) for problem in caught.value.problems]
    assert [each for each in found if each[0] == f"options.team.costs.{cost['id']}.{where}" and what in each[1]], found


# What falls after the years shown


def after_of(cost: dict[str, Any], years: int, **names: Any) -> tuple[float | None, ...]:
    """MRP, interest, both, and the present value of both, after the years shown."""
    found = of_home(cost, years, **names)
    address = "options.team.capital_funding"
    return tuple(
        found.figure(f"{address}.{name}")
        for name in ("mrp_after", "interest_after", "charges_after", "present_value_after")
    )


def test_charges_after_the_years_shown_have_an_amount_and_a_present_value() -> None:
    """Three of 25 instalments of £24,000 fall in the years shown: 22 are left, and 5% on 528,000, 504,000, … 24,000.

    Interest 0.05 × 528,000 × 23 ÷ 2 = £303,600. Discounted at 3.5% from 2030/31, which is year 4.
    """
    charges = [24_000 + 0.05 * (528_000 - 24_000 * year) for year in range(22)]
    present = sum(charge / 1.035 ** (4 + year) for year, charge in enumerate(charges))
    assert sum(charges) == pytest.approx(831_600)
    assert after_of(BORROWED, 4) == pytest.approx((528_000, 303_600, 831_600, present), abs=1e-6)


@pytest.mark.parametrize("method", ["equal-instalments", "annuity"])
@pytest.mark.parametrize(
    ("discounting", "growth", "first"),
    [
        ({"rate": "0%"}, 0.0, 0),
        ({"rate": "5%", "first_year": 1}, 0.05, 1),
        ({"rate": "3.5%", "deflator": "prices"}, 1.035 * 1.02 - 1, 0),
    ],
)
def test_the_present_value_goes_on_at_the_rates_of_the_last_year(
    method: str, discounting: dict[str, Any], growth: float, first: int
) -> None:
    """Seven years at 4%, bought in the last of two years shown; the whole schedule one year after another."""
    financing = {"life_years": 7, "rate": "4%", "mrp": method}
    cost = BORROWED | {"start": "2027-09", "financing": financing}
    names = {"discounting": discounting, "inflation": {"prices": "2%"}}
    balance, present = 600_000.0, 0.0
    payment = 600_000 * 0.04 / (1 - 1.04**-7)
    for year in range(7):
        repaid = 600_000 / 7 if method == "equal-instalments" else payment - 0.04 * balance
        present += (repaid + 0.04 * balance) / (1 + growth) ** (2 + first + year)
        balance -= repaid
    assert after_of(cost, 2, **names)[3] == pytest.approx(present, rel=1e-9)


def test_nothing_falls_after_a_life_that_ends_in_the_years_shown() -> None:
    cost = BORROWED | {"financing": {"life_years": 2, "rate": "5%"}}
    assert after_of(cost, 4) == pytest.approx((0, 0, 0, 0), abs=1e-6)


def test_capital_is_shown_by_what_pays_for_it_and_as_the_change_from_the_status_quo() -> None:
    """£600,000 borrowed and £60,000 from receipts, where £40,000 of receipts would be spent anyway."""
    receipts = HOME | {"id": "works", "amount": 60_000, "capital": "receipts"}
    before = option_of("now", costs=[receipts | {"amount": 40_000}])
    after = option_of("then", costs=[BORROWED, receipts])
    found = results_of(case_of(before, after, first_year="2026/27", years=2, status_quo="now"))
    capital = "options.then.capital_funding"
    assert found.figures("options.then.capital_outlay") == about([620_000, 0])
    assert found.figures(f"{capital}.borrowed") == about([600_000, 0])
    assert found.figures(f"{capital}.receipts") == about([20_000, 0])
    assert found.figure(f"{capital}.interest_in_all") == pytest.approx(60_000)
