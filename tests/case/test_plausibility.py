"""Common slips are asked about, each where it stands and in the case's own figures; their right twins are not.

Bounds come from `plausible_ranges.csv`; the sums behind the words are shown next to each slip.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from plausible_case import rich_case

from finmodel.case import case_from_data, load_case
from finmodel.case.checks.plausibility import QUESTIONS, plausibility
from finmodel.case.checks.questions import StatedCase
from finmodel.case.schema import Case
from finmodel.case.validation import reading_context
from finmodel.parsing.places import address_in_words
from finmodel.reference import plausible_bound

Data = dict[str, Any]
INPUTS = Path(__file__).parents[2] / "inputs"
CASES = Path(__file__).parent / "cases"
LACKING = {
    "options",
    "children claimed",
    "budget reduction",
}  # what is asked of what a case leaves out, and not of a slip


def put(data: Data, at: str, value: Any) -> None:
    """Set the value at a path like `options.0.posts.0.fte`; None takes it away."""
    *way, last = [int(step) if step.isdigit() else step for step in at.split(".")]
    holder: Any = data
    for step in way:
        holder = holder[step]
    if value is None:
        del holder[last]
    else:
        holder[last] = value


def asked(at: str = "", value: Any = None) -> dict[str, str]:
    """What is asked of the rich case with one value changed: by address, what was found and the remedy."""
    data = rich_case()
    if at:
        put(data, at, value)
    found = list(plausibility(case_from_data(data)))
    return {address_in_words(each.address, data): f"{each.what}. {each.remedy}" for each in found}


def test_the_right_case_is_asked_nothing() -> None:
    assert asked() == {}


POST, COVER = "options.0.posts.0", "options.0.posts.0.agency_cover"
BENEFIT, SAVINGS = "options.0.benefits.0", "options.0.savings"
_OPTIONS: list[Data] = rich_case()["options"]
_AGENCY: Data = rich_case()["options"][0]["savings"][1]
_ROOM: Data = rich_case()["options"][0]["costs"][1]
_INCOME: Data = {
    "id": "fees",
    "label": "Fees",
    "kind": "income",
    "income": {"amount": 40000, "price_base": "2026/27", "inflation": "none"},
    "per": "year",
    "deadweight": "0%",
    "optimism_bias": "0%",
    "cashable": "100%",
}
_FREE = {**_AGENCY["permanent_cost"], "amount": 0}
_STEP_DOWN: Data = rich_case()["options"][0]["savings"][0]
_BENEFIT: Data = rich_case()["options"][0]["benefits"][0]
# Where the slip is, the slip, its right twin, the address told, and words of the question and its remedy.
SLIPS: dict[str, tuple[str, Any, Any, str, list[str]]] = {
    # The Green Book (before 2026), paragraph 5.53: business as usual, a do-minimum, the preferred way and one other.
    "no choice": ("options", rich_case()["options"][:1], _OPTIONS, "options", ["1 option, and none", "at least four"]),
    "three options": ("options", _OPTIONS[:3], _OPTIONS, "options", ["3 options; the Green Book", "Add the options"]),
    "no do-minimum": ("options.2.role", "other", "do_minimum", "options", ["none that is a do-minimum", "`role`"]),
    "nothing to compare with": ("options.1.role", "other", "business_as_usual", "options", ["none that is business"]),
    "a saving that may be either": (
        "options.0.savings.1.budget_reduction",
        None,
        "0%",
        "options.team.savings.agency",
        ["not stated what reduces today's budget", "`budget_reduction`"],
    ),
    "children without a number": (
        "children_in_care",
        None,
        520,
        "options.team.benefits.entries",
        ["does not say how many are in care", "`children_in_care`"],
    ),
    # 52,000 × 52.18 = 2,713,360 a year; LGA 2022: most councils' dearest £32,500 a week at most. 52,000 / 52.18 = 996.55
    "a yearly price for a week": (
        "placements.carers.unit_cost",
        52000,
        "£996.55",
        "placements.carers.unit_cost",
        ["£52,000 a week is £2.7 million a year for one child", "£32,500 a week in 2022/23", "Write `per: year`"],
    ),
    # 820 / 52.18 = 15.71; the bound is £50 a week, and a home cost £919 a week in 1992/93
    "a weekly price for a year": (
        "placements.homes.unit_cost",
        6102,
        318400,
        "placements.homes.unit_cost",
        ["£6,102 a year is £117 a week for one child", "£919 a week", "Write `per: week`"],
    ),
    "a price in thousands": (
        "placements.homes.unit_cost",
        318.4,
        318400,
        "placements.homes.unit_cost",
        ["£318 a year is £6.10 a week", "Write 318400 if thousands"],
    ),
    "a salary in thousands": (
        "grades.manager.salary",
        36.729,
        36729,
        "grades.manager.salary",
        ["£36.73 a year for a full-time worker", "even an apprentice", "Write 36729 if thousands of pounds are meant"],
    ),
    "a salary in round thousands": (
        "grades.manager.salary",
        36,
        36000,
        "grades.manager.salary",
        ["£36 a year", "Write 36000"],
    ),
    # 3,060 × 12 = 36,720; the bound in 2026/27 is 39% of £25,614 = £9,989
    "a month's salary": (
        "grades.manager.salary",
        3060,
        36720,
        "grades.manager.salary",
        ["£3,060 a year", "Write 36720 if it is a month's"],
    ),
    # £250,000 of 2016/17 is about £317,000 in prices of 2023/24, the last that are known
    "pence for pounds": ("grades.manager.salary", 3672900, 36729, "grades.manager.salary", ["£3.7 million a year"]),
    # 500,000 / 12 = 41,667
    "all posts' cost for one": (
        "options.0.posts.1.annual_cost",
        500000,
        41667,
        "options.team.posts.helpers.annual_cost",
        ["£500,000 a year for one FTE, so £6 million for 12 FTE", "Write 41667 if £500,000 is for all 12 FTE"],
    ),
    "an all-in cost in thousands": (
        "options.0.posts.1.annual_cost",
        36.729,
        36729,
        "options.team.posts.helpers.annual_cost",
        ["£36.73 a year for one FTE", "Write 36729"],
    ),
    "an agency cost in thousands": (
        f"{SAVINGS}.1",
        {**_AGENCY, "agency_cost": {**_AGENCY["agency_cost"], "amount": 82}, "permanent_cost": _FREE},
        {**_AGENCY, "permanent_cost": _FREE},
        "options.team.savings.agency.agency_cost.amount",
        ["£82 a year for one FTE", "82000"],
    ),
    # 90% of £25,614 / (37 × 52.18) = £11.94 an hour, four hours £47.76; Sheffield's managers cost about £50 an hour
    "a day's rate for an hour": (
        f"{COVER}.rate",
        350,
        43.75,
        "options.team.posts.workers.agency_cover.rate",
        ["£350 for one hour of an agency worker", "Write `per: day`"],
    ),
    "an hour's rate for a day": (
        f"{SAVINGS}.3.day_cost.amount",
        38,
        281.2,
        "options.team.savings.sickness.day_cost.amount",
        ["£38 for one day of cover", "minimum wage"],
    ),
    "a fee above the rate": (
        f"{COVER}.fee_amount",
        380,
        3.80,
        "options.team.posts.workers.agency_cover.fee_amount",
        ["£380, is more than the rate it comes on, £38"],
    ),
    "sixty agency weeks": (
        f"{COVER}.weeks",
        60,
        44,
        "options.team.posts.workers.agency_cover.weeks",
        ["60 paid weeks of agency cover in a year, which has 52"],
    ),
    "the weeks of the cover itself": (
        f"{COVER}.weeks",
        13,
        44,
        "options.team.posts.workers.agency_cover.weeks",
        ["13 paid weeks of agency cover in a year, less than half a year"],
    ),
    "days for hours": (
        f"{COVER}.per_week",
        5,
        37,
        "options.team.posts.workers.agency_cover.per_week",
        ["5 hours a week for one FTE", "`per: day`"],
    ),
    "too long a week": (
        f"{COVER}.per_week",
        74,
        37,
        "options.team.posts.workers.agency_cover.per_week",
        ["74 hours a week", "48 hours"],
    ),
    "training in thousands": (
        "options.0.costs.0.amount",
        18,
        18000,
        "options.team.costs.training.amount",
        ["only £18;", "Write 18000"],
    ),
    "a reserve in thousands": (
        "funding.sources.0.limit",
        900,
        900000,
        "funding.sources.reserve.limit",
        ["only £900;", "Write 900000"],
    ),
    "a stage in thousands": ("stages.0.cost", 527, 527000, "stages.one.cost", ["only £527;", "Write 527000"]),
    "a stated cost in thousands": (
        "options.0.stated_cost.amount",
        500,
        500000,
        "options.team.stated_cost.amount",
        ["only £500;", "Write 500000"],
    ),
    "an allowance in thousands": (
        f"{POST}.supplements.0.amount",
        1.5,
        1500,
        "options.team.posts.workers.supplements.retention.amount",
        ["only £1.50;", "Write 1500"],
    ),
    "a laptop for everybody": (
        f"{POST}.one_off.0.amount",
        1200000,
        1200,
        "options.team.posts.workers.one_off.laptops.amount",
        ["£1.2 million for one person"],
    ),
    # 190 / 52.18 = 3.64
    "a week's allowance for a year": (
        f"{SAVINGS}.2.allowance",
        {"amount": 190, "per": "year", "price_base": "2026/27", "inflation": "none"},
        {"amount": 190, "per": "week", "price_base": "2026/27", "inflation": "none"},
        "options.team.savings.guardians.allowance.amount",
        ["£190 a year is £3.64 a week for one child", "Write `per: week`"],
    ),
    "a pension of 0.198%": (
        "on_costs.employer_pension",
        "0.198%",
        "19.8%",
        "on_costs.employer_pension",
        ["0.198% is £0.20 on £100 of pay", "3% is the lowest", "Write 19.8% if 0.198 was meant as a fraction"],
    ),
    "a pension rate with National Insurance": (
        "on_costs.employer_pension",
        "48%",
        "33%",
        "on_costs.employer_pension",
        ["48%", "37.6%"],
    ),
    "on-costs and pay together": (
        f"{POST}.on_costs",
        {"flat_rate": "95%"},
        {"flat_rate": "30%"},
        "options.team.posts.workers.on_costs.flat_rate",
        ["95%", "56.2%"],
    ),
    "inflation of 0.02%": (
        "inflation.fees",
        "0.02%",
        "2%",
        "inflation.fees",
        ["Prices rise by 0.02% a year", "0.1%", "Write 2% if 0.02"],
    ),
    "inflation of 20%": ("inflation.fees", "20%", "2%", "inflation.fees", ["20% in every year", "10.5%", "or 2%"]),
    "falling prices": ("inflation.fees", "-2%", "2%", "inflation.fees", ["Prices fall by 2%", "Write 2%"]),
    "an award of 0.03%": (
        "pay_awards.percent",
        "0.03%",
        "3%",
        "pay_awards.percent",
        ["Pay rises by 0.03%", "Write 3%"],
    ),
    "an award of £3": (
        "pay_awards",
        {"pounds": 3},
        {"pounds": 1290},
        "pay_awards.pounds",
        ["£3.00 a year for one FTE", "Write `percent: 3%`"],
    ),
    # 1 / 0.001 ** 10 is past counting
    "a discount rate of -99.9%": (
        "discounting.rate",
        "-99.9%",
        "5.5%",
        "discounting.rate",
        ["At −99.9% a year, £1 in ten years counts as more than £1 million today"],
    ),
    # 1 / 0.965 ** 10 = 1.43
    "a discount rate with the wrong sign": (
        "discounting.rate",
        "-3.5%",
        "5.5%",
        "discounting.rate",
        ["counts as £1.43 today", "Write 3.5%"],
    ),
    "a discount rate of 0.035%": (
        "discounting.rate",
        "0.035%",
        "5.5%",
        "discounting.rate",
        ["0.035% a year", "Green Book", "Write 3.5%"],
    ),
    # fostering is raised by fees, 2% a year, and 3.5% is the Green Book's rate, which is real.
    "a real rate on cash that holds inflation": (
        "discounting.rate",
        "3.5%",
        "5.5%",
        "discounting.rate",
        ["3.5% is a real rate", "`fostering` is raised by `fees`", "Name in `deflator`", "nominal"],
    ),
    "a list that begins with 0 and is moved": (
        f"{SAVINGS}.0",
        {**_STEP_DOWN, "children": [0, 0.5, 0.5], "start": "2027-04"},
        {**_STEP_DOWN, "children": [0.5, 0.5, 0.5], "start": "2027-04"},
        "options.team.savings.step-down.children",
        ["begins with 0", "April 2027", "Leave the 0 out"],
    ),
    "a delay of an option that has nothing": (
        "options.1.delay_months",
        6,
        0,
        "options.as-now.delay_months",
        ["no post, cost, benefit or saving", "6 months moves nothing", "Leave `delay_months` out"],
    ),
    "a discount rate of 35%": ("discounting.rate", "35%", "5.5%", "discounting.rate", ["35% a year", "Write 3.5%"]),
    "a loan at 0.0475%": (
        "options.0.costs.1.financing.rate",
        "0.0475%",
        "4.75%",
        "options.team.costs.room.financing.rate",
        ["a loan at 0.0475% a year", "Write 4.75%"],
    ),
    "a loan that pays": (
        "options.0.costs.1.financing.rate",
        "-4.75%",
        "4.75%",
        "options.team.costs.room.financing.rate",
        ["interest of −4.75%", "the lender would pay"],
    ),
    "a reserve that earns a quarter": (
        "funding.sources.0.interest",
        "25%",
        "2.5%",
        "funding.sources.reserve.interest",
        ["25%"],
    ),
    "deadweight of 0.2%": (
        f"{BENEFIT}.deadweight",
        "0.2%",
        "20%",
        "options.team.benefits.entries.deadweight",
        ["Entries avoided: deadweight of 0.2% is one in 500", "Write 20% if 0.2 was meant as a fraction"],
    ),
    "deadweight of 1": (
        BENEFIT,
        {**_BENEFIT, "deadweight": 1, "optimism_bias": 0},
        {**_BENEFIT, "deadweight": 0.01, "optimism_bias": 0},
        "options.team.benefits.entries.deadweight",
        ["100% is taken off, so nothing is claimed", "Write 1%"],
    ),
    "an effect that is gone after a year": (
        f"{BENEFIT}.drop_off",
        1,
        "1%",
        "options.team.benefits.entries.drop_off",
        ["nothing is left of the effect after a year"],
    ),
    "posts filled for posts vacant": (
        f"{POST}.vacancy_factor",
        "95%",
        "5%",
        "options.team.posts.workers.vacancy_factor",
        ["Workers: vacancy factor of 95%", "50%", "Write 5%"],
    ),
    # 6 FTE of 37 hours, shared by ten million
    "ten million people": (
        f"{POST}.people",
        10_000_000,
        6,
        "options.team.posts.workers.people",
        ["10,000,000 people share 6 FTE, less than a minute a week each", "Write 6"],
    ),
    "twelve hundred posts": (
        "options.0.posts.1.fte",
        1200,
        12,
        "options.team.posts.helpers.fte",
        ["1,200 FTE", "918 FTE"],
    ),
    # the post runs from October 2026 to September 2028, 24 months, at 0.1 a month: 2.4 of 6
    "recruits of a year for a month": (
        f"{POST}.recruited_per_month",
        0.1,
        1,
        "options.team.posts.workers.recruited_per_month",
        ["only 2.4 of 6 FTE start in the 24 months of the post"],
    ),
    "too many children in care": ("children_in_care", 52000, 520, "children_in_care", ["52,000 children", "2,317"]),
    # 24 × 12 = 288 a year; 42% of 520 = 218
    "a year's entries for a month's": (
        f"{BENEFIT}.entries_avoided",
        24,
        2,
        "options.team.benefits.entries.entries_avoided",
        ["24 entries avoided in each month are 288 a year, with 520 children in care", "Write 2 if 24"],
    ),
    "a stay in years": (
        f"{BENEFIT}.stay.average_months",
        1.5,
        18,
        "options.team.benefits.entries.stay.average_months",
        ["a stay of 1.5 months, 46 days", "77 days", "Write 18 if 1.5 years"],
    ),
    # 548 / 30.4375 = 18.0
    "a stay in days": (
        f"{BENEFIT}.stay.average_months",
        548,
        18,
        "options.team.benefits.entries.stay.average_months",
        ["548 months is 46 years", "Write 18 if days"],
    ),
    "months earlier in days": (
        f"{SAVINGS}.2.months_earlier",
        183,
        6,
        "options.team.savings.guardians.months_earlier",
        ["183 months earlier is 15 years", "Write 6 if days"],
    ),
    "six hundred leavers": (
        f"{SAVINGS}.4.leavers_avoided",
        600,
        3,
        "options.team.savings.turnover.leavers_avoided",
        ["600 leavers avoided a year", "177"],
    ),
    "days of cover in hours and more": (
        f"{SAVINGS}.3.days_avoided",
        24000,
        40,
        "options.team.savings.sickness.days_avoided",
        ["24,000 days", "10,480"],
    ),
    "agency posts beyond any council's": (
        f"{SAVINGS}.1.posts",
        400,
        4,
        "options.team.savings.agency.posts",
        ["400 agency posts", "341"],
    ),
    "the beds of every home": (
        f"{SAVINGS}.5.beds_to_close",
        40,
        4,
        "options.team.savings.home.beds_to_close",
        ["40 beds of one home", "four places on average"],
    ),
    "pounds for weeks of pay": (
        f"{POST}.ending",
        {"weeks_of_pay": 5000},
        {"weeks_of_pay": 12},
        "options.team.posts.workers.ending.weeks_of_pay",
        ["5,000 weeks of pay"],
    ),
    "weeks for months newly qualified": (
        f"{POST}.newly_qualified.months",
        52,
        12,
        "options.team.posts.workers.newly_qualified.months",
        ["52 months", "Write 12 if weeks"],
    ),
    "a step-down to the same": (
        f"{SAVINGS}.0.to_placement",
        "residential",
        "fostering",
        "options.team.savings.step-down.to_placement",
        ["from `residential` to the same, at £318,400 a year: nothing is saved"],
    ),
    "this council by another name": (
        f"{BENEFIT}.body",
        "City of Anytown",
        "NHS trust",
        "options.team.benefits.entries.body",
        ["`City of Anytown` is taken for another body than `Anytown City Council`"],
    ),
    "our own council": (
        f"{BENEFIT}.body",
        "The Council",
        "Police",
        "options.team.benefits.entries.body",
        ["`The Council`"],
    ),
    # £18,000 in the three years of the case
    "a one-off cost every year": (
        "options.0.costs.0",
        {
            "id": "training",
            "label": "One-off training",
            "amount": 18000,
            "optimism_bias": "0%",
            "per": "year",
            "price_base": "2026/27",
            "inflation": "none",
        },
        {
            "id": "training",
            "label": "Training",
            "amount": 18000,
            "optimism_bias": "0%",
            "per": "year",
            "price_base": "2026/27",
            "inflation": "none",
        },
        "options.team.costs.training.per",
        ["£18,000 a year is counted in 3 years", "`per: once`"],
    ),
    "a yearly cost once": (
        "options.0.costs.0.label",
        "Annual licence",
        "Licence",
        "options.team.costs.training.per",
        ["£18,000 is counted once", "`per: year`"],
    ),
    "a meeting in 2099": (
        "meeting.date",
        "2099-09-08",
        "2026-09-08",
        "meeting.date",
        ["8 September 2099, after the case has ended on 31 March 2029"],
    ),
    "a meeting of ten years ago": (
        "meeting.date",
        "2016-09-08",
        "2026-09-08",
        "meeting.date",
        ["10 years before the case"],
    ),
    "a source of the future": (
        "sources.paper",
        {"title": "Paper", "date": "2062-09-01"},
        {"title": "Paper", "date": "2026-09-01"},
        "sources.paper.date",
        ["1 September 2062, after the case ends on 31 March 2029"],
    ),
    "a source that expired unwritten": (
        "sources.paper.expires",
        "2017-09-01",
        "2027-09-01",
        "sources.paper.expires",
        ["before its date of 1 September 2026"],
    ),
    "a figure of the future": (
        "inflation.fees",
        {"value": "2%", "as_at": "2062-09-01"},
        {"value": "2%", "as_at": "2026-09-01"},
        "inflation.fees.as_at",
        ["dated 1 September 2062"],
    ),
    # The room costs £60,000 before 24%, the published average of standard building works.
    "an outlay that nobody raised": (
        "options.0.costs.1",
        {name: value for name, value in _ROOM.items() if name != "works"},
        _ROOM,
        "options.team.costs.room.amount",
        ["£60,000", "24.0%", "optimism_bias: 0%"],
    ),
    "a room repaid over two lives": (
        "options.0.costs.1.financing.life_years",
        60,
        50,
        "options.team.costs.room.financing.life_years",
        ["60 years", "50"],
    ),
    "income from nobody knows whom": (
        f"{SAVINGS}.0",
        _INCOME,
        {**_INCOME, "public_body": "no"},
        "options.team.savings.fees",
        ["public body", "public_body: yes"],
    ),
}


@pytest.mark.parametrize(("at", "slip", "right", "where", "words"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_asked_about_and_its_right_twin_is_not(
    at: str, slip: Any, right: Any, where: str, words: list[str]
) -> None:
    found = asked(at, slip)
    assert list(found) == [where]
    assert all(word in found[where] for word in words), found[where]
    assert asked(at, right) == {}


def test_every_question_has_a_slip() -> None:
    """Each question finds something in one of the slips here or below."""
    silent = list(QUESTIONS)
    for at, slip, *_ in [*SLIPS.values(), *((at, slip) for at, slip, _ in TWICE.values())]:
        data = rich_case()
        put(data, at, copy.deepcopy(slip))
        stated = StatedCase(
            Case.model_validate(data, context=reading_context(data))
        )  # the checks take ten times as long
        silent = [question for question in silent if not any(question.find(stated))]
    assert [question.name for question in silent] == []


def _stated(data: Data) -> StatedCase:
    return StatedCase(case_from_data(data))


def _again(table: str, place: int, **changes: Any) -> list[Data]:
    """A table of the option with one entry there twice, under another id."""
    entries = rich_case()["options"][0][table]
    return [*entries, {**entries[place], "id": "again", **changes}]


TWICE: dict[str, tuple[str, Any, str]] = {
    "a benefit": ("options.0.benefits", _again("benefits", 0), "options.team.benefits.again"),
    "a benefit under another label": (
        "options.0.benefits",
        _again("benefits", 0, label="Fewer children"),
        "options.team.benefits.again",
    ),
    "a step-down": ("options.0.savings", _again("savings", 0), "options.team.savings.again"),
    "a cost": ("options.0.costs", _again("costs", 0), "options.team.costs.again"),
    "a post": ("options.0.posts", _again("posts", 1), "options.team.posts.again"),
    "an option's title": (
        "options",
        [*rich_case()["options"], {"id": "again", "title": "The team"}],
        "options.again.title",
    ),
}


@pytest.mark.parametrize(("at", "value", "where"), TWICE.values(), ids=TWICE)
def test_the_same_twice_is_asked_about(at: str, value: Any, where: str) -> None:
    assert where in asked(at, value)


@pytest.mark.parametrize(
    ("at", "value"),
    [
        ("options.0.benefits", _again("benefits", 0, deadweight="30%")),
        ("options.0.benefits", _again("benefits", 0, label="Other children", note="Those of the north.")),
        ("options.0.costs", _again("costs", 0, label="Licence")),
        ("options.0.posts", _again("posts", 1, title="Helpers in the north")),
        ("options.0.savings", _again("savings", 1, label="Agency workers of the north", posts=3)),
    ],
)
def test_what_only_looks_alike_is_not(at: str, value: Any) -> None:
    assert asked(at, value) == {}


@pytest.mark.parametrize(
    ("leavers", "words"),
    [
        (600, "600 leavers avoided a year by 6 FTE; no council lost more than 177"),
        (150, "150 leavers avoided a year by 6 FTE, 25 for each; twenty leavers"),  # 150 / 6 = 25
    ],
)
def test_leavers_are_set_against_the_posts_where_nothing_else_is_paid_for(leavers: int, words: str) -> None:
    data = rich_case()
    option = data["options"][0]
    option |= {
        "posts": option["posts"][:1],
        "costs": [],
        "savings": [{**option["savings"][4], "leavers_avoided": leavers}],
    }
    (found,) = plausibility(case_from_data(data))
    assert address_in_words(found.address, data) == "options.team.savings.turnover.leavers_avoided"
    assert words in found.what


RIGHT: dict[str, tuple[str, Any]] = {
    "a dear placement": ("placements.homes.unit_cost", 1_400_000),  # £26,830 a week
    "a relative's allowance": ("placements.carers.unit_cost", 110),
    "nothing for a place in a home of one's own": ("placements.homes.unit_cost", 0),
    "an apprentice": ("grades.manager.salary", 15_400),
    "a chief executive": ("grades.manager.salary", 230_000),
    "one year's low inflation": ("inflation.fees", {"by_year": {"2026/27": "0.05%", "2027/28": "2%"}}),
    "one year's high inflation": ("inflation.fees", {"by_year": {"2026/27": "12%", "2027/28": "2%"}}),
    "one year's fall": ("inflation.fees", {"by_year": {"2026/27": "-0.5%", "2027/28": "2%"}}),
    "no inflation": ("inflation.fees", "0%"),
    "a Kensington pension": ("on_costs.employer_pension", "0%"),  # certificate of 2025: 21.0 less 21.0
    "a Bromley pension": ("on_costs.employer_pension", "4.6%"),
    "the highest council pension": ("on_costs.employer_pension", "33.5%"),
    "no discounting": ("discounting.rate", "0%"),
    "one person in a tenth of a post": ("options.0.posts.0.people", 30),
    "a small council": ("children_in_care", 60),
    "Birmingham": ("children_in_care", 2_317),
    "Rutland's quarter post": ("options.0.posts.1.fte", 0.25),
    "an interim director": (f"{COVER}.rate", 135),
    "a short stay": (f"{BENEFIT}.stay.average_months", 4),
    "nothing cashable": (f"{BENEFIT}.cashable", "0%"),
    "a decision long before": ("meeting.date", "2023-09-08"),
    "a decision on the way": ("meeting.date", "2027-09-08"),
    "another council gains": (f"{BENEFIT}.body", "Anothertown City Council"),
    "district councils gain": (f"{BENEFIT}.body", "District councils"),
    "a cost of one year only": ("options.0.costs.0.label", "Licence for one year"),
}


@pytest.mark.parametrize(("at", "value"), RIGHT.values(), ids=RIGHT)
def test_a_right_case_is_not_accused(at: str, value: Any) -> None:
    assert asked(at, value) == {}


@pytest.mark.parametrize(
    "path",
    [*sorted(INPUTS.glob("*/case.yaml")), *sorted(CASES.glob("*.yaml")), *sorted(CASES.glob("*/case.yaml"))],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_the_cases_that_there_are_are_asked_of_no_slip(path: Path) -> None:
    asked_of = StatedCase(load_case(path).case)
    slips = [question for question in QUESTIONS if question.name not in LACKING]
    assert [finding for question in slips for finding in question.find(asked_of)] == []


@pytest.mark.parametrize(
    ("name", "lacking"),
    [
        # One option. It claims no saving.
        ("darlington-2010", {"options": ["1 option", "business as usual", "a do-minimum"]}),
        # Four options, none of which the paper calls the least; the number of children in care is not printed.
        (
            "wolverhampton-2015",
            {
                "options": ["4 options", "a do-minimum"],
                "children claimed": ["not say how many"],
                "budget reduction": ["not stated what reduces today's budget"],
            },
        ),
        ("example-2026", {}),
    ],
)
def test_what_shipped_cases_lack_is_asked(name: str, lacking: dict[str, list[str]]) -> None:
    case = StatedCase(load_case(INPUTS / name).case)
    found = {q.name: [each.what for each in q.find(case)] for q in QUESTIONS if q.name in LACKING}
    assert {name for name, each in found.items() if each} == set(lacking)
    for question, words in lacking.items():
        (what,) = found[question]
        assert all(word in what for word in words), what
        if question == "options":
            assert ("business as usual (`role" in what) == ("business as usual" in words)


def test_questions_have_their_file_and_line_and_the_value_given(tmp_path: Path) -> None:
    data = rich_case()
    put(data, "placements.carers.unit_cost", 52000)
    put(data, f"{COVER}.weeks", 60)
    path = tmp_path / "case.yaml"
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").splitlines()
    told = {warning.where: warning for warning in load_case(tmp_path).warnings}
    for where in ("placements.carers.unit_cost", "options.team.posts.workers.agency_cover.weeks"):
        warning = told[where]
        assert warning.file == "case.yaml"
        assert warning.line is not None
        assert lines[warning.line - 1].strip() == f"{where.split('.')[-1]}: {warning.given}"


def test_bounds_in_pounds_rise_with_prices_and_never_fall() -> None:
    from finmodel.lines.periods import FinancialYear

    bound = plausible_bound("placement price", "highest")
    assert bound.at(FinancialYear(2010)) == 32_500
    # GDP deflator, 2024/25 = 100: 91.2996 in 2022/23 and 96.1117 in 2023/24
    assert bound.at(FinancialYear(2023)) == pytest.approx(32_500 * 96.1117 / 91.2996, rel=1e-12)
