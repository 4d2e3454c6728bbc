"""Savings other than avoided entries: what may be stated, and each mistake on its line. Lines are of savings.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import problems_of

from finmodel.case import Case, load_case
from finmodel.case.schema_savings import KINDS, THIS_COUNCIL, InHouseHome, ProcessCosts, Reach, StepDown
from finmodel.lines.periods import Month

FILE = Path(__file__).parent / "cases" / "savings.yaml"
LINES = FILE.read_text(encoding="utf-8").splitlines()
SAVINGS = "options.team.savings"


class Mistake(NamedTuple):
    name: str
    edits: dict[int, str]  # line of savings.yaml: text in its place
    line: int  # where the problem must be
    where: str
    what: str  # words of it
    remedy: str  # words of it


# fmt: off
MISTAKES = [
    # Kinds
    Mistake("no kind", {81: ""}, 79, f"{SAVINGS}.turnover.kind", "`kind` is missing", "less_turnover"),
    Mistake("no such kind", {81: "        kind: less_turnovr"}, 81, f"{SAVINGS}.turnover.kind", "not a kind of saving", "Did you mean `less_turnover`"),
    Mistake("a kind that is a number", {81: "        kind: [1]"}, 81, f"{SAVINGS}.turnover.kind", "not a kind of saving", "less_turnover"),
    Mistake("not a mapping", {145: "      - assessments", **dict.fromkeys(range(146, 153), "")}, 145, f"{SAVINGS}[11]", "Names with values are needed", "name: value"),
    Mistake("a name of another kind", {82: "        leavers_avoided: 3\n        days_avoided: 3"}, 83, f"{SAVINGS}.turnover.days_avoided", "not a name known here", "leavers_avoided and replacement_cost"),
    Mistake("a name that is nearly right", {82: "        leavers_avoided: 3\n        dropoff: 3%"}, 83, f"{SAVINGS}.turnover.dropoff", "not a name known here", "Did you mean `drop_off`"),
    Mistake("a missing name of the kind", {82: ""}, 79, f"{SAVINGS}.turnover.leavers_avoided", "`leavers_avoided` is missing", "leavers_avoided: …`"),
    Mistake("an amount without its prices", {83: "        replacement_cost: {amount: 12000, inflation: pay}"}, 83, f"{SAVINGS}.turnover.replacement_cost.price_base", "`price_base` is missing", "price_base: 2015/16"),
    Mistake("an amount that is a number", {83: "        replacement_cost: 12000"}, 83, f"{SAVINGS}.turnover.replacement_cost", "Names with values are needed", "amount, price_base and inflation"),
    Mistake("two savings alike", {79: "      - id: agency"}, 79, f"{SAVINGS}.agency.id", "used twice in `savings`", "an id of its own"),
    Mistake("two processes alike", {105: "          - id: deciding"}, 105, f"{SAVINGS}.process.processes.deciding.id", "used twice in `processes`", "an id of its own"),
    # Steps to a number of children
    Mistake("a step left out", {26: "        entries_avoided: {need: 20, engagement: 60%, retention: 50%}"}, 26, "options.team.benefits.fewer.entries_avoided.impact", "`impact` is missing", "impact: …%`"),
    Mistake("a step too many", {26: "        entries_avoided: {need: 20, engagement: 60%, retention: 50%, impact: 25%, luck: 5%}"}, 26, "options.team.benefits.fewer.entries_avoided.luck", "not a name known", "need, engagement, retention and impact"),
    Mistake("a step over the whole", {26: "        entries_avoided: {need: 20, engagement: 160%, retention: 50%, impact: 25%}"}, 26, "options.team.benefits.fewer.entries_avoided.engagement", "over 100%", "0% to 100%"),
    # Evidence
    Mistake("a grade past the last", {59: "        evidence_grade: 7"}, 59, f"{SAVINGS}.permanence.evidence_grade", "more than 6", "6 or less"),
    Mistake("a grade below the first", {30: "        evidence_grade: {children: 0}"}, 30, "options.team.benefits.fewer.evidence_grade.children", "less than 1", "1 or more"),
    Mistake("a grade in words", {59: "        evidence_grade: good"}, 59, f"{SAVINGS}.permanence.evidence_grade", "not a whole number", "like 5"),
    Mistake("no grade", {30: "        evidence_grade: {}"}, 30, "options.team.benefits.fewer.evidence_grade", "No grade", "from 1"),
    Mistake("neither grade nor bias", {85: ""}, 79, f"{SAVINGS}.turnover.optimism_bias", "`optimism_bias` is missing", "evidence_grade: …"),
    Mistake("neither, of a benefit", {30: ""}, 23, "options.team.benefits.fewer.optimism_bias", "`optimism_bias` is missing", "evidence_grade: …"),
    Mistake("grade and bias", {85: "        optimism_bias: 5%\n        evidence_grade: 2"}, 86, f"{SAVINGS}.turnover.evidence_grade", "Both `optimism_bias` and `evidence_grade`", "exactly one of `optimism_bias` and `evidence_grade`"),
    Mistake("too much off by the grade", {58: "        deadweight: 90%"}, 59, f"{SAVINGS}.permanence.evidence_grade", "total 115%", "at most 100%"),
    Mistake("too much off", {39: "        deadweight: 90%"}, 40, f"{SAVINGS}.step-down.optimism_bias", "total 105%", "at most 100%"),
    # Who gains
    Mistake("a body without a name", {116: "        body: '***'"}, 116, f"{SAVINGS}.grant.body", "not the name of a body", "Write who gains"),
    # Names that do not exist
    Mistake("no such dearer placement", {37: "        from_placement: residental"}, 37, f"{SAVINGS}.step-down.from_placement", "no placement type called", "Did you mean `residential`"),
    Mistake("no such placement to leave", {52: "        placement: foster"}, 52, f"{SAVINGS}.permanence.placement", "no placement type called", "fostering"),
    Mistake("no such index", {57: "          inflation: pya"}, 57, f"{SAVINGS}.permanence.allowance.inflation", "no inflation index called `pya`", "Did you mean `pay`"),
    Mistake("no such index of a process", {104: "            inflation: cpi"}, 104, f"{SAVINGS}.process.processes.deciding.inflation", "no inflation index called `cpi`", "fees, pay, deflator and none"),
    Mistake("no such source", {65: "        agency_cost: {amount: 75000, price_base: 2015/16, inflation: fees, source: papr}"}, 65, f"{SAVINGS}.agency.agency_cost.source", "no source called `papr`", "Did you mean `paper`"),
    Mistake("no such benefit", {100: "        benefit: few"}, 100, f"{SAVINGS}.process.benefit", "no benefit called `few`", "`fewer`"),
    Mistake("no such post", {75: "        permanent_post: worker"}, 75, f"{SAVINGS}.agency-posts.permanent_post", "no post called `worker`", "`workers`"),
    Mistake("no such code", {103: "            code: SS2.7"}, 103, f"{SAVINGS}.process.processes.deciding.code", "no unit cost called `SS2.7`", "SS2.1"),
    # One of two, and what goes with it
    Mistake("both a benefit and entries", {100: "        benefit: fewer\n        entries_avoided: 1"}, 97, f"{SAVINGS}.process", "Both `benefit` and `entries_avoided`", "exactly one"),
    Mistake("neither a benefit nor entries", {100: ""}, 97, f"{SAVINGS}.process", "Neither `benefit` nor `entries_avoided`", "exactly one"),
    Mistake("both a permanent cost and a post", {66: "        permanent_cost: {amount: 52000, price_base: 2015/16, inflation: pay}\n        permanent_post: workers", 75: "        permanent_cost: {amount: 52000, price_base: 2015/16, inflation: pay}"}, 61, f"{SAVINGS}.agency", "Both `permanent_cost` and `permanent_post`", "exactly one"),
    Mistake("both a code and a cost", {103: "            code: SS2.1\n            cost: 800"}, 102, f"{SAVINGS}.process.processes.deciding", "Both `code` and `cost`", "exactly one"),
    Mistake("a price base beside a code", {103: "            code: SS2.1\n            price_base: 2009/10"}, 104, f"{SAVINGS}.process.processes.deciding.price_base", "no effect next to `code`", "Remove `price_base`"),
    Mistake("a cost without its prices", {107: ""}, 105, f"{SAVINGS}.process.processes.legal.price_base", "`price_base` is missing", "price_base:"),
    Mistake("no work", {101: "        processes: []", **dict.fromkeys(range(102, 110), "")}, 101, f"{SAVINGS}.process.processes", "At least 1", "Add one"),
    Mistake("beds and a benefit", {127: "        benefit: fewer\n        beds_emptied: 4"}, 124, f"{SAVINGS}.home", "Both `benefit` and `beds_emptied`", "exactly one"),
    Mistake("a benefit without the home", {128: ""}, 124, f"{SAVINGS}.home.placement", "`placement` is missing", "placement: residential"),
    Mistake("a home without a benefit", {138: "        beds_emptied: 4\n        placement: own-home"}, 139, f"{SAVINGS}.other-home.placement", "only used with `benefit`", "Remove it"),
    Mistake("a home that the benefit does not empty", {128: "        placement: residential"}, 128, f"{SAVINGS}.home.placement", "avoids no placement of this type", "own-home, fostering"),
    Mistake("months beside a benefit", {100: "        benefit: fewer\n        start: 2015-09"}, 101, f"{SAVINGS}.process.start", "no effect next to `benefit`", "Remove `start`"),
    Mistake("a benefit of children", {26: "        children: 3", 27: ""}, 100, f"{SAVINGS}.process.benefit", "states children, not entries", "entries_avoided"),
    # Counted twice
    Mistake("a cost of being in care", {103: "            code: SS2.3"}, 103, f"{SAVINGS}.process.processes.deciding.code", "a cost per month of being in care", "SS2.1, SS2.2"),
    Mistake("more posts than there are", {73: "        posts: 5"}, 73, f"{SAVINGS}.agency-posts.posts", "than the post `workers` has FTE, 4", "raise the post's `fte`"),
    Mistake("one post twice", {64: "        posts: 1", 66: "        permanent_post: workers"}, 75, f"{SAVINGS}.agency-posts.permanent_post", "of the post `workers` already", "one of the savings"),
    Mistake("one home twice", {138: "        benefit: fewer\n        placement: own-home"}, 138, f"{SAVINGS}.other-home.benefit", "closed by another saving", "one of the savings"),
    Mistake("one process twice", {148: "        benefit: fewer", 149: "        processes: [{id: core, code: SS2.1, inflation: deflator}]"}, 149, f"{SAVINGS}.assessments.processes.core.code", "SS2.1 of the benefit `fewer` is saved already", "one of the savings"),
    # Months and years
    Mistake("an end before the start", {43: "        end: 2015-05"}, 43, f"{SAVINGS}.step-down.end", "before the start", "the start or later"),
    Mistake("a lag past the end", {44: "        lag_months: 40"}, 44, f"{SAVINGS}.step-down.lag_months", "after it ends", "shorter lag"),
    Mistake("a drop-off within a year", {45: "        drop_off: {by_month: {2015-04: 0%, 2016-07: 5%}}"}, 45, f"{SAVINGS}.step-down.drop_off", "changes in July 2016", "by_year"),
    Mistake("part of a month", {51: "        months_earlier: 4.5"}, 51, f"{SAVINGS}.permanence.months_earlier", "one whole number", "Write a whole number"),
    Mistake("months that change", {51: "        months_earlier: [4, 5, 6]"}, 51, f"{SAVINGS}.permanence.months_earlier", "one whole number", "a saving for each"),
    Mistake("once without a month", {120: ""}, 113, f"{SAVINGS}.grant.start", "`start` is missing, which `per: once` needs", "start: 2015-04"),
    Mistake("once, before the case", {120: "        start: 2015-01"}, 120, f"{SAVINGS}.grant.start", "before the case begins", "from April"),
    Mistake("once with an end", {120: "        start: 2016-01\n        end: 2016-05"}, 121, f"{SAVINGS}.grant.end", "`end` has no effect next to `per: once`", "per: year"),
    Mistake("once with a drop-off", {120: "        start: 2016-01\n        drop_off: 5%"}, 121, f"{SAVINGS}.grant.drop_off", "`drop_off` has no effect next to `per: once`", "per: year"),
    Mistake("prices of a later year", {56: "          price_base: 2016/17"}, 56, f"{SAVINGS}.permanence.allowance.price_base", "later than the first year", "Restate"),
    Mistake("an index that begins too late", {12: "  deflator: {by_year: {2012/13: 2%}}"}, 12, "inflation.deflator", "no value for 2010/11; `process`", "from 2010/11"),
    # Below nil, and homes
    Mistake("the dearer for the cheaper", {37: "        from_placement: fostering", 38: "        to_placement: residential"}, 38, f"{SAVINGS}.step-down.to_placement", "In 2015/16 the placement stepped down to costs more", "below zero"),
    Mistake("an allowance above the placement", {54: "          amount: 900"}, 53, f"{SAVINGS}.permanence.allowance", "the allowance is more than the placement", "Correct the price"),
    Mistake("a permanent post above the agency", {66: "        permanent_cost: {amount: 77000, price_base: 2015/16, inflation: none}"}, 66, f"{SAVINGS}.agency.permanent_cost", "costs more than the agency worker: £77,000 a year against £75,000", "below zero"),
    Mistake("a home without beds", {129: "        beds_to_close: 0"}, 129, f"{SAVINGS}.home.beds_to_close", "when some of its beds are empty", "above 0"),
    Mistake("half a home", {130: "        homes: 1.5"}, 130, f"{SAVINGS}.home.homes", "Enter whole homes", "whole number"),
]
# fmt: on


def case_with(edits: dict[int, str], folder: Path) -> Path:
    lines = [edits.get(number, line) for number, line in enumerate(LINES, start=1)]
    (folder / "case.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_each_mistake_gives_one_problem_in_its_place(mistake: Mistake, tmp_path: Path) -> None:
    problems = problems_of(case_with(mistake.edits, tmp_path))
    assert [(problem.where, problem.line) for problem in problems] == [(mistake.where, mistake.line)]
    assert mistake.what in problems[0].what
    assert mistake.remedy in problems[0].remedy


def test_posts_made_permanent_are_set_against_the_post_month_by_month(tmp_path: Path) -> None:
    """The post `workers` has 4 FTE: 6 agency posts before the case begins are no matter of it, and 5 within it are."""
    assert problems_of(case_with({73: "        posts: {by_year: {2013/14: 6, 2015/16: 2}}"}, tmp_path)) == ()
    (problem,) = problems_of(case_with({73: "        posts: {by_month: {2015-04: 2, 2016-11: 5}}"}, tmp_path))
    assert (problem.where, problem.line) == (f"{SAVINGS}.agency-posts.posts", 73)
    assert "has FTE, 4, in November 2016" in problem.what


def test_problems_of_savings_are_told_together(tmp_path: Path) -> None:
    edits = {
        36: "        children: many",
        82: "        leavers_avoided: -1",
        116: "        body: '***'",
        52: "        placement: x",
    }
    where = [problem.where.removeprefix(f"{SAVINGS}.") for problem in problems_of(case_with(edits, tmp_path))]
    assert where == ["step-down.children", "permanence.placement", "turnover.leavers_avoided", "grant.body"]


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case(FILE).case


def test_every_kind_is_in_the_case(case: Case) -> None:
    assert {saving.kind for saving in case.options[0].savings} == set(KINDS)
    for saving in case.options[0].savings:
        assert type(saving) is KINDS[saving.kind]


def test_a_saving_reads_as_it_says(case: Case) -> None:
    step_down, *_ = case.options[0].savings
    assert isinstance(step_down, StepDown)
    assert (step_down.from_placement, step_down.to_placement) == ("residential", "fostering")
    assert (step_down.start, step_down.end, step_down.lag_months) == (Month(2015, 6), Month(2018, 1), 2)
    assert step_down.body == THIS_COUNCIL
    assert case.options[0].savings[7].body == "NHS"
    assert case.options[0].savings[4].basis == "requirement"
    assert case.options[0].savings[5].deductions == "subtractive"


def test_children_in_four_steps_are_their_product(case: Case) -> None:
    (benefit,) = case.options[0].benefits
    assert isinstance(benefit.entries_avoided, Reach)
    # 20 × 60% × 50% × 25% = 1.5
    assert benefit.entries_avoided.at(Month(2016, 1)) == pytest.approx(1.5, abs=1e-12)
    assert benefit.evidence_grade == {"children": 4, "prices": 2}


def test_processes_and_homes(case: Case) -> None:
    process, home = case.options[0].savings[6], case.options[0].savings[8]
    assert isinstance(process, ProcessCosts)
    assert [found.code for found in process.processes] == ["SS2.1", None]
    assert isinstance(home, InHouseHome)
    assert (home.benefit, home.placement) == ("fewer", "own-home")


def warnings_of(edits: dict[int, str], folder: Path) -> list[Any]:
    return [(warning.where, warning.line) for warning in load_case(case_with(edits, folder)).warnings]


WHAT_REDUCES_THE_BUDGET = (f"{SAVINGS}.step-down", 33)  # the one thing that the case leaves open


def test_nothing_else_is_worth_a_look_in_the_sound_case(tmp_path: Path) -> None:
    assert warnings_of({}, tmp_path) == [WHAT_REDUCES_THE_BUDGET]


def test_a_home_whose_placement_has_a_cost_is_worth_a_look(tmp_path: Path) -> None:
    dear = "  own-home: {label: Own home, unit_cost: 150000, per: year, price_base: 2015/16, inflation: none}"
    assert warnings_of({16: dear}, tmp_path) == [
        WHAT_REDUCES_THE_BUDGET,
        (f"{SAVINGS}.home.placement", 128),
    ]


def test_savings_may_sit_in_a_table(tmp_path: Path) -> None:
    table = (
        "id,label,kind,body,days_avoided,day_cost.amount,day_cost.price_base,day_cost.inflation,income.amount,"
        "income.price_base,income.inflation,per,deadweight,optimism_bias,evidence_grade,cashable\n"
        "cover,Less cover,less_sickness_cover,,100,200,2015/16,pay,,,,,0%,0%,,100%\n"
        "grant,A grant,income,NHS,,,,,5000,2015/16,none,year,0%,,3,100%\n"
    )
    (tmp_path / "savings.csv").write_text(table, encoding="utf-8")
    edits = {32: "    savings: {csv: savings.csv}", **dict.fromkeys(range(33, 163), "")}
    cover, grant = load_case(case_with(edits, tmp_path)).case.options[0].savings
    assert (cover.kind, grant.kind, grant.body, grant.evidence_grade) == ("less_sickness_cover", "income", "NHS", 3)
