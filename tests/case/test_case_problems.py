"""Each kind of mistake gives one problem, on its line, in words that say what to do. Lines are those of base.yaml."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from finmodel.parsing import pydantic_faults


class Mistake(NamedTuple):
    name: str
    edits: dict[int, str]  # line of base.yaml: text in its place
    line: int  # where the problem must be
    where: str
    what: str  # words of it
    remedy: str  # words of it


# fmt: off
MISTAKES = [
    # Names that do not exist or are missing
    Mistake("unknown name at the top", {7: "children_in_car: 700"}, 7, "children_in_car", "not a name known", "`children_in_care`"),
    Mistake("unknown name in a post", {37: "        fte: 12\n        poeple: 12"}, 38, "options.team.posts.social-workers.poeple", "not a name known", "Did you mean `people`"),
    Mistake("near name that is given already", {37: "        ftes: 12\n        fte: 12"}, 37, "options.team.posts.social-workers.ftes", "not a name known", "The names are source,"),
    Mistake("missing field", {33: ""}, 32, "options.team.title", "`title` is missing", "Add a line like `title:"),
    Mistake("missing field of the case", {2: ""}, 1, "council", "`council` is missing", "Add a line like `council:"),
    Mistake("blank value", {37: "        fte:"}, 37, "options.team.posts.social-workers.fte", "Nothing is written", "or remove the line"),
    Mistake("blank optional value", {7: "children_in_care: ~"}, 7, "children_in_care", "Nothing is written", "or remove the line"),
    Mistake("no such grade", {38: "        grade: social-wroker"}, 38, "options.team.posts.social-workers.grade", "no grade called `social-wroker`", "Did you mean `social-worker`"),
    Mistake("no such placement", {58: "          foster-care: 100%"}, 58, "options.team.benefits.fewer.placements.foster-care", "no placement type called", "fostering"),
    Mistake("no such index", {28: "    inflation: fee"}, 28, "placements.fostering.inflation", "no inflation index called `fee`", "Did you mean `fees`"),
    Mistake("no such index of a post", {45: "        inflation: pay"}, 45, "options.team.posts.helper.inflation", "no inflation index called `pay`", "fees and none"),
    Mistake("no such index of a cost", {52: "        inflation: None at all"}, 52, "options.team.costs.training.inflation", "no inflation index", "fees and none"),
    Mistake("no such source", {17: "    source: papr"}, 17, "grades.social-worker.source", "no source called `papr`", "Did you mean `paper`"),
    Mistake("no such source of a figure", {37: "        fte: {value: 12, source: papers}"}, 37, "options.team.posts.social-workers.fte.source", "no source called", "`paper`"),
    Mistake("no such status quo", {8: "status_quo: asnow"}, 8, "status_quo", "no option called `asnow`", "Did you mean `as-now`"),
    Mistake("no such recommended option", {8: "status_quo: as-now\nrecommended: taem"}, 9, "recommended", "no option called `taem`", "Did you mean `team`"),
    Mistake("no such break-even placement", {8: "break_even_placement: fosterin"}, 8, "break_even_placement", "no placement type", "`fostering`"),
    Mistake("no such schedule", {6: "discounting: {schedule: green-book-2025, deflator: none}"}, 6, "discounting.schedule", "no discount schedule called", "Did you mean `green-book-2026`"),
    Mistake("index named none", {21: "  fees: 2%\n  none: 3%"}, 22, "inflation.none", "means no inflation", "another name"),
    Mistake("no such deflator", {6: "discounting: {schedule: green-book-2026, deflator: feees}"}, 6, "discounting.deflator", "no inflation index", "Did you mean `fees`"),
    # Ids
    Mistake("duplicate option", {32: "  - id: as-now"}, 32, "options.as-now.id", "used twice in `options`", "an id of its own"),
    Mistake("duplicate post", {40: "      - id: social-workers"}, 40, "options.team.posts.social-workers.id", "used twice in `posts`", "an id of its own"),
    Mistake("an id with spaces", {40: "      - id: Family Helper"}, 40, "options.team.posts.Family Helper.id", "cannot be a name", "small letters"),
    Mistake("a grade with capitals", {14: "  SocialWorker:", 38: "        grade: SocialWorker"}, 14, "grades.SocialWorker", "cannot be a name", "small letters"),
    Mistake("duplicate name", {7: "title: Again"}, 7, "title", "already given on line 1", "Keep one"),
    # Money
    Mistake("money in words", {25: '    unit_cost: "£forty"'}, 25, "placements.fostering.unit_cost", "not an amount of money", "Write pounds in figures"),
    Mistake("money in thousands", {25: "    unit_cost: 40k"}, 25, "placements.fostering.unit_cost", "not an amount of money", "in full, 40000, without"),
    Mistake("comma in the wrong place", {25: "    unit_cost: £40,00"}, 25, "placements.fostering.unit_cost", "not an amount of money", "between thousands"),
    Mistake("negative money", {49: "        amount: -1500"}, 49, "options.team.costs.training.amount", "cannot be negative", "without a minus"),
    Mistake("percentage for money", {49: "        amount: 5%"}, 49, "options.team.costs.training.amount", "percentage where pounds", "pounds in figures"),
    Mistake("too much money", {49: "        amount: 1e13"}, 49, "options.team.costs.training.amount", "more than a million million", "zeros"),
    # Percentages
    Mistake("over 100%", {59: "        deadweight: 120%"}, 59, "options.team.benefits.fewer.deadweight", "over 100%", "0% to 100%"),
    Mistake("percent sign forgotten", {59: "        deadweight: 20"}, 59, "options.team.benefits.fewer.deadweight", "number above 1", "Write `20%`"),
    Mistake("negative share", {59: "        deadweight: -20%"}, 59, "options.team.benefits.fewer.deadweight", "cannot be negative", "0% to 100%"),
    Mistake("percentage in words", {59: "        deadweight: a fifth"}, 59, "options.team.benefits.fewer.deadweight", "not a percentage", "like 20%"),
    Mistake("a fall of everything", {21: "  fees: -100%"}, 21, "inflation.fees", "leaves nothing", "above -100%"),
    Mistake("a change over 100%", {21: "  fees: 101%"}, 21, "inflation.fees", "over 100%", "at most 100%"),
    Mistake("shares that do not add up", {58: "          fostering: 90%"}, 57, "options.team.benefits.fewer.placements", "total 90% in April 2015", "100%"),
    Mistake("deductions over the whole", {59: "        deadweight: 90%"}, 60, "options.team.benefits.fewer.optimism_bias", "total 105%", "at most 100%"),
    # Numbers
    Mistake("not a number", {37: "        fte: twelve"}, 37, "options.team.posts.social-workers.fte", "not a number", "in figures"),
    Mistake("NaN", {37: "        fte: .nan"}, 37, "options.team.posts.social-workers.fte", "not a finite number", "ordinary number"),
    Mistake("infinity", {37: "        fte: -.inf"}, 37, "options.team.posts.social-workers.fte", "not a finite number", "ordinary number"),
    Mistake("too large for a computer", {37: "        fte: 1e400"}, 37, "options.team.posts.social-workers.fte", "not a finite number", "ordinary number"),
    Mistake("negative number", {37: "        fte: -1"}, 37, "options.team.posts.social-workers.fte", "cannot be negative", "0 or a number above"),
    Mistake("leading nought", {37: "        fte: 012"}, 37, "options.team.posts.social-workers.fte", "not a number", "does not start with 0"),
    Mistake("underscore", {37: "        fte: 1_2"}, 37, "options.team.posts.social-workers.fte", "not a number", "in figures"),
    Mistake("sexagesimal", {37: "        fte: 1:30"}, 37, "options.team.posts.social-workers.fte", "not a number", "in figures"),
    Mistake("yes for a number", {37: "        fte: yes"}, 37, "options.team.posts.social-workers.fte", "not a number", "in figures"),
    Mistake("no FTE", {37: "        fte: 0"}, 37, "options.team.posts.social-workers.fte", "has no FTE", "above 0"),
    Mistake("too few people", {37: "        fte: 12\n        people: 11"}, 38, "options.team.posts.social-workers.people", "12 FTE for 11 people in April 2015", "Write 12 people"),
    Mistake("half a person", {42: "        fte: 0.5\n        people: 0.5"}, 43, "options.team.posts.helper.people", "Enter whole people", "how many people share"),
    Mistake("too many years", {5: "years: 31", 56: "        children: 3"}, 5, "years", "more than 30", "30 or less"),
    Mistake("no years", {5: "years: 0", 56: "        children: 3"}, 5, "years", "less than 1", "1 or more"),
    Mistake("part of a year", {5: "years: 2.5", 56: "        children: 3"}, 5, "years", "not a whole number", "like 5"),
    Mistake("more children than in care", {7: "children_in_care: 10"}, 56, "options.team.benefits.fewer.children", "13 children fewer in care in April 2018, and 10 are in care", "children_in_care"),
    Mistake("discounting year 2", {6: "discounting: {rate: 3.5%, first_year: 2}"}, 6, "discounting.first_year", "more than 1", "1 or less"),
    # Lists and steps
    Mistake("too short a list", {56: "        children: [3, 6, 9]"}, 56, "options.team.benefits.fewer.children", "3 values for 5 years", "from 2015/16 to 2019/20"),
    Mistake("a bad value in a list", {56: "        children: [3, 6, nine, 13, 13]"}, 56, "options.team.benefits.fewer.children[3]", "not a number", "in figures"),
    Mistake("a gap at the start", {56: "        children:\n          by_year: {2016/17: 6}"}, 57, "options.team.benefits.fewer.children.by_year", "no value before April 2016", "Add a value for 2015/16"),
    Mistake("a gap of months", {56: "        children:\n          by_month:\n            2015-09: 6"}, 57, "options.team.benefits.fewer.children.by_month", "no value before September 2015", "Add a value for 2015-04"),
    Mistake("a bad year in steps", {56: "        children:\n          by_year:\n            2015/16: 3\n            2016/18: 6"}, 59, "options.team.benefits.fewer.children.by_year.2016/18", "not a financial year", "like 2015/16"),
    Mistake("a bad month in steps", {56: "        children:\n          by_month:\n            2015-04: 3\n            2016-13: 6"}, 59, "options.team.benefits.fewer.children.by_month.2016-13", "not a month", "like 2015-04, for April 2015"),
    Mistake("a year named twice", {56: "        children:\n          by_year:\n            2015/16: 3\n            2015-16: 6"}, 59, "options.team.benefits.fewer.children.by_year.2015-16", "named twice", "Keep one"),
    Mistake("steps without values", {56: "        children: {by_year: {}}"}, 56, "options.team.benefits.fewer.children.by_year", "has no values", "2015/16"),
    Mistake("two ways at once", {56: "        children: {value: 3, by_year: {2015/16: 3}}"}, 56, "options.team.benefits.fewer.children", "`value` and `by_year` are given", "exactly one"),
    Mistake("a mapping without a value", {56: "        children: {source: paper}"}, 56, "options.team.benefits.fewer.children", "no value here", "exactly one"),
    Mistake("an unknown name beside a value", {56: "        children: {value: 3, sourse: paper}"}, 56, "options.team.benefits.fewer.children.sourse", "not a name known", "Did you mean `source`"),
    Mistake("an unknown confidence", {56: "        children: {value: 3, confidence: asumed}"}, 56, "options.team.benefits.fewer.children.confidence", "not a confidence", "Did you mean `assumed`"),
    Mistake("a bad date beside a value", {56: "        children: {value: 3, as_at: 2015-02-30}"}, 56, "options.team.benefits.fewer.children.as_at", "no such day", "as YYYY-MM-DD"),
    # Periods
    Mistake("not a year", {4: "first_year: 2015", 56: "        children: 3"}, 4, "first_year", "not a financial year", "like 2015/16"),
    Mistake("years that do not follow", {27: "    price_base: 2015/17"}, 27, "placements.fostering.price_base", "not a financial year", "follow each other"),
    Mistake("a year out of reason", {27: "    price_base: 1066/67"}, 27, "placements.fostering.price_base", "outside 1901 to 2150", "Check the year"),
    Mistake("not a month", {39: "        start: autumn 2015"}, 39, "options.team.posts.social-workers.start", "not a month", "like 2015-04, for April 2015"),
    Mistake("a month in words", {39: "        start: September 2015"}, 39, "options.team.posts.social-workers.start", "not a month", "Write 2015-09."),
    Mistake("not a date", {12: "    date: early 2015"}, 12, "sources.paper.date", "not a date", "as YYYY-MM-DD"),
    Mistake("a date in words", {12: "    date: 20 January 2015"}, 12, "sources.paper.date", "not a date", "Write 2015-01-20."),
    Mistake("ends before it starts", {39: "        start: 2015-09\n        end: 2015-08"}, 40, "options.team.posts.social-workers.end", "before the start, September 2015", "the start or later"),
    Mistake("starts after the case", {39: "        start: 2020-04"}, 39, "options.team.posts.social-workers.start", "after the case ends in March 2020", "earlier start"),
    Mistake("ends before the case", {39: "        end: 2015-03"}, 39, "options.team.posts.social-workers.end", "before the case begins in April 2015", "later end"),
    Mistake("lag beyond the end", {56: "        children: 3\n        lag_months: 60"}, 57, "options.team.benefits.fewer.lag_months", "begin in April 2020", "shorter lag"),
    Mistake("first year before any pay", {3: "price_base: 2008/09", 4: "first_year: 2008/09", 27: "    price_base: 2008/09", 39: "", 44: "        price_base: 2008/09", 51: "        price_base: 2008/09"}, 16, "grades.social-worker.points", "published from April 2009, and the case begins in April 2008", "State a `salary`"),
    Mistake("price base after the first year", {27: "    price_base: 2016/17"}, 27, "placements.fostering.price_base", "later than the first year", "at the prices of 2015/16"),
    Mistake("salary without awards", {16: "    salary: 36000"}, 1, "pay_awards", "no pay award for 2016/17", "pay_awards_apply: no"),
    # Choices
    Mistake("rate and schedule", {6: "discounting: {rate: 3.5%, schedule: green-book-2026}"}, 6, "discounting", "Both `rate` and `schedule`", "exactly one"),
    Mistake("neither rate nor schedule", {6: "discounting: {first_year: 1}"}, 6, "discounting", "Neither `rate` nor `schedule`", "exactly one"),
    Mistake("a real schedule without a deflator", {6: "discounting: {schedule: green-book-2026}"}, 6, "discounting.deflator", "`deflator` is missing", "index in `inflation`"),
    Mistake("points and salary", {16: "    points: 32-37\n    salary: 30000"}, 14, "grades.social-worker", "Both `points` and `salary`", "exactly one"),
    Mistake("neither points nor salary", {16: ""}, 14, "grades.social-worker", "None of `points`, `salary` and `hourly_pay`", "exactly one"),
    Mistake("grade and annual cost", {38: "        grade: social-worker\n        annual_cost: 40000\n        price_base: 2015/16\n        inflation: none"}, 35, "options.team.posts.social-workers", "Both `grade` and `annual_cost`", "exactly one"),
    Mistake("neither grade nor annual cost", {38: ""}, 35, "options.team.posts.social-workers", "Neither `grade` nor `annual_cost`", "exactly one"),
    Mistake("annual cost without a price base", {44: ""}, 40, "options.team.posts.helper.price_base", "`price_base` is missing", "price_base: 2015/16"),
    Mistake("annual cost with a point", {42: "        fte: 0.5\n        point: top"}, 43, "options.team.posts.helper.point", "no effect next to `annual_cost`", "Remove `point`"),
    Mistake("price base with a grade", {38: "        grade: social-worker\n        price_base: 2015/16"}, 39, "options.team.posts.social-workers.price_base", "only used with `annual_cost`", "Remove it"),
    Mistake("flat rate and parts", {19: "  employer_pension: 17.5%\n  flat_rate: 30%"}, 20, "on_costs.flat_rate", "Both `flat_rate` and `employer_pension`", "not both"),
    Mistake("no pension rate", {19: "  contracted_out: yes"}, 18, "on_costs.employer_pension", "pension rate is missing", "employer_pension: …%"),
    Mistake("pension by the wrong rate", {19: "  employer_pension: {published: cpi}"}, 19, "on_costs.employer_pension.published", "not a published rate of this kind", "national-average"),
    Mistake("no such published rate", {21: "  fees: {published: rpi}"}, 21, "inflation.fees.published", "not one of the words", "cpi"),
    Mistake("once without a month", {50: "        per: once"}, 47, "options.team.costs.training.start", "`start` is missing, which `per: once` needs", "start: 2015-04"),
    Mistake("neither year nor once", {50: "        per: fortnight"}, 50, "options.team.costs.training.per", "not one of the words", "year, month, week, hour or once"),
    Mistake("children and entries", {56: "        children: 3\n        entries_avoided: 1\n        stay: {months: 12}"}, 54, "options.team.benefits.fewer", "Both `children` and `entries_avoided`", "exactly one"),
    Mistake("entries without a stay", {56: "        entries_avoided: 1"}, 54, "options.team.benefits.fewer.stay", "`stay` is missing", "average_months"),
    Mistake("children with a stay", {56: "        children: 3\n        stay: {months: 12}"}, 57, "options.team.benefits.fewer.stay", "no effect next to `children`", "Remove `stay`"),
    Mistake("two stays", {56: "        entries_avoided: 1\n        stay: {months: 12, average_months: 12}"}, 57, "options.team.benefits.fewer.stay", "Both `months` and `average_months`", "exactly one"),
    Mistake("part of a month", {56: "        entries_avoided: 1\n        stay: {months: 12.5}"}, 57, "options.team.benefits.fewer.stay.months", "whole number of months", "average_months"),
    Mistake("under a month", {56: "        entries_avoided: 1\n        stay: {average_months: 0.5}"}, 57, "options.team.benefits.fewer.stay.average_months", "1 month at least", "1 or more"),
    Mistake("supplement without an amount", {38: "        grade: social-worker\n        supplements:\n          - {id: market, label: Market}"}, 40, "options.team.posts.social-workers.supplements.market", "Neither `amount` nor `percent`", "exactly one"),
    Mistake("pay awards two ways", {19: "  employer_pension: 17.5%\npay_awards: {percent: 2%, pounds: 500}"}, 20, "pay_awards", "Both `percent` and `pounds`", "`percent` or `pounds`"),
    Mistake("neither yes nor no", {19: "  employer_pension: 17.5%\n  contracted_out: perhaps"}, 20, "on_costs.contracted_out", "neither yes nor no", "true or false"),
    # Pay
    Mistake("a point above the spine", {16: "    points: 45-60"}, 16, "grades.social-worker.points", "Point 50 is not on the old NJC spine in April 2015", "5 to 49"),
    Mistake("points of a later spine", {16: "    points: 32-37\n    spine: new"}, 16, "grades.social-worker.points", "not on the new NJC spine in April 2015", "had not begun then"),
    Mistake("points upside down", {16: "    points: 37-32"}, 16, "grades.social-worker.points", "lowest point is above the highest", "with a hyphen between"),
    Mistake("points in words", {16: "    points: top"}, 16, "grades.social-worker.points", "not a range of spinal points", "with a hyphen between"),
    Mistake("a point outside the grade", {38: "        grade: social-worker\n        point: 38"}, 39, "options.team.posts.social-workers.point", "outside the grade", "from 32 to 37"),
    Mistake("a policy that is none", {38: "        grade: social-worker\n        point: tpo"}, 39, "options.team.posts.social-workers.point", "neither a policy", "Did you mean `top`"),
    Mistake("increments on a salary", {16: "    salary: {by_year: {2015/16: 36000}}", 38: "        grade: social-worker\n        increments: true"}, 39, "options.team.posts.social-workers.increments", "needs a grade with points", "Remove `increments`"),
    Mistake("no pension average", {19: "  employer_pension: {published: national-average}"}, 19, "on_costs.employer_pension", "not published for 2015/16", "by year"),
    Mistake("prices not covered", {21: "  fees: {by_year: {2015/16: 2%}}", 27: "    price_base: 2012/13"}, 21, "inflation.fees", "no value for 2013/14; `fostering` is at the prices of 2012/13", "from 2013/14 or earlier"),
    # Funding, stages, scoring (line 8 is followed by what is spoilt)
    Mistake("no sources", {8: "status_quo: as-now\nfunding: {sources: []}"}, 9, "funding.sources", "no source", "Add one"),
    Mistake("a kind of source that is none", {8: "status_quo: as-now\nfunding:\n  sources:\n    - {id: loan, label: Loan, kind: loan}"}, 11, "funding.sources.loan.kind", "not one of the words", "savings, reserve, grant, flexible_receipts or other"),
    Mistake("a source twice", {8: "status_quo: as-now\nfunding:\n  sources:\n    - {id: a, label: A, kind: grant}\n    - {id: a, label: B, kind: other}"}, 12, "funding.sources.a.id", "used twice in `sources`", "an id of its own"),
    Mistake("two reserves", {8: "status_quo: as-now\nfunding:\n  sources:\n    - {id: a, label: A, kind: reserve}\n    - {id: b, label: B, kind: reserve}"}, 12, "funding.sources.b.kind", "more than one reserve", "kind: other"),
    Mistake("a grant with a balance", {8: "status_quo: as-now\nfunding:\n  sources:\n    - {id: a, label: A, kind: grant, opening: 5}"}, 11, "funding.sources.a.opening", "only used with `kind: reserve`", "write `kind: reserve`"),
    Mistake("interest on savings", {8: "status_quo: as-now\nfunding:\n  sources:\n    - {id: a, label: A, kind: savings, interest: 2%}"}, 11, "funding.sources.a.interest", "`interest` is only used with `kind: reserve`", "Remove it"),
    Mistake("a balance by year", {8: "status_quo: as-now\nfunding:\n  sources:\n    - {id: a, label: A, kind: reserve, opening: [1, 2, 3, 4, 5]}"}, 11, "funding.sources.a.opening", "One figure is needed", "Write one figure"),
    Mistake("a limit by year", {8: "status_quo: as-now\nfunding:\n  sources:\n    - {id: a, label: A, kind: grant, limit: [1, 2, 3, 4, 5]}"}, 11, "funding.sources.a.limit", "One figure is needed", "Write one figure"),
    Mistake("a share that is missing", {8: "status_quo: as-now\nfunding:\n  sources: [{id: a, label: A, kind: reserve}]\n  repayment: {rule: share_of_net_saving}"}, 11, "funding.repayment.share", "`share` is missing, which `rule: share_of_net_saving` needs", "share: …%`"),
    Mistake("an amount that is missing", {8: "status_quo: as-now\nfunding:\n  sources: [{id: a, label: A, kind: reserve}]\n  repayment: {rule: fixed}"}, 11, "funding.repayment.amount", "`amount` is missing, which `rule: fixed` needs", "amount: £…`"),
    Mistake("a share with a fixed rule", {8: "status_quo: as-now\nfunding:\n  sources: [{id: a, label: A, kind: reserve}]\n  repayment: {rule: fixed, amount: 5, share: 50%}"}, 11, "funding.repayment.share", "`share` is only used with `rule: share_of_net_saving`", "Remove it"),
    Mistake("nothing to repay", {8: "status_quo: as-now\nfunding:\n  sources: [{id: a, label: A, kind: grant}]\n  repayment: {rule: fixed, amount: 5}"}, 11, "funding.repayment.rule", "no reserve to repay", "rule: none"),
    Mistake("repayment after the case", {8: "status_quo: as-now\nfunding:\n  sources: [{id: a, label: A, kind: reserve}]\n  repayment: {rule: fixed, amount: 5, start: 2030/31}"}, 11, "funding.repayment.start", "outside the years of the case, 2015/16 to 2019/20", "one of these years"),
    Mistake("an option's own funding", {32: "  - id: team\n    funding: {sources: [{id: a, label: A, kind: grant, opening: 5}]}"}, 33, "options.team.funding.sources.a.opening", "only used with `kind: reserve`", "write `kind: reserve`"),
    Mistake("a stage twice", {8: "status_quo: as-now\nstages:\n  - {id: one, title: One, cost: 5}\n  - {id: one, title: Two, cost: 5}"}, 11, "stages.one.id", "used twice in `stages`", "an id of its own"),
    Mistake("a stage without a cost", {8: "status_quo: as-now\nstages:\n  - {id: one, title: One}"}, 10, "stages.one.cost", "`cost` is missing", "cost: "),
    Mistake("a stage by year", {8: "status_quo: as-now\nstages:\n  - {id: one, title: One, cost: [1, 2, 3, 4, 5]}"}, 10, "stages.one.cost", "One figure is needed", "Write one figure"),
    Mistake("weights that are not the whole", {8: "status_quo: as-now\nscoring:\n  criteria:\n    - {id: a, label: A, weight: 60%, scores: {as-now: 1, team: 2}}\n    - {id: b, label: B, weight: 30%, scores: {as-now: 1, team: 2}}"}, 10, "scoring.criteria", "weights total 90%", "total 100%"),
    Mistake("no criteria", {8: "status_quo: as-now\nscoring: {criteria: []}"}, 9, "scoring.criteria", "weights total 0%", "total 100%"),
    Mistake("a weight by year", {8: "status_quo: as-now\nscoring:\n  criteria:\n    - {id: a, label: A, weight: [1, 1, 1, 1, 1], scores: {as-now: 1, team: 2}}"}, 11, "scoring.criteria.a.weight", "One figure is needed", "Write one figure"),
    Mistake("a criterion twice", {8: "status_quo: as-now\nscoring:\n  criteria:\n    - {id: a, label: A, weight: 60%, scores: {as-now: 1, team: 2}}\n    - {id: a, label: B, weight: 40%, scores: {as-now: 1, team: 2}}"}, 12, "scoring.criteria.a.id", "used twice in `criteria`", "an id of its own"),
    Mistake("an option not scored", {8: "status_quo: as-now\nscoring:\n  criteria:\n    - {id: a, label: A, weight: 100%, scores: {as-now: 1}}"}, 11, "scoring.criteria.a.scores", "`team` has no score on `a`", "every option"),
    Mistake("a score of no option", {8: "status_quo: as-now\nscoring:\n  criteria:\n    - {id: a, label: A, weight: 100%, scores: {as-now: 1, team: 2, taem: 2}}"}, 11, "scoring.criteria.a.scores.taem", "no option called `taem`", "The options are as-now and team"),
    Mistake("a score above the highest", {8: "status_quo: as-now\nscoring:\n  highest: 5\n  criteria:\n    - {id: a, label: A, weight: 100%, scores: {as-now: 1, team: 6}}"}, 12, "scoring.criteria.a.scores.team", "above the highest, 5", "from 0 to 5"),
    Mistake("a condition of no option", {8: "status_quo: as-now\nscoring:\n  criteria: [{id: a, label: A, weight: 100%, scores: {as-now: 1, team: 2}}]\n  critical_conditions:\n    - {id: c, label: C, options: {taem: {met: yes}}}"}, 12, "scoring.critical_conditions.c.options.taem", "no option called `taem`", "Did you mean `team`"),
    Mistake("a condition met by halves", {8: "status_quo: as-now\nscoring:\n  criteria: [{id: a, label: A, weight: 100%, scores: {as-now: 1, team: 2}}]\n  critical_conditions:\n    - {id: c, label: C, options: {team: {met: partly}}}"}, 12, "scoring.critical_conditions.c.options.team.met", "neither yes nor no", "true or false"),
    Mistake("too many letters before a number", {8: "status_quo: as-now\nmtfs: {prefix: CHILDRENS-SERVICES}"}, 9, "mtfs.prefix", "longer than 10", "Shorten it"),
    Mistake("a likelihood in words of one's own", {32: "  - id: team\n    risk_table: [{what: Late., likelihood: probable}]"}, 33, "options.team.risk_table[1].likelihood", "not one of the words", "low, medium or high"),
    Mistake("prices that do not go back to the base", {3: "price_base: 2012/13", 6: "discounting: {rate: 3.5%, deflator: fees}", 21: "  fees: {by_year: {2015/16: 2%}}", 26: "    per: year"}, 21, "inflation.fees", "no value for 2013/14; `discounting` is at the prices of 2012/13", "from 2013/14 or earlier"),
    # The shape of things
    Mistake("text for a list", {34: "    posts: none of them\n    risks:", 35: "      - A risk"} | dict.fromkeys(range(36, 46), ""), 34, "options.team.posts", "A list is needed", "beginning with `- `"),
    Mistake("text for a mapping", {6: "discounting: 3.5%"}, 6, "discounting", "Names with values are needed", "rate, schedule, deflator and first_year"),
    Mistake("a list for text", {1: "title: [a, b]"}, 1, "title", "Text is needed", "Write words"),
    Mistake("too long a label", {47: f"      - id: training\n        label: {'x' * 161}", 48: ""}, 48, "options.team.costs.training.label", "longer than 160", "Shorten it"),
    Mistake("empty text", {33: '    title: " "'}, 33, "options.team.title", "Nothing is written", "some words"),
    Mistake("a post that is text", {35: "      - a post\n      - id: social-workers"}, 35, "options.team.posts[1]", "Names with values are needed", "id, title, fte"),
    Mistake("a quantity of quantities", {37: "        fte: [[1], 2, 3, 4, 5]"}, 37, "options.team.posts.social-workers.fte[1]", "not a number", "in figures"),
    # YAML
    Mistake("a tab", {2: "\tcouncil: Anytown"}, 2, "", "a tab", "by spaces"),
    Mistake("a bracket not closed", {6: "discounting: {rate: 3.5%"}, 7, "", "cannot be read here", "unclosed bracket"),
    Mistake("no colon", {2: "council Anytown Council"}, 3, "", "cannot be read here", "missing colon"),
    Mistake("two documents", {29: "---\noptions:"}, 29, "", "more than one document", "Keep one case"),
    Mistake("a tag", {1: "title: !!python/object:os.system now"}, 1, "", "The tag `tag:yaml.org,2002:python/object:os.system` is not read", "Remove it"),
    Mistake("an anchor not defined", {3: "price_base: *base"}, 3, "", "anchor `base` is not defined", "Define it with `&`"),
    Mistake("an anchor in itself", {12: "    date: &a [*a]"}, 12, "", "anchor `a` is not defined", "outside itself"),
    Mistake("a merge of text", {12: "    <<: paper"}, 12, "sources.paper", "`<<` takes a mapping", "the anchor of a mapping"),
    Mistake("a name that is a list", {12: "    ? [a, b]\n    : c"}, 12, "sources.paper", "A name is needed before the colon", "Write a name"),
    Mistake("text read backwards", {1: "title: Invest \u202e evas ot"}, 1, "", "read in another order (U+202E)", "Delete it"),
    Mistake("text read backwards, in disguise", {1: 'title: "Invest \\u202e evas ot"'}, 1, "", "read in another order (U+202E)", "Delete it"),
    Mistake("a control character", {2: "council: Any\x07town"}, 2, "", "cannot be seen or printed (U+0007)", "Delete it"),
    Mistake("a nul", {2: "council: Any\x00town"}, 2, "", "cannot be seen or printed (U+0000)", "Delete it"),
    Mistake("too deep", {2: f"council: {'[' * 60}{']' * 60}"}, 2, "", "more than 50 deep", "brackets"),
    Mistake("too deep by indents", {2: "council:\n  - " + "- " * 60 + "a"}, 3, "", "more than 50 deep", "indents"),
]
# fmt: on


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_is_one_placed_problem(mistake: Mistake, spoil) -> None:
    problems = spoil(mistake.edits)
    assert len(problems) == 1, "\n".join(map(str, problems))
    (problem,) = problems
    assert (problem.file, problem.line, problem.where) == ("case.yaml", mistake.line, mistake.where)
    assert mistake.what in problem.what
    assert mistake.remedy in problem.remedy
    assert len(problem.given) <= 60


def test_the_case_that_the_mistakes_spoil_is_sound(spoil) -> None:
    assert spoil({}) == ()


def test_problems_of_every_kind_are_told_in_one_go(spoil) -> None:
    problems = spoil(
        {
            2: "councl: Anytown",  # an unknown name
            8: "status_quo: asnow",  # a name that does not exist
            25: "    unit_cost: £40,00",  # a figure that cannot be read
            39: "        start: 2020-04",  # a period outside the case
            58: "          fostering: 90%",  # figures that do not agree
        }
    )
    told = [(problem.line, problem.where) for problem in problems]
    assert told == [
        (1, "council"),
        (2, "councl"),
        (8, "status_quo"),
        (25, "placements.fostering.unit_cost"),
        (39, "options.team.posts.social-workers.start"),
        (57, "options.team.benefits.fewer.placements"),
    ]


def test_a_spoilt_entry_does_not_make_others_look_wrong(spoil) -> None:
    """The grade cannot be read, but it is there: its post is not told that there is no such grade."""
    assert [problem.line for problem in spoil({16: "    points: many"})] == [16]
    assert [problem.line for problem in spoil({25: "    unit_cost: dear"})] == [25]
    assert [problem.line for problem in spoil({56: "        children: [some]"})] == [56, 56]  # length and value


def test_a_spoilt_entry_keeps_the_places_of_those_after_it(spoil) -> None:
    problems = spoil({37: "        fte: many", 45: "        inflation: nothing"})
    assert [(problem.line, problem.where) for problem in problems] == [
        (37, "options.team.posts.social-workers.fte"),
        (45, "options.team.posts.helper.inflation"),
    ]


def test_a_first_year_that_cannot_be_read_hides_no_other_problem(spoil) -> None:
    problems = spoil({4: "first_year: soon", 38: "        grade: none-such", 60: "        optimism_bias: much"})
    assert [problem.line for problem in problems] == [4, 38, 60]


def test_a_problem_shows_what_was_given_shortened(spoil) -> None:
    (problem,) = spoil({37: f"        fte: {'many ' * 40}"})
    assert problem.given == "many many many many many many many many many many many many…"


def test_a_problem_reads_well(spoil) -> None:
    (problem,) = spoil({38: "        grade: social-wroker"})
    assert str(problem) == (
        "case.yaml, line 38, options.team.posts.social-workers.grade: There is no grade called `social-wroker` "
        "(given: social-wroker)\n"
        "    Did you mean `social-worker`? The only grade is social-worker. Define a grade under `grades`."
    )


def test_pay_awards_are_needed_after_the_last_published_pay(spoil) -> None:
    """Pay is published to 2026/27 at the time of writing; a case to 2044/45 goes beyond."""
    (problem,) = spoil({5: "years: 30", 56: "        children: 13"})
    assert problem.where == "pay_awards"
    assert "There is no pay award for 20" in problem.what
    assert "which the post `social-workers` needs" in problem.what
    assert spoil({5: "years: 30\npay_awards: {percent: 2%}", 56: "        children: 13"}) == ()
    (problem,) = spoil({5: "years: 30\npay_awards: {percent: {by_year: {2040/41: 2%}}}", 56: "        children: 13"})
    assert (problem.line, problem.where) == (6, "pay_awards.percent")


def test_no_pay_awards_are_needed_where_pay_is_stated(spoil) -> None:
    edits = {5: "years: 30", 16: "    salary: 36000\n    pay_awards_apply: no", 56: "        children: 13"}
    assert spoil(edits) == ()


def test_every_kind_of_pydantic_error_that_can_occur_has_words() -> None:
    """Otherwise the user would read pydantic's own English."""
    possible = {"missing", "extra_forbidden", "literal_error", "string_type", "string_too_short", "string_too_long"}
    possible |= {"string_pattern_mismatch", "tuple_type", "model_type", "dict_type", "too_short", "too_long"}
    possible |= {"greater_than_equal", "less_than_equal"}
    assert possible <= set(pydantic_faults._WORDS)
