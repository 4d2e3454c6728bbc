"""The ladder of a saving: gross, after deadweight, after optimism bias, cashable. Each rung is a line of its own."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.basis.book import Book
from finmodel.benefits.evidence import optimism_bias
from finmodel.benefits.placements import children_fewer, cost_of_a_child, in_effect
from finmodel.case.schema import Benefit
from finmodel.case.schema_savings import Saving
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import at_year, by_year

RUNGS = {
    "gross_saving": "Gross saving",
    "after_deadweight": "Saving after deadweight",
    "after_optimism_bias": "Saving after optimism bias",
    "cashable_saving": "Cashable saving",
}
OTHER_CONVENTION = {"multiplicative": "subtractive", "subtractive": "multiplicative"}


@dataclass(frozen=True, slots=True)
class Deductions:
    """What is taken off the gross of a claim: shares."""

    convention: str
    deadweight: Line
    optimism: Line
    cashable: Line

    def kept(self, convention: str) -> Expression:
        """The share that is left after deadweight and optimism bias."""
        if convention == "multiplicative":
            return (1 - self.deadweight) * (1 - self.optimism)
        return 1 - self.deadweight - self.optimism

    def after_optimism(self, gross: Expression, after_deadweight: Expression) -> Expression:
        """What is left after deadweight and optimism bias: each off what the one before left, or both off the gross."""
        if self.convention == "multiplicative":
            return after_deadweight * (1 - self.optimism)
        return gross * self.kept("subtractive")


@dataclass(frozen=True, slots=True)
class WrittenClaim:
    """The lines of a benefit or of another saving, by month.

    rungs: by the names of `RUNGS`, £; yearly: the same by year. other_convention: by year, the cashable saving if
    deductions followed the other convention.
    """

    claim: Benefit | Saving
    rungs: dict[str, Line]
    yearly: dict[str, Line]
    other_convention: Line


@dataclass(frozen=True, slots=True)
class WrittenBenefit(WrittenClaim):
    """The lines of placements avoided, by month.

    yearly: also `children`. saving_per_child: what one child fewer in care in every month of the effect would save,
    cashable, £ a child. cost_of_a_child: by year. kept_share: the share of the gross saving that is claimed.
    """

    benefit: Benefit
    children: Line
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
    gross = write_gross(book, prefix, children * at_year(unit_cost) / months, section)
    deductions = state_deductions(book, benefit, prefix, section)
    found = climb(book, benefit, deductions, gross, prefix, section)
    kept = book.line(
        f"{prefix}.kept_share",
        "Share of the gross saving that is claimed",
        deductions.kept(benefit.deductions) * deductions.cashable,
        "share",
        section=section,
    )
    fewer = book.line(
        f"{prefix}.children", "Children fewer in care", by_year(children, "average"), "children", section=section
    )
    per_child = book.line(
        f"{prefix}.monthly.saving_per_child",
        "Cashable saving of one child fewer in care",
        at_year(unit_cost) / months * kept * effect,
        "£ per child",
        section=section,
    )
    return WrittenBenefit(
        benefit,
        found.rungs,
        {**found.yearly, "children": fewer},
        found.other_convention,
        benefit=benefit,
        children=children,
        saving_per_child=per_child,
        cost_of_a_child=unit_cost,
        kept_share=kept,
    )


def state_deductions(book: Book, claim: Benefit | Saving, prefix: str, section: str) -> Deductions:
    """The deductions of a claim as inputs; optimism bias may follow from the grade of its evidence."""
    deadweight = book.state(
        f"{prefix}.deadweight",
        "Deadweight: share that would have come about anyway",
        claim.deadweight,
        "share",
        owner=claim,
        section=section,
    )
    optimism = optimism_bias(book, claim, prefix, section)
    cashable = book.state(
        f"{prefix}.cashable",
        "Share of the saving that releases cash",
        claim.cashable,
        "share",
        owner=claim,
        section=section,
    )
    return Deductions(claim.deductions, deadweight, optimism, cashable)


def write_gross(book: Book, prefix: str, rule: Expression, section: str) -> Line:
    """The first rung, £ a month."""
    return write_rung(book, prefix, "gross_saving", rule, section)


def write_rung(book: Book, prefix: str, name: str, rule: Expression, section: str) -> Line:
    """A rung of the ladder, £ a month."""
    return book.line(f"{prefix}.monthly.{name}", RUNGS[name], rule, "£", timeline=Timeline.MONTHS, section=section)


def climb(
    book: Book, claim: Benefit | Saving, deductions: Deductions, gross: Line, prefix: str, section: str
) -> WrittenClaim:
    """The rungs below the gross saving, each a share of its pounds."""
    after = write_rung(book, prefix, "after_deadweight", gross * (1 - deductions.deadweight), section)
    biased = write_rung(book, prefix, "after_optimism_bias", deductions.after_optimism(gross, after), section)
    other = gross * deductions.kept(OTHER_CONVENTION[claim.deductions])
    return reach_cash(book, claim, deductions, (gross, after, biased), other, prefix, section)


def reach_cash(
    book: Book,
    claim: Benefit | Saving,
    deductions: Deductions,
    rungs: tuple[Line, Line, Line],
    other_convention: Expression,
    prefix: str,
    section: str,
) -> WrittenClaim:
    """The last rung, every rung by year, and the cashable saving had deductions followed the other convention."""
    cash = write_rung(book, prefix, "cashable_saving", rungs[-1] * deductions.cashable, section)
    found = dict(zip(RUNGS, (*rungs, cash), strict=True))
    yearly = {
        name: book.line(
            f"{prefix}.{name}",
            line.label,
            by_year(line),
            "£",
            section=section,
            note=_who_gains(claim) if name == "cashable_saving" else "",
        )
        for name, line in found.items()
    }
    other = OTHER_CONVENTION[claim.deductions]
    compared = book.line(
        f"{prefix}.monthly.cashable_saving_{other}",
        f"Cashable saving, {other} deductions",
        other_convention * deductions.cashable,
        "£",
        timeline=Timeline.MONTHS,
        section=section,
        note=f"For comparison only; the case follows the {claim.deductions} convention.",
    )
    by_years = book.line(
        f"{prefix}.cashable_saving_{other}",
        f"Cashable saving, {other} deductions",
        by_year(compared),
        "£",
        section=section,
    )
    return WrittenClaim(claim, found, yearly, by_years)


def _who_gains(claim: Benefit | Saving) -> str:
    if "body" in claim.model_fields_set:
        return f"Gained by {claim.body}."
    return "The case does not say who gains, so it is taken to be this council."
