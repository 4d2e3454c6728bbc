"""What studies found of interventions: each row of the evidence, by its number, as it was printed and as it is read.

How a row is read (whom the study compares, who and what is counted, the grade that its design suggests) is made from
the row's own words; everything else is as printed. A blank is None; rates are fractions.
"""

from __future__ import annotations

from functools import cache

from finmodel.reference.council_datasets import DESIGNS
from finmodel.reference.loader import load
from finmodel.reference.sourced import SourcedFact, provenance
from finmodel.reference.table import DataRow

FAVOURABLE, NULL, UNFAVOURABLE, MIXED = "favourable", "null", "unfavourable", "mixed"
EFFECTS = (FAVOURABLE, NULL, UNFAVOURABLE, MIXED)  # findings that say what came of it
DAY_COUNT, ENTRIES, DAYS = "day's count", "entries", "days"
FAMILIES, CHILDREN = "families", "children"
_RELATIVE_RISK = "relative risk"
_COMPARING = ("random in the UK", "comparison group", "several studies")


class StudyFinding(SourcedFact, frozen=True):
    """One outcome of one study.

    effect, low, high: in `effect_unit`, with the interval where it is published. base_rate and rate: of the outcome
    without and with the intervention. counted_in: families or children, "" where the row does not say. outcome_is: a
    day's count of children looked after, entries to care, days in care, or other. children_per_family: in the study.
    """

    number: int
    intervention: str
    setting: str
    population: str
    design: str
    people: int | None
    outcome: str
    finding: str
    as_printed: str
    effect: float | None
    effect_unit: str
    low: float | None
    high: float | None
    base_rate: float | None
    rate: float | None
    time_horizon: str
    cost_per_family: str
    cost_benefit: str
    rating: str
    rater: str
    year: int
    design_kind: str
    counted_in: str
    outcome_is: str
    families: int | None
    children: int | None
    suggested_grade: int | None

    @property
    def compares(self) -> bool:
        """Whether those who had the intervention are compared with others who had not."""
        return self.design_kind in _COMPARING

    @property
    def strength(self) -> int:
        """The place of its design among designs: 0 the strongest."""
        return DESIGNS.index(self.design_kind)

    @property
    def is_of_care(self) -> bool:
        """Whether its outcome is children in care, their entries or their days."""
        return self.outcome_is != "other"

    @property
    def is_relative(self) -> bool:
        """Whether its effect is a relative risk, which says nothing without a base rate."""
        return self.effect_unit == _RELATIVE_RISK and self.effect is not None

    @property
    def is_difference(self) -> bool:
        """Whether both of its rates are published."""
        return self.base_rate is not None and self.rate is not None


@cache
def findings() -> tuple[StudyFinding, ...]:
    """Every row of the evidence, in the order of the file."""
    return tuple(_finding(row) for row in load("evidence"))


def finding_of(number: int) -> StudyFinding | None:
    """The row with a number; None where there is none."""
    return next((found for found in findings() if found.number == number), None)


def best_of(interventions: frozenset[str]) -> tuple[StudyFinding, ...]:
    """The rows of the strongest design among all that found anything of some interventions.

    Of those whose outcome is care, where there are any; else of all.
    """
    pool = [found for found in findings() if found.intervention in interventions and found.finding in EFFECTS]
    pool = [found for found in pool if found.is_of_care] or pool
    strongest = min((found.strength for found in pool), default=0)
    return tuple(found for found in pool if found.strength == strongest)


def search(word: str | None) -> tuple[StudyFinding, ...]:
    """The rows in whose words a word stands, capitals aside; or the row of that number; all where none is given."""
    if word is None:
        return findings()
    wanted = word.strip().casefold()
    if wanted.isdecimal():
        return tuple(found for found in findings() if found.number == int(wanted))
    return tuple(found for found in findings() if wanted in _words(found))


def _words(found: StudyFinding) -> str:
    texts = (found.intervention, found.setting, found.population, found.design, found.outcome, found.finding)
    return " ".join((*texts, found.as_printed, found.rater, found.note, found.source)).casefold()


def _count(row: DataRow, column: str) -> int | None:
    return int(row[column]) if row[column] else None


def _finding(row: DataRow) -> StudyFinding:
    return StudyFinding(
        number=int(row["id"]),
        intervention=row["intervention"],
        setting=row["setting"],
        population=row["population"],
        design=row["design"],
        people=_count(row, "n"),
        outcome=row["outcome"],
        finding=row["finding"],
        as_printed=row["effect_as_printed"],
        effect=row.optional("effect_value"),
        effect_unit=row["effect_unit"],
        low=row.optional("interval_low"),
        high=row.optional("interval_high"),
        base_rate=row.optional_fraction("base_rate_percent"),
        rate=row.optional_fraction("intervention_rate_percent"),
        time_horizon=row["time_horizon"],
        cost_per_family=row["cost_per_family_as_printed"],
        cost_benefit=row["cost_benefit_as_printed"],
        rating=row["evidence_rating"],
        rater=row["rater"],
        year=int(row["year"]),
        design_kind=row["design_kind"],
        counted_in=row["counted_in"],
        outcome_is=row["outcome_is"],
        families=_count(row, "families_in_study"),
        children=_count(row, "children_in_study"),
        suggested_grade=int(row["suggested_grade"]) if row["suggested_grade"] else None,
        **provenance(row),
    )
