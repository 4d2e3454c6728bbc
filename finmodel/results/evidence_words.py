"""One sentence on a claim and the evidence that it names, and the same in a few words. No sums."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.beside_evidence import BesideClaim, BesideRow
from finmodel.case.schema_savings import Claim
from finmodel.lines.display import in_unit, number, plain_number
from finmodel.reference.findings import EFFECTS, NULL, UNFAVOURABLE, StudyFinding
from finmodel.results.figures import amount
from finmodel.results.wording import listed

NOT_PUBLISHED = "interval not published"
NOT_COMPARABLE: Final = "not comparable"
Verdict = Literal["beyond", "within", "null", "before-after", "not comparable"]
_COUNTS_ALONE = ("before and after", "no comparison")  # designs in which nobody who went without is compared


class TheSentence(Struct, frozen=True):
    """What a reader is told of a claim: the verdict, the sentence, and a few words for the first screen."""

    verdict: Verdict
    sentence: str
    in_short: str


def interval_of(appraisal: Appraisal, row: BesideRow) -> str:
    """The ends of the interval in words, or that none is published; "" where the row gives no figure."""
    if row.given is None:
        return ""
    if row.low is None or row.high is None:
        return NOT_PUBLISHED
    return f"{number(amount(appraisal, row.low), 1)} to {number(amount(appraisal, row.high), 1)}"


class Told:
    """The one sentence on a claim: is it beyond the evidence, from counts alone, or of what the best study denies?"""

    def __init__(self, appraisal: Appraisal, beside: BesideClaim) -> None:
        self.appraisal, self.beside = appraisal, beside

    def told(self) -> TheSentence:
        """The verdict, the sentence and the few words."""
        compared = [row for row in self.beside.rows if row.given is not None]
        refuting = [found for found in self.beside.best if found.finding in (NULL, UNFAVOURABLE)]
        if self.beside.best and len(refuting) == len(self.beside.best):
            return self._null(refuting)
        if compared:
            return self._compared(min(compared, key=lambda row: row.found.strength), refuting)
        effects = [row.found for row in self.beside.rows if row.found.finding in (*EFFECTS, "claimed")]
        if effects and all(found.design_kind in _COUNTS_ALONE for found in effects):
            return self._counts_alone(effects)
        return self._not_comparable()

    def _counts_alone(self, effects: list[StudyFinding]) -> TheSentence:
        sentence = (
            f"{self._claims()} from counts before and after alone: {_rows_of(effects)} compared nobody who went without"
            ", so how much of the change the service caused is not known."
        )
        return TheSentence("before-after", sentence, "The evidence named is counts before and after alone.")

    def _not_comparable(self) -> TheSentence:
        reasons: dict[str, list[StudyFinding]] = {}
        for row in self.beside.rows:
            reasons.setdefault(row.why_not, []).append(row.found)
        why = "; ".join(f"{_rows_of(found)}, because {reason}" for reason, found in reasons.items())
        sentence = f"{self._claims()} beside which the evidence named cannot be set: {why}."
        return TheSentence(NOT_COMPARABLE, sentence, "The evidence named cannot be set beside the claim.")

    def _claims(self) -> str:
        """The claim with its figure, as the beginning of a sentence."""
        beside = self.beside
        if beside.claimed is None or beside.stated is None:
            return f"The case {_verb(beside.claim)} “{beside.claim.label}”,"
        after, before = (in_words(amount(self.appraisal, line)) for line in (beside.claimed, beside.stated))
        what = "entries to care in a year" if beside.counted_in == "entries" else "children in care"
        less = "" if after == before else f" ({before} before its deductions)"
        return f"The case {_verb(beside.claim)} {after} fewer {what}{less},"

    def _null(self, refuting: list[StudyFinding]) -> TheSentence:
        outcomes = listed(list(dict.fromkeys(found.outcome for found in refuting)))
        studies = "the strongest studies" if len(refuting) > 1 else "the strongest study"
        sentence = (
            f"{self._claims()} but {studies} of {_intervention(self.beside)} ({_rows_of(refuting)}) found no benefit: "
            f"{outcomes}."
        )
        return TheSentence("null", sentence, f"But {studies} of it ({_rows_of(refuting)}) found no benefit.")

    def _compared(self, row: BesideRow, refuting: list[StudyFinding]) -> TheSentence:
        beyond, where = self._where(row)
        ends = interval_of(self.appraisal, row)
        interval = ends if ends == NOT_PUBLISHED else f"{ends} by its interval"
        others = f"; {_rows_of(refuting)}, no weaker in design, found no benefit" if refuting else ""
        sentence = f"{self._claims()} {where} the evidence: {self._gives(row)}; {interval}{others}."
        return TheSentence("beyond" if beyond else "within", sentence, self._in_short(row, ends, refuting, beyond))

    def _in_short(self, row: BesideRow, ends: str, refuting: list[StudyFinding], beyond: bool) -> str:
        assert row.given is not None
        assert self.beside.claimed is not None
        given = f"{number(amount(self.appraisal, row.given), 1)} {row.given.unit}"
        given += "" if ends == NOT_PUBLISHED else f" ({ends})"
        claimed = in_words(amount(self.appraisal, self.beside.claimed))
        others = f"; {_rows_of(refuting)} found no benefit" if refuting else ""
        return f"Evidence gives {given} against {claimed} claimed{', which is beyond it' if beyond else ''}{others}."

    def _gives(self, row: BesideRow) -> str:
        """What a row gives, and of what: `the trial’s difference (row 1, 44.8% to 36.2%), applied to …`."""
        found, applied, beside = row.found, self.beside.claim.applied_to, self.beside
        assert applied is not None
        assert beside.reached is not None
        assert row.given is not None
        whom = f"the {plain_number(amount(self.appraisal, beside.reached))} {applied.counted_in} reached"
        given = f"{number(amount(self.appraisal, row.given), 1)} {_counted(beside)}"
        if found.base_rate is None or found.rate is None:
            risk = plain_number(found.effect or 0.0)
            return f"the {_study(found)}’s relative risk of {risk} (row {found.number}) gives {given} of {whom}"
        fell = f"{in_share(found.base_rate)} to {in_share(found.rate)}"
        how = f"the {_study(found)}’s difference (row {found.number}, {fell}), applied to {whom}, gives"
        if row.families is None or beside.per_family is None:
            return f"{how} {given}"
        families = number(amount(self.appraisal, row.families), 1)
        per_family = number(amount(self.appraisal, beside.per_family), 2)
        return f"{how} {families} families, {given} at {per_family} a family"

    def _where(self, row: BesideRow) -> tuple[bool, str]:
        """Whether the claim is beyond the evidence, and where it stands to it in words."""
        if row.beyond is not None and amount(self.appraisal, row.beyond) == 1:
            return True, "beyond"
        if row.above is not None and amount(self.appraisal, row.above) == 1:
            return False, "above the middle figure but within the interval of"
        return False, "within"


def in_words(figure: float) -> str:
    """`13`, `5.0`: one decimal place where it is not whole."""
    return plain_number(figure) if figure == round(figure) else number(figure, 1)


def in_share(share: float) -> str:
    """`44.8%`."""
    return in_unit(share, "share")


def _study(found: StudyFinding) -> str:
    if found.design_kind == "random in the UK":
        return "trial"
    return "review" if found.design_kind == "several studies" else "study"


def _counted(beside: BesideClaim) -> str:
    return "entries" if beside.counted_in == "entries" else "children"


def _verb(claim: Claim) -> str:
    return "requires" if claim.basis == "requirement" else "claims"


def _intervention(beside: BesideClaim) -> str:
    names = dict.fromkeys(row.found.intervention for row in beside.rows)
    return listed([f"“{name}”" for name in names])


def _rows_of(found: list[StudyFinding]) -> str:
    """`row 28`, `rows 9 and 10`."""
    numbers = [str(each.number) for each in found]
    return f"{'row' if len(numbers) == 1 else 'rows'} {listed(numbers)}"
