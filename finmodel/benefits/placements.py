"""Placements avoided: children fewer in care by month, and what their placements would have cost."""

from __future__ import annotations

from finmodel.basis.book import Book
from finmodel.basis.prices import price_factor
from finmodel.benefits.numbers import state_children
from finmodel.case.schema import Benefit
from finmodel.case.schema_savings import Saving
from finmodel.costing.active import active_line
from finmodel.lines.arithmetic import compare, conditional
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import at_year, previous, shifted
from finmodel.parsing.quantities import Provenance

COST_OF_A_YEAR = "£ per child per year"


def placement_cost(book: Book, name: str) -> Line:
    """What a placement of a type costs for a year, at each year's prices, £ a child, by year."""
    address = f"placements.{name}.cost_of_a_year"
    return book.shared(address, lambda: _make_placement_cost(book, name, address))


def _make_placement_cost(book: Book, name: str, address: str) -> Line:
    placement = book.case.placements[name]
    section = f"Placement: {placement.label}"
    weekly = placement.per == "week"
    stated = book.state(
        f"placements.{name}.unit_cost",
        f"{placement.label}, a {placement.per}, {placement.price_base} prices",
        placement.unit_cost,
        "£ per child per week" if weekly else COST_OF_A_YEAR,
        owner=placement,
        over=Timeline.YEARS,
        section=section,
    )
    rule: Expression = stated * book.convention("weeks_in_a_year") if weekly else stated
    factor = price_factor(book, placement.inflation, placement.price_base)
    if factor is not None:
        rule = rule * factor
    label = f"{placement.label}, a year's placement"
    return book.line(address, label, rule, COST_OF_A_YEAR, timeline=Timeline.YEARS, section=section)


def cost_of_a_child(book: Book, benefit: Benefit, prefix: str, section: str) -> Line:
    """What a year in care costs for the mix of placements avoided, £ a child, by year."""
    rule: Expression | None = None
    for name, share in benefit.placements.items():
        label = f"Share of {book.case.placements[name].label}"
        line = book.state(
            f"{prefix}.placements.{name}", label, share, "share", owner=benefit, over=Timeline.YEARS, section=section
        )
        part = line * placement_cost(book, name)
        rule = part if rule is None else rule + part
    if rule is None:
        raise ValueError(f"benefit {benefit.id} names no placement")
    label = "A year's placement, for the mix avoided"
    return book.line(f"{prefix}.cost_of_a_child", label, rule, COST_OF_A_YEAR, section=section)


def in_effect(book: Book, benefit: Benefit | Saving, prefix: str, section: str) -> Line:
    """1 in the months in which the effect lasts: from the start, moved later by the lag, to the end."""
    active = active_line(book, prefix, benefit.start, benefit.end, section, "Month from start to end")
    begins = book.line(
        f"{prefix}.effect_begins",
        "Month in which the effect begins, counted from 1",
        book.model[f"{prefix}.start"] + _lag(book, benefit, prefix, section),
        "number",
        section=section,
    )
    begun = compare(book.number_of(Timeline.MONTHS), ">=", begins)
    return book.line(
        f"{prefix}.in_effect", "Effect in the month, after the lag", active * begun, "flag", section=section
    )


def _lag(book: Book, benefit: Benefit | Saving, prefix: str, section: str) -> Line:
    address, label = f"{prefix}.lag_months", "Months before the effect begins"
    if "lag_months" in benefit.model_fields_set:
        origin = book.origin(Provenance(), benefit)
        return book.input(address, label, benefit.lag_months, "number", origin, section=section)
    return book.default(address, label, benefit.lag_months, "number", section=section, note="No lag is assumed.")


def children_fewer(book: Book, benefit: Benefit, effect: Line, prefix: str, section: str) -> Line:
    """Children fewer in care in each month, fractions and all."""
    lasting = persistence(book, benefit, prefix, section)
    if benefit.children is not None:
        stated = state_children(
            book,
            f"{prefix}.children_stated",
            f"Children fewer in care, {benefit.label}",
            benefit.children,
            "children",
            owner=benefit,
            section=section,
        )
        rule = book.monthly(stated) * effect * lasting
        return book.line(
            f"{prefix}.monthly.children",
            "Children fewer in care",
            rule,
            "children",
            timeline=Timeline.MONTHS,
            section=section,
        )
    return _account_of_children(book, benefit, effect * lasting, prefix, section)


def persistence(book: Book, benefit: Benefit | Saving, prefix: str, section: str) -> Expression:
    """The share of the effect that lasts: 1 in the year in which it begins, less the drop-off each year after."""
    if benefit.drop_off is None:
        drop_off = book.default(
            f"{prefix}.drop_off",
            "Share of the effect lost each year",
            0,
            "share",
            section=section,
            note="No drop-off is assumed.",
        )
    else:
        drop_off = book.state(
            f"{prefix}.drop_off",
            "Share of the effect lost each year",
            benefit.drop_off,
            "share",
            owner=benefit,
            over=Timeline.YEARS,
            section=section,
        )
    begun = book.month_number(benefit.start, 1) + benefit.lag_months
    first = book.counted(
        f"{prefix}.first_year_of_effect",
        "Number of the year in which the effect begins",
        max(1, -(-begun // 12)),
        "number",
        section=section,
        note="From the start and the lag.",
    )
    lasting = book.model.declare(
        f"{prefix}.lasting", "Share of the effect that lasts", "share", Timeline.YEARS, section=section
    )
    began = compare(book.number_of(Timeline.YEARS), "<=", first)
    lasting.define(conditional(began, 1, previous(lasting) * (1 - drop_off)))
    return at_year(lasting)


def _account_of_children(book: Book, benefit: Benefit, effect: Expression, prefix: str, section: str) -> Line:
    """Opening + entries avoided − those who would have left = closing; a child counts from the month of entry."""
    if benefit.entries_avoided is None or benefit.stay is None:
        raise ValueError(f"benefit {benefit.id} states neither children nor entries avoided with a stay")
    stated = state_children(
        book,
        f"{prefix}.entries_stated",
        "Entries to care avoided in a month",
        benefit.entries_avoided,
        "children",
        owner=benefit,
        section=section,
    )
    entries = book.line(
        f"{prefix}.monthly.entries_avoided",
        "Entries to care avoided",
        book.monthly(stated) * effect,
        "children",
        timeline=Timeline.MONTHS,
        section=section,
    )
    closing = book.model.declare(
        f"{prefix}.monthly.children",
        "Children fewer in care",
        "children",
        Timeline.MONTHS,
        section=section,
        note="At the end of the month: a child counts from the month in which the entry is avoided.",
    )
    opening = book.line(
        f"{prefix}.monthly.opening_children",
        "Children fewer in care, opening",
        previous(closing),
        "children",
        section=section,
    )
    leaving = book.line(
        f"{prefix}.monthly.leaving",
        "Children who would have left by now",
        _leaving(book, benefit, opening, entries, prefix, section),
        "children",
        section=section,
    )
    return closing.define(opening + entries - leaving)


def _leaving(book: Book, benefit: Benefit, opening: Line, entries: Line, prefix: str, section: str) -> Expression:
    stay = benefit.stay
    if stay is not None and stay.months is not None:
        months = book.state(
            f"{prefix}.stay", "Length of stay, months", stay.months, "number", owner=benefit, section=section
        )
        return shifted(entries, months)
    if stay is not None and stay.average_months is not None:
        average = book.state(
            f"{prefix}.average_stay",
            "Average length of stay, months",
            stay.average_months,
            "number",
            owner=benefit,
            section=section,
        )
        return opening / average
    raise ValueError(f"benefit {benefit.id} states no length of stay")
