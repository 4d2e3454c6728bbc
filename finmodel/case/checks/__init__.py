"""How the values of a case must go together: each check is a function that yields what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from finmodel.case.checks import amounts, beside, budget, choices, claims, names, periods, rates, savings, stated, steps
from finmodel.case.checks.defined_names import Known
from finmodel.case.schema import Case
from finmodel.parsing.findings import Finding

Check = Callable[[Case, Known], Iterator[Finding]]

_YEARS = frozenset(["first_year", "years"])

# Each check with the names of the case that it cannot do without: it is left out when one of them has problems itself.
CHECKS: tuple[tuple[Check, frozenset[str]], ...] = (
    (names.sources_exist, frozenset(["sources"])),
    (names.grades_exist, frozenset(["grades"])),
    (names.placements_exist, frozenset(["placements"])),
    (names.indices_exist, frozenset(["inflation"])),
    (names.none_is_not_an_index, frozenset()),
    (names.published_rates_fit, frozenset()),
    (names.options_named_exist, frozenset(["options"])),
    (names.ids_differ, frozenset()),
    (names.schedule_exists, frozenset()),
    (choices.discounting, frozenset(["discounting"])),
    (choices.grades, frozenset()),
    (choices.pay_awards, frozenset()),
    (choices.on_costs, frozenset()),
    (choices.posts, frozenset()),
    (choices.pensions, frozenset(["on_costs"])),
    (choices.benefits, frozenset()),
    (choices.one_off_costs, frozenset()),
    (amounts.people, _YEARS),
    (amounts.points, frozenset()),
    (amounts.placement_shares, _YEARS),
    (amounts.deductions, _YEARS),
    (amounts.stays, frozenset()),
    (amounts.children_in_care, _YEARS),
    (periods.first_year, _YEARS),
    (periods.starts_and_ends, _YEARS),
    (periods.price_bases, _YEARS | {"price_base"}),
    (beside.names, frozenset(["grades", "inflation"])),
    (beside.price_bases, _YEARS | {"price_base"}),
    (beside.either_or, frozenset(["on_costs"])),
    (beside.starters, _YEARS),
    (beside.supplements, _YEARS),
    (beside.agency, _YEARS),
    (beside.endings, _YEARS),
    (beside.one_offs, _YEARS),
    (beside.capital, frozenset()),
    (steps.yearly_figures, _YEARS),
    (steps.single_figures, frozenset()),
    (steps.stated_years, _YEARS),
    (rates.grades_on_the_spine, _YEARS),
    (rates.pay_awards_cover, _YEARS | {"pay_awards"}),
    (rates.pensions_published, _YEARS | {"on_costs"}),
    (rates.indices_cover, _YEARS),
    (claims.bodies, frozenset()),
    (claims.evidence, frozenset()),
    (savings.placements_exist, frozenset(["placements"])),
    (savings.indices_exist, frozenset(["inflation"])),
    (savings.ids_differ, frozenset()),
    (savings.price_bases, _YEARS),
    (savings.processes, frozenset()),
    (savings.ties, frozenset()),
    (savings.counted_once, frozenset()),
    (savings.amounts, _YEARS),
    (savings.cheaper, _YEARS | {"placements", "inflation"}),
    (budget.funding, _YEARS),
    (budget.stages, frozenset()),
    (budget.scoring, frozenset(["options"])),
    (stated.in_a_case, frozenset()),
)


def check(case: Case, data: dict[str, Any], doubtful: frozenset[str] = frozenset()) -> list[Finding]:
    """Everything that the checks find; `doubtful`: names of the case that have problems of their own."""
    known = Known.of(data)
    return [finding for run, needed in CHECKS if not needed & doubtful for finding in run(case, known)]
