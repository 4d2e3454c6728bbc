"""The options of a case: posts, costs and benefits brought together, each measured against the status quo."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.appraisal.gains import OwnGains, PublicValue, own_gains, write_public_value
from finmodel.basis.book import Book
from finmodel.benefits.ladder import RUNGS, WrittenBenefit, WrittenClaim, write_benefit
from finmodel.benefits.savings import write_saving
from finmodel.case.entries import is_ours
from finmodel.case.schema import Option, StatedCost
from finmodel.costing.othercosts import PricedCost, price_other_cost, shown_apart
from finmodel.costing.posts import PricedPost, price_post
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import at_period, by_year, running_total

COST = "cost"
CHILDREN = "children"
LADDER = (COST, *RUNGS)


@dataclass(frozen=True, slots=True)
class OwnLines:
    """What an option costs and saves in itself, by month, before it is set against the status quo.

    claims: its benefits and other savings, whoever gains; ours: those that this council gains; benefits: the placements
    avoided among them; others: what other bodies gain.
    """

    monthly: dict[str, Line]
    full_year_effect: Line
    stated_cost: Line | None
    posts: tuple[PricedPost, ...]
    costs: tuple[PricedCost, ...]
    benefits: tuple[WrittenBenefit, ...]
    claims: tuple[WrittenClaim, ...]
    ours: tuple[WrittenClaim, ...]
    others: OwnGains


@dataclass(frozen=True, slots=True)
class WrittenOption:
    """The lines of an option that readers are shown.

    monthly and yearly: by the names in `LADDER`, `children`, `net_saving` and `cumulative_net_saving`. They are the
    change from the status quo, where there is one, and for the status quo itself what it costs and saves.
    """

    option: Option
    own: OwnLines
    status_quo: OwnLines | None
    monthly: dict[str, Line]
    yearly: dict[str, Line]
    child_years: Line
    public_value: PublicValue | None


def write_own(book: Book, option: Option) -> OwnLines:
    """Write what an option costs and saves in itself."""
    posts = tuple(price_post(book, post, option.id) for post in option.posts)
    costs = tuple(price_other_cost(book, cost, option.id) for cost in option.costs)
    written = [write_benefit(book, benefit, option.id) for benefit in option.benefits]
    benefits = tuple(benefit for benefit in written if is_ours(book.case, benefit.claim))
    claims = (*written, *(write_saving(book, saving, option.id) for saving in option.savings))
    ours = tuple(claim for claim in claims if is_ours(book.case, claim.claim))
    shown_apart(book, option.id, costs)
    prefix, section = f"options.{option.id}", "The option as a whole"
    priced = [post.full_year_effect for post in posts]
    priced += [cost.full_year_effect for cost in costs if cost.full_year_effect is not None]
    full_year = book.line(
        f"{prefix}.full_year_effect",
        "Full-year effect",
        add_up(priced),
        "£",
        timeline=Timeline.YEARS,
        section=section,
    )
    monthly_costs = [post.monthly_cost for post in posts] + [
        cost.monthly_cost for cost in costs if cost.monthly_cost is not None
    ]
    stated = None if option.stated_cost is None else _stated_cost(book, option.stated_cost, full_year, prefix)
    sums = {COST: ("Cost", add_up(monthly_costs), "£")}
    sums[CHILDREN] = ("Children fewer in care", add_up([benefit.children for benefit in benefits]), "children")
    for name, label in RUNGS.items():
        sums[name] = (label, add_up([claim.rungs[name] for claim in ours]), "£")
    own = {
        name: book.line(
            f"{prefix}.own.{name}", f"{label}, in itself", rule, unit, timeline=Timeline.MONTHS, section=section
        )
        for name, (label, rule, unit) in sums.items()
    }
    return OwnLines(own, full_year, stated, posts, costs, benefits, claims, ours, own_gains(book, option.id, claims))


def _stated_cost(book: Book, stated: StatedCost, priced: Line, prefix: str) -> Line:
    """The authors' own total for a full year, set beside the cost as priced."""
    section = "Reconciliation to the stated cost"
    amount = book.state(
        f"{prefix}.stated_cost",
        "Cost of a full year as the authors state it",
        stated.amount,
        "£",
        owner=stated,
        section=section,
    )
    year = book.counted(
        f"{prefix}.stated_cost.year_number",
        "Year it is compared with, counted from 1",
        stated.year - book.horizon.first_year + 1,
        "number",
        section=section,
        note=f"{stated.year}.",
    )
    as_priced = book.line(
        f"{prefix}.stated_cost.priced", "Cost of that year as priced", at_period(priced, year), "£", section=section
    )
    book.line(
        f"{prefix}.stated_cost.difference",
        "Cost as priced less the stated cost",
        as_priced - amount,
        "£",
        section=section,
        note="Above nil where pricing comes to more than the authors state.",
    )
    return amount


def write_option(book: Book, option: Option, own: OwnLines, status_quo: OwnLines | None) -> WrittenOption:
    """Write the lines that readers are shown: the change from the status quo, by month and by year."""
    section = "Change from the status quo" if status_quo else "Cost and saving"
    monthly = _monthly_lines(book, option.id, own, status_quo, section)
    yearly = _yearly_lines(book, option.id, monthly, section)
    before = {} if status_quo is None else status_quo.others
    return WrittenOption(
        option,
        own,
        status_quo,
        monthly,
        yearly,
        child_years=_child_years(book, option.id, monthly[CHILDREN], section),
        public_value=write_public_value(book, option.id, yearly, own.others, before),
    )


def _monthly_lines(
    book: Book, option: str, own: OwnLines, status_quo: OwnLines | None, section: str
) -> dict[str, Line]:
    prefix = f"options.{option}.monthly"
    lines: dict[str, Line] = {}
    for name, label in {COST: "Cost", CHILDREN: "Children fewer in care", **RUNGS}.items():
        rule = own.monthly[name] if status_quo is None else own.monthly[name] - status_quo.monthly[name]
        unit = "children" if name == CHILDREN else "£"
        lines[name] = book.line(f"{prefix}.{name}", label, rule, unit, section=section)
    lines |= _net(book, prefix, lines, section)
    return lines


def _yearly_lines(book: Book, option: str, monthly: dict[str, Line], section: str) -> dict[str, Line]:
    prefix = f"options.{option}"
    lines: dict[str, Line] = {}
    for name in (COST, CHILDREN, *RUNGS):
        line = monthly[name]
        rule = by_year(line, "average" if name == CHILDREN else "sum")
        lines[name] = book.line(f"{prefix}.{name}", line.label, rule, line.unit, section=section)
    lines |= _net(book, prefix, lines, section)
    return lines


def _net(book: Book, prefix: str, lines: dict[str, Line], section: str) -> dict[str, Line]:
    """Net saving and its running total, from lines of one timeline."""
    net = book.line(
        f"{prefix}.net_saving",
        "Net saving",
        lines["cashable_saving"] - lines[COST],
        "£",
        section=section,
        note="Cashable saving less cost; below nil where the option costs more than it saves.",
    )
    label = "Cumulative net saving"
    cumulative = book.line(f"{prefix}.cumulative_net_saving", label, running_total(net), "£", section=section)
    return {"net_saving": net, "cumulative_net_saving": cumulative}


def _child_years(book: Book, option: str, children: Line, section: str) -> Line:
    label, unit = "Child-years out of care", "child years"
    monthly = book.line(
        f"options.{option}.monthly.child_years",
        label,
        children / book.convention("months_in_a_year"),
        unit,
        section=section,
    )
    return book.line(f"options.{option}.child_years", label, by_year(monthly), unit, section=section)
