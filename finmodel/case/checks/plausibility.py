"""The questions that what a case states is asked: no figure of them is refused, each deserves a second look.

A right case is asked nothing: a bound stands where no council, law or price that was published has been
(`finmodel/reference/data/plausible_ranges.csv`). Questions to worked figures are in `finmodel/appraisal/`.
"""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case.checks import (
    plausible_capital,
    plausible_names,
    plausible_numbers,
    plausible_options,
    plausible_prices,
    plausible_rates,
    plausible_time,
    real_rates,
)
from finmodel.case.checks.questions import Question, StatedCase, named
from finmodel.case.schema import Case
from finmodel.parsing.faults import Fault

QUESTIONS: tuple[Question[StatedCase], ...] = (
    Question(
        "options", "Is there a choice, with business as usual and a do-minimum in it?", plausible_options.shortlist
    ),
    Question("children claimed", "Of how many children in care?", plausible_options.children_in_care),
    Question(
        "budget reduction", "Does a saving reduce today's budget, or avoid growth?", plausible_options.budget_reduction
    ),
    Question(
        "placement prices", "Is a placement's price that of a year, or of a week?", plausible_prices.placement_prices
    ),
    Question("salaries", "Is a salary in full pounds a year?", plausible_prices.salaries),
    Question(
        "all-in costs", "Is an all-in cost that of one FTE, in full pounds a year?", plausible_prices.all_in_costs
    ),
    Question("agency rates", "Is an agency rate that of an hour, or of a day?", plausible_prices.agency_rates),
    Question("small sums", "Are thousands of pounds meant?", plausible_prices.small_sums),
    Question("large sums", "Is a cost for one person that of many?", plausible_prices.large_sums),
    Question("tiny shares", "Is a share a fraction with a percent sign?", plausible_rates.tiny_shares),
    Question("whole deductions", "Is everything meant to be taken off?", plausible_rates.whole_deductions),
    Question("large shares", "Is a share that of what remains?", plausible_rates.large_shares),
    Question("pension rates", "Is the pension rate one of a scheme that there is?", plausible_rates.pension_rates),
    Question("price changes", "Do prices and pay change as they have done?", plausible_rates.price_changes),
    Question("pay awards", "Is a pay award in pounds a year?", plausible_rates.pay_awards),
    Question("discount rates", "Does a later pound weigh less, and by how much?", plausible_rates.discount_rates),
    Question("plain rates", "Is a real rate used on cash that holds inflation?", real_rates.plain_rates),
    Question("interest rates", "Are borrowing and reserves at rates of the market?", plausible_rates.interest_rates),
    Question("posts", "Are the FTE and the people those of one council?", plausible_numbers.posts),
    Question("recruitment", "Are the posts ever all filled?", plausible_numbers.recruitment),
    Question(
        "agency weeks", "Does a year have so many weeks, and a week so many hours?", plausible_numbers.agency_weeks
    ),
    Question("children", "Has any council so many children in care?", plausible_numbers.children),
    Question("entries", "Are entries avoided those of a month, or of a year?", plausible_numbers.entries),
    Question("stays", "Are stays in months?", plausible_numbers.stays),
    Question("staff", "Could so few posts keep so many staff?", plausible_numbers.staff),
    Question("other numbers", "Are beds, weeks of pay and months those of one?", plausible_numbers.other_numbers),
    Question("moved lists", "Do the years of a figure go with its start and its lag?", plausible_time.moved_lists),
    Question("idle delays", "Is there anything that a delay could move?", plausible_time.idle_delays),
    Question("the same twice", "Is the same benefit, saving, post or cost there twice?", plausible_names.same_twice),
    Question("the same name", "Can options and placements be told apart in reports?", plausible_names.same_names),
    Question("the same placement", "Does a step-down lead anywhere?", plausible_names.same_placement),
    Question(
        "nearly this council",
        "Is the body that gains this council by another name?",
        plausible_names.nearly_this_council,
    ),
    Question("once or yearly", "Does a label say once where the figure says yearly?", plausible_names.once_or_yearly),
    Question("cost estimates", "Do costs turn out as estimated?", plausible_capital.cost_estimates),
    Question("lives of assets", "Is borrowing repaid over a life that the guidance allows?", plausible_capital.lives),
    Question("payers of income", "Does one public body pay another?", plausible_capital.payers),
    Question("dates", "Can the meeting and the documents have these dates?", plausible_names.dates),
)


def plausibility(case: Case) -> Iterator[Fault]:
    """What the questions find in what a case without problems states."""
    asked = StatedCase(case)
    for question in QUESTIONS:
        yield from (named(finding, case) for finding in question.find(asked))
