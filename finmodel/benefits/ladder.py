"""The ladder of a saving: gross, after deadweight, after optimism bias, cashable. Each rung is a line of its own."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.basis.book import Book
from finmodel.benefits.placements import children_fewer, cost_of_a_child, in_effect
from finmodel.case.schema import Benefit
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import at_year, by_year

RUNGS = {
    "gross_saving": "Gross saving",
    "after_deadweight": "Saving after deadweight",
    "after_optimism_bias": "Saving after optimism bias",
    "cashable_saving": "Cashable saving",
}


@dataclass(frozen=True, slots=True)
class WrittenBenefit:
    """The lines of a benefit, by month.

    rungs: by the names of `RUNGS`, £; yearly: the same by year, and `children`.
    other_convention: by year, the cashable saving if deductions followed the other convention. saving_per_child: what
    one child fewer in care in every month of the effect would save, cashable, £ a child. cost_of_a_child: by year.
    """

    benefit: Benefit
    children: Line
    rungs: dict[str, Line]
    yearly: dict[str, Line]
    other_convention: Line
    saving_per_child: Line
    cost_of_a_child: Line
    kept_share: Line


def write_benefit(book: Book, benefit: Benefit, option: str) -> WrittenBenefit:
    """Write the lines of a benefit of an option."""
    prefix, section = f"options.{option}.benefits.{benefit.id}", f"Benefit: {benefit.label}"
    unit_cost = cost_of_a_child(book, benefit, prefix, section)
    effect = in_effect(book, benefit, prefix, section)
    children = children_fewer(book, benefit, effect, prefix, section)
    months = book.convention("months_in_a_year")
    gross = _rung(book, prefix, "gross_saving", children * at_year(unit_cost) / months, section)
    deadweight = book.state(
        f"{prefix}.deadweight",
        "Deadweight: share that would have been avoided anyway",
        benefit.deadweight,
        "share",
        owner=benefit,
        section=section,
    )
    optimism = book.state(
        f"{prefix}.optimism_bias",
        "Optimism bias: share taken off",
        benefit.optimism_bias,
        "share",
        owner=benefit,
        section=section,
    )
    cashable = book.state(
        f"{prefix}.cashable",
        "Share of the saving that releases cash",
        benefit.cashable,
        "share",
        owner=benefit,
        section=section,
    )
    shares = {
        "multiplicative": (1 - deadweight) * (1 - optimism),
        "subtractive": 1 - deadweight - optimism,
    }
    after = _rung(book, prefix, "after_deadweight", gross * (1 - deadweight), section)
    stepwise: Expression = (
        after * (1 - optimism) if benefit.deductions == "multiplicative" else gross * shares["subtractive"]
    )
    biased = _rung(book, prefix, "after_optimism_bias", stepwise, section)
    cash = _rung(book, prefix, "cashable_saving", biased * cashable, section)
    other = "subtractive" if benefit.deductions == "multiplicative" else "multiplicative"
    kept = book.line(
        f"{prefix}.kept_share",
        "Share of the gross saving that is claimed",
        shares[benefit.deductions] * cashable,
        "share",
        section=section,
    )
    rungs = {"gross_saving": gross, "after_deadweight": after, "after_optimism_bias": biased, "cashable_saving": cash}
    yearly = {
        name: book.line(f"{prefix}.{name}", line.label, by_year(line), "£", section=section)
        for name, line in rungs.items()
    }
    yearly["children"] = book.line(
        f"{prefix}.children", "Children fewer in care", by_year(children, "average"), "children", section=section
    )
    compared = book.line(
        f"{prefix}.monthly.cashable_saving_{other}",
        f"Cashable saving, {other} deductions",
        gross * shares[other] * cashable,
        "£",
        timeline=Timeline.MONTHS,
        section=section,
        note=f"For comparison only; the case follows the {benefit.deductions} convention.",
    )
    return WrittenBenefit(
        benefit,
        children,
        rungs,
        yearly,
        other_convention=book.line(
            f"{prefix}.cashable_saving_{other}",
            f"Cashable saving, {other} deductions",
            by_year(compared),
            "£",
            section=section,
        ),
        saving_per_child=book.line(
            f"{prefix}.monthly.saving_per_child",
            "Cashable saving of one child fewer in care",
            at_year(unit_cost) / months * kept * effect,
            "£ per child",
            section=section,
        ),
        cost_of_a_child=unit_cost,
        kept_share=kept,
    )


def _rung(book: Book, prefix: str, name: str, rule: Expression, section: str) -> Line:
    return book.line(f"{prefix}.monthly.{name}", RUNGS[name], rule, "£", timeline=Timeline.MONTHS, section=section)
