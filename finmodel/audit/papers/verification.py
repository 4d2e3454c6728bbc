"""What became of a paper's printed figures: plain values and texts, for the terminal, the page, the workbook and JSON.

Nothing here is worked out by readers: every number has its text beside it, already rounded for display. Numbers of
percentages are hundredths (12% is 0.12), as in a spreadsheet; texts say 12%.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class WorkingVerdict(StrEnum):
    """What can be said of a working. The order is from the worst to the best."""

    DOES_NOT_FOLLOW = "does not follow"
    TRUNCATED = "truncated"
    CANNOT_BE_CHECKED = "cannot be checked"
    AGREES = "agrees"


class How(StrEnum):
    """In which way a figure agrees; NONE for every other verdict."""

    EXACTLY = "exactly"
    WITHIN_ROUNDING = "within the rounding of what is printed"
    IF_ROUNDED = "only if figures that end in zeros are rounded"
    NONE = ""


class Level(StrEnum):
    """How grave a finding is: an error makes the command end with 1, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class InconsistencyKind(StrEnum):
    """What a finding is about."""

    MIXED_BASES = "percentage of mixed bases"
    TWO_VALUES = "two values for one name"
    UNITS = "units that do not match"
    IMPLIED = "implied quantities that do not overlap"


class Range(Struct, frozen=True):
    """The values that a figure may have.

    value: the one number that is printed, or worked out from what is printed; None where there is none (`14-16`).
    low, high: None where there is no end on that side. text: `46.15 to under 46.25`, or one number where the two ends
    meet. value_text: the value alone, "" when there is none.
    """

    value: float | None
    low: float | None
    high: float | None
    includes_low: bool
    includes_high: bool
    text: str
    value_text: str


class PrintedFigure(Struct, frozen=True):
    """A figure as the paper prints it.

    printed: exactly as printed. reading: how that was read, in words. address, model: only in a case: the address of
    the model's line, and the model's figure there as text (with its year or month), "" otherwise.
    checks: the numbers of the checks in which the figure is used or which check it, in order. range: its values where
    others are worked out from it. as_result: the values that are printed so, where they are others (656 cases are 656
    when they are divided, but what comes to 655.6 may be printed 656). place: the worth of the last digit, 0 where
    there is none.
    """

    name: str
    label: str
    printed: str
    unit: str
    where: str
    as_at: str
    of: str
    note: str
    range: Range
    reading: str
    checks: tuple[int, ...] = ()
    address: str = ""
    model: str = ""
    as_result: Range | None = None
    place: float = 0.0

    @property
    def printed_so(self) -> Range:
        """The values that are printed as this figure is."""
        return self.as_result or self.range


class Nearest(Struct, frozen=True):
    """One printed input that, changed alone, would make the working true. The smallest change comes first.

    needed: the values it would have to have, as text (`£520,000 to £560,000`). change: how far that is from what is
    printed, as a share of it (0.05 is 5%); None when the printed figure has no one value or is 0.
    """

    figure: str
    label: str
    printed: str
    where: str
    needed: str
    change: float | None
    change_text: str


class CheckedWorking(Struct, frozen=True):
    """One working and its verdict.

    number: its place in the paper file, from 1. figure: the name of the printed figure that it should come to (see
    `Verification.figure`). working: as written in the file; for the model's figure `the model's figure at ADDRESS`; ""
    where the file says only that it cannot be checked. with_numbers: the working with the printed figures in it,
    `£500,000 / £40,000`.
    inputs: the names in it, each once, in order. recomputed: what it comes to; None when it cannot be worked out.
    difference: printed less recomputed, signed, from what is printed; None where either has no one value.
    sentence: the verdict explained in one or two plain sentences, always there. missing: what is missing, for what
    cannot be checked. nearest: for what does not follow. too_wide: whether the range may be wider than it need be,
    because a name comes more than once and its effect has no one direction; never narrower.
    rounded_to: for How.IF_ROUNDED, to what, as text (`the nearest 1,000`), else "". of_the_model: whether it is the
    figure of a case's model that is set against the printed one.
    """

    number: int
    figure: str
    label: str
    printed: str
    unit: str
    where: str
    verdict: WorkingVerdict
    how: How
    working: str
    with_numbers: str
    inputs: tuple[str, ...]
    why: str
    recomputed: Range | None
    difference: float | None
    difference_text: str
    sentence: str
    missing: str = ""
    nearest: tuple[Nearest, ...] = ()
    too_wide: bool = False
    rounded_to: str = ""
    line: int | None = None
    of_the_model: bool = False

    @property
    def outcome(self) -> str:
        """The verdict in a word or two: `agrees exactly`, `agrees within rounding`, `agrees if rounded`, …"""
        words = {
            How.EXACTLY: "agrees exactly",
            How.WITHIN_ROUNDING: "agrees within rounding",
            How.IF_ROUNDED: "agrees if rounded",
        }
        return words.get(self.how, self.verdict.value)


class Way(Struct, frozen=True):
    """One way to work out an implied quantity; recomputed is None when it cannot be, and `missing` says why."""

    working: str
    with_numbers: str
    inputs: tuple[str, ...]
    recomputed: Range | None
    missing: str = ""


class Implied(Struct, frozen=True):
    """A quantity that the paper implies in several ways.

    overlap: whether one value suits all ways that can be worked out; None when fewer than two can. common: the values
    that suit all, None when there are none.
    """

    name: str
    label: str
    unit: str
    why: str
    ways: tuple[Way, ...]
    overlap: bool | None
    common: Range | None
    sentence: str
    line: int | None = None


class Inconsistency(Struct, frozen=True):
    """Something about the figures beyond a working's verdict. figures: the names concerned. check: the number of the
    check concerned, None when it is of no one check."""

    kind: InconsistencyKind
    level: Level
    what: str
    figures: tuple[str, ...]
    where: str
    check: int | None = None


class PaperDetails(Struct, frozen=True):
    """Which paper it is. Empty texts where the file does not say; date as `2015-01-20`."""

    authority: str
    title: str
    date: str
    reference: str = ""
    link: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """The paper in a line: `Wolverhampton City Council, Investing to save, 20 January 2015`."""
        return ", ".join(part for part in (self.authority, self.title, self.date) if part)


class Verification(Struct, frozen=True):
    """A paper verified (or a case's `stated:` block).

    source: `paper` or `case`. file: the name of the file read, without folders. files: name and SHA-256 of every file
    read. version: of finmodel. checks: in the order of the file. findings: errors first.
    """

    paper: PaperDetails
    source: str
    file: str
    files: tuple[tuple[str, str], ...]
    version: str
    figures: tuple[PrintedFigure, ...]
    checks: tuple[CheckedWorking, ...]
    implied: tuple[Implied, ...]
    findings: tuple[Inconsistency, ...]

    def figure(self, name: str) -> PrintedFigure:
        """The figure of a name; KeyError when there is none."""
        for figure in self.figures:
            if figure.name == name:
                return figure
        raise KeyError(name)

    def count(self, verdict: WorkingVerdict) -> int:
        """How many checks have a verdict."""
        return sum(check.verdict is verdict for check in self.checks)

    @property
    def counts(self) -> dict[WorkingVerdict, int]:
        """How many checks have each verdict, worst first; verdicts that none has are there with 0."""
        return {verdict: self.count(verdict) for verdict in WorkingVerdict}

    @property
    def follows(self) -> bool:
        """Whether nothing fails: no working that does not follow, and no finding that is an error."""
        return not self.count(WorkingVerdict.DOES_NOT_FOLLOW) and all(f.level is not Level.ERROR for f in self.findings)
