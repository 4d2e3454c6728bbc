"""Savings other than placements avoided: what goes with what, and what would be counted twice or come below nil."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from finmodel.case.checks.defined_names import NO_INFLATION, Known, Names, options_of, parts
from finmodel.case.schema import Benefit, Case, Option, PublishedRate
from finmodel.case.schema_savings import (
    AgencyToPermanent,
    EarlierPermanence,
    Income,
    InHouseHome,
    PricedAmount,
    Process,
    ProcessCosts,
    Saving,
    StepDown,
)
from finmodel.lines.periods import FinancialYear
from finmodel.parsing.findings import Finding
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity

if TYPE_CHECKING:
    from finmodel.reference import GreaterManchesterUnitCost

CLOSE = 1e-9
_TIMING = ("start", "end", "lag_months", "drop_off")

# Reference data is imported inside the functions: a case without it loads without it.


def savings_of(case: Case) -> Iterator[tuple[Address, Option, Saving]]:
    """Each saving with its address and its option."""
    for option_at, option in options_of(case):
        for place, saving in enumerate(option.savings):
            yield (*option_at, "savings", place), option, saving


def placements_of(saving: Saving) -> Iterator[tuple[str, str]]:
    """The placement types that a saving names, each with its field."""
    for name in ("from_placement", "to_placement", "placement"):
        found = getattr(saving, name, None)
        if found is not None:
            yield name, found


class Priced(NamedTuple):
    """An amount of a saving that an index raises."""

    address: Address
    part: PricedAmount | Process
    price_base: FinancialYear | None
    inflation: str
    saving: str


def priced_parts(case: Case) -> Iterator[Priced]:
    """Every amount of a saving that an index raises."""
    for saving_at, _option, saving in savings_of(case):
        for address, part in parts(saving, saving_at):
            if isinstance(part, PricedAmount):
                yield Priced(address, part, part.price_base, part.inflation, saving.id)
            elif isinstance(part, Process):
                yield Priced(address, part, _base_of(part), part.inflation, saving.id)


def placements_exist(case: Case, known: Known) -> Iterator[Finding]:
    """Every placement type that a saving names is one of the case's."""
    for address, _option, saving in savings_of(case):
        for name, placement in placements_of(saving):
            yield from known.placements.find((*address, name), placement)


def indices_exist(case: Case, known: Known) -> Iterator[Finding]:
    """Every index that raises an amount of a saving is one of the case's, or `none`."""
    for priced in priced_parts(case):
        yield from known.inflation.find((*priced.address, "inflation"), priced.inflation)


def ids_differ(case: Case, _: Known) -> Iterator[Finding]:
    """No id is used twice among the savings of an option, or the processes of a saving."""
    for option_at, option in options_of(case):
        yield from _differ([saving.id for saving in option.savings], (*option_at, "savings"))
    for address, _option, saving in savings_of(case):
        if isinstance(saving, ProcessCosts):
            yield from _differ([process.id for process in saving.processes], (*address, "processes"))


def price_bases(case: Case, _: Known) -> Iterator[Finding]:
    """Prices are those of the first year or an earlier one."""
    for address, part, base, _index, _saving in priced_parts(case):
        if base is not None and base > case.first_year:
            by_code = isinstance(part, Process) and part.code is not None
            what = f"The price base, {base}, is later than the first year, {case.first_year}"
            remedy = "State a `cost`." if by_code else "Restate the figure at the prices of that year or before."
            yield Finding((*address, "code" if by_code else "price_base"), what, remedy)


def processes(case: Case, _: Known) -> Iterator[Finding]:
    """A process has a code of the published unit costs, or a cost with its price base; and it is a cost of an entry."""
    for address, _option, saving in savings_of(case):
        if isinstance(saving, ProcessCosts):
            for place, process in enumerate(saving.processes):
                yield from _process(process, (*address, "processes", place))


def ties(case: Case, known: Known) -> Iterator[Finding]:
    """A saving that follows a benefit or a post of the option names one that there is, and does not state it again."""
    for address, option, saving in savings_of(case):
        if isinstance(saving, ProcessCosts):
            yield from _one_of(saving, address, "benefit", "entries_avoided")
            yield from _process_benefit(saving, option, address, known)
        elif isinstance(saving, InHouseHome):
            yield from _one_of(saving, address, "benefit", "beds_emptied")
            yield from _home_benefit(saving, option, address, known)
        elif isinstance(saving, AgencyToPermanent):
            yield from _one_of(saving, address, "permanent_cost", "permanent_post")
            yield from _permanent_post(saving, option, address, known)


def counted_once(case: Case, _: Known) -> Iterator[Finding]:
    """The same homes, work or posts are not saved twice by savings of one option."""
    for option_at, option in options_of(case):
        seen: set[tuple[str, ...]] = set()
        for place, saving in enumerate(option.savings):
            for key, address, what in _saved_by(saving, (*option_at, "savings", place)):
                if key in seen:
                    yield Finding(address, what, "Keep it in one of the savings.")
                seen.add(key)


def _saved_by(saving: Saving, address: Address) -> Iterator[tuple[tuple[str, ...], Address, str]]:
    """What a saving that follows a benefit or a post saves: what tells it apart, where, and what is wrong if twice."""
    if isinstance(saving, InHouseHome) and saving.benefit is not None:
        what = f"The homes of `{saving.placement}` are closed by another saving of the same benefit already"
        yield ("home", saving.benefit, saving.placement or ""), (*address, "benefit"), what
    elif isinstance(saving, AgencyToPermanent) and saving.permanent_post is not None:
        what = f"Another saving is of the post `{saving.permanent_post}` already"
        yield ("post", saving.permanent_post), (*address, "permanent_post"), what
    elif isinstance(saving, ProcessCosts) and saving.benefit is not None:
        for place, process in enumerate(saving.processes):
            if process.code is not None:
                what = f"{process.code} of the benefit `{saving.benefit}` is saved already"
                yield ("process", saving.benefit, process.code), (*address, "processes", place, "code"), what


def amounts(case: Case, _: Known) -> Iterator[Finding]:
    """Months are whole, homes need a bed at least, and income once has its month and no end."""
    for address, _option, saving in savings_of(case):
        if isinstance(saving, EarlierPermanence):
            months = saving.months_earlier
            if not months.is_constant or any(value < 1 or value != int(value) for value in months.values):
                what = "The months are one whole number for the whole case, 1 at least"
                remedy = "Write a whole number, or a saving for each number of months."
                yield Finding((*address, "months_earlier"), what, remedy)
        elif isinstance(saving, InHouseHome):
            if any(value <= 0 for value in saving.beds_to_close.values):
                what = "A home closes when some of its beds are empty"
                yield Finding((*address, "beds_to_close"), what, "Write how many, a number above 0.")
            if any(value != int(value) for value in saving.homes.values):
                yield Finding((*address, "homes"), "Homes are counted whole", "Write a whole number.")
        elif isinstance(saving, Income) and saving.per == "once":
            yield from _income_once(case, saving, address)


def cheaper(case: Case, _: Known) -> Iterator[Finding]:
    """The cheaper placement is the cheaper, and the allowance less than the placement, in every year of the effect."""
    for address, _option, saving in savings_of(case):
        for year in case.horizon.years:
            if not _in_effect(case, saving, year):
                continue
            before, after, name, what = _compared(case, saving, year)
            if before is not None and after is not None and after > before + CLOSE:
                said = f"In {year} {what}: £{after:,.0f} a year against £{before:,.0f}"
                remedy = "Correct the price or its index, or end the saving before that year; it would be below nil."
                yield Finding((*address, name), said, remedy)
                break


def _compared(case: Case, saving: Saving, year: FinancialYear) -> tuple[float | None, float | None, str, str]:
    """What is saved a year and what is paid instead, the field to look at, and what is wrong if it is more."""
    if isinstance(saving, StepDown):
        before, after = (_placement(case, name, year) for name in (saving.from_placement, saving.to_placement))
        return before, after, "to_placement", "the placement stepped down to costs more than the one before it"
    if isinstance(saving, EarlierPermanence) and saving.allowance is not None:
        amount = saving.allowance
        after = _price(case, amount.amount, amount.price_base, amount.inflation, year)
        if after is not None and amount.per == "week":
            after *= _weeks()
        return _placement(case, saving.placement, year), after, "allowance", "the allowance is more than the placement"
    if isinstance(saving, AgencyToPermanent) and saving.permanent_cost is not None:
        agency, permanent = saving.agency_cost, saving.permanent_cost
        return (
            _price(case, agency.amount, agency.price_base, agency.inflation, year),
            _price(case, permanent.amount, permanent.price_base, permanent.inflation, year),
            "permanent_cost",
            "a permanent post costs more than the agency worker",
        )
    return None, None, "", ""


def _placement(case: Case, name: str, year: FinancialYear) -> float | None:
    """What a placement costs in a year; None where the case does not say."""
    placement = case.placements.get(name)
    if placement is None:
        return None
    price = _price(case, placement.unit_cost, placement.price_base, placement.inflation, year)
    return price if price is None or placement.per == "year" else price * _weeks()


def _price(case: Case, amount: Quantity, base: FinancialYear, inflation: str, year: FinancialYear) -> float | None:
    """An amount at the prices of a year; None where the case does not say."""
    price = amount.at(year.first_month)
    if price is None or base > case.first_year:
        return None
    if inflation == NO_INFLATION:
        return price
    index = case.inflation.get(inflation)
    for after in range(1, year - base + 1):
        change = None if index is None else _change(index, base + after)
        if change is None:
            return None
        price *= 1 + change
    return price


def _change(index: Quantity | PublishedRate, year: FinancialYear) -> float | None:
    from finmodel.reference import RateNotFoundError, cpi_change, gdp_deflator_change  # noqa: PLC0415

    if isinstance(index, Quantity):
        return index.at(year.first_month)
    try:
        return (cpi_change(year) if index.published == "cpi" else gdp_deflator_change(year)).value
    except RateNotFoundError:
        return None


def _weeks() -> float:
    from finmodel.reference import convention  # noqa: PLC0415

    return convention("weeks_in_a_year").value


def _in_effect(case: Case, saving: Saving, year: FinancialYear) -> bool:
    first = (saving.start or case.horizon.months[0]) + saving.lag_months
    last = saving.end or case.horizon.months[-1]
    return year.first_month <= last and year.months[-1] >= first


def _base_of(process: Process) -> FinancialYear | None:
    if process.code is None:
        return process.price_base
    row = _row(process.code)
    return None if row is None else FinancialYear.parse(row.price_base)


def _row(code: str) -> GreaterManchesterUnitCost | None:
    from finmodel.reference import greater_manchester_unit_costs  # noqa: PLC0415

    return next((row for row in greater_manchester_unit_costs() if row.code == code), None)


def _process(process: Process, address: Address) -> Iterator[Finding]:
    yield from _one_of(process, address, "code", "cost")
    if process.cost is not None and process.code is None and process.price_base is None:
        what = "`price_base` is missing, which `cost` needs"
        yield Finding((*address, "price_base"), what, "Add a line like `price_base: 2015/16`.")
    if process.code is None:
        return
    if process.price_base is not None:
        what = "`price_base` has no effect beside `code`, whose unit cost has its own"
        yield Finding((*address, "price_base"), what, "Remove it.")
    yield from _code(process.code, (*address, "code"))


def _code(code: str, address: Address) -> Iterator[Finding]:
    from finmodel.reference import greater_manchester_unit_costs  # noqa: PLC0415

    rows = greater_manchester_unit_costs()
    known = tuple(row.code for row in rows if row.unit == "per incident")
    row = next((row for row in rows if row.code == code), None)
    if row is None:
        names = Names("unit cost", "unit costs of an entry", known, "Or state a `cost`.")
        yield from names.find(address, code)
    elif row.unit != "per incident":
        what = f"{code} is a cost {row.unit} of being in care, not of an entry, and a benefit's placements count it"
        yield Finding(address, what, f"Write one of {', '.join(known)}, or state a `cost`.")


def _process_benefit(saving: ProcessCosts, option: Option, address: Address, known: Known) -> Iterator[Finding]:
    benefit = yield from _benefit(saving, saving.benefit, option, address, known)
    if benefit is not None and benefit.entries_avoided is None:
        what = f"The benefit `{benefit.id}` states children, not entries avoided"
        remedy = "State `entries_avoided` here, children a month, or in the benefit with its `stay`."
        yield Finding((*address, "benefit"), what, remedy)


def _home_benefit(saving: InHouseHome, option: Option, address: Address, known: Known) -> Iterator[Finding]:
    benefit = yield from _benefit(saving, saving.benefit, option, address, known)
    if saving.benefit is None:
        if saving.placement is not None:
            what = "`placement` is only used with `benefit`"
            yield Finding((*address, "placement"), what, "Remove it, or give `benefit` instead of `beds_emptied`.")
    elif saving.placement is None:
        what = "`placement` is missing: which placement of the benefit is in the council's own homes?"
        yield Finding((*address, "placement"), what, "Add a line like `placement: own-home`.")
    elif benefit is not None and saving.placement not in benefit.placements:
        what = f"The benefit `{benefit.id}` avoids no placement of this type"
        yield Finding((*address, "placement"), what, f"Write one of {', '.join(benefit.placements)}.")


def _benefit(
    saving: Saving, name: str | None, option: Option, address: Address, known: Known
) -> Generator[Finding, None, Benefit | None]:
    """The benefit that a saving follows; a saving that follows one has no months of its own."""
    if name is None:
        return None
    yield from known.in_option(option.id, "benefits", "benefit").find((*address, "benefit"), name)
    for field in _TIMING:
        if field in saving.model_fields_set:
            what = f"`{field}` has no effect beside `benefit`, whose months these are"
            yield Finding((*address, field), what, f"Remove `{field}`, or state the number here instead of `benefit`.")
    return next((benefit for benefit in option.benefits if benefit.id == name), None)


def _permanent_post(saving: AgencyToPermanent, option: Option, address: Address, known: Known) -> Iterator[Finding]:
    if saving.permanent_post is None:
        return
    names = known.in_option(option.id, "posts", "post")
    yield from names.find((*address, "permanent_post"), saving.permanent_post)
    post = next((post for post in option.posts if post.id == saving.permanent_post), None)
    if post is not None and max(saving.posts.values) > max(post.fte.values) + CLOSE:
        what = f"More agency posts are made permanent than the post `{post.id}` has FTE, {max(post.fte.values):g}"
        yield Finding((*address, "posts"), what, "Lower the number, or raise the post's `fte`.")


def _income_once(case: Case, saving: Income, address: Address) -> Iterator[Finding]:
    if saving.start is None:
        what, example = "Income that comes once needs its month", case.first_year.first_month
        yield Finding((*address, "start"), what, f"Add a line like `start: {example}`.")
    elif saving.start + saving.lag_months < case.first_year.first_month:
        what = f"The income comes before the case begins in {case.first_year.first_month.words}"
        yield Finding((*address, "start"), what, f"Write a month from April of {case.first_year} on.")
    for name in ("end", "drop_off"):
        if getattr(saving, name) is not None:
            what = f"Income that comes once has no `{name}`"
            yield Finding((*address, name), what, f"Remove `{name}`, or write `per: year`.")


def _one_of(stated: Saving | Process, address: Address, first: str, second: str) -> Iterator[Finding]:
    given = [name for name in (first, second) if getattr(stated, name) is not None]
    if len(given) != 1:
        what = f"Both `{first}` and `{second}` are given" if given else f"Neither `{first}` nor `{second}` is given"
        yield Finding(address, what, f"Give exactly one of `{first}` and `{second}`.", "whole")


def _differ(ids: Sequence[str], address: Address) -> Iterator[Finding]:
    for place, name in enumerate(ids):
        if name in ids[:place]:
            what = f"The id `{name}` is used twice in `{address[-1]}`"
            yield Finding((*address, place, "id"), what, "Give each an id of its own.")
