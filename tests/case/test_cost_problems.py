"""Each kind of mistake about what comes with a post gives one problem, in its place. Lines are those of base.yaml."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from finmodel import reference
from finmodel.case import load_case
from finmodel.lines.periods import FinancialYear, Month

WORKERS, HELPER, COST = "options.team.posts.social-workers", "options.team.posts.helper", "options.team.costs.training"
COVER = "agency_cover: {rate: 40, per: hour, per_week: 37, weeks: 46, inflation: none"


# fmt: off
MISTAKES = [
    # name, what is added to the workers (39), the helper (45) or the training (52), where, what, remedy
    ("no such grade of starters", 39, "newly_qualified: {grade: starter}", f"{WORKERS}.newly_qualified.grade", "no grade called `starter`", "social-worker"),
    ("starters paid as others", 39, "newly_qualified: {months: 6}", f"{WORKERS}.newly_qualified", "paid as all others", "`point` or the `grade`"),
    ("a starters' point outside the grade", 39, "newly_qualified: {point: 20}", f"{WORKERS}.newly_qualified.point", "Point 20 is outside", "from 32 to 37"),
    ("starters of an all-in post", 45, "newly_qualified: {point: 33}", f"{HELPER}.newly_qualified", "no effect next to `annual_cost`", "price the post by `grade`"),
    ("no months of starting", 39, "newly_qualified: {point: 32, months: 0}", f"{WORKERS}.newly_qualified.months", "less than 1", "1 or more"),
    ("nobody recruited", 39, "recruited_per_month: 0", f"{WORKERS}.recruited_per_month", "Nobody is recruited", "above 0"),
    ("recruited before the case", 39, "recruited_per_month: 2\n        start: 2014-09", f"{WORKERS}.recruited_per_month", "before the case does in April 2015", "later `start`"),
    ("a vacancy factor over the whole", 39, "vacancy_factor: 5", f"{WORKERS}.vacancy_factor", "number above 1", "Write `5%`"),
    ("cover of a post that is filled", 39, f"{COVER}}}", f"{WORKERS}.agency_cover", "no effect: the post is filled", "recruited_per_month"),
    ("cover of vacancies that are not assumed", 39, f"{COVER}, start: 2015-06, vacancies_too: yes}}", f"{WORKERS}.agency_cover.vacancies_too", "needs the post's `vacancy_factor`", "vacancy_factor: …%"),
    ("cover that ends before it starts", 39, f"{COVER}, start: 2015-06, end: 2015-05}}", f"{WORKERS}.agency_cover.end", "before it starts in June 2015", "later end"),
    ("two fees", 39, f"{COVER}, start: 2015-06, fee_percent: 10%, fee_amount: 4}}", f"{WORKERS}.agency_cover.fee_amount", "Both `fee_percent` and `fee_amount`", "Keep `fee_percent` or `fee_amount`"),
    ("cover by the week", 39, f"{COVER.replace('hour,', 'week,')}, start: 2015-06}}", f"{WORKERS}.agency_cover.per", "not one of the words", "hour or day"),
    ("cover without an index", 39, f"{COVER.replace(', inflation: none', '')}, start: 2015-06}}", f"{WORKERS}.agency_cover.inflation", "`inflation` is missing", "inflation"),
    ("no such index of cover", 39, f"{COVER.replace('none', 'feees')}, start: 2015-06}}", f"{WORKERS}.agency_cover.inflation", "no inflation index called `feees`", "Did you mean `fees`"),
    ("ending without an end", 39, "ending: {weeks_of_pay: 4}", f"{WORKERS}.ending", "no `end`", "end: 2020-02"),
    ("ending after the case", 39, "ending: {weeks_of_pay: 4}\n        end: 2020-03", f"{WORKERS}.ending", "falls in April 2020", "Add a year"),
    ("weeks of pay of an all-in post", 45, "ending: {weeks_of_pay: 4}\n        end: 2018-03", f"{HELPER}.ending.weeks_of_pay", "does not show the pay", "`amount`"),
    ("two costs of ending", 39, "ending: {weeks_of_pay: 4, amount: 500, inflation: none}\n        end: 2018-03", f"{WORKERS}.ending", "Both `amount` and `weeks_of_pay`", "exactly one"),
    ("ending without an index", 39, "ending: {amount: 500}\n        end: 2018-03", f"{WORKERS}.ending.inflation", "`inflation` is missing", "inflation: fees"),
    ("one-off before the case", 39, "start: 2014-09\n        one_off: [{id: laptops, label: L, amount: 9, per: fte, inflation: none}]", f"{WORKERS}.one_off.laptops", "started before the case", "`costs`"),
    ("one-off for a head", 39, "one_off: [{id: laptops, label: L, amount: 9, per: head, inflation: none}]", f"{WORKERS}.one_off.laptops.per", "not one of the words", "fte, person or post"),
    ("one-off twice", 39, "one_off: [{id: a, label: L, amount: 9, per: fte, inflation: none}, {id: a, label: M, amount: 9, per: fte, inflation: none}]", f"{WORKERS}.one_off.a.id", "used twice in `one_off`", "id of its own"),
    ("one-off at later prices", 39, "one_off: [{id: a, label: L, amount: 9, per: fte, inflation: none, price_base: 2016/17}]", f"{WORKERS}.one_off.a.price_base", "later than the first year", "at the prices of 2015/16"),
    ("yearly cost of nothing", 39, "per_fte: [{id: travel, label: T}]", f"{WORKERS}.per_fte.travel", "Neither `amount` nor `percent`", "exactly one"),
    ("yearly cost without an index", 39, "per_fte: [{id: travel, label: T, amount: 900}]", f"{WORKERS}.per_fte.travel.inflation", "`inflation` is missing", "inflation: fees"),
    ("a share with an index", 39, "per_fte: [{id: travel, label: T, percent: 5%, inflation: fees}]", f"{WORKERS}.per_fte.travel.inflation", "only used with `amount`", "Remove it"),
    ("replacing a post of no price", 39, "replaces: [{id: old, title: Old, fte: 1}]", f"{WORKERS}.replaces.old", "Neither `grade` nor `annual_cost`", "exactly one"),
    ("replacing nobody", 39, "replaces: [{id: old, title: Old, fte: 0, grade: social-worker}]", f"{WORKERS}.replaces.old.fte", "has no FTE", "above 0"),
    ("replacing too few people", 39, "replaces: [{id: old, title: Old, fte: 2, people: 1, grade: social-worker}]", f"{WORKERS}.replaces.old.people", "at most 1 FTE each", "leave `people` out"),
    ("backfill without an index", 39, "backfill: [{id: old, title: Old, fte: 1, annual_cost: 30000}]", f"{WORKERS}.backfill.old.inflation", "`inflation` is missing", "inflation: fees"),
    ("backfill at a point outside", 39, "backfill: [{id: old, title: Old, fte: 1, grade: social-worker, point: 31}]", f"{WORKERS}.backfill.old.point", "Point 31 is outside", "from 32 to 37"),
    ("backfill with a point and a price", 39, "backfill: [{id: old, title: Old, fte: 1, annual_cost: 9, inflation: none, point: 31}]", f"{WORKERS}.backfill.old.point", "no effect next to `annual_cost`", "Remove `point`"),
    ("a supplement of another time", 39, "supplements: [{id: market, label: M, amount: 9, end: 2015-06}]", f"{WORKERS}.supplements.market.end", "not paid in any month in post", "Change its months"),
    ("a supplement upside down", 39, "supplements: [{id: market, label: M, amount: 9, start: 2016-06, end: 2016-05}]", f"{WORKERS}.supplements.market.end", "before the start", "the start or later"),
    ("capital every year", 52, "capital: funded", f"{COST}.per", "Capital is spent once", "per: once"),
    ("borrowing without financing", 52, "capital: borrowed\n        per: once\n        start: 2015-06", f"{COST}.financing", "`financing` is missing", "life_years: …, rate: …%"),
    ("financing without borrowing", 52, "financing: {life_years: 5, rate: 4%}", f"{COST}.financing", "only used with `capital: borrowed`", "write `capital: borrowed`"),
    ("a loan at many rates", 52, "capital: borrowed\n        per: once\n        start: 2015-06\n        financing: {life_years: 5, rate: [1%, 2%, 3%, 4%, 5%]}", f"{COST}.financing.rate", "one rate over its life", "Write one rate"),
    ("a loan of no years", 52, "capital: borrowed\n        per: once\n        start: 2015-06\n        financing: {life_years: 0, rate: 4%}", f"{COST}.financing.life_years", "less than 1", "1 or more"),
    ("capital in kind", 52, "capital: funded\n        in_kind: NHS trust\n        per: once\n        start: 2015-06", f"{COST}.in_kind", "not capital that the council spends", "Keep `capital` or `in_kind`"),
]
# fmt: on


@pytest.mark.parametrize(("name", "line", "added", "where", "what", "remedy"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_each_mistake_is_one_problem_in_its_place(
    spoil, base_lines: list[str], name: str, line: int, added: str, where: str, what: str, remedy: str
) -> None:
    edits = {line: f"{base_lines[line - 1]}\n        {added}"}
    if line == 39 and "start: 2014" in added:
        edits = {39: f"        {added}"}
    if "per: once" in added:
        edits[50] = ""
    problems = spoil(edits)
    assert [(problem.where, what in problem.what, remedy in problem.remedy) for problem in problems] == [
        (where, True, True)
    ], [str(problem) for problem in problems]


OLD = "{{id: old, title: Old, fte: {{by_year: {}}}, people: {{by_year: {}}}, grade: social-worker}}"


@pytest.mark.parametrize("kind", ["replaces", "backfill"])
def test_the_people_of_a_post_that_changes_are_counted_month_by_month(spoil, kind: str) -> None:
    """One person for 1 FTE and later two for 2 is right in every month, though 2 FTE is more than 1 person ever was."""
    growing = OLD.format("{2015/16: 1, 2017/18: 2}", "{2015/16: 1, 2017/18: 2}")
    assert spoil({39: f"        start: 2015-09\n        {kind}: [{growing}]"}) == ()
    too_few = OLD.format("{2015/16: 1, 2017/18: 3}", "{2015/16: 4, 2017/18: 2}")
    (problem,) = spoil({39: f"        start: 2015-09\n        {kind}: [{too_few}]"})
    assert problem.where == f"{WORKERS}.{kind}.old.people"
    assert problem.what == "3 FTE for 2 people in April 2017, who can fill at most 1 FTE each"
    assert problem.remedy == "Write 3 people or more, or leave `people` out."


def test_people_before_the_case_begins_are_not_asked_about(spoil) -> None:
    before = OLD.format("{2013/14: 9, 2015/16: 1}", "{2013/14: 1, 2015/16: 1}")
    assert spoil({39: f"        start: 2015-09\n        replaces: [{before}]"}) == ()


def test_a_pension_rate_is_needed_for_what_an_all_in_post_replaces(spoil) -> None:
    edits = {
        19: "  contracted_out: yes",
        38: "        annual_cost: 9\n        price_base: 2015/16\n        inflation: none",
        45: "        inflation: fees\n        replaces: [{id: old, title: Old, fte: 1, grade: social-worker}]",
    }
    (problem,) = spoil(edits)
    assert problem.where == f"{HELPER}.replaces.old.grade"
    assert "pension rate is missing" in problem.what


def test_an_index_must_reach_back_to_the_price_base_of_each_cost(spoil) -> None:
    one_off = "one_off: [{id: a, label: L, amount: 9, per: fte, inflation: fees, price_base: 2012/13}]"
    edits = {21: "  fees: {by_year: {2015/16: 2%}}", 39: f"        start: 2015-09\n        {one_off}"}
    (problem,) = spoil(edits)
    assert problem.where == "inflation.fees"
    assert "no value for 2013/14; `a` is at the prices of 2012/13" in problem.what


# Rates that are old, or recalled


def warnings_with(case_folder, edits: dict[str, str]) -> list[tuple[str, str]]:
    path = case_folder / "case.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in edits.items():
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return [(warning.where, warning.what) for warning in load_case(case_folder).warnings]


def recalled_elsewhere(warnings: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without what the case is asked anyway: of National Insurance that is recalled, and of its few options."""
    return [(where, what) for where, what in warnings if where not in ("first_year", "options")]


def test_a_rate_dated_over_a_year_before_the_case_is_a_warning(case_folder) -> None:
    edits = {"  fees: 2%": "  fees: {value: 2%, as_at: 2014-03-31}"}
    ((where, what),) = recalled_elsewhere(warnings_with(case_folder, edits))
    assert where == "inflation.fees"
    assert "dated 31 March 2014, over a year before the case (1 April 2015)" in what


def test_the_meeting_dates_the_case_and_a_source_dates_its_rates(case_folder) -> None:
    edits = {
        "  fees: 2%": "  fees: {value: 2%, source: paper}",
        "years: 5": "years: 5\nmeeting: {body: Cabinet, date: 2016-01-21}",
    }
    ((where, what),) = recalled_elsewhere(warnings_with(case_folder, edits))
    assert where == "inflation.fees"
    assert "dated 20 January 2015" in what


def test_a_rate_of_the_year_is_no_warning(case_folder) -> None:
    assert (
        recalled_elsewhere(warnings_with(case_folder, {"  fees: 2%": "  fees: {value: 2%, as_at: 2014-04-01}"})) == []
    )


def test_a_recalled_rate_is_a_warning(case_folder) -> None:
    edits = {"employer_pension: 17.5%": "employer_pension: {value: 17.5%, confidence: unverified}"}
    ((where, what),) = recalled_elsewhere(warnings_with(case_folder, edits))
    assert where == "on_costs.employer_pension"
    assert "is from memory, no source" in what


def test_recalled_national_insurance_is_told_by_year(case_folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every year in the data has been seen published; one that had not would be named."""
    seen = reference.employer_ni

    def recalled_in_2016(month: Month) -> reference.EmployerNationalInsurance:
        found = seen(month)
        doubtful = month.financial_year == FinancialYear(2016)
        return replace(found, rate=replace(found.rate, confidence="unverified")) if doubtful else found

    monkeypatch.setattr(reference, "employer_ni", recalled_in_2016, raising=False)
    found = dict(warnings_with(case_folder, {"title: Investing": "title: Investing"}))
    assert "from memory, no source, for 2016/17" in found["first_year"]
