"""Verifications made by hand, so that pages and workbooks are tested apart from what works verifications out."""

from __future__ import annotations

from msgspec.structs import replace

from finmodel.audit.papers.verification import (
    CheckedWorking,
    How,
    Implied,
    Inconsistency,
    InconsistencyKind,
    Level,
    Nearest,
    PaperDetails,
    PrintedFigure,
    Range,
    Verification,
    Way,
    WorkingVerdict,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "</title></desc></svg></style><img src=x onerror=alert(1)>",
    '" onload="alert(1)" x="',
    "{{7*7}} {% raw %} {# x #}",
    "=cmd()|' /C calc'!A0",
    "\u202etxt.exe\u202c \u2066x\u2069 \u200f",
)


def one(value: float, text: str) -> Range:
    """One number and no other."""
    return Range(value, value, value, True, True, text, text)


def around(value: float, half: float, text: str, value_text: str) -> Range:
    """A rounded number."""
    return Range(value, value - half, value + half, True, False, text, value_text)


COST = around(500_000, 500, "£499,500 to under £500,500", "£500,000")
PRICE = around(40_000, 500, "£39,500 to under £40,500", "£40,000")
RATE = around(46.2, 0.05, "46.15 to under 46.25", "46.2")


def figure(name: str, printed: str, found: Range, **more: str) -> PrintedFigure:
    given = {"unit": "£", "where": "paragraph 4.1", "as_at": "", "of": "", "note": "", "reading": "rounded"} | more
    label = given.pop("label", name.replace("_", " ").capitalize())
    return PrintedFigure(name, label, printed, range=found, checks=(1,), **given)


def mixed() -> Verification:
    """One check of every verdict, one finding of every level, one implied quantity."""
    figures = (
        figure("additional_cost", "£500,000", COST),
        figure("placement_cost", "£40,000", PRICE, where="paragraphs 2.1 and 4.3", unit="£ per child"),
        figure("children", "thirteen", one(13, "13"), unit="children", where="paragraph 4.3"),
        figure("saving", "£0.6m", around(600_000, 50_000, "£550,000 to under £650,000", "£600,000")),
        figure("rate", "46.2", RATE, unit="per 10,000", as_at="2014-03", where="page 2"),
        figure(
            "share_agency", "about 12%", Range(0.12, 0.11, 0.13, True, True, "11% to 13%", "12%"), unit="%", of="FTE"
        ),
        figure("total", "over 600", Range(600, 600, None, False, False, "over 600", "600"), unit="cases", where=""),
    )
    checks = (
        _check(
            1,
            figures[2],
            WorkingVerdict.AGREES,
            How.WITHIN_ROUNDING,
            "break_even(additional_cost, placement_cost)",
            "break_even(£500,000, £40,000)",
            one(13, "13"),
            "13 follows from £500,000 and £40,000.",
            why="The paper divides the cost by the price of a placement and rounds up.",
        ),
        _check(
            2,
            figures[3],
            WorkingVerdict.DOES_NOT_FOLLOW,
            How.NONE,
            "children * placement_cost",
            "thirteen × £40,000",
            around(520_000, 6_500, "£513,500 to under £526,500", "£520,000"),
            "Thirteen children at £40,000 are £520,000, which no rounding makes £0.6m.",
            difference=80_000,
            difference_text="£80,000 more",
            why="The saving of so many children.",
            nearest=(
                Nearest("children", "Children", "thirteen", "paragraph 4.3", "14 to 16", 1 / 13, "7.7% more"),
                Nearest("placement_cost", "Placement cost", "£40,000", "", "£42,308 to £50,000", 0.0577, "5.8% more"),
            ),
        ),
        _check(
            3,
            figures[4],
            WorkingVerdict.TRUNCATED,
            How.NONE,
            "rate_per_10000(children, 2813)",
            "rate_per_10000(thirteen, 2813)",
            one(46.21, "46.214"),
            "It comes to 46.27, which rounds to 46.3; the paper cuts it to 46.2.",
        ),
        _check(
            4,
            figures[6],
            WorkingVerdict.CANNOT_BE_CHECKED,
            How.NONE,
            "",
            "",
            None,
            "It cannot be checked.",
            missing="The number of cases before is not printed.",
        ),
    )
    ways = (
        Way("children / rate * 10000", "thirteen / 46.2 × 10000", ("children", "rate"), one(2814, "2,814")),
        Way("additional_cost / placement_cost", "£500,000 / £40,000", (), one(12.5, "12.5")),
    )
    return Verification(
        paper=PaperDetails(
            "Wolverhampton City Council",
            "Investing to save",
            "2015-01-20",
            "Report to Cabinet",
            "https://example.org/a",
        ),
        source="paper",
        file="paper.yaml",
        files=(("paper.yaml", "0123456789abcdef" * 4),),
        version="0.0.0",
        figures=figures,
        checks=checks,
        implied=(
            Implied(
                "population", "Children living there", "children", "Both rates share it.", ways, False, None, "No."
            ),
        ),
        findings=(
            Inconsistency(
                InconsistencyKind.IMPLIED,
                Level.ERROR,
                "the child population comes out twice",
                ("children", "rate"),
                "",
                None,
            ),
            Inconsistency(
                InconsistencyKind.MIXED_BASES,
                Level.WARNING,
                "a share of FTE is over people",
                ("share_agency",),
                "page 2",
                1,
            ),
        ),
    )


def agreeing() -> Verification:
    """One check, which agrees."""
    return replace(mixed(), checks=mixed().checks[:1], findings=(), implied=())


def empty() -> Verification:
    """Nothing quoted, nothing worked."""
    return replace(mixed(), figures=(), checks=(), findings=(), implied=())


def hostile(text: str) -> Verification:
    """One that says the same thing wherever it may say anything."""
    found = mixed()
    return replace(
        found,
        paper=PaperDetails(text, text, text, text, f"javascript:{text}", text),
        file=text,
        figures=tuple(
            replace(each, label=text, printed=text, unit=text, where=text, of=text, as_at=text, note=text, reading=text)
            for each in found.figures
        ),
        checks=tuple(
            replace(
                each,
                label=text,
                printed=text,
                unit=text,
                where=text,
                why=text,
                with_numbers=text,
                missing=text,
                sentence=text,
                difference_text=text,
                nearest=tuple(replace(n, label=text, printed=text, where=text, needed=text) for n in each.nearest),
            )
            for each in found.checks
        ),
        implied=tuple(replace(each, label=text, why=text, sentence=text) for each in found.implied),
        findings=tuple(replace(each, what=text, where=text) for each in found.findings),
    )


def _check(
    number: int,
    of: PrintedFigure,
    verdict: WorkingVerdict,
    how: How,
    working: str,
    numbers: str,
    found: Range | None,
    told: str,
    *,
    difference: float | None = None,
    difference_text: str = "",
    why: str = "",
    missing: str = "",
    nearest: tuple[Nearest, ...] = (),
) -> CheckedWorking:
    names = ("additional_cost", "placement_cost", "children")
    inputs = tuple(name for name in names if name in working)
    return CheckedWorking(
        number,
        of.name,
        of.label,
        of.printed,
        of.unit,
        of.where,
        verdict,
        how,
        working,
        numbers,
        inputs,
        why,
        found,
        difference,
        difference_text,
        told,
        missing,
        nearest,
    )
