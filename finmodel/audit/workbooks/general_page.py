"""The general checks of any workbook, as a page: what is certain, likely and possible, check by check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from finmodel import __version__
from finmodel.audit.pages import OPEN_ALL, digests, reading, section, write_page
from finmodel.audit.workbooks.general.check import CERTAINTIES, Certainty, Check, RuleBreach
from finmodel.audit.workbooks.general.registry import GeneralAudit
from finmodel.audit.workbooks.page_tables import NOTHING, table
from finmodel.audit.workbooks.reperformed_parts import differing_parts, reperformed_fold
from finmodel.document.parts import Fold, Notice, Pair, Pairs, Paragraph, Part, Section
from finmodel.document.table import Cell, Row, Table
from finmodel.results.wording import capital, count, listed, sentence

MOST_OPEN = 12  # findings of a check that stand open; of more, the page says how many there are, and folds them
_READING = (
    ("Certain", "It is so, and wants putting right: a stored error, a value that its formula does not give."),
    ("Likely", "It is so, and mostly wants putting right: a number typed into a formula, a sum that stops short."),
    ("Possible", "It is so, and may be meant: a long formula, a hidden sheet. Look once."),
    (
        "What it does not say",
        "That the model is right. The checks see how a workbook is built, not what it ought to work out.",
    ),
)
_EACH = "Each check that found something: why it matters, what to do, and where."


def render_general(found: GeneralAudit) -> str:
    """The page as HTML."""
    return write_page(
        title=f"Audit: {found.workbook}",
        council="A workbook",
        summary="What the general checks of the ICAEW and FAST guides find in this workbook.",
        facts=(
            ("Sheets", f"{found.sheets:,}"),
            ("Cells", f"{found.cells:,}"),
            ("Formulas", f"{found.formulas:,}"),
            ("Recalculated", f"{found.recalculated:,}"),
        ),
        sections=general_sections(found),
    )


def general_sections(found: GeneralAudit) -> tuple[Section, ...]:
    """What the page says, in parts."""
    sections = [section("answer", "The answer", tuple(_answer(found)))]
    if found.findings:
        sections.append(section("findings", "What was found", (Paragraph(_EACH), *_by_check(found))))
    again = reperformed_fold(found.reperformed)
    evidence = (OPEN_ALL, _without_findings(found), again, _checked(found), reading(_READING, prints=True))
    return (*sections, section("evidence", "What this rests on", [part for part in evidence if part is not None]))


def _answer(found: GeneralAudit) -> Iterator[Part]:
    counts = [(certainty, sum(each.certainty == certainty for each in found.findings)) for certainty in CERTAINTIES]
    told = [f"{count(many, 'is', 'are')} {certainty}" for certainty, many in counts if many]
    nothing = "The general checks find nothing." if found.cells else "There is nothing to check: every cell is empty."
    texts = [f"Of these, {listed(told)}." if told else nothing]
    texts.append(
        f"{found.recalculated:,} of {found.formulas:,} formulas were worked out again by {found.engine} and held "
        "against the values stored next to them."
    )
    texts += [f"{many:,} could not be: {reason}." for reason, many in found.not_checked]
    yield Notice(capital(count(len(found.findings), "finding")), tuple(texts), found.needs_attention)
    yield from differing_parts(found.reperformed)
    told_of = [(check, counts) for check, counts in found.totals() if any(counts.values())]
    if told_of:
        yield _totals(told_of)


def _without_findings(found: GeneralAudit) -> Fold | None:
    clean = tuple(Pair(check.title, check.source) for check, counts in found.totals() if not any(counts.values()))
    inside = f"{count(len(clean), 'check')}, each with whose advice it is"
    return Fold("Checks that found nothing", inside, (Pairs(clean),), prints=True, id="clean") if clean else None


def _totals(checks: Iterable[tuple[Check, dict[Certainty, int]]]) -> Table:
    rows = [
        Row(check.title, tuple(Cell(_many(counts[each])) for each in CERTAINTIES), check.source)
        for check, counts in checks
    ]
    columns = tuple(map(capital, CERTAINTIES))
    caption, corner = "Checks that found something", "Check, and whose advice it is"
    return table("totals", caption, corner, columns, rows, looks="totals fits")


def _many(many: int) -> str:
    return f"{many:,}" if many else NOTHING


def _by_check(found: GeneralAudit) -> Iterator[Part]:
    """A table for each check that found something; a long one is folded, and on paper only if it is open."""
    by_check: dict[str, list[RuleBreach]] = {}
    for finding in sorted(found.findings, key=lambda each: CERTAINTIES.index(each.certainty)):
        by_check.setdefault(finding.check.id, []).append(finding)
    for number, findings in enumerate(by_check.values(), start=1):
        check = findings[0].check
        note = " ".join(map(sentence, (check.why, check.remedy)))
        caption = f"{check.title}: {len(findings):,}"
        columns = ("What", "How sure", "Cells")
        made = table(f"check-{number}", caption, "Where", columns, list(map(_row, findings)), note, looks="general")
        if len(findings) <= MOST_OPEN:
            yield made
        else:
            yield Fold(check.title, _how_many(findings), (made,))


def _how_many(findings: list[RuleBreach]) -> str:
    """`700 likely, 12 possible, the first in Costs!B3`."""
    counts = [(sum(each.certainty == certainty for each in findings), certainty) for certainty in CERTAINTIES]
    return f"{', '.join(f'{many:,} {name}' for many, name in counts if many)}, the first in {_place(findings[0])}"


def _place(finding: RuleBreach) -> str:
    place = f"{finding.sheet}!{finding.place}" if finding.sheet and finding.place else finding.sheet or finding.place
    return place or "The workbook"


def _row(finding: RuleBreach) -> Row:
    cells = (Cell(sentence(finding.what)), Cell(capital(finding.certainty)), Cell(f"{finding.cells:,}"))
    return Row(_place(finding), cells)


def _checked(found: GeneralAudit) -> Fold:
    told = (
        ("Recalculated by", found.engine),
        ("Audited by", f"finmodel {__version__}"),
        ("Sheets", f"{found.sheets:,}"),
        ("Cells", f"{found.cells:,}"),
        ("Formulas", f"{found.formulas:,}"),
        ("Formulas recalculated", f"{found.recalculated:,}"),
    )
    pairs = Pairs(tuple(Pair(name, text) for name, text in told))
    inside = f"{found.cells:,} cells, by what, and the SHA-256 of the file"
    return Fold(
        "What was checked", inside, (pairs, digests(((found.workbook, found.sha256),))), prints=True, id="checked"
    )
