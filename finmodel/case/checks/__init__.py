"""How the values of a case must go together: what the schema declares, walked once, and checks that are functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from finmodel.case.checks import (
    budget,
    caseload,
    claims,
    costs,
    councils,
    demand,
    evidence,
    options,
    periods,
    posts,
    rates,
    real_rates,
    stated,
    uncertainty,
    units,
)
from finmodel.case.checks.defined_names import NO_INFLATION, Known
from finmodel.case.examples import examples_of
from finmodel.case.schema import Case, PublishedRate
from finmodel.parsing.declared import Refers
from finmodel.parsing.declared_checks import check_declared, parts
from finmodel.parsing.faults import Fault
from finmodel.parsing.places import Address, value_at

Check = Callable[[Case, Known], Iterator[Fault]]

_YEARS = frozenset(["first_year", "years"])


def published_rates_fit(case: Case, _: Known) -> Iterator[Fault]:
    """A pension takes the average of pension funds, an index takes prices; `none` is no index's name."""
    for address, part in parts(case):
        if isinstance(part, PublishedRate):
            allowed = (
                ("certificate", "national-average") if address[-1] == "employer_pension" else ("cpi", "gdp-deflator")
            )
            if part.published not in allowed:
                what = f"`{part.published}` is not a published rate of this kind"
                yield Fault((*address, "published"), what, f"Write {' or '.join(allowed)}.")
    if NO_INFLATION in case.inflation:
        what = f"`{NO_INFLATION}` means no inflation and cannot be the name of an index"
        yield Fault(("inflation", NO_INFLATION), what, "Give the index another name, or remove it.")


# Each check with the names of the case that it cannot do without: it is left out when one of them has problems itself.
CHECKS: tuple[tuple[Check, frozenset[str]], ...] = (
    (published_rates_fit, frozenset()),
    (councils.authority, frozenset(["council"])),
    (posts.people, _YEARS),
    (posts.weeks, _YEARS),
    (posts.pay, frozenset()),
    (posts.pensions, frozenset(["on_costs"])),
    (posts.starters, _YEARS),
    (posts.supplements, _YEARS),
    (posts.agency, _YEARS),
    (posts.endings, _YEARS),
    (posts.one_offs, _YEARS),
    (costs.capital, frozenset()),
    (costs.paid_weeks, frozenset()),
    (costs.others, frozenset()),
    (costs.residuals, _YEARS),
    (costs.stated_years, _YEARS),
    (claims.bodies, frozenset()),
    (claims.benefits_to_people, frozenset()),
    (claims.placement_shares, _YEARS),
    (claims.processes, frozenset()),
    (claims.process_prices, _YEARS),
    (claims.ties, frozenset()),
    (claims.permanent_posts, _YEARS),
    (claims.counted_once, frozenset()),
    (claims.income_once, _YEARS),
    (evidence.rows, frozenset()),
    (evidence.units, frozenset()),
    (evidence.ranges, frozenset()),
    (units.units_by_entry, frozenset()),
    (periods.first_year, frozenset()),
    (periods.starts_and_ends, _YEARS),
    (rates.grades_on_the_spine, _YEARS),
    (rates.pay_awards_cover, _YEARS | {"pay_awards"}),
    (rates.pensions_published, _YEARS | {"on_costs"}),
    (rates.national_insurance_published, _YEARS | {"on_costs"}),
    (rates.indices_cover, _YEARS | {"price_base"}),
    (real_rates.schedules, _YEARS | {"discounting", "inflation", "pay_awards", "grades"}),
    (options.roles, frozenset(["options", "status_quo", "recommended"])),
    (budget.funding, _YEARS),
    (budget.scoring, frozenset(["options"])),
    (budget.stages, frozenset()),
    (demand.demand, _YEARS | {"demand"}),
    (uncertainty.uncertainty, frozenset()),
    (caseload.caseload, _YEARS | {"caseload", "options"}),
    (stated.in_a_case, frozenset()),
)


_OTHER_OF_TWO = {"from_placement": "to_placement", "to_placement": "from_placement"}


def _taken(data: dict[str, Any], address: Address, name: str) -> tuple[str, ...]:
    """The names that would not fit in the place of one: those that stand beside it already."""
    around, step = value_at(data, address[:-1]), address[-1]
    if not isinstance(around, dict):
        return ()
    if step == name:  # a name of the mapping itself, such as a type in a mix of placements
        return tuple(map(str, around))
    other = around.get(_OTHER_OF_TWO.get(str(step), ""))
    return (other,) if isinstance(other, str) else ()


def check(case: Case, data: dict[str, Any], doubtful: frozenset[str] = frozenset()) -> list[Fault]:
    """Everything that the checks find; `doubtful`: names of the case that have problems of their own."""
    known = Known.of(data)

    def find(refers: Refers, address: Address, name: str) -> Iterator[Fault]:
        option = case.options[int(address[1])].id if refers.within else ""
        if refers.to in doubtful:
            return iter(())
        return known.names(refers, option).find(address, name, _taken(data, address, name))

    found = [*check_declared(case, None if _YEARS & doubtful else case.first_year, find, examples_of(data))]
    found += [finding for run, needed in CHECKS if not needed & doubtful for finding in run(case, known)]
    # what stands in the place of a doubtful name is not the user's
    return [finding for finding in found if not doubtful.intersection(finding.address[:1])]
